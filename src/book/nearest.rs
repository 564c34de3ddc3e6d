//! What a mistyped word was probably meant to be.

/// A sentence for the help of a finding about `word`.
pub fn help(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known are {}", list(known)),
    }
}

/// "`a`, `b`, `c`"
pub fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a word is probably another one with a slip in it.
pub fn is_slip(word: &str, meant: &str) -> bool {
    nearest(word, &[meant]).is_some()
}

fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    // Long words would cost more than they could ever tell.
    if word.len() > 100 {
        return None;
    }
    let word = word.to_lowercase();
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), *name))
        .filter(|&(distance, name)| distance <= name.len().max(word.len()) / 3 + 1 && distance < name.len())
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_strange_word_gets_the_list() {
        assert_eq!(help("abcdef", &["abwxyz"]), "known are `abwxyz`");
        assert_eq!(help("ignroe", &["ignore", "norun"]), "did you mean `ignore`?");
        assert_eq!(help("Throws", &["ignore", "throws"]), "did you mean `throws`?");
        assert_eq!(help("linenumbers", &["ignore", "norun"]), "known are `ignore`, `norun`");
    }
}
