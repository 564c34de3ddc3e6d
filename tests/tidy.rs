//! The shape of the source: imports run one way, each big dependency has one home, and only report and commands print.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes, and fails by panicking")]

use std::path::{Path, PathBuf};

/// Lower layers never name higher ones; two of one layer do not know each other.
const LAYERS: &[&[&str]] = &[
    &["book", "engine"],
    &["claim"],
    &["judge"],
    &["bless"],
    &["verify"],
    &["report"],
    &["render"],
    &["command"],
];

/// Crates that one file, or one module of files, may name.
const HOMES: &[(&str, &str)] = &[
    ("cap_fs_ext", "src/book/load/confine.rs"),
    ("cap_std", "src/book/load/confine.rs"),
    ("pulldown_cmark", "src/book/markdown.rs"),
    ("mdbook_markdown", "src/book/markdown.rs"),
    ("jiff", "src/book/time.rs"),
    ("rquickjs", "src/engine/quickjs"),
    ("landlock", "src/engine/worker/sandbox/linux.rs"),
    ("seccompiler", "src/engine/worker/sandbox/linux.rs"),
    ("icu_casemap", "src/engine/intl/casing.rs"),
    ("icu_collator", "src/engine/intl/collation.rs"),
    ("icu_segmenter", "src/engine/intl/segments.rs"),
    ("jiff", "src/engine/intl/zones.rs"),
    ("flate2", "src/engine/intl/data.rs"),
    ("syntect", "src/render/highlight.rs"),
    ("two_face", "src/render/highlight.rs"),
    ("handlebars", "src/render/template.rs"),
    ("annotate_snippets", "src/report/human.rs"),
    ("blake3", "src/engine"),
    ("blake3", "src/verify/shard.rs"),
    ("blake3", "src/verify/quiz/choices.rs"),
    ("blake3", "src/verify/quiz/keys.rs"),
    ("blake3", "src/report/collect.rs"),
    ("blake3", "src/command/export.rs"),
    ("blake3", "src/report/learner.rs"),
    ("crossterm", "src/command/learn/terminal.rs"),
    ("signal_hook", "src/command/learn/terminal.rs"),
    ("jiff", "src/command/learn/progress.rs"),
    ("textwrap", "src/command/learn/line.rs"),
    ("unicode_width", "src/command/learn/line.rs"),
    ("etcetera", "src/command/cache.rs"),
    ("notify_debouncer_full", "src/command/watch"),
    ("notify_debouncer_full", "src/command/learn/watch.rs"),
    ("axum", "src/command/serve/server.rs"),
    ("mime_guess", "src/command/serve/files.rs"),
    ("percent_encoding", "src/command/serve/files.rs"),
    ("open", "src/command/serve.rs"),
    ("indicatif", "src/report/progress.rs"),
    ("similar", "src/report/diff.rs"),
    ("quick_junit", "src/report/junit.rs"),
    ("schemars", "src/report/document.rs"),
    ("schemars", "src/report/learner.rs"),
];

/// The only files that may hold `unsafe`: they call the engine's C interface, or fork.
const UNSAFE: &[&str] = &[
    "src/engine/quickjs.rs",
    "src/engine/quickjs/chunks.rs",
    "src/engine/quickjs/details.rs",
    "src/engine/quickjs/memory.rs",
    "src/engine/quickjs/realm.rs",
    "src/engine/quickjs/scripts.rs",
    "src/engine/worker/fork.rs",
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name =
                    path.strip_prefix(root).expect("inside").to_str().expect("UTF-8").replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).expect("a file")));
            }
        }
    }
    assert!(files.len() > 20, "the sources were not found");
    files
}

/// Source lines without comments and without the tests at the file's end.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

#[test]
fn imports_run_one_way() {
    let mut checked = 0;
    for (name, text) in sources() {
        let module = name.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some(own) = layer(&module) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{name} belongs to no layer");
            continue;
        };
        for line in code(&text) {
            for rest in line.split("crate::").skip(1) {
                let target =
                    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                let Some(theirs) = layer(target) else { continue };
                checked += 1;
                assert!(
                    target == module || theirs < own,
                    "{name}: `{}` imports against the direction of the pipeline",
                    line.trim()
                );
            }
        }
    }
    assert!(checked > 50, "the imports were not found");
}

#[test]
fn each_big_dependency_has_its_home() {
    let sources = sources();
    for (dependency, home) in HOMES {
        let users: Vec<&str> = sources
            .iter()
            .filter(|(_, text)| code(text).any(|line| line.contains(&format!("{dependency}::"))))
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(!users.is_empty(), "{dependency} is used nowhere");
        let homes: Vec<&str> =
            HOMES.iter().filter(|(other, _)| other == dependency).map(|&(_, home)| home).collect();
        let at_home = |user: &&str| homes.iter().any(|home| user.starts_with(home));
        assert!(users.iter().all(at_home), "{dependency}: {users:?}");
        assert!(users.iter().any(|user| user.starts_with(home)), "{dependency} is not used in {home}");
    }
}

#[test]
fn only_commands_print() {
    for (name, text) in sources() {
        if name.starts_with("src/command/") {
            continue;
        }
        for line in code(&text) {
            for print in ["println!", "print!(", "dbg!", "io::stdout()"] {
                let worker = name == "src/engine/worker.rs" && print == "io::stdout()";
                assert!(!line.contains(print) || worker, "{name}: {}", line.trim());
            }
        }
    }
}

#[test]
fn unsafe_has_its_files_and_its_reasons() {
    for (name, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if !line.contains("unsafe {") {
                continue;
            }
            assert!(UNSAFE.contains(&name.as_str()), "{name}: unsafe code");
            let explained = lines[at.saturating_sub(4)..at].iter().any(|above| above.contains("SAFETY:"));
            assert!(explained, "{name}:{}: unsafe without its SAFETY comment", at + 1);
        }
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} does not say what it is responsible for");
    }
}
