//! Exercises are proven both ways: the solution passes, the starter and every wrong answer fail.

use serde_json::Value;

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
    wrong.write("exercises/double/wrong/broken.js", "// What you read is no JSON.\nJSON.parse('{');\n");
    wrong.run(&["check"]).expect(0);
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

/// What is wrong with a sound exercise after one change.
struct Rule {
    /// What is written over the sound exercise; no text: the file is removed.
    files: &'static [(&'static str, Option<&'static str>)],
    severity: &'static str,
    /// Where, as `file:line`; no file: the folder.
    place: &'static str,
    message: &'static str,
    help: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        files: &[("solution.js", Some("// Thrice.\n\nexports.double = (n) => n * 3;\n"))],
        severity: "error",
        place: "solution.js:1",
        message: "the solution does not pass: test \"doubles\"",
        help: "must pass every test",
    },
    Rule {
        files: &[("solution.js", Some("\nexports.double = (n => ;\n"))],
        severity: "error",
        place: "solution.js:2",
        message: "the solution does not pass: SyntaxError",
        help: "must pass every test",
    },
    Rule {
        files: &[("starter.js", Some(SOLUTION))],
        severity: "error",
        place: "starter.js:1",
        message: "the starter already passes every test",
        help: "starter_may_pass",
    },
    Rule {
        files: &[("starter.js", Some("// Yours.\nexports.double = (n => ;\n"))],
        severity: "error",
        place: "starter.js:2",
        message: "the starter does not load: SyntaxError",
        help: "throw new Error('TODO')",
    },
    Rule {
        files: &[("starter.js", Some("// Yours.\nexports.double = (n => ;\n")), ("test.js", Some(LATE_TEST))],
        severity: "error",
        place: "starter.js:2",
        message: "the starter does not load: SyntaxError",
        help: "throw new Error('TODO')",
    },
    Rule {
        files: &[("starter.js", Some("\n\nnull.double = (n) => n;\n"))],
        severity: "error",
        place: "starter.js:3",
        message: "the starter does not load: TypeError",
        help: "throw new Error('TODO')",
    },
    Rule {
        files: &[("starter.js", Some("process.exit(0);\n"))],
        severity: "error",
        place: "starter.js:1",
        message: "the starter fails by no test",
        help: "throw new Error('TODO')",
    },
    Rule {
        files: &[("wrong/adds.js", Some("// You added it.\nexports.double = (n) => n + n;\n"))],
        severity: "error",
        place: "wrong/adds.js:1",
        message: "passes every test",
        help: "delete the file",
    },
    Rule {
        files: &[("wrong/slips.js", Some("// A slip.\n\nexports.double = (;\n"))],
        severity: "error",
        place: "wrong/slips.js:3",
        message: "does not parse",
        help: "runs and fails a test",
    },
    Rule {
        files: &[
            ("wrong/slips.js", Some("// A slip.\n\nexports.double = (;\n")),
            ("test.js", Some(LATE_TEST)),
        ],
        severity: "error",
        place: "wrong/slips.js:3",
        message: "does not parse",
        help: "runs and fails a test",
    },
    Rule {
        files: &[
            ("wrong/one.js", Some("// You tripled it.\nexports.double = (n) => n * 3;\n")),
            ("wrong/two.js", Some("// You added it thrice.\nexports.double = (n) => n + n + n;\n")),
        ],
        severity: "error",
        place: "wrong/two.js:1",
        message: "fails just as one.js does",
        help: "tells the two apart",
    },
    Rule {
        files: &[("wrong/silent.js", Some("exports.double = (n) => n * 3;\n"))],
        severity: "warning",
        place: "wrong/silent.js:1",
        message: "has no message for the learner",
        help: "begin the file with a comment",
    },
    Rule {
        files: &[("test.js", Some("require('./answer.js');\n"))],
        severity: "error",
        place: "solution.js:1",
        message: "no test",
        help: "test.js",
    },
    Rule {
        files: &[("test.js", None)],
        severity: "error",
        place: "exercise.md:1",
        message: "the exercise has no test.js",
        help: "check = \"output\"",
    },
    Rule {
        files: &[("solution.js", None)],
        severity: "error",
        place: "exercise.md:1",
        message: "the exercise has no solution.js",
        help: "write exercises/NAME/solution.js",
    },
    Rule {
        files: &[("starter.js", None)],
        severity: "error",
        place: "exercise.md:1",
        message: "the exercise has no starter.js",
        help: "write exercises/NAME/starter.js",
    },
    Rule {
        files: &[("exercise.md", None)],
        severity: "error",
        place: ":1",
        message: "holds no exercise.md",
        help: "write exercise.md",
    },
    Rule {
        files: &[("solution.js", Some(" \n"))],
        severity: "error",
        place: "solution.js:1",
        message: "solution.js is empty",
        help: "write it",
    },
    Rule {
        files: &[("exercise.md", Some("Double it.\n"))],
        severity: "error",
        place: "exercise.md:1",
        message: "the exercise has no title",
        help: "begin exercise.md with `# Title`",
    },
    Rule {
        files: &[("exercise.md", Some("# Double\n\n## Hint\n\nTwice.\n"))],
        severity: "error",
        place: "exercise.md:1",
        message: "the exercise has no prompt",
        help: "say under the title",
    },
    Rule {
        files: &[("exercise.md", Some("# Double\n\nDouble it.\n\n## Hint\n\n## Explanation\n\nTwice.\n"))],
        severity: "error",
        place: "exercise.md:5",
        message: "this hint is empty",
        help: "remove the heading",
    },
    Rule {
        files: &[(
            "exercise.md",
            Some(
                "# Double\n\nDouble it.\n\n## Hint\n\n```js ignore\nexports.double  = (n) =>\n  n * 2;\n```\n",
            ),
        )],
        severity: "error",
        place: "exercise.md:5",
        message: "this hint holds the whole solution",
        help: "leave something to the learner",
    },
    Rule {
        files: &[(
            "exercise.md",
            Some("# Double\n\nDouble it.\n\n## Hint\n\nTwice.\n\n## History\n\nOld.\n"),
        )],
        severity: "error",
        place: "exercise.md:9",
        message: "this section is shown nowhere",
        help: "above the first `## Hint`",
    },
    Rule {
        files: &[("exercise.md", Some("# Double\n\nDouble it.\n\n{{#exercise other}}\n"))],
        severity: "error",
        place: "exercise.md:5",
        message: "an exercise can't hold another one",
        help: "put the directive into a chapter",
    },
    Rule {
        files: &[(
            "exercise.md",
            Some("# Double\n\nDouble it.\n\n```js\nrequire('./answer.js').double(3) // => 7\n```\n"),
        )],
        severity: "error",
        place: "exercise.md:6",
        message: "6",
        help: "",
    },
    Rule {
        files: &[("exercise.md", Some("# Double\n\nDouble it.\n\n{{#include part.md}}\n"))],
        severity: "error",
        place: "exercise.md:5",
        message: "part.md",
        help: "",
    },
    Rule {
        files: &[("notes.txt", Some("x"))],
        severity: "warning",
        place: "notes.txt:1",
        message: "`notes.txt` is no part of an exercise",
        help: "files/",
    },
    Rule {
        files: &[("wrong/notes.txt", Some("x"))],
        severity: "warning",
        place: "wrong/notes.txt:1",
        message: "`wrong/notes.txt` is no part of an exercise",
        help: "wrong/*.js",
    },
    Rule {
        files: &[("exercise.toml", Some("difficulty = 1\nreveal = \n"))],
        severity: "error",
        place: "exercise.toml:2",
        message: "exercise.toml is not valid TOML",
        help: "",
    },
    Rule {
        files: &[("exercise.toml", Some("difficulty = 1\ntimeuot_ms = 3\n"))],
        severity: "error",
        place: "exercise.toml:2",
        message: "`timeuot_ms` is not a setting of an exercise",
        help: "timeout_ms",
    },
    Rule {
        files: &[("exercise.toml", Some("\ndifficulty = 4\n"))],
        severity: "error",
        place: "exercise.toml:2",
        message: "`difficulty` can't have this value",
        help: "write 1, 2 or 3",
    },
    Rule {
        files: &[("exercise.toml", Some("after = \"rule-x1\"\n"))],
        severity: "error",
        place: "exercise.toml:1",
        message: "there is no exercise `rule-x1`",
        help: "rule-1",
    },
    Rule {
        files: &[("exercise.toml", Some("answer = \"../double.js\"\n"))],
        severity: "error",
        place: "exercise.toml:1",
        message: "`answer` can't have this value",
        help: "answer = \"answer.js\"",
    },
    Rule {
        files: &[("exercise.toml", Some("timeout_ms = 9999999\n"))],
        severity: "error",
        place: "exercise.toml:1",
        message: "",
        help: "",
    },
];

