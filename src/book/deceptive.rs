//! Text that a reader sees otherwise than the engine does: characters that change the order in which text is shown, and
//! names that look like others.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::example::Example;
use crate::book::source::MappedText;

/// Warnings about a chapter and its examples, in the order of their places.
pub fn check(chapter: &MappedText, examples: &[Example]) -> Vec<Diagnostic> {
    let mut found: Vec<(usize, Diagnostic)> = Vec::new();
    let mut last_line = None;
    for (at, character) in chapter.text.char_indices().filter(|&(_, character)| reorders(character)) {
        let span = chapter.span(at..at + character.len_utf8());
        let line = (span.file.path.clone(), span.start_position().line);
        if last_line.replace(line.clone()) == Some(line) {
            continue;
        }
        let escape = format!("U+{:04X}", u32::from(character));
        let message = format!("a hidden character ({escape}) changes the order in which this line is shown");
        let help = format!("remove it; in code, write \\u{:04x} where it is meant", u32::from(character));
        found.push((at, Diagnostic::warning(Code::Style, span, message).with_help(help)));
    }
    for example in examples {
        for (range, looks_like) in look_alikes(&example.code.text) {
            let range = example.code.range(range);
            let message = format!(
                "this name looks like `{looks_like}` and is another: it has letters of another script"
            );
            let span = chapter.span(range.clone());
            let finding = Diagnostic::warning(Code::Style, span, message);
            found.push((range.start, finding.with_help("write it with letters of one script")));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Embeddings, overrides and isolates of the bidirectional algorithm. The plain marks are ordinary in some scripts.
fn reorders(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Words that look Latin and are not: those that mix letters, and those whose Latin twin stands in the same code.
fn look_alikes(code: &str) -> Vec<(Range<usize>, String)> {
    if code.is_ascii() {
        return Vec::new();
    }
    let words = words(code);
    let plain: BTreeSet<&str> =
        words.iter().map(|word| &code[word.clone()]).filter(|word| word.is_ascii()).collect();
    let looks = |word: &Range<usize>| {
        let text = &code[word.clone()];
        let latin: String = text.chars().map(latin).collect::<Option<_>>()?;
        let mixes = text.chars().any(|character| character.is_ascii_alphabetic());
        (!text.is_ascii() && (mixes || plain.contains(latin.as_str()))).then(|| (word.clone(), latin))
    };
    words.iter().filter_map(looks).collect()
}

fn words(code: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, character) in code.char_indices() {
        if !character.is_alphanumeric() && character != '_' && character != '$' {
            continue;
        }
        let end = at + character.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

/// The ASCII character that is drawn alike.
fn latin(character: char) -> Option<char> {
    const CYRILLIC: &str = "аеорсухіѕјһԁԛԝАВЕКМНОРСТХІЅЈ";
    const LIKE_CYRILLIC: &str = "aeopcyxisjhdqwABEKMHOPCTXISJ";
    const GREEK: &str = "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    const LIKE_GREEK: &str = "oABEZHIKMNOPTYX";
    if character.is_ascii() {
        return Some(character);
    }
    let mut pairs = CYRILLIC.chars().zip(LIKE_CYRILLIC.chars()).chain(GREEK.chars().zip(LIKE_GREEK.chars()));
    pairs.find(|&(odd, _)| odd == character).map(|(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_names(code: &str, expected: &[&str]) {
        let found: Vec<String> = look_alikes(code).into_iter().map(|(_, latin)| latin).collect();
        assert_eq!(found, expected, "{code}");
    }

    #[test]
    fn names_that_look_latin_are_told() {
        check_names("const pаssword = 1;", &["password"]);
        check_names("const а = 1; typeof a;", &["a"]);
        // "с" is a word of Russian, and nothing here could be taken for it.
        check_names("log('с тобой'); // о нём", &[]);
        check_names("// APIшка", &[]);
        check_names("const α = 1, π = 3, a = 2;", &[]);
        check_names("const größe = 1;", &[]);
    }
}
