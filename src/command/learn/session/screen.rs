//! What a session shows: the lines of the screen, from its state alone.

use crate::book::exercise::Exercise;
use crate::command::learn::course::Kind;
use crate::command::learn::folder::{Answer, Folder};
use crate::command::learn::line::{Line, Page, Style, width};
use crate::command::learn::session::{Part, Session, View, found};
use crate::command::learn::{page, quiz};
use crate::report::learner::Standing;
use crate::verify::quiz::asked::Asked;

impl Session {
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

    pub(super) fn body_rows(&self) -> usize {
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
            View::Task if self.course.quiz(self.at).is_some() => {
                vec!["? help", "q quit", "1-9 answer", "n next", "l list", "s reasons"]
            }
            View::Task => {
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
    pub(super) fn body(&self) -> (Vec<Line>, usize) {
        let mut page = Page::new(self.size.0);
        let mut first = self.scroll;
        match &self.view {
            View::Task => {
                let asked = match self.course.exercise(self.at) {
                    Some(exercise) => self.exercise_page(&mut page, exercise),
                    None => self.quiz_page(&mut page),
                };
                first = asked.unwrap_or(first);
            }
            View::List { filter, is_typing, chosen } => {
                first = self.list_page(&mut page, filter, *is_typing, *chosen);
            }
            View::Solution => self.solution_page(&mut page),
            View::Help => help(&mut page, &self.folder, self.has_quizzes()),
            View::Reset => self.reset_page(&mut page),
            View::Done => self.done_page(&mut page),
        }
        (page.lines, first)
    }

    fn notice_on(&self, page: &mut Page) {
        if let Some(notice) = &self.notice {
            page.blank();
            page.text(Style::Note, notice);
        }
    }

    /// Gives the line where the part begins that was asked for.
    fn quiz_page(&self, page: &mut Page) -> Option<usize> {
        page::title(page, &self.course, self.at, self.standing());
        self.notice_on(page);
        match self.quizzes.get(&self.at) {
            None => {
                page.blank();
                page.text(Style::Faint, "Running the code…");
            }
            Some(Err(why)) => {
                page.blank();
                page.text(Style::Bad, why);
                page.text(Style::Plain, "Press r to try again, n to go on.");
            }
            Some(Ok(asked)) => {
                quiz::question(page, asked, &self.tried);
                match self.tried.last() {
                    Some(chosen) => quiz::verdict(page, &asked.quiz, *chosen),
                    None if self.standing().is_passed() => {
                        page.blank();
                        page.text(Style::Good, "You have answered this.");
                    }
                    None => {}
                }
                page.blank();
                page.text(Style::Strong, &self.what_next(asked));
            }
        }
        match self.asked {
            // It is the end.
            Some(Part::Verdict) => Some(page.lines.len()),
            Some(Part::Task) => Some(0),
            Some(Part::Hint) | None => None,
        }
    }

    fn what_next(&self, asked: &Asked) -> String {
        let numbers = quiz::numbers(&asked.quiz);
        let is_right = self.tried.last().is_some_and(|&chosen| asked.quiz.options[chosen].right);
        match self.store.next(&self.course, self.at) {
            _ if !is_right && !self.tried.is_empty() => {
                format!("Press {numbers} to try again, s for the answer with all reasons.")
            }
            _ if !is_right => format!("Press {numbers}."),
            Some(_) => "Press n to go on, s for all reasons.".to_owned(),
            None => "That was the last one. Press n, or s for all reasons.".to_owned(),
        }
    }

    fn solution_page(&self, page: &mut Page) {
        match (self.course.exercise(self.at), self.quizzes.get(&self.at)) {
            (Some(exercise), _) => page::solution(page, exercise),
            (None, Some(Ok(asked))) => quiz::answer(page, &asked.quiz),
            (None, _) => {}
        }
    }

    /// Gives the line where the part begins that was asked for.
    fn exercise_page(&self, page: &mut Page, exercise: &Exercise) -> Option<usize> {
        page::title(page, &self.course, self.at, self.standing());
        page::files(page, exercise, &self.folder);
        self.notice_on(page);
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
            self.outcome(page, exercise);
        } else {
            self.outcome(page, exercise);
            hint = page::hints(page, exercise, seen);
            page.blank();
            task = page.lines.len();
            page.text(Style::Faint, "The task:");
            page::prompt(page, exercise);
        }
        match self.asked {
            Some(Part::Hint) => hint,
            Some(Part::Task) => Some(task),
            Some(Part::Verdict) | None => None,
        }
    }

    /// What is known of the answer, and what to do next.
    fn outcome(&self, page: &mut Page, exercise: &Exercise) {
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
            page.row(Style::Strong, if self.has_quizzes() { "Exercises and quizzes" } else { "Exercises" });
        }
        page.blank();
        if found.is_empty() {
            let told = if self.has_quizzes() { "Nothing has" } else { "No exercise has" };
            page.text(Style::Plain, &format!("{told} these words in its title, name or chapter."));
        }
        let mut line = 0;
        let mut chapter = None;
        for (at, &task) in found.iter().enumerate() {
            let own = &self.course.tasks[task].chapter;
            if chapter != Some(own) {
                chapter = Some(own);
                page.row(Style::Faint, own.as_deref().unwrap_or("In no chapter"));
            }
            let row = page::row(&self.course, &self.store, task, page.width().saturating_sub(2));
            let standing = self.store.standing(&self.course, task);
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
        page.text(Style::Strong, "Begin again with the starter?");
        page.blank();
        if let Some(exercise) = self.course.exercise(self.at) {
            page.code(Style::Plain, "", &self.folder.shown_answer(exercise));
        }
        page.text(Style::Plain, "A copy of your answer is kept beside it, and so is your progress.");
        page.blank();
        page.text(Style::Strong, "Press y to reset, any other key to go on.");
    }

    fn has_quizzes(&self) -> bool {
        self.course.tasks.iter().any(|task| matches!(task.kind, Kind::Quiz(_)))
    }

    fn done_page(&self, page: &mut Page) {
        let all = self.course.len();
        let told = match (all, self.has_quizzes()) {
            (_, true) => format!("{}: all passed.", page::counts(&self.course)),
            (1, false) => "The exercise passes.".into(),
            (_, false) => format!("All {all} exercises pass."),
        };
        page.text(Style::Good, &told);
        page.blank();
        page.text(Style::Strong, &format!("You have worked through “{}”.", self.course.key));
        page.blank();
        page.text(Style::Plain, "Your answers and your progress stay in");
        page.code(Style::Plain, "", &self.folder.shown());
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

fn help(page: &mut Page, folder: &Folder, has_quizzes: bool) {
    page.text(Style::Strong, "How this works");
    page.blank();
    page.text(
        Style::Plain,
        "Each exercise has a file for your answer. Open it in your editor, write, save: it is run at each save, and \
         the first test that fails is shown first.",
    );
    if has_quizzes {
        page.blank();
        page.text(
            Style::Plain,
            "A quiz asks what comes of a piece of code. Press the number of an option, and again if it was not that \
             one; s then shows why each is right or wrong.",
        );
    }
    page.blank();
    for (key, what) in [
        ("h", "one more hint"),
        ("n", "the next one that does not pass yet"),
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
    page.code(Style::Faint, "", &folder.shown());
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
