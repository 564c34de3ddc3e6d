//! Claims with named captures. What stands at a name is found in what was seen and put in its place; whether the claim
//! then holds is the ladder's to say, so that nothing else gets looser.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use regex::Regex;

use crate::claim::capture::{Capture, Shape};
use crate::claim::literal::{self, Literal};
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::trace::{Event, ProbeResult, Thrown, Trace, Value};
use crate::judge::verdict::{self, Evidence};
use crate::judge::{Actual, Rung, Verdict};

/// What the names of an example's claims stand for.
#[derive(Clone, Debug, Default)]
pub struct Bindings(BTreeMap<String, Bound>);

/// What a name stands for.
#[derive(Clone, Debug)]
pub struct Bound {
    /// As it is printed; none where only its value is known.
    text: Option<String>,
    /// None where it was read out of a text.
    value: Option<Value>,
    /// A later claim names it, or a shape is stated: something can be false about it.
    stated: Rc<Cell<bool>>,
}

impl Bound {
    /// As a message tells it.
    pub fn told(&self) -> String {
        let literal = || self.value.as_ref().and_then(literal_text);
        self.text.clone().or_else(literal).unwrap_or_else(|| "what it stands for".into())
    }

    /// True when nothing but that it is there is stated of it.
    pub fn is_unstated(&self) -> bool {
        !self.stated.get()
    }
}

impl Bindings {
    /// Takes over what the names of an earlier example stand for.
    pub fn inherit(&mut self, earlier: &Bindings) {
        self.0.extend(earlier.0.iter().map(|(name, bound)| (name.clone(), bound.clone())));
    }

    pub fn get(&self, name: &str) -> Option<&Bound> {
        self.0.get(name)
    }
}

/// As [`verdict::judge`]; binds the names that a claim which holds is the first to use.
pub fn judge(claim: &Claim, evidence: &Evidence<'_>, bindings: &mut Bindings) -> Verdict {
    let plain = verdict::judge(claim, evidence);
    let captures = claim.captures();
    // What may be a remark names nothing.
    let is_claim = claim.strength > Strength::Weak;
    if captures.is_empty() || !is_claim || !matches!(plain, Verdict::Broken { .. }) {
        return plain;
    }
    for found in candidates(claim, evidence, &captures, &bindings.0) {
        if !captures.iter().all(|it| has_shape(it.shape, &found[&it.name])) {
            continue;
        }
        for stated in filled(&claim.stated, &captures, &found) {
            let claim = Claim { stated, ..claim.clone() };
            if let Verdict::Held { rung, actual } = verdict::judge(&claim, evidence) {
                let rung = rung.max(Rung::Ellipsis);
                if rung > evidence.loosest {
                    return Verdict::Broken { actual: Actual { refused: Some(rung), ..actual } };
                }
                commit(&captures, found, bindings);
                return Verdict::Held { rung, actual };
            }
        }
    }
    plain
}

fn commit(captures: &[Capture], found: BTreeMap<String, Bound>, bindings: &mut Bindings) {
    for (name, bound) in found {
        let mut uses = captures.iter().filter(|capture| capture.name == name);
        let known = bindings.0.contains_key(&name);
        let again = known || uses.clone().count() > 1;
        if again || uses.any(|capture| capture.shape.is_some()) {
            bound.stated.set(true);
        }
        bindings.0.entry(name).or_insert(bound);
    }
}

/// What the names may stand for: what they are known to stand for, and for the others what is seen in their places.
fn candidates(
    claim: &Claim,
    evidence: &Evidence<'_>,
    captures: &[Capture],
    known: &BTreeMap<String, Bound>,
) -> Vec<BTreeMap<String, Bound>> {
    let of_claim = |found: BTreeMap<String, Bound>| {
        let mut all: BTreeMap<String, Bound> = BTreeMap::new();
        for Capture { name, .. } in captures {
            all.insert(name.clone(), known.get(name).or_else(|| found.get(name))?.clone());
        }
        Some(all)
    };
    let mut all = Vec::new();
    for (text, values) in seen(claim, evidence) {
        let here = in_values(&claim.stated, captures, &text, &values);
        let other_kind = |(name, bound): (&String, &Bound)| {
            known.get(name).is_some_and(|known| !known.may_be_of_the_kind_of(bound))
        };
        // A string must not pass for the number that it spells.
        if here.iter().flatten().any(other_kind) {
            continue;
        }
        all.extend(here.and_then(of_claim));
        all.extend(in_text(&claim.stated, captures, &text).and_then(of_claim));
        if captures.iter().all(|capture| known.contains_key(&capture.name)) {
            all.extend(of_claim(BTreeMap::new()));
        }
    }
    all
}

