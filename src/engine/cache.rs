//! What programs did the last time: traces kept from run to run, by all that they depend on.
//!
//! A trace is found by the hash of its program, of the JavaScript and the engine that ran it, and of what this machine
//! calculates. What can't be read, or is not what was written, is not there: the program runs. What another run of the
//! same program might not do again (it was killed, or the machine may have had no memory left) is never kept.

mod segment;
mod store;

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use crate::engine::cache::segment::{Key, Packed};
use crate::engine::cache::store::{Read, Store};
use crate::engine::pool::EngineName;
use crate::engine::program::Program;
use crate::engine::trace::{Outcome, Trace};

/// Of the keys and of what they lead to.
const FORMAT: u32 = 1;

/// So many bytes are kept when nobody says otherwise.
pub const DEFAULT_SIZE: u64 = 256 << 20;

/// Fewer are not worth a second thread.
const SHARE: usize = 200;

/// A folder of traces. Several processes may use one at the same time, and each may be killed at any moment.
pub struct Cache {
    store: Mutex<Store>,
    /// The binary that runs the programs, as far as its size tells.
    binary: u64,
}

/// One trace and the engine that it is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub engine: EngineName,
    pub trace: Trace,
    /// Of another run than this one.
    #[serde(skip)]
    pub is_old: bool,
}

impl Cache {
    /// The traces that lie in `folder`, which need not be there. `binary` is the one that runs programs; `size` bytes are
    /// kept.
    pub fn open(folder: &Path, size: u64, binary: &Path) -> Cache {
        let binary = binary.metadata().map_or(0, |metadata| metadata.len());
        Cache { store: Mutex::new(Store::open(folder, size)), binary }
    }

    /// What is known of each program.
    pub fn find(&self, programs: &[Program]) -> Vec<Option<Found>> {
        let packed = {
            let keys: Vec<Option<Key>> = programs.iter().map(|program| self.key(program)).collect();
            self.store().read(&keys)
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(packed.len() / SHARE + 1);
        let share = packed.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let shares = packed.chunks(share);
            let threads: Vec<_> =
                shares.map(|share| scope.spawn(|| share.iter().map(unpack).collect::<Vec<_>>())).collect();
            let none = |len| std::iter::repeat_with(|| None).take(len).collect();
            let found = threads.into_iter().zip(packed.chunks(share));
            found.flat_map(|(thread, share)| thread.join().unwrap_or_else(|_| none(share.len()))).collect()
        })
    }

    /// Keeps what a program did, if it would do it again. It is there at once, and on disk after [`Cache::save`].
    pub fn keep(&self, program: &Program, engine: &EngineName, trace: &Trace) {
        let Some(key) = self.key(program).filter(|_| is_kept(&trace.outcome)) else { return };
        let found = Found { engine: engine.clone(), trace: trace.clone(), is_old: false };
        let Ok(bytes) = serde_json::to_vec(&found) else { return };
        // What does not come back as it was is of no use to anybody.
        if serde_json::from_slice::<Found>(&bytes).is_ok_and(|back| back == found) {
            self.store().put(key, Packed::new(bytes));
        }
    }

    /// Writes what is new. Another process may go on reading and writing meanwhile.
    ///
    /// # Errors
    /// When the folder can't be written: nothing else comes of it.
    pub fn save(&self) -> io::Result<()> {
        self.store().save()
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that a trace depends on.
    fn key(&self, program: &Program) -> Option<Key> {
        let mut hash = surroundings().clone();
        hash.update(&self.binary.to_le_bytes());
        serde_json::to_writer(&mut hash, program).ok()?;
        Some(*hash.finalize().as_bytes())
    }
}

fn unpack(read: &Option<Read>) -> Option<Found> {
    let Read { packed, is_old } = read.as_ref()?;
    let found: Found = serde_json::from_slice(packed.verified()?).ok()?;
    Some(Found { is_old: *is_old, ..found })
}

/// A program that was killed may have been unlucky, and one without memory may have shared it with others.
fn is_kept(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::TimedOut | Outcome::Crashed { .. } | Outcome::OutOfMemory => false,
        Outcome::Completed
        | Outcome::Threw { .. }
        | Outcome::SyntaxError { .. }
        | Outcome::Exited { .. }
        | Outcome::Unsettled
        | Outcome::Unsupported { .. }
        | Outcome::Limit { .. }
        | Outcome::NotRun => true,
    }
}

/// What all traces of this process depend on beside their programs.
fn surroundings() -> &'static blake3::Hasher {
    static SURROUNDINGS: OnceLock<blake3::Hasher> = OnceLock::new();
    SURROUNDINGS.get_or_init(|| {
        let mut hash = blake3::Hasher::new();
        // The build script's hash is over the bundle, the engine's own sources and the versions of all crates.
        let built = (env!("CARGO_PKG_VERSION"), env!("GALLEY_ENGINE_HASH"));
        let _ = writeln!(hash, "galley traces {FORMAT} {} {}", built.0, built.1);
        for number in arithmetic() {
            hash.update(&number.to_bits().to_le_bytes());
        }
        hash
    })
}

/// The engine leaves functions of `Math` to the platform's C library, whose last digits depend on its version and on the
/// processor. A folder may come from another machine.
fn arithmetic() -> impl Iterator<Item = f64> {
    type Function = fn(f64) -> f64;
    let functions: [Function; 16] = [
        f64::sin,
        f64::cos,
        f64::tan,
        f64::asin,
        f64::acos,
        f64::atan,
        f64::sinh,
        f64::cosh,
        f64::tanh,
        f64::exp,
        f64::exp_m1,
        f64::ln,
        f64::ln_1p,
        f64::log10,
        f64::log2,
        f64::cbrt,
    ];
    (1..100).flat_map(move |step| {
        let x = std::hint::black_box(f64::from(step) / 101.0);
        functions.into_iter().map(move |function| function(x)).chain([x.powf(x), x.atan2(0.7)])
    })
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the tests damage files")]
mod tests;
