//! Tells a claim from an ordinary comment: by a mark, by a verb before a value, by an error's name, by a value alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::claim::sequence::pieces;
use crate::claim::{Strength, literal};
use crate::engine::trace::{Comment, StatementKind};

/// What a comment turned out to be.
pub struct Recognised {
    pub kind: Mark,
    /// Where the stated text begins in the comment's text.
    pub at: usize,
    /// Where it ends, if not with the comment's text.
    pub end: Option<usize>,
    pub strength: Strength,
    /// All comments on the lines below are a part of it, however they are indented.
    pub whole_block: bool,
}

impl Recognised {
    fn new(kind: Mark, at: usize, strength: Strength) -> Recognised {
        Recognised { kind, at, end: None, strength, whole_block: false }
    }

    /// The lines of text that are printed, told without a mark.
    pub fn printed(at: usize) -> Recognised {
        Recognised { whole_block: true, ..Recognised::new(Mark::Either, at, Strength::Remark) }
    }

    /// A value or an error, told without a mark.
    pub fn plain(at: usize) -> Recognised {
        Recognised::new(Mark::Either, at, Strength::Plain)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Value or output, as the statement goes.
    Either,
    Output,
    Value,
    Throws,
    Exports,
    Unreached,
}

/// A mark that makes a claim whatever follows.
pub static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?P<arrow>--?>|==?>|→|⇒|➜)|(?P<verb>(?i:expected output|prints|outputs?|logs|returns|throws|will (?:print|output|log)))(?P<host> \([^)]*\))?:)[ \t]*",
    )
});

/// A verb without its colon, which is a mark only before something value-like.
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?P<verb>(?i:prints|outputs|logs|returns|throws|exports|will (?:print|output|log)))(?::|\b)|(?P<result>(?i:result)):)[ \t]*",
    )
});

/// An error as text: `TypeError`, `TypeError [ERR_X]: msg`, `Error!`, `ERR_X`, also behind "Uncaught" or an article.
pub static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:an? )?(?i:uncaught )?(?P<name>[A-Z]\w*(?:Error|Exception)|Error|ERR_[A-Z_]+)(?: \[[A-Z_]+\])?(?:!|\.$|: ?(?P<message>(?s:.+))|:?$| thrown\b| \(|, [a-z]| with code )",
    )
});

/// A collection that does not parse, for its count is not that of what stands in it.
static MISCOUNTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Map|Set|[A-Z]\w*Array|Array)\(\d+\) ?[\[{].*[\]}]$"));

/// That a statement does not run.
static UNREACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?i:(?:this (?:line|statement|code|part) )?(?:is |will |does )?(?:never (?:runs?|executes?|executed|reached|gets here)|not (?:run|executed|execute|reached)|won[’']t (?:run|execute)|doesn[’']t (?:run|execute)|unreachable))[.!]*\s*$",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid expression")
}

/// What the comment states, if it states something; `near`: the kind of the statement that it stands at,
/// `stands_behind`: on its last line.
pub fn recognise(
    comment: &Comment,
    near: Option<StatementKind>,
    stands_behind: bool,
    bare: bool,
) -> Option<Recognised> {
    let text = comment.text.as_str();
    if let Some(mark) = MARK.captures(text) {
        let at = mark.get(0).map_or(0, |whole| whole.end());
        let kind = match mark.name("verb").map(|verb| verb.as_str().to_lowercase()) {
            None => Mark::Either,
            Some(verb) if verb == "throws" => Mark::Throws,
            Some(verb) if verb == "returns" => Mark::Value,
            Some(_) => Mark::Output,
        };
        // What is said of one host only may be otherwise in another.
        let strength = if mark.name("host").is_some() { Strength::Weak } else { Strength::Marked };
        // `=> throws TypeError` says it twice.
        let kind_of_rest = throws_prefix(&text[at..]);
        return Some(match kind_of_rest {
            Some(more) if kind == Mark::Either => Recognised::new(Mark::Throws, at + more, strength),
            _ => Recognised::new(kind, at, strength),
        });
    }
    if let Some(verb) = VERB.captures(text) {
        let at = verb.get(0).map_or(0, |whole| whole.end());
        let word = verb.name("verb").map_or("result", |verb| verb.as_str()).to_lowercase();
        return told_by_verb(&word, text, at, near);
    }
    if bare && near.is_some() && UNREACHED.is_match(text) {
        let at = text.len() - text.trim_start().len();
        return Some(Recognised::new(Mark::Unreached, at, Strength::Plain));
    }
    // One inside a statement speaks of nothing that is recorded, but it is counted.
    let in_statement = comment.after.is_none() && comment.before.is_none() && comment.inside.is_some();
    if !bare || !(stands_behind || in_statement) {
        return None;
    }
    let at = text.len() - text.trim_start().len();
    let rest = &text[at..];
    if ERROR.is_match(rest) {
        return Some(Recognised::plain(at));
    }
    match looks_like_value(rest) {
        Some(_) if in_statement => Some(Recognised::new(Mark::Either, at, Strength::Weak)),
        Some(strength) => Some(Recognised::new(Mark::Either, at, strength)),
        None if in_statement || rest.is_empty() => None,
        None => {
            (near == Some(StatementKind::Print)).then(|| Recognised::new(Mark::Either, at, Strength::Remark))
        }
    }
}

