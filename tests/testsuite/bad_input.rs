//! Wrong input gets a finding with place and remedy and exit code 1 or 2; nothing panics, nothing else is dropped.

use crate::support::Book;

/// The finding is there, and the good chapter is verified all the same.
#[track_caller]
fn still_checks_the_rest(book: &Book, says: &[&str]) {
    let ran = book.run(&["check"]).expect(1).says(says);
    assert!(
        ran.stdout.contains("1 claim held")
            || ran.stdout.contains("claims: 1 held")
            || ran.stdout.contains(" 1 held"),
        "{}",
        ran.stdout
    );
}

fn book_with(bad: &str) -> Book {
    Book::with(&[
        ("src/SUMMARY.md", "- [Good](good.md)\n- [Bad](bad.md)\n"),
        ("src/good.md", "```js\n1 + 1 // => 2\n```\n"),
        ("src/bad.md", bad),
    ])
}

#[test]
fn an_unknown_attribute() {
    still_checks_the_rest(
        &book_with("```js thorws\n1\n```\n"),
        &["error[G010]", "src/bad.md:1:7", "thorws", "throws"],
    );
    still_checks_the_rest(&book_with("```js steps=0\n1\n```\n"), &["error[G010]", "src/bad.md:1:7", "steps"]);
}

#[test]
fn an_unclosed_fence() {
    still_checks_the_rest(&book_with("text\n\n```js\n1\n"), &["error[G014]", "src/bad.md:3:1"]);
}

#[test]
fn a_missing_include() {
    still_checks_the_rest(&book_with("text {{#include nope.js}}\n"), &["src/bad.md:1:6", "nope.js"]);
}

#[test]
fn invalid_utf8() {
    let book = book_with("");
    book.write("src/bad.md", b"ok\n\xff\xfe\n");
    still_checks_the_rest(&book, &["error[G013]", "src/bad.md", "UTF-8"]);
}

#[test]
fn a_chapter_that_is_not_there() {
    let book = book_with("");
    std::fs::remove_file(book.path("src/bad.md")).expect("removed");
    still_checks_the_rest(&book, &["src/SUMMARY.md:2:", "bad.md"]);
    assert!(!book.path("src/bad.md").exists(), "check must not create chapters");
}

#[test]
fn a_book_without_a_summary() {
    let book = book_with("");
    std::fs::remove_file(book.path("src/SUMMARY.md")).expect("removed");
    book.run(&["check"]).expect(1).says(&["SUMMARY.md"]);
}

#[test]
fn configuration() {
    for (toml, says) in [
        ("[book]\ntitle = 1 2\n", "book.toml:2:"),
        ("[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\nstaet = \"chapter\"\n", "state"),
        ("[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\nstate = 3\n", "book.toml:4:"),
        ("[build]\nbuild-dir = \"src\"\n", "build-dir"),
        ("[build]\nbuild-dir = \".\"\n", "build-dir"),
        ("[build]\nbuild-dir = \"src/site\"\n", "build-dir"),
        ("[book]\nsrc = \"book\"\n", "build-dir"),
        ("[build]\nbuild-dir = \"site\"\n[output.html]\nmathjax-support = 3\n", "book.toml:4:"),
    ] {
        let book = Book::of("```js\n1 // 1\n```\n");
        book.write("book/SUMMARY.md", "- [One](one.md)\n");
        book.write("book/one.md", "```js\n1 // 1\n```\n");
        book.write("book.toml", toml);
        let before = book.tree(".");
        book.run(&["check"]).expect(2).says(&["error[G011]", says]);
        book.run(&["build"]).expect(2).says(&["error[G011]", says]);
        assert_eq!(book.tree("."), before, "{toml}: nothing may be written");
    }
}

#[test]
fn paths_and_options_of_the_command_line() {
    let book = Book::of("```js\n1 // 1\n```\n");
    book.run(&["check", "nope.md"]).expect(2).says(&["nope.md"]);
    book.run(&["check", "--format", "yaml"]).expect(2).says(&["yaml"]);
    book.run(&["check", "--config", "state"]).expect(2).says(&["state"]);
    book.run(&["check", "nope.md", "src/one.md"]).expect(2).says(&["nope.md", "1 claim held"]);
    book.run(&["audit", "nope.md"]).expect(2).says(&["nope.md"]);
    book.run(&["check", "--config", "nope=1"]).expect(2).says(&["nope"]);
    book.run(&["chekc"]).expect(2).says(&["chekc"]);
    book.run(&["check", "--output", "no/such/folder/report.txt"]).expect(2).says(&["report.txt"]);
}

#[test]
fn nothing_to_verify_is_not_green() {
    let book = Book::of("# Only words\n");
    book.run(&["check"]).expect(1).says(&["error[G030]", "no example"]);
}

#[test]
fn no_input_at_all() {
    let book = Book::empty();
    let ran = book.run(&["check"]);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
}
