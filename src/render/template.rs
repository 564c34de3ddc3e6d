//! The page's templates: embedded, replaced file by file by the ones in a book's `theme/galley/`. The only file that
//! names handlebars.
//!
//! What comes out is one line, because `chapter` puts it into markdown as one line. A mistake in a template is a
//! finding with its place in the template. Nothing here reads a disk or knows what an example is.

use std::sync::Arc;

use handlebars::{Handlebars, RenderError, TemplateError};
use serde::Serialize;

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::source::{SourceFile, Span};
use crate::render::html;

/// The files that a book may replace, and what stands in for one that it does not.
pub const EMBEDDED: &[(&str, &str)] = &[
    ("badge.hbs", include_str!("../../theme/badge.hbs")),
    ("example.hbs", include_str!("../../theme/example.hbs")),
    ("exercise.hbs", include_str!("../../theme/exercise.hbs")),
    ("predict.hbs", include_str!("../../theme/predict.hbs")),
    ("verification.hbs", include_str!("../../theme/verification.hbs")),
];

/// Templates that are ready to be rendered.
pub struct Templates {
    /// Compiled from one line each.
    lines: Handlebars<'static>,
    /// As they stand in their files: a mistake that shows while rendering is looked up in these.
    files: Vec<(&'static str, Arc<SourceFile>)>,
}

/// `overrides` are the book's own files; a name that is none of [`EMBEDDED`] is a finding.
pub fn compile(overrides: &[(String, Arc<SourceFile>)]) -> Result<Templates, Box<Diagnostic>> {
    for (name, file) in overrides {
        if EMBEDDED.iter().all(|(known, _)| known != name) {
            let known: Vec<&str> = EMBEDDED.iter().map(|&(known, _)| known).collect();
            let message = format!("Galley has no template `{name}`");
            return Err(Box::new(
                Diagnostic::file_error(Code::Config, &file.path, message)
                    .with_help(format!("the templates are {}", known.join(", "))),
            ));
        }
    }
    let files: Vec<(&'static str, Arc<SourceFile>)> = EMBEDDED
        .iter()
        .map(|&(name, source)| {
            let own = overrides.iter().find(|(own, _)| own == name);
            (name, own.map_or_else(|| SourceFile::new(name, source), |(_, file)| Arc::clone(file)))
        })
        .collect();
    // Once as they are, for the sake of the places of mistakes.
    registry(&files, str::to_owned)?;
    let lines = registry(&files, as_one_line)?;
    Ok(Templates { lines, files })
}

impl Templates {
    /// `name` as in [`EMBEDDED`], without its ending.
    pub fn render(&self, name: &str, data: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        match self.lines.render(name, data) {
            Ok(html) if html.contains(['\n', '\r']) => Ok(html::one_line(&html)),
            Ok(html) => Ok(html),
            Err(error) => {
                let told = registry(&self.files, str::to_owned)?.render(name, data).err();
                Err(Box::new(self.mistake(name, &told.unwrap_or(error))))
            }
        }
    }

    fn mistake(&self, name: &str, error: &RenderError) -> Diagnostic {
        let name = error.template_name.as_deref().unwrap_or(name);
        let file = self.files.iter().find(|(known, _)| stem(known) == name);
        let file = file.map_or_else(|| SourceFile::new(name, ""), |(_, file)| Arc::clone(file));
        let place = place(&file, error.line_no.unwrap_or(1), error.column_no);
        Diagnostic::error(Code::Config, place, format!("the template can't be filled in: {}", error.reason()))
    }
}

fn registry(
    files: &[(&'static str, Arc<SourceFile>)],
    source: impl Fn(&str) -> String,
) -> Result<Handlebars<'static>, Box<Diagnostic>> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(html::escape);
    for (name, file) in files {
        registry.register_template_string(stem(name), source(&file.text)).map_err(
            |error: TemplateError| {
                let (line, column) = error.pos().unwrap_or((1, 1));
                let message = format!("the template can't be read: {}", error.reason());
                Box::new(Diagnostic::error(Code::Config, place(file, line, Some(column)), message))
            },
        )?;
    }
    Ok(registry)
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".hbs").unwrap_or(name)
}

/// From the column to the end of the line.
fn place(file: &Arc<SourceFile>, line: usize, column: Option<usize>) -> Span {
    let range = file.line_range(line);
    let skipped = file.text[range.clone()].char_indices().nth(column.unwrap_or(1).saturating_sub(1));
    Span::new(file, range.start + skipped.map_or(0, |(at, _)| at)..range.end)
}

/// Drops the line breaks and indentation by which a template is readable. Between the parts of a tag and between
/// words a space remains.
fn as_one_line(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut in_tag = false;
    for line in template.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let joins_words = !out.ends_with(['>', '}']) && !line.starts_with(['<', '{']);
        if !out.is_empty() && (in_tag || joins_words) {
            out.push(' ');
        }
        out.push_str(line);
        in_tag = is_in_tag(line, in_tag);
    }
    out
}

/// Whether the end of a line is inside a tag, when its beginning was or was not. Expressions (`{{#if (gt a b)}}`,
/// `{{> part}}`) count for nothing.
fn is_in_tag(line: &str, mut in_tag: bool) -> bool {
    let mut rest = line;
    while let Some(char) = rest.chars().next() {
        if rest.starts_with("{{") {
            let end = rest.find("}}").map_or(rest.len(), |at| at + 2);
            rest = &rest[end..];
            continue;
        }
        match char {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => {}
        }
        rest = &rest[char.len_utf8()..];
    }
    in_tag
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(name: &str, source: &str) -> Result<Templates, Box<Diagnostic>> {
        compile(&[(name.to_owned(), SourceFile::new(&format!("theme/galley/{name}"), source))])
    }

    fn line_of(diagnostic: &Diagnostic) -> String {
        match &diagnostic.place {
            crate::book::diagnostic::Place::Span(span) => {
                format!("{}:{}", span.file.path, span.start_position().line)
            }
            crate::book::diagnostic::Place::File(path) => path.clone(),
        }
    }

    #[test]
    fn a_template_of_many_lines_gives_one() {
        let templates = with(
            "badge.hbs",
            "<p\n  class=\"{{a}}\"\n  {{#if b}}hidden{{/if}}\n  title=\"x > y\">\n  two\n  words {{#if b}}\n <b>{{b}}</b>\n {{/if}}\n</p>\n",
        )
        .expect("it is fine");
        let html =
            templates.render("badge", &json!({ "a": "{{#include x}}", "b": "1\n<2" })).expect("it renders");
        assert_eq!(
            html,
            "<p class=\"&#123;&#123;#include x}}\" hidden title=\"x > y\">two words <b>1&#10;&lt;2</b></p>"
        );
        let raw = with("badge.hbs", "<pre>{{{a}}}</pre>").expect("it is fine");
        assert_eq!(raw.render("badge", &json!({ "a": "x\ny" })).expect("it renders"), "<pre>x&#10;y</pre>");
    }

    #[test]
    fn a_mistake_names_the_file_and_the_line() {
        let error = with("badge.hbs", "<p>\n{{#if a}}\n<b>\n{{/each}}\n</p>").err().expect("it is broken");
        assert!(line_of(&error).starts_with("theme/galley/badge.hbs:"), "{error:?}");
        let templates = with("badge.hbs", "<p>\n\n{{unknown}}\n</p>").expect("it can be read");
        let error = templates.render("badge", &json!({})).expect_err("strict: a name must exist");
        assert_eq!(line_of(&error), "theme/galley/badge.hbs:3");
        assert!(error.message.contains("unknown"), "{}", error.message);
    }

    #[test]
    fn a_file_that_replaces_nothing_is_told() {
        let error = with("bagde.hbs", "").err().expect("there is no such template");
        assert_eq!(line_of(&error), "theme/galley/bagde.hbs");
        assert!(error.help.is_some_and(|help| help.contains("badge.hbs")));
    }
}
