//! A stated literal made true: what still agrees stays as it is written, the rest takes the run's value in the same hand.

use crate::bless::layout::{Entry, Layout};
use crate::bless::write::{self, Style};
use crate::book::nearest::is_slip;
use crate::claim::literal::{self, Literal};
use crate::engine::trace::Value;
use crate::judge::value::rung;

/// The text of one literal, rewritten so that it states the value. None where no literal does.
pub fn follow(text: &str, value: &Value, style: Style) -> Option<String> {
    let literal = literal::parse(text);
    if literal.as_ref().is_some_and(|literal| rung(literal, value).is_some()) {
        return Some(text.to_owned());
    }
    match (value, &literal) {
        (Value::Number { v }, Some(literal)) => number(text, literal, v),
        (Value::String { v }, Some(Literal::String(_) | Literal::StringStart(_))) => string(text, v),
        _ => container(text, value, style),
    }
}

/// As [`follow`]; where nothing of the text can stay, the value is written anew.
pub fn follow_or_write(text: &str, value: &Value, style: Style) -> Option<String> {
    follow(text, value, style).or_else(|| write::write(value, style))
}

/// The number to the digits, in the base and with the marks of the text.
fn number(text: &str, literal: &Literal, v: &str) -> Option<String> {
    let actual: f64 = v.parse().ok().filter(|number: &f64| number.is_finite())?;
    let written = text.trim_start_matches(['+', '-']);
    match literal {
        Literal::Approximate { places, .. } => {
            let mark = &text[..text.find(|c: char| !matches!(c, '~' | '≈' | ' '))?];
            Some(format!("{mark}{actual:.places$}"))
        }
        Literal::Decimal { places, .. } if fraction(v).is_some_and(|digits| digits > *places) => {
            Some(format!("{actual:.places$}"))
        }
        Literal::Digits(digits) if v.len() > digits.len() && fraction(v).is_some() => Some(format!(
            "{}{}",
            v.get(..digits.len())?,
            &text[text.find('…').or_else(|| text.find("..."))?..]
        )),
        Literal::Number(_) if written.starts_with("0x") || written.starts_with("0X") => {
            let whole = integer(actual)?;
            let capital = written[2..].contains(|c: char| c.is_ascii_uppercase());
            let digits = if capital { format!("{whole:X}") } else { format!("{whole:x}") };
            Some(format!("{}{digits}", &written[..2]))
        }
        Literal::Number(_) if written.starts_with("0b") => Some(format!("0b{:b}", integer(actual)?)),
        Literal::Number(_) if written.starts_with("0o") => Some(format!("0o{:o}", integer(actual)?)),
        Literal::Number(_) if written.contains('_') => Some(grouped(integer(actual)?)),
        _ => None,
    }
}

/// How many digits stand behind the point.
fn fraction(text: &str) -> Option<usize> {
    let (_, fraction) = text.split_once('.')?;
    fraction.chars().all(|c| c.is_ascii_digit()).then_some(fraction.len())
}

fn integer(number: f64) -> Option<u64> {
    let whole = number.fract() == 0.0 && (0.0..9e15).contains(&number) && !number.is_sign_negative();
    // In this range every whole number has its integer.
    whole.then_some(number as u64)
}

/// `1_000_000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// A quoted string between the same quotes; one that ends in an ellipsis goes on telling as much.
fn string(text: &str, v: &str) -> Option<String> {
    let quote = text.chars().next()?;
    let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
    if let Some(start) = literal::without_ellipsis(inside) {
        let length = start.chars().count();
        if v.chars().count() > length {
            let head: String = v.chars().take(length).collect();
            let head = literal::quote(&head, quote);
            return Some(format!("{}{}{}", head.strip_suffix(quote)?, &inside[start.len()..], quote));
        }
    }
    Some(literal::quote(v, quote))
}

fn container(text: &str, value: &Value, style: Style) -> Option<String> {
    let layout = Layout::read(text)?;
    let open_bracket = layout.open.chars().last()?;
    let (bracket, parts) = match value {
        Value::Array { items, .. } => ('[', items_of(&layout.entries, items, style)?),
        Value::Set { items } => ('{', items_of(&layout.entries, items, style)?),
        Value::Map { entries } => ('{', pairs_of(&layout.entries, entries, style)?),
        Value::Object { entries, .. } => ('{', properties_of(&layout.entries, entries, style)?),
        _ => return None,
    };
    // Where there is nothing to look at, brackets are written as all others.
    if open_bracket != bracket || (layout.entries.is_empty() && !parts.is_empty()) {
        return None;
    }
    let body = assemble(&layout.entries, &parts, layout.tail, style);
    let agrees = |text: &String| literal::parse(text).is_some_and(|literal| rung(&literal, value).is_some());
    let as_written = format!("{}{body}{}", with_count(layout.open, count(value)), layout.close);
    if agrees(&as_written) {
        return Some(as_written);
    }
    // Its class is another one, which the author may name where Node does not.
    let named = renamed(layout.open, value).map(|open| format!("{open}{body}{}", layout.close));
    let prefixed = format!("{}{bracket}{body}{}", write::prefix(value), layout.close);
    named.into_iter().chain([prefixed]).find(agrees)
}

