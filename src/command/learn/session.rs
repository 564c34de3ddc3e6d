//! A session at a terminal: what is shown, and what a key, a save or the end of a run changes in it. It draws nothing
//! itself: [`Session::screen`] gives the lines.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::book::exercise::Exercise;
use crate::command::learn::course::Course;
use crate::command::learn::folder::{Answer, Folder};
use crate::command::learn::line::{Line, Page, Style, width};
use crate::command::learn::page;
use crate::command::learn::progress::Store;
use crate::command::learn::terminal::Key;
use crate::report::learner::Standing;
use crate::verify::exercise::attempt::Attempt;

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
    result: Option<(String, io::Result<Attempt>)>,
    /// Runs are numbered, so that only the last one counts.
    run: u64,
    is_running: bool,
    scroll: usize,
    notice: Option<String>,
    /// Scrolling shows what was asked for, not the top.
    asked: Option<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum View {
    Exercise,
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
}

/// What the caller has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    Run { run: u64, at: usize, answer: String },
    Edit(PathBuf),
    Suspend,
    Quit,
}

impl Session {
    /// Begins with the exercise `at`.
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
            view: View::Exercise,
            answer: Answer::Missing,
            result: None,
            run: 0,
            is_running: false,
            scroll: 0,
            notice: None,
            asked: None,
        }
    }

    pub fn notice(&mut self, notice: String) {
        self.notice = Some(notice);
    }

    pub fn resize(&mut self, size: (usize, usize)) {
        self.size = size;
    }

    pub fn progress(&self) -> (usize, usize) {
        (self.store.passed(&self.course), self.course.len())
    }

    fn exercise(&self) -> &Exercise {
        self.course.exercise(self.at)
    }

    fn standing(&self) -> Standing {
        self.store.standing(&self.course, self.at)
    }

    /// Goes to an exercise and runs its answer.
    pub fn open(&mut self, at: usize) -> Option<Wish> {
        self.at = at;
        self.view = View::Exercise;
        self.result = None;
        self.asked = None;
        self.scroll = 0;
        if let Err(error) = self.folder.prepare(self.course.exercise(at)) {
            self.notice = Some(format!("{error:#}"));
        }
        let kept = self.store.set_current(&self.course.exercise(at).name);
        self.keep(kept);
        self.answer = self.folder.read(self.course.exercise(at));
        self.start()
    }

    fn start(&mut self) -> Option<Wish> {
        self.run += 1;
        let Answer::Text(answer) = &self.answer else {
            self.is_running = false;
            self.result = None;
            return None;
        };
        self.is_running = true;
        Some(Wish::Run { run: self.run, at: self.at, answer: answer.clone() })
    }

    /// Progress that can't be written is told once.
    fn keep(&mut self, kept: anyhow::Result<()>) {
        match kept {
            Ok(()) => self.store.failed = false,
            Err(_) if self.store.failed => {}
            Err(error) => {
                self.store.failed = true;
                self.notice = Some(format!("{error:#}"));
            }
        }
    }

    /// Something in the folder may have changed.
    pub fn look(&mut self) -> Option<Wish> {
        let answer = self.folder.read(self.exercise());
        if answer == self.answer {
            return None;
        }
        self.answer = answer;
        self.notice = None;
        self.asked = None;
        self.scroll = 0;
        if matches!(self.view, View::Solution | View::Help | View::Done | View::Reset) {
            self.view = View::Exercise;
        }
        self.start()
    }

    /// A run has ended.
    pub fn ran(&mut self, run: u64, answer: String, result: io::Result<Attempt>) {
        if run != self.run {
            return;
        }
        self.is_running = false;
        let name = self.exercise().name.clone();
        if result.as_ref().is_ok_and(Attempt::passed) {
            let kept = self.store.pass(&name, &self.course.exercises[self.at].version);
            self.keep(kept);
        } else if answer != self.exercise().starter.text {
            let kept = self.store.start(&name);
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
            View::Exercise => {}
            View::Solution | View::Help | View::Done if key == Key::Escape => {
                self.show(View::Exercise);
                return None;
            }
            View::Solution | View::Help | View::Done => {}
        }
        match key {
            Key::Char('q') => return Some(Wish::Quit),
            Key::Char('h') => self.hint(),
            Key::Char('l') => {
                let chosen = self.at;
                self.show(View::List { filter: String::new(), is_typing: false, chosen });
            }
            Key::Char('n') => return self.next(),
            Key::Char('s') => self.solution(),
            Key::Char('x') => self.show(View::Reset),
            Key::Char('e' | 'o') => return Some(Wish::Edit(self.folder.answer(self.exercise()))),
            Key::Char('r') => {
                self.notice = None;
                self.answer = self.folder.read(self.exercise());
                return self.start();
            }
            Key::Char('p') => {
                self.show(View::Exercise);
                self.asked = Some(Part::Task);
            }
            Key::Char('?') => self.show(if self.view == View::Help { View::Exercise } else { View::Help }),
            Key::Enter if self.view != View::Exercise => self.show(View::Exercise),
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

    fn hint(&mut self) {
        let seen = self.store.hints(&self.exercise().name);
        let all = self.exercise().hints.len();
        self.show(View::Exercise);
        if seen < all {
            let name = self.exercise().name.clone();
            let kept = self.store.see_hint(&name);
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
                self.notice = Some("This is the only exercise that does not pass yet.".to_owned());
                None
            }
            Some(at) => self.open(at),
            None => {
                self.show(View::Done);
                None
            }
        }
    }

    fn solution(&mut self) {
        match page::withheld(self.exercise(), self.standing().is_passed(), self.is_tried()) {
            None => self.show(View::Solution),
            Some(told) => {
                self.show(View::Exercise);
                self.notice = Some(told);
            }
        }
    }

    /// An answer other than the starter has run.
    fn is_tried(&self) -> bool {
        let differs = |answer: &str| answer != self.exercise().starter.text;
        self.standing() != Standing::New || self.result.as_ref().is_some_and(|(answer, _)| differs(answer))
    }

    fn key_in_reset(&mut self, key: Key) -> Option<Wish> {
        self.show(View::Exercise);
        if !matches!(key, Key::Char('y' | 'Y' | 'x') | Key::Enter) {
            self.notice = Some("Nothing was reset.".to_owned());
            return None;
        }
        let done = self.folder.reset(self.exercise());
        self.answer = self.folder.read(self.exercise());
        self.notice = Some(match done {
            Ok(Some(copy)) => format!("The starter is back. Your answer is kept in {}", copy.display()),
            Ok(None) => "The starter is in its place.".to_owned(),
            Err(error) => format!("{error:#}"),
        });
        self.result = None;
        self.start()
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
            Key::Escape => self.show(View::Exercise),
            Key::Enter => {
                let at = found.get(*chosen).copied()?;
                return self.open(at);
            }
            _ => {}
        }
        None
    }

    /// The whole screen: what can be scrolled, and below it the progress and the keys.
    pub fn screen(&self) -> Vec<Line> {
        let (columns, rows) = self.size;
        let footer = self.footer();
        let room = self.body_rows();
        let (lines, first) = self.body();
        let first = first.min(lines.len().saturating_sub(room));
        let below = lines.len().saturating_sub(first + room);
        let mut screen: Vec<Line> = lines.into_iter().skip(first).take(room).collect();
        if rows > footer.len() {
            screen.resize(rows - footer.len(), Line { style: Style::Plain, text: String::new() });
        }
        screen.extend(footer);
        if below > 0 && rows > 3 {
            let at = screen.len() - 2;
            let told = format!("{} · ↓ {below} more", screen[at].text);
            if width(&told) <= columns {
                screen[at].text = told;
            }
        }
        screen.truncate(rows);
        screen
    }

    fn body_rows(&self) -> usize {
        let rows = self.size.1;
        // On a low screen the text has the room.
        match rows {
            0..=2 => rows.max(1),
            3..=6 => rows - 1,
            _ => rows - 3,
        }
    }

    fn footer(&self) -> Vec<Line> {
        let (columns, rows) = self.size;
        let mut page = Page::new(columns);
        if rows > 6 {
            page.lines.push(Line { style: Style::Plain, text: String::new() });
            let (passed, all) = self.progress();
            let running = if self.is_running { " · running" } else { "" };
            let bar = page::progress_bar(passed, all, columns.saturating_sub(width(running)));
            page.row(Style::Good, &format!("{bar}{running}"));
        }
        if rows > 2 {
            page.row(Style::Faint, &keys(&self.keys(), columns));
        }
        page.lines
    }

    /// From what matters most.
    fn keys(&self) -> Vec<&'static str> {
        match &self.view {
            View::List { .. } => vec!["Enter open", "Esc back", "↑↓ choose", "type to search"],
            View::Reset => vec!["y yes", "any other key: no"],
            View::Solution | View::Help | View::Done => vec!["Esc back", "q quit", "n next", "l list"],
            View::Exercise => {
                let mut keys = vec!["? help", "q quit", "h hint", "n next", "l list", "s solution"];
                if self.standing().is_passed() {
                    keys = vec!["? help", "q quit", "n next", "s solution", "l list", "h hint"];
                }
                keys.extend(["e edit", "p task", "x reset"]);
                keys
            }
        }
    }

    /// All lines above the footer, and the first that is wanted.
    fn body(&self) -> (Vec<Line>, usize) {
        let mut page = Page::new(self.size.0);
        let mut first = self.scroll;
        match &self.view {
            View::Exercise => {
                let (hint, task) = self.exercise_page(&mut page);
                let asked = match self.asked {
                    Some(Part::Hint) => hint,
                    Some(Part::Task) => Some(task),
                    None => None,
                };
                first = asked.unwrap_or(first);
            }
            View::List { filter, is_typing, chosen } => {
                first = self.list_page(&mut page, filter, *is_typing, *chosen);
            }
            View::Solution => page::solution(&mut page, self.exercise()),
            View::Help => help(&mut page, &self.folder),
            View::Reset => self.reset_page(&mut page),
            View::Done => self.done_page(&mut page),
        }
        (page.lines, first)
    }

    /// Gives the lines where the last hint and the task begin.
    fn exercise_page(&self, page: &mut Page) -> (Option<usize>, usize) {
        let exercise = self.exercise();
        page::title(page, &self.course, self.at, self.standing());
        page.code(Style::Faint, "", &format!("Your answer: {}", self.folder.answer(exercise).display()));
        if let Some(notice) = &self.notice {
            page.blank();
            page.text(Style::Note, notice);
        }
        let seen = self.store.hints(&exercise.name);
        let is_untouched = matches!(&self.answer, Answer::Text(answer) if *answer == exercise.starter.text);
        let (hint, task);
        if is_untouched {
            task = page.lines.len();
            page::prompt(page, exercise);
            hint = page::hints(page, exercise, seen);
            page.blank();
            let what = if self.standing().is_passed() { "once more " } else { "" };
            let told =
                format!("Write your answer {what}into this file and save it: each save is checked at once.");
            page.text(Style::Strong, &told);
            self.outcome(page);
        } else {
            self.outcome(page);
            hint = page::hints(page, exercise, seen);
            page.blank();
            task = page.lines.len();
            page.text(Style::Faint, "The task:");
            page::prompt(page, exercise);
        }
        (hint, task)
    }

    /// What is known of the answer, and what to do next.
    fn outcome(&self, page: &mut Page) {
        let exercise = self.exercise();
        page.blank();
        match (&self.answer, &self.result) {
            (Answer::Missing, _) => {
                page.text(Style::Bad, "Your answer's file is not there.");
                page.text(Style::Plain, "Press x to make it again from the starter, or put it back.");
            }
            (Answer::Unreadable(why), _) => {
                page.text(Style::Bad, &format!("Your answer can't be read: {why}."));
                page.text(Style::Plain, "It is looked at again when you save it.");
            }
            (Answer::Text(_), None) => page.text(Style::Faint, "Running your answer…"),
            (Answer::Text(_), Some((_, Err(error)))) => {
                page.text(Style::Bad, &format!("The answer can't be run: {error}"));
            }
            (Answer::Text(_), Some((answer, Ok(attempt)))) => {
                page::result(page, exercise, answer, attempt);
                if attempt.passed() {
                    page.blank();
                    let next = match self.store.next(&self.course, self.at) {
                        Some(_) => "Press n for the next exercise, s for the author's solution.",
                        None => "That was the last one. Press n, or s for the author's solution.",
                    };
                    page.text(Style::Strong, next);
                }
            }
        }
    }

    fn list_page(&self, page: &mut Page, filter: &str, is_typing: bool, chosen: usize) -> usize {
        let found = found(&self.course, filter);
        if is_typing {
            page.row(Style::Strong, &format!("Search: {filter}_"));
        } else {
            page.row(Style::Strong, "Exercises");
        }
        page.blank();
        if found.is_empty() {
            page.text(Style::Plain, "No exercise has these words in its title, name or chapter.");
        }
        let mut line = 0;
        let mut chapter = None;
        for (at, &exercise) in found.iter().enumerate() {
            let own = &self.course.exercises[exercise].chapter;
            if chapter != Some(own) {
                chapter = Some(own);
                page.row(Style::Faint, own.as_deref().unwrap_or("In no chapter"));
            }
            let row = page::row(&self.course, &self.store, exercise, page.width().saturating_sub(2));
            let standing = self.store.standing(&self.course, exercise);
            if at == chosen {
                line = page.lines.len();
                page.row(Style::Chosen, &format!("> {row}"));
            } else {
                page.row(if standing.is_passed() { Style::Good } else { Style::Plain }, &format!("  {row}"));
            }
        }
        page.blank();
        page.text(Style::Faint, "✓ passed   ↻ passed an earlier version   · started");
        if let Some(told) = page::gone(&self.course, &self.store) {
            page.text(Style::Faint, &told);
        }
        // The chosen one in the middle.
        line.saturating_sub(self.body_rows() / 2)
    }

    fn reset_page(&self, page: &mut Page) {
        let path = self.folder.answer(self.exercise());
        page.text(Style::Strong, "Begin again with the starter?");
        page.blank();
        page.code(Style::Plain, "", &path.display().to_string());
        page.text(Style::Plain, "A copy of your answer is kept beside it, and so is your progress.");
        page.blank();
        page.text(Style::Strong, "Press y to reset, any other key to go on.");
    }

    fn done_page(&self, page: &mut Page) {
        let all = self.course.len();
        let told =
            if all == 1 { "The exercise passes.".into() } else { format!("All {all} exercises pass.") };
        page.text(Style::Good, &told);
        page.blank();
        page.text(Style::Strong, &format!("You have worked through “{}”.", self.course.key));
        page.blank();
        page.text(Style::Plain, "Your answers and your progress stay in");
        page.code(Style::Plain, "", &self.folder.root.display().to_string());
        let earlier =
            (0..all).filter(|&at| self.store.standing(&self.course, at) == Standing::PassedEarlier).count();
        if earlier > 0 {
            page.blank();
            page.text(
                Style::Note,
                &format!("{earlier} passed in an earlier version: the list marks them with ↻."),
            );
        }
        page.blank();
        page.text(Style::Plain, "Press l for the list to go back to any of them, q to quit.");
    }
}

