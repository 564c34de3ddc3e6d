//! A value as a literal in an author's hand: the quotes, blanks and quoted keys of the text that stood there. Without
//! any, as Node prints it.

use std::sync::LazyLock;

use regex::Regex;

use crate::claim::literal;
use crate::engine::trace::Value;

/// How an author writes literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub quote: char,
    /// `{a: 1}`.
    pub tight_braces: bool,
    /// `[1]`.
    pub tight_brackets: bool,
    /// `{ a:1 }`.
    pub tight_colons: bool,
    /// `1,2`.
    pub tight_commas: bool,
    /// `{ "a": 1 }`.
    pub quoted_keys: bool,
}

static QUOTED_KEY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"["'][\w$]+["']\s*:"#).expect("a valid expression"));
static COMMA: LazyLock<Regex> = LazyLock::new(|| Regex::new(r",\S").expect("a valid expression"));
static COLON: LazyLock<Regex> = LazyLock::new(|| Regex::new(r":[^\s:]").expect("a valid expression"));

impl Style {
    /// The hand in which `text` is written.
    pub fn of(text: &str) -> Style {
        let plain = without_strings(text);
        // What opens a container, with what follows it; an empty one tells nothing.
        let tight = |open: char, close: char| {
            let inside = plain.split(open).skip(1).find(|rest| !rest.trim_start().starts_with(close));
            inside.is_some_and(|rest| !rest.starts_with(char::is_whitespace))
        };
        Style {
            quote: text.chars().find(|c| matches!(c, '\'' | '"' | '`')).unwrap_or('\''),
            tight_braces: tight('{', '}'),
            tight_brackets: tight('[', ']'),
            tight_colons: COLON.is_match(&plain) && !plain.contains(": "),
            tight_commas: COMMA.is_match(&plain) && !plain.contains(", "),
            quoted_keys: QUOTED_KEY.is_match(text),
        }
    }
}

/// The text with nothing between its quotes.
fn without_strings(text: &str) -> String {
    let mut out = String::new();
    let mut quote = None;
    let mut escaped = false;
    for character in text.chars() {
        match quote {
            Some(open) if character == open && !escaped => quote = None,
            Some(_) => {
                escaped = character == '\\' && !escaped;
                continue;
            }
            None if matches!(character, '\'' | '"' | '`') => quote = Some(character),
            None => {}
        }
        escaped = false;
        out.push(character);
    }
    out
}

/// The value on one line; none for what no literal states (a date, an error, what was cut off).
pub fn write(value: &Value, style: Style) -> Option<String> {
    Some(match value {
        Value::Undefined => "undefined".into(),
        Value::Null => "null".into(),
        Value::Boolean { v } => v.to_string(),
        Value::Number { v } | Value::RegExp { v } => v.clone(),
        Value::BigInt { v } => format!("{v}n"),
        Value::String { v } => literal::quote(v, style.quote),
        Value::Symbol { v } => format!("Symbol({v})"),
        Value::Function { name, class: false, .. } if name.is_empty() => "[Function (anonymous)]".into(),
        Value::Function { name, class: false, .. } => format!("[Function: {name}]"),
        Value::Function { name, class: true, extends } => {
            let name = if name.is_empty() { "(anonymous)" } else { name };
            match extends {
                Some(base) => format!("[class {name} extends {base}]"),
                None => format!("[class {name}]"),
            }
        }
        Value::Array { items, extras: false, .. } => container(value, '[', ']', list(items, style)?, style),
        Value::Set { items } => container(value, '{', '}', list(items, style)?, style),
        Value::Object { entries, .. } => {
            let entries = entries.iter().map(|(key, value)| entry(key, value, style));
            container(value, '{', '}', entries.collect::<Option<Vec<_>>>()?, style)
        }
        Value::Map { entries } => {
            let pairs = entries.iter().map(|(key, value)| pair(key, value, style));
            container(value, '{', '}', pairs.collect::<Option<Vec<_>>>()?, style)
        }
        Value::Getter => "[Getter]".into(),
        Value::Other { text } => text.clone(),
        Value::Promise { .. }
        | Value::Array { .. }
        | Value::Hole
        | Value::Cut
        | Value::Date { .. }
        | Value::Error { .. }
        | Value::Circular { .. } => return None,
    })
}

