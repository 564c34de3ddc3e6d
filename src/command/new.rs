//! `new`: a book to begin with, a book from an article, or an exercise in a book. All of it or nothing is written, and
//! nothing that is there is ever touched. What it makes is true: `build` builds it at once.

mod exercise;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::book::markdown::{self, Node};
use crate::book::source::{MappedText, SourceFile};
use crate::command::check;
use crate::command::new::exercise::Module;
use crate::render::chapter::as_text;

#[derive(Args, Debug)]
pub struct Options {
    /// A folder that does not exist yet or is empty; with --exercise, the book's folder
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Make a book of one chapter, the text of this article as it is
    #[arg(long, value_name = "ARTICLE.md", conflicts_with = "exercise")]
    pub from: Option<PathBuf>,
    /// Make an exercise of this name in the book: a small one that passes `check`, to be rewritten
    #[arg(long, value_name = "NAME")]
    pub exercise: Option<String>,
    /// With --exercise: what kind of files the answer and its tests are
    #[arg(long, value_name = "KIND", requires = "exercise", default_value = "cjs")]
    pub module: Module,
}

/// Says what was made and what to do next.
pub fn run(options: &Options) -> Result<ExitCode> {
    let dir = &options.dir;
    let told = match (&options.exercise, &options.from) {
        (Some(name), _) => exercise::make(dir, name, options.module)?,
        (None, from) => {
            let files = match from {
                Some(article) => book_from(article)?,
                None => first_book(),
            };
            place(dir, &files)?;
            format!("{}\nNow run `mdbook-galley build{}`.\n", dir.join("book.toml").display(), argument(dir))
        }
    };
    check::write_out(&told)?;
    Ok(ExitCode::SUCCESS)
}

fn argument(dir: &Path) -> String {
    if dir == Path::new(".") { String::new() } else { format!(" {}", dir.display()) }
}

/// Path below the new folder, and content.
pub type Files = Vec<(String, Vec<u8>)>;

fn first_book() -> Files {
    let mut files = vec![
        ("book.toml".to_owned(), book_toml("A tutorial").into_bytes()),
        (".gitignore".into(), b"/site/\n".to_vec()),
        ("src/SUMMARY.md".into(), b"# Summary\n\n- [First steps](first-steps.md)\n".to_vec()),
        ("src/first-steps.md".into(), FIRST_CHAPTER.as_bytes().to_vec()),
    ];
    let exercise = exercise::files("double", Module::Cjs);
    files.extend(exercise.into_iter().map(|(path, content)| (format!("exercises/double/{path}"), content)));
    files
}

/// The article's bytes are the chapter's; its front matter, if it has some, stays in it.
fn book_from(article: &Path) -> Result<Files> {
    let bytes = fs::read(article).with_context(|| format!("can't read the article {}", article.display()))?;
    let text = std::str::from_utf8(&bytes).with_context(|| {
        format!("the article {} is not UTF-8; save it as UTF-8 and try again", article.display())
    })?;
    let stem = article.file_stem().unwrap_or_default().to_string_lossy();
    let title = title(text).unwrap_or_else(|| stem.clone().into_owned());
    let chapter = chapter_name(&stem);
    Ok(vec![
        ("book.toml".to_owned(), book_toml(&title).into_bytes()),
        (".gitignore".into(), b"/site/\n".to_vec()),
        ("src/SUMMARY.md".into(), format!("# Summary\n\n- [{}]({chapter})\n", as_text(&title)).into_bytes()),
        (format!("src/{chapter}"), bytes),
    ])
}

/// Of the front matter, else the first heading of the first level.
fn title(text: &str) -> Option<String> {
    let (document, _) = markdown::read(&MappedText::of(&SourceFile::new("article.md", text)));
    let own = document.front_matter.and_then(|front_matter| front_matter.title);
    let heading = || {
        document.nodes.iter().find_map(|node| match node {
            Node::Heading(heading) if heading.level == 1 => Some(heading.text.clone()),
            _ => None,
        })
    };
    own.or_else(heading).filter(|title| !title.trim().is_empty())
}

/// A name that stands in a link and in a URL without being escaped, and is none that mdBook uses itself.
fn chapter_name(stem: &str) -> String {
    let plain = |char: char| {
        if char.is_ascii_alphanumeric() || "._-".contains(char) { char } else { '-' }
    };
    let name: String = stem.chars().map(plain).collect();
    let name = name.trim_matches(['-', '.']);
    match name.to_lowercase().as_str() {
        "" | "summary" | "print" | "404" | "toc" => "article.md".into(),
        _ => format!("{name}.md"),
    }
}

fn book_toml(title: &str) -> String {
    let title = toml_edit::value(title.split_whitespace().collect::<Vec<_>>().join(" "));
    format!("[book]\ntitle = {}\nlanguage = \"en\"\nsrc = \"src\"\n\n{BOOK_TOML}", title.to_string().trim())
}

