//! The commands of the binary, one file each. They read the command line's finished options, call the pipeline and hand
//! text to standard output; nothing below them prints.

pub mod atomic;
pub mod audit;
#[allow(clippy::disallowed_methods, reason = "it reads again what it is about to write")]
pub mod bless;
pub mod build;
pub mod cache;
pub mod check;
#[allow(clippy::disallowed_methods, reason = "it reads what it would replace")]
pub mod export;
#[allow(clippy::disallowed_methods, reason = "it reads what it would replace")]
pub mod install;
#[allow(clippy::disallowed_methods, reason = "it reads answers and progress")]
pub mod learn;
pub mod log;
#[allow(clippy::disallowed_methods, reason = "it reads the article")]
pub mod new;
pub mod outputs;
#[allow(clippy::disallowed_methods, reason = "it reads the installed files")]
pub mod preprocess;
#[allow(clippy::disallowed_methods, reason = "it reads the reports")]
pub mod report;
#[allow(clippy::disallowed_methods, reason = "it reads the built site")]
pub mod serve;
pub mod suggest;
pub mod watch;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::engine::worker;
use crate::verify::Verified;

/// Verifies JavaScript tutorials: runs every example of a book, judges every stated output, and builds the book.
///
/// Without a command it is an mdBook preprocessor: it reads mdBook's JSON on standard input.
#[derive(Parser, Debug)]
#[command(name = "mdbook-galley", version, about, arg_required_else_help = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Verify examples, claims and exercises; build nothing
    Check(check::Options),
    /// Prove that no claim can be false unnoticed: change each in memory, and see whether it is reported
    Audit(audit::Options),
    /// Merge the reports of shards; print the schema of the JSON report
    #[command(subcommand)]
    Report(report::Command),
    /// Verify, then build the book into its build-dir
    Build(build::Options),
    /// Build the book, show it at an address of this machine, and build it again whenever a source changes
    Serve(serve::Options),
    /// Work through a book's exercises in the terminal: each save of an answer is checked at once
    Learn(learn::Options),
    /// Make a book, a book from an article, or an exercise
    New(new::Options),
    /// Write the exercises as folders in which `node --test` runs their tests
    Export(export::Options),
    /// Prepare a book for plain `mdbook build`: write the page's files and the lines of book.toml
    Install(install::Options),
    /// Asked by mdBook: whether Galley works for a renderer
    #[command(hide = true)]
    Supports { renderer: String },
    /// Run programs for another process of this binary
    #[command(name = "__worker", hide = true)]
    Worker(Worker),
}

#[derive(Args, Debug)]
struct Worker {
    /// Run programs in the worker itself, as where there is no fork
    #[arg(long)]
    no_fork: bool,
    /// Run nothing unless the operating system's sandbox holds
    #[arg(long)]
    require_sandbox: bool,
}

/// Reads the command line, runs the command, turns what went wrong into an exit code.
pub fn main() -> ExitCode {
    // Clap answers --help and --version with 0 and usage errors with 2.
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        None => preprocess::run(),
        Some(Command::Check(options)) => check::check(&options),
        Some(Command::Audit(options)) => audit::run(&options),
        Some(Command::Report(command)) => report::run(&command),
        Some(Command::Build(options)) => build::run(&options),
        Some(Command::Serve(options)) => serve::run(&options),
        Some(Command::Learn(options)) => learn::run(&options),
        Some(Command::New(options)) => new::run(&options),
        Some(Command::Export(options)) => export::run(&options),
        Some(Command::Install(options)) => install::run(&options),
        Some(Command::Supports { renderer }) => Ok(exit_code(preprocess::supports(&renderer))),
        Some(Command::Worker(Worker { no_fork, require_sandbox })) => {
            worker::serve(worker::Options { forks: !no_fork, require_sandbox })?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// As [`exit_code`], but 2 when what was named can't be read or its settings are wrong.
pub fn verdict(verified: &Verified) -> ExitCode {
    if verified.is_readable() { exit_code(verified.is_true()) } else { ExitCode::from(2) }
}

/// All holds: 0. Something stated is false, or an example or exercise failed: 1.
pub fn exit_code(is_true: bool) -> ExitCode {
    if is_true { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
