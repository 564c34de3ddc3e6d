//! `{{#modules}}` and `{{#modules NAME}}`: of which example the files are to be drawn.
//!
//! What that example loads only its run can tell.

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::document::{Directive, Document, Node};
use crate::book::example::{Attributes, Example};
use crate::book::nearest;
use crate::book::source::MappedText;

/// Why no files can be drawn: a message and a help.
pub type Problem = (String, String);

/// Each directive of a text with the example that it speaks of (index into its examples).
pub fn subjects<'a>(
    document: &'a Document,
    examples: &'a [Example],
    chapter: &'a MappedText,
) -> impl Iterator<Item = (&'a Directive, Result<usize, Problem>)> {
    document.nodes.iter().enumerate().filter_map(move |(at, node)| match node {
        Node::Modules(directive) => {
            let found = named(directive, at, examples);
            Some((directive, found.and_then(|index| runs(chapter, examples, index))))
        }
        _ => None,
    })
}

/// What is wrong with directives before anything runs.
pub fn check(chapter: &MappedText, document: &Document, examples: &[Example]) -> Vec<Diagnostic> {
    let wrong = subjects(document, examples, chapter)
        .filter_map(|(directive, subject)| Some((directive, subject.err()?)));
    wrong
        .map(|(directive, (message, help))| {
            let span = chapter.span(directive.range.clone());
            Diagnostic::error(Code::Modules, span, message).with_help(help)
        })
        .collect()
}

/// By its `file=` or `name=`. Without a name the nearest program before it; fences with `file=` are what programs load.
fn named(directive: &Directive, at: usize, examples: &[Example]) -> Result<usize, Problem> {
    let name = directive.name.as_str();
    if !name.is_empty() {
        let names =
            |Attributes { file, name, .. }: &Attributes| file.iter().chain(name).cloned().collect::<Vec<_>>();
        let is_named = |example: &Example| names(&example.attributes).iter().any(|known| known == name);
        return examples.iter().position(is_named).ok_or_else(|| {
            let known: Vec<String> = examples.iter().flat_map(|example| names(&example.attributes)).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let help = match known.is_empty() {
                true => format!("write `file={name}` or `name={name}` on the fence of the file that starts"),
                false => nearest::help(name, &known),
            };
            (format!("no example of this text has `file={name}` or `name={name}`"), help)
        });
    }
    let is_program = |example: &Example| example.attributes.file.is_none() && !example.attributes.setup;
    let before = &examples[..examples.partition_point(|example| example.node < at)];
    before.iter().rposition(is_program).ok_or_else(|| {
        let file = before.iter().find_map(|example| example.attributes.file.as_ref());
        let help = match file {
            Some(file) => format!("name the file that starts, such as `{{{{#modules {file}}}}}`"),
            None => "put it behind an example that requires or imports other files".to_owned(),
        };
        ("no program stands before it whose files could be drawn".to_owned(), help)
    })
}

/// It is to run, and its files are no secret.
fn runs(chapter: &MappedText, examples: &[Example], index: usize) -> Result<usize, Problem> {
    let Example { attributes, range, .. } = &examples[index];
    let line = chapter.span(range.clone()).start_position().line;
    let words = [(attributes.ignore, "ignore"), (attributes.norun, "norun")];
    if let Some((_, word)) = words.into_iter().find(|(is_set, _)| *is_set) {
        let message =
            format!("the example in line {line} is marked `{word}`, so nobody knows which files it loads");
        return Err((message, format!("take `{word}` off its fence, or name another example")));
    }
    if attributes.predict.is_some() {
        let message = format!(
            "the example in line {line} is a quiz, and its files would tell what its reader is asked"
        );
        let help = "take `predict` off its fence, or name another example: `{{#modules NAME}}`";
        return Err((message, help.to_owned()));
    }
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::ceilings::Ceilings;
    use crate::book::example::{self, Options};
    use crate::book::markdown;
    use crate::book::source::SourceFile;

    /// The line of each directive's example, or its problem and what helps.
    fn read(text: &str) -> Vec<Result<usize, Problem>> {
        let mapped = MappedText::of(&SourceFile::new("a.md", text));
        let (document, _) = markdown::read(&mapped);
        let (examples, _) = example::read(&mapped, &document, &Options::new(&Ceilings::ALWAYS));
        let line = |index: usize| mapped.span(examples[index].range.clone()).start_position().line;
        subjects(&document, &examples, &mapped).map(|(_, subject)| subject.map(line)).collect()
    }

    #[track_caller]
    fn check(text: &str, message: &str, help: &str) {
        let [Err((told, helps))] = &read(text)[..] else { panic!("{text}") };
        assert!(told.contains(message) && helps.contains(help), "{told} ({helps})");
    }

    #[test]
    fn the_nearest_program_before_it_is_meant() {
        let text =
            "```js\n1\n```\n\n```js file=a.js\n2\n```\n\n{{#modules}}\n\n```js\n3\n```\n\n{{#modules}}\n";
        assert_eq!(read(text), [Ok(1), Ok(11)]);
        assert_eq!(read("```js\n1\n```\n\n```js setup\n2\n```\n\n{{#modules}}\n"), [Ok(1)]);
    }

    #[test]
    fn a_name_is_that_of_a_file_or_an_example_anywhere_in_the_text() {
        let text =
            "{{#modules a.js}}\n\n```js file=a.js\n1\n```\n\n```js name=two\n2\n```\n\n{{#modules two}}\n";
        assert_eq!(read(text), [Ok(3), Ok(7)]);
    }

    #[test]
    fn what_can_not_be_drawn_is_told() {
        check("{{#modules}}\n", "no program stands before it", "put it behind an example");
        check("```js file=a.js\n1\n```\n\n{{#modules}}\n", "no program", "`{{#modules a.js}}`");
        check(
            "```js file=main.js\n1\n```\n\n{{#modules man.js}}\n",
            "`file=man.js`",
            "did you mean `main.js`",
        );
        check("{{#modules x}}\n", "`name=x`", "write `file=x`");
        check("```js ignore\n1\n```\n\n{{#modules}}\n", "line 1 is marked `ignore`", "take `ignore` off");
        check("```js norun\n1\n```\n\n{{#modules}}\n", "is marked `norun`", "take `norun` off");
        check("```js predict\n1\n```\n\n{{#modules}}\n", "line 1 is a quiz", "take `predict` off");
    }
}
