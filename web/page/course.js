/**
 * What the build says of the whole book on every page (galley/course.js): its title, its chapters with their exercises,
 * in order, and its quizzes. A page may be older or newer than that file, so each field is looked at.
 */

/**
 * @typedef {object} CourseExercise
 * @property {string} name
 * @property {string} title
 * @property {string} tests Hash of all that decides whether an answer passes.
 *
 * @typedef {object} CourseChapter
 * @property {string} path Of its page, below the book's root.
 * @property {string} title
 * @property {CourseExercise[]} exercises
 *
 * @typedef {object} Course
 * @property {string} book Its title; "untitled" when it has none.
 * @property {CourseChapter[]} chapters Only those with exercises.
 * @property {string[]} quizzes Their keys.
 */

/** @type {Course} */
export const course = readCourse(typeof galleyCourse === "object" ? galleyCourse : null);

/** @param {string} name @returns {CourseExercise | undefined} */
export function exerciseOf(name) {
  for (const chapter of course.chapters) {
    const found = chapter.exercises.find((exercise) => exercise.name === name);
    if (found) return found;
  }
  return undefined;
}

/** @param {any} data @returns {Course} */
function readCourse(data) {
  /** @param {any} list @returns {any[]} */
  const listOf = (list) => (Array.isArray(list) ? list.filter((item) => item !== null && typeof item === "object") : []);
  const chapters = listOf(data?.chapters).map((chapter) => ({
    path: String(chapter.path),
    title: String(chapter.title),
    exercises: listOf(chapter.exercises).map(({ name, title, tests }) => ({ name: String(name), title: String(title), tests: String(tests) })),
  }));
  return {
    book: typeof data?.book === "string" ? data.book : "untitled",
    chapters: chapters.filter(({ exercises }) => exercises.length > 0),
    quizzes: Array.isArray(data?.quizzes) ? data.quizzes.map(String) : [],
  };
}
