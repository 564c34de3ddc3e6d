//! The settings of a book: `[preprocessor.galley]` of book.toml and what of mdBook's own tables matters to Galley.
//!
//! mdBook takes a table that it can't read for an empty one, or deletes the sources for a build-dir that holds them;
//! here both are findings with their place in book.toml. No disk: [`check_build_dir`] is told how paths resolve.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use toml::{Table, Value};

use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::nearest;
use crate::book::source::{SourceFile, Span};

/// Settings as they stand in book.toml; folders are relative to `root`, see [`Config::on_disk`].
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The folder of book.toml, as the user named it; none for a file outside any book.
    pub root: Option<PathBuf>,
    pub title: Option<String>,
    pub src: PathBuf,
    pub build_dir: PathBuf,
    pub theme: PathBuf,
    pub exercises: PathBuf,
    pub state: State,
    /// Trailing comments without a mark may be claims.
    pub bare: bool,
    /// Indented code blocks are examples.
    pub indented: bool,
    /// The rungs on which a claim may hold, in the order of the ladder.
    pub rungs: Vec<Rung>,
    /// Of one program.
    pub timeout: Duration,
    /// Bytes of one program's heap.
    pub memory: u64,
    pub host: Host,
    pub prose: ProseMode,
    /// Findings that are to be errors.
    pub deny: Vec<String>,
    pub cache: bool,
    /// mdBook's `[output.html.code.hidelines]`: language to prefix.
    pub hidelines: BTreeMap<String, String>,
}

/// How far the variables of an example reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Isolated,
    Section,
    Chapter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Node,
    Browser,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProseMode {
    /// Detected prose that does not hold is unchecked, but for the *exported* family.
    Default,
    /// It is broken.
    Deny,
}

/// The ladder, from the strictest rung down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    Exact,
    Value,
    Dialect,
    Ellipsis,
    Precision,
    Tail,
    Error,
}

impl Rung {
    pub const ALL: [Rung; 7] = [
        Rung::Exact,
        Rung::Value,
        Rung::Dialect,
        Rung::Ellipsis,
        Rung::Precision,
        Rung::Tail,
        Rung::Error,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Rung::Exact => "exact",
            Rung::Value => "value",
            Rung::Dialect => "dialect",
            Rung::Ellipsis => "ellipsis",
            Rung::Precision => "precision",
            Rung::Tail => "tail",
            Rung::Error => "error",
        }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            root: None,
            title: None,
            src: PathBuf::from("src"),
            build_dir: PathBuf::from("book"),
            theme: PathBuf::from("theme"),
            exercises: PathBuf::from("exercises"),
            state: State::Isolated,
            bare: true,
            indented: false,
            rungs: Rung::ALL.to_vec(),
            timeout: Duration::from_secs(5),
            memory: 64 << 20,
            host: Host::Node,
            prose: ProseMode::Default,
            deny: Vec::new(),
            cache: true,
            hidelines: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Where a folder of the settings is on disk.
    pub fn on_disk(&self, folder: &Path) -> PathBuf {
        self.root.as_deref().unwrap_or(Path::new("")).join(folder)
    }
}

/// Reads book.toml. What is wrong keeps its default and becomes a finding.
pub fn read(file: &Arc<SourceFile>, root: &Path, overrides: &[(String, Value)]) -> (Config, Vec<Diagnostic>) {
    let mut config = Config {
        root: Some(root.to_path_buf()),
        ..Config::default()
    };
    let mut diagnostics = Vec::new();
    match toml::from_str::<Table>(&file.text) {
        Err(error) => diagnostics.push(toml_error(file, &error, "book.toml is not valid TOML")),
        Ok(table) => {
            read_mdbook(&mut config, file, &table, &mut diagnostics);
            let own = table
                .get("preprocessor")
                .and_then(|all| all.get("galley"))
                .and_then(Value::as_table);
            for (key, value) in own.into_iter().flatten() {
                let path = ["preprocessor", "galley", key.as_str()];
                if let Err(mistake) = apply(&mut config, key, value) {
                    let part = if mistake.in_key { Part::Key } else { Part::Value };
                    diagnostics.push(mistake.at(place(file, &path, part)));
                } else if key == "optional" && value.as_bool() == Some(true) {
                    diagnostics.push(unverified(place(file, &path, Part::Value)));
                }
            }
        }
    }
    diagnostics.extend(apply_overrides(&mut config, overrides));
    (config, diagnostics)
}

