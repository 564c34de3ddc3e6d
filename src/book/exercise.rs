//! An exercise folder: `exercise.md`, starter, solution, test, common wrong answers, files and settings.
//!
//! It checks the rules that need no run; whether the solution passes and the starter fails is shown by running them.
//! Nothing here reads a disk: `load` hands in a [`Folder`].

mod settings;

use std::ops::Range;
use std::sync::Arc;

use crate::book::config::Config;
use crate::book::deceptive;
use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::example::{self, Example, Kind};
use crate::book::include::{self, ReadError, Reader};
use crate::book::markdown::{self, Document, Node};
use crate::book::source::{MappedText, SourceFile, Span};

pub use settings::{Check, KEYS, Reveal, Settings};

/// One exercise as its author wrote it; nothing has run yet.
pub struct Exercise {
    /// The folder's name: `[a-z0-9-]{1,40}`.
    pub name: String,
    /// As the user named it, with `/`.
    pub folder: String,
    pub settings: Settings,
    pub title: String,
    /// exercise.md; positions of prompt, hints and explanation are in it.
    pub text: MappedText,
    /// `text`, read.
    pub document: Document,
    /// Of `text`: to be run against the solution.
    pub examples: Vec<Example>,
    /// Where the title stands: the place of findings about the exercise as a whole.
    pub title_span: Span,
    /// Ranges of `text`: between the title and the first `## Hint`/`## Explanation`.
    pub prompt: Range<usize>,
    /// The text under each `## Hint`.
    pub hints: Vec<Range<usize>>,
    pub explanation: Option<Range<usize>>,
    pub starter: Arc<SourceFile>,
    pub solution: Arc<SourceFile>,
    /// None only with `check = "output"`.
    pub test: Option<Arc<SourceFile>>,
    /// `wrong/*.js`, sorted by name.
    pub wrong: Vec<Arc<SourceFile>>,
    /// (path below `files/`, file), sorted.
    pub files: Vec<(String, Arc<SourceFile>)>,
    /// Of the book that it belongs to.
    pub config: Arc<Config>,
}

impl Exercise {
    /// What an answer may load, by its path from the root: `files/`, and a package.json that says what kind the files
    /// are, unless the author has written one.
    pub fn beside_answer(&self) -> Vec<(String, &str)> {
        let files = self.files.iter().map(|(path, file)| (format!("/{path}"), file.text.as_str()));
        let package = match self.settings.module {
            Kind::Module => "{\"type\":\"module\"}",
            Kind::CommonJs | Kind::Script => "{\"type\":\"commonjs\"}",
        };
        files.chain((!self.has_package()).then(|| ("/package.json".to_owned(), package))).collect()
    }

    /// The author says what kind the files are.
    pub fn has_package(&self) -> bool {
        self.files.iter().any(|(path, _)| path == "package.json")
    }
}

/// An exercise folder as it lies on disk: what was found and could be read.
pub struct Folder {
    pub name: String,
    /// As the user named it, with `/`.
    pub path: String,
    /// (path below the folder with `/`, file), sorted by path.
    pub files: Vec<(String, Result<Arc<SourceFile>, ReadError>)>,
}

/// Reads an exercise and checks the rules that need no run. `names` are the exercises of the book, if one is known.
/// Nothing comes back when a file is missing without which there is no exercise.
pub fn read(
    folder: &Folder,
    names: Option<&[String]>,
    config: &Arc<Config>,
    read_include: Reader<'_>,
) -> (Option<Exercise>, Vec<Diagnostic>) {
    let mut reading = Reading { folder, diagnostics: Vec::new() };
    reading.check_name();
    reading.check_unreadable();
    let Some(page) = reading.file("exercise.md") else {
        return (None, reading.diagnostics);
    };
    let (text, mut problems) = include::expand(&page, read_include);
    let (document, mut more) = markdown::read(&text);
    let (examples, mut most) = example::read(&text, &document, &example::Options::new(&config.ceilings));
    reading.diagnostics.append(&mut problems);
    reading.diagnostics.append(&mut more);
    reading.diagnostics.append(&mut most);
    reading.diagnostics.extend(deceptive::check(&text, &examples));
    let sections = sections(&text, &document);
    let place =
        sections.title.as_ref().map_or(Place::File(page.path.clone()), |(_, span)| Place::Span(span.clone()));
    reading.check_sections(&text, &document, &sections, &place);
    let settings = match reading.file("exercise.toml") {
        Some(file) => settings::read(&file, names, &config.ceilings, &mut reading.diagnostics),
        None => Settings::default(),
    };
    reading.check_stray_files();
    reading.check_given_files(&settings);
    let needs_test = settings.check == Check::Tests;
    let starter = reading.needed("starter.js", &place);
    let solution = reading.needed("solution.js", &place);
    let test = if needs_test { reading.needed("test.js", &place) } else { None };
    let (Some(starter), Some(solution)) = (starter, solution) else {
        return (None, reading.diagnostics);
    };
    reading.check_hints(&text, &sections.hints, &solution);
    let (Some((title, title_span)), true) = (sections.title, test.is_some() || !needs_test) else {
        return (None, reading.diagnostics);
    };
    let exercise = Exercise {
        name: folder.name.clone(),
        folder: folder.path.clone(),
        settings,
        title,
        text,
        document,
        examples,
        title_span,
        prompt: sections.prompt,
        hints: sections.hints.into_iter().map(|(_, text)| text).collect(),
        explanation: sections.explanation,
        starter,
        solution,
        test,
        wrong: reading.wrong_answers(),
        files: reading.below("files/"),
        config: Arc::clone(config),
    };
    (Some(exercise), reading.diagnostics)
}

