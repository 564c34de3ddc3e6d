// Chunk "testGlobals", for programs that run tests: the globals of mocha and Jest, the packages that bring them, and what
// keeps all of it out of reach of the answer that is tested.

/** @import { Kit } from "../kit.js" */
/** @import { Body, HookName, Settings, Style } from "./item.js" */
/** @import { Runner } from "./runner.js" */

import { invalidArgument } from "../errors.js";
import { readArguments } from "./arguments.js";
import { callWithRow, rowsOf, titleOf } from "./each.js";
import { createGuard } from "./guard.js";

const { apply, defineProperty } = Reflect;
const { freeze, keys } = Object;

/** What mocha calls `this`. */
const mochaSelf = (/** @type {Runner} */ { skipNow }) => {
  const self = { timeout: () => self, slow: () => self, retries: () => self, skip: skipNow };
  return self;
};

/** A parameter is the callback. @param {Runner} runner @returns {Style} */
const globalStyle = (runner) => ({
  takesDone: (body) => body.length >= 1,
  call: (body, _context, done) => apply(body, mochaSelf(runner), done === null ? [] : [callbackOf(done)]),
});

/** @param {(error?: unknown) => void} done */
function callbackOf(done) {
  const callback = (/** @type {unknown} */ error) => done(error);
  callback.fail = (/** @type {unknown} */ error) => done(error ?? new Error("done.fail() was called"));
  return callback;
}

/** A parameter is vitest's context. @param {Kit} kit @param {Runner} runner @returns {Style} */
const vitestStyle = (kit, runner) => ({
  takesDone: () => false,
  call(body) {
    const context = {
      get expect() {
        return kit.builtin("internal/expect").expect;
      },
      skip: runner.skipNow,
      task: {},
      onTestFinished() {},
      onTestFailed() {},
    };
    return apply(body, mochaSelf(runner), [context]);
  },
});

/** @param {Kit} kit */
export default function testGlobals(kit) {
  /** @type {{ runner: Runner, guarded: any }} */
  const testing = kit.builtin("internal/testRunner");
  const { runner } = testing;
  const guarded = (testing.guarded = createGuard());
  runner.gate();
  lockLanguage();
  lockModules(kit, runner.entry);
  lockAssert(kit.builtin("assert"), guarded);
  lock(kit.builtin("test"));

  const jest = createGlobals(kit, runner, globalStyle(runner));
  const vitest = createGlobals(kit, runner, vitestStyle(kit, runner));
  const lazy = () => kit.builtin("internal/expect");
  for (const name of keys(jest)) define(name, () => /** @type {any} */ (jest)[name]);
  define("expect", () => lazy().expect);
  define("assert", () => lazy().chai.assert);
  define("jest", () => lazy().jest);
  define("vi", () => lazy().vi);
  kit.packages.set("@jest/globals", () => withLazy({ ...jest }, ["expect", "jest"]));
  kit.packages.set("vitest", () => withLazy({ ...vitest }, ["expect", "vi"], "assert", "chai"));
  kit.packages.set("chai", () => lazy().chai);

  /** @param {any} exports @param {string[]} names @param {string[]} more */
  function withLazy(exports, names, ...more) {
    for (const name of names) defineProperty(exports, name, { get: () => /** @type {any} */ (lazy())[name], enumerable: true });
    for (const name of more) defineProperty(exports, name, { get: () => (name === "chai" ? lazy().chai : lazy().chai.assert), enumerable: true });
    return exports;
  }

  /** A global that only the test file replaces. @param {string} name @param {() => unknown} make */
  function define(name, make) {
    /** @type {{ value: unknown } | null} */
    let own = null;
    defineProperty(globalThis, name, {
      get: () => (own === null ? make() : own.value),
      set(value) {
        if (runner.isTrusted()) own = { value };
      },
      enumerable: false,
      configurable: false,
    });
  }
  return {};
}

