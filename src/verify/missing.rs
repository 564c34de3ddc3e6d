//! Names that an example lacks, since another block of its text declares them; and names that it has twice.

use regex::Regex;

use crate::book::config::{Config, State};
use crate::book::example::Example;
use crate::book::source::Span;
use crate::engine::trace::Thrown;
use crate::verify::Text;
use crate::verify::program::Declarations;
use crate::verify::surroundings::continued;

/// An example and what its text declares elsewhere.
pub struct Missing<'a> {
    pub config: &'a Config,
    pub text: Text<'a>,
    /// Index of the example in its text.
    pub index: usize,
    pub declarations: &'a Declarations,
}

impl Missing<'_> {
    /// The last block before the example that declares the name for all of itself, and the line where.
    fn declared(&self, name: &str) -> Option<(usize, usize)> {
        let (index, line) = self.declarations.before(self.text.owner, self.index, name)?;
        Some((index, self.line(index, line)))
    }

    /// A line of an example's code, from 1, as a line of the author's file.
    fn line(&self, index: usize, line: usize) -> usize {
        let code = &self.text.examples[index].code;
        let start: usize = code.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        self.text.text.span(code.range(start..start)).start_position().line
    }
}

/// What to do about "x is not defined" where an earlier block declares x.
pub fn help(missing: &Missing<'_>, error: &Thrown) -> Option<String> {
    let name = error.message.strip_suffix(" is not defined").filter(|_| error.name == "ReferenceError")?;
    let examples = missing.text.examples;
    let own = &examples[missing.index];
    if let Some((file, line)) = in_file(missing, name) {
        let get = if missing.declarations.is_module(missing.text.owner, missing.index) {
            format!("`import {{ {name} }} from './{file}'`")
        } else {
            format!("`require('./{file}')`")
        };
        return Some(format!("`{name}` is declared in `{file}`, line {line}: get it by {get}"));
    }
    let (index, line) = missing.declared(name)?;
    let declaring = &examples[index];
    let declared = format!("`{name}` is declared in the example at line {line}");
    if let Some(word) = closed(declaring) {
        return Some(format!("{declared}, which is marked `{word}`, so that no other example has its names"));
    }
    if own.attributes.file.is_some() {
        return Some(format!(
            "{declared}: a block with `file=` is a file of its own, so give that one a name too"
        ));
    }
    let remedy = if continued(examples, missing.index, true).contains(&index) {
        "put `continue` on this fence"
    } else if declaring.section == own.section && missing.config.state == State::Isolated {
        "set `state = \"section\"` under [preprocessor.galley]"
    } else {
        "set `state = \"chapter\"` under [preprocessor.galley]"
    };
    Some(format!("{declared}: {remedy}"))
}

/// A file of the text that declares the name, before or behind the example.
fn in_file<'a>(missing: &'a Missing<'_>, name: &str) -> Option<(&'a str, usize)> {
    missing.text.examples.iter().enumerate().find_map(|(index, example)| {
        let file = example.attributes.file.as_deref().filter(|_| index != missing.index)?;
        let declared = missing.declarations.of(missing.text.owner, index);
        let found = declared.iter().find(|declared| declared.name == name);
        let line = found.map(|found| found.line).or_else(|| exported(example, name))?;
        Some((file, missing.line(index, line)))
    })
}

/// `exports.name = …`, of which no declaration tells.
fn exported(example: &Example, name: &str) -> Option<usize> {
    let pattern = Regex::new(&format!(r"\bexports\.{}\s*=", regex::escape(name))).ok()?;
    let found = pattern.find(&example.code.text)?;
    Some(example.code.text[..found.start()].matches('\n').count() + 1)
}

/// The word for which an example shares its state with no other.
fn closed(example: &Example) -> Option<&'static str> {
    let attributes = &example.attributes;
    let words =
        [(attributes.ignore, "ignore"), (attributes.norun, "norun"), (attributes.throws.is_some(), "throws")];
    words.iter().find(|(is, _)| *is).map(|(_, word)| *word)
}

/// Message and help for a name that is declared twice. `again`: where it is declared the second time.
pub fn declared_twice(missing: &Missing<'_>, error: &Thrown, again: &Span) -> Option<(String, String)> {
    let name = error.message.strip_prefix("Identifier '")?.strip_suffix("' has already been declared")?;
    let own = &missing.text.examples[missing.index];
    let line = again.start_position().line;
    let pattern = Regex::new(&format!(
        r"\b(?:const|let|var|class|function|import)\b[^;]*?[^\w$.;]{}(?:$|[^\w$])",
        regex::escape(name)
    ))
    .ok()?;
    let first = pattern.find(&own.code.text).map(|found| {
        let end =
            found.as_str().trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').len();
        missing.line(missing.index, own.code.text[..found.start() + end].matches('\n').count() + 1)
    });
    match (first.filter(|first| *first < line), missing.declared(name)) {
        (Some(first), _) => Some((
            format!("`{name}` is declared twice in one example, in line {first} and in line {line}"),
            "make two fences of it, or put one of the two into braces: `{ … }`".to_owned(),
        )),
        (None, Some((_, first))) => Some((
            format!("`{name}` is declared in line {line} and, in an example whose names this one has, in line {first}"),
            "a module with `import` or `export` can't declare a name again: give it another name, or take out what shares the state"
                .to_owned(),
        )),
        (None, None) => None,
    }
}
