//! Books on disk, good and bad, each written into a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook::builtin_preprocessors::LinkPreprocessor;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::*;
use crate::book::diagnostic::{Place, Severity};

const TOML: &str = "[book]\nsrc = \"book\"\n[build]\nbuild-dir = \"site\"\n";

fn write(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// "place: message" of each finding; the folder's own path is taken out.
fn findings(sources: &Sources, folder: &Path) -> Vec<String> {
    let shown = |diagnostic: &Diagnostic| {
        let place = match &diagnostic.place {
            Place::Span(span) => format!("{span:?}"),
            Place::File(path) => path.clone(),
        };
        assert!(diagnostic.help.is_some(), "{diagnostic:?}");
        let text = format!("{} {place}: {}", diagnostic.code.as_str(), diagnostic.message);
        text.replace(&format!("{}/", folder.display()), "").replace(&folder.display().to_string(), ".")
    };
    sources.diagnostics.iter().map(shown).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], path: &str, chapters: &[&str], expected: &[&str]) {
    let folder = write(files);
    let sources = load(&folder.path().join(path), &[]);
    let names: Vec<String> = sources
        .chapters
        .iter()
        .map(|chapter| chapter.file.path.replace(&format!("{}/", folder.path().display()), ""))
        .collect();
    assert_eq!(names, chapters);
    assert_eq!(findings(&sources, folder.path()), expected);
}

#[test]
fn a_book_gives_its_chapters_in_order() {
    let summary = "# Summary\n\n[Intro](intro.md)\n\n- [A](./sub/a%20b.md)\n  - [B](b.md)\n- [Draft]()\n\n[End](end.md)\n";
    let files = [
        ("book.toml", TOML),
        ("book/SUMMARY.md", summary),
        ("book/intro.md", "{{#include sub/x.js}}"),
        ("book/sub/a b.md", "{{#include x.js}}{{#include ../../shared.js}}"),
        ("book/sub/x.js", "1"),
        ("shared.js", "2"),
        ("book/b.md", ""),
        ("book/end.md", "```js\n1\n```\n"),
        ("book/not-linked.md", "{{#include nothing}}"),
    ];
    let chapters = ["book/intro.md", "book/sub/a b.md", "book/b.md", "book/end.md"];
    check(&files, "", &chapters, &[]);
    let folder = write(&files);
    let sources = load(folder.path(), &[]);
    let paths: Vec<&str> = sources.chapters.iter().map(|chapter| chapter.source_path.as_str()).collect();
    assert_eq!(paths, ["intro.md", "sub/a b.md", "b.md", "end.md"]);
    assert_eq!(sources.chapters[1].text.text, "12");
    assert_eq!(sources.chapters[1].text.span(1..2).file.path, "shared.js");
    assert_eq!(sources.chapters[3].examples.len(), 1);
}

#[test]
fn what_is_missing_or_broken_leaves_the_rest() {
    check(
        &[("book.toml", TOML)],
        "",
        &[],
        &["G012 book/SUMMARY.md: the book has no SUMMARY.md: looked for book/SUMMARY.md"],
    );
    let folder = write(&[
        ("book.toml", TOML),
        (
            "book/SUMMARY.md",
            "- [A](a.md)\n- [No](no%20no.md)\n- [Bad](bad.md)\n- [Abs](/abs.md)\n- [Z](z.md)\n",
        ),
        ("book/a.md", "{{#include no.js}}"),
        ("book/z.md", "```js\n"),
    ]);
    fs::write(folder.path().join("book/bad.md"), b"ok\n\xff").unwrap();
    let sources = load(folder.path(), &[]);
    assert_eq!(sources.chapters.len(), 2);
    assert_eq!(
        findings(&sources, folder.path()),
        [
            "G012 book/a.md:1:1+18: the included file `no.js` does not exist",
            "G012 book/SUMMARY.md:2:3+16: the chapter `no no.md` does not exist",
            "G013 book/bad.md: `book/bad.md` is not UTF-8: the first bad byte is in line 2",
            "G012 book/SUMMARY.md:4:3+14: the chapter's path `/abs.md` is absolute",
            "G014 book/z.md:1:1+5: this fence is never closed: the rest of the file is taken for code",
        ]
    );
    let broken = [("book.toml", TOML), ("book/SUMMARY.md", "- [A](a.md)\n- no link\n")];
    let message =
        "mdBook can't read SUMMARY.md: The link items for nested chapters must only contain a hyperlink";
    check(&broken, "", &[], &[&format!("G011 book/SUMMARY.md:2:1+9: {message}")]);
}

