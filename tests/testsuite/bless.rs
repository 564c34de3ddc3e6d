//! `check --bless`: what it rewrites and how, what it leaves alone and why, and what it says.

use crate::support::{Book, Ran};

/// Blesses a file and gives its new text.
fn bless(text: &str) -> (String, Ran) {
    let book = Book::empty();
    book.write("a.md", text);
    let ran = book.run(&["check", "a.md", "--bless"]);
    (book.read("a.md"), ran)
}

/// Each example becomes the other, all holds then, and a second time changes nothing.
#[track_caller]
fn becomes(cases: &[(&str, &str)]) {
    let fence = |code: &str| format!("```js\n{code}\n```\n\n");
    let before: String = cases.iter().map(|(before, _)| fence(before)).collect();
    let after: String = cases.iter().map(|(_, after)| fence(after)).collect();
    becomes_text(&before, &after);
}

#[track_caller]
fn becomes_text(before: &str, after: &str) {
    let (text, ran) = bless(before);
    assert_eq!(text, after, "{}{}", ran.stdout, ran.stderr);
    ran.expect(0);
    let (again, ran) = bless(after);
    assert_eq!(again, after);
    ran.expect(0).says(&["blessed: 0 claims in 0 files"]);
}

#[test]
fn values_keep_the_hand_of_their_author() {
    becomes(&[
        ("1 + 1 // => 3", "1 + 1 // => 2"),
        ("1 + 1 //=>3", "1 + 1 //=>2"),
        ("1 + 1 /* → 3 */", "1 + 1 /* → 2 */"),
        ("1 + 1   // 3 (as ever)", "1 + 1   // 2 (as ever)"),
        ("'a' + 'b' // => \"ac\"", "'a' + 'b' // => \"ab\""),
        ("'a' + 'b' // => 'ac'", "'a' + 'b' // => 'ab'"),
        ("'a' + 'b' // => ac", "'a' + 'b' // => ab"),
        ("[1, 2] // => [1,3]", "[1, 2] // => [1,2]"),
        ("[1, 2] // => [ 1, 3 ]", "[1, 2] // => [ 1, 2 ]"),
        ("({ a: 1, b: 'x' }) // => {b: \"x\", a: 2}", "({ a: 1, b: 'x' }) // => {b: \"x\", a: 1}"),
        ("({ a: 1, b: [1, 2] }) // => { a: 1 }", "({ a: 1, b: [1, 2] }) // => { a: 1, b: [ 1, 2 ] }"),
        ("({ a: 1, b: 2 }) // => { a: 9, … }", "({ a: 1, b: 2 }) // => { a: 1, … }"),
        ("[1, 2, 3] // => [9, ...]", "[1, 2, 3] // => [1, ...]"),
        ("1 / 3 // => 0.334", "1 / 3 // => 0.333"),
        ("2 / 3 // => ~0.4", "2 / 3 // => ~0.7"),
        ("new Map([['a', 1]]) // => Map(1) {\"a\" => 2}", "new Map([['a', 1]]) // => Map(1) {\"a\" => 1}"),
        ("[1, 2, 3] // => (2) [1, 2]", "[1, 2, 3] // => (3) [1, 2, 3]"),
        ("[1] // => Array [2]", "[1] // => Array [1]"),
    ]);
}

