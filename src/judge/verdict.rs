//! One claim against one trace. What the claim speaks of is picked out of the trace here; how a text may equal it is the
//! ladder's.

use serde::Serialize;

use crate::claim::literal::{self, Literal};
use crate::claim::sequence;
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::trace::{
    Event, Outcome, ProbeResult, Snapshot, StatementKind, Stream, Thrown, Trace, Value,
};
use crate::judge::ladder::{self, Seen};
use crate::judge::{Actual, Rung, Sight, Sighted, Verdict, near};

/// What a claim is judged by.
pub struct Evidence<'a> {
    pub trace: &'a Trace,
    /// What the example itself printed on standard output, and on both streams.
    pub stdout: &'a str,
    pub printed: &'a str,
    /// The loosest rung that counts.
    pub loosest: Rung,
}

/// A weak claim is never broken.
pub fn judge(claim: &Claim, evidence: &Evidence<'_>) -> Verdict {
    let verdict = match &claim.target {
        Target::Nothing(reason) => Verdict::Unchecked { reason: reason.clone() },
        Target::Statement(id) => statement(claim, *id, evidence.trace),
        Target::Refused(index) => refused(claim, *index, evidence.trace),
        Target::Program => program(claim, evidence),
        Target::ExportsOrProperty => exports_or_property(claim, evidence.trace),
        Target::Probe { index, equals } => probe(evidence.trace, *index, equals.as_deref()),
    };
    match verdict {
        Verdict::Held { rung, actual } if rung > evidence.loosest && rung != Rung::Error => {
            Verdict::Broken { actual: Actual { refused: Some(rung), ..actual } }
        }
        Verdict::Broken { actual }
            if claim.strength <= Strength::Weak && is_doubtful(claim, evidence, &actual.text) =>
        {
            Verdict::Doubtful { actual }
        }
        Verdict::Broken { actual } if claim.strength <= Strength::Weak => Verdict::Unchecked {
            reason: format!("it reads like a remark, and what was seen is {}", shorten(&actual.text)),
        },
        other => other,
    }
}

/// What reads like a remark would be taken for a claim by a reader, and a false one.
fn is_doubtful(claim: &Claim, evidence: &Evidence<'_>, actual: &str) -> bool {
    if near::is_near(&claim.stated, actual) {
        return true;
    }
    let Target::Statement(id) = claim.target else { return false };
    // Behind a declaration a number may be the same one in other units: `5 * 1000; // 5 seconds`.
    let statements = evidence.trace.parsed.as_ref().map_or(&[][..], |parsed| &parsed.statements);
    if statements.get(id).is_some_and(|statement| statement.kind == StatementKind::Declaration) {
        return false;
    }
    let seen = observe(evidence.trace, id);
    let (values, prints) = (&seen.values, &seen.prints);
    claim.strength == Strength::Weak
        && (values.iter().any(|seen| near::is_other_value(&claim.stated, std::slice::from_ref(&seen.value)))
            || prints.iter().any(|(_, values)| near::is_other_value(&claim.stated, values)))
}

/// What one statement did.
struct Observed<'a> {
    reached: bool,
    values: Vec<&'a Snapshot>,
    prints: Vec<(&'a str, &'a [Value])>,
    /// What was printed since the statement was reached, before its own first print: while its arguments were evaluated.
    led: Vec<(&'a str, &'a [Value])>,
    threw: Vec<&'a Thrown>,
}

fn observe(trace: &Trace, id: usize) -> Observed<'_> {
    let mut seen = Observed {
        reached: false,
        values: Vec::new(),
        prints: Vec::new(),
        led: Vec::new(),
        threw: Vec::new(),
    };
    for event in &trace.events {
        match event {
            Event::Reached { statement } if *statement == id => seen.reached = true,
            Event::Value { statement, snapshot } if *statement == id => seen.values.push(snapshot),
            Event::Threw { statement, error, .. } if *statement == id => {
                seen.threw.push(error);
            }
            Event::Print { text, values, statements, .. } if statements.contains(&id) => {
                seen.prints.push(printed(text, values.as_deref()));
            }
            Event::Print { text, values, .. } if seen.reached && seen.prints.is_empty() => {
                seen.led.push(printed(text, values.as_deref()));
            }
            _ => {}
        }
    }
    seen.reached |= !seen.values.is_empty() || !seen.prints.is_empty() || !seen.threw.is_empty();
    seen
}

