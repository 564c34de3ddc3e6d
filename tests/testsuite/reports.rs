//! The reports of `check` in every format, in shards and merged: as their readers read them.

use std::collections::BTreeSet;
use std::process::Command;

use quick_junit::{NonSuccessKind, TestCaseStatus};
use serde_json::Value;

use crate::support::{Book, GALLEY, Ran, project, run};

/// Everything that can be wrong, in one book; its chapters share no state.
fn broken() -> Book {
    let book = Book::with(&[
        ("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Ünï](a%20b.md)\n"),
        (
            "src/one.md",
            "# T\n\n{{#exercise sum}}\n\n```js\nconst sum = 1 + 1; // => 3\n[1] // => [1]\n```\n\n```js\nnull.x\n```\n\n\
             ```js timeout=100\nwhile (true) {}\n```\n\n```js\nlet let = 3;\n```\n\n```js ignore\n1 // => 1\n```\n\n\
             ```js\nvar module = {…};\n```\n\n\
             ```js\nthrow new Error('\\u001b[31m # 100% ]]> \\u0007,:')\nconsole.log('a') // => a\n```\n\n\
             ```output\nlost\n```\n\nText.\n\n```output\nlone\n```\n",
        ),
        (
            "src/a b.md",
            "# Ü\n\n```js\nlet é = 'ü'; é // => 'x'\nconsole.log('order of things') // order of thing\n```\n",
        ),
        ("exercises/sum/exercise.md", "# Sum\n\nAdd.\n"),
        ("exercises/sum/starter.js", "exports.sum = () => {}\n"),
        ("exercises/sum/solution.js", "exports.sum = (a, b) => a - b\n"),
        ("exercises/sum/wrong/zero.js", "exports.sum = () => 0\n"),
        (
            "exercises/sum/test.js",
            "const test = require('node:test');\nconst assert = require('node:assert');\n\
             const { sum } = require('./answer.js');\n\
             test('adds # two', () => assert.equal(sum(1, 2), 3));\ntest('zero', () => assert.equal(sum(0, 0), 0));\n\
             test.skip('later', () => {});\n",
        ),
    ]);
    let settings = book.read("book.toml");
    book.write("book.toml", settings + "\n[preprocessor.galley]\nbad = 1\n");
    book
}

