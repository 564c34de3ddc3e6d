//! The cache's folder: files of entries, each written once and whole by a run that had something new.
//!
//! There are no locks: a file gets its name when it is complete, and is deleted only after what it holds lies in
//! another one. So runs side by side see each other's files or do not, and a run that is killed leaves nothing but a
//! temporary file. When small files become many they are put into one; when all of them are too large, what was not used
//! for longest is left out.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::engine::cache::segment::{self, Key, Packed, Place, Segment};

pub struct Store {
    folder: PathBuf,
    /// So many bytes may lie in the folder.
    size: u64,
    /// Oldest first.
    files: Vec<Known>,
    /// The newest of each key: index into `files`.
    places: HashMap<Key, (usize, Place)>,
    /// What is not on disk yet, in its order.
    new: Vec<(Key, Packed)>,
    new_places: HashMap<Key, usize>,
    /// Read by this process.
    used: HashSet<Key>,
}

/// An entry that is there.
pub struct Read {
    pub packed: Packed,
    /// It lay on disk.
    pub is_old: bool,
}

/// A file of the folder that could be read.
struct Known {
    path: PathBuf,
    sequence: u64,
    segment: Segment,
    keys: Vec<Key>,
}

/// Another format has another one, so that versions side by side leave each other's files alone.
const EXTENSION: &str = "traces1";
const TEMPORARY: &str = "unfinished-";

/// So many files of about the same size may lie side by side.
const FILES: usize = 8;

/// A temporary file that is older was left by somebody who was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// <https://bford.info/cachedir/>
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# What Galley's examples did the last time: may be deleted.\n";

impl Store {
    /// What can be read of the folder.
    pub fn open(folder: &Path, size: u64) -> Store {
        let mut store = Store {
            folder: folder.to_path_buf(),
            size,
            files: Vec::new(),
            places: HashMap::new(),
            new: Vec::new(),
            new_places: HashMap::new(),
            used: HashSet::new(),
        };
        store.files_here().into_iter().for_each(|(sequence, path)| store.add(sequence, path));
        store
    }

