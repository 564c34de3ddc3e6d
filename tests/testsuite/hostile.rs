//! Programs and inputs that mean no good, as data in `tests/hostile`: whatever they do, the check ends in time, tells of
//! every example, finds what is false and verifies what stands beside.
//!
//! A group is a file. `programs/*.md`: under each heading what is to become of the program, and the program:
//!
//! ```text
//! OUTCOME [NAME OF AN ERROR] [or OUTCOME ...] [and held | and limited | and warned], or: broken
//! ```
//!
//! `held`: its claim holds; `broken`: its claim is false and is reported, whatever the outcome; `limited`, `warned`: there
//! is such a finding. `⟦U+0000⟧` stands for the character, `⟦x×9⟧` for nine times x, `⟦canary⟧` for the path of a file that
//! nobody may read. `folders/*.md`: the exit code, then `CODE FILE[:LINE]` for each finding that there has to be, and the
//! files, each in a fence that names it; `book.toml`, `SUMMARY.md` and the files of an exercise are there unless an entry
//! has its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Book, project, tree};

/// Of each program.
const LIMIT: Duration = Duration::from_secs(2);
/// A machine that does much else at the same time; what hangs takes longer.
const PATIENCE: Duration = Duration::from_secs(60);
const CANARY: &str = "canary of the machine";

struct Entry {
    /// `loops.md: an empty for`.
    name: String,
    expected: String,
    /// (words behind the opening fence, text)
    fences: Vec<(String, String)>,
}

fn entries(folder: &str) -> Vec<(String, Vec<Entry>)> {
    let files = tree(&project().join("tests/hostile").join(folder));
    let group = |(path, bytes): (std::path::PathBuf, Vec<u8>)| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut entries: Vec<Entry> = Vec::new();
        let mut open: Option<String> = None;
        for line in text.lines() {
            let fence: String = line.chars().take_while(|&c| c == '`').collect();
            match (&open, entries.last_mut()) {
                (Some(closing), Some(_)) if *closing == line => open = None,
                (Some(_), Some(entry)) => {
                    let (_, text) = entry.fences.last_mut().expect("a fence");
                    text.push_str(line);
                    text.push('\n');
                }
                (None, Some(entry)) if fence.len() >= 3 => {
                    entry.fences.push((line[fence.len()..].to_owned(), String::new()));
                    open = Some(fence);
                }
                (_, last) => match (line.strip_prefix("## "), last) {
                    (Some(heading), _) => entries.push(Entry {
                        name: format!("{name}: {heading}"),
                        expected: String::new(),
                        fences: Vec::new(),
                    }),
                    (None, Some(entry)) if !line.is_empty() => {
                        entry.expected.push_str(line);
                        entry.expected.push('\n');
                    }
                    _ => {}
                },
            }
        }
        (name, entries)
    };
    files.into_iter().map(group).collect()
}

/// What stands between `⟦` and `⟧` is written out.
fn written_out(text: &str, canary: &Path) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once('⟦') {
        let (mark, after) = marked.split_once('⟧').expect("a closed mark");
        out.push_str(before);
        rest = after;
        if mark == "canary" {
            out.push_str(canary.to_str().expect("UTF-8"));
        } else if let Some(code) = mark.strip_prefix("U+") {
            let code = u32::from_str_radix(code, 16).expect("a code point");
            out.push(char::from_u32(code).expect("a character"));
        } else {
            let (part, times) = mark.rsplit_once('×').unwrap_or_else(|| panic!("{mark:?} is no mark"));
            out.push_str(&part.repeat(times.parse().expect("a number")));
        }
    }
    out + rest
}

/// The lines of an entry's fence in the chapter, and where its neighbour begins.
struct Placed<'a> {
    entry: &'a Entry,
    line: usize,
    end: usize,
}

#[test]
fn programs() {
    let groups = entries("programs");
    assert!(
        groups.iter().map(|(_, entries)| entries.len()).sum::<usize>() >= 150,
        "the programs were not found"
    );
    let mut failures = String::new();
    for (name, entries) in &groups {
        check_programs(name, entries, &mut failures);
    }
    assert!(failures.is_empty(), "{failures}");
}

