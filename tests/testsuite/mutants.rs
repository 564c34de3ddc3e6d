//! Small changes of a solution: what its tests do not notice is told at its place.

use std::time::{Duration, Instant};

use crate::support::Book;

/// An exercise `cap`: `cap(n, most)` gives `n`, and at most `most`.
fn book(settings: &str, solution: &str, checks: &str) -> Book {
    let test = format!(
        "const test = require('node:test');\nconst assert = require('node:assert');\nconst {{ cap }} = require('./answer.js');\n{checks}"
    );
    let config =
        format!("[book]\ntitle = \"T\"\n[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\n{settings}");
    Book::with(&[
        ("book.toml", &config),
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        ("src/one.md", "# One\n\n{{#exercise cap}}\n"),
        ("exercises/cap/exercise.md", "# Cap\n\nCap it.\n"),
        ("exercises/cap/solution.js", solution),
        ("exercises/cap/starter.js", "exports.cap = () => {};\n"),
        ("exercises/cap/test.js", &test),
    ])
}

const SOLUTION: &str = "exports.cap = (n, most) => {\n  if (n > most) return most;\n  return n;\n};\n";
const ABOVE: &str = "test('caps', () => assert.strictEqual(cap(3, 2), 2));\n";
const BELOW: &str = "test('lets pass', () => assert.strictEqual(cap(1, 2), 1));\n";

#[test]
fn what_no_test_notices_is_a_warning_at_its_place() {
    let book = book("", SOLUTION, ABOVE);
    let ran = book.run(&["check"]).expect(0);
    ran.says(&[
        "warning[G021]: the tests do not notice when `return n;` becomes `return undefined;`",
        "exercises/cap/solution.js:3:10",
        "add a test that uses what is returned; or write `// mutant-ok`",
        "when `n > most` becomes `true`",
        "when `n > most` becomes `n >= most`",
        "exercises/cap/solution.js:2:9",
        "3 of 6 mutants noticed",
    ]);
    let (report, _) = book.check(".");
    let mutants = &report["exercises"][0]["mutants"];
    assert_eq!(mutants["total"], 6, "{mutants:#}");
    let lines: Vec<_> = mutants["survived"].as_array().unwrap().iter().map(|one| &one["line"]).collect();
    assert_eq!(lines, [2, 2, 3]);
    assert_eq!(mutants["survived"][1]["original"], ">");
    assert_eq!(mutants["survived"][1]["mutated"], ">=");
    assert_eq!(report["summary"]["exercises"]["mutants"]["survived"], 3);
}

#[test]
fn a_book_may_deny_weak_tests() {
    let weak = book("deny = [\"weak-tests\"]\n", SOLUTION, ABOVE);
    let (report, code) = weak.check(".");
    assert_eq!((code, &report["exercises"][0]["status"]), (1, &"failed".into()));
    weak.run(&["check"]).expect(1).says(&["error[G021]", "1 failed"]);
    // The two that are left are equal to the solution in all that a test could see.
    let sound = SOLUTION.replace("most) return", "most) /* mutant-ok: both are equal then */ return");
    book("deny = [\"weak-tests\"]\n", &sound, &format!("{ABOVE}{BELOW}")).run(&["check"]).expect(0);
}

#[test]
fn the_comment_keeps_its_line_and_no_other() {
    let kept = SOLUTION.replace("most) return most;", "most) return most; // mutant-ok");
    let (report, _) = book("", &kept, ABOVE).check(".");
    // The whole statement, and what line 3 returns.
    assert_eq!(report["exercises"][0]["mutants"]["total"], 2, "{report:#}");
    assert_eq!(report["exercises"][0]["mutants"]["survived"][0]["line"], 3);
}

