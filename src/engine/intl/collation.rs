//! The order of texts.

use std::cell::RefCell;
use std::cmp::Ordering;

use icu_collator::options::{AlternateHandling, CaseLevel, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::Locale;
use serde::Deserialize;

/// `Collation` of web/protocol.d.ts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collation {
    /// With its extensions: `de-u-co-phonebk-kn`.
    locale: String,
    /// "base", "accent", "case" or "variant".
    sensitivity: String,
    ignore_punctuation: bool,
}

/// The collators that a program has asked for.
#[derive(Default)]
pub struct Collators {
    made: RefCell<Vec<CollatorBorrowed<'static>>>,
}

impl Collators {
    /// The number of a collator for [`Collators::compare`]; none for a locale or a sensitivity that is none.
    pub fn open(&self, collation: &Collation) -> Option<usize> {
        let collator = collation.collator()?;
        let mut made = self.made.borrow_mut();
        made.push(collator);
        Some(made.len() - 1)
    }

    /// Negative, zero or positive; none for a number that no collator has.
    pub fn compare(&self, collator: usize, one: &str, other: &str) -> Option<i32> {
        let order = self.made.borrow().get(collator)?.compare(one, other);
        Some(match order {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        })
    }
}

impl Collation {
    fn collator(&self) -> Option<CollatorBorrowed<'static>> {
        let locale: Locale = self.locale.parse().ok()?;
        let mut options = CollatorOptions::default();
        let (strength, case_level) = match self.sensitivity.as_str() {
            "base" => (Strength::Primary, CaseLevel::Off),
            "accent" => (Strength::Secondary, CaseLevel::Off),
            "case" => (Strength::Primary, CaseLevel::On),
            "variant" => (Strength::Tertiary, CaseLevel::Off),
            _ => return None,
        };
        options.strength = Some(strength);
        options.case_level = Some(case_level);
        options.alternate_handling = Some(if self.ignore_punctuation {
            AlternateHandling::Shifted
        } else {
            AlternateHandling::NonIgnorable
        });
        Collator::try_new((&locale).into(), options).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Collation, Collators};

    fn compare(locale: &str, sensitivity: &str, one: &str, other: &str) -> Option<i32> {
        let collation =
            Collation { locale: locale.into(), sensitivity: sensitivity.into(), ignore_punctuation: false };
        let collators = Collators::default();
        collators.compare(collators.open(&collation)?, one, other)
    }

    #[test]
    fn languages_order_their_letters() {
        assert_eq!(compare("de", "variant", "ä", "z"), Some(-1));
        assert_eq!(compare("sv", "variant", "ä", "z"), Some(1));
        assert_eq!(compare("en-u-kn", "variant", "10", "2"), Some(1));
        assert_eq!(compare("en", "variant", "10", "2"), Some(-1));
    }

    #[test]
    fn a_sensitivity_leaves_differences_out() {
        assert_eq!(compare("en", "base", "É", "e"), Some(0));
        assert_eq!(compare("en", "accent", "É", "é"), Some(0));
        assert_eq!(compare("en", "accent", "É", "e"), Some(1));
        assert_eq!(compare("en", "case", "é", "e"), Some(0));
        assert_eq!(compare("en", "case", "E", "e"), Some(1));
        assert_eq!(compare("en", "none", "E", "e"), None);
    }
}
