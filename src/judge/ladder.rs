//! The ladder: how a stated text may equal what was seen, strictest rung first. A looser rung never accepts another
//! value.

use std::sync::LazyLock;

use regex::Regex;

use crate::claim::Strength;
use crate::claim::literal::{self, Literal};
use crate::claim::mark::{tail, without_order};
use crate::engine::trace::{Thrown, Value};
use crate::judge::errors::{is_known, same_failure};

use crate::judge::{Rung, value};

/// Something seen: a value, or one call that printed.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// As printed, without the last line break; a value as Node inspects it.
    pub text: &'a str,
    /// The value, or the printed arguments.
    pub values: &'a [Value],
}

/// The strictest rung on which the text states what was seen. What surely is a claim needs a sure explanation.
pub fn matches(stated: &str, seen: Seen<'_>, strength: Strength) -> Option<Rung> {
    if let Some(rung) = as_written(stated, seen, strength) {
        return Some(rung);
    }
    // A blank that does not break looks like any other: nobody types the ones between a number and its currency.
    if !seen.text.contains(NO_BREAKS) || stated.contains(NO_BREAKS) {
        return None;
    }
    let text = seen.text.replace(NO_BREAKS, " ");
    let values: Vec<Value> = seen
        .values
        .iter()
        .map(|value| match value {
            Value::String { v } => Value::String { v: v.replace(NO_BREAKS, " ") },
            other => other.clone(),
        })
        .collect();
    as_written(stated, Seen { text: &text, values: &values }, strength).map(|rung| rung.max(Rung::Dialect))
}

/// No-break, narrow no-break and thin spaces.
const NO_BREAKS: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2009}'];

fn as_written(stated: &str, seen: Seen<'_>, strength: Strength) -> Option<Rung> {
    let text = seen.text.trim_end();
    if same_lines(stated, text) {
        return Some(Rung::Exact);
    }
    let breaks_freely = !seen.values.is_empty() && !seen.values.iter().any(has_blanks);
    if breaks_freely && collapse(stated) == collapse(text) {
        return Some(Rung::Value);
    }
    if let Some(rung) = states_values(stated, seen.values) {
        return Some(rung);
    }
    let uncaught = stated.strip_prefix("Uncaught ").unwrap_or(stated);
    if let [Value::Error { name, message }] = seen.values {
        // An error's text holds its stack, which nobody states.
        let headline = if message.is_empty() { name.clone() } else { format!("{name}: {message}") };
        if uncaught == headline || stated == format!("[{headline}]") {
            return Some(Rung::Error);
        }
    }
    if text.contains("\n    at ") && uncaught == without_frames(text) {
        return Some(Rung::Error);
    }
    if let Some(rung) = as_told(stated, text, seen.values) {
        return Some(rung);
    }
    if let Some(rung) = alternatives(stated, seen.values) {
        return Some(rung);
    }
    let own = |value: &Value| matches!(value, Value::String { v } if is_explained(stated, v));
    if is_explained(stated, text) || matches!(seen.values, [only] if own(only)) {
        return Some(Rung::Tail);
    }
    let (prefix, rest) = literal::parse_prefix(without_order(stated))?;
    if rest.trim().is_empty() {
        // An order mark was all that stood in the way.
        return one_value(&prefix, seen.values).map(|rung| rung.max(Rung::Tail));
    }
    // Words behind a quoted text can be no part of it.
    let is_text = matches!(prefix, Literal::String(_));
    if tail(rest)? < strength.min(if is_text { Strength::Weak } else { Strength::Plain }) {
        return None;
    }
    one_value(&prefix, seen.values).map(|rung| rung.max(Rung::Tail))
}

/// A text without quotes, with its last character told, and behind it what can't be a part of it.
fn is_explained(stated: &str, text: &str) -> bool {
    let text = text.trim();
    text.contains(char::is_alphanumeric)
        && stated.trim().strip_prefix(text).is_some_and(|rest| explanation(rest) == Some(0))
}