/// State that reaches over examples, names that are captured, and an exercise that is right.
fn shared() -> Book {
    let mut chapter = "# T\n\nAn orphan: `1` <!-- => 1 === 1 -->\n".to_owned();
    for section in 0..6 {
        chapter.push_str(&format!(
            "\n## S{section}\n\n```js\nconst order = {{ id: {section} }};\norder // => {{ id: <id> }}\n```\n\n\
             ```js\norder.id // => <id>\n```\n\n```js\norder.id // => {}\n```\n\n```js\nmissing{section}\n```\n",
            section % 3,
        ));
    }
    chapter.push_str("\n```js\nconst missing0 = 1;\n```\n\n```js ignore\nconst late = 1;\n```\n\n# U\n\n```js\nlate\n```\n");
    let book = Book::with(&[
        ("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n- [Gone](gone.md)\n"),
        ("src/one.md", &chapter),
        ("src/two.md", "# Two\n\n{{#include one.md}}\n\n{{#exercise nothing}}\n\n`2` <!-- => 1 === 2 -->\n"),
    ]);
    let settings = book.read("book.toml");
    book.write("book.toml", settings + "\n[preprocessor.galley]\nstate = \"section\"\n");
    book
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The report without what no two runs have in common.
fn timeless(mut report: Value) -> Value {
    report["summary"]["duration_ms"] = 0.into();
    for example in report["examples"].as_array_mut().expect("examples") {
        example["cached"] = false.into();
    }
    report
}

/// Checks with each shard and gives the files' names.
fn check_shards(book: &Book, path: &str, count: usize) -> Vec<String> {
    let names = (1..=count).map(|index| {
        let name = format!("shard-{index}-of-{count}.json");
        let (shard, format) = (format!("{index}/{count}"), format!("json={name}"));
        let ran = book.run(&["check", path, "--shard", &shard, "--format", &format]);
        assert!(ran.code <= 2, "{}{}", ran.stdout, ran.stderr);
        name
    });
    names.collect()
}

fn merge(book: &Book, names: &[String], more: &[&str]) -> Ran {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    book.run(&[&["report", "merge"], &names[..], more].concat())
}

#[test]
fn every_json_report_is_of_the_published_schema() {
    let schema = json(&Book::empty().run(&["report", "schema"]).expect(0).stdout);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    #[track_caller]
    fn validate(validator: &jsonschema::Validator, report: &Value) {
        let errors: Vec<String> = validator.iter_errors(report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{report:#}");
    }
    let own =
        run(Command::new(GALLEY).args(["check", ".", "--format", "json"]).current_dir(project())).expect(0);
    validate(&validator, &json(&own.stdout));
    let (report, code) = broken().check(".");
    assert_eq!(code, 2);
    validate(&validator, &report);
    let (report, _) = Book::empty().check("nowhere.md");
    validate(&validator, &report);
    let book = shared();
    let names = check_shards(&book, ".", 2);
    validate(&validator, &json(&book.read(&names[1])));
    validate(&validator, &json(&merge(&book, &names, &["--format", "json"]).expect(1).stdout));
    // And what is none is refused.
    for (pointer, wrong) in [
        ("/claims/0/verdict", "true"),
        ("/diagnostics/0/code", "G999"),
        ("/examples/0/outcome", "done"),
        ("/shard", "1"),
        ("/schema", "1"),
    ] {
        let mut broken = broken().check(".").0;
        *broken.pointer_mut(pointer).expect("a field") = wrong.into();
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}

#[test]
fn several_reports_at_once_and_one_for_people() {
    let book = Book::of("# T\n\n```js\n1 + 1 // => 3\n```\n");
    let ran = book.run(&["check", "--format", "json=a.json", "--format", "junit=a.xml"]).expect(1);
    ran.says(&["error[G001]", "not verified"]);
    assert_eq!(json(&book.read("a.json"))["claims"][0]["verdict"], "broken");
    assert!(book.read("a.xml").contains("<testsuites"));
    let ran = book.run(&["check", "--format", "sarif=a.sarif", "--format", "github"]).expect(1);
    assert!(ran.stdout.starts_with("::error file=src/one.md,line=4,endLine=4,"), "{}", ran.stdout);
    assert_eq!(json(&book.read("a.sarif"))["version"], "2.1.0");
    let ran =
        book.run(&["check", "--format", "tap", "--output", "a.tap", "--format", "json=b.json"]).expect(1);
    assert_eq!(ran.stdout, "");
    assert!(book.read("a.tap").starts_with("TAP version 14\n"));
    assert_eq!(timeless(json(&book.read("a.json"))), timeless(json(&book.read("b.json"))));
    let ran = book.run(&["check", "--output", "a.txt"]).expect(1);
    assert_eq!(ran.stdout, "");
    assert!(book.read("a.txt").contains("error[G001]"));
}

#[test]
fn reports_that_can_go_nowhere_are_refused_before_anything_runs() {
    let book = Book::of("# T\n\n```js\n1 + 1 // => 3\n```\n");
    for (args, told) in [
        (&["--format", "json", "--format", "tap"][..], "only one report can go to standard output"),
        (&["--format", "json=a", "--format", "tap=a"], "two reports can't go into one file: a"),
        (
            &["--format", "json", "--output", "a", "--format", "tap=a"],
            "two reports can't go into one file: a",
        ),
        (&["--format", "json=a", "--output", "b"], "--output is for a --format without a file"),
        (&["--format", "xml"], "there are human, json, junit, sarif, github, tap, badge"),
        (&["--format", "json="], "a file is to be named"),
        (&["--format", "badge="], "e.g. `badge=verified.svg`"),
        (&["--shard", "4/3"], "K is one of 1 to N"),
        (&["--shard", "0/3"], "K is one of 1 to N"),
        (&["--shard", "3"], "a shard is written K/N"),
        (&["--shard", "1/2", "--bless"], "cannot be used with"),
    ] {
        let ran = book.run(&[&["check"], args].concat()).expect(2);
        assert_eq!(ran.stdout, "", "{args:?}");
        ran.says(&[told]);
    }
    assert!(!book.path("a").exists());
}

#[test]
fn a_report_that_cannot_be_written_is_an_error_and_the_others_are_there() {
    let book = Book::of("# T\n\n```js\n1 + 1 // => 2\n```\n");
    let args =
        ["check", "--format", "json=no/such/folder/a.json", "--format", "junit=a.xml", "--format", "tap"];
    let ran = book.run(&args).expect(2).says(&["can't write the report to no/such/folder/a.json"]);
    assert!(ran.stdout.starts_with("TAP version 14\n"));
    assert!(book.read("a.xml").contains("<testsuites"));
}

/// Its cases as "suite: name = state", as quick-junit reads them.
fn junit(text: &str) -> Vec<String> {
    let report =
        quick_junit::Report::deserialize_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let cases = report.test_suites.iter().flat_map(|suite| {
        suite.test_cases.iter().map(|case| {
            let state = match &case.status {
                TestCaseStatus::Success { .. } => "passed",
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => "failure",
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => "error",
                TestCaseStatus::Skipped { .. } => "skipped",
            };
            format!("{}: {} = {state}", suite.name.as_str(), case.name.as_str())
        })
    });
    let cases: Vec<String> = cases.collect();
    let count = |state: &str| cases.iter().filter(|case| case.ends_with(state)).count();
    assert_eq!(report.tests, cases.len());
    assert_eq!(report.failures, count("= failure"));
    assert_eq!(report.errors, count("= error"));
    assert_eq!(cases.iter().collect::<BTreeSet<_>>().len(), cases.len(), "a page shows one of each name");
    cases
}

#[test]
fn junit_has_a_case_for_all_that_is_verified() {
    let book = broken();
    let text = book.run(&["check", "--format", "junit"]).expect(2).stdout;
    assert_eq!(
        junit(&text),
        [
            "src/one.md: example 1 = passed",
            "src/one.md: example 1 gives 3 = failure",
            "src/one.md: example 1 gives [1] = passed",
            "src/one.md: example 2 = failure",
            "src/one.md: example 3 = error",
            "src/one.md: example 4 = error",
            "src/one.md: example 5 = skipped",
            "src/one.md: example 5 gives 1 = skipped",
            "src/one.md: example 6 = skipped",
            "src/one.md: example 7 = failure",
            "src/one.md: example 7 prints a = skipped",
            "src/one.md: example 7 prints lost = failure",
            "src/one.md: prints lone = failure",
            "src/a b.md: example 1 = passed",
            "src/a b.md: example 1 gives 'x' = failure",
            "src/a b.md: example 1 prints order of thing = skipped",
            "exercises/sum: the solution passes = failure",
            "exercises/sum: the solution passes: adds # two = failure",
            "exercises/sum: the solution passes: zero = passed",
            "exercises/sum: the solution passes: later = skipped",
            "exercises/sum: the starter fails = passed",
            "exercises/sum: wrong/zero.js is refused = passed",
            "book.toml: G011 Config = error",
        ]
    );
    for part in
        ["classname=\"src.one\" file=\"src/one.md\" line=\"6\"", "type=\"G001\"", "--&gt; src/one.md:6:"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    // XML has no way to write these, so they are told by their code.
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
    let told = "the example throws Error: \\u{1b}[31m # 100% ]]&gt; \\u{7},:";
    for part in [format!("message=\"{told}"), format!("error[G003]: {told}")] {
        assert!(text.contains(&part), "{part} is not in\n{text}");
    }
}

#[test]
fn a_green_book_has_no_failing_case_and_a_red_one_has() {
    for (chapter, code) in [
        ("# T\n\n```js\n1 + 1 // => 2\n```\n", 0),
        ("# T\n", 1),
        ("# T\n\n```js nonsense\n1 + 1 // => 2\n```\n", 1),
        ("# T\n\n```js throws\n1 // => 1\n```\n", 1),
        ("# T\n\n```js\n1 // => 1\n", 1),
    ] {
        let book = Book::of(chapter);
        let ran = book.run(&["check", "--format", "junit=a.xml", "--format", "tap"]);
        let failing = junit(&book.read("a.xml"))
            .iter()
            .any(|case| case.ends_with("failure") || case.ends_with("error"));
        assert_eq!(ran.stdout.contains("\nnot ok "), failing, "{chapter}");
        assert_eq!((ran.code == 1, ran.code), (failing, code), "{chapter}{}", ran.stdout);
    }
}

#[test]
fn tap_has_a_point_for_each_case_and_nothing_that_reads_as_a_directive() {
    let book = broken();
    let ran = book.run(&["check", "--format", "tap", "--format", "junit=a.xml"]).expect(2);
    let points: Vec<&str> =
        ran.stdout.lines().filter(|line| line.starts_with("ok ") || line.starts_with("not ok ")).collect();
    let cases = junit(&book.read("a.xml"));
    assert!(ran.stdout.starts_with(&format!("TAP version 14\n1..{}\n", cases.len())), "{}", ran.stdout);
    assert_eq!(points.len(), cases.len());
    for (at, (point, case)) in points.iter().zip(&cases).enumerate() {
        let (name, state) = case.rsplit_once(" = ").expect("a state");
        let name = name.replace('#', "\\#");
        let number = at + 1;
        match state {
            "passed" => assert_eq!(*point, format!("ok {number} - {name}")),
            "skipped" => assert!(point.starts_with(&format!("ok {number} - {name} # SKIP ")), "{point}"),
            _ => assert_eq!(*point, format!("not ok {number} - {name}")),
        }
    }
    assert!(!ran.stdout.contains("TODO"));
    assert!(ran.stdout.contains("  ---\n  message: \"the value is stated as `3`, but the run gives `2`\"\n  severity: error\n  code: G001\n"));
}

#[test]
fn github_gets_a_command_a_finding() {
    let ran = broken().run(&["check", "--format", "github", "--format", "json=a.json"]).expect(2);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "::error file=book.toml,line=9,endLine=9,col=1,endColumn=4,title=G011 Config::`bad` is not a setting of \
         Galley%0Ahelp: did you mean `bare`?"
    );
    assert!(lines.iter().any(|line| line.starts_with("::warning file=src/a b.md,line=5,")), "{}", ran.stdout);
    assert!(ran.stdout.contains("100%25 ]]> \\u{7},:"), "{}", ran.stdout);
    let (last, commands) = lines.split_last().expect("lines");
    assert!(commands.iter().all(|line| line.starts_with("::")), "{}", ran.stdout);
    assert!(last.starts_with("not verified: "), "{last}");
}

#[test]
fn sarif_has_rules_places_patches_and_levels() {
    let book = broken();
    book.run(&["check", "--format", "sarif=a.sarif", "--format", "json=a.json"]).expect(2);
    let (log, report) = (json(&book.read("a.sarif")), json(&book.read("a.json")));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let findings = report["diagnostics"].as_array().expect("findings");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), findings.len());
    for (result, found) in results.iter().zip(findings) {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("a rule")).expect("small")];
        assert_eq!((&rule["id"], &result["ruleId"]), (&found["code"], &found["code"]));
        assert!(!rule["help"]["text"].as_str().unwrap_or_default().is_empty());
        assert_eq!(result["level"], found["severity"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], found["line"]);
        assert_eq!(result["fixes"].as_array().map_or(0, Vec::len), usize::from(!found["fix"].is_null()));
    }
    let of_file = |result: &&Value| {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/a%20b.md"
    };
    let result = results.iter().find(of_file).expect("the finding of the second chapter");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 22);
    let patch = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(patch["insertedContent"]["text"], "'ü'");
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_differs_from_others() {
    let example = "```js\n1 + 1 // => 3\n```\n\n```js\n1 + 1 // => 3\n2 + 2 // => 5\n```\n";
    let fingerprints = |chapter: &str| {
        let log = json(&Book::of(chapter).run(&["check", "--format", "sarif"]).expect(1).stdout);
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        let hash = |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].to_string();
        results.iter().map(hash).collect::<Vec<String>>()
    };
    let before = fingerprints(example);
    assert_eq!(before, fingerprints(&format!("# T\n\nMore.\n\n{example}")));
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 3, "{before:?}");
}

