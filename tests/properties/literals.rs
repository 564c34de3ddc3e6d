//! The reader of literals: no text makes it fail, and what is written down is what it reads.

use galley::claim::literal::{Literal, parse, parse_list, parse_prefix, parse_row};
use proptest::prelude::*;

use crate::support::settings;

/// Text that is nearly a literal.
fn nearly() -> impl Strategy<Value = String> {
    let pieces = [
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        ",",
        ":",
        "'",
        "\"",
        "`",
        "\\",
        "\\u{",
        "\\x",
        "/",
        "=>",
        "→",
        "…",
        "...",
        "etc",
        "0x",
        "1e",
        "1e+",
        ".5",
        "-",
        "+",
        "~",
        "≈",
        "n",
        "_",
        "9",
        "1.",
        "ƒ",
        "function",
        "class ",
        "Symbol(",
        "[Function: ",
        "[class ",
        "Map(",
        "Set(",
        "Promise {",
        "<ref *1>",
        "<pending>",
        "<state>:",
        "<2 empty items>",
        "empty × ",
        "empty",
        "null",
        "NaN",
        "Infinity",
        "é",
        "😀",
        " ",
        "\n",
        "\t",
        "\r",
        "\0",
        ";",
        "a",
    ];
    let piece = prop_oneof![
        6 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z_$][A-Za-z0-9_$]{0,5}x"
        .prop_filter("a word of its own", |name| !name.starts_with("etc") && !name.starts_with("empty"))
}