/** @param {Kit} kit @param {Runner} runner @param {Style} style */
function createGlobals(kit, runner, style) {
  /** @param {ArrayLike<unknown>} args @param {Settings | null} forced @param {boolean} isSuite @param {Style} called */
  function register(args, forced, isSuite, called = style) {
    runner.demandTrust(`registers a ${isSuite ? "suite" : "test"}`);
    const { name, settings, body } = readArguments(args);
    if (forced !== null) for (const key of keys(forced)) /** @type {any} */ (settings)[key] = /** @type {any} */ (forced)[key];
    if (isSuite) return void runner.addSuite(name, settings, body, suiteStyle(called), true);
    // Of one that is only named there is nothing to run.
    if (body === null || settings.todo) settings[settings.todo ? "todo" : "skip"] = true;
    runner.addTest(name, settings, settings.todo ? null : body, called);
  }

  /** @param {boolean} isSuite @param {Settings | null} forced @returns {any} */
  function variant(isSuite, forced) {
    const add = (/** @type {unknown[]} */ ...args) => register(args, forced, isSuite);
    return Object.assign(add, { each: each(isSuite, forced), for: each(isSuite, forced) });
  }

  /** @param {boolean} isSuite @param {Settings | null} forced */
  function each(isSuite, forced) {
    return (/** @type {unknown[]} */ ...table) => {
      const rows = rowsOf(table);
      return (/** @type {unknown} */ title, /** @type {unknown} */ body, /** @type {unknown} */ timeout) => {
        if (typeof body !== "function") throw invalidArgument("fn", "of type function", body);
        for (let at = 0; at < rows.length; at++) {
          const row = rows[at];
          /** @type {Style} */
          const withRow = {
            takesDone: () => !isSuite && body.length > row.length,
            call: (_body, _context, done) => callWithRow(body, row, mochaSelf(runner), done),
          };
          register([titleOf(kit, `${title}`, row, at), body, timeout], forced, isSuite, withRow);
        }
      };
    };
  }

  const on = (/** @type {keyof Settings} */ key) => /** @type {any} */ ({ __proto__: null, [key]: true });
  /** @param {boolean} isSuite @param {Settings | null} [forced] */
  function withVariants(isSuite, forced = null) {
    const made = variant(isSuite, forced);
    made.skip = variant(isSuite, on("skip"));
    made.only = variant(isSuite, on("only"));
    made.todo = variant(isSuite, on("todo"));
    made.failing = made.fails = variant(isSuite, on("fails"));
    made.concurrent = made.sequential = made;
    made.skipIf = (/** @type {unknown} */ condition) => (condition ? made.skip : made);
    made.runIf = (/** @type {unknown} */ condition) => (condition ? made : made.skip);
    return made;
  }

  /** @param {HookName} name */
  const hook = (name) => (/** @type {unknown} */ first, /** @type {unknown} */ second, /** @type {unknown} */ third) => {
    const body = typeof first === "function" ? first : second; // mocha's hooks may have a name
    if (typeof body !== "function") throw invalidArgument("fn", "of type function", body);
    const timeout = typeof second === "number" ? second : typeof third === "number" ? third : null;
    runner.demandTrust(`registers ${name}`);
    runner.addHook(name, { body: /** @type {Body} */ (body), style, timeout });
  };

  const test = withVariants(false);
  const describe = withVariants(true);
  const [before, after] = [hook("before"), hook("after")];
  const globals = {
    describe,
    context: describe,
    test,
    it: test,
    specify: test,
    xdescribe: describe.skip,
    xcontext: describe.skip,
    xit: test.skip,
    xtest: test.skip,
    xspecify: test.skip,
    fdescribe: describe.only,
    fit: test.only,
    before,
    beforeAll: before,
    after,
    afterAll: after,
    beforeEach: hook("beforeEach"),
    afterEach: hook("afterEach"),
  };
  for (const name of keys(globals)) lock(/** @type {any} */ (globals)[name]);
  return globals;
}

/** A suite's body has no callback. @param {Style} style @returns {Style} */
const suiteStyle = (style) => ({ takesDone: () => false, call: (body, context) => style.call(body, context, null) });

/** What it consists of can't be replaced. @param {any} api */
function lock(api) {
  if (typeof api !== "function" && (typeof api !== "object" || api === null)) return;
  if (Object.isFrozen(api)) return;
  freeze(api);
  for (const key of Reflect.ownKeys(api)) {
    const value = Object.getOwnPropertyDescriptor(api, key)?.value;
    if (key !== "prototype" && value !== Object.prototype) lock(value);
  }
}

/** @param {any} assert @param {<F extends Function>(assertion: F) => F} guarded */
function lockAssert(assert, guarded) {
  for (const made of [assert, assert.strict]) {
    for (const name of keys(made)) {
      const value = made[name];
      // What calls the program's code, and waits for it, guards itself.
      if (typeof value === "function" && !/^(?:AssertionError|strict|throws|rejects|doesNot(?:Throw|Reject))$/.test(name)) made[name] = guarded(value);
    }
  }
  for (const one of [assert, assert.strict]) {
    freeze(one.AssertionError.prototype);
    lock(one);
  }
}

/** `await` asks a promise for its constructor, and code that handles promises for their `then`. */
function lockLanguage() {
  for (const key of ["constructor", "then"]) {
    defineProperty(Promise.prototype, key, { writable: false, configurable: false });
  }
  defineProperty(Promise, Symbol.species, { configurable: false });
}

/** The test file's `require` is what it was. @param {Kit} kit @param {string} entry */
function lockModules(kit, entry) {
  const Module = /** @type {any} */ (kit.module());
  const { require } = Module.prototype;
  defineProperty(Module.prototype, "require", { writable: false, configurable: false });
  const cache = Module._cache;
  defineProperty(cache, entry, {
    configurable: true,
    enumerable: true,
    get: () => undefined,
    set(module) {
      defineProperty(cache, entry, { value: module, writable: true, enumerable: true, configurable: true });
      defineProperty(module, "require", { value: require, writable: false, enumerable: false, configurable: false });
    },
  });
}