fn check_programs(name: &str, entries: &[Entry], failures: &mut String) {
    let outside = Book::empty();
    outside.write("secret.js", format!("module.exports = '{CANARY}';\n"));
    let mut chapter = format!("# {name}\n");
    let mut placed = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let [(info, code)] = &entry.fences[..] else { panic!("{}: one fence", entry.name) };
        let code = written_out(code, &outside.path("secret.js"));
        let line = chapter.matches('\n').count() + 2;
        let _ = write!(chapter, "\n````{info}\n{code}````\n");
        placed.push(Placed { entry, line, end: chapter.matches('\n').count() });
        let _ = write!(chapter, "\n```js\nconst good = {number};\n[good]; // => [ {number} ]\n```\n");
    }
    let book = Book::empty();
    book.write("case.md", chapter);
    let limit = format!("timeout={}", LIMIT.as_millis());
    let started = Instant::now();
    let ran = book.run(&["check", "case.md", "--format", "json", "--jobs", "2", "--config", &limit]);
    let longest = (LIMIT + Duration::from_secs(1)) * u32::try_from(entries.len()).expect("few") + PATIENCE;
    assert!(started.elapsed() < longest, "{name}: it took {:?}", started.elapsed());
    assert_eq!(ran.code, 1, "{name}: {}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
    assert!(!ran.stdout.contains(CANARY), "{name}: a file of the machine was read");
    assert!(!outside.path("secret.js.written").exists(), "{name}: a file of the machine was written");
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let list = |key: &str| report[key].as_array().cloned().expect("a list");
    let (examples, claims, found) = (list("examples"), list("claims"), list("diagnostics"));
    assert_eq!(examples.len(), 2 * entries.len(), "{name}: an example is missing in the report");
    for (at, Placed { entry, line, end }) in placed.iter().enumerate() {
        let inside =
            |one: &&Value| (*line as u64..=*end as u64).contains(&one["line"].as_u64().unwrap_or_default());
        let of = |example: usize| claims.iter().filter(move |claim| claim["example"] == example);
        if !of(2 * at + 1).all(|claim| claim["verdict"] == "held") || of(2 * at + 1).count() != 1 {
            let _ = writeln!(failures, "{}: the good example beside it is not verified", entry.name);
        }
        let found: Vec<&Value> = found.iter().filter(inside).collect();
        let last = of(2 * at).next_back();
        if let Err(problem) = met(&entry.expected, &examples[2 * at], last, &found) {
            let brief: Vec<String> = found
                .iter()
                .map(|one| {
                    format!("{} {} {}", one["severity"], one["code"], one["message"])
                        .chars()
                        .take(200)
                        .collect()
                })
                .collect();
            let _ = writeln!(failures, "{}: {problem}; found {brief:?}", entry.name);
        }
    }
}

/// Whether what became of an example is what is expected.
fn met(expected: &str, example: &Value, last: Option<&Value>, found: &[&Value]) -> Result<(), String> {
    let is = |severity: &str| found.iter().any(|one| one["severity"] == severity);
    let mut parts = expected.trim().split(" and ");
    let outcomes = parts.next().expect("an outcome");
    let outcome = example["outcome"].as_str().unwrap_or_default();
    let full = format!("{outcome} {}", example["error"]["name"].as_str().unwrap_or_default());
    if outcomes == "broken" {
        let verdict = last.map(|claim| claim["verdict"].as_str().unwrap_or_default());
        return match is("error") && verdict != Some("held") {
            true => Ok(()),
            false => Err(format!("its false claim is {verdict:?}, the program {full}")),
        };
    }
    if !outcomes.split(" or ").any(|one| one == outcome || one == full) {
        return Err(format!("expected {outcomes}, but it is {full} ({})", example["error"]["message"]));
    }
    for part in parts {
        let holds = match part {
            "held" => last.is_some_and(|claim| claim["verdict"] == "held"),
            "limited" => found.iter().any(|one| one["code"] == "G005" && one["severity"] == "error"),
            "warned" => is("warning"),
            other => panic!("`{other}` is no expectation"),
        };
        if !holds {
            return Err(format!("expected to be {part}"));
        }
    }
    let failed = !matches!(outcome, "completed" | "skipped" | "exited") || example["outcome"] == "exited";
    if failed && !is("error") && !is("warning") {
        return Err(format!("{full} is not reported"));
    }
    Ok(())
}

