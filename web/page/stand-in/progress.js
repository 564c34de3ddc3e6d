/** Until there is progress: answers, and what has passed, in this browser. */

/** @param {string} name @returns {any} */
function entryOf(name) {
  try {
    return JSON.parse(localStorage.getItem(`galley:${name}`) ?? "null") ?? {};
  } catch {
    return {};
  }
}

/** @param {string} name @param {object} more */
function change(name, more) {
  try {
    localStorage.setItem(`galley:${name}`, JSON.stringify({ ...entryOf(name), ...more }));
  } catch {
    // Without storage the page still works.
  }
}

/** @param {string} name @returns {string | null} */
export const answerOf = (name) => entryOf(name).answer ?? null;
/** @param {string} name @param {string} answer */
export const saveAnswer = (name, answer) => change(name, { answer });
/** @param {string} name */
export const dropAnswer = (name) => change(name, { answer: undefined });
/** @param {string} name @param {{ outcome: string }} record @param {string} [_tests] */
export const recordAttempt = (name, record, _tests) => change(name, record.outcome === "passed" ? { state: "passed" } : {});
/** @param {string} name */
export const isPassed = (name) => entryOf(name).state === "passed";
/** @param {string} name @returns {number} */
export const hintsOf = (name) => entryOf(name).hints ?? 0;
/** @param {string} name @param {number} hints */
export const hintSeen = (name, hints) => change(name, { hints });
