//! Several outputs told in one line: `1, then 2`, `"Computing…" then 42`, `A, B, C`.

/// What may stand between two of them, longest first.
const BETWEEN: &[&str] = &[
    ", and then ",
    ", and ",
    ", then returns ",
    ", then ",
    ", returns ",
    " and then ",
    " and ",
    " then returns ",
    " then ",
    " -> ",
    " → ",
    ", ",
];

/// The pieces of a text that separators outside quotes and brackets divide; one piece when there is none.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut skip_to = 0;
    for (at, character) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        match quote {
            Some(open) => {
                if character == open {
                    quote = None;
                }
                continue;
            }
            // An apostrophe inside a word opens nothing.
            None if matches!(character, '"' | '`' | '\'')
                && !follows_letter(text, at)
                && text[at + 1..].contains(character) =>
            {
                quote = Some(character);
            }
            None if matches!(character, '(' | '[' | '{') => depth += 1,
            None if matches!(character, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            None if depth == 0 => {
                if let Some(separator) = BETWEEN.iter().find(|between| text[at..].starts_with(**between)) {
                    pieces.push(text[start..at].trim());
                    skip_to = at + separator.len();
                    start = skip_to;
                }
            }
            None => {}
        }
    }
    pieces.push(text[start..].trim());
    pieces
}

fn follows_letter(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_divide_outside_quotes_and_brackets() {
        assert_eq!(pieces("1, 2 then 3"), ["1", "2", "3"]);
        assert_eq!(pieces("1, then 2, and then 3"), ["1", "2", "3"]);
        assert_eq!(pieces("\"a, b\" then [1, 2]"), ["\"a, b\"", "[1, 2]"]);
        assert_eq!(pieces("\"Hit!\", returns \"Ada\""), ["\"Hit!\"", "\"Ada\""]);
        assert_eq!(pieces("A, C, B (not A, B, C)"), ["A", "C", "B (not A, B, C)"]);
        assert_eq!(pieces("I'm first, you're next"), ["I'm first", "you're next"]);
        assert_eq!(pieces("one"), ["one"]);
    }
}