#[test]
fn files_are_named_from_where_the_check_ran() {
    let book = Book::empty();
    book.write("docs/book.toml", "[book]\ntitle = \"T\"\nsrc = \"src\"\n");
    book.write("docs/src/SUMMARY.md", "- [One](one.md)\n");
    book.write("docs/src/one.md", "```js\n1 // => 2\n```\n");
    book.run(&["check", "docs", "--format", "json=a.json"])
        .expect(1)
        .says(&["mdbook-galley check docs/src/one.md"]);
    for (path, file) in
        [("docs", "docs/src/one.md"), ("./docs/", "docs/src/one.md"), ("docs/src/one.md", "docs/src/one.md")]
    {
        let ran = book.run(&["check", path, "--format", "github"]).expect(1);
        assert!(ran.stdout.starts_with(&format!("::error file={file},line=2")), "{path}: {}", ran.stdout);
    }
    let ran = book.run(&["report", "merge", "a.json", "--format", "tap"]).expect(1);
    assert!(ran.stdout.contains("not ok 2 - docs/src/one.md: example 1 gives 2"), "{}", ran.stdout);
}

#[track_caller]
fn shards_are_the_whole(book: &Book, path: &str, counts: &[usize]) {
    let whole = book.run(&["check", path, "--format", "json=whole.json", "--format", "junit=whole.xml"]);
    let report = timeless(json(&book.read("whole.json")));
    for &count in counts {
        let mut names = check_shards(book, path, count);
        let sizes =
            names.iter().map(|name| json(&book.read(name))["examples"].as_array().map_or(0, Vec::len));
        assert_eq!(sizes.sum::<usize>(), report["examples"].as_array().map_or(0, Vec::len));
        // In which order they are named is nothing to them.
        names.reverse();
        let merged =
            merge(book, &names, &["--format", "json", "--format", "junit=merged.xml"]).expect(whole.code);
        assert_eq!(timeless(json(&merged.stdout)), report, "{count} shards");
        assert_eq!(junit(&book.read("merged.xml")), junit(&book.read("whole.xml")));
    }
}

