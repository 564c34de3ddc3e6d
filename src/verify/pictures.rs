//! The pictures of an example: what a second, traced run of its program is asked for, whether it did what the first one
//! did, and whether the captions below the pictures are true.
//!
//! What is verified is the plain run. A traced run that prints anything else, or ends otherwise, gives no picture.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::caption::Caption;
use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::example::{Attributes, Example, Pictures};
use crate::book::load::Sources;
use crate::book::source::Span;
use crate::engine::program::{Limits, Program};
use crate::engine::stepped::{Cell, Step, Stepped, Stepping};
use crate::engine::trace::{Event, Outcome, Stream, Trace};
use crate::verify::plan::{Plan, Purpose};
use crate::verify::program::Part;
use crate::verify::{ExampleState, Owner, Text, VerifiedExample, places};

/// What a page shows.
pub struct Pictured {
    /// HTML on one line.
    pub html: String,
    /// Those that are true.
    pub captions: Vec<Caption>,
}

/// The traced run of an example's program; none when its fence asks for no pictures.
pub fn traced(text: Text<'_>, index: usize, program: &Program, parts: &[Part]) -> Option<Program> {
    let Attributes { pictures, watch, hide, .. } = &text.examples[index].attributes;
    let stepping = Stepping {
        end_only: (*pictures)? == Pictures::End,
        from: parts.last().map_or(1, |part| part.line),
        hidden: text.examples[index].hidden_lines.iter().map(|line| line + 1).collect(),
        watch: watch.clone(),
        hide: hide.clone(),
        range: match (*pictures)? {
            Pictures::Some(first, last) => Some((first, last)),
            Pictures::End | Pictures::Steps => None,
        },
        group: match text.owner {
            Owner::Chapter(owner) => format!("galley-steps-{owner}-{index}"),
            Owner::Exercise(owner) => format!("galley-steps-e{owner}-{index}"),
        },
    };
    Some(Program {
        probes: Vec::new(),
        watch: program.watch.iter().copied().filter(|watched| watched.throws).collect(),
        stepped: Some(stepping),
        modules: false,
        // To look takes its time, too.
        limits: Limits { time_ms: program.limits.time_ms.saturating_mul(3), ..program.limits },
        ..program.clone()
    })
}

/// Gives the examples their pictures, and says what is wrong with those that get none.
pub fn conclude(
    sources: &Sources,
    plan: &Plan,
    traces: &[Trace],
    examples: &mut [VerifiedExample],
) -> Vec<Diagnostic> {
    let at = places(examples);
    let mut diagnostics = Vec::new();
    let mut plain = None;
    for (job, trace) in plan.jobs.iter().zip(traces) {
        match job.purpose {
            Purpose::Before => {}
            Purpose::Run => plain = Some(trace),
            Purpose::Pictures => {
                let planned = &plan.examples[job.example];
                let (Some(plain), Some(stepping), Some(&at)) =
                    (plain, &job.program.stepped, at.get(&(planned.owner, planned.index)))
                else {
                    continue;
                };
                // Why it failed has been told.
                if !matches!(examples[at].state, ExampleState::Ran(_)) {
                    continue;
                }
                let text = sources.text(planned.owner);
                let example = &text.examples[planned.index];
                let entry = &job.program.entry;
                let taken = job.program.files.iter().find_map(|file| taken(&file.source));
                let run = Run { text, example, plain, trace, stepping, entry, taken };
                let (pictured, mut found) = run.conclude();
                examples[at].pictures = pictured;
                diagnostics.append(&mut found);
            }
        }
    }
    diagnostics
}

/// A name of those that are written into a traced program.
fn taken(source: &str) -> Option<&str> {
    static NAMES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"__galleySteps|__s\d+").expect("a valid expression"));
    NAMES.find(source).map(|found| found.as_str())
}

/// An example's two runs.
struct Run<'a> {
    text: Text<'a>,
    example: &'a Example,
    plain: &'a Trace,
    trace: &'a Trace,
    stepping: &'a Stepping,
    entry: &'a str,
    /// A word of the program that the traced run has another meaning for.
    taken: Option<&'a str>,
}