struct Reading<'a> {
    folder: &'a Folder,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn file(&self, name: &str) -> Option<Arc<SourceFile>> {
        let (_, file) = self.folder.files.iter().find(|(path, _)| path == name)?;
        file.as_ref().ok().cloned()
    }

    fn below(&self, prefix: &str) -> Vec<(String, Arc<SourceFile>)> {
        let below = |(path, file): &(String, Result<Arc<SourceFile>, ReadError>)| {
            Some((path.strip_prefix(prefix)?.to_owned(), file.as_ref().ok().cloned()?))
        };
        self.folder.files.iter().filter_map(below).collect()
    }

    fn wrong_answers(&self) -> Vec<Arc<SourceFile>> {
        let answers = self.below("wrong/").into_iter().filter(|(name, _)| name.ends_with(".js"));
        answers.map(|(_, file)| file).collect()
    }

    /// A file without which there is no exercise; it has to say something, but for the starter.
    fn needed(&mut self, name: &str, place: &Place) -> Option<Arc<SourceFile>> {
        let path = format!("{}/{name}", self.folder.path);
        if !self.folder.files.iter().any(|(path, _)| path == name) {
            let help = match name {
                "test.js" => format!("write {path}, or `check = \"output\"` in exercise.toml"),
                _ => format!("write {path}"),
            };
            self.error(place.clone(), format!("the exercise has no {name}"), help);
        }
        let file = self.file(name)?;
        if file.text.contains('\0') {
            let help = "JavaScript is text: save it as UTF-8 without NUL characters";
            self.error(Place::File(path), format!("{name} holds a NUL character"), help);
            return None;
        }
        if name != "starter.js" && file.text.trim().is_empty() {
            self.error(Place::File(path), format!("{name} is empty"), "write it, or remove the exercise");
            return None;
        }
        Some(file)
    }

    fn error(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.finding(Severity::Error, place, message.into(), help.into());
    }

    fn finding(&mut self, severity: Severity, place: Place, message: String, help: String) {
        let (label, fix) = (None, None);
        let help = Some(help);
        self.diagnostics.push(Diagnostic {
            code: Code::Exercise,
            severity,
            place,
            message,
            label,
            notes: Vec::new(),
            help,
            fix,
        });
    }

    fn check_name(&mut self) {
        if !is_name(&self.folder.name) {
            let message = format!("`{}` can't be the name of an exercise", self.folder.name);
            let help = "name the folder with small letters, digits and `-`, at most 40 of them";
            self.error(Place::File(self.folder.path.clone()), message, help);
        }
    }

    fn check_unreadable(&mut self) {
        for (path, file) in &self.folder.files {
            let path = format!("{}/{path}", self.folder.path);
            if let Err(error) = file {
                self.diagnostics.push(error.about(&path));
            }
        }
    }

    fn check_stray_files(&mut self) {
        for (path, _) in &self.folder.files {
            let name = path.rsplit('/').next().unwrap_or(path);
            let is_known = FILES.contains(&path.as_str())
                || path.starts_with("files/")
                || (path.starts_with("wrong/") && path.ends_with(".js"))
                || name.starts_with('.')
                || name.ends_with('~');
            if !is_known {
                let place = Place::File(format!("{}/{path}", self.folder.path));
                let help = "what the learner's code may read belongs into files/, common wrong answers into wrong/*.js";
                self.finding(
                    Severity::Warning,
                    place,
                    format!("`{path}` is no part of an exercise"),
                    help.to_owned(),
                );
            }
        }
    }

    /// No file of `files/` stands in the place of the answer or of the tests.
    fn check_given_files(&mut self, settings: &Settings) {
        for (path, _) in self.below("files/") {
            if path == settings.answer || path == "test.js" {
                let place = Place::File(format!("{}/files/{path}", self.folder.path));
                let whose = if path == "test.js" { "the tests" } else { "the learner's answer" };
                let message = format!("`{path}` would stand in the place of {whose}");
                self.error(place, message, "give the file another name");
            }
        }
        if settings.check == Check::Output && self.file("test.js").is_some() {
            let place = Place::File(format!("{}/test.js", self.folder.path));
            let message = "test.js is not run: `check = \"output\"` compares what is printed".to_owned();
            let help = "delete it, or take `check` out of exercise.toml".to_owned();
            self.finding(Severity::Warning, place, message, help);
        }
    }

    fn check_sections(&mut self, text: &MappedText, document: &Document, sections: &Sections, place: &Place) {
        if sections.title.is_none() {
            self.error(place.clone(), "the exercise has no title", "begin exercise.md with `# Title`");
        } else if text.text[sections.prompt.clone()].trim().is_empty() {
            self.error(place.clone(), "the exercise has no prompt", "say under the title what is to be done");
        }
        for heading in &sections.homeless {
            let help = "move it above the first `## Hint`, or make it a heading of level 3";
            self.error(Place::Span(text.span(heading.clone())), "this section is shown nowhere", help);
        }
        for node in &document.nodes {
            let (range, message) = match node {
                Node::Exercise(directive) => (&directive.range, "an exercise can't hold another one"),
                Node::Modules(directive) => {
                    (&directive.range, "an exercise can't draw the files of an example")
                }
                Node::Verification(range) => (range, "an exercise can't hold the list of what was verified"),
                _ => continue,
            };
            self.error(Place::Span(text.span(range.clone())), message, "put the directive into a chapter");
        }
    }

    fn check_hints(
        &mut self,
        text: &MappedText,
        hints: &[(Range<usize>, Range<usize>)],
        solution: &SourceFile,
    ) {
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let solution = squeeze(&solution.text);
        for (heading, hint) in hints {
            let place = Place::Span(text.span(heading.clone()));
            let hint = &text.text[hint.clone()];
            if hint.trim().is_empty() {
                self.error(place, "this hint is empty", "write what helps, or remove the heading");
            } else if solution.len() >= SHORTEST_SECRET && squeeze(hint).contains(&solution) {
                self.error(place, "this hint holds the whole solution", "leave something to the learner");
            }
        }
    }
}

