//! Whether a stated literal is the value that a run gave: deep, strict, blind to nothing but the order of keys.

use crate::claim::literal::Literal;
use crate::engine::trace::Value;

/// The same value: deep and strict; only the order of keys is free.
pub fn is(literal: &Literal, value: &Value) -> bool {
    match (literal, value) {
        (Literal::Undefined, Value::Undefined) | (Literal::Null, Value::Null) => true,
        (Literal::Boolean(stated), Value::Boolean { v }) => stated == v,
        (Literal::Number(stated), Value::Number { v }) => number(v).is_some_and(|v| same(*stated, v)),
        (Literal::BigInt(stated), Value::BigInt { v })
        | (Literal::String(stated), Value::String { v })
        | (Literal::RegExp(stated), Value::RegExp { v })
        | (Literal::Symbol(stated), Value::Symbol { v }) => stated == v,
        (Literal::Function { name, class }, Value::Function { name: n, class: c }) => name == n && class == c,
        (Literal::Array { class, items }, Value::Array { class: actual, items: values }) => {
            class.as_deref().unwrap_or("Array") == actual && all_are(items, values)
        }
        (Literal::Object { class, entries }, Value::Object { class: actual, entries: values }) => {
            let stated = class.as_deref().unwrap_or("Object");
            let actual = actual.as_deref().unwrap_or("[Object: null prototype]");
            stated == actual && same_entries(entries, values)
        }
        (Literal::Map(entries), Value::Map { entries: values }) => {
            entries.len() == values.len()
                && entries.iter().zip(values).all(|((k, v), (key, value))| is(k, key) && is(v, value))
        }
        (Literal::Set(items), Value::Set { items: values }) => all_are(items, values),
        _ => false,
    }
}

fn all_are(items: &[Literal], values: &[Value]) -> bool {
    let mut values = values.iter();
    for item in items {
        let holds = match item {
            Literal::Holes(count) => (0..*count).all(|_| values.next() == Some(&Value::Hole)),
            item => values.next().is_some_and(|value| is(item, value)),
        };
        if !holds {
            return false;
        }
    }
    values.next().is_none()
}

fn same_entries(entries: &[(String, Literal)], values: &[(String, Value)]) -> bool {
    entries.len() == values.len()
        && entries.iter().all(|(key, literal)| {
            let mut found = values.iter().filter(|(name, _)| name == key);
            found.next().is_some_and(|(_, value)| is(literal, value)) && found.next().is_none()
        })
        // A key stated twice must not stand in for one that is missing.
        && entries.iter().enumerate().all(|(at, (key, _))| entries[..at].iter().all(|(other, _)| other != key))
}

/// Same number as `Object.is` has it.
fn same(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a == b && a.is_sign_negative() == b.is_sign_negative())
}

fn number(text: &str) -> Option<f64> {
    match text {
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::literal::parse;

    fn num(v: &str) -> Value {
        Value::Number { v: v.into() }
    }

    fn string(v: &str) -> Value {
        Value::String { v: v.into() }
    }

    #[test]
    fn a_literal_is_only_its_own_value() {
        let cases = [
            ("42", num("42"), true),
            ("42", num("43"), false),
            ("42", string("42"), false),
            ("'42'", string("42"), true),
            ("\"42\"", num("42"), false),
            ("0x2a", num("42"), true),
            ("1_000", num("1000"), true),
            ("-0", num("-0"), true),
            ("0", num("-0"), false),
            ("NaN", num("NaN"), true),
            ("-Infinity", num("-Infinity"), true),
            ("1e3", num("1000"), true),
            (".5", num("0.5"), true),
            ("10n", Value::BigInt { v: "10".into() }, true),
            ("10", Value::BigInt { v: "10".into() }, false),
            ("'it\\'s \\u0041'", string("it's A"), true),
            ("undefined", Value::Undefined, true),
            ("undefined", Value::Null, false),
            ("/a[/]b/gi", Value::RegExp { v: "/a[/]b/gi".into() }, true),
            ("Symbol(k)", Value::Symbol { v: "k".into() }, true),
            ("[Function: f]", Value::Function { name: "f".into(), class: false }, true),
            ("[class A extends B]", Value::Function { name: "A".into(), class: true }, true),
            ("[class A]", Value::Function { name: "A".into(), class: false }, false),
        ];
        for (text, value, expected) in cases {
            let literal = parse(text).unwrap_or_else(|| panic!("{text} does not parse"));
            assert_eq!(is(&literal, &value), expected, "{text} against {value:?}");
        }
    }

    #[test]
    fn structures_compare_deeply_and_ignore_the_order_of_keys() {
        let value = Value::Object {
            class: Some("Object".into()),
            entries: vec![
                ("a".into(), num("1")),
                ("b".into(), Value::Array { class: "Array".into(), items: vec![string("x"), Value::Hole] }),
            ],
        };
        for text in ["{ a: 1, b: ['x', <1 empty item>] }", "{b: [\"x\",,], 'a': 1,}"] {
            assert!(is(&parse(text).unwrap(), &value), "{text}");
        }
        for text in
            ["{ a: 1 }", "{ a: 1, a: 1 }", "{ a: 1, b: ['x'] }", "{ a: 1, b: ['y', ,] }", "V { a: 1, b: [] }"]
        {
            assert!(!is(&parse(text).unwrap(), &value), "{text}");
        }
    }

    #[test]
    fn maps_sets_and_classes_as_node_prints_them() {
        let map = Value::Map { entries: vec![(string("a"), num("1"))] };
        assert!(is(&parse("Map(1) { 'a' => 1 }").unwrap(), &map));
        assert!(parse("Map(2) { 'a' => 1 }").is_none());
        let set = Value::Set { items: vec![num("1"), num("2")] };
        assert!(is(&parse("Set(2) { 1, 2 }").unwrap(), &set));
        assert!(!is(&parse("Set(2) { 1, 3 }").unwrap(), &set));
        let point = Value::Object { class: Some("Point".into()), entries: vec![("x".into(), num("1"))] };
        assert!(is(&parse("Point { x: 1 }").unwrap(), &point));
        assert!(!is(&parse("{ x: 1 }").unwrap(), &point));
        let bare = Value::Object { class: None, entries: vec![] };
        assert!(is(&parse("[Object: null prototype] {}").unwrap(), &bare));
    }
}