#[test]
fn outputs_of_one_line_and_of_several() {
    becomes(&[
        ("console.log('Rock') // => Blues", "console.log('Rock') // => Rock"),
        ("console.log('Rock') // 'Blues'", "console.log('Rock') // 'Rock'"),
        ("console.log(1, 'x')\n// Prints: 2 x", "console.log(1, 'x')\n// Prints: 1 x"),
        ("console.log('x') // 5", "console.log('x') // 'x'"),
        (
            "const o = { a: 1, b: 'x' }\nconsole.log(o)\n// → {a: 2,\n//    b: \"x\"}",
            "const o = { a: 1, b: 'x' }\nconsole.log(o)\n// → {a: 1,\n//    b: \"x\"}",
        ),
        ("console.log('a\\nb') // => x", "console.log('a\\nb') // => a\n                    //    b"),
        ("  console.log('a')\n  // => a\n  //    b", "  console.log('a')\n  // => a"),
        ("console.log('a\\nb\\nc')\n// =>\n// a\n// x", "console.log('a\\nb\\nc')\n// =>\n// a\n// b\n// c"),
        (
            "for (const n of [2, 4]) console.log(n * n)\n// → 4\n// → 17",
            "for (const n of [2, 4]) console.log(n * n)\n// → 4\n// → 16",
        ),
        (
            "for (const n of [2, 4]) console.log(n * n) // 4, then 17",
            "for (const n of [2, 4]) console.log(n * n) // 4, then 16",
        ),
        (
            "const f = async () => 1\nf().then((n) => console.log([n])) // [2] (soon)",
            "const f = async () => 1\nf().then((n) => console.log([n])) // [1] (soon)",
        ),
        ("const f = async () => 1\nf() // Promise { 2 }", "const f = async () => 1\nf() // Promise { 1 }"),
        (
            "console.log('one');\nconsole.log('two');\n// Output:\n// one\n// three",
            "console.log('one');\nconsole.log('two');\n// Output:\n// one\n// two",
        ),
    ]);
}

#[test]
fn errors_and_exports() {
    becomes(&[
        ("null.x // RangeError", "null.x // TypeError"),
        ("null.x // throws an Error!", "null.x // throws an Error!"),
        ("null.x // throws a RangeError", "null.x // throws a TypeError"),
        (
            "throw new RangeError('too far') // throws RangeError: too near",
            "throw new RangeError('too far') // throws RangeError: too far",
        ),
        ("throw new Error('bad') // throws \"good\"", "throw new Error('bad') // throws \"bad\""),
        ("exports.a = 1\n// exports {a: 2}", "exports.a = 1\n// exports {a: 1}"),
        (
            "export const a = 1, b = 2\n// exports { a: 1 }",
            "export const a = 1, b = 2\n// exports { a: 1, b: 2 }",
        ),
    ]);
}

#[test]
fn output_fences_grow_and_shrink() {
    let chapter = |output: &str| {
        format!(
            "> ```js\n> console.log('a')\n> console.log('')\n> console.log('c')\n> ```\n>\n> ```output\n{output}> ```\n"
        )
    };
    becomes_text(&chapter("> a\n"), &chapter("> a\n>\n> c\n"));
    becomes_text(&chapter("> a\n> b\n> c\n> d\n"), &chapter("> a\n>\n> c\n"));
    let list = |output: &str| {
        format!("- item\n\n  ```js\n  console.log('a\\nb')\n  ```\n\n  ```output\n{output}  ```\n\n  more\n")
    };
    becomes_text(&list("  a\n  x\n  y\n"), &list("  a\n  b\n"));
    let open = |output: &str| {
        format!(
            "```js\nfor (let i = 0; i < 9; i++) console.log('line ' + i)\n```\n\n```output\n{output}\n```\n"
        )
    };
    becomes_text(&open("line 0\nline 7 … line 8"), &open("line 0\nline 1 … line 8"));
}

#[test]
fn sentences_and_their_comments() {
    let code = "```js\nmodule.exports = { genre: 'Rock', year: 7 };\nconsole.log('hi')\n```\n\n";
    let chapter = |genre: &str, out: &str, kind: &str, thrown: &str| {
        format!(
            "{code}`{genre}` will be exported. It prints<!-- => stdout {out} --> and `typeof null`<!-- => --> is `{kind}`.\n\n\
             ```js\nnull.x // TypeError\n```\n\nIt fails<!-- => throws {thrown} -->.\n"
        )
    };
    becomes_text(
        &chapter("Blues", "ho", "\"null\"", "RangeError"),
        &chapter("Rock", "hi", "\"object\"", "TypeError"),
    );
}

#[test]
fn line_breaks_marks_and_all_other_bytes_stay() {
    let chapter = |value: &str, lines: &str| {
        format!(
            "\u{feff}# T\r\n\r\n> ```js\r\n> 1 + 1 // => {value}  \r\n> console.log('a\\nb') // => {lines}\r\n> ```\r\n\r\ntext  \r\nlast"
        )
    };
    let after = chapter("2", "a\r\n>                     //    b");
    let (text, ran) = bless(&chapter("3", "x"));
    assert_eq!(text, after);
    ran.expect(0);
}

