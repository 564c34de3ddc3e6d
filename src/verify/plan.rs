//! What is to be run: one program for each example, with the blocks whose state it shares before it and the chapter's
//! files beside it.

use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::config::ProseMode;
use crate::book::load::Sources;
use crate::book::markdown::{CodeText, Node};
use crate::claim::find;
use crate::claim::prose::{self, ProseClaim};
use crate::claim::shell::{self, ShellClaim};
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::program::{Program, Watched};
use crate::engine::trace::{Outcome, Parsed, Trace};
use crate::verify::pictures;
use crate::verify::program::{Declarations, Part, program};
use crate::verify::surroundings::Surroundings;
use crate::verify::{Engine, Owner, Selection, Text};

/// All that is known before anything runs.
#[derive(Default)]
pub struct Plan {
    pub examples: Vec<Planned>,
    /// Claims that no example stands before.
    pub orphans: Vec<(Owner, Claim)>,
    /// In the order of the examples.
    pub jobs: Vec<Job>,
    /// Of the examples that parse.
    pub declarations: Declarations,
}

/// An example and what the text states about it.
pub struct Planned {
    pub owner: Owner,
    /// Index into the owner's examples.
    pub index: usize,
    /// Of its comments, its output fence and the prose behind it, in the order of their places in the text.
    pub claims: Vec<Claim>,
    /// Expressions that prose wants evaluated at its end.
    pub probes: Vec<String>,
    /// It parses only with something put in for its ellipses.
    pub pseudo: bool,
    /// Where, in the chapter, a comment asks the reader to finish it.
    pub starter: Option<usize>,
    /// It is among those that are to be verified.
    pub wanted: bool,
    /// It could not be parsed for this reason, so its claims are not known.
    pub unread: Option<Outcome>,
}

/// One program to run.
pub struct Job {
    /// Index into `Plan::examples`.
    pub example: usize,
    pub purpose: Purpose,
    pub program: Program,
    /// The parts of the entry's source, in order.
    pub parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The example itself.
    Run,
    /// What is printed before the example begins.
    Before,
    /// The example again, for its pictures; it comes right behind the first run.
    Pictures,
}

type Texts<'a> = HashMap<Owner, Surroundings<'a>>;

/// Reads prose, parses every example, finds the claims in its comments and says what is to be run and watched.
pub(super) fn plan(sources: &Sources, selection: &Selection, engine: &mut Engine<'_>) -> io::Result<Plan> {
    let mut plan = Plan::default();
    let texts: Texts<'_> =
        sources.texts().map(|text| (text.owner, Surroundings::new(sources, text))).collect();
    for text in sources.texts() {
        read_prose(&mut plan, text);
    }
    plan.orphans.sort_by_key(|(owner, claim)| (*owner, claim.range.start));
    for (owner, claim) in &mut plan.orphans {
        place(claim, sources.text(*owner));
    }
    let mut needed = HashSet::new();
    for planned in &mut plan.examples {
        planned.wanted = selection.has(planned.owner, planned.index);
        if planned.wanted {
            let before = texts[&planned.owner].predecessors(planned.index);
            needed.extend(before.into_iter().chain([planned.index]).map(|index| (planned.owner, index)));
        }
    }
    if selection.shard().is_some() {
        // A finding may speak of what any example of its text declares.
        let owners: HashSet<Owner> = needed.iter().map(|(owner, _)| *owner).collect();
        let examples = plan.examples.iter().filter(|planned| owners.contains(&planned.owner));
        needed.extend(examples.map(|planned| (planned.owner, planned.index)));
    }
    let alone = parse(&texts, &plan, engine, |planned| {
        if needed.contains(&(planned.owner, planned.index)) { vec![planned.index] } else { Vec::new() }
    })?;
    for (planned, trace) in plan.examples.iter().zip(&alone) {
        if let Some(parsed) = &trace.parsed {
            plan.declarations.add(planned.owner, planned.index, parsed);
        }
    }
    mark_pseudo(&texts, &mut plan, &alone, engine)?;
    let broken: HashSet<(Owner, usize)> = plan
        .examples
        .iter()
        .zip(&alone)
        .filter(|(_, trace)| trace.outcome != Outcome::NotRun)
        .map(|(planned, _)| (planned.owner, planned.index))
        .collect();
    let indices = |planned: &Planned| -> Vec<usize> {
        let before = texts[&planned.owner].predecessors(planned.index);
        let usable = before.into_iter().filter(|&index| !broken.contains(&(planned.owner, index)));
        usable.chain([planned.index]).collect()
    };
    // A program of one part has been parsed by now.
    let joined = parse(&texts, &plan, engine, |planned| match indices(planned) {
        several if several.len() > 1 && planned.wanted => several,
        _ => Vec::new(),
    })?;
    for (at, (alone, joined)) in alone.iter().zip(&joined).enumerate() {
        if !plan.examples[at].wanted {
            continue;
        }
        let all = indices(&plan.examples[at]);
        let read = if all.len() > 1 { joined } else { alone };
        plan.examples[at].unread = unread(alone).or_else(|| unread(read));
        add(&texts, &mut plan, at, &all, read.parsed.as_ref());
        // An audit looks at claims alone.
        if !matches!(selection, Selection::Some(_)) {
            add_pictures(&texts, &mut plan, at);
        }
    }
    Ok(plan)
}

