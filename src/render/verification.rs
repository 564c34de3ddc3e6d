//! The list of all that was verified, which stands in for `{{#verification}}`: the totals, on which rungs claims hold,
//! what was not verified and why, and chapter by chapter each example, quiz, claim and exercise with a link to its place.
//!
//! Counts and verdicts are those of the report's [`Document`], so that the page says what `check --format json` says;
//! examples are numbered as a page shows them. What differs from machine to machine (times, the sandbox, the cache) is left out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::book::diagnostic::Diagnostic;
use crate::book::load::Chapter;
use crate::book::markdown::Node;
use crate::judge::Rung;
use crate::render::course::page;
use crate::render::template::Templates;
use crate::render::{chapter, example, exercise};
use crate::report::cases::{shortened, verb};
use crate::report::collect;
use crate::report::document::{Claim, Document, Example, ExampleStatus, Exercise, Status, Summary, Verdict};
use crate::report::human::plural;
use crate::report::sarif::encoded;
use crate::verify::{Owner, Verified, VerifiedExample};

/// What `verification.hbs` is told.
#[derive(Serialize)]
struct List {
    version: String,
    /// Empty: nothing ran.
    engine: String,
    semantics: &'static str,
    totals: [Total; 5],
    rungs: Vec<Agreement>,
    open: Vec<Open>,
    parts: Vec<Part>,
}

/// A row of the totals.
#[derive(Serialize)]
struct Total {
    what: &'static str,
    all: usize,
    held: usize,
    open: usize,
    broken: usize,
}

/// How many claims hold on a rung.
#[derive(Serialize)]
struct Agreement {
    rung: &'static str,
    meaning: &'static str,
    count: usize,
}

/// What was not verified for one reason.
#[derive(Serialize)]
struct Open {
    /// E.g. "2 examples".
    what: String,
    why: String,
    places: Vec<Places>,
}

/// The places in a chapter.
#[derive(Serialize)]
struct Places {
    title: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    href: Option<String>,
    line: String,
}

/// A chapter, or the exercises that stand in none.
#[derive(Serialize)]
struct Part {
    title: String,
    href: Option<String>,
    /// The file that lines are of, unless they say otherwise.
    file: String,
    counts: String,
    open: usize,
    groups: Vec<Group>,
}

/// An example with its claims, an exercise, or a claim of no example.
#[derive(Serialize)]
struct Group {
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    #[serde(skip)]
    kind: Kind,
    /// It is of the rows below it too.
    is_head: bool,
    what: String,
    /// Of a claim: what is stated, on one line.
    stated: Option<String>,
    /// Of its figure, its exercise or its page; none: it is on no page.
    href: Option<String>,
    #[serde(skip)]
    file: String,
    /// The same, where it is another one than that of the rows around.
    other_file: Option<String>,
    line: usize,
    verdict: &'static str,
    /// The rung, what came of it, or why it was not verified.
    told: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Example,
    Claim,
    Exercise,
}

/// The list, on one line. `from`: the `source_path` of the chapter that it stands in.
pub fn to_html(verified: &Verified, from: &str, templates: &Templates) -> Result<String, Box<Diagnostic>> {
    let document = collect::document(verified, "");
    let parts = Listing::new(verified, &document, from).parts();
    let list = List {
        version: document.tool.version.clone(),
        engine: document.tool.engine.clone(),
        semantics: example::SEMANTICS,
        totals: totals(&document),
        rungs: Rung::ALL.map(|rung| agreement(&document, rung)).into(),
        open: open(&parts),
        parts,
    };
    templates.render("verification", &list)
}