    fn files_here(&self) -> Vec<(u64, PathBuf)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<(u64, PathBuf)> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
            .filter_map(|path| {
                let name = path.file_stem()?.to_str()?;
                Some((name.split('-').next()?.parse().ok()?, path))
            })
            .collect();
        files.sort();
        files
    }

    fn add(&mut self, sequence: u64, path: PathBuf) {
        match Segment::open(&path) {
            Ok((segment, places)) => {
                let keys = places.iter().map(|(key, _)| *key).collect();
                let index = self.files.len();
                self.places.extend(places.into_iter().map(|(key, place)| (key, (index, place))));
                self.files.push(Known { path, sequence, segment, keys });
            }
            // Nobody will ever read it.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) =>
            {
                let _ = fs::remove_file(&path);
            }
            Err(_) => {}
        }
    }

    /// The entries of these keys, as far as they are there.
    pub fn read(&mut self, keys: &[Option<Key>]) -> Vec<Option<Read>> {
        let mut found: Vec<Option<Read>> = Vec::new();
        let mut wanted = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let key = key.as_ref();
            let new = key.and_then(|key| self.new_places.get(key)).map(|&at| self.new[at].1.clone());
            if let (None, Some(key)) = (&new, key)
                && let Some(&(file, place)) = self.places.get(key)
            {
                wanted.push((file, place.offset(), at, *key, place));
            }
            found.push(new.map(|packed| Read { packed, is_old: false }));
        }
        wanted.sort_unstable_by_key(|&(file, offset, at, ..)| (file, offset, at));
        for (file, _, at, key, place) in wanted {
            let packed = self.files[file].segment.read(&place).ok();
            found[at] = packed.map(|packed| Read { packed, is_old: true });
            self.used.insert(key);
        }
        found
    }

    pub fn put(&mut self, key: Key, packed: Packed) {
        match self.new_places.get(&key) {
            Some(&at) => self.new[at].1 = packed,
            None => {
                self.new_places.insert(key, self.new.len());
                self.new.push((key, packed));
            }
        }
    }

    /// Writes what is new, with the files that go into the same one.
    pub fn save(&mut self) -> io::Result<()> {
        if self.new.is_empty() {
            return Ok(());
        }
        self.make_folder()?;
        let new: u64 = self.new.iter().map(|(_, packed)| packed.len()).sum();
        let merged = self.merged(new);
        let mut entries = self.old_entries(&merged);
        entries.append(&mut self.new);
        self.new_places.clear();
        if merged.len() == self.files.len() {
            forget(&mut entries, self.size);
        }
        let sequence = self.files.iter().map(|file| file.sequence).max().unwrap_or(0) + 1;
        let path = self.write(sequence, &entries)?;
        let gone: Vec<PathBuf> = merged.iter().map(|&at| self.files[at].path.clone()).collect();
        for old in gone.iter().filter(|old| **old != path) {
            let _ = fs::remove_file(old);
        }
        self.clear_abandoned();
        let mut files = std::mem::take(&mut self.files);
        self.places.clear();
        files.retain(|file| !gone.contains(&file.path) && file.path != path);
        let known = files.into_iter().map(|file| (file.sequence, file.path)).chain([(sequence, path)]);
        known.for_each(|(sequence, path)| self.add(sequence, path));
        Ok(())
    }

    /// Which files go into the new one: all when there is no room; else the smaller ones when they are many.
    fn merged(&self, new: u64) -> Vec<usize> {
        let total: u64 = self.files.iter().map(|file| file.segment.length).sum();
        if total + new > self.size {
            return (0..self.files.len()).collect();
        }
        if self.files.len() < FILES {
            return Vec::new();
        }
        let mut by_size: Vec<usize> = (0..self.files.len()).collect();
        by_size.sort_by_key(|&at| self.files[at].segment.length);
        let mut sum = new;
        let mut merged = Vec::new();
        for at in by_size {
            let length = self.files[at].segment.length;
            // A large file is not written again for a few small ones, as long as there are few large ones.
            if merged.len() >= FILES / 2 && length > 2 * sum {
                break;
            }
            sum += length;
            merged.push(at);
        }
        merged.sort_unstable();
        merged
    }

    /// What the files hold that is wanted again, what this run used last.
    fn old_entries(&mut self, merged: &[usize]) -> Vec<(Key, Packed)> {
        let (mut unused, mut used) = (Vec::new(), Vec::new());
        for &at in merged {
            for key in self.files[at].keys.clone() {
                let Some(&(newest, place)) = self.places.get(&key) else { continue };
                if newest != at || self.new_places.contains_key(&key) {
                    continue;
                }
                let Ok(packed) = self.files[at].segment.read(&place) else { continue };
                if packed.verified().is_some() {
                    if self.used.contains(&key) { &mut used } else { &mut unused }.push((key, packed));
                }
            }
        }
        unused.append(&mut used);
        unused
    }

    fn write(&self, sequence: u64, entries: &[(Key, Packed)]) -> io::Result<PathBuf> {
        let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(&self.folder)?;
        let mut to = BufWriter::new(&mut file);
        segment::write(&mut to, entries)?;
        to.flush()?;
        drop(to);
        // Another run may be at the same number.
        let mut name = blake3::Hasher::new();
        entries.iter().for_each(|(key, _)| {
            name.update(key);
        });
        let name = name.finalize().to_hex();
        let path = self.folder.join(format!("{sequence:08}-{}.{EXTENSION}", &name[..16]));
        file.persist(&path)?;
        Ok(path)
    }

    /// With what tells backups and git to leave it alone, if it is ours.
    fn make_folder(&self) -> io::Result<()> {
        if self.folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)] {
            fs::File::create_new(self.folder.join(name))?.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    fn clear_abandoned(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let is_temporary = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
            let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
            if is_temporary && age().is_some_and(|age| age > ABANDONED) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Leaves out the first entries until there is room for more.
fn forget(entries: &mut Vec<(Key, Packed)>, size: u64) {
    let mut left: u64 = entries.iter().map(|(_, packed)| packed.len()).sum();
    let wanted = if left > size { size / 4 * 3 } else { size };
    let mut first = 0;
    while left > wanted && first < entries.len() {
        left -= entries[first].1.len();
        first += 1;
    }
    entries.drain(..first);
}
