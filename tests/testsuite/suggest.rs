//! `check --suggest-claims`: a patch that holds when it is applied, and is empty from then on.

use crate::support::Book;

/// The patch that is suggested for a chapter.
fn suggest(book: &Book) -> String {
    let before = book.tree("");
    let ran = book.run(&["check", "--suggest-claims"]).expect(0);
    assert_eq!(book.tree(""), before, "it wrote something");
    ran.stdout
}

/// The lines that it adds, for a chapter that holds before and after, and to which nothing is added a second time.
#[track_caller]
fn added(chapter: &str) -> Vec<String> {
    let book = Book::of(chapter);
    let patch = suggest(&book);
    if patch.is_empty() {
        return Vec::new();
    }
    let (before, code) = book.check(".");
    assert_eq!(code, 0, "{before}");
    book.write("src/one.md", apply(chapter, &patch));
    let (report, code) = book.check(".");
    assert_eq!(code, 0, "{patch}\n{report}");
    let claims = report["claims"].as_array().expect("claims");
    assert!(claims.iter().all(|claim| claim["verdict"] == "held"), "{patch}\n{report}");
    assert_eq!(suggest(&book), "", "{patch}");
    patch
        .lines()
        .filter(|line| line.starts_with('+') && !line.starts_with("+++"))
        .map(|line| line[1..].into())
        .collect()
}

/// Applies a unified diff of one file.
fn apply(text: &str, patch: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::new();
    let mut at = 0;
    for line in patch.split_inclusive('\n') {
        if let Some(hunk) = line.strip_prefix("@@ -") {
            let start: usize =
                hunk.split([',', ' ']).next().and_then(|start| start.parse().ok()).expect("a line");
            out.push_str(&lines[at..start - 1].concat());
            at = start - 1;
        } else if line.starts_with("---") || line.starts_with("+++") || line.starts_with('\\') {
            continue;
        } else if let Some(new) = line.strip_prefix('+') {
            out.push_str(new);
        } else {
            assert_eq!(&line[1..], lines[at], "the patch does not fit");
            if line.starts_with(' ') {
                out.push_str(lines[at]);
            }
            at += 1;
        }
    }
    out.push_str(&lines[at..].concat());
    out
}

#[test]
fn a_sentence_that_holds_gets_its_comment_behind_the_code() {
    let example = |code: &str, sentence: &str| added(&format!("# T\n\n```js\n{code}\n```\n\n{sentence}\n"));
    assert_eq!(
        example(
            "console.log(42)\nthrow new TypeError('x') // TypeError",
            "First it logs `42`. It throws a `TypeError`."
        ),
        ["First it logs `42`<!-- => stdout 42 -->. It throws a `TypeError`<!-- => throws TypeError -->."]
    );
    assert_eq!(
        example("const add = (a, b) => a + b", "So `add(1, 2)` returns `3`, as it should."),
        ["So `add(1, 2)`<!-- => --> returns `3`, as it should."]
    );
    assert_eq!(
        example("const pair = () => [1, 'two']", "Here `pair()` evaluates to `[1, 'two']`."),
        ["Here `pair()`<!-- => --> evaluates to `[1, 'two']`."]
    );
}

#[test]
fn what_is_exported_is_told_as_an_expression() {
    let exported = |code: &str, sentence: &str| added(&format!("```js\n{code}\n```\n\n{sentence}\n"));
    assert_eq!(
        exported("exports.genre = 'Rock'", "`Rock` will be exported."),
        ["`Rock`<!-- => exports.genre === \"Rock\" --> will be exported."]
    );
    assert_eq!(
        exported("export const genre = 'Rock'", "`Rock` will be exported."),
        ["`Rock`<!-- => exports.genre === \"Rock\" --> will be exported."]
    );
    assert_eq!(
        exported("module.exports = 'Rock'", "`Rock` will be exported."),
        ["`Rock`<!-- => exports === \"Rock\" --> will be exported."]
    );
    assert_eq!(
        exported("exports['my-song'] = 7", "`7` is exported."),
        ["`7`<!-- => exports[\"my-song\"] === 7 --> is exported."]
    );
    assert_eq!(
        exported("exports.play = () => {}", "`play` is exported."),
        ["`play`<!-- => typeof exports.play === \"function\" --> is exported."]
    );
    assert_eq!(
        exported("module.exports = function play() {}", "`play` is exported."),
        ["`play`<!-- => exports.name === \"play\" --> is exported."]
    );
}

