//! All chapters of a book at once, and their way into mdBook's book.
//!
//! Chapters are matched by mdBook's `source_path`, because the preprocessor `index` changes `path`. A chapter counts as
//! known only while mdBook's text is what was verified, byte for byte.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use mdbook_preprocessor::book::Book;

use crate::book::diagnostic::Diagnostic;
use crate::book::load::Sources;
use crate::render::chapter;
use crate::render::template::Templates;
use crate::verify::Verified;

/// The markdown of each of `Sources::chapters`, in their order.
pub fn render(verified: &Verified, templates: &Templates) -> Result<Vec<String>, Box<Diagnostic>> {
    let count = verified.sources.chapters.len();
    let next = AtomicUsize::new(0);
    let done = Mutex::new(vec![None; count]);
    // Colouring code is most of the work, and each chapter's is its own.
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(count.max(1));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&at| at < count) {
                    let rendered = chapter::to_markdown(verified, index, templates);
                    done.lock().unwrap_or_else(PoisonError::into_inner)[index] = Some(rendered);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_iter().flatten().collect()
}

/// The chapters whose text mdBook has otherwise than it was read: (index into `Sources::chapters`, mdBook's text).
/// Another preprocessor ran before, or the file was saved meanwhile.
pub fn changed(book: &Book, sources: &Sources) -> Vec<(usize, String)> {
    book.chapters()
        .filter_map(|chapter| {
            let index = index(chapter, sources)?;
            let same = sources.chapters[index].file.text == chapter.content;
            (!same).then(|| (index, chapter.content.clone()))
        })
        .collect()
}

/// Puts the chapters' markdown into mdBook's book. Chapters that have no file (drafts, generated ones) stay.
pub fn insert(book: &mut Book, sources: &Sources, rendered: &[String]) {
    book.for_each_chapter_mut(|chapter| {
        if let Some(index) = index(chapter, sources) {
            chapter.content.clone_from(&rendered[index]);
        }
    });
}

fn index(chapter: &mdbook_preprocessor::book::Chapter, sources: &Sources) -> Option<usize> {
    let path = chapter.source_path.as_ref()?.to_string_lossy().replace('\\', "/");
    sources.chapters.iter().position(|known| known.source_path == path)
}
