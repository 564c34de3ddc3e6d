//! `build`: verifies a book, then renders it with mdBook inside this process.
//!
//! Verification and the filling of templates come first, so a book that is not true never reaches mdBook and its old
//! site stays as it is. How the new site takes the old one's place is `render::site`'s business.

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use mdbook::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::book::load;
use crate::command::check::{self, Run};
use crate::command::preprocess::{Theme, supports, theme, with_texts};
use crate::command::{exit_code, log, verdict};
use crate::render::assets::page_files;
use crate::render::pages::Pages;
use crate::render::site::{Site, html_config};
use crate::render::{book, course};
use crate::report::{badge, collect, human};
use crate::verify::Verified;

#[derive(Args, Debug)]
pub struct Options {
    /// The book's folder, the one with book.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    #[command(flatten)]
    pub run: Run,
}

/// 0 when the site is there, 1 when something is false, 2 when it can't be read; then the old site was left alone.
pub fn run(options: &Options) -> Result<ExitCode> {
    let built = build(&options.dir, &options.run, &Rc::default())?;
    check::write_out(&built.report(human::Style { color: io::stdout().is_terminal() }))?;
    Ok(match built.index {
        None if !built.verified.is_readable() => verdict(&built.verified),
        index => exit_code(index.is_some()),
    })
}

/// What came of a build.
pub struct Built {
    pub verified: Verified,
    /// The page to open; none when something is not true, and the old site was left alone.
    pub index: Option<PathBuf>,
    /// What mdBook had to say.
    pub warnings: Vec<String>,
}

impl Built {
    /// The report for people.
    pub fn report(&self, style: human::Style) -> String {
        let mut text = check::report(&self.verified, style);
        for warning in &self.warnings {
            text.push_str(&human::clean(warning));
            text.push('\n');
        }
        match &self.index {
            Some(index) => text.push_str(&format!("{}\n", index.display())),
            None => text.push_str("The site was not built; the old one, if there is one, is as it was.\n"),
        }
        text
    }
}

/// Errs when there is no book in a folder.
pub fn require_book(root: &Path) -> Result<()> {
    if !root.join("book.toml").is_file() {
        bail!(
            "there is no book in {}: it has no book.toml. `mdbook-galley new` makes a book",
            root.display()
        );
    }
    Ok(())
}

/// Builds the book in `root`; what is known of the `pages` that are there is not made again. Errs when the book can't be
/// read or mdBook fails.
pub fn build(root: &Path, run: &Run, pages: &Rc<RefCell<Pages>>) -> Result<Built> {
    require_book(root)?;
    let mut verified = check::verify(load::load(root, &run.overrides), run)?;
    let shown = match verified.is_true() {
        true => show(&mut verified),
        false => None,
    };
    let Some((theme, rendered)) = shown else {
        return Ok(Built { verified, index: None, warnings: Vec::new() });
    };
    let shown = Shown { verified, rendered, theme };
    let (result, warnings) = log::collect(|| with_mdbook(root, shown, run, Rc::clone(pages)));
    let (verified, site) = result?;
    Ok(Built { index: site.map(|site| site.join("index.html")), verified, warnings })
}

/// The chapters as mdBook gets them; a mistake in a template becomes a finding.
fn show(verified: &mut Verified) -> Option<(Theme, Vec<String>)> {
    let shown = theme(&verified.sources.config)
        .and_then(|theme| book::render(verified, &theme.templates).map(|rendered| (theme, rendered)));
    match shown {
        Ok(shown) => Some(shown),
        Err(found) => {
            verified.diagnostics.push(*found);
            None
        }
    }
}

