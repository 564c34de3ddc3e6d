//! Whether a remark is so near to what was seen that it must be a claim with a slip in it.

use crate::claim::literal::{self, Literal};
use crate::engine::trace::Value;

/// Longer texts are compared by no measure of slips.
const MAX_LENGTH: usize = 500;

/// A text that tells nearly what was printed: few letters are otherwise.
pub fn is_near(stated: &str, seen: &str) -> bool {
    let (stated, seen) = (stated.trim(), seen.trim());
    let length = stated.chars().count().min(seen.chars().count());
    if length < 3 || stated.len().max(seen.len()) > MAX_LENGTH {
        return false;
    }
    // Not "done" for "Done": that is a word about it.
    stated.to_lowercase() != seen.to_lowercase()
        && strsim::damerau_levenshtein(stated, seen) <= if length < 9 { 1 } else { length / 4 + 1 }
}

/// A text that begins with a value of the kind that was seen, but another one: `4 apples` where 5 was seen.
pub fn is_other_value(stated: &str, seen: &[Value]) -> bool {
    let ([seen], Some((literal, rest))) = (seen, literal::parse_prefix(stated)) else { return false };
    let word = rest.split_whitespace().next().unwrap_or_default().to_lowercase();
    if ABOUT.contains(&word.as_str()) {
        return false;
    }
    matches!(
        (literal, seen),
        (Literal::Number(_) | Literal::Decimal { .. } | Literal::Approximate { .. }, Value::Number { .. })
            | (Literal::Boolean(_), Value::Boolean { .. })
            | (Literal::String(_), Value::String { .. })
            | (Literal::Array { .. }, Value::Array { .. })
            | (Literal::Object { .. }, Value::Object { .. })
    )
}

/// Behind a value these words say what it is for, or its unit, and not that it comes out.
const ABOUT: &[&str] = &[
    "if", "is", "for", "needs", "when", "per", "or", "means", "would", "in", "as", "at", "on", "by", "until",
    "unless", "ms", "s", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week",
    "weeks", "byte", "bytes", "bit", "bits", "kb", "mb", "gb", "px",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_a_word_about_it_is_not() {
        assert!(is_near("Hello, Alise!", "Hello, Alice!"));
        assert!(is_near("75 %", "75%"));
        assert!(is_near("Hello, Bob!", "Hello, Ada!"));
        for (stated, seen) in [("done", "Done"), ("the name", "Ada"), ("greets", "Hello"), ("no", "on")] {
            assert!(!is_near(stated, seen), "{stated} / {seen}");
        }
    }

    #[test]
    fn a_number_before_words_speaks_of_a_number() {
        let number = [Value::Number { v: "5".into() }];
        assert!(is_other_value("4 apples", &number));
        assert!(!is_other_value("'four'", &number));
        assert!(!is_other_value("apples", &number));
    }
}