/// What one statement did, each time, as it reads: what a page compares another run with.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Texts {
    pub values: Vec<String>,
    pub prints: Vec<String>,
    pub threw: Vec<String>,
}

pub fn texts(trace: &Trace, id: usize) -> Texts {
    let seen = observe(trace, id);
    let error = |thrown: &&Thrown| match thrown.name.as_str() {
        "" => thrown.message.clone(),
        name => format!("{name}: {}", thrown.message),
    };
    Texts {
        values: seen.values.iter().map(|snapshot| snapshot.text.clone()).collect(),
        prints: seen.prints.iter().map(|(text, _)| (*text).to_owned()).collect(),
        threw: seen.threw.iter().map(error).collect(),
    }
}

fn printed<'a>(text: &'a str, values: Option<&'a [Value]>) -> (&'a str, &'a [Value]) {
    (text.strip_suffix('\n').unwrap_or(text), values.unwrap_or_default())
}

fn statement(claim: &Claim, id: usize, trace: &Trace) -> Verdict {
    let seen = observe(trace, id);
    if claim.kind == ClaimKind::Unreached {
        return unreached(id, trace);
    }
    if !seen.reached {
        return Verdict::Unchecked { reason: not_reached(trace) };
    }
    if let Some(first) = seen.threw.first() {
        // Each time it threw, not only the first.
        let rungs = seen.threw.iter().map(|thrown| ladder::matches_error(&claim.stated, thrown));
        let rungs: Vec<Option<Rung>> = rungs.collect();
        let other = rungs.iter().position(Option::is_none).and_then(|at| seen.threw.get(at));
        let held = rungs.into_iter().collect::<Option<Vec<_>>>().and_then(|rungs| rungs.into_iter().max());
        return verdict(held, Actual::thrown(other.unwrap_or(first)));
    }
    let values: Vec<Seen<'_>> = seen
        .values
        .iter()
        .map(|snapshot| Seen { text: &snapshot.text, values: std::slice::from_ref(&snapshot.value) })
        .collect();
    let prints: Vec<Seen<'_>> = seen.prints.iter().map(|&(text, values)| Seen { text, values }).collect();
    let with_led: Vec<Seen<'_>> =
        seen.led.iter().chain(&seen.prints).map(|&(text, values)| Seen { text, values }).collect();
    if seen.values.len().max(seen.prints.len()) >= RECORDED {
        return Verdict::Unchecked { reason: format!("the statement ran {RECORDED} times or more") };
    }
    let says_nothing = seen.values.iter().all(|snapshot| says_nothing(&snapshot.value));
    let readings: &[&[Seen<'_>]] = match (claim.kind, claim.exacting) {
        (ClaimKind::Throws, true) => &[],
        (ClaimKind::Value, true) => &[&values],
        (ClaimKind::Output, true) => &[&prints],
        (ClaimKind::Output, false) => &[&prints, &values],
        // A call that prints and gives nothing of its own is told by what it prints.
        _ if says_nothing => &[&prints, &values],
        _ => &[&values, &prints],
    };
    let readings = readings.iter().filter(|reading| !reading.is_empty());
    let verdicts: Vec<Verdict> = readings.map(|reading| sequence(claim, reading)).collect();
    let held = verdicts.iter().find(|verdict| matches!(verdict, Verdict::Held { .. }));
    if let Some(held) = held {
        return held.clone();
    }
    let around = around(claim, id, trace);
    if let Some(verdict) = beyond(claim, id, trace, (&with_led, prints.len()), &around) {
        return verdict;
    }
    match meant(&claim.stated, &verdicts) {
        Some(Verdict::Broken { actual }) => {
            let several = claim.stated.lines().nth(1).is_some() && !seen.prints.is_empty();
            let around = around.iter().filter(|_| several).map(|(_, seen)| owned(seen)).collect();
            return Verdict::Broken { actual: Actual { around, ..actual.clone() } };
        }
        Some(verdict) => return verdict.clone(),
        None => {}
    }
    let strays = prints_of_nobody(&around);
    if !strays.is_empty() && claim.kind == ClaimKind::Output && claim.stated != "nothing" {
        return Verdict::Broken { actual: told(&strays) };
    }
    if claim.kind == ClaimKind::Output && claim.stated.trim_end_matches('.') == "nothing" && ended(trace) {
        return Verdict::Held { rung: Rung::Exact, actual: Actual::nothing("nothing is printed") };
    }
    if !ended(trace) {
        return Verdict::Unchecked { reason: not_reached(trace) };
    }
    let nothing = match claim.kind {
        ClaimKind::Throws => "nothing is thrown",
        ClaimKind::Output => "nothing is printed",
        _ => "it has no value",
    };
    Verdict::Broken { actual: Actual::nothing(nothing) }
}

/// What a claim tells beyond its statement's own values and prints: what was printed for a print's arguments (`led`: those
/// and its own, of which there are `own`), what statements above printed, what comes later.
fn beyond(
    claim: &Claim,
    id: usize,
    trace: &Trace,
    (led, own): (&[Seen<'_>], usize),
    around: &[(By, Seen<'_>)],
) -> Option<Verdict> {
    if own == 1 && led.len() > own {
        if claim.part.1 > 1 && led.len() == claim.part.1 {
            return Some(sequence(claim, led));
        }
        let rung = if claim.part.1 <= 1 { in_order(&claim.stated, led) } else { None };
        if let Some(rung) = rung {
            return Some(Verdict::Held { rung, actual: told(led) });
        }
    }
    shared(claim, id, trace, own).or_else(|| {
        let (rung, actual) = spanning(&claim.stated, around)?;
        Some(Verdict::Held { rung, actual })
    })
}

/// All prints of the program, for a claim that may tell more of them than its statement's.
fn around<'a>(claim: &Claim, id: usize, trace: &'a Trace) -> Vec<(By, Seen<'a>)> {
    let mut around = if may_span(claim) { all_prints(trace, id) } else { Vec::new() };
    if !is_last(trace, id) {
        // What nobody has made may be that of a statement behind it.
        around.iter_mut().filter(|(by, _)| *by == By::Nobody).for_each(|(by, _)| *by = By::Other);
    }
    around
}

/// Of what is not as stated, the one that the claim means: a text speaks of texts, where there are some, and only what
/// is called a promise of the promise that a call gives back.
fn meant<'a>(stated: &str, verdicts: &'a [Verdict]) -> Option<&'a Verdict> {
    let all = |verdict: &Verdict, is: &dyn Fn(&Value) -> bool| match verdict {
        Verdict::Broken { actual: Actual { seen: Sight::Values(seen), .. } } => {
            seen.iter().all(|seen| matches!(&seen.values[..], [only] if is(only)))
        }
        _ => false,
    };
    let is_text = |value: &Value| matches!(value, Value::String { .. });
    let other = |value: &Value| !matches!(value, Value::Promise { .. }) || stated.contains("Promise");
    let text = literal::parse(stated).is_none_or(|stated| matches!(stated, Literal::String(_)));
    let texts = verdicts.iter().find(|verdict| text && all(verdict, &is_text));
    texts.or_else(|| verdicts.iter().find(|verdict| all(verdict, &other))).or(verdicts.first())
}

/// What a call gives back that has nothing to say, or says it later.
fn says_nothing(value: &Value) -> bool {
    let handles = ["Timeout", "Immediate"];
    match value {
        Value::Undefined | Value::Promise { .. } => true,
        Value::Object { class: Some(class), .. } => handles.contains(&class.as_str()),
        _ => false,
    }
}

/// A program goes on behind a statement that is said to throw, so that more can be judged: what runs after that does not
/// run for a reader.
fn unreached(id: usize, trace: &Trace) -> Verdict {
    let before = trace.events.iter().take_while(|event| !matches!(event, Event::Threw { resumed: true, .. }));
    let mut before = before.filter(|event| matches!(event, Event::Reached { statement } if *statement == id));
    if before.next().is_some() {
        return Verdict::Broken { actual: Actual::nothing("it is executed") };
    }
    match &trace.outcome {
        Outcome::Completed | Outcome::Threw { .. } | Outcome::Exited { .. } => {
            Verdict::Held { rung: Rung::Exact, actual: Actual::nothing("it is not executed") }
        }
        _ => Verdict::Unchecked { reason: not_reached(trace) },
    }
}

/// What stands behind a mark may tell what the statements above printed too, or what comes later.
fn may_span(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Output && claim.strength == Strength::Marked && claim.part.1 <= 1
}

/// Claims in a row below statements that print one after the other: each tells one print, the last one the statement's.
fn shared(claim: &Claim, id: usize, trace: &Trace, own: usize) -> Option<Verdict> {
    let count = claim.part.1;
    if count < 2 || own == 0 || own >= count {
        return None;
    }
    let prints = all_prints(trace, id);
    let end = prints.iter().rposition(|(by, _)| *by == By::Own)? + 1;
    let window: Vec<Seen<'_>> =
        prints.get(end.checked_sub(count)?..end)?.iter().map(|(_, seen)| *seen).collect();
    let own = window.get(claim.part.0)?;
    // What others have printed is known as a text only.
    let words =
        || (own.values.is_empty() && ladder::same_words(&claim.stated, own.text)).then_some(Rung::Dialect);
    let rung = ladder::matches(&claim.stated, *own, claim.strength).or_else(words)?;
    Some(Verdict::Held { rung, actual: one(own) })
}

/// Nothing follows the statement.
fn is_last(trace: &Trace, id: usize) -> bool {
    let Some(parsed) = &trace.parsed else { return false };
    let mut behind = parsed.comments.iter().filter(|comment| comment.after == Some(id));
    parsed.statements.get(id).is_some_and(|statement| statement.top)
        && behind.all(|comment| comment.before.is_none())
}

/// Whose a print is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The statement's that the claim stands at.
    Own,
    Other,
    /// No recorded statement's, after the statement was reached.
    Nobody,
}

fn all_prints(trace: &Trace, id: usize) -> Vec<(By, Seen<'_>)> {
    let mut reached = false;
    let prints = trace.events.iter().filter_map(move |event| match event {
        Event::Reached { statement } => {
            reached |= *statement == id;
            None
        }
        Event::Print { text, values, statements, .. } => {
            let (text, values) = printed(text, values.as_deref());
            let by = match statements {
                _ if statements.contains(&id) => By::Own,
                _ if statements.is_empty() && reached => By::Nobody,
                _ => By::Other,
            };
            Some((by, Seen { text, values }))
        }
        _ => None,
    });
    prints.collect()
}

/// Prints in one run, the statement's own among them; when it has none, those that are no other statement's.
fn spanning(stated: &str, prints: &[(By, Seen<'_>)]) -> Option<(Rung, Actual)> {
    let held = |run: &[Seen<'_>]| Some((in_order(stated, run)?, told(run)));
    let Some(first) = prints.iter().position(|(by, _)| *by == By::Own) else {
        return held(&prints_of_nobody(prints));
    };
    let last = prints.iter().rposition(|(by, _)| *by == By::Own)?;
    let seen: Vec<Seen<'_>> = prints.iter().map(|(_, seen)| *seen).collect();
    let runs = (0..=first).flat_map(|start| (last + 1..=seen.len()).map(move |end| start..end));
    // The statement's own alone have been looked at.
    runs.filter(|run| run.len() > last + 1 - first && run.len() <= MAX_SPAN)
        .filter_map(|run| held(seen.get(run)?))
        .min_by_key(|(rung, _)| *rung)
}

/// Those that no recorded statement has made.
fn prints_of_nobody<'a>(prints: &[(By, Seen<'a>)]) -> Vec<Seen<'a>> {
    prints.iter().filter(|(by, _)| *by == By::Nobody).map(|(_, seen)| *seen).collect()
}