/// Why a program could not even be parsed: a failure of the engine, which must not pass for a text without claims.
fn unread(trace: &Trace) -> Option<Outcome> {
    match &trace.outcome {
        Outcome::NotRun | Outcome::SyntaxError { .. } | Outcome::Completed => None,
        failed => Some(failed.clone()),
    }
}

fn read_prose(plan: &mut Plan, text: Text<'_>) {
    let nodes: Vec<usize> = text.examples.iter().map(|example| example.node).collect();
    let found = prose::find(text.document, &nodes);
    let first = plan.examples.len();
    plan.examples.extend(found.probes.into_iter().enumerate().map(|(index, probes)| Planned {
        owner: text.owner,
        index,
        claims: Vec::new(),
        probes,
        pseudo: false,
        starter: None,
        wanted: true,
        unread: None,
    }));
    for ProseClaim { claim, example } in found.claims {
        match example {
            Some(index) => plan.examples[first + index].claims.push(claim),
            None => plan.orphans.push((text.owner, claim)),
        }
    }
    for ShellClaim { claim, example } in shell::find(text.document, text.examples) {
        match example {
            Some(index) => plan.examples[first + index].claims.push(claim),
            None => plan.orphans.push((text.owner, claim)),
        }
    }
    plan.orphans.extend(lone_fences(text).map(|claim| (text.owner, claim)));
}

