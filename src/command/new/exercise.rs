//! `new --exercise`: a small sound exercise in a book, for its author to make another one of.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::book::diagnostic::Severity;
use crate::book::exercise::is_name;
use crate::book::load;
use crate::command::new::{Files, NEW, stage};

/// What kind of files an answer and its tests are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Module {
    /// `require` and `module.exports`
    #[default]
    Cjs,
    /// `import` and `export`
    Esm,
}

/// Writes the exercise and says what it is and what to do with it.
pub fn make(book: &Path, name: &str, module: Module) -> Result<String> {
    check_name(name)?;
    let exercises = folder(book)?;
    let target = exercises.join(name);
    if target.symlink_metadata().is_ok() {
        bail!(
            "{} is there already, and stays as it is; choose another name, or remove it first",
            shown(&target)
        );
    }
    place(&exercises, &target, &files(name, module))?;
    let mut told = format!("{}\n", shown(&target));
    for (file, what) in FILES {
        let _ = writeln!(told, "  {file:<26}{what}");
    }
    let _ = write!(
        told,
        "Place it by {{{{#exercise {name}}}}} on a line of its own, in the chapter that it belongs to.\n\
         Check it with `mdbook-galley check {}`.\n",
        shown(&target)
    );
    Ok(told)
}

/// In the order in which they are written.
const FILES: &[(&str, &str)] = &[
    ("starter.js", "what the learner begins with"),
    ("solution.js", "passes every test"),
    ("test.js", "the tests"),
    ("wrong/returns-nothing.js", "a common wrong answer; its first comment is what the learner is told"),
    ("exercise.toml", "settings"),
    ("exercise.md", "title, prompt, hints, explanation"),
];

/// Path below the exercise's folder, and content.
pub fn files(name: &str, module: Module) -> Files {
    let [starter, solution, test, wrong, text] = match module {
        Module::Cjs => [
            include_str!("exercise/cjs/starter.js"),
            include_str!("exercise/cjs/solution.js"),
            include_str!("exercise/cjs/test.js"),
            include_str!("exercise/cjs/wrong/returns-nothing.js"),
            include_str!("exercise/cjs/exercise.md"),
        ],
        Module::Esm => [
            include_str!("exercise/esm/starter.js"),
            include_str!("exercise/esm/solution.js"),
            include_str!("exercise/esm/test.js"),
            include_str!("exercise/esm/wrong/returns-nothing.js"),
            include_str!("exercise/esm/exercise.md"),
        ],
    };
    let settings = match module {
        Module::Cjs => SETTINGS.to_owned(),
        Module::Esm => SETTINGS.replace("# module = \"cjs\"", "module = \"esm\""),
    };
    let text = text.replace("TITLE", &title(name));
    let contents = [starter, solution, test, wrong, &settings, &text];
    FILES
        .iter()
        .zip(contents)
        .map(|((path, _), content)| ((*path).to_owned(), content.as_bytes().to_vec()))
        .collect()
}

const SETTINGS: &str = include_str!("exercise/exercise.toml");

fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut chars = words.trim().chars();
    let title: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    if title.is_empty() { name.to_owned() } else { title }
}

fn check_name(name: &str) -> Result<()> {
    if is_name(name) {
        return Ok(());
    }
    let rule = format!("`{name}` can't be the name of an exercise: use 1 to 40 of a-z, 0-9 and `-`");
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|char| if char.is_ascii_lowercase() || char.is_ascii_digit() { char } else { '-' })
        .take(40)
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    match words.join("-") {
        like if like.is_empty() => bail!("{rule}"),
        like => bail!("{rule}, e.g. `{like}`"),
    }
}

/// Of the book's exercises.
fn folder(book: &Path) -> Result<PathBuf> {
    if !book.join("book.toml").is_file() {
        bail!(
            "there is no book in {}: it has no book.toml; name the book's folder, `mdbook-galley new DIR --exercise NAME`, \
             or make a book with `mdbook-galley new DIR`",
            book.display()
        );
    }
    let (config, findings) = load::settings(book, &[]);
    if let Some(found) = findings.iter().find(|found| found.severity == Severity::Error) {
        let help = found.help.as_deref().unwrap_or("mend it");
        bail!(
            "{} does not tell where the exercises are: {}; {help}",
            book.join("book.toml").display(),
            found.message
        );
    }
    Ok(config.on_disk(&config.exercises))
}

fn place(exercises: &Path, target: &Path, files: &Files) -> Result<()> {
    let made: Vec<&Path> = exercises.ancestors().take_while(|folder| !folder.exists()).collect();
    let placed = fs::create_dir_all(exercises)
        .with_context(|| format!("can't make the folder {}", shown(exercises)))
        .and_then(|()| stage(exercises, files))
        .and_then(|staging| {
            fs::rename(staging.path().join(NEW), target)
                .with_context(|| format!("can't make the folder {}", shown(target)))
        });
    if placed.is_err() {
        // Only what is empty goes.
        made.into_iter().for_each(|folder| drop(fs::remove_dir(folder)));
    }
    placed
}

/// As a user would write it.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::exercise::KEYS;

    #[test]
    fn every_setting_is_there_as_a_comment() {
        let settings: Vec<&str> = SETTINGS.lines().filter_map(|line| line.strip_prefix("# ")).collect();
        for key in KEYS {
            assert!(settings.iter().any(|line| line.starts_with(&format!("{key} = "))), "{key}");
        }
        assert!(SETTINGS.lines().all(|line| line.is_empty() || line.starts_with("# ")));
        let esm = files("x", Module::Esm);
        let (_, settings) = esm.iter().find(|(path, _)| path == "exercise.toml").expect("it is there");
        let table: toml::Table = toml::from_slice(settings).expect("it is TOML");
        assert_eq!(table, toml::toml! { module = "esm" });
    }

    #[test]
    fn a_bad_name_is_told_with_a_good_one() {
        let told = |name: &str| check_name(name).expect_err("it is none").to_string();
        assert!(told("Filter Range!").ends_with("use 1 to 40 of a-z, 0-9 and `-`, e.g. `filter-range`"));
        assert!(told("../up").ends_with("e.g. `up`"));
        assert!(told("").ends_with("0-9 and `-`"));
        assert!(told(&"a".repeat(41)).ends_with(&format!("e.g. `{}`", "a".repeat(40))));
    }

    #[test]
    fn a_title_is_made_of_the_name() {
        assert_eq!(title("filter-range"), "Filter range");
        assert_eq!(title("-"), "-");
    }
}
