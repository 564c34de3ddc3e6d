//! Changes a stated text, so that it is no longer true: the last letter or digit of each of its lines.

use std::ops::Range;

use serde_json::Value;

/// Bytes of the text and what is written in their place.
pub struct Change {
    pub range: Range<usize>,
    pub new: String,
}

impl Change {
    pub fn apply(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.range.start], self.new, &text[self.range.end..])
    }
}

/// One change for each stated line of a held claim, as the report gives it; none when there is nothing to change.
pub fn changes(text: &str, claim: &Value) -> Vec<Change> {
    let number = |key: &str| usize::try_from(claim[key].as_u64().expect("a number")).expect("small");
    let stated = claim["stated"].as_str().expect("stated");
    let rung = claim["rung"].as_str().expect("a rung");
    let offset = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = &text[start..];
        start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
    };
    let start = offset(number("line"), number("column"));
    let mut end = offset(number("end_line"), number("end_column"));
    let mut changes = Vec::new();
    let has_letters = stated.contains(char::is_alphanumeric);
    // From the last line on, for a mark may hold what a line states.
    for line in stated.lines().rev().filter(|line| !line.trim().is_empty()) {
        // A claim without a text of its own states the inline code behind it.
        let at = match text[start..end].rfind(line) {
            Some(found) => start + found,
            None => end + text[end..].find(line).expect("the stated line"),
        };
        end = at;
        if claim["kind"] == "unreached" {
            // With another word it would be a comment; a value says that the line runs.
            changes.push(Change { range: at..at + line.len(), new: "=> 9".into() });
            continue;
        }
        if is_remark(line, rung) {
            continue;
        }
        let value = &line[..value_length(line, rung)];
        let letters = value.replace("etcetera", "________").replace("etc", "___");
        let last = letters.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map(|(at, old)| {
            let new = match old.to_digit(10) {
                Some(digit) => char::from_digit((digit + 5) % 10, 10).expect("a digit"),
                None if old == 'x' => 'y',
                None => 'x',
            };
            (at..at + old.len_utf8(), new)
        });
        let closing = || value.rfind(['}', ']', '\'', '"']).map(|at| (at..at, '9'));
        if let Some((range, new)) = last.or_else(|| if has_letters { None } else { closing() }) {
            changes.push(Change { range: at + range.start..at + range.end, new: new.into() });
        }
    }
    changes
}

/// A line in parentheses among others speaks of them.
fn is_remark(line: &str, rung: &str) -> bool {
    rung == "tail" && line.trim().starts_with('(') && line.trim().ends_with(')')
}

/// Without an explanation.
fn value_length(line: &str, rung: &str) -> usize {
    let signs: &[&str] = match rung {
        "tail" => &[" (", " --", " —", " –", " <-", " ←", " ✓", " - ", "!", ". ", ", to std", ": "],
        "error" if !line.contains(':') => &[" (", "!", ", "],
        _ => &[],
    };
    let sign = signs.iter().filter_map(|sign| line.find(sign)).filter(|at| *at > 0).min();
    let words = || {
        // Behind a value that no sign ends: a word.
        let mut starts = line.match_indices(", ").chain(line.match_indices(' ')).filter(|(at, gap)| {
            let rest = &line[at + gap.len()..];
            rest.starts_with(char::is_alphabetic)
                && !["and ", "then "].iter().any(|word| rest.starts_with(word))
        });
        if rung == "tail" { starts.next().map(|(at, _)| at) } else { None }
    };
    sign.or_else(words).unwrap_or(line.len())
}
