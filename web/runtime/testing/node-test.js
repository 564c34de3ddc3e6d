// node:test as Node 24 has it: what a file registers with, and `t`.

/** @import { Kit } from "../kit.js" */
/** @import { Body, HookName, Settings, Style } from "./item.js" */
/** @import { Item } from "./item.js" */
/** @import { Runner, TestContext } from "./runner.js" */

import { withLackingObjects } from "../builtins/lacking.js";
import { invalidArgument, nodeError } from "../errors.js";
import { named } from "../values.js";
import { noSettings, readArguments } from "./arguments.js";

const NativePromise = Promise;
const { apply } = Reflect;
const { defineProperty, keys } = Object;

/** A body is given `t`, or the suite; a second parameter makes it one with a callback. @type {Style} */
export const nodeStyle = {
  takesDone: (body) => body.length >= 2,
  call: (body, context, done) => apply(body, context, done === null ? [context] : [context, done]),
};

/** @param {Kit} kit @param {Runner} runner */
export function createNodeTest(kit, runner) {
  /** @type {WeakMap<Item, object>} */
  const given = new WeakMap();

  /** @param {ArrayLike<unknown>} args @param {Settings | null} forced @param {boolean} isSuite */
  function register(args, forced, isSuite) {
    runner.demandTrust(`registers a ${isSuite ? "suite" : "test"}`);
    const { name, settings, body } = readArguments(args);
    if (forced !== null) for (const key of keys(forced)) /** @type {any} */ (settings)[key] = /** @type {any} */ (forced)[key];
    const running = runner.running();
    if (running !== null && !isSuite && runner.place() === runner.root) return subtest(running, name, settings, body);
    const item = isSuite ? runner.addSuite(name, settings, body, nodeStyle, false) : runner.addTest(name, settings, body, nodeStyle);
    return runner.ended(item);
  }

  /** @param {Item} parent @param {string} name @param {Settings} settings @param {Body | null} body */
  function subtest(parent, name, settings, body) {
    const item = runner.addTest(name, settings, body, nodeStyle, parent);
    return runner.runSubtest(parent, item);
  }

  /** @param {boolean} isSuite */
  function withVariants(isSuite) {
    /** @param {unknown[]} args */
    const plain = (...args) => register(args, null, isSuite);
    /** @type {any} */
    const made = plain;
    for (const key of ["skip", "todo", "only"]) {
      made[key] = named(key, (/** @type {unknown[]} */ ...args) => register(args, /** @type {any} */ ({ __proto__: null, [key]: true }), isSuite));
    }
    made.expectFailure = named("expectFailure", (/** @type {unknown[]} */ ...args) => register(args, /** @type {any} */ ({ __proto__: null, fails: true }), isSuite));
    return made;
  }

  /** @param {HookName} name */
  const hook = (name) =>
    named(name, (/** @type {unknown} */ body, /** @type {any} */ options) => {
      if (typeof body !== "function") throw invalidArgument("fn", "of type function", body);
      runner.demandTrust(`registers ${name}`);
      const made = { body: /** @type {Body} */ (body), style: nodeHooks, timeout: timeoutOf(options) };
      const running = runner.running();
      if (running !== null && runner.place() === runner.root) hookOf(running, name, made);
      else if (name === "before" && runner.place() === runner.root) runner.prepareNow(runner.root, made, { name: "" });
      else runner.addHook(name, made);
    });

  /** @param {Item} item @param {HookName} name @param {any} made */
  function hookOf(item, name, made) {
    if (name === "before") runner.prepareNow(item, made, given.get(item));
    else runner.addHook(name, made, item);
  }

  /** `t`. @param {Item} item @returns {TestContext} */
  function makeContext(item) {
    let skipped = false;
    let todo = false;
    /** @type {number | null} */
    let planned = typeof item.settings.plan === "number" ? item.settings.plan : null;
    let counted = 0;
    /** @type {any} */
    let asserting;
    /** @type {any} */
    let mock;
    const count = () => void counted++;
    const t = {
      get name() {
        return item.name;
      },
      get fullName() {
        return item.fullName();
      },
      filePath: runner.entry,
      get passed() {
        return item.ended && !item.failed;
      },
      error: null,
      attempt: 0,
      workerId: 1,
      get signal() {
        const { AbortController } = kit.builtin("internal/eventTarget");
        const { signal } = new AbortController();
        defineProperty(t, "signal", { value: signal });
        return signal;
      },
      diagnostic() {},
      log() {},
      runOnly() {},
      skip: () => void (skipped = true),
      todo: () => void (todo = true),
      /** @param {unknown} number */
      plan(number) {
        if (planned !== null) throw nodeError(Error, "ERR_TEST_FAILURE", "cannot set plan more than once");
        if (typeof number !== "number") throw invalidArgument("count", "of type number", number);
        planned = number;
      },
      get assert() {
        return (asserting ??= countedAssert(kit, count));
      },
      get mock() {
        return (mock ??= kit.builtin("internal/testMocks").createMock());
      },
      /** @param {unknown[]} args */
      test(...args) {
        const { name, settings, body } = readArguments(args);
        count();
        return subtest(item, name, settings, body);
      },
      before: ownHook("before"),
      after: ownHook("after"),
      beforeEach: ownHook("beforeEach"),
      afterEach: ownHook("afterEach"),
      /** @param {() => unknown} condition @param {{ interval?: number, timeout?: number }} [options] */
      waitFor: (condition, options) => waitFor(kit, condition, options),
    };
    /** @param {HookName} name */
    function ownHook(name) {
      return (/** @type {unknown} */ body, /** @type {any} */ options) => {
        if (typeof body !== "function") throw invalidArgument("fn", "of type function", body);
        hookOf(item, name, { body, style: nodeHooks, timeout: timeoutOf(options) });
      };
    }
    named("skip", t.skip);
    given.set(item, t);
    return {
      given: t,
      isSkipped: () => skipped,
      isTodo: () => todo,
      skip: t.skip,
      check() {
        if (planned !== null && planned !== counted) throw runner.said(`plan expected ${planned} assertions but received ${counted}`);
      },
      ended: () => mock?.reset(),
    };
  }
  runner.contexts(makeContext);

  const test = withVariants(false);
  const suite = withVariants(true);
  const own = {
    after: hook("after"),
    afterEach: hook("afterEach"),
    before: hook("before"),
    beforeEach: hook("beforeEach"),
    describe: suite,
    it: test,
    run: () => kit.unsupported("node:test.run"),
    suite,
    test,
  };
  for (const key of keys(own)) test[key] = /** @type {any} */ (own)[key];
  named("test", test);
  named("suite", suite);
  /** @type {any} */
  let mock;
  defineProperty(test, "mock", { get: () => (mock ??= kit.builtin("internal/testMocks").createMock()), enumerable: true });
  // Nobody sets it: that an answer tries must not end the run as one that nothing can be said of.
  const { snapshot } = Object.getOwnPropertyDescriptors(withLackingObjects(kit, "node:test", ["snapshot"], { snapshot: null }));
  defineProperty(test, "snapshot", { get: snapshot.get, enumerable: true });
  defineProperty(test, "assert", { get: () => countedAssert(kit, () => {}), enumerable: true });
  return test;
}