/// Writes a new folder beside its place and moves it there.
pub fn place(dir: &Path, files: &Files) -> Result<()> {
    let exists = match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => true,
            Some(_) => bail!("{} is not empty; name a folder that does not exist yet", dir.display()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error).with_context(|| format!("can't use {}", dir.display())),
    };
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| format!("can't make the folder {}", parent.display()))?;
    let beside = if exists { dir } else { parent };
    let staging = stage(beside, files)?;
    if !exists {
        return fs::rename(staging.path().join(NEW), dir)
            .with_context(|| format!("can't make the folder {}", dir.display()));
    }
    // The folder may be the current one, which can't be replaced: its parts move in one by one, book.toml last.
    let mut parts: Vec<_> = fs::read_dir(staging.path().join(NEW))?.collect::<io::Result<_>>()?;
    parts.sort_by_key(|part| (part.file_name() == "book.toml", part.file_name()));
    for part in parts {
        fs::rename(part.path(), dir.join(part.file_name()))
            .with_context(|| format!("can't write into {}", dir.display()))?;
    }
    Ok(())
}

const NEW: &str = "new";

/// A private folder that holds the files below `new`, which itself has the usual permissions.
fn stage(beside: &Path, files: &Files) -> Result<tempfile::TempDir> {
    let staging = tempfile::Builder::new()
        .prefix(".galley-")
        .tempdir_in(beside)
        .with_context(|| format!("can't write into {}", beside.display()))?;
    for (path, content) in files {
        let path = staging.path().join(NEW).join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, content).with_context(|| format!("can't write {}", path.display()))?;
    }
    Ok(staging)
}

const BOOK_TOML: &str = r#"[build]
# mdBook empties this folder, so it must never be one that holds what you wrote.
build-dir = "site"
create-missing = false
extra-watch-dirs = ["exercises"]

[preprocessor.galley]
# Before includes become text, so that every finding points into the file that you wrote.
before = ["links"]
"#;

const FIRST_CHAPTER: &str = r#"# First steps

A list knows how long it is:

```js
const songs = ['Rock', 'Blues'];
songs.length; // => 2
```

What an example prints can stand in a comment, too, or in a block below it:

```js
console.log('Hello');
console.log([1, 2, 3].map((n) => n * 2));
```

```output
Hello
[ 2, 4, 6 ]
```

An example may throw, as long as the text says so:

```js
null.length; // throws TypeError
```

Change one of the stated values and build the book again: you are told where it is wrong, and what is true.

{{#exercise double}}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'a>(files: &'a Files, path: &str) -> &'a str {
        let (_, content) = files.iter().find(|(known, _)| known == path).expect("it is there");
        std::str::from_utf8(content).expect("it is text")
    }

    fn from(name: &str, article: &str) -> Files {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join(name);
        fs::write(&path, article).expect("it can be written");
        book_from(&path).expect("it is an article")
    }

    #[test]
    fn an_article_keeps_its_bytes_and_names_the_book() {
        let article = "\u{feff}---\ntitle: \"A \\\"b\\\" [c]\"\n---\r\n\r\n# Other\r\n";
        let files = from("my article.md", article);
        assert_eq!(text(&files, "src/my-article.md"), article);
        assert_eq!(text(&files, "src/SUMMARY.md"), "# Summary\n\n- [A \"b\" \\[c\\]](my-article.md)\n");
        let table: toml::Table = toml::from_str(text(&files, "book.toml")).expect("it is TOML");
        assert_eq!(table["book"]["title"].as_str(), Some("A \"b\" [c]"));
        assert_eq!(table["build"]["build-dir"].as_str(), Some("site"));
    }

    #[test]
    fn the_title_is_the_heading_or_else_the_files_name() {
        assert!(
            text(&from("x.md", "text\n\n# The *heading*\n"), "src/SUMMARY.md")
                .contains("[The heading](x.md)")
        );
        assert!(text(&from("SUMMARY.md", "text\n"), "src/SUMMARY.md").contains("[SUMMARY](article.md)"));
    }

    #[test]
    fn what_is_there_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("mine"), "mine").expect("it can be written");
        let error = place(folder.path(), &first_book()).expect_err("it is not empty");
        assert!(error.to_string().contains("is not empty"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn a_book_goes_into_an_empty_folder_or_a_new_one() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        place(folder.path(), &first_book()).expect("it is empty");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .expect("it is there")
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        names.sort();
        assert_eq!(names, [".gitignore", "book.toml", "exercises", "src"]);
        let inner = folder.path().join("a/b");
        place(&inner, &first_book()).expect("it can be made");
        assert!(inner.join("src/SUMMARY.md").is_file());
        assert_eq!(fs::read_dir(folder.path().join("a")).expect("it is there").count(), 1);
    }
}
