//! Bytes as book.toml, and behind a NUL as what `--config` says, a line each: mistakes are findings at their place.

use std::path::{Path, PathBuf};

use galley::book::ceilings::Ceilings;
use galley::book::config::{self, Config};
use galley::book::source::SourceFile;

pub fn check(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    let (text, overrides) = text.split_once('\0').unwrap_or((text, ""));
    let overrides: Vec<_> = overrides.lines().filter_map(|line| config::parse_override(line).ok()).collect();
    let file = SourceFile::new("book.toml", text);
    let (read, findings) = config::read(&file, Path::new("book"), &overrides, Ceilings::UNTRUSTED);
    super::check_findings(&findings);
    check_settings(&read);
    let (again, _) = config::read(&file, Path::new("book"), &overrides, Ceilings::UNTRUSTED);
    assert_eq!(read, again, "{text:?}");
    let refused = config::check_build_dir(&read, &file, &|path| plain(path));
    super::check_findings(refused.as_slice());
    let target = plain(&read.on_disk(&read.build_dir));
    let loses = [Path::new(""), &read.src, &read.theme, &read.exercises]
        .into_iter()
        .find(|folder| plain(&read.on_disk(folder)).starts_with(&target));
    assert!(loses.is_none() || refused.is_some(), "{target:?} holds {loses:?}: {text:?}");
}

fn check_settings(config: &Config) {
    assert!(!config.timeout.is_zero() && config.memory > 0, "{config:?}");
    assert!(
        config.timeout <= config.ceilings.timeout && config.memory <= config.ceilings.memory,
        "{config:?}"
    );
    assert!(config.rungs.is_sorted_by(|one, next| one < next), "{config:?}");
}

/// Without `.` and `..`, and without looking at a disk.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::from("/");
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            std::path::Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}
