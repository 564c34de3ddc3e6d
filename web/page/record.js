/**
 * What came of one answer, the same as the build and the terminal say of it: src/verify/exercise/attempt.rs,
 * src/engine/quickjs/watch.rs and src/report/collect.rs, in JavaScript.
 */

/** @typedef {import("../protocol.js").TestResult} TestResult */
/** @typedef {import("../protocol.js").Thrown} Thrown */
/** @typedef {import("./data.js").ExerciseData} ExerciseData */
/** @typedef {import("./sandbox/frame.js").Ended} Ended */
/** @typedef {import("./sandbox/frame.js").Print} Print */
/** @typedef {import("./sandbox/frame.js").TestNews} TestNews */

/**
 * @typedef {object} Record
 * @property {string} exercise
 * @property {"passed" | "failed" | "error" | "timed-out" | "crashed"} outcome
 * @property {string | null} message Why the tests say nothing, or not all.
 * @property {number | null} line Of the answer, where that was thrown.
 * @property {TestResult[]} tests
 * @property {string | null} matched_wrong
 */

/** Follows a run, so that of one that is killed is kept what was known. */
export class Watch {
  /** @type {Print[]} */
  prints = [];
  /** `since`: how many prints there were when it began; null when it does not run. @type {{ id: number, result: TestResult, since: number | null }[]} */
  #tests = [];

  /** @param {Print} print */
  print(print) {
    this.prints.push(print);
  }

  /** @param {TestNews} news */
  test({ id, result, index, runs }) {
    const known = { id, result, since: runs ? this.prints.length : null };
    if (index !== null) {
      this.#tests.splice(Math.min(index, this.#tests.length), 0, known);
      return;
    }
    const at = this.#tests.findLastIndex((test) => test.id === id);
    if (at >= 0) this.#tests[at] = known;
  }

  clear() {
    this.prints = [];
    this.#tests = [];
  }

  /** What ran when the program was ended has failed, what had not begun is not run. @param {string} why @returns {TestResult[]} */
  testsUntil(why) {
    return this.#tests.map(({ result, since }) =>
      since === null ? result : { ...result, status: "failed", message: why, output: textOf(this.prints.slice(since)) },
    );
  }
}

/**
 * @param {ExerciseData} exercise
 * @param {Watch} watch
 * @param {{ ended: Ended, tests: TestResult[] | null }} ran
 * @returns {{ record: Record, printed: string } | null} printed: while no test ran. null: the run says nothing of the answer
 */
export function recordOf(exercise, watch, { ended, tests: told }) {
  const how = endOf(ended);
  if (how === null) return null;
  const known = how.stopped === null ? (told ?? []) : watch.testsUntil(how.stopped);
  const all = ended.type === "completed" ? withMissing(known, exercise.tests) : known;
  const tests = exercise.output === null ? all : [outputTest(watch, ended, exercise.output)];
  const line = how.error?.file === exercise.answer ? how.error.line : null;
  const outcome = outcomeOf(how.outcome, tests);
  const record = /** @type {Record} */ ({ exercise: exercise.name, outcome, message: how.message, line, tests: tests.map(plain), matched_wrong: null });
  const signature = signatureOf(record);
  const same = signature && exercise.wrong.find((wrong) => inSameWords(JSON.stringify(wrong.signature)) === inSameWords(signature));
  record.matched_wrong = same ? same.name : null;
  const texts = textOf(watch.prints);
  const inTests = known.map((test) => test.output).join("");
  // What tests inside of tests print is told of both: then nobody knows what else there was.
  const printed = texts.endsWith(inTests) ? texts.slice(0, texts.length - inTests.length) : "";
  return { record, printed };
}

/**
 * An answer may have kept a test from being made, by what it did to the language, or from being more than skipped. Such a
 * one counts as not run.
 * @param {TestResult[]} tests
 * @param {string[]} wanted those that the solution passes
 * @returns {TestResult[]}
 */
function withMissing(tests, wanted) {
  const isTold = (/** @type {TestResult} */ { status }) => status !== "skipped" && status !== "todo";
  const told = tests.filter(isTold).map(({ name }) => name);
  const all = [...tests];
  for (const name of wanted) {
    const at = told.indexOf(name);
    const skipped = all.findIndex((test) => test.name === name && !isTold(test));
    if (at >= 0) told.splice(at, 1);
    else if (skipped >= 0) all[skipped] = { ...all[skipped], status: "not-run" };
    else all.push({ name, status: "not-run", message: null, expected: null, actual: null, output: "" });
  }
  return all;
}