/// Output fences that stand behind no example.
fn lone_fences(text: Text<'_>) -> impl Iterator<Item = Claim> + '_ {
    let outputs = text.examples.iter().filter_map(|example| example.output.as_ref());
    let attached: HashSet<usize> = outputs.map(|output| output.node).collect();
    text.document.nodes.iter().enumerate().filter_map(move |(at, node)| {
        let Node::Block(block) = node else { return None };
        // A `console` block may as well be a shell's.
        let states = ["output", "stdout"].contains(&block.info.as_str());
        (states && !attached.contains(&at)).then(|| {
            let reason = "it does not stand right behind an example";
            fence_claim(&block.code, &block.range, Target::Nothing(reason.into()))
        })
    })
}

fn fence_claim(code: &CodeText, block: &Range<usize>, target: Target) -> Claim {
    let length = code.text.trim_end().len();
    Claim {
        kind: ClaimKind::Output,
        exacting: true,
        range: if length == 0 { block.clone() } else { code.range(0..length) },
        stated: code.text.trim_end().to_owned(),
        pieces: lines(code.text[..length].split('\n').map(str::len)).map(|line| code.range(line)).collect(),
        strength: Strength::Marked,
        part: (0, 1),
        target,
    }
}

/// Keeps the pieces only if they are the stated text: a container's prefix may lie in them, or what the parser has changed.
fn place(claim: &mut Claim, text: Text<'_>) {
    let lines = claim.pieces.iter().map(|piece| text.text.text.get(piece.clone()));
    if !lines.eq(claim.stated.split('\n').map(Some)) {
        claim.pieces.clear();
    }
}

/// The ranges of lines of these lengths that follow each other.
fn lines(lengths: impl Iterator<Item = usize>) -> impl Iterator<Item = Range<usize>> {
    lengths.scan(0, |at, length| {
        let start = std::mem::replace(at, *at + length + 1);
        Some(start..start + length)
    })
}

/// Parses the programs made of the examples that `indices` names for each; an empty trace where it names none.
fn parse(
    texts: &Texts<'_>,
    plan: &Plan,
    engine: &mut Engine<'_>,
    indices: impl Fn(&Planned) -> Vec<usize>,
) -> io::Result<Vec<Trace>> {
    let mut programs = Vec::new();
    let mut places = Vec::new();
    for (at, planned) in plan.examples.iter().enumerate() {
        let indices = indices(planned);
        if !indices.is_empty() {
            let (mut program, _) = program(&texts[&planned.owner], &indices, &[], &plan.declarations);
            program.norun = true;
            programs.push(program);
            places.push(at);
        }
    }
    let mut traces = vec![Trace::default(); plan.examples.len()];
    for (at, trace) in places.into_iter().zip(engine.run(&programs)?.traces) {
        traces[at] = trace;
    }
    Ok(traces)
}

/// Tells a block that leaves something out from one with a mistake in it: the first parses once a name stands in for
/// each ellipsis.
fn mark_pseudo(
    texts: &Texts<'_>,
    plan: &mut Plan,
    alone: &[Trace],
    engine: &mut Engine<'_>,
) -> io::Result<()> {
    let mut programs = Vec::new();
    let mut places = Vec::new();
    for (at, (planned, trace)) in plan.examples.iter().zip(alone).enumerate() {
        let around = &texts[&planned.owner];
        let example = &around.text.examples[planned.index];
        let unparsed = matches!(trace.outcome, Outcome::SyntaxError { .. });
        if !unparsed || example.attributes.throws.is_some() {
            continue;
        }
        let Some(filled) = without_ellipses(&example.code.text) else { continue };
        let (mut program, _) = program(around, &[planned.index], &[], &plan.declarations);
        program.files[0].source = filled;
        program.norun = true;
        programs.push(program);
        places.push(at);
    }
    for (at, trace) in places.into_iter().zip(engine.run(&programs)?.traces) {
        plan.examples[at].pseudo = trace.outcome == Outcome::NotRun;
    }
    Ok(())
}

/// The code with a name for each ellipsis that is no spread and no rest; None when it has none.
fn without_ellipses(code: &str) -> Option<String> {
    static ELLIPSIS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"…|\.\.\.(\s*(?:[)\]};,]|$))").expect("a valid expression"));
    ELLIPSIS.is_match(code).then(|| ELLIPSIS.replace_all(code, "__$1").into_owned())
}

/// "Your code here": what stands below is what the reader's code will make of it.
fn asks_for_code(comment: &str) -> bool {
    static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^\W*(?:todo:?\s*)?(?:(?:(?:add|put|write|enter) )?your (?:code|solution|answer|implementation)(?: goes)? (?:here|below)|(?:add|put|write|enter) your (?:code|solution|answer|implementation)|your (?:code|solution|answer|implementation)|implement (?:me|this)|fill (?:me|this) in)\W*$",
        )
            .expect("a valid expression")
    });
    PLACEHOLDER.is_match(comment.trim_end())
}

