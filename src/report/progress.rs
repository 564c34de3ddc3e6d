//! A progress bar on a terminal, and nothing anywhere else.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error; hidden when that is no terminal.
pub fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} running {pos}/{len} {wide_bar} {elapsed}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// Moves the bar to `done` of `total`.
pub fn step(bar: &ProgressBar, done: usize, total: usize) {
    bar.set_length(total as u64);
    bar.set_position(done as u64);
}
