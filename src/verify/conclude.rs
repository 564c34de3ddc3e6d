//! What came of the examples: their states, their claims' verdicts, and the findings that an author reads.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::bless;
use crate::bless::place::{self, Mend, Site, value_span};
use crate::book::config::Config;
use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::example::Example;
use crate::book::load::Sources;
use crate::book::quiz::Question;
use crate::book::source::Span;
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::program::{Conditions, Kind, Limits, SourceText};
use crate::engine::trace::{Event, Outcome, Stream, Thrown, Trace};
use crate::judge::verdict::{Evidence, first_thrown, judge, texts};
use crate::judge::{Rung, Verdict};
use crate::verify::finding::{self, finding};
use crate::verify::missing::{self, Missing};
use crate::verify::names::{self, Names};
use crate::verify::plan::{Job, Plan, Planned, Purpose};
use crate::verify::program::Declarations;
use crate::verify::{ExampleKind, ExampleState, Text, VerifiedClaim, VerifiedExample};

pub struct Concluded {
    pub examples: Vec<VerifiedExample>,
    pub claims: Vec<VerifiedClaim>,
    pub diagnostics: Vec<Diagnostic>,
    names: Names,
}

pub fn examples(sources: &Sources, plan: &Plan, traces: &[Trace]) -> Concluded {
    let mut concluded = Concluded {
        examples: Vec::new(),
        claims: Vec::new(),
        diagnostics: Vec::new(),
        names: Names::default(),
    };
    let mut runs = plan.jobs.iter().zip(traces).peekable();
    for (at, planned) in plan.examples.iter().enumerate() {
        let mut before = None;
        let mut run = None;
        while let Some((job, trace)) = runs.next_if(|(job, _)| job.example == at) {
            match job.purpose {
                Purpose::Before => before = Some(trace),
                Purpose::Run => run = Some((job, trace)),
                // `pictures` looks at these.
                Purpose::Pictures => {}
            }
        }
        if !planned.wanted {
            continue;
        }
        let text = sources.text(planned.owner);
        let example = &text.examples[planned.index];
        let case =
            Case { planned, text, example, declarations: &plan.declarations, at: concluded.examples.len() };
        match run {
            Some((job, trace)) => {
                let failed = planned.unread.clone().map(|outcome| Trace::ended(None, outcome));
                let trace = failed.as_ref().unwrap_or(trace);
                conclude(&case, job, trace, before, &mut concluded);
            }
            None => skipped(&case, &mut concluded),
        }
    }
    for (owner, claim) in &plan.orphans {
        let place = finding::Place { value: value_span(sources.text(*owner).text, claim), statement: None };
        let verdict = match &claim.target {
            Target::Nothing(reason) => Verdict::Unchecked { reason: reason.clone() },
            _ => Verdict::Unchecked { reason: "no example stands before it".into() },
        };
        concluded.diagnostics.extend(finding(claim, &verdict, place, None));
        concluded.claims.push(VerifiedClaim {
            example: None,
            owner: *owner,
            claim: claim.clone(),
            verdict,
            mend: None,
        });
    }
    concluded.diagnostics.extend(concluded.names.unstated());
    concluded
}

/// One example, while it is judged.
struct Case<'a> {
    planned: &'a Planned,
    text: Text<'a>,
    example: &'a Example,
    declarations: &'a Declarations,
    /// Its index in `Verified::examples`.
    at: usize,
}

impl Case<'_> {
    fn missing(&self) -> Missing<'_> {
        let Case { planned, text, .. } = self;
        Missing { config: text.config, text: *text, index: planned.index, declarations: self.declarations }
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.text.text.span(range)
    }

    /// A range of an example's code as a place in the author's file.
    fn code_span(&self, index: usize, range: Range<usize>) -> Span {
        self.span(self.text.examples[index].code.range(range))
    }

    fn fence_span(&self) -> Span {
        let start = self.example.range.start;
        let first_line = self.text.text.text[start..].lines().next().map_or(0, str::len);
        self.span(start..start + first_line)
    }
}

