//! JUDGE: a claim against a trace gives a verdict. No disk, no clock, no JavaScript.

pub mod errors;
pub mod ladder;
pub mod value;
pub mod verdict;

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Held { rung: Rung, actual: String },
    Broken { actual: String },
    Unchecked { reason: String },
}

/// How exactly a claim held, strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// The very text that Node prints.
    Exact,
    /// A literal of the same value.
    Value,
    /// A value, then an explanation.
    Tail,
    /// The same error.
    Error,
}

impl Rung {
    pub const ALL: [Rung; 4] = [Rung::Exact, Rung::Value, Rung::Tail, Rung::Error];

    pub fn as_str(self) -> &'static str {
        match self {
            Rung::Exact => "exact",
            Rung::Value => "value",
            Rung::Tail => "tail",
            Rung::Error => "error",
        }
    }
}
