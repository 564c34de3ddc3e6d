//! What each code of a finding means, for those who meet it in a CI's page. A new code does not compile without it.

use crate::book::diagnostic::{Code, Severity};

/// What is said of a code, whatever the finding.
pub struct Rule {
    pub code: Code,
    /// One word, as identifiers are written.
    pub name: &'static str,
    /// One sentence.
    pub about: &'static str,
    pub help: &'static str,
    /// How most of its findings are told.
    pub severity: Severity,
}

/// In the order of the codes.
pub fn all() -> Vec<Rule> {
    let mut rules: Vec<Rule> = Code::ALL.into_iter().map(rule).collect();
    rules.sort_by_key(|rule| rule.code.as_str());
    rules
}

/// The rule of a code as it is written in a report.
pub fn named(code: &str) -> Option<Rule> {
    Code::ALL.into_iter().find(|known| known.as_str() == code).map(rule)
}

fn rule(code: Code) -> Rule {
    use Severity::{Error, Note, Warning};
    let (name, severity, about, help) = match code {
        Code::FalseClaim => (
            "FalseClaim",
            Error,
            "What the text states about a run is not what the run gives.",
            "Correct the stated value (`mdbook-galley check --bless` writes it) or the code of the example.",
        ),
        Code::UnjudgedClaim => (
            "UnjudgedClaim",
            Error,
            "The text marks a statement as a claim, but nothing was found that it could be compared with.",
            "Put the comment right behind the statement that it speaks of, or take its mark away.",
        ),
        Code::ExampleFailed => (
            "ExampleFailed",
            Error,
            "An example ends with an error that the text does not state.",
            "Mend the example, or state the error behind the statement: `// throws TypeError: message`.",
        ),
        Code::SyntaxError => (
            "SyntaxError",
            Error,
            "An example does not parse.",
            "Mend the code, mark the fence `ignore`, or give it another language if it is no JavaScript.",
        ),
        Code::LimitReached => (
            "LimitReached",
            Error,
            "An example runs into a limit of time, memory or output, or takes the engine down.",
            "End its loop or make it smaller; `timeout=MS` on the fence, and `timeout` and `memory` under [preprocessor.galley], raise the limits.",
        ),
        Code::DoubtfulRemark => (
            "DoubtfulRemark",
            Warning,
            "A comment nearly tells what is printed: it may be a remark, or a false statement.",
            "Correct the comment if it states what is printed; write it otherwise if it is a remark.",
        ),
        Code::UnknownAttribute => (
            "UnknownAttribute",
            Error,
            "The info string of a fence has a word that means nothing.",
            "Correct the word; the README lists those that a fence may have.",
        ),
        Code::Config => (
            "Config",
            Error,
            "The settings of the book or of an exercise are wrong.",
            "Correct the key or its value in book.toml, exercise.toml or `--config`.",
        ),
        Code::MissingFile => (
            "MissingFile",
            Error,
            "A file that is named is not there or can't be read.",
            "Write the file, or correct its name where it is named.",
        ),
        Code::InvalidUtf8 => ("InvalidUtf8", Error, "A file is not UTF-8.", "Save the file as UTF-8."),
        Code::UnclosedFence => (
            "UnclosedFence",
            Error,
            "A fence is never closed, so that the rest of the text is code.",
            "Close the fence with as many backticks as it was opened with.",
        ),
        Code::Include => (
            "Include",
            Error,
            "An include can't be expanded.",
            "Correct the path, the lines or the anchor of the `{{#include}}`.",
        ),
        Code::Exercise => (
            "Exercise",
            Error,
            "An exercise breaks one of its rules: the solution passes every test, the starter and each wrong answer fail.",
            "Mend the solution, the starter or the tests, whichever is wrong.",
        ),
        Code::WeakTests => (
            "WeakTests",
            Warning,
            "The tests of an exercise do not notice a small change of its solution, or one of them can't fail.",
            "Add a test that fails when the code is changed like this, or write `// mutant-ok` behind a line where it makes no difference.",
        ),
        Code::Quiz => (
            "Quiz",
            Error,
            "A quiz breaks one of its rules: its answer comes of a run and stands nowhere in its code, and two other options are wrong.",
            "Take the answer out of the code, or write options behind the fence: `<!-- option: … -->`.",
        ),
        Code::Modules => (
            "Modules",
            Error,
            "A `{{#modules}}` speaks of no example that runs and loads other files.",
            "Put it behind the program that requires or imports them, or name the file that starts: `{{#modules main.js}}`.",
        ),
        Code::Verification => (
            "Verification",
            Error,
            "The list of what was verified can't stand where it is asked for.",
            "Write `{{#verification}}` on a line of its own in a chapter, with empty lines around it.",
        ),
        Code::NothingToVerify => (
            "NothingToVerify",
            Error,
            "There is no example that runs and no exercise, so that nothing is proven.",
            "Name a book, a markdown file or an exercise that has some.",
        ),
        Code::Style => (
            "Style",
            Note,
            "Something of the text is worth a look.",
            "Follow the help of the finding, or leave the text as it is.",
        ),
        Code::Unproven => (
            "Unproven",
            Error,
            "A statement could become false and nobody would notice.",
            "State something of the run, or take the claim out.",
        ),
    };
    Rule { code, name, about, help, severity }
}
