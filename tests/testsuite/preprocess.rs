//! Plain `mdbook build` with the real mdbook binary and Galley as its preprocessor.

use std::path::PathBuf;
use std::process::Command;

use crate::support::{Book, GALLEY, Ran, run};

/// The real binary, or None with a word about it. CI sets GALLEY_REQUIRE_MDBOOK.
fn mdbook() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|folder| folder.join("mdbook")).find(|path| path.is_file());
    if found.is_none() {
        assert!(
            std::env::var_os("GALLEY_REQUIRE_MDBOOK").is_none(),
            "mdbook is required and not on the PATH"
        );
        eprintln!("no mdbook on the PATH: the preprocessor was not tried with it");
    }
    found
}

fn build(book: &Book, mdbook: &PathBuf) -> Ran {
    run(Command::new(mdbook).arg("build").current_dir(book.path(".")).env("GALLEY_TEST", "1"))
}

fn book(claim: &str) -> Book {
    let book = Book::of(&format!("# One\n\n```js\n1 + 1 // => {claim}\n```\n\n{{{{#verification}}}}\n"));
    book.write(
        "book.toml",
        format!(
            "[book]\ntitle = \"T\"\nsrc = \"src\"\n\n[build]\nbuild-dir = \"site\"\n\n[preprocessor.galley]\ncommand = '{GALLEY}'\nbefore = [\"links\"]\n"
        ),
    );
    book
}

#[test]
fn mdbook_builds_the_same_chapters_as_galley() {
    let Some(mdbook) = mdbook() else { return };
    let book = book("2");
    book.run(&["install"]).expect(0);
    book.run(&["build"]).expect(0);
    let ours = book.read("site/one.html");
    std::fs::remove_dir_all(book.path("site")).expect("removed");
    build(&book, &mdbook).expect(0);
    let theirs = book.read("site/one.html");
    let main = |html: &str| {
        let start = html.find("<main>").expect("main");
        let end = html.find("</main>").expect("main");
        html[start..end].to_owned()
    };
    assert!(main(&ours).contains("galley-example") && main(&ours).contains("galley-verification"));
    assert_eq!(main(&ours), main(&theirs));
}

#[test]
fn mdbook_draws_the_files_of_an_example() {
    let Some(mdbook) = mdbook() else { return };
    let book = book("2");
    let files = "```js file=a.js\nexports.a = 1;\n```\n\n```js\nrequire('./a');\n```\n";
    book.write(
        "src/one.md",
        format!("# One\n\n{files}\n- item\n\n  {{{{#modules}}}}\n\n`{{{{#modules}}}}` \\{{{{#modules}}}}\n"),
    );
    book.run(&["install"]).expect(0);
    build(&book, &mdbook).expect(0);
    let page = book.read("site/one.html");
    assert_eq!(page.matches("<figure class=\"galley-modules\"").count(), 1, "{page}");
    assert!(page.contains("<code>{{#modules}}</code> {{#modules}}</p>"), "{page}");
    book.write("src/one.md", "# One\n\n{{#modules}}\n");
    let ran = build(&book, &mdbook);
    assert_ne!(ran.code, 0);
    ran.says(&["error[G023]", "src/one.md:3:1"]);
}

#[test]
fn mdbook_fails_on_a_false_claim_and_keeps_the_old_site() {
    let Some(mdbook) = mdbook() else { return };
    let book = book("2");
    book.run(&["install"]).expect(0);
    build(&book, &mdbook).expect(0);
    let before = book.tree("site");
    book.write("src/one.md", "# One\n\n```js\n1 + 1 // => 3\n```\n");
    let ran = build(&book, &mdbook);
    assert_ne!(ran.code, 0);
    ran.says(&["error[G001]", "src/one.md:4:13", "the run gives 2"]);
    assert_eq!(book.tree("site"), before);
}

#[test]
fn exercises_that_came_after_install_are_told() {
    let Some(mdbook) = mdbook() else { return };
    let book = book("2");
    let exercise = |path: &str, text: &str| {
        book.write(&format!("exercises/twice/{path}"), text);
    };
    exercise("exercise.md", "# Twice\n\nDouble it.\n");
    exercise("starter.js", "module.exports = () => { throw new Error('TODO'); };\n");
    exercise("solution.js", "module.exports = (n) => n + n;\n");
    let test = "require('node:test')('doubles', () => require('node:assert').equal(require('./answer.js')(4), 8));\n";
    exercise("test.js", test);
    book.run(&["install"]).expect(0);
    book.write("src/one.md", "# One\n\n{{#exercise twice}}\n");
    let stale = "src/galley/galley.js knows the book's exercises as they were";
    build(&book, &mdbook).expect(0).says(&[stale, "run `mdbook-galley install` again"]);
    book.run(&["install"]).expect(0).says(&["src/galley/galley.js"]);
    let ran = build(&book, &mdbook).expect(0);
    assert!(!ran.stderr.contains("as they were"), "{}", ran.stderr);
    let course = book.read("src/galley/galley.js");
    assert!(
        course.contains(r#"{"path":"one.html","title":"One","exercises":[{"name":"twice","title":"Twice","#)
    );
}

#[test]
fn it_supports_what_it_can_serve() {
    let book = Book::empty();
    book.run(&["supports", "html"]).expect(0);
    book.run(&["supports", "test"]).expect(1);
}

#[test]
fn what_is_no_json_of_mdbook_is_refused() {
    let book = Book::empty();
    let ran = book.run(&[]);
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.is_empty(), "stdout belongs to mdBook");
    ran.says(&["mdBook"]);
}
