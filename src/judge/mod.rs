//! JUDGE: a claim against a trace gives a verdict. No disk, no clock, no JavaScript.

pub mod capture;
pub mod errors;
pub mod ladder;
mod near;
pub mod value;
pub mod verdict;

use crate::engine::trace::{Thrown, Value};

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Held {
        rung: Rung,
        actual: Actual,
    },
    Broken {
        actual: Actual,
    },
    Unchecked {
        reason: String,
    },
    /// It may be a remark, but it tells nearly what was seen, or another value of the same kind.
    Doubtful {
        actual: Actual,
    },
}

/// What the run shows in the place that a claim speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Actual {
    /// As it is told: what was seen, or in words that nothing was.
    pub text: String,
    pub seen: Sight,
    /// The claim agrees, but on a rung that the settings don't allow.
    pub refused: Option<Rung>,
    /// Every print of the program, where the claim may speak of the statements around its own too.
    pub around: Vec<Sighted>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// Nothing of the kind that is stated.
    Nothing,
    /// Each time that there was something to see, in order; never empty.
    Values(Vec<Sighted>),
    Thrown(Thrown),
}

/// A value, or what one call printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighted {
    /// As printed, without the last line break; a value as Node inspects it.
    pub text: String,
    /// The value, or the printed arguments; empty where only the text is known.
    pub values: Vec<Value>,
}

impl Actual {
    pub fn nothing(told: &str) -> Actual {
        Actual::new(told.to_owned(), Sight::Nothing)
    }

    pub fn thrown(thrown: &Thrown) -> Actual {
        Actual::new(thrown.headline(), Sight::Thrown(thrown.clone()))
    }

    /// Told line by line.
    pub fn values(seen: Vec<Sighted>) -> Actual {
        let text = seen.iter().map(|seen| seen.text.as_str()).collect::<Vec<_>>().join("\n");
        Actual::new(text, Sight::Values(seen))
    }

    pub fn text(text: &str, values: &[Value]) -> Actual {
        Actual::values(vec![Sighted { text: text.to_owned(), values: values.to_vec() }])
    }

    fn new(text: String, seen: Sight) -> Actual {
        Actual { text, seen, refused: None, around: Vec::new() }
    }
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
