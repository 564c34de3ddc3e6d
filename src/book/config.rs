//! The settings of a book: `[preprocessor.galley]` of book.toml and what of mdBook's own tables matters to Galley.
//!
//! mdBook takes a table that it can't read for an empty one, or deletes the sources for a build-dir that holds them;
//! here both are findings with their place in book.toml. No disk: [`check_build_dir`] is told how paths resolve.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use toml::{Table, Value};

use crate::book::ceilings::Ceilings;
use crate::book::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::book::nearest;
use crate::book::source::SourceFile;
use crate::book::time::{self, Settings};
use crate::book::toml_place::{Part, place, toml_error};

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
    /// What the book, its fences and its exercises may ask for.
    pub ceilings: Ceilings,
    pub host: Host,
    /// Clock, zone and seed of the programs.
    pub conditions: Settings,
    pub prose: ProseMode,
    /// Findings that are to be errors.
    pub deny: Vec<Denied>,
    /// Small changes of each solution are tried: does a test notice?
    pub mutants: bool,
    pub cache: Caching,
    /// mdBook's `[output.html.code.hidelines]`: language to prefix.
    pub hidelines: BTreeMap<String, String>,
}

/// What `deny` may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Tests that do not notice a small change of the solution, or can't fail.
    WeakTests,
    /// What may be a claim and was not judged.
    Unchecked,
    /// Every warning.
    Warnings,
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
    /// Node, with its built-in modules as globals, as its prompt has them.
    Repl,
    Browser,
}

/// Whether what programs did is kept for the next run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caching {
    Off,
    On {
        /// Relative to `root`; none: where such things usually are.
        folder: Option<PathBuf>,
        /// In bytes; none: as much as usual.
        size: Option<u64>,
    },
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
    pub const ALL: [Rung; 7] =
        [Rung::Exact, Rung::Value, Rung::Dialect, Rung::Ellipsis, Rung::Precision, Rung::Tail, Rung::Error];

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
            ceilings: Ceilings::ALWAYS,
            host: Host::Node,
            conditions: Settings::default(),
            prose: ProseMode::Default,
            deny: Vec::new(),
            mutants: true,
            cache: Caching::On { folder: None, size: None },
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
pub fn read(
    file: &Arc<SourceFile>,
    root: &Path,
    overrides: &[(String, Value)],
    ceilings: Ceilings,
) -> (Config, Vec<Diagnostic>) {
    let mut config = Config { root: Some(root.to_path_buf()), ceilings, ..Config::default() };
    let mut diagnostics = Vec::new();
    match toml::from_str::<Table>(&file.text) {
        Err(error) => diagnostics.push(toml_error(file, &error, Code::Config, "book.toml is not valid TOML")),
        Ok(table) => {
            read_mdbook(&mut config, file, &mut diagnostics);
            let own = table.get("preprocessor").and_then(|all| all.get("galley")).and_then(Value::as_table);
            // What the command line sets is not the book's to ask for.
            let is_set = |key: &str| overrides.iter().any(|(set, _)| set == key);
            if is_set("timeout") {
                config.ceilings.timeout = Ceilings::ALWAYS.timeout;
            }
            if is_set("memory") {
                config.ceilings.memory = Ceilings::ALWAYS.memory;
            }
            for (key, value) in own.into_iter().flatten() {
                let path = ["preprocessor", "galley", key.as_str()];
                if let Err(mistake) = apply(&mut config, key, value) {
                    let part = if mistake.in_key { Part::Key } else { Part::Value };
                    diagnostics.push(mistake.at(place(file, &path, part)));
                } else if key == "optional" && value.as_bool() == Some(true) {
                    diagnostics.push(unverified(place(file, &path, Part::Value)));
                }
            }
            check_folders(&config, file, &mut diagnostics);
        }
    }
    diagnostics.extend(apply_overrides(&mut config, overrides));
    (config, diagnostics)
}

