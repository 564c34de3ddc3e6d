//! `mdbook-galley`: reads the command line and lets a command answer. 0 all held, 1 something is false, 2 usage or I/O, 3 a bug.

use std::process::ExitCode;

fn main() -> ExitCode {
    galley::command::main()
}