#[test]
fn a_broken_configuration_is_told_and_the_chapters_still_come() {
    let chapters = [("src/SUMMARY.md", "- [A](a.md)\n"), ("src/a.md", "")];
    let with = |toml: &'static str| [("book.toml", toml), chapters[0], chapters[1]];
    let message = "book.toml is not valid TOML: invalid key-value pair, expected key";
    let broken = write(&with("[book]\n=\n"));
    let sources = load(broken.path(), &[]);
    assert_eq!(sources.chapters.len(), 1);
    assert!(findings(&sources, broken.path())[0].starts_with("G011 book.toml:2:1"), "{message}");
    let dangerous = "[build]\nbuild-dir = \"src/../src\"\n";
    let message =
        "the build-dir `src/../src` holds the chapters: mdBook deletes all files in it at each build";
    check(&with(dangerous), "", &["src/a.md"], &[&format!("G011 book.toml:2:13+12: {message}")]);
}

#[test]
fn lone_files_and_folders_need_no_book() {
    let article = "---\ntitle: T\n---\n\n    a;\n";
    let files = [
        ("x/b.md", "{{#include y.js}}"),
        ("x/y.js", "1"),
        ("x/sub/a.md", article),
        ("x/c.txt", ""),
        ("x/node_modules/d.md", ""),
    ];
    check(&files, "x/b.md", &["x/b.md"], &[]);
    check(&files, "x", &["x/b.md", "x/sub/a.md"], &[]);
    check(&files, "x/no.md", &[], &["G012 x/no.md: `x/no.md` does not exist"]);
    let message = "G030 .: `.` holds no markdown file, no book.toml and no exercise.md";
    check(&[("x.txt", "")], "", &[], &[message]);
    let folder = write(&files);
    let sources = load(&folder.path().join("x/sub/a.md"), &[]);
    assert_eq!(sources.chapters[0].examples.len(), 1, "indented code of an article is code");
}

#[test]
fn a_chapter_by_itself_has_the_settings_of_its_book() {
    let toml = "[book]\nsrc = \"book\"\n[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\nindented = true\nbad = 1\n";
    let files = [("book.toml", toml), ("book/a.md", "    a;\n\n{{#exercise no}}"), ("other.md", "    a;")];
    let folder = write(&files);
    let inside = load(&folder.path().join("book/a.md"), &[]);
    assert_eq!(inside.chapters[0].examples.len(), 1);
    let expected = [
        "G011 book.toml:7:1+3: `bad` is not a setting of Galley",
        "G020 book/a.md:3:1+16: there is no exercise `no`",
    ];
    assert_eq!(findings(&inside, folder.path()), expected);
    let outside = load(&folder.path().join("other.md"), &[]);
    assert!(outside.chapters[0].examples.is_empty() && outside.diagnostics.is_empty());
}

const EXERCISE: &[(&str, &str)] = &[
    (
        "exercise.md",
        "# One\n\nPrompt.\n\n## Hint\n\nFirst.\n\n## Hint 2\n\nSecond.\n\n## Explanation\n\nWhy.\n",
    ),
    ("starter.js", ""),
    ("solution.js", "exports.add = (a, b) => a + b;\n"),
    ("test.js", "test();"),
];

/// A book with the exercise `one`, some of its files replaced, added or (empty text) removed.
fn book_with(chapter: &str, changes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = write(&[("book.toml", TOML), ("book/SUMMARY.md", "- [A](a.md)\n"), ("book/a.md", chapter)]);
    for (name, text) in EXERCISE.iter().chain(changes) {
        let path = folder.path().join("exercises/one").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if text.is_empty() && *name != "starter.js" {
            fs::remove_file(path).unwrap();
        } else {
            fs::write(path, text).unwrap();
        }
    }
    folder
}