/// Where the explanation behind a text begins.
pub fn explanation(line: &str) -> Option<usize> {
    static EXPLANATION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:\s+\([^()]*\)|\s+(?:←|<-|—|--)\s.*|, to std(?:out|err)\.?|\s+[✓✔✅✗❌]+)\s*$")
    });
    EXPLANATION.find(line).map(|found| found.start())
}

/// Outputs that no text can be.
pub const TOLD_IN_WORDS: [&str; 4] = ["nothing", "the empty string", "an empty string", "empty string"];

fn one_value(literal: &Literal, values: &[Value]) -> Option<Rung> {
    match values {
        [only] => value::rung(literal, only),
        _ => None,
    }
}

/// Texts as other printers tell them, which no literal is.
fn as_told(stated: &str, text: &str, values: &[Value]) -> Option<Rung> {
    let stated = stated.trim();
    if matches!(stated, "the empty string" | "an empty string" | "empty string") && text.is_empty() {
        return Some(Rung::Dialect);
    }
    // Words that were printed and not recorded can only be a text.
    let is_words = || values.is_empty() && !text.contains('\n') && literal::parse(text).is_none();
    if quoted(stated) == Some(text) && (values.len() > 1 || is_words()) {
        return Some(Rung::Dialect);
    }
    if let Some(rung) = in_a_sentence(stated, values) {
        return Some(rung);
    }
    // Until version 20 Node put a symbol that is a key into brackets.
    if stated.contains("[Symbol(") {
        static KEY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[(Symbol\([^()\n]*\))\]:"));
        if same_lines(&KEY.replace_all(stated, "$1:"), text) {
            return Some(Rung::Dialect);
        }
    }
    match values {
        // The last of a label and a value.
        [Value::String { v: label }, between @ .., Value::String { v }]
            if between.is_empty() && label.ends_with(':') && quoted(stated) == Some(v) =>
        {
            return Some(Rung::Dialect);
        }
        // Text that is itself JSON, told with other blanks.
        [Value::String { v }]
            if v.starts_with(['[', '{'])
                && without_blanks(quoted(stated).unwrap_or(stated)) == without_blanks(v) =>
        {
            return Some(Rung::Dialect);
        }
        [Value::String { v }] if quoted(stated).is_some_and(|inner| goes_on(inner, v)) => {
            return Some(Rung::Ellipsis);
        }
        // A console that puts quotes around a text, and escapes nothing in it.
        [Value::String { v }] if quoted(stated) == Some(v) => return Some(Rung::Dialect),
        [Value::String { v }]
            if stated.starts_with(['"', '\'', '`'])
                && stated.get(1..).and_then(|inner| inner.strip_prefix(v.as_str())).is_some_and(|rest| {
                    rest.starts_with(&stated[..1]) && tail(&rest[1..]) == Some(Strength::Plain)
                }) =>
        {
            return Some(Rung::Tail);
        }
        // `alert` and String(x) join what is in a list; so do lists in a sentence.
        [Value::Array { items, extras: false, .. }] if items.len() > 1 => {
            if joined(items).as_deref() == Some(stated) {
                return Some(Rung::Dialect);
            }
            if let Some(rung) = literal::parse_list(stated).and_then(|literals| all_are(&literals, items)) {
                return Some(rung.max(Rung::Dialect));
            }
        }
        _ => {}
    }
    // In a literal an ellipsis stands for values, which have been compared.
    let is_text = matches!(values, [] | [Value::String { .. }]) || literal::parse(stated).is_none();
    (is_text && goes_on(stated, text)).then_some(Rung::Ellipsis)
}