/// An example that is not run on purpose: its claims are still counted, and what is stated invisibly is still asked for.
fn skipped(case: &Case<'_>, concluded: &mut Concluded) {
    let first = concluded.claims.len();
    let pseudo = case.planned.pseudo;
    let reason = if pseudo { "the example is pseudo-code" } else { "the example is marked `ignore`" };
    for claim in &case.planned.claims {
        if claim.strength == Strength::Remark {
            continue;
        }
        let verdict = Verdict::Unchecked { reason: reason.into() };
        if claim.kind == ClaimKind::Prose && claim.strength == Strength::Marked {
            let place = finding::Place { value: value_span(case.text.text, claim), statement: None };
            concluded.diagnostics.extend(finding(claim, &verdict, place, None));
        }
        push(case, claim.clone(), verdict, None, concluded);
    }
    concluded.examples.push(VerifiedExample {
        owner: case.planned.owner,
        index: case.planned.index,
        kind: if pseudo { ExampleKind::Pseudo } else { ExampleKind::Program(Kind::Script) },
        state: ExampleState::Skipped(reason.into()),
        stdout: String::new(),
        printed: String::new(),
        files: Vec::new(),
        watch: Vec::new(),
        conditions: Conditions::default(),
        time_ms: Limits::default().time_ms,
        seen: BTreeMap::new(),
        pictures: None,
        modules: None,
        cached: false,
        quiz: None,
        claims: first..concluded.claims.len(),
    });
}

fn conclude(case: &Case<'_>, job: &Job, trace: &Trace, before: Option<&Trace>, concluded: &mut Concluded) {
    let first = concluded.claims.len();
    let kind = trace.parsed.as_ref().map_or(Kind::Script, |parsed| parsed.kind);
    let (stdout, printed) = own_output(trace, before);
    let trace = &*own_errors(trace, job);
    let evidence = Evidence { trace, stdout: &stdout, printed: &printed, loosest: loosest(case.text.config) };
    let (owner, index) = (case.planned.owner, case.planned.index);
    let mut bindings = concluded.names.of(owner, job.parts.iter().map(|part| part.index));
    let mut judged: Vec<(&Claim, Verdict)> = Vec::new();
    for claim in &case.planned.claims {
        let place = || case.span(claim.range.clone());
        judged.push((claim, concluded.names.judge(claim, &evidence, &mut bindings, place)));
    }
    let (state, failed) = match unclaimed(case, job, trace) {
        Some(found) => {
            let outcome = Outcome::SyntaxError { error: found.0 };
            (ExampleState::Failed(outcome), Some(found.1))
        }
        None => state(case, job, trace, &judged),
    };
    let (state, failed, judged) = if case.planned.starter.is_some() {
        starter(case, (state, failed), judged)
    } else {
        (state, failed, judged)
    };
    concluded.diagnostics.extend(failed);
    // Each unjudged claim behind a failure would only repeat it.
    let silent = case.planned.starter.is_some() || !matches!(state, ExampleState::Ran(_));
    for (claim, verdict) in judged {
        if claim.strength == Strength::Remark && matches!(verdict, Verdict::Unchecked { .. }) {
            continue;
        }
        let mend = mend(case, claim, &verdict, &evidence);
        if !(silent && matches!(verdict, Verdict::Unchecked { .. })) {
            let value = value_span(case.text.text, claim);
            let statement = far_statement(case, job, trace, claim);
            let place = finding::Place { value, statement };
            let found = finding(claim, &verdict, place, mend.as_ref());
            let help = missing_name(case, claim, &verdict, trace).or_else(|| names::told(claim, &bindings));
            concluded.diagnostics.extend(found.map(|found| match help {
                Some(help) => Diagnostic { fix: None, ..found.with_help(help) },
                None => found,
            }));
        }
        push(case, claim.clone(), verdict, mend, concluded);
    }
    concluded.names.keep(owner, index, bindings);
    concluded.examples.push(VerifiedExample {
        owner: case.planned.owner,
        index: case.planned.index,
        kind: if case.planned.starter.is_some() {
            ExampleKind::Starter(kind)
        } else {
            ExampleKind::Program(kind)
        },
        state,
        stdout,
        printed,
        files: files_that_run(job, trace),
        watch: job.program.watch.iter().copied().filter(|watched| watched.throws).collect(),
        conditions: job.program.conditions.clone(),
        time_ms: job.program.limits.time_ms,
        seen: case.planned.claims.iter().filter_map(statement).map(|id| (id, texts(trace, id))).collect(),
        pictures: None,
        modules: None,
        cached: false,
        quiz: None,
        claims: first..concluded.claims.len(),
    });
}

