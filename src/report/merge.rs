//! One report from those of all shards of a run. It reads no file: the caller names and reads them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::report::document::{Claim, Document, Finding, SCHEMA, Summary};
use crate::verify::shard::Shard;

/// A report that was read, and the file that it was read from.
pub struct Part {
    pub name: String,
    pub document: Document,
}

/// Reads what `check --format json` wrote.
///
/// # Errors
/// When it is something else, or another version's.
pub fn read(name: &str, text: &str) -> Result<Part, String> {
    let none = |why: &str| format!("{name} is no report of `mdbook-galley check --format json`: {why}");
    let value: Value = serde_json::from_str(text).map_err(|error| none(&error.to_string()))?;
    if value.pointer("/tool/name").and_then(Value::as_str) != Some("mdbook-galley") {
        return Err(none("it does not name mdbook-galley as its tool"));
    }
    let schema = value.get("schema").map(Value::to_string).unwrap_or_default();
    if schema != SCHEMA.to_string() {
        return Err(format!("{name} is of schema {schema}, and this version reads schema {SCHEMA}"));
    }
    let own = env!("CARGO_PKG_VERSION");
    let version = value.pointer("/tool/version").and_then(Value::as_str).unwrap_or_default();
    if version != own {
        return Err(format!(
            "{name} was written by version {version}, and this is {own}: merge with the version that checked"
        ));
    }
    let document = serde_json::from_value(value).map_err(|error| none(&error.to_string()))?;
    Ok(Part { name: name.to_owned(), document })
}

/// The report of the whole run. A single report that is of no shard is whole already.
///
/// # Errors
/// When the parts are not each shard of one run once.
pub fn merge(mut parts: Vec<Part>) -> Result<Document, String> {
    match parts.as_slice() {
        [] => return Err("there is no report to merge".to_owned()),
        [only] if only.document.shard.is_none() => return Ok(parts.remove(0).document),
        _ => {}
    }
    let parts = shards(parts)?;
    let first = &parts[0].document;
    for part in &parts[1..] {
        let is_same =
            |a: &Document, b: &Document| (&a.root, &a.digest, a.total) == (&b.root, &b.digest, b.total);
        if !is_same(first, &part.document) {
            return Err(format!(
                "{} and {} are of different texts or settings, or of one text in different folders",
                parts[0].name, part.name
            ));
        }
    }
    let total = parts.first().map(|part| part.document.total).unwrap_or_default();
    is_whole(&parts, "example", total.examples, |document| {
        document.examples.iter().map(|example| example.index).collect()
    })?;
    is_whole(&parts, "exercise", total.exercises, |document| {
        document.exercises.iter().map(|exercise| exercise.index).collect()
    })?;
    for Part { name, document } in &parts {
        let count = document.examples.len();
        if document.claims.iter().filter_map(|claim| claim.example).any(|example| example >= count) {
            return Err(format!("{name} has a claim of an example that it does not have"));
        }
    }
    Ok(joined(parts))
}

/// The parts in the order of their shards.
fn shards(parts: Vec<Part>) -> Result<Vec<Part>, String> {
    let mut sorted: BTreeMap<u32, Part> = BTreeMap::new();
    let mut total: Option<(u32, String)> = None;
    for part in parts {
        let name = &part.name;
        let Some(shard) = &part.document.shard else {
            return Err(format!(
                "{name} is the report of a whole run, and only shards of one run can be merged: `check --shard K/N`"
            ));
        };
        let shard: Shard = shard.parse().map_err(|error| format!("{name} is of shard `{shard}`: {error}"))?;
        let (count, other) = total.get_or_insert_with(|| (shard.count, name.clone()));
        if *count != shard.count {
            return Err(format!("{other} is one of {count} shards, and {name} is shard {shard}"));
        }
        if let Some(other) = sorted.get(&shard.index) {
            return Err(format!("{} and {name} are both shard {shard}", other.name));
        }
        sorted.insert(shard.index, part);
    }
    let count = total.map_or(0, |(count, _)| count);
    let missing = (1..=count).filter(|index| !sorted.contains_key(index));
    let shown: Vec<String> = missing.clone().take(5).map(|index| format!("{index}/{count}")).collect();
    let more = missing.count().saturating_sub(shown.len());
    if !shown.is_empty() {
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        return Err(format!("the report of shard {}{more} is missing", shown.join(", ")));
    }
    Ok(sorted.into_values().collect())
}

/// Shards of one text have each of its examples once.
fn is_whole(
    parts: &[Part],
    what: &str,
    total: usize,
    indices: impl Fn(&Document) -> Vec<usize>,
) -> Result<(), String> {
    let mut holders: BTreeMap<usize, &str> = BTreeMap::new();
    for part in parts {
        for index in indices(&part.document) {
            if let Some(other) = holders.insert(index, &part.name) {
                return Err(format!("{what} {} is in {other} and in {}", index + 1, part.name));
            }
        }
    }
    match (0..total.max(holders.len())).find(|at| !holders.contains_key(at)) {
        Some(at) => Err(format!("{what} {} is in none of the reports", at + 1)),
        None => Ok(()),
    }
}

/// In the order in which one run tells everything.
fn joined(parts: Vec<Part>) -> Document {
    let mut documents = parts.into_iter().map(|part| part.document);
    let mut whole = documents.next().expect("there is a first shard");
    let mut engines = vec![std::mem::take(&mut whole.tool.engine)];
    let mut sandboxes = vec![std::mem::take(&mut whole.tool.sandbox)];
    for document in documents {
        let offset = whole.examples.len();
        whole.examples.extend(document.examples);
        whole.claims.extend(
            document
                .claims
                .into_iter()
                .map(|claim| Claim { example: claim.example.map(|example| example + offset), ..claim }),
        );
        whole.exercises.extend(document.exercises);
        whole.diagnostics.extend(document.diagnostics);
        whole.summary.duration_ms += document.summary.duration_ms;
        engines.push(document.tool.engine);
        sandboxes.push(document.tool.sandbox);
    }
    let index_of: Vec<usize> = whole.examples.iter().map(|example| example.index).collect();
    for claim in &mut whole.claims {
        claim.example = claim.example.map(|example| index_of[example]);
    }
    // Claims of one example are in order already, and so are those of none: all of them are the first shard's.
    whole.claims.sort_by_key(|claim| claim.example.unwrap_or(usize::MAX));
    whole.examples.sort_by_key(|example| example.index);
    whole.exercises.sort_by_key(|exercise| exercise.index);
    whole.diagnostics.sort_by(Finding::order);
    whole.tool.engine = distinct(engines);
    whole.tool.sandbox = distinct(sandboxes);
    whole.shard = None;
    let Summary { files, duration_ms, .. } = whole.summary;
    whole.summary = Summary { files, duration_ms, ..whole.counted() };
    whole
}

/// What machines say of themselves: once what all say.
fn distinct(mut told: Vec<String>) -> String {
    told.retain(|text| !text.is_empty());
    told.sort();
    told.dedup();
    told.join(", ")
}