/// Texts as they are, and between them values as literals: `Batch: [1, 2]` for a label and an array.
fn in_a_sentence(stated: &str, values: &[Value]) -> Option<Rung> {
    let has_label = values.iter().any(|value| matches!(value, Value::String { v } if !v.is_empty()));
    if values.len() < 2 || !has_label || matches!(&values[0], Value::String { v } if v.contains('%')) {
        return None;
    }
    let mut rest = stated.trim();
    let mut loosest = Rung::Value;
    for (at, value) in values.iter().enumerate() {
        // A printer puts a blank between two arguments.
        if at > 0 && !rest.starts_with(char::is_whitespace) {
            return None;
        }
        rest = rest.trim_start();
        rest = match value {
            Value::String { v } => rest.strip_prefix(v.trim())?,
            other => {
                let (literal, after) = literal::parse_prefix(rest)?;
                loosest = loosest.max(value::rung(&literal, other)?);
                after
            }
        };
    }
    rest.trim().is_empty().then_some(loosest)
}

/// Without the blanks outside double quotes.
fn without_blanks(text: &str) -> String {
    let mut quoted = false;
    let mut escaped = false;
    let kept = text.chars().filter(|&character| {
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
        quoted || !character.is_whitespace()
    });
    kept.collect()
}

/// What stands between two quotes of one kind.
fn quoted(stated: &str) -> Option<&str> {
    let quote = stated.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    stated.strip_prefix(quote)?.strip_suffix(quote)
}

/// As `Array.prototype.join` writes numbers and texts.
fn joined(items: &[Value]) -> Option<String> {
    let texts = items.iter().map(|item| match item {
        Value::Number { v } | Value::String { v } => Some(v.as_str()),
        Value::Boolean { v } => Some(if *v { "true" } else { "false" }),
        _ => None,
    });
    texts.collect::<Option<Vec<_>>>().map(|texts| texts.join(","))
}

/// A printed text, of which the claim leaves parts out. What it begins with is told, and enough of it to be one.
fn goes_on(stated: &str, text: &str) -> bool {
    let normal = stated.replace("...", "…");
    let mut pieces = normal.split('…');
    let Some(first) = pieces.next().map(str::trim_end) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    if pieces.is_empty() || first.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        return false;
    }
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    for (at, piece) in pieces.iter().enumerate() {
        let piece = piece.trim();
        if at + 1 == pieces.len() {
            return rest.trim_end().ends_with(piece) && !rest.trim().is_empty();
        }
        let Some(found) = rest.find(piece) else { return false };
        rest = &rest[found + piece.len()..];
    }
    false
}

/// `'left' or 'right'`: either.
fn alternatives(stated: &str, values: &[Value]) -> Option<Rung> {
    let (one, other) = stated.split_once(" or ")?;
    let (one, other) = (literal::parse(one)?, literal::parse(other)?);
    one_value(&one, values).into_iter().chain(one_value(&other, values)).min()
}

/// The strictest rung on which the text states the error. An empty text, "an error" or "Error!" states any.
pub fn matches_error(stated: &str, thrown: &Thrown) -> Option<Rung> {
    let unquoted =
        quoted(stated.trim()).filter(|inner| !thrown.name.is_empty() && inner.starts_with(&thrown.name));
    let stated = strip_article(unquoted.unwrap_or(stated.trim()));
    let stated = without_frames(stated);
    let stated = stated.strip_suffix('.').filter(|rest| !rest.contains(' ')).unwrap_or(stated);
    let headline = thrown.headline();
    if same_lines(stated, &headline) {
        return Some(Rung::Exact);
    }
    if stated.is_empty() || matches!(stated.trim_end_matches('.'), "error" | "exception" | "Error!" | "Error")
    {
        return Some(Rung::Error);
    }
    if thrown.code.as_deref().is_some_and(|code| stated == code) {
        return Some(Rung::Error);
    }
    if let Some(Literal::String(text) | Literal::StringStart(text)) = literal::parse(stated) {
        // A quoted text is a message, or a thrown string.
        let thrown_string = literal::parse(&thrown.message) == Some(Literal::String(text.clone()));
        let same = if thrown.name.is_empty() { thrown_string } else { text == thrown.message };
        return same.then_some(Rung::Error);
    }
    if thrown.name.is_empty() {
        let same = literal::parse(stated).is_some_and(|it| literal::parse(&thrown.message) == Some(it));
        return (same || collapse(stated) == collapse(&headline)).then_some(Rung::Value);
    }
    // SpiderMonkey has a name of its own for a full stack.
    let overflows = thrown.name == "RangeError" && thrown.message == "Maximum call stack size exceeded";
    let alias = stated.strip_prefix("InternalError").filter(|_| overflows);
    let rest = alias.or_else(|| stated.strip_prefix(thrown.name.as_str()))?;
    let rest = match rest.strip_prefix(" [").and_then(|rest| rest.split_once(']')) {
        Some((code, rest)) if thrown.code.as_deref() == Some(code) => rest,
        Some(_) => return None,
        None => rest,
    };
    if let Some(message) = rest.strip_prefix(':') {
        let message = collapse(message.trim());
        let actual = collapse(&thrown.message);
        // What an author's own `throw` says is not abridged.
        let is_engines = thrown.code.is_some() || is_known(&actual);
        let unquoted = message.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(&message);
        let same = unquoted == actual
            || same_failure(unquoted, &actual)
            || (is_engines && abridges(unquoted, &actual))
            || names_method(unquoted, &actual);
        return same.then_some(Rung::Error);
    }
    if let Some(code) = rest.strip_prefix(" with code ") {
        let code = quoted(code.trim_end_matches('.')).unwrap_or(code);
        return (thrown.code.as_deref() == Some(code)).then_some(Rung::Error);
    }
    let nothing_more = rest.is_empty() || rest == "!" || rest.trim() == "thrown!" || rest.trim() == "thrown";
    (nothing_more || tail(rest).is_some()).then_some(Rung::Error)
}

