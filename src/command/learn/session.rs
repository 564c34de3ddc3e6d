//! A session at a terminal: what is shown, and what a key, a save or the end of a run changes in it. It draws nothing
//! itself: [`Session::screen`] gives the lines.

mod quiz;
mod screen;

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::book::exercise::Exercise;
use crate::command::learn::course::{Course, Kind};
use crate::command::learn::folder::{Answer, Folder};
use crate::command::learn::page;
use crate::command::learn::progress::Store;
use crate::command::learn::terminal::Key;
use crate::report::learner::Standing;
use crate::verify::exercise::attempt::Attempt;
use crate::verify::quiz::asked::Asked;

pub struct Session {
    course: Arc<Course>,
    folder: Folder,
    store: Store,
    /// Columns and rows.
    size: (usize, usize),
    /// Position in the course.
    at: usize,
    view: View,
    answer: Answer,
    /// What came of an answer, and which.
    result: Option<(String, io::Result<Box<Attempt>>)>,
    /// What the quizzes ask that were opened, by their positions; why one can't be asked.
    quizzes: HashMap<usize, Result<Asked, String>>,
    /// The quizzes that are being asked.
    asking: HashSet<usize>,
    /// The options (from 0) that were chosen since the quiz was opened, the last one last.
    tried: Vec<usize>,
    /// Runs are numbered, so that only one counts, which mostly is the last.
    run: u64,
    last: u64,
    /// Those that have not ended: number, exercise, answer.
    running: Vec<(u64, usize, String)>,
    is_running: bool,
    scroll: usize,
    notice: Option<String>,
    /// Scrolling shows what was asked for, not the top.
    asked: Option<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum View {
    /// The exercise or the quiz.
    Task,
    List {
        filter: String,
        /// `j` and `k` are letters.
        is_typing: bool,
        /// Among those that the filter lets through.
        chosen: usize,
    },
    Solution,
    Help,
    Reset,
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Hint,
    Task,
    Verdict,
}

/// What the caller has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// An answer to the exercise `Sources::exercises[index]`.
    Run {
        run: u64,
        index: usize,
        answer: String,
    },
    /// What the quiz at this position asks.
    Ask(usize),
    Edit(PathBuf),
    Suspend,
    Quit,
}

impl Session {
    /// Begins with the exercise or quiz `at`.
    pub fn new(
        course: Arc<Course>,
        folder: Folder,
        store: Store,
        at: usize,
        size: (usize, usize),
    ) -> Session {
        Session {
            course,
            folder,
            store,
            size,
            at,
            view: View::Task,
            answer: Answer::Missing,
            result: None,
            quizzes: HashMap::new(),
            asking: HashSet::new(),
            tried: Vec::new(),
            run: 0,
            last: 0,
            running: Vec::new(),
            is_running: false,
            scroll: 0,
            notice: None,
            asked: None,
        }
    }

    pub fn notice(&mut self, notice: String) {
        self.notice = Some(notice);
    }

    /// True when the size is another one.
    pub fn resize(&mut self, size: (usize, usize)) -> bool {
        std::mem::replace(&mut self.size, size) != size
    }

    pub fn progress(&self) -> (usize, usize) {
        (self.store.passed(&self.course), self.course.len())
    }

    fn standing(&self) -> Standing {
        self.store.standing(&self.course, self.at)
    }

    /// Goes to an exercise and runs its answer, or to a quiz.
    pub fn open(&mut self, at: usize) -> Option<Wish> {
        self.at = at;
        self.view = View::Task;
        self.result = None;
        self.tried.clear();
        self.asked = None;
        self.scroll = 0;
        let course = Arc::clone(&self.course);
        let Some(exercise) = course.exercise(at) else {
            let kept = self.store.set_current(course.mark(at));
            self.keep(kept);
            return self.ask();
        };
        match self.folder.prepare(exercise, self.store.answer(&exercise.name)) {
            Ok(false) => {}
            Ok(true) => {
                let kept = self.store.drop_answer(&exercise.name);
                self.keep(kept);
            }
            Err(error) => self.notice = Some(format!("{error:#}")),
        }
        let kept = self.store.set_current(course.mark(at));
        self.keep(kept);
        self.run_again(exercise)
    }

    /// Reads the answer and runs it.
    fn run_again(&mut self, exercise: &Exercise) -> Option<Wish> {
        self.answer = self.folder.read(exercise);
        self.start()
    }

