// Chunk "expect": `expect` by @vitest/expect, chai, and `jest` and `vi` with mock functions by @vitest/spy. Loaded when a
// test first asks for one of them. What it consists of can't be changed but by the test file.

/** @import { Kit } from "../kit.js" */
/** @import { Runner } from "./runner.js" */

import * as vitest from "@vitest/expect";
import * as spy from "@vitest/spy";
import { named } from "../values.js";

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { assign, freeze } = Object;
const { getState, setState } = vitest;
const chai = /** @type {any} */ ({ ...vitest.chai });
const kept = /** @type {any} */ (vitest).galleyKept;

/** @param {Kit} kit */
export default function expectModule(kit) {
  /** @type {{ runner: Runner, guarded: <F extends Function>(assertion: F) => F }} */
  const { runner, guarded } = kit.builtin("internal/testRunner");
  for (const plugin of [vitest.JestExtend, vitest.JestChaiExpect, vitest.JestAsymmetricMatchers, vitest.ChaiStyleAssertions]) vitest.chai.use(/** @type {any} */ (plugin));
  /** @type {any} */
  const expect = named("expect", (/** @type {unknown} */ value, /** @type {string} */ message) => {
    if (runner.isTrusted()) setState({ assertionCalls: getState(expect).assertionCalls + 1 }, expect);
    return chai.expect(value, message);
  });
  assign(expect, chai.expect, kept[vitest.ASYMMETRIC_MATCHERS_OBJECT]);
  const asked = chai.expect.extend;
  const trusted = (/** @type {Function} */ change, /** @type {() => void} */ lock = lockAll) =>
    named(change.name, (/** @type {unknown[]} */ ...args) => {
      runner.demandTrust(`calls ${change.name}`);
      Reflect.apply(change, undefined, args);
      lock();
    });
  const begin = () =>
    setState({ assertionCalls: 0, isExpectingAssertions: false, isExpectingAssertionsError: null, expectedAssertionsNumber: null, expectedAssertionsNumberErrorGen: null }, expect);
  assign(expect, {
    assert: chai.assert,
    getState: () => ({ ...getState(expect) }),
    setState: trusted((/** @type {any} */ state) => setState(state, expect)),
    extend: trusted(function extend(/** @type {any} */ matchers) {
      Reflect.apply(asked, chai.expect, [expect, matchers]);
    }),
    addEqualityTesters: trusted(function addEqualityTesters(/** @type {any} */ testers) {
      vitest.addCustomEqualityTesters(testers);
    }),
    addSnapshotSerializer() {},
    soft: expect,
    unreachable: guarded((/** @type {string} */ message) => chai.assert.fail(`expected${message ? ` "${message}" ` : " "}not to be reached`)),
    assertions: trusted(function assertions(/** @type {number} */ count) {
      wanted = { count };
    }, () => {}),
    hasAssertions: trusted(function hasAssertions() {
      wanted = { count: null };
    }, () => {}),
  });
  kept[vitest.GLOBAL_EXPECT] = expect;
  kept.guarded = guarded;
  kept.trusted = runner.isTrusted;
  /** How many assertions the running test is to make; null: any. @type {{ count: number | null } | null} */
  let wanted = null;
  begin();
  runner.eachTest({
    begin() {
      wanted = null;
      begin();
    },
    check() {
      if (wanted === null) return;
      const made = getState(expect).assertionCalls;
      const { count } = wanted;
      if (count === null ? made > 0 : made === count) return;
      throw runner.said(count === null ? "expected any number of assertions, but got none" : `expected number of assertions to be ${count}, but got ${made}`);
    },
  });
  chai.use = trusted(function use(/** @type {any} */ plugin) {
    vitest.chai.use(plugin);
  });
  lockAll();

  function lockAll() {
    guardPrototype(chai.Assertion.prototype, guarded);
    lockProperties(chai.Assertion);
    // A getter, which a result would not ask.
    defineProperty(chai.AssertionError.prototype, "name", { value: "AssertionError", writable: false, configurable: false });
    lockProperties(chai.AssertionError);
    lockProperties(chai.AssertionError.prototype);
    defineProperty(chai.config, "deepEqual", { writable: false, configurable: false });
    for (const key of ownKeys(chai.assert)) {
      const value = chai.assert[key];
      if (typeof value === "function" && !(/** @type {any} */ (value).galleyGuarded)) chai.assert[key] = mark(guarded(value));
    }
    for (const one of [expect, expect.not, chai.expect, chai.assert, chai.util]) lockProperties(one);
    for (const of of [expect, expect.not]) {
      for (const [name, sample] of /** @type {[string, unknown][]} */ ([["anything", undefined], ["any", Number], ["objectContaining", {}], ["arrayContaining", []], ["stringContaining", ""], ["stringMatching", ""], ["closeTo", 1]])) {
        if (typeof of[name] !== "function") continue;
        for (let at = getPrototypeOf(of[name](sample)); at !== null && at !== Object.prototype; at = getPrototypeOf(at)) lockProperties(at);
      }
    }
  }

  const mocks = createMocks(kit);
  return { expect, chai: freeze(assign(chai, { default: chai })), jest: mocks, vi: mocks };
}

