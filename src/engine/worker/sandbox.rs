//! What the operating system keeps from a worker and from the programs that it runs.
//!
//! The realm has no function that reaches out; this is for the case that the engine itself is taken over. The parent has
//! cleared the environment already. On Linux: no file, no network, no other process (Landlock and seccomp), an empty
//! folder to be in, and limits for memory, time and files. Elsewhere a process of its own has to do.

#[cfg(target_os = "linux")]
mod linux;

use std::fmt;
use std::io;

use crate::engine::program::Limits;

/// What holds for this process, and what is to hold for those that it forks.
#[derive(Default)]
pub struct Sandbox {
    #[cfg(target_os = "linux")]
    linux: linux::Linux,
}

impl Sandbox {
    /// Shuts this process in as far as the system can; errs when it can't and must.
    pub fn enter(must: bool) -> Result<Sandbox, String> {
        #[cfg(target_os = "linux")]
        return linux::enter(must).map(|linux| Sandbox { linux });
        #[cfg(not(target_os = "linux"))]
        match must {
            true => Err("there is no sandbox for this operating system; it is for Linux only".into()),
            false => Ok(Sandbox::default()),
        }
    }

    /// In a forked process, before it runs a program: nothing may be started, and its time and memory end.
    pub fn tighten(&self, limits: &Limits) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        return self.linux.tighten(limits);
        #[cfg(not(target_os = "linux"))]
        {
            let _ = limits;
            Ok(())
        }
    }
}

/// As reports name it.
impl fmt::Display for Sandbox {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(target_os = "linux")]
        return self.linux.fmt(to);
        #[cfg(not(target_os = "linux"))]
        to.write_str("process")
    }
}
