//! Reads files and folders under the names by which the user knows them.
//!
//! A path as the user sees it (relative to the book's root, or as given on the command line) and the path on disk differ
//! by the book's root alone. Each file is read once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::book::include::ReadError;
use crate::book::source::SourceFile;

pub struct Disk<'a> {
    root: PathBuf,
    edited: &'a Edited,
    files: HashMap<PathBuf, Arc<SourceFile>>,
}

/// Texts that stand in for what lies on disk, by the files' resolved paths.
pub type Edited = BTreeMap<PathBuf, String>;

static NOTHING: Edited = Edited::new();

/// No text that a person wrote is larger.
const LARGEST: u64 = 64 << 20;

impl Disk<'static> {
    /// `root` is what paths are relative to; empty for the current folder.
    pub fn new(root: &Path) -> Disk<'static> {
        Disk::edited(root, &NOTHING)
    }
}

impl<'a> Disk<'a> {
    /// A disk on which some files have another text already.
    pub fn edited(root: &Path, edited: &'a Edited) -> Disk<'a> {
        Disk { root: root.to_path_buf(), edited, files: HashMap::new() }
    }

    /// The file is shown under its tidied path.
    pub fn read(&mut self, path: &Path) -> Result<Arc<SourceFile>, ReadError> {
        self.read_as(path, &name(path))
    }

    pub fn read_as(&mut self, path: &Path, shown: &str) -> Result<Arc<SourceFile>, ReadError> {
        let on_disk = self.root.join(path);
        if let Some(file) = self.files.get(&on_disk) {
            return Ok(Arc::clone(file));
        }
        let other = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => ReadError::Missing,
            _ => ReadError::Other(error.to_string()),
        };
        let metadata = fs::metadata(&on_disk).map_err(other)?;
        if !metadata.is_file() {
            return Err(ReadError::Other("it is not a file".to_owned()));
        }
        if metadata.len() > LARGEST {
            return Err(ReadError::Other(format!("it is larger than {} MiB", LARGEST >> 20)));
        }
        let text = String::from_utf8(fs::read(&on_disk).map_err(other)?).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            ReadError::InvalidUtf8 { line: good.iter().filter(|&&byte| byte == b'\n').count() + 1 }
        })?;
        let origin = resolve(&on_disk);
        let text = self.edited.get(&origin).unwrap_or(&text);
        let file = SourceFile::read(shown, text, Some(origin));
        self.files.insert(on_disk, Arc::clone(&file));
        Ok(file)
    }

    pub fn is_file(&self, path: &Path) -> bool {
        self.root.join(path).is_file()
    }

    pub fn is_folder(&self, path: &Path) -> bool {
        self.root.join(path).is_dir()
    }

    /// What lies in a folder, sorted by name; hidden entries, links to folders and node_modules left out.
    pub fn entries(&self, folder: &Path) -> Vec<Entry> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            // A link to a folder may lead back to where it lies.
            let is_file = kind.is_file() || (kind.is_symlink() && entry.path().is_file());
            if is_file || kind.is_dir() {
                entries.push(Entry { name, is_folder: !is_file });
            }
        }
        entries.sort();
        entries
    }

    /// All files below a folder, as paths below it, sorted.
    pub fn files_below(&self, folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(inner) = folders.pop() {
            for entry in self.entries(&folder.join(&inner)) {
                let path = inner.join(&entry.name);
                if entry.is_folder { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub name: String,
    pub is_folder: bool,
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
