//! Reads files and folders under the names by which the user knows them.
//!
//! A path as the user sees it (relative to the book's root, or as given on the command line) and the path on disk differ
//! by the book's root alone. Each file is read once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::book::ceilings::{self, Ceilings};
use crate::book::include::ReadError;
use crate::book::load::confine::Confinement;
use crate::book::source::SourceFile;

pub struct Disk<'a> {
    root: PathBuf,
    edited: &'a Edited,
    /// None: whatever the user may read may be read.
    confinement: Option<Confinement>,
    ceilings: Ceilings,
    /// Bytes that have been read.
    bytes: u64,
    files: HashMap<PathBuf, Arc<SourceFile>>,
}

/// Texts that stand in for what lies on disk, by the files' resolved paths.
pub type Edited = BTreeMap<PathBuf, String>;

static NOTHING: Edited = Edited::new();

impl Disk<'static> {
    /// `root` is what paths are relative to; empty for the current folder.
    pub fn new(root: &Path) -> Disk<'static> {
        Disk::edited(root, &NOTHING)
    }
}

impl<'a> Disk<'a> {
    /// A disk on which some files have another text already.
    pub fn edited(root: &Path, edited: &'a Edited) -> Disk<'a> {
        let (root, ceilings) = (root.to_path_buf(), Ceilings::ALWAYS);
        Disk { root, edited, confinement: None, ceilings, bytes: 0, files: HashMap::new() }
    }

    /// As [`Disk::edited`], but nothing outside of `folder` is read.
    pub fn confined(root: &Path, folder: &Path, edited: &'a Edited) -> Result<Disk<'a>, ReadError> {
        let confinement = Some(Confinement::new(folder)?);
        Ok(Disk { confinement, ceilings: Ceilings::UNTRUSTED, ..Disk::edited(root, edited) })
    }

    /// The file is shown under its tidied path.
    pub fn read(&mut self, path: &Path) -> Result<Arc<SourceFile>, ReadError> {
        self.read_as(path, &name(path))
    }

    pub fn read_as(&mut self, path: &Path, shown: &str) -> Result<Arc<SourceFile>, ReadError> {
        self.read_up_to(ceilings::CHAPTER, path, shown)
    }

    /// `most`: bytes that the file may have.
    pub fn read_up_to(&mut self, most: u64, path: &Path, shown: &str) -> Result<Arc<SourceFile>, ReadError> {
        let on_disk = self.on_disk(path)?;
        if let Some(file) = self.files.get(&on_disk) {
            return Ok(Arc::clone(file));
        }
        let who = self.ceilings.who();
        if self.files.len() >= self.ceilings.files {
            let reason = format!("more than {} files are more than {who} reads", self.ceilings.files);
            return Err(ReadError::Refused { reason, help: "check the parts one by one".to_owned() });
        }
        let (bytes, origin) = match &self.confinement {
            Some(confinement) => confinement.read(&on_disk, most)?,
            None => (read(&on_disk, most)?, resolve(&on_disk)),
        };
        if bytes.len() as u64 > most {
            let reason = format!("it is larger than {} MiB", most >> 20);
            return Err(ReadError::Refused { reason, help: "take out what nobody reads".to_owned() });
        }
        self.bytes += bytes.len() as u64;
        if self.bytes > self.ceilings.bytes {
            let reason = format!("{} MiB of sources are all that {who} reads", self.ceilings.bytes >> 20);
            return Err(ReadError::Refused { reason, help: "check the parts one by one".to_owned() });
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            ReadError::InvalidUtf8 { line: good.iter().filter(|&&byte| byte == b'\n').count() + 1 }
        })?;
        let text = self.edited.get(&origin).unwrap_or(&text);
        let file = SourceFile::read(shown, text, Some(origin));
        self.files.insert(on_disk, Arc::clone(&file));
        Ok(file)
    }

    /// In a stranger's book an absolute path is refused even if it leads to where a relative one would.
    fn on_disk(&self, path: &Path) -> Result<PathBuf, ReadError> {
        if self.confinement.is_some() && path.has_root() && !self.root.as_os_str().is_empty() {
            let help = "write a path inside the book".to_owned();
            return Err(ReadError::Refused { reason: "its path is absolute".to_owned(), help });
        }
        Ok(self.root.join(path))
    }

    /// What would be read as one: where links are not followed, also a link or a pipe, so that it is refused by its name.
    pub fn is_file(&self, path: &Path) -> bool {
        match &self.confinement {
            Some(confinement) => self
                .on_disk(path)
                .is_ok_and(|path| confinement.kind(&path).is_some_and(|kind| kind != Kind::Folder)),
            None => self.root.join(path).is_file(),
        }
    }

    pub fn is_folder(&self, path: &Path) -> bool {
        match &self.confinement {
            Some(confinement) => {
                self.on_disk(path).is_ok_and(|path| confinement.kind(&path) == Some(Kind::Folder))
            }
            None => self.root.join(path).is_dir(),
        }
    }

    /// What lies in a folder, sorted by name; hidden entries and node_modules left out. None where there is no folder.
    pub fn entries(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let all = match &self.confinement {
            Some(confinement) => confinement.entries(&self.on_disk(folder)?),
            None => Ok(entries(&self.root.join(folder))),
        };
        let all = match all {
            Err(ReadError::Missing) => Vec::new(),
            all => all?,
        };
        let is_ours = |name: &str| !name.starts_with('.') && name != "node_modules";
        let mut entries: Vec<Entry> = all
            .into_iter()
            .filter(|(name, _)| is_ours(name))
            .map(|(name, kind)| Entry { name, kind })
            .collect();
        entries.sort();
        Ok(entries)
    }

    /// All that lies below a folder, as paths below it, sorted; the second of those can't be read, and why.
    pub fn files_below(&self, folder: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, ReadError)>) {
        let mut files = Vec::new();
        let mut others = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(inner) = folders.pop() {
            let entries = self.entries(&folder.join(&inner)).unwrap_or_else(|error| {
                others.push((inner.clone(), error));
                Vec::new()
            });
            for entry in entries {
                let path = inner.join(&entry.name);
                match entry.kind {
                    Kind::File => files.push(path),
                    Kind::Folder => folders.push(path),
                    Kind::Other(reason) => {
                        let help = "put the file itself there".to_owned();
                        others.push((path, ReadError::Refused { reason: reason.to_owned(), help }));
                    }
                }
            }
        }
        files.sort();
        others.sort_by(|(a, _), (b, _)| a.cmp(b));
        (files, others)
    }
}