/// It loads the answer only in its test.
const LATE_TEST: &str = "const test = require('node:test');\nconst assert = require('node:assert');\n\ntest('doubles', () => assert.strictEqual(require('./answer.js').double(2), 4));\n";

#[test]
fn each_rule_is_told_at_its_place_with_a_remedy() {
    let book = Book::with(&[("src/SUMMARY.md", "- [One](one.md)\n")]);
    let mut chapter = "# One\n".to_owned();
    for (index, rule) in RULES.iter().enumerate() {
        let folder = format!("exercises/rule-{index}");
        chapter += &format!("\n{{{{#exercise rule-{index}}}}}\n");
        let sound = [
            ("exercise.md", "# Double\n\nDouble it.\n\n## Hint\n\nTwice.\n"),
            ("solution.js", SOLUTION),
            ("starter.js", STARTER),
            ("test.js", TEST),
        ];
        sound.into_iter().for_each(|(name, text)| book.write(&format!("{folder}/{name}"), text));
        for (name, text) in rule.files {
            let path = format!("{folder}/{name}");
            match text {
                Some(text) => book.write(&path, text),
                None => std::fs::remove_file(book.path(&path)).expect("removed"),
            }
        }
    }
    book.write("src/one.md", chapter);
    let (report, code) = book.check(".");
    let findings = report["diagnostics"].as_array().expect("a list");
    let wrong: Vec<String> = RULES
        .iter()
        .enumerate()
        .filter_map(|(index, rule)| {
            let folder = format!("exercises/rule-{index}");
            let is_own = |found: &&Value| {
                let file = found["file"].as_str().unwrap_or_default();
                file == folder || file.starts_with(&format!("{folder}/"))
            };
            let own: Vec<&Value> = findings.iter().filter(is_own).collect();
            (!rule.is_told_by(&folder, &own)).then(|| format!("{folder}, {:?}: {own:#?}", rule.files))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(code, 1);
    // An exercise that breaks a rule has not passed.
    for exercise in report["exercises"].as_array().expect("a list") {
        let folder = format!("{}/", exercise["folder"].as_str().expect("a folder"));
        let breaks = |found: &&Value| {
            let is_own = found["file"].as_str().is_some_and(|file| file.starts_with(&folder));
            is_own && found["severity"] == "error"
        };
        let status = if findings.iter().any(|found| breaks(&found)) { "failed" } else { "passed" };
        assert_eq!(exercise["status"], status, "{exercise:#}");
    }
    assert_eq!(findings.len(), RULES.len(), "{findings:#?}");
}

impl Rule {
    fn is_told_by(&self, folder: &str, findings: &[&Value]) -> bool {
        let [found] = findings else { return false };
        let text = |key: &str| found[key].as_str().unwrap_or_default();
        let name = folder.trim_start_matches("exercises/");
        let place = match self.place.strip_prefix(':') {
            Some(line) => format!("{folder}:{line}"),
            None => format!("{folder}/{}", self.place),
        };
        found["severity"] == self.severity
            && format!("{}:{}", text("file"), found["line"]) == place
            && text("message").contains(self.message)
            && text("help").contains(&self.help.replace("NAME", name))
            && !text("help").is_empty()
    }
}

#[test]
fn an_exercise_has_one_place() {
    let told = |chapter: &str, parts: &[&str], code: i32| {
        let book = book(SOLUTION, STARTER, TEST);
        book.write("src/one.md", chapter);
        book.run(&["check"]).expect(code).says(parts);
    };
    told(
        "# One\n\n```js\n1 // 1\n```\n",
        &[
            "warning[G020]",
            "no chapter holds the exercise `double`",
            "exercises/double/exercise.md:1:1",
            "{{#exercise double}}",
        ],
        0,
    );
    told(
        "# One\n\n{{#exercise double}}\n\n{{#exercise double}}\n",
        &["error[G020]", "has a place already", "src/one.md:5:1", "src/one.md in line 3"],
        1,
    );
    told(
        "# One\n\n{{#exercise double}}\n\n{{#exercise dubble}}\n",
        &["error[G020]", "there is no exercise `dubble`", "src/one.md:5:1", "did you mean `double`?"],
        1,
    );
}

#[track_caller]
fn fails(test: &str, answer: &str) {
    let book = book(SOLUTION, STARTER, test);
    book.write("exercises/double/wrong/cheats.js", answer);
    let (report, code) = book.check(".");
    assert_eq!((code, &report["exercises"][0]["wrong"][0]["outcome"]), (0, &"failed".into()), "{report:#}");
}

#[test]
fn an_answer_that_keeps_tests_from_being_made_does_not_pass() {
    let test = TEST
        .replace("test('keeps zero'", "[0].forEach((n) => test('keeps zero'")
        .replace("double(0), 0));\n", "double(n), n)));\n");
    fails(
        &test,
        "// You have taken forEach away.\nArray.prototype.forEach = () => {};\nexports.double = (n) => n + n;\n",
    );
}

#[test]
fn a_test_that_the_solution_passes_is_not_to_be_skipped() {
    let test = TEST.replace("test('keeps zero', () =>", "test('keeps zero', (t) => double.skip ? t.skip() :");
    fails(&test, "// You skip a test.\nexports.double = Object.assign((n) => n + n, { skip: true });\n");
}

#[test]
fn files_stand_in_nobodys_place() {
    let book = book(SOLUTION, STARTER, TEST);
    book.write("exercises/double/files/answer.js", SOLUTION);
    book.run(&["check"]).expect(1).says(&["files/answer.js", "in the place of the learner's answer"]);
    book.write("exercises/double/exercise.toml", "answer = \"test.js\"\n");
    book.run(&["check"])
        .expect(1)
        .says(&["exercises/double/exercise.toml:1:10", "`answer` can't have this value"]);
    book.write("exercises/double/exercise.toml", "reveal = \"atempt\"\n");
    book.run(&["check"]).expect(1).says(&["exercise.toml:1:10", "write \"attempt\", \"pass\" or \"always\""]);
}

#[test]
fn a_name_that_holds_todo_is_no_todo() {
    let starter = "todos.push(1);\nexports.double = (n) => n;\n";
    book(SOLUTION, starter, TEST).run(&["check"]).expect(1).says(&["starter.js:1", "does not load"]);
}
