//! Quizzes: an example marked `predict` asks its reader what comes of it. The answer is computed, so nobody types it; here
//! is read what the author adds, in HTML comments right behind the fence:
//!
//! ```text
//! <!-- option: 3 -->
//! <!-- why: that would be so if … (about the option above) -->
//! <!-- because: the reason for the right answer -->
//! ```

use std::ops::Range;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::example::Example;
use crate::book::markdown::{Document, Inline, InlineKind, Node};
use crate::book::source::MappedText;

/// What a reader is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// What it prints.
    Output,
    /// What `require` of it gives.
    Exports,
    /// Which error ends it, if any.
    Throws,
    /// In which order it prints its lines.
    Order,
}

/// What stands behind the fence.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Wrong answers, in the order of the text.
    pub options: Vec<AuthorsOption>,
    /// Markdown: why the right answer is right.
    pub because: Option<String>,
    /// The places of all these comments, which are not shown.
    pub comments: Vec<Range<usize>>,
}

#[derive(Clone, Debug)]
pub struct AuthorsOption {
    /// Of the comment.
    pub range: Range<usize>,
    /// As [`normal`] gives it.
    pub text: String,
    /// Markdown: what is wrong with it.
    pub why: Option<String>,
}

/// So many wrong answers are shown at most.
pub const MOST_WRONG: usize = 4;

impl Question {
    pub const ALL: [Question; 4] = [Question::Output, Question::Exports, Question::Throws, Question::Order];

    pub fn as_str(self) -> &'static str {
        match self {
            Question::Output => "output",
            Question::Exports => "exports",
            Question::Throws => "throws",
            Question::Order => "order",
        }
    }

    /// As a reader is asked.
    pub fn asked(self) -> &'static str {
        match self {
            Question::Output => "What does this print?",
            Question::Exports => "What does require of this file give?",
            Question::Throws => "Which error does this end with, if any?",
            Question::Order => "In which order does this print its lines?",
        }
    }
}

/// A printed text without what a reader does not see: blanks at the ends of its lines, empty lines around it.
pub fn normal(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..last].join("\n")
}

/// Reads the comments of the nodes from `node` on, up to the first that is more than comments.
pub fn read(chapter: &MappedText, document: &Document, node: usize) -> (Notes, Vec<Diagnostic>) {
    let mut notes = Notes::default();
    let mut diagnostics = Vec::new();
    for comment in comments(document, node) {
        let Some((word, text)) = word(comment) else { continue };
        let span = || chapter.span(comment.range.clone());
        let mut tell = |message: &str, help: &str| {
            diagnostics.push(Diagnostic::error(Code::Quiz, span(), message).with_help(help));
        };
        notes.comments.push(comment.range.clone());
        match word {
            Word::Option => {
                let text = normal(&dedented(text));
                let place = |known: &AuthorsOption| chapter.span(known.range.clone()).start_position().line;
                if let Some(known) = notes.options.iter().find(|known| known.text == text) {
                    let help = format!("the other one is in line {}: take one of them out", place(known));
                    tell("this option is there twice", &help);
                } else if notes.options.len() == MOST_WRONG {
                    tell(
                        &format!("a quiz shows at most {MOST_WRONG} wrong options"),
                        "take out the one that nobody would choose",
                    );
                } else {
                    notes.options.push(AuthorsOption { range: comment.range.clone(), text, why: None });
                }
            }
            Word::Why => match notes.options.last_mut() {
                Some(option) if option.why.is_none() => option.why = Some(text.trim().to_owned()),
                Some(_) => tell("the option above has its reason already", "put both into one comment"),
                None => tell(
                    "there is no option above that this could be about",
                    "put it behind an `<!-- option: … -->`; the reason for the right answer is `<!-- because: … -->`",
                ),
            },
            Word::Because if notes.because.is_some() => {
                tell("the right answer has its reason already", "put both into one comment");
            }
            Word::Because => notes.because = Some(text.trim().to_owned()),
        }
    }
    (notes, diagnostics)
}

