//! `check --bless`: rewrites broken claims in the author's files to what the run gives.
//!
//! Nothing is written before the new texts have been verified in memory: what would not hold is not rewritten.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::book::load::{Edited, resolve};
use crate::book::source::Span;
use crate::command::check::{self, Options};
use crate::command::outputs::{self, Target};
use crate::command::{atomic, verdict};
use crate::judge::Verdict;
use crate::report::bless::{Changed, text};
use crate::verify::Verified;
use crate::verify::edits::{self, Edit, Left, Refused};

/// Which claims are to be rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    All,
    /// Those that stand in a line (from 1) of a file.
    Line(PathBuf, usize),
}

impl Wanted {
    /// `FILE:LINE`; none for anything else.
    pub fn line(text: &str) -> Option<Wanted> {
        let (file, line) = text.rsplit_once(':')?;
        let line = line.parse().ok()?;
        (!file.is_empty()).then(|| Wanted::Line(PathBuf::from(file), line))
    }

    pub fn file(&self) -> Option<&Path> {
        match self {
            Wanted::All => None,
            Wanted::Line(file, _) => Some(file),
        }
    }
}

/// A broken claim that is rewritten may let a program go on to the next one; more often than this it won't.
const ROUNDS: usize = 20;

/// Rewrites what is wanted, prints the diff, and reports what remains.
///
/// # Errors
/// When the line that is wanted holds nothing to rewrite, or a file has changed since it was read.
pub fn bless(
    paths: &[PathBuf],
    wanted: Wanted,
    options: &Options,
    targets: &[Target],
) -> anyhow::Result<ExitCode> {
    let verify = |edited: &Edited, elsewhere: bool| {
        check::verify_in(check::load_all(paths, &options.run, edited), &options.run, elsewhere, None)
    };
    let mut texts = Edited::new();
    let mut verified = verify(&texts, false)?;
    let place = Place::find(&wanted, &verified)?;
    let originals = originals(&verified);
    let mut refused = Refused::new();
    let mut blessed = 0;
    let mut left;
    let mut rounds = 0;
    loop {
        let (mut made, others) = edits::pick(&verified, &|span| place.holds(span), &refused);
        left = others;
        rounds += 1;
        if made.is_empty() || rounds > ROUNDS {
            break;
        }
        while !made.is_empty() {
            let new = edits::apply(&made, &texts);
            let after = verify(&new, false)?;
            let elsewhere = verify(&new, true)?;
            let failures = edits::failures(&verified, &made, &after, &elsewhere);
            if failures.is_empty() {
                refused = moved(&refused, &made);
                blessed += made.len();
                (texts, verified) = (new, after);
                break;
            }
            refuse(&mut refused, &mut made, failures);
        }
        // What comes to light on other lines was not asked for.
        if place.line.is_some() && blessed > 0 {
            break;
        }
    }
    if let (Wanted::Line(file, line), 0, Some(Left { reason, .. })) = (&wanted, blessed, left.first()) {
        bail!("the claim in {}:{line} can't be rewritten: {reason}", file.display());
    }
    for found in &mut verified.diagnostics {
        let place = found.fix.as_ref().map(|fix| (edits::key(&fix.span.file), fix.span.start));
        if let Some(reason) = place.and_then(|place| refused.get(&place)) {
            (found.fix, found.help) = (None, Some(reason.clone()));
        }
    }
    let changed = write(&texts, &originals)?;
    let told = text(&changed, blessed, &left);
    if outputs::is_told(targets) {
        check::write_out(&told)?;
    } else {
        eprint!("{told}");
    }
    check::write_reports(&verified, paths, options, targets)?;
    Ok(verdict(&verified))
}

fn refuse(refused: &mut Refused, made: &mut Vec<Edit>, failures: std::collections::BTreeMap<usize, String>) {
    for (at, reason) in failures.into_iter().rev() {
        let span = made.remove(at).fix.span;
        refused.insert((edits::key(&span.file), span.start), reason);
    }
}

/// What was refused, at its place in the new texts.
fn moved(refused: &Refused, made: &[Edit]) -> Refused {
    let place = |((file, at), reason): (&(PathBuf, usize), &String)| {
        ((file.clone(), edits::shifted(made, file, *at)), reason.clone())
    };
    refused.iter().map(place).collect()
}

/// The line that is wanted, in the file as it was read.
struct Place {
    line: Option<(PathBuf, usize)>,
}

