//! Finds and reads what a path on the command line stands for. The only file of this stage that touches the disk.

use std::path::Path;
use std::sync::Arc;

use crate::book::config::Config;
use crate::book::diagnostic::Diagnostic;
use crate::book::example::Example;
use crate::book::exercise::Exercise;
use crate::book::markdown::Document;
use crate::book::source::{MappedText, SourceFile};

/// What is to be verified.
pub struct Sources {
    pub config: Config,
    pub chapters: Vec<Chapter>,
    pub exercises: Vec<Exercise>,
    /// What could not be read, and why; the rest is there.
    pub diagnostics: Vec<Diagnostic>,
}

/// One markdown file with its includes expanded.
pub struct Chapter {
    /// mdBook's `source_path`: relative to the book's source folder, with `/`. For a lone file: its path as given.
    pub source_path: String,
    pub file: Arc<SourceFile>,
    pub text: MappedText,
    pub document: Document,
    pub examples: Vec<Example>,
}

/// Reads a book's root, a markdown file, a folder of markdown files or an exercise folder.
pub fn load(path: &Path, overrides: &[(String, toml::Value)]) -> Sources {
    let _ = (path, overrides);
    todo!()
}
