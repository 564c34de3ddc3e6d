//! The files that examples load, for each `{{#modules}}`: the drawing that came of the run, or why there is none.

use std::collections::HashMap;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::load::Sources;
use crate::book::modules;
use crate::engine::modules::ModuleGraph;
use crate::engine::trace::Trace;
use crate::verify::plan::{Job, Plan, Purpose};
use crate::verify::{ExampleState, Owner, Text, VerifiedExample, places};

type Runs<'a> = HashMap<(Owner, usize), (&'a Job, &'a Trace)>;

/// Gives the examples the drawings of their files, and says what is wrong with those that get none.
pub fn conclude(
    sources: &Sources,
    plan: &Plan,
    traces: &[Trace],
    examples: &mut [VerifiedExample],
) -> Vec<Diagnostic> {
    let at = places(examples);
    let runs: Runs<'_> = plan
        .jobs
        .iter()
        .zip(traces)
        .filter(|(job, _)| job.purpose == Purpose::Run)
        .map(|(job, trace)| {
            let planned = &plan.examples[job.example];
            ((planned.owner, planned.index), (job, trace))
        })
        .collect();
    let mut diagnostics = Vec::new();
    for text in sources.texts() {
        for (directive, subject) in modules::subjects(text.document, text.examples, text.text) {
            // What is wrong with the directive itself has been told, and other shards tell of their examples.
            let Some((index, &at)) =
                subject.ok().and_then(|index| Some((index, at.get(&(text.owner, index))?)))
            else {
                continue;
            };
            match drawing(text, &examples[at], runs.get(&(text.owner, index))) {
                Ok(html) => examples[at].modules = html,
                Err((code, message, help)) => {
                    let span = text.text.span(directive.range.clone());
                    diagnostics.push(Diagnostic::error(code, span, message).with_help(help));
                }
            }
        }
    }
    diagnostics
}

/// None where it has been told why the example fails. The error is a code, a message and a help.
fn drawing(
    text: Text<'_>,
    example: &VerifiedExample,
    run: Option<&(&Job, &Trace)>,
) -> Result<Option<String>, (Code, String, &'static str)> {
    let place = text.examples[example.index].range.clone();
    let line = text.text.span(place).start_position().line;
    match &example.state {
        ExampleState::Failed(_) => return Ok(None),
        ExampleState::Skipped(reason) => {
            let message = format!(
                "nobody knows which files the example in line {line} loads, for it did not run: {reason}"
            );
            return Err((Code::Modules, message, "name another example: `{{#modules NAME}}`"));
        }
        ExampleState::Ran(_) => {}
    }
    let entry = run.map_or("", |(job, _)| job.program.entry.as_str());
    let graph = run.and_then(|(_, trace)| trace.modules.as_deref());
    match graph.map_or(0, |graph| graph.count(entry)) {
        0 | 1 => {
            let message =
                format!("the example in line {line} loads no other file, so there is nothing to draw");
            let help = "put it behind the program that requires or imports the others, or name the file that starts: \
                `{{#modules NAME}}`";
            Err((Code::Modules, message, help))
        }
        count if count > ModuleGraph::MOST || graph.is_some_and(|graph| graph.more) => {
            let much = match count > ModuleGraph::MOST {
                true => {
                    format!("{count} files or more, and a reader can follow {} at most", ModuleGraph::MOST)
                }
                false => "its files again and again, too often for a picture".to_owned(),
            };
            let message = format!("the example in line {line} loads {much}");
            Err((Code::LimitReached, message, "let a part of it be an example of its own, and draw that"))
        }
        _ => Ok(graph.map(|graph| graph.html.clone())),
    }
}
