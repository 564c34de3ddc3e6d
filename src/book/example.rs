//! Blocks that hold JavaScript become examples: what their info string asks for, and what is to be run with what.
//!
//! The languages are `js`, `javascript`, `mjs`, `cjs` and `node`, in any case. The words after the language are split as
//! mdBook splits them; a word that is not known is an error at that very word, for it was meant to do something.
//! Nothing here looks into the JavaScript itself.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::caption::{self, Caption};
use crate::book::ceilings::{self, Ceilings};
use crate::book::config::Host;
use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::markdown::{Block, CodeText, Document, Node};
use crate::book::nearest;
use crate::book::quiz::{self, Question};
use crate::book::source::MappedText;
use crate::book::time::{self, Settings};
use crate::book::transcript;

/// A block of JavaScript.
pub struct Example {
    /// Index of its block in `Document::nodes`.
    pub node: usize,
    /// The whole block in the chapter's text, fences included.
    pub range: Range<usize>,
    /// What runs.
    pub code: CodeText,
    /// What is shown, when that is something else: a session at Node's prompt.
    pub session: Option<CodeText>,
    pub attributes: Attributes,
    /// Counts headings: blocks of one section have one number.
    pub section: usize,
    /// Lines of `code`, counted from 0, that run but are shown only on request.
    pub hidden_lines: Vec<usize>,
    /// An output fence right behind it, and the text that it states.
    pub output: Option<OutputFence>,
    /// Of a quiz: what the author adds behind the fence.
    pub quiz: Option<quiz::Notes>,
    /// What the comments behind it say of its picture.
    pub captions: Vec<Caption>,
}

impl Example {
    /// What a page shows of it at first.
    pub fn shown(&self) -> String {
        let text = &self.session.as_ref().unwrap_or(&self.code).text;
        let is_shown = |(at, _): &(usize, &str)| !self.hidden_lines.contains(at);
        let lines: Vec<&str> = text.lines().enumerate().filter(is_shown).map(|(_, line)| line).collect();
        lines.join("\n")
    }
}

/// A fence of language `output`, `stdout` or `console`: everything that the example before it prints.
pub struct OutputFence {
    pub node: usize,
    pub range: Range<usize>,
    pub code: CodeText,
}

/// What the info string says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// Shown only.
    pub ignore: bool,
    /// Parsed, not run.
    pub norun: bool,
    /// The program must throw: `throws` or `throws=Name`.
    pub throws: Option<Option<String>>,
    pub kind: Option<Kind>,
    /// Path in the chapter's virtual files, without a leading slash: `lib/song.js`.
    pub file: Option<String>,
    /// Runs in one program with the example before it.
    pub continues: bool,
    pub name: Option<String>,
    /// Runs, is not shown.
    pub hidden: bool,
    /// Runs before each later example of the chapter.
    pub setup: bool,
    pub timeout_ms: Option<u64>,
    /// Prefix of lines that run but are shown only on request (mdBook's `hidelines`).
    pub hidelines: Option<String>,
    /// None: the book's.
    pub host: Option<Host>,
    /// The reader is asked what comes of it.
    pub predict: Option<Question>,
    /// `clock=`, `zone=`, `seed=`.
    pub conditions: Settings,
    /// `steps`, `diagram`: pictures of its objects.
    pub pictures: Option<Pictures>,
    /// Variables that its pictures show; empty: all.
    pub watch: Vec<String>,
    /// Variables that its pictures leave out.
    pub hide: Vec<String>,
}

/// Which pictures an example has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// One of the end.
    End,
    /// One after each step.
    Steps,
    /// Those of the first to the last of these, counted from 1.
    Some(usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Script,
    CommonJs,
    Module,
}

/// What of a book's settings matters to its examples.
pub struct Options<'a> {
    /// Indented code blocks are examples.
    pub indented: bool,
    /// mdBook's `[output.html.code.hidelines]`: language to prefix.
    pub hidelines: &'a BTreeMap<String, String>,
    pub ceilings: &'a Ceilings,
}

