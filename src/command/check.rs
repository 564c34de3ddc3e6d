//! `check`: verifies what the paths stand for and reports. It builds nothing and writes nothing but its reports,
//! and with `--bless` the claims of the author's files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use crate::book::load::Edited;
use crate::book::{config, load};
use crate::command::outputs::{self, Outputs, Target};
use crate::command::{bless, cache, suggest, verdict, watch};
use crate::engine::pool;
use crate::report::{collect, human, progress};
use crate::verify::shard::Shard;
use crate::verify::{self, Verified};

#[derive(Args, Debug)]
pub struct Options {
    /// A book's root, a markdown file, a folder of markdown files, an exercise's folder or a file in it [default: .]
    pub paths: Vec<PathBuf>,
    /// Rewrite each broken claim in your files to what the run gives, and print the diff; with FILE:LINE only the claim
    /// in that line
    #[arg(long, value_name = "FILE:LINE", num_args = 0..=1, default_missing_value = "")]
    pub bless: Option<String>,
    #[command(flatten)]
    pub outputs: Outputs,
    /// Verify only the K-th of N parts, which are the same on every machine; `report merge` makes one verdict of all
    #[arg(long, value_name = "K/N", conflicts_with_all = ["bless", "suggest_claims"])]
    pub shard: Option<Shard>,
    /// Print a patch instead of the report: comments that state what sentences say and single lines print. Changes no file
    #[arg(long, conflicts_with = "format")]
    pub suggest_claims: bool,
    /// Verify again whenever a source changes, until Ctrl-C or until standard output is closed; JSON is one document a line then
    #[arg(long, conflicts_with_all = ["bless", "suggest_claims"])]
    pub watch: bool,
    /// For a stranger's pull request: read nothing outside of the book (or the file's folder), follow no link, and let
    /// neither book.toml nor a fence raise the limits; --config may
    #[arg(long, conflicts_with_all = ["bless", "suggest_claims"])]
    pub untrusted: bool,
    #[command(flatten)]
    pub run: Run,
}

/// What every verifying command takes.
#[derive(Args, Debug, Clone, Default)]
pub struct Run {
    /// Override a setting of [preprocessor.galley]: a TOML value, e.g. 'state="chapter"' (repeatable)
    #[arg(long = "config", value_name = "KEY=VALUE", value_parser = config::parse_override)]
    pub overrides: Vec<(String, toml::Value)>,
    /// Programs that run at a time; default: one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Run nothing unless the operating system's sandbox holds (Linux: Landlock and seccomp)
    #[arg(long)]
    pub require_sandbox: bool,
    #[command(flatten)]
    pub cache: cache::Options,
}

impl Run {
    /// This very binary's workers, as many as are asked for.
    pub fn pool(&self) -> anyhow::Result<pool::Options> {
        let mut pool = pool::Options::here().context("can't find this program's own binary")?;
        if let Some(jobs) = self.jobs {
            pool.jobs = usize::from(jobs);
        }
        pool.require_sandbox = self.require_sandbox;
        Ok(pool)
    }
}

/// 0 when all holds, 1 when something is false, 2 when it can't be read.
pub fn check(options: &Options) -> anyhow::Result<ExitCode> {
    let targets = options.outputs.targets()?;
    let (paths, wanted) = paths_and_place(options);
    if let Some(wanted) = wanted {
        return bless::bless(&paths, wanted, options, &targets);
    }
    if options.watch {
        return Ok(verdict(&watch::watch(&paths, options, &targets)?));
    }
    if options.suggest_claims {
        let verified = verify(load_all(&paths, &options.run, &Edited::new()), &options.run)?;
        return suggest_claims(&verified, &paths, options);
    }
    Ok(verdict(&round(&paths, options, &targets)?))
}

/// Verifies what the paths stand for and reports.
pub fn round(paths: &[PathBuf], options: &Options, targets: &[Target]) -> anyhow::Result<Verified> {
    let edited = Edited::new();
    let request =
        load::Request { overrides: &options.run.overrides, edited: &edited, untrusted: options.untrusted };
    let verified = verify_in(load_as(paths, request), &options.run, false, options.shard)?;
    write_reports(&verified, paths, options, targets)?;
    Ok(verified)
}

/// What to check; with `--bless`, which claims to rewrite. The flag's value is a path when it has no line.
fn paths_and_place(options: &Options) -> (Vec<PathBuf>, Option<bless::Wanted>) {
    let mut paths = options.paths.clone();
    let wanted = options.bless.as_ref().map(|value| match bless::Wanted::line(value) {
        Some(wanted) => {
            // Without a book around it, the file itself is all there is to check.
            if paths.is_empty() && !Path::new("book.toml").is_file() {
                paths.extend(wanted.file().map(Path::to_path_buf));
            }
            wanted
        }
        None => {
            if !value.is_empty() {
                paths.insert(0, PathBuf::from(value));
            }
            bless::Wanted::All
        }
    });
    (paths, wanted)
}

