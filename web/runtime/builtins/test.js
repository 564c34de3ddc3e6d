// Chunk "test": node:test. Tests are registered while the program runs and started one by one when its event loop is
// empty. A test fails when it throws, rejects, or never settles; what it prints decides nothing.

/** @import { Kit } from "../kit.js" */
/** @import { TestResult } from "../../protocol.d.ts" */

import { isError, invalidArgument } from "../errors.js";
import { wellFormed } from "../values.js";

/**
 * @typedef {(context: any, done?: (error?: unknown) => void) => unknown} Body
 * @typedef {{ skip?: boolean | string, todo?: boolean | string, only?: boolean }} TestOptions
 * @typedef {"before" | "after" | "beforeEach" | "afterEach"} HookName
 */

const { apply } = Reflect;
const NativePromise = Promise;
const then = Promise.prototype.then;

/** A group of tests with its hooks: the file, or a suite. */
class Suite {
  /** @type {Record<HookName, Body[]>} */
  hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  begun = false;
  waiting = 0;

  /** @param {string} name @param {Suite | null} parent @param {TestOptions} options */
  constructor(name, parent, options) {
    this.name = name;
    this.parent = parent;
    this.options = options;
  }

  /** From the file to this suite. @returns {Suite[]} */
  chain() {
    return [...(this.parent?.chain() ?? []), this];
  }

  get path() {
    return this.chain().map(({ name }) => name).filter((name) => name !== "");
  }
}

