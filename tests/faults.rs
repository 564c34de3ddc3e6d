//! Processes that are killed, crashed and stopped while a thousand examples are verified: nothing is lost, and what they
//! did not run is judged as ever. A binary of its own, since it looks for its child processes.
#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "a test reads /proc, and fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use galley::book::config::Config;
use galley::book::include::ReadError;
use galley::book::load::{self, Sources};
use galley::book::source::SourceFile;
use galley::engine::pool;
use galley::engine::trace::Outcome;
use galley::judge::Verdict;
use galley::verify::{ExampleState, Options, Verified, verify};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

const CHAPTERS: usize = 50;
const EXAMPLES: usize = 20;

/// A third of them states what is false, so that a verdict that is lost shows whichever it is.
fn chapter(number: usize) -> String {
    let example = |at: usize| {
        let (n, stated) = (number * EXAMPLES + at, if at.is_multiple_of(3) { 0 } else { 1 });
        format!(
            "## {n}\n\n```js\nconst list = [{n}, 2];\nlist.indexOf({n}) + 1; // => {stated}\nlist; // => [ {n}, 2 ]\n```\n\n"
        )
    };
    (0..EXAMPLES).map(example).collect()
}

fn sources() -> Sources {
    let config = Config { timeout: Duration::from_secs(1), ..Config::default() };
    let mut sources = Sources {
        config: config.into(),
        chapters: Vec::new(),
        exercises: Vec::new(),
        diagnostics: Vec::new(),
        unreadable: false,
    };
    for number in 0..CHAPTERS {
        let file = SourceFile::new(&format!("{number}.md"), &chapter(number));
        let (read, found) =
            load::chapter(&file.path, &file, &sources.config, &mut |_| Err(ReadError::Missing));
        assert!(found.is_empty());
        sources.chapters.push(read);
    }
    sources
}

/// Verifies all; after so many programs the hook gets the processes that work for this one.
fn verified(forks: bool, crashes: Option<&Path>, hook: &(dyn Fn(usize, &Processes) + Sync)) -> Verified {
    // The processes of another test's run are not to be hit.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let pool = pool::Options {
        forks,
        crashes: crashes.map(Path::to_path_buf),
        ..pool::Options::new(PathBuf::from(env!("CARGO_BIN_EXE_mdbook-galley")), 2)
    };
    let progress = |done: usize, total: usize| {
        if total >= CHAPTERS * EXAMPLES {
            hook(done, &Processes::find());
        }
    };
    verify(sources(), &Options { pool, cache: None, progress: &progress, elsewhere: false, shard: None })
        .expect("the engine starts")
}

/// This process's children, and theirs, which run programs.
struct Processes {
    workers: Vec<Pid>,
    programs: Vec<Pid>,
}

impl Processes {
    fn find() -> Processes {
        let workers = children("self".into());
        let programs = workers.iter().flat_map(|worker| children(worker.to_string())).collect();
        Processes { workers, programs }
    }
}

fn children(pid: String) -> Vec<Pid> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    let listed =
        tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    listed
        .flat_map(|all| {
            all.split_whitespace().filter_map(|pid| pid.parse().ok()).map(Pid::from_raw).collect::<Vec<_>>()
        })
        .collect()
}

/// What is known of an example: how it ended, and its claims.
type Known = (String, Vec<String>);

fn known(verified: &Verified) -> Vec<Known> {
    let example = |example: &galley::verify::VerifiedExample| {
        let claims =
            verified.claims[example.claims.clone()].iter().map(|claim| format!("{:?}", claim.verdict));
        (format!("{:?}", example.state), claims.collect())
    };
    verified.examples.iter().map(example).collect()
}

/// Every example is there; those that a fault hit are failures and have no claim that holds, the others are as they were.
#[track_caller]
fn assert_nothing_lost(verified: &Verified, faults: usize) -> BTreeSet<&'static str> {
    let undisturbed = known(undisturbed());
    let now = known(verified);
    assert_eq!(now.len(), CHAPTERS * EXAMPLES);
    let mut hit = BTreeSet::new();
    let mut count = 0;
    for (at, example) in verified.examples.iter().enumerate() {
        let how = match &example.state {
            ExampleState::Failed(Outcome::Crashed { .. }) => "crashed",
            ExampleState::Failed(Outcome::TimedOut) => "timed out",
            _ => {
                assert_eq!(now[at], undisturbed[at], "example {at}");
                continue;
            }
        };
        hit.insert(how);
        count += 1;
        let held = verified.claims[example.claims.clone()]
            .iter()
            .any(|claim| matches!(claim.verdict, Verdict::Held { .. }));
        assert!(!held, "example {at}: a claim holds of a program that did not end");
    }
    assert!(count > 0, "no fault hit anything");
    // A stopped worker may take with it the program that it read, and the one that it was to run.
    assert!(count <= 2 * faults, "{count} examples failed of {faults} faults");
    hit
}

