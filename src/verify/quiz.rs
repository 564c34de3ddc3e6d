//! Quizzes: what came of an example's run is the right answer; the author's options and those that the run of a
//! misconception gives (`misconceptions`) are the wrong ones, of which `choices` shows some.

pub mod asked;
pub mod choices;
pub mod keys;
mod misconceptions;

use std::io;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::example::Example;
use crate::book::load::Sources;
use crate::book::quiz::{Notes, Question, normal};
use crate::book::source::Span;
use crate::claim::Strength;
use crate::claim::literal;
use crate::engine::program::{Kind, Program};
use crate::engine::trace::{Event, Outcome, Trace};
use crate::judge::Verdict;
use crate::verify::conclude::Concluded;
use crate::verify::plan::{Plan, Purpose};
use crate::verify::quiz::choices::{Choice, LEAST_WRONG, choose};
use crate::verify::{Engine, ExampleKind, ExampleState, Owner, Text, VerifiedExample};

/// What a reader is asked about an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Quiz {
    /// As [`keys::placed`] gives it; none: it stands in no chapter.
    pub key: Option<String>,
    pub question: Question,
    /// In the order in which they are shown. One of them is right, unless the quiz has failed.
    pub options: Vec<Choice>,
    /// Markdown: why the right one is right.
    pub because: Option<String>,
    /// Every rule holds.
    pub passed: bool,
}

impl Quiz {
    /// Markdown: why one of the options is right or wrong.
    pub fn reason<'a>(&'a self, choice: &'a Choice) -> Option<&'a str> {
        if choice.right { self.because.as_deref() } else { choice.why.as_deref() }
    }
}

/// An example that is a quiz, and its run.
struct Subject<'a> {
    /// Its index in `Concluded::examples`.
    at: usize,
    text: Text<'a>,
    example: &'a Example,
    notes: &'a Notes,
    question: Question,
    program: &'a Program,
    trace: &'a Trace,
    /// Where its own code begins in the entry.
    start: usize,
    /// What the examples print whose state it shares.
    before: String,
    answer: String,
}

/// Finds the answer of each quiz among the examples, and options that are none. `programs` and `traces` are those of the
/// plan's jobs.
pub(super) fn ask(
    sources: &Sources,
    plan: &Plan,
    programs: &[Program],
    traces: &[Trace],
    concluded: &mut Concluded,
    engine: &mut Engine<'_>,
) -> io::Result<Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut subjects = Vec::new();
    let placed = keys::placed(sources);
    for (at, verified) in concluded.examples.iter_mut().enumerate() {
        let text = sources.text(verified.owner);
        let example = &text.examples[verified.index];
        let (Some(question), Some(notes)) = (example.attributes.predict, &example.quiz) else { continue };
        let is_it = |placed: &&keys::Placed| {
            (Owner::Chapter(placed.chapter), placed.index) == (verified.owner, verified.index)
        };
        verified.quiz = Some(Quiz {
            key: placed.iter().find(is_it).map(|placed| placed.key.clone()),
            question,
            options: Vec::new(),
            because: notes.because.clone(),
            passed: false,
        });
        let planned = |job: usize| &plan.examples[plan.jobs[job].example];
        let is_its_run = |&job: &usize| {
            plan.jobs[job].purpose == Purpose::Run
                && (planned(job).owner, planned(job).index) == (verified.owner, verified.index)
        };
        let Some(job) = (0..plan.jobs.len()).find(is_its_run) else {
            diagnostics.push(not_run(text, example));
            continue;
        };
        let trace = &traces[job];
        let Some(before) = before(trace, &verified.printed) else {
            diagnostics.push(mingled(text, example));
            continue;
        };
        match answer(question, verified, trace, text, example) {
            Ok(answer) => subjects.push(Subject {
                at,
                text,
                example,
                notes,
                question,
                program: &programs[job],
                trace,
                start: plan.jobs[job].parts.last().map_or(0, |part| part.start),
                before,
                answer,
            }),
            Err(found) => diagnostics.extend(found.map(|found| *found)),
        }
    }
    let believed = misconceptions::run(&subjects, engine)?;
    for (subject, believed) in subjects.into_iter().zip(believed) {
        let verified = &mut concluded.examples[subject.at];
        let claims = &concluded.claims[verified.claims.clone()];
        let mut found: Vec<Diagnostic> = claims
            .iter()
            .filter(|claim| subject.is_told_by(claim))
            .map(|claim| subject.told(&claim.claim.range))
            .collect();
        let options = subject.options(&mut found);
        let author = options.len();
        let options = choose(&subject.answer, options, believed, &subject.program.files[0].source);
        let wrong = options.len() - 1;
        if wrong < LEAST_WRONG && author == subject.notes.options.len() {
            found.push(subject.too_few(wrong));
        }
        if let Some(quiz) = &mut verified.quiz {
            quiz.passed = found.is_empty();
            quiz.options = options;
        }
        diagnostics.extend(found);
    }
    Ok(diagnostics)
}

