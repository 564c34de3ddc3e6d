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
    let nothing = FrontMatter {
        range: range.clone(),
        ..FrontMatter::default()
    };
    if yaml.trim().is_empty() {
        return (Some(nothing), Vec::new());
    }
    match serde_saphyr::from_str::<Keys>(yaml) {
        Ok(Keys { title, date, tags }) => {
            let first = |value: Option<Scalars>| value.and_then(|Scalars(values)| values.into_iter().next());
            let tags = tags.map_or_else(Vec::new, |Scalars(values)| values);
            (
                Some(FrontMatter {
                    range,
                    title: first(title),
                    date: first(date),
                    tags,
                }),
                Vec::new(),
            )
        }
        // A paragraph between two thematic breaks.
        Err(_) if !yaml.lines().any(looks_like_a_key) => (None, Vec::new()),
        Err(error) => {
            let line = error.location().map_or(1, |location| location.line() as usize);
            let (reason, _) = error
                .to_string()
                .split_once('\n')
                .map_or((error.to_string(), ()), |(first, _)| (first.to_owned(), ()));
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
    let first = lines
        .next()
        .filter(|line| line.trim_end() == "---" && line.ends_with('\n'))?;
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

fn looks_like_a_key(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(' '))
}

fn line_range(text: &str, line: usize) -> Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
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
