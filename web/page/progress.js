/**
 * What a learner has done in this book: answers, what has passed, hints seen, edited examples, quizzes. It stays in the
 * browser (storage.js) and goes nowhere. Safe to use from several tabs: each exercise has a key of its own, each change
 * is made to what is there at that moment, and what other tabs change is told to the listeners.
 *
 * Keys, all behind "galley:" (BOOK is the title, percent-encoded; a title is what the terminal's file has too):
 *     galley:BOOK:EXERCISE          JSON: what galley-progress.json has of one exercise (progress.schema.json)
 *     galley:BOOK:#QUIZ             JSON: what that file has of one quiz, by the key that the build gives it
 *     galley:BOOK:CHAPTER#HASH.N    the text of an edited example: HASH of the text that the author wrote, the N-th such
 *     galley:BOOK                   JSON: what else galley-progress.json has of the book
 *     galley:                       JSON: what else that file has
 *     galley:@ADDRESS               the title of the book that was last read at this address
 * By the title, and not by the address, because books move: to another host, another folder, from preview to release.
 * Only a book without a title is known by its address. A book that is renamed where it stands takes its progress along.
 * Names of exercises are the author's promise; what an exercise says may change without anything being lost. A quiz is
 * known by what it asks.
 */
import { course, exerciseOf } from "./course.js";
import { bookRoot } from "./load.js";
import { keys, onOtherTabs, read, write } from "./storage.js";

/**
 * @typedef {"new" | "started" | "passed" | "passed-earlier"} Standing passed-earlier: the tests have changed since
 *
 * What is kept of an exercise. Other fields of an imported file stay.
 * @typedef {object} Entry
 * @property {"started" | "passed"} state
 * @property {string} started 2026-01-31T12:00:00Z
 * @property {string} [passed] The first time.
 * @property {number} hints
 * @property {string} [tests] Hash of the tests that were passed last.
 * @property {string} [answer]
 * @property {string} [saved] When the answer was.
 *
 * What is kept of a quiz: not what was chosen, for that would be its answer.
 * @typedef {Pick<Entry, "state" | "started" | "passed">} QuizEntry
 *
 * @typedef {object} Change
 * @property {string | null} name The exercise; behind a #, the quiz; null: anything may have changed.
 * @property {boolean} elsewhere Another tab, or an imported file, did it: a field that shows the answer should take it.
 */

const PREFIX = "galley:";
const BOOK = PREFIX + encodeURIComponent(course.book === "untitled" ? `untitled@${new URL(bookRoot()).pathname}` : course.book);

/** As src/report/learner.rs has it. */
export const SCHEMA = 1;
export const FILE = "galley-progress.json";

/** @type {Set<(change: Change) => void>} */
const listeners = new Set();

onOtherTabs((key) => {
  if (key === null) tell(null, true);
  else if (key.startsWith(`${BOOK}:`)) tell(key.slice(BOOK.length + 1), true);
});
// Brought back by the Back button as it was left: what other tabs did meanwhile was not told.
addEventListener("pageshow", (event) => event.persisted && tell(null, true));
takeAlong();

/**
 * @param {string} name
 * @returns {string | null} the text that was saved last; null: the starter is to be shown
 */
export function answerOf(name) {
  return entryOf(name)?.answer ?? null;
}

/** @param {string} name @param {string} text */
export function saveAnswer(name, text) {
  if (answerOf(name) === text) return;
  change(name, (entry) => {
    entry.answer = text;
    entry.saved = now();
  });
}

/** The learner begins again: the answer goes, what was passed stays. @param {string} name */
export function dropAnswer(name) {
  if (answerOf(name) === null) return;
  change(name, (entry) => {
    delete entry.answer;
    delete entry.saved;
  });
}

/**
 * After each checked answer. Passed once is passed for good.
 * @param {string} name
 * @param {{ outcome: string }} record
 * @param {string} testsHash of the tests that it was checked against
 * @returns {Standing}
 */
export function recordAttempt(name, record, testsHash) {
  change(name, (entry) => {
    if (record.outcome !== "passed") return;
    entry.state = "passed";
    entry.passed ??= now();
    entry.tests = testsHash;
  });
  return stateOf(name, testsHash);
}

/**
 * @param {string} name
 * @param {string} [testsHash] of the book's tests now; as the build says of the exercise, if it is not given
 * @returns {Standing}
 */
export function stateOf(name, testsHash = exerciseOf(name)?.tests) {
  const entry = entryOf(name);
  if (!entry) return "new";
  if (entry.state !== "passed") return "started";
  return testsHash === undefined || entry.tests === testsHash ? "passed" : "passed-earlier";
}

/** @param {string} name @returns {number} how many hints the learner has seen */
export function hintsOf(name) {
  return entryOf(name)?.hints ?? 0;
}

