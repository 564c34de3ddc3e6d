//! JUDGE: a claim against a trace gives a verdict. No disk, no clock, no JavaScript.

pub mod capture;
pub mod errors;
pub mod ladder;
mod near;
pub mod value;
pub mod verdict;

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Held {
        rung: Rung,
        actual: String,
    },
    Broken {
        actual: String,
    },
    Unchecked {
        reason: String,
    },
    /// It may be a remark, but it tells nearly what was seen, or another value of the same kind.
    Doubtful {
        actual: String,
    },
}

/// How exactly a claim held, strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// The very text that Node prints.
    Exact,
    /// A literal of the same value.
    Value,
    /// The same value as another printer writes it: a browser's console, `alert`, an older Node.
    Dialect,
    /// An ellipsis stands for what is there and not told.
    Ellipsis,
    /// A number, to the digits that are written.
    Precision,
    /// A value, then an explanation.
    Tail,
    /// The same error.
    Error,
}

impl Rung {
    pub const ALL: [Rung; 7] =
        [Rung::Exact, Rung::Value, Rung::Dialect, Rung::Ellipsis, Rung::Precision, Rung::Tail, Rung::Error];

    pub fn as_str(self) -> &'static str {
        match self {
            Rung::Exact => "exact",
            Rung::Value => "value",
            Rung::Dialect => "dialect",
            Rung::Ellipsis => "ellipsis",
            Rung::Precision => "precision",
            Rung::Tail => "tail",
            Rung::Error => "error",
        }
    }
}
