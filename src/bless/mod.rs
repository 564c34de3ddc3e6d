//! BLESS: what a false claim has to say to be true, in the hand of its author, and which bytes that changes.
//!
//! [`rewrite`] gives the new text and [`place`] the bytes; whether a text holds is asked of the judge, never guessed.

pub mod difference;
mod errors;
mod follow;
mod layout;
pub mod place;
mod texts;
mod write;

use crate::bless::follow::{assemble, follow, items_of};
use crate::bless::write::Style;
use crate::claim::mark::{needs_no_mark, without_order};
use crate::claim::{Claim, ClaimKind, Strength, Target, literal};
use crate::engine::trace::Value;
use crate::judge::ladder::{self, Seen};
use crate::judge::{Actual, Sight, Sighted};

/// The stated text made true. The error says why there is none.
pub fn rewrite(claim: &Claim, actual: &Actual, holds: &dyn Fn(&str) -> bool) -> Result<String, String> {
    if let Target::Probe { equals: None, .. } = claim.target {
        return Err("it is a condition, which only its author can put right".into());
    }
    let candidates = match &actual.seen {
        Sight::Nothing => return Err(format!("{}: take it away, or mend the code", actual.text)),
        Sight::Thrown(thrown) => errors::candidates(&claim.stated, thrown),
        Sight::Values(seen) if claim.target == Target::ExportsOrProperty => exported(claim, &seen[0])?,
        Sight::Values(seen) => values(claim, seen, &actual.around),
    };
    let in_comment = matches!(claim.target, Target::Statement(_)) || claim.kind == ClaimKind::Exports;
    let bare = claim.strength == Strength::Plain && in_comment;
    // An empty line ends what is stated in comments.
    let goes_on = |text: &str| !in_comment || text.lines().all(|line| !line.trim().is_empty());
    let is_claim = |text: &str| !bare || needs_no_mark(text) || literal::parse(text).is_some();
    let fits = |text: &String| *text != claim.stated && goes_on(text) && is_claim(text) && holds(text);
    let found = candidates.into_iter().find(fits);
    found.ok_or_else(|| match &actual.seen {
        Sight::Values(seen) if claim.part.1 > 1 && seen.len() > 1 => {
            format!("{} more are seen there than claims stand there", seen.len() - 1)
        }
        _ => "no short text states what the run gives".into(),
    })
}

/// Texts that may state what was seen, the author's own way first.
fn values(claim: &Claim, seen: &[Sighted], around: &[Sighted]) -> Vec<String> {
    let stated = claim.stated.as_str();
    let style = Style::of(stated);
    let mut found = Vec::new();
    if let [only] = seen {
        found.extend(single(claim.kind, stated, only));
    } else {
        let same = seen.windows(2).all(|pair| pair[0] == pair[1]);
        if same && !stated.contains('\n') && layout::list(stated).is_none() {
            found.extend(single(claim.kind, stated, &seen[0]));
        }
        let all = |seen: &[Sighted]| -> Vec<Value> { seen.iter().flat_map(|it| it.values.clone()).collect() };
        if stated.contains('\n') {
            found.extend(window(stated, seen, around).map(|seen| line_by_line(claim.kind, stated, seen)));
            found.push(line_by_line(claim.kind, stated, seen));
            found.extend(listed(stated, &all(seen), style));
        } else {
            found.extend(listed(stated, &all(seen), style));
            found.push(line_by_line(claim.kind, stated, seen));
            found.extend(row(&all(seen), style));
        }
    }
    if let Some(seen) = window(stated, seen, around).filter(|_| seen.len() == 1) {
        found.insert(0, line_by_line(claim.kind, stated, seen));
    }
    found
}

/// One value, or what one call printed.
fn single(kind: ClaimKind, stated: &str, seen: &Sighted) -> Vec<String> {
    let style = Style::of(stated);
    let text = seen.text.trim_end().to_owned();
    let mut found = Vec::new();
    let quoted = stated.starts_with(['\'', '"', '`']);
    match &seen.values[..] {
        [Value::String { v }] => {
            let numeric = |text: &str| text.trim().parse::<f64>().is_ok();
            let bare =
                !quoted && (kind != ClaimKind::Value || literal::parse(stated).is_none() || numeric(v));
            found.extend(texts::with_ellipsis(stated, v));
            if bare && !stated.is_empty() {
                found.push(v.clone());
            }
            found.extend(texts::unescaped(stated, v));
            found.extend(with_tail(stated, &seen.values[0], &text, style));
            found.extend(texts::between_quotes(stated, v));
            found.push(literal::quote(v, style.quote));
        }
        [value] => {
            if let Value::Error { name, message } = value {
                found.push(errors::of_value(stated, name, message));
            }
            found.extend(with_tail(stated, value, &text, style));
            if let Value::Array { items, .. } = value {
                found.extend(listed(stated, items, style));
            }
            found.extend(texts::with_ellipsis(stated, &text));
        }
        values => {
            found.extend(texts::with_ellipsis(stated, &text));
            found.extend(listed(stated, values, style));
            found.extend(texts::by_lines(stated, &text));
        }
    }
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let collapsed = ladder::collapse(&text);
    if stated.contains('\n') {
        found.push(text);
        found.push(collapsed);
    } else {
        found.push(collapsed);
        found.push(text);
    }
    found.extend(row(&seen.values, style));
    found.push(one_line);
    found
}

