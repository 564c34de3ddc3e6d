//! `check --watch`: a report for each change of a source, and for nothing else.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Book, GALLEY};

const TRUE: &str = "# One\n\n```js\n1 + 1 // => 2\n```\n";
const FALSE: &str = "# One\n\n```js\n1 + 1 // => 3\n```\n";

/// A watching process, which ends with the test.
struct Watching {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

impl Watching {
    fn start(book: &Book, args: &[&str]) -> Watching {
        let mut command = Command::new(GALLEY);
        command.args(["check", "--watch"]).args(args).current_dir(book.path("")).env("GALLEY_CACHE_DIR", "");
        #[cfg(unix)]
        heed_interrupts(&mut command);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let stdout = lines(child.stdout.take().expect("a pipe"));
        let stderr = lines(child.stderr.take().expect("a pipe"));
        Watching { child, stdout, stderr }
    }

    /// The next report: the messages of its findings, once the process waits again.
    #[track_caller]
    fn report(&self) -> Vec<String> {
        let line = next(&self.stdout);
        let report: Value = serde_json::from_str(&line).expect("a document in a line");
        let findings = report["diagnostics"].as_array().expect("findings").clone();
        findings.iter().map(|found| found["message"].as_str().expect("a message").to_owned()).collect()
    }

    #[track_caller]
    fn waits(&self) {
        assert_eq!(next(&self.stderr), "watching for changes; Ctrl-C ends it");
    }

    /// What it says to have changed.
    #[track_caller]
    fn changed(&self) -> String {
        let line = next(&self.stderr);
        line.strip_prefix("changed: ").unwrap_or_else(|| panic!("{line}")).replace('\\', "/")
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let read = BufReader::new(from).lines().map_while(Result::ok);
        read.for_each(|line| drop(sender.send(line)));
    });
    lines
}

/// Far longer than anything takes, so that a test ends.
#[track_caller]
fn next(lines: &Receiver<String>) -> String {
    lines.recv_timeout(Duration::from_secs(60)).expect("a line")
}

#[track_caller]
fn says(findings: &[String], parts: &[&str]) {
    assert_eq!(findings.len(), parts.len(), "{findings:?}");
    for (found, part) in findings.iter().zip(parts) {
        assert!(found.contains(part), "{part:?} is not in {found:?}");
    }
}

/// As many editors save: beside the file, then in its place.
fn save(book: &Book, path: &str, text: &str) {
    let beside = format!("{path}.new");
    book.write(&beside, text);
    std::fs::rename(book.path(&beside), book.path(path)).expect("it can be renamed");
}

#[test]
fn a_book_is_verified_again_whatever_happens_to_it() {
    let book = Book::of(TRUE);
    let toml = book.read("book.toml");
    let watching = Watching::start(&book, &["--format", "json"]);
    says(&watching.report(), &[]);
    watching.waits();
    let round = |path: &str, parts: &[&str]| {
        says(&watching.report(), parts);
        let changed = watching.changed();
        assert!(changed.split(", ").any(|name| name == path), "{changed}");
        watching.waits();
    };
    book.write("src/one.md", FALSE);
    round("src/one.md", &["stated as `3`"]);
    save(&book, "src/one.md", TRUE);
    round("src/one.md", &[]);
    std::fs::remove_file(book.path("src/one.md")).expect("it is there");
    round("src/one.md", &["`one.md` does not exist"]);
    book.write("src/one.md", FALSE);
    round("src/one.md", &["stated as `3`"]);
    book.write("src/one.md", TRUE);
    round("src/one.md", &[]);
    book.write("book.toml", "[book\n");
    round("book.toml", &["not valid TOML"]);
    book.write("book.toml", &toml);
    round("book.toml", &[]);
    std::fs::rename(book.path("src"), book.path("away")).expect("it can be renamed");
    round("src", &["no SUMMARY.md"]);
    std::fs::rename(book.path("away"), book.path("src")).expect("it can be renamed");
    round("src", &[]);
    book.write("src/one.md", FALSE);
    round("src/one.md", &["stated as `3`"]);
    std::fs::create_dir_all(book.path("src/deep/er")).expect("a folder");
    book.write("src/deep/er/code.js", "2 + 2 // => 5\n");
    book.write("src/one.md", "# One\n\n```js\n{{#include deep/er/code.js}}\n```\n");
    let mut found = watching.report();
    // The folder, the file and the chapter may come one by one.
    while !found.iter().any(|found| found.contains("stated as `5`")) {
        found = watching.report();
    }
}

