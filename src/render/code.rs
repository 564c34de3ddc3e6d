//! Code as HTML on one line: colours, marks round what was verified, hidden lines.
//!
//! Spans nest in one order: a hidden line holds a mark holds a colour. What a mark says is decided by `example`.

use std::ops::Range;

use crate::book::markdown::CodeText;
use crate::render::highlight::{Class, highlight};
use crate::render::html::{escape, escape_into};

/// A range of code that says something which was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// In the code.
    pub range: Range<usize>,
    pub verdict: &'static str,
    pub title: String,
}

/// The inside of a `<code>`. `hidden` are lines, counted from 0, that are shown on request only, as mdBook does it.
/// The last line's break is left out.
pub fn to_html(code: &str, language: &str, marks: &[Mark], hidden: &[usize]) -> String {
    let code = code.strip_suffix('\n').unwrap_or(code);
    let hidden = hidden_ranges(code, hidden);
    let runs = highlight(code, language);
    let mut out = String::with_capacity(code.len() * 5);
    let mut open = Open::default();
    for piece in borders(code.len(), &hidden, marks, &runs).windows(2) {
        let (at, end) = (piece[0], piece[1]);
        let run = runs.partition_point(|(range, _)| range.end <= at);
        let here = Here {
            hidden: hidden.iter().position(|range| range.contains(&at)),
            mark: marks.iter().position(|mark| mark.range.contains(&at)),
            class: runs.get(run).filter(|(range, _)| range.start <= at).map(|&(_, class)| class),
        };
        open.turn_to(here, marks, &mut out);
        escape_into(&mut out, &code[at..end]);
    }
    open.turn_to(Here::default(), marks, &mut out);
    out
}

/// The code's own ranges of a range in the chapter: where a container's prefix lies between its lines, it is left out
/// at both ends.
pub fn in_code(code: &CodeText, range: &Range<usize>) -> Option<Range<usize>> {
    let pieces = code.pieces.iter().enumerate().map(|(index, &(start, chapter))| {
        let end = code.pieces.get(index + 1).map_or(code.text.len(), |next| next.0);
        (start, chapter, end - start)
    });
    let mut found: Option<Range<usize>> = None;
    for (start, chapter, length) in pieces {
        let from = range.start.max(chapter);
        let to = range.end.min(chapter + length);
        if from < to {
            let here = start + (from - chapter)..start + (to - chapter);
            found = Some(found.map_or(here.clone(), |known| known.start..here.end));
        }
    }
    found
}

/// The lines with their breaks; those that follow each other are one range.
fn hidden_ranges(code: &str, lines: &[usize]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        if lines.contains(&index) {
            match ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => ranges.push(start..end),
            }
        }
        start = end;
    }
    ranges
}

/// What holds at one place.
#[derive(Clone, Copy, Default, PartialEq)]
struct Here {
    hidden: Option<usize>,
    mark: Option<usize>,
    class: Option<Class>,
}

/// Which spans are open.
#[derive(Default)]
struct Open(Here);

impl Open {
    fn turn_to(&mut self, here: Here, marks: &[Mark], out: &mut String) {
        let hidden_stays = self.0.hidden == here.hidden;
        let mark_stays = hidden_stays && self.0.mark == here.mark;
        let class_stays = mark_stays && self.0.class == here.class;
        for closes in [
            self.0.class.is_some() && !class_stays,
            self.0.mark.is_some() && !mark_stays,
            self.0.hidden.is_some() && !hidden_stays,
        ] {
            if closes {
                out.push_str("</span>");
            }
        }
        if here.hidden.is_some() && !hidden_stays {
            out.push_str("<span class=\"boring\">");
        }
        if let Some(mark) = here.mark.filter(|_| !mark_stays).map(|index| &marks[index]) {
            out.push_str("<span class=\"galley-claim\" data-verdict=\"");
            out.push_str(mark.verdict);
            out.push_str("\" title=\"");
            out.push_str(&escape(&mark.title));
            out.push_str("\">");
        }
        if let Some(class) = here.class.filter(|_| !class_stays) {
            out.push_str("<span class=\"");
            out.push_str(class.as_str());
            out.push_str("\">");
        }
        self.0 = here;
    }
}

/// Every place where anything begins or ends, in order; the first is 0, the last the code's end.
fn borders(
    end: usize,
    hidden: &[Range<usize>],
    marks: &[Mark],
    runs: &[(Range<usize>, Class)],
) -> Vec<usize> {
    let ranges =
        hidden.iter().chain(marks.iter().map(|mark| &mark.range)).chain(runs.iter().map(|run| &run.0));
    let mut borders: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
    borders.retain(|&border| border < end);
    borders.extend([0, end]);
    borders.sort_unstable();
    borders.dedup();
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(code: &str, text: &str) -> Mark {
        let start = code.find(text).expect("it is there");
        Mark { range: start..start + text.len(), verdict: "held", title: "verified: exact".into() }
    }

    #[test]
    fn a_mark_holds_the_colours_of_its_comment() {
        let code = "1; // => 1\n\n2;\n";
        assert_eq!(
            to_html(code, "js", &[mark(code, "// => 1")], &[]),
            "<span class=\"g-n\">1</span><span class=\"g-d\">;</span> <span class=\"galley-claim\" \
             data-verdict=\"held\" title=\"verified: exact\"><span class=\"g-c\">// =&gt; 1</span></span>&#10;&#10;\
             <span class=\"g-n\">2</span><span class=\"g-d\">;</span>"
        );
    }

    #[test]
    fn a_mark_of_two_lines_is_one_span() {
        let code = "f();\n// => a\n//    b\n";
        let html = to_html(code, "js", &[mark(code, "// => a\n//    b")], &[]);
        assert_eq!(html.matches("galley-claim").count(), 1, "{html}");
        assert!(html.ends_with("=&gt; a</span>&#10;<span class=\"g-c\">//    b</span></span>"), "{html}");
    }

    #[test]
    fn hidden_lines_are_boring() {
        assert_eq!(
            to_html("let x = 1;\nlet y;\nx;\n  y\n", "", &[], &[0, 1, 3]),
            "<span class=\"boring\">let x = 1;&#10;let y;&#10;</span>x;&#10;<span class=\"boring\">  y</span>"
        );
    }

    #[test]
    fn places_of_a_chapter_are_found_in_its_code() {
        // > ```js
        // > one
        // > two
        let code = CodeText { text: "one\ntwo\n".into(), pieces: vec![(0, 10), (4, 16)] };
        assert_eq!(in_code(&code, &(10..13)), Some(0..3));
        assert_eq!(in_code(&code, &(11..18)), Some(1..6));
        assert_eq!(in_code(&code, &(14..16)), None);
        assert_eq!(in_code(&code, &(0..5)), None);
    }
}
