//! A quiz in a session: it is asked when it is opened, and a digit answers it.

use std::io;

use crate::command::learn::quiz;
use crate::command::learn::session::{Part, Session, View, Wish};
use crate::command::learn::terminal::Key;
use crate::report::learner::Standing;
use crate::verify::quiz::asked::Asked;

impl Session {
    pub(super) fn ask(&mut self) -> Option<Wish> {
        // A run that goes on is another one's.
        self.run = 0;
        self.is_running = !self.quizzes.contains_key(&self.at);
        (self.is_running && self.asking.insert(self.at)).then_some(Wish::Ask(self.at))
    }

    /// It is known what a quiz asks.
    pub fn asked(&mut self, at: usize, asked: io::Result<Option<Asked>>) {
        self.asking.remove(&at);
        self.quizzes.insert(at, quiz::fit(asked));
        if at == self.at {
            self.is_running = false;
        }
    }

    pub(super) fn key_in_quiz(&mut self, key: Key) -> Option<Wish> {
        match key {
            Key::Char(digit @ '1'..='9') => self.choose(digit as usize - '1' as usize),
            Key::Char('s') => self.answer(),
            Key::Char('r') => {
                self.show(View::Task);
                self.quizzes.remove(&self.at);
                self.tried.clear();
                return self.ask();
            }
            Key::Char('h') => self.tell("A quiz has no hints: press the number of an option."),
            Key::Char('e' | 'o' | 'x') => self.tell("A quiz has no file: press the number of an option."),
            _ => self.move_by(key),
        }
        None
    }

    fn tell(&mut self, notice: &str) {
        self.show(View::Task);
        self.notice = Some(notice.to_owned());
    }

    /// An option, from 0.
    fn choose(&mut self, chosen: usize) {
        let Some(Ok(asked)) = self.quizzes.get(&self.at) else { return };
        let Some(choice) = asked.quiz.options.get(chosen) else {
            let told = format!("There is no option {}: press {}.", chosen + 1, quiz::numbers(&asked.quiz));
            return self.tell(&told);
        };
        let is_right = choice.right;
        self.show(View::Task);
        self.asked = Some(Part::Verdict);
        self.tried.retain(|tried| *tried != chosen);
        self.tried.push(chosen);
        let Some(quiz) = self.course.quiz(self.at) else { return };
        let kept = self.store.answer_quiz(&quiz.placed.key, is_right);
        self.keep(kept);
    }

    /// Shows all reasons, as the page does after the first try.
    fn answer(&mut self) {
        let is_known = matches!(self.quizzes.get(&self.at), Some(Ok(_)));
        match self.standing() {
            Standing::New => self.tell(quiz::WITHHELD),
            _ if is_known => self.show(View::Solution),
            _ => {}
        }
    }
}
