//! `new --exercise`: what it writes is a sound exercise, whole or not at all, and nothing that is there is touched.

use crate::support::{Book, Ran};

const CHAPTER: &str = "# One\n\n{{#exercise twice}}\n";

#[test]
fn what_it_writes_is_sound() {
    for module in ["cjs", "esm"] {
        let book = Book::of(CHAPTER);
        let ran = book.run(&["new", "--exercise", "twice", "--module", module]).expect(0);
        ran.says(&["exercises/twice\n", "{{#exercise twice}}", "`mdbook-galley check exercises/twice`"]);
        let (report, code) = book.check(".");
        let exercise = &report["exercises"][0];
        assert_eq!((code, &report["diagnostics"]), (0, &serde_json::json!([])), "{report:#}");
        assert_eq!(
            (&exercise["status"], &exercise["starter"]["outcome"]),
            (&"passed".into(), &"failed".into())
        );
        assert_eq!(exercise["wrong"][0]["outcome"], "failed");
        assert_eq!(report["summary"]["claims"]["held"], 1);
    }
}

#[test]
fn without_a_place_it_is_sound_but_for_that() {
    let book = Book::of("# One\n\n```js\n1 // 1\n```\n");
    book.run(&["new", "--exercise", "twice"]).expect(0);
    let (report, code) = book.check(".");
    let findings = report["diagnostics"].as_array().expect("a list");
    let [found] = &findings[..] else { panic!("{report:#}") };
    assert_eq!((code, &found["severity"]), (0, &"warning".into()));
    assert!(found["message"].as_str().is_some_and(|text| text.contains("no chapter holds")), "{found:#}");
    let (report, code) = book.check("exercises/twice");
    assert_eq!((code, &report["diagnostics"]), (0, &serde_json::json!([])), "{report:#}");
}

/// Each changes the solution a little, as one who mistypes.
const MUTANTS: &[(&str, &str)] = &[
    ("number * 2", "number / 2"),
    ("number * 2", "number + 2"),
    ("number * 2", "number - 2"),
    ("number * 2", "number ** 2"),
    ("number * 2", "number * 3"),
    ("number * 2", "number"),
    ("number * 2", "-(number * 2)"),
    ("return number * 2;", "return undefined;"),
    ("return number * 2;", "return;"),
    ("  return number * 2;\n", ""),
];

#[test]
fn no_mutant_of_its_solution_passes() {
    for module in ["cjs", "esm"] {
        let book = Book::of("# One\n\n```js\n1 // 1\n```\n");
        let folders: Vec<String> = (0..MUTANTS.len()).map(|at| format!("mutant-{at}")).collect();
        for (folder, (original, mutated)) in folders.iter().zip(MUTANTS) {
            book.run(&["new", "--exercise", folder, "--module", module]).expect(0);
            let path = format!("exercises/{folder}/solution.js");
            let solution = book.read(&path);
            assert!(solution.contains(original), "{original} is not in {solution}");
            book.write(&path, solution.replace(original, mutated));
        }
        let (report, _) = book.check(".");
        for (exercise, mutant) in report["exercises"].as_array().expect("a list").iter().zip(MUTANTS) {
            assert_eq!(exercise["solution"]["outcome"], "failed", "{mutant:?} {exercise:#}");
        }
        assert_eq!(report["exercises"].as_array().map(Vec::len), Some(MUTANTS.len()));
    }
}

fn refused(book: &Book, args: &[&str]) -> Ran {
    let before = book.tree("");
    let ran = book.run(args).expect(2);
    assert_eq!(book.tree(""), before);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    ran
}

#[test]
fn what_it_refuses_changes_nothing() {
    let book = Book::of(CHAPTER);
    refused(&book, &["new", "--exercise", "My Songs"]).says(&[
        "`My Songs`",
        "a-z, 0-9 and `-`",
        "e.g. `my-songs`",
    ]);
    refused(&book, &["new", "--exercise", "../up"]).says(&["can't be the name"]);
    refused(&book, &["new", "--exercise", ""]).says(&["can't be the name"]);
    refused(&book, &["new", "src", "--exercise", "twice"]).says(&[
        "there is no book in src",
        "book.toml",
        "`mdbook-galley new DIR --exercise NAME`",
    ]);
    refused(&book, &["new", "nowhere", "--exercise", "twice"]).says(&["there is no book in nowhere"]);
    refused(&book, &["new", "other", "--module", "esm"]).says(&["--exercise"]);
    book.write("exercises/mine/notes.txt", "mine");
    refused(&book, &["new", "--exercise", "mine"]).says(&["exercises/mine is there already"]);
    book.write("book.toml", "[book\n");
    refused(&book, &["new", "--exercise", "twice"]).says(&["book.toml"]);
    let taken = Book::of(CHAPTER);
    taken.write("exercises", "a file");
    refused(&taken, &["new", "--exercise", "twice"]).says(&["can't make the folder exercises"]);
}

#[test]
fn it_goes_where_the_book_has_its_exercises() {
    let book = Book::empty();
    book.write("deep/book/book.toml", "[preprocessor.galley]\nexercises = \"tasks/all\"\n");
    book.run(&["new", "deep/book", "--exercise", "twice"])
        .expect(0)
        .says(&["`mdbook-galley check deep/book/tasks/all/twice`"]);
    let (report, code) = book.check("deep/book/tasks/all/twice");
    assert_eq!((code, &report["exercises"][0]["name"]), (0, &"twice".into()));
}

/// A shell that ignores the signal hands that on, so that a write beyond the limit fails as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_half() {
    use crate::support::{GALLEY, run};
    let book = Book::of(CHAPTER);
    let before = book.tree("");
    let script = format!("trap '' XFSZ; ulimit -f 1; exec '{GALLEY}' new --exercise twice");
    let ran = run(std::process::Command::new("sh").args(["-c", &script]).current_dir(book.path("")));
    ran.expect(2).says(&["can't write"]);
    assert_eq!(book.tree(""), before);
    assert!(!book.path("exercises").exists());
}
