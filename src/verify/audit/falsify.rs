//! The ways in which a claim that holds can be made false: another value, another error, another message, other words.
//!
//! Each is a text that an author could have written there, and states something else: what the rules leave free (blanks,
//! quotes, an explanation behind the value) is never what is changed alone.

use std::ops::Range;

use crate::claim::{Claim, ClaimKind, Target, literal};
use crate::judge::{Rung, ladder};
use crate::verify::audit::tokens::{Group, Kind, Token, groups, tokens};

/// A change of a stated text.
#[derive(Clone, Debug, PartialEq)]
pub struct Falsification {
    /// What is changed, in words.
    pub what: &'static str,
    /// Replacements in the stated text, in order; none crosses a line.
    pub edits: Vec<Edit>,
}

/// The bytes of the stated text that are replaced, and by what.
pub type Edit = (Range<usize>, String);

impl Falsification {
    /// The stated text with the change in it.
    pub fn apply(&self, stated: &str) -> String {
        applied(stated, &self.edits)
    }
}

/// All changes that are tried on a claim that held on this rung; `actual` is what the run gave. None when nothing that
/// the claim states could ever be false: why.
pub fn falsifications(claim: &Claim, rung: Rung, actual: &str) -> Result<Vec<Falsification>, &'static str> {
    let exported = claim.target == Target::ExportsOrProperty;
    let thrown = claim.kind == ClaimKind::Throws;
    let mut changes = Changes { stated: &claim.stated, actual, exported, thrown, made: Vec::new() };
    if let Target::Probe { equals: None, .. } = claim.target {
        if !speaks_of_something(&claim.stated) {
            return Err("the expression names nothing of the example, so no run can make it false");
        }
        changes.expression();
    } else if !((thrown || rung == Rung::Error) && changes.error()) {
        changes.values(rung);
        if ladder::TOLD_IN_WORDS.contains(&claim.stated.trim_end_matches('.')) {
            changes.made.clear();
            changes.add("a text instead of none", vec![(0..claim.stated.len(), "'zzz'".into())]);
        }
        if claim.stated.is_empty() {
            changes.add("something instead of nothing", vec![(0..0, " zzz".into())]);
        }
        if claim.kind == ClaimKind::Output && claim.target == Target::Program {
            changes.missing_lines();
        }
    }
    let free = free_parts(claim, rung);
    let is_free = |edit: &Edit| free.iter().any(|part| part.start <= edit.0.start && edit.0.end <= part.end);
    let mut made: Vec<Falsification> = Vec::new();
    for change in changes.made {
        if !change.edits.iter().all(is_free) && !made.iter().any(|other| other.edits == change.edits) {
            made.push(change);
        }
    }
    if made.is_empty() { Err("there is nothing in it that could be stated otherwise") } else { Ok(made) }
}

/// What may be said in other words: explanations behind the lines of a text, and the frames of an error's stack.
fn free_parts(claim: &Claim, rung: Rung) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines = claim.stated.split('\n').enumerate().filter_map(|(index, line)| {
        let start = at;
        at += line.len() + 1;
        let told = line.trim();
        let is_frame = index > 0 && (told.starts_with("at ") || told == "...");
        let from = match rung {
            Rung::Error if is_frame => Some(0),
            Rung::Tail => ladder::explanation(line),
            _ => None,
        };
        from.map(|from| start + from..start + line.len())
    });
    // A name may be another one.
    let names = claim.captures().into_iter().map(|capture| capture.range);
    lines.chain(names).collect()
}

/// The changes of one claim, while they are collected.
struct Changes<'a> {
    stated: &'a str,
    actual: &'a str,
    /// Any of several values makes the claim true.
    exported: bool,
    /// Behind `throws` a list would be no claim.
    thrown: bool,
    made: Vec<Falsification>,
}

/// So many values of one claim are changed: the first ones and the last ones.
const FIRST: usize = 8;
const LAST: usize = 4;
/// So many words of a line of text are changed.
const WORDS: usize = 12;
const ERROR_MESSAGE: &str = "the error's message";
/// What no author's value holds.
const NEW_ITEMS: [&str; 3] = ["zzz: 1", "'zzz' => 1", "'zzz'"];

