//! A chapter as mdBook gets it: the author's markdown, byte for byte, but for what Galley shows in its own way.
//!
//! Whatever stands in for a block is ONE line that begins with an HTML comment. To a markdown parser such a line is an
//! HTML block of its own: it may interrupt a paragraph, it ends on that line, and inside a quote or a list it needs no
//! prefix to be repeated. So a block can be replaced wherever it stands.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use crate::book::diagnostic::Diagnostic;
use crate::book::load::Chapter;
use crate::book::markdown::Node;
use crate::book::modules;
use crate::render::html::escape;
use crate::render::template::Templates;
use crate::render::{example, exercise, verification};
use crate::verify::{Owner, Verified, VerifiedExample};

/// A range of the text and what stands in for it.
pub type Replacement = (Range<usize>, String);

/// The markdown of `Sources::chapters[index]` with its examples, exercises and marks.
pub fn to_markdown(
    verified: &Verified,
    index: usize,
    templates: &Templates,
) -> Result<String, Box<Diagnostic>> {
    let chapter = &verified.sources.chapters[index];
    let mut replacements = prose_marks(verified, Owner::Chapter(index));
    replacements.extend(front_matter(chapter));
    replacements.extend(examples(verified, index, templates)?);
    replacements.extend(exercises(verified, chapter, templates)?);
    replacements.extend(module_graphs(verified, index));
    replacements.extend(verifications(verified, chapter, templates)?);
    Ok(apply(&chapter.text.text, &(0..chapter.text.text.len()), replacements))
}

/// The part of a text with those replacements that lie in it.
pub fn apply(text: &str, part: &Range<usize>, mut replacements: Vec<Replacement>) -> String {
    replacements.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(part.len() * 2);
    let mut done = part.start;
    for (range, replacement) in replacements {
        // One that begins inside another has gone with it.
        if range.start < done || range.end > part.end {
            continue;
        }
        out.push_str(&text[done..range.start]);
        out.push_str(&replacement);
        // A block's line must end where the block's last line ended.
        if text[range.clone()].ends_with('\n') && !replacement.is_empty() && !replacement.ends_with('\n') {
            out.push('\n');
        }
        done = range.end;
    }
    out.push_str(&text[done..part.end]);
    out
}

/// Marks behind the sentences that were judged; a claim in a comment is replaced by its mark.
pub fn prose_marks(verified: &Verified, owner: Owner) -> Vec<Replacement> {
    let text = verified.sources.text(owner);
    let in_code = |range: &Range<usize>| {
        text.document
            .nodes
            .iter()
            .any(|node| matches!(node, Node::Block(block) if block.range.contains(&range.start)))
    };
    verified
        .claims
        .iter()
        .filter(|claim| claim.owner == owner && !in_code(&claim.claim.range))
        .filter_map(|claim| {
            let range = &claim.claim.range;
            let (verdict, title) = example::word(&claim.claim, &claim.verdict)?;
            let mark = format!(
                "<span class=\"galley-prose\" data-verdict=\"{verdict}\" title=\"{}\"></span>",
                escape(&title)
            );
            let stated = text.text.text[range.clone()].trim_end();
            let end = range.start + stated.len();
            let is_comment = stated.starts_with("<!--");
            Some((if is_comment { range.start..end } else { end..end }, mark))
        })
        .collect()
}

/// mdBook knows no front matter: it goes, and its title becomes the chapter's when there is no other.
fn front_matter(chapter: &Chapter) -> Option<Replacement> {
    let front_matter = chapter.document.front_matter.as_ref()?;
    let has_title = chapter
        .document
        .nodes
        .iter()
        .any(|node| matches!(node, Node::Heading(heading) if heading.level == 1));
    let title = match &front_matter.title {
        Some(title) if !has_title => format!("# {}\n\n", as_text(title)),
        _ => String::new(),
    };
    Some((front_matter.range.clone(), title))
}

