//! Finds the claims in an example's comments and ties each to the statement that it speaks of.
//!
//! It recognises; it does not judge. The grammar of marks and places is CLAIMS in the docs; the comments and statements
//! come from the parser in the worker, so that nothing inside a string is ever taken for a comment.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::claim::literal;
use crate::claim::mark::{ERROR, MARK, Mark, Recognised, recognise, tail};
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::program::Watched;
use crate::engine::trace::{Comment, Parsed, StatementKind};

/// Claims of one example's comments, in order. Ranges are in the example's code.
pub fn find(code: &str, parsed: &Parsed, bare: bool) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut index = 0;
    // The comment that was taken for what the statement above it gives, so that the next one may tell more of it.
    let mut below = None;
    while index < parsed.comments.len() {
        let comment = &parsed.comments[index];
        let mut next = index + 1;
        let kind = |id: Option<usize>| parsed.statements.get(id?).map(|statement| statement.kind);
        let near = kind(comment.after).or_else(|| kind(comment.before));
        let stands_behind = comment.trailing || refused(code, parsed, comment).is_some();
        let recognised = recognise(comment, near, stands_behind, bare).or_else(|| {
            let goes_on = below.is_some_and(|last| last + 1 == index && follows(code, parsed, index));
            let found =
                bare.then(|| stated_below(code, parsed, &parsed.comments[index..], goes_on)).flatten()?;
            below = Some(index);
            Some(found)
        });
        if let Some(recognised) = recognised {
            let run = continuation(code, &parsed.comments[index..], &recognised);
            next = index + run;
            claims.extend(claim(code, parsed, &parsed.comments[index..next], recognised));
        }
        index = next;
    }
    drop_remarks(&mut claims);
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

/// A bare comment on the line below a statement, which is nothing but a value or an error.
/// `goes_on`: so was the comment before it.
fn stated_below(code: &str, parsed: &Parsed, comments: &[Comment], goes_on: bool) -> Option<Recognised> {
    let comment = &comments[0];
    let statement = parsed.statements.get(comment.after.filter(|_| !comment.trailing)?)?;
    let gap = code.get(statement.end..comment.start)?;
    let says = matches!(statement.kind, StatementKind::Print | StatementKind::Expression);
    let adjacent = gap.matches('\n').count() == 1;
    if !says || !(adjacent || goes_on) || comment.block {
        return None;
    }
    let at = comment.text.len() - comment.text.trim_start().len();
    let rest = &comment.text[at..];
    let is_error =
        ERROR.captures(rest).is_some_and(|found| found.name("message").is_some() || found[0] == *rest);
    if is_error || literal::parse(rest).is_some() || open_lines(code, comments, at).is_some() {
        return Some(Recognised::plain(at));
    }
    let is_print = statement.kind == StatementKind::Print;
    (is_print && adjacent && !rest.is_empty()).then(|| Recognised::printed(at))
}

/// The comment stands on the line below the one before it.
fn follows(code: &str, parsed: &Parsed, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| parsed.comments.get(before));
    let gap = before.zip(parsed.comments.get(index)).and_then(|(one, other)| code.get(one.end..other.start));
    gap.is_some_and(|gap| gap.trim().is_empty() && gap.matches('\n').count() == 1)
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
        if literal::parse_prefix(&text)
            .is_some_and(|(_, rest)| rest.trim().is_empty() || tail(rest).is_some())
        {
            return Some(count + 2);
        }
    }
    None
}

/// A literal over more lines is none that a comment holds.
const MAX_LINES: usize = 100;

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
            || !(deeper || open_ended || first.whole_block)
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
    if recognised.kind == Mark::Unreached && !is_executed(code, parsed, &target) {
        return None;
    }
    let end = recognised.end.filter(|_| comments.len() == 1).unwrap_or(first.text.len());
    let lines: Vec<&str> = std::iter::once(&first.text[recognised.at..end])
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

/// A declaration that is there before the program runs is executed by none of its lines.
fn is_executed(code: &str, parsed: &Parsed, target: &Target) -> bool {
    let Target::Statement(id) = target else { return false };
    let text = parsed.statements.get(*id).and_then(|statement| code.get(statement.start..statement.end));
    text.is_some_and(|text| {
        !["function", "async function", "class", "import", "export"].iter().any(|word| text.starts_with(word))
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
        (Mark::Unreached, _) => ClaimKind::Unreached,
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
    if let Some(index) = refused(code, parsed, first) {
        return Target::Refused(index);
    }
    let above = first.after.and_then(|id| parsed.statements.get(id));
    let below = last.before.and_then(|id| parsed.statements.get(id));
    // Other comments may stand in the gap.
    let blank_above = |from: usize| {
        code.get(from..first.start).is_some_and(|gap| gap[gap.trim_end().len()..].matches('\n').count() > 1)
    };
    let blank_below = |to: usize| {
        code.get(last.end..to)
            .is_some_and(|gap| gap[..gap.len() - gap.trim_start().len()].matches('\n').count() > 1)
    };
    match (above, below) {
        (Some(above), _) if first.trailing => Target::Statement(above.id),
        (_, Some(below)) if mark == Mark::Unreached => Target::Statement(below.id),
        (Some(above), Some(below)) => {
            let apart = blank_above(above.end) && !blank_below(below.start);
            // `/* => 4 */ 2 + 2;`
            let same_line = code.get(last.end..below.start).is_some_and(|gap| !gap.contains('\n'));
            Target::Statement(if apart || same_line { below.id } else { above.id })
        }
        (Some(statement), None) | (None, Some(statement)) => Target::Statement(statement.id),
        (None, None) if first.inside.is_some() => {
            Target::Nothing("it stands inside a statement, where nothing is recorded".into())
        }
        (None, None) => Target::Nothing("there is no statement that it could speak of".into()),
    }
}

/// Beside a claim a remark is one.
fn drop_remarks(claims: &mut Vec<Claim>) {
    let claimed: HashSet<usize> =
        claims.iter().filter(|claim| claim.strength > Strength::Remark).filter_map(of_statement).collect();
    claims.retain(|claim| {
        claim.strength > Strength::Remark || of_statement(claim).is_some_and(|id| !claimed.contains(&id))
    });
}

/// The line before the comment, or the one that it stands behind, is one that does not parse.
fn refused(code: &str, parsed: &Parsed, comment: &Comment) -> Option<usize> {
    parsed.refused.iter().rposition(|line| {
        code.get(line.end..comment.start)
            .is_some_and(|gap| gap.trim().is_empty() && gap.matches('\n').count() <= 1)
    })
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
                claim.strength = Strength::Remark;
            }
            if claim.strength <= Strength::Weak {
                continue;
            }
            let count = counts.entry(id).or_default();
            claim.part.0 = *count;
            *count += 1;
        }
    }
    for claim in claims {
        if let Target::Statement(id) = claim.target
            && claim.strength > Strength::Weak
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