/** @param {string} name @param {number} n the hint, from 1 */
export function hintSeen(name, n) {
  if (hintsOf(name) >= n) return;
  change(name, (entry) => {
    entry.hints = Math.max(entry.hints, n);
  });
}

/** An option of a quiz was chosen. @param {string} key @param {boolean} right */
export function recordQuiz(key, right) {
  const entry = quizOf(key) ?? { state: "started", started: now() };
  if (right) {
    entry.state = "passed";
    entry.passed ??= now();
  }
  write(`${BOOK}:#${key}`, JSON.stringify(entry));
  tell(`#${key}`, false);
}

/** @param {string} key */
export function isQuizPassed(key) {
  return quizOf(key)?.state === "passed";
}

/**
 * @param {(change: Change) => void} listener told after each change, in whichever tab it was made
 * @returns {() => void} ends it
 */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {string} id CHAPTER#HASH.N @returns {string | null} the reader's text of an example */
export function editOf(id) {
  return read(`${BOOK}:${id}`);
}

/** @param {string} id @param {string | null} text null: the author's again */
export function saveEdit(id, text) {
  if (editOf(id) === text) return;
  write(`${BOOK}:${id}`, text);
}

/** The first exercise behind one that has not passed, from the beginning again. @param {string} [after] */
export function nextUnsolved(after) {
  const all = course.chapters.flatMap((chapter) => chapter.exercises.map((exercise) => ({ chapter, exercise })));
  const at = all.findIndex(({ exercise }) => exercise.name === after);
  return [...all.slice(at + 1), ...all.slice(0, at + 1)].find(({ exercise }) => !isPassed(exercise.name)) ?? null;
}

/** @param {string} name */
export function isPassed(name) {
  return stateOf(name).startsWith("passed");
}

/** Forgets all that is known of this book, edited examples too. */
export function forget() {
  for (const key of [BOOK, ...keys(`${BOOK}:`)]) write(key, null);
  tell(null, true);
}