impl Changes<'_> {
    fn add(&mut self, what: &'static str, edits: Vec<Edit>) {
        let changed = applied(self.stated, &edits);
        // Another value that is exported too would be true.
        if !(self.exported && self.actual.contains(changed.trim_matches(['\'', '"', '`']))) {
            self.made.push(Falsification { what, edits });
        }
    }

    /// A sentence's expression: the value that it is compared with, and the whole turned round.
    fn expression(&mut self) {
        let body = self.stated;
        let sides = body.split_once(" === ").or_else(|| body.split_once(" == "));
        if let Some((left, right)) = sides
            && !["||", "&&", "?", ",", "=="].iter().any(|operator| left.contains(operator))
            && literal::parse(right).is_some()
        {
            let part = body.len() - right.len()..body.len();
            for token in tokens(right).iter().filter(|token| token.kind.is_value()) {
                if let Some((what, edit)) = self.other(token, part.start) {
                    self.add(what, vec![edit]);
                }
            }
        }
        self.add("the opposite", vec![(0..0, "!(".into()), (body.len()..body.len(), ")".into())]);
    }

    /// The error's name, its code, the words of its message. False when it is stated as a value.
    fn error(&mut self) -> bool {
        let stated = self.stated;
        let mut at = stated.len() - stated.trim_start().len();
        for prefix in ["an ", "a ", "Uncaught ", "uncaught ", "`", "["] {
            at += if stated[at..].starts_with(prefix) { prefix.len() } else { 0 };
        }
        let end = stated.trim_end().trim_end_matches(['`', ']']).len().max(at);
        let rest = &stated[at..end];
        let thrown = name(self.actual);
        let word = name(rest);
        let other = ["RangeError", "TypeError", "URIError"]
            .into_iter()
            .find(|other| *other != thrown && *other != word);
        let other = other.unwrap_or("EvalError").to_owned();
        if matches!(rest.trim_end_matches('.'), "" | "error" | "exception" | "Error" | "Error!") {
            let space = if rest.is_empty() { " " } else { "" };
            self.add("the error's name", vec![(at..end, format!("{space}{other}"))]);
            return true;
        }
        if word.starts_with("ERR_") {
            self.code(at..at + word.len());
            return true;
        }
        if word.is_empty() || !(word == thrown || word.ends_with("Error") || word.ends_with("Exception")) {
            return false;
        }
        self.add("the error's name", vec![(at..at + word.len(), other)]);
        let mut after = at + word.len();
        if let Some((code, _)) = stated[after..end].strip_prefix(" [").and_then(|rest| rest.split_once(']')) {
            self.code(after + 2..after + 2 + code.len());
            after += 3 + code.len();
        }
        if stated[after..end].starts_with(':') {
            if word != "Error" && thrown != "Error" {
                self.add("the error's name", vec![(at..at + word.len(), "Error".into())]);
            }
            self.words(after + 1..end, ERROR_MESSAGE);
        } else if after == end {
            self.add(ERROR_MESSAGE, vec![(end..end, ": it is another one".into())]);
        }
        true
    }

    fn code(&mut self, code: Range<usize>) {
        let other = if self.stated[code.clone()].ends_with('X') { "Y" } else { "X" };
        self.add("the error's code", vec![(code.end - 1..code.end, other.into())]);
    }

    /// Values where there are some, words elsewhere; explanations left alone.
    fn values(&mut self, rung: Rung) {
        if let Some((one, other)) = self.stated.split_once(" or ")
            && literal::parse(one).is_some()
            && literal::parse(other).is_some()
        {
            // Either would do, so both are changed.
            let start = self.stated.len() - other.len();
            let (one, other) = (self.literal(0..one.len()), self.literal(start..self.stated.len()));
            for ((what, mut edits), (_, more)) in one.into_iter().zip(other) {
                edits.extend(more);
                self.add(what, edits);
            }
            return;
        }
        for part in value_parts(self.stated, rung, self.actual) {
            if is_structured(&self.stated[part.clone()]) {
                for (what, edits) in self.literal(part.clone()) {
                    self.add(what, edits);
                }
                self.another_type(part, rung);
            } else {
                self.words(part, "a word");
            }
        }
    }

    /// `[5]` for `5`, `[]` for `{}`, `10` for `10n`, and a string for what inside a list or an object is none.
    fn another_type(&mut self, part: Range<usize>, rung: Rung) {
        let text = &self.stated[part.clone()];
        let tokens = tokens(text);
        let place = |token: &Token| part.start + token.range.start..part.start + token.range.end;
        if !self.thrown && rung <= Rung::Value && literal::parse(text).is_some() && !text.contains('\n') {
            let end = part.start + text.trim_end_matches([' ', ';']).len();
            let (start, end) = (part.start..part.start, end..end);
            self.add("a list for its item", vec![(start, "[".into()), (end, "]".into())]);
        }
        if let Some((_, new)) = [("{}", "[]"), ("[]", "{}")].iter().find(|(old, _)| text == *old) {
            self.add("another kind of value", vec![(part.clone(), (*new).to_owned())]);
        }
        let mut depth = 0;
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            let written = &text[token.range.clone()];
            let signed = at > 0 && ["-", "+", "~", "≈"].contains(&&text[tokens[at - 1].range.clone()]);
            let is_key = tokens.get(at + 1).is_some_and(|next| text[next.range.clone()] == *":");
            let constant = matches!(written, "true" | "false" | "null" | "undefined");
            if depth > 0 && !signed && !is_key && (token.kind == Kind::Number || constant) {
                let range = place(token);
                let quotes = vec![(range.start..range.start, "'".into()), (range.end..range.end, "'".into())];
                if still_structured(text, &applied(text, &moved(&quotes, part.start))) {
                    self.add("a string for another value", quotes);
                    break;
                }
            }
        }
        if let Some(number) = tokens.iter().find(|token| token.kind == Kind::Number)
            && text[number.range.clone()].ends_with('n')
        {
            let end = place(number).end;
            self.add("a number for a bigint", vec![(end - 1..end, String::new())]);
        }
    }

    /// Changes of a text that parses as values, and still does afterwards.
    fn literal(&self, part: Range<usize>) -> Vec<(&'static str, Vec<Edit>)> {
        let text = &self.stated[part.clone()];
        let tokens = tokens(text);
        let mut made: Vec<(&'static str, Vec<Edit>)> = Vec::new();
        let still = |edits: &[Edit]| still_structured(text, &applied(text, &moved(edits, part.start)));
        let changeable: Vec<(usize, &'static str, Edit)> = tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| token.kind != Kind::Count && self.is_changeable(text, &tokens, *at))
            .filter_map(|(at, token)| self.other(token, part.start).map(|(what, edit)| (at, what, edit)))
            .filter(|(_, _, edit)| still(std::slice::from_ref(edit)))
            .collect();
        let mut line = None;
        for (index, (at, what, edit)) in changeable.iter().enumerate() {
            let here = text[..tokens[*at].range.start].matches('\n').count();
            let first_of_line = line.replace(here) != Some(here);
            if index < FIRST || index + LAST >= changeable.len() || first_of_line {
                made.push((what, vec![edit.clone()]));
            }
        }
        let more = [
            self.sign(&tokens, &part),
            self.last_digit(&tokens, &part),
            self.rounded(&tokens, &part),
            self.times_ten(&tokens, &part),
            self.first_letter(&tokens, &part),
            self.case(&tokens, &part),
        ];
        made.extend(more.into_iter().flatten().filter(|(_, edits)| still(edits)));
        let groups = groups(&tokens);
        let outer = groups.iter().min_by_key(|group| group.open);
        let inner = groups.iter().max_by_key(|group| group.open);
        let both = outer.into_iter().chain(inner.filter(|inner| outer.is_some_and(|o| o.open != inner.open)));
        for group in both {
            made.extend(self.dropped(&tokens, group, &part).filter(|(_, edits)| still(edits)));
            let added = NEW_ITEMS.iter().map(|item| self.added(&tokens, group, &part, item));
            made.extend({ added }.find(|(_, edits)| still(edits)));
            made.extend(self.miscounted(&tokens, group, &part));
        }
        made
    }

    fn is_changeable(&self, text: &str, tokens: &[Token], at: usize) -> bool {
        // Where several parts of a list are left out, what stands between may be found elsewhere: `other` sees to that.
        let token = &tokens[at];
        match token.kind {
            Kind::Word => {
                let word = &text[token.range.clone()];
                !["Map", "Set", "Promise", "Array", "Object", "Function", "class", "extends", "etc"]
                    .contains(&word)
            }
            kind => kind.is_value(),
        }
    }

    /// Another value, key or name in a token's place. `start`: where the tokens' text begins in the stated one.
    fn other(&self, token: &Token, start: usize) -> Option<(&'static str, Edit)> {
        let range = start + token.range.start..start + token.range.end;
        let text = &self.stated[range.clone()];
        let whole = |new: &str| (range.clone(), new.to_owned());
        match token.kind {
            Kind::Number => {
                let hex = text.starts_with("0x") || text.starts_with("0X");
                let digit = if hex {
                    text.rfind(|c: char| c.is_ascii_hexdigit())?
                } else {
                    text.find(|c: char| c.is_ascii_digit())?
                };
                let at = range.start + digit;
                let new = self.other_digit(&range, at)?;
                Some(("a digit", (at..at + 1, new)))
            }
            Kind::Word => match text {
                "true" => Some(("a boolean", whole("false"))),
                "false" => Some(("a boolean", whole("true"))),
                "null" => Some(("null", whole("undefined"))),
                "undefined" => Some(("undefined", whole("null"))),
                "NaN" | "Infinity" => Some(("a number", whole("7"))),
                // Its description is empty: `Symbol()`.
                "Symbol" => self.stated[range.end..]
                    .starts_with("()")
                    .then(|| ("a symbol", (range.end + 1..range.end + 1, "x".into()))),
                _ => self.other_letter(&range, text.char_indices().next_back()?).map(|edit| ("a name", edit)),
            },
            Kind::Key => {
                let last = text.char_indices().rfind(|(_, c)| c.is_alphanumeric())?;
                self.other_letter(&range, last).map(|edit| ("a key", edit))
            }
            Kind::Text => {
                let Some(last) = plain_letters(text).last() else {
                    // An empty one, or one of signs alone.
                    let end = range.end - 1;
                    return Some(("a string", (end..end, "x".into())));
                };
                self.other_letter(&range, last).map(|edit| ("a string", edit))
            }
            Kind::Pattern => {
                let Some(last) = plain_letters(text).last() else {
                    return Some(("a pattern", (range.start + 1..range.start + 1, "x".into())));
                };
                self.other_letter(&range, last).map(|edit| ("a pattern", edit))
            }
            _ => None,
        }
    }

    /// Another digit at a place of the number `whole`, far from it, so that no rounding hides it.
    fn other_digit(&self, whole: &Range<usize>, at: usize) -> Option<String> {
        let old = self.stated[at..].chars().next()?.to_digit(16)?;
        let far = if old < 5 { old + 5 } else { old.min(9) - 4 };
        let near = (1..10_u32).filter(|digit| digit.abs_diff(old) >= 3);
        let candidates = std::iter::once(far).chain(near).map(|digit| digit.to_string());
        self.unseen(whole, at..at + 1, candidates)
    }

    fn other_letter(&self, whole: &Range<usize>, (at, old): (usize, char)) -> Option<Edit> {
        let candidates: &[&str] = match old {
            '0'..='9' => &["9", "7", "4", "1"],
            _ if old.is_uppercase() => &["X", "Q", "Z", "K"],
            _ => &["x", "q", "z", "k"],
        };
        let place = whole.start + at..whole.start + at + old.len_utf8();
        let candidates = candidates.iter().filter(|new| !new.starts_with(old)).map(|new| (*new).to_owned());
        let new = self.unseen(whole, place.clone(), candidates)?;
        Some((place, new))
    }

    /// The first replacement that makes of `whole` something that the run did not give anywhere: where the claim leaves
    /// parts out, it might stand for another one. If all are there, the first.
    fn unseen(
        &self,
        whole: &Range<usize>,
        place: Range<usize>,
        candidates: impl Iterator<Item = String>,
    ) -> Option<String> {
        let candidates: Vec<String> = candidates.collect();
        let changed = |new: &String| {
            let (before, after) =
                (&self.stated[whole.start..place.start], &self.stated[place.end..whole.end]);
            format!("{before}{new}{after}")
        };
        let unseen = candidates.iter().find(|new| {
            let changed = changed(new);
            !self.actual.contains(changed.trim_matches(['\'', '"', '`']))
        });
        unseen.or(candidates.first()).cloned()
    }

    /// `-5` for `5`, and the other way round.
    fn sign(&self, tokens: &[Token], part: &Range<usize>) -> Option<(&'static str, Vec<Edit>)> {
        let number = tokens.iter().find(|token| token.kind == Kind::Number)?;
        let at = part.start + number.range.start;
        let edit = match self.stated[part.start..at].chars().next_back() {
            Some('-') => (at - 1..at, String::new()),
            Some('+' | '~' | '≈' | '*') => return None,
            _ => (at..at, "-".to_owned()),
        };
        // Minus nothing is nothing where it is printed as text.
        let zero =
            !self.stated[at..part.start + number.range.end].contains(|c: char| ('1'..='9').contains(&c));
        (!zero).then_some(("a sign", vec![edit]))
    }

    /// The last digit of a number that is written out.
    fn last_digit(&self, tokens: &[Token], part: &Range<usize>) -> Option<(&'static str, Vec<Edit>)> {
        let (range, text) = self.written_out(tokens, part)?;
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
        if !plain || !(2..=15).contains(&digits) {
            return None;
        }
        let new = if text.ends_with('9') { "8".to_owned() } else { next_digit(text)? };
        Some(("the last digit", vec![(range.end - 1..range.end, new)]))
    }

    /// Rounded to one place behind the point: too few to be taken for a rounded number.
    fn rounded(&self, tokens: &[Token], part: &Range<usize>) -> Option<(&'static str, Vec<Edit>)> {
        let (range, text) = self.written_out(tokens, part)?;
        let (_, fraction) = text.split_once('.')?;
        let told = fraction.get(1..)?;
        let loses =
            told.contains(|c| ('1'..='9').contains(&c)) && fraction.chars().all(|c| c.is_ascii_digit());
        loses.then(|| ("a rounded number", vec![(range.end - told.len()..range.end, String::new())]))
    }

    /// A zero at a whole number's end.
    fn times_ten(&self, tokens: &[Token], part: &Range<usize>) -> Option<(&'static str, Vec<Edit>)> {
        let (range, text) = self.written_out(tokens, part)?;
        let whole = text.chars().all(|c| c.is_ascii_digit()) && text.contains(|c| ('1'..='9').contains(&c));
        whole.then(|| ("a digit more", vec![(range.end..range.end, "0".into())]))
    }

    /// The first number, unless it is approximate or its digits go on.
    fn written_out(&self, tokens: &[Token], part: &Range<usize>) -> Option<(Range<usize>, &str)> {
        let (at, number) = tokens.iter().enumerate().find(|(_, token)| token.kind == Kind::Number)?;
        let range = part.start + number.range.start..part.start + number.range.end;
        let approximate = self.stated[..range.start].trim_end().ends_with(['~', '≈']);
        let goes_on = tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Rest);
        let text = &self.stated[range.clone()];
        (!approximate && !goes_on).then_some((range, text))
    }

    /// The first letter of the first string that has several.
    fn first_letter(&self, tokens: &[Token], part: &Range<usize>) -> Option<(&'static str, Vec<Edit>)> {
        tokens.iter().filter(|token| token.kind == Kind::Text).find_map(|token| {
            let range = part.start + token.range.start..part.start + token.range.end;
            let mut letters = plain_letters(&self.stated[range.clone()]);
            let (first, _) = (letters.next()?, letters.next()?);
            Some(("a string", vec![self.other_letter(&range, first)?]))
        })
    }

    /// The first string's first letter in the other case.
    fn case(&self, tokens: &[Token], part: &Range<usize>) -> Option<(&'static str, Vec<Edit>)> {
        let token = tokens.iter().find(|token| token.kind == Kind::Text)?;
        let start = part.start + token.range.start;
        let text = &self.stated[start..part.start + token.range.end];
        let (at, edit) = plain_letters(text).find_map(|(at, c)| Some((at, (c, other_case(c)?))))?;
        Some(("a string's case", vec![(start + at..start + at + edit.0.len_utf8(), edit.1.to_string())]))
    }

    /// The last item, entry or value of a collection left out.
    fn dropped(
        &self,
        tokens: &[Token],
        group: &Group,
        part: &Range<usize>,
    ) -> impl Iterator<Item = (&'static str, Vec<Edit>)> + use<> {
        let item = if group.rest { None } else { group.items.last() };
        let edits = item.map(|item| {
            let from = match group.items.len() {
                0 | 1 => tokens[group.open].range.end,
                several => tokens[group.items[several - 2].end - 1].range.end,
            };
            let mut edits = self.recounted(tokens, group, part, -1);
            edits
                .extend(deleted(self.stated, part.start + from..part.start + tokens[item.end - 1].range.end));
            ("an item left out", edits)
        });
        edits.into_iter()
    }

    /// An item more.
    fn added(
        &self,
        tokens: &[Token],
        group: &Group,
        part: &Range<usize>,
        item: &str,
    ) -> (&'static str, Vec<Edit>) {
        let last = &tokens[group.close - 1];
        let separator = match last.kind {
            _ if group.close == group.open + 1 => "",
            Kind::Comma => " ",
            _ => ", ",
        };
        let at = part.start + last.range.end;
        let mut edits = self.recounted(tokens, group, part, 1);
        edits.push((at..at, format!("{separator}{item}")));
        ("an item more", edits)
    }

    /// `Map(3) { … }` for `Map(2) { … }`.
    fn miscounted(
        &self,
        tokens: &[Token],
        group: &Group,
        part: &Range<usize>,
    ) -> Option<(&'static str, Vec<Edit>)> {
        let edits = if group.rest { Vec::new() } else { self.recounted(tokens, group, part, 1) };
        (!edits.is_empty()).then_some(("a count", edits))
    }

    /// The count that stands before the collection, changed by `by`.
    fn recounted(&self, tokens: &[Token], group: &Group, part: &Range<usize>, by: i64) -> Vec<Edit> {
        let count =
            group.count.map(|at| part.start + tokens[at].range.start..part.start + tokens[at].range.end);
        let edit = count.and_then(|range| {
            let count: i64 = self.stated[range.clone()].parse().ok()?;
            Some((range, (count + by).to_string()))
        });
        edit.into_iter().collect()
    }

    /// Words and digits of a text, line by line.
    fn words(&mut self, part: Range<usize>, what: &'static str) {
        let stated = self.stated;
        let several = stated[part.clone()].trim().contains('\n');
        let mut start = part.start;
        for line in stated[part].split_inclusive('\n') {
            let range = start..start + line.trim_end().len();
            start += line.len();
            self.words_of_line(range, what, several);
        }
    }

    fn words_of_line(&mut self, line: Range<usize>, what: &'static str, several: bool) {
        let text = &self.stated[line.clone()];
        let words: Vec<Range<usize>> = runs(text, char::is_alphanumeric)
            .map(|word| line.start + word.start..line.start + word.end)
            .collect();
        let Some((first, last)) = words.first().zip(words.last()) else {
            let left_out = text.trim().trim_matches(['.', '…']).is_empty();
            if !left_out {
                self.add(what, vec![(line.end..line.end, "x".into())]);
            }
            return;
        };
        let all: Vec<&Range<usize>> = words.iter().take(WORDS).chain([last]).collect();
        for word in if several { vec![first, last] } else { all } {
            let Some(last) = self.stated[word.clone()].char_indices().next_back() else { continue };
            if let Some(edit) = self.other_letter(word, last) {
                self.add(what, vec![edit]);
            }
        }
        if several {
            return;
        }
        let complete = !text.contains('…') && !text.contains("...");
        if complete && words.len() > 1 {
            self.add("a word left out", vec![(first.start..words[1].start, String::new())]);
            self.add("a word more", vec![(line.end..line.end, " zzz".into())]);
            if what != ERROR_MESSAGE {
                // A message may be cut off behind a word.
                self.add("a word left out", vec![(words[words.len() - 2].end..last.end, String::new())]);
            }
        }
        if let Some(digits) = runs(text, |c| c.is_ascii_digit()).next() {
            let whole = line.start + digits.start..line.start + digits.end;
            if let Some(new) = self.other_digit(&whole, whole.start) {
                self.add("a digit", vec![(whole.start..whole.start + 1, new)]);
            }
        }
        // Other engines word the same failure in other letters.
        let case = if what == ERROR_MESSAGE { "" } else { text };
        if let Some((at, (old, new))) =
            case.char_indices().find_map(|(at, c)| Some((at, (c, other_case(c)?))))
        {
            let at = line.start + at;
            self.add("a letter's case", vec![(at..at + old.len_utf8(), new.to_string())]);
        }
    }

    /// Each line left out, unless what is left out is told.
    fn missing_lines(&mut self) {
        let stated = self.stated;
        if !stated.contains('\n') || stated.contains('…') || stated.contains("...") {
            return;
        }
        let mut start = 0;
        for line in stated.split('\n') {
            if !line.trim().is_empty() {
                self.add("a line left out", vec![(start..start + line.len(), String::new())]);
            }
            start += line.len() + 1;
        }
    }
}

