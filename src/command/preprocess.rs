//! `mdbook-galley` without a command: mdBook's preprocessor protocol, for authors who run `mdbook build`.
//!
//! mdBook asks `supports RENDERER`, then hands its book over as JSON. Standard output belongs to the answer: the book
//! with its examples shown, written only when all that it states is true. `build` goes the same way inside the process.

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use mdbook_preprocessor::config::HtmlConfig;
use mdbook_preprocessor::{PreprocessorContext, parse_input};

use crate::book::config::Config;
use crate::book::diagnostic::Diagnostic;
use crate::book::load::{self, Sources};
use crate::book::source::SourceFile;
use crate::command::check::{self, Run};
use crate::command::exit_code;
use crate::render::assets::{self, Role};
use crate::render::template::{self, Templates};
use crate::render::{book, course};
use crate::report::human;
use crate::verify::Verified;

/// Answers mdBook on standard output; the report of a book that is not true goes to standard error.
pub fn run() -> Result<ExitCode> {
    if io::stdin().is_terminal() {
        anyhow::bail!(
            "no command. Without one, mdbook-galley is mdBook's preprocessor. See `mdbook-galley --help`"
        );
    }
    let done = preprocess(io::stdin().lock(), io::stdout().lock())?;
    let mut text = String::new();
    for warning in &done.warnings {
        text.push_str(&format!("warning: {}\n", human::clean(warning)));
    }
    let style = human::Style { color: io::stderr().is_terminal() };
    if done.written {
        text.push_str(&human::findings(&done.verified.diagnostics, style));
    } else {
        text.push_str(&check::report(&done.verified, style));
    }
    eprint!("{text}");
    Ok(exit_code(done.written))
}

/// What came of a book that mdBook handed over.
pub struct Preprocessed {
    pub verified: Verified,
    /// Sentences for the author that are no findings in the text.
    pub warnings: Vec<String>,
    /// The book was written. It is when the text is true.
    pub written: bool,
}

/// Only pages can show what Galley makes. For other renderers the author's own text is the better one, and mdBook's
/// `test` would hand every chapter to rustdoc.
pub fn supports(renderer: &str) -> bool {
    renderer == "html"
}

/// Reads mdBook's JSON, verifies, and answers if all is true.
pub fn preprocess(input: impl Read, mut output: impl Write) -> Result<Preprocessed> {
    let (ctx, mut book) = parse_input(input).context(
        "can't read a book from standard input: without a command, mdbook-galley is mdBook's preprocessor and is \
         started by `mdbook build`. See `mdbook-galley --help`",
    )?;
    let mut warnings = Vec::new();
    warnings.extend(other_version(&ctx.mdbook_version));
    let mut verified = {
        let sources = load::load(&ctx.root, &[]);
        let changed = book::changed(&book, &sources);
        let sources = with_texts(sources, &ctx.root, &changed);
        check::verify(sources, &Run::default())?
    };
    check_installed(&ctx, &verified, &mut warnings)?;
    let written = verified.is_true()
        && match theme(&verified.sources.config).and_then(|theme| book::render(&verified, &theme.templates)) {
            Ok(rendered) => {
                book::insert(&mut book, &verified.sources, &rendered);
                serde_json::to_writer(&mut output, &book)
                    .context("can't write the book to standard output")?;
                output.flush().context("can't write the book to standard output")?;
                true
            }
            Err(diagnostic) => {
                verified.diagnostics.push(*diagnostic);
                false
            }
        };
    Ok(Preprocessed { verified, warnings, written })
}

/// Takes the texts that mdBook has for those that were read. Their places are in no file, so their name says why.
pub fn with_texts(mut sources: Sources, root: &Path, changed: &[(usize, String)]) -> Sources {
    let mut read = load::reader(root);
    for (index, text) in changed {
        let known = &sources.chapters[*index];
        let file = SourceFile::new(&format!("{} (after another preprocessor)", known.file.path), text);
        let path = known.file.path.clone();
        let (chapter, found) = load::chapter(&known.source_path, &file, &sources.config, &mut read);
        sources.diagnostics.retain(|diagnostic| path_of(diagnostic) != path);
        sources.diagnostics.extend(found);
        sources.chapters[*index] = chapter;
    }
    sources
}

fn path_of(diagnostic: &Diagnostic) -> &str {
    match &diagnostic.place {
        crate::book::diagnostic::Place::Span(span) => &span.file.path,
        crate::book::diagnostic::Place::File(path) => path,
    }
}

/// The book's look: templates and style sheet, its own where it has some.
pub struct Theme {
    pub templates: Templates,
    pub style: Option<Arc<SourceFile>>,
}

/// Reads `theme/galley/` of a book.
pub fn theme(config: &Config) -> Result<Theme, Box<Diagnostic>> {
    let folder = config.theme.join("galley");
    let mut read = load::reader(config.root.as_deref().unwrap_or(Path::new("")));
    let mut names: Vec<String> = std::fs::read_dir(config.on_disk(&folder))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".hbs") || name == "galley.css")
        .collect();
    names.sort();
    let mut overrides = Vec::new();
    for name in names {
        let path = folder.join(&name);
        let file = read(&path).map_err(|error| Box::new(error.about(&path.to_string_lossy())))?;
        overrides.push((name, file));
    }
    let style = overrides.iter().position(|(name, _)| name == "galley.css").map(|at| overrides.remove(at).1);
    Ok(Theme { templates: template::compile(&overrides)?, style })
}

fn other_version(mdbook: &str) -> Option<String> {
    let known = mdbook.starts_with("0.5.") || mdbook == "0.5";
    (!known).then(|| {
        format!(
            "mdbook-galley is made for mdBook 0.5, but was started by {mdbook}; pages may not come out right"
        )
    })
}

/// Pages of a plain `mdbook build` have the files that `install` wrote: they must be there and of this version.
fn check_installed(ctx: &PreprocessorContext, verified: &Verified, warnings: &mut Vec<String>) -> Result<()> {
    let html = ctx.config.get::<HtmlConfig>("output.html").ok().flatten().unwrap_or_default();
    let style = theme(&verified.sources.config).ok().and_then(|theme| theme.style);
    let mut missing = false;
    let course = course::script(&verified.sources);
    for file in assets::page_files(style.as_ref().map(|file| file.text.as_str()), &course) {
        let path = ctx.config.book.src.join(file.path);
        let named = match file.role {
            Role::Style => html.additional_css.contains(&path),
            Role::Script => html.additional_js.contains(&path),
            Role::Lazy => true,
        };
        match std::fs::read_to_string(ctx.root.join(&path)) {
            Ok(text) if named && text == assets::stamped(&file) => {}
            Ok(text) if named && course::without(&text) == course::without(&assets::stamped(&file)) => {
                warnings.push(format!(
                    "{} knows the book's exercises as they were: run `mdbook-galley install` again",
                    path.display()
                ));
            }
            Ok(text) if named => {
                let version = match assets::stamp(&text) {
                    Some(version) if version != env!("CARGO_PKG_VERSION") => {
                        format!("is of mdbook-galley {version}, this is {}", env!("CARGO_PKG_VERSION"))
                    }
                    _ => "is not what this version of mdbook-galley installs".to_owned(),
                };
                anyhow::bail!("{} {version}; run `mdbook-galley install`", path.display());
            }
            _ => missing = true,
        }
    }
    if missing {
        let told = "the pages have neither style nor Run buttons: run `mdbook-galley install` once, or build with \
                    `mdbook-galley build`";
        warnings.push(told.to_owned());
    }
    Ok(())
}
