//! `check` of an exercise's folder: alone, inside its book or standing free, however its path is written.

use serde_json::Value;

use crate::support::{Book, GALLEY, Ran, run};

/// A book with two sound exercises.
fn book() -> Book {
    let book = Book::of("# One\n\n{{#exercise one}}\n\n{{#exercise two}}\n");
    for name in ["one", "two"] {
        book.run(&["new", "--exercise", name]).expect(0);
    }
    book
}

/// In a folder of the book.
fn check(book: &Book, folder: &str, args: &[&str]) -> (Value, Ran) {
    let mut command = std::process::Command::new(GALLEY);
    let ran = run(command.args(["check", "--format", "json"]).args(args).current_dir(book.path(folder)));
    let report = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|error| panic!("{error}\n{}\n{}", ran.stdout, ran.stderr));
    (report, ran)
}

fn names(report: &Value) -> Vec<&str> {
    let exercises = report["exercises"].as_array().expect("a list");
    exercises.iter().map(|exercise| exercise["name"].as_str().expect("a name")).collect()
}

#[test]
fn however_its_path_is_written() {
    let book = book();
    let absolute = book.path("exercises/one").to_string_lossy().into_owned();
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("", &["exercises/one"], &["one"]),
        ("", &["exercises/one/"], &["one"]),
        ("", &["./exercises/one"], &["one"]),
        ("", &["exercises/../exercises/one"], &["one"]),
        ("", &[&absolute], &["one"]),
        ("", &["exercises/one", "exercises/two"], &["one", "two"]),
        ("", &["exercises/two", "exercises/one", "./exercises/two/"], &["two", "one"]),
        ("", &["exercises"], &["one", "two"]),
        ("", &["exercises/one/exercise.md"], &["one"]),
        ("", &["exercises/one/test.js"], &["one"]),
        ("", &["exercises/one/wrong/returns-nothing.js"], &["one"]),
        ("exercises", &["one"], &["one"]),
        ("exercises/one", &[], &["one"]),
        ("exercises/one", &["."], &["one"]),
        ("exercises/one", &["./"], &["one"]),
        ("exercises/one", &["../two", "."], &["two", "one"]),
        ("exercises/one", &["solution.js"], &["one"]),
        ("exercises/one/wrong", &[".."], &["one"]),
        ("", &["--untrusted", "exercises/one/", "exercises/two/test.js"], &["one", "two"]),
        ("exercises/one", &["--untrusted", "."], &["one"]),
    ];
    for (folder, args, wanted) in cases {
        let (report, ran) = check(&book, folder, args);
        assert_eq!((names(&report), ran.code), (wanted.to_vec(), 0), "{folder} {args:?} {report:#}");
        assert_eq!(report["diagnostics"], serde_json::json!([]), "{folder} {args:?}");
    }
}

#[test]
fn a_finding_is_told_by_the_name_that_was_given() {
    let book = book();
    book.write("exercises/one/starter.js", book.read("exercises/one/solution.js"));
    for (folder, path, wanted) in [
        ("", "exercises/one/", "exercises/one/starter.js"),
        ("exercises", "one", "one/starter.js"),
        ("exercises/one", ".", "starter.js"),
        ("exercises/two", "../one", "../one/starter.js"),
    ] {
        let (report, ran) = check(&book, folder, &[path]);
        assert_eq!((ran.code, &report["diagnostics"][0]["file"]), (1, &wanted.into()), "{report:#}");
    }
    let inside = run(std::process::Command::new(GALLEY).arg("check").current_dir(book.path("exercises/one")));
    inside.expect(1).says(&["    mdbook-galley check .\n"]);
}

#[test]
fn what_is_wrong_with_its_settings_fails_it() {
    let book = book();
    book.write("exercises/one/exercise.toml", "difficulty = 4\n");
    for (folder, path) in [("", "exercises/one"), ("", "exercises/one/"), ("exercises/one", ".")] {
        let (report, ran) = check(&book, folder, &[path]);
        assert_eq!((ran.code, &report["exercises"][0]["status"]), (1, &"failed".into()), "{report:#}");
    }
}

#[test]
fn the_settings_of_its_book_hold() {
    let book = book();
    book.write("exercises/one/exercise.md", "# One\n\nPick.\n\n```js\nnew Date(0).getHours() // => 1\n```\n");
    let toml = book.read("book.toml");
    book.write("book.toml", format!("{toml}\n[preprocessor.galley]\nzone = \"+01:00\"\n"));
    assert_eq!(check(&book, "", &["exercises/one"]).1.code, 0);
    assert_eq!(check(&book, "exercises/one", &[]).1.code, 0);
    // Standing free it has the defaults.
    let free = Book::empty();
    for (path, bytes) in book.tree("exercises/one") {
        let below = path.strip_prefix(book.path("exercises")).expect("below").to_path_buf();
        free.write(&below.to_string_lossy(), bytes);
    }
    let (report, ran) = check(&free, "", &["one"]);
    assert_eq!((ran.code, &report["claims"][0]["actual"]), (1, &"0".into()), "{report:#}");
    // One path's book is not another's.
    let both = check(&free, "", &["one", &book.path("exercises/one").to_string_lossy()]).0;
    let verdicts: Vec<&Value> =
        both["claims"].as_array().expect("a list").iter().map(|claim| &claim["verdict"]).collect();
    assert_eq!(verdicts, ["broken", "held"]);
}

#[test]
fn what_it_builds_on_is_one_of_the_book() {
    let book = book();
    book.write("exercises/one/exercise.toml", "after = \"two\"\n");
    assert_eq!(check(&book, "", &["exercises/one"]).1.code, 0);
    book.write("exercises/one/exercise.toml", "after = \"tow\"\n");
    let (report, ran) = check(&book, "", &["exercises/one"]);
    assert_eq!((ran.code, &report["diagnostics"][0]["message"]), (1, &"there is no exercise `tow`".into()));
}

#[test]
fn a_folder_of_the_exercises_without_a_text() {
    let book = book();
    std::fs::remove_file(book.path("exercises/one/exercise.md")).expect("removed");
    for path in ["exercises/one", "exercises"] {
        let (report, ran) = check(&book, "", &[path]);
        let found = &report["diagnostics"][0];
        assert_eq!((ran.code, &found["code"], &found["file"]), (1, &"G020".into(), &"exercises/one".into()));
        assert_eq!(found["message"], "`exercises/one` holds no exercise.md");
    }
}
