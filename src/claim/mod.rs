//! STATE: what the text says about a run. A [`Claim`] is found in comments ([`find`]), output fences and prose
//! ([`prose`]) and tied to what it speaks of; whether it is true is not asked here.

pub mod capture;
pub mod find;
pub mod literal;
pub mod mark;
pub mod prose;
pub mod sequence;
pub mod shell;

use std::ops::Range;

/// One statement of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub kind: ClaimKind,
    /// Its mark names the kind, so nothing of another kind can make it true.
    pub exacting: bool,
    /// In the chapter's text: the comment, the fence's code or the sentence.
    pub range: Range<usize>,
    /// What is stated, without marks and comment delimiters; lines joined by "\n".
    pub stated: String,
    /// In the chapter's text: the stated text's own bytes, so that they can be rewritten. These pieces, joined by line
    /// breaks, are `stated`; there are none where it can't be placed.
    pub pieces: Vec<Range<usize>>,
    pub strength: Strength,
    /// Claims on one statement share what it did, in order: this is the `part.0`-th (from 0) of `part.1`.
    pub part: (usize, usize),
    pub target: Target,
}

impl Claim {
    /// The names in it that stand for whatever is there. Only a mark makes names of words in angle brackets. Who rewrites
    /// claims leaves those with captures alone.
    pub fn captures(&self) -> Vec<capture::Capture> {
        if self.strength == Strength::Marked { capture::find(&self.stated) } else { Vec::new() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// The value of a statement.
    Value,
    /// What a statement or the whole program prints.
    Output,
    /// What a statement or the whole program throws.
    Throws,
    /// `module.exports`, or the ES module's namespace, at the end.
    Exports,
    /// That a statement is not executed.
    Unreached,
    /// A sentence.
    Prose,
}

/// How surely the text is meant as a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Any comment behind a statement that prints: a claim only if it tells what is printed, or nearly.
    Remark,
    /// It may be an ordinary comment or sentence: held when it agrees, else unchecked.
    Weak,
    /// A value stands there: broken when it does not agree.
    Plain,
    /// It carries a mark, so it cannot be anything else: a failure even when it can't be judged.
    Marked,
}

/// What a claim speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A recorded statement.
    Statement(usize),
    /// A line that does not parse: index into `Parsed::refused`.
    Refused(usize),
    /// The program as a whole.
    Program,
    /// An expression evaluated in the end state: index into the program's probes. `equals` None: it must be true.
    Probe { index: usize, equals: Option<String> },
    /// Exports equal to the stated value, or having a property value equal to it.
    ExportsOrProperty,
    /// Nothing that it could speak of was found; why.
    Nothing(String),
}

impl ClaimKind {
    pub const ALL: [ClaimKind; 6] = [
        ClaimKind::Value,
        ClaimKind::Output,
        ClaimKind::Throws,
        ClaimKind::Exports,
        ClaimKind::Unreached,
        ClaimKind::Prose,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            ClaimKind::Value => "value",
            ClaimKind::Output => "output",
            ClaimKind::Throws => "throws",
            ClaimKind::Exports => "exports",
            ClaimKind::Unreached => "unreached",
            ClaimKind::Prose => "prose",
        }
    }
}
