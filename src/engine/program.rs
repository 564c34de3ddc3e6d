//! What is run, as plain data. Mirror of `Program` in web/protocol.d.ts.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Files in a virtual file system, the one that starts, and what to watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    pub files: Vec<SourceText>,
    /// Path of the file that starts, one of `files`.
    pub entry: String,
    /// None: decided by its syntax.
    pub kind: Option<Kind>,
    /// Expressions evaluated in the entry's scope when the program has ended.
    pub probes: Vec<String>,
    /// Run the tests that the entry registers.
    pub tests: bool,
    /// Path of the file whose statements are recorded.
    pub record: Option<String>,
    /// The statements of that file that are recorded.
    pub watch: Vec<Watched>,
    /// Whose globals there are.
    pub host: Host,
    /// Only parse.
    pub norun: bool,
    pub limits: Limits,
    pub world: World,
}

/// What a program sees of chance and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// Of `Math.random`.
    pub seed: u32,
    /// When it starts: milliseconds since 1970.
    pub now: u64,
}

impl Default for World {
    /// Seed 1, 2024-01-01 UTC.
    fn default() -> World {
        World { seed: 1, now: 1_704_067_200_000 }
    }
}

impl World {
    /// Another seed and another day: what comes out differently there depends on chance or on the clock.
    pub fn other() -> World {
        World { seed: 90_210, now: 1_939_217_425_678 }
    }
}

/// A statement that the text says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// Index into `Parsed::statements` of the recorded file.
    pub id: usize,
    /// It is said to throw: the error is recorded and the run goes on behind it.
    pub throws: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceText {
    /// Absolute, normalised, with `/`: `/lib/shapes.js`.
    pub path: String,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Script,
    CommonJs,
    Module,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    #[default]
    Node,
    Repl,
    Browser,
}

/// What one program may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Milliseconds of wall clock.
    pub time_ms: u64,
    /// Bytes of JavaScript heap.
    pub memory: usize,
    /// Bytes of JavaScript stack.
    pub stack: usize,
    /// Bytes of printed text.
    pub output: usize,
    /// Macrotasks.
    pub turns: usize,
}

impl Default for Limits {
    /// 5 s, 64 MiB, 7 MiB of stack, 256 KiB of output, 10,000 turns.
    fn default() -> Limits {
        Limits { time_ms: 5_000, memory: 64 << 20, stack: 7 << 20, output: 256 << 10, turns: 10_000 }
    }
}

impl Limits {
    pub fn time(&self) -> Duration {
        Duration::from_millis(self.time_ms)
    }
}
