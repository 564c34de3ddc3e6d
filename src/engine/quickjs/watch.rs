//! What the host sees of a running program, and why it ends one.

use std::cell::{Cell, RefCell};
use std::time::Instant;

use crate::engine::program::Limits;
use crate::engine::quickjs::memory::Bound;
use crate::engine::trace::{Event, Outcome};

/// Why the host ends a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    Time,
    Steps,
    Output,
    Memory,
}

impl Stop {
    pub fn outcome(self) -> Outcome {
        match self {
            Stop::Time => Outcome::TimedOut,
            Stop::Steps => Outcome::Limit { what: "steps".into() },
            Stop::Output => Outcome::Limit { what: "output".into() },
            Stop::Memory => Outcome::OutOfMemory,
        }
    }
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

    pub fn take_events(&self) -> Vec<Event> {
        self.events.take()
    }
}
