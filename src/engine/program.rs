//! What is run, as plain data. Mirror of `Program` in web/protocol.d.ts.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::engine::stepped::Stepping;

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
    /// Only parse, and say which small changes there are of the entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mutants: bool,
    /// Only parse, and say how the entry would read if a misconception were true.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub misconceptions: bool,
    /// Run it for its steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stepped: Option<Stepping>,
    /// Tell which files it loads.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub modules: bool,
    pub limits: Limits,
    pub conditions: Conditions,
}

/// What would differ from run to run: the same for each run of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// Milliseconds since 1970 at which its clock starts.
    pub now: i64,
    /// Of its random numbers.
    pub seed: u32,
    /// None: UTC.
    pub zone: Option<Zone>,
}

impl Default for Conditions {
    /// 2024-01-01T00:00:00Z, 1, UTC.
    fn default() -> Conditions {
        Conditions { now: 1_704_067_200_000, seed: 1, zone: None }
    }
}

impl Conditions {
    /// With another seed and on another day: what comes out differently there depends on chance or on the clock.
    #[must_use]
    pub fn elsewhere(&self) -> Conditions {
        const LATER: i64 = 235_150_225_678;
        Conditions { now: self.now + LATER, seed: self.seed.wrapping_add(90_209), zone: self.zone.clone() }
    }
}

/// A local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    pub name: String,
    /// Its standard and its daylight time in the words that end a date's text; none: not known.
    pub words: [Option<String>; 2],
    pub changes: Vec<ZoneChange>,
}

/// From when (seconds since 1970; None: ever since), how far ahead of UTC (seconds), and which of the zone's words (0, 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneChange(pub Option<i64>, pub i32, pub u8);

/// A statement that the text says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// How often the engine may ask whether to go on, which it does every 10,000 loops and calls: a limit that does not
    /// depend on the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
}

impl Default for Limits {
    /// 5 s, 64 MiB, 7 MiB of stack, 256 KiB of output, 10,000 turns, any number of steps.
    fn default() -> Limits {
        Limits {
            time_ms: 5_000,
            memory: 64 << 20,
            stack: 7 << 20,
            output: 256 << 10,
            turns: 10_000,
            steps: None,
        }
    }
}

/// No change of a program takes as long, and for each step so much more, with what it counts as: ten thousand calls or
/// turns of a loop.
const SLOW_MS: u64 = 5000;
const STEP_MS: u64 = 10;

impl Limits {
    /// Of a small change of a program that took so many steps. It may make an endless loop. Counted, for what comes of it
    /// must not depend on the machine; only a loop that makes a list ever longer takes so much of a step that time ends
    /// it first.
    pub fn of_a_change(self, steps: u64) -> Limits {
        let steps = steps * 20 + 100;
        Limits { steps: Some(steps), time_ms: self.time_ms.min(SLOW_MS + steps * STEP_MS), ..self }
    }

    pub fn time(&self) -> Duration {
        Duration::from_millis(self.time_ms)
    }
}
