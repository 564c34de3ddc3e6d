//! A session at Node's prompt, as JavaScript: `> 1 + 1` and `2` become a statement and a comment that states its value.

use crate::book::document::CodeText;

/// Its first line is entered at a prompt.
pub fn is_transcript(code: &str) -> bool {
    code.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| entered(line).is_some())
}

/// What runs, line for line: what is entered, and what is put out as comments. Each byte that is the author's keeps its
/// place.
pub fn to_code(session: &CodeText) -> CodeText {
    let mut code = CodeText::default();
    let lines: Vec<&str> = session.text.split_inclusive('\n').collect();
    let mut at = 0;
    let mut input = String::new();
    let mut outputs = 0;
    for (index, &line) in lines.iter().enumerate() {
        let text = line.trim_end_matches('\n');
        let end = at + text.len();
        let place = session.range(at..at).start;
        let next = lines.get(index + 1).map(|line| line.trim_end_matches('\n'));
        if let Some(skip) =
            entered(text).or_else(|| goes_on(text).filter(|_| outputs == 0 && !input.is_empty()))
        {
            if entered(text).is_some() {
                input.clear();
                outputs = 0;
            }
            let entry = &text[skip..];
            let is_object = input.is_empty() && entry.starts_with('{') && entry.trim_end().ends_with('}');
            input.push_str(entry);
            input.push('\n');
            // A command of the prompt's own, or a comment: neither has a value.
            let says_nothing = entry.starts_with('.') || entry.trim_start().starts_with("//");
            if says_nothing {
                code.insert("//", place);
            }
            if is_object {
                code.insert("(", place);
            }
            code.append(session, at + skip..end);
            if is_object {
                code.insert(")", place);
            }
            let complete = next.is_none_or(|next| goes_on(next).is_none());
            if says_nothing {
                input.clear();
            }
            if complete && !entry.trim().is_empty() && !says_nothing {
                code.insert(";", place);
            }
        } else if input.is_empty() || is_nothing(&input, text, outputs, next) {
            code.insert(if text.is_empty() { "" } else { "//" }, place);
        } else if let Some(error) = text.strip_prefix("Uncaught ").filter(|_| outputs == 0) {
            code.insert("//=> throws ", place);
            code.append(session, end - error.len()..end);
            outputs += 1;
        } else {
            // A declaration has no value, so what stands below it is printed.
            let mark = if declares(&input) { "//Prints: " } else { "//=> " };
            code.insert(if outputs == 0 { mark } else { "//   " }, place);
            code.append(session, at..end);
            outputs += 1;
        }
        code.append(session, end..at + line.len());
        at += line.len();
    }
    code
}

/// How long the prompt is.
fn entered(line: &str) -> Option<usize> {
    (line == ">" || line.starts_with("> ")).then(|| line.len().min(2))
}

/// How long the prompt is on the lines that an entry goes on with.
fn goes_on(line: &str) -> Option<usize> {
    let prompt = ["... ", "| "].iter().find(|prompt| line.starts_with(**prompt)).map(|prompt| prompt.len());
    prompt.or_else(|| ["...", "|"].contains(&line).then_some(line.len()))
}

/// `undefined` behind what has no value of its own.
fn is_nothing(input: &str, text: &str, outputs: usize, next: Option<&str>) -> bool {
    let is_last = next.is_none_or(|next| entered(next).is_some() || next.trim().is_empty());
    let statement = || ["if ", "if(", "for ", "for(", "while "].iter().any(|word| input.starts_with(word));
    text.trim() == "undefined" && is_last && (outputs > 0 || declares(input) || statement())
}

fn declares(input: &str) -> bool {
    let words = ["const ", "let ", "var ", "function", "class ", "async function", "import "];
    words.iter().any(|word| input.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(session: &str) -> String {
        let mut text = CodeText::default();
        text.push(session, session, 0..session.len());
        to_code(&text).text
    }

    #[test]
    fn what_is_entered_runs_and_what_is_put_out_is_stated() {
        assert!(is_transcript("\n> 1 + 1\n2\n"));
        assert!(!is_transcript("1 > 2\n> 3"));
        assert_eq!(code("> 1 + 1\n2\n"), "1 + 1;\n//=> 2\n");
        assert_eq!(code("> const a = 1\nundefined\n> a\n1\n"), "const a = 1;\n//\na;\n//=> 1\n");
        assert_eq!(code("> console.log(1)\n1\nundefined\n"), "console.log(1);\n//=> 1\n//\n");
        assert_eq!(code("> void 0\nundefined\n"), "void 0;\n//=> undefined\n");
        assert_eq!(code("> let a = 1\n1\n"), "let a = 1;\n//Prints: 1\n");
        assert_eq!(code("> { a: 1 }\n{ a: 1 }\n"), "({ a: 1 });\n//=> { a: 1 }\n");
        assert_eq!(
            code("> x\nUncaught ReferenceError: x is not defined\n"),
            "x;\n//=> throws ReferenceError: x is not defined\n"
        );
        assert_eq!(code("> f(\n... 1)\n2\n"), "f(\n1);\n//=> 2\n");
        assert_eq!(code("> .help\nanything\n"), "//.help\n//\n");
        assert_eq!(code("> 1\n1\n> // then\n> 2\n2\n"), "1;\n//=> 1\n//// then\n2;\n//=> 2\n");
    }

    #[test]
    fn the_authors_bytes_keep_their_places() {
        let session = "> aa\nbb\n";
        let mut text = CodeText::default();
        text.push(session, session, 0..session.len());
        let code = to_code(&text);
        let place = |part: &str| {
            let at = code.text.find(part).unwrap();
            code.range(at..at + part.len())
        };
        assert_eq!(place("aa"), 2..4);
        assert_eq!(place("bb"), 5..7);
    }
}
