//! Our book in real browsers: web/test/browser/run.mjs drives them over file:// and http. A binary of its own, which cargo
//! runs by itself: a browser takes all that a machine has.
#![allow(clippy::disallowed_methods, reason = "a test reads and writes, and fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

const GALLEY: &str = env!("CARGO_BIN_EXE_mdbook-galley");

/// The shell first: it takes a quarter of the time.
const CHROMIUM: [&str; 3] =
    ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const FIREFOX: [&str; 2] = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

#[test]
fn the_built_book_works_in_chromium() {
    let Some(chromium) = browser("CHROMIUM", &CHROMIUM) else { return };
    let _alone = alone();
    try_the_book("--chromium", &chromium);
}

#[test]
fn what_matters_most_works_in_firefox() {
    let Some(firefox) = browser("FIREFOX", &FIREFOX) else { return };
    let _alone = alone();
    try_the_book("--firefox", &firefox);
}

#[test]
fn answers_have_their_records_in_chromium() {
    let Some(chromium) = browser("CHROMIUM", &CHROMIUM) else { return };
    let _alone = alone();
    let records = project().join("tests/records");
    let book = copy(&records, &["book.toml", "src", "exercises"]);
    galley(book.path(), &["build"]);
    drive(
        "run.mjs",
        &[
            ("--site", &book.path().join("site")),
            ("--answers", &records.join("answers")),
            ("--chromium", &chromium),
        ],
    );
}

#[test]
fn what_is_served_follows_the_sources_in_chromium() {
    let Some(chromium) = browser("CHROMIUM", &CHROMIUM) else { return };
    let _alone = alone();
    drive("serving.mjs", &[("--galley", Path::new(GALLEY)), ("--chromium", &chromium)]);
}

fn try_the_book(browser: &str, path: &Path) {
    let book = copy(project(), &["book", "exercises", "book.toml"]);
    give_time(&book.path().join("book.toml"));
    galley(book.path(), &["build"]);
    galley(book.path(), &["check", "--format", "json", "--output", "report.json"]);
    let options: [(&str, &Path); 5] = [
        ("--site", &book.path().join("site")),
        ("--exercises", &book.path().join("exercises")),
        ("--report", &book.path().join("report.json")),
        ("--galley", Path::new(GALLEY)),
        (browser, path),
    ];
    drive("run.mjs", &options);
}

/// Pages take their programs' time from the book: on a busy machine five seconds may be too short for what works.
fn give_time(settings: &Path) {
    let text = std::fs::read_to_string(settings).expect("book.toml");
    let longer = text.replace("[preprocessor.galley]\n", "[preprocessor.galley]\ntimeout = \"60s\"\n");
    assert_ne!(text, longer);
    std::fs::write(settings, longer).expect("book.toml");
}

/// One test at a time: also what a book's build takes is taken from a browser.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The driver's script. What failed stands at the end of what it prints.
fn drive(script: &str, options: &[(&str, &Path)]) {
    let mut command = Command::new("node");
    command.arg(project().join("web/test/browser").join(script));
    for (option, path) in options {
        command.arg(option).arg(path);
    }
    let ran = run(&mut command);
    let said = String::from_utf8_lossy(&ran.stdout);
    let failures: Vec<&str> = said.lines().filter(|line| !line.starts_with("ok ")).collect();
    let failures = failures.join("\n");
    assert!(
        ran.status.success() && failures.contains(" passed, 0 failed"),
        "{failures}\n{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// The browser, or None with a word about it. CI sets GALLEY_REQUIRE_CHROMIUM and GALLEY_REQUIRE_FIREFOX.
fn browser(name: &str, candidates: &[&str]) -> Option<PathBuf> {
    let found = candidates.iter().map(PathBuf::from).find(|path| path.is_file());
    let driver = project().join("web/node_modules/playwright-core").is_dir();
    if found.is_some() && driver {
        return found;
    }
    let required = std::env::var_os(format!("GALLEY_REQUIRE_{name}")).is_some();
    assert!(!required, "{name} and web/node_modules/playwright-core are required (npm ci in web/)");
    eprintln!("no {}, or no `npm ci` in web/: the page was not tried in it", candidates[0]);
    None
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn galley(folder: &Path, args: &[&str]) {
    let ran = run(Command::new(GALLEY).args(args).current_dir(folder));
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// Without a cache: each run is to show what the programs do.
fn run(command: &mut Command) -> Output {
    command.env("GALLEY_CACHE_DIR", "").stdin(Stdio::null()).output().expect("the program runs")
}

/// A folder with copies of these, which is gone with the test.
fn copy(from: &Path, names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in names {
        copy_into(&from.join(name), &folder.path().join(name));
    }
    folder
}

fn copy_into(from: &Path, to: &Path) {
    if from.is_file() {
        std::fs::copy(from, to).expect("copied");
        return;
    }
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        copy_into(&entry.path(), &to.join(entry.file_name()));
    }
}
