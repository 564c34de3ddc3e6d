//! Where the characters, words and sentences of a text end.

use icu_locale::LanguageIdentifier;
use icu_segmenter::options::{SentenceBreakOptions, WordBreakInvariantOptions};
use icu_segmenter::{GraphemeClusterSegmenter, SentenceSegmenter, WordSegmenter};

/// The ends of a text's segments in UTF-16 units, those of words negative when the segment is none (blanks, punctuation).
/// None for another granularity than "grapheme", "word" and "sentence".
pub fn segments(text: &[u16], granularity: &str, locale: &str) -> Option<Vec<i32>> {
    let ends: Vec<i32> = match granularity {
        "grapheme" => GraphemeClusterSegmenter::new().segment_utf16(text).filter_map(signed).collect(),
        "sentence" => {
            let language: Option<LanguageIdentifier> = locale.parse().ok();
            let mut options = SentenceBreakOptions::default();
            options.content_locale = language.as_ref();
            let segmenter = SentenceSegmenter::try_new(options).ok()?;
            segmenter.as_borrowed().segment_utf16(text).filter_map(signed).collect()
        }
        "word" => {
            // What needs a dictionary is refused before (web/runtime/intl/segmenter.js): ICU's words are others.
            let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
            let words = segmenter.segment_utf16(text).iter_with_word_type();
            words
                .filter_map(|(end, kind)| {
                    Some(if kind.is_word_like() { signed(end)? } else { -signed(end)? })
                })
                .collect()
        }
        _ => return None,
    };
    // The first boundary is the text's beginning.
    Some(ends.into_iter().filter(|end| *end != 0).collect())
}

fn signed(end: usize) -> Option<i32> {
    i32::try_from(end).ok()
}

#[cfg(test)]
mod tests {
    use super::segments;

    fn ends(text: &str, granularity: &str, locale: &str) -> Option<Vec<i32>> {
        segments(&text.encode_utf16().collect::<Vec<_>>(), granularity, locale)
    }

    #[test]
    fn each_granularity_has_its_ends() {
        assert_eq!(ends("👨‍👩‍👧é", "grapheme", "en"), Some(vec![8, 9]));
        assert_eq!(ends("Hi, you", "word", "en"), Some(vec![2, -3, -4, 7]));
        assert_eq!(ends("A b. C d.", "sentence", "en"), Some(vec![5, 9]));
        assert_eq!(ends("A", "line", "en"), None);
    }
}
