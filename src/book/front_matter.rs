//! The front matter of an imported article: YAML between `---` lines at the very start of a file.
//!
//! mdBook knows no front matter and would show it as text. Galley takes title, date and tags from it and leaves the
//! rest alone. A thematic break that opens a file is not taken for it. The only file that reads YAML.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::book::diagnostic::{Code, Diagnostic};
use crate::book::source::MappedText;

/// What Galley uses of it.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// With both fences and the line break after the second one.
    pub range: Range<usize>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub tags: Vec<String>,
}

/// Broken YAML is a warning; the text between the fences counts as front matter all the same.
pub fn read(chapter: &MappedText) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    let Some((range, inner)) = find(&chapter.text) else {
        return (None, Vec::new());
    };
    let yaml = &chapter.text[inner.clone()];
    let nothing = FrontMatter { range: range.clone(), ..FrontMatter::default() };
    if yaml.trim().is_empty() {
        return (Some(nothing), Vec::new());
    }
    match serde_saphyr::from_str::<Keys>(yaml) {
        Ok(Keys { title, date, tags }) => {
            let first = |value: Option<Scalars>| value.and_then(|Scalars(values)| values.into_iter().next());
            let tags = tags.map_or_else(Vec::new, |Scalars(values)| values);
            (Some(FrontMatter { range, title: first(title), date: first(date), tags }), Vec::new())
        }
        // A paragraph between two thematic breaks.
        Err(_) if !yaml.lines().any(looks_like_a_key) => (None, Vec::new()),
        Err(error) => {
            let line = error.location().map_or(1, |location| location.line() as usize);
            let reason = reason(&error.to_string());
            let place = line_range(yaml, line);
            let span = chapter.span(inner.start + place.start..inner.start + place.end);
            let message = format!("the front matter is not valid YAML: {reason}");
            let diagnostic = Diagnostic::warning(Code::Style, span, message)
                .with_help("its title, date and tags are not used; it is not shown either");
            (Some(nothing), vec![diagnostic])
        }
    }
}

/// The whole and what stands between the fences.
fn find(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---" && line.ends_with('\n'))?;
    let mut at = first.len();
    for (index, line) in lines.enumerate() {
        match line.trim_end() {
            "---" | "..." => return Some((0..at + line.len(), first.len()..at)),
            // An empty line below the first fence: a thematic break.
            "" if index == 0 => return None,
            _ => at += line.len(),
        }
    }
    None
}

/// The parser's first sentence, without the line that it repeats: its numbers count from the fence.
fn reason(message: &str) -> String {
    let first = message.lines().next().unwrap_or("").trim_start_matches("error: ");
    let rest =
        first.strip_prefix("line ").and_then(|rest| rest.split_once(": ")).map_or(first, |(_, rest)| rest);
    rest.split(" at line ").next().unwrap_or(rest).to_owned()
}

fn looks_like_a_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(' '))
}

fn line_range(text: &str, line: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or("");
    start..start + line.len()
}

#[derive(Deserialize)]
struct Keys {
    #[serde(default)]
    title: Option<Scalars>,
    #[serde(default)]
    date: Option<Scalars>,
    #[serde(default)]
    tags: Option<Scalars>,
}

/// One scalar of any type or a list of them; whatever else stands there counts for nothing.
struct Scalars(Vec<String>);

impl<'de> Deserialize<'de> for Scalars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalars, D::Error> {
        deserializer.deserialize_any(ScalarsVisitor)
    }
}

struct ScalarsVisitor;

impl<'de> Visitor<'de> for ScalarsVisitor {
    type Value = Scalars;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a list of texts")
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalars, E> {
        Ok(Scalars(vec![value.to_owned()]))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalars, E> {
        Ok(Scalars(vec![value.to_string()]))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalars, E> {
        Ok(Scalars(vec![value.to_string()]))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalars, E> {
        Ok(Scalars(vec![value.to_string()]))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalars, E> {
        Ok(Scalars(vec![value.to_string()]))
    }

    fn visit_unit<E>(self) -> Result<Scalars, E> {
        Ok(Scalars(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalars, A::Error> {
        let mut all = Vec::new();
        while let Some(Scalars(values)) = items.next_element()? {
            all.extend(values);
        }
        Ok(Scalars(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalars, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalars(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::diagnostic::Place;
    use crate::book::source::SourceFile;

    fn front_matter(text: &str) -> (Option<FrontMatter>, Vec<Diagnostic>) {
        read(&MappedText::of(&SourceFile::new("a.md", text)))
    }

    #[test]
    fn title_date_and_tags_are_read_whatever_their_type() {
        let text = "---\r\ntitle: \"A: b\"\r\ndate: 2013-10-19\r\ntags:\r\n  - x\r\n  - 2\r\nother: {a: [1]}\r\n---\r\ntext";
        let (found, diagnostics) = front_matter(text);
        let found = found.unwrap();
        assert_eq!((found.title.as_deref(), found.date.as_deref()), (Some("A: b"), Some("2013-10-19")));
        assert_eq!(found.tags, ["x", "2"]);
        assert_eq!(&text[found.range], text.strip_suffix("text").unwrap());
        assert!(diagnostics.is_empty());
        let (found, _) = front_matter("---\ntitle: 1984\ntags: one\n...\n");
        let found = found.unwrap();
        assert_eq!(
            (found.title.as_deref(), found.tags.as_slice()),
            (Some("1984"), ["one".to_owned()].as_slice())
        );
    }

    #[test]
    fn thematic_breaks_are_no_front_matter() {
        for text in [
            "---\n\ntitle: x\n---\n",
            "---\nJust a paragraph.\n---\n",
            "---\ntitle: x\n",
            "x\n---\na: b\n---\n",
            "---",
        ] {
            assert!(front_matter(text).0.is_none(), "{text:?}");
        }
    }

    #[test]
    fn broken_yaml_is_a_warning_in_its_line() {
        let (found, diagnostics) = front_matter("---\ntitle: x\ntags: [a\n---\ntext");
        assert_eq!(found.unwrap().range, 0..26);
        let Place::Span(span) = &diagnostics[0].place else { panic!("no span") };
        assert_eq!(span.start_position().line, 3, "{diagnostics:?}");
    }
}
