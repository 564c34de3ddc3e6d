//! Whether a stated literal is the value that a run gave, and how strictly: deep, blind to the order of keys, and to
//! nothing else but what the text leaves open.

use crate::claim::literal::{Literal, without_ellipsis};
use crate::engine::trace::Value;
use crate::judge::Rung;

/// The loosest rung that any part of the literal needs; none when it states another value.
pub fn rung(literal: &Literal, value: &Value) -> Option<Rung> {
    // Of the whole value nothing would be stated: `[Array]`.
    let untold = matches!(literal, Literal::Opaque(_)) && !matches!(value, Value::Other { .. });
    if untold { None } else { part_rung(literal, value) }
}

fn part_rung(literal: &Literal, value: &Value) -> Option<Rung> {
    let is = |same: bool| same.then_some(Rung::Value);
    match (literal, value) {
        (Literal::Dialect(inner), value) => part_rung(inner, value).map(|rung| rung.max(Rung::Dialect)),
        (Literal::Rest, _) => Some(Rung::Ellipsis),
        (Literal::Undefined, Value::Undefined) | (Literal::Null, Value::Null) => Some(Rung::Value),
        (Literal::Boolean(stated), Value::Boolean { v }) => is(stated == v),
        (
            Literal::Number(_) | Literal::Decimal { .. } | Literal::Approximate { .. } | Literal::Digits(_),
            Value::Number { v },
        ) => number_rung(literal, v),
        (Literal::BigInt(stated), Value::BigInt { v })
        | (Literal::String(stated), Value::String { v })
        | (Literal::RegExp(stated), Value::RegExp { v })
        | (Literal::Symbol(stated), Value::Symbol { v }) => is(stated == v),
        (Literal::StringStart(stated), Value::String { v }) => {
            let goes_on = without_ellipsis(stated).is_some_and(|start| v.starts_with(start));
            is(stated == v).or(goes_on.then_some(Rung::Ellipsis))
        }
        (Literal::Function { name, class }, Value::Function { name: n, class: c, extends }) => {
            // What a class extends may be left out, and must be right where it is told.
            let derived = extends.as_ref().map(|base| format!("{n} extends {base}"));
            is(class == c && (name == n || derived.is_some_and(|derived| *name == derived.trim_start())))
        }
        (Literal::Array { class, items }, Value::Array { class: actual, items: values, extras }) => {
            let named = class.as_deref().unwrap_or("Array") == actual;
            let told = if *extras { Rung::Dialect } else { Rung::Value };
            // Browsers leave out what an array has beside its items; Node, and so a bare list, does not.
            let complete = !extras || class.is_some();
            if named && complete { Some(list_rung(items, values)?.max(told)) } else { None }
        }
        (Literal::Object { class, entries, open }, Value::Object { class: actual, entries: values }) => {
            Some(entries_rung(entries, *open, values)?.max(class_rung(class.as_deref(), actual.as_deref())?))
        }
        (Literal::Map(entries), Value::Map { entries: values }) => pairs_rung(entries, values),
        (Literal::Set(items), Value::Set { items: values }) => list_rung(items, values),
        (Literal::Promise { rejected, value }, Value::Promise { state, value: settled }) => {
            match (value, settled) {
                (None, None) => is(state == "pending"),
                (Some(stated), Some(settled)) if (state == "rejected") == *rejected => {
                    part_rung(stated, settled)
                }
                _ => None,
            }
        }
        (Literal::Opaque(stated), value) => is(opaque(stated, value)),
        _ => None,
    }
}

/// From so many places on a text tells a number's last digits.
const NOISE: usize = 12;

