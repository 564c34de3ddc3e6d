//! `learn`: exercises in a terminal, which is a real one (tmux), and in a pipe.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Book, GALLEY, Ran, project, run};

const TEST: &str = "const test = require('node:test');\nconst assert = require('node:assert');\nconst { double } = require('./answer.js');\n\ntest('keeps zero', () => assert.strictEqual(double(0), 0));\ntest('doubles', () => assert.strictEqual(double(2), 4));\n";
const SOLUTION: &str = "exports.double = (n) => n * 2;\n";
const TRIPLED: &str =
    "console.log('loading');\nexports.double = (n) => {\n  console.log('got', n);\n  return n * 3;\n};\n";

/// A book with three exercises, `double`, `greet` and `count`, in that order.
fn book() -> Book {
    let book = Book::empty();
    book.write(
        "my-book/book.toml",
        "[book]\ntitle = \"Small Steps\"\nsrc = \"src\"\n\n[build]\nbuild-dir = \"site\"\n",
    );
    book.write("my-book/src/SUMMARY.md", "- [Numbers](numbers.md)\n- [Words](words.md)\n");
    book.write("my-book/src/numbers.md", "# Numbers\n\n{{#exercise double}}\n");
    book.write("my-book/src/words.md", "# Words\n\n{{#exercise greet}}\n\n{{#exercise count}}\n");
    exercise(&book, "double", "Double it", TEST, SOLUTION, "exports.double = (n) => n; // your turn\n");
    book.write(
        "my-book/exercises/double/exercise.md",
        "# Double it\n\nWrite `double(n)`.<!-- => 1 -->\n\n## Hint\n\nThink of two.\n\n## Hint\n\nMultiply.\n\n## Explanation\n\nTwice is once more.\n",
    );
    book.write("my-book/exercises/double/exercise.toml", "difficulty = 1\ntimeout_ms = 300\n");
    book.write("my-book/exercises/double/wrong/triples.js", format!("// You tripled it.\n{TRIPLED}"));
    book.write("my-book/exercises/double/files/numbers.js", "module.exports = [1];\n");
    let test = "require('node:test')('greets', () => require('node:assert').strictEqual(require('./answer.js'), 'hi'));\n";
    exercise(&book, "greet", "Greet", test, "module.exports = 'hi';\n", "module.exports = '';\n");
    let test = "require('node:test')('counts', () => require('node:assert').strictEqual(require('./answer.js'), 3));\n";
    exercise(&book, "count", "Count to three", test, "module.exports = 3;\n", "module.exports = 0;\n");
    book
}

fn exercise(book: &Book, name: &str, title: &str, test: &str, solution: &str, starter: &str) {
    let write = |file: &str, text: &str| book.write(&format!("my-book/exercises/{name}/{file}"), text);
    write("exercise.md", &format!("# {title}\n\nDo what the title says.\n"));
    write("test.js", test);
    write("solution.js", solution);
    write("starter.js", starter);
}

/// [`book`] with two quizzes in its first chapter, before and behind the exercise: `quiz-1`, `double`, `quiz-2`, ….
fn book_with_quizzes() -> Book {
    let book = book();
    book.write(
        "my-book/src/numbers.md",
        "# Numbers\n\n## Loops\n\n```js predict\nfor (let i = 0; i < 3; i++) setTimeout(() => console.log(i));\n```\n\
         <!-- because: Each round has an `i` of its own. -->\n\n{{#exercise double}}\n\n## Songs\n\n\
         ```js setup\nconst secret = 1;\n```\n\n```js file=song.js\nexports = { title: 'Rock' };\n```\n\n\
         ```js file=other.js\nmodule.exports = 1;\n```\n\n```js\nconst taken = './song';\n```\n\n\
         ```js predict continue\nconsole.log(require(taken));\n```\n<!-- option:\n-->\n<!-- why: Something is printed. -->\n",
    );
    book
}

/// The options of a quiz (from 0) as the build shows them, and the numbers of the right one and of a wrong one.
fn options(book: &Book, quiz: usize) -> (Vec<String>, String, String) {
    let (report, _) = check(book, "my-book");
    let examples = report["examples"].as_array().expect("examples").iter();
    let quizzes: Vec<&Value> =
        examples.map(|example| &example["quiz"]).filter(|quiz| !quiz.is_null()).collect();
    assert_eq!(quizzes[quiz]["status"], "passed");
    let options = quizzes[quiz]["options"].as_array().expect("options");
    let number = |is_right: bool| {
        let at = options.iter().position(|option| option["right"] == is_right).expect("it is there");
        (at + 1).to_string()
    };
    let texts = options.iter().map(|option| option["text"].as_str().expect("a text").to_owned());
    (texts.collect(), number(true), number(false))
}

fn learn(book: &Book, folder: &str, args: &[&str]) -> Ran {
    run(Command::new(GALLEY).arg("learn").args(args).current_dir(book.path(folder)))
}

fn check(book: &Book, folder: &str) -> (Value, i32) {
    let ran = run(Command::new(GALLEY).args(["check", "--format", "json"]).current_dir(book.path(folder)));
    (serde_json::from_str(&ran.stdout).expect("JSON"), ran.code)
}

fn progress(book: &Book) -> Value {
    let progress: Value =
        serde_json::from_str(&book.read("my-book-answers/galley-progress.json")).expect("JSON");
    progress["books"]["Small Steps"].clone()
}

/// A program in a terminal of its own, which ends with the test.
struct Screen {
    socket: PathBuf,
}

/// Far longer than anything takes, so that a test ends.
const DEADLINE: Duration = Duration::from_secs(60);

/// tmux, or a word about it. CI sets GALLEY_REQUIRE_TMUX.
fn has_tmux() -> bool {
    let found = Command::new("tmux").arg("-V").output().is_ok_and(|output| output.status.success());
    if !found {
        assert!(std::env::var_os("GALLEY_REQUIRE_TMUX").is_none(), "tmux is required");
        eprintln!("no tmux: `learn` was not tried in a terminal");
    }
    found
}

impl Screen {
    /// Runs `learn` in a folder of the book; when it has ended, its code and the terminal's settings are shown.
    fn start(book: &Book, folder: &str, args: &str, size: (u16, u16)) -> Screen {
        Screen::start_as(book, folder, "", args, size)
    }

