//! `report`: what is done with reports that are there. `merge` makes one verdict of the shards of a run, in any format;
//! `schema` prints what the JSON report looks like.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};

use crate::command::outputs::{self, Outputs};
use crate::command::{check, exit_code};
use crate::report::document::{self, Texts};
use crate::report::merge;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// One verdict from the JSON reports of all shards of a run, or another format of one report
    Merge(Merge),
    /// Print the JSON schema of the JSON report
    Schema,
}

#[derive(Args, Debug)]
pub struct Merge {
    /// What `check --shard K/N --format json=FILE` wrote, one file for each K
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
}

/// `merge`: 0 when all holds, 1 when something is false in any shard, 2 when its settings can't be read.
pub fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Schema => {
            check::write_out(&document::schema())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Merge(options) => merge(options),
    }
}

fn merge(options: &Merge) -> anyhow::Result<ExitCode> {
    let targets = options.outputs.targets()?;
    let parts = options.files.iter().map(|path| read(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let document = merge::merge(parts).map_err(|error| anyhow!(error))?;
    let root = PathBuf::from(&document.root);
    outputs::write(&targets, &document, &Texts::new(), &|path| check::rerun(Some(&root), path), false)?;
    Ok(if document.is_readable() { exit_code(document.is_true()) } else { ExitCode::from(2) })
}

fn read(path: &Path) -> anyhow::Result<merge::Part> {
    let text = std::fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
    merge::read(&path.display().to_string(), &text).map_err(|error| anyhow!(error))
}
