//! One file of the cache: written whole, then only read.
//!
//! ```text
//! magic, number of entries (u32)
//! for each entry: key, offset of its bytes behind the index (u64), their number (u32), their hash
//! hash of all that is above
//! the entries' bytes
//! ```
//!
//! Numbers are little endian, hashes BLAKE3. A file whose head is damaged holds nothing; an entry whose bytes are damaged
//! is not there.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;

/// Of a program and of all else that its trace depends on.
pub type Key = [u8; HASH];

/// An entry's bytes with the hash that they had when they were written.
#[derive(Clone)]
pub struct Packed {
    bytes: Vec<u8>,
    hash: [u8; HASH],
}

/// Where an entry lies in its file.
#[derive(Clone, Copy)]
pub struct Place {
    offset: u64,
    length: u32,
    hash: [u8; HASH],
}

/// A file that is open for reading.
pub struct Segment {
    file: BufReader<File>,
    /// Where the reader stands.
    at: u64,
    pub length: u64,
}

const HASH: usize = blake3::OUT_LEN;
const MAGIC: &[u8; 8] = b"galley1\n";
const HEAD: usize = MAGIC.len() + 4;
const ENTRY: usize = HASH + 8 + 4 + HASH;

impl Packed {
    pub fn new(bytes: Vec<u8>) -> Packed {
        let hash = *blake3::hash(&bytes).as_bytes();
        Packed { bytes, hash }
    }

    /// The bytes, if they are what was written.
    pub fn verified(&self) -> Option<&[u8]> {
        (*blake3::hash(&self.bytes).as_bytes() == self.hash).then_some(&self.bytes[..])
    }

    pub fn len(&self) -> u64 {
        (ENTRY + self.bytes.len()) as u64
    }
}

impl Place {
    /// In the order in which a file is read.
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

/// Writes a file of these entries, and gives the name that tells its contents.
pub fn write(to: &mut impl Write, entries: &[(Key, Packed)]) -> io::Result<()> {
    let too_many = |_| io::Error::other("too much for one file");
    let mut head = MAGIC.to_vec();
    head.extend(u32::try_from(entries.len()).map_err(too_many)?.to_le_bytes());
    let mut offset: u64 = 0;
    for (key, packed) in entries {
        let length = u32::try_from(packed.bytes.len()).map_err(too_many)?;
        head.extend(key);
        head.extend(offset.to_le_bytes());
        head.extend(length.to_le_bytes());
        head.extend(packed.hash);
        offset += u64::from(length);
    }
    to.write_all(&head)?;
    to.write_all(blake3::hash(&head).as_bytes())?;
    entries.iter().try_for_each(|(_, packed)| to.write_all(&packed.bytes))
}

impl Segment {
    /// Opens a file and reads its index.
    pub fn open(path: &Path) -> io::Result<(Segment, Vec<(Key, Place)>)> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut file = BufReader::with_capacity(256 << 10, file);
        let mut head = vec![0; HEAD];
        file.read_exact(&mut head)?;
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let (magic, count) = head.split_at(MAGIC.len());
        let count = number(count) as usize;
        if magic != MAGIC || (count as u64).saturating_mul(ENTRY as u64) > length {
            return Err(damaged());
        }
        head.resize(HEAD + count * ENTRY, 0);
        file.read_exact(&mut head[HEAD..])?;
        let mut hash = [0; HASH];
        file.read_exact(&mut hash)?;
        if *blake3::hash(&head).as_bytes() != hash {
            return Err(damaged());
        }
        let start = (head.len() + HASH) as u64;
        let places = head[HEAD..].chunks_exact(ENTRY).map(|entry| {
            let (key, rest) = entry.split_at(HASH);
            let (offset, rest) = rest.split_at(8);
            let (length, hash) = rest.split_at(4);
            let offset = start.saturating_add(number(offset));
            (array(key), Place { offset, length: number(length) as u32, hash: array(hash) })
        });
        let places = places.collect();
        Ok((Segment { file, at: start, length }, places))
    }

    /// An entry's bytes, as they are now.
    pub fn read(&mut self, place: &Place) -> io::Result<Packed> {
        if place.offset.saturating_add(u64::from(place.length)) > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // Entries that are wanted together mostly lie behind each other: what has been read ahead is kept.
        self.file.seek_relative(place.offset.wrapping_sub(self.at).cast_signed())?;
        self.at = place.offset;
        let mut bytes = vec![0; place.length as usize];
        self.file.read_exact(&mut bytes).inspect_err(|_| {
            self.at = self.file.stream_position().unwrap_or(0);
        })?;
        self.at += u64::from(place.length);
        Ok(Packed { bytes, hash: place.hash })
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn array(bytes: &[u8]) -> [u8; HASH] {
    let mut array = [0; HASH];
    array.copy_from_slice(bytes);
    array
}