#[test]
fn an_endless_change_is_noticed() {
    let endless =
        "exports.cap = (n, most) => {\n  let i = 0;\n  while (i < n) i++;\n  return Math.min(i, most);\n};\n";
    let zero = "test('keeps zero', () => assert.strictEqual(cap(0, 2), 0));\n";
    let started = Instant::now();
    let (report, code) = book("timeout = 60000\n", endless, &format!("{ABOVE}{BELOW}{zero}")).check(".");
    let survived = report["exercises"][0]["mutants"]["survived"].as_array().unwrap();
    assert_eq!((code, survived.len()), (0, 0), "{survived:?}");
    // i-- never ends, and gets a count of steps, not all the time that the book allows.
    assert!(started.elapsed() < Duration::from_secs(45), "{:?}", started.elapsed());
}

#[test]
fn a_test_that_nothing_fails_is_told_at_its_name() {
    let idle = format!("{ABOVE}{BELOW}test('counts', () => assert.ok(1));\n");
    book("", SOLUTION, &idle)
        .run(&["check"])
        .expect(0)
        .says(&["warning[G021]: nothing fails the test \"counts\"", "exercises/cap/test.js:6:7"]);
    // Where the changes are not tried, nobody knows.
    let (report, _) = book("mutants = false\n", SOLUTION, &idle).check(".");
    assert_eq!(report["exercises"][0]["mutants"], serde_json::Value::Null);
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(0), "{report:#}");
}

#[test]
fn what_an_answer_prints_can_be_the_test() {
    let book = Book::with(&[
        ("exercises/greet/exercise.md", "# Greet\n\nGreet.\n"),
        ("exercises/greet/exercise.toml", "check = \"output\"\n"),
        ("exercises/greet/solution.js", "const loud = true;\nconsole.log(loud ? 'HELLO' : 'hello');\n"),
        ("exercises/greet/starter.js", "console.log('bye');\n"),
    ]);
    let (report, code) = book.check("exercises/greet");
    assert_eq!(code, 0, "{report:#}");
    let survived = report["exercises"][0]["mutants"]["survived"].as_array().unwrap();
    let told: Vec<_> = survived.iter().map(|one| (&one["original"], &one["mutated"])).collect();
    assert_eq!(told, [(&"loud".into(), &"true".into()), (&"'hello'".into(), &"\"\"".into())]);
}

#[test]
fn warnings_and_unchecked_claims_can_be_denied_too() {
    let weak = book("deny = [\"warnings\"]\n", SOLUTION, ABOVE);
    weak.run(&["check"]).expect(1).says(&["error[G021]"]);
    let text = "# One\n\n```js\nconst list = [3];\nlist; // [4\n```\n\n{{#exercise cap}}\n";
    let unjudged = |settings| {
        let book = book(settings, SOLUTION, &format!("{ABOVE}{BELOW}"));
        book.write("src/one.md", text);
        book
    };
    unjudged("").run(&["check"]).expect(0).says(&["1 unchecked"]);
    let denied = unjudged("deny = [\"unchecked\"]\n").run(&["check"]).expect(1);
    denied.says(&["may be a claim, and is not judged", "src/one.md:5"]);
}

#[test]
fn a_book_that_denies_weak_tests_has_them_tried() {
    let (report, code) = book("deny = [\"weak-tests\"]\nmutants = false\n", SOLUTION, ABOVE).check(".");
    assert_eq!(
        (code, &report["exercises"][0]["mutants"]["survived"][0]["line"]),
        (1, &2.into()),
        "{report:#}"
    );
}

#[test]
fn of_very_many_changes_some_are_tried_and_that_is_told() {
    let data: String = (0..700).map(|number| format!("{number},")).collect();
    let solution = format!("{SOLUTION}exports.data = [{data}];\n");
    let (report, _) = book("", &solution, &format!("{ABOVE}{BELOW}")).check(".");
    let total = report["exercises"][0]["mutants"]["total"].as_u64().unwrap();
    assert!((200..=300).contains(&total), "{total}");
    let notes = report["diagnostics"].as_array().unwrap().iter().filter(|found| found["severity"] == "note");
    let told: Vec<_> = notes.map(|note| note["message"].as_str().unwrap()).collect();
    assert_eq!(told, [format!("{total} of 707 small changes of the solution were tried, spread evenly")]);
}