fn number_rung(literal: &Literal, text: &str) -> Option<Rung> {
    let actual = number(text)?;
    let finite = actual.is_finite();
    match literal {
        Literal::Number(stated) => same(*stated, actual).then_some(Rung::Value),
        Literal::Decimal { value, places } => {
            if same(*value, actual) {
                return Some(Rung::Value);
            }
            let rounded = |number: f64| format!("{number:.places$}");
            // What few digits differ from by the noise of binary fractions is another number: 0.3 is not 0.1 + 0.2.
            let noise = *places < NOISE && (actual - value).abs() < actual.abs() * 1e-12;
            // Cut off, where so many digits are written that nobody counted up the last one.
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let cut = (5..=10).contains(places)
                && decimals >= NOISE
                && (actual.abs() - value.abs()) * 10_f64.powi(i32::try_from(*places).ok()?) < 1.0
                && actual.abs() > value.abs()
                && actual.is_sign_negative() == value.is_sign_negative();
            (finite && !noise && (rounded(actual) == rounded(*value) || cut)).then_some(Rung::Precision)
        }
        Literal::Approximate { value, places } => {
            let unit = 0.1_f64.powi(i32::try_from(*places).ok()?);
            (finite && (actual - value).abs() <= unit * 1.000_001).then_some(Rung::Precision)
        }
        Literal::Digits(digits) => {
            let further = text
                .strip_prefix(digits.as_str())
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            further.then_some(Rung::Precision)
        }
        _ => None,
    }
}

/// A class that is not told, or told as Firefox tells every object's.
fn class_rung(stated: Option<&str>, actual: Option<&str>) -> Option<Rung> {
    let actual = actual.unwrap_or("[Object: null prototype]");
    let stated = stated.unwrap_or("Object");
    if stated == actual {
        return Some(Rung::Value);
    }
    (stated == "Object").then_some(Rung::Dialect)
}

/// Items in order; an ellipsis among them stands for any number.
fn list_rung(items: &[Literal], values: &[Value]) -> Option<Rung> {
    let holes = items.iter().map(|item| hole_count(item).map_or(1, |(count, _)| count));
    if holes.sum::<usize>() > values.len() + items.iter().filter(|item| **item == Literal::Rest).count() {
        return None;
    }
    let mut steps = Vec::new();
    for item in items {
        match (item, hole_count(item)) {
            (Literal::Rest, _) => steps.push(Step::Rest),
            (_, Some((count, rung))) => steps.extend(std::iter::repeat_n(Step::Hole(rung), count)),
            _ => steps.push(Step::One(item)),
        }
    }
    in_order(&steps, values, |step, value| match step {
        Step::Rest => None,
        Step::Hole(rung) => (*value == Value::Hole).then_some(*rung),
        Step::One(literal) => part_rung(literal, value),
    })
}

#[derive(Clone)]
enum Step<T> {
    Rest,
    Hole(Rung),
    One(T),
}

/// How many holes an item stands for, and the rung that its way of writing them needs.
fn hole_count(item: &Literal) -> Option<(usize, Rung)> {
    match item {
        Literal::Holes(count) => Some((*count, Rung::Value)),
        Literal::Dialect(inner) => hole_count(inner).map(|(count, _)| (count, Rung::Dialect)),
        _ => None,
    }
}

fn pairs_rung(pairs: &[(Literal, Literal)], values: &[(Value, Value)]) -> Option<Rung> {
    let steps: Vec<_> =
        pairs.iter().map(|pair| if pair.0 == Literal::Rest { Step::Rest } else { Step::One(pair) }).collect();
    in_order(&steps, values, |step, (key, value)| match step {
        Step::One((stated_key, stated)) => Some(part_rung(stated_key, key)?.max(part_rung(stated, value)?)),
        _ => None,
    })
}

/// All values, one a step, but for those that a `Rest` stands for. From the end, so that however many of them there are
/// each step meets each value once.
fn in_order<T, V>(
    steps: &[Step<T>],
    values: &[V],
    rung: impl Fn(&Step<T>, &V) -> Option<Rung>,
) -> Option<Rung> {
    // For each place among the values: the rung on which the steps behind state all that begins there.
    let mut behind = vec![None; values.len() + 1];
    behind[values.len()] = Some(Rung::Value);
    for step in steps.iter().rev() {
        let mut here = vec![None; values.len() + 1];
        let mut best: Option<Rung> = None;
        for at in (0..=values.len()).rev() {
            here[at] = if matches!(step, Step::Rest) {
                best = best.into_iter().chain(behind[at]).min();
                best.map(|rung| rung.max(Rung::Ellipsis))
            } else {
                let rest = behind.get(at + 1).copied().flatten();
                rest.and_then(|rest| Some(rung(step, &values[at])?.max(rest)))
            };
        }
        behind = here;
    }
    behind[0]
}