/// The site's folder, or none when mdBook's text of some chapter is not the author's and is not true.
fn with_mdbook(
    root: &Path,
    shown: Shown,
    run: &Run,
    pages: Rc<RefCell<Pages>>,
) -> Result<(Verified, Option<PathBuf>)> {
    let style = shown.theme.style.as_ref().map(|style| style.text.clone());
    let config = config(root)?;
    let course = course::script(&shown.verified.sources);
    let read = &shown.verified.sources.config;
    if config.build.build_dir != read.build_dir || config.book.src != read.src {
        // What was checked, so that no site is written over sources, is what book.toml says.
        bail!("build-dir and src come from book.toml; unset the MDBOOK_ variables that say otherwise");
    }
    // mdBook hands its root to programs that run elsewhere.
    let absolute = std::path::absolute(root).context("can't find the current folder")?;
    let mut mdbook = MDBook::load_with_config(&absolute, config)?;
    let badge = Rc::new(RefCell::new(badge(&shown.verified)));
    let shown = Rc::new(RefCell::new(shown));
    let written = Rc::new(RefCell::new(None));
    let galley = Galley { shown: Rc::clone(&shown), badge: Rc::clone(&badge), run: run.clone() };
    mdbook.with_preprocessor(galley);
    let files = page_files(style.as_deref(), &course);
    mdbook.with_renderer(Site { files, badge, pages, written: Rc::clone(&written) });
    let built = mdbook.build();
    drop(mdbook);
    let shown = Rc::into_inner(shown).ok_or_else(|| anyhow!("mdBook did not give the book back"))?;
    let verified = shown.into_inner().verified;
    if verified.is_true() {
        built?;
    }
    // Named as the user named the book.
    let site = written.take().map(|site: PathBuf| match site.strip_prefix(&absolute) {
        Ok(below) => root.join(below),
        Err(_) => site,
    });
    Ok((verified, site))
}

fn badge(verified: &Verified) -> String {
    badge::report(&collect::document(verified, ""))
}

/// book.toml as mdBook reads it, with Galley before `links`, which makes text of includes.
fn config(root: &Path) -> Result<Config> {
    let mut config = Config::from_disk(root.join("book.toml")).context("book.toml can't be read")?;
    config.update_from_env()?;
    html_config(&config)?;
    config.build.create_missing = false;
    let key = "preprocessor.galley.before";
    let mut before = config.get::<Vec<String>>(key).context("book.toml")?.unwrap_or_default();
    if before.iter().all(|name| name != "links") {
        before.push("links".into());
        config.set(key, before)?;
    }
    Ok(config)
}

/// What was verified and how it is shown.
struct Shown {
    verified: Verified,
    rendered: Vec<String>,
    theme: Theme,
}

/// The preprocessor `galley`, in the place of the command of that name.
struct Galley {
    shown: Rc<RefCell<Shown>>,
    /// Of what is shown.
    badge: Rc<RefCell<String>>,
    run: Run,
}

impl Preprocessor for Galley {
    fn name(&self) -> &str {
        "galley"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(supports(renderer))
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut shown = self.shown.borrow_mut();
        if !book::changed(&book, &shown.verified.sources).is_empty() {
            self.verify_anew(ctx, &book, &mut shown)?;
        }
        book::insert(&mut book, &shown.verified.sources, &shown.rendered);
        Ok(book)
    }
}

impl Galley {
    /// Another preprocessor ran before: what counts is the text that the reader will see.
    fn verify_anew(&self, ctx: &PreprocessorContext, book: &Book, shown: &mut Shown) -> Result<()> {
        let sources = load::load(&ctx.root, &self.run.overrides);
        let changed = book::changed(book, &sources);
        shown.verified = check::verify(with_texts(sources, &ctx.root, &changed), &self.run)?;
        if !shown.verified.is_true() {
            bail!("the text as other preprocessors left it is not true");
        }
        match book::render(&shown.verified, &shown.theme.templates) {
            Ok(rendered) => {
                shown.rendered = rendered;
                self.badge.replace(badge(&shown.verified));
            }
            Err(found) => {
                shown.verified.diagnostics.push(*found);
                bail!("a template can't be filled in");
            }
        }
        Ok(())
    }
}
