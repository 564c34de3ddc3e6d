//! One example as the page shows it: what its figure's template is told.
//!
//! What a verdict is called, which comments carry a mark and what the badge says is decided here; how it looks is the
//! templates' and the style sheet's business.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::book::config::Host;
use crate::book::diagnostic::Diagnostic;
use crate::book::example::Example;
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::program::{Conditions, Kind, Limits, SourceText, Watched};
use crate::engine::trace::Outcome;
use crate::judge::Verdict;
use crate::judge::verdict::Texts;
use crate::render::code::{self, Mark, in_code};
use crate::render::html::{escape, json};
use crate::render::predict;
use crate::render::template::Templates;
use crate::verify::pictures::Pictured;
use crate::verify::{ExampleKind, ExampleState, Owner, Verified, VerifiedClaim, VerifiedExample};

/// The reference that verdicts speak of.
pub const SEMANTICS: &str = "Node 24 semantics";

/// What `example.hbs` is told.
#[derive(Serialize)]
struct Figure<'a> {
    number: usize,
    /// None: a page may have several of that number.
    id: Option<String>,
    state: &'static str,
    badge: String,
    badge_title: String,
    file: Option<&'a str>,
    kind: Option<Kind>,
    /// HTML.
    code: String,
    runnable: bool,
    output: Option<Output>,
    /// HTML.
    quiz: Option<String>,
    pictures: Option<Pictures>,
    /// JSON.
    data: String,
}

#[derive(Serialize)]
struct Output {
    label: &'static str,
    /// HTML.
    text: String,
    verified: bool,
}

#[derive(Serialize)]
struct Pictures {
    /// HTML.
    steps: String,
    captions: Vec<Caption>,
}

#[derive(Serialize)]
struct Caption {
    /// "In step 2, ", or nothing.
    when: String,
    /// Those before the last, and the last.
    paths: Vec<String>,
    last: String,
    same: bool,
}

/// What a Run button needs.
#[derive(Serialize)]
struct Data<'a> {
    files: &'a [SourceText],
    entry: &'a str,
    kind: Kind,
    /// The statements that are said to throw; behind them the run goes on.
    watch: &'a [Watched],
    /// What the verified run printed; none when it printed more than what the page shows as this example's.
    stdout: Option<&'a str>,
    /// The line of the entry on which the code that is shown begins.
    first_line: usize,
    /// That code in the entry, in UTF-16 units; none: readers can't edit it.
    own: Option<(usize, usize)>,
    /// What the statements did that claims speak of, each once.
    claims: Vec<Stated<'a>>,
    /// Milliseconds that it may take; none: as long as any.
    #[serde(skip_serializing_if = "Option::is_none")]
    time_ms: Option<u64>,
    /// Clock, seed and zone; none: the default.
    #[serde(flatten)]
    conditions: Option<&'a Conditions>,
}

#[derive(Serialize)]
struct Stated<'a> {
    statement: usize,
    /// The comment, or its first line: by it the page finds the statement again when the code has changed.
    comment: &'a str,
    kind: &'static str,
    throws: bool,
    #[serde(flatten)]
    seen: &'a Texts,
}

/// More than this of one statement is not compared: it would weigh more than the page.
const COMPARED: usize = 2000;