    fn start(&mut self) -> Option<Wish> {
        let Kind::Exercise { index, .. } = self.course.tasks[self.at].kind else { return None };
        let Answer::Text(answer) = &self.answer else {
            self.run = 0;
            self.is_running = false;
            self.result = None;
            return None;
        };
        self.is_running = true;
        let same = self.running.iter().find(|(_, of, text)| *of == index && text == answer);
        if let Some((run, ..)) = same {
            self.run = *run;
            return None;
        }
        self.last += 1;
        self.run = self.last;
        self.running.push((self.run, index, answer.clone()));
        Some(Wish::Run { run: self.run, index, answer: answer.clone() })
    }

    /// Progress that can't be written is told once.
    fn keep(&mut self, kept: anyhow::Result<()>) {
        match kept {
            Ok(()) => {
                self.store.failed = false;
                if let Some(told) = self.store.told.take() {
                    self.notice = Some(told);
                }
            }
            Err(_) if self.store.failed => {}
            Err(error) => {
                self.store.failed = true;
                self.notice = Some(format!("{error:#}"));
            }
        }
    }

    /// Something in the folder may have changed.
    pub fn look(&mut self) -> Option<Wish> {
        let answer = self.folder.read(self.course.exercise(self.at)?);
        if answer == self.answer {
            return None;
        }
        self.answer = answer;
        self.notice = None;
        self.asked = None;
        self.scroll = 0;
        if matches!(self.view, View::Solution | View::Help | View::Done | View::Reset) {
            self.view = View::Task;
        }
        self.start()
    }

    /// A run has ended.
    pub fn ran(&mut self, run: u64, answer: String, result: io::Result<Box<Attempt>>) {
        self.running.retain(|(running, ..)| *running != run);
        let course = Arc::clone(&self.course);
        let Kind::Exercise { index, version } = &course.tasks[self.at].kind else { return };
        if run != self.run {
            return;
        }
        self.is_running = false;
        let exercise = &course.sources.exercises[*index];
        if result.as_ref().is_ok_and(|attempt| attempt.passed()) {
            let kept = self.store.pass(&exercise.name, version);
            self.keep(kept);
        } else if answer != exercise.starter.text {
            let kept = self.store.start(&exercise.name);
            self.keep(kept);
        }
        self.result = Some((answer, result));
    }

    pub fn key(&mut self, key: Key) -> Option<Wish> {
        match key {
            Key::Interrupt => return Some(Wish::Quit),
            Key::Suspend => return Some(Wish::Suspend),
            _ => {}
        }
        match &self.view {
            View::List { .. } => return self.key_in_list(key),
            View::Reset => return self.key_in_reset(key),
            View::Task => {}
            View::Solution | View::Help | View::Done if key == Key::Escape => {
                self.show(View::Task);
                return None;
            }
            View::Solution | View::Help | View::Done => {}
        }
        match key {
            Key::Char('q') => Some(Wish::Quit),
            Key::Char('l') => {
                let chosen = self.at;
                self.show(View::List { filter: String::new(), is_typing: false, chosen });
                None
            }
            Key::Char('n') => self.next(),
            Key::Char('p') => {
                self.show(View::Task);
                self.asked = Some(Part::Task);
                None
            }
            Key::Char('?') => {
                self.show(if self.view == View::Help { View::Task } else { View::Help });
                None
            }
            Key::Enter if self.view != View::Task => {
                self.show(View::Task);
                None
            }
            _ => {
                let course = Arc::clone(&self.course);
                match course.exercise(self.at) {
                    Some(exercise) => self.key_in_exercise(key, exercise),
                    None => self.key_in_quiz(key),
                }
            }
        }
    }

    fn key_in_exercise(&mut self, key: Key, exercise: &Exercise) -> Option<Wish> {
        match key {
            Key::Char('h') => self.hint(exercise),
            Key::Char('s') => self.solution(exercise),
            Key::Char('x') => self.show(View::Reset),
            Key::Char('e' | 'o') => return Some(Wish::Edit(self.folder.answer(exercise))),
            Key::Char('r') => {
                self.notice = None;
                return self.run_again(exercise);
            }
            _ => self.move_by(key),
        }
        None
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.notice = None;
        self.asked = None;
        self.scroll = 0;
    }

