//! `--format` and `--output`: in which formats a report is written, and where each goes.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};

use crate::command::{atomic, check, watch};
use crate::report::document::{self, Document, Texts};
use crate::report::human::{self, Rerun};
use crate::report::{badge, github, junit, sarif, tap};

#[derive(Args, Debug, Default)]
pub struct Outputs {
    /// How the report is written, and into which file: human, json, junit, sarif, github, tap or badge (repeatable).
    /// One of them goes to standard output: the one without a file, or else a report for people [default: human]
    #[arg(long = "format", id = "format", value_name = "FORMAT[=FILE]", value_parser = target)]
    formats: Vec<Target>,
    /// Write the report of the format without a file into FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub enum Format {
    /// For people
    Human,
    /// One JSON document, of the schema that `report schema` prints
    Json,
    /// Test cases, for GitLab, Jenkins and others
    Junit,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// Test Anything Protocol 14
    Tap,
    /// An SVG for a README: how many outputs are verified, or in red that something is not true
    Badge,
}

/// A format and its file; none: standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    format: Format,
    file: Option<PathBuf>,
}

/// FORMAT or FORMAT=FILE.
fn target(text: &str) -> Result<Target, String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(file)),
        None => (text, None),
    };
    let format = Format::from_str(name, false).map_err(|_| {
        let names = Format::value_variants().iter().filter_map(|format| format.to_possible_value());
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        format!("`{name}` is no format; there are {}", names.join(", "))
    })?;
    if file == Some("") {
        let suggested = match format {
            Format::Badge => "verified.svg".to_owned(),
            _ => format!("report.{name}"),
        };
        return Err(format!("behind `{name}=` a file is to be named, e.g. `{name}={suggested}`"));
    }
    Ok(Target { format, file: file.map(PathBuf::from) })
}

impl Outputs {
    /// The files that are written.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.formats.iter().filter_map(|target| target.file.as_deref()).chain(self.output.as_deref())
    }

    /// What is to be written where. To be asked before anything runs, so that nobody waits for a usage error.
    ///
    /// # Errors
    /// When two reports would go to one place, or `--output` has nothing to name.
    pub fn targets(&self) -> anyhow::Result<Vec<Target>> {
        let mut targets = self.formats.clone();
        let mut without: Vec<&mut Target> =
            targets.iter_mut().filter(|target| target.file.is_none()).collect();
        match (without.as_mut_slice(), &self.output) {
            ([], Some(_)) if !self.formats.is_empty() => {
                bail!("--output is for a --format without a file, and each here has its own")
            }
            ([], _) => targets.insert(0, Target { format: Format::Human, file: self.output.clone() }),
            ([only], output) => only.file.clone_from(output),
            ([..], _) => bail!(
                "only one report can go to standard output: give the others a file, e.g. `--format junit=report.xml`"
            ),
        }
        for (at, target) in targets.iter().enumerate() {
            let same = |other: &&Target| other.file.is_some() && other.file == target.file;
            if let Some(Target { file: Some(file), .. }) = targets[..at].iter().find(same) {
                bail!("two reports can't go into one file: {}", file.display());
            }
        }
        Ok(targets)
    }
}

/// Standard output has a report for people.
pub fn is_told(targets: &[Target]) -> bool {
    targets.iter().any(|target| target.format == Format::Human && target.file.is_none())
}

/// A report goes to standard output.
pub fn is_on_stdout(targets: &[Target]) -> bool {
    targets.iter().any(|target| target.file.is_none())
}

/// Writes each report to its place, also when another can't be written. `again`: another one follows, so that JSON on
/// standard output is one line.
///
/// # Errors
/// Names each file that can't be written.
pub fn write(
    targets: &[Target],
    document: &Document,
    texts: &Texts,
    rerun: &Rerun<'_>,
    again: bool,
) -> anyhow::Result<()> {
    let mut failed: Vec<String> = Vec::new();
    for Target { format, file } in targets {
        let file = file.as_deref();
        let text = match format {
            Format::Human => human::report(document, texts, rerun, style(file)),
            Format::Json if again && file.is_none() => watch::one_line(&document::json(document)),
            Format::Json => document::json(document),
            Format::Junit => junit::report(document, texts),
            Format::Sarif => sarif::report(document),
            Format::Github => github::report(document),
            Format::Tap => tap::report(document, texts),
            Format::Badge => badge::report(document),
        };
        failed.extend(deliver(&text, file).err().map(|error| format!("{error:#}")));
    }
    if failed.is_empty() { Ok(()) } else { Err(anyhow!(failed.join("\nerror: "))) }
}

/// Colours only for a terminal.
pub fn style(output: Option<&Path>) -> human::Style {
    human::Style { color: output.is_none() && io::stdout().is_terminal() }
}

/// Writes a report into its file, or else to standard output.
pub fn deliver(text: &str, output: Option<&Path>) -> anyhow::Result<()> {
    match output {
        Some(path) => atomic::write(path, text.as_bytes()).map_err(|error| {
            let shown = path.display();
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            match folder.filter(|folder| !folder.is_dir()) {
                Some(folder) => anyhow!(
                    "can't write the report to {shown}: there is no folder {}, so make it first",
                    folder.display()
                ),
                None if path.is_dir() => {
                    anyhow!("can't write the report to {shown}: it is a folder, so name a file in it")
                }
                None => anyhow!("can't write the report to {shown}: {error}"),
            }
        }),
        None => Ok(check::write_out(text)?),
    }
}