/// What opens the container, with the class of the value instead of the one that is told. Arrays and plain objects are
/// named only where a slip in their names stands.
fn renamed(open: &str, value: &Value) -> Option<String> {
    let end = open.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
    let (told, rest) = open.split_at(end);
    let class = match value {
        Value::Array { class, .. } => class,
        Value::Object { class, .. } => class.as_ref()?,
        _ => return None,
    };
    let common = ["Array", "Object"].contains(&class.as_str());
    let meant = !told.is_empty() && (!common || is_slip(told, class));
    meant.then(|| with_count(&format!("{class}{rest}"), count(value)))
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array { items, .. } | Value::Set { items } => items.len(),
        Value::Map { entries } => entries.len(),
        _ => 0,
    }
}

/// `(2) [` and `Map(2) {` tell the count.
fn with_count(open: &str, count: usize) -> String {
    let counted = open.split_once('(').and_then(|(before, rest)| {
        let (number, after) = rest.split_once(')')?;
        number.parse::<usize>().is_ok().then(|| format!("{before}({count}){after}"))
    });
    counted.unwrap_or_else(|| open.to_owned())
}

/// An entry of the new text: one of the old entries, perhaps with another content, or a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub old: Option<usize>,
    pub text: String,
}

/// Entries with what separated them; a new one is separated as the others are.
pub fn assemble(entries: &[Entry<'_>], parts: &[Part], tail: &str, style: Style) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let first = entries.first().map_or("", |entry| entry.lead);
    let default = match first.contains('\n') {
        true => format!(",{first}"),
        false if style.tight_commas => ",".to_owned(),
        false => ", ".to_owned(),
    };
    let between = entries.get(1).map_or(default, |entry| entry.lead.to_owned());
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let own = part.old.filter(|old| *old > 0).map(|old| entries[old].lead);
        match at {
            0 => out.push_str(first),
            _ => out.push_str(own.unwrap_or(&between)),
        }
        out.push_str(&part.text);
    }
    out.push_str(tail);
    out
}

