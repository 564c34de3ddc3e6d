//! Finds the claims in an example's comments and ties each to the statement that it speaks of.
//!
//! It recognises; it does not judge. The grammar of marks and places is CLAIMS in the docs; the comments and statements
//! come from the parser in the worker, so that nothing inside a string is ever taken for a comment.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::claim::literal;
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::program::Watched;
use crate::engine::trace::{Comment, Parsed, StatementKind};

/// Claims of one example's comments, in order. Ranges are in the example's code.
pub fn find(code: &str, parsed: &Parsed, bare: bool) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut index = 0;
    while index < parsed.comments.len() {
        let comment = &parsed.comments[index];
        let mut next = index + 1;
        let recognised = recognise(comment, bare)
            .or_else(|| bare.then(|| stated_below(code, parsed, &parsed.comments[index..])).flatten());
        if let Some(recognised) = recognised {
            let run = continuation(code, &parsed.comments[index..], &recognised);
            next = index + run;
            claims.extend(claim(code, parsed, &parsed.comments[index..next], recognised));
        }
        index = next;
    }
    number_parts(&mut claims);
    claims
}

/// The statements that claims speak of, each once: what a run has to record.
pub fn watched(claims: &[Claim]) -> Vec<Watched> {
    let mut throws: BTreeMap<usize, bool> = BTreeMap::new();
    for claim in claims {
        if let Target::Statement(id) = claim.target {
            *throws.entry(id).or_default() |= claim.kind == ClaimKind::Throws;
        }
    }
    throws.into_iter().map(|(id, throws)| Watched { id, throws }).collect()
}

/// What a comment turned out to be.
struct Recognised {
    kind: Mark,
    /// Where the stated text begins in the comment's text.
    at: usize,
    strength: Strength,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Value or output, as the statement goes.
    Either,
    Output,
    Value,
    Throws,
    Exports,
}

/// A mark that makes a claim whatever follows.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?P<arrow>=>|→|->)|(?P<verb>(?i:expected output|prints|output|logs|returns|throws)):)[ \t]*",
    )
});

/// A verb without its colon, which is a mark only before something value-like.
static VERB: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?P<verb>(?i:prints|logs|returns|throws|exports))(?::|\b)[ \t]*"));

/// An error as text: `TypeError`, `TypeError [ERR_X]: msg`, `Error!`, `ERR_X`, also behind "Uncaught" or an article.
static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:an? )?(?i:uncaught )?(?P<name>[A-Z]\w*(?:Error|Exception)|Error|ERR_[A-Z_]+)(?: \[[A-Z_]+\])?(?:!|\.$|: ?(?P<message>(?s:.+))|$| thrown\b| \()",
    )
});

/// A collection that does not parse, for its count is not that of what stands in it.
static MISCOUNTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Map|Set|[A-Z]\w*Array|Array)\(\d+\) ?[\[{].*[\]}]$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid expression")
}

fn recognise(comment: &Comment, bare: bool) -> Option<Recognised> {
    let text = comment.text.as_str();
    if let Some(mark) = MARK.captures(text) {
        let at = mark.get(0).map_or(0, |whole| whole.end());
        let kind = match mark.name("verb").map(|verb| verb.as_str().to_lowercase()) {
            None => Mark::Either,
            Some(verb) if verb == "throws" => Mark::Throws,
            Some(verb) if verb == "returns" => Mark::Value,
            Some(_) => Mark::Output,
        };
        // `=> throws TypeError` says it twice.
        let kind_of_rest = throws_prefix(&text[at..]);
        return Some(match kind_of_rest {
            Some(more) if kind == Mark::Either => {
                Recognised { kind: Mark::Throws, at: at + more, strength: Strength::Marked }
            }
            _ => Recognised { kind, at, strength: Strength::Marked },
        });
    }
    if let Some(verb) = VERB.captures(text) {
        let at = verb.get(0).map_or(0, |whole| whole.end());
        let rest = &text[at..];
        let name = verb["verb"].to_lowercase();
        let kind = match name.as_str() {
            "throws" if rest.is_empty() || names_error(rest) => Mark::Throws,
            "throws" => return None,
            "exports" if is_meant_as_value(rest) => Mark::Exports,
            "returns" if is_meant_as_value(rest) => Mark::Value,
            "prints" | "logs" if is_meant_as_value(rest) => Mark::Output,
            _ => return None,
        };
        return Some(Recognised { kind, at, strength: Strength::Marked });
    }
    // One inside a statement speaks of nothing that is recorded, but it is counted.
    let in_statement = comment.after.is_none() && comment.before.is_none() && comment.inside.is_some();
    if !bare || !(comment.trailing || in_statement) {
        return None;
    }
    let at = text.len() - text.trim_start().len();
    let rest = &text[at..];
    if ERROR.is_match(rest) {
        return Some(Recognised { kind: Mark::Either, at, strength: Strength::Plain });
    }
    let strength = looks_like_value(rest)?;
    let strength = if in_statement { Strength::Weak } else { strength };
    Some(Recognised { kind: Mark::Either, at, strength })
}

