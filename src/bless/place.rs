//! Which bytes of the author's file a rewritten claim changes: those of the stated value and no others. New lines are
//! set as the lines above them.

use std::ops::Range;
use std::sync::Arc;

use crate::book::diagnostic::Fix;
use crate::book::markdown::CodeText;
use crate::book::source::{MappedText, Span};
use crate::claim::Claim;

/// How a broken claim becomes true.
#[derive(Clone, Debug)]
pub struct Mend {
    pub fix: Fix,
    /// What the claim states then.
    pub stated: String,
}

/// Where a claim stands.
pub struct Site<'a> {
    pub text: &'a MappedText,
    /// The code that holds it; none in prose.
    pub code: Option<&'a CodeText>,
}

/// The patch that makes the claim say `stated`. The error says why its bytes can't be told.
pub fn mend(site: &Site<'_>, claim: &Claim, stated: String) -> Result<Mend, String> {
    let spans = spans(site.text, claim)?;
    let (first, last) = (&spans[0], &spans[spans.len() - 1]);
    let old = site.text.text.get(claim.range.clone()).unwrap_or_default();
    check_delimiters(old, site.code.is_none(), &stated)?;
    let lines: Vec<&str> = stated.split('\n').collect();
    let in_lines = first.text().contains('\n');
    let mut replacement = String::new();
    for (at, line) in lines.iter().enumerate() {
        let gap = match at {
            0 => String::new(),
            _ if at < spans.len() => first.file.text[spans[at - 1].end..spans[at].start].to_owned(),
            _ if spans.len() > 1 => between(&spans[spans.len() - 2], last),
            _ => gap(site, claim, first, old, in_lines)?,
        };
        // An empty line has no blanks.
        replacement.push_str(if line.is_empty() { gap.trim_end_matches([' ', '\t']) } else { &gap });
        replacement.push_str(line);
    }
    let fix = Fix { span: Span::new(&first.file, first.start..last.end), replacement };
    Ok(Mend { fix, stated })
}

/// The stated value's own place in the author's file; the whole claim's where it has none.
pub fn value_span(text: &MappedText, claim: &Claim) -> Span {
    match spans(text, claim) {
        Ok(spans) => Span::new(&spans[0].file, spans[0].start..spans[spans.len() - 1].end),
        Err(_) => text.span(claim.range.clone()),
    }
}

/// The stated text's pieces in the author's file, one a line.
fn spans(text: &MappedText, claim: &Claim) -> Result<Vec<Span>, String> {
    if claim.pieces.is_empty() {
        return Err("it has no bytes of its own that could be rewritten".into());
    }
    let spans: Vec<Span> = claim.pieces.iter().map(|piece| text.span(piece.clone())).collect();
    let same = spans.iter().zip(&claim.pieces).all(|(span, piece)| {
        Arc::ptr_eq(&span.file, &spans[0].file) && text.text.get(piece.clone()) == Some(span.text())
    });
    let ordered = spans
        .windows(2)
        .all(|pair| pair[0].end <= pair[1].start && between(&pair[0], &pair[1]).matches('\n').count() == 1);
    let is_stated = |text: &str| text.lines().map(str::trim).eq(claim.stated.lines().map(str::trim));
    let told = match &spans[..] {
        // Between its lines stand the prefixes of quotes and lists.
        [only] if only.text().contains('\n') => true,
        _ => is_stated(&spans.iter().map(Span::text).collect::<Vec<_>>().join("\n")),
    };
    if same && ordered && told { Ok(spans) } else { Err("it does not stand in one piece of one file".into()) }
}

fn between(one: &Span, next: &Span) -> String {
    one.file.text[one.end..next.start].to_owned()
}

/// What would end the comment or the code too early.
fn check_delimiters(old: &str, prose: bool, stated: &str) -> Result<(), String> {
    let ends = |mark: &str| Err(format!("the run's text holds {mark}, which ends what it stands in"));
    match () {
        () if old.starts_with("/*") && stated.contains("*/") => ends("`*/`"),
        () if prose && old.starts_with("<!--") && stated.contains("-->") => ends("`-->`"),
        () if prose && !old.starts_with("<!--") && stated.contains('`') => ends("a backquote"),
        () if prose && stated.contains('\n') => {
            Err("the run's text has several lines, which don't fit into a sentence: use an output fence"
                .into())
        }
        () => Ok(()),
    }
}

/// What stands between the end of a claim of one line and a line added to it.
fn gap(site: &Site<'_>, claim: &Claim, piece: &Span, old: &str, in_lines: bool) -> Result<String, String> {
    let file = &piece.file;
    let code = site.code.ok_or("it has no line of its own")?;
    let chapter = claim.pieces[0].start;
    let start = line_start(code, chapter).ok_or("its line can't be told")?;
    let start = site.text.span(start..chapter.max(start + 1));
    let line = file.text[..piece.start].rfind('\n').map_or(0, |at| at + 1);
    if !Arc::ptr_eq(&start.file, file) || !(line..=piece.start).contains(&start.start) {
        return Err("its line comes from several files".into());
    }
    let container = &file.text[line..start.start];
    let line_break = line_break(&file.text, piece.start);
    if !old.starts_with("//") || in_lines {
        // A fence's own lines, or those of a block comment.
        return Ok(format!("{line_break}{container}"));
    }
    let comment = site.text.span(claim.range.clone()).start;
    let before = file.text.get(start.start..comment).unwrap_or_default();
    let indent = match before.trim().is_empty() {
        true => before.to_owned(),
        false => " ".repeat(before.chars().count()),
    };
    let mark = file.text.get(comment + 2..piece.start).unwrap_or_default();
    Ok(format!("{line_break}{container}{indent}//{}", " ".repeat(mark.chars().count())))
}

/// Where in the chapter the line of the code begins that holds a place of the chapter.
fn line_start(code: &CodeText, chapter: usize) -> Option<usize> {
    let mut offset = 0;
    let starts = code.text.split_inclusive('\n').map(|line| {
        let at: Range<usize> = offset..offset + 1;
        offset += line.len();
        code.range(at).start
    });
    starts.take_while(|&start| start <= chapter).last()
}

/// As the line ends that holds the place, or else the file's first.
fn line_break(text: &str, at: usize) -> &'static str {
    let end = text[at..].find('\n').map(|end| at + end).or_else(|| text.find('\n'));
    if end.is_some_and(|end| text[..end].ends_with('\r')) { "\r\n" } else { "\n" }
}