/// A line that was left out for it does not parse, but that no claim speaks of.
fn unclaimed(case: &Case<'_>, job: &Job, trace: &Trace) -> Option<(Thrown, Diagnostic)> {
    let start = job.parts.last().map_or(0, |part| part.start);
    let refused = &trace.parsed.as_ref()?.refused;
    let is_claimed =
        |index: usize| case.planned.claims.iter().any(|claim| claim.target == Target::Refused(index));
    let (_, line) =
        refused.iter().enumerate().find(|(index, line)| line.start >= start && !is_claimed(*index))?;
    let error = line.thrown();
    let span = case.code_span(case.planned.index, line.start - start..line.end - start);
    let found = Diagnostic::error(Code::SyntaxError, span, format!("this does not parse: {}", error.message))
        .with_label(error.headline())
        .with_help("mend it, or say behind it that it gives an error: `// throws SyntaxError`");
    Some((error, found))
}

/// What the reader is to finish fails for nobody: its claims are those of the finished program. What stands before the
/// place that is left for the reader is finished.
fn starter<'a>(
    case: &Case<'_>,
    (state, finding): (ExampleState, Option<Diagnostic>),
    judged: Vec<(&'a Claim, Verdict)>,
) -> (ExampleState, Option<Diagnostic>, Vec<(&'a Claim, Verdict)>) {
    const REASON: &str = "the example is a starter, which the reader is to finish";
    let place = case.planned.starter.unwrap_or(0);
    let is_finished = |claim: &Claim| claim.range.start < place;
    let is_open = |(claim, verdict): &(&Claim, Verdict)| {
        !is_finished(claim) && !matches!(verdict, Verdict::Held { .. })
    };
    let open = judged.iter().any(is_open);
    // An error of what is left to the reader leads to no claim behind it.
    let failed =
        matches!(state, ExampleState::Failed(_)) && judged.iter().any(|(claim, _)| !is_finished(claim));
    let note = (open || failed).then(|| {
        Diagnostic::note(
            Code::Style,
            case.fence_span(),
            "this starter's output is not verified: nobody has finished it",
        )
        .with_help("make an exercise of it, whose solution is verified: `mdbook-galley new --exercise NAME`")
    });
    let judged = judged.into_iter().map(|(claim, verdict)| match verdict {
        held @ Verdict::Held { .. } => (claim, held),
        verdict if is_finished(claim) => (claim, verdict),
        _ => (claim, Verdict::Unchecked { reason: REASON.into() }),
    });
    let judged = judged.collect();
    if failed {
        return (ExampleState::Skipped(REASON.into()), note, judged);
    }
    (state, finding.or(note), judged)
}

/// The program's files, without the lines that are said not to parse.
fn files_that_run(job: &Job, trace: &Trace) -> Vec<SourceText> {
    let mut files = job.program.files.clone();
    let refused = trace.parsed.iter().flat_map(|parsed| &parsed.refused);
    if let Some(entry) = files.first_mut() {
        for line in refused {
            let blanks = " ".repeat(line.end - line.start);
            entry.source.replace_range(line.start..line.end, &blanks);
        }
    }
    files
}

fn statement(claim: &Claim) -> Option<usize> {
    match claim.target {
        Target::Statement(id) => Some(id),
        _ => None,
    }
}

fn push(
    case: &Case<'_>,
    claim: Claim,
    verdict: Verdict,
    mend: Option<Result<Mend, String>>,
    concluded: &mut Concluded,
) {
    concluded.claims.push(VerifiedClaim {
        example: Some(case.at),
        owner: case.planned.owner,
        claim,
        verdict,
        mend,
    });
}

/// The trace without the stated errors of the examples before, which are not this one's.
fn own_errors<'a>(trace: &'a Trace, job: &Job) -> Cow<'a, Trace> {
    let start = job.parts.last().map_or(0, |part| part.start);
    let statements = trace.parsed.as_ref().map_or(&[][..], |parsed| &parsed.statements);
    let is_before = |event: &Event| match event {
        Event::Threw { statement, resumed: true, .. } => {
            statements.get(*statement).is_some_and(|statement| statement.start < start)
        }
        _ => false,
    };
    if !trace.events.iter().any(is_before) {
        return Cow::Borrowed(trace);
    }
    let mut own = trace.clone();
    own.events.retain(|event| !is_before(event));
    Cow::Owned(own)
}