/// The value in the place of the literal that the text begins with; the explanation behind it and the order mark before
/// it stay. `printed` is how Node writes the value.
fn with_tail(stated: &str, value: &Value, printed: &str, style: Style) -> Option<String> {
    let one_line = ladder::collapse(printed);
    // What Node writes in a way of its own, such as a buffer, is best told so.
    let fresh = match write::write(value, Style::of("")) {
        Some(plain) if plain == one_line => write::write(value, style),
        _ if matches!(value, Value::String { .. }) => write::write(value, style),
        _ => Some(one_line),
    };
    let start = stated.len() - without_order(stated).len();
    let (order, rest) = stated.split_at(start);
    let Some((_, tail)) = literal::parse_prefix(rest) else {
        return fresh;
    };
    let (text, tail) = rest.split_at(rest.len() - tail.len());
    let blanks = &text[..text.len() - text.trim_start().len()];
    let new = follow(text.trim_start(), value, style).or(fresh)?;
    Some(format!("{order}{blanks}{new}{tail}"))
}

/// Values in the places of the literals of a list.
fn listed(stated: &str, values: &[Value], style: Style) -> Option<String> {
    let entries = layout::list(stated)?;
    let parts = items_of(&entries, values, style)?;
    Some(assemble(&entries, &parts, "", style))
}

/// Several values with commas between them.
fn row(values: &[Value], style: Style) -> Option<String> {
    let written: Option<Vec<String>> = values.iter().map(|value| write::write(value, style)).collect();
    written.filter(|written| written.len() > 1).map(|written| written.join(", "))
}

/// A line for each that was seen; lines that agree stay.
fn line_by_line(kind: ClaimKind, stated: &str, seen: &[Sighted]) -> String {
    let old: Vec<&str> = stated.lines().collect();
    let line = |(at, seen): (usize, &Sighted)| {
        let line = old.get(at).or(old.last()).copied().unwrap_or_default();
        let agrees = |text: &str| {
            let seen = Seen { text: &seen.text, values: &seen.values };
            ladder::matches(text, seen, Strength::Marked).is_some()
        };
        if at < old.len() && agrees(line) {
            return line.to_owned();
        }
        let found = single(kind, line, seen).into_iter().find(|text| !text.contains('\n') && agrees(text));
        found.unwrap_or_else(|| seen.text.clone())
    };
    seen.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Of all prints the run of as many as there are lines that agrees with most of them.
fn window<'a>(stated: &str, seen: &[Sighted], around: &'a [Sighted]) -> Option<&'a [Sighted]> {
    let lines: Vec<&str> = stated.lines().collect();
    let agreeing = |window: &&[Sighted]| {
        let pairs = lines.iter().zip(*window);
        pairs.filter(|(line, seen)| line.trim_end() == seen.text.trim_end()).count()
    };
    let windows = around.windows(lines.len().max(1)).filter(|window| window.len() > seen.len().max(1));
    windows.rev().max_by_key(agreeing).filter(|window| agreeing(window) > 0)
}

/// A sentence about exports speaks of all of them, or of the one value that is like the stated one.
fn exported(claim: &Claim, exports: &Sighted) -> Result<Vec<String>, String> {
    let stated = claim.stated.as_str();
    let style = Style::of(stated);
    let said = |value: &Value| match value {
        Value::String { v } if !stated.starts_with(['\'', '"', '`']) => vec![v.clone()],
        value => with_tail(stated, value, "", style).into_iter().collect(),
    };
    let own = match &exports.values[..] {
        [Value::Object { entries, .. }] if !stated.starts_with('{') => entries.as_slice(),
        values => return Ok(values.iter().flat_map(said).chain([exports.text.clone()]).collect()),
    };
    let is_text = |value: &Value| matches!(value, Value::String { .. });
    let stated_text = literal::parse(stated).is_none_or(|it| matches!(it, literal::Literal::String(_)));
    let alike: Vec<&Value> =
        own.iter().map(|(_, value)| value).filter(|value| is_text(value) == stated_text).collect();
    match alike[..] {
        [only] => Ok(said(only)),
        [] => Err(format!("nothing like it is exported: {}", ladder::collapse(&exports.text))),
        _ => Err(format!("it may speak of any of the exports {}", ladder::collapse(&exports.text))),
    }
}