/** @param {any} made */
const mark = (made) => defineProperty(made, "galleyGuarded", { value: true }) && made;

/** What asserts does so in the language as it was. @param {any} prototype @param {<F extends Function>(assertion: F) => F} guarded */
function guardPrototype(prototype, guarded) {
  for (const key of ownKeys(prototype)) {
    const found = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(prototype, key));
    if (!found.configurable || key === "constructor") continue;
    if (typeof found.get === "function") defineProperty(prototype, key, { configurable: false });
    else if (typeof found.value === "function") defineProperty(prototype, key, { ...found, value: guarded(found.value), writable: false, configurable: false });
    else {
      if (key === "__methods") for (const name of ownKeys(found.value)) freeze(found.value[name]);
      defineProperty(prototype, key, { writable: false, configurable: false });
    }
  }
}

/** No property can be replaced; further ones can be added. @param {any} object */
function lockProperties(object) {
  for (const key of ownKeys(object)) {
    const found = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(object, key));
    if (found.configurable) defineProperty(object, key, "value" in found ? { writable: false, configurable: false } : { configurable: false });
    else if (found.writable) defineProperty(object, key, { writable: false });
  }
}

/** `jest` and `vi`. @param {Kit} kit */
function createMocks(kit) {
  const timers = () => kit.builtin("internal/testMocks").fakeTimers();
  const lacking = (/** @type {string} */ name) => () => kit.unsupported(`jest.${name}`);
  /** @type {any} */
  const mocks = {
    fn: spy.fn,
    spyOn: spy.spyOn,
    isMockFunction: spy.isMockFunction,
    mocked: (/** @type {unknown} */ value) => value,
    clearAllMocks: () => (spy.clearAllMocks(), mocks),
    resetAllMocks: () => (spy.resetAllMocks(), mocks),
    restoreAllMocks: () => (spy.restoreAllMocks(), mocks),
    setTimeout: () => mocks,
    useFakeTimers: (/** @type {any} */ options) => (timers().use(options), mocks),
    useRealTimers: () => (timers().restore(), mocks),
    setSystemTime: (/** @type {any} */ time) => (timers().setTime(time), mocks),
    advanceTimersByTime: (/** @type {number} */ ms) => (timers().advance(ms), mocks),
    runAllTimers: () => (timers().runAll(), mocks),
    runOnlyPendingTimers: () => (timers().runPending(), mocks),
    advanceTimersToNextTimer: () => (timers().next(), mocks),
    clearAllTimers: () => (timers().clear(), mocks),
    getTimerCount: () => timers().count(),
    advanceTimersByTimeAsync: async (/** @type {number} */ ms) => void (await timers().advanceAsync(ms)),
    runAllTimersAsync: async () => void (await timers().advanceAsync(Infinity)),
  };
  for (const name of ["mock", "unmock", "doMock", "requireActual", "requireMock", "isolateModules", "resetModules"]) mocks[name] = lacking(name);
  return freeze(mocks);
}