#[test]
fn an_exercise_is_read_with_all_its_parts() {
    let changes = [
        ("wrong/a.js", "// no"),
        ("files/lib/x.js", "1"),
        ("exercise.toml", "difficulty = 2\ncheck = \"output\"\nmodule = \"esm\"\nanswer = \"a.mjs\"\n"),
        ("test.js", ""),
    ];
    let folder = book_with("{{#exercise one}}\n", &changes);
    let sources = load(folder.path(), &[]);
    assert_eq!(findings(&sources, folder.path()), [""; 0]);
    let exercise = &sources.exercises[0];
    let part = |range: &std::ops::Range<usize>| exercise.text.text[range.clone()].trim().to_owned();
    assert_eq!(
        (exercise.name.as_str(), exercise.folder.as_str(), exercise.title.as_str()),
        ("one", "exercises/one", "One")
    );
    assert_eq!(part(&exercise.prompt), "Prompt.");
    assert_eq!(exercise.hints.iter().map(part).collect::<Vec<_>>(), ["First.", "Second."]);
    assert_eq!(exercise.explanation.as_ref().map(part).as_deref(), Some("Why."));
    assert_eq!((exercise.wrong.len(), exercise.files[0].0.as_str()), (1, "lib/x.js"));
    assert_eq!((exercise.settings.difficulty, exercise.settings.answer.as_str()), (Some(2), "a.mjs"));
    assert!(exercise.test.is_none());
    let alone = load(&folder.path().join("exercises/one"), &[]);
    assert_eq!((alone.exercises.len(), alone.diagnostics.len()), (1, 0));
}

#[track_caller]
fn check_exercise(chapter: &str, changes: &[(&str, &str)], expected: &[&str]) {
    let folder = book_with(chapter, changes);
    assert_eq!(findings(&load(folder.path(), &[]), folder.path()), expected);
}

#[test]
fn each_rule_of_an_exercise_that_needs_no_run_is_checked() {
    let check = |file: &str, text: &str, expected: &str| {
        check_exercise("{{#exercise one}}", &[(file, text)], &[expected]);
    };
    let title = "G020 exercises/one/exercise.md:1:1+5";
    check("solution.js", "", &format!("{title}: the exercise has no solution.js"));
    check("test.js", "", &format!("{title}: the exercise has no test.js"));
    check("solution.js", " ", "G020 exercises/one/solution.js: solution.js is empty");
    check("starter.js", "\0", "G020 exercises/one/starter.js: starter.js holds a NUL character");
    check("stray.js", "1", "G020 exercises/one/stray.js: `stray.js` is no part of an exercise");
    let page = |text: &str, expected: &str| {
        check("exercise.md", text, &format!("G020 exercises/one/exercise.md{expected}"));
    };
    page("Prompt.", ": the exercise has no title");
    page("# T\n## Hint\nx", ":1:1+3: the exercise has no prompt");
    page("# T\nx\n## Hint\n\n## Explanation\ny", ":3:1+7: this hint is empty");
    page("# T\nx\n## Hint\nexports.add =\n(a, b) => a + b;", ":3:1+7: this hint holds the whole solution");
    page("# T\nx\n## Hint\nx\n## More\ny", ":5:1+7: this section is shown nowhere");
    page("# T\nx\n\n{{#exercise two}}", ":4:1+17: an exercise can't hold another one");
    check_exercise("{{#exercise one}}", &[("exercise.md", "# T\n## Notes\ny\n## Hint\nz")], &[]);
    let toml = |text: &str, expected: &str| {
        check("exercise.toml", text, &format!("G020 exercises/one/exercise.toml:{expected}"));
    };
    toml("dificulty = 1", "1:1+9: `dificulty` is not a setting of an exercise");
    toml("difficulty = 4", "1:14+1: `difficulty` can't have this value");
    toml("answer = \"../x.js\"", "1:10+9: `answer` can't have this value");
    toml("after = \"two\"", "1:9+5: there is no exercise `two`");
}

#[test]
fn each_exercise_has_exactly_one_place() {
    let nowhere = "G020 exercises/one/exercise.md:1:1+5: no chapter holds the exercise `one`";
    check_exercise("", &[], &[nowhere]);
    check_exercise("{{#exercise on}}", &[], &["G020 book/a.md:1:1+16: there is no exercise `on`", nowhere]);
    check_exercise(
        "{{#exercise one}}\n\nx\n\n{{#exercise one}}",
        &[],
        &["G020 book/a.md:5:1+17: the exercise `one` has a place already"],
    );
}

