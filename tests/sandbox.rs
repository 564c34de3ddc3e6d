//! What a program's process can reach once the sandbox is entered: nothing. The same attempts succeed before it, so that a
//! broken attempt can't pass for a closed door. No test harness: a process that forks must have one thread only.
#![allow(clippy::disallowed_methods, reason = "a test reaches out, and fails by panicking")]

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
fn main() {
    linux::main();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io::{self, Write};
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::unix::net::UnixStream;
    use std::path::Path;
    use std::process::Command;

    use galley::engine::program::Limits;
    use galley::engine::worker::fork;
    use galley::engine::worker::sandbox::Sandbox;
    use nix::errno::Errno;
    use nix::sys::signal::kill;
    use nix::sys::wait::waitpid;
    use nix::unistd::{ForkResult, Pid, getppid};

    type Attempt = (&'static str, Box<dyn Fn() -> io::Result<()>>);

    /// Each is something that the engine, taken over, would want.
    fn attempts(tcp: u16, udp: u16, folder: &Path) -> Vec<Attempt> {
        let secret = folder.join("secret");
        std::fs::write(&secret, "secret").expect("a file");
        let (made, folder) = (folder.join("made"), folder.to_path_buf());
        vec![
            ("read a file", Box::new(move || std::fs::read(&secret).map(drop))),
            ("write a file", Box::new(move || std::fs::write(&made, "made"))),
            ("list a folder", Box::new(move || std::fs::read_dir(&folder).map(drop))),
            ("list the working directory", Box::new(|| std::fs::read_dir(".").map(drop))),
            ("connect by TCP", Box::new(move || TcpStream::connect(("127.0.0.1", tcp)).map(drop))),
            ("listen on TCP", Box::new(|| TcpListener::bind("127.0.0.1:0").map(drop))),
            (
                "send by UDP",
                Box::new(move || UdpSocket::bind("127.0.0.1:0")?.send_to(b"x", ("127.0.0.1", udp)).map(drop)),
            ),
            ("make a unix socket", Box::new(|| UnixStream::pair().map(drop))),
            ("start a program", Box::new(|| Command::new("/bin/true").status().map(drop))),
            ("fork", Box::new(fork_once)),
            (
                "start a thread",
                Box::new(|| std::thread::Builder::new().spawn(|| {}).map(|thread| drop(thread.join()))),
            ),
            ("signal the parent", Box::new(|| Ok(kill(getppid(), None)?))),
            ("signal any process", Box::new(|| Ok(kill(Pid::from_raw(1), None)?))),
            (
                "set a limit",
                Box::new(|| {
                    Ok(nix::sys::resource::setrlimit(nix::sys::resource::Resource::RLIMIT_CORE, 0, 0)?)
                }),
            ),
        ]
    }

    fn fork_once() -> io::Result<()> {
        // SAFETY: this process has a single thread; the child ends at once.
        match unsafe { nix::unistd::fork() }? {
            // SAFETY: ends the process, and has no condition.
            ForkResult::Child => unsafe { nix::libc::_exit(0) },
            ForkResult::Parent { child } => Ok(waitpid(child, None).map(drop)?),
        }
    }

    /// Where the process that is shut in finds its files; it can't delete them.
    const FOLDER: &str = "GALLEY_SANDBOX_FOLDER";

    pub fn main() {
        let Some(folder) = std::env::var_os(FOLDER) else {
            let folder = tempfile::tempdir().expect("a folder");
            let myself = std::env::current_exe().expect("this program");
            // Through pipes: in there nothing may be written into a file, which standard output can be.
            let ended = Command::new(myself).env(FOLDER, folder.path()).output().expect("this program runs");
            drop(folder);
            print!("{}", String::from_utf8_lossy(&ended.stdout));
            eprint!("{}", String::from_utf8_lossy(&ended.stderr));
            std::process::exit(ended.status.code().unwrap_or(1));
        };
        shut_in(Path::new(&folder));
    }

    fn shut_in(folder: &Path) {
        println!("\nrunning 1 test");
        let tcp = TcpListener::bind("127.0.0.1:0").expect("a listener");
        let udp = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let ports = (tcp.local_addr().expect("bound").port(), udp.local_addr().expect("bound").port());
        let attempts = attempts(ports.0, ports.1, folder);
        for (what, attempt) in &attempts {
            if let Err(error) = attempt() {
                panic!("{what}: {error} without any sandbox: the attempt proves nothing");
            }
        }
        let sandbox = match Sandbox::enter(true) {
            Ok(sandbox) => sandbox,
            // A container host may have neither; where it must hold, it must.
            Err(why) if std::env::var_os("GALLEY_REQUIRE_SANDBOX").is_none() => {
                println!("test a_program_reaches_nothing ... ignored, {why}");
                println!("\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n");
                std::process::exit(0);
            }
            Err(why) => panic!("{why}"),
        };
        assert_eq!(sandbox.to_string(), "landlock+seccomp");
        let mut child = fork::start(|| {
            sandbox.tighten(&Limits::default())?;
            let mut told = Vec::new();
            for (what, attempt) in &attempts {
                let how = attempt().map_err(|error| error.raw_os_error());
                writeln!(
                    told,
                    "{what}: {}",
                    match how {
                        Ok(()) => "done".to_owned(),
                        Err(Some(code)) => format!("{:?}", Errno::from_raw(code)),
                        Err(None) => "refused".to_owned(),
                    }
                )?;
            }
            Ok(told)
        })
        .expect("a child");
        let told = String::from_utf8(child.answer().expect("an answer")).expect("text");
        let wanted: String = attempts.iter().map(|(what, _)| format!("{what}: EACCES\n")).collect();
        assert_eq!(told, wanted);
        println!("test a_program_reaches_nothing ... ok");
        println!("\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n");
    }
}
