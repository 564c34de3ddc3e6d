//! Which files a run loaded and who asked for them, as plain data. Mirror of `ModuleGraph` in web/protocol.d.ts.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleGraph {
    /// Paths in the order in which they began to run; one that ran again stands there again.
    pub order: Vec<String>,
    /// Those of them that came to their end.
    pub ended: Vec<String>,
    /// In the order in which they were asked for.
    pub edges: Vec<Edge>,
    /// There were more than are told.
    pub more: bool,
    /// The drawing: HTML on one line. Empty when there is nothing to draw, or too much.
    #[serde(default)]
    pub html: String,
}

/// A file that asks for another one, or for a built-in module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    pub from: String,
    /// A path, or a name such as `node:fs`.
    pub to: String,
    pub how: How,
    pub specifier: String,
    pub state: EdgeState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    Require,
    Import,
    #[serde(rename = "import()")]
    DynamicImport,
}

/// What it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EdgeState {
    Loaded,
    /// A file that had not come to its end, since it waits for the one that asks.
    Unfinished,
    /// An error, for the same reason.
    Refused,
    /// Nothing: the run never came to where it asks.
    Never,
}

impl ModuleGraph {
    /// A drawing of more files helps nobody.
    pub const MOST: usize = 40;

    /// How many files there are to draw.
    pub fn count(&self, entry: &str) -> usize {
        let asked = self.edges.iter().flat_map(|edge| [&edge.from, &edge.to]);
        let paths = self.order.iter().chain(asked).map(String::as_str).chain([entry]);
        paths.filter(|path| path.starts_with('/')).collect::<HashSet<_>>().len()
    }

    /// `Drawing` of web/tools/modules/drawing.js, as JSON; none when there is nothing to draw, or too much.
    pub fn to_draw(&self, entry: &str) -> Option<String> {
        let is_drawn = (2..=ModuleGraph::MOST).contains(&self.count(entry)) && !self.more;
        is_drawn.then(|| serde_json::to_string(&Drawing { graph: self, entry }).ok()).flatten()
    }
}

#[derive(Serialize)]
struct Drawing<'a> {
    graph: &'a ModuleGraph,
    entry: &'a str,
}
