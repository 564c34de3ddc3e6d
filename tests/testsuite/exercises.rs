//! Exercises are proven both ways: the solution passes, the starter and every wrong answer fail.

use crate::support::Book;

const TEST: &str = "const test = require('node:test');\nconst assert = require('node:assert');\nconst { double } = require('./answer.js');\n\ntest('doubles', () => assert.strictEqual(double(2), 4));\ntest('keeps zero', () => assert.strictEqual(double(0), 0));\n";

fn book(solution: &str, starter: &str, test: &str) -> Book {
    Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        ("src/one.md", "# One\n\n```js\n1 // 1\n```\n\n{{#exercise double}}\n"),
        (
            "exercises/double/exercise.md",
            "# Double\n\nDouble it.\n\n```js\nrequire('./answer.js').double(3) // => 6\n```\n\n## Hint\n\nTwice.\n",
        ),
        ("exercises/double/solution.js", solution),
        ("exercises/double/starter.js", starter),
        ("exercises/double/test.js", test),
    ])
}

const SOLUTION: &str = "exports.double = (n) => n * 2;\n";
const STARTER: &str = "exports.double = (n) => n; // your turn\n";

#[test]
fn a_sound_exercise_passes_and_its_prompt_is_run() {
    let (report, code) = book(SOLUTION, STARTER, TEST).check(".");
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["exercises"][0]["status"], "passed");
    assert_eq!(report["exercises"][0]["solution"]["tests"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["exercises"][0]["starter"]["outcome"], "failed");
    assert_eq!(report["summary"]["claims"]["held"], 2);
}

#[test]
fn a_solution_that_fails() {
    let ran = book("exports.double = (n) => n * 3;\n", STARTER, TEST).run(&["check"]).expect(1);
    ran.says(&["error[G020]", "exercises/double/solution.js:1", "doubles"]);
}

#[test]
fn a_starter_that_passes_or_does_not_load() {
    book(SOLUTION, SOLUTION, TEST)
        .run(&["check"])
        .expect(1)
        .says(&["exercises/double/starter.js:1", "already passes"]);
    book(SOLUTION, "exports.double = (n => ;\n", TEST)
        .run(&["check"])
        .expect(1)
        .says(&["starter.js:1", "does not load"]);
    book(SOLUTION, "throw new Error('TODO: write double');\n", TEST).run(&["check"]).expect(0);
    let allowed = book(SOLUTION, SOLUTION, TEST);
    allowed.write("exercises/double/exercise.toml", "starter_may_pass = true\n");
    allowed.run(&["check"]).expect(0);
}

#[test]
fn tests_that_test_nothing() {
    book(SOLUTION, STARTER, "require('./answer.js');\n").run(&["check"]).expect(1).says(&["no test"]);
    let late = "const test = require('node:test');\ntest('late', async () => { await null; throw new Error('late'); });\n";
    book(SOLUTION, STARTER, late).run(&["check"]).expect(1).says(&["solution does not pass", "late"]);
}

#[test]
fn a_wrong_answer_that_passes() {
    let book = book(SOLUTION, STARTER, TEST);
    book.write("exercises/double/wrong/triples.js", "// You tripled it.\nexports.double = (n) => n * 3;\n");
    book.run(&["check"]).expect(0);
    book.write("exercises/double/wrong/adds.js", "// You added it.\nexports.double = (n) => n + n;\n");
    book.run(&["check"]).expect(1).says(&["wrong/adds.js:1", "passes every test"]);
}

#[test]
fn a_printed_verdict_decides_nothing() {
    let book = book(SOLUTION, STARTER, TEST);
    book.write("exercises/double/wrong/boasts.js", "// Printing is no answer.\nconsole.log('ok 1 - doubles\\n# pass 2\\n# fail 0');\nexports.double = (n) => n;\n");
    let (report, code) = book.check(".");
    assert_eq!((code, &report["exercises"][0]["wrong"][0]["outcome"]), (0, &"failed".into()));
}

#[test]
fn an_answer_that_never_ends_is_its_own_outcome() {
    let book = book(SOLUTION, STARTER, TEST);
    book.write("exercises/double/exercise.toml", "timeout_ms = 300\n");
    book.write(
        "exercises/double/wrong/loops.js",
        "// It never ends.\nexports.double = () => { for (;;); };\n",
    );
    let (report, code) = book.check(".");
    assert_eq!((code, &report["exercises"][0]["wrong"][0]["outcome"]), (0, &"timed-out".into()));
}

#[test]
fn output_exercises_compare_what_is_printed() {
    let book = book("console.log('hi');\n", "console.log('ho');\n", TEST);
    std::fs::remove_file(book.path("exercises/double/test.js")).expect("removed");
    book.write("exercises/double/exercise.toml", "check = \"output\"\n");
    book.write("exercises/double/exercise.md", "# Say hi\n\nPrint hi.\n");
    book.run(&["check"]).expect(0);
    book.write("exercises/double/starter.js", "console.log('hi');\n");
    book.run(&["check"]).expect(1).says(&["starter.js:1"]);
}

#[test]
fn rules_that_need_no_run() {
    let named = |path: &str, text: &str| {
        let book = book(SOLUTION, STARTER, TEST);
        book.write(path, text);
        book
    };
    named("src/one.md", "```js\n1 // 1\n```\n\n{{#exercise dubble}}\n").run(&["check"]).expect(1).says(&[
        "src/one.md:5:",
        "dubble",
        "double",
    ]);
    named("exercises/double/exercise.toml", "dificulty = 1\n")
        .run(&["check"])
        .expect(1)
        .says(&["exercise.toml:1:1", "difficulty"]);
    named("exercises/double/notes.txt", "x").run(&["check"]).expect(0).says(&["warning[G020]", "notes.txt"]);
    let missing = book(SOLUTION, STARTER, TEST);
    std::fs::remove_file(missing.path("exercises/double/solution.js")).expect("removed");
    missing.run(&["check"]).expect(1).says(&["solution.js"]);
}

#[test]
fn a_starter_fails_by_a_test_or_a_todo() {
    let with = |starter: &str| {
        let book = book(SOLUTION, starter, TEST);
        book.write("exercises/double/exercise.toml", "timeout_ms = 300\n");
        book.run(&["check"]).expect(1).says(&["starter.js:1", "fails by no test"]);
    };
    with("for (;;);\n");
    with("process.exit(0);\n");
    let wrong = book(SOLUTION, STARTER, TEST);
    wrong.write("exercises/double/wrong/broken.js", "// A slip.\nexports.double = (;\n");
    wrong.run(&["check"]).expect(1).says(&["wrong/broken.js", "does not parse"]);
}

#[test]
fn an_answer_that_changes_built_ins_passes_nothing_by_it() {
    let find = "const test = require('node:test');\nconst assert = require('node:assert');\nrequire('./answer.js');\ntest('finds', () => assert.strictEqual([1, 2].find((n) => n > 1), 2));\n";
    let solution = "Array.prototype.find = function (f) { for (let i = 0; i < this.length; i++) if (f(this[i])) return this[i]; };\n";
    let book = book(solution, "Array.prototype.find = function () { return 'TODO'; };\n", find);
    book.write("exercises/double/exercise.md", "# Find\n\nWrite it.\n");
    book.write("exercises/double/wrong/no-return.js", "// You forgot to return.\nArray.prototype.find = function (f) { for (let i = 0; i < this.length; i++) if (f(this[i])) this[i]; };\n");
    let (report, code) = book.check(".");
    assert_eq!((code, &report["exercises"][0]["wrong"][0]["outcome"]), (0, &"failed".into()), "{report:#}");
}
