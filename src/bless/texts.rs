//! Printed texts, which are no literals: what stands between quotes, and what an ellipsis leaves out.

/// The text between the quotes that stand around the stated one, whatever is in it.
pub fn between_quotes(stated: &str, text: &str) -> Option<String> {
    let quote = stated.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    (stated.len() > 1 && stated.ends_with(quote)).then(|| format!("{quote}{text}{quote}"))
}

/// As [`between_quotes`], where the author writes line breaks and backslashes as they are.
pub fn unescaped(stated: &str, text: &str) -> Option<String> {
    let as_it_is = |mark: &str, escape: &str| text.contains(mark) && !stated.contains(escape);
    let breaks = stated.contains('\n') && as_it_is("\n", "\\n");
    let slashes = stated.contains('\\') && as_it_is("\\", "\\\\");
    (breaks || slashes).then(|| between_quotes(stated, text)).flatten()
}

/// As much of the text before and behind the ellipsis as was told of it before.
pub fn with_ellipsis(stated: &str, text: &str) -> Option<String> {
    // Quotes hold a literal, which has its own way to go on; and what the run prints leaves nothing out.
    if stated.starts_with(['"', '\'', '`']) || text.contains('…') || text.contains("...") {
        return None;
    }
    let at = stated.find(['…']).or_else(|| stated.find("..."))?;
    let end = at + if stated[at..].starts_with('…') { '…'.len_utf8() } else { 3 };
    let (head, gap_before) = split_blanks(&stated[..at]);
    let tail = stated[end..].trim();
    let count = text.chars().count();
    let told = head.chars().count();
    let behind = tail.chars().count();
    if told + behind >= count {
        return None;
    }
    let mut from = text.char_indices().skip(told);
    // Up to the end of a word.
    let ends = |character: char| !character.is_alphanumeric();
    let in_word = text.chars().nth(told.wrapping_sub(1)).is_some_and(|c| !ends(c));
    let first = match in_word {
        true => from.find(|&(_, c)| ends(c)),
        false => from.next(),
    };
    let first = first.map_or(text.len(), |(at, _)| at);
    let last = text.char_indices().nth(count - behind).map_or(text.len(), |(at, _)| at);
    let gap_behind = &stated[end..stated.len() - stated[end..].trim_start().len()];
    (first < last).then(|| {
        format!("{}{gap_before}{}{gap_behind}{}", &text[..first], &stated[at..end], text[last..].trim())
    })
}

fn split_blanks(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end().len())
}

/// Lines before the first and behind the last line that is nothing but an ellipsis.
pub fn by_lines(stated: &str, text: &str) -> Option<String> {
    let old: Vec<&str> = stated.lines().collect();
    let is_gap = |line: &&str| matches!(line.trim(), "…" | "...");
    let (first, last) = (old.iter().position(is_gap)?, old.iter().rposition(is_gap)?);
    let new: Vec<&str> = text.lines().collect();
    let behind = old.len() - last - 1;
    (first + behind < new.len()).then(|| {
        let lines = new[..first].iter().chain(&old[first..=last]).chain(&new[new.len() - behind..]);
        lines.copied().collect::<Vec<_>>().join("\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_escaped_stays_so() {
        assert_eq!(unescaped("\"C:\\a\"", "C:\\b").as_deref(), Some("\"C:\\b\""));
        assert_eq!(unescaped("\"a\nb\"", "a\nc").as_deref(), Some("\"a\nc\""));
        assert_eq!(unescaped("\"C:\\\\a\"", "C:\\b"), None);
        assert_eq!(unescaped("\"a\"", "a\nc"), None);
    }

    #[test]
    fn an_ellipsis_leaves_out_as_much_as_before() {
        for (stated, text, expected) in [
            ("Lorem …", "Ipsum dolor sit", Some("Ipsum …")),
            ("Lorem...", "Ipsumdolor sit", Some("Ipsumdolor...")),
            ("Lorem … amet", "Ipsum dolor sit", Some("Ipsum … sit")),
            ("Lorem …", "Ipsum", None),
            ("Lorem", "Ipsum dolor", None),
            ("Lorem...", "Ipsum dolor...", None),
        ] {
            assert_eq!(with_ellipsis(stated, text).as_deref(), expected, "{stated}");
        }
        assert_eq!(by_lines("a\n…\nd", "b\nc\nx\ny").as_deref(), Some("b\n…\ny"));
        assert_eq!(by_lines("a\n…\nd", "b\nc"), None);
    }
}