/// Behind a verb without a colon: a value is a claim, and so is what can be no word of a sentence.
fn told_by_verb(verb: &str, text: &str, at: usize, near: Option<StatementKind>) -> Option<Recognised> {
    let rest = &text[at..];
    let kind = match verb {
        "throws" => {
            let throws = rest.is_empty() || names_error(rest);
            return throws.then(|| Recognised::new(Mark::Throws, at, Strength::Marked));
        }
        // Behind a print it may be the printed text's own label.
        "result" if near == Some(StatementKind::Print) => {
            let start = text.len() - text.trim_start().len();
            return match looks_like_value(rest) {
                Some(_) => Some(Recognised::new(Mark::Either, at, Strength::Weak)),
                None => Some(Recognised::new(Mark::Either, start, Strength::Remark)),
            };
        }
        "result" => {
            let strength = looks_like_value(rest)?;
            return Some(Recognised::new(Mark::Either, at, strength));
        }
        "exports" => Mark::Exports,
        "returns" => Mark::Value,
        _ => Mark::Output,
    };
    if kind != Mark::Output {
        return is_meant_as_value(rest).then(|| Recognised::new(kind, at, Strength::Marked));
    }
    if let Some(inner) = quoted_whole(rest) {
        // What is printed, in quotes of the sentence.
        return Some(Recognised {
            end: Some(at + inner.end),
            ..Recognised::new(kind, at + inner.start, Strength::Marked)
        });
    }
    let told_in_words = ["nothing", "the empty string"].contains(&rest.trim_end_matches('.'));
    if told_in_words || is_meant_as_value(rest) || is_no_word(rest) {
        return Some(Recognised::new(kind, at, Strength::Marked));
    }
    (near.is_some() && !rest.is_empty()).then(|| Recognised::new(kind, at, Strength::Remark))
}

/// It begins with what is no word of a sentence: `https://…`, `a=b`, `#top`. A name as code writes it may be one.
fn is_no_word(text: &str) -> bool {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(\))?$"));
    let Some(token) = text.split_whitespace().next() else { return false };
    let token = token.trim_end_matches(['.', ',', ';']);
    let is_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | ',');
    // The part before another character tells a word with a number from a place.
    !token.chars().all(is_word) && !NAME.is_match(token) && literal::parse_prefix(token).is_none()
}

/// The whole text is one quoted text, perhaps with a full stop behind it: the range between the quotes.
fn quoted_whole(text: &str) -> Option<std::ops::Range<usize>> {
    let text = text.trim_end().trim_end_matches('.');
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.is_empty() && !inner.contains([quote, '\\'])).then(|| 1..1 + inner.len())
}

fn throws_prefix(rest: &str) -> Option<usize> {
    let verb = VERB.captures(rest)?;
    let throws = verb.name("verb").is_some_and(|verb| verb.as_str().eq_ignore_ascii_case("throws"));
    throws.then(|| verb.get(0).map_or(0, |whole| whole.end()))
}

/// Behind a verb: a value, or what begins like one, so that a slip in it is reported and not taken for a remark.
fn is_meant_as_value(text: &str) -> bool {
    text.starts_with(['{', '[', '\'', '"', '`']) || looks_like_value(text) == Some(Strength::Plain)
}

/// Behind "throws": an error, a quoted text, or a single capitalised word, which may be a name with a slip in it.
fn names_error(text: &str) -> bool {
    let word = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let capitalised = text.starts_with(|c: char| c.is_uppercase()) && matches!(&text[word..], "" | "!");
    capitalised
        || ERROR.is_match(text)
        || matches!(text.trim_end_matches('.'), "an error" | "an exception")
        || text.starts_with(['\'', '"', '`'])
}

/// A complete literal, or a list of them, is plain; one that an explanation follows is plain or weak by what stands
/// between.
fn looks_like_value(text: &str) -> Option<Strength> {
    let text = without_order(text);
    if literal::parse(text).is_some() || literal::parse_list(text).is_some() {
        return Some(Strength::Plain);
    }
    if states_several(text) {
        return Some(Strength::Plain);
    }
    match literal::parse_prefix(text) {
        Some((_, rest)) => tail(rest),
        None if MISCOUNTED.is_match(text) => Some(Strength::Plain),
        // Perhaps a value with a slip in it: it counts, and is held if it agrees.
        None => text.starts_with(['{', '[', '\'', '"']).then_some(Strength::Weak),
    }
}

/// "(1) 5": the first of several, told by its number. Before a list it is Chrome's count.
pub fn without_order(stated: &str) -> &str {
    let marked = stated.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(") "));
    match marked {
        Some((number, rest))
            if number.len() < 3 && number.parse::<u8>().is_ok() && !rest.trim_start().starts_with('[') =>
        {
            rest
        }
        _ => stated,
    }
}

