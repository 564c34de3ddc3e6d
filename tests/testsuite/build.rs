//! `build` and `new`: the site as it comes out, and what must never be touched.

use crate::support::{Book, project};

const CHAPTER: &str = "# One\n\n```js\nconst sum = 1 + 1; // => 2\nconsole.log(`{${sum}}</script>`);\n```\n\n```output\n{2}</script>\n```\n";

#[test]
fn a_site_with_verified_examples() {
    let book = Book::of(CHAPTER);
    let sources = book.tree("src");
    let ran = book.run(&["build"]).expect(0);
    assert!(ran.stdout.trim_end().ends_with("index.html"), "{}", ran.stdout);
    let html = book.read("site/one.html");
    for part in ["galley-example", "data-verdict=\"held\"", "verified", "g-k"] {
        assert!(html.contains(part), "{part} is not in the page");
    }
    assert_eq!(book.tree("src"), sources, "the sources are the author's");
    let names: Vec<_> = std::fs::read_dir(book.path("."))
        .expect("root")
        .map(|entry| entry.expect("entry").file_name())
        .collect();
    assert_eq!(names.len(), 3, "only book.toml, src and site: {names:?}");
}

#[test]
fn a_false_claim_leaves_the_old_site_untouched() {
    let book = Book::of(CHAPTER);
    book.run(&["build"]).expect(0);
    let before = book.tree("site");
    book.write("src/one.md", CHAPTER.replace("// => 2", "// => 3"));
    book.run(&["build"]).expect(1).says(&["error[G001]", "src/one.md:4:26"]);
    assert_eq!(book.tree("site"), before);
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let book = Book::of(CHAPTER);
    book.run(&["build"]).expect(0);
    let first = book.tree("site");
    book.run(&["build", "--jobs", "1"]).expect(0);
    assert_eq!(book.tree("site"), first);
}

#[test]
fn a_template_of_the_book_replaces_ours() {
    let book = Book::of(CHAPTER);
    book.write(
        "theme/galley/example.hbs",
        "<div class=\"mine\"><pre><code class=\"nohighlight\">{{{code}}}</code></pre></div>",
    );
    book.run(&["build"]).expect(0);
    assert!(book.read("site/one.html").contains("class=\"mine\""));
    book.write("theme/galley/example.hbs", "<div>{{nope}}</div>");
    let before = book.tree("site");
    let ran = book.run(&["build"]);
    assert!(ran.code == 1 || ran.code == 2, "{}", ran.code);
    ran.says(&["example.hbs", "nope"]);
    assert_eq!(book.tree("site"), before);
}

#[test]
fn only_what_the_page_can_run_has_a_program() {
    let islands = |fence: &str, code: &str| {
        // Beside one that has.
        let book = Book::of(&format!("# One\n\n```js\n0 // => 0\n```\n\n```{fence}\n{code}\n```\n"));
        book.run(&["build"]).expect(0);
        book.read("site/one.html").matches("galley-data").count() - 1
    };
    assert_eq!(islands("js", "1 // => 1"), 1);
    assert_eq!(islands("js", "export const a = 1; // => 1"), 1);
    assert_eq!(islands("js", "import path from 'node:path'\npath.sep // => '/'"), 0);
    assert_eq!(islands("js host=browser", "alert(1) // => 1"), 0);
    assert_eq!(islands("js ignore", "1 // => 1") + islands("js norun", "const a = 1"), 0);
}

#[test]
fn the_page_gets_the_time_that_the_author_allows() {
    let book = Book::of("```js timeout=9000\n1;\n```\n\n```js\n2;\n```\n");
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert_eq!((page.matches("\"time_ms\":9000").count(), page.matches("time_ms").count()), (1, 1));
    let settings = book.read("book.toml");
    book.write("book.toml", format!("{settings}\n[preprocessor.galley]\ntimeout = 7000\n"));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert!(page.contains("\"time_ms\":9000") && page.contains("\"time_ms\":7000"), "{page}");
}

#[test]
fn front_matter_is_never_shown() {
    let book = Book::of("---\ntitle: Two names\ntags: [a]\n---\n\nText.\n\n    1 + 1 // => 2\n");
    book.run(&["build"]).expect(0);
    let html = book.read("site/one.html");
    assert!(
        !html.contains("tags:") && html.contains("Two names") && html.contains("galley-example"),
        "{html}"
    );
}

#[test]
fn new_makes_a_book_that_builds() {
    let book = Book::empty();
    book.run(&["new", "mine"]).expect(0);
    book.run(&["build", "mine"]).expect(0);
    let before = book.tree("mine");
    book.run(&["new", "mine"]).expect(2).says(&["mine"]);
    assert_eq!(book.tree("mine"), before);
}

#[test]
fn new_makes_a_book_from_an_article() {
    let book = Book::empty();
    let article = "---\ntitle: \"Names: two\"\n---\n\nSee:\n\n    var module = {…};\n\n```js\nmodule.exports = { genre: \"Rock\" };\n```\n\n`Rock` will be exported.\n";
    book.write("article.md", article);
    book.run(&["new", "mine", "--from", "article.md"]).expect(0);
    book.run(&["build", "mine"]).expect(0).says(&["1 claim held", "1 pseudo"]);
    assert!(
        book.tree("mine").values().any(|bytes| bytes == article.as_bytes()),
        "the article is kept byte for byte"
    );
}

#[test]
fn our_own_book_is_true_and_builds() {
    let book = Book::empty();
    let ran = crate::support::run(
        std::process::Command::new(crate::support::GALLEY)
            .arg("check")
            .arg(project())
            .current_dir(book.path(".")),
    );
    ran.expect(0);
}
