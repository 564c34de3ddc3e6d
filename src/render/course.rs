//! What every page knows of the whole book: its title, its chapters with their exercises, in order, and its quizzes. The
//! script of the page shows a learner's progress by it, in the sidebar of each page too.

use serde::Serialize;

use crate::book::load::Sources;
use crate::render::html::json;
use crate::report::learner;
use crate::verify::quiz::keys;

#[derive(Serialize)]
struct Course<'a> {
    book: &'a str,
    chapters: Vec<Part<'a>>,
    /// Their keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quizzes: Vec<String>,
}

#[derive(Serialize)]
struct Part<'a> {
    /// Of the page, below the site's root.
    path: String,
    title: &'a str,
    exercises: Vec<Placed<'a>>,
}

#[derive(Serialize)]
struct Placed<'a> {
    name: &'a str,
    title: &'a str,
    /// See [`learner::version`].
    tests: String,
}

/// A line of JavaScript that gives the page's script what it reads.
pub fn script(sources: &Sources) -> String {
    let mut chapters: Vec<Part> = Vec::new();
    for (chapter, index) in sources.placed() {
        let exercise = &sources.exercises[index];
        let path = page(&chapter.source_path);
        let placed =
            Placed { name: &exercise.name, title: &exercise.title, tests: learner::version(exercise) };
        match chapters.last_mut().filter(|last| last.path == path) {
            Some(last) => last.exercises.push(placed),
            None => chapters.push(Part { path, title: chapter.title(), exercises: vec![placed] }),
        }
    }
    let quizzes = keys::placed(sources).into_iter().map(|placed| placed.key).collect();
    let course = Course { book: learner::key(&sources.config), chapters, quizzes };
    format!("{BEGINS}{};\n", json(&course))
}

const BEGINS: &str = "globalThis.galleyCourse=";

/// The script without that line: two scripts that differ in nothing else are of the same version.
pub fn without(script: &str) -> String {
    script.split_inclusive('\n').filter(|line| !line.starts_with(BEGINS)).collect()
}

/// Where mdBook puts the page of a chapter, below the site's root.
pub fn page(source_path: &str) -> String {
    let (folder, name) =
        source_path.rsplit_once('/').map_or(("", source_path), |(folder, name)| (folder, name));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem.eq_ignore_ascii_case("readme") { "index" } else { stem };
    if folder.is_empty() { format!("{stem}.html") } else { format!("{folder}/{stem}.html") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lie_where_mdbook_puts_them() {
        assert_eq!(page("a.md"), "a.html");
        assert_eq!(page("part/README.md"), "part/index.html");
        assert_eq!(page("part/v1.2.md"), "part/v1.2.html");
    }

    #[test]
    fn scripts_of_one_version_differ_in_the_course_alone() {
        let (one, other) = (format!("{BEGINS}1;\nrest\n"), format!("{BEGINS}2;\nrest\n"));
        assert_eq!(without(&one), without(&other));
        assert_eq!(without(&one), "rest\n");
    }
}
