//! Under which keys a learner's progress in quizzes is kept. A quiz has no name, so its question and its code are what it
//! is known by: it may move, its options and the text around it may change, and no progress is lost.

use std::collections::HashMap;

use crate::book::load::Sources;
use crate::book::quiz::Question;

/// A quiz in a chapter.
pub struct Placed {
    /// Index into `Sources::chapters`.
    pub chapter: usize,
    /// Index into the chapter's examples.
    pub index: usize,
    /// Sixteen hexadecimal digits; behind a full stop, the how many-th with these it is, if it is not the first.
    pub key: String,
}

/// The quizzes of the chapters, in the order of the book.
pub fn placed(sources: &Sources) -> Vec<Placed> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut placed = Vec::new();
    for (chapter, text) in sources.chapters.iter().enumerate() {
        for (index, example) in text.examples.iter().enumerate() {
            let Some(question) = example.attributes.predict else { continue };
            let mut key = hash(question, &example.code.text);
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            if *count > 1 {
                key.push_str(&format!(".{count}"));
            }
            placed.push(Placed { chapter, index, key });
        }
    }
    placed
}

fn hash(question: Question, code: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(question.as_str().as_bytes()).update(b"\0").update(code.as_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::book::config::Config;
    use crate::book::include::ReadError;
    use crate::book::load;
    use crate::book::source::SourceFile;

    /// The keys of the quizzes of chapters.
    fn keys(chapters: &[&str]) -> Vec<String> {
        let config = Arc::new(Config::default());
        let read = |text: &&str| {
            let file = SourceFile::new("a.md", text);
            load::chapter("a.md", &file, &config, &mut |_| Err(ReadError::Missing)).0
        };
        let sources = Sources {
            config: Arc::clone(&config),
            chapters: chapters.iter().map(read).collect(),
            exercises: Vec::new(),
            diagnostics: Vec::new(),
            unreadable: false,
        };
        placed(&sources).into_iter().map(|placed| placed.key).collect()
    }

    #[test]
    fn a_quiz_keeps_its_key_wherever_it_stands_and_whatever_is_said_of_it() {
        let before = keys(&["```js predict\n1;\n```\n", "```js predict\n2;\n```\n"]);
        let after = keys(&[
            "# New\n\n```js predict\n2;\n```\n<!-- option: 3 -->\n\n```js\n0;\n```\n\n```js predict\n1;\n```\n",
        ]);
        assert_eq!(before, [after[1].clone(), after[0].clone()]);
        assert!(before.iter().all(|key| key.len() == 16));
    }

    #[test]
    fn another_question_or_another_code_is_another_quiz() {
        let one = keys(&["```js predict\n1;\n```\n"]);
        assert_ne!(one, keys(&["```js predict=throws\n1;\n```\n"]));
        assert_ne!(one, keys(&["```js predict\n2;\n```\n"]));
        let same = keys(&["```js predict\n1;\n```\n\n```js predict\n1;\n```\n"]);
        assert_eq!(same, [one[0].clone(), format!("{}.2", one[0])]);
    }
}