    /// With some of the shell's variables: `NAME=VALUE`.
    fn start_as(book: &Book, folder: &str, variables: &str, args: &str, size: (u16, u16)) -> Screen {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        // One that is going must not take the next one along.
        let socket = book.path(&format!("tmux-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        let screen = Screen { socket };
        let (columns, rows) = (size.0.to_string(), size.1.to_string());
        let command = format!(
            "cd '{}' && unset VISUAL TERM_PROGRAM NO_COLOR; sh -c 'echo $$ > ../learn.pid; {variables} exec \"{GALLEY}\" learn {args}'; \
             echo \"END $?\"; stty -a | grep -o -e '-*icanon' -e '-*echo '; exec sleep 1000",
            book.path(folder).display()
        );
        screen.tmux(&["new-session", "-d", "-s", "s", "-x", &columns, "-y", &rows, &command]);
        screen
    }

    fn tmux(&self, args: &[&str]) -> String {
        let mut command = Command::new("tmux");
        // Without a configuration, and whatever the locale is: the screen is UTF-8.
        command.arg("-u").arg("-f").arg("/dev/null").arg("-S").arg(&self.socket).args(args);
        let output = command.env("EDITOR", "").output().expect("tmux runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn shown(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-t", "s"])
    }

    /// Presses keys one after the other, by tmux's names.
    fn press(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys", "-t", "s"], keys].concat());
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    fn until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let shown = self.shown();
            if wanted(&shown) {
                return shown;
            }
            assert!(begun.elapsed() < DEADLINE, "{what} is not to be seen:\n{shown}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    #[track_caller]
    fn sees(&self, parts: &[&str]) -> String {
        self.until(&format!("{parts:?}"), |shown| parts.iter().all(|part| shown.contains(part)))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// As many editors save: beside the file, then in its place.
fn save(book: &Book, exercise: &str, text: &str) {
    let path = format!("my-book-answers/{exercise}/answer.js");
    book.write(&format!("{path}.new"), text);
    std::fs::rename(book.path(&format!("{path}.new")), book.path(&path)).expect("it can be renamed");
}

#[test]
fn a_first_session() {
    if !has_tmux() {
        return;
    }
    let book = book();
    let screen = Screen::start(&book, "my-book", "", (80, 30));
    let first = screen.sees(&[
        "Double it",
        "double · 1 of 3 · ★☆☆ · Numbers",
        "Your answer: ../my-book-answers/double/answer.js",
        "Beside it: numbers.js",
        "Made ../my-book-answers",
        "Write `double(n)`.",
        "1 of 2 tests fails.",
        "0 of 3 passed",
        "q quit",
    ]);
    assert!(!first.contains("=> 1"), "{first}");

    // The first test that fails comes first, with both values, what was printed and what the author knows of it.
    save(&book, "double", TRIPLED);
    let shown =
        screen.sees(&["✗ doubles", "expected: 4", "actual: 6", "| got 2", "You tripled it.", "✓ keeps zero"]);
    assert!(shown.find("✗ doubles") < shown.find("✓ keeps zero"), "{shown}");

    screen.press(&["h"]);
    let shown = screen.sees(&["Hint 1 of 2", "Think of two."]);
    assert!(!shown.contains("Multiply."), "{shown}");
    screen.press(&["h"]);
    screen.sees(&["Hint 2 of 2", "Multiply."]);
    screen.press(&["h"]);
    screen.press(&["Home"]);
    screen.sees(&["There are no more hints."]);

    save(&book, "double", "\nexports.double = (n => ;\n");
    screen.sees(&["stops before its tests", "SyntaxError", "answer.js, line 2:", "exports.double = (n => ;"]);
    save(&book, "double", "for (;;);\n");
    screen.sees(&["does not come to an end", "It runs longer than its limit.", "Look for a loop"]);
    screen.press(&["s"]);
    screen.sees(&["The solution is shown when your answer passes."]);

    book.write("my-book-answers/double/answer.js", SOLUTION);
    screen.sees(&["Passed: all 2 tests hold.", "Press n for the next", "1 of 3 passed"]);
    screen.press(&["s"]);
    screen.sees(&["The author's solution", "exports.double = (n) => n * 2;", "Twice is once more."]);
    screen.press(&["Escape"]);
    screen.sees(&["Passed: all 2 tests hold."]);

    screen.press(&["n"]);
    screen.sees(&["greet · 2 of 3", "my-book-answers/greet/answer.js"]);
    screen.press(&["l"]);
    screen.sees(&["✓ Double it", "> ", "Greet", "Count to three", "Words"]);
    screen.press(&["three"]);
    screen.until("only one", |shown| shown.contains("Search: three_") && !shown.contains("Greet"));
    screen.press(&["Enter"]);
    screen.sees(&["count · 3 of 3"]);
    screen.press(&["l"]);
    screen.sees(&[">   Count to three"]);
    screen.press(&["k", "Up"]);
    screen.sees(&["> ✓ Double it"]);
    screen.press(&["j", "Enter"]);
    screen.sees(&["greet · 2 of 3"]);
    // Not where the list of what is left begins.
    screen.press(&["n"]);
    screen.sees(&["count · 3 of 3"]);

    screen.press(&["q"]);
    screen.sees(&["1 of 3 passed. Your answers are in ../my-book-answers", "END 0"]);
    drop(screen);
    assert_eq!(progress(&book)["exercises"]["double"]["hints"], 2);
    assert_eq!(progress(&book)["exercises"]["double"]["state"], "passed");
    assert_eq!(progress(&book)["current"], "count");

    // Once more, from the learner's own folder: it goes on where it was left.
    let screen = Screen::start(&book, "my-book-answers", "", (80, 30));
    screen.sees(&["count · 3 of 3", "1 of 3 passed"]);
    save(&book, "count", "module.exports = 3;\n");
    screen.sees(&["Passed: its test holds."]);
    screen.press(&["n"]);
    screen.sees(&["greet · 2 of 3"]);
    save(&book, "greet", "module.exports = 'hi';\n");
    screen.sees(&["That was the last one."]);
    screen.press(&["n"]);
    screen.sees(&["All 3 exercises pass.", "“Small Steps”", "3 of 3 passed"]);
}

#[test]
fn an_answer_that_goes_is_made_again_and_a_reset_keeps_a_copy() {
    if !has_tmux() {
        return;
    }
    let book = book();
    let screen = Screen::start(&book, "my-book", "greet", (80, 24));
    screen.sees(&["greet · 2 of 3"]);
    std::fs::remove_file(book.path("my-book-answers/greet/answer.js")).expect("it is there");
    screen.sees(&["Your answer's file is not there.", "Press x"]);
    screen.press(&["x"]);
    screen.sees(&["Begin again with the starter?"]);
    screen.press(&["y"]);
    screen.sees(&["The starter is in its place.", "1 of 1 test fails."]);
    save(&book, "greet", "module.exports = 'ho';\n");
    screen.sees(&["actual: 'ho'"]);
    screen.press(&["x"]);
    screen.sees(&["Begin again with the starter?"]);
    screen.press(&["n"]);
    screen.sees(&["Nothing was reset.", "actual: 'ho'"]);
    screen.press(&["x", "y"]);
    screen.sees(&["answer.backup-1.js", "actual: ''"]);
    assert_eq!(book.read("my-book-answers/greet/answer.backup-1.js"), "module.exports = 'ho';\n");
    assert_eq!(book.read("my-book-answers/greet/answer.js"), "module.exports = '';\n");
    std::fs::rename(book.path("my-book-answers/greet"), book.path("my-book-answers/mine")).expect("renamed");
    screen.sees(&["Your answer's file is not there."]);
    std::fs::rename(book.path("my-book-answers/mine"), book.path("my-book-answers/greet")).expect("renamed");
    screen.sees(&["actual: ''"]);
}

#[test]
fn small_screens_are_readable() {
    if !has_tmux() {
        return;
    }
    let book = book();
    let screen = Screen::start(&book, "my-book", "", (40, 10));
    let shown = screen.sees(&["Double it", "double · 1 of 3", "? help · q quit"]);
    assert!(shown.lines().all(|line| line.chars().count() <= 40), "{shown}");
    screen.until("the end of the run", |shown| !shown.contains("running"));
    screen.press(&["G"]);
    screen.sees(&["✓ keeps zero"]);
    screen.press(&["p"]);
    screen.sees(&["Write `double(n)`."]);
    screen.tmux(&["resize-window", "-t", "s", "-x", "20", "-y", "4"]);
    screen.sees(&["\n? help · q quit\n"]);
    screen.press(&["g"]);
    screen.until("a screen of four lines", |shown| {
        shown.contains("Double it") && shown.contains("\n? help · q quit\n") && shown.lines().count() == 4
    });
    screen.press(&["G"]);
    screen.sees(&["✓ keeps zero"]);
    screen.press(&["l", "End"]);
    screen.sees(&[">   Count to three"]);
    screen.press(&["Escape"]);
    screen.tmux(&["resize-window", "-t", "s", "-x", "100", "-y", "40"]);
    screen.sees(&["Your answer: ../my-book-answers/double/answer.js", "1 of 2 tests fails.", "s solution"]);
}

#[test]
fn colours_are_for_terminals_that_show_them_to_people_who_want_them() {
    if !has_tmux() {
        return;
    }
    let book = book();
    let has_red = |variables: &str, args: &str, end: &str| {
        let screen = Screen::start_as(&book, "my-book", variables, args, (80, 30));
        screen.sees(&["1 of 2 tests fails.", end]);
        screen.tmux(&["capture-pane", "-p", "-e", "-t", "s"]).contains("\x1b[31m")
    };
    assert!(has_red("", "", "q quit"));
    assert!(!has_red("NO_COLOR=1", "", "q quit"));
    assert!(has_red("NO_COLOR=", "--plain", "END 1"));
    // It can only print.
    assert!(!has_red("TERM=dumb", "", "END 1"));
}

#[cfg(unix)]
#[test]
fn the_terminal_is_as_it_was_whatever_ends_the_session() {
    if !has_tmux() {
        return;
    }
    let book = book();
    let restored = |screen: &Screen, code: &str| {
        let shown = screen.sees(&[code, "icanon", "echo"]);
        assert!(!shown.contains("-icanon") && !shown.contains("-echo"), "{shown}");
        let state = screen.tmux(&["display-message", "-p", "-t", "s", "#{alternate_on} #{cursor_flag}"]);
        assert_eq!(state.trim(), "0 1");
    };
    for (signal, code) in [("TERM", "END 143"), ("INT", "END 130")] {
        let screen = Screen::start(&book, "my-book", "", (80, 24));
        screen.sees(&["1 of 2 tests fails."]);
        let id = book.read("learn.pid");
        let sent = Command::new("kill").args(["-s", signal, id.trim()]).status().expect("kill runs");
        assert!(sent.success());
        restored(&screen, code);
    }
    let screen = Screen::start(&book, "my-book", "", (80, 24));
    screen.sees(&["1 of 2 tests fails."]);
    screen.press(&["C-c"]);
    restored(&screen, "END 0");
}

#[cfg(unix)]
#[test]
fn an_editor_has_the_terminal_until_it_ends() {
    use std::os::unix::fs::PermissionsExt;

    if !has_tmux() {
        return;
    }
    let book = book();
    book.write("editor", "#!/bin/sh\necho EDITING\nread -r line\necho \"$line\" > \"$1\"\n");
    std::fs::set_permissions(book.path("editor"), std::fs::Permissions::from_mode(0o755)).expect("permitted");
    let screen = Screen::start(&book, "my-book", "greet --editor ../editor", (80, 24));
    screen.sees(&["1 of 1 test fails."]);
    screen.press(&["e"]);
    screen.sees(&["EDITING"]);
    screen.press(&["module.exports = \"hi\"", "Enter"]);
    screen.sees(&["Passed: its test holds.", "1 of 3 passed"]);
    screen.press(&["q"]);
    screen.sees(&["END 0"]);
    drop(screen);
    let screen = Screen::start(&book, "my-book", "greet", (80, 24));
    screen.sees(&["Passed: its test holds."]);
    screen.press(&["e"]);
    screen.sees(&["No editor is known"]);
}

#[test]
fn a_pipe_gets_one_run_and_an_exit_code() {
    let book = book();
    let first = learn(&book, "my-book", &[]).expect(1);
    let first = first.says(&["Double it", "Write `double(n)`.", "still the starter", "1 of 2 tests fails."]);
    assert!(first.stderr.contains("Made ../my-book-answers"), "{}", first.stderr);
    assert!(!first.stdout.contains('\x1b'), "{}", first.stdout);
    assert_eq!(book.read("my-book-answers/double/numbers.js"), "module.exports = [1];\n");
    assert!(!book.path("my-book-answers/double/test.js").exists());
    let again = learn(&book, "my-book", &[]).expect(1);
    assert_eq!((again.stdout, again.stderr.as_str()), (first.stdout, ""));

    book.write("my-book-answers/double/answer.js", TRIPLED);
    learn(&book, "my-book", &[]).expect(1).says(&[
        "expected: 4",
        "actual: 6",
        "  | got 2",
        "\n| loading\n\n",
        "You tripled it.",
    ]);
    let ran = learn(&book, "my-book", &["--format", "json"]).expect(1);
    let record: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(record["exercise"], "double");
    assert_eq!(record["outcome"], "failed");
    assert_eq!(record["matched_wrong"], "triples");
    assert_eq!(record["tests"][1]["output"], "got 2\n");

    let (report, _) = check(&book, "my-book");
    assert_eq!(report["exercises"][0]["name"], "count");
    let solution = &report["exercises"][1]["solution"];
    assert_eq!(solution["exercise"], "double");
    book.write("my-book-answers/double/answer.js", SOLUTION);
    let ran = learn(&book, "my-book", &["--format", "json", "--into", "../elsewhere"]).expect(1);
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).expect("JSON"), report["exercises"][1]["starter"]);
    std::fs::copy(book.path("my-book-answers/double/answer.js"), book.path("elsewhere/double/answer.js"))
        .expect("copied");
    let ran = learn(&book, "my-book", &["--format", "json", "--into", "../elsewhere"]).expect(0);
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).expect("JSON"), *solution);
    book.write("my-book-answers/double/answer.js", TRIPLED);

    learn(&book, "my-book", &["--hint"]).expect(0).says(&["Hint 1 of 2"]);
    learn(&book, "my-book", &["--solution"])
        .expect(1)
        .says(&["The solution is shown when your answer passes."]);
    book.write("my-book-answers/double/answer.js", SOLUTION);
    learn(&book, "my-book", &[]).expect(0).says(&[
        "Passed: all 2 tests hold.",
        "1 of 3 passed.",
        "Next: greet",
    ]);
    learn(&book, "my-book", &["--solution"]).expect(0).says(&["Twice is once more."]);
    // By name, by folder, from elsewhere, from the learner's folder and from an exercise's folder in it.
    for (folder, args) in [
        ("my-book", &["greet"][..]),
        ("my-book", &["--exercise", "greet"]),
        ("my-book", &["exercises/greet"]),
        ("my-book/src", &["greet"]),
        (".", &["my-book", "--exercise", "greet"]),
        (".", &["my-book-answers", "--exercise", "greet"]),
        ("my-book-answers/greet", &[]),
        ("my-book-answers", &["greet"]),
    ] {
        learn(&book, folder, args).expect(1).says(&["greet · 2 of 3", "1 of 3 passed."]);
    }
    let list = learn(&book, "my-book", &["--list"]).expect(0).stdout;
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(
        lines,
        [
            "✓ double  Double it  ★☆☆  (passed)",
            "  greet   Greet",
            "  count   Count to three",
            "",
            "1 of 3 exercises passed."
        ]
    );
}

#[test]
fn what_the_readme_shows_is_what_a_newcomer_sees() {
    let book = Book::empty();
    book.run(&["new", "my-book"]).expect(0);
    book.run(&["learn", "my-book"]).expect(1);
    let answer =
        "module.exports = function double(number) {\n  console.log('got', number);\n  number * 2;\n};\n";
    book.write("my-book-answers/double/answer.js", answer);
    let ran = book.run(&["learn", "my-book"]).expect(1);
    let (shown, _) = ran.stdout.split_once("\n0 of 1 passed.").expect("the end");
    let readme = std::fs::read_to_string(project().join("README.md")).expect("the README");
    assert!(readme.contains(shown), "{shown}");

    let quiz =
        "\n## Loops\n\n```js predict\nfor (let i = 0; i < 3; i++) setTimeout(() => console.log(i));\n```\n";
    let chapter = book.read("my-book/src/first-steps.md");
    book.write("my-book/src/first-steps.md", chapter + quiz);
    let ran = book.run(&["learn", "my-book", "--exercise", "quiz-1", "--answer", "2"]).expect(1);
    let (shown, _) = ran.stdout.split_once("\n0 of 2 passed.").expect("the end");
    assert!(readme.contains(shown), "{shown}");
}

#[test]
fn progress_is_kept_by_names_and_outlives_changes_of_the_book() {
    let book = book();
    learn(&book, "my-book", &[]).expect(1);
    assert_eq!(progress(&book)["exercises"], serde_json::json!({}));
    book.write("my-book-answers/double/answer.js", SOLUTION);
    learn(&book, "my-book", &[]).expect(0);
    let passed = progress(&book)["exercises"]["double"].clone();
    book.write("my-book/exercises/double/exercise.md", "# Twice\n\nOther words.\n");
    learn(&book, "my-book", &["--list"]).expect(0).says(&["✓ double  Twice"]);

    let toml = book.read("my-book/book.toml");
    book.write("my-book/book.toml", toml.replace("Small Steps", "Big Steps"));
    learn(&book, "my-book", &["--list"]).expect(0).says(&["1 of 3 exercises passed."]);
    learn(&book, "my-book", &["greet"]).expect(1).says(&["1 of 3 passed."]);
    book.write("my-book/book.toml", toml);

    book.write("my-book/exercises/double/test.js", TEST.replace("double(2), 4", "double(3), 7"));
    learn(&book, "my-book", &["--list"]).expect(0).says(&["↻ double", "(passed an earlier version)"]);
    learn(&book, "my-book", &["double"]).expect(1).says(&["You passed an earlier version", "1 of 3 passed."]);
    assert_eq!(progress(&book)["exercises"]["double"], passed);
    book.write("my-book-answers/double/answer.js", "exports.double = (n) => n && 7;\n");
    book.write("my-book/exercises/double/test.js", TEST.replace("double(2), 4", "double(2), 7"));
    learn(&book, "my-book", &["double"]).expect(0);
    let again = progress(&book)["exercises"]["double"].clone();
    assert_eq!((&again["passed"], &again["started"]), (&passed["passed"], &passed["started"]));
    assert_ne!(again["tests"], passed["tests"]);

    book.write("my-book/src/numbers.md", "# Numbers\n");
    std::fs::remove_dir_all(book.path("my-book/exercises/double")).expect("removed");
    learn(&book, "my-book", &["--list"])
        .expect(0)
        .says(&["0 of 2 exercises passed.", "kept: double is remembered"]);
    learn(&book, "my-book", &[]).expect(1).says(&["greet · 1 of 2"]);
    assert_eq!(progress(&book)["exercises"]["double"], again);
}

#[test]
fn an_exercise_that_gets_another_name_takes_its_answer_along() {
    let book = book();
    learn(&book, "my-book", &[]).expect(1);
    book.write("my-book-answers/double/answer.js", format!("{SOLUTION}// mine\n"));
    learn(&book, "my-book", &[]).expect(0);
    let passed = progress(&book)["exercises"]["double"].clone();
    std::fs::rename(book.path("my-book/exercises/double"), book.path("my-book/exercises/twice"))
        .expect("renamed");
    book.write("my-book/src/numbers.md", "# Numbers\n\n{{#exercise twice}}\n");
    let ran = learn(&book, "my-book", &["twice"]).expect(0);
    ran.says(&["`double` is called `twice` now", "1 of 3 passed."]);
    assert_eq!(book.read("my-book-answers/twice/answer.js"), format!("{SOLUTION}// mine\n"));
    assert_eq!(book.read("my-book-answers/double/answer.js"), format!("{SOLUTION}// mine\n"));
    assert_eq!(
        (&progress(&book)["exercises"]["twice"], &progress(&book)["exercises"]["double"]),
        (&passed, &passed)
    );
    assert_eq!(learn(&book, "my-book", &["twice"]).expect(0).stderr, "");
}

#[test]
fn a_progress_file_that_can_t_be_read_is_put_aside() {
    let book = book();
    learn(&book, "my-book", &[]).expect(1);
    for (number, text) in ["{ \"schema\": 1, ", "\u{0}"].iter().enumerate() {
        book.write("my-book-answers/galley-progress.json", text);
        let aside = format!("galley-progress.broken-{}.json", number + 1);
        learn(&book, "my-book", &[]).expect(1).says(&["could not be read", &aside]);
        assert_eq!(book.read(&format!("my-book-answers/{aside}")), *text);
        learn(&book, "my-book", &[]).expect(1);
    }
    let newer = "{\"schema\": 2, \"books\": []}";
    book.write("my-book-answers/galley-progress.json", newer);
    learn(&book, "my-book", &[]).expect(2).says(&["newer version"]);
    assert_eq!(book.read("my-book-answers/galley-progress.json"), newer);
    // What a browser wrote, and of another book.
    std::fs::remove_dir_all(book.path("my-book-answers/greet")).expect("removed");
    let text = "{\"schema\":1,\"books\":{\"Other\":{\"exercises\":{}},\"Small Steps\":{\"exercises\":{\"greet\":{\"state\":\"passed\",\"started\":\"2026-01-01T00:00:00Z\",\"tests\":\"x\",\"stars\":3,\"answer\":\"// of the browser\\n\"}}}},\"by\":\"a browser\"}";
    book.write("my-book-answers/galley-progress.json", text);
    learn(&book, "my-book", &["--list"]).expect(0).says(&["↻ greet"]);
    assert_eq!(book.read("my-book-answers/galley-progress.json"), text);
    assert!(!book.path("my-book-answers/greet").exists());
    book.write("my-book-answers/double/answer.js", SOLUTION);
    learn(&book, "my-book", &["double"]).expect(0).says(&["2 of 3 passed."]);
    assert_eq!(book.read("my-book-answers/greet/answer.js"), "// of the browser\n");
    let kept: Value = serde_json::from_str(&book.read("my-book-answers/galley-progress.json")).expect("JSON");
    assert_eq!(
        (&kept["by"], &kept["books"]["Other"]["exercises"]),
        (&"a browser".into(), &serde_json::json!({}))
    );
    assert_eq!(kept["books"]["Small Steps"]["exercises"]["greet"]["stars"], 3);
    assert_eq!(kept["books"]["Small Steps"]["exercises"]["double"]["state"], "passed");
    let schema: Value =
        serde_json::from_str(&learn(&book, ".", &["--progress-schema"]).expect(0).stdout).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    assert!(schema.is_valid(&kept), "{kept:#}");
    assert!(!schema.is_valid(&serde_json::from_str(newer).expect("JSON")));
}

#[test]
fn a_session_puts_a_progress_file_aside_that_it_can_t_read() {
    if !has_tmux() {
        return;
    }
    let book = book();
    let screen = Screen::start(&book, "my-book", "", (80, 30));
    screen.sees(&["1 of 2 tests fails."]);
    book.write("my-book-answers/galley-progress.json", "{ \"mine\": ");
    save(&book, "double", SOLUTION);
    screen.sees(&["1 of 3 passed", "could not be read"]);
    assert_eq!(book.read("my-book-answers/galley-progress.broken-1.json"), "{ \"mine\": ");
    assert_eq!(progress(&book)["exercises"]["double"]["state"], "passed");
    let newer = "{\"schema\": 2, \"books\": []}";
    book.write("my-book-answers/galley-progress.json", newer);
    screen.press(&["h"]);
    screen.sees(&["newer version"]);
    assert_eq!(book.read("my-book-answers/galley-progress.json"), newer);
}

#[test]
fn what_a_browser_has_exported_is_taken_in() {
    let book = book();
    learn(&book, "my-book", &[]).expect(1);
    book.write("my-book-answers/double/answer.js", SOLUTION);
    learn(&book, "my-book", &["double"]).expect(0);
    let passed = progress(&book)["exercises"]["double"].clone();
    let text = "{\"schema\":1,\"books\":{\"Small Steps\":{\"exercises\":{\"double\":{\"state\":\"started\",\"started\":\"2999-01-01T00:00:00Z\",\"hints\":2,\"answer\":\"// other\\n\"},\"greet\":{\"state\":\"passed\",\"started\":\"2026-01-01T00:00:00Z\",\"answer\":\"// of the browser\\n\"}}}}}";
    book.write("browser.json", text);
    learn(&book, "my-book", &["--import", "../browser.json"])
        .expect(0)
        .says(&["2 exercises taken in. 2 of 3 passed."]);
    let double = progress(&book)["exercises"]["double"].clone();
    assert_eq!((&double["state"], &double["tests"]), (&passed["state"], &passed["tests"]));
    assert_eq!(double["started"], passed["started"]);
    assert_eq!(double["hints"], 2);
    assert_eq!(book.read("my-book-answers/double/answer.js"), SOLUTION);
    assert_eq!(book.read("my-book-answers/greet/answer.js"), "// of the browser\n");
    // Who begins again is not given it once more.
    book.write("my-book-answers/greet/answer.js", "module.exports = '';\n");
    learn(&book, "my-book", &["double"]).expect(0);
    assert_eq!(book.read("my-book-answers/greet/answer.js"), "module.exports = '';\n");
    let before = book.tree("my-book-answers");
    for (text, told) in [("{", "holds no progress"), ("{\"schema\": 2, \"books\": {}}", "newer version")] {
        book.write("browser.json", text);
        learn(&book, "my-book", &["--import", "../browser.json"]).expect(2).says(&["browser.json", told]);
    }
    assert_eq!(book.tree("my-book-answers"), before);
}

#[test]
fn answers_are_never_replaced_nor_written_into_the_book_s_sources() {
    let book = book();
    let before = book.tree("my-book");
    for own in ["src", "src/deep", "exercises", "site/x", "theme"] {
        learn(&book, "my-book", &["--into", own]).expect(2).says(&["the book's own folder", "--into FOLDER"]);
    }
    book.write("things/letter.txt", "Dear");
    learn(&book, "my-book", &["--into", "../things"]).expect(2).says(&["holds other things"]);
    learn(&book, "my-book", &["--into", "../things/letter.txt"]).expect(2).says(&["is no folder"]);
    learn(&book, "my-book", &["--into", "../things/letter.txt/x"]).expect(2).says(&["can't"]);
    learn(&book, "my-book", &["--into", "../mine"]).expect(1);
    assert_eq!(book.tree("my-book"), before);
    book.write("mine/double/answer.js", "mine");
    book.write("mine/double/notes.txt", "mine too");
    std::fs::remove_file(book.path("mine/galley-progress.json")).expect("it is there");
    learn(&book, "my-book", &["--into", "../mine"]).expect(1);
    assert_eq!(book.read("mine/double/answer.js"), "mine");
    assert_eq!(book.read("mine/double/notes.txt"), "mine too");
    // The book's own files come along with the book.
    book.write("my-book/exercises/double/files/numbers.js", "module.exports = [2];\n");
    learn(&book, "my-book", &["--into", "../mine"]).expect(1);
    assert_eq!(book.read("mine/double/numbers.js"), "module.exports = [2];\n");
    // Inside the book where somebody says so.
    learn(&book, "my-book", &["--into", "answers"]).expect(1);
    assert!(book.path("my-book/answers/double/answer.js").is_file());
}

#[test]
fn what_there_is_nothing_to_learn_from() {
    let book = book();
    let empty = Book::empty();
    learn(&empty, ".", &[]).expect(2).says(&["there is no book here", "mdbook-galley learn FOLDER"]);
    learn(&empty, ".", &["no/such/folder"]).expect(2).says(&["there is no folder no/such/folder"]);
    learn(&book, ".", &["my-book/src"]).expect(2).says(&["my-book/src is no book"]);
    learn(&book, "my-book", &["dubble"])
        .expect(2)
        .says(&["there is no exercise or quiz `dubble`: did you mean `double`?"]);
    learn(&book, "my-book", &["--exercise", "zzzzzzzz"])
        .expect(2)
        .says(&["known are `double`, `greet`, `count`"]);
    let without = Book::of("# One\n");
    learn(&without, ".", &[]).expect(2).says(&["the book has no exercise", "new --exercise NAME"]);
    without.write("book.toml", "[book\n");
    learn(&without, ".", &[]).expect(2).says(&["settings can't be read"]);
    book.write("my-book-answers/double/answer.js", [0xff, 0xfe]);
    learn(&book, "my-book", &[]).expect(2).says(&["answer.js can't be read", "UTF-8"]);
    book.write("my-book-answers/double/answer.js", " ".repeat(2 << 20));
    learn(&book, "my-book", &[]).expect(2).says(&["larger than 1 MiB"]);
}

#[test]
fn nothing_that_a_book_or_an_answer_says_steers_the_terminal() {
    let book = book();
    book.write(
        "my-book/exercises/double/exercise.md",
        "# Dou\u{1b}[31mble\n\nWrite\u{9b}2J it.\n\n```js\n'\u{1b}]0;x\u{7}'\n```\n",
    );
    let answer = "console.log('\\u001b[2J\\u202e');\nexports.double = (n) => { console.log('\\u001b[31mred\\r'); return '\\u001b[2J' + n; };\n";
    learn(&book, "my-book", &[]).expect(1);
    book.write("my-book-answers/double/answer.js", answer);
    let said = learn(&book, "my-book", &[]).expect(1).says(&["\\u{1b}[31mred"]);
    let thrown = "throw new Error('\\u001b[2Jgone\\u009b');\n";
    book.write("my-book-answers/double/answer.js", thrown);
    let more = learn(&book, "my-book", &[]).expect(1).says(&["gone"]);
    for text in [said.stdout, more.stdout] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{text:?}");
    }
}

