//! The language of claims, one rule a file: `tests/claims/KIND/RULE.md` is a chapter that shows the rule from both sides,
//! and `RULE.report` beside it is what `check` makes of it, a line for each claim and then for each finding:
//!
//! ```text
//! LINE:COLUMN KIND VERDICT RUNG "STATED" -> "WHAT THE RUN GIVES, OR WHY IT CAN'T BE JUDGED"
//! LINE:COLUMN SEVERITY CODE MESSAGE
//! ```
//!
//! A file whose first line is `<!-- config: KEY=VALUE; … -->` is checked with these settings.
//! `UPDATE_CLAIMS=1 cargo test --test testsuite claims` writes the reports anew: read what changes in them, for a wrong
//! verdict is a mistake in the judge and not in the report.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::Value;
use similar::TextDiff;

use crate::falsify::changes;
use crate::support::{Book, project, tree};

/// Held claims whose text can be changed and nobody notices, with the reason. One too many fails as one too few does.
const UNNOTICED: &[(&str, usize, &str)] = &[
    ("bare/explained.md", 9, "behind an expression a word and a comma are an ordinary comment"),
    ("errors/javascriptcore.md", 8, "which expression was evaluated is in no other engine's words"),
    ("errors/stack-below.md", 7, "the lines of a stack are not compared"),
    ("errors/thrown-in-function.md", 7, "without a name that can be an error's it is an ordinary comment"),
    ("errors/thrown-in-function.md", 9, "the error is reported where it is thrown, in the function"),
    ("output/nothing.md", 7, "behind a verb another word is a remark"),
    ("prose/printed.md", 9, "a sentence may be about something else, unless `prose` says otherwise"),
    ("prose/returned.md", 9, "a sentence may be about something else, unless `prose` says otherwise"),
    ("prose/thrown.md", 9, "a sentence may be about something else, unless `prose` says otherwise"),
    ("refused/two.md", 7, "the block no longer parses, which is reported at its first such line"),
    ("remarks/short.md", 6, "words of two letters are near to too many others"),
    ("remarks/verb.md", 6, "words of two letters are near to too many others"),
    ("rungs/error.md", 8, "which constant it is is in no other engine's words"),
    ("sequences/alternatives.md", 6, "one of two alternatives is enough"),
    ("throws/any.md", 6, "a verb alone has no text that could be changed"),
    ("throws/caught.md", 7, "without a name that can be an error's it is an ordinary comment"),
];

/// A proof file.
struct Rule {
    /// `value/expression.md`.
    name: String,
    text: String,
    /// `KEY=VALUE`, as `--config` takes them.
    settings: Vec<String>,
}

fn folder() -> PathBuf {
    project().join("tests/claims")
}

fn rules() -> Vec<Rule> {
    let files = tree(&folder()).into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "md"));
    let rule = |(path, bytes): (PathBuf, Vec<u8>)| {
        let name = path.strip_prefix(folder()).expect("inside").to_str().expect("UTF-8").replace('\\', "/");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let first = text.lines().next().unwrap_or_default();
        let settings = first
            .strip_prefix("<!-- config: ")
            .and_then(|rest| rest.strip_suffix(" -->"))
            .unwrap_or_default();
        let settings =
            settings.split("; ").filter(|setting| !setting.is_empty()).map(str::to_owned).collect();
        Rule { name, text, settings }
    };
    files.map(rule).collect()
}

/// Checks the files, in one run for all that share their settings: what is reported of each.
fn check<'a>(files: impl Iterator<Item = (&'a Rule, &'a str)>) -> BTreeMap<String, Told> {
    let mut runs: BTreeMap<&[String], Vec<(&Rule, &str)>> = BTreeMap::new();
    for (rule, text) in files {
        runs.entry(&rule.settings).or_default().push((rule, text));
    }
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for (settings, files) in runs {
        let book = Book::empty();
        let mut arguments = vec!["check", "--format", "json"];
        for setting in settings {
            arguments.extend(["--config", setting]);
        }
        for (rule, text) in files {
            book.write(&rule.name, text);
            arguments.push(&rule.name);
            told.insert(rule.name.clone(), Told::default());
        }
        let ran = book.run(&arguments);
        let mut report: Value = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}\n{}", ran.stdout, ran.stderr));
        for key in ["claims", "diagnostics"] {
            let Value::Array(entries) = report[key].take() else { panic!("no {key}") };
            for entry in entries {
                let file = entry["file"].as_str().expect("a file");
                let told = told.get_mut(file).unwrap_or_else(|| panic!("{entry:#} is of no file"));
                let list = if key == "claims" { &mut told.claims } else { &mut told.findings };
                list.push(entry);
            }
        }
    }
    told
}

/// What is reported of one file.
#[derive(Default)]
struct Told {
    claims: Vec<Value>,
    findings: Vec<Value>,
}

