//! Clock, time zone and seed: of a book, of a fence, and in the page; and nothing of the machine.

use std::process::Command;

use serde_json::Value;

use crate::support::{Book, GALLEY, run, tree};

const CODE: &str = "const day = new Date();
day.getHours() // => HOURS
day.toISOString() // => TIME
";

fn chapter(words: &str, hours: &str, time: &str) -> String {
    let code = CODE.replace("HOURS", hours).replace("TIME", time);
    format!("# T\n\n```js {words}\n{code}```\n")
}

fn settings(lines: &str) -> String {
    format!("[book]\ntitle = \"T\"\n\n[preprocessor.galley]\n{lines}\n")
}

#[track_caller]
fn held(chapter: &str) {
    held_in(&Book::of(chapter));
}

#[track_caller]
fn held_in(book: &Book) {
    let (report, code) = book.check(".");
    assert_eq!(code, 0, "{report}");
    let claims = report["claims"].as_array().expect("claims");
    assert!(!claims.is_empty() && claims.iter().all(|claim| claim["verdict"] == "held"), "{report}");
}

#[test]
fn by_default_it_is_the_first_second_of_2024_in_utc() {
    held(&chapter("", "0", "2024-01-01T00:00:00.000Z"));
}

#[test]
fn a_fence_sets_the_clock_and_the_zone() {
    held(&chapter("clock=2024-06-01T12:00:00Z", "12", "2024-06-01T12:00:00.000Z"));
    held(&chapter("clock=2024-06-01T12:00:00+02:00", "10", "2024-06-01T10:00:00.000Z"));
    held(&chapter("clock=2024-06-01", "0", "2024-06-01T00:00:00.000Z"));
    held(&chapter("zone=+02:00", "2", "2024-01-01T00:00:00.000Z"));
    held(&chapter("zone=-0930", "14", "2024-01-01T00:00:00.000Z"));
    held(&chapter("zone=Europe/Berlin", "1", "2024-01-01T00:00:00.000Z"));
    held(&chapter("zone=Europe/Berlin,clock=2024-06-01T12:00:00Z", "14", "2024-06-01T12:00:00.000Z"));
}

#[test]
fn a_book_sets_them_and_a_fence_has_the_last_word() {
    let book = Book::of(&chapter("", "14", "2024-06-01T12:00:00.000Z"));
    book.write("book.toml", settings("clock = 2024-06-01T12:00:00Z\nzone = \"Europe/Berlin\""));
    held_in(&book);
    book.write("src/one.md", chapter("zone=UTC", "12", "2024-06-01T12:00:00.000Z"));
    held_in(&book);
    book.write("book.toml", settings("clock = \"2024-06-01T12:00:00Z\""));
    held_in(&book);
}

#[test]
fn local_time_keeps_to_the_zone_as_in_node() {
    held(
        "```js zone=America/New_York
console.log(`${new Date(0)}`) // => Wed Dec 31 1969 19:00:00 GMT-0500 (Eastern Standard Time)
new Date(2024, 6, 4, 12).toISOString() // => '2024-07-04T16:00:00.000Z'
// In the gap and in the hour that comes twice.
new Date(2024, 2, 10, 2, 30).toISOString() // => '2024-03-10T07:30:00.000Z'
new Date(2024, 10, 3, 1, 30).toISOString() // => '2024-11-03T05:30:00.000Z'
new Date('2024-07-04T12:00').getTime() // => 1720108800000
new Date('2024-07-04').getTime() // => 1720051200000
new Date('2024-07-04T12:00Z').getTime() // => 1720094400000
Date.parse('Jul 4, 2024') // => 1720065600000
new Date(2024, 6, 4).getTimezoneOffset() // => 240
new Date(2024, 0, 4).getTimezoneOffset() // => 300
new Date(2024, 6, 4, 12).toLocaleString() // => 7/4/2024, 12:00:00 PM
const day = new Date(2024, 0, 31, 10);
day.setMonth(6)
day.toISOString() // => 2024-07-31T14:00:00.000Z
new Date(NaN).getHours() // => NaN
String(new Date(NaN)) // => Invalid Date
Date.prototype.setHours.length // => 4
```
",
    );
}

#[test]
fn all_realms_have_the_program_s_clock_zone_and_dice() {
    let code = "const vm = require('node:vm');
vm.runInNewContext('new Date().toISOString()') // => 2024-06-01T12:00:00.000Z
vm.runInNewContext('new Date().getHours()') // => 14
vm.runInNewContext('Date.parse(\"2024-06-01T14:00\")') // => 1717243200000
vm.runInThisContext('new Date().getHours()') // => 14
vm.runInNewContext('Math.random()') // => <first:number>";
    held(&format!("```js clock=2024-06-01T12:00:00Z zone=+02:00\n{code}\n```\n"));
    let random = |_| {
        let book = Book::of("```js\nrequire('node:vm').runInNewContext('Math.random()') // => x\n```\n");
        book.check(".").0["claims"][0]["actual"].to_string()
    };
    assert_eq!(random(1), random(2));
}

