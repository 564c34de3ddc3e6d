//! What programs did is kept from run to run: the same report, without running them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Book, GALLEY, Ran, project, run, tree};

/// All ways in which an example can end, with state that is shared, files, captures and an exercise.
const CHAPTER: &str = "# One\n
```js setup\nlet count = 1;\n```\n
```js\ncount += 1; // => 2\nconsole.log({ date: new Date(8.64e15), 'ü': [,-0] });\n```\n
```js\ncount // => 2\nMath.exp(0.1); // => 1.1051709180756477\nMath.random() // => <chance>\n```\n
```js\nthrow new TypeError('no'); // throws TypeError: no\n```\n
```js\nconsole.log('out'); process.exit(3)\n```\n\n```output\nout\n```\n
```js\nawait new Promise(() => {})\n```\n
```js norun\nnothing.is.there\n```\n
```js\nvar module = {…};\n```\n
```js timeout=60000\nwhile (true) setTimeout(() => {})\n```\n
```js\nconst broken = ;\n```\n
```js\n1 + 1 // => 3\n```\n
`7` will be exported.<!-- => 1 -->\n
{{#exercise double}}\n";

fn book() -> Book {
    let book = Book::with(&[
        ("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n"),
        ("src/one.md", CHAPTER),
        ("exercises/double/exercise.md", "# Double\n\nDouble it.\n"),
        ("exercises/double/starter.js", "exports.double = (n) => { throw new Error('TODO') };\n"),
        ("exercises/double/solution.js", "exports.double = (n) => n * 2;\n"),
        (
            "exercises/double/test.js",
            "const test = require('node:test');\nconst assert = require('node:assert');\n\
             test('two', () => assert.strictEqual(require('./answer.js').double(1), 2));\n",
        ),
    ]);
    book.write(
        "book.toml",
        "[book]\ntitle = \"T\"\n[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\ntimeout = 700\n",
    );
    book
}

fn galley(folder: &Path, cache: &Path, args: &[&str]) -> Ran {
    run(Command::new(GALLEY).args(args).current_dir(folder).env("GALLEY_CACHE_DIR", cache))
}

/// The report and its text without what a cache may change.
fn report(ran: &Ran) -> (Value, String) {
    let report: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr));
    let lines = ran.stdout.lines().map(|line| line.replace("\"cached\": true", "\"cached\": false"));
    let text = lines.filter(|line| !line.contains("\"duration_ms\"")).collect::<Vec<_>>().join("\n");
    (report, text)
}

/// How many examples were known, and how many were not.
fn known(report: &Value) -> (usize, usize) {
    let examples = report["examples"].as_array().expect("examples");
    let known = examples.iter().filter(|example| example["cached"] == true).count();
    (known, examples.len() - known)
}

/// A program that is to tell which files it loads runs again, and what is known of it otherwise stays.
#[test]
fn a_picture_of_files_is_kept_apart() {
    let text = "```js file=a.js\nexports.a = 1;\n```\n\n```js\nrequire('./a').a; // => 1\n```\n";
    let book = Book::of(text);
    let cache = book.path("cache");
    let check = || {
        let ran = galley(&book.path("."), &cache, &["check", "--format", "json"]).expect(0);
        known(&report(&ran).0)
    };
    assert_eq!(check(), (0, 2));
    book.write("src/one.md", format!("{text}\n{{{{#modules}}}}\n"));
    assert_eq!(check(), (1, 1));
    assert_eq!(check(), (2, 0));
    galley(&book.path("."), &cache, &["build"]).expect(0);
    assert!(book.read("site/one.html").contains("<figure class=\"galley-modules\""));
    book.write("src/one.md", text);
    assert_eq!(check(), (2, 0));
}

#[track_caller]
fn same_when_warm(folder: &Path, args: &[&str]) {
    let cache = tempfile::tempdir().expect("a folder");
    let args: Vec<&str> = ["check", "--format", "json"].into_iter().chain(args.iter().copied()).collect();
    let (cold, warm) = (galley(folder, cache.path(), &args), galley(folder, cache.path(), &args));
    assert_eq!((cold.code, &cold.stderr), (warm.code, &warm.stderr));
    let ((cold, cold_text), (warm, warm_text)) = (report(&cold), report(&warm));
    assert_eq!(cold_text, warm_text);
    assert_eq!(known(&cold).0, 0);
    for example in warm["examples"].as_array().expect("examples") {
        let outcome = example["outcome"].as_str().expect("an outcome");
        let unlucky = ["timed-out", "crashed", "out-of-memory"].contains(&outcome);
        let ran = !["pseudo-code", "`ignore`"].iter().any(|why| example["reason"].to_string().contains(why));
        assert_eq!(example["cached"], ran && !(unlucky && example["reason"].is_null()), "{example}");
    }
    assert!(known(&warm).0 > 0, "{warm}");
    assert!(!warm["tool"]["engine"].as_str().expect("an engine").is_empty());
}

