//! Bytes as a chapter: the examples are the lines of the source without what their containers put before them.

use std::sync::Arc;

use galley::book::config::Config;
use galley::book::include::ReadError;
use galley::book::load::{Chapter, chapter};
use galley::book::markdown::{CodeText, Node};
use galley::book::source::SourceFile;
use galley::claim::{prose, shell};

pub fn check(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    // pulldown-cmark takes a lone "\r" before the last character of a text for a part of "\r\n", and drops it.
    if matches!(bytes, [.., b'\r', last] if *last != b'\n') {
        return;
    }
    let read = read(text);
    let source = read.text.text.as_str();
    for example in &read.examples {
        assert!(source.get(example.range.clone()).is_some(), "{:?} in {source:?}", example.range);
        let span = read.text.span(example.range.clone());
        assert!(span.file.text.get(span.start..span.end).is_some(), "{span:?} in {source:?}");
        // What is entered at a prompt runs; what is shown stands in the source. Hidden lines lose their mark.
        let shown = example.session.as_ref().unwrap_or(&example.code);
        check_code(source, shown, example.attributes.hidelines.is_none());
        if let Some(output) = &example.output {
            check_code(source, &output.code, true);
        }
    }
    let ranges = read.document.nodes.iter().map(|node| match node {
        Node::Heading(heading) => heading.range.clone(),
        Node::Block(block) => block.range.clone(),
        Node::Prose(prose) => prose.range.clone(),
        Node::Exercise(directive) | Node::Modules(directive) => directive.range.clone(),
        Node::Verification(range) => range.clone(),
    });
    for range in ranges {
        assert!(source.get(range.clone()).is_some(), "{range:?} in {source:?}");
    }
    check_claims(&read);
    check_line_ends(text);
}

fn read(text: &str) -> Chapter {
    let file = SourceFile::new("chapter.md", text);
    let config = Arc::new(Config::default());
    let (read, findings) = chapter(&file.path, &file, &config, &mut |_| Err(ReadError::Missing));
    super::check_findings(&findings);
    read
}

/// What the parser changes on its way: a tab of an indentation, NUL.
const CHANGED: [char; 2] = ['\t', '\0'];

fn check_code(source: &str, code: &CodeText, whole_lines: bool) {
    let mut at = 0;
    for line in code.text.split_inclusive('\n') {
        let line = line.trim_end_matches('\n');
        let range = code.range(at..at + line.len());
        let place = source.get(range.clone());
        assert!(place.is_some(), "{line:?} at {range:?} of {source:?}");
        let start = source[..range.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let end = source[range.start..].find(['\n', '\r']).map_or(source.len(), |end| range.start + end);
        let own = &source[start..end];
        if !line.is_empty() && !own.contains(CHANGED) && !line.contains('\r') {
            assert_eq!(place, Some(line), "at {range:?} of {source:?}");
            assert!(!whole_lines || own.ends_with(line), "{line:?} is not the end of {own:?}");
        }
        at += line.len() + 1;
    }
}

fn check_claims(read: &Chapter) {
    let source = read.text.text.as_str();
    let nodes: Vec<usize> = read.examples.iter().map(|example| example.node).collect();
    let told =
        prose::find(&read.document, &nodes).claims.into_iter().map(|found| (found.claim, found.example));
    let shown =
        shell::find(&read.document, &read.examples).into_iter().map(|found| (found.claim, found.example));
    for (claim, example) in told.chain(shown) {
        assert!(source.get(claim.range.clone()).is_some(), "{claim:?} in {source:?}");
        assert!(
            claim.pieces.iter().all(|piece| source.get(piece.clone()).is_some()),
            "{claim:?} in {source:?}"
        );
        assert!(example.is_none_or(|index| index < read.examples.len()), "{claim:?} of {example:?}");
    }
}

/// "\r\n" gives the same examples on the same lines.
fn check_line_ends(text: &str) {
    let lf = text.replace('\r', "");
    let crlf = lf.replace('\n', "\r\n");
    let (lf, crlf) = (read(&lf), read(&crlf));
    let told = |read: &Chapter| -> Vec<_> {
        let examples = read.examples.iter().map(|example| {
            let line = read.text.span(example.range.clone()).start_position().line;
            let output = example.output.as_ref().map(|output| output.code.text.clone());
            (
                line,
                example.code.text.clone(),
                example.attributes.clone(),
                example.hidden_lines.clone(),
                output,
            )
        });
        examples.collect()
    };
    assert_eq!(told(&lf), told(&crlf), "{text:?}");
}
