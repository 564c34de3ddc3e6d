//! Exercises: the solution must pass, the starter and each wrong answer must fail, and for the right reasons.

pub mod answer;
pub mod attempt;
pub mod mutants;
mod rules;

use std::collections::HashSet;
use std::io;

use crate::book::config::Denied;
use crate::book::diagnostic::{Diagnostic, Severity};
use crate::book::exercise::Exercise;
use crate::book::load::Sources;
use crate::book::source::SourceFile;
use crate::engine::program::Program;
use crate::engine::trace::{Outcome, Trace};
use crate::verify::exercise::attempt::{Attempt, Yardstick};
use crate::verify::exercise::mutants::Subject;
use crate::verify::{Engine, VerifiedExercise};

/// One answer to be run against its exercise.
pub struct Job {
    /// Index into `Sources::exercises`.
    exercise: usize,
    role: Role,
    /// Its answer is only parsed: a test that is the first to load it fails just as by any other error.
    parses: bool,
    pub program: Program,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Solution,
    Starter,
    /// Index into `Exercise::wrong`.
    Wrong(usize),
}

/// The attempts at the exercises that are wanted: of each the solution, then the wrong answers, then the starter; of the
/// last two also whether they parse.
pub fn jobs(sources: &Sources, wanted: &dyn Fn(&Exercise) -> bool) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (index, exercise) in sources.exercises.iter().enumerate().filter(|(_, exercise)| wanted(exercise)) {
        let wrong = exercise.wrong.iter().enumerate().map(|(at, file)| (Role::Wrong(at), file));
        let answers = [(Role::Solution, &exercise.solution)].into_iter().chain(wrong);
        for (role, answer) in answers.chain([(Role::Starter, &exercise.starter)]) {
            if role != Role::Solution {
                let program = answer::alone(exercise, &answer.text);
                jobs.push(Job { exercise: index, role, parses: true, program });
            }
            let program = answer::program(exercise, &answer.text);
            jobs.push(Job { exercise: index, role, parses: false, program });
        }
    }
    jobs
}

/// Every exercise's attempts and what is wrong with it; nothing of those that no job is for.
pub fn conclude(
    sources: &Sources,
    jobs: &[Job],
    traces: Vec<Trace>,
) -> (Vec<VerifiedExercise>, Vec<Diagnostic>) {
    let mut exercises: Vec<VerifiedExercise> = Vec::new();
    exercises.resize_with(sources.exercises.len(), VerifiedExercise::default);
    for (job, trace) in jobs.iter().zip(traces) {
        let exercise = &sources.exercises[job.exercise];
        let verified = &mut exercises[job.exercise];
        if job.parses {
            let file = match job.role {
                Role::Wrong(at) => &exercise.wrong[at],
                Role::Starter | Role::Solution => &exercise.starter,
            };
            if let Outcome::SyntaxError { error } = trace.outcome {
                verified.unparsed.insert(file.path.clone(), error);
            }
            continue;
        }
        if job.role == Role::Solution {
            verified.yardstick = Yardstick::of(&trace);
            verified.steps = trace.steps;
        }
        let attempt = Attempt::of(exercise, trace, &verified.yardstick);
        match job.role {
            Role::Solution => verified.solution = attempt,
            Role::Starter => verified.starter = attempt,
            Role::Wrong(at) => {
                let name = stem(&exercise.wrong[at]);
                verified.yardstick.learn(name, &attempt);
                verified.wrong.push(Attempt { matched_wrong: Some(name.to_owned()), ..attempt });
            }
        }
    }
    let mut diagnostics = Vec::new();
    let tried: HashSet<usize> = jobs.iter().map(|job| job.exercise).collect();
    for (index, (exercise, verified)) in sources.exercises.iter().zip(&mut exercises).enumerate() {
        if !tried.contains(&index) {
            continue;
        }
        let found = rules::check(exercise, verified);
        verified.passed = found.iter().all(|found| found.severity < Severity::Error);
        diagnostics.extend(found);
    }
    (exercises, diagnostics)
}