const FILES: &[&str] = &["exercise.md", "exercise.toml", "starter.js", "solution.js", "test.js"];
/// A solution of a word or two may well occur in a hint.
const SHORTEST_SECRET: usize = 20;

pub fn is_name(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The parts of exercise.md.
struct Sections {
    title: Option<(String, Span)>,
    prompt: Range<usize>,
    /// (heading, text)
    hints: Vec<(Range<usize>, Range<usize>)>,
    explanation: Option<Range<usize>>,
    /// Headings of sections behind the hints that are neither hint nor explanation.
    homeless: Vec<Range<usize>>,
}

fn sections(text: &MappedText, document: &Document) -> Sections {
    let end = text.text.len();
    let mut sections = Sections {
        title: None,
        prompt: end..end,
        hints: Vec::new(),
        explanation: None,
        homeless: Vec::new(),
    };
    let mut headings = document
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Heading(heading) if heading.level <= 2 => Some(heading),
            _ => None,
        })
        .skip_while(|heading| heading.level != 1)
        .peekable();
    let Some(title) = headings.next() else {
        return sections;
    };
    sections.title = Some((title.text.clone(), text.span(title.range.clone())));
    sections.prompt = title.range.end..end;
    let mut in_prompt = true;
    while let Some(heading) = headings.next() {
        let body = heading.range.end..headings.peek().map_or(end, |next| next.range.start);
        let word = heading.text.split_whitespace().next().unwrap_or("").to_lowercase();
        match (heading.level, word.trim_end_matches(':')) {
            (2, "hint") => sections.hints.push((heading.range.clone(), body)),
            (2, "explanation") if sections.explanation.is_none() => sections.explanation = Some(body),
            _ if in_prompt => continue,
            _ => sections.homeless.push(heading.range.clone()),
        }
        if std::mem::take(&mut in_prompt) {
            sections.prompt.end = heading.range.start;
        }
    }
    sections
}
