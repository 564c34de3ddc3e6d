//! The built book in a real browser: web/test/browser/run.mjs drives chromium over file:// and http.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::support::{GALLEY, project, run};

/// Chromium and the driver, or None with a word about it. CI sets GALLEY_REQUIRE_CHROMIUM.
fn browser() -> Option<PathBuf> {
    // The shell takes a quarter of the time.
    let candidates = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];
    let chromium = candidates.iter().map(PathBuf::from).find(|path| path.is_file());
    let driver = project().join("web/node_modules/playwright-core").is_dir();
    if chromium.is_none() || !driver {
        assert!(
            std::env::var_os("GALLEY_REQUIRE_CHROMIUM").is_none(),
            "chromium and web/node_modules/playwright-core are required (npm ci in web/)"
        );
        eprintln!("no chromium, or no `npm ci` in web/: the page was not tried in a browser");
        return None;
    }
    chromium
}

/// Firefox, or None with a word about it. CI sets GALLEY_REQUIRE_FIREFOX.
fn firefox() -> Option<PathBuf> {
    let firefox =
        ["/usr/bin/firefox-esr", "/usr/bin/firefox"].iter().map(PathBuf::from).find(|path| path.is_file());
    let driver = project().join("web/node_modules/playwright-core").is_dir();
    if firefox.is_none() || !driver {
        assert!(std::env::var_os("GALLEY_REQUIRE_FIREFOX").is_none(), "firefox-esr is required");
        eprintln!("no firefox, or no `npm ci` in web/: the page was not tried in it");
        return None;
    }
    firefox
}

/// One browser at a time: each takes all that the machine has, and what is tried has its deadlines.
fn alone() -> MutexGuard<'static, ()> {
    static BROWSERS: Mutex<()> = Mutex::new(());
    BROWSERS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn the_built_book_works_in_chromium() {
    let Some(chromium) = browser() else { return };
    let _alone = alone();
    try_the_book("--chromium", &chromium);
}

#[test]
fn what_matters_most_works_in_firefox() {
    let Some(firefox) = firefox() else { return };
    let _alone = alone();
    try_the_book("--firefox", &firefox);
}

fn try_the_book(browser: &str, path: &Path) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for path in ["book", "exercises", "book.toml"] {
        copy(&project().join(path), &folder.path().join(path));
    }
    run(Command::new(GALLEY).arg("build").current_dir(folder.path())).expect(0);
    let report = folder.path().join("report.json");
    let check = ["check", "--format", "json", "--output"];
    run(Command::new(GALLEY).args(check).arg(&report).current_dir(folder.path())).expect(0);
    let ran = run(Command::new("node")
        .arg(project().join("web/test/browser/run.mjs"))
        .arg("--site")
        .arg(folder.path().join("site"))
        .arg("--exercises")
        .arg(folder.path().join("exercises"))
        .arg("--report")
        .arg(report)
        .arg("--galley")
        .arg(GALLEY)
        .arg(browser)
        .arg(path));
    println!("{}", ran.stdout);
    ran.expect(0).says(&[" passed, 0 failed"]);
}

#[test]
fn answers_have_their_records_in_chromium() {
    let Some(chromium) = browser() else { return };
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let records = project().join("tests/records");
    for path in ["book.toml", "src", "exercises"] {
        copy(&records.join(path), &folder.path().join(path));
    }
    let ran = run(Command::new(GALLEY).arg("build").current_dir(folder.path()));
    ran.expect(0);
    let ran = run(Command::new("node")
        .arg(project().join("web/test/browser/run.mjs"))
        .arg("--site")
        .arg(folder.path().join("site"))
        .arg("--answers")
        .arg(records.join("answers"))
        .arg("--chromium")
        .arg(chromium));
    println!("{}", ran.stdout);
    ran.expect(0).says(&[" passed, 0 failed"]);
}

#[test]
fn what_is_served_follows_the_sources_in_chromium() {
    let Some(chromium) = browser() else { return };
    let _alone = alone();
    let ran = run(Command::new("node")
        .arg(project().join("web/test/browser/serving.mjs"))
        .arg("--galley")
        .arg(GALLEY)
        .arg("--chromium")
        .arg(chromium));
    println!("{}", ran.stdout);
    ran.expect(0).says(&[" passed, 0 failed"]);
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        std::fs::copy(from, to).expect("copied");
        return;
    }
    for (path, bytes) in crate::support::tree(from) {
        let target = to.join(path.strip_prefix(from).expect("inside"));
        std::fs::create_dir_all(target.parent().expect("a parent")).expect("folders");
        std::fs::write(target, bytes).expect("a file");
    }
}