/// `key: value`.
pub fn entry(key: &str, value: &Value, style: Style) -> Option<String> {
    let colon = if style.tight_colons { ":" } else { ": " };
    Some(format!("{}{colon}{}", self::key(key, style), write(value, style)?))
}

/// `key => value`.
pub fn pair(key: &Value, value: &Value, style: Style) -> Option<String> {
    Some(format!("{} => {}", write(key, style)?, write(value, style)?))
}

/// A property's name, in quotes where it needs them or the author gives it some.
pub fn key(key: &str, style: Style) -> String {
    let mut characters = key.chars();
    let starts = characters.next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$');
    let word = starts && characters.all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    let index = !key.is_empty() && key.chars().all(|c| c.is_ascii_digit());
    let symbol = key.starts_with("Symbol(");
    if symbol || ((word || index) && !style.quoted_keys) {
        key.to_owned()
    } else {
        literal::quote(key, style.quote)
    }
}

/// What Node writes before the opening bracket, with a blank behind it; nothing for arrays and plain objects.
pub fn prefix(value: &Value) -> String {
    match value {
        Value::Array { class, items, .. } if class != "Array" => format!("{class}({}) ", items.len()),
        Value::Map { entries } => format!("Map({}) ", entries.len()),
        Value::Set { items } => format!("Set({}) ", items.len()),
        Value::Object { class: None, .. } => "[Object: null prototype] ".into(),
        Value::Object { class: Some(class), .. } if class != "Object" => format!("{class} "),
        _ => String::new(),
    }
}

fn container(value: &Value, open: char, close: char, parts: Vec<String>, style: Style) -> String {
    let prefix = prefix(value);
    if parts.is_empty() {
        return format!("{prefix}{open}{close}");
    }
    let tight = if open == '[' { style.tight_brackets } else { style.tight_braces };
    let blank = if tight { "" } else { " " };
    let comma = if style.tight_commas { "," } else { ", " };
    format!("{prefix}{open}{blank}{}{blank}{close}", parts.join(comma))
}

/// Items, with Node's words for holes.
fn list(items: &[Value], style: Style) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    for run in items.chunk_by(|a, b| *a == Value::Hole && *b == Value::Hole) {
        match run {
            [Value::Hole] => parts.push("<1 empty item>".into()),
            [Value::Hole, ..] => parts.push(format!("<{} empty items>", run.len())),
            run => parts.extend(run.iter().map(|item| write(item, style)).collect::<Option<Vec<_>>>()?),
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(v: &str) -> Value {
        Value::Number { v: v.into() }
    }

    #[test]
    fn a_value_is_written_in_the_hand_of_the_text() {
        let list = Value::Array {
            class: "Array".into(),
            items: vec![number("1"), Value::String { v: "it's".into() }, Value::Hole, Value::Hole],
            extras: false,
        };
        let value = Value::Object {
            class: Some("Point".into()),
            entries: vec![("a b".into(), list), ("c".into(), Value::Map { entries: vec![] })],
        };
        for (hand, text) in [
            ("5", "Point { 'a b': [ 1, \"it's\", <2 empty items> ], c: Map(0) {} }"),
            ("[\"x\"]", "Point { \"a b\": [1, \"it's\", <2 empty items>], c: Map(0) {} }"),
            ("{x:`y`,z:[ 1,2 ]}", "Point {`a b`:[ 1,`it's`,<2 empty items> ],c:Map(0) {}}"),
            ("{ \"x\": 1 }", "Point { \"a b\": [ 1, \"it's\", <2 empty items> ], \"c\": Map(0) {} }"),
        ] {
            assert_eq!(write(&value, Style::of(hand)).as_deref(), Some(text), "{hand}");
        }
    }

    #[test]
    fn a_string_holds_its_quotes_and_line_breaks() {
        assert_eq!(literal::quote("a\n\"b\"\\", '"'), "'a\\n\"b\"\\\\'");
        assert_eq!(literal::quote("'\"`", '\''), "'\\'\"`'");
    }
}