/// Of values that a `Literal` tells exactly.
fn leaf() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Undefined),
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        (-100_000..100_000_i32).prop_map(|number| Literal::Number(f64::from(number))),
        (-1000..1000_i32).prop_map(|number| Literal::Number(f64::from(number) / 4.0)),
        Just(Literal::Number(f64::NEG_INFINITY)),
        (-9999..9999_i32, 3..7_usize).prop_map(|(number, places)| {
            let value = format!("{:.places$}", f64::from(number) / 1000.0).parse().unwrap_or_default();
            Literal::Decimal { value, places }
        }),
        (1..999_u32, 0..4_usize).prop_map(|(number, places)| {
            let value = format!("{:.places$}", f64::from(number) / 7.0).parse().unwrap_or_default();
            Literal::Approximate { value, places }
        }),
        "[1-9][.][0-9]{1,5}".prop_map(Literal::Digits),
        "-?[1-9][0-9]{0,20}".prop_map(Literal::BigInt),
        any::<String>()
            .prop_filter("no ellipsis at its end", |text| !text.ends_with('…') && !text.ends_with("..."))
            .prop_map(Literal::String),
        "[\n\t'\"\\\\a\u{1}]{0,6}".prop_map(Literal::String),
        "[a-z 'é]{0,6}[a-z][.]{3}".prop_map(Literal::StringStart),
        "[a-z .']{0,6}".prop_map(Literal::Symbol),
        "/[a-z+*é]{1,4}(\\[/\\]|\\\\/)?/[gimsuy]{0,2}"
            .prop_filter("no comment", |text| !text.starts_with("/*"))
            .prop_map(Literal::RegExp),
        (prop_oneof![Just(String::new()), name()], any::<bool>())
            .prop_map(|(name, class)| Literal::Function { name, class }),
        Just(Literal::Opaque("Object".into())),
        Just(Literal::Opaque("Circular *1".into())),
        Just(Literal::Promise { rejected: false, value: None }),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    leaf().prop_recursive(4, 24, 5, |inner| {
        let class = || prop::option::of(name());
        let item = || prop_oneof![6 => inner.clone(), 1 => Just(Literal::Rest)];
        let in_array = prop_oneof![8 => item(), 1 => (1..4_usize).prop_map(Literal::Holes)];
        prop_oneof![
            (class(), prop::collection::vec(in_array, 0..5))
                .prop_map(|(class, items)| Literal::Array { class, items }),
            (class(), prop::collection::vec((key(), item()), 0..4), any::<bool>())
                .prop_map(|(class, entries, open)| Literal::Object { class, entries, open }),
            prop::collection::vec((inner.clone(), item()), 0..4).prop_map(Literal::Map),
            prop::collection::vec(item(), 0..4).prop_map(Literal::Set),
            (any::<bool>(), inner.clone())
                .prop_map(|(rejected, value)| Literal::Promise { rejected, value: Some(Box::new(value)) }),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![4 => name(), 1 => any::<String>(), 1 => "[0-9]{1,3}", 1 => "Symbol\\([a-z ]{0,4}\\)"]
}

/// As Node writes it, with quotes and backslashes of our own.
fn print(literal: &Literal) -> String {
    match literal {
        Literal::Undefined => "undefined".into(),
        Literal::Null => "null".into(),
        Literal::Boolean(flag) => flag.to_string(),
        Literal::Number(number) if number.is_infinite() => {
            if *number > 0.0 { "Infinity" } else { "-Infinity" }.into()
        }
        Literal::Number(number) => number.to_string(),
        Literal::Decimal { value, places } => format!("{value:.places$}"),
        Literal::Approximate { value, places } => format!("~{value:.places$}"),
        Literal::Digits(digits) => format!("{digits}…"),
        Literal::BigInt(digits) => format!("{digits}n"),
        Literal::String(text) | Literal::StringStart(text) => quoted(text),
        Literal::Symbol(text) => format!("Symbol({text})"),
        Literal::RegExp(text) => text.clone(),
        Literal::Holes(1) => "<1 empty item>".into(),
        Literal::Holes(count) => format!("<{count} empty items>"),
        Literal::Array { class, items } => {
            format!("{}[ {} ]", classed(class.as_ref()), list(items.iter().map(print)))
        }
        Literal::Object { class, entries, open } => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", quoted_key(key), print(value)));
            let more = open.then(|| "…".to_owned());
            format!("{}{{ {} }}", classed(class.as_ref()), list(entries.chain(more)))
        }
        Literal::Map(entries) => {
            let told = entries.iter().map(|(key, value)| format!("{} => {}", print(key), print(value)));
            format!("Map({}) {{ {} }}", entries.len(), list(told))
        }
        Literal::Set(items) => {
            let count = items.iter().filter(|item| **item != Literal::Rest).count();
            format!("Set({count}) {{ {} }}", list(items.iter().map(print)))
        }
        Literal::Function { name, class: true } if name.is_empty() => "[class (anonymous)]".into(),
        Literal::Function { name, class: true } => format!("[class {name}]"),
        Literal::Function { name, .. } if name.is_empty() => "[Function (anonymous)]".into(),
        Literal::Function { name, .. } => format!("[Function: {name}]"),
        Literal::Promise { value: None, .. } => "Promise { <pending> }".into(),
        Literal::Promise { rejected: true, value: Some(value) } => {
            format!("Promise {{ <rejected> {} }}", print(value))
        }
        Literal::Promise { value: Some(value), .. } => format!("Promise {{ {} }}", print(value)),
        Literal::Rest => "...".into(),
        Literal::Opaque(text) => format!("[{text}]"),
        Literal::Dialect(inner) => print(inner),
    }
}

fn classed(class: Option<&String>) -> String {
    class.map_or_else(String::new, |class| format!("{class} "))
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "'"
}

fn quoted_key(key: &str) -> String {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
    let number = key.chars().all(|c| c.is_ascii_digit());
    let word = plain && !key.starts_with(|c: char| c.is_ascii_digit());
    if !key.is_empty() && (number || word || key.starts_with("Symbol(")) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

proptest! {
    #![proptest_config(settings(4000))]

    #[test]
    fn no_text_makes_the_reader_fail(text in nearly()) {
        let _ = (parse(&text), parse_list(&text), parse_row(&text));
        if let Some((_, rest)) = parse_prefix(&text) {
            prop_assert!(text.ends_with(rest));
        }
    }

    #[test]
    fn a_literal_is_read_as_it_is_written(literal in literal()) {
        let text = print(&literal);
        prop_assert_eq!(parse(&text), Some(literal), "{}", text);
    }
}
