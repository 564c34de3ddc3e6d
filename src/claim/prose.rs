//! Finds claims in sentences: the invisible `<!-- => … -->` and the few phrases that are told apart safely.
//!
//! It gives the expressions that the run has to evaluate for them; nothing here needs a trace.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::book::example::OUTPUTS;
use crate::book::markdown::{Document, Inline, InlineKind, Node, Prose};
use crate::claim::literal;
use crate::claim::{Claim, ClaimKind, Strength, Target};

/// A claim and the example (index into the chapter's examples) that it speaks of, if there is one.
pub struct ProseClaim {
    pub claim: Claim,
    pub example: Option<usize>,
}

/// What prose asks of one example: expressions to be evaluated at its end, in the order of `Target::Probe::index`.
#[derive(Default)]
pub struct Found {
    pub claims: Vec<ProseClaim>,
    /// One list for each example.
    pub probes: Vec<Vec<String>>,
}

/// Reads a chapter's prose. `examples` gives each example's node index, in order.
pub fn find(document: &Document, examples: &[usize]) -> Found {
    let mut found = Found { claims: Vec::new(), probes: vec![Vec::new(); examples.len()] };
    for (at, node) in document.nodes.iter().enumerate() {
        let Node::Prose(prose) = node else { continue };
        let nearest = examples.partition_point(|&node| node < at).checked_sub(1);
        explicit(prose, nearest, &mut found);
        if let Some(example) = nearest.filter(|&example| is_right_after(document, examples[example], at)) {
            phrases(prose, example, &mut found);
        }
    }
    found
}

/// At most one paragraph and no heading lies between; an output fence does not count.
fn is_right_after(document: &Document, example: usize, prose: usize) -> bool {
    let between = &document.nodes[example + 1..prose];
    let second = between.iter().filter(|node| is_paragraph(node)).nth(1);
    second.is_none()
        && between.iter().all(|node| match node {
            Node::Prose(_) => true,
            Node::Block(block) => OUTPUTS.contains(&block.info.as_str()),
            // A picture, not a paragraph.
            Node::Modules(_) => true,
            Node::Heading(_) | Node::Exercise(_) | Node::Verification(_) => false,
        })
}

fn is_paragraph(node: &Node) -> bool {
    matches!(node, Node::Prose(prose) if prose.inlines.iter().any(|inline| inline.kind != InlineKind::Comment))
}

/// `<!-- => … -->`.
fn explicit(prose: &Prose, example: Option<usize>, found: &mut Found) {
    for (at, inline) in prose.inlines.iter().enumerate() {
        let Some(body) = (inline.kind == InlineKind::Comment)
            .then(|| inline.text.trim())
            .and_then(|text| text.strip_prefix("=>"))
            .map(str::trim)
        else {
            continue;
        };
        let mut claim = Claim {
            kind: ClaimKind::Prose,
            exacting: true,
            range: inline.range.clone(),
            stated: body.replace("\r\n", "\n"),
            pieces: Vec::new(),
            strength: Strength::Marked,
            part: (0, 1),
            target: Target::Program,
        };
        let Some(example) = example else {
            claim.target = Target::Nothing("no example stands before it".into());
            found.claims.push(ProseClaim { claim, example: None });
            continue;
        };
        if let Some(stated) = keyword(body, "stdout") {
            (claim.kind, claim.stated) = (ClaimKind::Output, stated.replace("\r\n", "\n"));
            claim.pieces = pieces(inline, stated);
        } else if let Some(stated) = keyword(body, "throws") {
            (claim.kind, claim.stated) = (ClaimKind::Throws, stated.replace("\r\n", "\n"));
            claim.pieces = pieces(inline, stated);
        } else if body.is_empty() {
            let is_code = |inline: &&Inline| inline.kind == InlineKind::Code;
            let before = prose.inlines[..at].iter().rfind(is_code);
            match (before, prose.inlines[at + 1..].iter().find(is_code)) {
                (Some(expression), Some(stated)) => {
                    claim.stated.clone_from(&stated.text);
                    claim.pieces = vec![without_backquotes(stated)];
                    claim.target = probe(found, example, &expression.text, Some(stated.text.clone()));
                }
                _ => {
                    claim.target =
                        Target::Nothing("an empty claim needs inline code before and behind it".into());
                }
            }
        } else {
            claim.pieces = pieces(inline, body);
            claim.target = probe(found, example, body, None);
        }
        found.claims.push(ProseClaim { claim, example: Some(example) });
    }
}

/// Where the lines of a part of a comment's text stand, when the comment is one piece of the chapter.
fn pieces(comment: &Inline, part: &str) -> Vec<Range<usize>> {
    let (opening, closing) = ("<!--".len(), "-->".len());
    if part.is_empty() || comment.range.len() != opening + comment.text.len() + closing {
        return Vec::new();
    }
    let start = comment.range.start + opening + (part.as_ptr() as usize - comment.text.as_ptr() as usize);
    let mut at = start;
    part.split('\n')
        .map(|line| {
            let piece = at..at + line.strip_suffix('\r').unwrap_or(line).len();
            at += line.len() + 1;
            piece
        })
        .collect()
}

/// What follows a word that stands by itself.
fn keyword<'a>(body: &'a str, word: &str) -> Option<&'a str> {
    let rest = body.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

fn probe(found: &mut Found, example: usize, expression: &str, equals: Option<String>) -> Target {
    let probes = &mut found.probes[example];
    probes.push(expression.to_owned());
    Target::Probe { index: probes.len() - 1, equals }
}