impl<'a> Options<'a> {
    pub fn new(ceilings: &'a Ceilings) -> Options<'a> {
        static NOTHING: BTreeMap<String, String> = BTreeMap::new();
        Options { indented: false, hidelines: &NOTHING, ceilings }
    }
}

/// Reads the examples of a chapter.
pub fn read(
    chapter: &MappedText,
    document: &Document,
    options: &Options<'_>,
) -> (Vec<Example>, Vec<Diagnostic>) {
    let mut examples = Vec::new();
    let mut names = Names { chapter, taken: BTreeMap::new(), diagnostics: Vec::new() };
    let mut section = 0;
    for (node, content) in document.nodes.iter().enumerate() {
        let block = match content {
            Node::Heading(_) => {
                section += 1;
                continue;
            }
            Node::Block(block) => block,
            _ => continue,
        };
        let words = words(chapter, block);
        let language = words.first().map_or("", |word| word.text.as_str()).to_lowercase();
        let is_example =
            if block.indented { options.indented } else { LANGUAGES.contains(&language.as_str()) };
        if !is_example {
            continue;
        }
        let (mut attributes, mut problems) =
            attributes(chapter, &language, &words[words.len().min(1)..], options.ceilings);
        names.diagnostics.append(&mut problems);
        names.check(&words, &attributes);
        let prefix = attributes.hidelines.as_ref().or_else(|| options.hidelines.get(&language));
        let (code, hidden_lines) = match prefix {
            Some(prefix) => without_prefix(&block.code, prefix),
            None => (block.code.clone(), Vec::new()),
        };
        let (code, session) = match transcript::is_transcript(&code.text) {
            true => (transcript::to_code(&code), Some(code)),
            false => (code, None),
        };
        if session.is_some() {
            attributes.host.get_or_insert(Host::Repl);
        }
        // Captions may stand before an output fence and behind it.
        let pictured = attributes.pictures.is_some();
        let mut captions_at = |at| caption::read(chapter, document, at, pictured, &mut names.diagnostics);
        let (mut captions, count) = captions_at(node + 1);
        let behind = if captions.is_empty() { node + 1 } else { node + 1 + count };
        let output = output_fence(document, behind);
        if output.is_some() {
            captions.extend(captions_at(behind + 1).0);
        }
        let quiz = attributes.predict.map(|_| {
            let behind = output.as_ref().map_or(node, |output| output.node) + 1;
            let (notes, mut problems) = quiz::read(chapter, document, behind);
            names.diagnostics.append(&mut problems);
            notes
        });
        let range = block.range.clone();
        if code.text.len() as u64 > ceilings::EXAMPLE {
            attributes.ignore = true;
            let message =
                format!("this example is larger than {} MiB, and does not run", ceilings::EXAMPLE >> 20);
            let finding =
                Diagnostic::error(Code::LimitReached, chapter.span(block.info_range.clone()), message);
            names.diagnostics.push(finding.with_help("take out what nobody reads"));
        }
        examples.push(Example {
            node,
            range,
            code,
            session,
            attributes,
            section,
            hidden_lines,
            output,
            quiz,
            captions,
        });
    }
    let strays = quiz::strays(chapter, document, &examples);
    (examples, names.diagnostics.into_iter().chain(strays).collect())
}

/// The language of a fence is one that runs.
pub fn is_javascript(language: &str) -> bool {
    LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(language))
}

const LANGUAGES: &[&str] = &["js", "javascript", "mjs", "cjs", "node"];
/// Languages of fences that state an output.
pub const OUTPUTS: &[&str] = &["output", "stdout", "console"];
const KNOWN: &[&str] = &[
    "ignore",
    "norun",
    "throws",
    "throws=",
    "module",
    "commonjs",
    "script",
    "file=",
    "continue",
    "name=",
    "hidden",
    "setup",
    "timeout=",
    "hidelines=",
    "host=",
    "predict",
    "predict=",
    "clock=",
    "zone=",
    "seed=",
    "steps",
    "steps=",
    "diagram",
    "watch=",
    "hide=",
];
/// mdBook's own words that change nothing for an example.
const MDBOOK: &[&str] = &["nohighlight", "noplayground", "icon", "editable"];

