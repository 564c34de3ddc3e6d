//! `build`: verifies a book, then renders it with mdBook inside this process.
//!
//! Verification and the filling of templates come first, so a book that is not true never reaches mdBook and its old
//! site stays as it is. How the new site takes the old one's place is `render::site`'s business.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mdbook::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::book::load;
use crate::command::log;
use crate::command::preprocess::{Theme, theme, with_texts};
use crate::engine::pool;
use crate::render::assets::page_files;
use crate::render::book;
use crate::render::site::{Site, html_config};
use crate::verify::{self, Verified, verify};

/// What came of a build.
pub struct Built {
    pub verified: Verified,
    /// The page to open; none when something is not true, and the old site was left alone.
    pub index: Option<PathBuf>,
    /// What mdBook had to say.
    pub warnings: Vec<String>,
}

/// Builds the book in `root`. Errs when the book can't be read or mdBook fails.
pub fn build(root: &Path, pool: &pool::Options) -> Result<Built> {
    if !root.join("book.toml").is_file() {
        bail!(
            "there is no book in {}: it has no book.toml. `mdbook-galley new {0}` makes one",
            root.display()
        );
    }
    let progress = progress();
    let verified = verify(
        load::load(root, &[]),
        &verify::Options {
            pool: pool.clone(),
            progress: &|done, all| show(&progress, done, all),
        },
    )?;
    progress.finish_and_clear();
    let refused = |mut verified: Verified, found: Option<_>| {
        verified.diagnostics.extend(found);
        Built {
            verified,
            index: None,
            warnings: Vec::new(),
        }
    };
    if !verified.is_true() {
        return Ok(refused(verified, None));
    }
    let (theme, rendered) = match theme(&verified)
        .and_then(|theme| book::render(&verified, &theme.templates).map(|rendered| (theme, rendered)))
    {
        Ok(both) => both,
        Err(found) => return Ok(refused(verified, Some(*found))),
    };
    let (result, warnings) = log::collect(|| with_mdbook(root, verified, rendered, theme, pool));
    let (verified, site) = result?;
    Ok(Built {
        index: site.map(|site| site.join("index.html")),
        verified,
        warnings,
    })
}

/// The site's folder, or none when mdBook's text of some chapter is not the author's and is not true.
fn with_mdbook(
    root: &Path,
    verified: Verified,
    rendered: Vec<String>,
    theme: Theme,
    pool: &pool::Options,
) -> Result<(Verified, Option<PathBuf>)> {
    let style = theme.style.as_ref().map(|style| style.text.clone());
    let mut mdbook = MDBook::load_with_config(root, config(root)?)?;
    let shown = Rc::new(RefCell::new(Some(Shown {
        verified,
        rendered,
        theme,
    })));
    let written = Rc::new(RefCell::new(None));
    mdbook.with_preprocessor(Galley {
        shown: Rc::clone(&shown),
        pool: pool.clone(),
    });
    mdbook.with_renderer(Site {
        files: page_files(style.as_deref()),
        written: Rc::clone(&written),
    });
    let built = mdbook.build();
    let shown = shown
        .borrow_mut()
        .take()
        .ok_or_else(|| anyhow!("the book was lost on its way"))?;
    if shown.verified.is_true() {
        built?;
    }
    let site = written.borrow_mut().take();
    Ok((shown.verified, site))
}

/// book.toml as mdBook reads it, with Galley before `links`, which makes text of includes.
fn config(root: &Path) -> Result<Config> {
    let mut config = Config::from_disk(root.join("book.toml")).context("book.toml can't be read")?;
    config.update_from_env()?;
    html_config(&config)?;
    config.build.create_missing = false;
    let key = "preprocessor.galley.before";
    let mut before = config
        .get::<Vec<String>>(key)
        .context("book.toml")?
        .unwrap_or_default();
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
    shown: Rc<RefCell<Option<Shown>>>,
    pool: pool::Options,
}

impl Preprocessor for Galley {
    fn name(&self) -> &str {
        "galley"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(crate::command::preprocess::supports(renderer))
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut shown = self.shown.borrow_mut();
        let shown = shown
            .as_mut()
            .ok_or_else(|| anyhow!("the book was lost on its way"))?;
        if !book::changed(&book, &shown.verified.sources).is_empty() {
            self.verify_anew(ctx, &book, shown)?;
        }
        book::insert(&mut book, &shown.verified.sources, &shown.rendered);
        Ok(book)
    }
}

impl Galley {
    /// Another preprocessor ran before: what counts is the text that the reader will see.
    fn verify_anew(&self, ctx: &PreprocessorContext, book: &Book, shown: &mut Shown) -> Result<()> {
        let sources = load::load(&ctx.root, &[]);
        let changed = book::changed(book, &sources);
        let sources = with_texts(sources, &ctx.root, &changed);
        let options = verify::Options {
            pool: self.pool.clone(),
            progress: &|_, _| {},
        };
        shown.verified = verify(sources, &options)?;
        if !shown.verified.is_true() {
            bail!("the text as other preprocessors left it is not true");
        }
        match book::render(&shown.verified, &shown.theme.templates) {
            Ok(rendered) => shown.rendered = rendered,
            Err(found) => {
                shown.verified.diagnostics.push(*found);
                bail!("a template can't be filled in");
            }
        }
        Ok(())
    }
}

/// Drawn on a terminal only.
fn progress() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("verifying {bar:30} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, done: usize, all: usize) {
    bar.set_length(all as u64);
    bar.set_position(done as u64);
}