impl Subject<'_> {
    /// A claim in the code, or an output fence behind it.
    fn is_told_by(&self, claim: &crate::verify::VerifiedClaim) -> bool {
        let start = claim.claim.range.start;
        let stands = self.example.range.contains(&start)
            || self.example.output.as_ref().is_some_and(|output| output.range.contains(&start));
        let is_claim =
            claim.claim.strength > Strength::Remark || matches!(claim.verdict, Verdict::Held { .. });
        stands && is_claim
    }

    fn told(&self, range: &std::ops::Range<usize>) -> Diagnostic {
        let message = "this tells the reader what the quiz asks for";
        Diagnostic::error(Code::Quiz, self.text.text.span(range.clone()), message).with_help(
            "take it out: the run gives the answer; the reason for it may stand behind the fence: `<!-- because: … -->`",
        )
    }

    /// The answer in these words or in others: the same value, the error by its name alone.
    fn is_right(&self, option: &str) -> bool {
        let value = literal::parse(option);
        let is_value = value.is_some() && value == literal::parse(&self.answer);
        let is_name = || self.question == Question::Throws && self.answer.split(':').next() == Some(option);
        option == self.answer || is_value || is_name()
    }

    /// The author's options that are wrong answers.
    fn options(&self, found: &mut Vec<Diagnostic>) -> Vec<Choice> {
        let mut options = Vec::new();
        for option in &self.notes.options {
            let span = self.text.text.span(option.range.clone());
            if self.is_right(&option.text) {
                let message = "this option is the right answer";
                let help = "take it out: the run gives the answer by itself";
                found.push(Diagnostic::error(Code::Quiz, span, message).with_help(help));
            } else if self.question == Question::Order && sorted(&option.text) != sorted(&self.answer) {
                let message = "this option has other lines than those that are printed";
                let mut told = Diagnostic::error(Code::Quiz, span, message)
                    .with_help("write each of the printed lines once, in another order");
                told.notes.push(format!("it prints:\n{}", self.answer));
                found.push(told);
            } else {
                options.push(Choice {
                    text: option.text.clone(),
                    why: option.why.clone(),
                    right: false,
                    misconception: None,
                });
            }
        }
        options
    }

    fn too_few(&self, wrong: usize) -> Diagnostic {
        let message = match wrong {
            0 => format!("this quiz has no wrong option, and needs {LEAST_WRONG}"),
            _ => format!("this quiz has {wrong} wrong option, and needs {LEAST_WRONG}"),
        };
        let mut found = Diagnostic::error(Code::Quiz, fence(self.text, self.example), message).with_help(
            "write what a reader might take for the answer behind the fence, each in a comment of its own: `<!-- option: … -->`",
        );
        found.notes.push(match self.answer.as_str() {
            "" => "the right answer is that nothing is printed".to_owned(),
            answer if answer.contains('\n') => format!("the right answer is:\n{answer}"),
            answer => format!("the right answer is: {answer}"),
        });
        found.notes.push("no other option comes of a misconception that is known".to_owned());
        found
    }
}

