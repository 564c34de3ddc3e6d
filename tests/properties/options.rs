//! Options of quizzes: whatever is believed, one option is right, and no other says the same.

use galley::book::quiz::normal;
use galley::verify::quiz::choices::{Choice, choose};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{settings, verified};

fn choice(text: &str) -> Choice {
    Choice { text: normal(text), why: None, right: false, misconception: None }
}

#[track_caller]
fn hold(options: &[Choice], answer: &str) {
    let right: Vec<&Choice> = options.iter().filter(|choice| choice.right).collect();
    assert!(matches!(right[..], [Choice { text, .. }] if text == answer), "{options:#?}");
    for (at, option) in options.iter().enumerate() {
        assert!(options[..at].iter().all(|other| other.text != option.text), "{options:#?}");
    }
}

proptest! {
    #![proptest_config(settings(1000))]

    #[test]
    fn one_option_is_right_and_none_is_there_twice(
        answer in "[ab \n]{0,3}",
        author in vec("[ab \n]{0,3}", 0..4),
        believed in vec("[ab \n]{0,3}", 0..8),
        source in "[a-c]{0,3}",
    ) {
        let (answer, all) = (normal(&answer), |texts: &[String]| -> Vec<Choice> {
            texts.iter().map(|text| choice(text)).collect()
        });
        let options = choose(&answer, all(&author), all(&believed), &source);
        hold(&options, &answer);
        prop_assert!(options.len() <= 1 + author.len().max(3));
        let different = author.iter().chain(&believed).any(|text| normal(text) != answer);
        prop_assert_eq!(options.len() > 1, different);
        let again = choose(&answer, all(&author), all(&believed), &source);
        prop_assert_eq!(options, again);
    }
}

/// Programs whose output is recorded, each as a quiz: the tools change them in every way that they know.
#[test]
fn the_answer_of_any_program_is_what_it_prints_and_no_misconception_gives_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance");
    let names =
        ["async", "closures", "commonjs", "hoisting", "labels", "microtasks", "modules", "switch", "this"];
    let texts = names.map(|name| {
        let text = std::fs::read_to_string(format!("{folder}/{name}.md")).expect("it is there");
        text.replace("```js", "```js predict")
    });
    let verified = verified(texts.iter().map(String::as_str));
    let (mut quizzes, mut believed) = (0, 0);
    for example in &verified.examples {
        let Some(quiz) = example.quiz.as_ref().filter(|quiz| !quiz.options.is_empty()) else { continue };
        let right = quiz.options.iter().find(|option| option.right).expect("one is right");
        assert!(right.text.starts_with(&normal(&example.printed)), "{right:?}: {}", example.printed);
        hold(&quiz.options, &right.text);
        quizzes += 1;
        believed += quiz.options.iter().filter(|option| option.misconception.is_some()).count();
        for option in &quiz.options {
            assert!(!option.text.contains("__galley"), "{option:?}");
        }
    }
    assert!(quizzes > 100 && believed > 50, "{quizzes} quizzes, {believed} options of misconceptions");
}
