//! Locales: their canonical, longest and shortest forms.

use icu_locale::{Locale, LocaleCanonicalizer, LocaleExpander};

/// The canonical form of a language tag; none when it is malformed.
pub fn canonical(tag: &str) -> Option<String> {
    let mut locale: Locale = tag.parse().ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    Some(locale.to_string())
}

/// With the likely script and region.
pub fn maximized(tag: &str) -> Option<String> {
    let mut locale: Locale = tag.parse().ok()?;
    LocaleExpander::new_extended().maximize(&mut locale.id);
    Some(locale.to_string())
}

/// Without the script and region that are likely.
pub fn minimized(tag: &str) -> Option<String> {
    let mut locale: Locale = tag.parse().ok()?;
    LocaleExpander::new_extended().minimize(&mut locale.id);
    Some(locale.to_string())
}

#[cfg(test)]
mod tests {
    use super::{canonical, maximized, minimized};

    #[test]
    fn tags_become_canonical() {
        assert_eq!(canonical("EN-latn-us").as_deref(), Some("en-Latn-US"));
        assert_eq!(canonical("iw").as_deref(), Some("he"));
        assert_eq!(canonical("e"), None);
    }

    #[test]
    fn what_is_likely_comes_and_goes() {
        assert_eq!(maximized("zh-TW").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(minimized("en-Latn-US-u-nu-latn").as_deref(), Some("en-u-nu-latn"));
    }
}