/// The error's name at the start of a headline.
fn name(headline: &str) -> &str {
    let end = headline.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'));
    &headline[..end.unwrap_or(headline.len())]
}

/// The ranges of the stated text in which values stand: all of it but for explanations and a leading number of order.
fn value_parts(stated: &str, rung: Rung, actual: &str) -> Vec<Range<usize>> {
    if rung != Rung::Tail {
        return std::iter::once(0..stated.len()).collect();
    }
    let prefix = |text: &str| -> Option<Range<usize>> {
        let start = order(text);
        let (_, rest) = literal::parse_prefix(&text[start..])?;
        Some(start..text.len() - rest.len())
    };
    let whole = prefix(stated);
    let lines = stated.lines().count();
    let one_line = whole.as_ref().is_none_or(|whole| !stated[whole.clone()].contains('\n'));
    if lines > 1 && one_line && actual.lines().count() == lines {
        let mut start = 0;
        let mut parts = Vec::new();
        for line in stated.split_inclusive('\n') {
            let text = line.trim_end();
            let part = if is_structured(text) { None } else { prefix(text) };
            let part = part.unwrap_or(0..text.len());
            parts.push(start + part.start..start + part.end);
            start += line.len();
        }
        return parts;
    }
    std::iter::once(whole.unwrap_or(0..stated.len())).collect()
}

