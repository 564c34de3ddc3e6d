//! What a change of a text changes, as `diff -u` tells it.

use similar::TextDiff;

/// Empty when nothing changes. `names`: what the text is called before and after.
pub fn unified(old: &str, new: &str, names: (&str, &str), context: usize) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(context).header(names.0, names.1).to_string()
}