/// Options that belong to no quiz, in a text that has some.
pub fn strays(chapter: &MappedText, document: &Document, examples: &[Example]) -> Vec<Diagnostic> {
    let known: Vec<&Range<usize>> =
        examples.iter().filter_map(|example| example.quiz.as_ref()).flat_map(|quiz| &quiz.comments).collect();
    if examples.iter().all(|example| example.quiz.is_none()) {
        return Vec::new();
    }
    let inlines = document.nodes.iter().filter_map(|node| match node {
        Node::Prose(prose) => Some(&prose.inlines),
        _ => None,
    });
    let is_stray = |comment: &&Inline| {
        matches!(word(comment), Some((Word::Option, _))) && !known.contains(&&comment.range)
    };
    inlines
        .flatten()
        .filter(is_stray)
        .map(|comment| {
            let message = "this option belongs to no quiz";
            Diagnostic::error(Code::Quiz, chapter.span(comment.range.clone()), message).with_help(
                "put it right behind a fence that is marked `predict`, with nothing but comments between",
            )
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Word {
    Option,
    Why,
    Because,
}

fn comments(document: &Document, node: usize) -> impl Iterator<Item = &Inline> {
    let is_comment = |inline: &Inline| {
        inline.kind == InlineKind::Comment
            || (inline.kind == InlineKind::Text && inline.text.trim().is_empty())
    };
    let following = document.nodes.get(node..).unwrap_or_default();
    let inlines = following.iter().map_while(move |node| match node {
        Node::Prose(prose) if prose.inlines.iter().all(is_comment) => Some(&prose.inlines),
        _ => None,
    });
    inlines.flatten().filter(|inline| inline.kind == InlineKind::Comment)
}

fn word(comment: &Inline) -> Option<(Word, &str)> {
    if comment.kind != InlineKind::Comment {
        return None;
    }
    let text = comment.text.trim_start();
    let words = [("option:", Word::Option), ("why:", Word::Why), ("because:", Word::Because)];
    words.into_iter().find_map(|(name, word)| Some((word, text.strip_prefix(name)?)))
}

/// Without the indentation that the lines behind the first one have in common.
fn dedented(text: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = rest.lines().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    let mut out = first.trim().to_owned();
    for line in rest.lines() {
        out.push('\n');
        out.push_str(line.get(common..).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::ceilings::Ceilings;
    use crate::book::diagnostic::Place;
    use crate::book::example::{self, Options};
    use crate::book::markdown;
    use crate::book::source::SourceFile;

    fn quiz(text: &str) -> (Notes, Vec<String>) {
        let mapped = MappedText::of(&SourceFile::new("a.md", text));
        let (document, _) = markdown::read(&mapped);
        let (examples, diagnostics) = example::read(&mapped, &document, &Options::new(&Ceilings::ALWAYS));
        let told = diagnostics.iter().map(|found| {
            let Place::Span(span) = &found.place else { panic!("no span") };
            format!("{}: {}", span.start_position().line, found.message)
        });
        (examples[0].quiz.clone().expect("it is a quiz"), told.collect())
    }

    #[test]
    fn options_and_reasons_are_read_behind_the_fence() {
        let text = "> ```js predict\n> 1;\n> ```\n> <!-- because: it\n>   is so -->\n> <!-- option:\n>   {\n>     a: 1\n>   }\n> -->\n> <!-- why: **no** -->\n> <!-- other -->\n> <!-- option: two \n>      lines -->\n\ntext <!-- none -->\n";
        let (notes, told) = quiz(text);
        assert!(told.is_empty(), "{told:?}");
        let options: Vec<_> =
            notes.options.iter().map(|option| (option.text.as_str(), option.why.as_deref())).collect();
        assert_eq!(options, [("{\n  a: 1\n}", Some("**no**")), ("two\nlines", None)]);
        assert_eq!(notes.because.as_deref(), Some("it\n  is so"));
        assert_eq!(notes.comments.len(), 4);
    }

    #[test]
    fn an_option_may_be_empty() {
        let (notes, told) = quiz("```js predict\n```\n\n<!-- option: -->\n");
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(notes.options[0].text, "");
    }

    #[test]
    fn what_belongs_to_nothing_is_told() {
        let behind = |comments: &str| quiz(&format!("```js predict\n```\n{comments}\n")).1;
        assert_eq!(behind("<!-- option: 1 -->\n<!-- option:\n1 -->"), ["4: this option is there twice"]);
        assert_eq!(behind("<!-- why: x -->"), ["3: there is no option above that this could be about"]);
        assert_eq!(
            behind("<!-- option: 1 --><!-- why: x -->\n<!-- why: y -->"),
            ["4: the option above has its reason already"]
        );
        assert_eq!(
            behind("<!-- because: x -->\n<!-- because: y -->"),
            ["4: the right answer has its reason already"]
        );
        assert_eq!(behind("text\n\n<!-- option: 1 -->"), ["5: this option belongs to no quiz"]);
        let five: String = (1..=5).map(|number| format!("<!-- option: {number} -->\n")).collect();
        assert_eq!(behind(&five), ["7: a quiz shows at most 4 wrong options"]);
    }
}
