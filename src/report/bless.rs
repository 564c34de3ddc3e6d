//! What blessing did: a unified diff of the files, the counts, and what it left as it is.

use std::fmt::Write;

use crate::report::diff;
use crate::report::human::clean;
use crate::verify::edits::Left;

/// A file before and after.
pub struct Changed {
    pub path: String,
    pub old: String,
    pub new: String,
}

/// The diff, the counts, and each claim that is left with the reason.
pub fn text(changed: &[Changed], claims: usize, left: &[Left]) -> String {
    let mut out = String::new();
    for file in changed {
        // How lines end is no difference, and nothing that a terminal should be sent.
        let (old, new) = (file.old.replace("\r\n", "\n"), file.new.replace("\r\n", "\n"));
        let path = clean(&file.path);
        out.push_str(&clean(&diff::unified(&old, &new, (&path, &path), 2)));
    }
    if !changed.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "blessed: {} in {}", count(claims, "claim"), count(changed.len(), "file"));
    if !left.is_empty() {
        let _ = writeln!(out, "left as {}:", if left.len() == 1 { "it is" } else { "they are" });
    }
    for Left { file, line, stated, reason } in left {
        let stated: String = clean(&one_line(stated));
        let _ = writeln!(out, "    {}:{line}: `{stated}`: {}", clean(file), clean(reason));
    }
    out.push('\n');
    out
}

fn count(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn one_line(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let head: String = first.chars().take(60).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}