/// So many prints one claim tells at most.
const MAX_SPAN: usize = 100;

fn joined(seen: &[Seen<'_>]) -> String {
    seen.iter().map(|seen| seen.text).collect::<Vec<_>>().join("\n")
}

fn owned(seen: &Seen<'_>) -> Sighted {
    Sighted { text: seen.text.to_owned(), values: seen.values.to_vec() }
}

fn told(seen: &[Seen<'_>]) -> Actual {
    Actual::values(seen.iter().map(owned).collect())
}

fn one(seen: &Seen<'_>) -> Actual {
    Actual::values(vec![owned(seen)])
}

/// So often the worker records a statement.
const RECORDED: usize = 1000;

/// A claim, or its part of several, against everything seen in order.
fn sequence(claim: &Claim, seen: &[Seen<'_>]) -> Verdict {
    let (index, count) = claim.part;
    let all = || joined(seen);
    if count > 1 {
        let lines: Vec<&str> = seen.iter().flat_map(|seen| seen.text.lines()).collect();
        if seen.len() != count && lines.len() == count {
            let line = Seen { text: lines[index], values: &[] };
            return verdict(ladder::matches(&claim.stated, line, claim.strength), one(&line));
        }
        let Some(&own) = seen.get(index) else {
            return Verdict::Broken { actual: Actual::nothing("nothing more is seen there") };
        };
        if index + 1 == count && seen.len() > count {
            return Verdict::Broken { actual: told(&seen[index..]) };
        }
        return verdict(ladder::matches(&claim.stated, own, claim.strength), one(&own));
    }
    if let [only] = seen {
        return verdict(ladder::matches(&claim.stated, *only, claim.strength), one(only));
    }
    // Several evaluations: the claim agrees with each, or states them all.
    let each = seen.iter().map(|&seen| ladder::matches(&claim.stated, seen, claim.strength));
    let held = each
        .collect::<Option<Vec<_>>>()
        .and_then(|rungs| rungs.into_iter().max())
        .or_else(|| ladder::matches(&claim.stated, Seen { text: &all(), values: &[] }, claim.strength))
        .or_else(|| in_order(&claim.stated, seen));
    verdict(held, told(seen))
}

/// Each print told in its turn: by lines, by values in a list, by pieces of a sentence.
fn in_order(stated: &str, seen: &[Seen<'_>]) -> Option<Rung> {
    let text = joined(seen);
    if seen.len() > 1 && stated.trim_end() == text.trim_end() {
        return Some(Rung::Exact);
    }
    // A line in parentheses speaks of the others.
    let is_remark = |line: &&str| line.trim().starts_with('(') && line.trim().ends_with(')');
    let lines: Vec<&str> = stated.lines().filter(|line| !line.trim().is_empty()).collect();
    let told: Vec<&str> = lines.iter().copied().filter(|line| !is_remark(line)).collect();
    each(&lines, seen)
        .or_else(|| each(&told, seen).map(|rung| rung.max(Rung::Tail)))
        .or_else(|| listed(stated, seen))
        .or_else(|| each(&sequence::pieces(stated), seen).map(|rung| rung.max(Rung::Dialect)))
        .or_else(|| {
            each(&stated.split_whitespace().collect::<Vec<_>>(), seen).map(|rung| rung.max(Rung::Dialect))
        })
}

fn each(stated: &[&str], seen: &[Seen<'_>]) -> Option<Rung> {
    if stated.len() != seen.len() || seen.is_empty() {
        return None;
    }
    let rungs = stated.iter().zip(seen).map(|(line, &seen)| {
        // Of a print that belongs to no recorded statement the values are not known.
        let told =
            || (seen.values.is_empty() && ladder::same_words(line, seen.text)).then_some(Rung::Dialect);
        ladder::matches(line, seen, Strength::Marked).or_else(told)
    });
    rungs.collect::<Option<Vec<_>>>()?.into_iter().max()
}

fn listed(stated: &str, seen: &[Seen<'_>]) -> Option<Rung> {
    let literals = literal::parse_list(stated).or_else(|| literal::parse_row(stated))?;
    let values = seen.iter().map(|seen| match seen.values {
        [only] => Some(only.clone()),
        _ => None,
    });
    ladder::all_are(&literals, &values.collect::<Option<Vec<_>>>()?)
}

/// A line that does not parse throws its error before anything runs.
fn refused(claim: &Claim, index: usize, trace: &Trace) -> Verdict {
    let line = trace.parsed.as_ref().and_then(|parsed| parsed.refused.get(index));
    let Some(line) = line else {
        return Verdict::Unchecked { reason: not_reached(trace) };
    };
    let thrown = line.thrown();
    verdict(ladder::matches_error(&claim.stated, &thrown), Actual::thrown(&thrown))
}

fn program(claim: &Claim, evidence: &Evidence<'_>) -> Verdict {
    let trace = evidence.trace;
    match claim.kind {
        ClaimKind::Exports => match &trace.exports {
            Some(exports) => {
                let value = as_plain_object(exports);
                let seen = Seen { text: &exports.text, values: std::slice::from_ref(&value) };
                verdict(ladder::matches(&claim.stated, seen, claim.strength), one(&seen))
            }
            None => Verdict::Unchecked { reason: not_reached(trace) },
        },
        ClaimKind::Throws => match first_thrown(trace) {
            Some(thrown) => verdict(ladder::matches_error(&claim.stated, thrown), Actual::thrown(thrown)),
            None => match ended(trace) {
                true => Verdict::Broken { actual: Actual::nothing("nothing is thrown") },
                false => Verdict::Unchecked { reason: not_reached(trace) },
            },
        },
        _ => {
            if !ended(trace) && !matches!(trace.outcome, Outcome::Threw { .. } | Outcome::Exited { .. }) {
                return Verdict::Unchecked { reason: not_reached(trace) };
            }
            let texts = [evidence.stdout, evidence.printed];
            let held = texts
                .iter()
                .filter_map(|text| ladder::matches(&claim.stated, Seen { text, values: &[] }, claim.strength))
                .min();
            let single = single_print(trace);
            let held = held.or_else(|| {
                let print = single.as_ref()?;
                let seen = Seen { text: &print.text, values: &print.values };
                ladder::matches(&claim.stated, seen, Strength::Marked)
            });
            if evidence.printed.is_empty() {
                return verdict(held, Actual::nothing("nothing is printed"));
            }
            let values = single.map(|print| print.values).unwrap_or_default();
            let text = nearer(&claim.stated, evidence);
            verdict(held, Actual::text(text.trim_end(), &values))
        }
    }
}

/// An ES module's namespace may be stated as the plain object of its exports.
pub fn as_plain_object(exports: &Snapshot) -> Value {
    match &exports.value {
        Value::Object { entries, .. } if exports.text.starts_with("[Module: null prototype]") => {
            Value::Object { class: Some("Object".into()), entries: entries.clone() }
        }
        other => other.clone(),
    }
}

/// The text of both streams, or of standard output alone where the claim has more lines of that.
fn nearer<'a>(stated: &str, evidence: &Evidence<'a>) -> &'a str {
    let missed =
        |text: &str| text.lines().filter(|line| !stated.lines().any(|stated| stated == *line)).count();
    let alone = !evidence.stdout.is_empty() && missed(evidence.stdout) < missed(evidence.printed);
    if alone { evidence.stdout } else { evidence.printed }
}

/// A program with one print may be stated by its value.
fn single_print(trace: &Trace) -> Option<Sighted> {
    let mut prints = trace.events.iter().filter_map(|event| match event {
        Event::Print { text, values, stream: Stream::Stdout, .. } => Some((text, values)),
        _ => None,
    });
    let (text, values) = prints.next()?;
    if prints.next().is_some() {
        return None;
    }
    let text = text.trim_end();
    let values = values.clone().unwrap_or_else(|| vec![Value::String { v: text.to_owned() }]);
    Some(Sighted { text: text.to_owned(), values })
}

pub fn first_thrown(trace: &Trace) -> Option<&Thrown> {
    match &trace.outcome {
        Outcome::Threw { error } | Outcome::SyntaxError { error } => Some(error),
        _ => trace.events.iter().find_map(|event| match event {
            Event::Threw { error, resumed: true, .. } => Some(error),
            _ => None,
        }),
    }
}

/// `V` is exported: V equals the exports, or the value of one of their own properties.
fn exports_or_property(claim: &Claim, trace: &Trace) -> Verdict {
    let Some(exports) = &trace.exports else {
        return Verdict::Unchecked { reason: not_reached(trace) };
    };
    let own: &[(String, Value)] = match &exports.value {
        Value::Object { entries, .. } => entries,
        _ => &[],
    };
    let candidates = std::iter::once(&exports.value).chain(own.iter().map(|(_, value)| value));
    // A looser rung would let "Rock" stand for more than itself.
    let found = candidates.filter_map(|value| {
        let seen = match value {
            Value::String { v } => Seen { text: v, values: std::slice::from_ref(value) },
            _ => Seen { text: "\u{0}", values: std::slice::from_ref(value) },
        };
        ladder::matches(&claim.stated, seen, Strength::Marked).filter(|rung| *rung <= Rung::Value)
    });
    let mut found: Vec<Rung> = found.collect();
    // A function is told by its name: `greet` is exported.
    let is_function = |value: &Value| matches!(value, Value::Function { .. });
    let named = own.iter().any(|(name, value)| *name == claim.stated && is_function(value))
        || matches!(&exports.value, Value::Function { name, .. } if *name == claim.stated);
    found.extend(named.then_some(Rung::Value));
    verdict(found.into_iter().min(), Actual::text(&exports.text, std::slice::from_ref(&exports.value)))
}

fn probe(trace: &Trace, index: usize, equals: Option<&str>) -> Verdict {
    match (trace.probes.get(index), equals) {
        (None, _) => Verdict::Unchecked { reason: not_reached(trace) },
        (Some(ProbeResult::Threw { error }), _) => Verdict::Broken { actual: Actual::thrown(error) },
        (Some(ProbeResult::Value { snapshot }), None) => {
            let held = (snapshot.value == Value::Boolean { v: true }).then_some(Rung::Exact);
            verdict(held, Actual::text(&snapshot.text, std::slice::from_ref(&snapshot.value)))
        }
        (Some(ProbeResult::Value { snapshot }), Some(stated)) => {
            let seen = Seen { text: &snapshot.text, values: std::slice::from_ref(&snapshot.value) };
            verdict(ladder::matches(stated, seen, Strength::Marked), one(&seen))
        }
    }
}

fn verdict(held: Option<Rung>, actual: Actual) -> Verdict {
    match held {
        Some(rung) => Verdict::Held { rung, actual },
        None => Verdict::Broken { actual },
    }
}

/// The program came to its end, with or without an error that the text expects.
fn ended(trace: &Trace) -> bool {
    matches!(trace.outcome, Outcome::Completed | Outcome::Unsettled)
}

fn not_reached(trace: &Trace) -> String {
    match &trace.outcome {
        Outcome::Completed | Outcome::Unsettled => "the statement is never reached".into(),
        Outcome::NotRun => "the example is not run".into(),
        Outcome::Threw { error } => format!("the program ended before with {}", error.headline()),
        Outcome::SyntaxError { error } => format!("the example does not parse: {}", error.message),
        Outcome::Exited { .. } => "the program ended before by process.exit".into(),
        Outcome::Unsupported { what } => format!("needs {what}"),
        Outcome::TimedOut => "the program ran out of time".into(),
        Outcome::OutOfMemory => "the program ran out of memory".into(),
        Outcome::Limit { what } => format!("the program went over its limit of {what}"),
        Outcome::Crashed { .. } => "the engine failed".into(),
    }
}

fn shorten(text: &str) -> String {
    let mut characters = text.chars();
    let head: String = characters.by_ref().take(60).collect();
    if characters.next().is_some() { format!("{head}…") } else { head }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(kind: ClaimKind, stated: &str, part: (usize, usize)) -> Claim {
        Claim {
            kind,
            exacting: false,
            range: 0..1,
            stated: stated.into(),
            pieces: Vec::new(),
            strength: Strength::Marked,
            part,
            target: Target::Statement(0),
        }
    }

    fn prints(texts: &[&str]) -> Trace {
        let events = texts.iter().map(|text| Event::Print {
            stream: Stream::Stdout,
            text: format!("{text}\n"),
            values: Some(vec![Value::Number { v: (*text).into() }]),
            statements: vec![0],
        });
        Trace { events: events.collect(), ..Trace::default() }
    }

    fn held(claim: &Claim, trace: &Trace) -> bool {
        let evidence = Evidence { trace, stdout: "", printed: "", loosest: Rung::Tail };
        matches!(judge(claim, &evidence), Verdict::Held { .. })
    }

    #[test]
    fn a_loop_is_stated_by_its_sequence_or_by_a_value_that_never_changes() {
        let output = |stated| claim(ClaimKind::Output, stated, (0, 1));
        assert!(held(&output("1, 2, 3"), &prints(&["1", "2", "3"])));
        assert!(held(&output("1\n2\n3"), &prints(&["1", "2", "3"])));
        assert!(held(&output("7"), &prints(&["7", "7"])));
        for stated in ["1", "3", "1, 2", "1, 2, 4", "1, 2, 3, 4", "1\n2"] {
            assert!(!held(&output(stated), &prints(&["1", "2", "3"])), "{stated}");
        }
    }

    #[test]
    fn several_claims_share_the_prints_in_order_and_leave_none_unsaid() {
        let part = |stated, index| claim(ClaimKind::Output, stated, (index, 2));
        assert!(held(&part("1", 0), &prints(&["1", "2"])));
        assert!(held(&part("2", 1), &prints(&["1", "2"])));
        assert!(!held(&part("1", 1), &prints(&["1", "2"])));
        assert!(!held(&part("2", 1), &prints(&["1", "2", "3"])));
        assert!(!held(&part("2", 1), &prints(&["1"])));
    }

    #[test]
    fn what_is_never_reached_is_never_held() {
        let trace = Trace::default();
        let evidence = Evidence { trace: &trace, stdout: "", printed: "", loosest: Rung::Tail };
        for kind in [ClaimKind::Value, ClaimKind::Output, ClaimKind::Throws] {
            let verdict = judge(&claim(kind, "1", (0, 1)), &evidence);
            assert!(matches!(verdict, Verdict::Unchecked { .. }), "{verdict:?}");
        }
    }

    #[test]
    fn a_weak_claim_is_held_or_doubtful_or_unchecked() {
        let verdict = |printed: &str| {
            let mut weak = claim(ClaimKind::Output, "1 apple", (0, 1));
            weak.strength = Strength::Weak;
            let trace = prints(&[printed]);
            let evidence = Evidence { trace: &trace, stdout: "", printed: "", loosest: Rung::Tail };
            judge(&weak, &evidence)
        };
        assert!(matches!(verdict("1"), Verdict::Held { .. }));
        // Another number is told, so a reader would be misled.
        assert!(matches!(verdict("2"), Verdict::Doubtful { .. }));
        let mut word = claim(ClaimKind::Output, "about", (0, 1));
        word.strength = Strength::Remark;
        let trace = prints(&["2"]);
        let evidence = Evidence { trace: &trace, stdout: "", printed: "", loosest: Rung::Tail };
        assert!(matches!(judge(&word, &evidence), Verdict::Unchecked { .. }));
    }

    #[test]
    fn exported_words_are_the_exports_or_one_of_their_values() {
        let exports = |entries: Vec<(String, Value)>| Trace {
            exports: Some(Snapshot {
                text: "…".into(),
                value: Value::Object { class: Some("Object".into()), entries },
            }),
            ..Trace::default()
        };
        let mut sentence = claim(ClaimKind::Prose, "Rock", (0, 1));
        sentence.target = Target::ExportsOrProperty;
        let genre = |v: &str| ("genre".to_owned(), Value::String { v: v.into() });
        assert!(held(&sentence, &exports(vec![genre("Rock")])));
        assert!(!held(&sentence, &exports(vec![genre("Blues")])));
        assert!(!held(&sentence, &exports(vec![genre("")])));
        assert!(!held(&sentence, &exports(vec![("Rock".into(), Value::Null)])));
        let function = Value::Function { name: "play".into(), class: false, extends: None };
        assert!(held(&sentence, &exports(vec![("Rock".into(), function)])), "a function is told by its name");
    }
}
