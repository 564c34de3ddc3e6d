//! No character of a stated value can be changed unnoticed: thousands of values in the styles in which authors state them,
//! each held, and each with one character changed no longer.

use std::cell::Cell;

use galley::judge::Verdict;
use galley::verify::Verified;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::stated::{Style, Value, style, value};
use crate::support::{settings, verified};

/// What is put in.
const CHARACTERS: &[char] = &[
    '0', '9', '1', 'a', 'x', 'X', 'n', 'e', '\'', '"', '`', '[', ']', '{', '}', '(', ')', ',', ':', ';', '-',
    '+', '=', '>', '<', ' ', '.', '_', '/', '\\', 'é', '😀', '!', '*', '$',
];

/// A value, how it is stated, and the changes: a kind, a place, a character.
type Case = (Value, Style, Vec<(u8, prop::sample::Index, prop::sample::Index)>);

fn case() -> impl Strategy<Value = Case> {
    let change = (0..4_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (value(), style(), prop::collection::vec(change, 6))
}

/// The text with one character replaced, put in, taken out or swapped with the next.
fn mutated(text: &str, kind: u8, place: prop::sample::Index, new: prop::sample::Index) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = place.index(characters.len());
    let new = CHARACTERS[new.index(CHARACTERS.len())];
    match kind {
        0 => characters[at] = new,
        1 => characters.insert(at, new),
        2 => {
            characters.remove(at);
        }
        _ => characters.swap(at, (at + 1).min(text.chars().count() - 1)),
    }
    characters.into_iter().collect()
}

/// The claim as a statement; an example of its own for what throws.
fn statement(value: &Value, stated: &str, style: Style) -> String {
    let mark = if matches!(value, Value::Thrown(..)) { "throws:" } else { "=>" };
    let explanation =
        if style.explained && !matches!(value, Value::Thrown(..)) { " (as it says)" } else { "" };
    format!("({}); // {mark} {stated}{explanation}\n", value.source())
}

/// The examples with their verdicts, a claim each line.
fn judged(lines: &[String]) -> Vec<Verdict> {
    let chapters: Vec<String> =
        lines.chunks(40).map(|lines| format!("```js\n{}```\n", lines.concat())).collect();
    let verified: Verified = verified(chapters.iter().map(String::as_str));
    let verdicts: Vec<Verdict> = verified.claims.into_iter().map(|claim| claim.verdict).collect();
    assert_eq!(verdicts.len(), lines.len(), "each line is one claim");
    verdicts
}

fn is_held(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Held { .. })
}

#[test]
fn no_character_of_a_stated_value_changes_unnoticed() {
    let (tried, same) = (Cell::new(0), Cell::new(0));
    TestRunner::new(settings(8))
        .run(&prop::collection::vec(case(), 100), |cases| {
            let true_lines: Vec<String> = cases
                .iter()
                .map(|(value, style, _)| statement(value, &value.stated(*style), *style))
                .collect();
            for (line, verdict) in true_lines.iter().zip(judged(&true_lines)) {
                prop_assert!(is_held(&verdict), "{line} is not held: {verdict:?}");
            }
            let mut changed = Vec::new();
            for (value, style, changes) in &cases {
                let stated = value.stated(*style);
                prop_assert!(value.may_be(&stated), "{stated} is not read as {value:?}");
                for (kind, place, new) in changes {
                    let other = mutated(&stated, *kind, *place, *new);
                    if other.trim() != stated && !other.trim().is_empty() {
                        changed.push((value, other.clone(), statement(value, &other, *style)));
                    }
                }
            }
            let lines: Vec<String> = changed.iter().map(|(_, _, line)| line.clone()).collect();
            for ((value, other, line), verdict) in changed.iter().zip(judged(&lines)) {
                if value.may_be(other) {
                    same.set(same.get() + 1);
                    continue;
                }
                tried.set(tried.get() + 1);
                prop_assert!(!is_held(&verdict), "{line} is held: {verdict:?}");
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{}", error.to_string().lines().next().unwrap_or_default()));
    let (tried, same) = (tried.get(), same.get());
    assert!(tried >= 2000 && same * 2 < tried, "{tried} changes, and {same} that say the same");
}
