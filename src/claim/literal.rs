//! A stated value as data: a JavaScript literal, or what Node, a browser's console or a book prints for a value
//! (`Map(1) { 'a' => 1 }`, `(2) ['a', …]`, `~1.57`). It never evaluates anything; what equals what is said in
//! `judge::value`.

mod read;

use read::Reader;
pub use read::without_ellipsis;

/// A value as a text states it.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    /// With so many digits behind the point that it may be rounded.
    Decimal {
        value: f64,
        places: usize,
    },
    /// `~1.57`: the last digit may be off by one.
    Approximate {
        value: f64,
        places: usize,
    },
    /// `3.14…`: the digits go on.
    Digits(String),
    BigInt(String),
    String(String),
    /// `'Lorem…'`, with its ellipsis: the text goes on, or ends so.
    StringStart(String),
    Symbol(String),
    RegExp(String),
    /// `<3 empty items>`, or an elision.
    Holes(usize),
    Array {
        class: Option<String>,
        items: Vec<Literal>,
    },
    Object {
        class: Option<String>,
        entries: Vec<(String, Literal)>,
        /// An ellipsis says that there are more.
        open: bool,
    },
    Map(Vec<(Literal, Literal)>),
    Set(Vec<Literal>),
    Function {
        name: String,
        class: bool,
    },
    /// `Promise { 4 }`; no value: pending.
    Promise {
        rejected: bool,
        value: Option<Box<Literal>>,
    },
    /// `…` among the items of a list: any number of them. In the place of one value: any.
    Rest,
    /// As another printer than Node's writes it.
    Dialect(Box<Literal>),
    /// Something in brackets that stands for a value without telling it: `[Object]`, `[Getter]`, `[Circular *1]`.
    Opaque(String),
}

/// The whole text as one literal.
pub fn parse(text: &str) -> Option<Literal> {
    let (literal, rest) = parse_prefix(text)?;
    rest.trim_matches([' ', '\n', '\t', ';']).is_empty().then_some(literal)
}

/// The longest literal at the text's start, and what follows it.
pub fn parse_prefix(text: &str) -> Option<(Literal, &str)> {
    let mut reader = Reader { rest: text.trim_start() };
    let literal = reader.value(0)?;
    Some((literal, reader.rest))
}

/// Literals with nothing but blanks between, as a console prints several arguments: `"a:" [1]`. None when there are
/// fewer than two.
pub fn parse_row(text: &str) -> Option<Vec<Literal>> {
    let mut reader = Reader { rest: text.trim() };
    let mut items = Vec::new();
    while !reader.rest.is_empty() {
        items.push(reader.value(0)?);
        let before = reader.rest.len();
        reader.blanks();
        if reader.rest.len() == before && before > 0 {
            return None;
        }
    }
    (items.len() > 1).then_some(items)
}

/// The longest such row at the text's start, of two at least, and what follows it.
pub fn parse_row_prefix(text: &str) -> Option<(Vec<Literal>, &str)> {
    let mut reader = Reader { rest: text.trim_start() };
    let mut items = vec![reader.value(0)?];
    loop {
        let rest = reader.rest;
        reader.blanks();
        let next = if reader.rest.len() < rest.len() { reader.value(0) } else { None };
        match next {
            Some(literal) => items.push(literal),
            None => return (items.len() > 1).then_some((items, rest)),
        }
    }
}

/// Literals separated by commas: `1, 'two', [3]`. None when there are fewer than two.
pub fn parse_list(text: &str) -> Option<Vec<Literal>> {
    let mut reader = Reader { rest: text.trim() };
    let mut items = vec![reader.value(0)?];
    loop {
        reader.blanks();
        if reader.rest.is_empty() {
            return (items.len() > 1).then_some(items);
        }
        let comma = reader.take(",");
        reader.blanks();
        let then = reader.rest.starts_with("then ") && reader.take("then ");
        if !comma && !then {
            return None;
        }
        reader.blanks();
        items.push(reader.value(0)?);
    }
}

/// A string between the wished-for quotes, or between others when it holds those.
pub fn quote(text: &str, wished: char) -> String {
    let free = |quote: &char| !text.contains(*quote);
    let quote = [wished, '\'', '"', '`'].into_iter().find(free).unwrap_or(wished);
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_literal_does_not_parse() {
        for text in [
            "",
            "hello",
            "3px",
            "0..9",
            "{ a 1 }",
            "[1, 2",
            "'open",
            "<2 empty>",
            "2⁴",
            "1_",
            "1__0",
            "1e_2",
            "x + 1",
            "-",
            "…",
            "...",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_prefix_leaves_the_rest() {
        assert_eq!(parse_prefix("5 (because)").unwrap().1, " (because)");
        assert_eq!(parse_prefix("5. And").unwrap().1, ". And");
        assert_eq!(parse_list("1, then 'b', [2]").unwrap().len(), 3);
        assert_eq!(parse_list("1"), None);
    }
}