/// Tries small changes of each solution that passes, where the book asks for that.
pub fn audit(
    sources: &Sources,
    exercises: &mut [VerifiedExercise],
    engine: &mut Engine<'_>,
) -> io::Result<Vec<Diagnostic>> {
    let wants = |index: usize| {
        let config = &sources.exercises[index].config;
        engine.mutants || config.mutants || config.deny.contains(&Denied::WeakTests)
    };
    let is_wanted = |index: usize| exercises[index].solution.passed() && wants(index);
    let wanted: Vec<usize> = (0..exercises.len()).filter(|&index| is_wanted(index)).collect();
    let subjects: Vec<Subject<'_>> = wanted
        .iter()
        .map(|&index| Subject { exercise: &sources.exercises[index], verified: &exercises[index] })
        .collect();
    let audited = mutants::audit(&subjects, engine)?;
    let mut diagnostics = Vec::new();
    for (index, mutants) in wanted.into_iter().zip(audited) {
        let exercise = &sources.exercises[index];
        diagnostics.extend(rules::check_tests(exercise, &mutants));
        exercises[index].mutants = Some(mutants);
    }
    Ok(diagnostics)
}

/// What answers to an exercise are compared with, by running its solution and its common wrong answers.
pub fn yardstick(exercise: &Exercise, engine: &mut Engine<'_>) -> io::Result<Yardstick> {
    let answers = [&exercise.solution].into_iter().chain(&exercise.wrong);
    let programs: Vec<_> = answers.map(|answer| answer::program(exercise, &answer.text)).collect();
    let mut traces = engine.run(&programs)?.traces.into_iter();
    let mut yardstick = traces.next().map(|trace| Yardstick::of(&trace)).unwrap_or_default();
    for (file, trace) in exercise.wrong.iter().zip(traces) {
        let wrong = Attempt::of(exercise, trace, &yardstick);
        yardstick.learn(stem(file), &wrong);
    }
    Ok(yardstick)
}

/// Runs one answer.
pub fn attempt(
    exercise: &Exercise,
    yardstick: &Yardstick,
    answer: &str,
    engine: &mut Engine<'_>,
) -> io::Result<Attempt> {
    let mut ran = engine.run(&[answer::program(exercise, answer)])?;
    let trace = ran.traces.pop().unwrap_or_else(Trace::lost);
    Ok(Attempt::of(exercise, trace, yardstick))
}

/// The name of a common wrong answer: its file's, without `.js`.
pub fn stem(wrong: &SourceFile) -> &str {
    let name = wrong.path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".js").unwrap_or(name)
}

/// What a common wrong answer says to the learner: the comment that it begins with.
pub fn message(source: &str) -> Option<String> {
    let source = source.trim_start_matches('\u{feff}').trim_start();
    let lines: Vec<&str> = match source.strip_prefix("/*") {
        Some(comment) => {
            let (comment, _) = comment.split_once("*/")?;
            comment.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect()
        }
        None => source.lines().map_while(|line| line.trim().strip_prefix("//")).map(str::trim).collect(),
    };
    let message = lines.join("\n").trim().to_owned();
    (!message.is_empty()).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::message;

    #[track_caller]
    fn check(source: &str, wanted: Option<&str>) {
        assert_eq!(message(source).as_deref(), wanted, "{source}");
    }

    #[test]
    fn the_message_is_the_comment_at_the_top() {
        check("// Not that.\nx();\n// later", Some("Not that."));
        check("\n  // One\n  // two\nx()", Some("One\ntwo"));
        check("/* One\n * two\n */ x()", Some("One\ntwo"));
        check("/** One */\nx()", Some("One"));
        check("\u{feff}// One\r\n// two\r\nx()", Some("One\ntwo"));
        check("x(); // One", None);
        check("//\nx()", None);
        check("", None);
    }
}