#[test]
fn a_name_that_is_not_known_is_never_made_up() {
    let book = Book::of(
        "```js zone=Pacific/Apia\nnew Date(0).getHours() // => 13\nString(new Date(0)) // => x\n```\n",
    );
    let (report, _) = book.check(".");
    let text = report.to_string();
    assert!(text.contains("the name of the time zone Pacific/Apia"), "{text}");
}

#[test]
fn the_seed_is_that_of_all_random_values() {
    let random = |words: &str| {
        let code = "Math.random() // => x\ncrypto.randomUUID() // => x\nrequire('node:crypto').randomInt(1e9) // => x";
        let book = Book::of(&format!("```js {words}\n{code}\n```\n"));
        let (report, _) = book.check(".");
        let claims = report["claims"].as_array().expect("claims").clone();
        let actual: Vec<String> = claims.iter().map(|claim| claim["actual"].to_string()).collect();
        assert_eq!(actual.len(), 3);
        actual
    };
    let (first, seventh) = (random(""), random("seed=7"));
    assert_eq!(first, random("seed=1"));
    assert_eq!(seventh, random("seed=7"));
    for (one, other) in first.iter().zip(&seventh) {
        assert_ne!(one, other);
    }
}

#[test]
fn what_is_continued_runs_under_the_settings_of_the_example_that_runs() {
    held(
        "```js clock=2020-01-01\nconst start = Date.now();\nconsole.log(new Date().getFullYear());\n```\n\n```output\n2020\n```\n\n\
         ```js continue clock=2030-01-01\nconsole.log(new Date(start).getFullYear());\n```\n\n```output\n2030\n```\n",
    );
}

#[test]
fn exercises_run_under_the_book_s_settings() {
    let book = Book::with(&[
        ("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n"),
        ("src/one.md", "# One\n\n{{#exercise year}}\n"),
        ("exercises/year/exercise.md", "# Year\n\nGive the year.\n"),
        ("exercises/year/starter.js", "exports.year = () => { throw new Error('TODO') };\n"),
        ("exercises/year/solution.js", "exports.year = () => new Date().getFullYear();\n"),
        (
            "exercises/year/test.js",
            "const test = require('node:test');\nconst assert = require('node:assert');\n\
             test('the year', () => assert.strictEqual(require('./answer.js').year(), 2031));\n",
        ),
    ]);
    book.write("book.toml", settings("clock = 2031-01-01T00:00:00Z"));
    let (report, code) = book.check(".");
    assert_eq!(code, 0, "{report}");
}

#[test]
fn a_wrong_value_is_told_at_its_place_with_the_remedy() {
    let told = |words: &str, parts: &[&str]| {
        let book = Book::empty();
        book.write("a.md", format!("# T\n\n```js {words}\n1 // => 1\n```\n"));
        book.run(&["check", "a.md"]).expect(1).says(&["a.md:3:7"]).says(parts);
    };
    told("clock=noon", &["`clock=noon` is no date and time", "clock=2024-01-01T00:00:00Z"]);
    told("zone=Europe/Berln", &["names no time zone", "did you mean `Europe/Berlin`?"]);
    told("zone=+25:00", &["names no time zone", "`+02:00`"]);
    told("seed=many", &["`seed=many` is no seed", "`seed=1`"]);
    told("seed=-1", &["`seed=-1` is no seed", "`seed=1`"]);
    told("clock", &["`clock` needs a value", "clock=2024-01-01T00:00:00Z"]);
    let book = Book::of("```js\n1 // => 1\n```\n");
    book.write("book.toml", settings("clock = 12"));
    book.run(&["check"]).expect(2).says(&["book.toml:5:9", "`clock` can't be 12", "2024-01-01T00:00:00Z"]);
}

