//! mdBook's HTML renderer with Galley's files, as a renderer of mdBook: it renders beside the old site and puts the
//! new one in its place when all of it is there.
//!
//! mdBook takes additional files only from below the book's root, and Galley writes nothing there. So it is given
//! another root: a temporary folder with the page's files and a copy of the book's own additional ones. What mdBook
//! would take from the true root, the theme and the files beside the chapters, is named or copied here.

use std::cell::RefCell;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::config::{Config, HtmlConfig};
use mdbook_renderer::{RenderContext, Renderer};

use crate::render::assets::{PageFile, Role};
use crate::render::pages::{self, Pages};
use crate::render::publish;

/// The renderer named `html`.
pub struct Site {
    pub files: Vec<PageFile>,
    /// Of the site that is there, as far as that is known.
    pub pages: Rc<RefCell<Pages>>,
    /// Of what was verified, as it is when the site is rendered: see [`BADGE`].
    pub badge: Rc<RefCell<String>>,
    /// Set to the site's folder when it is there.
    pub written: Rc<RefCell<Option<PathBuf>>>,
}

/// Where the site has its badge, for READMEs and other pages. No chapter's page lies in this folder, and no hash is in the
/// name, so that a link to it lasts.
pub const BADGE: &str = "galley/verified.svg";

impl Renderer for Site {
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, ctx: &RenderContext) -> Result<()> {
        let site = &ctx.destination;
        let existed = site.exists();
        fs::create_dir_all(site).with_context(|| format!("can't make the folder {}", site.display()))?;
        let sources = pages::Sources::of(ctx, &self.files);
        let changed = self.pages.borrow().changed(&sources).filter(|_| site.join("index.html").is_file());
        // Of a site that is half published nothing is known.
        self.pages.borrow_mut().forget();
        let rendered = render(ctx, &self.files, &self.badge.borrow(), changed.as_deref());
        if rendered.is_err() && !existed {
            // Empty again by now; if it is not, it was not ours alone.
            let _ = fs::remove_dir(site);
        }
        rendered?;
        self.pages.borrow_mut().made_of(sources, changed.is_none());
        self.written.replace(Some(site.clone()));
        Ok(())
    }
}

/// `[output.html]`, read so that a mistake in it is an error: mdBook itself would take the defaults for all of it.
pub fn html_config(config: &Config) -> Result<HtmlConfig> {
    let read = config.get::<HtmlConfig>("output.html").context("book.toml: [output.html] can't be read")?;
    Ok(read.unwrap_or_default())
}

/// Renders the pages of some chapters, or all that there is.
fn render(ctx: &RenderContext, files: &[PageFile], badge: &str, chapters: Option<&[PathBuf]>) -> Result<()> {
    let root =
        tempfile::Builder::new().prefix("galley-").tempdir().context("can't make a temporary folder")?;
    let fresh = tempfile::Builder::new()
        .prefix(publish::STAGING)
        .tempdir_in(&ctx.destination)
        .with_context(|| format!("can't write into {}", ctx.destination.display()))?;
    // The folder mdBook writes into is one that it makes itself, with the usual permissions.
    let fresh = (fresh.path().join("site"), fresh);

    let mut staged = stage(ctx, files, root.path(), &fresh.0)?;
    let published = if let Some(chapters) = chapters {
        staged.book = pages::with_texts_of(staged.book, chapters);
        HtmlHandlebars::new().render(&staged)?;
        publish::publish_pages(&fresh.0, &ctx.destination, &pages::files_of(&ctx.book, chapters))
    } else {
        HtmlHandlebars::new().render(&staged)?;
        add_files(ctx, files, badge, &fresh.0)?;
        publish::publish(&fresh.0, &ctx.destination)
    };
    published.with_context(|| format!("can't put the new site into {}", ctx.destination.display()))
}

/// What the site has beside the pages.
fn add_files(ctx: &RenderContext, files: &[PageFile], badge: &str, fresh: &Path) -> Result<()> {
    let source = ctx.source_dir();
    copy_beside_chapters(&source, fresh, &ctx.root.join(&ctx.config.build.build_dir))
        .with_context(|| format!("can't copy the files beside the chapters in {}", source.display()))?;
    for file in files.iter().filter(|file| file.role == Role::Lazy) {
        write(&fresh.join(file.path), file.content.as_bytes())?;
    }
    write(&fresh.join(BADGE), badge.as_bytes())
}

/// The context under which mdBook finds everything where it looks for it.
fn stage(ctx: &RenderContext, files: &[PageFile], root: &Path, fresh: &Path) -> Result<RenderContext> {
    let mut html = html_config(&ctx.config)?;
    let installed = |path: &PathBuf| files.iter().any(|file| ctx.config.book.src.join(file.path) == *path);
    html.additional_css.retain(|path| !installed(path));
    html.additional_js.retain(|path| !installed(path));
    for path in html.additional_css.iter().chain(&html.additional_js) {
        if !is_below(path) {
            bail!("book.toml: the additional file {} must lie below the book's folder", path.display());
        }
        let content = fs::read(ctx.root.join(path))
            .with_context(|| format!("book.toml: can't read the additional file {}", path.display()))?;
        write(&root.join(path), &content)?;
    }
    for file in files {
        match file.role {
            // First, so that the book's own files have the last word.
            Role::Style => html.additional_css.insert(0, file.path.into()),
            Role::Script => html.additional_js.insert(0, file.path.into()),
            Role::Lazy => continue,
        }
        write(&root.join(file.path), file.content.as_bytes())?;
    }
    let theme = ctx.root.join(html.theme.as_deref().unwrap_or(Path::new("theme")));
    if html.theme.is_some() || theme.is_dir() {
        // The root may be "." and the staged one is elsewhere.
        html.theme = Some(std::path::absolute(&theme)?);
    }

    let mut staged = ctx.clone();
    // Links for editing are made from `src`, so it stays as it is written wherever that leads to a folder below.
    let source = if is_below(&ctx.config.book.src) {
        let source = root.join(&ctx.config.book.src);
        fs::create_dir_all(&source).context("can't make a temporary folder")?;
        let not_found = PathBuf::from(html.input_404.clone().unwrap_or_else(|| "404.md".into()));
        if !not_found.as_os_str().is_empty() {
            match fs::read(ctx.source_dir().join(&not_found)) {
                Ok(content) if is_below(&not_found) => write(&source.join(&not_found), &content)?,
                Ok(_) => bail!("book.toml: input-404 must lie below the folder of the chapters"),
                // Missing: mdBook has a text of its own, or says that the named one is not there.
                Err(_) => {}
            }
        }
        ctx.config.book.src.clone()
    } else {
        ctx.source_dir()
    };
    staged.config.book.src = source;
    staged.config.set("output.html", html).context("book.toml: [output.html]")?;
    staged.root = root.to_path_buf();
    staged.destination = fresh.to_path_buf();
    Ok(staged)
}

fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// As mdBook does it: every file but markdown, and not the site itself.
fn copy_beside_chapters(from: &Path, to: &Path, site: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let path = entry.path();
        let target = to.join(entry.file_name());
        if path.is_dir() {
            if path != site {
                fs::create_dir_all(&target)?;
                copy_beside_chapters(&path, &target, site)?;
            }
        } else if path.extension().is_none_or(|extension| extension != "md") {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("can't make the folder {}", parent.display()))?;
    }
    fs::write(path, content).with_context(|| format!("can't write {}", path.display()))
}