#[test]
fn an_answer_runs_in_a_worker_with_limits() {
    let book = book();
    learn(&book, "my-book", &[]).expect(1);
    let answer = |text: &str| book.write("my-book-answers/double/answer.js", text);
    answer("for (;;);\n");
    learn(&book, "my-book", &[]).expect(1).says(&["does not come to an end"]);
    answer("const all = []; for (;;) all.push(new Uint8Array(1 << 20));\n");
    learn(&book, "my-book", &[]).expect(1);
    answer("process.exit(0);\n");
    learn(&book, "my-book", &[]).expect(1).says(&["process.exit(0)"]);
    answer("require('fs').writeFileSync('/tmp/galley-was-here', 'x');\n");
    learn(&book, "my-book", &[]).expect(1);
    assert!(!Path::new("/tmp/galley-was-here").exists());
}

#[test]
fn a_quiz_is_answered_in_a_session() {
    if !has_tmux() {
        return;
    }
    let book = book_with_quizzes();
    let (texts, right, wrong) = options(&book, 0);
    let screen = Screen::start(&book, "my-book", "", (80, 40));
    let first = screen.sees(&[
        "Quiz: Loops",
        "quiz-1 · 1 of 5 · Numbers",
        "    for (let i = 0; i < 3; i++) setTimeout(() => console.log(i));",
        "What does this print?",
        "Press 1, 2 or 3.",
        "0 of 5 passed",
        "1-9 answer",
    ]);
    assert!(first.contains(&numbered(&texts)), "{first}");
    assert!(!first.contains("Each round"), "{first}");
    screen.press(&["s"]);
    screen.sees(&["The answer is shown once you have tried"]);
    assert_eq!(progress(&book)["quizzes"], Value::Null);

    screen.press(&[&wrong]);
    screen.sees(&["Not this one.", "That would be so with", "s for the answer", "0 of 5 passed"]);
    assert_eq!(entries(&book), [("started".to_owned(), false)]);
    screen.press(&["9"]);
    screen.sees(&["There is no option 9: press 1, 2 or 3."]);
    for key in ["h", "e", "x"] {
        screen.press(&[key]);
        screen.sees(&[if key == "h" { "A quiz has no hints" } else { "A quiz has no file" }]);
    }
    screen.press(&[&right]);
    screen.sees(&[
        "✗ ",
        "✓ ",
        "Right.",
        "Each round has an `i` of its own.",
        "Press n to go on",
        "1 of 5 passed",
    ]);
    assert_eq!(entries(&book), [("passed".to_owned(), true)]);
    // What is right once stays so.
    screen.press(&[&wrong]);
    screen.sees(&["Not this one.", "1 of 5 passed"]);
    screen.press(&["s"]);
    let reasons = screen.sees(&["Each round has an `i` of its own.", "That would be so with"]);
    assert!(reasons.find("✓") < reasons.find("✗"), "{reasons}");
    screen.press(&["Escape"]);
    screen.sees(&["Not this one."]);

    screen.press(&["n"]);
    screen.sees(&["double · 2 of 5", "1 of 2 tests fails."]);
    screen.press(&["n"]);
    let second = screen.sees(&[
        "quiz-2 · 3 of 5",
        "song.js:",
        "exports = { title: 'Rock' };",
        "What runs before it:",
        "const taken = './song';",
        "The code in question:",
        "console.log(require(taken));",
        "(nothing)",
    ]);
    assert!(!second.contains("secret") && !second.contains("other.js"), "{second}");
    screen.press(&["l"]);
    screen.sees(&["Exercises and quizzes", "✓ Quiz: Loops", ">   Quiz: Songs", "quiz-2"]);
    screen.press(&["quiz"]);
    screen.until("quizzes only", |shown| shown.contains("Search: quiz_") && !shown.contains("Greet"));
    screen.press(&["Enter"]);
    screen.sees(&["Quiz: Loops", "You have answered this.", "Press 1, 2 or 3."]);
    screen.press(&["n"]);
    screen.sees(&["double · 2 of 5"]);
    screen.press(&["n"]);
    screen.sees(&["quiz-2 · 3 of 5"]);
    screen.press(&["q"]);
    screen.sees(&["1 of 5 passed. Your answers are in ../my-book-answers", "END 0"]);
    drop(screen);

    // It goes on where it was left, also when the quiz stands elsewhere now.
    let numbers = book.read("my-book/src/numbers.md");
    book.write("my-book/src/numbers.md", numbers.replace("{{#exercise double}}\n", ""));
    book.write(
        "my-book/src/words.md",
        "# Words\n\n{{#exercise greet}}\n\n{{#exercise count}}\n\n{{#exercise double}}\n",
    );
    let screen = Screen::start(&book, "my-book-answers", "", (80, 40));
    screen.sees(&["quiz-2 · 2 of 5", "Press 1, 2", "1 of 5 passed"]);
    screen.press(&[&options(&book, 1).1]);
    screen.sees(&["Right.", "2 of 5 passed"]);
}

