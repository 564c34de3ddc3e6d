//! What the latest build came to, and who wants to know it.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::watch;

pub struct Live {
    state: watch::Sender<State>,
}

struct State {
    site: PathBuf,
    /// Of the site that is there. No other start of `serve` counts by the same numbers.
    build: u64,
    /// Why the latest sources are not in it.
    problem: Option<String>,
}

impl Live {
    /// `site` may hold what an earlier build left there, or not exist.
    pub fn new(site: PathBuf) -> Live {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let build = since.as_secs() * 1_000_000 + u64::from(since.subsec_micros());
        Live { state: watch::Sender::new(State { site, build, problem: None }) }
    }

    /// There is a new site.
    pub fn built(&self, site: PathBuf) {
        self.state.send_modify(|state| *state = State { site, build: state.build + 1, problem: None });
    }

    /// The site is as it was, and this is why.
    pub fn failed(&self, problem: String) {
        self.state.send_modify(|state| state.problem = Some(problem));
    }

    /// The site's folder, and the name of its build.
    pub fn site(&self) -> (PathBuf, String) {
        let state = self.state.borrow();
        (state.site.clone(), state.build.to_string())
    }

    pub fn listen(&self) -> Listener {
        let mut changes = self.state.subscribe();
        changes.mark_changed();
        Listener { changes }
    }
}

/// An open page.
pub struct Listener {
    changes: watch::Receiver<State>,
}

/// What a page is told.
#[derive(Serialize)]
struct News<'a> {
    build: String,
    problem: Option<&'a str>,
}

impl Listener {
    /// How things are, as JSON in one line: at once the first time, then when they have changed. None at the end.
    pub async fn news(&mut self) -> Option<String> {
        self.changes.changed().await.ok()?;
        let state = self.changes.borrow_and_update();
        let news = News { build: state.build.to_string(), problem: state.problem.as_deref() };
        serde_json::to_string(&news).ok()
    }
}
