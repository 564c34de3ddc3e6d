//! What the test API of exercises promises in the engine itself: results outlive the program, and no answer passes by
//! what it does to its test.

use std::path::Path;

use serde_json::Value;

use crate::support::Book;

/// A book with one exercise, `double`.
fn book(answer: &str, test: &str) -> Book {
    Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        ("src/one.md", "# One\n\n{{#exercise double}}\n"),
        ("exercises/double/exercise.md", "# Double\n\nDouble it.\n\n## Hint\n\nTwice.\n"),
        ("exercises/double/exercise.toml", "timeout_ms = 3000\n"),
        ("exercises/double/solution.js", answer),
        ("exercises/double/starter.js", "throw new Error('TODO');\n"),
        ("exercises/double/test.js", test),
    ])
}

fn of_solution(book: &Book) -> (Value, Vec<(String, String)>) {
    let (report, _) = book.check(".");
    let solution = report["exercises"][0]["solution"].clone();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let tests = solution["tests"].as_array().map(Vec::as_slice).unwrap_or_default();
    let statuses = tests.iter().map(|test| (word(&test["name"]), word(&test["status"]))).collect();
    (solution, statuses)
}

fn named<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(name, status)| (name.to_owned(), status.to_owned())).to_vec()
}

const FOUR: &str = "const { double } = require('./answer.js');
describe('double', () => {
  it('two', () => expect(double(2)).toBe(4));
  it('minus one', () => { console.log('asked'); expect(double(-1)).toBe(-2); });
  it('three', () => expect(double(3)).toBe(6));
});
test('four', () => expect(double(4)).toBe(8));
";

#[test]
fn an_endless_loop_in_a_test_leaves_the_results_before_it() {
    let book = book("exports.double = (n) => { while (n < 0); return n * 2; };\n", FOUR);
    let (solution, statuses) = of_solution(&book);
    let wanted = [
        ("double > two", "passed"),
        ("double > minus one", "failed"),
        ("double > three", "not-run"),
        ("four", "not-run"),
    ];
    assert_eq!(statuses, named(wanted), "{solution:#}");
    assert_eq!(solution["outcome"], "timed-out");
    let message = solution["tests"][1]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("timed out"), "{message}");
    assert_eq!(solution["tests"][1]["output"], "asked\n");
}

#[test]
fn no_memory_in_a_test_leaves_the_results_before_it() {
    let book = book(
        "exports.double = (n) => { for (const kept = []; n < 0;) kept.push(new Array(1e5).fill(n)); return n * 2; };\n",
        FOUR,
    );
    let (solution, statuses) = of_solution(&book);
    assert_eq!(
        statuses.first().zip(statuses.get(1)),
        Some((
            &("double > two".to_owned(), "passed".to_owned()),
            &("double > minus one".to_owned(), "failed".to_owned())
        )),
        "{solution:#}"
    );
    assert_eq!(solution["tests"][1]["message"], "out of memory");
}

#[test]
fn no_stack_in_a_test_is_a_failed_test() {
    let book = book("exports.double = (n) => (n < 0 ? exports.double(n) + 1 : n * 2);\n", FOUR);
    let (solution, statuses) = of_solution(&book);
    let wanted = [
        ("double > two", "passed"),
        ("double > minus one", "failed"),
        ("double > three", "passed"),
        ("four", "passed"),
    ];
    assert_eq!(statuses, named(wanted), "{solution:#}");
    assert_eq!(solution["tests"][1]["message"], "RangeError: Maximum call stack size exceeded");
}

#[test]
fn a_cheat_is_no_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/answers");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let book = book(&read("solution.js"), &read("test.js"));
    book.write("exercises/double/exercise.toml", "timeout_ms = 20000\n");
    let mut wrong: Vec<String> = std::fs::read_dir(folder.join("wrong"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    wrong.sort();
    for name in &wrong {
        book.write(&format!("exercises/double/wrong/{name}"), read(&format!("wrong/{name}")));
    }
    let (report, _) = book.check(".");
    let exercise = &report["exercises"][0];
    assert_eq!(exercise["solution"]["outcome"], "passed", "{:#}", exercise["solution"]);
    let attempts = exercise["wrong"].as_array().unwrap();
    assert_eq!(attempts.len(), wrong.len());
    for attempt in attempts {
        assert_ne!(attempt["outcome"], "passed", "{attempt:#}");
    }
}

#[test]
fn matchers_of_the_test_file_match_and_those_of_an_answer_do_not() {
    let test = "const { double, like } = require('./answer.js');
test('any', () => expect(double(2)).toEqual(expect.any(Number)));
test('in a loop', () => { for (const n of [1, 2]) expect(`${double(n)}`).toEqual(expect.stringMatching(/^[24]$/)); });
test('one in another', () => expect({ a: ['x', double(1)] }).toEqual(expect.objectContaining({ a: expect.arrayContaining([2]) })));
test('not', () => expect(double(1)).not.toEqual(expect.any(String)));
test('of the answer', () => expect(like).toEqual(4));
";
    let answer = "exports.double = (n) => n * 2;\nexports.like = { asymmetricMatch: () => true };\n";
    let (solution, statuses) = of_solution(&book(answer, test));
    let wanted = [
        ("any", "passed"),
        ("in a loop", "passed"),
        ("one in another", "passed"),
        ("not", "passed"),
        ("of the answer", "failed"),
    ];
    assert_eq!(statuses, named(wanted), "{solution:#}");
}
