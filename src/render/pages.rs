//! What the pages of a site were made of. `serve` keeps it from build to build: when only texts of chapters changed, their
//! pages alone are made anew. What mdBook makes of all texts, the search index and the page for printing, follows later.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem;
use std::path::PathBuf;

use mdbook_preprocessor::book::Book;
use mdbook_renderer::RenderContext;
use mdbook_renderer::config::Config;

use crate::render::assets::PageFile;

/// The default knows of no page, so all is made.
#[derive(Default)]
pub struct Pages {
    made_of: Option<Sources>,
    is_behind: bool,
}

impl Pages {
    /// The next build makes all that there is.
    pub fn forget(&mut self) {
        self.made_of = None;
    }

    /// Whether some files of the site are of older texts than its pages.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// The chapters' paths whose pages are all that has to be made; none when it may be more than that.
    pub(super) fn changed(&self, sources: &Sources) -> Option<Vec<PathBuf>> {
        let old = self.made_of.as_ref().filter(|old| old.frame == sources.frame)?;
        let changed = sources.texts.iter().filter(|(path, text)| old.texts.get(*path) != Some(text));
        let paths: Vec<PathBuf> = changed.map(|(path, _)| path.clone()).collect();
        (!paths.is_empty()).then_some(paths)
    }

    /// The site's pages are of these sources now, and everything else is if `all` was made.
    pub(super) fn made_of(&mut self, sources: Sources, all: bool) {
        *self = Pages { made_of: Some(sources), is_behind: !all };
    }
}

/// All that a site's files are made of, but for the theme's templates and the files beside the chapters.
pub(super) struct Sources {
    frame: Frame,
    /// By the chapter's path.
    texts: BTreeMap<PathBuf, String>,
}

/// What stands on every page.
#[derive(PartialEq)]
struct Frame {
    config: Config,
    /// Without texts.
    book: Book,
    titles: HashMap<PathBuf, String>,
    files: Vec<PageFile>,
}

impl Sources {
    pub(super) fn of(ctx: &RenderContext, files: &[PageFile]) -> Sources {
        let mut book = ctx.book.clone();
        let mut texts = BTreeMap::new();
        book.for_each_chapter_mut(|chapter| {
            let text = mem::take(&mut chapter.content);
            texts.extend(chapter.path.clone().map(|path| (path, text)));
        });
        let (config, titles) = (ctx.config.clone(), ctx.chapter_titles.clone());
        Sources { frame: Frame { config, book, titles, files: files.to_vec() }, texts }
    }
}

/// A book with these chapters' texts, and pages without a text for the others.
pub(super) fn with_texts_of(mut book: Book, paths: &[PathBuf]) -> Book {
    book.for_each_chapter_mut(|chapter| {
        if !chapter.path.as_ref().is_some_and(|path| paths.contains(path)) {
            chapter.content.clear();
        }
    });
    book
}

/// Where mdBook writes the pages of these chapters.
pub(super) fn files_of(book: &Book, paths: &[PathBuf]) -> BTreeSet<PathBuf> {
    let start = PathBuf::from("index.html");
    let page = |path: &PathBuf| path.with_extension("html");
    let chapters: Vec<&PathBuf> = book.chapters().filter_map(|chapter| chapter.path.as_ref()).collect();
    let is_first = chapters.first().is_some_and(|first| paths.contains(first));
    let mut files: BTreeSet<PathBuf> = paths.iter().map(page).collect();
    // The first chapter is the start page, too, unless another one has that name.
    if is_first && !chapters.iter().any(|path| page(path) == start) {
        files.insert(start);
    }
    files
}

#[cfg(test)]
mod tests {
    use mdbook_preprocessor::book::{BookItem, Chapter};

    use super::*;

    fn ctx(texts: &[(&str, &str)]) -> RenderContext {
        let chapter = |(path, text): &(&str, &str)| {
            BookItem::Chapter(Chapter::new(path, (*text).to_owned(), *path, Vec::new()))
        };
        let book = Book::new_with_items(texts.iter().map(chapter).collect());
        RenderContext::new("book", book, Config::default(), "site")
    }

    fn changed(pages: &Pages, texts: &[(&str, &str)]) -> Option<Vec<PathBuf>> {
        pages.changed(&Sources::of(&ctx(texts), &[]))
    }

    #[test]
    fn only_chapters_whose_texts_are_others_are_made_anew() {
        let mut pages = Pages::default();
        let old = [("a.md", "one"), ("b.md", "two")];
        assert_eq!(changed(&pages, &old), None);
        pages.made_of(Sources::of(&ctx(&old), &[]), true);
        assert!(!pages.is_behind());
        assert_eq!(changed(&pages, &old), None);
        assert_eq!(changed(&pages, &[("a.md", "one"), ("b.md", "three")]), Some(vec!["b.md".into()]));
        // The sidebar of each page is another one.
        assert_eq!(changed(&pages, &[("a.md", "one"), ("c.md", "two")]), None);
        pages.made_of(Sources::of(&ctx(&old), &[]), false);
        assert!(pages.is_behind());
        pages.forget();
        assert_eq!(changed(&pages, &[("a.md", "one"), ("b.md", "three")]), None);
    }

    #[test]
    fn the_first_chapter_is_the_start_page_too() {
        let files = |chapters: [&str; 2], path: &str| {
            let book = ctx(&chapters.map(|path| (path, ""))).book;
            files_of(&book, &[path.into()]).iter().map(|file| file.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(files(["a/b.md", "c.md"], "a/b.md"), ["a/b.html", "index.html"]);
        assert_eq!(files(["a/b.md", "c.md"], "c.md"), ["c.html"]);
        assert_eq!(files(["index.md", "c.md"], "index.md"), ["index.html"]);
        assert_eq!(files(["c.md", "index.md"], "c.md"), ["c.html"]);
    }

    #[test]
    fn other_chapters_have_no_texts() {
        let book = ctx(&[("a/b.md", "one"), ("c.md", "two")]).book;
        let book = with_texts_of(book, &["c.md".into()]);
        assert_eq!(book.chapters().map(|chapter| chapter.content.as_str()).collect::<Vec<_>>(), ["", "two"]);
    }
}
