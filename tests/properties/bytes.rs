//! What is fuzzed, on texts made of the pieces of ours: `scripts/fuzz.sh` goes on with any bytes.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::invariants::{claims, compare, config, extract, frames};
use crate::support::settings;

/// Texts of these pieces, any characters between them.
fn made_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn each<T: std::fmt::Debug>(cases: u32, texts: impl Strategy<Value = T>, check: impl Fn(T)) {
    let run = TestRunner::new(settings(cases)).run(&texts, |text| {
        check(text);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn examples_are_the_lines_of_any_chapter() {
    let pieces = &[
        "```js\n",
        "```js hidelines=!\n",
        "```\n",
        "~~~node\n",
        "~~~\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "> 1 + 1\n2\n",
        "! a\n",
        "5 // => 5\n",
        "é",
        "\0",
        "---\n",
        "```output\n",
        "$ node a.js\n",
        "{{#include ",
        "}}\n",
        "<!-- => 1 -->",
        "`a` will be exported.\n",
        "# ",
    ];
    each(300, made_of(pieces), |text| extract::check(text.as_bytes()));
}

#[test]
fn claims_lie_in_any_program() {
    let pieces = &[
        "5",
        "; ",
        "// => 5",
        "/* => ",
        "*/",
        "\n",
        "\r\n",
        "// ",
        "//",
        " {",
        " }",
        "[",
        "]",
        ",",
        "'",
        "`",
        "é",
        "throws TypeError: m",
        "Prints:",
        "never runs",
        "exports { a: 1 }",
        " (why)",
        "…",
        "<id>",
        "<id:number>",
        "😀",
        "\t",
        "\u{2028}",
        ", then ",
    ];
    each(600, (any::<u8>(), made_of(pieces)), |(choice, text)| {
        claims::check(&[&[choice], text.as_bytes()].concat());
    });
}

#[test]
fn a_text_states_itself_and_no_other() {
    let pieces = &[
        "a",
        "Rock",
        "1",
        "0.25",
        "-",
        "e",
        "n",
        "[",
        "]",
        "{ a: ",
        " }",
        "'",
        "\"",
        "`",
        "\\",
        ", ",
        " ",
        "\n",
        "  ",
        "Error: ",
        "TypeError",
        "Uncaught ",
        "Map(1) {",
        " => ",
        "(2) ",
        "…",
        "...",
        "<x>",
        " or ",
        "\u{a0}",
        "é",
        "true",
        "the empty string",
        " (b)",
        "and ",
        "then ",
    ];
    let bytes = (any::<[u8; 2]>(), any::<u64>(), made_of(pieces));
    each(600, bytes, |(choice, number, text)| {
        let number = number.to_le_bytes();
        compare::check(&[&choice[..], text.as_bytes()].concat());
        compare::check(&[&choice[..], &number].concat());
    });
}

#[test]
fn any_book_toml_gives_settings_or_findings() {
    let pieces = &[
        "[book]\n",
        "src",
        "[build]\n",
        "build-dir",
        "[preprocessor.galley]\n",
        "state",
        "timeout",
        "memory",
        "rungs",
        "zone",
        "clock",
        "seed",
        "deny",
        "exercises",
        " = ",
        "\"chapter\"",
        "\"2s\"",
        "\"64MiB\"",
        "-1",
        "18446744073709551615",
        "\"99999999999999999999s\"",
        "[",
        "]",
        "\"exact\"",
        "\"Europe/Berlin\"",
        "2024-01-01",
        "true",
        "\n",
        ".",
        "\"..\"",
        "\"/\"",
        "\0",
        "'",
        "é",
        "#",
    ];
    each(300, made_of(pieces), |text| config::check(text.as_bytes()));
}

/// What fuzzing has found.
#[test]
fn what_was_found_stays_mended() {
    // A control character of C1 in the line that a finding shows.
    config::check("['\u{9b}".as_bytes());
}

const MESSAGES: &[&str] =
    &[include_str!("../fuzz/messages/read.json"), include_str!("../fuzz/messages/refused-line.json")];

#[test]
fn no_message_of_a_worker_does_harm() {
    // Any number is another one.
    let changed = (prop::sample::select(MESSAGES), any::<prop::sample::Index>(), 0..40_usize).prop_map(
        |(message, which, number)| {
            let numbers: Vec<_> = message.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
            let (at, _) = numbers[which.index(numbers.len())];
            format!("{}{number}{}", &message[..at], &message[at + 1..])
        },
    );
    each(400, changed, |message| frames::check(message.as_bytes()));
    each(100, prop::collection::vec(any::<u8>(), 0..12), |bytes| frames::check(&bytes));
}
