//! Opens an answer in the learner's own editor.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

/// How an editor is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
    /// It has a window of its own; others take the terminal.
    pub windowed: bool,
}

/// These have windows.
const WINDOWED: &[&str] = &[
    "code",
    "code-insiders",
    "codium",
    "cursor",
    "subl",
    "zed",
    "zeditor",
    "atom",
    "gedit",
    "gnome-text-editor",
    "kate",
    "kwrite",
    "mousepad",
    "pluma",
    "xed",
    "gvim",
    "mvim",
    "notepad",
    "notepad++",
    "webstorm",
    "idea",
    "bbedit",
    "mate",
    "open",
    "xdg-open",
];

impl Editor {
    /// The command that was asked for, else that of `$VISUAL` or `$EDITOR`; in VS Code's own terminal, `code`.
    pub fn find(asked: Option<&str>) -> Option<Editor> {
        let variable = |name: &str| env::var_os(name).and_then(|value| value.into_string().ok());
        let in_code =
            || variable("TERM_PROGRAM").filter(|value| value == "vscode").map(|_| "code".to_owned());
        let filled = |text: &String| !text.trim().is_empty();
        let command = asked.map(str::to_owned).filter(filled);
        let command = command
            .or_else(|| variable("VISUAL").filter(filled))
            .or_else(|| variable("EDITOR").filter(filled))
            .or_else(in_code)?;
        Editor::of(&command)
    }

    fn of(command: &str) -> Option<Editor> {
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        let program = Path::new(words.first()?).file_stem()?.to_string_lossy().to_lowercase();
        Some(Editor { words, windowed: WINDOWED.contains(&program.as_str()) })
    }

    /// Opens a file; one that takes the terminal is waited for. The error is a sentence.
    pub fn open(&self, file: &Path) -> Result<(), String> {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).arg(file);
        let failed = |error: std::io::Error| format!("`{}` can't be started: {error}.", self.words[0]);
        if self.windowed {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().map_err(failed)?;
            std::thread::spawn(move || child.wait());
            return Ok(());
        }
        let status = command.status().map_err(failed)?;
        if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}.", self.words[0])) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_with_windows_leave_the_terminal_alone() {
        let windowed = |command| Editor::of(command).map(|editor| editor.windowed);
        assert_eq!(windowed("vim"), Some(false));
        assert_eq!(windowed("/usr/bin/code --wait"), Some(true));
        assert_eq!(windowed("emacs -nw"), Some(false));
        assert_eq!(windowed("  "), None);
    }
}
