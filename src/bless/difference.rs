//! Where a stated value and the run's differ, told by its path, its line or its column; and how nearly they agree.

use crate::bless::layout::Layout;
use crate::bless::write::{self, Style};
use crate::claim::literal::{self, Literal};
use crate::engine::trace::Value;
use crate::judge::Sighted;
use crate::judge::value::rung;

/// So many differences tell what is wrong.
const MOST: usize = 3;

/// The first differences inside a value or a long text; none where the whole of it differs.
pub fn differences(stated: &str, seen: &Sighted) -> Vec<String> {
    let mut found = Vec::new();
    if let [value] = &seen.values[..] {
        walk(stated.trim(), value, "", &mut found);
    }
    if found.is_empty() {
        found.extend(in_text(stated, &seen.text));
    }
    let more = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    if more > 0 {
        found.push(format!("{more} more"));
    }
    found
}

fn walk(text: &str, value: &Value, path: &str, found: &mut Vec<String>) {
    let agrees = literal::parse(text).is_some_and(|literal| rung(&literal, value).is_some());
    if agrees {
        return;
    }
    let layout = Layout::read(text).filter(|_| literal::parse(text).is_some());
    match (value, layout) {
        (Value::Array { items, extras: false, .. }, Some(layout)) if layout.close == "]" => {
            items_of(&layout, items, path, found);
        }
        (Value::Set { items }, Some(layout)) => items_of(&layout, items, path, found),
        (Value::Object { entries, .. }, Some(layout)) if layout.close == "}" => {
            properties_of(&layout, entries, path, found);
        }
        _ if path.is_empty() => {}
        _ => found.push(format!("{path}: stated {}, the run gives {}", short(text), told(value))),
    }
}

fn items_of(layout: &Layout<'_>, items: &[Value], path: &str, found: &mut Vec<String>) {
    let told_of = layout.entries.iter().take_while(|entry| !entry.rest).count();
    for (at, entry) in layout.entries[..told_of].iter().enumerate() {
        match items.get(at) {
            Some(item) => walk(entry.text, item, &format!("{path}[{at}]"), found),
            None => found.push(format!("{path}[{at}] is stated, but the run gives {} only", items.len())),
        }
    }
    if told_of == layout.entries.len() {
        for (at, item) in items.iter().enumerate().skip(told_of) {
            found.push(format!("{path}[{at}] is not stated: {}", told(item)));
        }
    }
}

fn properties_of(layout: &Layout<'_>, entries: &[(String, Value)], path: &str, found: &mut Vec<String>) {
    let name = |key: &str| key.trim_matches(['\'', '"', '[', ']']).to_owned();
    let open = layout.entries.iter().any(|entry| entry.rest);
    let stated: Vec<String> = layout.entries.iter().map(|entry| name(entry.key)).collect();
    for (entry, key) in layout.entries.iter().zip(&stated).filter(|(entry, _)| !entry.rest) {
        match entries.iter().find(|(known, _)| known == key) {
            Some((_, value)) => walk(entry.text, value, &below(path, key), found),
            None => found.push(format!("{} is stated, but not there", below(path, key))),
        }
    }
    for (key, value) in entries.iter().filter(|(key, _)| !open && !stated.contains(key)) {
        found.push(format!("{} is not stated: {}", below(path, key), told(value)));
    }
}

fn below(path: &str, key: &str) -> String {
    let written = write::key(key, Style::of(""));
    if written == key && !key.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{path}.{key}")
    } else {
        format!("{path}[{written}]")
    }
}

fn told(value: &Value) -> String {
    write::write(value, Style::of("")).map_or_else(|| "something else".to_owned(), |text| short(&text))
}

/// The first line that differs, or the column in a long one.
fn in_text(stated: &str, text: &str) -> Option<String> {
    let (one, other): (Vec<&str>, Vec<&str>) = (stated.lines().collect(), text.lines().collect());
    let ends = |line: &str| line.trim_end().to_owned();
    let same = one.iter().zip(&other).take_while(|(a, b)| ends(a) == ends(b)).count();
    if one.len() > 1 || other.len() > 1 {
        let line = same + 1;
        return Some(match (one.get(same), other.get(same)) {
            (Some(stated), Some(given)) => {
                let column = common(stated, given) + 1;
                format!(
                    "line {line}, column {column}: stated `{}`, the run gives `{}`",
                    short(stated),
                    short(given)
                )
            }
            (Some(stated), None) => format!("line {line} is stated, but not given: `{}`", short(stated)),
            (None, given) => format!("line {line} is not stated: `{}`", short(given.unwrap_or(&""))),
        });
    }
    let at = common(stated, text);
    let long = stated.chars().count().min(text.chars().count()) > LONG;
    (long && at > 0).then(|| {
        let from = |text: &str| short(&text.chars().skip(at).collect::<String>());
        format!("from column {} on: stated `{}`, the run gives `{}`", at + 1, from(stated), from(text))
    })
}

