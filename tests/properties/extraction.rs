//! Claims of any markdown: found without a panic, placed to the byte, the same with other line ends.

use std::cell::Cell;
use std::collections::BTreeMap;

use galley::judge::Verdict;
use galley::verify::{Owner, Verified};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::{settings, verified};

/// Statements with claims of every form.
const WHOLE: &[&str] = &[
    "1 + 1; // => 2",
    "'é'; // 'é'",
    "console.log('日本') // → 日本",
    "console.log(1)\n// Prints: 1\n//   2",
    "[1,\n 2]; /* => [ 1,\n  2 ] */",
    "({ ä: 1 });\n// {\n//   ä: 1\n// }",
    "null.x // throws TypeError",
    "(() => { throw new Error('ä€') })() // Error: ä€",
    "exports.a = '😀'; // '😀' (a face)",
    "// exports { a: '😀' }",
    "\t5 //\t5\t(five)",
    "'// => no comment'",
    "/* 5 */ 5 /* => 5 */ // 5",
    "`${1 // => 1\n}`",
    "// =>",
    "//   continued   ",
    "// Returns: [",
    "//=>😀",
    "(function () { return 1; // => 1\n})(); // 1",
    "var b = /\\/\\*/ // => /\\/\\*/",
    "5 // ==> 5",
    "",
];

/// What seldom parses.
const TORN: &[&str] =
    &["x /* => 5", "*/ 5 // => 5", "\u{feff}1 // 1", "\0 // => \0", "'", "`", "}", "// => `", "<!--"];

/// Lines of text around them.
const TEXT: &[&str] = &[
    "# Größe",
    "`a` will be exported.",
    "It prints `😀` and throws `TypeError`.",
    "`typeof\nnull`<!-- => --> is `\"object\"`.",
    "`1`<!-- => --> is `` 1 ``.",
    "<!-- => exports.a === 1 -->",
    "<!-- =>\n  stdout é\n-->",
    "<!-- => 1 +\n  1 === 2 -->",
    "So <!-- => stdout é\n5 --> it is.",
    "<!-- => throws Error: ä€ --> <!-- => -->",
    "- item",
    "1. item",
    "| `a` is printed | `ä` is exported |\n|--|--|\n| `b` is logged | c |",
    "{{#include nowhere.js}}",
    "---",
    "    5 // => 5",
    "",
];

/// What takes in all that follows.
const OPENING: &[&str] =
    &["<!-- =>", "-->", "<div>\n<!-- => true -->", "</div>", "```js", "~~~node", "````", "```output"];

/// What stands before each line of a block in a container.
const CONTAINERS: &[&str] = &["> ", "  ", "> > ", "    ", "\t", "> \t"];

/// A block of these lines, its output, in a container or two.
fn block() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(code_line(), 0..6);
    let one = || prop_oneof![5 => Just(""), 2 => prop::sample::select(CONTAINERS)];
    let container = (one(), one());
    let words = ["", "", "", " norun", " continue", " throws", " hidelines=!"];
    let word = prop::sample::select(words.to_vec());
    (lines, container, word, any::<bool>()).prop_map(|(lines, (outer, inner), word, closed)| {
        let prefix = format!("{outer}{inner}");
        let mut text = format!("```js{word}\n{}\n", lines.join("\n"));
        if closed {
            text.push_str("```\n```output\né\n5\n```\n");
        }
        text.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>()
    })
}

fn code_line() -> impl Strategy<Value = String> {
    let long = (1..4_usize).prop_map(|length| format!("5 // => 5 ({}", "ü, ".repeat(length * 4000)));
    let noise = "[/*=> '\"`ä😀{}\\[\\]0-9a-c!<>-]{0,24}";
    prop_oneof![
        40 => prop::sample::select(WHOLE).prop_map(str::to_owned),
        1 => prop::sample::select(TORN).prop_map(str::to_owned),
        1 => noise,
        4 => noise.prop_map(|noise| format!("5 // => {noise}")),
        1 => long,
    ]
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        16 => (block(), any::<bool>()).prop_map(|(block, apart)| if apart { format!("\n{block}") } else { block }),
        8 => prop::sample::select(TEXT).prop_map(|line| format!("{line}\n")),
        1 => prop::sample::select(OPENING).prop_map(|line| format!("{line}\n")),
        1 => code_line().prop_map(|line| format!("{line}\n")),
    ];
    prop::collection::vec(piece, 1..10).prop_map(|pieces| pieces.concat())
}