#[test]
fn an_error_that_nobody_expects_is_no_value() {
    let text = "```js\nnull.x // => 5\n1 + 1 // => 3\n```\n";
    let (after, ran) = bless(text);
    assert_eq!(after, text);
    ran.expect(1).says(&["blessed: 0 claims in 0 files", "a.md:2: `5`: it is not judged", "error[G003]"]);
}

#[test]
fn what_cant_be_placed_or_told_is_left_and_named() {
    let code = "Math.random() // => 5\nDate.now() // => 6\n1 + 1 // throws TypeError\nif (false) 1 // => 1\n5 // 4 apples\n2 // => 3";
    let (text, ran) = bless(&format!("```js\n{code}\n```\n\n`x`<!-- => 1 === 2 -->\n"));
    assert_eq!(
        text,
        format!("```js\n{}\n```\n\n`x`<!-- => 1 === 2 -->\n", code.replace("2 // => 3", "2 // => 2"))
    );
    ran.expect(1).says(&[
        "blessed: 1 claim in 1 file",
        "a.md:2: `5`: what the run gives depends on chance or on the clock",
        "a.md:3: `6`: what the run gives depends on chance or on the clock",
        "a.md:4: `TypeError`: nothing is thrown: take it away, or mend the code",
        "a.md:5: `1`: it is not judged: ",
        "a.md:6: `4 apples`: it may be a remark: ",
        "a.md:10: `1 === 2`: it is a condition",
        "error[G001]",
    ]);
}

#[test]
fn a_text_that_would_not_be_read_again_is_not_written() {
    for (print, claim, reason) in [
        ("console.log('```\\nb')", "```\n\n```output\nx\n", "no text in its place is judged"),
        ("console.log('a\\n=> b') // => x\n", "", "no text in its place is judged"),
        ("console.log('*/') /* => x */\n", "", "holds `*/`, which ends"),
        ("exports.a = 'a`b'", "```\n\n`b` is exported.\n\n```js\n", "holds a backquote, which ends"),
        ("console.log('-->')", "```\n\nIt logs<!-- => stdout x -->.\n\n```js\n", "holds `-->`, which ends"),
    ] {
        let text = format!("```js\n{print}\n{claim}```\n");
        let (after, ran) = bless(&text);
        assert_eq!(after, text, "{}", ran.stdout);
        ran.expect(1).says(&[reason]);
    }
}

#[test]
fn the_words_of_several_exports_are_not_chosen_from() {
    let text = "```js\nexports.a = 'Rock'; exports.b = 'Jazz'\n```\n\n`Blues` is exported.\n";
    let (after, ran) = bless(text);
    assert_eq!(after, text);
    ran.expect(1).says(&["it may speak of any of the exports { a: 'Rock', b: 'Jazz' }"]);
}

#[test]
fn files_that_are_included() {
    let book = Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n"),
        ("src/one.md", "# One\n\n{{#include part.md}}\n\n```js\n{{#include code.js}}\n```\n"),
        (
            "src/two.md",
            "# Two\n\n{{#include part.md}}\n\n```js\nconst n = 2\n```\n\n```js continue\n{{#include shared.js}}\n```\n\n```js\nvar n = 3\n```\n\n```js continue\n{{#include shared.js}}\n```\n",
        ),
        ("src/part.md", "```js\n1 + 1 // => 3\n```\n"),
        ("src/code.js", "console.log('a\\nb')\n// => x\n"),
        ("src/shared.js", "n * n // => 5\n"),
    ]);
    let ran = book.run(&["check", "--bless"]).expect(1);
    assert_eq!(book.read("src/part.md"), "```js\n1 + 1 // => 2\n```\n", "{}", ran.stdout);
    assert_eq!(book.read("src/code.js"), "console.log('a\\nb')\n// => a\n//    b\n");
    assert_eq!(book.read("src/shared.js"), "n * n // => 5\n");
    ran.says(&["src/shared.js:1: `5`: its file is read more than once, and the runs give different values"]);
}