impl Place {
    fn find(wanted: &Wanted, verified: &Verified) -> anyhow::Result<Place> {
        let Wanted::Line(file, line) = wanted else { return Ok(Place { line: None }) };
        let root = verified.sources.config.root.as_deref().unwrap_or(Path::new(""));
        let found = [file.clone(), root.join(file)].into_iter().find(|path| path.is_file());
        let Some(path) = found.map(|path| resolve(&path)) else {
            bail!("there is no file {}", file.display());
        };
        let place = Place { line: Some((path.clone(), *line)) };
        let mut lines = Vec::new();
        let mut there = Vec::new();
        for claim in &verified.claims {
            let span = verified.sources.text(claim.owner).text.span(claim.claim.range.clone());
            if span.file.origin.as_ref() == Some(&path) {
                lines.push(span.start_position().line);
                if place.holds(&span) {
                    there.push(claim);
                }
            }
        }
        let shown = format!("{}:{line}", file.display());
        if there.is_empty() {
            let nearest = lines.iter().min_by_key(|other| other.abs_diff(*line));
            match nearest {
                Some(nearest) => {
                    bail!("no claim stands in {shown}; the nearest one stands in line {nearest}")
                }
                None => bail!("no claim stands in {shown}, nor anywhere in the file as it was checked"),
            }
        }
        if let [held] = &there[..]
            && matches!(held.verdict, Verdict::Held { .. })
        {
            bail!("the claim in {shown} holds already: `{}`", held.claim.stated);
        }
        if there.iter().all(|claim| matches!(claim.verdict, Verdict::Held { .. })) {
            bail!("all claims in {shown} hold already");
        }
        Ok(place)
    }

    fn holds(&self, span: &Span) -> bool {
        let Some((file, line)) = &self.line else { return true };
        let (first, last) = (span.start_position().line, span.end_position().line);
        span.file.origin.as_ref() == Some(file) && (first..=last).contains(line)
    }
}

/// The files that hold claims as they were read: path as shown, and text.
fn originals(verified: &Verified) -> Vec<(PathBuf, String, String)> {
    let mut files: Vec<(PathBuf, String, String)> = Vec::new();
    for claim in &verified.claims {
        let file = verified.sources.text(claim.owner).text.span(claim.claim.range.clone()).file;
        let key = edits::key(&file);
        if !files.iter().any(|(known, _, _)| *known == key) {
            files.push((key, file.path.clone(), file.text.clone()));
        }
    }
    files.sort();
    files
}

/// Writes each file whole, once all of them are known to be what was read.
fn write(texts: &Edited, originals: &[(PathBuf, String, String)]) -> anyhow::Result<Vec<Changed>> {
    let mut files = Vec::new();
    for (path, shown, old) in originals {
        if let Some(new) = texts.get(path).filter(|new| *new != old) {
            let bytes = replaced(path, shown, old, new)?;
            files.push((path, bytes, Changed { path: shown.clone(), old: old.clone(), new: new.clone() }));
        }
    }
    let mut changed = Vec::new();
    for (path, bytes, file) in files {
        atomic::write(path, &bytes).with_context(|| format!("can't write {}", file.path))?;
        changed.push(file);
    }
    Ok(changed)
}

/// The file's new bytes, with its byte order mark if it has one.
fn replaced(path: &Path, shown: &str, old: &str, new: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("can't read {shown} again"))?;
    let mark = "\u{feff}".as_bytes();
    let (mark, text) = if bytes.starts_with(mark) { bytes.split_at(mark.len()) } else { bytes.split_at(0) };
    if text != old.as_bytes() {
        bail!("{shown} has changed since it was read: nothing is written; run the check again");
    }
    Ok([mark, new.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_from_a_path() {
        assert_eq!(Wanted::line("a b.md:12"), Some(Wanted::Line("a b.md".into(), 12)));
        for path in ["", ".", "a.md", ":3", "a.md:", "a.md:x", "C:\\a.md"] {
            assert_eq!(Wanted::line(path), None, "{path}");
        }
    }

    #[test]
    fn a_file_that_has_changed_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one.md"), folder.path().join("two.md"));
        fs::write(&one, "\u{feff}1\r\n").unwrap();
        fs::write(&two, "new").unwrap();
        let texts: Edited = [(one.clone(), "2\r\n".to_owned()), (two.clone(), "3".to_owned())].into();
        let read = |text: &str| {
            vec![
                (one.clone(), "one.md".to_owned(), "1\r\n".to_owned()),
                (two.clone(), "two.md".to_owned(), text.to_owned()),
            ]
        };
        let error = write(&texts, &read("old")).err().unwrap().to_string();
        assert!(error.contains("two.md has changed"), "{error}");
        assert_eq!(fs::read_to_string(&one).unwrap(), "\u{feff}1\r\n", "none is written if one has changed");
        assert_eq!(write(&texts, &read("new")).unwrap().len(), 2);
        assert_eq!(fs::read_to_string(&one).unwrap(), "\u{feff}2\r\n");
        assert_eq!(fs::read_to_string(&two).unwrap(), "3");
    }
}