    fn move_by(&mut self, key: Key) {
        let (lines, first) = self.body();
        let rows = self.body_rows();
        let last = lines.len().saturating_sub(rows);
        let step = match key {
            Key::Up | Key::Char('k') => -1,
            Key::Down | Key::Char('j') => 1,
            Key::PageUp | Key::Char('b') => 1 - rows as isize,
            Key::PageDown | Key::Char(' ') => rows as isize - 1,
            Key::Home | Key::Char('g') => isize::MIN / 2,
            Key::End | Key::Char('G') => isize::MAX / 2,
            _ => return,
        };
        self.asked = None;
        self.scroll = first.min(last).saturating_add_signed(step).min(last);
    }

    fn hint(&mut self, exercise: &Exercise) {
        let seen = self.store.hints(&exercise.name);
        let all = exercise.hints.len();
        self.show(View::Task);
        if seen < all {
            let kept = self.store.see_hint(&exercise.name);
            self.keep(kept);
        } else {
            let told = if all == 0 { "This exercise has no hints." } else { "There are no more hints." };
            self.notice = Some(told.to_owned());
        }
        self.asked = Some(Part::Hint);
    }

    fn next(&mut self) -> Option<Wish> {
        self.notice = None;
        match self.store.next(&self.course, self.at) {
            Some(at) if at == self.at => {
                let told = match self.course.exercise(at) {
                    Some(_) => "This is the only exercise that does not pass yet.",
                    None => "Only this quiz is left.",
                };
                self.notice = Some(told.to_owned());
                None
            }
            Some(at) => self.open(at),
            None => {
                self.show(View::Done);
                None
            }
        }
    }

    fn solution(&mut self, exercise: &Exercise) {
        match page::withheld(exercise, self.standing().is_passed(), self.is_tried(exercise)) {
            None => self.show(View::Solution),
            Some(told) => {
                self.show(View::Task);
                self.notice = Some(told);
            }
        }
    }

    /// An answer other than the starter has run.
    fn is_tried(&self, exercise: &Exercise) -> bool {
        let differs = |answer: &str| answer != exercise.starter.text;
        self.standing() != Standing::New || self.result.as_ref().is_some_and(|(answer, _)| differs(answer))
    }

    fn key_in_reset(&mut self, key: Key) -> Option<Wish> {
        self.show(View::Task);
        if !matches!(key, Key::Char('y' | 'Y')) {
            self.notice = Some("Nothing was reset.".to_owned());
            return None;
        }
        let course = Arc::clone(&self.course);
        let exercise = course.exercise(self.at)?;
        let done = self.folder.reset(exercise);
        self.notice = Some(match done {
            Ok(Some(copy)) => format!("The starter is back. Your answer is kept in {}", copy.display()),
            Ok(None) => "The starter is in its place.".to_owned(),
            Err(error) => format!("{error:#}"),
        });
        self.result = None;
        self.run_again(exercise)
    }

    fn key_in_list(&mut self, key: Key) -> Option<Wish> {
        let rows = self.body_rows();
        let View::List { filter, is_typing, chosen } = &mut self.view else { return None };
        let found = found(&self.course, filter);
        let last = found.len().saturating_sub(1);
        match key {
            Key::Up => *chosen = chosen.saturating_sub(1),
            Key::Down => *chosen = (*chosen + 1).min(last),
            Key::Char('k') if !*is_typing => *chosen = chosen.saturating_sub(1),
            Key::Char('j') if !*is_typing => *chosen = (*chosen + 1).min(last),
            Key::PageUp => *chosen = chosen.saturating_sub(rows),
            Key::PageDown => *chosen = (*chosen + rows).min(last),
            Key::Home => *chosen = 0,
            Key::End => *chosen = last,
            Key::Char('/') if !*is_typing => *is_typing = true,
            Key::Char(character) if filter.len() < 100 => {
                filter.push(character);
                (*is_typing, *chosen) = (true, 0);
            }
            Key::Backspace => {
                filter.pop();
                (*is_typing, *chosen) = (!filter.is_empty(), 0);
            }
            Key::Escape if *is_typing => {
                filter.clear();
                (*is_typing, *chosen) = (false, self.at);
            }
            Key::Escape => self.show(View::Task),
            Key::Enter => {
                let at = found.get(*chosen).copied()?;
                return self.open(at);
            }
            _ => {}
        }
        None
    }
}

/// Those whose title, name and chapter hold all words.
fn found(course: &Course, filter: &str) -> Vec<usize> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let holds = |at: &usize| {
        let chapter = course.tasks[*at].chapter.as_deref().unwrap_or_default();
        let text = format!("{} {} {chapter}", course.title(*at), course.name(*at)).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    (0..course.len()).filter(holds).collect()
}
