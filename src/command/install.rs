//! `install`: prepares a book whose author runs plain `mdbook build`. The page's files go into the folder `galley` beside
//! the chapters, because that is the only place from which mdBook copies a file as it is; book.toml gets the lines that
//! put them on the pages, and keeps everything else, comments included. Running it again changes only what is old.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

use crate::book::diagnostic::Severity;
use crate::book::load;
use crate::command::{atomic, check, exit_code, preprocess};
use crate::render::assets::{self, PageFile, Role};
use crate::render::course;
use crate::report::human;

#[derive(Args, Debug)]
pub struct Options {
    /// The book's folder, the one with book.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
}

/// Says which files were written.
pub fn run(options: &Options) -> Result<ExitCode> {
    let root = &options.dir;
    if !root.join("book.toml").is_file() {
        bail!("there is no book in {}: it has no book.toml", root.display());
    }
    let (config, found) = load::settings(root, &[]);
    if found.iter().any(|found| found.severity == Severity::Error) {
        check::write_out(&human::findings(&found, human::Style { color: false }))?;
        return Ok(ExitCode::from(2));
    }
    let theme = match preprocess::theme(&config) {
        Ok(theme) => theme,
        Err(found) => {
            check::write_out(&human::findings(&[*found], human::Style { color: false }))?;
            return Ok(exit_code(false));
        }
    };
    let course = course::script(&load::load(root, &[]));
    let files = assets::page_files(theme.style.as_ref().map(|style| style.text.as_str()), &course);
    let written = install(root, &config.src, config.on_disk(&config.exercises).is_dir(), &files)?;
    let mut told: String = written.iter().map(|path| format!("{}\n", path.display())).collect();
    if written.is_empty() {
        told.push_str("Everything is in its place.\n");
    }
    check::write_out(&told)?;
    Ok(ExitCode::SUCCESS)
}

/// What was written: only what was not there as it should be.
fn install(root: &Path, src: &Path, exercises: bool, files: &[PageFile]) -> Result<Vec<PathBuf>> {
    let toml = root.join("book.toml");
    let old = fs::read_to_string(&toml).with_context(|| format!("can't read {}", toml.display()))?;
    let new = with_lines(&old, src, exercises, files).with_context(|| toml.display().to_string())?;
    let mut writes = Vec::new();
    for file in files {
        let path = root.join(src).join(file.path);
        let content = assets::stamped(file);
        match fs::read_to_string(&path) {
            Ok(there) if there == content => {}
            Ok(there) if assets::stamp(&there).is_none() => {
                bail!("{} is not a file of mdbook-galley; move it away", path.display())
            }
            Ok(_) => writes.push((path, content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => writes.push((path, content)),
            Err(error) => return Err(error).with_context(|| format!("can't read {}", path.display())),
        }
    }
    // book.toml last: it speaks of the files.
    if new != old {
        writes.push((toml, new));
    }
    for (path, content) in &writes {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("can't make the folder {}", folder.display()))?;
        }
        atomic::write(path, content.as_bytes()).with_context(|| format!("can't write {}", path.display()))?;
    }
    Ok(writes.into_iter().map(|(path, _)| path).collect())
}

/// book.toml with the preprocessor, the additional files and the watched folder.
fn with_lines(toml: &str, src: &Path, exercises: bool, files: &[PageFile]) -> Result<String> {
    let mut document: DocumentMut = toml.parse().context("it is not valid TOML")?;
    add(&mut document, &["preprocessor", "galley"], "before", "links")?;
    for file in files {
        let key = match file.role {
            Role::Style => "additional-css",
            Role::Script => "additional-js",
            Role::Lazy => continue,
        };
        let path = src.join(file.path).to_string_lossy().replace('\\', "/");
        add(&mut document, &["output", "html"], key, &path)?;
    }
    if exercises {
        add(&mut document, &["build"], "extra-watch-dirs", "exercises")?;
    }
    Ok(document.to_string())
}

/// Adds a text to the list `key` of a table, unless it is in it.
fn add(document: &mut DocumentMut, table: &[&str], key: &str, text: &str) -> Result<()> {
    let name = table.join(".");
    let mut item = document.as_item_mut();
    for (depth, part) in table.iter().enumerate() {
        let parent = item.as_table_like_mut().with_context(|| format!("[{name}] is not a table"))?;
        item = parent.entry(part).or_insert_with(|| {
            let mut table = Table::new();
            // A table that only holds another one needs no line of its own.
            table.set_implicit(depth + 1 < name.split('.').count());
            Item::Table(table)
        });
    }
    let table = item.as_table_like_mut().with_context(|| format!("[{name}] is not a table"))?;
    let list = table
        .entry(key)
        .or_insert_with(|| Item::Value(Value::Array(Array::new())))
        .as_array_mut()
        .with_context(|| format!("{key} of [{name}] is not a list"))?;
    if list.iter().all(|known| known.as_str() != Some(text)) {
        list.push(text);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(toml: &str) -> String {
        with_lines(toml, Path::new("src"), true, &assets::page_files(None, "")).expect("it is fine")
    }

    #[test]
    fn comments_and_lists_are_kept() {
        let toml =
            "# mine\n[book]\ntitle = \"T\" # and this\n\n[output.html]\nadditional-css = [\"theme/x.css\"]\n";
        let new = lines(toml);
        assert_eq!(
            new,
            "# mine\n[book]\ntitle = \"T\" # and this\n\n[output.html]\nadditional-css = [\"theme/x.css\", \
             \"src/galley/galley.css\"]\nadditional-js = [\"src/galley/galley.js\"]\n\n[preprocessor.galley]\nbefore = \
             [\"links\"]\n\n[build]\nextra-watch-dirs = [\"exercises\"]\n"
        );
        assert_eq!(lines(&new), new, "the second time nothing changes");
    }

    #[test]
    fn a_list_that_is_none_is_told() {
        let error = with_lines(
            "[output.html]\nadditional-css = 1\n",
            Path::new("src"),
            false,
            &assets::page_files(None, ""),
        );
        assert!(
            format!("{:#}", error.expect_err("it is a number")).contains("additional-css of [output.html]")
        );
    }

    #[test]
    fn files_of_others_stay_and_old_ones_are_replaced() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path();
        fs::write(root.join("book.toml"), "[book]\n").expect("it can be written");
        let files = assets::page_files(None, "");
        let go = || install(root, Path::new("src"), false, &files);
        assert_eq!(go().expect("it works").len(), files.len() + 1);
        assert_eq!(go().expect("it works"), Vec::<PathBuf>::new());
        let style = root.join("src/galley/galley.css");
        let old =
            fs::read_to_string(&style).expect("it is there").replacen(env!("CARGO_PKG_VERSION"), "0.0.1", 1);
        fs::write(&style, old).expect("it can be written");
        assert_eq!(go().expect("it works"), std::slice::from_ref(&style));
        fs::write(&style, "p {}").expect("it can be written");
        assert!(go().is_err());
        assert_eq!(fs::read_to_string(&style).expect("it is there"), "p {}");
    }
}
