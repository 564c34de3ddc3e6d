//! What the text says and the run bears out, but no claim states for sure: the comments that would state it. Nothing here
//! runs or writes; whoever offers a suggestion runs it first.

use std::ops::Range;
use std::sync::Arc;

use crate::book::markdown::{Inline, InlineKind, Node};
use crate::book::source::SourceFile;
use crate::claim::literal::{self, Literal};
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::trace::Outcome;
use crate::judge::Verdict;
use crate::verify::{ExampleState, Owner, Text, Verified, VerifiedExample};

/// A text to be put into an author's file, on one of its lines.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub file: Arc<SourceFile>,
    /// In bytes.
    pub at: usize,
    pub text: String,
}

/// The claims that the chapters of a verified book could state, sorted by file and place.
pub fn suggestions(verified: &Verified) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for claim in &verified.claims {
        let (Owner::Chapter(_), Some(example)) = (claim.owner, claim.example) else { continue };
        let Verdict::Held { actual, .. } = &claim.verdict else { continue };
        let text = verified.sources.text(claim.owner);
        let block = &text.examples[verified.examples[example].index].range;
        if claim.claim.strength != Strength::Marked && !block.contains(&claim.claim.range.start) {
            found.extend(of_sentence(text, &claim.claim, &actual.text));
        }
    }
    for example in &verified.examples {
        if example.claims.is_empty() && example.quiz.is_none() && matches!(example.owner, Owner::Chapter(_)) {
            found.extend(of_print(verified.sources.text(example.owner), example));
        }
    }
    let key = |it: &Suggestion| (it.file.path.clone(), it.at);
    found.sort_by_key(key);
    // Two chapters may include one file.
    found.dedup_by_key(|it| key(it));
    found
}

/// The comment that makes a sentence's claim explicit.
fn of_sentence(text: Text<'_>, claim: &Claim, actual: &str) -> Option<Suggestion> {
    let stated = &claim.stated;
    let (after, body) = match (&claim.target, claim.kind) {
        (Target::Program, ClaimKind::Output) => (claim.range.clone(), format!("stdout {stated}")),
        (Target::Program, ClaimKind::Throws) => (claim.range.clone(), format!("throws {stated}")),
        (Target::ExportsOrProperty, _) => (claim.range.clone(), exported(stated, actual)?),
        // Two codes: the comment stands behind the first and states that they are equal.
        (Target::Probe { equals: Some(_), .. }, _) => (code_before(text, &claim.range)?, String::new()),
        _ => return None,
    };
    let comment = format!("<!-- => {body} -->").replace("=>  -->", "=> -->");
    let ends_early = body.contains("--") || body.contains('\n') || body.starts_with('>');
    (!ends_early).then(|| suggestion(text, after.end - 1..after.end, comment))
}

/// The expression that is true of exports that are so, or have a property that is so.
fn exported(stated: &str, actual: &str) -> Option<String> {
    let wanted = literal::parse(stated).unwrap_or_else(|| Literal::String(stated.to_owned()));
    let expression = expression(&wanted);
    let exports = literal::parse(actual.strip_prefix("[Module: null prototype] ").unwrap_or(actual))?;
    if exports == wanted {
        return Some(format!("exports === {}", expression?));
    }
    match exports {
        Literal::Function { name, .. } if name == stated => {
            Some(format!("exports.name === {}", literal::quote(stated, '"')))
        }
        Literal::Object { entries, .. } => {
            let is_function = |literal: &Literal| matches!(literal, Literal::Function { .. });
            entries.iter().find_map(|(name, value)| match &expression {
                Some(expression) if *value == wanted => Some(format!("{} === {expression}", property(name))),
                _ if name == stated && is_function(value) => {
                    Some(format!("typeof {} === \"function\"", property(name)))
                }
                _ => None,
            })
        }
        _ => None,
    }
}

fn property(name: &str) -> String {
    let plain = !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    if plain { format!("exports.{name}") } else { format!("exports[{}]", literal::quote(name, '"')) }
}

/// JavaScript for a value that `===` can be asked about.
fn expression(literal: &Literal) -> Option<String> {
    Some(match literal {
        Literal::String(text) => literal::quote(text, '"'),
        Literal::Number(value) | Literal::Decimal { value, .. } if value.is_finite() => value.to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::BigInt(digits) => format!("{}n", digits.trim_end_matches('n')),
        Literal::Null => "null".to_owned(),
        Literal::Undefined => "undefined".to_owned(),
        _ => return None,
    })
}

/// The inline code before the one at this place.
fn code_before(text: Text<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let mut prose = text.document.nodes.iter().filter_map(|node| match node {
        Node::Prose(prose) => Some(&prose.inlines),
        _ => None,
    });
    let is_code = |inline: &&Inline| inline.kind == InlineKind::Code;
    prose.find_map(|inlines| {
        let codes: Vec<&Inline> = inlines.iter().filter(is_code).collect();
        let at = codes.iter().position(|code| code.range == *range)?;
        Some(codes.get(at.checked_sub(1)?)?.range.clone())
    })
}

/// An example of which nothing is stated, whose one print is short: the comment that states it.
fn of_print(text: Text<'_>, example: &VerifiedExample) -> Option<Suggestion> {
    const SHORT: usize = 60;
    let source = &text.examples[example.index];
    let ran = example.state == ExampleState::Ran(Outcome::Completed);
    let printed = example.stdout.trim_end();
    let is_short = !printed.is_empty() && !printed.contains('\n') && printed.chars().count() <= SHORT;
    if !ran || !is_short || example.stdout != example.printed || source.attributes.hidden {
        return None;
    }
    let code = &source.code.text;
    let mut start = 0;
    let mut calls = Vec::new();
    for (index, line) in code.split_inclusive('\n').enumerate() {
        if line.contains("console.") {
            calls.push((index, start, line.trim_end()));
        }
        start += line.len();
    }
    let [(index, start, line)] = calls[..] else { return None };
    let closed = line.starts_with("console.log(") && line.trim_end_matches(';').ends_with(')');
    if !closed || line.contains("//") || line.contains("/*") || source.hidden_lines.contains(&index) {
        return None;
    }
    let end = start + line.len();
    Some(suggestion(text, source.code.range(end - 1..end), format!(" // => {printed}")))
}

/// Behind the last of these bytes.
fn suggestion(text: Text<'_>, last: Range<usize>, suggested: String) -> Suggestion {
    let span = text.text.span(last);
    Suggestion { at: span.end, file: span.file, text: suggested }
}