/// A word of an info string.
struct Word {
    text: String,
    range: Range<usize>,
}

impl Word {
    /// Its value is a list, whose commas mdBook would take for the ends of words.
    fn is_list(&self) -> bool {
        ["watch=", "hide="].iter().any(|name| self.text.starts_with(name))
    }
}

/// The words as mdBook splits them. Where the parser decoded entities, each word's place is the whole info string.
fn words(chapter: &MappedText, block: &Block) -> Vec<Word> {
    let raw = &chapter.text[block.info_range.clone()];
    let mut at = 0;
    let mut words = Vec::new();
    for text in block.info.split([' ', '\t', ',']) {
        let start = block.info_range.start + at;
        let is_listed = at > 0 && block.info.as_bytes()[at - 1] == b',';
        at += text.len() + 1;
        let list = words.last_mut().filter(|word: &&mut Word| is_listed && word.is_list());
        if let Some(list) = list.filter(|_| !text.is_empty()) {
            list.text = format!("{},{text}", list.text);
            list.range.end = if raw == block.info { start + text.len() } else { list.range.end };
        } else if !text.is_empty() {
            let range = if raw == block.info { start..start + text.len() } else { block.info_range.clone() };
            words.push(Word { text: text.to_owned(), range });
        }
    }
    words
}

fn attributes(
    chapter: &MappedText,
    language: &str,
    words: &[Word],
    ceilings: &Ceilings,
) -> (Attributes, Vec<Diagnostic>) {
    let mut attributes = Attributes::default();
    let mut diagnostics = Vec::new();
    for word in words {
        if let Err((message, help)) = attribute(&mut attributes, &word.text, ceilings) {
            let span = chapter.span(word.range.clone());
            diagnostics.push(Diagnostic::error(Code::UnknownAttribute, span, message).with_help(help));
        }
    }
    let asked = words.iter().find(|word| word.text.starts_with("predict") && attributes.predict.is_some());
    if let (Some(other), Some(word)) = (unseen(&attributes), asked) {
        let span = chapter.span(word.range.clone());
        let message = format!(
            "`predict` asks about an example that runs and is shown, and this one is marked `{other}`"
        );
        let found = Diagnostic::error(Code::UnknownAttribute, span, message);
        diagnostics.push(found.with_help(format!("take `predict` or `{other}` off the fence")));
        attributes.predict = None;
    }
    if let Some((word, message, help)) = unpictured(&attributes, words) {
        let span = chapter.span(word.range.clone());
        diagnostics.push(Diagnostic::error(Code::UnknownAttribute, span, message).with_help(help));
        attributes.pictures = None;
    }
    if attributes.kind.is_none() {
        attributes.kind = match language {
            "mjs" => Some(Kind::Module),
            "cjs" => Some(Kind::CommonJs),
            _ => None,
        };
    }
    (attributes, diagnostics)
}

/// A word that asks for pictures which there can't be, and why.
fn unpictured<'a>(attributes: &Attributes, words: &'a [Word]) -> Option<(&'a Word, String, &'static str)> {
    let word = |names: &[&str]| {
        words.iter().find(|word| names.contains(&word.text.split('=').next().unwrap_or_default()))
    };
    if attributes.pictures.is_none() {
        let word = word(&["watch", "hide"])?;
        let message = format!("`{}` speaks of pictures, but the example has none", word.text);
        return Some((word, message, "add `steps`, or `diagram` for a picture of the end"));
    }
    // Pictures would tell what a quiz asks for.
    let why = unseen(attributes).or(attributes.predict.map(|_| "predict"))?;
    let word = word(&["steps", "diagram"])?;
    let message = format!("an example with `{why}` can't show `{}`", word.text);
    Some((word, message, "remove one of the two"))
}