/// Markdown that reads as this very text.
pub fn as_text(text: &str) -> String {
    let mut out = String::new();
    for char in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match char {
            '{' | '}' | '&' | '<' => {
                let _ = write!(out, "&#{};", u32::from(char));
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '|' | '>' | '!' => {
                out.push('\\');
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}

fn examples(
    verified: &Verified,
    index: usize,
    templates: &Templates,
) -> Result<Vec<Replacement>, Box<Diagnostic>> {
    let chapter = &verified.sources.chapters[index];
    let known: HashMap<usize, &VerifiedExample> = verified
        .examples
        .iter()
        .filter(|example| example.owner == Owner::Chapter(index))
        .map(|example| (example.index, example))
        .collect();
    let mut replacements = Vec::new();
    for ((at, source), number) in chapter.examples.iter().enumerate().zip(numbers(chapter)) {
        let Some(example) = known.get(&at) else {
            continue;
        };
        let line = if let Some(number) = number {
            let html = example::to_html(verified, example, number, true, templates)?;
            format!("<!--galley {number}-->{html}")
        } else {
            // Not nothing: an empty line between the items of a tight list would make it a loose one.
            "<!--galley-->".to_owned()
        };
        let mut range = source.range.clone();
        if let Some(output) = &source.output {
            let between = &chapter.text.text[range.end..output.range.start];
            if between.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty() {
                range.end = output.range.end;
            } else {
                replacements.push((output.range.clone(), "<!--galley-->".to_owned()));
            }
        }
        let notes = source.quiz.iter().flat_map(|notes| &notes.comments);
        replacements.extend(notes.map(|comment| (comment.clone(), "<!--galley-->".to_owned())));
        replacements.push((range, line));
    }
    Ok(replacements)
}

/// Of each example its number among the chapter's figures; none: it is not shown.
pub fn numbers(chapter: &Chapter) -> Vec<Option<usize>> {
    let mut number = 0;
    let numbers = chapter.examples.iter().map(|example| {
        let is_shown = !(example.attributes.hidden || example.attributes.setup);
        number += usize::from(is_shown);
        is_shown.then_some(number)
    });
    numbers.collect()
}

fn exercises(
    verified: &Verified,
    chapter: &Chapter,
    templates: &Templates,
) -> Result<Vec<Replacement>, Box<Diagnostic>> {
    let mut replacements = Vec::new();
    for node in &chapter.document.nodes {
        let Node::Exercise(directive) = node else {
            continue;
        };
        let found = verified.sources.exercises.iter().position(|exercise| exercise.name == directive.name);
        // One that is not there has been told; nothing is shown for it.
        let html = found.map(|index| exercise::to_html(verified, index, templates)).transpose()?;
        let line = format!("<!--galley exercise-->{}", html.unwrap_or_default());
        replacements.push((directive.range.clone(), line));
    }
    Ok(replacements)
}

/// What can't be drawn has been told; nothing is shown for it.
fn module_graphs(verified: &Verified, index: usize) -> Vec<Replacement> {
    let Chapter { document, examples, text, .. } = &verified.sources.chapters[index];
    let drawn = |at: usize| {
        let own = |example: &&VerifiedExample| example.owner == Owner::Chapter(index) && example.index == at;
        verified.examples.iter().find(own)?.modules.as_deref()
    };
    let graph = |subject: Result<usize, _>| subject.ok().and_then(drawn).unwrap_or_default();
    modules::subjects(document, examples, text)
        .map(|(directive, subject)| {
            (directive.range.clone(), format!("<!--galley modules-->{}", graph(subject)))
        })
        .collect()
}

fn verifications(
    verified: &Verified,
    chapter: &Chapter,
    templates: &Templates,
) -> Result<Vec<Replacement>, Box<Diagnostic>> {
    let mut replacements = Vec::new();
    for node in &chapter.document.nodes {
        let Node::Verification(range) = node else {
            continue;
        };
        let html = verification::to_html(verified, &chapter.source_path, templates)?;
        replacements.push((range.clone(), format!("<!--galley verification-->{html}")));
    }
    Ok(replacements)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::book::config::Config;
    use crate::book::include::ReadError;
    use crate::book::load::{self, Sources};
    use crate::book::markdown;
    use crate::book::source::SourceFile;
    use crate::claim::{Claim, ClaimKind, Strength, Target};
    use crate::engine::pool::EngineName;
    use crate::engine::program::{Kind, SourceText};
    use crate::engine::trace::Outcome;
    use crate::judge::{Rung, Verdict};
    use crate::render::template;
    use crate::verify::{ExampleKind, ExampleState, VerifiedClaim};

    /// A chapter in which every `// =>` comment, every `4` in prose and every comment of HTML is held.
    fn verified(text: &str) -> Verified {
        let file = SourceFile::new("a.md", text);
        let config = Arc::new(Config::default());
        let (chapter, _) = load::chapter("a.md", &file, &config, &mut |_| Err(ReadError::Missing));
        let mut claims = Vec::new();
        let mut examples = Vec::new();
        for (index, source) in chapter.examples.iter().enumerate() {
            let first = claims.len();
            let code = &source.code.text;
            for (at, _) in code.match_indices("// =>") {
                let end = code[at..].find('\n').map_or(code.len(), |length| at + length);
                claims.push((Some(index), source.code.range(at..end)));
            }
            claims.extend(source.output.iter().map(|out| (Some(index), out.code.range(0..1))));
            let name = source.attributes.file.as_deref().unwrap_or("example.js");
            examples.push(VerifiedExample {
                owner: Owner::Chapter(0),
                index,
                kind: ExampleKind::Program(Kind::CommonJs),
                state: ExampleState::Ran(Outcome::Completed),
                stdout: "4\n".into(),
                printed: "4\n".into(),
                files: vec![SourceText { path: format!("/{name}"), source: code.clone() }],
                watch: Vec::new(),
                conditions: Default::default(),
                time_ms: source.attributes.timeout_ms.unwrap_or(5000),
                seen: Default::default(),
                pictures: None,
                modules: None,
                cached: false,
                quiz: None,
                claims: first..claims.len(),
            });
        }
        for node in &chapter.document.nodes {
            if let Node::Prose(prose) = node {
                let stated =
                    prose.inlines.iter().filter(|inline| inline.text.trim_matches([' ', '=', '>']) == "4");
                claims.extend(stated.map(|inline| (None, inline.range.clone())));
            }
        }
        let claims = claims
            .into_iter()
            .map(|(example, range)| VerifiedClaim {
                example,
                owner: Owner::Chapter(0),
                claim: Claim {
                    exacting: false,
                    kind: if example.is_some() { ClaimKind::Value } else { ClaimKind::Prose },
                    range,
                    stated: "4".into(),
                    pieces: Vec::new(),
                    strength: Strength::Marked,
                    part: (0, 1),
                    target: Target::Program,
                },
                verdict: Verdict::Held { rung: Rung::Exact, actual: crate::judge::Actual::text("4", &[]) },
                mend: None,
            })
            .collect();
        Verified {
            sources: Sources {
                config,
                chapters: vec![chapter],
                exercises: Vec::new(),
                diagnostics: Vec::new(),
                unreadable: false,
            },
            examples,
            claims,
            exercises: Vec::new(),
            diagnostics: Vec::new(),
            engine: EngineName { name: "quickjs".into(), sandbox: "process".into() },
            shard: None,
            duration: std::time::Duration::ZERO,
        }
    }

    fn rendered(text: &str) -> String {
        let templates = template::compile(&[]).expect("the embedded templates are fine");
        to_markdown(&verified(text), 0, &templates).expect("they can be filled in")
    }

    /// As `rendered`, with each figure cut down to its code's letters and digits.
    fn outline(text: &str) -> String {
        let mut out = String::new();
        let rendered = rendered(text);
        let mut rest = rendered.as_str();
        while let Some(start) = rest.find("<figure") {
            out.push_str(&rest[..start]);
            let (figure, after) = rest[start..].split_once("</figure>").expect("it is closed");
            assert!(!figure.contains('\n'), "a figure is one line: {figure}");
            out.push_str("<figure/>");
            rest = after;
        }
        out + rest
    }

    #[test]
    fn what_is_not_galleys_stays_byte_for_byte() {
        let text =
            "# T\r\n\r\n* a  \r\n\r\n~~~text\r\n{{#include x}}\r\n~~~\r\n\r\n| a | `b` |\r\n|--|--|\r\n";
        assert_eq!(rendered(text), text);
    }

    #[test]
    fn a_fence_becomes_one_line_wherever_it_stands() {
        assert_eq!(outline("a\n```js\n1;\n\n2;\n```\nb\n"), "a\n<!--galley 1--><figure/>\nb\n");
        assert_eq!(
            outline("> a\n> ```js\n> 1;\n>\n> 2;\n> ```\n> b\n"),
            "> a\n> <!--galley 1--><figure/>\n> b\n"
        );
        assert_eq!(
            outline("- a\n  ```js\n  1;\n\n  2;\n  ```\n- ```js\n  3;\n  ```\n- c\n"),
            "- a\n  <!--galley 1--><figure/>\n- <!--galley 2--><figure/>\n- c\n"
        );
        assert_eq!(outline("```js\n1;\n```"), "<!--galley 1--><figure/>");
    }

    #[test]
    fn containers_and_tight_lists_stay_what_they_were() {
        let html = |text: &str| markdown::to_html(&outline(text), &mut |_, _| String::new());
        assert_eq!(
            html("> a\n> ```js\n> 1;\n> ```\n> b\n\nc\n"),
            "<blockquote>\n<p>a</p>\n<!--galley 1--><figure/>\n<p>b</p>\n</blockquote>\n<p>c</p>\n"
        );
        assert_eq!(
            html("- a\n  ```js hidden\n  1;\n  ```\n- b\n"),
            "<ul>\n<li>a<!--galley-->\n</li>\n<li>b</li>\n</ul>\n"
        );
    }

    #[test]
    fn an_output_fence_goes_into_its_figure() {
        let text = "> ```js\n> f();\n> ```\n>\n> ```output\n> 4 {{x}}\n> ```\n> b\n";
        assert_eq!(outline(text), "> <!--galley 1--><figure/>\n> b\n");
        let html = rendered(text);
        assert!(html.contains("4 &#123;&#123;x}}") && html.contains("data-verified=\"true\""), "{html}");
    }

    #[test]
    fn claims_are_marked_in_code_and_in_prose() {
        let html = rendered("```js\n2 + 2; // => 4\n```\n\nIt is `4`. <!-- => 4 -->\n");
        let mark = "<span class=\"galley-prose\" data-verdict=\"held\" title=\"verified: exact\"></span>";
        assert!(html.ends_with(&format!("It is `4`{mark}. {mark}\n")), "{html}");
        assert!(html.contains("<span class=\"galley-claim\" data-verdict=\"held\""), "{html}");
        assert!(html.contains("1 output verified"), "{html}");
    }

    #[test]
    fn front_matter_goes_and_its_title_becomes_the_chapters() {
        let front = "---\ntitle: \"a * {{b}} <c>\"\n---\n";
        assert_eq!(
            rendered(&format!("{front}\ntext\n")),
            "# a \\* &#123;&#123;b&#125;&#125; &#60;c\\>\n\n\ntext\n"
        );
        assert_eq!(rendered(&format!("{front}\n# T\n")), "\n# T\n");
        let html = markdown::to_html(&rendered(&format!("{front}\ntext\n")), &mut |_, _| String::new());
        assert!(html.starts_with("<h1>a * {{b}} &lt;c&gt;</h1>"), "{html}");
    }

    #[test]
    fn the_island_holds_the_program_and_ends_no_script() {
        let html = rendered("```js file=lib/a.js\nlet s = '</script>{{#include x}}';\n```\n");
        assert_eq!(html.matches("</script").count(), 1, "{html}");
        assert!(!html.contains("{{"), "{html}");
        let island =
            html.split("class=\"galley-data\">").nth(1).and_then(|rest| rest.split("</script>").next());
        let data: serde_json::Value = serde_json::from_str(island.expect("it is there")).expect("it is JSON");
        assert_eq!(data["entry"], "/lib/a.js");
        assert_eq!(data["files"][0]["source"], "let s = '</script>{{#include x}}';\n");
        assert_eq!(
            (&data["kind"], &data["stdout"], &data["first_line"]),
            (&"commonjs".into(), &"4\n".into(), &1.into())
        );
    }

    #[test]
    fn the_island_tells_a_time_that_is_longer_than_others() {
        for (fence, told) in
            [("js", false), ("js timeout=200", false), ("js timeout=5000", false), ("js timeout=9000", true)]
        {
            let html = rendered(&format!("```{fence}\n1;\n```\n"));
            assert_eq!(html.contains(r#""time_ms":9000"#), told, "{fence}: {html}");
            assert_eq!(html.contains("time_ms"), told, "{fence}: {html}");
        }
    }
}