fn undisturbed() -> &'static Verified {
    static UNDISTURBED: std::sync::OnceLock<Verified> = std::sync::OnceLock::new();
    UNDISTURBED.get_or_init(|| {
        let verified = verified(true, None, &|_, _| {});
        assert_eq!(verified.examples.len(), CHAPTERS * EXAMPLES);
        assert!(
            verified
                .examples
                .iter()
                .all(|example| matches!(example.state, ExampleState::Ran(Outcome::Completed)))
        );
        let broken =
            verified.claims.iter().filter(|claim| matches!(claim.verdict, Verdict::Broken { .. })).count();
        let held =
            verified.claims.iter().filter(|claim| matches!(claim.verdict, Verdict::Held { .. })).count();
        assert_eq!(held + broken, 2 * CHAPTERS * EXAMPLES);
        assert_eq!(broken, CHAPTERS * EXAMPLES.div_ceil(3));
        verified
    })
}

/// Sends a signal to one process each time, at points that a seed gives. A program may have answered before it gets one.
fn with_faults(
    crashes: Option<&Path>,
    seed: u64,
    signals: &[Signal],
    pick: fn(&Processes) -> &[Pid],
    faults: usize,
) -> Verified {
    let state = Mutex::new((seed, 0, 40));
    verified(true, crashes, &|done, processes| {
        let mut state = state.lock().expect("no panic elsewhere");
        let (random, sent, next) = &mut *state;
        if *sent == faults || done < *next {
            return;
        }
        let Some(&victim) = ({
            *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let all = pick(processes);
            all.get((*random >> 33) as usize % all.len().max(1))
        }) else {
            return;
        };
        if kill(victim, signals[*sent % signals.len()]).is_ok() {
            *sent += 1;
            *next = done + 10 + (*random >> 40) as usize % 20;
        }
    })
}

fn workers(processes: &Processes) -> &[Pid] {
    &processes.workers
}

fn programs(processes: &Processes) -> &[Pid] {
    &processes.programs
}

#[test]
fn killed_and_crashed_workers() {
    let hit = assert_nothing_lost(
        &with_faults(None, 1, &[Signal::SIGKILL, Signal::SIGSEGV, Signal::SIGABRT], workers, 12),
        12,
    );
    assert!(hit.contains("crashed"));
}

/// What took a process down is kept, so that it can be reported.
#[test]
fn killed_and_crashed_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let signals = [Signal::SIGKILL, Signal::SIGSEGV, Signal::SIGBUS];
    let verified = with_faults(Some(folder.path()), 2, &signals, programs, 30);
    assert!(assert_nothing_lost(&verified, 30).contains("crashed"));
    for example in &verified.examples {
        let ExampleState::Failed(Outcome::Crashed { reason }) = &example.state else { continue };
        let (_, file) = reason.split_once("please report it with ").expect("a file is named");
        let kept: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).expect("a file")).expect("JSON");
        assert_eq!(kept["program"]["files"][0]["source"], example.files[0].source, "{kept:#}");
        assert!(kept["reason"].as_str().is_some_and(|reason| reason.contains("signal: SIG")), "{kept:#}");
    }
}

#[test]
fn stopped_workers() {
    let hit = assert_nothing_lost(&with_faults(None, 3, &[Signal::SIGSTOP], workers, 4), 4);
    assert!(hit.contains("timed out"));
}

#[test]
fn stopped_programs() {
    let hit = assert_nothing_lost(&with_faults(None, 4, &[Signal::SIGSTOP], programs, 24), 24);
    assert!(hit.contains("timed out"));
}

/// Where there is no fork, programs run in the worker itself, and all else is the same.
#[test]
fn without_fork_everything_is_the_same() {
    let (here, there) = (known(&verified(false, None, &|_, _| {})), known(undisturbed()));
    assert_eq!(here.len(), there.len());
    for (at, (here, there)) in here.iter().zip(&there).enumerate() {
        assert_eq!(here, there, "example {at}");
    }
}