/** The text of galley-progress.json, with every book that this browser knows on this site. */
export function exported() {
  /** @type {Record<string, any>} */
  const books = Object.create(null);
  /** @param {string} title */
  const bookOf = (title) => (books[title] ??= { exercises: Object.create(null) });
  // Two untitled books have one place in the file; this one comes last.
  const all = keys(PREFIX).sort((a, b) => Number(a.startsWith(BOOK)) - Number(b.startsWith(BOOK)) || (a < b ? -1 : 1));
  for (const key of all) {
    const [, encoded, name] = /^([^:@]+)(?::(#?[^#]*))?$/.exec(key.slice(PREFIX.length)) ?? [];
    if (encoded === undefined) continue;
    const title = decodeURIComponent(encoded).replace(/^untitled@.*/, "untitled");
    const value = parsed(read(key));
    const { exercises, quizzes } = bookOf(title);
    if (name === undefined) books[title] = { ...value, exercises, ...(quizzes && { quizzes }) };
    else if (!isEntry(value)) continue;
    else if (name.startsWith("#")) (books[title].quizzes ??= Object.create(null))[name.slice(1)] = value;
    else exercises[name] = value;
  }
  if (Object.keys(books).length === 0) bookOf(course.book);
  return `${JSON.stringify({ ...parsed(read(PREFIX)), schema: SCHEMA, books }, null, 2)}\n`;
}

/**
 * Takes in what a file has and this browser does not; nothing that was passed, seen or written later is lost.
 * @param {string} text
 * @returns {{ books: number, exercises: number, quizzes: number }}
 * @throws {Error} with words for the reader; then nothing has changed
 */
export function imported(text) {
  /** @type {any} */
  let file;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new Error("This file is not JSON. Choose a galley-progress.json.");
  }
  if (!isObject(file) || typeof file.schema !== "number") throw new Error("This file holds no progress. Choose a galley-progress.json.");
  if (file.schema > SCHEMA) throw new Error("This file was written by a newer version of Galley than this book was built with.");
  if (file.schema !== SCHEMA || !isObject(file.books)) throw new Error("This file holds no progress that this book can read.");
  for (const [title, book] of Object.entries(file.books)) {
    if (!isObject(book) || !isObject(book.exercises)) throw new Error(`This file is damaged: “${title}” has no exercises.`);
    for (const [name, entry] of Object.entries(book.exercises)) {
      if (!isEntry(entry)) throw new Error(`This file is damaged: the exercise ${name} has no state that is known.`);
    }
    if (book.quizzes !== undefined && !(isObject(book.quizzes) && Object.values(book.quizzes).every(isEntry))) {
      throw new Error(`This file is damaged: a quiz of “${title}” has no state that is known.`);
    }
  }

  const { schema: _schema, books, ...rest } = file;
  if (Object.keys(rest).length > 0) write(PREFIX, JSON.stringify({ ...parsed(read(PREFIX)), ...rest }));
  let exercises = 0;
  let answered = 0;
  for (const [title, book] of Object.entries(/** @type {Record<string, any>} */ (books))) {
    const key = title === course.book ? BOOK : PREFIX + encodeURIComponent(title);
    const { exercises: entries, quizzes = {}, ...rest } = book;
    if (Object.keys(rest).length > 0) write(key, JSON.stringify({ ...parsed(read(key)), ...rest }));
    for (const [name, entry] of Object.entries(entries)) {
      const there = parsed(read(`${key}:${name}`));
      const current = title === course.book ? exerciseOf(name)?.tests : undefined;
      write(`${key}:${name}`, JSON.stringify(isEntry(there) ? merged(there, entry, current) : entry));
      exercises++;
    }
    for (const [quiz, entry] of Object.entries(quizzes)) {
      const there = parsed(read(`${key}:#${quiz}`));
      write(`${key}:#${quiz}`, JSON.stringify(isEntry(there) ? mergedQuiz(there, entry) : entry));
      answered++;
    }
  }
  tell(null, true);
  return { books: Object.keys(books).length, exercises, quizzes: answered };
}

/**
 * @param {Entry} ours
 * @param {any} theirs
 * @param {string | undefined} tests of the book now
 * @returns {Entry}
 */
function merged(ours, theirs, tests) {
  const both = mergedQuiz(ours, theirs);
  both.hints = Math.max(ours.hints ?? 0, Number.isInteger(theirs.hints) ? theirs.hints : 0);
  if (theirs.tests !== undefined && theirs.tests === tests) both.tests = tests;
  if (typeof theirs.answer === "string" && (ours.answer === undefined || (theirs.saved ?? "") > (ours.saved ?? ""))) {
    both.answer = theirs.answer;
    both.saved = theirs.saved;
  }
  return both;
}

/**
 * What quizzes and exercises have.
 * @template {QuizEntry} T
 * @param {T} ours
 * @param {any} theirs
 * @returns {T}
 */
function mergedQuiz(ours, theirs) {
  const both = { ...theirs, ...ours };
  both.state = ours.state === "passed" || theirs.state === "passed" ? "passed" : "started";
  both.started = earlier(ours.started, theirs.started);
  if (ours.passed && theirs.passed) both.passed = earlier(ours.passed, theirs.passed);
  return both;
}

/** @param {string} one @param {string} other */
const earlier = (one, other) => (other < one ? other : one);

/** @param {string} name @returns {Entry | null} */
function entryOf(name) {
  const entry = parsed(read(`${BOOK}:${name}`));
  return isEntry(entry) ? { ...entry, hints: Number.isInteger(entry.hints) ? entry.hints : 0 } : null;
}

/** @param {string} key @returns {QuizEntry | null} */
function quizOf(key) {
  const entry = parsed(read(`${BOOK}:#${key}`));
  return isEntry(entry) ? entry : null;
}

/** @param {string} name @param {(entry: Entry) => void} make */
function change(name, make) {
  const entry = entryOf(name) ?? { state: "started", started: now(), hints: 0 };
  make(entry);
  write(`${BOOK}:${name}`, JSON.stringify(entry));
  tell(name, false);
}

/** @param {string | null} name @param {boolean} elsewhere */
function tell(name, elsewhere) {
  for (const listener of listeners) listener({ name, elsewhere });
}

/** Remembers which book is at this address, and gives one with a new title what the old one had. */
function takeAlong() {
  if (course.chapters.length === 0 && course.quizzes.length === 0) return;
  const address = `${PREFIX}@${bookRoot()}`;
  const old = read(address);
  if (old === BOOK) return;
  if (old !== null && keys(`${BOOK}:`).length === 0) {
    // Not an edited example.
    const names = keys(`${old}:`).map((key) => key.slice(old.length + 1)).filter((name) => name.lastIndexOf("#") <= 0);
    const known = names.filter((name) => (name.startsWith("#") ? course.quizzes.includes(name.slice(1)) : exerciseOf(name)));
    // Where most of its exercises are not here, it is another book, served where the first one was.
    if (known.length * 2 > names.length) for (const name of known) write(`${BOOK}:${name}`, read(`${old}:${name}`));
  }
  write(address, BOOK);
}

function now() {
  return new Date().toISOString().replace(/\.\d+/, "");
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {any} value @returns {boolean} */
function isEntry(value) {
  return isObject(value) && (value.state === "started" || value.state === "passed") && typeof value.started === "string";
}

/** @param {string | null} text @returns {any} an object; an empty one for what is none */
function parsed(text) {
  try {
    const value = JSON.parse(text ?? "{}");
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