#[test]
fn the_shards_of_our_own_book_are_the_whole_of_it() {
    let book = Book::empty();
    shards_are_the_whole(&book, project().to_str().expect("UTF-8"), &[1, 2, 3, 7]);
}

#[test]
fn the_shards_of_a_book_with_mistakes_are_the_whole_of_it() {
    shards_are_the_whole(&broken(), ".", &[1, 2, 5]);
}

#[test]
fn examples_that_share_their_state_stay_together() {
    let book = shared();
    shards_are_the_whole(&book, ".", &[2, 3, 7]);
    let shards = check_shards(&book, ".", 7).iter().map(|name| json(&book.read(name))).collect::<Vec<_>>();
    let busy =
        shards.iter().filter(|report| report["examples"].as_array().is_some_and(|list| !list.is_empty()));
    assert!(busy.count() > 2, "the sections are spread over the shards");
}

#[test]
fn a_shard_without_an_example_is_green_and_says_what_it_is() {
    let book = Book::of("# T\n\n```js\n1 + 1 // => 2\n```\n");
    let reports: Vec<Value> = check_shards(&book, ".", 3).iter().map(|name| json(&book.read(name))).collect();
    let examples = |report: &Value| report["examples"].as_array().map_or(0, Vec::len);
    assert_eq!(reports.iter().map(examples).sum::<usize>(), 1);
    for (at, report) in reports.iter().enumerate() {
        assert_eq!(report["shard"], format!("{}/3", at + 1));
        assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
    }
    book.run(&["check", "--shard", "1/3"]).expect(0).says(&["verified (shard 1/3): "]);
    assert_eq!(json(&book.run(&["check", "--format", "json"]).stdout)["shard"], Value::Null);
    // A book with nothing in it stays red.
    let empty = Book::of("# T\n");
    let names = check_shards(&empty, ".", 2);
    merge(&empty, &names, &[]).expect(1).says(&["G030"]);
}

