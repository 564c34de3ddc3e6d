//! How far the variables of an example reach, and what is said when a name is missing or there twice.

use crate::support::{Book, Ran};

/// Checks a chapter in a book with a setting.
fn run(setting: &str, chapter: &str) -> Ran {
    let book = Book::of(chapter);
    book.write("book.toml", format!("[book]\ntitle = \"T\"\n\n[preprocessor.galley]\n{setting}\n"));
    book.run(&["check"])
}

/// Every claim of it holds; and so many there are.
#[track_caller]
fn holds(setting: &str, chapter: &str, claims: usize) {
    run(setting, chapter).expect(0).says(&[&format!("{claims} claim")]).says(&["0 broken, 0 unchecked"]);
}

/// It fails, with a help.
#[track_caller]
fn fails(setting: &str, chapter: &str, parts: &[&str]) {
    run(setting, chapter).expect(1).says(parts);
}

const SECTION: &str = "state = \"section\"";
const CHAPTER: &str = "state = \"chapter\"";

/// Fences after each other, each "words|code"; "# Title" is a heading.
fn fences(parts: &[&str]) -> String {
    let block = |part: &&str| match part.split_once('|') {
        Some((words, code)) => format!("```js {words}\n{code}\n```\n"),
        None => format!("{part}\n"),
    };
    parts.iter().map(block).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_example_has_its_own_state_unless_the_book_or_a_fence_says_otherwise() {
    let two = ["|const a = 1;", "|a // => 1"];
    fails("", &fences(&two), &["a is not defined"]);
    holds("", &fences(&["|const a = 1;", "continue|a // => 1"]), 1);
    holds("", &fences(&["|const a = 1;", "continue|const b = 2;", "continue|a + b // => 3"]), 1);
    fails("", &fences(&["|const a = 1;", "|const b = 2;", "continue|a + b // => 3"]), &["a is not defined"]);
    holds(SECTION, &fences(&two), 1);
    fails(SECTION, &fences(&["|const a = 1;", "# Next", "|a // => 1"]), &["a is not defined"]);
    holds(CHAPTER, &fences(&["|const a = 1;", "# Next", "|a // => 1"]), 1);
}

#[test]
fn setup_hidden_blocks_and_hidden_lines_run() {
    let parts = ["setup hidden|const a = 1;", "|a // => 1", "|a + 1 // => 2"];
    holds("", &fences(&parts), 2);
    holds("", &fences(&["hidelines=//!|//!const a = 1;\na // => 1"]), 1);
    holds("", &fences(&["file=a.js|exports.a = 1;", "|require('./a').a // => 1"]), 1);
    let book = Book::of(&fences(&parts));
    book.run(&["build"]).expect(0);
    assert_eq!(book.read("site/one.html").matches("<figure").count(), 2, "a hidden block is shown");
}

#[test]
fn what_shares_no_state_is_left_out() {
    for word in ["ignore", "norun", "throws=TypeError"] {
        let code = if word.starts_with("throws") { "const a = 1; null.x" } else { "const a = 1;" };
        let word_told = format!("marked `{}`", word.split('=').next().unwrap());
        fails(CHAPTER, &fences(&[&format!("{word}|{code}"), "|a // => 1"]), &["line 2", &word_told]);
    }
}

#[test]
fn a_later_fence_shadows_what_an_earlier_one_declares() {
    let shadowing = |first: &str, second: &str, claims: usize| {
        holds(CHAPTER, &fences(&[&format!("|{first}"), &format!("|{second}")]), claims);
    };
    shadowing("const f = 1;\nf // => 1", "const f = 2;\nf // => 2", 2);
    shadowing("let f = 1;", "class f {}\ntypeof f // => 'function'", 1);
    shadowing("function f() { return 1; }\nf() // => 1", "function f() { return 2; }\nf() // => 2", 2);
    shadowing("const f = 1;", "var f = 2;\nf // => 2", 1);
    shadowing("const f = 1;", "for (var f = 0; f < 2; f++);\nf // => 2", 1);
    shadowing("var f = 1;", "let f = 2;\nf // => 2", 1);
    shadowing("var f = 1;", "var f;\nf // => 1", 1);
    shadowing("const { f, g } = { f: 1, g: 2 };", "const [f] = [3];\nf + g // => 5", 1);
    shadowing(
        "const fs = require('node:fs');",
        "const fs = require('node:fs');\ntypeof fs.readFile // => 'function'",
        1,
    );
}

#[test]
fn shadowing_changes_nothing_for_the_code_before() {
    // What was made with the earlier name keeps to it, and a constant stays one.
    let parts = [
        "|const n = 1;\nconst get = () => n;",
        "|const n = 2;\nget() // => 1\nn = 3 // throws TypeError: Assignment to constant variable.\nn // => 2",
        "|n // => 2\nn + get() // => 3",
        "|let n = n0();\nfunction n0() { return get(); }\nn // => 1",
    ];
    holds(CHAPTER, &fences(&parts), 6);
    // A function of a later block is not there before it.
    let parts = [
        "|function f() { return 1; }\nconst one = f();",
        "|function f() { return 2; }\none // => 1\nf() // => 2",
    ];
    holds(CHAPTER, &fences(&parts), 2);
}

#[test]
fn in_a_scope_all_works_as_outside_of_one() {
    // Errors that are stated, the run that goes on, prose, exports, output, `this`.
    let chapter = fences(&[
        "|const a = 1;",
        "|var a = 2;\nnull.x // throws TypeError\nthis === module.exports // => true\nexports.a = a;\n// exports { a: 2 }\nconsole.log(a)",
    ]) + "\n```output\n2\n```\n\nIt is two.<!-- => a === 2 -->\n";
    holds(CHAPTER, &chapter, 5);
    let chapter = fences(&["|const a = 1;", "|const a = 2;\nthrow new Error('b') // throws Error: b"]);
    holds(CHAPTER, &(chapter + "\nIt is two.<!-- => a === 2 -->\n"), 2);
    holds(CHAPTER, &fences(&["module|const a = await 1;", "module|const a = await 2;\na // => 2"]), 1);
    holds(CHAPTER, &fences(&["module|const a = await 1;", "module|var a = await 2;\na // => 2"]), 1);
}

#[test]
fn an_error_that_an_earlier_example_states_ends_nothing_and_belongs_to_no_other() {
    let first = "|null.x // throws TypeError\nconsole.log('on')";
    let two = fences(&[first, "|console.log(1) // => 1"]) + "\n```output\n1\n```\n";
    holds(CHAPTER, &two, 3);
    fails(CHAPTER, &fences(&[first, "throws|1"]), &["said to throw an error, but it ends without an error"]);
    let stated = fences(&[first, "|1 // => 1"]) + "\nIt throws.<!-- => throws TypeError -->\n";
    fails(CHAPTER, &stated, &["the error is stated as `TypeError`, but nothing is thrown"]);
}

#[test]
fn a_wrong_claim_in_a_scope_is_told_at_its_own_line() {
    let chapter = fences(&["|const a = 1;", "|// é\nconst a = 2;\na // => 3\nconst b = a; // => 2"]);
    fails(CHAPTER, &chapter, &["src/one.md:8:9", "`3`", "gives `2`", "1 claim held, 1 broken"]);
    let chapter = fences(&["|const a = 1;", "|const a = 2;\n\nnull.x"]);
    fails(CHAPTER, &chapter, &["src/one.md:8:1", "TypeError"]);
}

#[test]
fn the_end_of_an_example_is_the_end_of_its_statement() {
    holds(CHAPTER, &fences(&["|const a = [1, 2]", "|[3].length // => 1\n", "|(4) // => 4"]), 2);
    holds(CHAPTER, &fences(&["|const a = [1, 2]", "|const a = [3]\n", "|`${a}` // => '3'"]), 1);
}

#[test]
fn a_module_that_declares_an_imported_name_again_is_told_so() {
    let import = "module|import { join } from 'node:path';\njoin('a', 'b') // => 'a/b'";
    let other = "module|import { posix as join } from 'node:path';\njoin.join('a', 'b') // => 'a/b'";
    let told = ["`join` is declared in line 7", "in line 2", "another name"];
    fails(CHAPTER, &fences(&[import, other]), &told);
    // The same import again changes nothing, and what has no import of its own may declare the name.
    holds(CHAPTER, &fences(&[import, import, &import.replace("path';", "path'")]), 3);
    let with = |number: &str| import.replace("\njoin(", &format!("\nconst a = {number};\njoin("));
    holds(CHAPTER, &fences(&[import, &with("1"), &with("2")]), 3);
    holds(CHAPTER, &fences(&[import, "module|const join = 1;\njoin // => 1"]), 2);
}

#[test]
fn a_name_that_is_there_twice_is_told_with_both_lines() {
    let twice = |code: &str, lines: [usize; 2]| {
        let told = format!("declared twice in one example, in line {} and in line {}", lines[0], lines[1]);
        fails(
            "",
            &fences(&[&format!("|{code}")]),
            &[&told, "two fences", "braces", &format!("one.md:{}:", lines[1])],
        );
    };
    twice("let total = 1;\n\nlet total = 2;", [2, 4]);
    twice("const { a, total } = {};\nfunction total() {}", [2, 3]);
    twice("let totals = 0;\nclass total {}\nconst total = 2;", [3, 4]);
}

#[test]
fn the_block_that_declares_a_missing_name_is_named_with_the_remedy() {
    let missing = |declaring: &str, using: &str, parts: &[&str]| {
        fails("", &fences(&[&format!("|{declaring}"), &format!("|{using}")]), parts);
    };
    let remedy = "put `continue` on this fence";
    for declaring in [
        "const f = (x) => x;",
        "function f(x) {}",
        "async function* f(x) {}",
        "class f {}",
        "const { a: f } = {};",
        "let [, ...f] = [];",
        "var f;",
        "import f from 'node:fs';",
        "import { join as f } from 'node:path';",
        "const f = require('node:path');",
        "export const f = 1;",
    ] {
        missing(declaring, "f(2) // => 4", &["`f` is declared in the example at line 2", remedy]);
    }
    // A parameter, a property and a name in a function are not the block's.
    for declaring in
        ["function g(f) {}", "const g = (f) => f;", "const g = { f: 1 };", "{ const f = 1; }", "// const f"]
    {
        let ran = run("", &fences(&[&format!("|{declaring}"), "|f // => 4"])).expect(1);
        assert!(!ran.stdout.contains("is declared in"), "{declaring}\n{}", ran.stdout);
    }
}

#[test]
fn a_claim_whose_statement_lacks_a_name_is_told_the_same() {
    for claim in ["// throws TypeError", "// => TypeError: no", "// throws RangeError: too far"] {
        let ran = run("", &fences(&["|const f = (x) => x;", &format!("|f(2) {claim}\n1 // => 1")])).expect(1);
        let ran = ran.says(&[
            "error[G001]",
            "`f` is declared in the example at line 2",
            "put `continue` on this fence",
        ]);
        assert!(!ran.stdout.contains("+ f(2)"), "the missing name is no truth to write down\n{}", ran.stdout);
    }
}

#[test]
fn the_remedy_is_the_least_that_helps() {
    let (declares, other, uses) = ("|const f = 1;", "|const g = 2;", "|f // => 1");
    fails("", &fences(&[declares, other, uses]), &["set `state = \"section\"`"]);
    fails("", &fences(&[declares, "continue|const g = 2;", uses]), &["put `continue` on this fence"]);
    fails("", &fences(&[declares, "# Next", other, uses]), &["set `state = \"chapter\"`"]);
    fails(SECTION, &fences(&[declares, "# Next", other, uses]), &["set `state = \"chapter\"`"]);
    fails(
        "",
        &fences(&["file=lib/a.js|exports.f = 1;", uses]),
        &["`lib/a.js`, line 2", "require('./lib/a.js')"],
    );
    fails(
        "",
        &fences(&["file=a.js|const f = 1;\nmodule.exports = { f };", uses]),
        &["`a.js`, line 2", "require('./a.js')"],
    );
    fails(
        "",
        &fences(&["file=a.mjs|export const f = 1;", "module|f // => 1"]),
        &["`import { f } from './a.mjs'`"],
    );
    fails("", &fences(&[declares, "file=a.js|f", "|require('./a.js') // => 1"]), &["`file=`"]);
}
