// Random values by seed, and how each is printed. Runs in Node and in Galley alike: own generator of numbers, no clock,
// no function of Math that engines compute differently, no stack that an engine wrote.

const util = require('util');

const WORDS = ['alpha', 'be', 'gamma-ray', 'δ', 'e f', "it's", 'say "hi"', '`tick`', '', 'new\nline', 'tab\t', '中文', '😀', 'e\u0301', 'x'.repeat(17), '0', '12', '-1', 'constructor', 'a.b', '\\', '\u007f', '\ud800', '%s', '%d%%'];
const NUMBERS = [0, -0, 1, -1, 42, 1.5, -0.25, 1e21, 1e-7, 123456789, 2 ** 53, NaN, Infinity, -Infinity, 0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, 255, 1000000];

/** mulberry32. */
function randomBy(seed) {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Point { constructor(x, y) { this.x = x; this.y = y; } }
class Named extends Point { get [Symbol.toStringTag]() { return 'Tag'; } }
class Hidden { #secret = 1; shown = 2; static level = 3; }
class Stack extends Array {}
class Dict extends Map {}
class Bag extends Set {}
class Later extends Promise {}
class Failure extends Error {}
class Custom { [util.inspect.custom](depth, options) { return options.stylize(`<custom ${depth > 0 ? 'deep' : 'flat'}>`, 'special'); } }
function Old(value) { this.value = value; }

function maker(random) {
  const int = (n) => Math.floor(random() * n);
  const pick = (list) => list[int(list.length)];
  const chance = (p) => random() < p;
  const many = (n, f) => Array.from({ length: n }, (_, i) => f(i));
  const enclosing = [];

  const number = () => (chance(0.5) ? pick(NUMBERS) : chance(0.5) ? int(100000) - 5000 : (int(2 ** 30) / 1024) * (chance(0.5) ? 1 : -1));
  const bigint = () => BigInt(int(2 ** 31)) ** BigInt(1 + int(3)) * (chance(0.5) ? 1n : -1n);
  const text = () => {
    if (chance(0.6)) return pick(WORDS);
    if (chance(0.1)) return 'long '.repeat(int(40));
    return many(1 + int(4), () => pick(WORDS)).join(chance(0.5) ? ' ' : '');
  };
  // Lengths around the columns at which lines break: 16, 72, 76 and 80.
  const edge = () => pick('xyz').repeat(Math.max(0, pick([16, 60, 66, 72, 76, 80]) - int(16)));
  const symbol = () => pick([Symbol('s'), Symbol(), Symbol.for('shared'), Symbol.iterator, Symbol('two words'), Symbol('')]);
  const key = () => (chance(0.75) ? pick(['a', 'b', 'c', 'key', 'name', 'value', 'list', 'id', 'x', 'y']) + (chance(0.3) ? int(100) : '') : chance(0.8) ? text() : symbol());
  const primitive = () => pick([number, number, text, text, bigint, symbol, () => true, () => false, () => null, () => undefined, edge])();
  const func = () => {
    const f = pick([() => () => {}, () => function () {}, () => function named(a, b) {}, () => async () => {}, () => function* gen() {}, () => async function* agen() {}, () => class {}, () => class K {}, () => class L extends Point {}, () => ({ method() {} }).method, () => Object.setPrototypeOf(function bare() {}, null)])();
    if (chance(0.15)) f.extra = primitive();
    return f;
  };
  const date = () => new Date(chance(0.1) ? NaN : chance(0.2) ? int(1e6) : int(2 ** 31) * 1000 + int(1000));
  const regexp = () => {
    const r = pick([() => /a/, () => /a\/b/gi, () => new RegExp('\\d+', 'u'), () => /[/]x/y, () => new RegExp('')])();
    if (chance(0.1)) r.note = 1;
    return r;
  };
  const error = () => {
    const Kind = pick([Error, TypeError, RangeError, Failure]);
    const e = chance(0.2) ? new Kind(text(), { cause: primitive() }) : chance(0.1) ? new AggregateError([primitive(), 1], 'all') : new Kind(pick(['failed', 'no such thing', 'two\nlines', 'x']));
    const header = `${e.constructor.name}: ${e.message}`;
    e.stack = chance(0.6) ? header : `${header}\n    at work (/main.js:1:1)\n    at /main.js:2:2`;
    if (chance(0.2)) e.code = 'E_' + int(10);
    return e;
  };
  const typed = () => {
    const Kind = pick([Uint8Array, Int16Array, Float64Array, Uint8ClampedArray, Int32Array]);
    if (chance(0.15)) return new BigInt64Array(many(int(4), () => BigInt(int(1000) - 500)));
    if (chance(0.15)) return new Uint8Array(many(int(6), () => int(256))).buffer;
    if (chance(0.1)) return new DataView(new ArrayBuffer(int(3)));
    return new Kind(many(int(chance(0.2) ? 40 : 6), () => int(300) - 20));
  };
  const boxed = () => {
    const b = pick([() => new Number(number()), () => new String(pick(WORDS)), () => new Boolean(chance(0.5)), () => Object(bigint()), () => Object(Symbol('boxed'))])();
    if (chance(0.2)) b.extra = int(9);
    return b;
  };

  const nested = (depth, make) => {
    const value = make.empty();
    enclosing.push(value);
    make.fill(value, () => any(depth - 1));
    enclosing.pop();
    return value;
  };
  const size = () => (chance(0.06) ? 0 : chance(0.08) ? 20 + int(10) : 1 + int(6));
  const array = (depth) => nested(depth, {
    empty: () => (chance(0.1) ? new Stack() : []),
    fill(a, inner) {
      if (chance(0.25)) { const alike = pick([number, text, () => int(10 ** int(8)), bigint, edge]); for (let n = chance(0.15) ? 90 + int(30) : 3 + int(25); n > 0; n--) a.push(alike()); }
      else for (let n = size(); n > 0; n--) a.push(inner());
      if (chance(0.15)) a.length += 1 + int(4);
      if (chance(0.1) && a.length) delete a[int(a.length)];
      if (chance(0.1)) a[pick(['note', '-1', 'a b'])] = inner();
    },
  });
  const properties = (o, inner) => {
    for (let n = size(); n > 0; n--) {
      const k = key();
      if (k === '__proto__') continue;
      const kind = random();
      if (kind < 0.04) Object.defineProperty(o, k, { get: () => 1, enumerable: true, configurable: true });
      else if (kind < 0.06) Object.defineProperty(o, k, { set() {}, enumerable: true, configurable: true });
      else if (kind < 0.08) Object.defineProperty(o, k, { get: () => 1, set() {}, enumerable: true, configurable: true });
      else if (kind < 0.1) Object.defineProperty(o, k, { value: 1, enumerable: false, configurable: true, writable: true });
      else Object.defineProperty(o, k, { value: inner(), enumerable: true, configurable: true, writable: true });
    }
  };
  const object = (depth) => nested(depth, {
    empty: () => {
      const kind = random();
      if (kind < 0.7) return {};
      return pick([() => Object.create(null), () => new Point(1, 2), () => new Named(1, edge()), () => new Hidden(), () => new Old('v'), () => Object.create({ inherited: 1 }), () => ({ [Symbol.toStringTag]: 'Own' }), () => Object.create(Object.create(null)), () => (function () { return arguments; })(1, 'two')])();
    },
    fill: properties,
  });
  const map = (depth) => nested(depth, {
    empty: () => (chance(0.15) ? new Dict() : new Map()),
    fill(m, inner) { for (let n = size(); n > 0; n--) m.set(chance(0.7) ? primitive() : inner(), inner()); if (chance(0.05)) m.extra = 1; },
  });
  const set = (depth) => nested(depth, {
    empty: () => (chance(0.15) ? new Bag() : new Set()),
    fill(s, inner) { for (let n = size(); n > 0; n--) s.add(inner()); },
  });
  const promise = (depth) => {
    const kind = int(4);
    if (kind === 0) return new Promise(() => {});
    if (kind === 1) { const p = Promise.reject(any(depth - 1)); p.catch(() => {}); return p; }
    return kind === 2 ? Later.resolve(number()) : Promise.resolve(any(depth - 1));
  };
  const proxy = (depth) => new Proxy(chance(0.5) ? object(depth - 1) : chance(0.5) ? array(depth - 1) : function target() {}, { get(_, key) { if (key !== 'then') throw new Error('a trap ran'); } });
  const other = () => pick([() => new WeakMap(), () => new WeakSet(), () => (function* generator() {})(), () => new Custom(), () => Point.prototype, () => Named.prototype, () => Stack.prototype])();

  function any(depth) {
    if (depth <= 0 || chance(enclosing.length ? 0.35 : 0.04)) return primitive();
    if (enclosing.length && chance(0.05)) return pick(enclosing);
    return pick([object, object, object, object, array, array, array, array, map, map, set, func, func, date, regexp, error, typed, boxed, promise, proxy, other])(depth);
  }

  const options = () => {
    const o = {};
    if (chance(0.4)) o.depth = pick([0, 1, 3, 4, null, Infinity]);
    if (chance(0.3)) o.compact = pick([false, true, 0, 1, 2, 4, 5]);
    if (chance(0.3)) o.breakLength = pick([20, 40, 60, 80, 100, 120, 128, Infinity]);
    if (chance(0.15)) o.sorted = true;
    if (chance(0.15)) o.getters = pick([true, 'get', 'set']);
    if (chance(0.1)) o.maxArrayLength = pick([0, 1, 3, null]);
    if (chance(0.1)) o.maxStringLength = pick([0, 5, 20, null]);
    if (chance(0.1)) o.numericSeparator = true;
    if (chance(0.1)) o.showProxy = true;
    if (chance(0.05)) o.customInspect = false;
    return o;
  };
  const template = () => many(1 + int(4), () => pick(['%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%', '%x', 'text', '%'])).join(pick([' ', '', '|']));
  return { any, options, template, pick, int, chance, many };
}

/** Prints one case by console.log, whose text is what is compared; of an error (a proxy's trap, %j of a BigInt) its name. */
function printCase(index) {
  try {
    print(index);
  } catch (error) {
    console.groupEnd();
    console.groupEnd();
    console.log('threw', error.name);
  }
}

function print(index) {
  const { any, options, template, int, chance, many } = maker(randomBy(index * 2654435761 + 97));
  const kind = index % 10;
  if (kind < 4) console.log(any(1 + int(5)));
  else if (kind < 5) console.log(...many(1 + int(3), () => any(2)));
  else if (kind < 8) console.log(util.inspect(any(1 + int(5)), options()));
  else if (kind < 9) console.log(template(), ...many(int(4), () => any(2)));
  else if (chance(0.5)) console.log(util.format(template(), any(3), any(1)));
  else { console.group('in'); if (chance(0.5)) console.group(); console.log(any(3)); console.groupEnd(); console.groupEnd(); }
}
