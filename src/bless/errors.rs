//! What was thrown, told as much of as the text tells: a name, a code, a message or all of them.

use std::sync::LazyLock;

use regex::Regex;

use crate::claim::literal;
use crate::engine::trace::Thrown;

/// An error as text: what stands before its name, the name, its code, what stands between, the message.
static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<before>`?(?:an? )?(?i:uncaught )?`?)(?P<name>[A-Z]\w*)(?P<code> \[[A-Z_]+\])?(?:(?P<colon>: ?)(?P<message>(?s:.+))|(?P<after>(?s:.*)))$",
    )
    .expect("a valid expression")
});

/// Texts that may state the error, the author's own way first.
pub fn candidates(stated: &str, thrown: &Thrown) -> Vec<String> {
    let mut found = Vec::new();
    let headline = thrown.headline();
    if stated.starts_with("ERR_") {
        found.extend(thrown.code.clone());
    }
    if let Some(quote) = stated.chars().next().filter(|c| matches!(c, '\'' | '"'))
        && stated.ends_with(quote)
    {
        if thrown.name.is_empty() {
            let text = literal::parse(&thrown.message);
            if let Some(literal::Literal::String(text)) = text {
                found.push(literal::quote(&text, quote));
            }
        }
        found.push(literal::quote(&thrown.message, quote));
    }
    if let Some(parts) = ERROR.captures(stated).filter(|_| !thrown.name.is_empty()) {
        let part = |name: &str| parts.name(name).map_or("", |part| part.as_str());
        let before = article(part("before"), &thrown.name);
        let code = match (&thrown.code, part("code")) {
            (Some(code), told) if !told.is_empty() => format!(" [{code}]"),
            _ => String::new(),
        };
        let name = &thrown.name;
        if part("colon").is_empty() {
            found.push(format!("{before}{name}{code}{}", part("after")));
        } else if !thrown.message.is_empty() {
            let closing = if before.ends_with('`') { "`" } else { "" };
            // What is told of the message may be enough of it.
            let message = part("message");
            let (told, ellipsis) = message.split_at(message.trim_end_matches(['.', '…']).len());
            let abridged: String = thrown.message.chars().take(told.chars().count()).collect();
            let colon = part("colon");
            found.push(format!("{before}{name}{code}{colon}{message}"));
            if ellipsis.len() > 1 {
                found.push(format!("{before}{name}{code}{colon}{abridged}{ellipsis}"));
            }
            if let Some((first, _)) = thrown.message.split_once('\n').filter(|_| !stated.contains('\n')) {
                found.push(format!("{before}{name}{code}{colon}{}{closing}", first.trim_end()));
            }
            found.push(format!("{before}{name}{code}{colon}{}{closing}", thrown.message));
        }
        found.push(format!("{before}{name}{code}"));
    }
    found.push(headline);
    found
}

/// An error that is printed or is a value, of which the run's text tells the stack as well.
pub fn of_value(stated: &str, name: &str, message: &str) -> String {
    let headline = if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") };
    if stated.starts_with('[') { format!("[{headline}]") } else { headline }
}

/// "a TypeError", "an Error".
fn article(before: &str, name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U']);
    let right = if vowel { "an " } else { "a " };
    for wrong in ["an ", "a "] {
        if let Some(at) = before.find(wrong) {
            return format!("{}{right}{}", &before[..at], &before[at + wrong.len()..]);
        }
    }
    before.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_told_as_was_told() {
        let thrown = Thrown {
            name: "TypeError".into(),
            message: "x is not a function".into(),
            code: Some("ERR_X".into()),
            file: None,
            line: None,
            stack: String::new(),
        };
        for (stated, expected) in [
            ("RangeError", "TypeError"),
            ("an Error!", "a TypeError!"),
            ("Uncaught RangeError (why)", "Uncaught TypeError (why)"),
            ("`RangeError`", "`TypeError`"),
            ("ERR_Y", "ERR_X"),
            ("'y'", "'x is not a function'"),
            ("RangeError [ERR_Y]", "TypeError [ERR_X]"),
            ("5", "TypeError: x is not a function"),
        ] {
            assert_eq!(candidates(stated, &thrown)[0], expected, "{stated}");
        }
        // A message that may be right stays.
        let found = candidates("RangeError: y", &thrown);
        assert_eq!(found[..2], ["TypeError: y", "TypeError: x is not a function"]);
    }
}