#[test]
fn a_folder_in_another_one_s_place_is_watched() {
    let book = Book::of(TRUE);
    let summary = book.read("src/SUMMARY.md");
    let watching = Watching::start(&book, &["--format", "json"]);
    says(&watching.report(), &[]);
    watching.waits();
    std::fs::rename(book.path("src"), book.path("away")).expect("it can be renamed");
    book.write("src/SUMMARY.md", &summary);
    book.write("src/one.md", FALSE);
    let until = |part: &str| {
        while !watching.report().iter().any(|found| found.contains(part)) {}
    };
    until("stated as `3`");
    book.write("src/one.md", FALSE.replace("=> 3", "=> 4"));
    until("stated as `4`");
}

#[test]
fn exercises_belong_to_a_book() {
    let book = Book::of("# One\n\n{{#exercise e}}\n");
    book.write("exercises/e/exercise.md", "# E\n\nDo it.\n");
    book.write("exercises/e/starter.js", "throw new Error('TODO');\n");
    book.write("exercises/e/solution.js", "exports.e = 1;\n");
    let test = |number: usize| {
        format!(
            "require('node:test')('e', () => require('node:assert').strictEqual(require('./answer.js').e, {number}));\n"
        )
    };
    book.write("exercises/e/test.js", test(1));
    let watching = Watching::start(&book, &["--format", "json"]);
    says(&watching.report(), &[]);
    book.write("exercises/e/test.js", test(2));
    says(&watching.report(), &["the solution does not pass"]);
}

#[test]
fn a_lone_file_brings_its_includes() {
    let book = Book::empty();
    book.write("texts/a.md", "# A\n\n```js\n{{#include ../code/a.js}}\n```\n");
    book.write("code/a.js", "1 + 1 // => 2\n");
    book.write("code/b.js", "1 + 1 // => 2\n");
    let watching = Watching::start(&book, &["--format", "json", "texts/a.md"]);
    says(&watching.report(), &[]);
    watching.waits();
    // Nobody reads these.
    book.write("texts/b.md", FALSE);
    book.write("code/b.js", "1 + 1 // => 3\n");
    save(&book, "code/a.js", "1 + 1 // => 3\n");
    says(&watching.report(), &["stated as `3`"]);
    assert_eq!(watching.changed(), "code/a.js");
    watching.waits();
    std::fs::remove_file(book.path("code/a.js")).expect("it is there");
    assert!(!watching.report().is_empty());
    assert_eq!(watching.changed(), "code/a.js");
    watching.waits();
    save(&book, "texts/a.md", TRUE);
    says(&watching.report(), &[]);
    assert_eq!(watching.changed(), "texts/a.md");
    watching.waits();
    std::fs::remove_file(book.path("texts/a.md")).expect("it is there");
    assert!(!watching.report().is_empty());
    book.write("texts/a.md", FALSE);
    says(&watching.report(), &["stated as `3`"]);
}

#[test]
fn a_path_that_is_not_there_is_waited_for() {
    let book = Book::empty();
    let watching = Watching::start(&book, &["--format", "json", "later"]);
    assert!(!watching.report().is_empty());
    watching.waits();
    std::fs::create_dir(book.path("later")).expect("a folder");
    book.write("later/a.md", FALSE);
    let mut found = watching.report();
    while !found.iter().any(|found| found.contains("stated as `3`")) {
        found = watching.report();
    }
}

#[test]
fn what_builds_and_editors_leave_is_no_source() {
    let book = Book::of(TRUE);
    for folder in ["site", "target", ".git", "theme", "kept", "src/node_modules", "src/.idea"] {
        book.write(&format!("{folder}/before.md"), FALSE);
    }
    let args = ["--format", "json", "--output", "report.json", "--cache-dir", "kept"];
    let watching = Watching::start(&book, &args);
    watching.waits();
    let left = [
        "site/one.html",
        "target/debug/x",
        "target/before.md",
        ".git/index",
        "theme/galley/galley.css",
        "kept/x",
        "src/node_modules/x.js",
        "src/.idea/x",
        "src/.one.md.swp",
        "src/one.md~",
        "src/#one.md#",
        "src/4913",
        "src/one.md.tmp",
        "src/one.md___jb_tmp___",
    ];
    for path in left {
        book.write(path, FALSE);
    }
    // Events come in their order: had one of these counted, it would be told.
    thread::sleep(Duration::from_millis(300));
    book.write("src/one.md", FALSE);
    assert_eq!(watching.changed(), "src/one.md");
    watching.waits();
    let report: Value = serde_json::from_str(&book.read("report.json")).expect("JSON");
    assert_eq!(report["summary"]["claims"]["broken"], 1);
    assert!(book.read("report.json").lines().count() > 10, "a file is for reading");
    // Nor does a report or what was kept lead to another round.
    thread::sleep(Duration::from_millis(300));
    book.write("src/one.md", TRUE);
    assert_eq!(watching.changed(), "src/one.md");
    watching.waits();
}