/// What a run gives to the question; none: nothing that a reader could name.
fn given(question: Question, trace: &Trace, printed: &str) -> Option<String> {
    let error = match &trace.outcome {
        Outcome::Completed | Outcome::Exited { code: 0 } => None,
        Outcome::Threw { error } | Outcome::SyntaxError { error } => Some(error.headline()),
        _ => return None,
    };
    let given = match (question, error) {
        (Question::Throws, error) => error.unwrap_or_else(|| NO_ERROR.to_owned()),
        (Question::Exports, Some(error)) => error,
        (Question::Exports, None) => trace.exports.as_ref()?.text.clone(),
        (Question::Output | Question::Order, None) => printed.to_owned(),
        (Question::Output | Question::Order, Some(error)) => {
            let line_break = if printed.is_empty() || printed.ends_with('\n') { "" } else { "\n" };
            format!("{printed}{line_break}{error}")
        }
    };
    Some(normal(&given))
}

/// The answer to `predict=throws` where nothing is thrown.
pub const NO_ERROR: &str = "no error";

/// The right answer, or what is wrong with the question; nothing where the example's own failure tells it.
fn answer(
    question: Question,
    verified: &VerifiedExample,
    trace: &Trace,
    text: Text<'_>,
    example: &Example,
) -> Result<String, Option<Box<Diagnostic>>> {
    let is_program = matches!(verified.kind, ExampleKind::Program(_));
    match verified.state {
        ExampleState::Failed(_) => return Err(None),
        ExampleState::Ran(_) if is_program => {}
        _ => return Err(Some(Box::new(not_run(text, example)))),
    }
    let wrong = |message: &str, help: &str| {
        Some(Box::new(Diagnostic::error(Code::Quiz, fence(text, example), message).with_help(help)))
    };
    if question == Question::Exports && verified.kind == ExampleKind::Program(Kind::Script) {
        let help = "write `commonjs` or `module` on the fence, or ask what it prints: `predict`";
        return Err(wrong("`predict=exports` asks about a module, and this is a script", help));
    }
    if question == Question::Exports && verified.kind == ExampleKind::Program(Kind::Module) {
        let help = "ask what it prints: `predict`";
        return Err(wrong("`predict=exports` asks what `require` gives, and this is an ES module", help));
    }
    let Some(answer) = given(question, trace, &verified.printed) else {
        return Err(Some(Box::new(not_run(text, example))));
    };
    if question == Question::Order && sorted(&answer).windows(2).all(|lines| lines[0] == lines[1]) {
        let help = "let it print several lines, or ask what it prints: `predict`";
        return Err(wrong("`predict=order` asks for an order, and there is one line at most", help));
    }
    Ok(answer)
}

fn not_run(text: Text<'_>, example: &Example) -> Diagnostic {
    let message = "the answer of this quiz is not known: its example does not run to its end";
    Diagnostic::error(Code::Quiz, fence(text, example), message)
        .with_help("take `predict` off the fence, or mend the example")
}

fn mingled(text: Text<'_>, example: &Example) -> Diagnostic {
    let message =
        "the answer of this quiz is not its own: what the examples before it print comes in between";
    Diagnostic::error(Code::Quiz, fence(text, example), message)
        .with_help("take `continue` off the fence, or let the others print before they end")
}

fn fence(text: Text<'_>, example: &Example) -> Span {
    let start = example.range.start;
    let first_line = text.text.text[start..].lines().next().map_or(0, str::len);
    text.text.span(start..start + first_line)
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// Standard output and standard error as a terminal shows them.
fn printed(trace: &Trace) -> String {
    let texts = trace.events.iter().filter_map(|event| match event {
        Event::Print { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// None: the examples before it print while it runs, or behind it.
fn before(trace: &Trace, own: &str) -> Option<String> {
    printed(trace).strip_suffix(own).map(str::to_owned)
}
