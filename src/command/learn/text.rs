//! Markdown for a terminal, of exercise.md and of a quiz's reasons: paragraphs are wrapped, code stays as it is, comments
//! are left out.

use std::ops::Range;

use crate::book::example::Example;
use crate::book::exercise::Exercise;
use crate::book::markdown::{self, Block, Document, InlineKind, Node, Prose};
use crate::book::source::{MappedText, SourceFile};
use crate::command::learn::line::{Page, Style};

/// Adds what stands in a range of the exercise's text.
pub fn markdown(page: &mut Page, exercise: &Exercise, range: &Range<usize>) {
    nodes(page, &exercise.text.text, &exercise.document, &exercise.examples, range);
}

/// Adds a text of its own.
pub fn note(page: &mut Page, text: &str) {
    let text = MappedText::of(&SourceFile::new("", text));
    let (document, _) = markdown::read(&text);
    nodes(page, &text.text, &document, &[], &(0..text.text.len()));
}

fn nodes(page: &mut Page, source: &str, document: &Document, examples: &[Example], range: &Range<usize>) {
    let mut end = range.start;
    let mut table_row = None;
    for node in &document.nodes {
        let own = match node {
            Node::Heading(heading) => &heading.range,
            Node::Block(block) => &block.range,
            Node::Prose(prose) => &prose.range,
            Node::Exercise(directive) | Node::Modules(directive) => &directive.range,
            Node::Verification(range) => range,
        };
        if !range.contains(&own.start) {
            continue;
        }
        let gap = source.get(end..own.start).unwrap_or_default();
        if !matches!(node, Node::Prose(_)) || gap.lines().skip(1).any(|line| line.trim().is_empty()) {
            page.blank();
        }
        end = own.end.max(end);
        match node {
            Node::Heading(heading) => page.text(Style::Strong, &heading.text),
            Node::Block(block) => code(page, examples, block),
            Node::Exercise(_) | Node::Modules(_) | Node::Verification(_) => {}
            Node::Prose(prose) => {
                let line = line_start(source, own.start);
                let before = source[line..own.start].trim_start();
                if !before.starts_with('|') {
                    page.item(Style::Plain, before, &words(prose));
                } else if table_row != Some(line) {
                    table_row = Some(line);
                    page.code(Style::Plain, "", source[line..].lines().next().unwrap_or_default());
                }
            }
        }
        if matches!(node, Node::Block(_)) {
            page.blank();
        }
    }
}

fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// A paragraph as one line, with the backquotes of its code.
fn words(prose: &Prose) -> String {
    let mut text = String::new();
    for inline in &prose.inlines {
        match inline.kind {
            InlineKind::Text => text.push_str(&inline.text),
            InlineKind::Code => text.extend(["`", &inline.text, "`"]),
            InlineKind::Comment => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the page would show of a block.
fn code(page: &mut Page, examples: &[Example], block: &Block) {
    let example = examples.iter().find(|example| example.range == block.range);
    if example.is_some_and(|example| example.attributes.hidden || example.attributes.setup) {
        return;
    }
    let shown = example.map_or_else(|| block.code.text.clone(), Example::shown);
    page.code(Style::Note, "    ", &shown);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::book::exercise::{Folder, read};
    use crate::book::include::ReadError;
    use crate::book::source::SourceFile;

    #[track_caller]
    fn check(prompt: &str, wanted: &[&str]) {
        let file = |name: &str, text: &str| (name.to_owned(), Ok(SourceFile::new(name, text)));
        let files = vec![
            file("exercise.md", &format!("# E\n\n{prompt}")),
            file("solution.js", "a()"),
            file("starter.js", ""),
            file("test.js", "b()"),
        ];
        let folder = Folder { name: "e".into(), path: "e".into(), files };
        let (exercise, _) = read(&folder, None, &Arc::default(), &mut |_| Err(ReadError::Missing));
        let exercise = exercise.expect("an exercise");
        let mut page = Page::new(30);
        markdown(&mut page, &exercise, &exercise.prompt);
        let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, wanted, "{prompt}");
    }

    #[test]
    fn paragraphs_are_wrapped_and_code_is_kept() {
        check(
            "Write *this* function\n`f` of one two three four.\n\nThen:<!-- => 1 -->\n\n```js\nf(1);   // => 2\n  x\n```\n\nDone.\n",
            &[
                "Write this function `f` of one",
                "two three four.",
                "",
                "Then:",
                "",
                "    f(1);   // => 2",
                "      x",
                "",
                "Done.",
            ],
        );
    }

    #[test]
    fn lists_keep_their_bullets() {
        check("- one\n- two\n\n1. three\n\n> four\n", &["- one", "- two", "", "1. three", "", "> four"]);
    }

    #[test]
    fn a_table_is_shown_as_it_was_written() {
        check("| a | b |\n|---|---|\n| `1` | 2 |\n", &["| a | b |", "| `1` | 2 |"]);
    }

    #[test]
    fn what_a_page_hides_is_left_out() {
        check("One.\n\n```js hidden\nx\n```\n\nTwo.\n\n```js setup\ny\n```\n", &["One.", "", "Two.", ""]);
    }

    #[test]
    fn a_note_is_read_as_markdown() {
        let mut page = Page::new(30);
        note(&mut page, "It *is*\n  `so`.\n\n- one");
        let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["It is `so`.", "", "- one"]);
    }

    #[test]
    fn headings_of_a_prompt_stay() {
        check("A\n\n### B\n\nC\n", &["A", "", "B", "", "C"]);
    }
}
