//! What each stage of the pipeline costs for one small example: `cargo bench --bench stages`.
//!
//! Every stage gets the same chapter of 50 examples, so the rates (`elem/s`) are examples a second and comparable.
//! `scripts/measure.py` measures the commands as a whole.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use galley::book::load::{self, Chapter, Sources};
use galley::book::source::SourceFile;
use galley::claim::find;
use galley::engine::pool::{self, Pool};
use galley::engine::program::{Conditions, Host, Limits, Program, SourceText};
use galley::engine::trace::{Outcome, Stream, Trace};
use galley::judge::verdict::{Evidence, judge};
use galley::judge::{Rung, Verdict};
use galley::render::{chapter, highlight, template};
use galley::verify::{self, VerifiedClaim};

const EXAMPLES: usize = 50;

/// Each is true whatever number stands in for `N`.
const CODES: [&str; 5] = [
    "const price = N;\nconsole.log(price - N); // => 0\ntypeof price; // => 'number'\n",
    "const song = { title: 'Alias', tags: ['a', 'b'], length: N };\nsong; // => { title: 'Alias', tags: [ 'a', 'b' ], length: N }\n",
    "null.length; // throws TypeError\nthrow new RangeError('no N'); // throws RangeError: no N\n",
    "class List {\n  #all = [];\n  add(item) {\n    this.#all.push(item);\n    return this;\n  }\n  get size() {\n    return this.#all.length;\n  }\n}\nnew List().add(N).add(2).size; // => 2\n",
    "const later = async () => {\n  await null;\n  console.log(N); // Prints: N\n};\nlater();\nexports.number = N;\n// exports { number: N }\n",
];

fn codes() -> Vec<String> {
    (0..EXAMPLES).map(|n| CODES[n % CODES.len()].replace('N', &(100 + n).to_string())).collect()
}

fn markdown() -> String {
    let sections = codes().into_iter().enumerate();
    sections
        .map(|(n, code)| format!("## Number {n}\n\nSome *words* about `code`.\n\n```js\n{code}```\n\n"))
        .collect()
}

fn read(text: &str) -> Chapter {
    let file = SourceFile::new("chapter.md", text);
    let mut reader = load::reader(Path::new(""));
    let (chapter, diagnostics) = load::chapter("chapter.md", &file, &Arc::default(), &mut reader);
    assert!(diagnostics.is_empty() && chapter.examples.len() == EXAMPLES);
    chapter
}

fn programs() -> Vec<Program> {
    let entry = "/main.js".to_owned();
    codes()
        .into_iter()
        .map(|source| Program {
            files: vec![SourceText { path: entry.clone(), source }],
            entry: entry.clone(),
            kind: None,
            probes: Vec::new(),
            tests: false,
            record: Some(entry.clone()),
            watch: Vec::new(),
            host: Host::Node,
            norun: false,
            mutants: false,
            misconceptions: false,
            stepped: None,
            modules: false,
            limits: Limits::default(),
            conditions: Conditions::default(),
        })
        .collect()
}

/// The same with what their claims want recorded.
fn watching(mut programs: Vec<Program>) -> Vec<Program> {
    let parse: Vec<Program> = programs.iter().map(|it| Program { norun: true, ..it.clone() }).collect();
    for (program, trace) in programs.iter_mut().zip(run(&parse)) {
        let parsed = trace.parsed.as_ref().expect("the worker parsed it");
        program.watch = find::watched(&find::find(&program.files[0].source, parsed, true));
    }
    programs
}

/// One worker: the rate is that of one core.
fn workers() -> pool::Options {
    pool::Options::new(PathBuf::from(env!("CARGO_BIN_EXE_mdbook-galley")), 1)
}

fn run(programs: &[Program]) -> Vec<Trace> {
    Pool::new(workers()).run(programs, &|| ()).expect("the worker starts").traces
}

/// Finds and judges all claims of an example; how many there are.
fn claims(program: &Program, trace: &Trace) -> usize {
    let parsed = trace.parsed.as_ref().expect("the worker parsed it");
    let printed = trace.printed(Stream::Stdout);
    let evidence = Evidence { trace, stdout: &printed, printed: &printed, loosest: Rung::Error };
    let claims = find::find(&program.files[0].source, parsed, true);
    for claim in &claims {
        let verdict = judge(claim, &evidence);
        assert!(matches!(verdict, Verdict::Held { .. }), "{claim:?}: {verdict:?}");
    }
    claims.len()
}

fn stages(criterion: &mut Criterion) {
    let (text, programs) = (markdown(), watching(programs()));
    let mut group = criterion.benchmark_group("stages");
    group.sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));

    // A worker by itself, that reads one file and runs nothing.
    let idle = Program { norun: true, ..programs[0].clone() };
    group.bench_function("start", |bench| bench.iter(|| run(std::slice::from_ref(&idle))));

    group.throughput(Throughput::Elements(EXAMPLES as u64));
    group.bench_function("extract", |bench| bench.iter(|| read(black_box(&text))));

    // With one start.
    group.bench_function("run", |bench| bench.iter(|| run(&programs)));

    let traces = run(&programs);
    assert!(traces.iter().all(|trace| trace.outcome == Outcome::Completed), "{traces:#?}");
    group.bench_function("judge", |bench| {
        bench.iter(|| {
            programs.iter().zip(&traces).map(|(program, trace)| claims(program, trace)).sum::<usize>()
        });
    });

    let highlighted =
        || programs.iter().map(|program| highlight::highlight(&program.files[0].source, "js").len());
    group.bench_function("highlight", |bench| bench.iter(|| highlighted().sum::<usize>()));

    // With its highlighting.
    let sources = Sources {
        config: Arc::default(),
        chapters: vec![read(&text)],
        exercises: Vec::new(),
        diagnostics: Vec::new(),
        unreadable: false,
    };
    let options =
        verify::Options { pool: workers(), cache: None, progress: &|_, _| (), elsewhere: false, shard: None };
    let verified = verify::verify(sources, &options).expect("the worker starts");
    let is_held = |claim: &VerifiedClaim| matches!(claim.verdict, Verdict::Held { .. });
    assert!(verified.is_true() && verified.claims.iter().all(is_held));
    let templates = template::compile(&[]).expect("the embedded templates");
    group.bench_function("render", |bench| {
        bench.iter(|| chapter::to_markdown(&verified, 0, &templates).expect("a chapter"));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