#[test]
fn a_warm_report_is_the_cold_one() {
    for state in ["isolated", "section", "chapter"] {
        same_when_warm(&book().path(""), &["--config", &format!("state={state:?}")]);
    }
    same_when_warm(project(), &[]);
    same_when_warm(project(), &["tests/claims"]);
}

#[test]
fn each_example_that_changes_runs_again() {
    let book = book();
    let cache = tempfile::tempdir().expect("a folder");
    let check = || report(&galley(&book.path(""), cache.path(), &["check", "--format", "json"])).0;
    check();
    let (before, never) = known(&check());
    book.write("src/one.md", CHAPTER.replace("# One", "# Once\n\nMore words.").replace("=> 3", "=> 2"));
    let report = check();
    assert_eq!(known(&report), (before - 1, never + 1));
    let changed: Vec<&Value> = report["examples"].as_array().expect("examples").iter().collect();
    let changed =
        changed.iter().find(|example| example["cached"] == false && example["outcome"] == "completed");
    assert_eq!(changed.expect("the changed one")["line"], 52, "{report}");
}

#[test]
fn what_ran_out_of_time_runs_each_time() {
    let book = Book::of("```js\nwhile (true);\n```\n\n```js\n1 // => 1\n```\n");
    let cache = tempfile::tempdir().expect("a folder");
    for expected in [(0, 2), (1, 1), (1, 1)] {
        let ran =
            galley(&book.path(""), cache.path(), &["check", "--format", "json", "--config", "timeout=300"]);
        let report = report(&ran).0;
        assert_eq!(known(&report), expected);
        assert_eq!(report["examples"][0]["outcome"], "timed-out");
    }
}

#[test]
fn every_command_that_verifies_uses_it() {
    let book = Book::of("# One\n\n```js\n1 + 1 // => 2\nconst a = 'b';\na; // => 'b'\n```\n");
    let cache = tempfile::tempdir().expect("a folder");
    let files = || tree(cache.path());
    galley(&book.path(""), cache.path(), &["check"]).expect(0);
    let known = files();
    assert!(!known.is_empty());
    galley(&book.path(""), cache.path(), &["build"]).expect(0);
    galley(&book.path(""), cache.path(), &["check", "--bless"]).expect(0);
    assert_eq!(known, files(), "all that they run was known");
    galley(&book.path(""), cache.path(), &["audit"]).expect(0);
    let known = files();
    galley(&book.path(""), cache.path(), &["audit"]).expect(0);
    assert_eq!(known, files(), "a second audit runs nothing");
}

#[test]
fn nothing_is_started_when_all_is_known() {
    use galley::book::load;
    use galley::engine::cache::{Cache, DEFAULT_SIZE};
    use galley::engine::pool;
    use galley::report::collect;
    use galley::verify::{Options, verify};

    let book = Book::of("# One\n\n```js\n1 + 1 // => 2\n```\n");
    let folder = tempfile::tempdir().expect("a folder");
    let run = |binary: &Path| {
        let cache = Cache::open(folder.path(), DEFAULT_SIZE, Path::new(GALLEY));
        let pool = pool::Options::new(binary.to_path_buf(), 1);
        let options =
            Options { pool, cache: Some(&cache), progress: &|_, _| {}, elsewhere: false, shard: None };
        let verified = verify(load::load(&book.path(""), &[]), &options);
        cache.save().expect("a folder that can be written");
        verified
    };
    let nobody = PathBuf::from("/there/is/no/such/binary");
    assert!(run(&nobody).is_err());
    let cold = run(Path::new(GALLEY)).expect("a worker");
    let warm = run(&nobody).expect("no worker");
    let counted = |verified| collect::document(verified, "").counted();
    assert!(warm.is_true() && counted(&warm) == counted(&cold));
    assert_eq!((&warm.engine, warm.engine.name.is_empty()), (&cold.engine, false));
}