/**
 * How an answer fails: which tests, by which values.
 * @param {Record} record
 * @returns {string | null} of an answer that passes
 */
function signatureOf({ outcome, tests, message }) {
  if (outcome === "passed") return null;
  const failed = tests.filter(({ status }) => status === "failed").map((test) => [test.name, test.actual ?? test.message ?? ""]);
  return JSON.stringify(message === null ? failed : [...failed, ["", message]]);
}

/** An assignment to a module's namespace, which each engine calls otherwise: QuickJS, V8 of Node 24, V8 of Chromium 148. */
const NAMESPACE =
  /Cannot assign to (?:read only )?property '[^']*' of (?:object )?'?\[object (?:Module|Array)\]'?|(?:Cannot add property [^"\s]+, )?object is not extensible/g;

/** @param {string} signature */
const inSameWords = (signature) => signature.replace(NAMESPACE, "it is read only");

/** @param {Watch} watch @param {Ended} ended @param {string} wanted @returns {TestResult} */
function outputTest(watch, ended, wanted) {
  const printed = textOf(watch.prints.filter(({ stream }) => stream === "stdout"));
  const passed = printed === wanted && ended.type === "completed";
  return {
    name: "prints what is asked for",
    status: passed ? "passed" : "failed",
    message: passed ? null : printed === wanted ? "the output is right, but it does not end as it should" : "the output is another one",
    expected: passed ? null : wanted,
    actual: passed ? null : printed,
    output: printed,
  };
}

/**
 * @typedef {object} End
 * @property {Record["outcome"] | null} outcome null: as it should
 * @property {string | null} message
 * @property {Thrown | null} error
 * @property {string | null} stopped said of the test that ran when the program was ended from outside
 */

/** @param {Ended} ended @returns {End | null} */
function endOf(ended) {
  const error = (/** @type {string} */ message) => end("error", message);
  switch (ended.type) {
    case "completed":
      return end(null, null);
    case "threw":
    case "syntax-error":
      return end("error", headline(ended.error), ended.error);
    case "exited":
      return error(`the answer ended the program by process.exit(${ended.code})`);
    case "unsettled":
      return error("a top-level await waits for what never comes");
    case "unsupported":
      return error(`${ended.what} does not exist here`);
    case "timed-out":
      return end("timed-out", "it runs longer than its limit", null, "timed out: the test was still running when the time was up");
    case "limit":
      if (ended.what === "turns") return error("it needs more turns than its limit");
      return end("error", "it needs more output than its limit", null, "the test printed more than a program may");
    case "out-of-memory":
      return end("crashed", "it runs out of memory", null, "out of memory");
    case "crashed":
      return end("crashed", ended.reason, null, ended.reason);
    case "stopped":
    case "blocked":
      return null;
  }
}

/** @param {End["outcome"]} outcome @param {string | null} message @param {Thrown | null} [error] @param {string | null} [stopped] @returns {End} */
const end = (outcome, message, error = null, stopped = null) => ({ outcome, message, error, stopped });

/** @param {Record["outcome"] | null} ended @param {TestResult[]} tests @returns {Record["outcome"]} */
function outcomeOf(ended, tests) {
  const has = (/** @type {TestResult["status"]} */ status) => tests.some((test) => test.status === status);
  // What failed before is told by its test.
  if (ended === "error" && has("failed")) return "failed";
  if (ended !== null) return ended;
  return !has("failed") && !has("not-run") && has("passed") ? "passed" : "failed";
}

/** As an uncaught error is told. @param {Thrown} error */
function headline({ name, message }) {
  return name === "" ? message : message === "" ? name : `${name}: ${message}`;
}

/** In the order that the build's JSON has. @param {TestResult} test @returns {TestResult} */
function plain({ name, status, message, expected, actual, output }) {
  return { name, status, message, expected, actual, output };
}

/** @param {Print[]} prints */
function textOf(prints) {
  return prints.map(({ text }) => text).join("");
}