fn totals(document: &Document) -> [Total; 5] {
    let Summary { examples, claims, quizzes, exercises, .. } = &document.summary;
    let total = |what, held, open, broken| Total { what, all: held + open + broken, held, open, broken };
    let mutants = &exercises.mutants;
    [
        total("Examples", examples.ran, examples.skipped, examples.failed),
        total("Claims", claims.held, claims.unchecked, claims.broken),
        total("Quizzes", quizzes.passed, 0, quizzes.failed),
        total("Exercises", exercises.passed, 0, exercises.failed),
        // What no test notices is a warning: nothing is false, and something is not proven.
        total(
            "Changes of solutions, noticed by tests",
            mutants.total - mutants.survived,
            mutants.survived,
            0,
        ),
    ]
}

fn agreement(document: &Document, rung: Rung) -> Agreement {
    let meaning = match rung {
        Rung::Exact => "the very text that Node prints",
        Rung::Value => "a literal of the same value",
        Rung::Dialect => "the same value as a browser’s console or an older Node writes it",
        Rung::Ellipsis => "an ellipsis stands for what is there and not told",
        Rung::Precision => "a number, to the digits that are written",
        Rung::Tail => "a value, then an explanation",
        Rung::Error => "an error’s name or code, and its message in any engine’s words",
    };
    let count = document.claims.iter().filter(|claim| claim.rung.as_deref() == Some(rung.as_str())).count();
    Agreement { rung: named(rung.as_str()), meaning, count }
}

/// A rung as it can stand behind a tick.
fn named(rung: &str) -> &str {
    if rung == Rung::Error.as_str() { "same error" } else { rung }
}

/// By reason, the commonest first.
fn open(parts: &[Part]) -> Vec<Open> {
    let mut reasons: BTreeMap<(Kind, &str), Vec<(&Part, &Row)>> = BTreeMap::new();
    for part in parts {
        for row in part.groups.iter().flat_map(|group| &group.rows) {
            if row.verdict == OPEN {
                reasons.entry((row.kind, &row.told)).or_default().push((part, row));
            }
        }
    }
    let mut sorted: Vec<_> = reasons.into_iter().collect();
    sorted.sort_by_key(|(_, rows)| Reverse(rows.len()));
    let told = sorted.into_iter().map(|((kind, why), rows)| Open {
        what: plural(rows.len(), if kind == Kind::Claim { "claim" } else { "example" }),
        why: why.to_owned(),
        places: places(&rows),
    });
    told.collect()
}

fn places(rows: &[(&Part, &Row)]) -> Vec<Places> {
    let parts = rows.chunk_by(|(one, _), (other, _)| std::ptr::eq(*one, *other));
    let places = parts.map(|rows| Places {
        title: rows[0].0.title.clone(),
        lines: rows.iter().map(|(part, row)| line(part, row)).collect(),
    });
    places.collect()
}

fn line(part: &Part, row: &Row) -> Line {
    let line =
        if row.file == part.file { row.line.to_string() } else { format!("{}:{}", row.file, row.line) };
    Line { href: row.href.clone(), line }
}

const HELD: &str = "held";
const OPEN: &str = "unchecked";
const BROKEN: &str = "broken";

/// What the rows are made from.
struct Listing<'a> {
    verified: &'a Verified,
    document: &'a Document,
    /// From the page that the list stands on to the site's root.
    root: String,
    /// The chapters that place exercises, by the indices of these.
    homes: HashMap<usize, &'a Chapter>,
}

/// What stands in a text, each with where it begins.
type Placed = Vec<(usize, Group)>;