/** A hook's second parameter is its callback as well. */
const nodeHooks = nodeStyle;

/** @param {any} options */
const timeoutOf = (options) => (typeof options?.timeout === "number" && options.timeout < Infinity ? options.timeout : null);

/** What `t.assert` has of node:assert, each call counted for the plan. */
const ASSERTIONS = (
  "deepEqual deepStrictEqual doesNotMatch doesNotReject doesNotThrow equal fail ifError match notDeepEqual notDeepStrictEqual " +
  "notEqual notStrictEqual partialDeepStrictEqual rejects strictEqual throws ok"
).split(" ");

/** @param {Kit} kit @param {() => void} count */
function countedAssert(kit, count) {
  const assert = kit.builtin("assert");
  /** @type {any} */
  const counted = {};
  for (let at = 0; at < ASSERTIONS.length; at++) {
    const name = ASSERTIONS[at];
    const original = assert[name];
    counted[name] = named(name, (/** @type {unknown[]} */ ...args) => {
      count();
      return apply(original, undefined, args);
    });
  }
  counted.snapshot = counted.fileSnapshot = () => kit.unsupported("node:test.snapshot");
  return counted;
}

/** @param {Kit} kit @param {() => unknown} condition @param {{ interval?: number, timeout?: number }} [options] */
async function waitFor(kit, condition, { interval = 50, timeout = 1000 } = {}) {
  const until = kit.loop.now() + timeout;
  for (;;) {
    try {
      return await condition();
    } catch (cause) {
      if (kit.loop.now() >= until) throw Object.assign(new Error("waitFor() timed out"), { cause });
    }
    await new NativePromise((resolve) => kit.loop.globals.setTimeout(resolve, interval));
  }
}