/// Options as a terminal shows them.
fn numbered(options: &[String]) -> String {
    let one = |(at, text): (usize, &String)| format!("  {}  {}", at + 1, text.replace('\n', "\n     "));
    options.iter().enumerate().map(one).collect::<Vec<_>>().join("\n")
}

/// What progress has of quizzes: the state, and whether it knows when one was passed. Nothing else is kept.
fn entries(book: &Book) -> Vec<(String, bool)> {
    let progress = progress(book);
    let quizzes = progress["quizzes"].as_object().expect("quizzes").values();
    let entry = |quiz: &Value| {
        let mut fields: Vec<&String> = quiz.as_object().expect("an entry").keys().collect();
        fields.retain(|field| !["state", "started", "passed"].contains(&field.as_str()));
        assert!(fields.is_empty(), "{quiz}");
        (quiz["state"].as_str().expect("a state").to_owned(), quiz["passed"].is_string())
    };
    quizzes.map(entry).collect()
}

#[test]
fn a_low_screen_shows_what_is_said_of_an_answer() {
    if !has_tmux() {
        return;
    }
    let book = book_with_quizzes();
    let (_, right, wrong) = options(&book, 0);
    let screen = Screen::start(&book, "my-book", "", (60, 10));
    screen.sees(&["Quiz: Loops", "for (let i = 0;"]);
    screen.until("the end of the run", |shown| !shown.contains("running"));
    for (number, verdict) in [(&wrong, "Not this one."), (&right, "Right.")] {
        screen.press(&[number]);
        screen.sees(&[verdict]);
        screen.press(&["p"]);
        screen.until("the top", |shown| shown.contains("Quiz: Loops") && !shown.contains(verdict));
    }
}