/// In a sentence's text each inline code stands as this character.
const CODE: char = '\u{e000}';

static EXPORTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(\x{e000})[’']?s? (?:will be|is|gets|was) exported|\bexports (?:the value )?(\x{e000})")
});
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(\x{e000}) (?:is|will be|gets) (?:printed|logged)|\b(?:prints|logs|outputs) (\x{e000})")
});
static THROWN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bthrows (?:an? )?(\x{e000})|(\x{e000}) is thrown"));
static RETURNED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\x{e000} (?:returns|evaluates to) (\x{e000})"));
static HEDGED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:if|when|may|might|would|could|unless|not|never|no)\b|n[’']t\b|\?"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid expression")
}

fn phrases(prose: &Prose, example: usize, found: &mut Found) {
    let (text, codes) = flatten(prose);
    for sentence in sentences(&text) {
        let words = &text[sentence.clone()];
        if HEDGED.is_match(words) {
            continue;
        }
        let before = text[..sentence.start].matches(CODE).count();
        let codes = &codes[before..];
        let mut claims = exported(words, codes);
        if claims.is_empty() {
            claims.extend(printed_or_thrown(words, codes).or_else(|| returned(words, codes, example, found)));
        }
        found.claims.extend(claims.into_iter().map(|claim| ProseClaim { claim, example: Some(example) }));
    }
}

fn exported(words: &str, codes: &[Code]) -> Vec<Claim> {
    // The name of the exports is the road to a value, not a value.
    let names = ["exports", "module", "module.exports"];
    let stated = EXPORTED.captures_iter(words).filter_map(|captures| group_code(&captures, words, codes));
    stated
        .filter(|code| !names.contains(&code.text.as_str()))
        .filter(|code| literal::parse(&code.text).is_some() || is_word(&code.text))
        .map(|code| phrase(code, ClaimKind::Prose, Target::ExportsOrProperty, Strength::Plain))
        .collect()
}

fn printed_or_thrown(words: &str, codes: &[Code]) -> Option<Claim> {
    let printed = stated_by(&PRINTED, words, codes).map(|code| (code, ClaimKind::Output));
    let (code, kind) =
        printed.or_else(|| stated_by(&THROWN, words, codes).map(|code| (code, ClaimKind::Throws)))?;
    Some(phrase(code, kind, Target::Program, Strength::Weak))
}

fn returned(words: &str, codes: &[Code], example: usize, found: &mut Found) -> Option<Claim> {
    let code = stated_by(&RETURNED, words, codes)?;
    literal::parse(&code.text)?;
    let at = RETURNED.find(words)?.start();
    let expression =
        codes.get(words[..at].matches(CODE).count()).filter(|expression| !expression.explicit)?;
    let target = probe(found, example, &expression.text, Some(code.text.clone()));
    Some(phrase(code, ClaimKind::Prose, target, Strength::Weak))
}

/// The inline code that a pattern's group stands for, unless a comment behind it makes its claim explicit.
fn stated_by<'a>(pattern: &Regex, words: &str, codes: &'a [Code]) -> Option<&'a Code> {
    group_code(&pattern.captures(words)?, words, codes)
}

fn group_code<'a>(captures: &Captures<'_>, words: &str, codes: &'a [Code]) -> Option<&'a Code> {
    let group = captures.iter().skip(1).flatten().next()?;
    codes.get(words[..group.start()].matches(CODE).count()).filter(|code| !code.explicit)
}

fn phrase(code: &Code, kind: ClaimKind, target: Target, strength: Strength) -> Claim {
    Claim {
        kind,
        exacting: true,
        range: code.range.clone(),
        stated: code.text.clone(),
        pieces: vec![code.inner.clone()],
        strength,
        part: (0, 1),
        target,
    }
}

struct Code {
    text: String,
    range: Range<usize>,
    /// Without the backquotes.
    inner: Range<usize>,
    /// A `<!-- => … -->` follows right behind it.
    explicit: bool,
}

/// The text with each inline code as one character, and the codes in order.
fn flatten(prose: &Prose) -> (String, Vec<Code>) {
    let mut text = String::new();
    let mut codes: Vec<Code> = Vec::new();
    for inline in &prose.inlines {
        match inline.kind {
            InlineKind::Text => text.push_str(&inline.text),
            InlineKind::Comment => {
                let follows = codes.last_mut().filter(|_| text.ends_with(CODE));
                if let Some(code) = follows.filter(|_| inline.text.trim_start().starts_with("=>")) {
                    code.explicit = true;
                }
            }
            InlineKind::Code => {
                text.push(CODE);
                codes.push(Code {
                    text: inline.text.clone(),
                    range: inline.range.clone(),
                    inner: without_backquotes(inline),
                    explicit: false,
                });
            }
        }
    }
    (text, codes)
}

fn without_backquotes(code: &Inline) -> Range<usize> {
    let quotes = code.range.len().saturating_sub(code.text.len()) / 2;
    code.range.start + quotes..code.range.end - quotes
}

fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let ends = matches!(character, '.' | '!' | '?')
            && characters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends {
            let end = at + character.len_utf8();
            ranges.push(start..end);
            start = end;
        }
    }
    if !text[start..].trim().is_empty() {
        ranges.push(start..text.len());
    }
    ranges
}

/// A bare word stands for a string: `Rock`.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
