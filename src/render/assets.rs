//! The files that pages need beside themselves: the style sheet, the script of every page, and what is loaded at a
//! reader's first Run (the sandbox, in parts that are loaded when a program asks for them) and first touch of code (the
//! editor).
//!
//! `site` hands the first two to mdBook as additional files, so that they get names with a hash of their content, stand
//! after mdBook's own style sheets in the head, and reach every page: index.html, print.html and 404.html too. Links
//! inside a chapter could not, since one chapter's text stands on pages of different folders. For authors of plain
//! `mdbook build` the command `install` writes the same files into the book. Nothing here reads a disk.

use crate::engine::bundle::{PAGE_DIALOG, PAGE_DRAWING, PAGE_EDITOR, PAGE_PARTS, PAGE_SANDBOX, PAGE_SCRIPT};

/// One file of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageFile {
    /// Below the site's root, or below the book's source folder for an installed one.
    pub path: &'static str,
    pub role: Role,
    pub content: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Style,
    /// On every page.
    Script,
    /// Loaded on demand, under exactly its path.
    Lazy,
}

const STYLE: &str = include_str!("../../theme/galley.css");

/// `style` is the book's own theme/galley/galley.css, if it has one; `course` what [`super::course::script`] says of it.
pub fn page_files(style: Option<&str>, course: &str) -> Vec<PageFile> {
    let file = |path, role, content: &str| PageFile { path, role, content: content.to_owned() };
    let parts = PAGE_PARTS.map(|(path, content)| file(path, Role::Lazy, content));
    let files = [
        file("galley/galley.css", Role::Style, style.unwrap_or(STYLE)),
        file("galley/galley.js", Role::Script, &format!("{course}{PAGE_SCRIPT}")),
        file("galley/editor.js", Role::Lazy, PAGE_EDITOR),
        file("galley/drawing.js", Role::Lazy, PAGE_DRAWING),
        file("galley/dialog.js", Role::Lazy, PAGE_DIALOG),
        file("galley/sandbox.js", Role::Lazy, PAGE_SANDBOX),
    ];
    files.into_iter().chain(parts).collect()
}

/// The file as `install` writes it: with a first line that says where it comes from.
pub fn stamped(file: &PageFile) -> String {
    format!(
        "{STAMP}{} and is written anew by `mdbook-galley install`. */\n{}",
        env!("CARGO_PKG_VERSION"),
        file.content
    )
}

/// The version that wrote an installed file; none for a file of somebody else.
pub fn stamp(text: &str) -> Option<&str> {
    text.strip_prefix(STAMP)?.split(' ').next()
}

const STAMP: &str = "/* This file belongs to mdbook-galley ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_books_own_style_replaces_ours() {
        assert_eq!(page_files(Some("p {}"), "")[0].content, "p {}");
        assert!(page_files(None, "")[0].content.contains(".galley-example"));
    }

    #[test]
    fn an_installed_file_says_who_wrote_it() {
        let file = &page_files(Some("p {}"), "")[0];
        assert_eq!(stamp(&stamped(file)), Some(env!("CARGO_PKG_VERSION")));
        assert!(stamped(file).ends_with("*/\np {}"));
        assert_eq!(stamp("p {}"), None);
    }
}