/// The patch of a broken claim, or why there is none.
fn mend(
    case: &Case<'_>,
    claim: &Claim,
    verdict: &Verdict,
    evidence: &Evidence<'_>,
) -> Option<Result<Mend, String>> {
    let Verdict::Broken { actual } = verdict else { return None };
    if claim.target == Target::Program
        && claim.kind == ClaimKind::Output
        && matches!(evidence.trace.outcome, Outcome::Threw { .. })
    {
        return Some(Err(
            "the program ends with an error, of which a shell shows more than is compared here".into(),
        ));
    }
    if !claim.captures().is_empty() {
        return Some(Err(
            "it gives names to what is there, so nobody but its author knows what it should say".into(),
        ));
    }
    let holds = |text: &str| {
        let mut rewritten = Claim { stated: text.to_owned(), ..claim.clone() };
        if let Target::Probe { equals: Some(equals), .. } = &mut rewritten.target {
            text.clone_into(equals);
        }
        matches!(judge(&rewritten, evidence), Verdict::Held { .. })
    };
    let inside = |range: &Range<usize>| range.contains(&claim.range.start);
    let output = case.example.output.as_ref().filter(|output| inside(&output.range));
    let own = inside(&case.example.range).then_some(&case.example.code);
    let site = Site { text: case.text.text, code: output.map(|output| &output.code).or(own) };
    Some(bless::rewrite(claim, actual, &holds).and_then(|stated| place::mend(&site, claim, stated)))
}

/// The statement that a comment speaks of, unless it stands on its lines or on those beside them.
fn far_statement(case: &Case<'_>, job: &Job, trace: &Trace, claim: &Claim) -> Option<Span> {
    let Target::Statement(id) = claim.target else { return None };
    let statement = trace.parsed.as_ref()?.statements.get(id)?;
    let start = job.parts.last()?.start;
    let range = statement.start.checked_sub(start)?..statement.end.checked_sub(start)?;
    let span = case.code_span(case.planned.index, range);
    let comment = case.span(claim.range.clone());
    let lines = |span: &Span| (span.start_position().line, span.end_position().line);
    let ((first, last), (top, bottom)) = (lines(&span), lines(&comment));
    let beside = top <= last + 1 && bottom + 1 >= first;
    (!beside).then_some(span)
}