/// Entries in any order; only where an ellipsis says so there may be more.
fn entries_rung(entries: &[(String, Literal)], open: bool, values: &[(String, Value)]) -> Option<Rung> {
    if entries.len() > values.len() || (!open && entries.len() != values.len()) {
        return None;
    }
    let mut loosest = if open { Rung::Ellipsis } else { Rung::Value };
    for (at, (key, literal)) in entries.iter().enumerate() {
        // A key stated twice must not stand in for one that is missing.
        if entries[..at].iter().any(|(other, _)| other == key) {
            return None;
        }
        let mut found = values.iter().filter(|(name, _)| name == key);
        let (_, value) = found.next()?;
        if found.next().is_some() {
            return None;
        }
        loosest = loosest.max(part_rung(literal, value)?);
    }
    Some(loosest)
}

/// What stands in brackets for a value.
fn opaque(stated: &str, value: &Value) -> bool {
    match value {
        Value::Getter => matches!(stated, "Getter" | "Setter" | "Getter/Setter"),
        // Which of several circles is meant only Node's own text tells.
        Value::Circular { .. } => stated == "Circular *1",
        Value::Array { class, .. } => stated == class,
        Value::Object { class, .. } => class.as_deref() == Some(stated),
        Value::Other { text } => *text == format!("[{stated}]"),
        _ => false,
    }
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

    fn is(literal: &Literal, value: &Value) -> bool {
        rung(literal, value) == Some(Rung::Value)
    }

    fn num(v: &str) -> Value {
        Value::Number { v: v.into() }
    }

    fn string(v: &str) -> Value {
        Value::String { v: v.into() }
    }

    #[test]
    fn a_literal_is_only_its_own_value() {
        let derived =
            |base: &str| Value::Function { name: "A".into(), class: true, extends: Some(base.into()) };
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
            ("[Function: f]", Value::Function { name: "f".into(), class: false, extends: None }, true),
            ("[class A extends B]", derived("B"), true),
            ("[class A]", derived("B"), true),
            ("[class A extends C]", derived("B"), false),
            ("[class A]", Value::Function { name: "A".into(), class: false, extends: None }, false),
        ];
        for (text, value, expected) in cases {
            let literal = parse(text).unwrap_or_else(|| panic!("{text} does not parse"));
            assert_eq!(rung(&literal, &value).is_some(), expected, "{text} against {value:?}");
        }
    }

    #[test]
    fn structures_compare_deeply_and_ignore_the_order_of_keys() {
        let value = Value::Object {
            class: Some("Object".into()),
            entries: vec![
                ("a".into(), num("1")),
                (
                    "b".into(),
                    Value::Array {
                        class: "Array".into(),
                        items: vec![string("x"), Value::Hole],
                        extras: false,
                    },
                ),
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

    #[test]
    fn a_circle_is_told_by_its_first_reference_alone() {
        let value = Value::Object {
            class: Some("Object".into()),
            entries: vec![("self".into(), Value::Circular { v: 0 })],
        };
        for (text, holds) in [
            ("<ref *1> {self: [Circular *1]}", true),
            ("<ref *1> {self: [Circular *2]}", false),
            ("<ref *1> {self: [Circular *1, 2]}", false),
        ] {
            assert_eq!(rung(&parse(text).unwrap(), &value).is_some(), holds, "{text}");
        }
    }

    #[test]
    fn many_ellipses_are_no_more_work_than_their_number() {
        let ones = Value::Array { class: "Array".into(), items: vec![num("1"); 200], extras: false };
        let stated = |last: &str| parse(&format!("[{} {last}]", "…, 1, ".repeat(40))).unwrap();
        assert_eq!(rung(&stated("…"), &ones), Some(Rung::Ellipsis));
        assert_eq!(rung(&stated("1"), &ones), Some(Rung::Ellipsis));
        assert_eq!(rung(&stated("2"), &ones), None);
        let map = Value::Map { entries: vec![(num("1"), num("2")); 3] };
        for (text, holds) in [("Map(3) { …, 1 => 2, … }", true), ("Map(3) { 1 => 2, …, 1 => 3 }", false)]
        {
            assert_eq!(rung(&parse(text).unwrap(), &map).is_some(), holds, "{text}");
        }
    }
}
