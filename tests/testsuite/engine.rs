//! Programs that misbehave fail alone, within their limits, and everything else is still verified.

use std::time::{Duration, Instant};

use crate::support::Book;

/// A chapter with a hostile example before a good one.
fn beside_a_good_one(hostile: &str, timeout_ms: u32) -> String {
    format!("# T\n\n```js timeout={timeout_ms}\n{hostile}\n```\n\n```js\n1 + 1 // => 2\n```\n")
}

#[track_caller]
fn fails_alone(hostile: &str, outcome: &str) {
    // What meets a limit of its own gets all the time that it may need for that on a busy machine.
    let timeout_ms = if outcome == "timed-out" { 500 } else { 60_000 };
    let book = Book::empty();
    book.write("a.md", beside_a_good_one(hostile, timeout_ms));
    let started = Instant::now();
    let (report, code) = book.check("a.md");
    assert_eq!(code, 1, "{hostile}: {report:#}");
    assert_eq!(report["examples"][0]["outcome"], outcome, "{hostile}");
    assert_eq!(report["examples"].as_array().map(Vec::len), Some(2), "{hostile}");
    let last = report["claims"].as_array().and_then(|claims| claims.last()).expect("a claim");
    assert_eq!(last["verdict"], "held", "{hostile}");
    // Far above limit and grace, far below what a hanging engine would take.
    assert!(started.elapsed() < Duration::from_secs(90), "{hostile} took {:?}", started.elapsed());
}

#[test]
fn endless_loops_end_at_their_limit() {
    fails_alone("while (true) {}", "timed-out");
    fails_alone("(function loop() { Promise.resolve().then(loop) })()", "timed-out");
    fails_alone("try { for (;;) {} } finally { for (;;) {} }", "timed-out");
}

#[test]
fn built_ins_that_never_ask_the_clock_are_killed() {
    fails_alone("Array.prototype.reverse.call({ length: 2 ** 40 })", "timed-out");
}

#[test]
fn memory_and_output_are_bounded() {
    fails_alone("const all = []; for (;;) all.push(new Array(10000).fill(1))", "out-of-memory");
    fails_alone("for (;;) console.log('x'.repeat(1000))", "timed-out");
    fails_alone("setInterval(() => {}, 1)", "timed-out");
}

#[test]
fn deep_recursion_is_an_error_of_the_program() {
    let book = Book::empty();
    book.write(
        "a.md",
        "```js\n(function f() { f() })() // => RangeError: Maximum call stack size exceeded\n```\n",
    );
    book.run(&["check", "a.md"]).expect(0);
}

#[test]
fn claims_of_a_killed_program_are_still_counted() {
    let book = Book::empty();
    book.write("a.md", "```js timeout=300\n1 + 1 // => 2\nwhile (true) {}\n2 + 2 // => 4\n```\n");
    let (report, code) = book.check("a.md");
    assert_eq!(code, 1);
    assert_eq!(report["claims"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["claims"][1]["verdict"], "unchecked");
}

#[test]
fn a_program_sees_no_environment_and_no_real_clock() {
    let book = Book::empty();
    book.write(
        "a.md",
        "```js\nprocess.env; // => {}\nnew Date().toISOString() // => '2024-01-01T00:00:00.000Z'\ntypeof fetch // => 'undefined'\n```\n",
    );
    let (report, _) = book.check("a.md");
    assert_eq!(report["claims"][0]["verdict"], "held", "{report:#}");
    assert_eq!(report["claims"][1]["verdict"], "held", "{report:#}");
}

#[test]
fn programs_do_not_see_each_other() {
    let book = Book::empty();
    book.write("a.md", "```js\nglobalThis.leak = 1; // => 1\nArray.prototype.leak = 2\n```\n\n```js\ntypeof leak; // => 'undefined'\n[].leak // => undefined\n```\n");
    book.run(&["check", "a.md", "--jobs", "1"]).expect(0);
}

#[test]
fn tampering_does_not_turn_a_false_claim_green() {
    for tampering in [
        "console.log = () => {}",
        "Object.prototype.toJSON = () => 'forged'; Array.prototype.toJSON = () => 'forged'",
        "JSON.stringify = () => '{}'; Array.prototype.push = () => 0",
        "Array.prototype[Symbol.iterator] = function* () { yield 42 }",
        "Object.is = () => true; Map.prototype.get = () => 42",
        "Object.defineProperty(Object.prototype, 'value', { get: () => 42, set() {} })",
    ] {
        let book = Book::empty();
        book.write("a.md", format!("```js\n{tampering}\n41 // => 42\n```\n"));
        let (report, code) = book.check("a.md");
        assert_eq!(code, 1, "{tampering}: {report:#}");
        assert_ne!(report["claims"][0]["verdict"], "held", "{tampering}");
    }
}

#[test]
fn the_same_input_gives_the_same_report() {
    let book = Book::empty();
    book.write("a.md", "```js\nMath.random() // => 0.5\n[new Date(), process.hrtime()] // => 1\n```\n");
    let report = || {
        let (mut report, _) = book.check("a.md");
        report["summary"]["duration_ms"] = 0.into();
        report
    };
    assert_eq!(report(), report());
}

/// That the parser has no room for a source is no `SyntaxError` that a text could state.
#[test]
fn what_cannot_be_read_is_no_syntax_error() {
    let deep = format!("const deep = {}1{};", "[".repeat(30_000), "]".repeat(30_000));
    let book = Book::empty();
    book.write("b.md", format!("# T\n\n```js\n{deep} // => SyntaxError\n```\n"));
    let ran = book.run(&["check", "b.md"]).expect(1);
    assert!(
        ran.stdout.contains("limit of nesting") && ran.stdout.contains("0 claims held"),
        "{}",
        ran.stdout
    );
    book.write("a.md", format!("# T\n\n```js throws=SyntaxError\n{deep}\n```\n"));
    let (report, code) = book.check("a.md");
    assert_eq!((code, &report["examples"][0]["status"]), (1, &"failed".into()), "{report:#}");
}
