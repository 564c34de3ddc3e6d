//! What is wrong where in the author's text. Plain data: `report` turns it into words, colours and formats.

use crate::book::source::Span;

/// One finding. The message says what happened, the help what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub place: Place,
    pub message: String,
    /// A short text at the place itself, e.g. "prints 43".
    pub label: Option<String>,
    /// More of what is known, a short sentence each.
    pub notes: Vec<String>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// Where: a span, or only a file when there is no text to point at (missing, not UTF-8).
#[derive(Clone, Debug)]
pub enum Place {
    Span(Span),
    /// Path as the user named it.
    File(String),
}

/// A replacement of exactly the span's bytes.
#[derive(Clone, Debug)]
pub struct Fix {
    pub span: Span,
    pub replacement: String,
}

/// Stable names of findings: numbers never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A statement of the text is false.
    FalseClaim,
    /// A marked statement could not be judged.
    UnjudgedClaim,
    /// An example ended otherwise than the text says.
    ExampleFailed,
    /// An example does not parse.
    SyntaxError,
    /// An example ran into a limit or took the engine down.
    LimitReached,
    /// The info string holds a word that is not known.
    UnknownAttribute,
    /// The configuration is wrong.
    Config,
    /// A file that is named does not exist or can't be read.
    MissingFile,
    /// A file is not UTF-8.
    InvalidUtf8,
    /// A fence is never closed.
    UnclosedFence,
    /// An include can't be expanded.
    Include,
    /// An exercise breaks one of its rules.
    Exercise,
    /// A test of an exercise proves less than it should.
    WeakTests,
    /// A quiz breaks one of its rules.
    Quiz,
    /// The files of an example can't be drawn.
    Modules,
    /// The list of what was verified can't stand where it is asked for.
    Verification,
    /// Nothing was found to verify.
    NothingToVerify,
    /// What may be a remark or a false statement.
    DoubtfulRemark,
    /// Something of the text is worth a look.
    Style,
    /// A statement could be false and nobody would notice.
    Unproven,
}

impl Code {
    /// In the order of their declaration.
    pub const ALL: [Code; 20] = [
        Code::FalseClaim,
        Code::UnjudgedClaim,
        Code::ExampleFailed,
        Code::SyntaxError,
        Code::LimitReached,
        Code::UnknownAttribute,
        Code::Config,
        Code::MissingFile,
        Code::InvalidUtf8,
        Code::UnclosedFence,
        Code::Include,
        Code::Exercise,
        Code::WeakTests,
        Code::Quiz,
        Code::Modules,
        Code::Verification,
        Code::NothingToVerify,
        Code::DoubtfulRemark,
        Code::Style,
        Code::Unproven,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Code::FalseClaim => "G001",
            Code::UnjudgedClaim => "G002",
            Code::DoubtfulRemark => "G006",
            Code::ExampleFailed => "G003",
            Code::SyntaxError => "G004",
            Code::LimitReached => "G005",
            Code::UnknownAttribute => "G010",
            Code::Config => "G011",
            Code::MissingFile => "G012",
            Code::InvalidUtf8 => "G013",
            Code::UnclosedFence => "G014",
            Code::Include => "G015",
            Code::Exercise => "G020",
            Code::WeakTests => "G021",
            Code::Quiz => "G022",
            Code::Modules => "G023",
            Code::Verification => "G024",
            Code::NothingToVerify => "G030",
            Code::Style => "G040",
            Code::Unproven => "G050",
        }
    }
}

impl Diagnostic {
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, Place::Span(span), message.into())
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, Place::Span(span), message.into())
    }

    pub fn note(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Note, Place::Span(span), message.into())
    }

    /// An error about a file as a whole.
    pub fn file_error(code: Code, path: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, Place::File(path.replace('\\', "/")), message.into())
    }

    fn new(code: Code, severity: Severity, place: Place, message: String) -> Diagnostic {
        Diagnostic { code, severity, place, message, label: None, notes: Vec::new(), help: None, fix: None }
    }

    pub fn with_label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    pub fn with_fix(mut self, fix: Fix) -> Diagnostic {
        self.fix = Some(fix);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once() {
        for (at, code) in Code::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, at, "{code:?}");
        }
        let source = include_str!("diagnostic.rs");
        let declared = source.split("pub enum Code {").nth(1).and_then(|rest| rest.split('}').next());
        let names = declared.into_iter().flat_map(str::lines).filter(|line| line.ends_with(','));
        assert_eq!(names.count(), Code::ALL.len());
    }
}
