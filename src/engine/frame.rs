//! Messages between the parent and its workers: a length (u32, little endian) and that many bytes of JSON.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::program::Program;
use crate::engine::trace::{Parsed, Trace};

/// No honest message is longer: printed text, its values and snapshots are all bounded far below.
const MAX_LENGTH: usize = 64 << 20;

#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    pub nonce: u64,
    pub program: Program,
}

/// What a worker says, in this order: `Ready` once, then `Parsed` and `Ended` for each request.
#[derive(Debug, Serialize, Deserialize)]
pub enum Response {
    /// The engine's name and version.
    Ready { engine: String },
    /// Said before anything runs, so that a killed program's claims are still known.
    Parsed { nonce: u64, parsed: Option<Parsed> },
    /// `Trace::parsed` is None here: it was said before.
    Ended { nonce: u64, trace: Box<Trace> },
}

pub fn write<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    let bytes = serde_json::to_vec(message)?;
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("message too long"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// None at the end of the stream.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
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
        write(&mut pipe, &Response::Ready { engine: "q".into() }).unwrap();
        let mut pipe = pipe.as_slice();
        assert!(matches!(read(&mut pipe).unwrap(), Some(Response::Ready { engine }) if engine == "q"));
        assert!(read::<Response>(&mut pipe).unwrap().is_none());
    }

    #[test]
    fn a_cut_or_absurd_message_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, &Response::Ready { engine: "q".into() }).unwrap();
        assert!(read::<Response>(&mut &pipe[..pipe.len() - 1]).is_err());
        assert!(read::<Response>(&mut [0xff; 8].as_slice()).is_err());
    }
}