/// In a line no longer than this a person sees the difference.
const LONG: usize = 40;

fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// How the claim would nearly hold.
pub fn nearly(stated: &str, seen: &Sighted) -> Option<String> {
    let stated = stated.trim();
    let text = seen.text.trim();
    let literal = literal::parse(stated);
    match (&literal, &seen.values[..]) {
        (Some(Literal::Number(_) | Literal::Decimal { .. }), [Value::String { v }]) if v == stated => {
            return Some(format!("it agrees but for quotes: the run gives the string '{v}', not the number"));
        }
        (Some(Literal::String(told)), [value]) if !matches!(value, Value::String { .. }) && told == text => {
            return Some("it agrees but for quotes: the run gives no string".to_owned());
        }
        (Some(Literal::Number(told)), [Value::Number { v }]) => {
            let places = stated.split_once('.').map_or(0, |(_, digits)| digits.len());
            let actual: f64 = v.parse().ok()?;
            if *told == 0.0 && actual == 0.0 {
                return Some("it agrees but for the sign of zero".to_owned());
            }
            let rounded = places > 0 && format!("{actual:.places$}") == format!("{told:.places$}");
            return rounded.then(|| format!("it agrees as rounded only: `~{stated}` would hold"));
        }
        _ => {}
    }
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    if without_blanks(stated) == without_blanks(text) {
        return Some("it agrees up to its blanks".to_owned());
    }
    (stated.to_lowercase() == text.to_lowercase()).then(|| "it agrees up to the case of letters".to_owned())
}

/// On one line, and no longer than a line of a terminal has room for.
pub fn short(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let head: String = first.chars().take(60).collect();
    if head.len() < first.len() || lines.next().is_some() { format!("{head}…") } else { head }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(v: &str) -> Value {
        Value::Number { v: v.into() }
    }

    fn seen(text: &str, value: Value) -> Sighted {
        Sighted { text: text.into(), values: vec![value] }
    }

    #[test]
    fn differences_are_told_by_their_path() {
        let inner = Value::Object { class: Some("Object".into()), entries: vec![("b".into(), number("4"))] };
        let list = Value::Array { class: "Array".into(), items: vec![number("1"), inner], extras: false };
        let value = Value::Object {
            class: Some("Object".into()),
            entries: vec![("a".into(), list), ("d-e".into(), number("2"))],
        };
        let value = seen("{ a: [ 1, { b: 4 } ], 'd-e': 2 }", value);
        for (stated, expected) in [
            ("{ a: [1, { b: 3 }], 'd-e': 2 }", vec![".a[1].b: stated 3, the run gives 4"]),
            ("{ a: [1, { b: 4 }], c: 5 }", vec![".c is stated, but not there", "['d-e'] is not stated: 2"]),
            ("{ a: [1], … }", vec![".a[1] is not stated: { b: 4 }"]),
            ("{ a: [1, {…}, 7], … }", vec![".a[2] is stated, but the run gives 2 only"]),
            ("{ a: 1, 'd-e': 2 }", vec![".a: stated 1, the run gives [ 1, { b: 4 } ]"]),
            ("5", vec![]),
        ] {
            assert_eq!(differences(stated, &value), expected, "{stated}");
        }
    }

    #[test]
    fn long_texts_are_told_by_line_and_column() {
        let text = |text: &str| Sighted { text: text.into(), values: Vec::new() };
        for (stated, given, expected) in [
            ("a\nbc\nd", "a\nbx\nd", "line 2, column 2: stated `bc`, the run gives `bx`"),
            ("a", "a\nb", "line 2 is not stated: `b`"),
            ("a\nb", "a", "line 2 is stated, but not given: `b`"),
        ] {
            assert_eq!(differences(stated, &text(given)), [expected]);
        }
        let long = "x".repeat(50);
        let found = differences(&format!("{long}a"), &text(&format!("{long}b")));
        assert_eq!(found, ["from column 51 on: stated `a`, the run gives `b`"]);
        assert!(differences("abc", &text("abd")).is_empty());
    }

    #[test]
    fn what_nearly_holds_is_told() {
        let string = |v: &str| seen(v, Value::String { v: v.into() });
        for (stated, seen, expected) in [
            ("5", string("5"), Some("the string '5'")),
            ("'5'", seen("5", number("5")), Some("no string")),
            ("0.3", seen("0.30000000000000004", number("0.30000000000000004")), Some("`~0.3`")),
            ("0", seen("-0", number("-0")), Some("sign of zero")),
            ("hello", string("Hello"), Some("case of letters")),
            ("a b", string("a  b"), Some("blanks")),
            ("0.4", seen("0.30000000000000004", number("0.30000000000000004")), None),
            ("hello", string("world"), None),
        ] {
            let found = nearly(stated, &seen);
            let right = match expected {
                Some(part) => found.as_ref().is_some_and(|found| found.contains(part)),
                None => found.is_none(),
            };
            assert!(right, "{stated}: {found:?}");
        }
    }
}
