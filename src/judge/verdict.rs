//! One claim against one trace. What the claim speaks of is picked out of the trace here; how a text may equal it is the
//! ladder's.

use crate::claim::literal::{self, Literal};
use crate::claim::{Claim, ClaimKind, Strength, Target};
use crate::engine::trace::{Event, Outcome, ProbeResult, Snapshot, Stream, Thrown, Trace, Value};
use crate::judge::ladder::{self, Seen};
use crate::judge::{Actual, Rung, Sight, Sighted, Verdict};

/// What a claim is judged by.
pub struct Evidence<'a> {
    pub trace: &'a Trace,
    /// What the example itself printed on standard output, and on both streams.
    pub stdout: &'a str,
    pub printed: &'a str,
    /// The loosest rung that counts.
    pub loosest: Rung,
}

/// Held, broken or unchecked. A weak claim is never broken.
pub fn judge(claim: &Claim, evidence: &Evidence<'_>) -> Verdict {
    let verdict = match &claim.target {
        Target::Nothing(reason) => Verdict::Unchecked { reason: reason.clone() },
        Target::Statement(id) => statement(claim, *id, evidence.trace),
        Target::Program => program(claim, evidence),
        Target::ExportsOrProperty => exports_or_property(claim, evidence.trace),
        Target::Probe { index, equals } => probe(evidence.trace, *index, equals.as_deref()),
    };
    match verdict {
        Verdict::Held { rung, actual } if rung > evidence.loosest && rung != Rung::Error => {
            Verdict::Broken { actual: Actual { refused: Some(rung), ..actual } }
        }
        Verdict::Broken { actual } if claim.strength == Strength::Weak => Verdict::Unchecked {
            reason: format!("it reads like a remark, and what was seen is {}", shorten(&actual.text)),
        },
        other => other,
    }
}

/// What one statement did.
struct Observed<'a> {
    reached: bool,
    values: Vec<&'a Snapshot>,
    prints: Vec<(&'a str, &'a [Value])>,
    threw: Vec<&'a Thrown>,
}

fn observe(trace: &Trace, id: usize) -> Observed<'_> {
    let mut seen = Observed { reached: false, values: Vec::new(), prints: Vec::new(), threw: Vec::new() };
    for event in &trace.events {
        match event {
            Event::Reached { statement } if *statement == id => seen.reached = true,
            Event::Value { statement, snapshot } if *statement == id => seen.values.push(snapshot),
            Event::Threw { statement, error, .. } if *statement == id => {
                seen.threw.push(error);
            }
            Event::Print { text, values, statements, .. } if statements.contains(&id) => {
                let text = text.strip_suffix('\n').unwrap_or(text);
                seen.prints.push((text, values.as_deref().unwrap_or_default()));
            }
            _ => {}
        }
    }
    seen.reached |= !seen.values.is_empty() || !seen.prints.is_empty() || !seen.threw.is_empty();
    seen
}