/// A bare comment on the line below a statement, which is nothing but a value or an error.
fn stated_below(code: &str, parsed: &Parsed, comments: &[Comment]) -> Option<Recognised> {
    let comment = &comments[0];
    let statement = parsed.statements.get(comment.after.filter(|_| !comment.trailing)?)?;
    let gap = code.get(statement.end..comment.start)?;
    let says = matches!(statement.kind, StatementKind::Print | StatementKind::Expression);
    if !says || gap.matches('\n').count() != 1 || comment.block {
        return None;
    }
    let at = comment.text.len() - comment.text.trim_start().len();
    let rest = &comment.text[at..];
    let is_error =
        ERROR.captures(rest).is_some_and(|found| found.name("message").is_some() || found[0] == *rest);
    let is_value = literal::parse(rest).is_some() || open_lines(code, comments, at).is_some();
    (is_error || is_value).then_some(Recognised { kind: Mark::Either, at, strength: Strength::Plain })
}

/// How many comments a literal takes that is not complete on the first one's line; `at`: where it begins there.
fn open_lines(code: &str, comments: &[Comment], at: usize) -> Option<usize> {
    let first = comments[0].text.get(at..)?.trim();
    if comments[0].block || !first.ends_with(['{', '[', '(', ',']) || literal::parse(first).is_some() {
        return None;
    }
    let mut text = first.to_owned();
    for (count, pair) in comments.windows(2).take(MAX_LINES).enumerate() {
        let gap = code.get(pair[0].end..pair[1].start)?;
        if pair[1].block || !gap.trim().is_empty() || gap.matches('\n').count() != 1 {
            return None;
        }
        text.push('\n');
        text.push_str(&pair[1].text);
        if literal::parse(&text).is_some() {
            return Some(count + 2);
        }
    }
    None
}

/// A literal over more lines is none that a comment holds.
const MAX_LINES: usize = 100;

fn throws_prefix(rest: &str) -> Option<usize> {
    let verb = VERB.captures(rest)?;
    (verb["verb"].eq_ignore_ascii_case("throws")).then(|| verb.get(0).map_or(0, |whole| whole.end()))
}

/// Behind a verb: a value, or what begins like one, so that a slip in it is reported and not taken for a remark.
fn is_meant_as_value(text: &str) -> bool {
    text.starts_with(['{', '[', '\'', '"', '`']) || looks_like_value(text) == Some(Strength::Plain)
}

/// Behind "throws": an error, a quoted text, or a single capitalised word, which may be a name with a slip in it.
fn names_error(text: &str) -> bool {
    let word = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let capitalised = text.starts_with(|c: char| c.is_uppercase()) && matches!(&text[word..], "" | "!");
    capitalised
        || ERROR.is_match(text)
        || matches!(text.trim_end_matches('.'), "an error" | "an exception")
        || text.starts_with(['\'', '"', '`'])
}

/// A complete literal, or a list of them, is plain; one that an explanation follows is plain or weak by what stands
/// between.
fn looks_like_value(text: &str) -> Option<Strength> {
    if literal::parse(text).is_some() || literal::parse_list(text).is_some() {
        return Some(Strength::Plain);
    }
    match literal::parse_prefix(text) {
        Some((_, rest)) => tail(rest),
        None if MISCOUNTED.is_match(text) => Some(Strength::Plain),
        // Perhaps a value with a slip in it: it counts, and is held if it agrees.
        None => text.starts_with(['{', '[', '\'', '"']).then_some(Strength::Weak),
    }
}

/// Whether `rest`, which follows a value, is an explanation, and how surely.
pub fn tail(rest: &str) -> Option<Strength> {
    if goes_on(rest) {
        return None;
    }
    let trimmed = rest.trim_start();
    let blank = trimmed.len() < rest.len();
    let letter = |text: &str| text.trim_start().starts_with(char::is_alphabetic);
    let plain = trimmed.starts_with('(')
        || (trimmed.starts_with(',')
            && letter(&trimmed[1..])
            && literal::parse_prefix(&trimmed[1..]).is_none())
        || (blank && ["--", "–", "—", "<-"].iter().any(|dash| trimmed.starts_with(dash)))
        || (blank && trimmed.strip_prefix('-').is_some_and(letter))
        || trimmed.starts_with('!')
        || trimmed.strip_prefix(['.', ';', ':']).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if plain { Some(Strength::Plain) } else { (blank && letter(trimmed)).then_some(Strength::Weak) }
}