/// Adds an example's claims and the programs that judge them.
fn add(texts: &Texts<'_>, plan: &mut Plan, at: usize, indices: &[usize], parsed: Option<&Parsed>) {
    let planned = &mut plan.examples[at];
    let around = &texts[&planned.owner];
    let text = around.text;
    let example = &text.examples[planned.index];
    let (mut program, parts) = program(around, indices, &planned.probes, &plan.declarations);
    let start = parts.last().map_or(0, |part| part.start);
    let mut expected: Vec<Watched> = Vec::new();
    if let Some(parsed) = parsed {
        let placeholder =
            parsed.comments.iter().find(|comment| comment.start >= start && asks_for_code(&comment.text));
        planned.starter =
            placeholder.map(|comment| example.code.range(comment.start - start..comment.end - start).start);
        let found = find::find(&program.files[0].source, parsed, text.config.bare);
        let is_own = |claim: &Claim| claim.range.start >= start;
        let (own, before): (Vec<Claim>, Vec<Claim>) = found.into_iter().partition(is_own);
        // What is said to throw in the examples before ends none of them, so it ends nothing here.
        expected = find::watched(&before).into_iter().filter(|watched| watched.throws).collect();
        program.watch = expected.clone();
        program.watch.extend(find::watched(&own));
        let source = &program.files[0].source;
        let each_line = |piece: Range<usize>| {
            let lengths = source[piece.clone()].split('\n').map(str::len);
            lines(lengths).map(move |line| piece.start + line.start..piece.start + line.end)
        };
        let in_text = |range: Range<usize>| example.code.range(range.start - start..range.end - start);
        planned.claims.extend(own.into_iter().map(|claim| Claim {
            range: in_text(claim.range),
            pieces: claim.pieces.into_iter().flat_map(each_line).map(in_text).collect(),
            ..claim
        }));
    }
    planned.claims.extend(
        example.output.as_ref().map(|output| fence_claim(&output.code, &output.range, Target::Program)),
    );
    if text.config.prose == ProseMode::Deny {
        // A sentence that only may be a claim is one where the author says that all are.
        let code = example.range.clone();
        for claim in planned.claims.iter_mut().filter(|claim| !code.contains(&claim.range.start)) {
            claim.strength = claim.strength.max(Strength::Plain);
        }
    }
    for claim in &mut planned.claims {
        place(claim, text);
    }
    planned.claims.sort_by_key(|claim| claim.range.start);
    if example.attributes.ignore || planned.pseudo {
        return;
    }
    let wants_output = example.quiz.is_some()
        || planned
            .claims
            .iter()
            .any(|claim| claim.target == Target::Program && claim.kind == ClaimKind::Output);
    program.norun = example.attributes.norun;
    program.modules = around.drawn.contains(&planned.index);
    if indices.len() > 1 && wants_output {
        let (mut before, parts) =
            crate::verify::program::program(around, &indices[..indices.len() - 1], &[], &plan.declarations);
        before.conditions = program.conditions.clone();
        // Statements are counted from the beginning.
        before.watch = expected;
        plan.jobs.push(Job { example: at, purpose: Purpose::Before, program: before, parts });
    }
    plan.jobs.push(Job { example: at, purpose: Purpose::Run, program, parts });
}

/// Adds the traced run of the example that was added last, if it wants one and runs.
fn add_pictures(texts: &Texts<'_>, plan: &mut Plan, at: usize) {
    let planned = &plan.examples[at];
    let Some(run) = plan.jobs.last().filter(|job| job.example == at) else { return };
    let traced = pictures::traced(texts[&planned.owner].text, planned.index, &run.program, &run.parts);
    if let Some(program) = traced {
        plan.jobs.push(Job { example: at, purpose: Purpose::Pictures, program, parts: Vec::new() });
    }
}
