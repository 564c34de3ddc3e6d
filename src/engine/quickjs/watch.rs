//! What the host sees of a running program, and why it ends one.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Instant;

use crate::engine::program::Limits;
use crate::engine::quickjs::memory::Bound;
use crate::engine::trace::{Event, Outcome, Stream, TestResult, TestStatus};

/// Why the host ends a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    Time,
    Steps,
    Output,
    Memory,
}

impl Stop {
    /// What is said of the test that ran when the program was ended.
    fn of_a_test(self) -> &'static str {
        match self {
            Stop::Time => "timed out: the test was still running when the time was up",
            Stop::Steps => "the test was still running after all the steps that it may take",
            Stop::Output => "the test printed more than a program may",
            Stop::Memory => "out of memory",
        }
    }

    pub fn outcome(self) -> Outcome {
        match self {
            Stop::Time => Outcome::TimedOut,
            Stop::Steps => Outcome::Limit { what: "steps".into() },
            Stop::Output => Outcome::Limit { what: "output".into() },
            Stop::Memory => Outcome::OutOfMemory,
        }
    }
}

/// A test that the program has registered.
struct Known {
    result: TestResult,
    /// How many events there were when it began; none when it does not run.
    since: Option<usize>,
}

#[derive(Default)]
struct Tests {
    known: HashMap<u32, Known>,
    /// Their ids, in the order of the results.
    order: Vec<u32>,
}

/// What the host sees of a running program.
pub struct Watch {
    limits: Cell<Limits>,
    started: Cell<Instant>,
    steps: Cell<u64>,
    stopped: Cell<Option<Stop>>,
    /// When the script that node:vm runs now has to end.
    pub deadline: Cell<Option<Instant>>,
    printed: Cell<usize>,
    events: RefCell<Vec<Event>>,
    tests: RefCell<Tests>,
    pub heap: Bound,
}

impl Watch {
    /// Of a realm in which no program runs yet.
    pub fn idle() -> Watch {
        Watch {
            limits: Cell::new(Limits { time_ms: u64::MAX, ..Limits::default() }),
            started: Cell::new(Instant::now()),
            steps: Cell::new(0),
            stopped: Cell::new(None),
            deadline: Cell::new(None),
            printed: Cell::new(0),
            events: RefCell::new(Vec::new()),
            tests: RefCell::default(),
            heap: Bound::none(),
        }
    }

    /// The program starts now.
    pub fn start(&self, limits: Limits) {
        self.limits.set(limits);
        self.heap.set(limits.memory);
        self.started.set(Instant::now());
        self.steps.set(0);
    }

    /// The engine asks whether to go on: true when the program must end now, or the script that runs in it.
    pub fn step(&self) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if self.stopped.get().is_none() && self.limits.get().steps.is_some_and(|most| steps > most) {
            self.stopped.set(Some(Stop::Steps));
        }
        self.is_over() || self.is_late()
    }

    /// How often the engine has asked.
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// True when the program must end now.
    pub fn is_over(&self) -> bool {
        self.stop().is_some()
    }

    /// Why the program must end now.
    pub fn stop(&self) -> Option<Stop> {
        if self.stopped.get().is_none() {
            if self.heap.is_met() {
                self.stopped.set(Some(Stop::Memory));
            } else if self.started.get().elapsed() > self.limits.get().time() {
                self.stopped.set(Some(Stop::Time));
            }
        }
        self.stopped.get()
    }

    /// True when the script that runs now has had its time.
    pub fn is_late(&self) -> bool {
        self.deadline.get().is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Takes an event; false when there is no room for it.
    pub fn emit(&self, event: Event, size: usize) -> bool {
        let printed = self.printed.get() + size;
        if printed > self.limits.get().output && self.stopped.get().is_none() {
            self.stopped.set(Some(Stop::Output));
        }
        if self.is_over() {
            return false;
        }
        self.printed.set(printed);
        self.events.borrow_mut().push(event);
        true
    }

    /// Keeps what is known of a test: `index` is its place when it is new, `runs` says that it begins now.
    pub fn test(&self, id: u32, result: TestResult, index: Option<usize>, runs: bool) {
        if self.is_over() {
            return;
        }
        let since = runs.then(|| self.events.borrow().len());
        let mut tests = self.tests.borrow_mut();
        if let Some(index) = index {
            let at = index.min(tests.order.len());
            tests.order.insert(at, id);
        }
        tests.known.insert(id, Known { result, since });
    }

    /// The results as they were when the program was ended: what ran then has failed, what had not begun is not run.
    pub fn tests_until(&self, stop: Stop) -> Vec<TestResult> {
        let events = self.events.borrow();
        let Tests { mut known, order } = self.tests.take();
        let told = order.iter().filter_map(|id| known.remove(id)).map(|Known { mut result, since }| {
            if let Some(since) = since {
                result.status = TestStatus::Failed;
                result.message = Some(stop.of_a_test().to_owned());
                result.output = events.get(since..).unwrap_or_default().iter().filter_map(printed).collect();
            }
            result
        });
        told.collect()
    }

    pub fn take_events(&self) -> Vec<Event> {
        self.events.take()
    }
}

fn printed(event: &Event) -> Option<&str> {
    match event {
        Event::Print { stream: Stream::Stdout | Stream::Stderr, text, .. } => Some(text),
        _ => None,
    }
}
