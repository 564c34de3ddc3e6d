//! What no book may exceed: the limits of its programs, and how much there is to read and to run.
//!
//! A book that wants more is told so where it says so; nothing is quietly made less.

use std::time::Duration;

/// Of a chapter with all that it includes, and of any one file.
pub const CHAPTER: u64 = 16 << 20;
/// Of an example's code, and of a file of an exercise.
pub const EXAMPLE: u64 = 1 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceilings {
    /// Of one program.
    pub timeout: Duration,
    /// Bytes of one program's heap.
    pub memory: u64,
    /// Files that are read.
    pub files: usize,
    /// Bytes of them all, with what chapters include.
    pub bytes: u64,
    /// Examples, and answers of exercises.
    pub examples: usize,
    /// The sources are a stranger's.
    pub untrusted: bool,
}

impl Ceilings {
    /// No tutorial needs more.
    pub const ALWAYS: Ceilings = Ceilings {
        timeout: Duration::from_secs(600),
        memory: 1 << 30,
        files: 100_000,
        bytes: 1 << 30,
        examples: 1_000_000,
        untrusted: false,
    };

    /// A machine that checks whatever is sent to it should be free again soon.
    pub const UNTRUSTED: Ceilings = Ceilings {
        timeout: Duration::from_secs(10),
        memory: 256 << 20,
        files: 10_000,
        bytes: 64 << 20,
        examples: 10_000,
        untrusted: true,
    };

    /// Who says so, for messages: "more than … allows".
    pub fn who(&self) -> &'static str {
        if self.untrusted { "--untrusted" } else { "Galley" }
    }

    /// What is wrong with a program's time, and what to write instead.
    pub fn check_timeout(&self, milliseconds: u64) -> Result<(), (String, String)> {
        let most = u64::try_from(self.timeout.as_millis()).unwrap_or(u64::MAX);
        if milliseconds <= most {
            return Ok(());
        }
        let message = format!("{milliseconds} ms is more than {} allows a program", self.who());
        Err((message, self.help("timeout", &format!("{most} ms"), &milliseconds.to_string())))
    }

    pub fn check_memory(&self, bytes: u64) -> Result<(), (String, String)> {
        if bytes <= self.memory {
            return Ok(());
        }
        let message = format!("{bytes} bytes is more than {} allows a program", self.who());
        Err((message, self.help("memory", &format!("{} MiB", self.memory >> 20), &bytes.to_string())))
    }

    fn help(&self, key: &str, most: &str, wanted: &str) -> String {
        let most = format!("{most} is the most");
        let owner = format!("{most}; who runs the check can allow more with --config {key}={wanted}");
        if self.untrusted { owner } else { most }
    }
}
