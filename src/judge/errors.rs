//! Engines word one failure in different ways. This table says which wordings mean the same, so that a tutorial may
//! quote V8 while the example runs elsewhere. A message that the author's own `throw` made is in no row and is compared
//! to the letter.
//!
//! Source of the wordings: each engine's own output for the code in the row's comment.

use std::sync::OnceLock;

use regex::Regex;

/// Each row: wordings of one failure; `{x}` stands for a name, which must agree where both wordings tell it.
const ROWS: &[&[&str]] = &[
    // const c = 1; c = 2
    &["Assignment to constant variable.", "'{x}' is read-only", "invalid assignment to const '{x}'"],
    // undefined.name
    &[
        "Cannot read properties of undefined (reading '{x}')",
        "Cannot read property '{x}' of undefined",
        "cannot read property '{x}' of undefined",
    ],
    &[
        "Cannot read properties of null (reading '{x}')",
        "Cannot read property '{x}' of null",
        "cannot read property '{x}' of null",
    ],
    &[
        "Cannot set properties of undefined (setting '{x}')",
        "Cannot set property '{x}' of undefined",
        "cannot set property '{x}' of undefined",
    ],
    &[
        "Cannot set properties of null (setting '{x}')",
        "Cannot set property '{x}' of null",
        "cannot set property '{x}' of null",
    ],
    // { x; let x = 1 }
    &["Cannot access '{x}' before initialization", "{x} is not initialized"],
    // Object.freeze(o); o.a = 2 (strict)
    &["Cannot assign to read only property '{x}' of object '#<Object>'", "'{x}' is read-only"],
    &["Cannot assign to read only property '{x}' of object '[object Array]'", "'{x}' is read-only"],
    &[
        "Cannot add property {x}, object is not extensible",
        "object is not extensible",
        "Cannot add property, object is not extensible",
    ],
    &["Cannot delete property '{x}' of #<Object>", "could not delete property"],
    &["Cannot set property {x} of #<Object> which has only a getter", "no setter for property"],
    // n() where n is no function
    &["{x} is not a function", "not a function"],
    &["{x} is not a constructor", "not a constructor", "not a function"],
    &["{x} is not iterable", "value is not iterable"],
    &[
        "Class constructor {x} cannot be invoked without 'new'",
        "class constructors must be invoked with 'new'",
    ],
    &[
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        "this is not initialized",
    ],
    &["Cannot mix BigInt and other types, use explicit conversions", "cannot convert BigInt to number"],
    &["Invalid array length", "invalid array length"],
    &["Reduce of empty array with no initial value", "empty array"],
    &["Identifier '{x}' has already been declared", "invalid redefinition of lexical identifier"],
    &["Missing initializer in const declaration", "missing initializer for variable"],
    &["Invalid left-hand side in assignment", "invalid assignment left-hand side"],
    &["Illegal return statement", "return not in a function"],
    &["Maximum call stack size exceeded", "too much recursion"],
];

/// The two messages are wordings of one failure.
pub fn same_failure(a: &str, b: &str) -> bool {
    table().iter().any(|row| {
        row.iter().filter_map(|wording| wording.captures(a)).any(|in_a| {
            row.iter().filter_map(|wording| wording.captures(b)).any(|in_b| {
                match (in_a.name("x"), in_b.name("x")) {
                    (Some(a), Some(b)) => a.as_str() == b.as_str(),
                    _ => true,
                }
            })
        })
    })
}

fn table() -> &'static [Vec<Regex>] {
    static TABLE: OnceLock<Vec<Vec<Regex>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        ROWS.iter().map(|row| row.iter().filter_map(|text| wording(text)).collect()).collect()
    })
}

fn wording(text: &str) -> Option<Regex> {
    let escaped = regex::escape(text);
    let pattern = escaped.replace(r"\{x\}", "(?P<x>.+?)");
    Regex::new(&format!("^{pattern}$")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_is_a_valid_pattern() {
        assert_eq!(
            table().iter().map(Vec::len).sum::<usize>(),
            ROWS.iter().map(|row| row.len()).sum::<usize>()
        );
    }

    #[test]
    fn wordings_of_one_failure_agree_with_their_names() {
        let v8 = "Cannot read properties of undefined (reading 'genre')";
        assert!(same_failure(v8, "cannot read property 'genre' of undefined"));
        assert!(!same_failure(v8, "cannot read property 'title' of undefined"));
        assert!(!same_failure(v8, "cannot read property 'genre' of null"));
        assert!(same_failure("Assignment to constant variable.", "'c' is read-only"));
        assert!(!same_failure("song is missing", "song is lost"));
    }
}