/// Why an example does not run, or is not shown.
fn unseen(attributes: &Attributes) -> Option<&'static str> {
    let words = [
        (attributes.ignore, "ignore"),
        (attributes.norun, "norun"),
        (attributes.hidden, "hidden"),
        (attributes.setup, "setup"),
    ];
    words.into_iter().find(|(is_set, _)| *is_set).map(|(_, word)| word)
}

/// `4-12`, or `4` for one.
fn range(text: &str) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (0 < first && first <= last).then_some((first, last))
}

/// Names between commas.
fn variables(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The error is a message and a help.
fn attribute(attributes: &mut Attributes, word: &str, ceilings: &Ceilings) -> Result<(), (String, String)> {
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let text = |form: &str| match value {
        Some(value) if !value.is_empty() => Ok(value.to_owned()),
        _ => Err((format!("`{name}` needs a value"), format!("write `{form}`"))),
    };
    let flag = match value {
        None => Ok(true),
        Some(_) => Err((format!("`{name}` takes no value"), format!("write `{name}`"))),
    };
    match name {
        "ignore" => attributes.ignore = flag?,
        "norun" => attributes.norun = flag?,
        "continue" => attributes.continues = flag?,
        "hidden" => attributes.hidden = flag?,
        "setup" => attributes.setup = flag?,
        "throws" if value.is_none() => attributes.throws = Some(None),
        "throws" => attributes.throws = Some(Some(text("throws=TypeError")?)),
        "name" => attributes.name = Some(text("name=ID")?),
        "hidelines" => attributes.hidelines = Some(text("hidelines=//")?),
        "file" => attributes.file = Some(file(&text("file=lib/song.js")?)?),
        "timeout" => {
            let wrong = |_| (format!("`{word}` is no time"), "write milliseconds: `timeout=2000`".to_owned());
            let milliseconds = text("timeout=2000")?.parse::<u64>().map_err(wrong)?;
            if milliseconds == 0 {
                return Err(("no program ends in 0 ms".to_owned(), "write `timeout=2000`".to_owned()));
            }
            ceilings.check_timeout(milliseconds)?;
            attributes.timeout_ms = Some(milliseconds);
        }
        "clock" => {
            let form = "clock=2024-01-01T00:00:00Z";
            let clock = time::clock(&text(form)?)
                .ok_or_else(|| (format!("`{word}` is no date and time"), format!("write `{form}`")))?;
            attributes.conditions.clock = Some(clock);
        }
        "zone" => {
            let zone = time::zone(&text("zone=Europe/Berlin")?)
                .map_err(|help| (format!("`{word}` names no time zone"), help))?;
            attributes.conditions.zone = Some(zone);
        }
        "seed" => {
            let seed = text("seed=1")?.parse().map_err(|_| {
                let help = "write a whole number of at most 4294967295: `seed=1`".to_owned();
                (format!("`{word}` is no seed"), help)
            })?;
            attributes.conditions.seed = Some(seed);
        }
        "module" | "commonjs" | "script" => {
            flag?;
            let kind = match name {
                "module" => Kind::Module,
                "commonjs" => Kind::CommonJs,
                _ => Kind::Script,
            };
            if attributes.kind.is_some_and(|known| known != kind) {
                let help = "keep one of `module`, `commonjs` and `script`".to_owned();
                return Err((format!("`{name}` contradicts the word before"), help));
            }
            attributes.kind = Some(kind);
        }
        "host" => {
            attributes.host = Some(match value {
                Some("node") => Host::Node,
                Some("repl") => Host::Repl,
                Some("browser") => Host::Browser,
                _ => {
                    let help = "write `host=node`, `host=repl` or `host=browser`".to_owned();
                    return Err((format!("`{word}` names no host"), help));
                }
            });
        }
        "predict" => {
            let named = value.unwrap_or(Question::Output.as_str());
            let known = Question::ALL.into_iter().find(|question| question.as_str() == named);
            let question = known.ok_or_else(|| {
                let help =
                    "write `predict`, `predict=exports`, `predict=throws` or `predict=order`".to_owned();
                (format!("`{word}` asks for nothing that is known"), help)
            })?;
            if attributes.predict.replace(question).is_some() {
                return Err((format!("`{word}` asks a second question"), "keep one of the two".to_owned()));
            }
        }
        "steps" | "diagram" => {
            let pictures = match (name, value) {
                ("diagram", _) => flag.map(|_| Pictures::End)?,
                (_, None) => Pictures::Steps,
                (_, Some(value)) => {
                    let (first, last) = range(value).ok_or_else(|| {
                        (
                            format!("`{word}` names no steps"),
                            "write `steps=4-12`, or `steps=4` for one".to_owned(),
                        )
                    })?;
                    Pictures::Some(first, last)
                }
            };
            if attributes.pictures.replace(pictures).is_some() {
                let help = "keep one of `steps`, `steps=4-12` and `diagram`".to_owned();
                return Err((format!("`{word}` contradicts the word before"), help));
            }
        }
        "watch" => attributes.watch = variables(&text("watch=a,b")?),
        "hide" => attributes.hide = variables(&text("hide=a,b")?),
        _ if MDBOOK.contains(&name) => {}
        _ => return Err((format!("`{word}` is not known"), nearest::help(word, KNOWN))),
    }
    Ok(())
}

/// A path in the chapter's virtual files.
fn file(path: &str) -> Result<String, (String, String)> {
    let path = path.trim_start_matches("./").trim_start_matches('/');
    let leads_out = path.split('/').any(|part| matches!(part, "" | "." | ".."));
    if leads_out || path.contains('\\') {
        let help = "write a path like `file=song.js` or `file=lib/song.js`".to_owned();
        return Err((format!("`{path}` is no path of a virtual file"), help));
    }
    Ok(path.to_owned())
}

/// `file=` and `name=` stand for one block each in a chapter.
struct Names<'a> {
    chapter: &'a MappedText,
    taken: BTreeMap<String, Range<usize>>,
    diagnostics: Vec<Diagnostic>,
}

