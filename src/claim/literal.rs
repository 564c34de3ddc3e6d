//! Reads a stated value: a JavaScript literal, or what Node prints for a value (`Map(1) { 'a' => 1 }`), as data. It
//! never evaluates anything; what equals what is said in `judge::value`.

/// A value as a text states it.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    BigInt(String),
    String(String),
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
    },
    Map(Vec<(Literal, Literal)>),
    Set(Vec<Literal>),
    Function {
        name: String,
        class: bool,
    },
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

/// Deeper nesting than this is no honest claim.
const MAX_DEPTH: usize = 64;

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// The text up to where `stop` says so.
    fn take_while(&mut self, go: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !go(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn value(&mut self, depth: usize) -> Option<Literal> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.rest.starts_with("<ref *") {
            self.take_while(|c| c != '>');
            self.take(">");
            self.blanks();
        }
        match self.rest.chars().next()? {
            '\'' | '"' | '`' => self.string().map(Literal::String),
            '[' => self.brackets(depth),
            '{' => self.object(None, depth),
            '/' => self.regexp(),
            '<' => self.holes(),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            c if is_name_start(c) => self.word(depth),
            _ => None,
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut characters = self.rest.char_indices();
        let (_, quote) = characters.next()?;
        let mut text = String::new();
        while let Some((at, character)) = characters.next() {
            match character {
                c if c == quote => {
                    self.rest = &self.rest[at + c.len_utf8()..];
                    return Some(text);
                }
                '\\' => text.push(unescape(&mut characters)?),
                c => text.push(c),
            }
        }
        None
    }

    fn regexp(&mut self) -> Option<Literal> {
        let mut in_class = false;
        let mut escaped = false;
        for (at, character) in self.rest.char_indices().skip(1) {
            match character {
                '\n' => return None,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class && at > 1 => {
                    let flags = self.rest[at + 1..].find(|c: char| !c.is_ascii_lowercase());
                    let end = flags.map_or(self.rest.len(), |length| at + 1 + length);
                    let (text, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    return Some(Literal::RegExp(text.to_owned()));
                }
                _ => {}
            }
        }
        None
    }

    /// `<2 empty items>`.
    fn holes(&mut self) -> Option<Literal> {
        let inner = self.rest.strip_prefix('<')?;
        let (inner, rest) = inner.split_once('>')?;
        let (count, words) = inner.split_once(' ')?;
        if words != "empty items" && words != "empty item" {
            return None;
        }
        self.rest = rest;
        // The bound keeps an absurd count from being walked through.
        count.parse().ok().filter(|count| *count <= 10_000).map(Literal::Holes)
    }

    fn number(&mut self) -> Option<Literal> {
        let start = self.rest;
        let negative = self.take("-");
        if !negative {
            self.take("+");
        }
        let sign = if negative { -1.0 } else { 1.0 };
        if self.take("Infinity") {
            return self.ends_word().then_some(Literal::Number(sign * f64::INFINITY));
        }
        for (prefixes, radix) in [(["0x", "0X"], 16), (["0b", "0B"], 2), (["0o", "0O"], 8)] {
            if prefixes.iter().any(|prefix| self.take(prefix)) {
                let digits = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_').replace('_', "");
                let value = u64::from_str_radix(&digits, radix).ok()?;
                return Some(Literal::Number(sign * value as f64));
            }
        }
        let body = self.rest;
        let mut length = digits(body);
        let integer = length;
        if body[length..].starts_with('.') {
            let fraction = digits(&body[length + 1..]);
            // "5." at a sentence's end is five, and ".." is no number.
            if fraction > 0 {
                length += 1 + fraction;
            }
        }
        if integer == 0 && length == 0 {
            self.rest = start;
            return None;
        }
        let exponent = &body[length..];
        if exponent.starts_with(['e', 'E']) {
            let signed = usize::from(exponent[1..].starts_with(['+', '-']));
            let count = digits(&exponent[1 + signed..]);
            if count > 0 {
                length += 1 + signed + count;
            }
        }
        let text = body[..length].replace('_', "");
        self.rest = &body[length..];
        if length == integer && self.take("n") {
            let value = text.trim_start_matches('0');
            let value = if value.is_empty() { "0" } else { value };
            let sign = if negative && value != "0" { "-" } else { "" };
            return self.ends_word().then(|| Literal::BigInt(format!("{sign}{value}")));
        }
        let value: f64 = text.parse().ok()?;
        self.ends_word().then_some(Literal::Number(sign * value))
    }

    /// What follows does not continue the word or number just read.
    fn ends_word(&self) -> bool {
        !self.rest.starts_with(|c: char| is_name_part(c))
    }

    /// An array, or one of Node's bracketed forms.
    fn brackets(&mut self, depth: usize) -> Option<Literal> {
        if let Some((inside, rest)) = self.rest[1..].split_once(']')
            && let Some(literal) = bracketed(inside)
        {
            self.rest = rest;
            if inside.ends_with(": null prototype") {
                self.blanks();
                return self.object(Some(format!("[{inside}]")), depth);
            }
            return Some(literal);
        }
        self.array(None, depth)
    }

    fn array(&mut self, class: Option<String>, depth: usize) -> Option<Literal> {
        self.take("[").then_some(())?;
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.take("]") {
                return Some(Literal::Array { class, items });
            }
            if self.take(",") {
                items.push(Literal::Holes(1));
                continue;
            }
            items.push(self.value(depth + 1)?);
            self.blanks();
            if !self.take(",") && !self.rest.starts_with(']') {
                return None;
            }
        }
    }

    fn object(&mut self, class: Option<String>, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        let mut entries = Vec::new();
        loop {
            self.blanks();
            if self.take("}") {
                return Some(Literal::Object { class, entries });
            }
            let key = self.key()?;
            self.blanks();
            self.take(":").then_some(())?;
            self.blanks();
            entries.push((key, self.value(depth + 1)?));
            self.blanks();
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
    }

    fn key(&mut self) -> Option<String> {
        match self.rest.chars().next()? {
            '\'' | '"' => self.string(),
            // Node up to 22 puts symbol keys into brackets.
            '[' => {
                let (inside, rest) = self.rest[1..].split_once(']')?;
                self.rest = rest;
                inside.starts_with("Symbol(").then(|| inside.to_owned())
            }
            _ if self.rest.starts_with("Symbol(") => {
                let end = self.rest.find(')')? + 1;
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Some(text.to_owned())
            }
            c if c.is_ascii_digit() => Some(self.take_while(|c| c.is_ascii_digit()).to_owned()),
            c if is_name_start(c) => Some(self.take_while(is_name_part).to_owned()),
            _ => None,
        }
    }

    /// A word: a constant, or a class name before its content.
    fn word(&mut self, depth: usize) -> Option<Literal> {
        let start = self.rest;
        let word = self.take_while(is_name_part);
        let literal = match word {
            "undefined" => Literal::Undefined,
            "null" => Literal::Null,
            "true" => Literal::Boolean(true),
            "false" => Literal::Boolean(false),
            "NaN" => Literal::Number(f64::NAN),
            "Infinity" => Literal::Number(f64::INFINITY),
            "Symbol" if self.rest.starts_with('(') => {
                let (inside, rest) = self.rest[1..].split_once(')')?;
                self.rest = rest;
                Literal::Symbol(inside.to_owned())
            }
            _ => return self.classed(word, start, depth),
        };
        Some(literal)
    }

    /// `Vec { x: 1 }`, `Map(1) { 'a' => 1 }`, `Uint8Array(2) [ 0, 0 ]`.
    fn classed(&mut self, class: &str, start: &'a str, depth: usize) -> Option<Literal> {
        let mut counted = None;
        if self.rest.starts_with('(') {
            let (count, rest) = self.rest[1..].split_once(')')?;
            counted = Some(count.parse::<usize>().ok()?);
            self.rest = rest;
        }
        self.blanks();
        let literal = match (class, self.rest.chars().next()) {
            ("Map", Some('{')) => self.map(depth),
            ("Set", Some('{')) => self.set(depth),
            (_, Some('{')) if counted.is_none() => self.object(Some(class.to_owned()), depth),
            (_, Some('[')) => self.array(Some(class.to_owned()), depth),
            _ => None,
        };
        let size = match &literal {
            Some(Literal::Map(entries)) => Some(entries.len()),
            Some(Literal::Set(items) | Literal::Array { items, .. }) => Some(items.len()),
            _ => None,
        };
        let literal = literal.filter(|_| counted.is_none() || counted == size);
        if literal.is_none() {
            self.rest = start;
        }
        literal
    }

    fn map(&mut self, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        let mut entries = Vec::new();
        loop {
            self.blanks();
            if self.take("}") {
                return Some(Literal::Map(entries));
            }
            let key = self.value(depth + 1)?;
            self.blanks();
            self.take("=>").then_some(())?;
            self.blanks();
            entries.push((key, self.value(depth + 1)?));
            self.blanks();
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
    }

    fn set(&mut self, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.take("}") {
                return Some(Literal::Set(items));
            }
            items.push(self.value(depth + 1)?);
            self.blanks();
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
    }
}

/// What Node prints in brackets for what it does not open.
fn bracketed(inside: &str) -> Option<Literal> {
    if let Some(name) = inside.strip_prefix("Function: ") {
        return Some(Literal::Function { name: name.to_owned(), class: false });
    }
    if inside == "Function (anonymous)" {
        return Some(Literal::Function { name: String::new(), class: false });
    }
    if let Some(rest) = inside.strip_prefix("class ") {
        let name = rest.split(' ').next().unwrap_or_default();
        let name = if name == "(anonymous)" { "" } else { name };
        return Some(Literal::Function { name: name.to_owned(), class: true });
    }
    let opaque = ["Getter", "Setter", "Getter/Setter", "Object", "Array", "Object: null prototype"];
    let prefixes = ["Circular *", "AsyncFunction", "GeneratorFunction", "Number: ", "String: ", "Boolean: "];
    let known = opaque.contains(&inside) || prefixes.iter().any(|prefix| inside.starts_with(prefix));
    known.then(|| Literal::Opaque(inside.to_owned()))
}

/// The character behind a backslash.
fn unescape(characters: &mut std::str::CharIndices<'_>) -> Option<char> {
    let (_, character) = characters.next()?;
    Some(match character {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '0' => '\0',
        'x' => hex(characters, 2)?,
        'u' if characters.as_str().starts_with('{') => {
            characters.next();
            let digits: String = characters.by_ref().map(|(_, c)| c).take_while(|c| *c != '}').collect();
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
        }
        'u' => hex(characters, 4)?,
        other => other,
    })
}

fn hex(characters: &mut std::str::CharIndices<'_>, count: usize) -> Option<char> {
    let digits: String = characters.by_ref().take(count).map(|(_, c)| c).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(text.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_literal_does_not_parse() {
        for text in
            ["", "hello", "3px", "0..9", "{ a 1 }", "[1, 2", "'open", "<2 empty>", "2⁴", "{…}", "x + 1", "-"]
        {
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