/// Everything that the claim may speak of, as text and as values.
fn seen(claim: &Claim, evidence: &Evidence<'_>) -> Vec<(String, Vec<Value>)> {
    let trace = evidence.trace;
    match claim.target {
        Target::Statement(id) => of_statement(trace, id, claim.part),
        Target::Program if claim.kind == ClaimKind::Throws => {
            verdict::first_thrown(trace).map(headline).into_iter().collect()
        }
        Target::Program if claim.kind == ClaimKind::Exports => {
            let exports = trace.exports.iter();
            exports.map(|exports| (exports.text.clone(), vec![verdict::as_plain_object(exports)])).collect()
        }
        Target::Program => [evidence.stdout, evidence.printed]
            .map(|text| (text.trim_end().to_owned(), Vec::new()))
            .into_iter()
            .collect(),
        Target::Probe { index, .. } => match trace.probes.get(index) {
            Some(ProbeResult::Value { snapshot }) => {
                vec![(snapshot.text.clone(), vec![snapshot.value.clone()])]
            }
            _ => Vec::new(),
        },
        Target::ExportsOrProperty | Target::Refused(_) | Target::Nothing(_) => Vec::new(),
    }
}

/// So many of a statement's runs are looked at: a name has one value, which the first tells.
const RUNS: usize = 16;