fn statement(claim: &Claim, id: usize, trace: &Trace) -> Verdict {
    let seen = observe(trace, id);
    if !seen.reached {
        return Verdict::Unchecked { reason: not_reached(trace) };
    }
    if let Some(first) = seen.threw.first() {
        // Each time it threw, not only the first.
        let held = seen.threw.iter().map(|thrown| ladder::matches_error(&claim.stated, thrown));
        let held = held.collect::<Option<Vec<_>>>().and_then(|rungs| rungs.into_iter().max());
        return verdict(held, Actual::thrown(first));
    }
    let values: Vec<Seen<'_>> = seen
        .values
        .iter()
        .map(|snapshot| Seen { text: &snapshot.text, values: std::slice::from_ref(&snapshot.value) })
        .collect();
    let prints: Vec<Seen<'_>> = seen.prints.iter().map(|&(text, values)| Seen { text, values }).collect();
    if seen.values.len().max(seen.prints.len()) >= RECORDED {
        return Verdict::Unchecked { reason: format!("the statement ran {RECORDED} times or more") };
    }
    let undefined = seen.values.iter().all(|snapshot| snapshot.value == Value::Undefined);
    let readings: &[&[Seen<'_>]] = match (claim.kind, claim.exacting) {
        (ClaimKind::Throws, true) => &[],
        (ClaimKind::Value, true) => &[&values],
        (ClaimKind::Output, true) => &[&prints],
        (ClaimKind::Output, false) => &[&prints, &values],
        // A call that prints and gives undefined is told by what it prints.
        _ if undefined => &[&prints, &values],
        _ => &[&values, &prints],
    };
    let readings = readings.iter().filter(|reading| !reading.is_empty());
    let verdicts: Vec<Verdict> = readings.map(|reading| sequence(claim, reading)).collect();
    let held = verdicts.iter().find(|verdict| matches!(verdict, Verdict::Held { .. }));
    let around = match held {
        None if !seen.prints.is_empty() && may_span(claim) => all_prints(trace, id),
        _ => Vec::new(),
    };
    if let Some((rung, window)) = spanning(&claim.stated, &around) {
        return Verdict::Held {
            rung,
            actual: Actual::values(window.iter().map(|(_, seen)| owned(seen)).collect()),
        };
    }
    match held.or_else(|| meant(&claim.stated, &verdicts)) {
        Some(Verdict::Broken { actual }) => {
            let around = around.iter().map(|(_, seen)| owned(seen)).collect();
            return Verdict::Broken { actual: Actual { around, ..actual.clone() } };
        }
        Some(verdict) => return verdict.clone(),
        None => {}
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

/// Several lines behind a mark may tell what the statements above printed too, or what comes later.
fn may_span(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Output
        && claim.strength == Strength::Marked
        && claim.stated.lines().nth(1).is_some()
        && claim.part.1 == 1
}

/// Every print, and whether the statement made it.
fn all_prints(trace: &Trace, id: usize) -> Vec<(bool, Seen<'_>)> {
    let prints = trace.events.iter().filter_map(|event| match event {
        Event::Print { text, values, statements, .. } => {
            let text = text.strip_suffix('\n').unwrap_or(text);
            Some((statements.contains(&id), Seen { text, values: values.as_deref().unwrap_or_default() }))
        }
        _ => None,
    });
    prints.collect()
}

/// Prints in one run, the statement's own among them.
fn spanning<'a, 't>(stated: &str, prints: &'a [(bool, Seen<'t>)]) -> Option<(Rung, &'a [(bool, Seen<'t>)])> {
    let count = stated.lines().count();
    let (first, last) = (prints.iter().position(|(own, _)| *own)?, prints.iter().rposition(|(own, _)| *own)?);
    let seen: Vec<Seen<'_>> = prints.iter().map(|(_, seen)| *seen).collect();
    let starts = last.saturating_sub(count - 1)..=first.min(seen.len().saturating_sub(count));
    let windows = starts.filter_map(|start| {
        Some((line_by_line(stated, seen.get(start..start + count)?)?, prints.get(start..start + count)?))
    });
    windows.min_by_key(|(rung, _)| *rung)
}

fn owned(seen: &Seen<'_>) -> Sighted {
    Sighted { text: seen.text.to_owned(), values: seen.values.to_vec() }
}

fn one(seen: &Seen<'_>) -> Actual {
    Actual::values(vec![owned(seen)])
}

/// So often the worker records a statement.
const RECORDED: usize = 1000;

/// A claim, or its part of several, against everything seen in order.
fn sequence(claim: &Claim, seen: &[Seen<'_>]) -> Verdict {
    let (index, count) = claim.part;
    let all = || seen.iter().map(|seen| seen.text).collect::<Vec<_>>().join("\n");
    let told = |seen: &[Seen<'_>]| Actual::values(seen.iter().map(owned).collect());
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
        .or_else(|| line_by_line(&claim.stated, seen))
        .or_else(|| listed(&claim.stated, seen));
    verdict(held, told(seen))
}

fn line_by_line(stated: &str, seen: &[Seen<'_>]) -> Option<Rung> {
    let lines: Vec<&str> = stated.lines().collect();
    if lines.len() != seen.len() {
        return None;
    }
    let rungs = lines.iter().zip(seen).map(|(line, &seen)| ladder::matches(line, seen, Strength::Marked));
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
fn as_plain_object(exports: &Snapshot) -> Value {
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

fn first_thrown(trace: &Trace) -> Option<&Thrown> {
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
    fn a_weak_claim_is_held_or_unchecked() {
        let mut weak = claim(ClaimKind::Output, "1 apple", (0, 1));
        weak.strength = Strength::Weak;
        assert!(held(&weak, &prints(&["1"])));
        let trace = prints(&["2"]);
        let evidence = Evidence { trace: &trace, stdout: "", printed: "", loosest: Rung::Tail };
        assert!(matches!(judge(&weak, &evidence), Verdict::Unchecked { .. }));
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
        let function = Value::Function { name: "play".into(), class: false };
        assert!(held(&sentence, &exports(vec![("Rock".into(), function)])), "a function is told by its name");
    }
}