/// Those whose title, name and chapter hold all words.
fn found(course: &Course, filter: &str) -> Vec<usize> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let holds = |at: &usize| {
        let exercise = course.exercise(*at);
        let chapter = course.exercises[*at].chapter.as_deref().unwrap_or_default();
        let text = format!("{} {} {chapter}", exercise.title, exercise.name).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    (0..course.len()).filter(holds).collect()
}

/// As many keys as fit, the first two at the end.
fn keys(keys: &[&str], room: usize) -> String {
    let first = keys.len().min(2);
    let (last, more) = keys.split_at(first);
    let mut shown: Vec<&str> = last.to_vec();
    for (at, key) in more.iter().enumerate() {
        let mut longer = shown.clone();
        longer.insert(at, key);
        if width(&longer.join(" · ")) > room {
            break;
        }
        shown = longer;
    }
    shown.join(" · ")
}

fn help(page: &mut Page, folder: &Folder) {
    page.text(Style::Strong, "How this works");
    page.blank();
    page.text(
        Style::Plain,
        "Each exercise has a file for your answer. Open it in your editor, write, save: it is run at each save, and \
         the first test that fails is shown first.",
    );
    page.blank();
    for (key, what) in [
        ("h", "one more hint"),
        ("n", "the next exercise that does not pass yet"),
        ("l", "the list: type to search, Enter opens"),
        ("p", "the task"),
        ("s", "the author's solution, once your answer passes"),
        ("e, o", "open the answer in your editor ($VISUAL, $EDITOR, or --editor COMMAND)"),
        ("r", "run the answer again"),
        ("x", "begin again with the starter; a copy of your answer is kept"),
        ("↑ ↓", "scroll; also j, k, Space, b, g, G"),
        ("q", "quit; you go on here next time"),
    ] {
        page.item(Style::Plain, &format!("  {key:<5} "), what);
    }
    page.blank();
    page.text(Style::Faint, "Your answers and galley-progress.json are in");
    page.code(Style::Faint, "", &folder.root.display().to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_important_keys_are_there_on_any_screen() {
        let all = ["? help", "q quit", "h hint", "n next"];
        assert_eq!(keys(&all, 80), "h hint · n next · ? help · q quit");
        assert_eq!(keys(&all, 26), "h hint · ? help · q quit");
        assert_eq!(keys(&all, 10), "? help · q quit");
    }
}