fn of_statement(trace: &Trace, id: usize, (index, count): (usize, usize)) -> Vec<(String, Vec<Value>)> {
    let (mut values, mut prints, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for event in &trace.events {
        match event {
            Event::Value { statement, snapshot } if *statement == id => {
                values.push((snapshot.text.clone(), vec![snapshot.value.clone()]));
            }
            Event::Threw { statement, error, .. } if *statement == id => errors.push(headline(error)),
            Event::Print { text, values, statements, .. } if statements.contains(&id) => {
                prints.push((text.trim_end().to_owned(), values.clone().unwrap_or_default()));
            }
            _ => {}
        }
    }
    let all = prints.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n");
    let line = all.lines().nth(index).filter(|_| count > 1).map(str::to_owned);
    let several = (prints.len() > 1).then(|| all.clone());
    let pick = |list: Vec<(String, Vec<Value>)>| {
        list.into_iter().enumerate().filter(move |(at, _)| *at < RUNS || *at == index).map(|(_, it)| it)
    };
    let texts = line.into_iter().chain(several).map(|text| (text, Vec::new()));
    pick(values).chain(pick(prints)).chain(pick(errors)).chain(texts).collect()
}

fn headline(thrown: &Thrown) -> (String, Vec<Value>) {
    (thrown.headline(), Vec::new())
}

/// The names' places in a text that otherwise reads as stated.
fn in_text(stated: &str, captures: &[Capture], text: &str) -> Option<BTreeMap<String, Bound>> {
    let whole = captures.len() == 1 && captures[0].range == (0..stated.len());
    let in_literal = !whole && marked(stated, captures).is_some_and(|text| literal::parse(&text).is_some());
    let mut pattern = "^".to_owned();
    let mut at = 0;
    for capture in captures {
        pattern.push_str(&loosely(&stated[at..capture.range.start]));
        pattern.push_str("(.+?)");
        at = capture.range.end;
    }
    pattern.push_str(&loosely(&stated[at..]));
    pattern.push('$');
    let found = Regex::new(&pattern).ok()?;
    let found = found.captures(text.trim())?;
    let mut bound = BTreeMap::new();
    for (capture, place) in captures.iter().zip(found.iter().skip(1)) {
        let text = place?.as_str().to_owned();
        // It must be there, and be all of what is there.
        if ["undefined", "''", "\"\""].contains(&text.as_str()) || (in_literal && !is_one_value(&text)) {
            return None;
        }
        bound.entry(capture.name.clone()).or_insert_with(|| Bound::new(Some(text), None));
    }
    Some(bound)
}

/// A piece of a printed list or object that is one value of it: no comma divides it, and no bracket is left open.
fn is_one_value(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut escaped = false;
    for character in text.chars() {
        match (quote, character) {
            (Some(open), _) if open == character && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(character),
            (None, '[' | '{' | '(') => depth += 1,
            (None, ']' | '}' | ')') => depth -= 1,
            (None, ',') if depth == 0 => return false,
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && quote.is_none()
}

/// A text as a pattern in which runs of blanks are free; the ladder has the last word on them.
fn loosely(text: &str) -> String {
    let mut pattern = String::new();
    let mut blank = false;
    for character in text.chars() {
        if character.is_whitespace() {
            if !std::mem::replace(&mut blank, true) {
                pattern.push_str(r"\s+");
            }
            continue;
        }
        blank = false;
        pattern.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
    }
    pattern
}

/// Stands around a capture's number where a literal is read.
const MARK: char = '\u{e000}';

/// The stated text with a string for each capture, so that it can be read as a literal.
fn marked(stated: &str, captures: &[Capture]) -> Option<String> {
    replaced(stated, captures, |index, quoted| {
        let mark = format!("{MARK}{index}{MARK}");
        Some(if quoted { mark } else { format!("'{mark}'") })
    })
}

/// The names' places in values that are stated as literals.
fn in_values(
    stated: &str,
    captures: &[Capture],
    text: &str,
    values: &[Value],
) -> Option<BTreeMap<String, Bound>> {
    let marked = marked(stated, captures)?;
    let mut found = BTreeMap::new();
    match values {
        [] => return None,
        [only] => places(&literal::parse(&marked)?, only, captures, &mut found),
        several => {
            let literals = literal::parse_list(&marked).or_else(|| literal::parse_row(&marked))?;
            literals.iter().zip(several).for_each(|(it, value)| places(it, value, captures, &mut found));
        }
    }
    if let ([Capture { range, name, .. }], [value]) = (captures, values)
        && *range == (0..stated.len())
        && !matches!(value, Value::String { .. })
        && let Some(bound) = found.get_mut(name)
    {
        // The whole of it is told by its text, whatever it is.
        bound.text = Some(text.to_owned());
    }
    Some(found)
}

fn places(literal: &Literal, value: &Value, captures: &[Capture], found: &mut BTreeMap<String, Bound>) {
    match (literal, value) {
        (Literal::Dialect(inner), value) => places(inner, value, captures, found),
        (Literal::String(text), value) => {
            let whole = text.strip_prefix(MARK).and_then(|text| text.strip_suffix(MARK));
            match (whole.and_then(|number| number.parse::<usize>().ok()), value) {
                (Some(_), Value::Undefined | Value::Hole | Value::Cut | Value::Getter) => {}
                (Some(_), Value::String { v }) if v.is_empty() => {}
                (Some(index), value) => {
                    let bound = Bound::new(text_of(value), Some(value.clone()));
                    found.entry(captures[index].name.clone()).or_insert(bound);
                }
                (None, Value::String { v }) if text.contains(MARK) => in_string(text, v, captures, found),
                _ => {}
            }
        }
        (Literal::Array { items, .. }, Value::Array { items: values, .. })
        | (Literal::Set(items), Value::Set { items: values }) => {
            let told = items.iter().take_while(|item| !matches!(item, Literal::Rest));
            told.zip(values).for_each(|(item, value)| places(item, value, captures, found));
        }
        (Literal::Object { entries, .. }, Value::Object { entries: values, .. }) => {
            for (key, literal) in entries {
                if let Some((_, value)) = values.iter().find(|(name, _)| name == key) {
                    places(literal, value, captures, found);
                }
            }
        }
        (Literal::Map(entries), Value::Map { entries: values }) => {
            for ((key, literal), (name, value)) in entries.iter().zip(values) {
                places(key, name, captures, found);
                places(literal, value, captures, found);
            }
        }
        (Literal::Promise { value: Some(literal), .. }, Value::Promise { value: Some(value), .. }) => {
            places(literal, value, captures, found);
        }
        _ => {}
    }
}

/// `'Order <id>'`: a part of a string.
fn in_string(text: &str, value: &str, captures: &[Capture], found: &mut BTreeMap<String, Bound>) {
    let mut stated = String::new();
    let mut inner = Vec::new();
    for (at, piece) in text.split(MARK).enumerate() {
        match piece.parse::<usize>() {
            Ok(index) if at % 2 == 1 => {
                let start = stated.len();
                stated.push_str("<>");
                inner.push(Capture { range: start..stated.len(), ..captures[index].clone() });
            }
            _ => stated.push_str(piece),
        }
    }
    for (name, bound) in in_text(&stated, &inner, value).into_iter().flatten() {
        found.entry(name).or_insert(bound);
    }
}

impl Bound {
    fn new(text: Option<String>, value: Option<Value>) -> Bound {
        Bound { text, value, stated: Rc::default() }
    }

    fn may_be_of_the_kind_of(&self, other: &Bound) -> bool {
        match (&self.value, &other.value) {
            (Some(one), Some(other)) => std::mem::discriminant(one) == std::mem::discriminant(other),
            _ => true,
        }
    }
}

/// The stated text with what the names stand for: as a literal, and where it is none, as a text.
fn filled(stated: &str, captures: &[Capture], found: &BTreeMap<String, Bound>) -> Vec<String> {
    let bound = |index: usize| &found[&captures[index].name];
    let as_literal = replaced(stated, captures, |index, quoted| {
        let Bound { text, value, .. } = bound(index);
        if quoted { text.clone() } else { value.as_ref().and_then(literal_text).or_else(|| text.clone()) }
    });
    let as_text = replaced(stated, captures, |index, _| bound(index).text.clone());
    let as_string = replaced(stated, captures, |index, quoted| {
        let Bound { text, value, .. } = bound(index);
        let text = text.as_ref()?;
        // Of what was read out of a text nobody knows whether it was a string.
        (value.is_none() && !quoted).then(|| literal::quote(text, '\'')).or_else(|| Some(text.clone()))
    });
    as_literal.into_iter().chain(as_text).chain(as_string).collect()
}

/// The text with something else for each capture; told is also whether it stands between quotes.
fn replaced(
    stated: &str,
    captures: &[Capture],
    by: impl Fn(usize, bool) -> Option<String>,
) -> Option<String> {
    let mut out = String::new();
    let mut at = 0;
    let mut quote = None;
    for (index, capture) in captures.iter().enumerate() {
        let between = &stated[at..capture.range.start];
        for character in between.chars() {
            match quote {
                None if matches!(character, '\'' | '"' | '`') => quote = Some(character),
                Some(open) if open == character => quote = None,
                _ => {}
            }
        }
        out.push_str(between);
        out.push_str(&by(index, quote.is_some())?);
        at = capture.range.end;
    }
    out.push_str(&stated[at..]);
    Some(out)
}

/// As it is printed by itself or inside a text.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String { v } if v.is_empty() => None,
        Value::String { v } | Value::Number { v } | Value::Symbol { v } => Some(v.clone()),
        Value::BigInt { v } => Some(format!("{v}n")),
        Value::Boolean { v } => Some(v.to_string()),
        Value::Null => Some("null".into()),
        _ => None,
    }
}

/// A literal of the value; none for what has none.
fn literal_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::String { v } => literal::quote(v, '\''),
        Value::Array { class, items, extras: false } if class == "Array" => {
            let items: Option<Vec<String>> = items.iter().map(literal_text).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Object { class, entries } if class.as_deref() == Some("Object") => {
            let entries: Option<Vec<String>> = entries
                .iter()
                .map(|(key, value)| Some(format!("{}: {}", literal::quote(key, '\''), literal_text(value)?)))
                .collect();
            format!("{{{}}}", entries?.join(", "))
        }
        scalar => text_of(scalar)?,
    })
}

fn has_shape(shape: Option<Shape>, bound: &Bound) -> bool {
    let text = |pattern: &str| {
        let text = bound.text.as_deref().unwrap_or_default();
        Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
    };
    match (shape, &bound.value) {
        (None, _) | (Some(Shape::Number), Some(Value::Number { .. })) => true,
        (Some(Shape::String), Some(value)) => matches!(value, Value::String { .. }),
        (Some(Shape::String), None) => {
            let literal = bound.text.as_deref().and_then(literal::parse);
            matches!(literal, None | Some(Literal::String(_)))
        }
        (Some(Shape::Number), Some(_)) => false,
        (Some(Shape::Number), None) => text(r"^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$"),
        (Some(Shape::Date), Some(Value::Date { v })) => v.is_some(),
        (Some(Shape::Date), _) => text(r"^['\x22]?\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?['\x22]?$"),
        (Some(Shape::Uuid), _) => text(r"(?i)^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$"),
    }
}