/// Where the value begins behind "(1) ", the number of a claim among several.
fn order(text: &str) -> usize {
    let marked = text.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(") "));
    match marked {
        Some((number, rest)) if number.parse::<u8>().is_ok() && !rest.trim_start().starts_with('[') => {
            text.len() - rest.len()
        }
        _ => 0,
    }
}

fn is_structured(text: &str) -> bool {
    literal::parse(text).is_some()
        || literal::parse_list(text).is_some()
        || literal::parse_row(text).is_some()
}

/// The changed text is read the same way: as one value, as a list, as a row.
fn still_structured(text: &str, changed: &str) -> bool {
    let ways: [fn(&str) -> bool; 3] = [
        |text| literal::parse(text).is_some(),
        |text| literal::parse_list(text).is_some(),
        |text| literal::parse_row(text).is_some(),
    ];
    ways.iter().any(|way| way(text) && way(changed))
}

/// Whether an expression has a name in it that the run could give another value.
fn speaks_of_something(expression: &str) -> bool {
    let constants = ["true", "false", "null", "undefined", "NaN", "Infinity", "typeof", "void", "new", "in"];
    tokens(expression).iter().any(|token| {
        matches!(token.kind, Kind::Word | Kind::Key) && !constants.contains(&&expression[token.range.clone()])
    })
}

