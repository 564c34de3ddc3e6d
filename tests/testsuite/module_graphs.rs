//! `{{#modules}}`: what a page shows of the files that an example loads, and what is said when there is nothing to show.

use crate::support::{Book, Ran};

/// A chapter of these files and programs, each with the words on its fence; behind them stands `directive`.
fn chapter(blocks: &[(&str, &str)], directive: &str) -> String {
    let block = |&(words, code): &(&str, &str)| {
        let language = if words.ends_with(".json") { "json" } else { "js" };
        format!("```{language} {words}\n{code}\n```\n\n")
    };
    format!("# T\n\n{}{directive}\n", blocks.iter().map(block).collect::<String>())
}

/// The figure on the page.
fn figure(blocks: &[(&str, &str)], directive: &str) -> String {
    let book = Book::of(&chapter(blocks, directive));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    let start = page.find("<figure class=\"galley-modules\"").unwrap_or_else(|| panic!("{page}"));
    let end = start + page[start..].find("</figure>").expect("it ends");
    // mdBook puts each element on a line of its own.
    page[start..end].replace('\n', "")
}

#[track_caller]
fn holds(figure: &str, parts: &[&str]) {
    for part in parts {
        assert!(figure.contains(part), "{part:?} is not in\n{figure}");
    }
}

fn check(blocks: &[(&str, &str)], directive: &str) -> Ran {
    Book::of(&chapter(blocks, directive)).run(&["check"])
}

/// It is an error at the directive, in this line.
#[track_caller]
fn fails(blocks: &[(&str, &str)], directive: &str, line: usize, parts: &[&str]) {
    let place = format!("one.md:{line}:1");
    let found = check(blocks, directive).expect(1);
    found.says(&["error[G023]", &place]).says(parts);
}

const A: (&str, &str) = ("file=a.js", "exports.a = 1;");
const B: (&str, &str) = ("file=b.js", "require('./a');");

#[test]
fn files_stand_in_the_order_in_which_they_began() {
    let figure =
        figure(&[A, B, ("", "require('./b');\nrequire('./a');\nrequire('node:path');")], "{{#modules}}");
    holds(
        &figure,
        &[
            "aria-label=\"The files that main.js loads\"",
            "<ol><li><code>main.js</code> requires <code>b.js</code>, <code>a.js</code> and <code>node:path</code></li>\
             <li><code>b.js</code> requires <code>a.js</code></li>\
             <li><code>a.js</code> asks for no other file</li></ol>",
            "data-t=\"a.js\"><span class=\"g-order\" style=\"--at:0\" data-v=\"3\"></span>",
            "<span class=\"g-row g-builtin g-loaded\" data-k=\"require node:path\"></span>",
        ],
    );
    // Two boxes ask for a.js, and there is one of it; three arrows have a line and a head each.
    assert_eq!(figure.matches("data-t=\"a.js\"").count(), 1);
    assert_eq!(figure.matches("<path class=\"g-loaded\"").count(), 3);
    assert!(!figure.contains("circle"), "{figure}");
}

#[test]
fn a_circle_is_marked_and_told() {
    let files = [("file=a.js", "require('./b');\nexports.a = 1;"), B, ("", "require('./a');")];
    holds(
        &figure(&files, "{{#modules}}"),
        &[
            "<p class=\"galley-circle\">A circle: <code>b.js</code> requires <code>a.js</code>, which has not come to \
             its end, and gets what that has exported so far.</p>",
            "<path class=\"g-unfinished\"",
            "data-k=\"require ./a\" data-v=\"unfinished\"",
        ],
    );
    let files = [
        ("file=hen.js", "import './egg.js';\nexport const hen = 1;"),
        ("file=egg.js", "import { hen } from './hen.js';\nexport const egg = () => hen;"),
        ("", "import './hen.js';"),
    ];
    let figure = figure(&files, "{{#modules}}");
    holds(
        &figure,
        &[
            "A circle: <code>egg.js</code> imports <code>hen.js</code>, which has not run yet: its variables have no value so far.",
        ],
    );
    assert_eq!(figure.matches("galley-circle").count(), 1, "{figure}");
}

#[test]
fn what_did_not_run_is_told() {
    let lazy = figure(
        &[A, ("", "const later = () => require('./a');\nrequire('./b');"), ("file=b.js", "exports.b = 1;")],
        "{{#modules}}",
    );
    holds(
        &lazy,
        &[
            "<code>main.js</code> requires <code>b.js</code>; names <code>a.js</code> in a <code>require</code> and does not load it",
            "<ul><li><code>a.js</code> is not loaded</li></ul>",
            "data-k=\"not loaded\"",
        ],
    );
    let stopped = [
        ("file=hen.js throws=Error", "import './bad.js';"),
        ("file=bad.js throws=Error", "throw new Error('bad');\nexport {};"),
        ("", "await import('./hen.js'); // throws Error: bad"),
    ];
    holds(
        &figure(&stopped, "{{#modules}}"),
        &[
            "<code>main.js</code> loads <code>hen.js</code> by <code>import()</code>",
            "<code>bad.js</code> asks for no other file; stops before its end",
            "<ul><li><code>hen.js</code> imports <code>bad.js</code>; never runs</li></ul>",
        ],
    );
}

#[test]
fn other_files_of_the_chapter_are_none_of_the_programs() {
    let figure = figure(&[A, ("file=other.js", "1;"), ("", "require('./a');")], "{{#modules}}");
    assert!(figure.contains("a.js") && !figure.contains("other.js"), "{figure}");
}