#[test]
fn a_pipe_gets_a_quiz_and_says_its_answer_by_a_number() {
    let book = book_with_quizzes();
    let (texts, right, wrong) = options(&book, 0);
    let asked = learn(&book, "my-book", &[]).expect(1);
    let wanted = format!(
        "Quiz: Loops\nquiz-1 · 1 of 5 · Numbers\n\n    for (let i = 0; i < 3; i++) setTimeout(() => console.log(i));\n\n\
         What does this print?\n\n{}\n\nAnswer 1, 2 or 3: mdbook-galley learn quiz-1 --answer NUMBER\n\n0 of 5 passed.\n",
        numbered(&texts)
    );
    assert_eq!(asked.stdout, wanted);
    learn(&book, "my-book", &["quiz-1", "--solution"]).expect(1).says(&["once you have tried"]);
    learn(&book, "my-book", &["quiz-1", "--answer", "0"])
        .expect(2)
        .says(&["there is no such option: choose 1, 2 or 3"]);
    assert_eq!(progress(&book)["quizzes"], Value::Null);

    let ran = learn(&book, "my-book", &["quiz-1", "--answer", &wrong]).expect(1);
    ran.says(&["✗ ", "Not this one.", "That would be so with `var`", "0 of 5 passed."]);
    let ran = learn(&book, "my-book", &["quiz-1", "--answer", &right]).expect(0);
    ran.says(&["✓ ", "Right.", "Each round has an `i` of its own.", "1 of 5 passed.", "Next: double"]);
    learn(&book, "my-book", &["quiz-1"]).expect(0).says(&["You have answered this."]);
    learn(&book, "my-book", &["quiz-1", "--solution"]).expect(0).says(&["Each round", "That would be so"]);
    learn(&book, "my-book", &["quiz-2"]).expect(1).says(&["Quiz: Songs", "(nothing)"]);

    learn(&book, "my-book", &["double", "--answer", "1"]).expect(2).says(&["double is an exercise"]);
    for option in [&["--hint"][..], &["--format", "json"]] {
        let args = [&["quiz-1"], option].concat();
        learn(&book, "my-book", &args).expect(2).says(&[option[0], "quiz-1 is a quiz"]);
    }
    learn(&book, "my-book", &["quiz-7"])
        .expect(2)
        .says(&["there is no exercise or quiz `quiz-7`", "`quiz-1`"]);
    let list = learn(&book, "my-book", &["--list"]).expect(0).stdout;
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(
        lines,
        [
            "✓ quiz-1  Quiz: Loops  (passed)",
            "  double  Double it  ★☆☆",
            "  quiz-2  Quiz: Songs",
            "  greet   Greet",
            "  count   Count to three",
            "",
            "1 of 3 exercises and 2 quizzes passed."
        ]
    );
}

