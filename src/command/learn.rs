//! `learn`: a book's exercises and quizzes in the terminal. A learner writes answers in a folder of their own; each save is
//! run and what came of it is shown, until all pass. In a pipe it is one run, or one question, with an exit code.

mod course;
mod editor;
mod folder;
mod line;
mod page;
mod progress;
mod quiz;
mod runner;
mod session;
mod terminal;
mod text;
mod watch;

use std::env;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use clap::{Args, ValueEnum};

use crate::book::exercise::Exercise;
use crate::command::learn::course::{Course, Kind, Quiz};
use crate::command::learn::editor::Editor;
use crate::command::learn::folder::{Answer, Folder};
use crate::command::learn::line::{Line, Page, Style};
use crate::command::learn::progress::Store;
use crate::command::learn::runner::Runner;
use crate::command::learn::session::{Session, Wish};
use crate::command::learn::terminal::{Terminal, Told};
use crate::command::{check, exit_code};
use crate::engine::pool;
use crate::report::collect;
use crate::report::human::plural;
use crate::report::learner::Standing;
use crate::verify::exercise::attempt::Attempt;
use crate::verify::quiz::asked::Asked;

#[derive(Args, Debug)]
pub struct Options {
    /// A book's folder, the name of an exercise or a quiz, an exercise's folder, or the folder with your answers [default:
    /// what is here]
    #[arg(value_name = "DIR|EXERCISE")]
    target: Option<PathBuf>,
    /// Begin with this exercise or quiz
    #[arg(long, value_name = "NAME")]
    exercise: Option<String>,
    /// Where your answers and your progress are kept [default: BOOK-answers beside the book]
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// Run the answer once and print what came of it, or print the quiz, as in a pipe: 0 it passes, 1 it does not
    #[arg(long)]
    plain: bool,
    /// How that is printed
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Choose this option of the quiz, by its number, and print what is said of it: 0 it is right, 1 it is not
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["list", "hint", "solution", "format", "import"])]
    answer: Option<usize>,
    /// Print the exercises and quizzes with your progress
    #[arg(long, conflicts_with_all = ["format", "hint", "solution"])]
    list: bool,
    /// Print one more hint of the exercise
    #[arg(long, conflicts_with_all = ["format", "solution"])]
    hint: bool,
    /// Print the author's solution, once your answer passes; the reasons of a quiz, once you have tried
    #[arg(long, conflicts_with = "format")]
    solution: bool,
    /// Take in the progress and the answers of a file that a browser has exported
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "hint", "solution", "format", "plain"])]
    import: Option<PathBuf>,
    /// The editor that `e` opens your answer in, e.g. code [default: $VISUAL, or $EDITOR]
    #[arg(long, value_name = "COMMAND")]
    editor: Option<String>,
    /// Run nothing unless the operating system's sandbox holds (Linux: Landlock and seccomp)
    #[arg(long)]
    require_sandbox: bool,
    /// Print the JSON schema of galley-progress.json
    #[arg(long, exclusive = true)]
    progress_schema: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
enum Format {
    /// For people
    Human,
    /// The record of the run, as in the report of `check`
    Json,
}

/// How long nothing has to be told before the answer is looked at anyway: not every file system tells of changes.
const LOOK: Duration = Duration::from_millis(1000);