#[test]
fn one_short_print_of_an_example_that_states_nothing() {
    let print = |code: &str| added(&format!("```js\n{code}\n```\n"));
    assert_eq!(print("const a = 1;\nconsole.log(a + 1);"), ["console.log(a + 1); // => 2"]);
    assert_eq!(print("console.log({ a: 'é' })"), ["console.log({ a: 'é' }) // => { a: 'é' }"]);
    for code in [
        "console.log(1)\nconsole.log(2)",
        "for (const n of [1]) console.log(n)",
        "console.log('a\\nb')",
        "console.log('')",
        "console.log('x'.repeat(61))",
        "console.log(1) // a remark",
        "console.log(1) // => 1",
        "console.error(1)",
        "1 + 1",
    ] {
        assert_eq!(print(code), [""; 0], "{code}");
    }
}

#[test]
fn what_does_not_hold_is_not_suggested() {
    for (code, sentence) in [
        ("console.log(42)", "This logs `43`."),
        ("console.log(42)", "This may log `42`."),
        ("console.log(42)\nconsole.log(43)", "This logs `42`."),
    ] {
        let book = Book::of(&format!("```js\n{code}\n```\n\n{sentence}\n"));
        let patch = suggest(&book);
        assert!(!patch.contains("<!--"), "{patch}");
    }
    // It would state an error.
    let patch = suggest(&Book::of("```js\nconsole.log('throws TypeError')\n```\n"));
    assert_eq!(patch, "");
}

#[test]
fn places_in_included_files_and_in_several_chapters() {
    let part = "```js\nconsole.log(1)\n```\n";
    let book = Book::with(&[
        ("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n"),
        ("src/one.md", "{{#include part.md}}\n\n```js\nconsole.log(3)\n```\n"),
        (
            "src/two.md",
            "{{#include part.md}}\n\nNo.\n\n```js\nconsole.log(2)\n```\n\n```js\nconsole.log(4)\n```\n",
        ),
        ("src/part.md", part),
    ]);
    let patch = suggest(&book);
    for added in ["1) // => 1", "2) // => 2", "3) // => 3", "4) // => 4"] {
        assert_eq!(patch.matches(&format!("+console.log({added}")).count(), 1, "{patch}");
    }
    for file in ["one.md", "two.md", "part.md"] {
        assert_eq!(patch.matches(&format!("--- a/src/{file}\n+++ b/src/{file}\n")).count(), 1, "{patch}");
    }
}

#[test]
fn a_false_book_gets_its_patch_and_its_exit_code() {
    let book = Book::of("```js\n1 // => 2\n```\n\n```js\nconsole.log(1)\n```\n");
    let ran = book.run(&["check", "--suggest-claims"]).expect(1);
    assert!(ran.stdout.contains("+console.log(1) // => 1"), "{}", ran.stdout);
    assert!(ran.stderr.contains("1 claim suggested") && ran.stderr.contains("not all of the text is true"));
    book.run(&["check", "--suggest-claims", "--format", "json"]).expect(2);
    book.run(&["check", "--suggest-claims", "--output", "claims.patch"]).expect(1);
    assert!(book.read("claims.patch").contains("+console.log(1) // => 1"));
}

#[test]
fn a_lone_file_of_a_book_from_elsewhere_gets_what_the_book_gets() {
    let book = Book::with(&[
        ("inner/book.toml", "[book]\ntitle = \"B\"\n"),
        ("inner/src/SUMMARY.md", "- [One](one.md)\n"),
        ("inner/src/one.md", "# One\n\n```js\nconsole.log(1 + 1)\n```\n\n{{#include part.md}}\n"),
        ("inner/src/part.md", "```js\nconsole.log(1 + 2)\n```\n"),
    ]);
    let suggested = |path: &str| {
        let ran = book.run(&["check", "--suggest-claims", path]).expect(0);
        let added = |line: &&str| line.starts_with('+') && !line.starts_with("+++");
        ran.stdout.lines().filter(added).map(str::to_owned).collect::<Vec<_>>()
    };
    let both = ["+console.log(1 + 1) // => 2", "+console.log(1 + 2) // => 3"];
    assert_eq!(suggested("inner"), both);
    assert_eq!(suggested("inner/src/one.md"), both);
}