/// What the example printed itself, without what the blocks before it print.
fn own_output(trace: &Trace, before: Option<&Trace>) -> (String, String) {
    let both = |trace: &Trace| -> String {
        let texts = trace.events.iter().filter_map(|event| match event {
            Event::Print { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    };
    let own = |all: String, before: String| match all.strip_prefix(before.as_str()) {
        Some(own) => own.to_owned(),
        None => all,
    };
    let stdout_before = before.map(|trace| trace.printed(Stream::Stdout)).unwrap_or_default();
    let both_before = before.map(both).unwrap_or_default();
    (own(trace.printed(Stream::Stdout), stdout_before), own(both(trace), both_before))
}

fn loosest(config: &Config) -> Rung {
    let allowed = |rung: &Rung| config.rungs.iter().any(|allowed| allowed.as_str() == rung.as_str());
    // A claim of an error is always told by its rung.
    let ladder = Rung::ALL.into_iter().filter(|rung| *rung != Rung::Error);
    ladder.rev().find(allowed).unwrap_or(Rung::Exact)
}

/// What became of the example, and the finding when it failed.
fn state(
    case: &Case<'_>,
    job: &Job,
    trace: &Trace,
    judged: &[(&Claim, Verdict)],
) -> (ExampleState, Option<Diagnostic>) {
    let outcome = trace.outcome.clone();
    let wanted = &case.example.attributes.throws;
    match &trace.outcome {
        Outcome::NotRun => (ExampleState::Skipped("parsed only, as `norun` asks".into()), None),
        Outcome::Completed | Outcome::Exited { code: 0 } => match wanted {
            None => (ExampleState::Ran(outcome), None),
            Some(name)
                if resumed(trace).any(|error| name.as_ref().is_none_or(|name| error.name == *name)) =>
            {
                (ExampleState::Ran(outcome), None)
            }
            Some(name) => {
                let what = name.as_deref().unwrap_or("an error");
                let found = Diagnostic::error(
                    Code::FalseClaim,
                    case.fence_span(),
                    format!("the example is said to throw {what}, but it ends without an error"),
                )
                .with_help("take `throws` off the fence, or mend the example");
                (ExampleState::Failed(outcome), Some(found))
            }
        },
        Outcome::Threw { error } | Outcome::SyntaxError { error } => threw(case, job, trace, error, judged),
        Outcome::Unsupported { what } => {
            let found = Diagnostic::warning(
                Code::ExampleFailed,
                case.fence_span(),
                format!("the example is not verified: it needs {what}, which this engine does not have"),
            )
            .with_help("mark the fence `ignore` if it is only to be shown");
            (ExampleState::Skipped(format!("needs {what}")), Some(found))
        }
        other => {
            let (message, help) = ended_badly(other, &job.program.limits);
            let found = Diagnostic::error(Code::LimitReached, case.fence_span(), message).with_help(help);
            (ExampleState::Failed(outcome), Some(found))
        }
    }
}

fn resumed(trace: &Trace) -> impl Iterator<Item = &Thrown> {
    trace.events.iter().filter_map(|event| match event {
        Event::Threw { error, resumed: true, .. } => Some(error),
        _ => None,
    })
}

fn last_thrown(trace: &Trace, id: usize) -> Option<&Thrown> {
    trace.events.iter().rev().find_map(|event| match event {
        Event::Threw { statement, error, .. } if *statement == id => Some(error),
        _ => None,
    })
}

/// The help for a claim that is false since its statement lacks a name.
fn missing_name(case: &Case<'_>, claim: &Claim, verdict: &Verdict, trace: &Trace) -> Option<String> {
    let thrown = match (verdict, &claim.target) {
        (Verdict::Broken { .. }, Target::Statement(id)) => last_thrown(trace, *id)?,
        (Verdict::Broken { .. }, Target::Program) if claim.kind == ClaimKind::Throws => first_thrown(trace)?,
        _ => return None,
    };
    missing::help(&case.missing(), thrown)
}

fn threw(
    case: &Case<'_>,
    job: &Job,
    trace: &Trace,
    error: &Thrown,
    judged: &[(&Claim, Verdict)],
) -> (ExampleState, Option<Diagnostic>) {
    let stated = judged.iter().any(|(claim, verdict)| {
        claim.kind == ClaimKind::Throws
            && matches!(verdict, Verdict::Held { .. })
            && match claim.target {
                // It must be the very error that ended the program.
                Target::Statement(id) => {
                    last_thrown(trace, id).is_some_and(|thrown| thrown.stack == error.stack)
                }
                Target::Program => true,
                _ => false,
            }
    });
    let wanted = match &case.example.attributes.throws {
        Some(Some(name)) => error.name == *name,
        Some(None) => true,
        None => case.example.attributes.predict == Some(Question::Throws),
    };
    if stated || wanted {
        return (ExampleState::Ran(trace.outcome.clone()), None);
    }
    let (index, span) = error_place(case, job, error);
    if index != case.planned.index {
        // It is reported at the example that it stands in.
        let reason = "an example before it, whose state it shares, fails".to_owned();
        return (ExampleState::Skipped(reason), None);
    }
    let syntax = matches!(trace.outcome, Outcome::SyntaxError { .. });
    let code = if syntax { Code::SyntaxError } else { Code::ExampleFailed };
    let message = match &case.example.attributes.throws {
        Some(Some(name)) => {
            format!("the example is said to throw {name}, but it throws {}", error.headline())
        }
        _ if syntax => match missing::declared_twice(&case.missing(), error, &span) {
            Some((message, help)) => {
                let found =
                    Diagnostic::error(code, span, message).with_label("declared again").with_help(help);
                return (ExampleState::Failed(trace.outcome.clone()), Some(found));
            }
            None => format!("the example does not parse: {}", error.message),
        },
        _ => format!("the example throws {}, which the text does not say", error.headline()),
    };
    let help = match () {
        () if syntax => {
            "mend the code, mark the fence `ignore`, or give it another language if it is no JavaScript"
                .to_owned()
        }
        () => match missing::help(&case.missing(), error) {
            Some(help) => help,
            None => format!(
                "if it is meant to, say so behind the statement: `// throws {}`",
                error.headline().lines().next().unwrap_or_default()
            ),
        },
    };
    let found = Diagnostic::error(code, span, message).with_label(error.headline()).with_help(help);
    (ExampleState::Failed(trace.outcome.clone()), Some(found))
}

/// Where the error was thrown: the example, and the line in the author's file.
fn error_place(case: &Case<'_>, job: &Job, error: &Thrown) -> (usize, Span) {
    let own = case.planned.index;
    let line = error.line.filter(|_| error.file.as_deref() == Some(job.program.entry.as_str()));
    if let Some(line) = line {
        let part = job.parts.iter().rfind(|part| part.line <= line).or(job.parts.last());
        if let Some(part) = part {
            return (part.index, line_span(case, part.index, line - part.line + 1));
        }
    }
    // An error in a file of the chapter is shown there; the finding stays this example's.
    let file = error.file.as_deref().and_then(|path| path.strip_prefix('/'));
    let holder = case
        .text
        .examples
        .iter()
        .position(|example| file.is_some() && example.attributes.file.as_deref() == file);
    match (holder, error.line) {
        (Some(holder), Some(line)) => (own, line_span(case, holder, line)),
        _ => (own, case.fence_span()),
    }
}

/// A line (from 1) of an example's code, without its indentation.
fn line_span(case: &Case<'_>, index: usize, line: usize) -> Span {
    let code = &case.text.examples[index].code.text;
    let start: usize = code.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let text = code[start.min(code.len())..].lines().next().unwrap_or_default();
    let indent = text.len() - text.trim_start().len();
    let end = start + text.trim_end().len();
    if start + indent >= end || end > code.len() {
        return case.fence_span();
    }
    case.code_span(index, start + indent..end)
}

fn ended_badly(outcome: &Outcome, limits: &Limits) -> (String, String) {
    match outcome {
        Outcome::TimedOut => (
            format!("the example runs longer than its limit of {} ms", limits.time_ms),
            "end the loop, or raise the limit with `timeout=MS` on the fence".into(),
        ),
        Outcome::OutOfMemory => (
            format!("the example needs more memory than its limit of {} MiB", limits.memory >> 20),
            "make it smaller, or raise `memory` under [preprocessor.galley]".into(),
        ),
        Outcome::Limit { what } => {
            let help = match what.as_str() {
                "nesting" => "nest its brackets and expressions less deeply",
                _ => "make it print or schedule less",
            };
            (format!("the example goes over its limit of {what}"), help.into())
        }
        Outcome::Exited { code } => (
            format!("the example ends itself with exit code {code}"),
            "a program that fails on purpose is stated by `throws`; take the exit out otherwise".into(),
        ),
        Outcome::Unsettled => (
            "the example waits for a promise that nothing will ever settle".into(),
            "settle it, or take the top-level `await` out".into(),
        ),
        Outcome::Crashed { reason } => (
            format!("the engine failed on this example: {reason}"),
            "if the example does not change built-in objects, this is a fault of Galley: please report it"
                .into(),
        ),
        _ => ("the example ended otherwise than the text says".into(), String::new()),
    }
}