/** @param {Kit} kit */
export default function testModule(kit) {
  const root = new Suite("", null, {});
  let current = root;
  /** @type {Test[]} */
  const tests = [];
  let next = 0;
  /** The test that has started and not ended. @type {Test | null} */
  let running = null;
  let addSubtest = 0;

  class Test {
    /** @type {TestResult} */
    result;
    ended = false;
    /** @param {string[]} path @param {Suite} suite @param {TestOptions} options @param {Body | undefined} body */
    constructor(path, suite, options, body) {
      this.suite = suite;
      this.options = options;
      this.body = body;
      this.path = path;
      this.result = { name: path.join(" > "), status: "not-run", message: null, expected: null, actual: null, output: "" };
    }

    /** @param {TestResult["status"]} status */
    end(status) {
      if (this.ended) return;
      this.ended = true;
      this.result.status = status;
    }

    /** @param {unknown} error */
    fail(error) {
      if (this.ended || kit.isStop(error)) return;
      const { message, expected, actual } = describeFailure(error, kit.printer.inspect);
      this.result.message = message;
      this.result.expected = expected;
      this.result.actual = actual;
      this.end(this.options.todo ? "todo" : "failed");
    }
  }

  /** @param {unknown[]} args name, options, body: each may be left out */
  function readArguments(args) {
    // Not by `find`: an answer may be one that replaces it.
    /** @type {Body | undefined} */
    let body;
    /** @type {TestOptions} */
    let options = {};
    for (let i = args.length - 1; i >= 0; i--) {
      if (typeof args[i] === "function") body = /** @type {Body} */ (args[i]);
      else if (typeof args[i] === "object" && args[i] !== null) options = /** @type {TestOptions} */ (args[i]);
    }
    const name = typeof args[0] === "string" ? args[0] : body?.name || "<anonymous>";
    return { name, options, body };
  }

  /** @param {unknown[]} args @param {TestOptions} forced */
  function addTest(args, forced) {
    const { name, options, body } = readArguments(args);
    const test = new Test([...current.path, name], current, { ...options, ...forced }, body);
    for (const suite of current.chain()) suite.waiting++;
    tests[tests.length] = test;
    return NativePromise.resolve();
  }

  /** @param {unknown[]} args @param {TestOptions} forced */
  function addSuite(args, forced) {
    const { name, options, body } = readArguments(args);
    const outer = current;
    const inherited = { skip: outer.options.skip, todo: outer.options.todo };
    current = new Suite(name, outer, { ...inherited, ...options, ...forced });
    try {
      body?.({ name });
    } finally {
      current = outer;
    }
    return NativePromise.resolve();
  }

  /** @param {(args: unknown[], forced: TestOptions) => Promise<void>} add */
  const withVariants = (add) =>
    Object.assign((/** @type {unknown[]} */ ...args) => add(args, {}), {
      skip: (/** @type {unknown[]} */ ...args) => add(args, { skip: true }),
      todo: (/** @type {unknown[]} */ ...args) => add(args, { todo: true }),
      only: (/** @type {unknown[]} */ ...args) => add(args, { only: true }),
    });

  /** @param {HookName} name */
  const hook = (name) => (/** @type {unknown} */ body) => {
    if (typeof body !== "function") throw invalidArgument("fn", "of type function", body);
    current.hooks[name].push(/** @type {Body} */ (body));
  };

  /** Starts a test: hooks and body follow one another as promises settle. @param {Test} test */
  function start(test) {
    const { suite, options, body } = test;
    const skip = options.skip || suite.options.skip;
    if (skip || (options.todo && !body)) {
      test.end(skip ? "skipped" : "todo");
      closeSuites(suite);
      return;
    }
    running = test;
    kit.capture((text) => void (test.result.output += text));
    const context = contextOf(test);
    const work = async () => {
      for (const one of suite.chain()) {
        if (!one.begun) for (const before of one.hooks.before) await call(before, context);
        one.begun = true;
      }
      for (const one of suite.chain()) for (const before of one.hooks.beforeEach) await call(before, context);
      try {
        if (body) await call(body, context);
        await context.finished();
      } finally {
        for (const one of suite.chain().reverse()) for (const after of one.hooks.afterEach) await call(after, context);
      }
    };
    const settle = async () => {
      try {
        await work();
        test.end(context.skipped ? "skipped" : options.todo || context.isTodo ? "todo" : "passed");
      } catch (error) {
        test.fail(error);
      }
      await closeSuites(suite, test);
      running = null;
      kit.capture(null);
    };
    void settle();
  }

  /** Runs the `after` hooks of suites whose last test has ended. @param {Suite} suite @param {Test} [test] */
  async function closeSuites(suite, test) {
    for (const one of suite.chain().reverse()) {
      if (--one.waiting > 0 || !one.begun) continue;
      for (const after of one.hooks.after) {
        try {
          await call(after, {});
        } catch (error) {
          if (test) {
            test.ended = false;
            test.fail(error);
          }
        }
      }
    }
  }

  /** `t`, the argument of a test's function. @param {Test} test */
  function contextOf(test) {
    /** @type {unknown[]} */
    const failures = [];
    /** @type {Promise<void>} */
    let chain = NativePromise.resolve();
    const context = {
      name: test.path.at(-1),
      skipped: false,
      isTodo: false,
      skip: () => void (context.skipped = true),
      todo: () => void (context.isTodo = true),
      diagnostic() {},
      plan() {},
      get assert() {
        return kit.builtin("assert");
      },
      /** @param {unknown[]} args */
      test(...args) {
        const { name, options, body } = readArguments(args);
        const sub = new Test([...test.path, name], test.suite, options, body);
        tests.splice(next + addSubtest++, 0, sub);
        const ran = apply(then, chain, [() => runSubtest(sub)]);
        chain = ran;
        return ran;
      },
      /** Settles when all subtests have; throws when one failed. */
      async finished() {
        await chain;
        if (failures.length > 0) throw new Error(failures.length === 1 ? "1 subtest failed" : `${failures.length} subtests failed`);
      },
    };
    /** @param {Test} sub */
    async function runSubtest(sub) {
      if (sub.options.skip || !sub.body) return sub.end(sub.options.todo ? "todo" : "skipped");
      const inner = contextOf(sub);
      kit.capture((text) => {
        sub.result.output += text;
        test.result.output += text;
      });
      try {
        await call(sub.body, inner);
        await inner.finished();
        sub.end(inner.skipped ? "skipped" : sub.options.todo || inner.isTodo ? "todo" : "passed");
      } catch (error) {
        sub.fail(error);
        if (!sub.options.todo) failures.push(error);
      }
      kit.capture((text) => void (test.result.output += text));
    }
    return context;
  }

  kit.addTests({
    turn() {
      if (running !== null) {
        // The event loop is empty and the test still waits: nothing will ever settle it.
        running.fail(new Error("Promise resolution is still pending but the event loop has already resolved"));
        running = null;
        kit.capture(null);
      }
      // Subtests are in the list for their result; their parent has run them.
      while (next < tests.length && tests[next].ended) next++;
      addSubtest = 1;
      if (next >= tests.length) return false;
      start(tests[next]);
      next++;
      addSubtest = 0;
      return true;
    },
    results: () => tests.map(({ result }) => result),
  });

  const test = withVariants(addTest);
  const suite = withVariants(addSuite);
  return Object.assign(test, {
    test,
    it: test,
    suite,
    describe: suite,
    before: hook("before"),
    after: hook("after"),
    beforeEach: hook("beforeEach"),
    afterEach: hook("afterEach"),
  });
}

/**
 * Calls a test's function or a hook. One that takes a second parameter is done when it calls that.
 * @param {Body} body
 * @param {any} context
 * @returns {Promise<unknown>}
 */
function call(body, context) {
  if (body.length < 2) return (async () => apply(body, undefined, [context]))();
  return new NativePromise((resolve, reject) => {
    apply(body, undefined, [context, (/** @type {unknown} */ error) => (error ? reject(error) : resolve(undefined))]);
  });
}

/** @param {unknown} error @param {(value: unknown) => string} inspect */
function describeFailure(error, inspect) {
  if (!isError(error)) return { message: wellFormed(inspect(error)) };
  const { code, actual, expected } = /** @type {any} */ (error);
  const compared = code === "ERR_ASSERTION";
  return {
    message: wellFormed(compared ? String(error.message) : `${error}`),
    expected: compared ? wellFormed(inspect(expected)) : null,
    actual: compared ? wellFormed(inspect(actual)) : null,
  };
}