/// Items in order. What agrees at both ends stays; between them each takes the value in its place.
pub fn items_of(entries: &[Entry<'_>], items: &[Value], style: Style) -> Option<Vec<Part>> {
    let agrees = |entry: &Entry<'_>, item: &Value| agrees(entry, item);
    let follow = |entry: &Entry<'_>, item: &Value| follow_or_write(entry.text, item, style);
    aligned(entries, items, agrees, follow, |item| write::write(item, style))
}

fn agrees(entry: &Entry<'_>, value: &Value) -> bool {
    crate::bless::layout::ellipsis(entry.text) == Some(entry.text)
        || literal::parse(entry.text).is_some_and(|literal| rung(&literal, value).is_some())
}

fn pairs_of(entries: &[Entry<'_>], pairs: &[(Value, Value)], style: Style) -> Option<Vec<Part>> {
    let same_key = |entry: &Entry<'_>, key: &Value| {
        literal::parse(entry.key).is_some_and(|literal| rung(&literal, key).is_some())
    };
    aligned(
        entries,
        pairs,
        |entry, (key, value)| same_key(entry, key) && agrees(entry, value),
        |entry, (key, value)| {
            Some(format!(
                "{}{}{}",
                follow_or_write(entry.key, key, style)?,
                entry.colon,
                follow_or_write(entry.text, value, style)?
            ))
        },
        |(key, value)| write::pair(key, value, style),
    )
}

/// Entries against values in order; an ellipsis among the entries takes what the others leave.
fn aligned<V>(
    entries: &[Entry<'_>],
    values: &[V],
    agrees: impl Fn(&Entry<'_>, &V) -> bool,
    follow: impl Fn(&Entry<'_>, &V) -> Option<String>,
    fresh: impl Fn(&V) -> Option<String>,
) -> Option<Vec<Part>> {
    let kept = |old: usize| Part { old: Some(old), text: whole(&entries[old]) };
    let rests: Vec<usize> = (0..entries.len()).filter(|&at| entries[at].rest).collect();
    if let (Some(&first), Some(&last)) = (rests.first(), rests.last()) {
        let behind = entries.len() - last - 1;
        // Values enough for all that is told, and one that is not.
        if first + behind < values.len() {
            let mut parts = Vec::new();
            for (at, entry) in entries.iter().enumerate() {
                let value = match at {
                    _ if at < first => &values[at],
                    _ if at > last => &values[values.len() - (entries.len() - at)],
                    _ => {
                        parts.push(kept(at));
                        continue;
                    }
                };
                let text = if agrees(entry, value) { whole(entry) } else { follow(entry, value)? };
                parts.push(Part { old: Some(at), text });
            }
            return Some(parts);
        }
    }
    let told: Vec<usize> = (0..entries.len()).filter(|&at| !entries[at].rest).collect();
    let shorter = told.len().min(values.len());
    let head = (0..shorter).take_while(|&at| agrees(&entries[told[at]], &values[at])).count();
    let tail = (0..shorter - head)
        .take_while(|&at| agrees(&entries[told[told.len() - 1 - at]], &values[values.len() - 1 - at]))
        .count();
    let mut parts: Vec<Part> = told[..head].iter().map(|&old| kept(old)).collect();
    let middle = &told[head..told.len() - tail];
    for (at, value) in values[head..values.len() - tail].iter().enumerate() {
        parts.push(match middle.get(at) {
            Some(&old) => Part { old: Some(old), text: follow(&entries[old], value)? },
            None => Part { old: None, text: fresh(value)? },
        });
    }
    parts.extend(told[told.len() - tail..].iter().map(|&old| kept(old)));
    Some(parts)
}

fn whole(entry: &Entry<'_>) -> String {
    format!("{}{}{}", entry.key, entry.colon, entry.text)
}

/// Properties in the author's order. One that is gone goes, unless it is another one with a slip in its name; one that is
/// missing comes behind its predecessor. With an ellipsis nothing needs to come.
fn properties_of(entries: &[Entry<'_>], properties: &[(String, Value)], style: Style) -> Option<Vec<Part>> {
    let names: Vec<Option<String>> = entries.iter().map(|entry| name(entry.key)).collect();
    let mut told: Vec<Option<&str>> = Vec::new();
    for (entry, name) in entries.iter().zip(&names) {
        let found = properties.iter().find(|(key, _)| Some(key) == name.as_ref() && !entry.rest);
        let unique = found.filter(|(key, _)| !told.contains(&Some(key.as_str())));
        told.push(unique.map(|(key, _)| key.as_str()));
    }
    // A slip in a name: the value is that of a property that nobody tells.
    for at in 0..entries.len() {
        if told[at].is_none() && !entries[at].rest {
            let renamed = properties
                .iter()
                .find(|(key, value)| !told.contains(&Some(key.as_str())) && agrees(&entries[at], value));
            told[at] = renamed.map(|(key, _)| key.as_str());
        }
    }
    let open = entries.iter().any(|entry| entry.rest);
    let mut parts: Vec<(Option<&str>, Part)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.rest {
            parts.push((None, Part { old: Some(at), text: entry.text.to_owned() }));
        }
        let Some((key, value)) = properties.iter().find(|(key, _)| told[at] == Some(key)) else { continue };
        let text = if agrees(entry, value) {
            entry.text.to_owned()
        } else {
            follow_or_write(entry.text, value, style)?
        };
        let written = match &names[at] {
            Some(name) if name == key => entry.key.to_owned(),
            _ => write::key(key, style),
        };
        parts.push((Some(key), Part { old: Some(at), text: format!("{written}{}{text}", entry.colon) }));
    }
    for (at, (key, value)) in properties.iter().enumerate() {
        if open || told.contains(&Some(key.as_str())) {
            continue;
        }
        let before = properties[..at]
            .iter()
            .rev()
            .find_map(|(before, _)| parts.iter().position(|(known, _)| *known == Some(before.as_str())));
        let part = Part { old: None, text: write::entry(key, value, style)? };
        parts.insert(before.map_or(0, |before| before + 1), (Some(key), part));
    }
    Some(parts.into_iter().map(|(_, part)| part).collect())
}

/// A property's name without the quotes or brackets that it is written in.
fn name(key: &str) -> Option<String> {
    match key.chars().next()? {
        '\'' | '"' => match literal::parse(key)? {
            Literal::String(name) | Literal::StringStart(name) => Some(name),
            _ => None,
        },
        '[' => Some(key.trim_matches(['[', ']']).to_owned()),
        _ => Some(key.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(v: &str) -> Value {
        Value::Number { v: v.into() }
    }

    fn string(v: &str) -> Value {
        Value::String { v: v.into() }
    }

    fn numbers(items: &[&str]) -> Value {
        Value::Array {
            class: "Array".into(),
            items: items.iter().map(|item| number(item)).collect(),
            extras: false,
        }
    }

    fn object(entries: &[(&str, Value)]) -> Value {
        let entries = entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        Value::Object { class: Some("Object".into()), entries }
    }

    #[track_caller]
    fn becomes(text: &str, value: &Value, expected: &str) {
        let new = follow_or_write(text, value, Style::of(text)).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(new, expected, "{text}");
        assert!(rung(&literal::parse(&new).unwrap(), value).is_some(), "{new} does not state it");
    }

    #[test]
    fn numbers_keep_their_digits_marks_and_base() {
        for (text, v, expected) in [
            ("5", "6", "6"),
            ("0.333", "0.6666666666666666", "0.667"),
            ("0.333", "0.5", "0.5"),
            ("~1.5", "1.5707963267948966", "~1.5"),
            ("~2.57", "1.5707963267948966", "~1.57"),
            ("3.15…", "3.141592653589793", "3.14…"),
            ("3.15...", "3.141592653589793", "3.14..."),
            ("0x2A", "43", "0x2B"),
            ("0x2a", "-43", "-43"),
            ("0b11", "4", "0b100"),
            ("1_000", "1234567", "1_234_567"),
            ("5", "-0", "-0"),
            ("5.5", "NaN", "NaN"),
        ] {
            becomes(text, &number(v), expected);
        }
    }

    #[test]
    fn strings_keep_their_quotes_and_their_ellipsis() {
        for (text, v, expected) in [
            ("\"a\"", "b", "\"b\""),
            ("'a'", "it's", "\"it's\""),
            ("'Lorem…'", "Ipsum dolor", "'Ipsum…'"),
            ("'Lorem...'", "Ips", "'Ips'"),
        ] {
            becomes(text, &string(v), expected);
        }
    }

    #[test]
    fn lists_keep_what_agrees_and_how_it_is_set() {
        let three = numbers(&["1", "2", "3"]);
        for (text, expected) in [
            ("[1,2]", "[1,2,3]"),
            ("[ 1, 3 ]", "[ 1, 2, 3 ]"),
            ("[1, 2, 3, 4]", "[1, 2, 3]"),
            ("[\n  1,\n  9,\n  3,\n]", "[\n  1,\n  2,\n  3,\n]"),
            ("[9, …]", "[1, …]"),
            ("[0x1, ..., 4]", "[0x1, ..., 3]"),
            ("(2) [1, 2]", "(3) [1, 2, 3]"),
            ("Array [1, 2]", "Array [1, 2, 3]"),
            ("Arrby [1, 2]", "Array [1, 2, 3]"),
            ("Other [1, 2]", "[1, 2, 3]"),
            ("[]", "[ 1, 2, 3 ]"),
            ("{ a: 1 }", "[ 1, 2, 3 ]"),
            ("[9, 8, 7, 6, …]", "[1, 2, 3]"),
        ] {
            becomes(text, &three, expected);
        }
        becomes("[1, 2]", &numbers(&[]), "[]");
        let set = Value::Set { items: vec![number("1"), number("2")] };
        becomes("Set(1) {1}", &set, "Set(2) {1, 2}");
    }

    #[test]
    fn objects_keep_the_order_of_the_author() {
        let value = object(&[("a", number("1")), ("b", object(&[("c", string("x"))])), ("d-e", number("2"))]);
        for (text, expected) in [
            ("{b: {c: \"y\"}, a: 1, 'd-e': 2}", "{b: {c: \"x\"}, a: 1, 'd-e': 2}"),
            ("{ a: 1, 'd-e': 2 }", "{ a: 1, b: { c: 'x' }, 'd-e': 2 }"),
            ("{ a: 1, c: { c: 'x' }, \"d-e\": 2 }", "{ a: 1, b: { c: 'x' }, \"d-e\": 2 }"),
            ("{ a: 2, … }", "{ a: 1, … }"),
            ("{ z: 1, … }", "{ a: 1, … }"),
            ("{ a: 1, b: {…}, x: 7, ... }", "{ a: 1, b: {…}, ... }"),
            ("{ a: 1, b: …, 'd-e': 3 }", "{ a: 1, b: …, 'd-e': 2 }"),
            ("Foo { a: 1, b: {…}, 'd-e': 2 }", "{ a: 1, b: {…}, 'd-e': 2 }"),
            ("{\n  a: 1,\n  b: {…}\n}", "{\n  a: 1,\n  b: {…},\n  'd-e': 2\n}"),
        ] {
            becomes(text, &value, expected);
        }
        let map = Value::Map { entries: vec![(string("a"), number("1")), (string("b"), number("2"))] };
        becomes("Map(1) {\"a\" => 2}", &map, "Map(2) {\"a\" => 1, \"b\" => 2}");
    }
}