/// 0 when the answer passes or the session was quit, 1 when it does not pass, 2 when there is nothing to learn from.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if options.progress_schema {
        check::write_out(&crate::report::learner::schema())?;
        return Ok(ExitCode::SUCCESS);
    }
    let meant = course::meant(options.target.as_deref())?;
    let course = Arc::new(Course::read(&meant.book)?);
    let wanted = match options.exercise.as_ref() {
        Some(name) => Some(course.find(name)?),
        // Where the command runs may lie below the learner's folder in a folder of their own.
        None if options.target.is_none() => meant.exercise.as_ref().and_then(|name| course.position(name)),
        None => meant.exercise.as_ref().map(|name| course.find(name)).transpose()?,
    };
    let folder = Folder::choose(options.into.as_deref().or(meant.folder.as_deref()), &course)?;
    let (mut store, told) = Store::open(&folder.root, &course)?;
    let at = wanted.unwrap_or_else(|| store.resume(&course));
    if options.list {
        told.iter().for_each(|told| eprintln!("{}", line::clean(told)));
        let mut page = Page::new(NO_WRAP);
        page::list(&mut page, &course, &store);
        check::write_out(&line::print(&page.lines, has_color()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let imported = options.import.as_ref().map(|file| store.import(file, &course)).transpose()?;
    let notices: Vec<String> = prepare(&course, &folder, &mut store)?.into_iter().chain(told).collect();
    if let Some((exercises, quizzes)) = imported {
        notices.iter().for_each(|told| eprintln!("{}", line::clean(told)));
        let (passed, all) = (store.passed(&course), course.len());
        let mut taken = plural(exercises, "exercise");
        if quizzes > 0 {
            taken.push_str(&format!(" and {}", page::plural_of_quiz(quizzes)));
        }
        check::write_out(&format!("{taken} taken in. {passed} of {all} passed.\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut pool = pool::Options::here().context("can't find this program's own binary")?;
    pool.require_sandbox = options.require_sandbox;
    let learner = Learner { runner: Runner::new(&course, pool), course, folder, store };
    let asks = options.hint || options.solution || options.answer.is_some();
    let once = options.plain || options.format.is_some() || asks;
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb();
    if once || !is_terminal {
        notices.iter().for_each(|told| eprintln!("{}", line::clean(told)));
        return learner.once(at, options);
    }
    learner.session(at, notices, options)
}

/// Makes what is missing in the learner's folder; gives what the learner should be told of it.
fn prepare(course: &Course, folder: &Folder, store: &mut Store) -> anyhow::Result<Vec<String>> {
    let mut told = Vec::new();
    if !folder.exists() {
        told.push(format!("Made {}: your answers and your progress are kept there.", folder.shown()));
    }
    for (old, exercise) in store.renamed(course) {
        let name = &exercise.name;
        folder.adopt(&old, exercise)?;
        store.adopt(&old, name)?;
        told.push(format!(
            "The exercise `{old}` is called `{name}` now: your answer and your progress came along."
        ));
    }
    for exercise in course.exercises() {
        if folder.prepare(exercise, store.answer(&exercise.name))? {
            store.drop_answer(&exercise.name)?;
        }
    }
    Ok(told)
}

/// In a pipe lines are as long as they are.
const NO_WRAP: usize = 10_000;

struct Learner {
    runner: Runner,
    course: Arc<Course>,
    folder: Folder,
    store: Store,
}

impl Learner {
    /// Prints what was asked for, which is what came of the answer, if nothing else is.
    fn once(mut self, at: usize, options: &Options) -> anyhow::Result<ExitCode> {
        self.store.set_current(self.course.mark(at))?;
        self.store.told.take().iter().for_each(|told| eprintln!("{}", line::clean(told)));
        let course = Arc::clone(&self.course);
        match &course.tasks[at].kind {
            Kind::Exercise { index, version } => self.exercise_once(at, *index, version, options),
            Kind::Quiz(quiz) => self.quiz_once(at, quiz, options),
        }
    }

    fn exercise_once(
        mut self,
        at: usize,
        index: usize,
        version: &str,
        options: &Options,
    ) -> anyhow::Result<ExitCode> {
        let exercise = &self.course.sources.exercises[index];
        let name = exercise.name.as_str();
        if options.answer.is_some() {
            bail!("`--answer` chooses an option of a quiz, and {name} is an exercise: write into its file");
        }
        let mut page = Page::new(NO_WRAP);
        if options.hint {
            let seen = self.store.hints(name);
            let is_left = seen < exercise.hints.len();
            if is_left {
                self.store.see_hint(name)?;
            }
            page::hints(&mut page, exercise, seen + 1);
            if !is_left {
                page.blank();
                let told = if seen == 0 { "This exercise has no hints." } else { "There are no more hints." };
                page.text(Style::Note, told);
            }
            check::write_out(&line::print(&page.lines, has_color()))?;
            return Ok(ExitCode::SUCCESS);
        }
        let path = self.folder.answer(exercise);
        let answer = match self.folder.read(exercise) {
            Answer::Text(answer) => answer,
            Answer::Missing => bail!("{} is not there", path.display()),
            Answer::Unreadable(why) => bail!("{} can't be read: {why}", path.display()),
        };
        let attempt = self.runner.run(index, &answer).context("the answer can't be run")?;
        let is_untouched = answer == exercise.starter.text;
        if attempt.passed() {
            self.store.pass(name, version)?;
        } else if !is_untouched {
            self.store.start(name)?;
        }
        if options.solution {
            let passed = self.store.standing(&self.course, at).is_passed();
            if let Some(told) = page::withheld(exercise, passed, !is_untouched) {
                check::write_out(&format!("{told}\n"))?;
                return Ok(exit_code(false));
            }
            page::solution(&mut page, exercise);
        } else if options.format == Some(Format::Json) {
            let mut text = serde_json::to_string_pretty(&collect::record(name, &attempt))?;
            text.push('\n');
            check::write_out(&text)?;
            return Ok(exit_code(attempt.passed()));
        } else {
            self.told(&mut page, at, exercise, &answer, &attempt);
        }
        check::write_out(&line::print(&page.lines, has_color()))?;
        Ok(exit_code(options.solution || attempt.passed()))
    }

    fn told(&self, page: &mut Page, at: usize, exercise: &Exercise, answer: &str, attempt: &Attempt) {
        page::title(page, &self.course, at, self.store.standing(&self.course, at));
        page::files(page, exercise, &self.folder);
        if answer == exercise.starter.text {
            page::prompt(page, exercise);
            page.blank();
            page.text(
                Style::Strong,
                "This is still the starter: write your answer into this file and run this again.",
            );
        }
        page::result(page, exercise, answer, attempt);
        self.told_progress(page, at, attempt.passed());
    }

    fn told_progress(&self, page: &mut Page, at: usize, passed: bool) {
        page.blank();
        let (count, all) = (self.store.passed(&self.course), self.course.len());
        page.text(Style::Plain, &format!("{count} of {all} passed."));
        if passed && let Some(next) = self.store.next(&self.course, at) {
            let name = self.course.name(next);
            page.text(Style::Strong, &format!("Next: {name} (mdbook-galley learn --exercise {name})"));
        }
    }

    /// Prints a quiz; with an answer, what is said of it too.
    fn quiz_once(mut self, at: usize, quiz: &Quiz, options: &Options) -> anyhow::Result<ExitCode> {
        if options.format == Some(Format::Json) || options.hint {
            let option = if options.hint { "--hint" } else { "--format json" };
            bail!("`{option}` is about an exercise, and {} is a quiz", quiz.name);
        }
        let standing = self.store.standing(&self.course, at);
        if options.solution && standing == Standing::New {
            check::write_out(&format!("{}\n", quiz::WITHHELD))?;
            return Ok(exit_code(false));
        }
        let asked = quiz::fit(self.runner.ask(quiz)).map_err(|why| anyhow!("{}: {why}", quiz.name))?;
        let chosen = options.answer.map(|number| number.wrapping_sub(1));
        let choice = chosen.map(|chosen| asked.quiz.options.get(chosen));
        if choice == Some(None) {
            bail!("there is no such option: choose {}", quiz::numbers(&asked.quiz));
        }
        let is_right = choice.flatten().map(|choice| choice.right);
        if let Some(is_right) = is_right {
            self.store.answer_quiz(&quiz.placed.key, is_right)?;
        }
        let passed = is_right.unwrap_or(standing.is_passed());
        let mut page = Page::new(NO_WRAP);
        if options.solution {
            quiz::answer(&mut page, &asked.quiz);
        } else {
            page::title(&mut page, &self.course, at, standing);
            quiz::question(&mut page, &asked, chosen.as_slice());
            match chosen {
                Some(chosen) => quiz::verdict(&mut page, &asked.quiz, chosen),
                None => quiz::prompt(&mut page, &asked.quiz, &quiz.name, passed),
            }
            self.told_progress(&mut page, at, passed);
        }
        check::write_out(&line::print(&page.lines, has_color()))?;
        Ok(exit_code(options.solution || passed))
    }

    /// Until it is quit.
    fn session(self, at: usize, notices: Vec<String>, options: &Options) -> anyhow::Result<ExitCode> {
        let (sender, inputs) = mpsc::channel();
        let tell = sender.clone();
        let terminal = Terminal::open(has_color(), move |told| drop(tell.send(Input::Terminal(told))))
            .context("can't use the terminal; --plain runs the answer once")?;
        let tell = sender.clone();
        let _watcher = watch::watch(&self.folder.root, move || drop(tell.send(Input::Changed)));
        let root = self.folder.shown();
        let session = Session::new(self.course, self.folder, self.store, at, terminal.size());
        let mut desk = Desk {
            session,
            terminal,
            runner: self.runner,
            sender,
            editor: options.editor.clone(),
            shown: None,
        };
        let first = desk.session.open(at);
        if !notices.is_empty() {
            desk.session.notice(notices.join("\n"));
        }
        desk.grant(first)?;
        let code = desk.serve(&inputs)?;
        let (passed, all) = desk.session.progress();
        drop(desk);
        check::write_out(&line::clean(&format!(
            "{passed} of {all} passed. Your answers are in {root}; `mdbook-galley learn {root}` goes on where you left.\n"
        )))?;
        Ok(code)
    }
}

enum Input {
    Terminal(Told),
    /// Something in the learner's folder.
    Changed,
    Ran {
        run: u64,
        answer: String,
        result: io::Result<Box<Attempt>>,
    },
    Asked {
        at: usize,
        asked: io::Result<Option<Box<Asked>>>,
    },
}

/// A session and what it works with.
struct Desk {
    session: Session,
    terminal: Terminal,
    runner: Runner,
    sender: mpsc::Sender<Input>,
    editor: Option<String>,
    /// What is on the screen, if that is known.
    shown: Option<Vec<Line>>,
}

impl Desk {
    fn draw(&mut self) -> io::Result<()> {
        // A new size is not always told: crossterm forgets it when a key comes at the same moment.
        if self.session.resize(self.terminal.size()) {
            self.shown = None;
        }
        let screen = self.session.screen();
        if self.shown.as_ref() != Some(&screen) {
            self.terminal.draw(&screen)?;
            self.shown = Some(screen);
        }
        Ok(())
    }

    fn serve(&mut self, inputs: &Receiver<Input>) -> anyhow::Result<ExitCode> {
        loop {
            self.draw()?;
            let first = match inputs.recv_timeout(LOOK) {
                Ok(input) => input,
                Err(RecvTimeoutError::Timeout) => Input::Changed,
                Err(RecvTimeoutError::Disconnected) => return Ok(ExitCode::SUCCESS),
            };
            // What has come meanwhile is drawn once.
            for input in std::iter::once(first).chain(inputs.try_iter()) {
                let wish = match input {
                    Input::Terminal(Told::Key(key)) => self.session.key(key),
                    // It is looked at before each drawing.
                    Input::Terminal(Told::Resized) => None,
                    Input::Terminal(Told::Gone) => return Ok(ExitCode::SUCCESS),
                    // As a shell tells what a signal ends.
                    Input::Terminal(Told::Signal(signal)) => {
                        return Ok(ExitCode::from(128 + u8::try_from(signal).unwrap_or_default()));
                    }
                    Input::Changed => self.session.look(),
                    Input::Ran { run, answer, result } => {
                        self.session.ran(run, answer, result);
                        None
                    }
                    Input::Asked { at, asked } => {
                        self.session.asked(at, asked.map(|asked| asked.map(|asked| *asked)));
                        None
                    }
                };
                if wish == Some(Wish::Quit) {
                    return Ok(ExitCode::SUCCESS);
                }
                self.grant(wish)?;
            }
        }
    }

    fn grant(&mut self, wish: Option<Wish>) -> anyhow::Result<()> {
        match wish {
            None | Some(Wish::Quit) => {}
            Some(Wish::Run { run, index, answer }) => {
                let sender = self.sender.clone();
                let text = answer.clone();
                self.runner.start(index, text, move |result| {
                    drop(sender.send(Input::Ran { run, answer, result: result.map(Box::new) }));
                });
            }
            Some(Wish::Ask(at)) => {
                let sender = self.sender.clone();
                self.runner.start_asking(at, move |asked| {
                    let asked = asked.map(|asked| asked.map(Box::new));
                    drop(sender.send(Input::Asked { at, asked }));
                });
            }
            Some(Wish::Suspend) => {
                self.terminal.suspend()?;
                self.shown = None;
            }
            Some(Wish::Edit(file)) => match Editor::find(self.editor.as_deref()) {
                None => self.session.notice(format!(
                    "No editor is known: set $EDITOR, or begin with --editor code. Your answer is {}",
                    file.display()
                )),
                Some(editor) => {
                    let opened = match editor.windowed {
                        true => editor.open(&file),
                        false => self.terminal.lend(|| editor.open(&file))?,
                    };
                    if let Err(told) = opened {
                        self.session.notice(told);
                    }
                    self.session.resize(self.terminal.size());
                    let wish = self.session.look();
                    return self.grant(wish);
                }
            },
        }
        Ok(())
    }
}

fn has_color() -> bool {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !refused && !is_dumb()
}

/// A terminal that can only print.
fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}