impl Names<'_> {
    fn check(&mut self, words: &[Word], attributes: &Attributes) {
        let file = attributes.file.as_ref().map(|file| ("file=", file));
        let name = attributes.name.as_ref().map(|name| ("name=", name));
        for (key, value) in file.into_iter().chain(name) {
            let Some(word) = words.iter().find(|word| word.text.starts_with(key)) else {
                continue;
            };
            if let Some(first) = self.taken.get(&format!("{key}{value}")) {
                let line = self.chapter.span(first.clone()).start_position().line;
                let span = self.chapter.span(word.range.clone());
                let message = format!("`{key}{value}` stands for two examples of this chapter");
                let help = format!("the first one is in line {line}; give this one another name");
                self.diagnostics
                    .push(Diagnostic::error(Code::UnknownAttribute, span, message).with_help(help));
            } else {
                self.taken.insert(format!("{key}{value}"), word.range.clone());
            }
        }
    }
}

/// As mdBook shows hidden lines: without the prefix, with the indentation before it.
fn without_prefix(code: &CodeText, prefix: &str) -> (CodeText, Vec<usize>) {
    let mut shown = CodeText::default();
    let mut hidden = Vec::new();
    let mut start = 0;
    for (index, line) in code.text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        let indentation = line.len() - line.trim_start().len();
        if line[indentation..].starts_with(prefix) {
            hidden.push(index);
            shown.append(code, start..start + indentation);
            shown.append(code, start + indentation + prefix.len()..end);
        } else {
            shown.append(code, start..end);
        }
        start = end;
    }
    (shown, hidden)
}

