//! The report as SARIF 2.1.0, for code scanning pages.
//!
//! The types are our own, a dozen of them: the crate `serde-sarif` generates all of the format's while building, from its
//! schema, and takes a second generation of the macro libraries along for it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::book::diagnostic;
use crate::report::document::{Document, Finding, Fix, Severity};
use crate::report::rules;

/// Where the URIs of files lead from: the folder in which the check ran.
const ROOT: &str = "%SRCROOT%";

pub fn report(document: &Document) -> String {
    let rules = rules::all();
    let order: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(at, rule)| (rule.code.as_str(), at)).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let results = document.diagnostics.iter().map(|found| {
        let count = seen.entry(&found.fingerprint).or_default();
        *count += 1;
        result(document, found, order.get(found.code.as_str()).copied(), *count)
    });
    let results = results.collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: driver(document, &rules) },
            automation_details: Automation { id: id(document) },
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                Base { description: Text::new("The folder in which the check ran.") },
            )]),
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

/// Reports of several shards stand beside each other only under names of their own.
fn id(document: &Document) -> String {
    match &document.shard {
        Some(shard) => format!("mdbook-galley/shard-{}/", shard.replace('/', "-of-")),
        None => "mdbook-galley/".to_owned(),
    }
}

fn driver<'a>(document: &'a Document, rules: &[rules::Rule]) -> Driver<'a> {
    let rules = rules.iter().map(|rule| Rule {
        id: rule.code.as_str(),
        name: rule.name,
        short_description: Text::new(rule.about),
        full_description: Text::new(rule.about),
        help: Help { text: rule.help.into(), markdown: rule.help.into() },
        default_configuration: Configuration {
            level: match rule.severity {
                diagnostic::Severity::Error => "error",
                diagnostic::Severity::Warning => "warning",
                diagnostic::Severity::Note => "note",
            },
        },
        properties: Properties { tags: ["documentation", "javascript"] },
    });
    Driver {
        name: &document.tool.name,
        version: &document.tool.version,
        semantic_version: &document.tool.version,
        rules: rules.collect(),
    }
}

fn result(document: &Document, found: &Finding, rule: Option<usize>, count: usize) -> Result {
    let mut text = found.message.clone();
    for more in found.label.iter().chain(&found.notes) {
        let _ = write!(text, "\n{more}");
    }
    if let Some(help) = &found.help {
        let _ = write!(text, "\nHelp: {help}");
    }
    let whole = found.is_of_whole_file();
    Result {
        rule_id: found.code.clone(),
        rule_index: rule,
        level: match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: Text::message(&text),
        locations: [Location {
            physical_location: Physical {
                artifact_location: artifact(document, &found.file),
                region: if whole {
                    Region { start_line: 1, start_column: None, end_line: None, end_column: None }
                } else {
                    region(found.line, found.column, found.end_line, found.end_column)
                },
            },
        }],
        partial_fingerprints: BTreeMap::from([(
            "primaryLocationLineHash",
            format!("{}:{count}", found.fingerprint),
        )]),
        fixes: found.fix.iter().map(|fix| self::fix(document, found, fix)).collect(),
    }
}

fn fix(document: &Document, found: &Finding, fix: &Fix) -> Mend {
    Mend {
        description: Text::message(found.help.as_deref().unwrap_or("Write what the run gives.")),
        artifact_changes: [Change {
            artifact_location: artifact(document, &fix.file),
            replacements: [Replacement {
                deleted_region: region(fix.line, fix.column, fix.end_line, fix.end_column),
                inserted_content: Text::new(&fix.replacement),
            }],
        }],
    }
}

fn region(start_line: usize, start_column: usize, end_line: usize, end_column: usize) -> Region {
    Region {
        start_line,
        start_column: Some(start_column),
        end_line: Some(end_line),
        end_column: Some(end_column),
    }
}

fn artifact(document: &Document, file: &str) -> Artifact {
    let file = document.located(file);
    let file = file.strip_prefix("./").unwrap_or(&file);
    if let Some(drive) =
        file.strip_prefix('/').map(|_| "").or((file.as_bytes().get(1) == Some(&b':')).then_some("/"))
    {
        return Artifact { uri: format!("file://{drive}{}", encoded(file)), uri_base_id: None };
    }
    Artifact { uri: encoded(file), uri_base_id: Some(ROOT) }
}

/// A path as the path of a URI.
pub fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    automation_details: Automation,
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    column_kind: &'static str,
    results: Vec<Result>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    semantic_version: &'a str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 2],
}

#[derive(Serialize)]
struct Automation {
    id: String,
}

#[derive(Serialize)]
struct Base {
    description: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: &str) -> Text {
        Text { text: text.to_owned() }
    }

    /// A message may be a pattern: in one with a placeholder such as `{0}` the format wants every brace doubled (3.11.5).
    /// Any other has nothing to be put in, so that viewers show it as it is, as they would show doubled braces too.
    fn message(text: &str) -> Text {
        static PLACEHOLDER: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\{[0-9]+\}").expect("a valid expression"));
        if PLACEHOLDER.is_match(text) {
            return Text { text: text.replace('{', "{{").replace('}', "}}") };
        }
        Text::new(text)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend {
    description: Text,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}
