//! The promise of the project, on the project's own book: no stated value can be changed without the check noticing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::falsify::{Change, changes};
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
    // One change an example at a time, all examples at once: rounds instead of one run for each claim.
    let mut rounds: Vec<Vec<(&Value, Change)>> = Vec::new();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims {
        let changes = changes(&book.read(claim["file"].as_str().expect("a file")), claim);
        assert!(!changes.is_empty(), "nothing to change in {claim:#}");
        for change in changes {
            let round = used.entry(format!("{} {}", claim["file"], claim["example"])).or_default();
            if rounds.len() == *round {
                rounds.push(Vec::new());
            }
            rounds[*round].push((claim, change));
            *round += 1;
        }
    }
    for mut round in rounds {
        let mut originals: BTreeMap<&str, String> = BTreeMap::new();
        // From the last to the first, so that the others keep their places.
        round.sort_by_key(|(_, change)| Reverse(change.range.start));
        for (claim, change) in &round {
            let file = claim["file"].as_str().expect("a file");
            let text = book.read(file);
            book.write(file, change.apply(&text));
            originals.entry(file).or_insert(text);
        }
        let (report, code) = book.check(".");
        assert_eq!(code, 1);
        for (claim, _) in &round {
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
