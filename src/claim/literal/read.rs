//! The reader of stated values: one pass over the text, no backtracking but for a value that turns out to be none.

use crate::claim::literal::Literal;

/// Deeper nesting than this is no honest claim.
const MAX_DEPTH: usize = 64;

pub(super) struct Reader<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
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

    pub(super) fn value(&mut self, depth: usize) -> Option<Literal> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.rest.starts_with("<ref *") {
            self.take_while(|c| c != '>');
            self.take(">");
            self.blanks();
        }
        match self.rest.chars().next()? {
            '\'' | '"' | '`' => self.string().map(string),
            // Of a single value nothing would be stated.
            '…' | '.' if depth > 0 && self.ellipsis() => Some(Literal::Rest),
            '(' => self.chromes_array(depth),
            '~' | '≈' => self.approximate(),
            'ƒ' => self.function("ƒ"),
            '[' => self.brackets(depth),
            '{' => self.object(None, depth),
            '/' => self.regexp(),
            '<' => self.holes(),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            c if is_name_start(c) => self.word(depth),
            _ => None,
        }
    }

    fn ellipsis(&mut self) -> bool {
        self.take("…")
            || self.take("...")
            || (self.rest.starts_with("etc") && self.word_is(&["etc", "etcetera"]))
    }

    /// The next word is one of these, and is taken.
    fn word_is(&mut self, words: &[&str]) -> bool {
        let start = self.rest;
        let word = self.take_while(is_name_part);
        let known = words.contains(&word);
        if known {
            self.take(".");
        } else {
            self.rest = start;
        }
        known
    }

    /// `(2) ['a', 'b']`, with its length before it.
    fn chromes_array(&mut self, depth: usize) -> Option<Literal> {
        let start = self.rest;
        let array = self.counted_array(depth);
        if array.is_none() {
            self.rest = start;
        }
        array
    }

    fn counted_array(&mut self, depth: usize) -> Option<Literal> {
        self.take("(").then_some(())?;
        let count: usize = self.take_while(|c| c.is_ascii_digit()).parse().ok()?;
        self.take(")").then_some(())?;
        self.blanks();
        let array = self.array(None, depth)?;
        fits(&array, count).then(|| dialect(array))
    }

    /// `~1.57`.
    fn approximate(&mut self) -> Option<Literal> {
        let start = self.rest;
        self.take_while(|c| matches!(c, '~' | '≈' | ' '));
        let text = self.rest;
        let literal = self.number();
        let written = &text[..text.len() - self.rest.len()];
        match literal {
            Some(Literal::Number(value) | Literal::Decimal { value, .. }) if value.is_finite() => {
                Some(Literal::Approximate { value, places: places(written) })
            }
            _ => {
                self.rest = start;
                None
            }
        }
    }

    /// `ƒ f(a) {…}`, `function f()`: all but the name is of no concern.
    fn function(&mut self, keyword: &str) -> Option<Literal> {
        let start = self.rest;
        let read = |reader: &mut Self| {
            reader.take(keyword).then_some(())?;
            reader.blanks();
            let name = reader.take_while(is_name_part).to_owned();
            reader.take("(").then_some(())?;
            let (_, rest) = reader.rest.split_once(')')?;
            reader.rest = rest;
            let before = reader.rest;
            reader.blanks();
            if reader.rest.starts_with('{') {
                let (_, rest) = reader.rest.rsplit_once('}')?;
                reader.rest = rest;
            } else {
                reader.rest = before;
            }
            Some(dialect(Literal::Function { name, class: false }))
        };
        let literal = read(self);
        if literal.is_none() {
            self.rest = start;
        }
        literal
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
        let firefox = words == "empty slots" || words == "empty slot";
        if words != "empty items" && words != "empty item" && !firefox {
            return None;
        }
        self.rest = rest;
        let holes = holes(count)?;
        Some(if firefox { dialect(holes) } else { holes })
    }

    /// `empty × 2`, as Chrome has it.
    fn chromes_holes(&mut self) -> Option<Literal> {
        self.take("empty").then_some(())?;
        self.blanks();
        if !self.take("×") && !self.take("x ") {
            return Some(dialect(Literal::Holes(1)));
        }
        self.blanks();
        holes(self.take_while(|c| c.is_ascii_digit())).map(dialect)
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
        if length == integer
            && value >= 9_007_199_254_740_992.0
            && format!("{value}") != text.trim_start_matches('0')
        {
            // No number prints like this.
            return self.ends_word().then_some(Literal::Opaque(text));
        }
        if text.contains('.') && (self.take("…") || self.take("...")) {
            return Some(Literal::Digits(format!("{}{text}", if negative { "-" } else { "" })));
        }
        let value = sign * value;
        let places = places(&text);
        let literal =
            if places >= ROUNDED { Literal::Decimal { value, places } } else { Literal::Number(value) };
        self.ends_word().then_some(literal)
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
            let item =
                if self.rest.starts_with("empty") { self.chromes_holes() } else { self.value(depth + 1) };
            items.push(item?);
            self.blanks();
            if !self.take(",") && !self.rest.starts_with(']') {
                return None;
            }
        }
    }

    fn object(&mut self, class: Option<String>, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        let mut entries = Vec::new();
        let mut open = false;
        loop {
            self.blanks();
            if self.take("}") {
                return Some(Literal::Object { class, entries, open });
            }
            if self.ellipsis() {
                open = true;
            } else {
                let key = self.key()?;
                self.blanks();
                self.take(":").then_some(())?;
                self.blanks();
                entries.push((key, self.value(depth + 1)?));
            }
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
            "function" => {
                self.rest = start;
                return self.function("function");
            }
            _ => return self.classed(word, start, depth),
        };
        Some(literal)
    }

    /// `Vec { x: 1 }`, `Map(1) { 'a' => 1 }`, `Uint8Array(2) [ 0, 0 ]`.
    fn classed(&mut self, class: &str, start: &'a str, depth: usize) -> Option<Literal> {
        let literal = self.body_of(class, depth);
        if literal.is_none() {
            self.rest = start;
        }
        literal
    }

    fn body_of(&mut self, class: &str, depth: usize) -> Option<Literal> {
        let mut counted = None;
        if self.rest.starts_with('(') {
            let (count, rest) = self.rest[1..].split_once(')')?;
            counted = Some(count.parse::<usize>().ok()?);
            self.rest = rest;
        }
        self.blanks();
        let opening = self.rest.chars().next()?;
        let literal = match (class, opening) {
            ("Map", '{') => self.map(depth)?,
            ("Set", '{' | '[') => self.set(depth)?,
            ("Promise", '{') => self.promise(depth)?,
            ("String" | "Number" | "Boolean", '{') => self.boxed(class, depth)?,
            (_, '{') if counted.is_none() => self.object(Some(class.to_owned()), depth)?,
            (_, '[') => self.array(Some(class.to_owned()), depth)?,
            _ => return None,
        };
        if counted.is_some_and(|count| !fits(&literal, count)) {
            return None;
        }
        // Node counts collections, and names neither arrays nor plain objects.
        let uncounted = counted.is_none() && matches!(literal, Literal::Map(_) | Literal::Set(_));
        let is_dialect = uncounted || opening == '[' && class == "Set" || matches!(class, "Array" | "Object");
        Some(if is_dialect { dialect(literal) } else { literal })
    }

    /// `Promise { 4 }`, `Promise {<fulfilled>: 4}`, `Promise { <state>: "fulfilled", <value>: 4 }`.
    fn promise(&mut self, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        self.blanks();
        let firefox = self.take("<state>:");
        self.blanks();
        let state = ["pending", "fulfilled", "resolved", "rejected"].into_iter().find(|state| {
            let forms = if firefox {
                [format!("\"{state}\""), format!("'{state}'")]
            } else {
                [format!("<{state}>"), format!("<{state}>:")]
            };
            forms.iter().any(|form| self.take(form))
        });
        let chrome = self.take(":");
        if firefox {
            self.take(",");
            self.blanks();
            self.take("<value>:");
            self.take("<reason>:");
        }
        self.blanks();
        let rejected = state == Some("rejected");
        let value = if state == Some("pending") { None } else { Some(Box::new(self.value(depth + 1)?)) };
        self.blanks();
        self.take("}").then_some(())?;
        let literal = Literal::Promise { rejected, value };
        let of_node = !firefox && !chrome && matches!(state, None | Some("pending" | "rejected"));
        Some(if of_node { literal } else { dialect(literal) })
    }

    /// `String { "foo" }`, `Number {3}`: a wrapper as browsers show it.
    fn boxed(&mut self, class: &str, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        self.blanks();
        let inner = match self.value(depth + 1)? {
            Literal::String(text) => format!("'{text}'"),
            Literal::Number(number) => number.to_string(),
            Literal::Boolean(flag) => flag.to_string(),
            _ => return None,
        };
        self.blanks();
        self.take("}").then_some(())?;
        Some(dialect(Literal::Opaque(format!("{class}: {inner}"))))
    }

    fn map(&mut self, depth: usize) -> Option<Literal> {
        self.take("{").then_some(())?;
        let mut entries = Vec::new();
        let mut arrow = false;
        loop {
            self.blanks();
            if self.take("}") {
                let map = Literal::Map(entries);
                return Some(if arrow { dialect(map) } else { map });
            }
            let key = self.value(depth + 1)?;
            self.blanks();
            if key == Literal::Rest {
                entries.push((Literal::Rest, Literal::Rest));
            } else {
                let firefox = self.take("→");
                arrow |= firefox;
                (firefox || self.take("=>")).then_some(())?;
                self.blanks();
                entries.push((key, self.value(depth + 1)?));
            }
            self.blanks();
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
    }

    fn set(&mut self, depth: usize) -> Option<Literal> {
        let closing = if self.take("[") { "]" } else { self.take("{").then_some("}")? };
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.take(closing) {
                return Some(Literal::Set(items));
            }
            items.push(self.value(depth + 1)?);
            self.blanks();
            if !self.take(",") && !self.rest.starts_with(closing) {
                return None;
            }
        }
    }
}