/// Without the lines of a stack.
fn without_frames(stated: &str) -> &str {
    let mut end = stated.len();
    for line in stated.lines().rev() {
        let start = line.as_ptr() as usize - stated.as_ptr() as usize;
        let text = line.trim();
        if start == 0 || !(text.starts_with("at ") || matches!(text, "" | "..." | "…")) {
            break;
        }
        end = start;
    }
    stated[..end].trim_end()
}

/// `size is not a function` for `list.size is not a function`.
fn names_method(stated: &str, actual: &str) -> bool {
    const NO_FUNCTION: &str = " is not a function";
    let names = stated.strip_suffix(NO_FUNCTION).zip(actual.strip_suffix(NO_FUNCTION));
    names.is_some_and(|(method, called)| {
        called.strip_suffix(method).is_some_and(|object| object.ends_with('.')) && !method.is_empty()
    })
}

/// A message that is cut off behind a word, or leaves out of which object it speaks and its quotes.
fn abridges(stated: &str, actual: &str) -> bool {
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?: of)?(?: object)? '?#<\w+>'?"));
    let plain = |text: &str| {
        let text = text.replace(['\'', '"', '`'], "").replace('-', " ");
        collapse(text.trim_end_matches(['.', '!', ':', ' ']))
    };
    let told = if stated.contains("#<") { actual.into() } else { OBJECT.replace_all(actual, "") };
    let (stated, actual) = (plain(stated), plain(&told));
    stated.split(' ').count() > 1
        && actual.strip_prefix(stated.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid expression")
}

/// Line by line, blanks at the ends of lines and of the text aside.
fn same_lines(a: &str, b: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect()
    };
    lines(a) == lines(b)
}

/// A printed string whose blanks are its own, not the printer's.
fn has_blanks(value: &Value) -> bool {
    matches!(value, Value::String { v } if v.contains('\n') || v.contains("  ") || v.starts_with(' '))
}

/// One line told with other blanks: what separates printed arguments is seen by nobody.
pub fn same_words(stated: &str, line: &str) -> bool {
    !line.trim().contains('\n') && collapse(stated) == collapse(line)
}

/// Node breaks long values over lines where authors don't: runs of blanks outside quotes become one.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut escaped = false;
    for character in text.trim().chars() {
        match quote {
            None if character.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                continue;
            }
            None if matches!(character, '\'' | '"' | '`') => quote = Some(character),
            Some(open) if character == open && !escaped => quote = None,
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        out.push(character);
    }
    out
}