/// The bytes of a file, one more than `most` at the most.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let other = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => ReadError::Missing,
        _ => ReadError::Other(error.to_string()),
    };
    // To open a pipe would be to wait for someone who writes into it.
    if !fs::metadata(path).map_err(other)?.is_file() {
        return Err(ReadError::Other("it is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(other)?;
    Ok(bytes)
}

/// A link to a file is one; a link to a folder may lead back to where it lies.
fn entries(folder: &Path) -> Vec<(String, Kind)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| {
        let kind = entry.file_type().ok()?;
        let kind = if kind.is_file() || (kind.is_symlink() && entry.path().is_file()) {
            Kind::File
        } else if kind.is_dir() {
            Kind::Folder
        } else if kind.is_symlink() {
            Kind::Other("it is a symbolic link, and to no file")
        } else {
            Kind::Other("it is not a file, but a pipe, a socket or a device")
        };
        Some((entry.file_name().to_string_lossy().into_owned(), kind))
    });
    entries.collect()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub name: String,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    File,
    Folder,
    /// What it is, in a sentence.
    Other(&'static str),
}

/// A path exactly as the user gave it, but with `/` and none at the end.
pub fn given(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    match shown.trim_end_matches('/') {
        "" => shown,
        trimmed => trimmed.to_owned(),
    }
}

/// A path as it is shown: with `/`, without `.` and, where they cancel out, without `..`.
pub fn name(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut start = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            Component::ParentDir => parts.push("..".to_owned()),
            Component::RootDir => start.push('/'),
            Component::Prefix(prefix) => start.push_str(&prefix.as_os_str().to_string_lossy()),
        }
    }
    if parts.is_empty() && start.is_empty() { ".".to_owned() } else { start + &parts.join("/") }
}

/// Makes paths comparable: absolute, links followed as far as the path exists, no `..`.
pub fn resolve(path: &Path) -> PathBuf {
    if let Ok(resolved) = fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path }) {
        return resolved;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(last)) => resolve(parent).join(last),
        // `a/..` where there is no a.
        (Some(parent), None) => resolve(parent).parent().map(Path::to_path_buf).unwrap_or_default(),
        _ => path.to_path_buf(),
    }
}

/// An absolute path without `.` and `..`, made of the names alone: the disk is not asked.
pub fn lexical(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut out = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Follows the names that the user gave and says which of them, below the current folder, is a symbolic link. Of an
/// absolute path only the last is looked at: how a system is laid out is its owner's affair.
pub fn linked(path: &Path) -> Option<PathBuf> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let given: Vec<&Path> = path.ancestors().filter(|path| !path.as_os_str().is_empty()).collect();
    let looked_at = if path.has_root() { 1 } else { given.len() };
    given.into_iter().take(looked_at).find(|path| is_link(path)).map(Path::to_path_buf)
}