fn output_fence(document: &Document, node: usize) -> Option<OutputFence> {
    let Some(Node::Block(block)) = document.nodes.get(node) else {
        return None;
    };
    let language = block.info.split([' ', '\t', ',']).find(|word| !word.is_empty())?.to_lowercase();
    // `console` also stands for what is typed at a shell's prompt.
    let is_shell = language == "console" && block.code.text.starts_with("$ ");
    if block.indented || is_shell || !OUTPUTS.contains(&language.as_str()) {
        return None;
    }
    Some(OutputFence { node, range: block.range.clone(), code: block.code.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::config::Host;
    use crate::book::diagnostic::Place;
    use crate::book::markdown;
    use crate::book::source::SourceFile;

    fn examples(text: &str) -> (MappedText, Vec<Example>, Vec<Diagnostic>) {
        let mapped = MappedText::of(&SourceFile::new("a.md", text));
        let (document, _) = markdown::read(&mapped);
        let (examples, diagnostics) = read(&mapped, &document, &Options::new(&Ceilings::ALWAYS));
        (mapped, examples, diagnostics)
    }

    #[track_caller]
    fn check_attributes(info: &str, expected: Attributes) {
        let (_, examples, diagnostics) = examples(&format!("```{info}\n```\n"));
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(examples[0].attributes, expected);
    }

    #[test]
    fn attributes_are_split_as_mdbook_splits_them() {
        check_attributes("js", Attributes::default());
        check_attributes(
            "js,ignore norun\tthrows",
            Attributes { ignore: true, norun: true, throws: Some(None), ..Attributes::default() },
        );
        check_attributes(
            "JavaScript throws=TypeError,, module file=./lib/a.js",
            Attributes {
                throws: Some(Some("TypeError".into())),
                kind: Some(Kind::Module),
                file: Some("lib/a.js".into()),
                ..Attributes::default()
            },
        );
        check_attributes(
            "node continue setup hidden name=x timeout=20 hidelines=# nohighlight icon=star host=node",
            Attributes {
                continues: true,
                setup: true,
                hidden: true,
                name: Some("x".into()),
                timeout_ms: Some(20),
                hidelines: Some("#".into()),
                host: Some(Host::Node),
                ..Attributes::default()
            },
        );
        check_attributes(
            "js steps=4-12,watch=a,b hide=c",
            Attributes {
                pictures: Some(Pictures::Some(4, 12)),
                watch: vec!["a".into(), "b".into()],
                hide: vec!["c".into()],
                ..Attributes::default()
            },
        );
        check_attributes("js diagram", Attributes { pictures: Some(Pictures::End), ..Attributes::default() });
        check_attributes("mjs", Attributes { kind: Some(Kind::Module), ..Attributes::default() });
        check_attributes("cjs script", Attributes { kind: Some(Kind::Script), ..Attributes::default() });
    }

    #[track_caller]
    fn check_error(text: &str, place: &str, message: &str, help: &str) {
        let (_, _, diagnostics) = examples(text);
        let [diagnostic] = &diagnostics[..] else { panic!("{diagnostics:?}") };
        let Place::Span(span) = &diagnostic.place else { panic!("no span") };
        assert_eq!((format!("{span:?}").as_str(), diagnostic.message.as_str()), (place, message));
        assert_eq!(diagnostic.help.as_deref(), Some(help));
    }

    #[test]
    fn each_wrong_word_is_told_at_its_place() {
        let check = |word: &str, message: &str, help: &str| {
            let place = format!("a.md:3:15+{}", word.len());
            check_error(&format!("x\n\n> ```js norun,{word} hidden\n> ```\n"), &place, message, help);
        };
        check("ignroe", "`ignroe` is not known", "did you mean `ignore`?");
        check(
            "predict",
            "`predict` asks about an example that runs and is shown, and this one is marked `norun`",
            "take `predict` or `norun` off the fence",
        );
        check("steps", "an example with `norun` can't show `steps`", "remove one of the two");
        check(
            "watch=a,b",
            "`watch=a,b` speaks of pictures, but the example has none",
            "add `steps`, or `diagram` for a picture of the end",
        );
        check_error(
            "```js predict steps\n```\n",
            "a.md:1:15+5",
            "an example with `predict` can't show `steps`",
            "remove one of the two",
        );
        check("host=deno", "`host=deno` names no host", "write `host=node`, `host=repl` or `host=browser`");
        check("timeout=abc", "`timeout=abc` is no time", "write milliseconds: `timeout=2000`");
        check("timeout=0", "no program ends in 0 ms", "write `timeout=2000`");
        check("file", "`file` needs a value", "write `file=lib/song.js`");
        check(
            "file=../x.js",
            "`../x.js` is no path of a virtual file",
            "write a path like `file=song.js` or `file=lib/song.js`",
        );
        check("setup=1", "`setup` takes no value", "write `setup`");
    }

    #[test]
    fn contradictions_and_double_names_are_errors() {
        let help = "keep one of `module`, `commonjs` and `script`";
        check_error(
            "```js module script\n```\n",
            "a.md:1:14+6",
            "`script` contradicts the word before",
            help,
        );
        let twice = "```js name=a\n```\n\n```js file=a\n```\n\n```js name=a\n```\n";
        let help = "the first one is in line 1; give this one another name";
        check_error(twice, "a.md:7:7+6", "`name=a` stands for two examples of this chapter", help);
    }

    #[test]
    fn other_languages_and_indented_code_are_no_examples() {
        let text = "```rust\n```\n\n```\n```\n\n    indented();\n";
        assert!(examples(text).1.is_empty());
        let mapped = MappedText::of(&SourceFile::new("a.md", text));
        let options = Options { indented: true, ..Options::new(&Ceilings::ALWAYS) };
        let (found, _) = read(&mapped, &markdown::read(&mapped).0, &options);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code.text, "indented();\n");
    }

    #[test]
    fn an_output_fence_follows_at_once() {
        let output = |between: &str, language: &str, text: &str| {
            let text = format!("```js\na\n```\n{between}```{language}\n{text}\n```\n");
            examples(&text).1.remove(0).output.map(|output| output.code.text)
        };
        assert_eq!(output("", "output", "1").as_deref(), Some("1\n"));
        assert_eq!(output("\n\n", "console", "1").as_deref(), Some("1\n"));
        assert_eq!(output("", "Stdout x", "1").as_deref(), Some("1\n"));
        assert_eq!(output("", "console", "$ npm test"), None);
        assert_eq!(output("text\n\n", "output", "1"), None);
        assert_eq!(output("", "text", "1"), None);
    }

    #[test]
    fn hidden_lines_run_without_their_prefix() {
        let (mapped, examples, _) = examples("> ```js hidelines=//!\n> //!let a;\n>   //! b;\n> c;\n> ```\n");
        let example = &examples[0];
        assert_eq!(example.code.text, "let a;\n   b;\nc;\n");
        assert_eq!(example.hidden_lines, [0, 1]);
        let place = |text: &str| {
            let at = example.code.text.find(text).unwrap();
            format!("{:?}", mapped.span(example.code.range(at..at + text.len())))
        };
        assert_eq!(place("let a;"), "a.md:2:6+6");
        assert_eq!(place("b;"), "a.md:3:9+2");
        assert_eq!(place("c;"), "a.md:4:3+2");
    }

    #[test]
    fn headings_open_sections() {
        let (_, examples, _) = examples("```js\n```\n# A\n```js\n```\n```js\n```\n## B\n```js\n```\n");
        let sections: Vec<usize> = examples.iter().map(|example| example.section).collect();
        assert_eq!(sections, [0, 1, 1, 2]);
    }
}