/// One literal for one value (a bare text for a string), or a list for several.
fn states_values(stated: &str, values: &[Value]) -> Option<Rung> {
    match values {
        [Value::String { v }] if v == stated.trim() => Some(Rung::Value),
        [only] => literal::parse(stated).and_then(|literal| value::rung(&literal, only)),
        [] => None,
        // Placeholders of a format are not what is printed.
        [Value::String { v }, ..] if v.contains('%') => None,
        several => {
            let listed = literal::parse_list(stated).and_then(|literals| all_are(&literals, several));
            let in_a_row = || literal::parse_row(stated).and_then(|literals| all_are(&literals, several));
            listed.or_else(|| in_a_row().map(|rung| rung.max(Rung::Dialect)))
        }
    }
}

/// Each literal states its value; the loosest rung that one of them needs.
pub fn all_are(literals: &[Literal], values: &[Value]) -> Option<Rung> {
    if literals.len() != values.len() {
        return None;
    }
    let rungs = literals.iter().zip(values).map(|(literal, seen)| value::rung(literal, seen));
    rungs.collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// "a TypeError", "Uncaught TypeError".
fn strip_article(text: &str) -> &str {
    let text = text.strip_prefix("an ").or_else(|| text.strip_prefix("a ")).unwrap_or(text);
    let text = text.strip_prefix("Uncaught ").or_else(|| text.strip_prefix("uncaught ")).unwrap_or(text);
    text.trim_matches('`')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(v: &str) -> Value {
        Value::String { v: v.into() }
    }

    fn number(v: &str) -> Value {
        Value::Number { v: v.into() }
    }

    fn rung(stated: &str, text: &str, values: &[Value]) -> Option<Rung> {
        matches(stated, Seen { text, values }, Strength::Marked)
    }

    #[test]
    fn each_rung_takes_its_own() {
        let object = [Value::Object {
            class: Some("Object".into()),
            entries: vec![("a".into(), number("1")), ("b".into(), string("x y"))],
        }];
        let text = "{ a: 1, b: 'x y' }";
        assert_eq!(rung("{ a: 1, b: 'x y' }", text, &object), Some(Rung::Exact));
        assert_eq!(rung("{b: \"x y\", a: 1}", text, &object), Some(Rung::Value));
        assert_eq!(rung("{ a: 1, b: 'x y' } (both)", text, &object), Some(Rung::Tail));
        assert_eq!(rung("{ a: 1, b: 'x  y' }", text, &object), None);
        assert_eq!(rung("{ a: 2, b: 'x y' }", text, &object), None);
    }

    #[test]
    fn a_quoted_text_is_a_string_and_nothing_else() {
        assert_eq!(rung("'5'", "5", &[string("5")]), Some(Rung::Value));
        assert_eq!(rung("'5'", "5", &[number("5")]), None);
        assert_eq!(rung("Rock", "'Rock'", &[string("Rock")]), Some(Rung::Value));
        assert_eq!(rung("Roc", "'Rock'", &[string("Rock")]), None);
        assert_eq!(rung("", "''", &[string("Rock")]), None);
    }

    #[test]
    fn blanks_of_locales_are_stated_as_plain_ones() {
        let seen = [string("1.234,50\u{a0}€")];
        assert_eq!(rung("'1.234,50 €'", "1.234,50\u{a0}€", &seen), Some(Rung::Dialect));
        assert_eq!(rung("1.234,50 €", "1.234,50\u{a0}€", &seen), Some(Rung::Value));
        assert_eq!(rung("'1.234,50€'", "1.234,50\u{a0}€", &seen), None);
        assert_eq!(
            rung("'1 – 2'", "1\u{2009}–\u{2009}2", &[string("1\u{2009}–\u{2009}2")]),
            Some(Rung::Dialect)
        );
        assert_eq!(rung("'1\u{a0}2'", "1 2", &[string("1 2")]), None);
    }

    #[test]
    fn several_arguments_may_be_listed() {
        assert_eq!(rung("1 'x'", "1 x", &[number("1"), string("x")]), Some(Rung::Dialect));
        assert_eq!(rung("1 'y'", "1 x", &[number("1"), string("x")]), None);
        assert_eq!(rung("1, 'x'", "1 x", &[number("1"), string("x")]), Some(Rung::Value));
        assert_eq!(rung("1, 'y'", "1 x", &[number("1"), string("x")]), None);
    }

    #[test]
    fn errors_agree_by_name_and_message() {
        let thrown = Thrown {
            name: "TypeError".into(),
            message: "'c' is read-only".into(),
            code: Some("ERR_X".into()),
            file: None,
            line: None,
            stack: String::new(),
        };
        {
            let text = "TypeError: 'c' is read-only";
            assert_eq!(matches_error(text, &thrown), Some(Rung::Exact), "{text}");
        }
        for text in [
            "TypeError",
            "a TypeError",
            "TypeError: Assignment to constant variable.",
            "ERR_X",
            "",
            "Error!",
            "TypeError (const)",
        ] {
            assert_eq!(matches_error(text, &thrown), Some(Rung::Error), "{text}");
        }
        for text in [
            "RangeError",
            "TypeErro",
            "TypeErrors",
            "TypeError: something else",
            "ERR_Y",
            "TypeError: 'd' is read-only",
        ] {
            assert_eq!(matches_error(text, &thrown), None, "{text}");
        }
    }

    #[test]
    fn a_method_may_be_named_without_its_object() {
        assert!(names_method("size is not a function", "list.size is not a function"));
        for stated in
            ["ize is not a function", "sizes is not a function", " is not a function", "size is no function"]
        {
            assert!(!names_method(stated, "list.size is not a function"), "{stated}");
        }
    }

    #[test]
    fn a_message_may_be_abridged_and_nothing_in_it_changed() {
        let thrown = |name: &str, message: &str| Thrown {
            name: name.into(),
            message: message.into(),
            code: Some("ERR_X".into()),
            file: None,
            line: None,
            stack: String::new(),
        };
        let frozen = thrown("TypeError", "Cannot assign to read only property 'a' of object '#<Object>'");
        for text in [
            "TypeError: Cannot assign to read-only property 'a'",
            "TypeError: Cannot assign to read only property a",
            "TypeError: Cannot assign to read only property",
            "TypeError [ERR_X]: Cannot assign to read only property 'a' of object '#<Object>'",
            "TypeError [ERR_X]",
            "ERR_X.",
        ] {
            assert_eq!(matches_error(text, &frozen), Some(Rung::Error), "{text}");
        }
        for text in [
            "TypeError: Cannot assign to read-only property 'b'",
            "TypeError: Cannot assign to read only propert",
            "TypeError: Cannot",
            "TypeError: Cannot assign to read only property 'a' of object '#<Objecx>'",
            "TypeError [ERR_Y]",
            "ERR_Y.",
        ] {
            assert_eq!(matches_error(text, &frozen), None, "{text}");
        }
        let own = thrown("Error", "a.b is not there");
        assert_eq!(matches_error("Error: ab is not there", &own), None);
    }

    #[test]
    fn other_printers_tell_the_same_values() {
        let list = |items: Vec<Value>| Value::Array { class: "Array".into(), items, extras: false };
        let strings = [list(vec![string("a"), number("1")])];
        for text in ["(2) ['a', 1]", "Array [\"a\", 1]", "Array(2) [ \"a\", 1 ]", "a,1", "'a', 1"] {
            assert_eq!(rung(text, "[ 'a', 1 ]", &strings), Some(Rung::Dialect), "{text}");
        }
        for text in [
            "(3) ['a', 1]",
            "(2) ['a', 2]",
            "Array [\"b\", 1]",
            "a,2",
            "a",
            "'a'",
            "'a', 1, 2",
            "Map [\"a\", 1]",
        ] {
            assert_eq!(rung(text, "[ 'a', 1 ]", &strings), None, "{text}");
        }
        let map = [Value::Map { entries: vec![(string("a"), number("1"))] }];
        for text in ["Map(1) {'a' => 1}", "Map { \"a\" → 1 }"] {
            assert!(rung(text, "Map(1) { 'a' => 1 }", &map).is_some(), "{text}");
        }
        assert_eq!(rung("Map { \"a\" → 2 }", "Map(1) { 'a' => 1 }", &map), None);
        let said = [string("say \"hi\"")];
        assert_eq!(rung("\"say \"hi\"\"", "say \"hi\"", &said), Some(Rung::Dialect));
        assert_eq!(rung("\"say \"ho\"\"", "say \"hi\"", &said), None);
    }

    #[test]
    fn an_ellipsis_stands_for_what_is_there_and_the_rest_must_agree() {
        let list = Value::Array {
            class: "Array".into(),
            items: vec![number("1"), number("2"), number("3")],
            extras: false,
        };
        let object = Value::Object {
            class: Some("Object".into()),
            entries: vec![("a".into(), number("1")), ("b".into(), list.clone())],
        };
        for text in ["[1, …]", "[1, 2, ...]", "[…, 3]", "[ 1, ..., 3 ]", "(3) [1, …]"] {
            assert_eq!(
                rung(text, "[ 1, 2, 3 ]", std::slice::from_ref(&list)),
                Some(Rung::Ellipsis),
                "{text}"
            );
        }
        for text in ["[2, …]", "[1, 2, 3, 4, …]", "[…, 2]", "{…}", "…", "...", "(2) [1, …, 3, 4]"]
        {
            assert_eq!(rung(text, "[ 1, 2, 3 ]", std::slice::from_ref(&list)), None, "{text}");
        }
        for text in ["{ a: 1, … }", "{ b: [1, …], a: 1 }", "{ a: 1, b: … }", "{…}"] {
            assert_eq!(
                rung(text, "{ a: 1, b: [ 1, 2, 3 ] }", std::slice::from_ref(&object)),
                Some(Rung::Ellipsis),
                "{text}"
            );
        }
        for text in ["{ a: 2, … }", "{ c: …, a: 1 }", "[…]", "{ a: 1 }"] {
            assert_eq!(rung(text, "{ a: 1, b: [ 1, 2, 3 ] }", std::slice::from_ref(&object)), None, "{text}");
        }
        let long = "Lorem ipsum dolor";
        assert_eq!(rung("'Lorem…'", long, &[string(long)]), Some(Rung::Ellipsis));
        assert_eq!(rung("Lorem ... dolor", long, &[string(long)]), Some(Rung::Ellipsis));
        for text in ["'Larem…'", "Lorem ... dolar", "…", "'…'", "Lo…"] {
            assert_eq!(rung(text, long, &[string(long)]), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_told_to_the_digits_that_are_written() {
        let third = [number("0.3333333333333333")];
        for text in ["0.333", "0.3333 (about)", "~0.33", "≈ 0.3", "0.333…"] {
            assert!(
                rung(text, "0.3333333333333333", &third).is_some_and(|rung| rung >= Rung::Precision),
                "{text}"
            );
        }
        for text in ["0.33", "0.334", "~0.35", "0.343…", "0.3"] {
            assert_eq!(rung(text, "0.3333333333333333", &third), None, "{text}");
        }
        let sum = [number("0.30000000000000004")];
        for text in ["0.3", "0.30", "0.300", "0.30000"] {
            assert_eq!(rung(text, "0.30000000000000004", &sum), None, "{text}");
        }
        assert_eq!(rung("~5", "5.0001", &[number("5.0001")]), Some(Rung::Precision));
        assert_eq!(rung("5", "5.0001", &[number("5.0001")]), None);
    }

    #[test]
    fn a_thrown_value_is_stated_as_it_is() {
        let thrown = Thrown {
            name: String::new(),
            message: "'lost'".into(),
            code: None,
            file: None,
            line: None,
            stack: String::new(),
        };
        assert!(matches_error("'lost'", &thrown).is_some());
        assert!(matches_error("'found'", &thrown).is_none());
        assert!(matches_error("TypeError", &thrown).is_none());
    }
}
