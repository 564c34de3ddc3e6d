//! `audit`: verifies, then makes each claim false in memory and asks whether that is reported. It writes nothing but
//! `--output`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::book::load;
use crate::command::check::{Format, Run, deliver, style};
use crate::command::{cache, exit_code};
use crate::report::{self, progress};
use crate::verify;
use crate::verify::audit::Audit;

#[derive(Args, Debug)]
pub struct Options {
    /// A book's root, a markdown file, a folder of markdown files or an exercise's folder
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the report into FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Name the claims behind a count (the JSON has them all)
    #[arg(long, value_enum, value_name = "WHAT")]
    pub list: Option<List>,
    #[command(flatten)]
    pub run: Run,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub enum List {
    /// Claims that may be remarks: made false, they are not reported
    Weak,
}

/// 0 when all holds and every change of a claim is reported, else 1.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let audits =
        options.paths.iter().map(|path| audit(path, &options.run)).collect::<anyhow::Result<Vec<_>>>()?;
    let text = match options.format {
        Format::Human => {
            let weak = options.list == Some(List::Weak);
            report::audit::human(&audits, weak, style(options.output.as_deref()))
        }
        Format::Json => report::audit::json(&audits),
    };
    deliver(&text, options.output.as_deref())?;
    Ok(exit_code(audits.iter().all(Audit::is_proven)))
}

fn audit(path: &Path, run: &Run) -> anyhow::Result<Audit> {
    let bar = progress::bar();
    let mut pool = run.pool()?;
    let cache = cache::open(&run.cache, &load::config(path, &run.overrides), &mut pool);
    let options = verify::Options {
        pool,
        cache: cache.as_ref().map(cache::Opened::cache),
        progress: &|done, total| progress::step(&bar, done, total),
        elsewhere: false,
    };
    let load = |edited: &load::Edited| load::load_edited(path, &run.overrides, edited);
    let audit = verify::audit::audit(&load, &options);
    bar.finish_and_clear();
    cache.into_iter().for_each(cache::Opened::close);
    audit.context("the examples can't be run")
}