/// From so many places behind the point on, a number may have been rounded: `0.3` is not 0.30000000000000004.
const ROUNDED: usize = 3;

/// Digits behind the point; none where an exponent follows.
fn places(text: &str) -> usize {
    match text.split_once('.') {
        Some((_, fraction)) if !fraction.contains(['e', 'E']) => fraction.trim_end().len(),
        _ => 0,
    }
}

fn dialect(literal: Literal) -> Literal {
    Literal::Dialect(Box::new(literal))
}

/// A text that ends in an ellipsis may go on.
fn string(text: String) -> Literal {
    match without_ellipsis(&text) {
        Some(start) if !start.trim().is_empty() => Literal::StringStart(text),
        _ => Literal::String(text),
    }
}

/// What stands before the ellipsis that a text ends in.
pub fn without_ellipsis(text: &str) -> Option<&str> {
    text.strip_suffix('…').or_else(|| text.strip_suffix("..."))
}

/// The bound keeps an absurd count from being walked through.
fn holes(count: &str) -> Option<Literal> {
    count.parse().ok().filter(|count| *count <= 10_000).map(Literal::Holes)
}

/// The count that is written is that of what follows, as far as it is told.
fn fits(literal: &Literal, count: usize) -> bool {
    let told = |items: &[Literal]| -> (usize, bool) {
        let more = items.contains(&Literal::Rest);
        let count = items.iter().map(|item| match item {
            Literal::Rest => 0,
            Literal::Holes(count) => *count,
            Literal::Dialect(inner) => match **inner {
                Literal::Holes(count) => count,
                _ => 1,
            },
            _ => 1,
        });
        (count.sum(), more)
    };
    let (length, more) = match literal {
        Literal::Map(entries) => (
            entries.iter().filter(|(key, _)| *key != Literal::Rest).count(),
            entries.iter().any(|(key, _)| *key == Literal::Rest),
        ),
        Literal::Set(items) | Literal::Array { items, .. } => told(items),
        Literal::Dialect(inner) => return fits(inner, count),
        _ => return true,
    };
    if more { length <= count } else { length == count }
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
        let name = rest.strip_prefix("(anonymous)").map_or(rest, str::trim_start);
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

/// How many digits the text begins with; `_` may stand between two of them.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let belongs =
        |at: usize| is_digit(at) || (at > 0 && bytes[at] == b'_' && is_digit(at - 1) && is_digit(at + 1));
    (0..bytes.len()).find(|&at| !belongs(at)).unwrap_or(bytes.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}
