//! Which options a quiz shows, and in which order: the same for the same program and the same options.

/// One of the answers that a reader can choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// As `book::quiz::normal` gives it.
    pub text: String,
    /// Markdown: what is wrong with it.
    pub why: Option<String>,
    pub right: bool,
    /// Of which it comes; none: the answer, or the author's.
    pub misconception: Option<String>,
}

/// What stands there for an empty text.
pub const NOTHING: &str = "(nothing)";

/// A quiz needs so many wrong options.
pub const LEAST_WRONG: usize = 2;
/// Misconceptions fill up to so many.
pub const USUAL_WRONG: usize = 3;

/// The answer among the author's options and, where those are few, what misconceptions give, the first ones first.
/// `source` decides the order.
pub fn choose(answer: &str, author: Vec<Choice>, believed: Vec<Choice>, source: &str) -> Vec<Choice> {
    let mut options = vec![Choice { text: answer.to_owned(), why: None, right: true, misconception: None }];
    let author_count = author.len();
    for (index, choice) in author.into_iter().chain(believed).enumerate() {
        let is_authors = index < author_count;
        let is_new = options.iter().all(|known| known.text != choice.text);
        if is_new && (is_authors || options.len() <= USUAL_WRONG) {
            options.push(Choice { right: false, ..choice });
        }
    }
    options.sort_by_cached_key(|choice| place(source, &choice.text));
    options
}

/// Where an option stands among others. No random order, nor one by length or letters, which would give the answer away.
fn place(source: &str, text: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.as_bytes()).update(b"\0").update(text.as_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Choice {
        Choice { text: text.into(), why: None, right: false, misconception: None }
    }

    fn texts(options: &[Choice]) -> Vec<&str> {
        let mut texts: Vec<&str> = options.iter().map(|choice| choice.text.as_str()).collect();
        texts.sort_unstable();
        texts
    }

    #[test]
    fn misconceptions_fill_up_to_three_wrong_options() {
        let believed = || vec![wrong("a"), wrong("1"), wrong("b"), wrong("b"), wrong("c"), wrong("d")];
        let options = choose("1", vec![wrong("x")], believed(), "");
        assert_eq!(texts(&options), ["1", "a", "b", "x"]);
        let author = ["a", "x", "y", "z"].map(wrong).to_vec();
        assert_eq!(texts(&choose("1", author, believed(), "")), ["1", "a", "x", "y", "z"]);
        assert_eq!(options.iter().filter(|choice| choice.right).count(), 1);
    }

    #[test]
    fn the_answer_stands_anywhere_but_stays_there() {
        let at = |source: &str| {
            let options = choose("1", ["a", "b", "c"].map(wrong).to_vec(), Vec::new(), source);
            options.iter().position(|choice| choice.right).expect("it is there")
        };
        let mut places: Vec<usize> = (0..40).map(|number| at(&number.to_string())).collect();
        assert_eq!(places, (0..40).map(|number| at(&number.to_string())).collect::<Vec<_>>());
        places.sort_unstable();
        places.dedup();
        assert_eq!(places, [0, 1, 2, 3]);
    }
}
