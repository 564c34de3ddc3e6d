//! Runs answers in the engine's workers, so that the screen never waits for one.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::command::learn::course::Course;
use crate::engine::pool;
use crate::verify::exercise::attempt::{Attempt, Yardstick};
use crate::verify::{self, Engine, exercise};

/// Engines that wait: each has processes of its own.
const MOST_IDLE: usize = 2;

#[derive(Clone)]
pub struct Runner {
    course: Arc<Course>,
    pool: pool::Options,
    /// One for each run that goes on at a time: a loop that never ends must not delay the answer that mends it.
    idle: Arc<Mutex<Vec<Engine<'static>>>>,
    yardsticks: Arc<Mutex<HashMap<usize, Yardstick>>>,
}

impl Runner {
    pub fn new(course: &Arc<Course>, pool: pool::Options) -> Runner {
        Runner { course: Arc::clone(course), pool, idle: Arc::default(), yardsticks: Arc::default() }
    }

    /// Runs an answer to the exercise `at` of the course.
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn run(&self, at: usize, answer: &str) -> io::Result<Attempt> {
        let mut engine = lock(&self.idle).pop().unwrap_or_else(|| self.engine());
        let exercise = self.course.exercise(at);
        let known = lock(&self.yardsticks).get(&at).cloned();
        let yardstick = match known {
            Some(yardstick) => yardstick,
            None => {
                let yardstick = exercise::yardstick(exercise, &mut engine)?;
                lock(&self.yardsticks).insert(at, yardstick.clone());
                yardstick
            }
        };
        let attempt = exercise::attempt(exercise, &yardstick, answer, &mut engine)?;
        let mut idle = lock(&self.idle);
        if idle.len() < MOST_IDLE {
            idle.push(engine);
        }
        Ok(attempt)
    }

    /// As [`Runner::run`], and hands what came of it to `done` from another thread.
    pub fn start(&self, at: usize, answer: String, done: impl FnOnce(io::Result<Attempt>) + Send + 'static) {
        let runner = self.clone();
        thread::spawn(move || done(runner.run(at, &answer)));
    }

    fn engine(&self) -> Engine<'static> {
        Engine::new(&verify::Options {
            pool: self.pool.clone(),
            cache: None,
            progress: &|_, _| {},
            elsewhere: false,
            shard: None,
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
