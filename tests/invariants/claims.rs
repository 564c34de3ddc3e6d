//! Bytes as a program, with the comments that a plain scanner finds: claims lie in it, in order, and state its bytes.
//!
//! Which comments and statements there are says the parser in a worker. A worker that a program has taken over may say
//! anything, so a second reading claims places at random.

use galley::claim::{capture, find, literal, sequence};
use galley::engine::program::Kind;
use galley::engine::trace::{Comment, Parsed, Statement, StatementKind};

pub fn check(bytes: &[u8]) {
    let Some((&choice, rest)) = bytes.split_first() else { return };
    let Some(code) = super::text(rest) else { return };
    let parsed = scan(code, choice);
    let claims = find::find(code, &parsed, choice & 1 == 0);
    let mut end = 0;
    for claim in &claims {
        assert!(code.get(claim.range.clone()).is_some(), "{claim:?} in {code:?}");
        assert!(claim.range.start >= end, "{claim:?} begins before {end} in {code:?}");
        end = claim.range.end;
        let pieces: Vec<&str> = claim.pieces.iter().map(|piece| &code[piece.clone()]).collect();
        assert!(pieces.is_empty() || pieces.join("\n") == claim.stated, "{claim:?} in {code:?}");
        for found in claim.captures() {
            assert!(claim.stated.get(found.range.clone()).is_some(), "{found:?} in {claim:?}");
        }
    }
    let watched = find::watched(&claims);
    assert!(watched.iter().all(|one| one.id < parsed.statements.len()), "{watched:?}");
    check_dialects(code);
}

/// Each reader of stated values takes any text, and gives back parts of it.
fn check_dialects(text: &str) {
    let _ = (literal::parse(text), literal::parse_list(text), literal::parse_row(text));
    if let Some((_, rest)) = literal::parse_prefix(text) {
        assert!(text.ends_with(rest), "{rest:?} of {text:?}");
    }
    if let Some((_, rest)) = literal::parse_row_prefix(text) {
        assert!(text.ends_with(rest), "{rest:?} of {text:?}");
    }
    let mut end = 0;
    for found in capture::find(text) {
        assert!(found.range.start >= end && text.get(found.range.clone()).is_some(), "{found:?} in {text:?}");
        end = found.range.end;
    }
    let mut rest = text;
    for piece in sequence::pieces(text) {
        let at = rest.find(piece);
        assert!(at.is_some(), "{piece:?} in {text:?}");
        rest = &rest[at.unwrap_or_default() + piece.len()..];
    }
}

/// Comments outside strings, and a statement for each run of other lines; `choice` says of what kind they are.
fn scan(code: &str, choice: u8) -> Parsed {
    let kinds =
        [StatementKind::Expression, StatementKind::Print, StatementKind::Declaration, StatementKind::Other];
    let mut parsed = Parsed {
        mutants: Vec::new(),
        misconceptions: Vec::new(),
        kind: Kind::Script,
        statements: Vec::new(),
        comments: Vec::new(),
        refused: Vec::new(),
        declared: Vec::new(),
        error: None,
    };
    let mut at = 0;
    // A statement goes from the first to the last character of a line that is no blank and no comment.
    let mut open: Option<(usize, usize)> = None;
    let close = |open: &mut Option<(usize, usize)>, statements: &mut Vec<Statement>| {
        if let Some((start, end)) = open.take() {
            let id = statements.len();
            let kind = kinds[(usize::from(choice >> 1) + id) % kinds.len()];
            statements.push(Statement { id, start, end, kind, top: true });
        }
    };
    while let Some(character) = code[at..].chars().next() {
        let rest = &code[at..];
        let length = if rest.starts_with("//") {
            rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len())
        } else if let Some(inner) = rest.strip_prefix("/*") {
            inner.find("*/").map_or(0, |end| end + 4)
        } else {
            0
        };
        if length > 0 {
            close(&mut open, &mut parsed.statements);
            let block = rest.starts_with("/*");
            let end = at + length;
            let text = code[at + 2..end - if block { 2 } else { 0 }].to_owned();
            let after = parsed.statements.last().map(|statement| (statement.id, statement.end));
            let trailing = after.is_some_and(|(_, end)| !code[end..at].contains('\n'));
            let (after, inside) = (after.map(|(id, _)| id), None);
            parsed.comments.push(Comment {
                start: at,
                end,
                text,
                block,
                after,
                trailing,
                before: None,
                inside,
            });
            at = end;
            continue;
        }
        if character == '\n' {
            close(&mut open, &mut parsed.statements);
        } else if !character.is_whitespace() {
            let start = open.map_or(at, |(start, _)| start);
            open = Some((start, at + character.len_utf8()));
        }
        at += character.len_utf8();
        if matches!(character, '\'' | '"' | '`') {
            let quoted =
                code[at..].find([character, '\n']).filter(|end| code[at + end..].starts_with(character));
            if let Some(end) = quoted {
                at += end + 1;
                open = open.map(|(start, _)| (start, at));
            }
        }
    }
    close(&mut open, &mut parsed.statements);
    for comment in &mut parsed.comments {
        let next = parsed.statements.iter().find(|statement| statement.start >= comment.end);
        comment.before = next.map(|statement| statement.id);
    }
    parsed
}
