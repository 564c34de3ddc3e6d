//! Finds what the text says that a shell shows: `$ node app.js` and, below it, what that file prints.

use std::collections::HashMap;
use std::ops::Range;

use crate::book::document::{Block, Document, Node};
use crate::book::example::{Example, is_javascript};
use crate::claim::{Claim, ClaimKind, Strength, Target};

/// A claim and the example (index into the chapter's examples) whose program the shell runs, if it is known.
pub struct ShellClaim {
    pub claim: Claim,
    pub example: Option<usize>,
}

/// Reads a chapter's blocks of other languages.
pub fn find(document: &Document, examples: &[Example]) -> Vec<ShellClaim> {
    let blocks = document.nodes.iter().enumerate().filter_map(|(at, node)| match node {
        Node::Block(block) if is_shell(block) => Some((at, block)),
        _ => None,
    });
    let mut named = HashMap::new();
    for (index, example) in examples.iter().enumerate() {
        let file = example.attributes.file.as_deref();
        for name in file.into_iter().chain(file.and_then(|file| file.strip_suffix(".js"))) {
            named.entry(name).or_insert(index);
        }
    }
    let named = &named;
    blocks
        .flat_map(|(at, block)| {
            // An example without a name of its own is the file that the block right behind it runs.
            let before = examples.binary_search_by_key(&at, |example| example.node + 1).ok();
            let before = before.filter(|&index| examples[index].attributes.file.is_none());
            runs(block).map(move |run| {
                let file = run.file.trim_start_matches("./");
                claim(block, named.get(file).copied().or(before), run)
            })
        })
        .collect()
}

/// A fence that begins at a shell's prompt, whatever its language says.
fn is_shell(block: &Block) -> bool {
    let language = block.info.split([' ', '\t', ',']).next().unwrap_or_default();
    !block.indented && !is_javascript(language) && block.code.text.trim_start().starts_with("$ ")
}

/// A run of one file: what follows "node", and the lines of output, as ranges in the block's code.
struct Run<'a> {
    file: &'a str,
    lines: Vec<Range<usize>>,
}

fn runs(block: &Block) -> impl Iterator<Item = Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in block.code.text.split_inclusive('\n') {
        let text = line.trim_end();
        if let Some(command) = text.strip_prefix('$').filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            let command = command.split(" #").next().unwrap_or_default().trim();
            let file = command.strip_prefix("node ").map(str::trim).filter(|file| !file.starts_with('-'));
            open = file.is_some();
            runs.extend(file.map(|file| Run { file, lines: Vec::new() }));
        } else if let Some(run) = runs.last_mut().filter(|_| open) {
            run.lines.push(at..at + text.len());
        }
        at += line.len();
    }
    for run in &mut runs {
        while run.lines.last().is_some_and(Range::is_empty) {
            run.lines.pop();
        }
    }
    runs.into_iter().filter(|run| !run.lines.is_empty())
}

/// `example`: which a run without arguments is of.
fn claim(block: &Block, example: Option<usize>, run: Run<'_>) -> ShellClaim {
    let file = run.file.trim_start_matches("./");
    // With arguments or behind a pipe it is another run.
    let plain = !file.contains(char::is_whitespace);
    let example = example.filter(|_| plain);
    let target = match example {
        Some(_) => Target::Program,
        None if !plain => Target::Nothing("a file runs here without arguments".into()),
        None => Target::Nothing(format!(
            "no block of this chapter is the file `{file}`: one has to be marked `file={file}`"
        )),
    };
    let stated: Vec<&str> = run.lines.iter().filter_map(|line| block.code.text.get(line.clone())).collect();
    let (start, end) =
        (run.lines.first().map_or(0, |line| line.start), run.lines.last().map_or(0, |line| line.end));
    ShellClaim {
        claim: Claim {
            kind: ClaimKind::Output,
            exacting: true,
            range: block.code.range(start..end),
            stated: stated.join("\n"),
            pieces: run.lines.into_iter().map(|line| block.code.range(line)).collect(),
            strength: if example.is_some() { Strength::Marked } else { Strength::Weak },
            part: (0, 1),
            target,
        },
        example,
    }
}