/// Chooses among line ends, over and over.
fn with_line_ends(text: &str, ends: &[u8]) -> String {
    let mut ends = ends.iter().cycle();
    let choose = |end: &u8| ["\n", "\r\n", "\r"][usize::from(*end) % 3];
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => format!("{line}{}", ends.next().map_or("\n", choose)),
            None => line.to_owned(),
        })
        .collect()
}

/// Each claim's place lies in its text, on borders of characters; its pieces are what it states; claims of one kind of
/// place follow each other.
fn check_places(verified: &Verified) -> Result<(), TestCaseError> {
    let mut ends: BTreeMap<(Owner, bool, Option<usize>), usize> = BTreeMap::new();
    for found in &verified.claims {
        let text = verified.sources.text(found.owner);
        let source = text.text.text.as_str();
        let claim = &found.claim;
        prop_assert!(source.get(claim.range.clone()).is_some(), "{claim:?} in {source:?}");
        prop_assert!(!claim.range.is_empty(), "{claim:?} in {source:?}");
        let span = text.text.span(claim.range.clone());
        prop_assert!(span.file.text.get(span.start..span.end).is_some(), "{claim:?} in {source:?}");
        let pieces: Vec<Option<&str>> = claim.pieces.iter().map(|piece| source.get(piece.clone())).collect();
        if !pieces.is_empty() {
            let told: Option<Vec<&str>> = pieces.iter().copied().collect();
            prop_assert_eq!(
                told.map(|told| told.join("\n")),
                Some(claim.stated.clone()),
                "{:?} in {:?}",
                claim,
                source
            );
        }
        let index = found.example.map(|example| verified.examples[example].index);
        let in_code = index.is_some_and(|index| text.examples[index].range.contains(&claim.range.start));
        let end = ends.entry((found.owner, in_code, index)).or_default();
        prop_assert!(claim.range.start >= *end, "{claim:?} begins before {end} in {source:?}");
        *end = claim.range.end;
    }
    Ok(())
}

#[test]
fn claims_are_found_in_any_text_and_placed_to_the_byte() {
    let texts = prop::collection::vec((markdown(), prop::collection::vec(any::<u8>(), 1..8)), 24);
    let (found, placed) = (Cell::new(0), Cell::new(0));
    TestRunner::new(settings(16))
        .run(&texts, |texts| {
            let texts: Vec<String> = texts.iter().map(|(text, ends)| with_line_ends(text, ends)).collect();
            let verified = verified(texts.iter().map(String::as_str));
            check_places(&verified)?;
            found.set(found.get() + verified.claims.len());
            placed.set(placed.get() + verified.claims.iter().filter(|c| !c.claim.pieces.is_empty()).count());
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    // A property of no claims at all would hold too.
    let (found, placed) = (found.get(), placed.get());
    assert!(found > 800 && placed * 10 > found * 7, "{found} claims found, {placed} of them placed");
}

#[test]
fn line_ends_change_no_claim() {
    let told = |verified: &Verified| -> Vec<(&'static str, String, usize, &'static str)> {
        let claims = verified.claims.iter().map(|found| {
            let text = verified.sources.text(found.owner).text;
            let line = text.span(found.claim.range.clone()).start_position().line;
            let verdict = match found.verdict {
                Verdict::Held { .. } => "held",
                Verdict::Broken { .. } => "broken",
                Verdict::Unchecked { .. } | Verdict::Doubtful { .. } => "unchecked",
            };
            (found.claim.kind.as_str(), found.claim.stated.clone(), line, verdict)
        });
        claims.collect()
    };
    TestRunner::new(settings(10))
        .run(&prop::collection::vec(markdown(), 16), |texts| {
            let other: Vec<String> = texts.iter().map(|text| text.replace('\n', "\r\n")).collect();
            let (lf, crlf) =
                (verified(texts.iter().map(String::as_str)), verified(other.iter().map(String::as_str)));
            let (lf, crlf) = (told(&lf), told(&crlf));
            let other = lf.iter().zip(&crlf).find(|(lf, crlf)| lf != crlf);
            prop_assert!(other.is_none() && lf.len() == crlf.len(), "{other:?}");
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
