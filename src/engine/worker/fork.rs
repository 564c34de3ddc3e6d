//! A process for one piece of work, forked from this one.

use std::io::{self, PipeReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use nix::libc;
use nix::sys::signal::{self, Signal};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{self, ForkResult, Pid};

use crate::engine::frame::MAX_LENGTH;

/// Of the child's own making: it could not do its work.
const FAILED: i32 = 101;

/// A child that is at work, or has answered and keeps its number until this is dropped.
pub struct Child {
    pid: Pid,
    answer: PipeReader,
    reaped: bool,
}

/// Starts a child that does `work`, answers with its bytes and is gone.
///
/// This process must have one thread only. The child has neither its standard input nor its standard output.
pub fn start(work: impl FnOnce() -> io::Result<Vec<u8>>) -> io::Result<Child> {
    let (reader, mut writer) = io::pipe()?;
    // SAFETY: this process has a single thread, so the child's copy of it is whole: no lock is held by anybody else.
    match unsafe { unistd::fork() }? {
        ForkResult::Parent { child } => Ok(Child { pid: child, answer: reader, reaped: false }),
        ForkResult::Child => {
            let done = catch_unwind(AssertUnwindSafe(|| {
                drop(reader);
                // The fork server's own conversation is none of the program's.
                let _ = unistd::close(0);
                let _ = unistd::close(1);
                #[cfg(target_os = "linux")]
                let _ = nix::sys::prctl::set_pdeathsig(Signal::SIGKILL);
                let answer = work()?;
                let length = u64::try_from(answer.len()).map_err(io::Error::other)?;
                writer.write_all(&length.to_le_bytes())?;
                writer.write_all(&answer)
            }));
            let code = if matches!(done, Ok(Ok(()))) { 0 } else { FAILED };
            // SAFETY: ends the process at once. Nothing of the parent's that was copied is to be flushed or dropped.
            unsafe { libc::_exit(code) }
        }
    }
}

impl Child {
    pub fn pid(&self) -> i32 {
        self.pid.as_raw()
    }

    /// What it answers, or how it ended without a whole answer.
    ///
    /// One that has ended has lost its number by then, but only a moment before this is told.
    pub fn answer(&mut self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = (&mut self.answer).take(MAX_LENGTH as u64 + 8).read_to_end(&mut bytes);
        let length = bytes.first_chunk().map(|first| u64::from_le_bytes(*first));
        if read.is_ok() && length.is_some_and(|length| length == bytes.len() as u64 - 8) {
            bytes.drain(..8);
            return Ok(bytes);
        }
        if bytes.len() >= MAX_LENGTH {
            let _ = signal::kill(self.pid, Signal::SIGKILL);
            let _ = self.reap();
            return Err("its answer does not end".into());
        }
        Err(match self.reap() {
            Ok(WaitStatus::Exited(_, code)) => format!("exit status: {code}"),
            Ok(WaitStatus::Signaled(_, signal, _)) => format!("signal: {signal}"),
            Ok(status) => format!("{status:?}"),
            Err(error) => error.to_string(),
        })
    }

    fn reap(&mut self) -> nix::Result<WaitStatus> {
        self.reaped = true;
        waitpid(self.pid, Some(WaitPidFlag::empty()))
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if !self.reaped {
            // It has answered, or nobody waits for it any more.
            let _ = signal::kill(self.pid, Signal::SIGKILL);
            let _ = self.reap();
        }
    }
}
