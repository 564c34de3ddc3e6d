//! Values of JavaScript: as source, as a text states them, and what another text says about them. A definition of its own,
//! so that the judge is not measured by itself.

use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    BigInt(i64),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
    Map(Vec<(Value, Value)>),
    Set(Vec<Value>),
    /// What a call throws: name and message.
    Thrown(String, String),
}

/// How a text states a value.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub double_quotes: bool,
    pub tight: bool,
    pub trailing_comma: bool,
    pub explained: bool,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-zA-Z0-9é]{1,6}", 2 => "[a-z '\"\\\\😀:,]{0,7}", 1 => Just(String::new())]
}

pub fn value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        4 => (-200..2000_i32).prop_map(f64::from),
        1 => (-999..999_i32).prop_map(|number| f64::from(number) / 8.0),
        1 => (1..99_i32).prop_map(|number| f64::from(number) / 7.0),
        1 => prop::sample::select(vec![0.1 + 0.2, -0.0, 1e21, 1.5e-7, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
    ];
    let leaf = prop_oneof![
        1 => Just(Value::Undefined),
        1 => Just(Value::Null),
        2 => any::<bool>().prop_map(Value::Boolean),
        5 => number.prop_map(Value::Number),
        1 => any::<i32>().prop_map(|number| Value::BigInt(i64::from(number))),
        5 => text().prop_map(Value::String),
    ];
    let value = leaf.prop_recursive(3, 8, 4, |inner| {
        let key = prop_oneof![4 => "[a-z][a-zA-Z0-9_]{0,4}", 1 => "[a-z]-[a-z]"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(key, inner.clone(), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..3).prop_map(|map| Value::Map(
                map.into_iter().map(|(key, value)| (Value::String(key), value)).collect()
            )),
            prop::collection::btree_set(0..50_i32, 0..4).prop_map(|set| Value::Set(
                set.into_iter().map(|item| Value::Number(f64::from(item))).collect()
            )),
        ]
    });
    let name = prop::sample::select(vec!["TypeError", "RangeError", "Error", "ValidationError"]);
    let message = "[a-z]{2,6}( [a-z']{2,5}){0,3}";
    prop_oneof![
        6 => value,
        1 => (name, message).prop_map(|(name, message)| Value::Thrown(name.into(), message)),
    ]
}

pub fn style() -> impl Strategy<Value = Style> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(double_quotes, tight, trailing_comma, explained)| Style {
            double_quotes,
            tight,
            trailing_comma,
            explained,
        },
    )
}

pub const NODE: Style = Style { double_quotes: false, tight: false, trailing_comma: false, explained: false };

