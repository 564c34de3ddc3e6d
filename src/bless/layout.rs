//! A container's literal as its author wrote it: brackets, entries, and every blank and comma between them.

use crate::claim::literal;

/// `Map(1) { 'a' => 1, … }`, cut so that its parts put together are the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout<'a> {
    /// Up to and with the opening bracket.
    pub open: &'a str,
    pub entries: Vec<Entry<'a>>,
    /// Between the last entry and the closing bracket.
    pub tail: &'a str,
    pub close: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    /// What separates it from the entry before, or from the bracket.
    pub lead: &'a str,
    /// The name of a property, the key of a map's pair; empty for an item.
    pub key: &'a str,
    /// `: `, ` => `; empty for an item.
    pub colon: &'a str,
    pub text: &'a str,
    /// An ellipsis, which stands for any number of entries.
    pub rest: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Items,
    Properties,
    Pairs,
}

impl<'a> Layout<'a> {
    /// None when the text is no container, or one written in a way that can't be cut.
    pub fn read(text: &'a str) -> Option<Layout<'a>> {
        // `[Object: null prototype] {`
        let named = text.starts_with('[').then(|| text.find("null prototype] {").map(|at| at + 16)).flatten();
        let from = named.unwrap_or(0);
        let at = from + text[from..].find(['[', '{'])?;
        let prefix = text[..at].trim();
        let is_list = text[at..].starts_with('[') || prefix.starts_with("Set");
        let kind = match is_list {
            true => Kind::Items,
            false if prefix.starts_with("Map") => Kind::Pairs,
            false => Kind::Properties,
        };
        let close = if text[at..].starts_with('[') { "]" } else { "}" };
        let (open, mut rest) = text.split_at(at + 1);
        let mut entries = Vec::new();
        loop {
            let lead = take(&mut rest, |c| c.is_whitespace() || c == ',');
            // A comma more than one is a hole.
            if lead.matches(',').count() > 1 {
                return None;
            }
            if rest == close {
                return Some(Layout { open, entries, tail: lead, close });
            }
            let first = entries.is_empty();
            if first == lead.contains(',') {
                return None;
            }
            entries.push(entry(&mut rest, lead, kind)?);
        }
    }
}

/// Values with commas between them, without brackets: `1, 'two'`, `1, then 2`.
pub fn list(text: &str) -> Option<Vec<Entry<'_>>> {
    let mut rest = text.trim();
    let mut entries = Vec::new();
    while !rest.trim().is_empty() {
        let before = rest;
        take(&mut rest, |c| c.is_whitespace() || c == ',');
        rest = rest.strip_prefix("then ").unwrap_or(rest).trim_start();
        let lead = &before[..before.len() - rest.len()];
        if entries.is_empty() != lead.is_empty() {
            return None;
        }
        entries.push(entry(&mut rest, lead, Kind::Items)?);
    }
    (entries.len() > 1).then_some(entries)
}

fn take<'a>(rest: &mut &'a str, go: impl Fn(char) -> bool) -> &'a str {
    let end = rest.find(|c| !go(c)).unwrap_or(rest.len());
    let (taken, left) = rest.split_at(end);
    *rest = left;
    taken
}

fn entry<'a>(rest: &mut &'a str, lead: &'a str, kind: Kind) -> Option<Entry<'a>> {
    if let Some(text) = ellipsis(rest) {
        *rest = &rest[text.len()..];
        return Some(Entry { lead, key: "", colon: "", text, rest: true });
    }
    let (mut key, mut colon) = ("", "");
    if kind != Kind::Items {
        key = match kind {
            Kind::Pairs => value(rest)?,
            _ => property(rest)?,
        };
        let before = *rest;
        take(rest, char::is_whitespace);
        let marks: &[&str] = if kind == Kind::Pairs { &["=>", "→"] } else { &[":"] };
        let mark = marks.iter().find(|mark| rest.starts_with(**mark))?;
        *rest = &rest[mark.len()..];
        take(rest, char::is_whitespace);
        colon = &before[..before.len() - rest.len()];
    }
    // `{ a: … }` states any value.
    let text = match ellipsis(rest) {
        Some(text) => {
            *rest = &rest[text.len()..];
            text
        }
        None => value(rest)?,
    };
    Some(Entry { lead, key, colon, text, rest: false })
}

/// An ellipsis that stands by itself.
pub fn ellipsis(rest: &str) -> Option<&str> {
    let text = ["…", "...", "etcetera", "etc.", "etc"].into_iter().find(|text| rest.starts_with(text))?;
    let goes_on = rest[text.len()..].starts_with(|c: char| c.is_alphanumeric());
    (!goes_on).then(|| &rest[..text.len()])
}

fn value<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (_, after) = literal::parse_prefix(rest)?;
    let (text, left) = rest.split_at(rest.len() - after.len());
    *rest = left;
    Some(text)
}

/// The name of a property, quoted or not.
fn property<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let end = match rest.chars().next()? {
        '\'' | '"' => return value(rest),
        '[' => rest.find(']')? + 1,
        _ if rest.starts_with("Symbol(") => rest.find(')')? + 1,
        _ => rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?,
    };
    let (text, left) = rest.split_at(end);
    *rest = left;
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(layout: &Layout<'_>) -> String {
        let entries = layout.entries.iter().map(|it| format!("{}{}{}{}", it.lead, it.key, it.colon, it.text));
        format!("{}{}{}{}", layout.open, entries.collect::<String>(), layout.tail, layout.close)
    }

    #[test]
    fn the_parts_put_together_are_the_text() {
        for (text, count) in [
            ("[]", 0),
            ("(2) ['a',\n  'b',\n]", 2),
            ("{ a: 1, 'b c' : { d: [1] }, … }", 3),
            ("{a:…}", 1),
            ("Map(1) {[1] => 'x', ...}", 2),
            ("Set(2) { 1, 2 }", 2),
            ("[Object: null prototype] { [Symbol(k)]: 1 }", 1),
            ("Vec {x: 1, y: -2.5}", 2),
        ] {
            let layout = Layout::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((joined(&layout).as_str(), layout.entries.len()), (text, count));
        }
        for text in ["5", "[1,,2]", "[1 2]", "{ a 1 }", "[1", "[,1]"] {
            assert_eq!(Layout::read(text), None, "{text}");
        }
    }

    #[test]
    fn lists_have_no_brackets() {
        let parts =
            |text| list(text).map(|entries| entries.iter().map(|it| (it.lead, it.text)).collect::<Vec<_>>());
        assert_eq!(parts("1, 'b', [2]").unwrap(), [("", "1"), (", ", "'b'"), (", ", "[2]")]);
        assert_eq!(parts("1, then 2").unwrap(), [("", "1"), (", then ", "2")]);
        assert_eq!(parts("'a' 1").unwrap(), [("", "'a'"), (" ", "1")]);
        assert_eq!(parts("1"), None);
    }
}