/// What follows a value states another one: `1, then 2`, `true false`, `'a' and 'b'`.
fn goes_on(rest: &str) -> bool {
    let mut rest = rest.trim_start().trim_start_matches(',').trim_start();
    for word in ["then ", "and ", "or "] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
    }
    // In parentheses or behind a dash a number explains.
    !rest.starts_with(['(', '-']) && literal::parse_prefix(rest).is_some()
}

/// How many comments, the first included, make up the claim that begins with it.
fn continuation(code: &str, comments: &[Comment], first: &Recognised) -> usize {
    let opening = &comments[0];
    if opening.block {
        return 1;
    }
    if let Some(count) = open_lines(code, comments, first.at) {
        return count;
    }
    let indent = opening.text.len() - opening.text.trim_start().len();
    let open_ended = opening.text[first.at..].trim().is_empty();
    let mut count = 1;
    while let Some(comment) = comments.get(count) {
        let before = &comments[count - 1];
        let gap = &code[before.end..comment.start];
        let adjacent = gap.trim().is_empty() && gap.matches('\n').count() == 1;
        let deeper = comment.text.len() - comment.text.trim_start().len() > indent;
        let own_line = !comment.trailing || gap.matches('\n').count() == 1;
        if comment.block
            || !adjacent
            || !own_line
            || !(deeper || open_ended)
            || MARK.is_match(&comment.text)
            || comment.text.trim().is_empty()
        {
            break;
        }
        count += 1;
    }
    count
}

fn claim(code: &str, parsed: &Parsed, comments: &[Comment], recognised: Recognised) -> Option<Claim> {
    let (first, last) = (comments.first()?, comments.last()?);
    let target = target(code, parsed, comments, recognised.kind);
    let lines: Vec<&str> = std::iter::once(&first.text[recognised.at..])
        .chain(comments[1..].iter().map(|c| c.text.as_str()))
        .collect();
    let stated_lines = without_indent(&lines);
    let stated = stated_lines.join("\n");
    let kind = kind(parsed, &target, recognised.kind, &stated);
    let exacting = recognised.kind != Mark::Either;
    let first_line = usize::from(lines[0].trim().is_empty() && lines.len() > 1);
    let pieces: Option<Vec<Range<usize>>> = comments[first_line..]
        .iter()
        .zip(&stated_lines)
        .map(|(comment, line)| {
            let start = comment.start + DELIMITER + (line.as_ptr() as usize - comment.text.as_ptr() as usize);
            // The delimiter's length is only certain where the text is found again.
            let range = start..start + line.len();
            (code.get(range.clone()) == Some(line)).then_some(range)
        })
        .collect();
    Some(Claim {
        kind,
        exacting,
        range: first.start..last.end,
        pieces: pieces.filter(|_| !stated.is_empty()).unwrap_or_default(),
        stated,
        strength: recognised.strength,
        part: (0, 1),
        target,
    })
}

/// `//`, `/*`.
const DELIMITER: usize = 2;

/// Lines without what they are all indented by, and without trailing blanks. An empty one before them is left out.
fn without_indent<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let rest = lines[1..].iter().filter(|line| !line.trim().is_empty());
    let indent = rest.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let first = lines[0].trim();
    let own = (!first.is_empty() || lines.len() == 1).then_some(first);
    own.into_iter()
        .chain(lines[1..].iter().map(|line| line.get(indent..).unwrap_or_default().trim_end()))
        .collect()
}

fn kind(parsed: &Parsed, target: &Target, mark: Mark, stated: &str) -> ClaimKind {
    let prints = |id: usize| {
        parsed
            .statements
            .get(id)
            .is_some_and(|statement| matches!(statement.kind, StatementKind::Print | StatementKind::Other))
    };
    match (mark, target) {
        (Mark::Exports, _) => ClaimKind::Exports,
        (Mark::Throws, _) => ClaimKind::Throws,
        (Mark::Value, _) => ClaimKind::Value,
        (Mark::Output, _) => ClaimKind::Output,
        (Mark::Either, _) if ERROR.is_match(stated) => ClaimKind::Throws,
        (Mark::Either, Target::Statement(id)) if prints(*id) => ClaimKind::Output,
        (Mark::Either, _) => ClaimKind::Value,
    }
}