/// Letters and digits of a quoted text that no backslash belongs to.
fn plain_letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut escape = 0;
    text.char_indices().filter(move |(at, character)| {
        if escape > 0 {
            escape -= 1;
            if escape == 0 && matches!(character, 'u' | 'x') {
                escape = if *character == 'u' { 4 } else { 2 };
                if text[at + 1..].starts_with('{') {
                    escape = text[at + 1..].find('}').map_or(0, |end| end + 1);
                }
            }
            return false;
        }
        if *character == '\\' {
            escape = 1;
        }
        character.is_alphanumeric()
    })
}

fn other_case(c: char) -> Option<char> {
    let other = if c.is_lowercase() { c.to_uppercase().next()? } else { c.to_lowercase().next()? };
    (other != c && other.to_lowercase().eq(c.to_lowercase())).then_some(other)
}

fn next_digit(text: &str) -> Option<String> {
    let last = text.chars().next_back()?.to_digit(10)?;
    Some((last + 1).to_string())
}

/// Ranges of characters that belong together.
fn runs(text: &str, belongs: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(&belongs)?;
        let end = text[start..].find(|c| !belongs(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

/// A deletion, line by line.
fn deleted(text: &str, range: Range<usize>) -> Vec<Edit> {
    let mut start = range.start;
    let mut edits = Vec::new();
    for line in text[range].split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        if end > start {
            edits.push((start..end, String::new()));
        }
        start += line.len();
    }
    edits
}

/// The edits of a part as edits of its own text, which begins at `start`.
fn moved(edits: &[Edit], start: usize) -> Vec<Edit> {
    edits.iter().map(|(range, new)| (range.start - start..range.end - start, new.clone())).collect()
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in edits {
        out.push_str(&text[done..range.start]);
        out.push_str(new);
        done = range.end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Strength;

    fn changed(kind: ClaimKind, rung: Rung, stated: &str, actual: &str) -> Vec<String> {
        let claim = Claim {
            kind,
            exacting: false,
            range: 0..stated.len(),
            stated: stated.into(),
            pieces: Vec::new(),
            strength: Strength::Marked,
            part: (0, 1),
            target: Target::Statement(0),
        };
        let made = falsifications(&claim, rung, actual).unwrap_or_default();
        made.iter().map(|change| change.apply(stated)).collect()
    }

    #[test]
    fn values_become_other_values() {
        let value = |stated: &str| changed(ClaimKind::Value, Rung::Exact, stated, stated);
        assert_eq!(value("42"), ["92", "-42", "43", "420", "[42]"]);
        assert_eq!(value("true"), ["false", "[true]"]);
        assert_eq!(value("null"), ["undefined", "[null]"]);
        assert_eq!(value("{}"), ["{zzz: 1}", "[{}]", "[]"]);
        let map = value("Map(1) { 'a' => null }");
        for other in [
            "Map(1) { 'x' => null }",
            "Map(0) { }",
            "Map(2) { 'a' => null, 'zzz' => 1 }",
            "Map(2) { 'a' => null }",
        ] {
            assert!(map.contains(&other.to_owned()), "{other} is not in {map:#?}");
        }
    }

    #[test]
    fn explanations_and_what_is_left_out_stay() {
        let tail = changed(ClaimKind::Value, Rung::Tail, "5 (of 9)", "5");
        assert!(!tail.is_empty() && tail.iter().all(|text| text.ends_with(" (of 9)")), "{tail:?}");
        let open = changed(ClaimKind::Value, Rung::Ellipsis, "[1, …]", "[ 1, 2 ]");
        assert!(!open.is_empty() && open.iter().all(|text| text.contains('…')), "{open:?}");
        let near = changed(ClaimKind::Value, Rung::Precision, "~0.5", "0.499");
        assert_eq!(near, ["~5.5"]);
    }

    #[test]
    fn errors_become_other_errors() {
        let error = changed(ClaimKind::Throws, Rung::Exact, "TypeError: no way", "TypeError: no way");
        for other in ["RangeError: no way", "Error: no way", "TypeError: nx way", "TypeError: no wax"] {
            assert!(error.contains(&other.to_owned()), "{other} is not in {error:#?}");
        }
        assert_eq!(changed(ClaimKind::Throws, Rung::Error, "", "RangeError: x"), [" TypeError"]);
    }
}
