//! A stated value cut into what can be changed in it.
//!
//! It is lenient where `claim::literal` is strict: whether a changed text is still a value is asked there.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With its quotes.
    Text,
    /// Without its sign.
    Number,
    /// `/…/flags`.
    Pattern,
    /// A constant, a class's or a function's name.
    Word,
    /// A word before a colon.
    Key,
    /// The number in `Map(2)` or `(2) [ … ]`.
    Count,
    Open,
    Close,
    Comma,
    /// `…`, `...`.
    Rest,
    Other,
}

impl Kind {
    pub fn is_value(self) -> bool {
        matches!(self, Kind::Text | Kind::Number | Kind::Pattern | Kind::Word | Kind::Key)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// A pair of brackets or braces; indices into the tokens.
pub struct Group {
    pub open: usize,
    pub close: usize,
    /// Between commas; empty ones left out.
    pub items: Vec<Range<usize>>,
    /// One of the items is an ellipsis.
    pub rest: bool,
    /// The count before it.
    pub count: Option<usize>,
}

pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = match character {
            '\'' | '"' | '`' => match closing(rest, character) {
                Some(length) => (Kind::Text, length),
                None => (Kind::Other, 1),
            },
            '/' => match pattern(rest) {
                Some(length) => (Kind::Pattern, length),
                None => (Kind::Other, 1),
            },
            '…' => (Kind::Rest, '…'.len_utf8()),
            '.' if rest.starts_with("...") => (Kind::Rest, 3),
            '<' if rest.starts_with("<ref *") => (Kind::Other, rest.find('>').map_or(1, |end| end + 1)),
            'ƒ' => (Kind::Other, function(rest, 'ƒ'.len_utf8(), at, &mut tokens)),
            _ if is_function(rest) => (Kind::Other, function(rest, "function".len(), at, &mut tokens)),
            '0'..='9' => (Kind::Number, number(rest)),
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Kind::Number, number(rest)),
            c if is_name(c) => (Kind::Word, rest.find(|c| !is_name(c)).unwrap_or(rest.len())),
            '[' | '{' => (Kind::Open, 1),
            ']' | '}' => (Kind::Close, 1),
            ',' => (Kind::Comma, 1),
            other => (Kind::Other, other.len_utf8()),
        };
        if !character.is_whitespace() {
            tokens.push(Token { kind, range: at..at + length });
        }
        at += length;
    }
    tokens.sort_by_key(|token| token.range.start);
    classify(text, &mut tokens);
    tokens
}

/// Tells keys and counts from other words and numbers.
fn classify(text: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let is = |index: usize, sign: &str| {
            tokens.get(index).is_some_and(|token| &text[token.range.clone()] == sign)
        };
        let opens = |index: usize| tokens.get(index).is_some_and(|token| token.kind == Kind::Open);
        match tokens[at].kind {
            Kind::Word if is(at + 1, ":") => tokens[at].kind = Kind::Key,
            Kind::Number if at > 0 && is(at - 1, "(") && is(at + 1, ")") && opens(at + 2) => {
                tokens[at].kind = Kind::Count;
            }
            _ => {}
        }
    }
}

pub fn groups(tokens: &[Token]) -> Vec<Group> {
    let mut open: Vec<(usize, Vec<Range<usize>>, usize)> = Vec::new();
    let mut groups = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.push((at, Vec::new(), at + 1)),
            Kind::Comma => {
                if let Some((_, items, start)) = open.last_mut() {
                    items.push(*start..at);
                    *start = at + 1;
                }
            }
            Kind::Close => {
                let Some((start, mut items, last)) = open.pop() else { continue };
                items.push(last..at);
                items.retain(|item| !item.is_empty());
                let rest = items.iter().any(|item| tokens[item.start].kind == Kind::Rest);
                let counted = start >= 2 && tokens[start - 2].kind == Kind::Count;
                groups.push(Group { open: start, close: at, items, rest, count: counted.then(|| start - 2) });
            }
            _ => {}
        }
    }
    groups
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The length of a quoted text.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of a regular expression with its flags.
fn pattern(text: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => {
                let flags = text[at + 1..].find(|c: char| !c.is_ascii_lowercase());
                return Some(flags.map_or(text.len(), |flags| at + 1 + flags));
            }
            _ => {}
        }
    }
    None
}

fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while let Some(&byte) = bytes.get(length) {
        let exponent = matches!(byte, b'+' | b'-') && matches!(bytes[length - 1], b'e' | b'E') && length > 0;
        let point = byte == b'.' && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_alphanumeric() || byte == b'_' || point || exponent) {
            break;
        }
        length += 1;
    }
    length.max(1)
}

fn is_function(text: &str) -> bool {
    text.strip_prefix("function").is_some_and(|rest| rest.starts_with([' ', '(']))
}

/// The length of `function name(…) {…}`, of which only the name is a token of its own.
fn function(text: &str, keyword: usize, at: usize, tokens: &mut Vec<Token>) -> usize {
    let start = keyword + (text[keyword..].len() - text[keyword..].trim_start().len());
    let end = text[start..].find(|c| !is_name(c)).map_or(text.len(), |length| start + length);
    if end > start {
        tokens.push(Token { kind: Kind::Word, range: at + start..at + end });
    }
    let Some(parameters) = text[end..].find(')').map(|close| end + close + 1) else { return keyword };
    if text[parameters..].trim_start().starts_with('{') {
        return text.rfind('}').map_or(parameters, |close| close + 1);
    }
    parameters
}
