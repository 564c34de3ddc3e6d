//! The steps of a run, as plain data: what the variables and objects of a program were after each. Mirror of `Stepping` and
//! `Stepped` in web/protocol.d.ts.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Which of a program's steps are told, and which of them are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stepping {
    /// Only the end.
    pub end_only: bool,
    /// The first line of the entry that counts; what stands before belongs to other examples.
    pub from: usize,
    /// Lines of the example, counted from 1, that the page does not show.
    pub hidden: Vec<usize>,
    /// Only these variables are told of, and only the steps that change something there; empty: all.
    pub watch: Vec<String>,
    pub hide: Vec<String>,
    /// Of the steps that are told, those that are drawn, counted from 1; none: all.
    pub range: Option<(usize, usize)>,
    /// A name for the choice among the steps that no other drawing of its page has.
    pub group: String,
}

/// What a traced run told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stepped {
    pub steps: Vec<Step>,
    /// When all is over: the variables of the files.
    pub end: Step,
    /// There were more steps than are told.
    pub more: bool,
    /// The variables that there were, whether they are told of or not.
    pub names: Vec<String>,
    /// The drawing: HTML on one line. Empty when there is nothing to draw, or too much.
    #[serde(default)]
    pub html: String,
}

/// What there was at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub frames: Vec<Frame>,
    pub objects: Vec<Object>,
    /// What only the drawing looks at.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// "module" or "function".
    kind: String,
    /// The file's path, without the leading slash, or the function's name.
    name: String,
    pub active: bool,
    pub variables: Vec<(String, Cell)>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// An object's number.
    Object { o: usize },
    /// A primitive value, or why there is none: its text and what kind it is.
    Text { t: String, c: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Object {
    pub id: usize,
    kind: String,
    pub rows: Vec<(String, Cell)>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Kinds of objects whose rows are not all properties.
const MIXED: [&str; 5] = ["function", "map", "promise", "proxy", "set"];

impl Stepped {
    /// A drawing of more steps helps nobody.
    pub const MOST: usize = 60;

    /// The steps that are drawn; what is beyond them is left out.
    pub fn drawn(&self, stepping: &Stepping) -> Range<usize> {
        let (first, last) = stepping.range.unwrap_or((1, self.steps.len()));
        let end = last.min(self.steps.len());
        first.saturating_sub(1).min(end)..end
    }

    /// `Drawing` of web/tools/steps/drawing.js, as JSON; none when there is nothing to draw, or too much.
    pub fn to_draw(&self, stepping: &Stepping, entry: &str) -> Option<String> {
        let range = self.drawn(stepping);
        let (steps, before) = match stepping.end_only {
            true => (std::slice::from_ref(&self.end), None),
            false => (&self.steps[range.clone()], range.start.checked_sub(1).map(|at| &self.steps[at])),
        };
        if steps.is_empty() || steps.len() > Stepped::MOST {
            return None;
        }
        let drawing = Drawing {
            steps,
            before,
            entry,
            from: stepping.from,
            hidden: &stepping.hidden,
            group: &stepping.group,
        };
        serde_json::to_string(&drawing).ok()
    }
}

#[derive(Serialize)]
struct Drawing<'a> {
    steps: &'a [Step],
    before: Option<&'a Step>,
    entry: &'a str,
    from: usize,
    hidden: &'a [usize],
    group: &'a str,
}

impl Step {
    /// What a path such as `module.exports` leads to: a variable of what runs, or else of the file `entry`, then properties.
    pub fn find(&self, path: &str, entry: &str) -> Option<&Cell> {
        let mut parts = path.split('.');
        let name = parts.next()?;
        let running = self.frames.iter().filter(|frame| frame.active);
        let of_file = self
            .frames
            .iter()
            .filter(|frame| frame.kind == "module" && entry.strip_prefix('/') == Some(&frame.name));
        let mut cell = running.chain(of_file).find_map(|frame| value(&frame.variables, name))?;
        for key in parts {
            let Cell::Object { o } = cell else { return None };
            let object = self.objects.iter().find(|object| object.id == *o)?;
            if MIXED.contains(&object.kind.as_str()) {
                return None;
            }
            cell = value(&object.rows, key)?;
        }
        Some(cell)
    }
}

fn value<'a>(rows: &'a [(String, Cell)], name: &str) -> Option<&'a Cell> {
    rows.iter().find(|(key, _)| key == name).map(|(_, cell)| cell)
}
