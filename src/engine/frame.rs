//! Messages between the parent and its workers: a length (u32, little endian) and that many bytes of JSON.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::prepared::Prepared;
use crate::engine::program::Program;
use crate::engine::reading::Reading;
use crate::engine::trace::Trace;

/// No honest message is longer: printed text, its values and snapshots are all bounded far below.
pub const MAX_LENGTH: usize = 64 << 20;

#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// The answers have it too.
    pub nonce: u64,
    pub task: Task,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Task {
    /// Its sources are to be read, and nothing is to run.
    Read(Program),
    Run(Program, Prepared),
    /// What the picture's chunk takes, as JSON.
    Draw(Picture, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Picture {
    /// `Drawing` of web/tools/steps/drawing.js.
    Steps,
    /// `Drawing` of web/tools/modules/drawing.js.
    Modules,
}

/// What a worker says: `Ready` or `Refused` once; then for each request either `Read` or `Drawn`, or `Started` where programs run
/// in processes of their own and `Ended` or `Died`.
#[derive(Debug, Serialize, Deserialize)]
pub enum Response {
    /// The engine's name and version, and what keeps a program in besides the engine.
    Ready {
        engine: String,
        sandbox: String,
    },
    /// It will not run anything, and why.
    Refused {
        why: String,
    },
    Read {
        nonce: u64,
        reading: Box<Reading>,
    },
    /// None: it could not be drawn.
    Drawn {
        nonce: u64,
        html: Option<String>,
    },
    /// The process that runs the program.
    Started {
        nonce: u64,
        pid: i32,
    },
    /// `Trace::parsed` is None here: it is known.
    Ended {
        nonce: u64,
        trace: Box<Trace>,
    },
    /// The program's process ended without an answer.
    Died {
        nonce: u64,
        how: String,
    },
}

pub fn write<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    write_bytes(to, &serde_json::to_vec(message)?)
}

/// A message that is JSON already.
pub fn write_bytes(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("message too long"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// None at the end of the stream.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length = <[u8; 4]>::try_from(length).map_err(|_| io::ErrorKind::UnexpectedEof)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_LENGTH {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("a message of {length} bytes is announced"),
        ));
    }
    let mut bytes = Vec::new();
    // `take` so that an announced length costs memory only as far as bytes arrive.
    from.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(serde_json::from_slice(&bytes)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_the_pipe() {
        let mut pipe = Vec::new();
        write(&mut pipe, &Response::Refused { why: "q".into() }).unwrap();
        let mut pipe = pipe.as_slice();
        assert!(matches!(read(&mut pipe).unwrap(), Some(Response::Refused { why }) if why == "q"));
        assert!(read::<Response>(&mut pipe).unwrap().is_none());
    }

    #[test]
    fn a_cut_or_absurd_message_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, &Response::Refused { why: "q".into() }).unwrap();
        assert!(read::<Response>(&mut &pipe[..pipe.len() - 1]).is_err());
        // Inside its length, too.
        assert!(read::<Response>(&mut &pipe[..3]).is_err());
        assert!(read::<Response>(&mut [0xff; 8].as_slice()).is_err());
    }
}