#[test]
fn the_page_runs_the_program_under_the_same_settings() {
    let book =
        Book::of(&chapter("zone=+02:00 clock=2024-06-01T10:00:00Z seed=7", "12", "2024-06-01T10:00:00.000Z"));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    for part in ["\"seed\":7", "\"now\":1717236000000", "\"name\":\"+02:00\"", "[null,7200,0]"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let book = Book::of(&chapter("", "0", "2024-01-01T00:00:00.000Z"));
    book.run(&["build"]).expect(0);
    assert!(!book.read("site/one.html").contains("\"seed\""));
}

/// What asks for everything that differs from machine to machine.
const NOSY: &str = "# Nosy

```js
console.log(new Date().toString(), Date.now(), performance.now());
console.log(Math.random(), (1234.5).toLocaleString(), new Date(0).toLocaleDateString());
console.log(process.env.HOME, process.env.LANG, process.cwd(), process.pid, process.argv);
console.log(require('node:os').cpus().length, require('node:os').hostname(), __filename);
console.log(['b', 'a', 'Z', 'ä'].sort((a, b) => a.localeCompare(b)));
console.log(new Error('where').stack);
console.log(require('node:crypto').randomUUID());
```

```js
1 + 1; // => 3
```
";

/// `check`'s report and, of a true book, the whole site.
#[test]
fn zone_language_folder_environment_and_jobs_change_no_byte() {
    let told = |jobs: &str, zone: &str, language: &str, inside: bool| {
        let book = Book::of(NOSY);
        let elsewhere = Book::empty();
        let folder = if inside { book.path("") } else { elsewhere.path("") };
        let mut command = Command::new(GALLEY);
        command.args(["check", "--jobs", jobs, "--format", "json"]).arg(book.path(""));
        command.env("TZ", zone).env("LANG", language).env("LC_ALL", language).env("HOME", folder.as_path());
        let ran = run(command.env("SECRET", zone).current_dir(folder));
        assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
        let mut report: Value = serde_json::from_str(&ran.stdout).expect("a report");
        assert_ne!(report["summary"]["duration_ms"].take(), Value::Null);
        // The book itself is in another folder each time.
        assert_ne!(report["root"].take(), Value::Null);
        report.to_string()
    };
    let first = told("1", "UTC", "C", true);
    assert!(first.contains("2024-01-01") || first.contains("Jan 01 2024"), "{first}");
    assert_eq!(first, told("8", "Asia/Kathmandu", "de_DE.UTF-8", false));
    assert_eq!(first, told("2", "America/New_York", "tr_TR.UTF-8", true));
}

#[test]
fn two_builds_are_the_same_bytes() {
    let site = |jobs: &str, zone: &str| {
        let book = Book::of(&(NOSY.replace("// => 3", "// => 2") + "\n{{#verification}}\n"));
        let mut command = Command::new(GALLEY);
        command.args(["build", "--jobs", jobs]).env("TZ", zone).env("LANG", zone).current_dir(book.path(""));
        run(&mut command).expect(0);
        let root = book.path("site");
        let files = tree(&root);
        files
            .into_iter()
            .map(|(path, bytes)| (path.strip_prefix(&root).expect("inside").to_path_buf(), bytes))
            .collect::<Vec<_>>()
    };
    let (one, other) = (site("1", "UTC"), site("8", "Asia/Tokyo"));
    assert!(one.len() > 20);
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.0, other.0);
        assert!(one.1 == other.1, "{} differs", one.0.display());
    }
    assert_eq!(one.len(), other.len());
}