#[test]
fn a_merged_report_has_places_and_messages_without_the_sources() {
    let book = Book::of("# T\n\n```js\n1 + 1 // => 3\n```\n");
    let names = check_shards(&book, ".", 2);
    let ran = merge(&book, &names, &[]).expect(1);
    let ran = ran.says(&[
        "error[G001]",
        "src/one.md:4:13",
        "the run gives 2",
        "not verified: 0 claims held, 1 broken",
    ]);
    assert!(!ran.stdout.contains("1 + 1"), "{}", ran.stdout);
}

#[test]
fn what_is_no_whole_run_is_not_merged() {
    let book = Book::of("# T\n\n```js\n1 + 1 // => 2\n```\n\n```js\n2 + 2 // => 4\n```\n");
    let names = check_shards(&book, ".", 3);
    book.run(&["check", "--format", "json=whole.json"]).expect(0);
    let pairs = check_shards(&book, ".", 2);
    let [one, two, three] = [&names[0], &names[1], &names[2]].map(String::as_str);
    let edited = |name: &str, new: &str, edit: &dyn Fn(&mut Value)| {
        let mut report = json(&book.read(name));
        edit(&mut report);
        book.write(new, report.to_string());
    };
    edited(one, "schema.json", &|report| report["schema"] = 2.into());
    edited(one, "version.json", &|report| report["tool"]["version"] = "9.9.9".into());
    edited(one, "other.json", &|report| report["tool"]["name"] = "eslint".into());
    edited(one, "lacking.json", &|report| report["examples"] = Value::Null);
    edited(one, "shard.json", &|report| report["shard"] = "4/3".into());
    book.write("text.json", "not JSON");
    book.write("bytes.json", [0xff, 0xfe]);
    let has_examples =
        |name: &&String| json(&book.read(name))["examples"].as_array().is_some_and(|list| !list.is_empty());
    let holder = names.iter().find(has_examples).expect("a shard with an example");
    let others: Vec<&str> = names.iter().filter(|name| *name != holder).map(String::as_str).collect();
    edited(others[0], "twice.json", &|report| {
        report["examples"] = json(&book.read(holder))["examples"].clone();
    });
    edited(holder, "gap.json", &|report| report["examples"][0]["index"] = 9.into());
    let is_last = |example: &Value| example["index"] == 1;
    let last = names.iter().find(|name| {
        json(&book.read(name))["examples"].as_array().is_some_and(|list| list.iter().any(is_last))
    });
    let last = last.expect("a shard with the last example");
    edited(last, "short.json", &|report| {
        report["examples"].as_array_mut().expect("examples").retain(|example| !is_last(example));
        report["claims"] = Value::Array(Vec::new());
    });
    let not_last: Vec<&str> = names.iter().filter(|name| *name != last).map(String::as_str).collect();
    let settings =
        book.run(&["check", "--shard", "1/3", "--config", "bare=false", "--format", "json=settings.json"]);
    assert!(settings.code < 2);
    edited(holder, "claim.json", &|report| report["claims"][0]["example"] = 9.into());
    let longer = Book::of("# T\n\n```js\n1 + 1 // => 2\n```\n\n```js\n2 + 2 // => 4\n```\n\nMore.\n");
    book.write("longer.json", longer.read(&check_shards(&longer, ".", 3)[0]));
    for (files, told) in [
        (&[one, three][..], "the report of shard 2/3 is missing"),
        (&[one], "the report of shard 2/3, 3/3 is missing"),
        (&[one, two, three, two], "shard-2-of-3.json and shard-2-of-3.json are both shard 2/3"),
        (
            &[one, pairs[1].as_str()],
            "shard-1-of-3.json is one of 3 shards, and shard-2-of-2.json is shard 2/2",
        ),
        (&["whole.json", one], "whole.json is the report of a whole run"),
        (&["whole.json", "whole.json"], "whole.json is the report of a whole run"),
        (&["schema.json", two, three], "schema.json is of schema 2"),
        (&["version.json", two, three], "version.json was written by version 9.9.9"),
        (&["other.json", two, three], "other.json is no report of"),
        (&["lacking.json", two, three], "lacking.json is no report of"),
        (&["longer.json", two, three], "are of different texts or settings"),
        (&[holder, "twice.json", others[1]], "is in"),
        (&["gap.json", others[0], others[1]], "is in none of the reports"),
        (&["short.json", not_last[0], not_last[1]], "example 2 is in none of the reports"),
        (&["settings.json", two, three], "of different texts or settings"),
        (&["claim.json", others[0], others[1]], "claim.json has a claim of an example that it does not have"),
        (&["shard.json", two, three], "shard.json is of shard `4/3`"),
        (&["text.json"], "text.json is no report of"),
        (&["bytes.json"], "can't read bytes.json"),
        (&["gone.json"], "can't read gone.json"),
    ] {
        let ran = book.run(&[&["report", "merge"], files, &["--format", "tap=out.tap"]].concat()).expect(2);
        assert_eq!(ran.stdout, "", "{files:?}");
        ran.says(&[told]);
    }
    assert!(!book.path("out.tap").exists());
    book.run(&["report", "merge"]).expect(2);
    let ran = merge(&book, &names, &[]).expect(0);
    assert!(ran.stdout.starts_with("verified: 2 claims held"), "{}", ran.stdout);
}