#[test]
fn a_person_reads_each_report_and_a_file_is_no_terminal() {
    let book = Book::of(TRUE);
    let watching = Watching::start(&book, &[]);
    assert!(next(&watching.stdout).starts_with("verified: 1 claim held"));
    book.write("src/one.md", FALSE);
    assert_eq!(next(&watching.stdout), "error[G001]: the value is stated as `3`, but the run gives `2`");
}

/// What is started in the background of a script ignores them, and so does all that it starts.
#[cfg(unix)]
fn heed_interrupts(command: &mut Command) {
    use std::os::unix::process::CommandExt;

    use nix::sys::signal::{SigHandler, Signal, signal};

    // SAFETY: between fork and exec it calls nothing but signal(2), which may be called there.
    unsafe {
        command
            .pre_exec(|| signal(Signal::SIGINT, SigHandler::SigDfl).map(drop).map_err(std::io::Error::from))
    };
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    use std::os::unix::process::ExitStatusExt;

    let book = Book::of(TRUE);
    let mut watching = Watching::start(&book, &[]);
    watching.waits();
    let id = watching.child.id().to_string();
    let sent = Command::new("sh").args(["-c", "kill -INT $0", &id]).status().expect("a shell");
    assert!(sent.success());
    let status = watching.child.wait().expect("it ends");
    // Which a shell shows as 130.
    assert_eq!(status.signal(), Some(2), "{status}");
}

#[cfg(unix)]
#[test]
fn it_ends_when_its_reader_has_gone() {
    let book = Book::of(FALSE);
    let mut command = Command::new(GALLEY);
    command.args(["check", "--watch"]).current_dir(book.path("")).env("GALLEY_CACHE_DIR", "");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    reader.read_line(&mut first).expect("a line");
    assert!(first.starts_with("error[G001]"), "{first}");
    assert_eq!(child.try_wait().expect("a state"), None, "it has a reader");
    drop(reader);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn it_goes_with_no_command_that_ends() {
    let book = Book::of(TRUE);
    for other in ["--bless", "--suggest-claims"] {
        book.run(&["check", "--watch", other]).expect(2).says(&["cannot be used with"]);
    }
    let folder = Path::new("no/such/folder");
    let ran = book.run(&["check", "--watch", "--output", &folder.join("report").to_string_lossy()]);
    ran.expect(2).says(&["can't write the report"]);
}

#[test]
fn an_exercise_is_verified_again_when_a_file_of_it_changes() {
    let book = Book::of(TRUE);
    for name in ["one", "two"] {
        let ran = book.run(&["new", "--exercise", name]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    for path in ["exercises/one", "exercises/one/solution.js"] {
        let watching = Watching::start(&book, &[path, "--format", "json"]);
        says(&watching.report(), &[]);
        watching.waits();
        let round = |name: &str, text: &str, parts: &[&str]| {
            book.write(&format!("exercises/one/{name}"), text);
            says(&watching.report(), parts);
            let changed = watching.changed();
            assert!(changed.contains(&format!("exercises/one/{name}")), "{changed}");
            watching.waits();
        };
        let solution = book.read("exercises/one/solution.js");
        let test = book.read("exercises/one/test.js");
        let starter = book.read("exercises/one/starter.js");
        // What is beside it is no source.
        book.write("exercises/two/solution.js", "no JavaScript");
        round("starter.js", &solution, &["already passes"]);
        round("starter.js", &starter, &[]);
        round("test.js", &test.replace("42", "43"), &["the solution does not pass"]);
        round("test.js", &test, &[]);
        round("exercise.toml", "difficulty = 4\n", &["`difficulty` can't have this value"]);
        round("exercise.toml", "", &[]);
        round("wrong/silent.js", "module.exports = 2;\n", &["has no message"]);
        round("wrong/silent.js", "// It is no function.\nmodule.exports = 2;\n", &[]);
        std::fs::remove_file(book.path("exercises/one/wrong/silent.js")).expect("removed");
        says(&watching.report(), &[]);
    }
}