/// The statement above, or the one below when a gap says so and nothing is above.
fn target(code: &str, parsed: &Parsed, comments: &[Comment], mark: Mark) -> Target {
    if mark == Mark::Exports {
        return Target::Program;
    }
    let (first, last) = (&comments[0], &comments[comments.len() - 1]);
    let above = first.after.and_then(|id| parsed.statements.get(id));
    let below = last.before.and_then(|id| parsed.statements.get(id));
    let blank_line = |from: usize, to: usize| {
        code.get(from..to).is_some_and(|gap| gap.matches('\n').count() > 1 && gap.trim().is_empty())
    };
    match (above, below) {
        (Some(above), _) if first.trailing => Target::Statement(above.id),
        (Some(above), Some(below)) => {
            let apart = blank_line(above.end, first.start) && !blank_line(last.end, below.start);
            Target::Statement(if apart { below.id } else { above.id })
        }
        (Some(statement), None) | (None, Some(statement)) => Target::Statement(statement.id),
        (None, None) if first.inside.is_some() => {
            Target::Nothing("it stands inside a statement, where nothing is recorded".into())
        }
        (None, None) => Target::Nothing("there is no statement that it could speak of".into()),
    }
}

/// Claims on one statement share its values or prints, in order. Where one of them carries a mark, what stands there
/// without one explains.
fn number_parts(claims: &mut [Claim]) {
    let marked: HashSet<usize> =
        claims.iter().filter(|c| c.strength == Strength::Marked).filter_map(of_statement).collect();
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for claim in claims.iter_mut() {
        if let Target::Statement(id) = claim.target {
            if claim.strength != Strength::Marked && marked.contains(&id) {
                claim.strength = Strength::Weak;
                continue;
            }
            let count = counts.entry(id).or_default();
            claim.part.0 = *count;
            *count += 1;
        }
    }
    for claim in claims {
        if let Target::Statement(id) = claim.target
            && (claim.strength == Strength::Marked || !marked.contains(&id))
        {
            claim.part.1 = counts[&id];
        }
    }
}

fn of_statement(claim: &Claim) -> Option<usize> {
    match claim.target {
        Target::Statement(id) => Some(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(text: &str) -> Comment {
        Comment {
            start: 0,
            end: text.len() + 2,
            text: text.into(),
            block: false,
            after: Some(0),
            trailing: true,
            before: None,
            inside: None,
        }
    }

    #[test]
    fn marks_are_claims_whatever_follows() {
        for text in [
            " => 42",
            "=> x",
            " → hello",
            " -> 1",
            " Expected output: Array [1]",
            " prints: a",
            " Returns: 1",
        ] {
            let found = recognise(&comment(text), false).map(|found| found.strength);
            assert_eq!(found, Some(Strength::Marked), "{text}");
        }
    }

    #[test]
    fn verbs_without_a_colon_need_a_value() {
        for text in [
            " prints 20, 30",
            " logs 'up'",
            " returns true",
            " throws TypeError: x",
            " throws",
            " exports { a: 1 }",
        ] {
            assert!(recognise(&comment(text), false).is_some(), "{text}");
        }
        for text in [
            " prints the name",
            " logs the user in",
            " returns early",
            " throws when empty",
            " exports are shared",
        ] {
            assert!(recognise(&comment(text), true).is_none(), "{text}");
        }
    }

    #[test]
    fn bare_comments_are_claims_when_they_hold_a_value() {
        let strength = |text: &str| recognise(&comment(text), true).map(|found| found.strength);
        for text in [
            " 12",
            " 'Ada'",
            " { a: 1 }",
            " 5 (because)",
            " null, no match",
            " 2 -- the index",
            " TypeError",
            " Error!",
            " Set(3) { 1, 2 }",
            " Uint8Array(1) [ 1, 2 ]",
        ] {
            assert_eq!(strength(text), Some(Strength::Plain), "{text}");
        }
        assert_eq!(strength(" 4 bytes each"), Some(Strength::Weak));
        for text in [
            " later: fix",
            " the total",
            " x + 1",
            "",
            " -----",
            " Errors are fine",
            " 1. first, 2. second x",
        ] {
            assert_ne!(strength(text), Some(Strength::Marked), "{text}");
        }
        assert_eq!(strength(" the total"), None);
        assert!(recognise(&comment(" 12"), false).is_none());
    }
}
