//! Chapters made of texts and verified by the real binary's workers.

use std::path::PathBuf;

use galley::book::config::Config;
use galley::book::include::ReadError;
use galley::book::load::{Sources, chapter};
use galley::book::source::SourceFile;
use galley::engine::pool;
use galley::verify::{Options, Verified, verify};
use proptest::test_runner::{Config as Settings, RngSeed};

/// Fixed, unless the environment says otherwise.
pub fn settings(cases: u32) -> Settings {
    let asked = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    Settings {
        cases: asked("PROPTEST_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(cases),
        rng_seed: RngSeed::Fixed(asked("PROPTEST_RNG_SEED").unwrap_or(0)),
        failure_persistence: None,
        max_shrink_iters: if cases > 100 { 4000 } else { 0 },
        ..Settings::default()
    }
}

/// Every text as a chapter of one book.
pub fn verified<'a>(texts: impl IntoIterator<Item = &'a str>) -> Verified {
    let config = Config::default();
    let mut sources =
        Sources { config, chapters: Vec::new(), exercises: Vec::new(), diagnostics: Vec::new() };
    for (index, text) in texts.into_iter().enumerate() {
        let file = SourceFile::new(&format!("{index}.md"), text);
        let (read, _) = chapter(&file.path, &file, &sources.config, &mut |_| Err(ReadError::Missing));
        sources.chapters.push(read);
    }
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_mdbook-galley"));
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options {
        pool: pool::Options::new(binary, jobs),
        cache: None,
        progress: &|_, _| {},
        elsewhere: false,
    };
    verify(sources, &options).expect("the engine starts")
}
