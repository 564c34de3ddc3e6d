//! The terminal while somebody learns in it: keys come in, screens go out, and whatever ends the session leaves it as it
//! was. The only file that names crossterm.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{cursor, execute, queue};

use crate::command::learn::line::Line;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    Enter,
    Escape,
    Backspace,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
}

/// What the terminal tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Key(Key),
    Resized,
    /// A signal that asks the program to end, by its number.
    Signal(i32),
    /// There is no terminal any more.
    Gone,
}

/// The screen is ours as long as this lives.
pub struct Terminal {
    color: bool,
    /// Somebody else reads the keys.
    lent: Arc<Keys>,
}

#[derive(Default)]
struct Keys {
    lent: AtomicBool,
    reading: Mutex<()>,
}

/// How long keys are waited for at a time: an editor that takes the terminal waits for no longer.
const LOOK: Duration = Duration::from_millis(100);

impl Terminal {
    /// Takes the screen; `tell` is called from other threads.
    pub fn open(color: bool, tell: impl Fn(Told) + Clone + Send + 'static) -> io::Result<Terminal> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            leave();
            before(panic);
        }));
        signals(tell.clone())?;
        enter().inspect_err(|_| leave())?;
        let lent = Arc::new(Keys::default());
        let keys = Arc::clone(&lent);
        thread::spawn(move || read_keys(&keys, &tell));
        Ok(Terminal { color, lent })
    }

    /// Columns and rows.
    pub fn size(&self) -> (usize, usize) {
        let (columns, rows) = size().unwrap_or((80, 24));
        // A terminal that does not know says 0.
        (if columns == 0 { 80 } else { columns.into() }, if rows == 0 { 24 } else { rows.into() })
    }

    /// Shows lines from the top; there are no more of them than rows.
    pub fn draw(&self, lines: &[Line]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        queue!(out, BeginSynchronizedUpdate, cursor::MoveTo(0, 0))?;
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                out.write_all(b"\r\n")?;
            }
            // Cleared before it is written: behind a line of full width the cursor stands on its last character.
            queue!(out, Clear(ClearType::UntilNewLine))?;
            out.write_all(line.paint(self.color).as_bytes())?;
        }
        if lines.len() < self.size().1 {
            out.write_all(b"\r\n")?;
            queue!(out, Clear(ClearType::FromCursorDown))?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        out.flush()
    }

    /// Gives the terminal as it was to `work`, and takes it back.
    pub fn lend<T>(&self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.lent.lent.store(true, Ordering::SeqCst);
        let reading = self.lent.reading.lock().unwrap_or_else(PoisonError::into_inner);
        leave();
        let result = work();
        enter()?;
        drop(reading);
        self.lent.lent.store(false, Ordering::SeqCst);
        Ok(result)
    }

    /// Lets the shell have the terminal until it brings the program back.
    pub fn suspend(&self) -> io::Result<()> {
        #[cfg(unix)]
        self.lend(|| {
            let _ = nix::sys::signal::raise(nix::sys::signal::Signal::SIGTSTP);
        })?;
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// The screen is ours: to give it back twice would move the cursor.
static OURS: AtomicBool = AtomicBool::new(false);

fn enter() -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, cursor::Hide, Clear(ClearType::All))
}

/// Also for a panic: whatever of it fails, the rest is tried.
fn leave() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(io::stdout(), cursor::Show, LeaveAlternateScreen);
    let _ = disable_raw_mode();
}

fn read_keys(keys: &Keys, tell: &impl Fn(Told)) {
    loop {
        if keys.lent.load(Ordering::SeqCst) {
            thread::sleep(LOOK);
            continue;
        }
        let _reading = keys.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let event = match event::poll(LOOK) {
            Ok(true) => event::read(),
            Ok(false) => continue,
            Err(error) => Err(error),
        };
        match event {
            Ok(Event::Key(event)) if event.kind != KeyEventKind::Release => {
                if let Some(key) = key(event.code, event.modifiers) {
                    tell(Told::Key(key));
                }
            }
            Ok(Event::Resize(..)) => tell(Told::Resized),
            Ok(_) => {}
            Err(_) => return tell(Told::Gone),
        }
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    let with_control = modifiers.contains(KeyModifiers::CONTROL);
    Some(match code {
        KeyCode::Char('c' | 'd') if with_control => Key::Interrupt,
        KeyCode::Char('z') if with_control => Key::Suspend,
        KeyCode::Char('n') if with_control => Key::Down,
        KeyCode::Char('p') if with_control => Key::Up,
        KeyCode::Char(_) if with_control || modifiers.contains(KeyModifiers::ALT) => return None,
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        _ => return None,
    })
}

/// Those that would end the program with the terminal as it is.
#[cfg(unix)]
fn signals(tell: impl Fn(Told) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    thread::spawn(move || signals.forever().for_each(|signal| tell(Told::Signal(signal))));
    Ok(())
}

#[cfg(not(unix))]
fn signals(_: impl Fn(Told) + Send + 'static) -> io::Result<()> {
    Ok(())
}
