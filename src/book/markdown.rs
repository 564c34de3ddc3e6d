//! Reads a chapter's markdown with mdBook's own parser and options: blocks, headings, prose and directives, each with
//! its place. The only file that names pulldown-cmark.
//!
//! It knows nothing of JavaScript: `example` reads the blocks further, `claim::prose` the prose.

use std::ops::Range;
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd, html};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use regex::Regex;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::front_matter;
use crate::book::source::MappedText;

pub use crate::book::document::{
    Block, CodeText, Directive, Document, Heading, Inline, InlineKind, Node, Prose,
};
pub use crate::book::front_matter::FrontMatter;

/// Reads a chapter with mdBook's options, but for smart punctuation: it moves no positions, and prose is compared with
/// what the author typed.
pub fn read(chapter: &MappedText) -> (Document, Vec<Diagnostic>) {
    let (front_matter, mut diagnostics) = front_matter::read(chapter);
    let base = front_matter.as_ref().map_or(0, |front_matter| front_matter.range.end);
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    let mut reading = Reading {
        chapter,
        source: &chapter.text,
        nodes: Vec::new(),
        diagnostics: Vec::new(),
        prose: None,
        in_table: false,
    };
    let mut events = new_cmark_parser(&chapter.text[base..], &options)
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + base..range.end + base));
    while let Some((event, range)) = events.next() {
        reading.event(event, range, &mut events);
    }
    reading.end_prose();
    diagnostics.append(&mut reading.diagnostics);
    (Document { front_matter, nodes: reading.nodes }, diagnostics)
}

/// HTML of a piece of markdown; what `code_block(info, code)` gives stands in for its code blocks.
pub fn to_html(markdown: &str, code_block: &mut dyn FnMut(&str, &str) -> String) -> String {
    let mut events = new_cmark_parser(markdown, &MarkdownOptions::default());
    let mut out = Vec::new();
    while let Some(event) = events.next() {
        let Event::Start(Tag::CodeBlock(kind)) = &event else {
            out.push(event);
            continue;
        };
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let mut code = String::new();
        for event in events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                _ => break,
            }
        }
        out.push(Event::Html(code_block(&info, &code).into()));
    }
    let mut page = String::new();
    html::push_html(&mut page, out.into_iter());
    page
}

/// The targets of the links of a text, with the place of each link.
pub fn links(text: &str) -> Vec<(String, Range<usize>)> {
    new_cmark_parser(text, &MarkdownOptions::default())
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some((dest_url.into_string(), range)),
            _ => None,
        })
        .collect()
}

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{\s*#(exercise|modules|verification)\b([^}\n]*)\}\}").expect("a valid expression")
});

type Events<'e, 'a> = &'e mut dyn Iterator<Item = (Event<'a>, Range<usize>)>;

struct Reading<'a> {
    chapter: &'a MappedText,
    source: &'a str,
    nodes: Vec<Node>,
    diagnostics: Vec<Diagnostic>,
    /// What has come of the paragraph (or cell, or item) that is being read; text is not merged yet.
    prose: Option<Prose>,
    in_table: bool,
}

