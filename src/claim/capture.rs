//! Named captures in a stated text: `<id>` stands for whatever is there, and each later `<id>` for the same.
//! `<id:uuid>` also says what it looks like.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// One `<name>` in a stated text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// In the stated text, with its brackets.
    pub range: Range<usize>,
    pub name: String,
    pub shape: Option<Shape>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Number,
    String,
    Date,
    Uuid,
}

/// What consoles write in angle brackets themselves.
const PRINTED: &[&str] = &[
    "pending",
    "fulfilled",
    "rejected",
    "state",
    "value",
    "reason",
    "empty",
    "prototype",
    "anonymous",
    "entries",
];

/// Elements of HTML: `<p>` is a text that a program prints.
const ELEMENTS: &str = " a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption \
    center cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure \
    font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend \
    li link main map mark marquee menu meta meter nav nobr noscript object ol optgroup option output p param picture pre \
    progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup \
    svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml ";

/// Each of them is looked for in all that was seen: with more of them a text is compared as it stands.
const MOST: usize = 64;

/// The captures of a stated text, in order; none where it is a piece of markup.
pub fn find(stated: &str) -> Vec<Capture> {
    static CAPTURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"<([a-z][A-Za-z0-9_]*)(?::(number|string|date|uuid))?>").expect("a valid expression")
    });
    if ["</", "/>", "<!"].iter().any(|sign| stated.contains(sign)) {
        return Vec::new();
    }
    let captures = CAPTURE.captures_iter(stated).filter_map(|found| {
        let name = &found[1];
        let shape = found.get(2).map(|shape| match shape.as_str() {
            "number" => Shape::Number,
            "string" => Shape::String,
            "date" => Shape::Date,
            _ => Shape::Uuid,
        });
        let range = found.get(0)?.range();
        // `List<number>` is a type.
        if stated[..range.start].ends_with(char::is_alphanumeric) {
            return None;
        }
        let taken = PRINTED.contains(&name) || ELEMENTS.contains(&format!(" {name} "));
        let name = (shape.is_some() || !taken).then(|| name.to_owned())?;
        Some(Capture { range, name, shape })
    });
    let captures: Vec<Capture> = captures.collect();
    if captures.len() > MOST { Vec::new() } else { captures }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_angle_brackets_and_nothing_that_is_printed_so() {
        let names = |text: &str| find(text).into_iter().map(|found| found.name).collect::<Vec<_>>();
        assert_eq!(names("<id>"), ["id"]);
        assert_eq!(names("{ id: <id>, at: <day:date> }"), ["id", "day"]);
        assert_eq!(names("Order <orderId> was made by <name:string>"), ["orderId", "name"]);
        for text in [
            "<ref *1> { self: [Circular *1] }",
            "[ <3 empty items> ]",
            "<Buffer 01 02>",
            "Promise { <pending> }",
            "Promise { <state>: \"fulfilled\" }",
            "<b>",
            "<user>Ada</user>",
            "<user/>",
            "a < b > c",
            "<Id>",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        assert_eq!(names(&"<x> ".repeat(MOST)).len(), MOST);
        assert_eq!(names(&"<x> ".repeat(MOST + 1)), [""; 0]);
    }
}
