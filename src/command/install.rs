//! `install`
use std::process::ExitCode;
#[derive(clap::Args, Debug)]
pub struct Options {}
pub fn run(_: &Options) -> anyhow::Result<ExitCode> {
    todo!()
}
