//! Lines of a screen or a pipe: what stands in them never steers a terminal and is never wider than it.

use textwrap::{Options, WordSplitter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::human;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Strong,
    Faint,
    Good,
    Bad,
    Note,
    /// The chosen one of a list.
    Chosen,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub style: Style,
    /// Without control characters.
    pub text: String,
}

/// Lines of at most a width, from top to bottom.
pub struct Page {
    width: usize,
    pub lines: Vec<Line>,
}

/// Narrower than this nothing can be read, so that lines may be cut.
const NARROWEST: usize = 12;

impl Page {
    pub fn new(width: usize) -> Page {
        Page { width: width.max(NARROWEST), lines: Vec::new() }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// Prose, wrapped between words; each line break stays.
    pub fn text(&mut self, style: Style, text: &str) {
        self.item(style, "", text);
    }

    /// Prose behind a bullet, the following lines below the text.
    pub fn item(&mut self, style: Style, bullet: &str, text: &str) {
        let bullet = clean(bullet).replace('\n', " ");
        let indent = " ".repeat(width(&bullet));
        let options = Options::new(self.width)
            .initial_indent(&bullet)
            .subsequent_indent(&indent)
            .word_splitter(WordSplitter::NoHyphenation);
        let options_below = options.clone().initial_indent(&indent);
        for (at, line) in clean(text).split('\n').enumerate() {
            let options = if at == 0 { &options } else { &options_below };
            for text in textwrap::wrap(line, options) {
                // It may count fewer columns than we do.
                self.lines.extend(pieces(&text, self.width).into_iter().map(|text| Line { style, text }));
            }
        }
    }

    /// Text whose blanks count; too long lines are broken anywhere.
    pub fn code(&mut self, style: Style, indent: &str, text: &str) {
        let room = self.width.saturating_sub(width(indent)).max(4);
        let text = clean(text);
        for line in text.trim_end_matches('\n').split('\n') {
            for piece in pieces(line, room) {
                let text = format!("{indent}{piece}");
                self.lines.push(Line { style, text: text.trim_end().to_owned() });
            }
        }
    }

    /// One line, cut where it is too long.
    pub fn row(&mut self, style: Style, text: &str) {
        self.lines.push(Line { style, text: cut(&clean(text).replace('\n', " "), self.width) });
    }

    /// A blank line, unless one stands there already or nothing does.
    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.lines.push(Line { style: Style::Plain, text: String::new() });
        }
    }
}

impl Line {
    /// As a terminal takes it.
    pub fn paint(&self, color: bool) -> String {
        let code = match self.style {
            Style::Plain => "",
            Style::Strong => "1",
            Style::Faint => "2",
            Style::Good => "32",
            Style::Bad => "31",
            Style::Note => "36",
            Style::Chosen => "7",
        };
        if color && !code.is_empty() && !self.text.is_empty() {
            format!("\x1b[{code}m{}\x1b[0m", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// All lines, each with a line break.
pub fn print(lines: &[Line], color: bool) -> String {
    lines.iter().map(|line| line.paint(color) + "\n").collect()
}

/// Text that may not steer the terminal, with blanks for tabs.
pub fn clean(text: &str) -> String {
    human::clean(&text.replace("\r\n", "\n").replace('\t', "    "))
}

/// Columns of a terminal, rather too many than too few: an emoji that is put together may take as much as its parts.
pub fn width(text: &str) -> usize {
    let parts: usize = text.chars().map(columns).sum();
    parts.max(text.width())
}

/// A character that asks for a picture may make two columns of one.
fn columns(character: char) -> usize {
    if character == '\u{fe0f}' { 1 } else { character.width().unwrap_or(0) }
}

/// As much of a text as fits, with an ellipsis where something is missing.
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut piece = pieces(text, room.saturating_sub(1)).swap_remove(0);
    piece.push('…');
    piece
}

/// At least one; none is wider than `room`, unless a single character is.
fn pieces(text: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for character in text.chars() {
        let columns = columns(character);
        if used + columns > room && used > 0 {
            pieces.push(String::new());
            used = 0;
        }
        used += columns;
        if let Some(last) = pieces.last_mut() {
            last.push(character);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &Page) -> Vec<&str> {
        page.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn prose_is_wrapped_between_words_and_below_its_bullet() {
        let mut page = Page::new(14);
        page.item(Style::Plain, "- ", "one two three four\nfive");
        assert_eq!(texts(&page), ["- one two", "  three four", "  five"]);
    }

    #[test]
    fn code_keeps_its_blanks_and_is_broken_anywhere() {
        let mut page = Page::new(12);
        page.code(Style::Plain, "  ", "\tif (a) {\n\n}\n");
        assert_eq!(texts(&page), ["      if (a)", "   {", "", "  }"]);
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for text in [
            "数独を解くプログラムを書いてください",
            "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
            "☺️☺️☺️☺️☺️☺️☺️☺️",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            let mut page = Page::new(13);
            page.text(Style::Plain, text);
            page.code(Style::Plain, " ", text);
            page.row(Style::Plain, text);
            for line in texts(&page) {
                assert!(width(line) <= 13, "{line:?} of {text}");
            }
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let mut page = Page::new(80);
        let text = "a\u{1b}[2Jb\r\u{9b}c";
        page.text(Style::Plain, text);
        page.item(Style::Plain, text, text);
        page.code(Style::Plain, "", text);
        page.row(Style::Plain, text);
        for line in &page.lines {
            assert!(line.text.chars().all(|c| !c.is_control()), "{:?}", line.text);
            assert!(!line.paint(false).contains('\x1b'));
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
        assert_eq!(cut("数独独", 4), "数…");
    }
}