impl Value {
    /// An expression that gives the value, or throws it.
    pub fn source(&self) -> String {
        match self {
            Value::Map(entries) => {
                let entries =
                    entries.iter().map(|(key, value)| format!("[{}, {}]", key.source(), value.source()));
                format!("new Map([{}])", entries.collect::<Vec<_>>().join(", "))
            }
            Value::Set(items) => format!("new Set([{}])", sources(items)),
            Value::Array(items) => format!("[{}]", sources(items)),
            Value::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("\"{key}\": {}", value.source()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            Value::Thrown(name, message) => {
                let message = quoted(message, '"');
                format!("(() => {{ throw Object.assign(new Error({message}), {{ name: '{name}' }}) }})()")
            }
            other => other.stated(NODE),
        }
    }

    /// As a text states it, without an explanation.
    pub fn stated(&self, style: Style) -> String {
        let list = |items: Vec<String>, open: &str, close: &str| {
            let (comma, blank) = if style.tight { (",", "") } else { (", ", " ") };
            let last = if style.trailing_comma && !items.is_empty() { "," } else { "" };
            let inside = items.join(comma);
            let blank = if items.is_empty() { "" } else { blank };
            format!("{open}{blank}{inside}{last}{blank}{close}")
        };
        let each = |items: &[Value]| items.iter().map(|item| item.stated(style)).collect::<Vec<_>>();
        let quote = if style.double_quotes { '"' } else { '\'' };
        match self {
            Value::Undefined => "undefined".into(),
            Value::Null => "null".into(),
            Value::Boolean(flag) => flag.to_string(),
            Value::Number(number) => number_text(*number),
            Value::BigInt(number) => format!("{number}n"),
            Value::String(text) => quoted(text, quote),
            Value::Array(items) => list(each(items), "[", "]"),
            Value::Object(entries) => {
                let colon = if style.tight { ":" } else { ": " };
                let key = |key: &str| if key.contains('-') { quoted(key, quote) } else { key.to_owned() };
                let told = entries
                    .iter()
                    .map(|(name, value)| format!("{}{colon}{}", key(name), value.stated(style)));
                list(told.collect(), "{", "}")
            }
            Value::Map(entries) => {
                let arrow = if style.tight { "=>" } else { " => " };
                let told = entries
                    .iter()
                    .map(|(key, value)| format!("{}{arrow}{}", key.stated(style), value.stated(style)));
                list(told.collect(), &format!("Map({}) {{", entries.len()), "}")
            }
            Value::Set(items) => list(each(items), &format!("Set({}) {{", items.len()), "}"),
            Value::Thrown(name, message) => format!("{name}: {message}"),
        }
    }

    /// Whether a text may be taken for a statement of this value by the rules of the book: the same value in free
    /// spacing, quotes and trailing commas; rounded; an explanation behind it; an error's message cut off behind a word.
    pub fn may_be(&self, text: &str) -> bool {
        let text = text.trim();
        if let Value::Thrown(name, message) = self {
            return states_error(name, message, text);
        }
        if let Value::String(own) = self {
            // Bare, or between quotes with nothing escaped in it.
            let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
            let inside = quote.and_then(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
            if text == own || inside == Some(own) {
                return true;
            }
        }
        let mut reader = Reader { rest: text };
        reader.value(self).is_some() && {
            let rest = reader.rest.trim_start();
            let apart = rest.len() < reader.rest.len();
            rest.is_empty()
                || rest.starts_with(['(', '.', ';', ':', '!', ','])
                || (apart && rest.starts_with(['-', '–', '—', '<']))
        }
    }
}

fn sources(items: &[Value]) -> String {
    items.iter().map(Value::source).collect::<Vec<_>>().join(", ")
}

/// As `String(number)` gives it, but for minus zero.
fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    if number != 0.0 && !(1e-6..1e21).contains(&number.abs()) {
        let text = format!("{number:e}");
        return if text.contains("e-") { text } else { text.replace('e', "e+") };
    }
    number.to_string()
}

fn quoted(text: &str, quote: char) -> String {
    let mut out = String::from(quote);
    for character in text.chars() {
        if character == quote || character == '\\' {
            out.push('\\');
        }
        out.push(character);
    }
    out.push(quote);
    out
}

fn states_error(name: &str, message: &str, text: &str) -> bool {
    let text =
        ["a ", "an ", "Uncaught "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text);
    let text = text.trim_matches('`');
    let Some(rest) = text.strip_prefix(name) else {
        // "Error" alone stands for any.
        return matches!(text.trim_end_matches('.'), "Error" | "Error!" | "error" | "exception");
    };
    let Some(stated) = rest.strip_prefix(':') else {
        // A name alone, and what may explain it.
        return !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
    };
    let plain = |text: &str| {
        let bare = text.replace(['\'', '"', '`'], "").replace('-', " ");
        bare.trim_end_matches(['.', '!', ':', ' ']).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (stated, message) = (plain(stated), plain(message));
    let cut_off = || {
        let rest = message.strip_prefix(stated.as_str());
        stated.contains(' ') && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    stated == message || cut_off()
}

/// Reads one expected value at the start of a text.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    fn value(&mut self, value: &Value) -> Option<()> {
        match value {
            Value::Undefined => self.word("undefined"),
            Value::Null => self.word("null"),
            Value::Boolean(flag) => self.word(if *flag { "true" } else { "false" }),
            Value::Number(number) => self.number(*number),
            Value::BigInt(number) => {
                let negative = self.take("-").is_some();
                if !negative {
                    let _ = self.take("+");
                }
                let digits = self.digits();
                self.word("n")?;
                let stated: i64 = digits.parse().ok()?;
                (if negative { -stated } else { stated } == *number).then_some(())
            }
            Value::String(text) => (self.string()? == *text).then_some(()),
            Value::Array(items) => {
                self.take("[")?;
                self.items(items, "]", |reader, item| reader.value(item))
            }
            Value::Object(entries) => {
                self.take("{")?;
                let mut left: Vec<&(String, Value)> = entries.iter().collect();
                // In any order: the next key says which.
                while !left.is_empty() {
                    self.blanks();
                    let key = self.key()?;
                    let at = left.iter().position(|(name, _)| *name == key)?;
                    let (_, value) = left.remove(at);
                    self.blanks();
                    self.take(":")?;
                    self.blanks();
                    self.value(value)?;
                    self.blanks();
                    if !left.is_empty() {
                        self.take(",")?;
                    }
                }
                self.end("}")
            }
            Value::Map(entries) => {
                self.counted("Map", entries.len())?;
                self.items(entries, "}", |reader, (key, value)| {
                    reader.value(key)?;
                    reader.blanks();
                    reader.take("=>")?;
                    reader.blanks();
                    reader.value(value)
                })
            }
            Value::Set(items) => {
                self.counted("Set", items.len())?;
                self.items(items, "}", |reader, item| reader.value(item))
            }
            Value::Thrown(..) => None,
        }
    }

    fn items<T>(
        &mut self,
        items: &[T],
        close: &str,
        one: impl Fn(&mut Self, &T) -> Option<()>,
    ) -> Option<()> {
        for (index, item) in items.iter().enumerate() {
            self.blanks();
            one(self, item)?;
            self.blanks();
            if index + 1 < items.len() {
                self.take(",")?;
            }
        }
        self.end(close)
    }

    /// The end of a collection, perhaps behind a comma.
    fn end(&mut self, close: &str) -> Option<()> {
        self.blanks();
        let _ = self.take(",");
        self.blanks();
        self.take(close)
    }

    fn counted(&mut self, class: &str, count: usize) -> Option<()> {
        self.take(class)?;
        self.take("(")?;
        // Digits as a machine reads them, with a sign and leading zeros.
        let (digits, rest) = self.rest.split_once(')')?;
        self.rest = rest;
        self.blanks();
        self.take("{")?;
        (digits.parse() == Ok(count)).then_some(())
    }

    fn key(&mut self) -> Option<String> {
        if self.rest.starts_with(['\'', '"']) {
            return self.string();
        }
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
        let (key, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(key.to_owned())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.take(word)?;
        (!self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')).then_some(())
    }

    /// With `_` between digits only.
    fn digits(&mut self) -> String {
        let mut digits = String::new();
        let mut rest = self.rest;
        loop {
            let after = rest.strip_prefix('_').filter(|_| !digits.is_empty()).unwrap_or(rest);
            let Some(digit) = after.chars().next().filter(char::is_ascii_digit) else { break };
            digits.push(digit);
            rest = &after[1..];
        }
        self.rest = rest;
        digits
    }

    fn number(&mut self, number: f64) -> Option<()> {
        if number.is_nan() {
            return self.word("NaN");
        }
        let negative = self.take("-").is_some();
        if !negative {
            let _ = self.take("+");
        }
        let magnitude = if self.take("Infinity").is_some() {
            f64::INFINITY
        } else {
            let mut text = self.digits();
            let mut places = 0;
            if self.rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            {
                self.take(".")?;
                let fraction = self.digits();
                places = fraction.len();
                text = format!("{text}.{fraction}");
            }
            let exponent = self.rest.strip_prefix(['e', 'E']);
            let signed = exponent.map(|rest| rest.strip_prefix(['+', '-']).unwrap_or(rest));
            if signed.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
                let minus = exponent.is_some_and(|rest| rest.starts_with('-'));
                self.rest = signed?;
                text = format!("{text}e{}{}", if minus { "-" } else { "" }, self.digits());
                places = 0;
            }
            let stated: f64 = text.parse().ok()?;
            if places >= 3 && format!("{stated:.places$}") == format!("{:.places$}", number.abs()) {
                number.abs()
            } else {
                stated
            }
        };
        if self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            return None;
        }
        let stated = if negative { -magnitude } else { magnitude };
        (stated == number && stated.is_sign_negative() == number.is_sign_negative()).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
        let mut text = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            if character == quote {
                self.rest = &self.rest[at + 1..];
                return Some(text);
            }
            if character != '\\' {
                text.push(character);
                continue;
            }
            match characters.next()?.1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                'b' => text.push('\u{8}'),
                'f' => text.push('\u{c}'),
                'v' => text.push('\u{b}'),
                '0' => text.push('\0'),
                // A code needs more than one changed character to be another writing of the same.
                'x' | 'u' => return None,
                other => text.push(other),
            }
        }
        None
    }
}