#[test]
fn nothing_in_the_learner_s_folder_tells_the_answer_of_a_quiz() {
    let book = book_with_quizzes();
    let (_, right, wrong) = options(&book, 0);
    learn(&book, "my-book", &["double"]).expect(1);
    let files = |book: &Book| book.tree("my-book-answers").into_keys().collect::<Vec<_>>();
    let before = files(&book);
    learn(&book, "my-book", &["quiz-2"]).expect(1);
    let asked: String = book
        .tree("my-book-answers")
        .into_values()
        .map(|file| String::from_utf8_lossy(&file).into_owned())
        .collect();
    learn(&book, "my-book", &["quiz-1", "--answer", &wrong]).expect(1);
    assert_eq!(files(&book), before);
    let kept = book.read("my-book-answers/galley-progress.json");
    learn(&book, "my-book", &["quiz-1", "--answer", &right]).expect(0);
    assert_eq!(files(&book), before);
    assert_eq!(entries(&book), [("passed".to_owned(), true)]);
    for text in [kept, asked] {
        for word in ["right", "wrong", "let-in-loop", "Each round", "title"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn the_page_has_a_quiz_under_the_key_of_the_terminal() {
    let quiz =
        "```js predict\nconsole.log(typeof null);\n```\n<!-- option: null -->\n<!-- option: undefined -->\n";
    let book = Book::of(&format!("# One\n\n{quiz}\n{quiz}"));
    let answers = ["--into", "mine"];
    book.run(&[&["learn", "quiz-2", "--answer", "1"], &answers[..]].concat());
    let progress: Value = serde_json::from_str(&book.read("mine/galley-progress.json")).expect("JSON");
    let progress = &progress["books"]["Test"];
    let key = progress["quizzes"].as_object().expect("quizzes").keys().next().expect("one").clone();
    assert_eq!(progress["current"], format!("#{key}"));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    let keys: Vec<&str> =
        page.split("data-quiz=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(keys, [key.trim_end_matches(".2"), key.as_str()]);
    let course = format!("\"quizzes\":[\"{}\",\"{key}\"]", keys[0]);
    let is_script = |path: &Path| path.extension().is_some_and(|extension| extension == "js");
    let scripts = book.tree("site").into_iter().filter(|(path, _)| is_script(path));
    let found = scripts.filter(|(_, text)| String::from_utf8_lossy(text).contains(&course)).count();
    assert_eq!(found, 1, "{course}");
}

#[test]
fn quizzes_that_a_browser_has_answered_are_taken_in() {
    let book = book_with_quizzes();
    let (_, right, wrong) = options(&book, 0);
    learn(&book, "my-book", &["quiz-1", "--answer", &wrong]).expect(1);
    let key = progress(&book)["quizzes"].as_object().expect("quizzes").keys().next().expect("one").clone();
    let text = format!(
        "{{\"schema\":1,\"books\":{{\"Small Steps\":{{\"exercises\":{{}},\"quizzes\":{{\"{key}\":{{\"state\":\"passed\",\"started\":\"2026-01-01T00:00:00Z\",\"passed\":\"2026-01-02T00:00:00Z\",\"theme\":\"dark\"}},\"gone\":{{\"state\":\"started\",\"started\":\"2026-01-01T00:00:00Z\"}}}}}}}}}}"
    );
    book.write("browser.json", text);
    learn(&book, "my-book", &["--import", "../browser.json"])
        .expect(0)
        .says(&["0 exercises and 2 quizzes taken in. 1 of 5 passed."]);
    learn(&book, "my-book", &["quiz-1", "--answer", &right]).expect(0);
    let quiz = progress(&book)["quizzes"][&key].clone();
    assert_eq!(
        quiz,
        serde_json::json!({ "state": "passed", "started": "2026-01-01T00:00:00Z", "passed": "2026-01-02T00:00:00Z", "theme": "dark" })
    );
    let schema: Value =
        serde_json::from_str(&learn(&book, ".", &["--progress-schema"]).expect(0).stdout).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let kept: Value = serde_json::from_str(&book.read("my-book-answers/galley-progress.json")).expect("JSON");
    assert!(schema.is_valid(&kept), "{kept:#}");
}

#[test]
fn a_quiz_runs_when_it_is_asked_and_only_then() {
    let book = book_with_quizzes();
    let cache = book.path("cache");
    let learn = |args: &[&str]| {
        let mut command = Command::new(GALLEY);
        command.arg("learn").args(args).current_dir(book.path("my-book")).env("GALLEY_CACHE_DIR", &cache);
        run(&mut command)
    };
    learn(&["--list"]).expect(0);
    learn(&["double"]).expect(1);
    assert!(book.tree("cache").is_empty(), "{:?}", book.tree("cache").keys());
    let first = learn(&["quiz-1"]).expect(1).stdout;
    let kept = book.tree("cache");
    assert!(!kept.is_empty());
    assert_eq!(learn(&["quiz-1"]).expect(1).stdout, first);
    assert_eq!(book.tree("cache"), kept, "it ran again");
    // Another misconception's worth of runs.
    learn(&["quiz-2"]).expect(1);
    assert_ne!(book.tree("cache"), kept);
}

#[test]
fn a_quiz_with_a_mistake_is_the_author_s_affair() {
    let book = book_with_quizzes();
    let numbers = book.read("my-book/src/numbers.md");
    book.write("my-book/src/numbers.md", numbers.replace("for (let i = 0;", "nothing(); for (let i = 0;"));
    learn(&book, "my-book", &["quiz-1"])
        .expect(2)
        .says(&["quiz-1: This quiz has no answer", "`mdbook-galley check`"]);
    learn(&book, "my-book", &["quiz-1", "--answer", "1"]).expect(2);
    learn(&book, "my-book", &["quiz-2"]).expect(1);
    if !has_tmux() {
        return;
    }
    let screen = Screen::start(&book, "my-book", "quiz-1", (80, 24));
    screen.sees(&["This quiz has no answer", "Press r to try again, n to go on."]);
    screen.press(&["1", "s"]);
    screen.sees(&["The answer is shown once you have tried", "This quiz has no answer"]);
    book.write("my-book/src/numbers.md", numbers);
    screen.press(&["n"]);
    screen.sees(&["double · 2 of 5"]);
}

#[test]
fn a_book_of_quizzes_alone_can_be_learned() {
    let book = Book::of(
        "# One\n\n```js predict\nconsole.log(typeof null);\n```\n<!-- option: null -->\n<!-- option: undefined -->\n",
    );
    let answers = book.path("mine").display().to_string();
    let ran = book.run(&["learn", "--into", &answers]).expect(1);
    ran.says(&["Quiz: One", "quiz-1 · 1 of 1 · One", "0 of 1 passed."]);
    let codes: Vec<i32> = ["1", "2", "3"]
        .iter()
        .map(|number| book.run(&["learn", "--into", &answers, "--answer", number]).code)
        .collect();
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    book.run(&["learn", "--into", &answers, "--list"]).expect(0).says(&["1 of 1 quiz passed."]);
}
