//! Reads a chapter's markdown with mdBook's own parser and options: blocks, headings, prose and exercise directives,
//! each with its place. The only file that names pulldown-cmark.
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

pub use crate::book::front_matter::FrontMatter;

/// What a chapter consists of, as far as Galley looks at it.
pub struct Document {
    pub front_matter: Option<FrontMatter>,
    /// In the order of the text.
    pub nodes: Vec<Node>,
}

pub enum Node {
    Heading(Heading),
    Block(Block),
    Prose(Prose),
    Exercise(Directive),
}

pub struct Heading {
    pub level: u8,
    pub range: Range<usize>,
    pub text: String,
}

/// A fenced or indented code block, of any language.
pub struct Block {
    /// From the opening fence to the end of the closing one, after the container's prefix (`> `, list indentation).
    pub range: Range<usize>,
    /// The info string, trimmed; empty for indented code.
    pub info: String,
    /// Where it stands; empty range after the fence if there is none.
    pub info_range: Range<usize>,
    pub indented: bool,
    /// The closing fence is there (always true for indented code).
    pub closed: bool,
    /// The code, lines ended by "\n", without containers' prefixes.
    pub code: CodeText,
}

/// Code and where each of its lines stands in the chapter.
#[derive(Clone, Default)]
pub struct CodeText {
    pub text: String,
    /// Sorted: (offset in `text`, offset in the chapter's text).
    pub pieces: Vec<(usize, usize)>,
}

/// A paragraph, table cell or list item's own text: inline pieces in order.
pub struct Prose {
    pub range: Range<usize>,
    pub inlines: Vec<Inline>,
}

pub struct Inline {
    pub kind: InlineKind,
    /// Of the whole markup: with backquotes, with `<!--` and `-->`.
    pub range: Range<usize>,
    /// Text; the code; the comment's inner text.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    Text,
    Code,
    Comment,
}

/// `{{#exercise NAME}}` on a line of its own.
pub struct Directive {
    pub range: Range<usize>,
    pub name: String,
}

impl CodeText {
    /// Adds text that stands at `offset` of the chapter as `source`. The parser may have changed it on the way ("\r\n"
    /// became "\n", a tab in an indentation became spaces, NUL became U+FFFD); such bytes get a piece each.
    fn push(&mut self, text: &str, source: &str, offset: usize) {
        if text == source {
            self.piece(offset);
            self.text.push_str(text);
            return;
        }
        let mut at = 0;
        for char in text.chars() {
            let mut here = source[at..].chars().next();
            if here == Some('\r') && char == '\n' && source[at + 1..].starts_with('\n') {
                at += 1;
                here = Some('\n');
            }
            if here == Some(char) {
                self.piece(offset + at);
                self.text.push(char);
                at += char.len_utf8();
                continue;
            }
            let width = here.map_or(0, char::len_utf8);
            let stays = here.is_none() || (here == Some('\t') && char == ' ');
            for byte in 0..char.len_utf8() {
                self.pieces.push((
                    self.text.len() + byte,
                    offset + at.min(source.len().saturating_sub(1)),
                ));
            }
            self.text.push(char);
            at += if stays { 0 } else { width };
        }
    }

    /// Adds a range of another code; each byte keeps its place.
    pub fn append(&mut self, other: &CodeText, range: Range<usize>) {
        let mut at = range.start;
        let mut index = other
            .pieces
            .partition_point(|&(start, _)| start <= at)
            .saturating_sub(1);
        while at < range.end {
            let (start, chapter) = other.pieces[index];
            let next = other
                .pieces
                .get(index + 1)
                .map_or(other.text.len(), |&(next, _)| next);
            self.pieces
                .push((self.text.len() + (at - range.start), chapter + (at - start)));
            at = next.min(range.end).max(at);
            index += 1;
        }
        self.text.push_str(&other.text[range]);
    }

    /// What is added next stands at `offset`, unless that is where the last piece leads anyway.
    fn piece(&mut self, offset: usize) {
        let at = self.text.len();
        if self
            .pieces
            .last()
            .is_none_or(|&(start, chapter)| chapter + (at - start) != offset)
        {
            self.pieces.push((at, offset));
        }
    }

    /// The chapter's range behind a range of the code; over several lines it covers what lies between them.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let index = self
                .pieces
                .partition_point(|&(start, _)| start <= offset)
                .saturating_sub(1);
            self.pieces
                .get(index)
                .map_or(0, |&(start, chapter)| chapter + (offset - start))
        };
        let start = at(range.start);
        // The end belongs to the last byte's piece, so that a range that ends with a line stays on that line.
        let end = if range.end > range.start {
            at(range.end - 1) + 1
        } else {
            start
        };
        start..end
    }
}