#[test]
fn sarif_shows_no_placeholder_where_an_author_writes_one() {
    let messages = |code: &str| {
        let chapter = format!("```js\n{code}\n```\n");
        let log = json(&Book::of(&chapter).run(&["check", "--format", "sarif"]).expect(1).stdout);
        let result = &log["runs"][0]["results"][0];
        let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        [&result["message"]["text"], &replacement["insertedContent"]["text"]]
            .map(|text| text.as_str().expect("a text").to_owned())
    };
    let [message, inserted] = messages("'{0} {{1}}' // => '{2}'");
    assert!(message.contains("'{{2}}'") && message.contains("'{{0}} {{{{1}}}}'"), "{message}");
    assert_eq!(inserted, "'{0} {{1}}'");
    let [message, _] = messages("({ a: 1 }) // => { a: 2 }");
    assert!(message.contains("`{ a: 2 }`") && message.contains("`{ a: 1 }`"), "{message}");
}

#[test]
fn a_report_into_no_folder_or_a_folder_says_what_to_do() {
    let book = Book::of("# T\n\n```js\n1 // => 1\n```\n");
    let refused = |file: &str| book.run(&["check", "--output", file]).expect(2);
    refused("gone/a.txt")
        .says(&["can't write the report to gone/a.txt: there is no folder gone, so make it first"]);
    refused("src").says(&["can't write the report to src: it is a folder, so name a file in it"]);
}
