//! Upper and lower case as a language has it.

use icu_casemap::CaseMapper;
use icu_locale::LanguageIdentifier;

/// The text in the case of a locale; none when the locale is malformed.
pub fn change_case(text: &str, locale: &str, is_upper: bool) -> Option<String> {
    let language: LanguageIdentifier = locale.parse().ok()?;
    let mapper = CaseMapper::new();
    let changed = if is_upper {
        mapper.uppercase_to_string(text, &language)
    } else {
        mapper.lowercase_to_string(text, &language)
    };
    Some(changed.into_owned())
}

#[cfg(test)]
mod tests {
    use super::change_case;

    #[test]
    fn turkish_has_a_dotted_capital() {
        assert_eq!(change_case("i", "tr", true).as_deref(), Some("İ"));
        assert_eq!(change_case("i", "en", true).as_deref(), Some("I"));
        assert_eq!(change_case("I", "tr", false).as_deref(), Some("ı"));
        assert_eq!(change_case("i", "?", true), None);
    }
}