/// What an entry of `folders` need not say.
const DEFAULTS: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Hostile\"\n\n[build]\nbuild-dir = \"site\"\n"),
    ("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Good](good.md)\n"),
    ("src/one.md", "# One\n"),
];
const EXERCISE: &[(&str, &str)] = &[
    ("exercise.md", "# Sum\n\nWrite `sum`.\n"),
    ("starter.js", "exports.sum = () => {};\n"),
    ("solution.js", "exports.sum = (a, b) => a + b;\n"),
    (
        "test.js",
        "const { test } = require('node:test');\nconst assert = require('node:assert');\n\
         test('adds', () => assert.strictEqual(require('./answer.js').sum(2, 3), 5));\n",
    ),
];

#[test]
fn folders() {
    let groups = entries("folders");
    assert!(
        groups.iter().map(|(_, entries)| entries.len()).sum::<usize>() >= 60,
        "the folders were not found"
    );
    let mut failures = String::new();
    for entry in groups.iter().flat_map(|(_, entries)| entries) {
        if let Err(problem) = check_folder(entry) {
            let _ = writeln!(failures, "{}: {problem}", entry.name);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn check_folder(entry: &Entry) -> Result<(), String> {
    let outside = Book::empty();
    outside.write("secret.js", format!("'{CANARY}'; // => 1\n"));
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in &entry.fences {
        files.insert(path.clone(), written_out(text, &outside.path("secret.js")));
    }
    let mut with_exercise = |folder: &str| {
        for (name, text) in EXERCISE {
            files.entry(format!("exercises/{folder}/{name}")).or_insert_with(|| (*text).to_owned());
        }
    };
    with_exercise("good");
    if entry.fences.iter().any(|(path, _)| path.starts_with("exercises/odd/")) {
        with_exercise("odd");
        files.entry("src/one.md".into()).or_insert_with(|| "# One\n\n{{#exercise odd}}\n".into());
    }
    for (path, text) in DEFAULTS {
        files.entry((*path).to_owned()).or_insert_with(|| (*text).to_owned());
    }
    files
        .insert("src/good.md".into(), "# Good\n\n```js\n40 + 2 // => 42\n```\n\n{{#exercise good}}\n".into());
    let book = Book::empty();
    // A fence without text stands for a file that is not there, an end without a line break is not told from one with it.
    for (path, text) in files.iter().filter(|(_, text)| !text.is_empty()) {
        book.write(path, text);
    }
    let mut lines = entry.expected.lines();
    let exit: i32 =
        lines.next().and_then(|line| line.strip_prefix("exit ")).expect("exit N").parse().expect("a number");
    let started = Instant::now();
    let ran = book.run(&["check", "--untrusted", "--format", "json"]);
    if started.elapsed() > PATIENCE {
        return Err(format!("it took {:?}", started.elapsed()));
    }
    if book.path("marker").exists() {
        return Err("a command of the book was run".into());
    }
    if ran.stderr.contains("panicked") || ran.stdout.contains(CANARY) {
        return Err(format!("panicked, or read a file of the machine: {}", ran.stderr));
    }
    let report: Value =
        serde_json::from_str(&ran.stdout).map_err(|error| format!("{error}: {}", ran.stderr))?;
    let list = |key: &str| report[key].as_array().cloned().unwrap_or_default();
    let found: Vec<String> = list("diagnostics")
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
            let message: String = text("message").chars().take(120).collect();
            format!("{} {}:{} {} {message}", text("code"), text("file"), one["line"], text("severity"))
        })
        .collect();
    if ran.code != exit {
        return Err(format!("exit {}; {found:#?}", ran.code));
    }
    for wanted in lines {
        let starts = |one: &String| one.strip_prefix(wanted).is_some_and(|rest| rest.starts_with([' ', ':']));
        if !found.iter().any(starts) {
            return Err(format!("expected {wanted}; {found:#?}"));
        }
    }
    let held =
        list("claims").iter().any(|claim| claim["file"] == "src/good.md" && claim["verdict"] == "held");
    let passed = list("exercises").iter().any(|one| one["name"] == "good" && one["status"] == "passed");
    // Without a list of its chapters a book has none.
    let is_listed = files["src/SUMMARY.md"].contains("(good.md)");
    let is_found = !files["book.toml"].contains("exercises = ");
    if is_listed && !held || is_found && !passed {
        return Err(format!("the good chapter or exercise beside it is not verified; {found:#?}"));
    }
    Ok(())
}