#[test]
fn folders_without_an_exercise_and_bad_names_are_errors() {
    let folder = book_with("{{#exercise one}}", &[]);
    fs::create_dir_all(folder.path().join("exercises/empty")).unwrap();
    fs::rename(folder.path().join("exercises/one"), folder.path().join("exercises/One")).unwrap();
    let expected = [
        "G020 exercises/One: `One` can't be the name of an exercise",
        "G020 exercises/empty: `exercises/empty` holds no exercise.md",
        "G020 book/a.md:1:1+17: there is no exercise `one`",
        "G020 exercises/One/exercise.md:1:1+5: no chapter holds the exercise `One`",
    ];
    assert_eq!(findings(&load(folder.path(), &[]), folder.path()), expected);
}

/// What mdBook's `links` makes of a chapter's text.
fn after_links(root: &Path, path: &str, text: &str) -> String {
    let mut config = mdbook_preprocessor::config::Config::default();
    config.book.src = PathBuf::from("src");
    let context = PreprocessorContext::new(root.to_path_buf(), config, "html".to_owned());
    let chapter = Chapter::new("C", text.to_owned(), path, Vec::new());
    let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
    let book = LinkPreprocessor::new().run(&context, book).unwrap();
    match &book.items[0] {
        BookItem::Chapter(chapter) => chapter.content.clone(),
        _ => panic!("no chapter"),
    }
}

#[test]
fn links_after_our_includes_gives_what_links_alone_gives() {
    let code = "// ANCHOR: a\r\none\r\n// ANCHOR: b\ntwo\n// ANCHOR_END: b\nthree\n// ANCHOR_END: a\nfour";
    let nested = "N {{#include ../code.js:b}} {{ #include deep.md:2 }}\n\\{{#include x}} é\n";
    let files = [
        ("src/code.js", code),
        ("src/sub/nested.md", nested),
        ("src/sub/deep.md", "skip\n{{#include ../code.js:2:}} {{#rustdoc}}\n"),
        ("src/sub/empty.md", ""),
        ("outside.js", "out\n\n"),
    ];
    let folder = write(&files);
    let directives = [
        "{{#include ../code.js}}",
        "{{#include ../code.js:2}}",
        "{{#include ../code.js:2:4}}",
        "{{#include ../code.js::3}}",
        "{{#include ../code.js:a}}",
        "{{#include ../code.js:b}}",
        "{{#include nested.md}}",
        "{{#include empty.md}}",
        "{{#include ../../outside.js}}",
        "\\{{#include nested.md}}",
        "{{#title New}}",
        "{{#exercise one}}",
        "{{#playground ../code.js editable}}",
        "{{#rustdoc_include ../code.js:2}}",
        "{{#include\nnested.md\n}}",
        "\n",
        "`",
        "é ",
        "> ",
        "\r\n",
    ];
    let mut state = 3_u64;
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..6 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(directives[(state >> 33) as usize % directives.len()]);
            // An escape reaches to the last "}}" of its line, so that what follows must not share the line.
            text.push('\n');
        }
        let file = SourceFile::new("src/sub/chapter.md", &text);
        let (expanded, diagnostics) = include::expand(&file, &mut reader(folder.path()));
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let ours = after_links(folder.path(), "sub/chapter.md", &expanded.text);
        assert_eq!(ours, after_links(folder.path(), "sub/chapter.md", &text), "{text}");
    }
}

#[test]
fn examples_beyond_the_ceiling_are_left_out_with_one_finding() {
    let file = SourceFile::new("a.md", &"```js\n1\n```\n\n".repeat(5));
    let ceilings = Ceilings { examples: 2, ..Ceilings::UNTRUSTED };
    let config = Arc::new(Config { ceilings, ..Config::default() });
    let read = || chapter("a.md", &file, &config, &mut |_| Err(ReadError::Missing)).0;
    let (chapters, exercises) = (vec![read(), read()], Vec::new());
    let mut sources = Sources {
        config: Arc::clone(&config),
        chapters,
        exercises,
        diagnostics: Vec::new(),
        unreadable: false,
    };
    limit_examples(&mut sources);
    let counts: Vec<usize> = sources.chapters.iter().map(|chapter| chapter.examples.len()).collect();
    assert_eq!(counts, [2, 0]);
    let [finding] = &sources.diagnostics[..] else { panic!("{:?}", sources.diagnostics) };
    let Place::Span(span) = &finding.place else { panic!("no span") };
    assert_eq!((span.start_position().line, finding.severity), (9, Severity::Error));
    assert!(finding.message.contains("more than 2 examples"), "{}", finding.message);
}