/// Too many rather than too few: a module whose text only mentions an import goes without its button.
static IMPORTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bimport\b\s*[\w*{('\x22]|\bfrom\s*['\x22]").expect("a valid expression"));

/// The figure of an example, on one line. `number` counts the chapter's visible examples.
pub fn to_html(
    verified: &Verified,
    example: &VerifiedExample,
    number: usize,
    runnable: bool,
    templates: &Templates,
) -> Result<String, Box<Diagnostic>> {
    let text = verified.sources.text(example.owner);
    let source = &text.examples[example.index];
    let claims = &verified.claims[example.claims.clone()];
    let host = source.attributes.host.unwrap_or(text.config.host);
    let data = data(source, example, claims).filter(|_| runnable && host == Host::Node);
    let quiz = example.quiz.as_ref().map(|quiz| {
        let page = text.text.span(0..0).file.path.clone();
        predict::to_html(quiz, &page, number, templates)
    });
    let figure = Figure {
        number,
        id: matches!(example.owner, Owner::Chapter(_)).then(|| id(number)),
        state: state(example, claims),
        badge: badge(example, claims),
        badge_title: badge_title(example, &verified.engine.name),
        file: source.attributes.file.as_deref(),
        kind: example.kind.program(),
        code: code_html(source, claims),
        runnable: data.is_some(),
        output: source.output.as_ref().map(|output| Output {
            label: "Prints",
            text: escape(output.code.text.trim_end_matches('\n')),
            verified: claims
                .iter()
                .any(|claim| overlaps(&claim.claim.range, &output.range) && is_held(&claim.verdict)),
        }),
        quiz: quiz.transpose()?,
        pictures: example.pictures.as_ref().map(pictures),
        data: data.map_or_else(String::new, |data| json(&data)),
    };
    templates.render("example", &figure)
}

/// Of the figure of a chapter's example, in its page.
pub fn id(number: usize) -> String {
    format!("galley-example-{number}")
}

/// What a page says of a claim in a word, and why; none for what may be an ordinary comment or sentence after all.
pub fn word(claim: &Claim, verdict: &Verdict) -> Option<(&'static str, String)> {
    match verdict {
        Verdict::Held { rung, .. } => Some(("held", format!("verified: {}", rung.as_str()))),
        Verdict::Broken { actual } => Some(("broken", format!("false: it is {}", actual.text))),
        Verdict::Unchecked { reason } if claim.strength == Strength::Marked => {
            Some(("unchecked", format!("not verified: {reason}")))
        }
        Verdict::Unchecked { .. } | Verdict::Doubtful { .. } => None,
    }
}

fn pictures(pictured: &Pictured) -> Pictures {
    let captions = pictured.captions.iter().filter_map(|caption| {
        let (last, paths) = caption.paths.split_last()?;
        Some(Caption {
            when: caption.step.map(|step| format!("In step {step}, ")).unwrap_or_default(),
            paths: paths.to_vec(),
            last: last.clone(),
            same: caption.same,
        })
    });
    Pictures { steps: pictured.html.clone(), captions: captions.collect() }
}

fn code_html(source: &Example, claims: &[VerifiedClaim]) -> String {
    let shown = source.session.as_ref().unwrap_or(&source.code);
    let marks: Vec<Mark> = claims
        .iter()
        .filter(|claim| source.output.as_ref().is_none_or(|out| !overlaps(&claim.claim.range, &out.range)))
        .filter_map(|VerifiedClaim { claim, verdict, .. }| {
            let range = in_code(shown, &claim.range)?;
            let (verdict, title) = word(claim, verdict)?;
            Some(Mark { range, verdict, title })
        })
        .collect();
    code::to_html(&shown.text, "js", &marks, &source.hidden_lines)
}

/// Nothing beside a quiz says how it ends.
fn is_answered(example: &VerifiedExample) -> bool {
    example.quiz.as_ref().is_some_and(|quiz| quiz.passed)
}

fn state(example: &VerifiedExample, claims: &[VerifiedClaim]) -> &'static str {
    match (&example.state, example.kind) {
        (_, ExampleKind::Pseudo) => "pseudo",
        (ExampleState::Skipped(_), _) => "skipped",
        (ExampleState::Failed(_), _) => "failed",
        (ExampleState::Ran(outcome), _) => {
            let is_held = claims.iter().any(|claim| is_held(&claim.verdict));
            if is_held || threw(outcome).is_some() || is_answered(example) { "verified" } else { "shown" }
        }
    }
}

/// What is said of an example in a few words.
pub fn badge(example: &VerifiedExample, claims: &[VerifiedClaim]) -> String {
    let outcome = match (&example.state, example.kind) {
        (_, ExampleKind::Pseudo) => return "pseudo-code".into(),
        (ExampleState::Skipped(_), _) => return "not run".into(),
        (ExampleState::Failed(_), _) => return "failed".into(),
        (ExampleState::Ran(_), _) if is_answered(example) => return "answer verified".into(),
        (ExampleState::Ran(outcome), _) => outcome,
    };
    let held: Vec<&VerifiedClaim> = claims.iter().filter(|claim| is_held(&claim.verdict)).collect();
    let outputs = held.iter().filter(|claim| claim.claim.kind != ClaimKind::Prose).count();
    let sentences = held.len() - outputs;
    let mut said = Vec::new();
    if outputs > 0 {
        said.push(count(outputs, "output"));
    }
    if sentences > 0 {
        said.push(count(sentences, "statement"));
    }
    let mut badge = match (said.is_empty(), threw(outcome)) {
        (false, _) => format!("{} verified", said.join(" and ")),
        (true, Some(name)) => format!("throws {name}, as stated"),
        (true, None) => "runs".into(),
    };
    let open = claims
        .iter()
        .filter(|claim| word(&claim.claim, &claim.verdict).is_some_and(|(word, _)| word == "unchecked"))
        .count();
    if open > 0 {
        badge.push_str(&format!(", {open} not checked"));
    }
    badge
}

fn badge_title(example: &VerifiedExample, engine: &str) -> String {
    match (&example.state, example.kind) {
        (_, ExampleKind::Pseudo) => "Something is left out of it, so it can't be run".into(),
        (ExampleState::Skipped(reason), _) => reason.clone(),
        (_, _) if engine.is_empty() => SEMANTICS.into(),
        (_, _) => format!("{SEMANTICS}; run by {engine}"),
    }
}

fn data<'a>(source: &'a Example, example: &'a VerifiedExample, claims: &[VerifiedClaim]) -> Option<Data<'a>> {
    let kind = example.kind.program()?;
    if matches!(example.state, ExampleState::Skipped(_)) {
        return None;
    }
    let entry = example.files.first()?;
    // The page can't run modules in a circle, and words a few errors of modules otherwise.
    if kind == Kind::Module && IMPORTS.is_match(&entry.source) {
        return None;
    }
    let found = entry.source.rfind(source.code.text.as_str());
    let before = found.unwrap_or(0);
    let units = |text: &str| text.encode_utf16().count();
    Some(Data {
        files: &example.files,
        entry: &entry.path,
        kind,
        watch: &example.watch,
        stdout: (before == 0).then_some(example.stdout.as_str()),
        first_line: entry.source[..before].matches('\n').count() + 1,
        own: found.map(|at| {
            let start = units(&entry.source[..at]);
            (start, start + units(&source.code.text))
        }),
        claims: stated(source, example, claims),
        // Never less than others: the verified run was on another machine.
        time_ms: Some(example.time_ms).filter(|&time| time > Limits::default().time_ms),
        conditions: Some(&example.conditions).filter(|conditions| **conditions != Conditions::default()),
    })
}

fn stated<'a>(
    source: &'a Example,
    example: &'a VerifiedExample,
    claims: &[VerifiedClaim],
) -> Vec<Stated<'a>> {
    let mut all: Vec<Stated> = Vec::new();
    for VerifiedClaim { claim, verdict, .. } in claims {
        let Target::Statement(statement) = claim.target else { continue };
        let (Some(range), Some(seen)) = (in_code(&source.code, &claim.range), example.seen.get(&statement))
        else {
            continue;
        };
        let throws = claim.kind == ClaimKind::Throws;
        if let Some(known) = all.iter_mut().find(|known| known.statement == statement) {
            known.throws |= throws;
            continue;
        }
        let texts = seen.values.iter().chain(&seen.prints).chain(&seen.threw);
        // What stands for anything is another thing each time.
        if !is_held(verdict)
            || !claim.captures().is_empty()
            || texts.map(String::len).sum::<usize>() > COMPARED
        {
            continue;
        }
        let comment = &source.code.text[range];
        let first = if comment.starts_with("//") { comment.lines().next() } else { None };
        all.push(Stated {
            statement,
            comment: first.unwrap_or(comment),
            kind: claim.kind.as_str(),
            throws,
            seen,
        });
    }
    all
}

/// The name of the error that ended the program.
fn threw(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Threw { error } | Outcome::SyntaxError { error } => {
            Some(if error.name.is_empty() { "a value" } else { &error.name })
        }
        _ => None,
    }
}

fn is_held(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Held { .. })
}

fn overlaps(one: &std::ops::Range<usize>, other: &std::ops::Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