#[test]
fn the_text_of_an_exercise() {
    let book = Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        ("src/one.md", "# One\n\n{{#exercise double}}\n"),
        ("exercises/double/exercise.md", "# Double\n\n```js\nrequire('./answer.js')(2) // => 5\n```\n"),
        ("exercises/double/starter.js", "module.exports = (n) => n\n"),
        ("exercises/double/solution.js", "module.exports = (n) => n * 2\n"),
        (
            "exercises/double/test.js",
            "const test = require('node:test')\nconst assert = require('node:assert')\nconst double = require('./answer.js')\ntest('doubles', () => assert.equal(double(2), 4))\n",
        ),
    ]);
    book.run(&["check", "--bless"]).expect(0).says(&["+require('./answer.js')(2) // => 4"]);
    assert!(book.read("exercises/double/exercise.md").contains("(2) // => 4"));
}

#[test]
fn one_line_is_blessed_alone() {
    let text = "```js\n1 + 1 // => 3\n2 + 2 // => 5\n3 + 3 // => 6\n```\n";
    let book = Book::empty();
    book.write("a.md", text);
    book.run(&["check", "--bless", "a.md:3"]).expect(1).says(&[
        "-2 + 2 // => 5",
        "+2 + 2 // => 4",
        "a.md:2:",
    ]);
    assert_eq!(book.read("a.md"), text.replace("=> 5", "=> 4"));
    for (place, reason) in [
        ("a.md:4", "error: the claim in a.md:4 holds already: `6`"),
        ("a.md:1", "error: no claim stands in a.md:1; the nearest one stands in line 2"),
        ("b.md:1", "there is no file b.md"),
    ] {
        book.run(&["check", "a.md", "--bless", place]).expect(2).says(&[reason]);
    }
    book.write("b.md", "```js\n1 + 1 // throws TypeError\n```\n");
    book.run(&["check", "--bless", "b.md:2"])
        .expect(2)
        .says(&["b.md:2 can't be rewritten: nothing is thrown"]);
    assert_eq!(book.read("a.md"), text.replace("=> 5", "=> 4"));
}

#[test]
fn a_path_behind_the_flag_is_a_path_and_json_stays_json() {
    let book = Book::empty();
    book.write("a.md", "```js\n1 + 1 // => 3\n```\n");
    let ran = book.run(&["check", "--format", "json", "--bless", "a.md"]).expect(0);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(report["summary"]["claims"]["held"], 1);
    assert!(ran.stderr.contains("+1 + 1 // => 2"), "{}", ran.stderr);
}

#[test]
fn without_the_flag_the_same_patch_is_shown_and_nothing_is_written() {
    let text = "```js\n[1, 2] // => [1,3]\nconsole.log('a\\nb') // => x\n```\n";
    let book = Book::empty();
    book.write("a.md", text);
    book.run(&["check", "a.md"]).expect(1).says(&["+ [1, 2] // => [1,2]", "write `[1,2]`", "//    b"]);
    let (report, _) = book.check("a.md");
    let fix = &report["diagnostics"][0]["fix"];
    assert_eq!(fix["replacement"], "[1,2]");
    let place: Vec<u64> =
        ["line", "column", "end_line", "end_column"].iter().filter_map(|key| fix[key].as_u64()).collect();
    assert_eq!((fix["file"].as_str(), place), (Some("a.md"), vec![2, 14, 2, 19]));
    assert_eq!(book.read("a.md"), text);
}

#[test]
fn findings_tell_where_a_value_differs_and_what_nearly_holds() {
    let book = Book::empty();
    book.write(
        "a.md",
        "```js\n({ a: [1, { b: 4 }], c: 2 }) // => { a: [1, { b: 3 }], d: 2 }\n0.1 + 0.2 // => 0.3\nconsole.log('Hi') // => hi\n\
         console.log('a\\nb')\n// => a\n//    c\n5 // 5 (five)\n```\n",
    );
    book.run(&["check", "a.md", "--config", "rungs=[\"exact\", \"value\"]"]).expect(1).says(&[
        "a.md:2:36",
        ".a[1].b: stated 3, the run gives 4",
        "note: .d is stated, but not there",
        "note: .c is not stated: 2",
        "`~0.3` would hold",
        "note: it agrees up to the case of letters",
        "line 2, column 1: stated `c`, the run gives `b`",
        "note: it agrees on the rung tail, which `rungs` does not allow",
    ]);
}