impl Run<'_> {
    fn conclude(&self) -> (Option<Pictured>, Vec<Diagnostic>) {
        let refused = self.difference().map(|(message, help)| {
            Diagnostic::error(Code::ExampleFailed, self.word(&["steps", "diagram"]), message).with_help(help)
        });
        let stepped = match (refused, &self.trace.stepped) {
            (Some(refused), _) => return (None, vec![refused]),
            (None, None) => return (None, Vec::new()),
            (None, Some(stepped)) => stepped,
        };
        let mut diagnostics: Vec<Diagnostic> = self.unknown(stepped).collect();
        let (captions, mut found) = self.captions(stepped);
        match self.unshown(stepped).filter(|_| diagnostics.is_empty()) {
            Some(unshown) => diagnostics.push(unshown),
            None => diagnostics.append(&mut found),
        }
        let html = stepped.html.clone();
        let pictured = diagnostics.is_empty().then_some(Pictured { html, captions });
        (pictured, diagnostics)
    }

    /// In what the traced run was another than the plain one.
    fn difference(&self) -> Option<(String, &'static str)> {
        let with = "the run that is to be drawn";
        if let Some(word) = self.taken {
            return Some((
                format!("there is no picture: {with} has a meaning of its own for `{word}`"),
                "use another name",
            ));
        }
        let (one, other) = (printed(self.plain), printed(self.trace));
        let help = "let it do less, or take `steps` or `diagram` off the fence";
        let limit = match &self.trace.outcome {
            Outcome::Crashed { reason } => Some(reason.clone()),
            Outcome::TimedOut => Some(format!("{with} takes too long")),
            Outcome::OutOfMemory => Some(format!("{with} needs too much memory")),
            _ => None,
        };
        if let Some(limit) = limit {
            return Some((format!("there is no picture: {limit}"), help));
        }
        if one != other {
            let at = one.iter().zip(&other).position(|(one, other)| one != other);
            let at = at.unwrap_or(one.len().min(other.len()));
            let text = |all: &[(Stream, &str)]| match all.get(at) {
                Some((_, text)) => format!("`{}`", text.trim_end().chars().take(60).collect::<String>()),
                None => "nothing more".to_owned(),
            };
            let message = format!(
                "there is no picture: {with} prints {} where the plain run prints {}",
                text(&other),
                text(&one)
            );
            return Some((
                message,
                "print nothing that depends on the text of functions or on places in stacks",
            ));
        }
        (!ends_alike(&self.plain.outcome, &self.trace.outcome))
            .then(|| (format!("there is no picture: {with} ends otherwise than the plain run"), help))
    }

    /// Names in `watch` and `hide` that no variable has.
    fn unknown<'a>(&'a self, stepped: &'a Stepped) -> impl Iterator<Item = Diagnostic> + 'a {
        let lists = [("watch", &self.stepping.watch), ("hide", &self.stepping.hide)];
        let names = lists.into_iter().flat_map(|(word, names)| names.iter().map(move |name| (word, name)));
        names.filter(|(_, name)| !stepped.names.contains(name)).map(|(word, name)| {
            let mut known: Vec<&str> = stepped.names.iter().map(String::as_str).collect();
            known.truncate(12);
            let help = match known[..] {
                [] => "this run has no variables".to_owned(),
                _ => format!("its variables are {}", list(&known)),
            };
            let message = format!("`{word}` names `{name}`, but no variable of this run is called so");
            Diagnostic::error(Code::UnknownAttribute, self.word(&[word]), message).with_help(help)
        })
    }

    /// Why there is nothing to show of what was asked for, or too much.
    fn unshown(&self, stepped: &Stepped) -> Option<Diagnostic> {
        let word = self.word(&["steps", "diagram"]);
        let count = stepped.steps.len();
        let drawn = stepped.drawn(self.stepping).len();
        let wrong = |message: String| Diagnostic::error(Code::UnknownAttribute, word.clone(), message);
        if self.stepping.end_only {
            let nothing = stepped.end.frames.is_empty();
            return nothing.then(|| {
                wrong("there is no picture: no variable is there at the end".into())
                    .with_help("write `steps` to see those of functions, or take `hide` and `watch` away")
            });
        }
        match self.stepping.range {
            _ if count == 0 => Some(
                wrong("there is no picture: the run has no step to show".into())
                    .with_help("take `steps` off the fence, or watch variables that change"),
            ),
            Some((_, last)) if last > count => {
                let (noun, help) = match count {
                    1 => ("step", "write `steps`".to_owned()),
                    _ => ("steps", format!("write `steps=1-{count}`, or less")),
                };
                let message = format!("the run has {count} {noun}, and no step {last}");
                Some(wrong(message).with_help(help))
            }
            _ if drawn > Stepped::MOST => {
                let all = if stepped.more { format!("more than {count}") } else { count.to_string() };
                let message =
                    format!("the run has {all} steps, and a reader can follow {} at most", Stepped::MOST);
                let help = "choose some: `steps=4-12`, or the variables that matter: `watch=a,b`";
                let found = Diagnostic::error(Code::LimitReached, word.clone(), message);
                Some(found.with_help(help))
            }
            _ => None,
        }
    }

    fn captions(&self, stepped: &Stepped) -> (Vec<Caption>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let captions = self.example.captions.iter().filter(|caption| match self.check(caption, stepped) {
            Ok(()) => true,
            Err(found) => {
                diagnostics.push(*found);
                false
            }
        });
        (captions.cloned().collect(), diagnostics)
    }

    fn check(&self, caption: &Caption, stepped: &Stepped) -> Result<(), Box<Diagnostic>> {
        let error = |code: Code, message: String, help: String| {
            let span = self.text.text.span(caption.range.clone());
            Box::new(Diagnostic::error(code, span, message).with_help(help))
        };
        let shown = match self.stepping.end_only {
            true => std::slice::from_ref(&stepped.end),
            false => &stepped.steps[stepped.drawn(self.stepping)],
        };
        let at = caption.step.unwrap_or(shown.len());
        let Some(step) = at.checked_sub(1).and_then(|at| shown.get(at)) else {
            let message = format!("the caption speaks of step {at}, but {} are shown", shown.len());
            return Err(error(Code::UnjudgedClaim, message, "name one that is shown".into()));
        };
        let mut objects = Vec::new();
        for path in &caption.paths {
            match step.find(path, self.entry) {
                Some(Cell::Object { o }) => objects.push(*o),
                Some(Cell::Text { t, .. }) => {
                    let message = format!("the caption speaks of objects, but `{path}` is {t}");
                    return Err(error(
                        Code::UnjudgedClaim,
                        message,
                        "name variables that hold objects".into(),
                    ));
                }
                None => {
                    let help = format!("the picture has {}", list(&names(step)));
                    return Err(error(Code::UnjudgedClaim, format!("`{path}` is not in the picture"), help));
                }
            }
        }
        let distinct = {
            let mut all = objects.clone();
            all.sort_unstable();
            all.dedup();
            all.len()
        };
        if (caption.same && distinct == 1) || (!caption.same && distinct == objects.len()) {
            return Ok(());
        }
        let paths: Vec<&str> = caption.paths.iter().map(String::as_str).collect();
        let (stated, seen) = match caption.same {
            true => ("one object", format!("{distinct}")),
            false => {
                ("different objects", if distinct == 1 { "one".into() } else { format!("only {distinct}") })
            }
        };
        let message = format!("the caption calls {} {stated}, but in the run they are {seen}", list(&paths));
        let word = if caption.same { "different" } else { "same" };
        let help = format!("write `{word}: …` if the run is right, or mend the code");
        Err(error(Code::FalseClaim, message, help))
    }

    /// A word of the fence that begins with one of these names; else the whole fence.
    fn word(&self, names: &[&str]) -> Span {
        let start = self.example.range.start;
        let line = self.text.text.text[start..].lines().next().unwrap_or_default();
        let is_named = |word: &str| {
            names.iter().any(|name| {
                word.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
            })
        };
        let found = words(line).find(|range| is_named(&line[range.clone()])).unwrap_or(0..line.len());
        self.text.text.span(start + found.start..start + found.end)
    }
}

