// What mocha, Jest and vitest have as globals, made of node:test.
const nodeTest = require('node:test');
const { format, inspect } = require('node:util');

const made = {};
const SKIPPED = new Error('skipped');
const skip = () => {
  throw SKIPPED;
};
const self = { timeout: () => self, slow: () => self, retries: () => self, skip };

const withCallback = (body) =>
  new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    done.fail = (error) => reject(error ?? new Error('done.fail() was called'));
    body.call(self, done);
  });

// A parameter is a callback.
const plain = (body, fails = false) => {
  if (typeof body !== 'function') return body;
  return async (context) => {
    try {
      await (body.length === 0 ? body.call(self) : withCallback(body));
    } catch (error) {
      if (error === SKIPPED && context?.skip) return context.skip();
      if (fails) return;
      throw error;
    }
    if (fails) throw new Error('it was expected to fail, and did not');
  };
};

const titleOf = (title, row, index) => {
  let next = 0;
  const formatted = `${title}`.replace(/%([sdifjoOp#$%])/g, (whole, letter) => {
    if (letter === '%') return '%';
    if (letter === '#') return `${index}`;
    if (letter === '$') return `${index + 1}`;
    if (next >= row.length) return whole;
    const value = row[next++];
    return letter === 'p' ? inspect(value) : format(`%${letter}`, value);
  });
  const [first] = row;
  if (typeof first !== 'object' || first === null) return formatted;
  return formatted.replace(/\$(#|[A-Za-z_]\w*(?:\.\w+)*)/g, (whole, path) => {
    if (path === '#') return `${index}`;
    let value = first;
    for (const step of path.split('.')) {
      if (typeof value !== 'object' || value === null || !(step in value)) return whole;
      value = value[step];
    }
    return typeof value === 'string' ? value : inspect(value);
  });
};

const rowsOf = ([table, ...values]) => {
  if (table.raw === undefined) return table.map((row) => (Array.isArray(row) ? row : [row]));
  const names = table[0].trim().split('|').map((name) => name.trim());
  const rows = [];
  for (let at = 0; at + names.length <= values.length; at += names.length) {
    rows.push([Object.fromEntries(names.map((name, column) => [name, values[at + column]]))]);
  }
  return rows;
};

const variant = (add, isSuite, { fails = false, ...options }) => {
  const one = (name, first, second) => {
    const body = typeof first === 'function' ? first : second;
    if (body === undefined) return void add(`${name}`, { todo: options.todo, skip: true });
    add(`${name}`, options, isSuite ? () => body.call(self) : plain(body, fails));
  };
  one.each = (...table) => (title, body) => {
    rowsOf(table).forEach((row, index) => {
      const takesDone = !isSuite && body.length > row.length;
      const run = takesDone ? (done) => body.call(self, ...row, done) : () => body.call(self, ...row);
      one(titleOf(title, row, index), run);
    });
  };
  one.for = one.each;
  return one;
};

const withVariants = (add, isSuite) => {
  const all = variant(add, isSuite, {});
  all.skip = variant(add, isSuite, { skip: true });
  all.only = variant(add, isSuite, { only: true });
  all.todo = variant(add, isSuite, { todo: true });
  all.failing = all.fails = variant(add, isSuite, { fails: true });
  all.concurrent = all.sequential = all;
  all.skipIf = (condition) => (condition ? all.skip : all);
  all.runIf = (condition) => (condition ? all : all.skip);
  return all;
};

const describe = withVariants(nodeTest.describe, true);
const it = withVariants(nodeTest.it, false);
const hook = (add) => (first, second) => add(plain(typeof first === 'function' ? first : second));

Object.assign(made, { describe, context: describe, xdescribe: describe.skip, xcontext: describe.skip, fdescribe: describe.only });
Object.assign(made, { test: it, it, specify: it, xit: it.skip, xtest: it.skip, xspecify: it.skip, fit: it.only });
Object.assign(made, { before: hook(nodeTest.before), after: hook(nodeTest.after) });
Object.assign(made, { beforeAll: made.before, afterAll: made.after });
Object.assign(made, { beforeEach: hook(nodeTest.beforeEach), afterEach: hook(nodeTest.afterEach) });