impl Reading<'_> {
    fn event<'a>(&mut self, event: Event<'a>, range: Range<usize>, events: Events<'_, 'a>) {
        match event {
            Event::Text(text) => self.inline(InlineKind::Text, range, &text),
            Event::SoftBreak | Event::HardBreak => self.inline(InlineKind::Text, range, " "),
            Event::Code(code) => self.inline(InlineKind::Code, range, &code),
            Event::InlineHtml(html) => {
                if let Some(comment) = html.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->")) {
                    self.inline(InlineKind::Comment, range, comment);
                }
            }
            Event::Start(tag) if is_inline(&tag) => self.widen(range),
            Event::End(tag) if is_inline_end(&tag) => {}
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Start(tag) => {
                self.end_prose();
                match tag {
                    Tag::CodeBlock(kind) => self.block(&kind, range, events),
                    Tag::Heading { level, .. } => self.heading(level as u8, range, events),
                    Tag::HtmlBlock => self.html(events),
                    Tag::Table(_) => self.in_table = true,
                    _ => {}
                }
            }
            Event::End(tag) => {
                self.end_prose();
                self.in_table &= !matches!(tag, TagEnd::Table);
            }
            _ => self.end_prose(),
        }
    }

    /// A heading, and its pieces as prose when a comment stands in it: a claim may stand anywhere.
    fn heading<'a>(&mut self, level: u8, range: Range<usize>, events: Events<'_, 'a>) {
        let mut text = String::new();
        let mut inlines = Vec::new();
        for (event, range) in events {
            let (kind, piece) = match event {
                Event::Text(piece) => (InlineKind::Text, piece),
                Event::Code(piece) => (InlineKind::Code, piece),
                Event::InlineHtml(html) => (InlineKind::Comment, html),
                Event::SoftBreak | Event::HardBreak => (InlineKind::Text, " ".into()),
                Event::End(TagEnd::Heading(_)) => break,
                _ => continue,
            };
            let piece = match kind {
                InlineKind::Comment => {
                    let comment = piece.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
                    let Some(comment) = comment else { continue };
                    comment.to_owned()
                }
                _ => {
                    text.push_str(&piece);
                    piece.into_string()
                }
            };
            inlines.push(Inline { kind, range, text: piece });
        }
        let range = self.without_break(range);
        self.nodes.push(Node::Heading(Heading { level, range: range.clone(), text: text.trim().to_owned() }));
        if inlines.iter().any(|inline| inline.kind == InlineKind::Comment) {
            self.push_prose(range, inlines);
        }
    }

    fn block<'a>(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>, events: Events<'_, 'a>) {
        let mut code = CodeText::default();
        let mut code_end = None;
        for (event, range) in events {
            match event {
                Event::Text(text) => {
                    code.push(&text, self.source, range.clone());
                    code_end = Some(range.end);
                }
                _ => break,
            }
        }
        let range = self.without_break(range);
        let block = match kind {
            CodeBlockKind::Indented => {
                let start = before_indentation(self.source, range.start);
                let info_range = start..start;
                let range = start..range.end;
                Block { range, info: String::new(), info_range, indented: true, closed: true, code }
            }
            CodeBlockKind::Fenced(info) => {
                let fence = fence_length(&self.source[range.clone()]);
                let info_range = self.info_range(range.start + fence);
                let rest = code_end.unwrap_or(info_range.end).min(range.end);
                let closed = is_closing_fence(&self.source[rest..range.end], fence);
                Block { range, info: info.trim().to_owned(), info_range, indented: false, closed, code }
            }
        };
        self.check_closed(&block);
        self.check_inner_fence(&block);
        self.nodes.push(Node::Block(block));
    }

    fn check_closed(&mut self, block: &Block) {
        if block.closed {
            return;
        }
        let span = self.chapter.span(block.range.start..block.info_range.end.max(block.range.start));
        let fence = "close it with a line that holds as many of the same characters as the opening fence";
        self.diagnostics.push(if self.source[block.range.end..].trim().is_empty() {
            let message = "this fence is never closed: the rest of the file is taken for code";
            Diagnostic::error(Code::UnclosedFence, span, message).with_help(fence)
        } else {
            let message = "this fence ends with the list or quote around it, not with a closing fence";
            Diagnostic::warning(Code::UnclosedFence, span, message).with_help(fence)
        });
    }

    /// A block that is not closed may be closed by mistake by the end of the next one, which is lost inside it.
    fn check_inner_fence(&mut self, block: &Block) {
        if block.indented {
            return;
        }
        let fence = fence_length(&self.source[block.range.clone()]);
        let opening = &self.source[block.range.start..block.range.start + fence];
        let mut start = 0;
        for line in block.code.text.split_inclusive('\n') {
            let end = start + line.trim_end().len();
            let info = line.trim_start().strip_prefix(opening).unwrap_or("").trim();
            if info.starts_with(|char: char| char.is_ascii_alphabetic()) && !info.contains('`') {
                let first = self.chapter.span(block.range.clone()).start_position().line;
                let span = self.chapter.span(block.code.range(start..end.max(start)));
                let message = format!("this fence stands inside the block that begins in line {first}");
                let help = "close that block before, or give it a longer fence if it is to show this one";
                self.diagnostics
                    .push(Diagnostic::warning(Code::UnclosedFence, span, message).with_help(help));
                return;
            }
            start += line.len();
        }
    }

    /// The info string that follows a fence, trimmed.
    fn info_range(&self, start: usize) -> Range<usize> {
        let line = self.source[start..].split(['\n', '\r']).next().unwrap_or("");
        let info = line.trim();
        let start = start + (line.len() - line.trim_start().len());
        if info.is_empty() { start - line.len()..start - line.len() } else { start..start + info.len() }
    }

    /// Comments of an HTML block; all else in it is none of ours.
    fn html<'a>(&mut self, events: Events<'_, 'a>) {
        let mut html = CodeText::default();
        for (event, range) in events {
            match event {
                Event::Html(text) => html.push(&text, self.source, range),
                _ => break,
            }
        }
        let mut inlines = Vec::new();
        let mut done = 0;
        while let Some(start) = html.text[done..].find("<!--").map(|at| done + at) {
            let Some(end) = html.text[start + 4..].find("-->").map(|at| start + 4 + at) else {
                break;
            };
            self.stray_directives(&html, done..start);
            let text = html.text[start + 4..end].to_owned();
            inlines.push(Inline { kind: InlineKind::Comment, range: html.range(start..end + 3), text });
            done = end + 3;
        }
        if !html.text[done..].contains("<!--") {
            self.stray_directives(&html, done..html.text.len());
        }
        if let (Some(first), Some(last)) = (inlines.first(), inlines.last()) {
            let range = first.range.start..last.range.end;
            self.nodes.push(Node::Prose(Prose { range, inlines }));
        }
    }

    fn stray_directives(&mut self, html: &CodeText, range: Range<usize>) {
        for captures in DIRECTIVE.captures_iter(&html.text[range.clone()]) {
            let Some(found) = captures.get(0) else {
                continue;
            };
            let place = html.range(range.start + found.start()..range.start + found.end());
            self.not_alone(
                &captures[1],
                place,
                "leave an empty line before and after it: here it is part of HTML",
            );
        }
    }

    /// `name`: of the directive.
    fn not_alone(&mut self, name: &str, range: Range<usize>, help: &str) {
        let (code, message) = match name {
            "exercise" => (Code::Exercise, "an exercise stands on a line of its own"),
            "modules" => (Code::Modules, "`{{#modules}}` stands on a line of its own"),
            _ => (Code::Verification, "`{{#verification}}` stands on a line of its own"),
        };
        self.diagnostics.push(Diagnostic::error(code, self.chapter.span(range), message).with_help(help));
    }

    fn inline(&mut self, kind: InlineKind, range: Range<usize>, text: &str) {
        self.widen(range.clone());
        if let Some(prose) = &mut self.prose {
            prose.inlines.push(Inline { kind, range, text: text.to_owned() });
        }
    }

    fn widen(&mut self, range: Range<usize>) {
        let prose = self.prose.get_or_insert_with(|| Prose { range: range.clone(), inlines: Vec::new() });
        prose.range = prose.range.start.min(range.start)..prose.range.end.max(range.end);
    }

    /// Closes what has been collected: directives become nodes between the pieces of prose around them.
    fn end_prose(&mut self) {
        let Some(prose) = self.prose.take() else {
            return;
        };
        let directives = self.directives(&prose);
        let mut rest = prose.inlines;
        let mut start = prose.range.start;
        for (range, node) in directives {
            let after = rest.iter().position(|inline| inline.range.end > range.start);
            let mut tail = rest.split_off(after.unwrap_or(rest.len()));
            tail.retain(|inline| inline.range.start >= range.end);
            self.push_prose(start..range.start, rest);
            start = range.end;
            rest = tail;
            self.nodes.push(node);
        }
        self.push_prose(start..prose.range.end, rest);
    }

    fn directives(&mut self, prose: &Prose) -> Vec<(Range<usize>, Node)> {
        let source = self.source;
        let mut directives = Vec::new();
        for captures in DIRECTIVE.captures_iter(&source[prose.range.clone()]) {
            let Some(found) = captures.get(0) else {
                continue;
            };
            let range = prose.range.start + found.start()..prose.range.start + found.end();
            let is_text = prose
                .inlines
                .iter()
                .all(|inline| inline.kind == InlineKind::Text || !overlap(&inline.range, &range));
            if !is_text || source[..range.start].ends_with('\\') {
                continue;
            }
            let line =
                source[..range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1).max(prose.range.start);
            let after = source[range.end..].split(['\n', '\r']).next().unwrap_or("");
            let before = source[line..range.start].trim_matches([' ', '\t', '>']);
            if self.in_table || !before.is_empty() || !after.trim().is_empty() {
                self.not_alone(
                    &captures[1],
                    range,
                    "put it on a line of its own, with empty lines around it",
                );
                continue;
            }
            let rest = captures[2].trim().to_owned();
            let node = match &captures[1] {
                "exercise" => Node::Exercise(Directive { range: range.clone(), name: rest }),
                "modules" => Node::Modules(Directive { range: range.clone(), name: rest }),
                _ => self.verification(range.clone(), &rest),
            };
            directives.push((range, node));
        }
        directives
    }

    /// `rest`: what stands behind the directive's name.
    fn verification(&mut self, range: Range<usize>, rest: &str) -> Node {
        if !rest.is_empty() {
            let message = format!("`{{{{#verification}}}}` takes nothing, and here it has `{rest}`");
            let found = Diagnostic::error(Code::Verification, self.chapter.span(range.clone()), message);
            self.diagnostics.push(found.with_help("write `{{#verification}}`: it lists all of the book"));
        }
        Node::Verification(range)
    }

    fn push_prose(&mut self, range: Range<usize>, inlines: Vec<Inline>) {
        let text = &self.source[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let range = start..start + text.trim().len();
        let inlines = inlines.into_iter().skip_while(|inline| inline.range.end <= start);
        let mut merged: Vec<Inline> = Vec::new();
        for inline in inlines {
            match merged.last_mut() {
                Some(last) if last.kind == InlineKind::Text && inline.kind == InlineKind::Text => {
                    last.text.push_str(&inline.text);
                    last.range.end = inline.range.end;
                }
                _ => merged.push(inline),
            }
        }
        if merged.iter().any(|inline| inline.kind != InlineKind::Text || !inline.text.trim().is_empty()) {
            self.nodes.push(Node::Prose(Prose { range, inlines: merged }));
        }
    }

    fn without_break(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.source[range].trim_end_matches(['\n', '\r']).len()
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_inline_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn fence_length(block: &str) -> usize {
    let Some(fence @ ('`' | '~')) = block.chars().next() else {
        return 0;
    };
    block.chars().take_while(|&char| char == fence).count()
}

/// What follows the last line of code of a block, with the prefixes of the containers around it.
fn is_closing_fence(rest: &str, fence: usize) -> bool {
    let line = rest.trim_matches([' ', '\t', '>', '\r', '\n']);
    line.len() >= fence.max(3)
        && (line.bytes().all(|byte| byte == b'`') || line.bytes().all(|byte| byte == b'~'))
}

/// Back over the four columns that make a line code, so that what replaces the block is none.
fn before_indentation(source: &str, start: usize) -> usize {
    let mut at = start;
    for _ in 0..4 {
        match source[..at].chars().next_back() {
            Some(' ') => at -= 1,
            Some('\t') => return at - 1,
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::diagnostic::Severity;
    use crate::book::source::SourceFile;

    fn document(text: &str) -> (MappedText, Document, Vec<Diagnostic>) {
        let mapped = MappedText::of(&SourceFile::new("a.md", text));
        let (document, diagnostics) = read(&mapped);
        (mapped, document, diagnostics)
    }

    /// The only block's code, each line found again at its place in the text and in the same text with CRLF.
    #[track_caller]
    fn check_block(text: &str, code: &str) {
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("é\n\n{text}")] {
            let (mapped, document, diagnostics) = document(&text);
            let blocks: Vec<_> = document
                .nodes
                .iter()
                .filter_map(|node| if let Node::Block(block) = node { Some(block) } else { None })
                .collect();
            let [block] = &blocks[..] else { panic!("{} blocks", blocks.len()) };
            assert_eq!(block.code.text, code);
            assert!(block.closed && diagnostics.is_empty(), "{diagnostics:?}");
            let mut start = 0;
            for line in code.split_inclusive('\n') {
                let end = start + line.trim_end().len();
                assert_eq!(mapped.span(block.code.range(start..end)).text(), line.trim_end());
                start += line.len();
            }
            let whole = &text[block.range.clone()];
            assert_eq!(whole, whole.trim_end());
            assert!(!block.indented || whole.starts_with("    ") || whole.starts_with('\t'), "{whole:?}");
            assert!(block.indented || (whole.starts_with("```js") && whole.ends_with("```")), "{whole:?}");
        }
    }

    #[test]
    fn code_lines_keep_their_places_in_each_container() {
        check_block("```js\na;\n\n  b;\n```\n", "a;\n\n  b;\n");
        check_block("> ```js\n> a;\n>\n>   b;\n> ```\n> text", "a;\n\n  b;\n");
        check_block("- item\n\n  ```js\n  a;\n\n    b;\n  ```\n- next", "a;\n\n  b;\n");
        check_block("1. one\n   - two\n     ```js\n     a;\n       b;\n     ```\n", "a;\n  b;\n");
        check_block("> - x\n>   ```js\n>   a;\n>   ```\n", "a;\n");
        check_block("x[^1]\n\n[^1]: note\n\n    ```js\n    a;\n    ```\n", "a;\n");
        check_block("text\n\n    a;\n\n      b;\n\ntext", "a;\n\n  b;\n");
        check_block("text\n\n\ta;\n\t\tb;\n", "a;\n\tb;\n");
        check_block("- x\n\n      a;\n        b;\n", "a;\n  b;\n");
    }

    #[test]
    fn bytes_that_the_parser_changed_have_the_place_of_what_they_stand_for() {
        let mut code = CodeText::default();
        let chapter = "0123456789a\0b\r\n56789\tx\n\té";
        code.push("a\u{fffd}b\n", chapter, 10..15);
        code.push("  x\n", chapter, 20..23);
        code.push("  ", chapter, 24..24);
        code.push(" ", chapter, 21..21);
        assert_eq!(code.text, "a\u{fffd}b\n  x\n   ");
        assert_eq!(code.range(1..4), 11..12);
        assert_eq!(code.range(4..5), 12..13);
        assert_eq!(code.range(6..8), 20..21);
        assert_eq!(code.range(8..9), 21..22);
        assert_eq!(code.range(10..12), 23..24);
        assert_eq!(code.range(12..13), 20..21);
    }

    #[track_caller]
    fn check_finding(text: &str, severity: Severity, place: &str, message: &str) {
        let (_, _, diagnostics) = document(text);
        let [diagnostic] = &diagnostics[..] else { panic!("{diagnostics:?}") };
        let crate::book::diagnostic::Place::Span(span) = &diagnostic.place else { panic!("no span") };
        assert_eq!((diagnostic.severity, format!("{span:?}").as_str()), (severity, place));
        assert!(diagnostic.message.contains(message), "{}", diagnostic.message);
    }

    #[test]
    fn fences_that_are_not_closed_are_told() {
        check_finding("x\n\n```js\na;\n\n", Severity::Error, "a.md:3:1+5", "never closed");
        check_finding("> ```js\n> a;\n\nx", Severity::Warning, "a.md:1:3+5", "the list or quote");
        check_finding("- ```js\n  a;\n- x", Severity::Warning, "a.md:1:3+5", "the list or quote");
        check_finding("```js\n", Severity::Error, "a.md:1:1+5", "never closed");
        let swallowed = "```js\na;\n\n```js\nb;\n```\n";
        check_finding(swallowed, Severity::Warning, "a.md:4:1+5", "begins in line 1");
    }

    #[track_caller]
    fn check_nodes(text: &str, expected: &[&str]) {
        let (mapped, document, _) = document(text);
        let nodes: Vec<String> = document
            .nodes
            .iter()
            .map(|node| match node {
                Node::Heading(heading) => format!("h{} {}", heading.level, heading.text),
                Node::Block(block) => format!("block {}", block.info),
                Node::Exercise(directive) => {
                    format!("exercise {} at {:?}", directive.name, mapped.span(directive.range.clone()))
                }
                Node::Modules(directive) => {
                    format!("modules {} at {:?}", directive.name, mapped.span(directive.range.clone()))
                }
                Node::Verification(range) => format!("verification at {:?}", mapped.span(range.clone())),
                Node::Prose(prose) => {
                    let kinds = prose.inlines.iter().map(|inline| match inline.kind {
                        InlineKind::Text => format!("text({})", inline.text),
                        InlineKind::Code => format!("code({})", inline.text),
                        InlineKind::Comment => format!("comment({})", inline.text),
                    });
                    kinds.collect()
                }
            })
            .collect();
        assert_eq!(nodes, expected);
    }

    #[test]
    fn prose_is_code_text_and_comments() {
        check_nodes(
            "# A `b` c\n\nIt *isn't* \"a\"\n`b` &amp; c",
            &["h1 A b c", "text(It isn't \"a\" )code(b)text( & c)"],
        );
        check_nodes(
            "`V` is<!-- => 1 -->.\n<!-- => 2 -->\n",
            &["code(V)text( is)comment( => 1 )text(.)", "comment( => 2 )"],
        );
        check_nodes("> text\n> <!-- a\n> b -->\n", &["text(text)", "comment( a\nb )"]);
        check_nodes(
            "- one\n- two `x`\n\n| a |\n|---|\n| `b` |",
            &["text(one)", "text(two )code(x)", "text(a)", "code(b)"],
        );
        check_nodes("[`a`](b) ![c](d)", &["code(a)text( c)"]);
    }

    #[test]
    fn an_exercise_stands_on_a_line_of_its_own() {
        check_nodes("{{#exercise a-1}}\n", &["exercise a-1 at a.md:1:1+17"]);
        check_nodes(
            "x\n{{#exercise a}}\n{{ #exercise b }}\ny",
            &["text(x )", "exercise a at a.md:2:1+15", "exercise b at a.md:3:1+17", "text(y)"],
        );
        check_nodes("> - {{#exercise a}}\n", &["exercise a at a.md:1:5+15"]);
        check_nodes("`{{#exercise a}}`\n\n```\n{{#exercise a}}\n```", &["code({{#exercise a}})", "block "]);
        check_nodes("\\{{#exercise a}}", &["text({{#exercise a}})"]);
        let alone = "a line of its own";
        check_finding("|a|\n|---|\n{{#exercise a}}", Severity::Error, "a.md:3:1+15", alone);
        check_finding("see {{#exercise a}}", Severity::Error, "a.md:1:5+15", alone);
        check_finding("<div>\n{{#exercise a}}\n</div>", Severity::Error, "a.md:2:1+15", alone);
        check_finding("|a|\n|---|\n|{{#exercise a}}|", Severity::Error, "a.md:3:2+15", alone);
    }

    #[test]
    fn a_graph_of_modules_stands_on_a_line_of_its_own() {
        check_nodes("{{#modules}}\n", &["modules  at a.md:1:1+12"]);
        check_nodes(
            "x\n{{#modules lib/a.js }}\n{{#exercise b}}",
            &["text(x )", "modules lib/a.js at a.md:2:1+22", "exercise b at a.md:3:1+15"],
        );
        check_nodes("`{{#modules}}`\n\n```\n{{#modules}}\n```", &["code({{#modules}})", "block "]);
        check_nodes("\\{{#modules}} {{#modulesque}}", &["text({{#modules}} {{#modulesque}})"]);
        let alone = "`{{#modules}}` stands on a line of its own";
        check_finding("see {{#modules}}", Severity::Error, "a.md:1:5+12", alone);
        check_finding("<div>\n{{#modules}}\n</div>", Severity::Error, "a.md:2:1+12", alone);
    }

    #[test]
    fn the_list_of_what_was_verified_stands_on_a_line_of_its_own() {
        check_nodes("{{#verification}}\n", &["verification at a.md:1:1+17"]);
        check_nodes(
            "x\n{{ #verification }}\n{{#exercise a}}",
            &["text(x )", "verification at a.md:2:1+19", "exercise a at a.md:3:1+15"],
        );
        check_nodes(
            "`{{#verification}}`\n\n\\{{#verification}}",
            &["code({{#verification}})", "text({{#verification}})"],
        );
        check_finding("see {{#verification}}", Severity::Error, "a.md:1:5+17", "a line of its own");
        check_finding("<p>{{#verification}}", Severity::Error, "a.md:1:4+17", "a line of its own");
        check_finding(
            "{{#verification all}}",
            Severity::Error,
            "a.md:1:1+21",
            "takes nothing, and here it has `all`",
        );
    }

    #[test]
    fn front_matter_is_left_out_and_moves_no_places() {
        let (mapped, document, _) = document("---\ntitle: x\n---\n# é\n\n{{#exercise a}}\n");
        let Some(Node::Exercise(directive)) = document.nodes.last() else { panic!("no directive") };
        assert_eq!(document.nodes.len(), 2);
        assert_eq!(format!("{:?}", mapped.span(directive.range.clone())), "a.md:6:1+15");
    }

    #[test]
    fn code_blocks_of_html_come_from_the_caller() {
        let mut seen = Vec::new();
        let html = to_html("*a*\n\n```js x\nb <\n```\n\n    c\n", &mut |info, code| {
            seen.push((info.to_owned(), code.to_owned()));
            "<hr>".to_owned()
        });
        assert_eq!(html, "<p><em>a</em></p>\n<hr><hr>");
        assert_eq!(seen, [("js x".to_owned(), "b <\n".to_owned()), (String::new(), "c\n".to_owned())]);
    }

    #[test]
    fn odd_texts_are_read_without_a_panic() {
        let pieces = [
            "```js",
            "\n",
            "> ",
            "- ",
            "    ",
            "\t",
            "~~~",
            "é",
            "\0",
            "\r\n",
            "\r",
            "<!--",
            "-->",
            "{{#exercise ",
            "{{#modules ",
            "{{#verification",
            "a}}",
            "|",
            "---",
            "`",
            "*",
            "[^1]",
            "[^1]: ",
            "<div>",
            "# ",
            "\u{2028}",
            "😀",
            "&amp;",
            "\\",
            "1. ",
            "\u{feff}",
            "...",
        ];
        let mut state = 7_u64;
        for _ in 0..4000 {
            let mut text = String::new();
            for _ in 0..16 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            check_boundaries(&text);
        }
    }

    /// Each range of the document lies on character boundaries of the chapter.
    fn check_boundaries(text: &str) {
        let (mapped, document, diagnostics) = document(text);
        let text = &mapped.text;
        let whole = |range: &Range<usize>| assert!(text.get(range.clone()).is_some(), "{text:?} {range:?}");
        for node in &document.nodes {
            match node {
                Node::Heading(heading) => whole(&heading.range),
                Node::Exercise(directive) | Node::Modules(directive) => whole(&directive.range),
                Node::Verification(range) => whole(range),
                Node::Prose(prose) => {
                    whole(&prose.range);
                    prose.inlines.iter().for_each(|inline| whole(&inline.range));
                }
                Node::Block(block) => {
                    whole(&block.range);
                    whole(&block.info_range);
                    let code = &block.code.text;
                    let starts = code.char_indices().map(|(at, char)| at..at + char.len_utf8());
                    starts.for_each(|range| whole(&block.code.range(range)));
                }
            }
        }
        for diagnostic in diagnostics {
            if let crate::book::diagnostic::Place::Span(span) = diagnostic.place {
                let _ = span.text();
            }
        }
    }
}
