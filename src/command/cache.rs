//! Where traces are kept between runs: the one place that opens a cache for a command, and closes it.
//!
//! Beside the build, where a project has a place for what can be made again; else in the user's own cache folder. So
//! nothing turns up in an author's tree that has to be kept out of git.

use std::env;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;
use etcetera::BaseStrategy;

use crate::book::config::{Caching, Config};
use crate::engine::cache::{self, Cache};
use crate::engine::pool;

#[derive(Args, Debug, Clone, Default)]
#[group(skip)]
pub struct Options {
    /// Run every program, whatever is known of it, and keep nothing
    #[arg(long)]
    pub no_cache: bool,
    /// Keep what programs did in DIR [env: GALLEY_CACHE_DIR; default: target/galley of the book where there is a target/
    /// or a Cargo.toml, else the user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub cache_dir: Option<PathBuf>,
}

/// The folder for what [`Options::cache_dir`] names on the command line; empty for none.
const VARIABLE: &str = "GALLEY_CACHE_DIR";

/// A cache that is in use.
pub struct Opened {
    cache: Cache,
    folder: PathBuf,
    /// Somebody asked for this very folder.
    asked: bool,
}

/// The cache that a book's settings and the command line agree on, if any. What takes the engine down is kept there too.
pub fn open(options: &Options, config: &Config, pool: &mut pool::Options) -> Option<Opened> {
    let (folder, asked) = folder(options, config)?;
    pool.crashes = Some(folder.join("crashes"));
    let size = match config.cache {
        Caching::On { size: Some(size), .. } if !config.ceilings.untrusted => size,
        _ => cache::DEFAULT_SIZE,
    };
    Some(Opened { cache: Cache::open(&folder, size, &pool.binary), folder, asked })
}

impl Opened {
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Keeps what is new, and says nothing when it can't.
    pub fn save(&self) -> io::Result<()> {
        self.cache.save()
    }

    /// Keeps what is new. Whatever goes wrong here, no verdict depends on it.
    pub fn close(self) {
        let Err(error) = self.save() else { return };
        // Without a home there is no place for it, and nobody asked for one.
        let nowhere = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem, ErrorKind::NotADirectory];
        if self.asked || !nowhere.contains(&error.kind()) {
            let folder = self.folder.display();
            eprintln!(
                "warning: what the examples did can't be kept in {folder}: {error} (--no-cache does without)"
            );
        }
    }
}

/// The folder, and whether somebody named it.
pub fn folder(options: &Options, config: &Config) -> Option<(PathBuf, bool)> {
    if options.no_cache {
        return None;
    }
    if let Some(folder) = &options.cache_dir {
        return Some((folder.clone(), true));
    }
    let Caching::On { folder, .. } = &config.cache else { return None };
    // A stranger's files may hold a cache that lies, and settings that lead to one.
    if config.ceilings.untrusted && env::var_os(VARIABLE).is_none() {
        return None;
    }
    if let Some(folder) = env::var_os(VARIABLE) {
        return (!folder.is_empty()).then(|| (folder.into(), true));
    }
    if let Some(folder) = folder {
        return Some((config.on_disk(folder), true));
    }
    config.root.as_deref().and_then(beside_the_build).or_else(of_the_user).map(|folder| (folder, false))
}

fn beside_the_build(root: &Path) -> Option<PathBuf> {
    let target = root.join("target");
    (target.is_dir() || root.join("Cargo.toml").is_file()).then(|| target.join("galley"))
}

fn of_the_user() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(folders.cache_dir().join("galley"))
}