/// Values that are told one after the other, the last perhaps with an explanation: `"a", "b" (the keys)`, `1 then 2`.
fn states_several(text: &str) -> bool {
    let pieces = pieces(text);
    let Some((last, first)) = pieces.split_last() else { return false };
    let is_value = |text: &&str| literal::parse(text).is_some() || literal::parse_row(text).is_some();
    let explained = || {
        literal::parse_prefix(last).is_some_and(|(_, rest)| tail(rest) == Some(Strength::Plain))
            || literal::parse_row_prefix(last).is_some_and(|(_, rest)| tail(rest) == Some(Strength::Plain))
    };
    let several = !first.is_empty()
        || literal::parse(last).is_none()
            && literal::parse_prefix(last).is_some_and(|(_, rest)| goes_on(rest));
    several && first.iter().all(is_value) && (is_value(last) || explained())
}

/// A comment behind a statement is surely a claim without any mark when this is what it says.
pub fn needs_no_mark(stated: &str) -> bool {
    ERROR.is_match(stated) || looks_like_value(stated) == Some(Strength::Plain)
}

/// Whether `rest`, which follows a value, is an explanation, and how surely.
pub fn tail(rest: &str) -> Option<Strength> {
    if goes_on(rest) {
        return None;
    }
    let trimmed = rest.trim_start();
    let blank = trimmed.len() < rest.len();
    let letter = |text: &str| text.trim_start().starts_with(char::is_alphabetic);
    let plain = trimmed.starts_with('(')
        || (trimmed.starts_with(',')
            && letter(&trimmed[1..])
            && literal::parse_prefix(&trimmed[1..]).is_none())
        || (blank && EXPLAINS.iter().any(|sign| trimmed.starts_with(sign)))
        || (blank && trimmed.starts_with(|c: char| !c.is_ascii() && !c.is_alphanumeric() && c != '…'))
        || (blank
            && trimmed
                .strip_prefix("- ")
                .is_some_and(|rest| !rest.trim_start().starts_with(|c: char| c.is_ascii_digit())))
        || (blank && trimmed.strip_prefix('-').is_some_and(letter))
        || trimmed.starts_with('!')
        || trimmed.strip_prefix(['.', ';', ':']).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if plain { Some(Strength::Plain) } else { (blank && letter(trimmed)).then_some(Strength::Weak) }
}

/// What an explanation may begin with, beside signs such as `—`, `←`, `✓`.
const EXPLAINS: &[&str] = &["--", "<-", "//"];

/// What follows a value states another one: `1, then 2`, `true false`, `'a' and 'b'`.
fn goes_on(rest: &str) -> bool {
    let mut rest = rest.trim_start().trim_start_matches(',').trim_start();
    for word in ["then ", "and ", "or "] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
    }
    // In parentheses or behind a dash a number explains.
    !rest.starts_with(['(', '-']) && literal::parse_prefix(rest).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(text: &str) -> Comment {
        Comment {
            start: 0,
            end: text.len() + 2,
            text: text.into(),
            block: false,
            after: Some(0),
            trailing: true,
            before: None,
            inside: None,
        }
    }

    #[test]
    fn marks_are_claims_whatever_follows() {
        for text in [
            " => 42",
            "=> x",
            " → hello",
            " -> 1",
            " Expected output: Array [1]",
            " prints: a",
            " Returns: 1",
        ] {
            let found = recognise(&comment(text), None, true, false).map(|found| found.strength);
            assert_eq!(found, Some(Strength::Marked), "{text}");
        }
    }

    #[test]
    fn verbs_without_a_colon_need_a_value() {
        for text in [
            " prints 20, 30",
            " logs 'up'",
            " returns true",
            " throws TypeError: x",
            " throws",
            " exports { a: 1 }",
        ] {
            assert!(recognise(&comment(text), None, true, false).is_some(), "{text}");
        }
        for text in [
            " prints the name",
            " logs the user in",
            " returns early",
            " throws when empty",
            " exports are shared",
        ] {
            assert!(recognise(&comment(text), None, true, true).is_none(), "{text}");
        }
    }

    #[test]
    fn bare_comments_are_claims_when_they_hold_a_value() {
        let strength = |text: &str| recognise(&comment(text), None, true, true).map(|found| found.strength);
        for text in [
            " 12",
            " 'Ada'",
            " { a: 1 }",
            " 5 (because)",
            " null, no match",
            " 2 -- the index",
            " TypeError",
            " Error!",
            " Set(3) { 1, 2 }",
            " Uint8Array(1) [ 1, 2 ]",
        ] {
            assert_eq!(strength(text), Some(Strength::Plain), "{text}");
        }
        assert_eq!(strength(" 4 bytes each"), Some(Strength::Weak));
        for text in [
            " later: fix",
            " the total",
            " x + 1",
            "",
            " -----",
            " Errors are fine",
            " 1. first, 2. second x",
        ] {
            assert_ne!(strength(text), Some(Strength::Marked), "{text}");
        }
        assert_eq!(strength(" the total"), None);
        assert!(recognise(&comment(" 12"), None, true, false).is_none());
    }
}
