//! The promise of the project, on the project's own book: no stated value can be changed without the check noticing.

use crate::support::{Book, project};

/// The book copied into a temporary folder.
fn own_book() -> Book {
    let book = Book::empty();
    for folder in ["book", "exercises"] {
        for (path, bytes) in crate::support::tree(&project().join(folder)) {
            let path = path.strip_prefix(project()).expect("inside the project");
            book.write(path.to_str().expect("UTF-8"), bytes);
        }
    }
    book.write("book.toml", std::fs::read(project().join("book.toml")).expect("book.toml"));
    book
}

#[test]
fn changing_any_stated_value_of_the_book_turns_the_check_red_at_its_line() {
    let book = own_book();
    let (report, code) = book.check(".");
    assert_eq!(code, 0, "{:#}", report["diagnostics"]);
    let claims = report["claims"].as_array().expect("claims");
    assert!(claims.len() >= 40, "the book states {} things", claims.len());
    // One changed claim a file at a time, all files at once: rounds instead of one run for each claim.
    let mut rounds: Vec<Vec<&serde_json::Value>> = Vec::new();
    let mut used: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for claim in claims {
        let round = used.entry(claim["file"].as_str().expect("a file")).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        rounds[*round].push(claim);
        *round += 1;
    }
    for round in rounds {
        let mut originals = Vec::new();
        for claim in &round {
            let file = claim["file"].as_str().expect("a file");
            let text = book.read(file);
            book.write(file, falsify(&text, claim));
            originals.push((file, text));
        }
        let (report, code) = book.check(".");
        assert_eq!(code, 1);
        for claim in &round {
            let found = report["diagnostics"].as_array().expect("diagnostics").iter().any(|found| {
                let at = |key: &str| found[key].as_u64().unwrap_or_default();
                found["file"] == claim["file"]
                    && at("line") <= claim["end_line"].as_u64().unwrap_or_default()
                    && at("end_line") >= claim["line"].as_u64().unwrap_or_default()
            });
            assert!(
                found,
                "nobody noticed that this claim was changed: {claim:#}\n{:#}",
                report["diagnostics"]
            );
        }
        for (file, text) in originals {
            book.write(file, text);
        }
    }
}

/// The same text with the claim's last letter or digit changed.
fn falsify(text: &str, claim: &serde_json::Value) -> String {
    let number = |key: &str| usize::try_from(claim[key].as_u64().expect("a number")).expect("small");
    let stated = claim["stated"].as_str().expect("stated");
    let offset = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = &text[start..];
        start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
    };
    let start = offset(number("line"), number("column"));
    let end = offset(number("end_line"), number("end_column"));
    // The value's own first line, so that neither mark nor explanation is what changes.
    let first = stated.lines().next().unwrap_or_default();
    let at = text[start..end].rfind(first).map_or(end, |at| start + at + value_length(first));
    let characters = || text[start..at].char_indices().rev();
    let last = characters()
        .find(|(_, c)| c.is_ascii_alphanumeric())
        .filter(|_| stated.contains(|c: char| c.is_ascii_alphanumeric()))
        .or_else(|| characters().find(|(_, c)| "}]".contains(*c)));
    let (index, old) = last.unwrap_or_else(|| panic!("nothing to change in {claim:#}"));
    let new = match old {
        '9' => "8",
        '0'..='8' => "9",
        'x' => "y",
        '}' | ']' => return format!("{}9{}", &text[..start + index], &text[start + index..]),
        _ => "x",
    };
    let index = start + index;
    format!("{}{new}{}", &text[..index], &text[index + old.len_utf8()..])
}

/// Without an explanation in parentheses or behind a dash.
fn value_length(line: &str) -> usize {
    line.find(" (").or_else(|| line.find(" --")).unwrap_or(line.len())
}
