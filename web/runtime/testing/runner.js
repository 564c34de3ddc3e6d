// Runs what is registered, one test after the other, and keeps the results. Hooks come in Node's order: those before from
// the outermost, those after from the innermost, each in the order of registration.

/** @import { Kit } from "../kit.js" */
/** @import { TestResult } from "../../protocol.d.ts" */
/** @import { Body, Hook, HookName, Settings, Style } from "./item.js" */

import { noSettings } from "./arguments.js";
import { createCaller } from "./caller.js";
import { describeFailure } from "./failure.js";
import { Item } from "./item.js";
import { add } from "./lists.js";
import { settled, Waits } from "./waits.js";

const NativeError = Error;
const NativePromise = Promise;

const CANCELLED = "test did not finish before its parent and was cancelled";
const FORGED = "code of the answer ran under the test file's name";
const PENDING = "Promise resolution is still pending but the event loop has already resolved";

/** Thrown by `this.skip()` and the like. */
const SKIP = { toString: () => "skipped" };

/** Words of this runner and of no program's error. */
class Said {
  /** @param {string} message */
  constructor(message) {
    this.message = message;
  }
}

/** @typedef {ReturnType<typeof createRunner>} Runner @param {Kit} kit */
export function createRunner(kit) {
  const { setTimeout, clearTimeout } = kit.loop.globals;
  const nextTick = kit.loop.nextTick;
  const entry = kit.process.argv[1];
  const caller = createCaller(kit.files);
  const waits = new Waits();
  /** @type {Style} */
  const nobody = { takesDone: () => false, call: () => undefined };
  const root = new Item(true, "", null, noSettings(), null, nobody);
  /** Where a call of `test` registers. */
  let place = root;
  /** The innermost that runs. @type {Item | null} */
  let running = null;
  let begun = false;
  let onlyChosen = false;
  let gated = false;
  /** @type {{ begin: () => void, check: () => void }[]} */
  const watchers = [];
  let lastId = 0;
  let listed = 0;
  root.started = true;

  /** The test file registers, and where the engine can't tell, all may. */
  function isTrusted() {
    if (!gated) return true;
    const file = caller();
    return (file === undefined || file === entry) && !isForged();
  }

  /** Never silently: what a helper file registers would not run, and its exercise would pass. @param {string} what */
  function demandTrust(what) {
    if (isTrusted()) return;
    const file = caller();
    const folder = entry.slice(0, entry.lastIndexOf("/") + 1);
    const who = typeof file !== "string" ? "code of no file" : file === entry ? "code under the test file's name" : file.startsWith(folder) ? file.slice(folder.length) : file;
    throw new NativeError(`${who} ${what}; only the test file may`);
  }

  /** node:vm gives code any name: under that of the test file it is somebody else's. */
  const isForged = () => gated && kit.scripts.has(entry);

  /** @param {Item} item @param {boolean} runs */
  function tell(item, runs) {
    if (item.result !== null) kit.host.test?.(item.id, item.result, null, runs);
  }

  /** A place among the results. @param {Item} item */
  function list(item) {
    item.id = ++lastId;
    const result = /** @type {TestResult} */ ({ name: item.fullName(), status: "not-run", message: null, expected: null, actual: null, output: "" });
    const at = placeOf(item);
    item.result = result;
    kit.host.test?.(item.id, result, at, false);
  }

  /** Nothing is registered behind it. @param {Item} item @returns {boolean} */
  const isLast = (item) => item.parent === null || (item.parent.children[item.parent.children.length - 1] === item && isLast(item.parent));

  /** How many results come before it. @param {Item} item */
  function placeOf(item) {
    if (isLast(item)) return listed++;
    listed++;
    let count = 0;
    /** @param {Item} one @returns {boolean} found */
    const walk = (one) => {
      if (one === item) return true;
      if (one.result !== null) count++;
      for (let at = 0; at < one.children.length; at++) if (walk(one.children[at])) return true;
      return false;
    };
    walk(root);
    return count;
  }

  function results() {
    for (let item = running; item !== null; item = item.parent) {
      if (item.ended || item.result === null) continue;
      item.result.status = "failed";
      item.result.message ??= "the program ended while the test ran";
    }
    /** @type {TestResult[]} */
    const all = [];
    const forged = isForged();
    /** @param {Item} item */
    const walk = (item) => {
      if (item.result !== null) add(all, forged ? { ...item.result, status: "failed", message: FORGED } : item.result);
      for (let at = 0; at < item.children.length; at++) walk(item.children[at]);
    };
    walk(root);
    return all;
  }

  /** @param {Item} item @param {TestResult["status"]} status */
  function end(item, status) {
    if (item.ended) return;
    item.ended = true;
    if (item.result !== null) {
      item.result.status = item.failed ? (item.isTodo ? "todo" : "failed") : status;
      tell(item, false);
    }
    for (let at = 0; at < item.waiters.length; at++) item.waiters[at]();
  }

  /** @param {Item} item @param {unknown} error */
  function fail(item, error) {
    if (item.ended || item.failed || kit.isStop(error)) return;
    item.failed = true;
    if (item.result === null) list(item);
    const result = /** @type {TestResult} */ (item.result);
    const told = error instanceof Said ? { message: error.message, expected: null, actual: null } : describeFailure(error, kit.printer.inspect);
    result.message = told.message;
    result.expected = told.expected;
    result.actual = told.actual;
  }

  /**
   * @param {string} name @param {Settings} settings @param {Body | null} body @param {Style} style @param {Item} [parent]
   * @returns {Item}
   */
  function addTest(name, settings, body, style, parent = place) {
    const item = new Item(false, name, parent, settings, body, style);
    list(item);
    begin();
    return item;
  }

  /** @param {string} name @param {Settings} settings @param {Body | null} body @param {Style} style @param {boolean} collects a suite that is skipped still lists its tests */
  function addSuite(name, settings, body, style, collects) {
    const item = new Item(true, name, place, settings, body, style);
    begin();
    if (body === null || (item.isSkipped && !collects)) {
      if (item.isSkipped) list(item);
      return item;
    }
    const outer = place;
    place = item;
    // What an asynchronous body registers when it goes on belongs to it: this comes right before that.
    settled(null, () => {
      if (item.building !== null) place = item;
    });
    try {
      const returned = style.call(body, { name, fullName: item.fullName() }, null);
      if (isThenable(returned)) {
        const leave = () => {
          if (place === item) place = outer;
        };
        item.building = new NativePromise((resolve) => {
          const built = () => {
            leave();
            resolve(undefined);
          };
          settled(returned, built, (error) => {
            item.broken = { error };
            built();
          });
        });
      }
    } catch (error) {
      if (kit.isStop(error)) throw error;
      item.broken = { error };
    } finally {
      place = outer;
    }
    return item;
  }

  /** @param {HookName} name @param {Hook} hook @param {Item} [item] */
  function addHook(name, hook, item = place) {
    add(item.hooks[name], hook);
    if (item === root) begin();
  }

  /** A hook of one that runs already runs at once, as in Node. @param {Item} item @param {Hook} hook @param {any} context */
  function prepareNow(item, hook, context) {
    const before = item.preparing;
    item.preparing = (async () => {
      if (before !== null) await before;
      try {
        await callBody(hook.body, hook.style, context, hook.timeout);
      } catch (error) {
        item.broken ??= { error };
      }
    })();
  }

  /**
   * Calls a body or a hook; settles when it is done.
   * @param {Body} body @param {Style} style @param {any} context @param {number | null} timeout
   * @returns {Promise<undefined>}
   */
  function callBody(body, style, context, timeout) {
    const limit = timeout === null ? null : (/** @type {(error: unknown) => void} */ stop) => {
      const timer = setTimeout(() => stop(new Said(`test timed out after ${timeout}ms`)), timeout);
      return () => clearTimeout(timer);
    };
    if (!style.takesDone(body)) return waits.until(style.call(body, context, null), limit);
    /** @type {(error?: unknown) => void} */
    let done = () => {};
    const called = new NativePromise((resolve, reject) => {
      let calls = 0;
      done = (error) => {
        if (calls++ > 0) return;
        if (isOnce(error)) reject(error);
        else resolve(undefined);
      };
    });
    const returned = style.call(body, context, done);
    if (isThenable(returned)) settled(returned, () => {}, done);
    return waits.until(called, limit);
  }

  /** @param {Item} item @param {HookName} name @param {any} context */
  async function runHooks(item, name, context) {
    const hooks = item.hooks[name];
    for (let at = 0; at < hooks.length; at++) await callBody(hooks[at].body, hooks[at].style, context, hooks[at].timeout);
  }

  /** From the outermost. @param {Item | null} item @param {any} context */
  async function runBeforeEach(item, context) {
    if (item === null) return;
    await runBeforeEach(item.parent, context);
    await runHooks(item, "beforeEach", context);
  }

  /** From the innermost; one that throws ends it. @param {Item | null} item @param {any} context */
  async function runAfterEach(item, context) {
    for (; item !== null; item = item.parent) await runHooks(item, "afterEach", context);
  }

  /** The suite's children in order; those that it gets meanwhile too. @param {Item} item */
  async function runChildren(item) {
    for (let at = 0; at < item.children.length; at++) {
      const child = item.children[at];
      if (child.isSuite) await runSuite(child);
      else await runTest(child);
    }
  }

  /** @param {Item} item */
  async function runSuite(item) {
    if (item.building !== null) {
      await waits.until(item.building);
    }
    if (isLeftOut(item) || item.isSkipped) {
      await skipAll(item);
      return end(item, "skipped");
    }
    item.started = true;
    const context = { name: item.name, fullName: item.fullName() };
    const wasBuilt = item.broken === null;
    try {
      if (item.broken !== null) throw item.broken.error;
      if (hasTests(item)) await runHooks(item, "before", context);
    } catch (error) {
      item.broken = { error };
      cancelAll(item, wasBuilt ? error : new Said(CANCELLED));
      if (!wasBuilt || item.children.length === 0) fail(item, error);
    }
    if (item.broken === null) await runChildren(item);
    try {
      if (wasBuilt && hasTests(item)) await runHooks(item, "after", context);
    } catch (error) {
      fail(item, error);
    }
    end(item, "passed");
  }

  /** @param {Item} item @param {unknown} error */
  function cancelAll(item, error) {
    for (let at = 0; at < item.children.length; at++) {
      const child = item.children[at];
      cancelAll(child, error);
      if (!child.isSuite && !child.isSkipped) fail(child, error);
      end(child, "skipped");
    }
  }

  /** @param {Item} item */
  async function skipAll(item) {
    for (let at = 0; at < item.children.length; at++) {
      const child = item.children[at];
      if (child.building !== null) await waits.until(child.building);
      await skipAll(child);
      end(child, "skipped");
    }
  }

  /** Others are said to run alone. @param {Item} item */
  const isLeftOut = (item) => onlyChosen && !item.isChosen && !item.holdsOnly;

  /** @param {Item} item */
  async function runTest(item) {
    if (item.ended) return;
    if (item.isSkipped || isLeftOut(item)) return end(item, "skipped");
    const outer = running;
    running = item;
    item.started = true;
    tell(item, true);
    const context = makeContext(item);
    for (let at = 0; at < watchers.length; at++) watchers[at].begin();
    let isAfterEachDue = true;
    const afterEach = async () => {
      if (!isAfterEachDue) return;
      isAfterEachDue = false;
      await runAfterEach(item.parent, context.given);
    };
    try {
      if (item.parent !== null) {
        if (item.parent.preparing !== null) await item.parent.preparing;
        if (item.parent.broken !== null) throw item.parent.broken.error;
      }
      await runBeforeEach(item.parent, context.given);
      if (item.body !== null && !context.isSkipped()) await callBody(item.body, item.style, context.given, number(item.settings.timeout));
      if (item.last !== null) await item.last;
      context.check();
      for (let at = 0; at < watchers.length; at++) watchers[at].check();
      failForSubtests(item);
      await afterEach();
      await runHooks(item, "after", context.given);
    } catch (error) {
      if (kit.isStop(error)) throw error;
      if (error === SKIP) context.skip();
      else fail(item, error);
      try {
        await afterEach();
      } catch (second) {
        fail(item, second);
      }
      try {
        await runHooks(item, "after", context.given);
      } catch (second) {
        fail(item, second);
      }
      // Those that it left behind when it failed.
      if (item.last !== null) await item.last;
    }
    context.ended();
    invert(item);
    end(item, context.isSkipped() ? "skipped" : item.isTodo || context.isTodo() ? "todo" : "passed");
    if (context.isTodo() && item.result !== null && item.failed) {
      item.result.status = "todo";
      tell(item, false);
    }
    running = outer;
  }

  /** `test.failing`: passes only if it fails. @param {Item} item */
  function invert(item) {
    if (!item.settings.fails || item.result === null) return;
    if (item.failed) {
      item.failed = false;
      item.result.message = item.result.expected = item.result.actual = null;
    } else fail(item, new Said("it was expected to fail, and did not"));
  }

  /** @param {Item} item */
  function failForSubtests(item) {
    let failed = 0;
    for (let at = 0; at < item.children.length; at++) if (item.children[at].failed && !item.children[at].isTodo) failed++;
    if (failed > 0) throw new Said(failed === 1 ? "1 subtest failed" : `${failed} subtests failed`);
  }

  /** A test's own test. @param {Item} parent @param {Item} item @returns {Promise<undefined>} */
  function runSubtest(parent, item) {
    const before = parent.last;
    const ran = (async () => {
      if (before !== null) await before;
      await runTest(item);
    })();
    parent.last = ran;
    return /** @type {Promise<any>} */ (ran);
  }

  /** The code that makes `t`; set by who knows it. @type {(item: Item) => TestContext} */
  let makeContext = () => plainContext();

  /** Tests begin when the file's own code has run, before its timers. */
  function begin() {
    if (begun) return;
    begun = true;
    kit.capture((text) => {
      for (let item = running; item !== null; item = item.parent) if (item.result !== null) item.result.output += text;
    });
    nextTick(() => settled(null, () => settled(null, () => void start())));
  }

  let isOver = false;

  async function start() {
    try {
      onlyChosen = root.holdsOnly;
      if (root.preparing !== null) await root.preparing;
      if (hasTests(root)) await runHooks(root, "before", { name: "" });
    } catch (error) {
      root.broken = { error };
    }
    if (root.broken !== null) cancelAll(root, root.broken.error);
    for (let at = 0; ; ) {
      // What is registered later still runs.
      while (at < root.children.length) {
        const child = root.children[at++];
        if (child.isSuite) await runSuite(child);
        else await runTest(child);
      }
      if (at >= root.children.length) break;
    }
    try {
      await runHooks(root, "after", { name: "" });
    } catch (error) {
      const last = new Item(true, "after", root, noSettings(), null, nobody);
      fail(last, error);
      end(last, "failed");
    }
    isOver = true;
  }

  kit.addTests({
    turn() {
      if (!begun || isOver) return false;
      // Nothing is left that could settle what the test waits for.
      return waits.endInnermost(new Said(PENDING));
    },
    results,
    uncaught(error) {
      if (running === null || isOver) return false;
      fail(running, error);
      waits.endInnermost(error);
      return true;
    },
  });

  return {
    root,
    /** @returns {never} */
    skipNow() {
      throw SKIP;
    },
    addTest,
    addSuite,
    addHook,
    prepareNow,
    runTest,
    runSubtest,
    isTrusted,
    demandTrust,
    /** From now on only the entry registers. */
    gate: () => void (gated = true),
    waits,
    entry,
    /** @param {Item} item settles when it has run */
    ended: (item) => new NativePromise((resolve) => add(item.waiters, () => resolve(undefined))),
    running: () => running,
    place: () => place,
    /** @param {(item: Item) => TestContext} make */
    contexts: (make) => void (makeContext = make),
    /** Is asked at each test's begin and end. @param {{ begin: () => void, check: () => void }} one */
    eachTest: (one) => add(watchers, one),
    /** @param {string} message */
    said: (message) => new Said(message),
  };
}

/**
 * @typedef {object} TestContext
 * @property {any} given to the test's function
 * @property {() => boolean} isSkipped
 * @property {() => boolean} isTodo
 * @property {() => void} skip
 * @property {() => void} check throws when the plan is not kept
 * @property {() => void} ended
 */

/** @returns {TestContext} */
function plainContext() {
  let skipped = false;
  return { given: undefined, isSkipped: () => skipped, isTodo: () => false, skip: () => void (skipped = true), check() {}, ended() {} };
}

/** @param {Item} item @returns {boolean} */
function hasTests(item) {
  for (let at = 0; at < item.children.length; at++) if (!item.children[at].isSuite || hasTests(item.children[at])) return true;
  return false;
}

/** @param {unknown} value */
const number = (value) => (typeof value === "number" && value < Infinity ? value : null);

/** What a callback is given as its error. @param {unknown} error */
const isOnce = (error) => error !== undefined && error !== null && error !== false && error !== 0 && error !== "";

/** @param {unknown} value */
function isThenable(value) {
  return value !== null && typeof value === "object" && typeof (/** @type {any} */ (value).then) === "function";
}
