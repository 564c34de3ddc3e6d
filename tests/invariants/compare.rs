//! A text states itself and nothing that differs from it by a letter or a digit; what stands for more takes no longer
//! than the text is long.

use galley::claim::{Claim, ClaimKind, Strength, Target};
use galley::engine::trace::{Trace, Value};
use galley::judge::capture::{self, Bindings};
use galley::judge::ladder::{self, Seen};
use galley::judge::verdict::Evidence;
use galley::judge::{Rung, Verdict};

const STRENGTHS: [Strength; 4] = [Strength::Remark, Strength::Weak, Strength::Plain, Strength::Marked];

/// Two bytes choose what is changed, eight are a number, the rest is a text.
pub fn check(bytes: &[u8]) {
    let [at, to, rest @ ..] = bytes else { return };
    let choice = [*at, *to];
    if let Some((number, _)) = rest.split_first_chunk::<8>() {
        check_number(f64::from_le_bytes(*number), choice);
    }
    let Some(text) = super::text(rest) else { return };
    // All that the program prints is told to its last line break.
    check_text(text, choice);
    if at % 16 == 0 {
        check_many(text);
    }
}

fn check_text(text: &str, choice: [u8; 2]) {
    let printed = [Value::String { v: text.to_owned() }];
    for strength in STRENGTHS {
        for values in [&[][..], &printed] {
            let seen = Seen { text, values };
            assert!(ladder::matches(text, seen, strength).is_some(), "{text:?} does not state itself");
            // An ellipsis stands for what is there, and frames of a stack are left out.
            let stands_for_more = ["…", "...", "\n    at "].iter().any(|more| text.contains(more));
            if let Some(other) = changed(text, choice).filter(|_| !stands_for_more) {
                let rung = ladder::matches(&other, seen, strength);
                assert_eq!(rung, None, "{other:?} is taken for {text:?} ({strength:?}, {values:?})");
            }
        }
    }
    if !text.trim().is_empty() {
        let verdict = judged(text, text);
        assert!(matches!(verdict, Verdict::Held { .. }), "{text:?}: {verdict:?}");
    }
}

/// In digits, as JavaScript writes it.
fn check_number(number: f64, choice: [u8; 2]) {
    if !(1e-6..1e21).contains(&number.abs()) {
        return;
    }
    let text = number.to_string();
    let values = [Value::Number { v: text.clone() }];
    for strength in STRENGTHS {
        let seen = Seen { text: &text, values: &values };
        assert!(ladder::matches(&text, seen, strength).is_some(), "{text:?} does not state itself");
        let digit = [choice[0], b'0' + choice[1] % 10];
        let other = changed(&text, digit).filter(|other| other.parse() != Ok(number));
        if let Some(other) = other.filter(|other| other.parse::<f64>().is_ok()) {
            assert_eq!(ladder::matches(&other, seen, strength), None, "{other} is taken for {text}");
        }
    }
}

/// One letter or digit is another one.
fn changed(text: &str, [at, to]: [u8; 2]) -> Option<String> {
    let words: Vec<usize> =
        text.bytes().enumerate().filter(|(_, b)| b.is_ascii_alphanumeric()).map(|(i, _)| i).collect();
    let at = *words.get(usize::from(at) % words.len().max(1))?;
    let to = if to.is_ascii_alphanumeric() { to } else { b'a' + to % 26 };
    let mut changed = text.as_bytes().to_vec();
    let before = std::mem::replace(&mut changed[at], to);
    (before != to).then(|| String::from_utf8(changed).ok()).flatten()
}

/// The fuzzer's limit of time for one input is met when this takes the square of the length.
fn check_many(text: &str) {
    let unit: String = text.chars().take(8).collect();
    if unit.is_empty() {
        return;
    }
    let times = LONG / unit.len();
    let seen = unit.repeat(times);
    for between in ["…", "...", "<x>", " or ", ", "] {
        let stated = format!("{unit}{between}").repeat(times);
        let stated = &stated[..floor(&stated, LONG)];
        let _ = ladder::matches(stated, Seen { text: &seen, values: &[] }, Strength::Marked);
        let _ = judged(stated, &seen);
    }
}

const LONG: usize = 8 << 10;

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// As the whole output of a program.
fn judged(stated: &str, printed: &str) -> Verdict {
    let claim = Claim {
        kind: ClaimKind::Output,
        exacting: true,
        range: 0..stated.len(),
        stated: stated.to_owned(),
        pieces: Vec::new(),
        strength: Strength::Marked,
        part: (0, 1),
        target: Target::Program,
    };
    let trace = Trace::default();
    let evidence = Evidence { trace: &trace, stdout: printed, printed, loosest: Rung::Error };
    capture::judge(&claim, &evidence, &mut Bindings::default())
}
