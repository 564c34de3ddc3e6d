//! A worker process as its parent sees it: one program at a time, and never longer than that may take.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::engine::frame::{self, Picture, Request, Response, Task};
use crate::engine::pool::{EngineName, Options};
use crate::engine::prepared::Prepared;
use crate::engine::program::Program;
use crate::engine::reading::Reading;
use crate::engine::trace::{Outcome, Trace};

/// How long a worker may take to start.
const START: Duration = Duration::from_secs(60);
/// How much longer than its limit a program may take to be interrupted.
const GRACE: Duration = Duration::from_millis(750);
/// How long a worker may take to tell that its program was killed.
const FAREWELL: Duration = Duration::from_secs(1);

pub struct Worker {
    child: Child,
    requests: Sender<Request>,
    responses: Receiver<io::Result<Response>>,
    pub engine: EngineName,
}

impl Worker {
    /// One that dies before it is ready has run nothing, so there is another try.
    pub fn start(options: &Options) -> io::Result<Worker> {
        const TRIES: usize = 3;
        let mut last = Worker::start_once(options)?;
        for _ in 1..TRIES {
            match last {
                Ok(worker) => return Ok(worker),
                Err(_) => last = Worker::start_once(options)?,
            }
        }
        last.map_err(|status| io::Error::other(format!("a worker did not start ({status})")))
    }

    /// None can be started, or it has ended like this.
    fn start_once(options: &Options) -> io::Result<Result<Worker, ExitStatus>> {
        let mut command = Command::new(&options.binary);
        command.arg("__worker");
        if !options.forks {
            command.arg("--no-fork");
        }
        if options.require_sandbox {
            command.arg("--require-sandbox");
        }
        let mut child = command
            .env_clear()
            // The C library would read the machine's time zone.
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                io::Error::new(
                    error.kind(),
                    format!("can't start a worker ({}): {error}", options.binary.display()),
                )
            })?;
        let (Some(mut stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a worker was started without pipes"));
        };
        // Each end in a thread: a worker that neither reads nor writes must not stop its parent.
        let (requests, to_send) = mpsc::channel::<Request>();
        thread::spawn(move || {
            while let Ok(request) = to_send.recv() {
                if frame::write(&mut stdin, &request).is_err() {
                    break;
                }
            }
        });
        let (sender, responses) = mpsc::channel();
        thread::spawn(move || {
            while let Some(response) = frame::read(&mut stdout).transpose() {
                let failed = response.is_err();
                if sender.send(response).is_err() || failed {
                    break;
                }
            }
        });
        let mut worker = Worker { child, requests, responses, engine: EngineName::default() };
        match worker.responses.recv_timeout(START) {
            Ok(Ok(Response::Ready { engine, sandbox })) => {
                worker.engine = EngineName { name: engine, sandbox };
                Ok(Ok(worker))
            }
            Ok(Ok(Response::Refused { why })) => Err(io::Error::other(why)),
            _ => Ok(Err(worker.end()?)),
        }
    }

    /// Reads a program's sources; gives the worker back if it can take another one.
    pub fn read(mut self, program: &Program) -> (Result<Reading, Outcome>, Option<Worker>) {
        let nonce = self.ask(Task::Read(program.clone()));
        match self.responses.recv_timeout(program.limits.time() + GRACE) {
            Ok(Ok(Response::Read { nonce: theirs, reading }))
                if theirs == nonce && reading.is_of(program) =>
            {
                (Ok(*reading), Some(self))
            }
            Err(RecvTimeoutError::Timeout) => (Err(Outcome::TimedOut), None),
            other => (Err(self.died(other)), None),
        }
    }

    /// Draws a picture as HTML; gives the worker back if it can take another task.
    pub fn draw(
        mut self,
        picture: Picture,
        drawing: String,
        limit: Duration,
    ) -> (Result<String, Outcome>, Option<Worker>) {
        let nonce = self.ask(Task::Draw(picture, drawing));
        match self.responses.recv_timeout(limit + GRACE) {
            Ok(Ok(Response::Drawn { nonce: theirs, html })) if theirs == nonce => {
                let undrawn = || Outcome::Crashed { reason: "its picture can't be drawn".into() };
                (html.ok_or_else(undrawn), Some(self))
            }
            Err(RecvTimeoutError::Timeout) => (Err(Outcome::TimedOut), None),
            other => (Err(self.died(other)), None),
        }
    }

    /// Runs one program; gives the worker back if it can take another one.
    pub fn run(mut self, program: &Program, prepared: Prepared) -> (Trace, Option<Worker>) {
        let nonce = self.ask(Task::Run(program.clone(), prepared));
        let mut deadline = Instant::now() + program.limits.time() + GRACE;
        let mut process: Option<i32> = None;
        let mut is_late = false;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.responses.recv_timeout(left) {
                Ok(Ok(Response::Started { nonce: theirs, pid })) if theirs == nonce && process.is_none() => {
                    process = Some(pid);
                }
                Ok(Ok(Response::Ended { nonce: theirs, trace })) if theirs == nonce => {
                    return (*trace, Some(self));
                }
                Ok(Ok(Response::Died { nonce: theirs, how })) if theirs == nonce => {
                    let outcome = match is_late {
                        true => Outcome::TimedOut,
                        false => Outcome::Crashed { reason: format!("its process failed ({how})") },
                    };
                    return (Trace::ended(None, outcome), Some(self));
                }
                // The engine did not notice its own deadline: a built-in that runs long.
                Err(RecvTimeoutError::Timeout) => match process {
                    Some(pid) if !is_late && kill(pid) => {
                        is_late = true;
                        deadline = Instant::now() + FAREWELL;
                    }
                    _ => return (Trace::ended(None, Outcome::TimedOut), None),
                },
                other => return (Trace::ended(None, self.died(other)), None),
            }
        }
    }

    /// The nonce that its answers will have. If nobody takes the request any more, there will be no answer either.
    fn ask(&mut self, task: Task) -> u64 {
        let nonce = RandomState::new().build_hasher().finish();
        let _ = self.requests.send(Request { nonce, task });
        nonce
    }

    fn died(&mut self, said: Result<io::Result<Response>, RecvTimeoutError>) -> Outcome {
        let what = match said {
            Ok(Ok(_)) => "it answered out of turn".to_owned(),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it ended without an answer".to_owned(),
        };
        let reason = match self.end() {
            Ok(status) => format!("the engine's process failed: {what} ({status})"),
            Err(error) => format!("the engine's process failed: {what} ({error})"),
        };
        Outcome::Crashed { reason }
    }

    fn end(&mut self) -> io::Result<ExitStatus> {
        // One that is ending by itself gets a moment, so that the signal that took it down is the one reported.
        for _ in 0..20 {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(1));
        }
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Kills a program's process; false where that can't be done. Its worker keeps the number of one that has answered.
fn kill(pid: i32) -> bool {
    #[cfg(unix)]
    {
        use nix::sys::signal::{Signal, kill};
        use nix::unistd::Pid;
        pid > 1 && kill(Pid::from_raw(pid), Signal::SIGKILL).is_ok()
    }
    #[cfg(not(unix))]
    {
        let _ = pid;
        false
    }
}
