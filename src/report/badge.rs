//! The report as a badge for READMEs and pages: an SVG that says how many stated outputs were verified, or that something
//! is not true.
//!
//! It has the shape of those that shields.io draws. Both fields have a ground of their own, so that it can be read on
//! light and on dark; it asks for no font, and what a reader's font is, it is fitted into the width of Verdana's letters.

use crate::report::document::{Document, Severity};
use crate::report::human::plural;

/// Pixels; the height of a line of text with badges in it.
const HEIGHT: usize = 20;
const FONT_SIZE: usize = 11;
/// On each side of a field's text.
const PADDING: usize = 6;

// White on each of them has a contrast of 4.5 or more.
const LABEL: &str = "#444d56";
const VERIFIED: &str = "#1a7f37";
const BROKEN: &str = "#cf222e";
const NOTHING: &str = "#6e7781";

/// What the two fields say.
struct Said {
    label: String,
    message: String,
    color: &'static str,
}

pub fn report(document: &Document) -> String {
    let Said { label, message, color } = said(document);
    let (left, right) = (width(&label), width(&message));
    let (middle, whole) = (left + 2 * PADDING, left + right + 4 * PADDING);
    let right_end = right + 2 * PADDING - 3;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{HEIGHT}\" viewBox=\"0 0 {whole} {HEIGHT}\" \
         role=\"img\" aria-label=\"{label}: {message}\">\n\
         <title>{label}: {message}</title>\n\
         <path fill=\"{LABEL}\" d=\"M{middle} 0H3a3 3 0 0 0-3 3v14a3 3 0 0 0 3 3h{}z\"/>\n\
         <path fill=\"{color}\" d=\"M{middle} 0h{right_end}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{middle}z\"/>\n\
         <g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,Geneva,sans-serif\" font-size=\"{FONT_SIZE}\">\n\
         <text x=\"{PADDING}\" y=\"14\" textLength=\"{left}\" lengthAdjust=\"spacingAndGlyphs\">{label}</text>\n\
         <text x=\"{}\" y=\"14\" textLength=\"{right}\" lengthAdjust=\"spacingAndGlyphs\">{message}</text>\n\
         </g>\n\
         </svg>\n",
        middle - 3,
        middle + PADDING,
    )
}

/// What there is most to say of: outputs, else exercises, else examples that merely run.
fn said(document: &Document) -> Said {
    let counts = &document.summary;
    let stated = counts.claims.held + counts.claims.broken;
    let exercises = counts.exercises.passed + counts.exercises.failed;
    let (label, count, verb) = match (stated, exercises) {
        (0, 0) => ("examples", counts.examples.ran, "run"),
        (0, _) => ("exercises", counts.exercises.passed, "verified"),
        _ => ("outputs", counts.claims.held, "verified"),
    };
    let label = match &document.shard {
        Some(shard) => format!("{label} of shard {shard}"),
        None => label.to_owned(),
    };
    if document.is_true() {
        let color = if count == 0 { NOTHING } else { VERIFIED };
        return Said { label, message: format!("{count} {verb}"), color };
    }
    let errors = document.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    let message = match counts.claims.broken {
        0 => plural(errors, "error"),
        broken => format!("{broken} false"),
    };
    Said { label, message, color: BROKEN }
}

/// Of a text in Verdana, in whole pixels.
fn width(text: &str) -> usize {
    (text.chars().map(advance).sum::<usize>() * FONT_SIZE).div_ceil(1000)
}

/// Of a letter in Verdana, in thousandths of the font's size.
fn advance(letter: char) -> usize {
    match letter {
        'i' | 'l' => 274,
        'j' => 344,
        ' ' | 'f' => 352,
        't' => 394,
        'r' => 427,
        '/' => 454,
        'c' | 's' => 521,
        'z' => 525,
        'k' | 'v' | 'x' | 'y' => 592,
        'e' => 596,
        'a' => 601,
        'o' => 607,
        'b' | 'd' | 'g' | 'p' | 'q' => 623,
        'h' | 'n' | 'u' => 633,
        '0'..='9' => 636,
        'w' => 818,
        _ => 973,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        assert_eq!(width(""), 0);
        assert_eq!(width("0000"), 28);
        assert!(width("illi") < width("wmwm"));
        assert_eq!((width("outputs"), width("344 verified")), (42, 66));
    }
}
