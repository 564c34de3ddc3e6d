//! SHARDS: which part of a text one machine of several verifies. The parts are disjoint, together they are the whole, and
//! which part an example is in depends on nothing but its file's name and code.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use crate::book::exercise::Exercise;
use crate::book::load::Sources;
use crate::verify::Owner;
use crate::verify::surroundings::Surroundings;

/// The `index`-th (from 1) of `count` parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    pub index: u32,
    pub count: u32,
}

impl Shard {
    /// It also has what reading finds and what no example stands before, so that each is told once.
    pub fn is_first(self) -> bool {
        self.index == 1
    }

    /// The examples of this part, by owner and index there. Those that share their state stay together: a name that one
    /// of them captures is judged by all of them.
    pub fn examples(self, sources: &Sources) -> HashSet<(Owner, usize)> {
        let mut own = HashSet::new();
        for text in sources.texts() {
            let groups = groups(&Surroundings::new(sources, text));
            let is_own = |first: usize| {
                let example = &text.examples[first];
                let file = text.text.span(example.range.clone()).file;
                self.holds(&file.path, &example.code.text)
            };
            let mine: Vec<bool> = (0..groups.len()).map(|at| groups[at] == at && is_own(at)).collect();
            own.extend((0..groups.len()).filter(|&at| mine[groups[at]]).map(|at| (text.owner, at)));
        }
        own
    }

    pub fn has_exercise(self, exercise: &Exercise) -> bool {
        self.holds(&exercise.folder, "")
    }

    fn holds(self, file: &str, code: &str) -> bool {
        let mut hasher = blake3::Hasher::new();
        hasher.update(file.as_bytes()).update(b"\0").update(code.as_bytes());
        let hash = hasher.finalize();
        let number =
            hash.as_bytes().iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.count) == u64::from(self.index - 1)
    }
}

/// Of each example the first one that it shares its state with, directly or by others.
fn groups(around: &Surroundings<'_>) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..around.text.examples.len()).collect();
    for at in 0..groups.len() {
        for before in around.predecessors(at) {
            let (one, other) = (first(&mut groups, before), first(&mut groups, at));
            groups[one.max(other)] = one.min(other);
        }
    }
    (0..groups.len()).map(|at| first(&mut groups, at)).collect()
}

/// Follows what each example is known to belong to, and shortens the way.
fn first(groups: &mut [usize], mut at: usize) -> usize {
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text.split_once('/').and_then(|(index, count)| {
            // `parse` would take a sign.
            let number =
                |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok());
            Some(Shard { index: number(index)??, count: number(count)?? })
        });
        match numbers {
            Some(shard) if 1 <= shard.index && shard.index <= shard.count => Ok(shard),
            Some(_) => Err("K/N means the K-th of N parts, so K is one of 1 to N".to_owned()),
            None => Err("a shard is written K/N, e.g. 1/3 for the first of three parts".to_owned()),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_one_of_its_parts() {
        assert_eq!("2/3".parse(), Ok(Shard { index: 2, count: 3 }));
        for wrong in ["", "1", "0/3", "4/3", "1/0", "a/b", "+1/3", "1/3/3", "1/99999999999", " 1/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
