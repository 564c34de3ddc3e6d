//! Runs answers and the programs of quizzes in the engine's workers, so that the screen never waits for one.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::command::cache::{self, Opened};
use crate::command::learn::course::{Course, Quiz};
use crate::engine::cache::Cache;
use crate::engine::pool;
use crate::verify::exercise::attempt::{Attempt, Yardstick};
use crate::verify::quiz::asked::{Asked, asked};
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

    /// Runs an answer to the exercise `Sources::exercises[index]`.
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn run(&self, index: usize, answer: &str) -> io::Result<Attempt> {
        let mut engine = lock(&self.idle).pop().unwrap_or_else(|| engine(self.pool.clone(), None));
        let exercise = &self.course.sources.exercises[index];
        let known = lock(&self.yardsticks).get(&index).cloned();
        let yardstick = match known {
            Some(yardstick) => yardstick,
            None => {
                let yardstick = exercise::yardstick(exercise, &mut engine)?;
                lock(&self.yardsticks).insert(index, yardstick.clone());
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
    pub fn start(
        &self,
        index: usize,
        answer: String,
        done: impl FnOnce(io::Result<Attempt>) + Send + 'static,
    ) {
        let runner = self.clone();
        thread::spawn(move || done(runner.run(index, &answer)));
    }

    /// Finds what a quiz asks: what the book's build or an earlier question has run is known.
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn ask(&self, quiz: &Quiz) -> io::Result<Option<Asked>> {
        let mut pool = self.pool.clone();
        let cache = cache::open(&cache::Options::default(), &self.course.sources.config, &mut pool);
        let mut engine = engine(pool, cache.as_ref().map(Opened::cache));
        let asked = asked(&self.course.sources, quiz.placed.chapter, quiz.placed.index, &mut engine);
        drop(engine);
        if let Some(cache) = cache {
            // What can't be kept is run again.
            let _ = cache.save();
        }
        asked
    }

    /// As [`Runner::ask`] of the quiz `at` in the course, and hands what it asks to `done` from another thread.
    pub fn start_asking(&self, at: usize, done: impl FnOnce(io::Result<Option<Asked>>) + Send + 'static) {
        let runner = self.clone();
        thread::spawn(move || {
            if let Some(quiz) = runner.course.quiz(at) {
                done(runner.ask(quiz));
            }
        });
    }
}

fn engine(pool: pool::Options, cache: Option<&Cache>) -> Engine<'_> {
    Engine::new(&verify::Options { pool, cache, progress: &|_, _| {}, elsewhere: false, shard: None })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