/// Sets what `--config KEY=VALUE` says, over what book.toml says.
pub fn apply_overrides(config: &mut Config, overrides: &[(String, Value)]) -> Vec<Diagnostic> {
    let apply = |(key, value): &(String, Value)| {
        let mistake = apply(config, key, value).err()?;
        Some(mistake.at(Place::File("--config".to_owned())))
    };
    overrides.iter().filter_map(apply).collect()
}

/// `KEY=VALUE` of the command line, the value being TOML.
pub fn parse_override(text: &str) -> Result<(String, Value), String> {
    let Some((key, value)) = text.split_once('=') else {
        return Err(format!("`{text}` is not KEY=VALUE, e.g. timeout=2000"));
    };
    let (key, value) = (key.trim(), value.trim());
    match toml::from_str::<Table>(&format!("value = {value}")) {
        Ok(mut table) if table.len() == 1 => match table.remove("value") {
            Some(value) => Ok((key.to_owned(), value)),
            None => Err(format!("`{key}` has no value")),
        },
        _ => Err(format!(
            "the value of `{key}` is not TOML: text needs quotes, e.g. {key}='\"{value}\"'"
        )),
    }
}

/// Refuses a build-dir whose deletion would take the author's files with it: mdBook empties it before each build.
/// `resolve` makes a path comparable: absolute, without `..`, links followed.
pub fn check_build_dir(
    config: &Config,
    file: &Arc<SourceFile>,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Option<Diagnostic> {
    let target = resolve(&config.on_disk(&config.build_dir));
    let named = config.build_dir.display().to_string().replace('\\', "/");
    let holds = |folder: &Path, name: &str| {
        let folder = resolve(&config.on_disk(folder));
        (folder.starts_with(&target)).then(|| format!("holds {name}"))
    };
    let lies_in = |folder: &Path, name: &str| {
        let folder = resolve(&config.on_disk(folder));
        target.starts_with(&folder).then(|| format!("lies in {name}"))
    };
    let (src, theme, exercises) = (&config.src, &config.theme, &config.exercises);
    let problem = holds(Path::new(""), "the whole book")
        .or_else(|| holds(src, "the chapters"))
        .or_else(|| holds(theme, "the theme"))
        .or_else(|| holds(exercises, "the exercises"))
        .or_else(|| lies_in(theme, "the theme"))
        .or_else(|| lies_in(exercises, "the exercises"))
        // With src = "." the build-dir can't but lie in it; then mdBook leaves it out when it copies.
        .or_else(|| {
            if is_here(src) {
                None
            } else {
                lies_in(src, "the folder of the chapters")
            }
        })?;
    let place = match toml::from_str::<Table>(&file.text) {
        Ok(table)
            if table
                .get("build")
                .and_then(|build| build.get("build-dir"))
                .is_some() =>
        {
            place(file, &["build", "build-dir"], Part::Value)
        }
        _ => Place::File(file.path.clone()),
    };
    let message = format!("the build-dir `{named}` {problem}: mdBook deletes all files in it at each build");
    Some(finding(Severity::Error, place, message).with_help("under [build], write: build-dir = \"site\""))
}

const KEYS: &[&str] = &[
    "state",
    "bare",
    "indented",
    "rungs",
    "timeout",
    "memory",
    "host",
    "exercises",
    "prose",
    "deny",
    "cache",
];
/// mdBook's own keys of a preprocessor's table.
const MDBOOK_KEYS: &[&str] = &["command", "before", "after", "renderers", "optional"];
/// What `deny` may name.
const DENIABLE: &[&str] = &["weak-tests", "unchecked", "warnings"];

struct Mistake {
    message: String,
    help: String,
    in_key: bool,
}

impl Mistake {
    fn at(self, place: Place) -> Diagnostic {
        finding(Severity::Error, place, self.message).with_help(self.help)
    }
}

fn apply(config: &mut Config, key: &str, value: &Value) -> Result<(), Mistake> {
    let wrong = |help: &str| Mistake {
        message: format!("`{key}` can't be {}", describe(value)),
        help: format!("write {help}"),
        in_key: false,
    };
    let boolean = || {
        value
            .as_bool()
            .ok_or_else(|| wrong(&format!("{key} = true or {key} = false")))
    };
    match key {
        "bare" => config.bare = boolean()?,
        "indented" => config.indented = boolean()?,
        "cache" => config.cache = boolean()?,
        "exercises" => match value.as_str() {
            Some(folder) if !folder.trim().is_empty() => config.exercises = PathBuf::from(folder),
            _ => return Err(wrong("the name of a folder: exercises = \"exercises\"")),
        },
        "state" => {
            let states = [
                ("isolated", State::Isolated),
                ("section", State::Section),
                ("chapter", State::Chapter),
            ];
            config.state = one_of(key, value, &states)?;
        }
        "host" => config.host = one_of(key, value, &[("node", Host::Node), ("browser", Host::Browser)])?,
        "prose" => {
            let modes = [("default", ProseMode::Default), ("deny", ProseMode::Deny)];
            config.prose = one_of(key, value, &modes)?;
        }
        "timeout" => {
            let milliseconds = milliseconds(value).filter(|&milliseconds| milliseconds > 0);
            let milliseconds = milliseconds.ok_or_else(|| wrong("milliseconds: timeout = 5000"))?;
            config.timeout = Duration::from_millis(milliseconds);
        }
        "memory" => {
            let bytes = bytes(value).filter(|&bytes| bytes > 0);
            config.memory = bytes.ok_or_else(|| wrong("bytes or a size: memory = \"64MiB\""))?;
        }
        "rungs" => config.rungs = rungs(value)?,
        "deny" => {
            let Some(items) = value.as_array() else {
                return Err(wrong("a list: deny = [\"weak-tests\"]"));
            };
            let known: Vec<(&str, &str)> = DENIABLE.iter().map(|&name| (name, name)).collect();
            let names = items
                .iter()
                .map(|item| one_of(key, item, &known).map(str::to_owned));
            config.deny = names.collect::<Result<_, _>>()?;
        }
        _ if MDBOOK_KEYS.contains(&key) => {}
        _ => {
            let message = format!("`{key}` is not a setting of Galley");
            return Err(Mistake {
                message,
                help: nearest::help(key, KEYS),
                in_key: true,
            });
        }
    }
    Ok(())
}

fn one_of<T: Copy>(key: &str, value: &Value, known: &[(&str, T)]) -> Result<T, Mistake> {
    let names: Vec<&str> = known.iter().map(|&(name, _)| name).collect();
    let word = value.as_str();
    let found = known.iter().find(|&&(name, _)| Some(name) == word);
    found.map(|&(_, known)| known).ok_or_else(|| Mistake {
        message: format!("`{key}` can't be {}", describe(value)),
        help: word.map_or_else(
            || format!("known are {}", nearest::list(&names)),
            |word| nearest::help(word, &names),
        ),
        in_key: false,
    })
}

/// A name stands for all rungs down to it, a list for exactly those.
fn rungs(value: &Value) -> Result<Vec<Rung>, Mistake> {
    let known: Vec<(&str, Rung)> = Rung::ALL.iter().map(|&rung| (rung.as_str(), rung)).collect();
    let Some(items) = value.as_array() else {
        let lowest = one_of("rungs", value, &known)?;
        return Ok(Rung::ALL.into_iter().filter(|&rung| rung <= lowest).collect());
    };
    let mut rungs: Vec<Rung> = items
        .iter()
        .map(|item| one_of("rungs", item, &known))
        .collect::<Result<_, _>>()?;
    rungs.sort_unstable();
    rungs.dedup();
    Ok(rungs)
}

fn milliseconds(value: &Value) -> Option<u64> {
    if let Some(number) = value.as_integer() {
        return u64::try_from(number).ok();
    }
    let text = value.as_str()?.trim();
    let (number, unit) = text.split_at(text.find(|char: char| !char.is_ascii_digit())?);
    let factor = match unit.trim() {
        "ms" => 1,
        "s" => 1000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

fn bytes(value: &Value) -> Option<u64> {
    if let Some(number) = value.as_integer() {
        return u64::try_from(number).ok();
    }
    let text = value.as_str()?.trim();
    let (number, unit) = text.split_at(text.find(|char: char| !char.is_ascii_digit())?);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "kb" => 1000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

fn describe(value: &Value) -> String {
    match value {
        Value::String(text) if text.len() <= 60 => format!("{text:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::String(_) => "this text".to_owned(),
        _ => format!("a value of type {}", value.type_str()),
    }
}

/// mdBook's own tables: read by mdBook's own types, so that its mistakes are ours to tell.
fn read_mdbook(
    config: &mut Config,
    file: &Arc<SourceFile>,
    table: &Table,
    diagnostics: &mut Vec<Diagnostic>,
) {
    #[derive(Deserialize)]
    struct Whole {
        output: Option<Output>,
    }
    #[derive(Deserialize)]
    struct Output {
        html: Option<mdbook_preprocessor::config::HtmlConfig>,
    }
    match toml::from_str::<mdbook_preprocessor::config::Config>(&file.text) {
        Ok(mdbook) => {
            config.title = mdbook.book.title;
            config.src = mdbook.book.src;
            config.build_dir = mdbook.build.build_dir;
        }
        Err(error) => {
            diagnostics.push(toml_error(file, &error, "mdBook can't read book.toml"));
            // The folders matter even so: a dangerous build-dir is to be seen.
            let text = |table: &str, key: &str| text_at(file, table, key);
            config.title = text("book", "title");
            config.src = text("book", "src").map_or_else(|| config.src.clone(), PathBuf::from);
            config.build_dir =
                text("build", "build-dir").map_or_else(|| config.build_dir.clone(), PathBuf::from);
        }
    }
    match toml::from_str::<Whole>(&file.text) {
        Ok(Whole {
            output: Some(Output { html: Some(html) }),
        }) => {
            config.theme = html.theme.unwrap_or_else(|| config.theme.clone());
            config.hidelines = html.code.hidelines.into_iter().collect();
        }
        Ok(_) => {}
        Err(error) => {
            let message = "mdBook can't read [output.html] and would leave all of it out";
            diagnostics.push(toml_error(file, &error, message));
        }
    }
    if leads_out(&config.src) && table.contains_key("book") {
        let place = place(file, &["book", "src"], Part::Value);
        let message = format!("the chapters lie outside the book: `{}`", config.src.display());
        let help = "keep the chapters in a folder of the book: src = \"book\"";
        diagnostics.push(finding(Severity::Warning, place, message).with_help(help));
    }
}

fn text_at(file: &SourceFile, table: &str, key: &str) -> Option<String> {
    let whole = toml::from_str::<Table>(&file.text).ok()?;
    whole.get(table)?.get(key)?.as_str().map(str::to_owned)
}

fn leads_out(folder: &Path) -> bool {
    let mut depth = 0;
    folder.is_absolute()
        || folder.components().any(|component| {
            match component {
                std::path::Component::ParentDir => depth -= 1,
                std::path::Component::Normal(_) => depth += 1,
                _ => {}
            }
            depth < 0
        })
}

fn is_here(folder: &Path) -> bool {
    folder
        .components()
        .all(|component| component == std::path::Component::CurDir)
}

fn unverified(place: Place) -> Diagnostic {
    let message = "with `optional = true` mdBook builds the book unverified where Galley is not installed";
    finding(Severity::Warning, place, message.to_owned()).with_help("remove the line")
}

fn finding(severity: Severity, place: Place, message: String) -> Diagnostic {
    Diagnostic {
        code: Code::Config,
        severity,
        place,
        message,
        label: None,
        help: None,
        fix: None,
    }
}

/// A finding about a TOML text: where the parser says, in its words.
pub fn toml_error(file: &Arc<SourceFile>, error: &toml::de::Error, what: &str) -> Diagnostic {
    let place = match error.span() {
        Some(range) => Place::Span(span(file, range)),
        None => Place::File(file.path.clone()),
    };
    let reason = error.message().trim().replace('\n', ", ");
    let help = if reason.contains("unknown field") {
        "remove the line or correct its name"
    } else {
        "correct the value"
    };
    finding(Severity::Error, place, format!("{what}: {reason}")).with_help(help)
}

#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    Key,
    Value,
}

/// Where a key of a TOML text or its value stands.
pub fn place(file: &Arc<SourceFile>, path: &[&str], part: Part) -> Place {
    let find = || {
        let root = toml::de::DeTable::parse(&file.text).ok()?;
        let (last, folders) = path.split_last()?;
        let mut table = root.get_ref();
        for name in folders {
            table = table
                .iter()
                .find(|(key, _)| key.get_ref() == name)?
                .1
                .get_ref()
                .as_table()?;
        }
        let (key, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
        Some(if part == Part::Key {
            key.span()
        } else {
            value.span()
        })
    };
    find().map_or_else(
        || Place::File(file.path.clone()),
        |range| Place::Span(span(file, range)),
    )
}

/// The parser may end a span inside a character or beyond the text.
fn span(file: &Arc<SourceFile>, range: Range<usize>) -> Span {
    let text = &file.text;
    let (mut start, mut end) = (range.start.min(text.len()), range.end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(file, start..end.max(start))
}
