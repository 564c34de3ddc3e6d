//! Landlock, seccomp and resource limits.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::io;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus, Scope,
};
use nix::libc;
use nix::sys::resource::{Resource, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

use crate::engine::program::Limits;

/// Bytes of address space of a worker, and of a program beyond its heap.
const WORKER_SPACE: u64 = 16 << 30;
const PROGRAM_SPACE: u64 = 1 << 30;

/// Seconds of processor time beyond a program's limit, for what the parent could not stop.
const SPARE_SECONDS: u64 = 2;

/// System calls of a program: memory, its answer, its end.
const PROGRAM_CALLS: &[i64] = &[
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_write,
];

/// What a fork server needs besides: to hear its parent, to fork, to shut its children in.
const WORKER_CALLS: &[i64] = &[
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_fcntl,
    // musl's fork.
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    libc::SYS_kill,
    libc::SYS_pipe2,
    libc::SYS_prctl,
    libc::SYS_prlimit64,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_seccomp,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_wait4,
    libc::SYS_writev,
];

#[derive(Default)]
pub struct Linux {
    has_landlock: bool,
    /// For the processes to be forked; none where the kernel has no seccomp.
    program: Option<BpfProgram>,
}

pub fn enter(must: bool) -> Result<Linux, String> {
    let limits =
        [(Resource::RLIMIT_CORE, 0), (Resource::RLIMIT_FSIZE, 0), (Resource::RLIMIT_AS, WORKER_SPACE)];
    let limited = limits.into_iter().try_for_each(|(limit, value)| setrlimit(limit, value, value));
    let in_no_folder = leave_for_an_empty_folder();
    let landlock = landlock();
    let program = filters();
    if must {
        limited.map_err(|error| format!("no resource limits: {error}"))?;
        in_no_folder.map_err(|error| format!("no empty folder to run in: {error}"))?;
        landlock.as_ref().map_err(|why| format!("no Landlock: {why}"))?;
        program.as_ref().map_err(|why| format!("no seccomp: {why}"))?;
    }
    Ok(Linux { has_landlock: landlock.is_ok(), program: program.ok() })
}

impl Linux {
    pub fn tighten(&self, limits: &Limits) -> io::Result<()> {
        let space = PROGRAM_SPACE.saturating_add(limits.memory as u64);
        setrlimit(Resource::RLIMIT_AS, space, space)?;
        let seconds = limits.time_ms.div_ceil(1000).saturating_add(SPARE_SECONDS);
        setrlimit(Resource::RLIMIT_CPU, seconds, seconds)?;
        match &self.program {
            Some(program) => seccompiler::apply_filter(program).map_err(io::Error::other),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Linux {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match (self.has_landlock, self.program.is_some()) {
            (true, true) => "landlock+seccomp",
            (true, false) => "landlock",
            (false, true) => "seccomp",
            (false, false) => "process",
        })
    }
}

/// One that is gone as soon as this process is in it: there is nothing in it, and nothing can be put there.
fn leave_for_an_empty_folder() -> io::Result<()> {
    let folder = tempfile::Builder::new().prefix("galley-").tempdir();
    match &folder {
        Ok(folder) => env::set_current_dir(folder),
        Err(_) => env::set_current_dir("/"),
    }?;
    folder.map(drop)
}

/// No file, no connection, no signal to other processes.
fn landlock() -> Result<(), String> {
    let newest = ABI::V6;
    let restricted = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(newest))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(newest)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(newest)))
        .and_then(Ruleset::create)
        .and_then(|ruleset| ruleset.restrict_self())
        .map_err(|error| error.to_string())?;
    match restricted.ruleset {
        RulesetStatus::NotEnforced => Err("this kernel does not have it".into()),
        RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
    }
}

/// Lets this process make the calls of a worker only; gives the filter for those that it forks.
fn filters() -> Result<BpfProgram, String> {
    let program = filter(PROGRAM_CALLS.iter().copied())?;
    let worker = filter(PROGRAM_CALLS.iter().chain(WORKER_CALLS).copied())?;
    seccompiler::apply_filter(&worker).map_err(|error| error.to_string())?;
    Ok(program)
}

/// Every call that is not listed fails with EACCES: the C library has an answer to that, and to being killed it has none.
fn filter(calls: impl Iterator<Item = i64>) -> Result<BpfProgram, String> {
    let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> = calls.map(|call| (call, Vec::new())).collect();
    let architecture = TargetArch::try_from(env::consts::ARCH).map_err(|error| error.to_string())?;
    let refuse = SeccompAction::Errno(libc::EACCES as u32);
    let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, architecture)
        .map_err(|error| error.to_string())?;
    BpfProgram::try_from(filter).map_err(|error| error.to_string())
}
