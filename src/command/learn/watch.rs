//! Tells when something in the learner's folder has changed; what, the session sees for itself.

use std::path::Path;
use std::time::Duration;

use notify_debouncer_full::notify::event::{EventKind, ModifyKind};
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// Watches as long as it lives.
pub struct Watcher(
    #[allow(dead_code, reason = "it ends when it is dropped")]
    Debouncer<RecommendedWatcher, RecommendedCache>,
);

/// An editor that saves in several steps is done by then.
const SETTLED: Duration = Duration::from_millis(20);

/// None where the system can't tell: the session also looks from time to time.
pub fn watch(folder: &Path, changed: impl Fn() + Send + 'static) -> Option<Watcher> {
    let told = move |events: DebounceEventResult| {
        // To look at a file is no change, and would be told again.
        let counts = |kind: EventKind| {
            !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)))
        };
        if events.map_or(true, |events| events.iter().any(|event| counts(event.kind))) {
            changed();
        }
    };
    let mut debouncer = new_debouncer(SETTLED, None, told).ok()?;
    debouncer.watch(folder, RecursiveMode::Recursive).ok()?;
    Some(Watcher(debouncer))
}