#[test]
fn it_lies_where_nobody_has_to_ignore_it() {
    let home = tempfile::tempdir().expect("a folder");
    let of_the_user = || !tree(home.path()).is_empty();
    let check = |book: &Book, args: &[&str]| {
        let mut command = Command::new(GALLEY);
        command.arg("check").args(args).current_dir(book.path(""));
        command.env_remove("GALLEY_CACHE_DIR").env("HOME", home.path()).env_remove("XDG_CACHE_HOME");
        run(&mut command).expect(0)
    };
    let new = || Book::of("# One\n\n```js\n1 + 1 // => 2\n```\n");
    let book = new();
    book.write("target/x", "");
    check(&book, &[]);
    assert!(book.path("target/galley/CACHEDIR.TAG").is_file() && !of_the_user());

    let book = new();
    book.write("Cargo.toml", "");
    check(&book, &[]);
    assert!(book.path("target/galley/.gitignore").is_file() && !of_the_user());

    let book = new();
    let before = book.tree("");
    check(&book, &["--no-cache"]);
    check(&book, &["--config", "cache=false"]);
    assert!(!of_the_user());
    check(&book, &["--cache-dir", "given"]);
    assert!(book.path("given/CACHEDIR.TAG").is_file() && !of_the_user());
    std::fs::remove_dir_all(book.path("given")).expect("it is there");
    check(&book, &["--config", "cache='own/folder'"]);
    assert!(book.path("own/folder/CACHEDIR.TAG").is_file() && !of_the_user());
    std::fs::remove_dir_all(book.path("own")).expect("it is there");
    check(&book, &[]);
    assert!(of_the_user());
    assert_eq!(before, book.tree(""), "nothing in the author's tree");
}

#[test]
fn a_folder_that_is_there_is_left_as_it_is() {
    let book = Book::of("# One\n\n```js\n1 + 1 // => 2\n```\n");
    book.write("mine/notes.txt", "mine");
    book.run(&["check", "--cache-dir", "mine"]).expect(0);
    assert_eq!(book.read("mine/notes.txt"), "mine");
    assert!(!book.path("mine/.gitignore").exists());
    assert_eq!(book.tree("mine").len(), 2);
}

#[test]
fn a_folder_that_can_t_be_written_costs_a_warning() {
    let book = Book::of("# One\n\n```js\n1 + 1 // => 2\n```\n");
    book.write("file", "");
    for folder in ["file", "file/below"] {
        let ran = book.run(&["check", "--cache-dir", folder]).expect(0);
        assert_eq!(ran.stderr.matches("warning: ").count(), 1, "{}", ran.stderr);
        assert!(ran.stderr.contains("can't be kept in file"), "{}", ran.stderr);
        assert!(ran.stdout.starts_with("verified: 1 claim held"), "{}", ran.stdout);
    }
    assert_eq!(book.read("file"), "");
}

/// A limit on the length of files is as near to a full disk as a test gets everywhere.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_a_warning() {
    let book = Book::of("# One\n\n```js\nconsole.log('x'.repeat(9999))\n1 + 1 // => 2\n```\n");
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" check --cache-dir kept";
    let full = || run(Command::new("sh").args(["-c", script, GALLEY]).current_dir(book.path("")));
    let ran = full().expect(0).says(&["warning: ", "can't be kept in kept"]);
    assert!(ran.stdout.starts_with("verified: 1 claim held"), "{}", ran.stdout);
    let names: Vec<PathBuf> = book.tree("kept").into_keys().collect();
    assert!(
        names.iter().all(|path| path.ends_with("CACHEDIR.TAG") || path.ends_with(".gitignore")),
        "{names:?}"
    );
    book.run(&["check", "--cache-dir", "kept"]).expect(0);
    let ran = full().expect(0);
    assert_eq!(ran.stderr, "", "nothing was to be written");
}

#[test]
fn runs_that_are_killed_leave_what_is_right() {
    let book = Book::of(
        &(0..30)
            .map(|n| format!("```js\nconst n = {n};\nn + 1 // => {}\n```\n\n", n + 1))
            .collect::<String>(),
    );
    let cache = tempfile::tempdir().expect("a folder");
    let start = || {
        let mut command = Command::new(GALLEY);
        command.arg("check").current_dir(book.path("")).env("GALLEY_CACHE_DIR", cache.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    };
    for delay in (0..400).step_by(20) {
        let mut children = [start(), start()];
        thread::sleep(Duration::from_millis(delay));
        for child in &mut children {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
    }
    let counts: BTreeMap<i32, usize> = (0..2)
        .map(|_| galley(&book.path(""), cache.path(), &["check", "--format", "json"]).expect(0))
        .map(|ran| (ran.code, known(&report(&ran).0).0))
        .collect();
    assert_eq!(counts[&0], 30, "the last one ran nothing");
}