#[test]
fn a_name_chooses_the_file_that_starts() {
    let files = [
        ("file=main.js", "require('./lib/a');"),
        ("file=lib/a.js", "exports.a = require('./d.json');"),
        ("file=lib/d.json", "{}"),
    ];
    holds(
        &figure(&files, "{{#modules main.js}}"),
        &["<code>lib/a.js</code> requires <code>lib/d.json</code>"],
    );
    let named = [A, ("name=start", "require('./a');"), ("", "1;")];
    holds(&figure(&named, "{{#modules start}}"), &["<code>main.js</code> requires <code>a.js</code>"]);
}

#[test]
fn what_has_no_files_is_an_error_at_its_line() {
    fails(&[], "{{#modules}}", 3, &["no program stands before it", "behind an example"]);
    fails(&[A, B], "{{#modules}}", 11, &["no program stands before it", "`{{#modules a.js}}`"]);
    fails(
        &[A, B],
        "{{#modules c.js}}",
        11,
        &["no example of this text has `file=c.js`", "did you mean `a.js`?"],
    );
    fails(
        &[A, ("", "1;")],
        "{{#modules}}",
        11,
        &["the example in line 7 loads no other file", "`{{#modules NAME}}`"],
    );
    fails(&[A, ("", "require('node:path');")], "{{#modules}}", 11, &["loads no other file"]);
    fails(
        &[A, ("ignore", "require('./a');")],
        "{{#modules}}",
        11,
        &["line 7 is marked `ignore`", "take `ignore`"],
    );
    fails(&[A, ("norun", "require('./a');")], "{{#modules}}", 11, &["is marked `norun`"]);
    fails(&[A, ("", "require('./a');\nf(…);")], "{{#modules}}", 12, &["did not run", "pseudo-code"]);
    fails(
        &[A, ("", "require('./a');\nrequire('zlib');")],
        "{{#modules}}",
        12,
        &["did not run: needs node:zlib"],
    );
    fails(
        &[A, ("throws=SyntaxError", "import { b } from './a.js';")],
        "{{#modules}}",
        11,
        &["loads no other file"],
    );
    let quiz = ("predict", "console.log(require('./a').a + 1);");
    fails(&[A, quiz], "{{#modules}}", 11, &["line 7 is a quiz"]);
    check(&[A, ("", "require('./a');")], "See {{#modules}}.")
        .expect(1)
        .says(&["one.md:11:5", "a line of its own"]);
}

#[test]
fn sentences_behind_a_picture_speak_of_the_example() {
    let program = ("", "module.exports = require('./a').a + 1;");
    check(&[A, program], "{{#modules}}\n\n`2` will be exported.").expect(0).says(&["1 claim held"]);
    check(&[A, program], "{{#modules}}\n\n`3` will be exported.")
        .expect(1)
        .says(&["one.md:13:2", "the run gives `2`"]);
}

#[test]
fn an_example_that_fails_is_told_once() {
    let ran = check(&[A, ("", "nowhere();")], "{{#modules}}").expect(1);
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("G023"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn too_many_files_are_no_picture() {
    let files: Vec<(String, String)> =
        (0..40).map(|number| (format!("file=f{number}.js"), format!("exports.f = {number};"))).collect();
    let with = |count: usize| {
        let mut blocks: Vec<(&str, &str)> =
            files.iter().take(count).map(|(words, code)| (words.as_str(), code.as_str())).collect();
        let all = format!("for (let i = 0; i < {count}; i++) require(`./f${{i}}`);");
        blocks.push(("", &all));
        check(&blocks, "{{#modules}}")
    };
    with(39).expect(0);
    with(40).expect(1).says(&["error[G005]", "loads 41 files or more", "40 at most"]);
}

#[test]
fn an_exercise_draws_no_files() {
    let book = Book::of("# T\n\n{{#exercise one}}\n");
    book.write("exercises/one/exercise.md", "# One\n\nDo it.\n\n{{#modules}}\n");
    book.write("exercises/one/starter.js", "module.exports = () => 0;\n");
    book.write("exercises/one/solution.js", "module.exports = () => 1;\n");
    book.write(
        "exercises/one/test.js",
        "require('node:test')('one', () => require('node:assert').equal(require('./answer.js')(), 1));\n",
    );
    book.run(&["check"]).expect(1).says(&[
        "exercises/one/exercise.md:5:1",
        "can't draw the files",
        "into a chapter",
    ]);
}

#[test]
fn as_text_it_stays_text() {
    let text =
        "# T\n\n```md\n{{#modules}}\n```\n\n`{{#modules}}` and \\{{#modules}}\n\n```js\n1 + 1 // => 2\n```\n";
    let book = Book::of(text);
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert_eq!(page.matches("{{#modules}}").count(), 3, "{page}");
    assert!(!page.contains("<figure class=\"galley-modules\""));
}

#[test]
fn names_from_strangers_end_no_element() {
    let specifier = r#"'./a.mjs?"><script>{' + '{#include x}}`|'"#;
    let code = format!("await import({specifier});");
    let figure = figure(&[("file=a.mjs", "export default 1;"), ("", &code)], "{{#modules}}");
    assert!(!figure.contains("<script"), "{figure}");
    holds(&figure, &["<code>a.mjs?\"&gt;&lt;script&gt;{{#include x}}`|</code>"]);
}