/// Writes each report to where it is wanted.
pub fn write_reports(
    verified: &Verified,
    paths: &[PathBuf],
    options: &Options,
    targets: &[Target],
) -> anyhow::Result<()> {
    let document = collect::document(verified, &shown_root(paths));
    let texts = collect::texts(&verified.diagnostics);
    let root = verified.sources.config.root.as_deref();
    outputs::write(targets, &document, &texts, &|path| rerun(root, path), options.watch)
}

/// The files of a book are named from its root, which is not always where the command runs.
fn shown_root(paths: &[PathBuf]) -> String {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    if !first.join("book.toml").is_file() {
        return String::new();
    }
    let root = first.to_string_lossy().replace('\\', "/");
    let root = root.trim_start_matches("./");
    if root == "." { String::new() } else { root.to_owned() }
}

fn suggest_claims(verified: &Verified, paths: &[PathBuf], options: &Options) -> anyhow::Result<ExitCode> {
    let (patch, count) = suggest::patch(verified, paths, &options.run)?;
    outputs::deliver(&patch, options.outputs.output.as_deref())?;
    eprintln!("{count} claim{} suggested", if count == 1 { "" } else { "s" });
    if !verified.is_true() {
        eprintln!("not all of the text is true: `mdbook-galley check` tells what is not");
    }
    Ok(verdict(verified))
}

/// The report for people, with the commands that check again what failed.
pub fn report(verified: &Verified, style: human::Style) -> String {
    let root = verified.sources.config.root.as_deref();
    let document = collect::document(verified, "");
    human::report(&document, &collect::texts(&verified.diagnostics), &|path| rerun(root, path), style)
}

/// Reads all paths as one, with the current folder for none; some files as if they had been edited.
pub fn load_all(paths: &[PathBuf], run: &Run, edited: &Edited) -> load::Sources {
    load_as(paths, load::Request { overrides: &run.overrides, edited, untrusted: false })
}

fn load_as(paths: &[PathBuf], request: load::Request<'_>) -> load::Sources {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let mut sources = load::load_as(first, request);
    for (at, path) in paths.iter().enumerate().skip(1) {
        // Another spelling of a path is no other path.
        if paths[..at].iter().any(|known| load::resolve(known) == load::resolve(path)) {
            continue;
        }
        let more = load::load_as(path, request);
        sources.chapters.extend(more.chapters);
        sources.exercises.extend(more.exercises);
        sources.diagnostics.extend(more.diagnostics);
        sources.unreadable |= more.unreadable;
    }
    sources
}

/// Verifies sources with a progress bar.
pub fn verify(sources: load::Sources, run: &Run) -> anyhow::Result<Verified> {
    verify_in(sources, run, false, None)
}

/// As [`verify`]; `elsewhere`: with another seed and at another time; `shard`: only this part.
pub fn verify_in(
    sources: load::Sources,
    run: &Run,
    elsewhere: bool,
    shard: Option<Shard>,
) -> anyhow::Result<Verified> {
    let mut pool = run.pool()?;
    let cache = cache::open(&run.cache, &sources.config, &mut pool);
    let bar = progress::bar();
    let options = verify::Options {
        pool,
        cache: cache.as_ref().map(cache::Opened::cache),
        progress: &|done, total| progress::step(&bar, done, total),
        elsewhere,
        shard,
    };
    let verified = verify::verify(sources, &options);
    bar.finish_and_clear();
    cache.into_iter().for_each(cache::Opened::close);
    verified.context("the examples can't be run")
}

/// The command that checks again what a finding stands in: a markdown file, or the exercise that a file belongs to.
pub fn rerun(root: Option<&Path>, path: &str) -> Option<String> {
    let found = [PathBuf::from(path), root.unwrap_or(Path::new("")).join(path)];
    let file = found.iter().find(|path| path.is_file())?;
    let exercise = file.ancestors().skip(1).take(2).find(|folder| folder.join("exercise.md").is_file());
    let target = match exercise {
        Some(folder) => folder,
        None if file.extension().is_some_and(|extension| extension == "md") => file,
        None => return None,
    };
    let target = target.to_string_lossy().replace('\\', "/");
    let target = match target.strip_prefix("./").unwrap_or(&target) {
        "" => ".",
        target => target,
    };
    let plain = target.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
    Some(if plain {
        format!("mdbook-galley check {target}")
    } else {
        format!("mdbook-galley check '{target}'")
    })
}

/// A reader that has gone away (`check | head`) is no error.
pub fn write_out(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