/// Reads a chapter with mdBook's options, but for smart punctuation: it moves no positions, and prose is compared with
/// what the author typed.
pub fn read(chapter: &MappedText) -> (Document, Vec<Diagnostic>) {
    let (front_matter, mut diagnostics) = front_matter::read(chapter);
    let base = front_matter
        .as_ref()
        .map_or(0, |front_matter| front_matter.range.end);
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
    (
        Document {
            front_matter,
            nodes: reading.nodes,
        },
        diagnostics,
    )
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

static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{\s*#exercise\b([^}\n]*)\}\}").expect("a valid expression"));

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
                if let Some(comment) = html
                    .strip_prefix("<!--")
                    .and_then(|html| html.strip_suffix("-->"))
                {
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

    fn heading<'a>(&mut self, level: u8, range: Range<usize>, events: Events<'_, 'a>) {
        let mut text = String::new();
        for (event, _) in events {
            match event {
                Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                Event::End(TagEnd::Heading(_)) => break,
                _ => {}
            }
        }
        let range = self.without_break(range);
        self.nodes.push(Node::Heading(Heading {
            level,
            range,
            text: text.trim().to_owned(),
        }));
    }

    fn block<'a>(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>, events: Events<'_, 'a>) {
        let mut code = CodeText::default();
        let mut code_end = None;
        for (event, range) in events {
            match event {
                Event::Text(text) => {
                    code.push(&text, &self.source[range.clone()], range.start);
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
                Block {
                    range,
                    info: String::new(),
                    info_range,
                    indented: true,
                    closed: true,
                    code,
                }
            }
            CodeBlockKind::Fenced(info) => {
                let fence = fence_length(&self.source[range.clone()]);
                let info_range = self.info_range(range.start + fence);
                let rest = code_end.unwrap_or(info_range.end).min(range.end);
                let closed = is_closing_fence(&self.source[rest..range.end], fence);
                Block {
                    range,
                    info: info.trim().to_owned(),
                    info_range,
                    indented: false,
                    closed,
                    code,
                }
            }
        };
        self.check_closed(&block);
        self.nodes.push(Node::Block(block));
    }

    fn check_closed(&mut self, block: &Block) {
        if block.closed {
            return;
        }
        let span = self
            .chapter
            .span(block.range.start..block.info_range.end.max(block.range.start));
        let fence = "close it with a line that holds as many of the same characters as the opening fence";
        self.diagnostics
            .push(if self.source[block.range.end..].trim().is_empty() {
                let message = "this fence is never closed: the rest of the file is taken for code";
                Diagnostic::error(Code::UnclosedFence, span, message).with_help(fence)
            } else {
                let message = "this fence ends with the list or quote around it, not with a closing fence";
                Diagnostic::warning(Code::UnclosedFence, span, message).with_help(fence)
            });
    }

    /// The info string that follows a fence, trimmed.
    fn info_range(&self, start: usize) -> Range<usize> {
        let line = self.source[start..].split(['\n', '\r']).next().unwrap_or("");
        let info = line.trim();
        let start = start + (line.len() - line.trim_start().len());
        if info.is_empty() {
            start - line.len()..start - line.len()
        } else {
            start..start + info.len()
        }
    }

    /// Comments of an HTML block; all else in it is none of ours.
    fn html<'a>(&mut self, events: Events<'_, 'a>) {
        let mut html = CodeText::default();
        for (event, range) in events {
            match event {
                Event::Html(text) => html.push(&text, &self.source[range.clone()], range.start),
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
            inlines.push(Inline {
                kind: InlineKind::Comment,
                range: html.range(start..end + 3),
                text,
            });
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
        for found in DIRECTIVE.find_iter(&html.text[range.clone()]) {
            let place = html.range(range.start + found.start()..range.start + found.end());
            self.not_alone(
                place,
                "leave an empty line before and after it: here it is part of HTML",
            );
        }
    }

    fn not_alone(&mut self, range: Range<usize>, help: &str) {
        self.diagnostics.push(
            Diagnostic::error(
                Code::Exercise,
                self.chapter.span(range),
                "an exercise stands on a line of its own",
            )
            .with_help(help),
        );
    }

    fn inline(&mut self, kind: InlineKind, range: Range<usize>, text: &str) {
        self.widen(range.clone());
        if let Some(prose) = &mut self.prose {
            prose.inlines.push(Inline {
                kind,
                range,
                text: text.to_owned(),
            });
        }
    }

    fn widen(&mut self, range: Range<usize>) {
        let prose = self.prose.get_or_insert_with(|| Prose {
            range: range.clone(),
            inlines: Vec::new(),
        });
        prose.range = prose.range.start.min(range.start)..prose.range.end.max(range.end);
    }

    /// Closes what has been collected: exercise directives become nodes between the pieces of prose around them.
    fn end_prose(&mut self) {
        let Some(prose) = self.prose.take() else {
            return;
        };
        let directives = self.directives(&prose);
        let mut rest = prose.inlines;
        let mut start = prose.range.start;
        for directive in directives {
            let after = rest
                .iter()
                .position(|inline| inline.range.end > directive.range.start);
            let mut tail = rest.split_off(after.unwrap_or(rest.len()));
            tail.retain(|inline| inline.range.start >= directive.range.end);
            self.push_prose(start..directive.range.start, rest);
            start = directive.range.end;
            rest = tail;
            self.nodes.push(Node::Exercise(directive));
        }
        self.push_prose(start..prose.range.end, rest);
    }

    fn directives(&mut self, prose: &Prose) -> Vec<Directive> {
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
            let line = source[..range.start]
                .rfind(['\n', '\r'])
                .map_or(0, |at| at + 1)
                .max(prose.range.start);
            let after = source[range.end..].split(['\n', '\r']).next().unwrap_or("");
            let before = source[line..range.start].trim_matches([' ', '\t', '>']);
            if self.in_table || !before.is_empty() || !after.trim().is_empty() {
                self.not_alone(range, "put it on a line of its own, with empty lines around it");
                continue;
            }
            let name = captures.get(1).map_or("", |name| name.as_str().trim()).to_owned();
            directives.push(Directive { range, name });
        }
        directives
    }

    fn push_prose(&mut self, range: Range<usize>, inlines: Vec<Inline>) {
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
        if merged
            .iter()
            .any(|inline| inline.kind != InlineKind::Text || !inline.text.trim().is_empty())
        {
            self.nodes.push(Node::Prose(Prose {
                range,
                inlines: merged,
            }));
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