impl Told {
    fn report(&self) -> String {
        let mut text = String::new();
        let word = |entry: &Value, key: &str| without_stack(entry[key].as_str().unwrap_or("-"));
        for claim in &self.claims {
            let seen = match (claim["actual"].as_str(), claim["reason"].as_str()) {
                (Some(actual), Some(reason)) => format!("{:?} ({reason})", without_stack(actual)),
                (one, other) => format!("{:?}", without_stack(one.or(other).unwrap_or_default())),
            };
            let _ = writeln!(
                text,
                "{}:{} {} {} {} {:?} -> {seen}",
                claim["line"],
                claim["column"],
                word(claim, "kind"),
                word(claim, "verdict"),
                word(claim, "rung"),
                word(claim, "stated"),
            );
        }
        for found in &self.findings {
            let _ = writeln!(
                text,
                "{}:{} {} {} {}",
                found["line"],
                found["column"],
                word(found, "severity"),
                word(found, "code"),
                word(found, "message").replace('\n', "\\n"),
            );
        }
        if text.is_empty() { "nothing is stated\n".into() } else { text }
    }
}

/// Where in the runtime an error arose is no part of a rule.
fn without_stack(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("    at "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_rule_gives_its_report() {
    let rules = rules();
    let told = check(rules.iter().map(|rule| (rule, rule.text.as_str())));
    let rewrites = std::env::var_os("UPDATE_CLAIMS").is_some();
    let mut failures = String::new();
    for rule in &rules {
        let actual = told[&rule.name].report();
        let path = folder().join(&rule.name).with_extension("report");
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if actual == expected {
            continue;
        }
        if rewrites {
            std::fs::write(&path, &actual).expect("a report");
        }
        let diff = TextDiff::from_lines(&expected, &actual);
        let _ = writeln!(failures, "tests/claims/{}:\n{}", rule.name, diff.unified_diff().context_radius(1));
    }
    assert!(rewrites || failures.is_empty(), "{failures}(UPDATE_CLAIMS=1 writes the reports anew)");
    let named: BTreeSet<PathBuf> = rules.iter().map(|rule| PathBuf::from(&rule.name)).collect();
    for path in tree(&folder()).into_keys().filter(|path| path.extension().is_some_and(|e| e == "report")) {
        let of = path.strip_prefix(folder()).expect("inside").with_extension("md");
        assert!(named.contains(&of), "{} is the report of no file", path.display());
    }
    assert!(rules.len() >= 160, "only {} files were found", rules.len());
}

/// A stated line of a held claim with its last letter or digit changed.
struct Changed<'a> {
    rule: &'a Rule,
    /// Of the claim.
    lines: (u64, u64),
    text: String,
    /// The changed line of the text.
    shown: String,
}

#[test]
fn changing_any_stated_line_is_noticed() {
    let rules = rules();
    let told = check(rules.iter().map(|rule| (rule, rule.text.as_str())));
    // One change a file at a time, all files at once.
    let mut rounds: Vec<Vec<Changed<'_>>> = Vec::new();
    let mut unnoticed: BTreeSet<(&str, u64)> = BTreeSet::new();
    let mut count = 0;
    for rule in &rules {
        let held = told[&rule.name].claims.iter().filter(|claim| claim["verdict"] == "held");
        let mut round = 0;
        for claim in held {
            let lines =
                (claim["line"].as_u64().expect("a line"), claim["end_line"].as_u64().expect("a line"));
            let changes = changes(&rule.text, claim);
            if changes.is_empty() {
                unnoticed.insert((&rule.name, lines.0));
            }
            for change in changes {
                let text = change.apply(&rule.text);
                let line_start = text[..change.range.start].rfind('\n').map_or(0, |at| at + 1);
                let shown = text[line_start..].lines().next().unwrap_or_default().to_owned();
                let change = Changed { rule, lines, text, shown };
                if rounds.len() == round {
                    rounds.push(Vec::new());
                }
                rounds[round].push(change);
                round += 1;
                count += 1;
            }
        }
    }
    let mut failures = String::new();
    let listed: BTreeMap<(&str, u64), &str> =
        UNNOTICED.iter().map(|&(file, line, reason)| ((file, line as u64), reason)).collect();
    for round in &rounds {
        let told = check(round.iter().map(|change| (change.rule, change.text.as_str())));
        for change in round {
            let noticed = told[&change.rule.name].findings.iter().any(|found| {
                let at = |key: &str| found[key].as_u64().unwrap_or_default();
                found["severity"] != "note"
                    && at("line") <= change.lines.1
                    && at("end_line") >= change.lines.0
            });
            if noticed {
                continue;
            }
            let place = (change.rule.name.as_str(), change.lines.0);
            unnoticed.insert(place);
            if !listed.contains_key(&place) {
                let _ = writeln!(
                    failures,
                    "{}:{}: nobody notices `{}`\n{}",
                    place.0,
                    place.1,
                    change.shown,
                    told[place.0].report()
                );
            }
        }
    }
    for (place, reason) in &listed {
        if !unnoticed.contains(place) {
            let _ =
                writeln!(failures, "{}:{} is noticed, the list says otherwise: {reason}", place.0, place.1);
        }
    }
    for place in unnoticed.iter().filter(|place| !listed.contains_key(*place)) {
        let _ = writeln!(failures, "{}:{} is not noticed or can't be changed", place.0, place.1);
    }
    println!("{count} changes in {} rounds, {} of claims that are listed", rounds.len(), listed.len());
    assert!(failures.is_empty(), "{failures}");
    assert!(count >= 300, "only {count} changes were made");
}