/// Sets what `--config KEY=VALUE` says, over what book.toml says. A stranger's limits have what is set here as ceilings.
pub fn apply_overrides(config: &mut Config, overrides: &[(String, Value)]) -> Vec<Diagnostic> {
    let strangers = std::mem::replace(&mut config.ceilings, Ceilings::ALWAYS);
    let apply = |(key, value): &(String, Value)| {
        let mistake = apply(config, key, value).err()?;
        Some(mistake.at(Place::File("--config".to_owned())))
    };
    let diagnostics = overrides.iter().filter_map(apply).collect();
    config.ceilings = strangers;
    let is_set = |key: &str| overrides.iter().any(|(set, _)| set == key);
    if strangers.untrusted && is_set("timeout") {
        config.ceilings.timeout = config.timeout;
    }
    if strangers.untrusted && is_set("memory") {
        config.ceilings.memory = config.memory;
    }
    diagnostics
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
        _ => Err(format!("the value of `{key}` is not TOML: text needs quotes, e.g. {key}='\"{value}\"'")),
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
        .or_else(|| if is_here(src) { None } else { lies_in(src, "the folder of the chapters") })?;
    let place = match toml::from_str::<Table>(&file.text) {
        Ok(table) if table.get("build").and_then(|build| build.get("build-dir")).is_some() => {
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
    "clock",
    "zone",
    "seed",
    "exercises",
    "prose",
    "deny",
    "mutants",
    "cache",
];
/// mdBook's own keys of a preprocessor's table.
const MDBOOK_KEYS: &[&str] = &["command", "before", "after", "renderers", "optional"];

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
    let too_much = |(message, help): (String, String)| Mistake { message, help, in_key: false };
    let boolean = || value.as_bool().ok_or_else(|| wrong(&format!("{key} = true or {key} = false")));
    match key {
        "bare" => config.bare = boolean()?,
        "mutants" => config.mutants = boolean()?,
        "indented" => config.indented = boolean()?,
        "cache" => config.cache = caching(value).map_err(wrong)?,
        "exercises" => match value.as_str() {
            Some(folder) if !folder.trim().is_empty() => config.exercises = PathBuf::from(folder),
            _ => return Err(wrong("the name of a folder: exercises = \"exercises\"")),
        },
        "state" => {
            let states =
                [("isolated", State::Isolated), ("section", State::Section), ("chapter", State::Chapter)];
            config.state = one_of(key, value, &states)?;
        }
        "host" => {
            let hosts = [("node", Host::Node), ("repl", Host::Repl), ("browser", Host::Browser)];
            config.host = one_of(key, value, &hosts)?;
        }
        "clock" => {
            let text = value.as_datetime().map(ToString::to_string);
            let clock = text.as_deref().or(value.as_str()).and_then(time::clock);
            config.conditions.clock =
                Some(clock.ok_or_else(|| wrong("a date and time: clock = \"2024-01-01T00:00:00Z\""))?);
        }
        "zone" => {
            let zone = value.as_str().ok_or_else(|| wrong("the name of a zone: zone = \"Europe/Berlin\""))?;
            config.conditions.zone = Some(time::zone(zone).map_err(|help| Mistake {
                message: format!("`zone` can't be {}", describe(value)),
                help,
                in_key: false,
            })?);
        }
        "seed" => {
            let seed = value.as_integer().and_then(|seed| u32::try_from(seed).ok());
            config.conditions.seed =
                Some(seed.ok_or_else(|| wrong("a whole number of at most 4294967295: seed = 1"))?);
        }
        "prose" => {
            let modes = [("default", ProseMode::Default), ("deny", ProseMode::Deny)];
            config.prose = one_of(key, value, &modes)?;
        }
        "timeout" => {
            let milliseconds = milliseconds(value).filter(|&milliseconds| milliseconds > 0);
            let milliseconds = milliseconds.ok_or_else(|| wrong("milliseconds: timeout = 5000"))?;
            config.ceilings.check_timeout(milliseconds).map_err(too_much)?;
            config.timeout = Duration::from_millis(milliseconds);
        }
        "memory" => {
            let bytes = bytes(value).filter(|&bytes| bytes > 0);
            let bytes = bytes.ok_or_else(|| wrong("bytes or a size: memory = \"64MiB\""))?;
            config.ceilings.check_memory(bytes).map_err(too_much)?;
            config.memory = bytes;
        }
        "rungs" => config.rungs = rungs(value)?,
        "deny" => {
            let Some(items) = value.as_array() else {
                return Err(wrong("a list: deny = [\"weak-tests\"]"));
            };
            let known = [
                ("weak-tests", Denied::WeakTests),
                ("unchecked", Denied::Unchecked),
                ("warnings", Denied::Warnings),
            ];
            config.deny = items.iter().map(|item| one_of(key, item, &known)).collect::<Result<_, _>>()?;
        }
        _ if MDBOOK_KEYS.contains(&key) => {}
        _ => {
            let message = format!("`{key}` is not a setting of Galley");
            return Err(Mistake { message, help: nearest::help(key, KEYS), in_key: true });
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
    let mut rungs: Vec<Rung> =
        items.iter().map(|item| one_of("rungs", item, &known)).collect::<Result<_, _>>()?;
    rungs.sort_unstable();
    rungs.dedup();
    Ok(rungs)
}

/// `false`, `true`, a folder, or `{ folder = "DIR", size = "64MiB" }`.
fn caching(value: &Value) -> Result<Caching, &'static str> {
    let size_of = |value: &Value| bytes(value).ok_or("a size: cache = { size = \"256MiB\" }");
    let folder_of = |value: &Value| match value.as_str().map(str::trim) {
        // A book is not to write elsewhere; whoever runs it may.
        Some(folder) if !folder.is_empty() && !leads_out(Path::new(folder)) => Ok(PathBuf::from(folder)),
        _ => {
            Err("a folder of the book: cache = \"target/galley\"; for another one, run with --cache-dir DIR")
        }
    };
    match value {
        Value::Boolean(false) => Ok(Caching::Off),
        Value::Boolean(true) => Ok(Caching::On { folder: None, size: None }),
        Value::String(_) => Ok(Caching::On { folder: Some(folder_of(value)?), size: None }),
        Value::Table(table) if table.keys().all(|key| ["folder", "size"].contains(&key.as_str())) => {
            let folder = table.get("folder").map(folder_of).transpose()?;
            Ok(Caching::On { folder, size: table.get("size").map(size_of).transpose()? })
        }
        _ => Err("cache = false, a folder of the book, or cache = { folder = \"DIR\", size = \"256MiB\" }"),
    }
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
fn read_mdbook(config: &mut Config, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) {
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
            diagnostics.push(toml_error(file, &error, Code::Config, "mdBook can't read book.toml"));
            // The folders matter even so: a dangerous build-dir is to be seen.
            let text = |table: &str, key: &str| text_at(file, table, key);
            config.title = text("book", "title");
            config.src = text("book", "src").map_or_else(|| config.src.clone(), PathBuf::from);
            config.build_dir =
                text("build", "build-dir").map_or_else(|| config.build_dir.clone(), PathBuf::from);
        }
    }
    match toml::from_str::<Whole>(&file.text) {
        Ok(Whole { output: Some(Output { html: Some(html) }) }) => {
            config.theme = html.theme.unwrap_or_else(|| config.theme.clone());
            config.hidelines = html.code.hidelines.into_iter().collect();
        }
        Ok(_) => {}
        Err(error) => {
            let message = "mdBook can't read [output.html] and would leave all of it out";
            diagnostics.push(toml_error(file, &error, Code::Config, message));
        }
    }
}

/// Folders outside the book are read all the same, as mdBook reads them; the author may not have meant it.
fn check_folders(config: &Config, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) {
    let src = (&config.src, "the chapters lie", ["book", "src"].as_slice(), "src = \"book\"");
    let path = ["preprocessor", "galley", "exercises"].as_slice();
    let exercises = (&config.exercises, "the exercises lie", path, "exercises = \"exercises\"");
    for (folder, what, path, line) in [src, exercises] {
        if leads_out(folder) {
            let message = format!("{what} outside the book: `{}`", folder.display());
            // A stranger's are not read, so the book is not what it says it is.
            let severity = if config.ceilings.untrusted { Severity::Error } else { Severity::Warning };
            let place = place(file, path, Part::Value);
            let help = format!("keep them in a folder of the book: {line}");
            diagnostics.push(finding(severity, place, message).with_help(help));
        }
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
    folder.components().all(|component| component == std::path::Component::CurDir)
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
        notes: Vec::new(),
        help: None,
        fix: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> (Config, Vec<Diagnostic>) {
        read(&SourceFile::new("book.toml", text), Path::new(""), &[], Ceilings::ALWAYS)
    }

    #[test]
    fn settings_are_read_with_their_units() {
        let (config, diagnostics) = config(
            "[book]\ntitle = \"T\"\nsrc = \"book\"\n[build]\nbuild-dir = \"site\"\n\
             [output.html.code.hidelines]\njs = \"//!\"\n\
             [preprocessor.galley]\nbefore = [\"links\"]\ncommand = \"x\"\nstate = \"section\"\nbare = false\n\
             timeout = \"2s\"\nmemory = \"32 MiB\"\nrungs = \"value\"\nhost = \"browser\"\nprose = \"deny\"\n\
             deny = [\"weak-tests\"]\nmutants = false\nindented = true\nexercises = \"e\"\ncache = false\n\
             clock = 2024-06-01T12:00:00Z\nzone = \"UTC\"\nseed = 7\n",
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let expected = Config {
            root: Some(PathBuf::new()),
            title: Some("T".into()),
            src: "book".into(),
            build_dir: "site".into(),
            theme: "theme".into(),
            exercises: "e".into(),
            state: State::Section,
            bare: false,
            indented: true,
            rungs: vec![Rung::Exact, Rung::Value],
            timeout: Duration::from_secs(2),
            memory: 32 << 20,
            ceilings: Ceilings::ALWAYS,
            host: Host::Browser,
            conditions: Settings { clock: Some(1_717_243_200_000), zone: Some(None), seed: Some(7) },
            prose: ProseMode::Deny,
            deny: vec![Denied::WeakTests],
            mutants: false,
            cache: Caching::Off,
            hidelines: BTreeMap::from([("js".into(), "//!".into())]),
        };
        assert_eq!(config, expected);
    }

    #[track_caller]
    fn check_finding(text: &str, place: &str, message: &str, help: &str) {
        let (_, diagnostics) = config(text);
        let [diagnostic] = &diagnostics[..] else { panic!("{diagnostics:?}") };
        assert_eq!(shown(&diagnostic.place), place);
        assert!(diagnostic.message.contains(message), "{}", diagnostic.message);
        assert!(diagnostic.help.as_ref().unwrap().contains(help), "{:?}", diagnostic.help);
    }

    fn shown(place: &Place) -> String {
        match place {
            Place::Span(span) => format!("{span:?}"),
            Place::File(path) => path.clone(),
        }
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let own = |line: &str| format!("# é\n[preprocessor.galley]\n{line}\n");
        let check = |line: &str, place: &str, message: &str, help: &str| {
            check_finding(&own(line), &format!("book.toml:{place}"), message, help);
        };
        check("stat = \"x\"", "3:1+4", "`stat` is not a setting", "`state`");
        check("state = \"sections\"", "3:9+10", "can't be \"sections\"", "`section`");
        check("bare = 1", "3:8+1", "`bare` can't be 1", "bare = true");
        check("timeout = \"soon\"", "3:11+6", "can't be \"soon\"", "timeout = 5000");
        check("timeout = -1", "3:11+2", "can't be -1", "timeout = 5000");
        check("memory = [1]", "3:10+3", "type array", "64MiB");
        check("rungs = [\"exact\", \"tails\"]", "3:9+18", "can't be \"tails\"", "`tail`");
        check("deny = [\"weak\"]", "3:8+8", "can't be \"weak\"", "`weak-tests`");
        check("clock = \"noon\"", "3:9+6", "`clock` can't be \"noon\"", "2024-01-01T00:00:00Z");
        check("clock = 07:32:00", "3:9+8", "`clock` can't be", "2024-01-01T00:00:00Z");
        check("zone = \"Europe/Berln\"", "3:8+14", "can't be \"Europe/Berln\"", "`Europe/Berlin`");
        check("zone = \"+25:00\"", "3:8+8", "can't be \"+25:00\"", "`+02:00`");
        check("zone = \"Middle-earth\"", "3:8+14", "can't be", "`+02:00`");
        check("zone = 2", "3:8+1", "`zone` can't be 2", "Europe/Berlin");
        check("seed = -1", "3:8+2", "`seed` can't be -1", "seed = 1");
        check("cache = 1", "3:9+1", "`cache` can't be 1", "cache = false");
        check("cache = \"../x\"", "3:9+6", "can't be \"../x\"", "--cache-dir DIR");
        check("cache = \"/x\"", "3:9+4", "can't be \"/x\"", "a folder of the book");
        check("cache = { size = \"much\" }", "3:9+17", "`cache` can't be", "256MiB");
        check("cache = { dir = \"x\" }", "3:9+13", "`cache` can't be", "folder = ");
        check("optional = true", "3:12+4", "unverified", "remove");
        check("timeout = 99999999999999999999", "3:11+20", "not valid TOML", "correct");
        check_finding("[book\n", "book.toml:1:6+0", "not valid TOML", "correct");
        check_finding("[book]\ntitel = 1\n", "book.toml:2:1+5", "unknown field", "name");
        check_finding("[output.html]\nmathjax = 1\n", "book.toml:2:1+7", "[output.html]", "name");
        check_finding("[output.html]\nprint = 1\n", "book.toml:2:9+1", "[output.html]", "value");
        check_finding("[book]\nsrc = \"../x\"\n", "book.toml:2:7+6", "outside the book", "src = \"book\"");
    }

    #[test]
    fn a_cache_has_a_folder_and_a_size() {
        let cache = |value: &str| {
            let (config, diagnostics) = config(&format!("[preprocessor.galley]\ncache = {value}\n"));
            assert!(diagnostics.is_empty(), "{diagnostics:?}");
            config.cache
        };
        let on = |folder: Option<&str>, size| Caching::On { folder: folder.map(PathBuf::from), size };
        assert_eq!(cache("false"), Caching::Off);
        assert_eq!(cache("true"), on(None, None));
        assert_eq!(cache("\"a/../b\""), on(Some("a/../b"), None));
        assert_eq!(cache("{ size = \"1MiB\" }"), on(None, Some(1 << 20)));
        assert_eq!(cache("{ size = 9, folder = \"x\" }"), on(Some("x"), Some(9)));
    }

    #[test]
    fn overrides_win_and_their_mistakes_are_told() {
        let file = SourceFile::new("book.toml", "[preprocessor.galley]\nstate = \"section\"\n");
        let overrides =
            ["state = \"chapter\"", "timeout=10", "bar=1"].map(|text| parse_override(text).unwrap());
        let (config, diagnostics) = read(&file, Path::new(""), &overrides, Ceilings::ALWAYS);
        assert_eq!((config.state, config.timeout), (State::Chapter, Duration::from_millis(10)));
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(shown(&diagnostics[0].place), "--config");
        assert!(parse_override("state=chapter").unwrap_err().contains("state='\"chapter\"'"));
        assert!(parse_override("state").is_err());
        assert!(parse_override("a=1\nb=2").is_err());
    }

    #[test]
    fn a_build_dir_that_would_delete_the_sources_is_refused() {
        // Resolves as if the book lay in /b.
        let resolve = |path: &Path| {
            let mut resolved = PathBuf::from("/b");
            for part in path.components() {
                match part {
                    std::path::Component::ParentDir => drop(resolved.pop()),
                    std::path::Component::CurDir => {}
                    part => resolved.push(part),
                }
            }
            resolved
        };
        let check = |src: &str, build_dir: &str| {
            let text = format!("[book]\nsrc = \"{src}\"\n[build]\nbuild-dir = \"{build_dir}\"\n");
            let file = SourceFile::new("book.toml", &text);
            let (config, _) = read(&file, Path::new(""), &[], Ceilings::ALWAYS);
            let found = check_build_dir(&config, &file, &resolve)?;
            assert_eq!(shown(&found.place), format!("book.toml:4:13+{}", build_dir.len() + 2));
            assert!(found.help.unwrap().contains("build-dir = \"site\""));
            Some(found.message.split_once("` ").unwrap().1.split(':').next().unwrap().to_owned())
        };
        let holds = |what: &str| Some(format!("holds {what}"));
        let lies_in = |what: &str| Some(format!("lies in {what}"));
        assert_eq!(check("book", "site"), None);
        assert_eq!(check(".", "site"), None);
        assert_eq!(check("book", "../site"), None);
        assert_eq!(check("book", "book"), holds("the chapters"));
        assert_eq!(check("x/book", "x"), holds("the chapters"));
        assert_eq!(check("book", "."), holds("the whole book"));
        assert_eq!(check("book", ".."), holds("the whole book"));
        assert_eq!(check("book", "theme"), holds("the theme"));
        assert_eq!(check("book", "exercises"), holds("the exercises"));
        assert_eq!(check("book", "book/site"), lies_in("the folder of the chapters"));
        assert_eq!(check("book", "theme/x"), lies_in("the theme"));
        assert_eq!(check("book", "exercises/x"), lies_in("the exercises"));
        // The default of mdBook together with src = "book".
        let file = SourceFile::new("book.toml", "[book]\nsrc = \"book\"\n");
        let (config, _) = read(&file, Path::new(""), &[], Ceilings::ALWAYS);
        assert_eq!(shown(&check_build_dir(&config, &file, &resolve).unwrap().place), "book.toml");
    }
}
