//! The one folder that a stranger's sources are read from.
//!
//! Names are opened one by one, each below the folder that was opened before, and a symbolic link is never followed: so a
//! path can't lead out of the root, also if it is changed while it is read. Nothing else is opened, not even to find out
//! what it is. The rules about names are the same on every system.

use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, FileType, OpenOptions};

use crate::book::include::ReadError;
use crate::book::load::disk::{Kind, lexical, resolve};

pub struct Confinement {
    /// Absolute, as the user named it.
    root: PathBuf,
    /// Links on the way to the root followed.
    origin: PathBuf,
    folder: Dir,
}

impl Confinement {
    /// `root`: a folder that the user named.
    pub fn new(root: &Path) -> Result<Confinement, ReadError> {
        let folder = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let opened = Dir::open_ambient_dir(folder, ambient_authority()).map_err(|error| told(&error))?;
        Ok(Confinement { root: lexical(root), origin: resolve(root), folder: opened })
    }

    /// The bytes of a file, and its place with all links followed; `largest` is the most that may be in it.
    pub fn read(&self, path: &Path, largest: u64) -> Result<(Vec<u8>, PathBuf), ReadError> {
        let below = self.below(path)?;
        let (Some(parent), Some(name)) = (below.parent(), below.file_name()) else {
            return Err(ReadError::Other("it is not a file".to_owned()));
        };
        let folder = self.walk(parent)?;
        let kind = kind(&folder, Path::new(name), &below)?;
        if !kind.is_file() {
            return Err(ReadError::Other(not_a_file(kind).to_owned()));
        }
        let mut options = OpenOptions::new();
        // What has become a pipe since is opened, read as empty or refused, and never waited for.
        options.read(true).follow(FollowSymlinks::No).nonblock(true);
        let file = folder.open_with(name, &options).map_err(|error| told(&error))?;
        let metadata = file.metadata().map_err(|error| told(&error))?;
        if !metadata.is_file() {
            return Err(ReadError::Other("it is not a file".to_owned()));
        }
        let mut bytes = Vec::new();
        file.take(largest + 1).read_to_end(&mut bytes).map_err(|error| told(&error))?;
        Ok((bytes, self.origin.join(below)))
    }

    /// What a path is, if it is there and not out of reach.
    pub fn kind(&self, path: &Path) -> Option<Kind> {
        let below = self.below(path).ok()?;
        let (Some(parent), Some(name)) = (below.parent(), below.file_name()) else {
            return Some(Kind::Folder);
        };
        let folder = self.walk(parent).ok()?;
        folder.symlink_metadata(name).ok().map(|metadata| entry_kind(metadata.file_type()))
    }

    /// The names in a folder, in no order.
    pub fn entries(&self, path: &Path) -> Result<Vec<(String, Kind)>, ReadError> {
        let folder = self.walk(&self.below(path)?)?;
        let entries = folder.entries().map_err(|error| told(&error))?;
        let entries = entries.flatten().filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            Some((name, entry_kind(entry.file_type().ok()?)))
        });
        Ok(entries.collect())
    }

    /// A path as one below the root, if it is one.
    fn below(&self, path: &Path) -> Result<PathBuf, ReadError> {
        if path.as_os_str().as_encoded_bytes().contains(&0) {
            return Err(refused("its name holds a NUL character", "correct the path"));
        }
        let lexical = lexical(path);
        let Ok(below) = lexical.strip_prefix(&self.root) else {
            let help = "move what is read into the folder that is checked";
            return Err(refused("it lies outside the folder that is checked", help));
        };
        for component in below.components() {
            let Component::Normal(name) = component else {
                return Err(refused("it is no path below the folder that is checked", "correct the path"));
            };
            if let Some(problem) = unfit(&name.to_string_lossy()) {
                let help =
                    "--untrusted reads no hidden files, and no names that a system takes for something else";
                return Err(refused(&format!("`{}` {problem}", name.to_string_lossy()), help));
            }
        }
        Ok(below.to_path_buf())
    }

    fn walk(&self, below: &Path) -> Result<Dir, ReadError> {
        let mut folder = self.folder.try_clone().map_err(|error| told(&error))?;
        let mut walked = PathBuf::new();
        for name in below.components() {
            walked.push(name);
            if !kind(&folder, name.as_ref(), &walked)?.is_dir() {
                return Err(ReadError::Missing);
            }
            folder = folder.open_dir_nofollow(name).map_err(|error| told(&error))?;
        }
        Ok(folder)
    }
}

/// What a name in a folder stands for; `shown` is its path below the root.
fn kind(folder: &Dir, name: &Path, shown: &Path) -> Result<FileType, ReadError> {
    let kind = folder.symlink_metadata(name).map_err(|error| told(&error))?.file_type();
    if kind.is_symlink() {
        let shown = shown.to_string_lossy().replace('\\', "/");
        return Err(refused(&format!("`{shown}` is a symbolic link"), "put the file itself there"));
    }
    Ok(kind)
}

fn entry_kind(kind: FileType) -> Kind {
    if kind.is_file() {
        Kind::File
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_symlink() {
        Kind::Other("it is a symbolic link")
    } else {
        Kind::Other(not_a_file(kind))
    }
}

fn not_a_file(kind: FileType) -> &'static str {
    if kind.is_dir() { "it is a folder" } else { "it is not a file, but a pipe, a socket or a device" }
}

/// Why a name is not read, though it lies below the root.
fn unfit(name: &str) -> Option<&'static str> {
    const DEVICES: &[&str] = &["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        let rest = stem.strip_prefix(device);
        rest.is_some_and(|rest| {
            matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    if name.starts_with('.') {
        Some("is hidden")
    } else if DEVICES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT") {
        Some("is the name of a device on Windows")
    } else if name.contains(':') {
        Some("names a drive or a stream on Windows")
    } else if name.contains('\\') {
        Some("holds a backslash, which parts folders on Windows")
    } else if name.ends_with(['.', ' ']) {
        Some("ends with a dot or a blank, which Windows leaves out")
    } else {
        None
    }
}

fn refused(reason: &str, help: &str) -> ReadError {
    ReadError::Refused { reason: reason.to_owned(), help: help.to_owned() }
}

fn told(error: &io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        _ => ReadError::Other(error.to_string()),
    }
}
