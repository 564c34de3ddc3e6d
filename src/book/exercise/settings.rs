//! exercise.toml: what its author set, and what of it is wrong, with its place.

use std::sync::Arc;

use crate::book::ceilings::Ceilings;
use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::example::Kind;
use crate::book::nearest;
use crate::book::source::SourceFile;
use crate::book::toml_place::{Part, place, toml_error};

/// exercise.toml.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// 1 to 3, or nothing.
    pub difficulty: Option<u8>,
    /// Name of the exercise that this one builds on.
    pub after: Option<String>,
    /// None: the page shows it after an attempt, the terminal once an answer passes.
    pub reveal: Option<Reveal>,
    pub timeout_ms: Option<u64>,
    pub check: Check,
    pub module: Kind,
    /// The name under which the tests require the learner's file.
    pub answer: String,
    pub starter_may_pass: bool,
}

/// When a learner may read the author's solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveal {
    /// Once an answer passes.
    Pass,
    /// Once an answer of the learner's own has been tried.
    Attempt,
    Always,
}

impl Reveal {
    pub fn as_str(self) -> &'static str {
        match self {
            Reveal::Pass => "pass",
            Reveal::Attempt => "attempt",
            Reveal::Always => "always",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Tests,
    /// The answer must print what the solution prints.
    Output,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            difficulty: None,
            after: None,
            reveal: None,
            timeout_ms: None,
            check: Check::Tests,
            module: Kind::CommonJs,
            answer: "answer.js".to_owned(),
            starter_may_pass: false,
        }
    }
}

/// Reads exercise.toml; `names` are the exercises of the book, if one is known.
pub fn read(
    file: &Arc<SourceFile>,
    names: Option<&[String]>,
    ceilings: &Ceilings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Settings {
    let mut settings = Settings::default();
    let table = match toml::from_str::<toml::Table>(&file.text) {
        Ok(table) => table,
        Err(error) => {
            diagnostics.push(toml_error(file, &error, Code::Exercise, "exercise.toml is not valid TOML"));
            return settings;
        }
    };
    let mut error = |key: &str, part: Part, message: String, help: String| {
        diagnostics.push(finding(place(file, &[key], part), message, help));
    };
    for (key, value) in &table {
        if !KEYS.contains(&key.as_str()) {
            error(
                key,
                Part::Key,
                format!("`{key}` is not a setting of an exercise"),
                nearest::help(key, KEYS),
            );
        } else if let Err(help) = set(&mut settings, key, value) {
            error(key, Part::Value, format!("`{key}` can't have this value"), format!("write {help}"));
        }
    }
    if let Err((message, help)) = ceilings.check_timeout(settings.timeout_ms.unwrap_or_default()) {
        error("timeout_ms", Part::Value, message, help);
        settings.timeout_ms = None;
    }
    if let (Some(after), Some(names)) = (&settings.after, names)
        && !names.contains(after)
    {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        error("after", Part::Value, format!("there is no exercise `{after}`"), nearest::help(after, &known));
    }
    settings
}

/// All that may stand in exercise.toml.
pub const KEYS: &[&str] =
    &["difficulty", "after", "reveal", "timeout_ms", "check", "module", "answer", "starter_may_pass"];

fn finding(place: Place, message: String, help: String) -> Diagnostic {
    let (label, help, fix) = (None, Some(help), None);
    Diagnostic {
        code: Code::Exercise,
        severity: Severity::Error,
        place,
        message,
        label,
        notes: Vec::new(),
        help,
        fix,
    }
}

/// The error says what to write.
fn set(settings: &mut Settings, key: &str, value: &toml::Value) -> Result<(), &'static str> {
    let text = value.as_str();
    match key {
        "difficulty" => match value.as_integer() {
            Some(level @ 1..=3) => settings.difficulty = Some(level as u8),
            _ => return Err("1, 2 or 3"),
        },
        "after" => settings.after = Some(text.ok_or("the name of an exercise in quotes")?.to_owned()),
        "reveal" => {
            let known = [Reveal::Attempt, Reveal::Pass, Reveal::Always];
            let reveal = known.into_iter().find(|reveal| text == Some(reveal.as_str()));
            settings.reveal = Some(reveal.ok_or("\"attempt\", \"pass\" or \"always\"")?);
        }
        "timeout_ms" => match value.as_integer().and_then(|number| u64::try_from(number).ok()) {
            Some(milliseconds @ 1..) => settings.timeout_ms = Some(milliseconds),
            _ => return Err("milliseconds: timeout_ms = 2000"),
        },
        "check" => match text {
            Some("tests") => settings.check = Check::Tests,
            Some("output") => settings.check = Check::Output,
            _ => return Err("check = \"tests\" or check = \"output\""),
        },
        "module" => match text {
            Some("cjs") => settings.module = Kind::CommonJs,
            Some("esm") => settings.module = Kind::Module,
            _ => return Err("module = \"cjs\" or module = \"esm\""),
        },
        "answer" => match text {
            Some(name) if is_file_name(name) => settings.answer = name.to_owned(),
            _ => {
                return Err(
                    "the name of a file, of letters, digits, `-`, `_` and `.`: answer = \"answer.js\"",
                );
            }
        },
        _ => settings.starter_may_pass = value.as_bool().ok_or("true or false")?,
    }
    Ok(())
}

/// A name that is one on every system, and no option of a command; the tests have theirs already.
fn is_file_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_script = [".js", ".mjs", ".cjs"].iter().any(|end| name.len() > end.len() && name.ends_with(end));
    is_script && !name.starts_with(['.', '-']) && name.bytes().all(is_plain) && name != "test.js"
}
