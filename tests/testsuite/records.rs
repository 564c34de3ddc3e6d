//! What came of an answer, told by `check` and by `learn`, against records that are kept: tests/records/README.md.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use snapbox::{Assert, Data};

use crate::support::{Book, GALLEY, project, run, tree};

fn folder() -> PathBuf {
    project().join("tests/records")
}

/// An answer and where its record is.
struct Answer {
    exercise: String,
    name: String,
    text: Vec<u8>,
    record: PathBuf,
}

fn answers() -> Vec<Answer> {
    let files = tree(&folder().join("answers"));
    for path in files.keys().filter(|path| path.extension().is_some_and(|end| end == "json")) {
        assert!(files.contains_key(&path.with_extension("js")), "{} is of no answer", path.display());
    }
    let scripts = files.into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "js"));
    let name_of = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    scripts
        .map(|(path, text)| Answer {
            exercise: name_of(path.parent().expect("a folder")),
            name: name_of(&path),
            text,
            record: path.with_extension("json"),
        })
        .collect()
}

/// The kept record, or with `SNAPSHOTS=overwrite` the one that is kept from now on.
fn assert_record(answer: &Answer, record: &Value) {
    let text = serde_json::to_string_pretty(record).expect("JSON") + "\n";
    let kept = Data::read_from(&answer.record, None).raw();
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(text).raw(), kept);
}

fn copy(from: &Path, book: &Book, to: &str) {
    for (path, bytes) in tree(from) {
        let below = path.strip_prefix(from).expect("below").to_string_lossy().into_owned();
        book.write(&format!("{to}/{below}"), bytes);
    }
}

/// Each answer takes the place of a starter.
#[test]
fn check_gives_the_records() {
    let answers = answers();
    let book = Book::empty();
    book.write("book.toml", "[preprocessor.galley]\nmutants = false\n");
    let name = |answer: &Answer| format!("{}--{}", answer.exercise, answer.name);
    for answer in &answers {
        let own = format!("exercises/{}", name(answer));
        copy(&folder().join("exercises").join(&answer.exercise), &book, &own);
        book.write(&format!("{own}/starter.js"), &answer.text);
    }
    let (report, _) = book.check("exercises");
    let exercises = report["exercises"].as_array().expect("a list");
    assert_eq!(exercises.len(), answers.len());
    for answer in &answers {
        let exercise =
            exercises.iter().find(|exercise| exercise["name"] == *name(answer)).expect("its report");
        assert_eq!(exercise["solution"]["outcome"], "passed", "{exercise:#}");
        let mut record = exercise["starter"].clone();
        record["exercise"] = answer.exercise.as_str().into();
        assert_record(answer, &record);
    }
}

#[test]
fn learn_gives_the_records() {
    let book = Book::empty();
    for part in ["src", "exercises"] {
        copy(&folder().join(part), &book, &format!("book/{part}"));
    }
    book.write("book/book.toml", std::fs::read(folder().join("book.toml")).expect("a file"));
    for answer in answers() {
        book.write(&format!("answers/{}/answer.js", answer.exercise), &answer.text);
        let ran = run(Command::new(GALLEY)
            .args(["learn", "book", "--exercise", &answer.exercise, "--into", "answers", "--format", "json"])
            .current_dir(book.path("")));
        let record: Value = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{}: {error}\n{}\n{}", answer.name, ran.stdout, ran.stderr));
        assert_eq!(ran.code, i32::from(record["outcome"] != "passed"), "{}", answer.name);
        assert_record(&answer, &record);
    }
}
