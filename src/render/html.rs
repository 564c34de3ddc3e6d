//! Text as HTML that survives its way through mdBook: every character that markdown, the `links` preprocessor or the
//! HTML parser would take for its own is written as an entity, and no line ever ends.
//!
//! What is put on one line here is put into a chapter as ONE line by `chapter`. Nothing here knows of examples.

use std::fmt::Write;

/// Text between tags and in quoted attributes. `{` is escaped because `links` runs after us and expands `{{#…}}`
/// anywhere, "`" and `|` because they may stand in a paragraph or a table's cell, a line break because there is none.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_into(&mut out, text);
    out
}

pub fn escape_into(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' => out.push_str("&#123;"),
            '`' => out.push_str("&#96;"),
            '|' => out.push_str("&#124;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            // No parser of HTML lets it through.
            '\0' => out.push('\u{fffd}'),
            _ => out.push(char),
        }
    }
}

/// JSON for the inside of a `<script>`: it ends no element, opens no comment, holds no directive.
pub fn json(value: &impl serde::Serialize) -> String {
    let plain = serde_json::to_string(value).expect("strings, numbers and lists become JSON");
    let mut out = String::with_capacity(plain.len());
    let mut in_string = false;
    let mut chars = plain.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' => in_string = !in_string,
            '\\' => {
                out.push(char);
                out.extend(chars.next());
                continue;
            }
            // Escapes exist in strings only; elsewhere in JSON `{` is syntax, and `{{` never occurs.
            '{' if in_string => {
                out.push_str("\\u007b");
                continue;
            }
            '/' if out.ends_with('<') => {
                out.push_str("\\/");
                continue;
            }
            '<' if chars.peek() == Some(&'!') => {
                out.push_str("\\u003c");
                continue;
            }
            '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(char));
                continue;
            }
            _ => {}
        }
        out.push(char);
    }
    out
}

/// HTML of several lines as one: a line break inside a tag becomes a space, elsewhere the entity, so that code in
/// `<pre>` keeps its lines. `{` is escaped on the way.
pub fn one_line(html: &str) -> String {
    let html = html.trim_end_matches(['\n', '\r']);
    let mut out = String::with_capacity(html.len());
    let mut in_tag = false;
    let mut quote = None;
    let mut chars = html.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {}
            '\n' if in_tag => out.push(' '),
            '\n' => out.push_str("&#10;"),
            '{' => out.push_str("&#123;"),
            '"' | '\'' if in_tag => {
                quote = if quote == Some(char) { None } else { quote.or(Some(char)) };
                out.push(char);
            }
            '<' if !in_tag => {
                in_tag = chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(*next));
                out.push(char);
            }
            '>' => {
                in_tag &= quote.is_some();
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_mdbook_would_read_is_left() {
        assert_eq!(
            escape("a < b && `{{#include x}}` | \"q\" 'q'\n"),
            "a &lt; b &amp;&amp; &#96;&#123;&#123;#include x}}&#96; &#124; &quot;q&quot; &#39;q&#39;&#10;"
        );
    }

    #[test]
    fn json_ends_no_script_and_holds_no_directive() {
        let source = "if (a</b/.test(x)) '{{#include x}}' // </script> <!-- \\ \" \u{2028}";
        let text = json(&serde_json::json!({ "source": source, "list": [{}, {"a": {"b": 1}}] }));
        assert!(!text.contains("</") && !text.contains("<!") && !text.contains("{{"), "{text}");
        assert!(!text.contains('\u{2028}') && !text.contains('\n'));
        let back: serde_json::Value = serde_json::from_str(&text).expect("it is still JSON");
        assert_eq!(back["source"], source);
        assert_eq!(back["list"][1]["a"]["b"], 1);
    }

    #[test]
    fn several_lines_become_one_and_code_keeps_its_breaks() {
        let html = "<p>a\nb</p>\n<pre>x {\ny</pre>\n<img\n alt=\"> it's\"\n src=x>\n";
        assert_eq!(
            one_line(html),
            "<p>a&#10;b</p>&#10;<pre>x &#123;&#10;y</pre>&#10;<img  alt=\"> it's\"  src=x>"
        );
    }
}