impl<'a> Listing<'a> {
    fn new(verified: &'a Verified, document: &'a Document, from: &str) -> Listing<'a> {
        let homes = verified.sources.placed().into_iter().map(|(chapter, exercise)| (exercise, chapter));
        Listing { verified, document, root: "../".repeat(from.matches('/').count()), homes: homes.collect() }
    }

    /// The chapters in which something was verified, in their order, then the exercises that none of them holds.
    fn parts(&self) -> Vec<Part> {
        let mut groups = self.groups();
        let mut parts = Vec::new();
        let mut seen = HashSet::new();
        for (index, chapter) in self.verified.sources.chapters.iter().enumerate() {
            let mut own = groups.remove(&Owner::Chapter(index)).unwrap_or_default();
            for node in &chapter.document.nodes {
                let Node::Exercise(directive) = node else { continue };
                let named = |exercise: &&Exercise| exercise.name == directive.name;
                let Some(exercise) = self.document.exercises.iter().find(named) else { continue };
                if seen.insert(exercise.index) {
                    let start = directive.range.start;
                    let inner = groups.remove(&Owner::Exercise(exercise.index)).unwrap_or_default();
                    let all = std::iter::once(self.exercise(exercise))
                        .chain(inner.into_iter().map(|(_, group)| group));
                    own.extend(all.map(|group| (start, group)));
                }
            }
            own.sort_by_key(|(start, _)| *start);
            let href = self.page(chapter);
            parts.push(part(chapter.title(), Some(href), &chapter.file.path, own));
        }
        let mut rest = Placed::new();
        for exercise in self.document.exercises.iter().filter(|exercise| !seen.contains(&exercise.index)) {
            rest.push((0, self.exercise(exercise)));
            rest.extend(groups.remove(&Owner::Exercise(exercise.index)).unwrap_or_default());
        }
        parts.push(part("Exercises that no chapter holds", None, "", rest));
        parts.retain(|part| !part.groups.is_empty());
        parts
    }

    /// In the order of their texts.
    fn groups(&self) -> HashMap<Owner, Placed> {
        let Verified { sources, examples, claims, .. } = self.verified;
        let numbers: Vec<Vec<Option<usize>>> = sources.chapters.iter().map(chapter::numbers).collect();
        let mut of_examples: Vec<Group> = Vec::new();
        for (example, told) in examples.iter().zip(&self.document.examples) {
            let number = match example.owner {
                Owner::Chapter(index) => numbers[index][example.index],
                Owner::Exercise(_) => None,
            };
            of_examples.push(Group { rows: vec![self.example(example, told, number)] });
        }
        let mut groups: HashMap<Owner, Placed> = HashMap::new();
        for (claim, told) in claims.iter().zip(&self.document.claims) {
            if let Some(example) = claim.example {
                let rows = &mut of_examples[example].rows;
                let href = rows[0].href.clone();
                let row = Self::claim(told, href);
                // What a quiz asks stands nowhere.
                let is_quiz = self.document.examples[example].quiz.is_some();
                rows.push(if is_quiz { Row { stated: None, ..row } } else { row });
            } else {
                let row = Self::claim(told, self.href(claim.owner, None));
                let placed = (claim.claim.range.start, Group { rows: vec![row] });
                groups.entry(claim.owner).or_default().push(placed);
            }
        }
        for (example, group) in examples.iter().zip(of_examples) {
            let start = sources.text(example.owner).examples[example.index].range.start;
            groups.entry(example.owner).or_default().push((start, group));
        }
        groups.values_mut().for_each(|placed| placed.sort_by_key(|(start, _)| *start));
        groups
    }

    fn example(&self, example: &VerifiedExample, told: &Example, number: Option<usize>) -> Row {
        let is_quiz = if told.quiz.is_some() { ", a quiz" } else { "" };
        let what = match (number, example.owner) {
            (Some(number), _) => format!("Example {number}{is_quiz}"),
            (None, Owner::Chapter(_)) => "Example that is not shown".to_owned(),
            (None, Owner::Exercise(_)) => format!("Example{is_quiz}"),
        };
        let reason = || told.reason.as_deref().map_or_else(String::new, first_line);
        let (verdict, told_of) = match told.status {
            ExampleStatus::Skipped => (OPEN, reason()),
            ExampleStatus::Failed => (BROKEN, "fails".to_owned()),
            ExampleStatus::Passed if told.quiz.as_ref().is_some_and(|quiz| quiz.status == Status::Failed) => {
                (BROKEN, "breaks a rule of quizzes".to_owned())
            }
            ExampleStatus::Passed => {
                (HELD, example::badge(example, &self.verified.claims[example.claims.clone()]))
            }
        };
        Row {
            kind: Kind::Example,
            is_head: true,
            what,
            stated: None,
            href: self.href(example.owner, number),
            file: told.file.clone(),
            other_file: None,
            line: told.line,
            verdict,
            told: told_of,
        }
    }

    /// `href`: of its example or its page.
    fn claim(claim: &Claim, href: Option<String>) -> Row {
        let (verdict, told) = match claim.verdict {
            Verdict::Held => {
                (HELD, claim.rung.as_deref().map_or_else(String::new, |rung| named(rung).to_owned()))
            }
            Verdict::Broken => (BROKEN, "false".to_owned()),
            Verdict::Unchecked => (OPEN, claim.reason.as_deref().map_or_else(String::new, first_line)),
        };
        Row {
            kind: Kind::Claim,
            is_head: false,
            what: verb(claim).to_owned(),
            stated: Some(shortened(&claim.stated)).filter(|stated| !stated.is_empty()),
            href,
            file: claim.file.clone(),
            other_file: None,
            line: claim.line,
            verdict,
            told,
        }
    }

    fn exercise(&self, told: &Exercise) -> Group {
        let exercise = &self.verified.sources.exercises[told.index];
        let result = &self.verified.exercises[told.index];
        let (verdict, said) = match told.status {
            Status::Passed => {
                let mut said = vec![exercise::badge(exercise, result)];
                said.extend(exercise::refusals(exercise, result));
                said.extend(told.mutants.as_ref().map(|mutants| {
                    let noticed = mutants.total - mutants.survived.len();
                    format!("its tests notice {noticed} of {}", plural(mutants.total, "change"))
                }));
                (HELD, said.join("; "))
            }
            Status::Failed => (BROKEN, "breaks one of its rules".to_owned()),
        };
        let title = &exercise.title_span;
        let row = Row {
            kind: Kind::Exercise,
            is_head: true,
            what: format!("Exercise: {}", exercise.title),
            stated: None,
            href: self.href(Owner::Exercise(told.index), None),
            file: title.file.path.clone(),
            other_file: None,
            line: title.start_position().line,
            verdict,
            told: said,
        };
        Group { rows: vec![row] }
    }

    /// `number`: of an example's figure.
    fn href(&self, owner: Owner, number: Option<usize>) -> Option<String> {
        match owner {
            Owner::Chapter(index) => {
                let page = self.page(&self.verified.sources.chapters[index]);
                Some(number.map_or(page.clone(), |number| format!("{page}#{}", example::id(number))))
            }
            Owner::Exercise(index) => {
                let name = &self.verified.sources.exercises[index].name;
                self.homes.get(&index).map(|chapter| format!("{}#exercise-{name}", self.page(chapter)))
            }
        }
    }

    fn page(&self, chapter: &Chapter) -> String {
        format!("{}{}", self.root, encoded(&page(&chapter.source_path)))
    }
}

fn part(title: &str, href: Option<String>, file: &str, placed: Placed) -> Part {
    let mut groups: Vec<Group> = placed.into_iter().map(|(_, group)| group).collect();
    for group in &mut groups {
        let mut around = file.to_owned();
        for row in &mut group.rows {
            row.other_file = (row.file != around).then(|| row.file.clone());
            around.clone_from(&row.file);
        }
    }
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let count = |kind: Kind| rows().filter(|row| row.kind == kind).count();
    let counts = [(Kind::Example, "example"), (Kind::Claim, "claim"), (Kind::Exercise, "exercise")]
        .map(|(kind, noun)| (count(kind), noun))
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| plural(count, noun));
    Part {
        title: title.to_owned(),
        href,
        file: file.to_owned(),
        counts: counts.collect::<Vec<_>>().join(", "),
        open: rows().filter(|row| row.verdict == OPEN).count(),
        groups,
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