/// Between blanks; and between commas, but where they are a list's.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    line.split([' ', '\t', '`', '~']).flat_map(move |word| {
        let start = at;
        at += word.len() + 1;
        let is_list = ["watch=", "hide="].iter().any(|name| word.contains(name));
        let parts: Vec<&str> = if is_list { vec![word] } else { word.split(',').collect() };
        let mut inside = start;
        parts.into_iter().map(move |part| {
            let range = inside..inside + part.len();
            inside += part.len() + 1;
            range
        })
    })
}

fn printed(trace: &Trace) -> Vec<(Stream, &str)> {
    let print = |event| match event {
        &Event::Print { stream, ref text, .. } => Some((stream, text.as_str())),
        _ => None,
    };
    trace.events.iter().filter_map(print).collect()
}

/// But for the error's stack, whose columns are the instrumented text's.
fn ends_alike(one: &Outcome, other: &Outcome) -> bool {
    match (one, other) {
        (Outcome::Threw { error: one }, Outcome::Threw { error: other }) => {
            (&one.name, &one.message) == (&other.name, &other.message)
        }
        _ => one == other,
    }
}

/// The variables of a picture.
fn names(step: &Step) -> Vec<&str> {
    let all = step.frames.iter().flat_map(|frame| &frame.variables);
    let mut names: Vec<&str> = all.map(|(name, _)| name.as_str()).collect();
    names.truncate(12);
    names
}

/// `a`, `b` and `c`.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match &quoted[..] {
        [] => "nothing".into(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}
