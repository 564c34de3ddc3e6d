//! The list of all that was verified (`{{#verification}}`) and the badge: what they say is what the JSON report says.

use std::collections::BTreeMap;
use std::process::Command;

use percent_encoding::percent_decode_str;
use regex::Regex;
use serde_json::Value;

use crate::support::{Book, GALLEY, project, run};

const ONE: &str = "# One & two

```js
const genres = ['Rock', 'Blues'];
genres.length;                // => 2
genres;                       // => [\"Rock\", \"Blues\"]
1 / 3;                        // => 0.333
genres.concat(['Jazz', 'Pop']); // => [ 'Rock', … ]
null.x;                       // throws TypeError: Cannot read properties of null
console.log('a </details>');  // => a </details>
console.log('order of things'); // order of thing
```

```js hidden
const unseen = 2; // => 2
```

```js ignore
1; // => 3
```

```js ignore
2; // => 3
```

```js
var module = {…};
```

```js predict
for (let i = 0; i < 3; i++) setTimeout(() => console.log(i));
```

```js
{{#include shared.js}}
```

```js norun
loop();
```

{{#exercise sum}}
";

/// All that a book can have, and nothing false.
fn book() -> Book {
    let exercise = |name: &str, path: &str, text: &str| (format!("exercises/{name}/{path}"), text.to_owned());
    let test = "const test = require('node:test');\nconst assert = require('node:assert');\n\
                test('adds', () => assert.equal(require('./answer.js')(1, 2), 3));\n";
    let mut files = vec![
        (
            "src/SUMMARY.md".to_owned(),
            "# Summary\n\n- [One](one.md)\n- [Two](part/a%20b.md)\n- [Verified](part/verified.md)\n"
                .to_owned(),
        ),
        ("src/one.md".to_owned(), ONE.to_owned()),
        ("src/shared.js".to_owned(), "const shared = 'x';\nshared; // => 'x'\n".to_owned()),
        (
            "src/part/a b.md".to_owned(),
            "# Two\n\n```js\n0.1 + 0.2; // => 0.30000000000000004\n```\n".to_owned(),
        ),
        (
            "src/part/verified.md".to_owned(),
            "# Verified\n\nThis is it:\n\n{{#verification}}\n\nAfter.\n".to_owned(),
        ),
    ];
    for name in ["sum", "lonely"] {
        let text = "# Add {up}\n\nAdd both.\n\n```js\nconst add = require('./answer.js');\nadd(2, 3); // => 5\n```\n";
        files.push(exercise(name, "exercise.md", text));
        files.push(exercise(name, "starter.js", "module.exports = () => { throw new Error('TODO'); };\n"));
        files.push(exercise(name, "solution.js", "module.exports = (a, b) => a + b;\n"));
        files.push(exercise(name, "wrong/first.js", "module.exports = (a) => a;\n"));
        files.push(exercise(name, "test.js", test));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Book::with(&files)
}

/// The list in a page.
fn section(html: &str) -> &str {
    let start = html.find("<section class=\"galley-verification\"").expect("the list is there");
    let end = html[start..].find("</section>").expect("it ends");
    &html[start..start + end]
}

fn built() -> (Book, String) {
    let book = book();
    book.run(&["build"]).expect(0);
    let html = book.read("site/part/verified.html");
    let list = section(&html).to_owned();
    (book, list)
}

fn found<'a>(pattern: &str, text: &'a str) -> Vec<Vec<&'a str>> {
    let regex = Regex::new(pattern).expect("a pattern");
    let all = regex.captures_iter(text);
    all.map(|captures| {
        captures.iter().skip(1).map(|group| group.map_or("", |group| group.as_str())).collect()
    })
    .collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

#[test]
fn its_totals_are_those_of_the_report() {
    let (book, list) = built();
    let (report, code) = book.check(".");
    assert_eq!(code, 0, "{report:#}");
    let summary = &report["summary"];
    let expected = |what: &str, held: &Value, open: u64, broken: &Value| {
        let (held, broken) = (number(held), number(broken));
        format!(
            "<tr><th scope=\"row\">{what}</th><td>{}</td><td>{held}</td><td>{open}</td><td>{broken}</td></tr>",
            held + open + broken
        )
    };
    let (examples, claims) = (&summary["examples"], &summary["claims"]);
    let (quizzes, exercises) = (&summary["quizzes"], &summary["exercises"]);
    let survived = number(&exercises["mutants"]["survived"]);
    let noticed = (number(&exercises["mutants"]["total"]) - survived).into();
    for row in [
        expected("Examples", &examples["ran"], number(&examples["skipped"]), &examples["failed"]),
        expected("Claims", &claims["held"], number(&claims["unchecked"]), &claims["broken"]),
        expected("Quizzes", &quizzes["passed"], 0, &quizzes["failed"]),
        expected("Exercises", &exercises["passed"], 0, &exercises["failed"]),
        expected("Changes of solutions, noticed by tests", &noticed, survived, &0.into()),
    ] {
        assert!(list.contains(&row), "{row}\n{list}");
    }
    // What the book has of each, so that no zero stands for something that was not looked at.
    let counts = [
        &examples["skipped"],
        &claims["unchecked"],
        &claims["held"],
        &quizzes["passed"],
        &exercises["passed"],
    ];
    assert!(counts.into_iter().all(|count| number(count) > 0), "{summary:#}");
    let engine = report["tool"]["engine"].as_str().expect("an engine");
    for part in [engine, "Node 24 semantics", &format!("Galley {}", env!("CARGO_PKG_VERSION"))] {
        assert!(list.contains(part), "{part}\n{list}");
    }
}

#[test]
fn every_example_claim_and_exercise_of_the_report_is_listed_with_its_line_and_verdict() {
    let (book, list) = built();
    let (report, _) = book.check(".");
    let of = |key: &str| report[key].as_array().expect("a list").clone();
    let details = &list[list.find("<details").expect("details")..];
    let rows = found(
        r#"<tr><th scope="(row|rowgroup)">(.*?)</th><td>(\d+)</td><td data-verdict="(\w+)">(.*?)</td></tr>"#,
        details,
    );
    let count = |wanted: &dyn Fn(&[&str]) -> bool| rows.iter().filter(|row| wanted(row)).count();
    assert_eq!(rows.len(), of("examples").len() + of("claims").len() + of("exercises").len(), "{details}");
    assert_eq!(count(&|row| row[0] == "row"), of("claims").len());
    assert_eq!(count(&|row| row[1].contains("Exercise: ")), of("exercises").len());
    assert_eq!(count(&|row| row[1].contains(", a quiz")), 1);
    assert_eq!(count(&|row| row[3] == "broken"), 0);
    let mut listed: BTreeMap<(u64, String, String), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row[0] == "row") {
        *listed
            .entry((row[2].parse().expect("a line"), row[3].to_owned(), row[4].to_owned()))
            .or_default() += 1;
    }
    let mut told: BTreeMap<(u64, String, String), usize> = BTreeMap::new();
    for claim in of("claims") {
        let text = |key: &str| claim[key].as_str().unwrap_or_default().to_owned();
        let why = if claim["verdict"] == "held" { named(&text("rung")).to_owned() } else { text("reason") };
        *told.entry((number(&claim["line"]), text("verdict"), why)).or_default() += 1;
    }
    assert_eq!(listed, told);
    for rung in ["exact", "value", "dialect", "ellipsis", "precision", "tail", "error"] {
        let claims = of("claims").iter().filter(|claim| claim["rung"] == rung).count();
        let row = format!("<tr><th scope=\"row\">{}</th><td>{claims}</td>", named(rung));
        assert!(list.contains(&row), "{row}\n{list}");
    }
    let skipped = of("examples").iter().filter(|example| example["status"] == "skipped").count();
    assert_eq!(count(&|row| row[0] == "rowgroup" && row[3] == "unchecked"), skipped);
    assert!(skipped >= 3);
    // Of another file than the chapter's, it is named.
    for file in ["src/shared.js", "exercises/sum/exercise.md", "exercises/lonely/exercise.md"] {
        assert!(details.contains(&format!("<span class=\"galley-of\">{file}</span>")), "{file}\n{details}");
    }
    assert!(details.contains("Exercises that no chapter holds"));
}

/// A rung as the list calls it.
fn named(rung: &str) -> &str {
    if rung == "error" { "same error" } else { rung }
}

#[test]
fn what_was_not_verified_has_its_reason_and_place() {
    let (book, list) = built();
    let (report, _) = book.check(".");
    let start = list.find("What was not verified").expect("a table");
    let table = &list[start..start + list[start..].find("</table>").expect("its end")];
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for (key, noun) in [("examples", "example"), ("claims", "claim")] {
        for one in report[key].as_array().expect("a list") {
            if one["status"] == "skipped" || one["verdict"] == "unchecked" {
                let why = one["reason"].as_str().expect("a reason");
                *reasons.entry(format!("{noun} {why}")).or_default() += 1;
            }
        }
    }
    let rows = found(r#"<th scope="row">(\d+) (example|claim)s?</th><td>(.*?)</td><td>(.*?)</td>"#, table);
    let told: BTreeMap<String, usize> = rows
        .iter()
        .map(|row| (format!("{} {}", row[1], row[2]), row[0].parse().expect("a number")))
        .collect();
    assert_eq!(told, reasons);
    for row in rows {
        assert_eq!(row[3].matches("<a href=").count().to_string(), row[0], "{row:?}");
    }
    assert!(
        told.keys().any(|why| why.contains("pseudo-code")) && told.keys().any(|why| why.contains("ignore"))
    );
}

#[test]
fn what_a_quiz_asks_is_not_told() {
    let quiz = "# One\n\n```js predict\nconsole.log(6 * 7);\n```\n<!-- option: 13 -->\n<!-- option: 67 -->\n\
                <!-- => stdout 42 -->\n\n{{#verification}}\n";
    let book = Book::with(&[("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n"), ("src/one.md", quiz)]);
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    let list = section(&page);
    assert!(list.contains("a quiz") && list.contains("prints"), "{list}");
    assert!(!list.contains("42"), "{list}");
}

#[test]
fn its_links_lead_to_what_is_there() {
    let (book, list) = built();
    let links = found(r#"href="([^"]*)""#, &list);
    let mut fragments = 0;
    for link in &links {
        let (path, fragment) = link[0].split_once('#').unwrap_or((link[0], ""));
        let path = percent_decode_str(path).decode_utf8().expect("UTF-8").into_owned();
        let file = match path.strip_prefix("../") {
            Some(rest) => format!("site/{rest}"),
            None => format!("site/part/{path}"),
        };
        let page = book.read(&file);
        if !fragment.is_empty() {
            fragments += 1;
            assert_eq!(page.matches(&format!("id=\"{fragment}\"")).count(), 1, "{file}#{fragment}");
        }
    }
    let figures = found(r#"id="(galley-example-\d+)""#, &book.read("site/one.html")).len();
    for number in 1..=figures {
        assert!(list.contains(&format!("one.html#galley-example-{number}\"")), "{number}");
    }
    assert!(figures > 4 && fragments > figures && list.contains("a%20b.html#galley-example-1"), "{list}");
    assert!(list.contains("one.html#exercise-sum\""));
    let print = book.read("site/print.html");
    let links = found(r##"href="#([^"]*)""##, section(&print));
    assert!(!links.is_empty());
    for link in links {
        assert_eq!(print.matches(&format!("id=\"{}\"", link[0])).count(), 1, "{}", link[0]);
    }
}

#[test]
fn list_and_badge_are_the_same_bytes_whoever_builds_them() {
    let site = |args: &[&str]| {
        let book = book();
        book.run(&[&["build"], args].concat()).expect(0);
        // A second time what programs did is known.
        let list = book.read("site/part/verified.html");
        book.run(&["build", "--cache-dir", "kept"]).expect(0);
        book.run(&["build", "--cache-dir", "kept"]).expect(0);
        assert_eq!(book.read("site/part/verified.html"), list);
        (list, book.read("site/galley/verified.svg"))
    };
    let (page, badge) = site(&["--jobs", "1"]);
    assert_eq!((page.clone(), badge), site(&["--jobs", "8"]));
    for part in ["landlock", "/tmp", " ms"] {
        assert!(!section(&page).contains(part), "{part}");
    }
}

#[test]
fn a_list_that_can_stand_nowhere_is_told_at_its_place() {
    let told = |chapter: &str, place: &str, message: &str| {
        let book = Book::of(&format!("# T\n\n```js\n1 // => 1\n```\n\n{chapter}\n"));
        book.run(&["check"]).expect(1).says(&["error[G024]", place, message]);
    };
    told("See {{#verification}}.", "src/one.md:7:5", "stands on a line of its own");
    told("<div>\n{{#verification}}\n</div>", "src/one.md:8:1", "leave an empty line before and after it");
    told("{{#verification all}}", "src/one.md:7:1", "takes nothing, and here it has `all`");
    let book = book();
    let text = book.read("exercises/sum/exercise.md");
    book.write("exercises/sum/exercise.md", text + "\n{{#verification}}\n");
    book.run(&["check"])
        .expect(1)
        .says(&["error[G020]", "an exercise can't hold the list of what was verified"]);
}

/// What a badge says and its colour.
fn said(svg: &str) -> (String, &'static str) {
    let title = found("<title>(.*?)</title>", svg)[0][0].to_owned();
    let texts = found("<text [^>]*>(.*?)</text>", svg);
    assert_eq!(title, format!("{}: {}", texts[0][0], texts[1][0]), "{svg}");
    assert!(svg.contains(&format!("role=\"img\" aria-label=\"{title}\"")), "{svg}");
    // The fields are as wide as their texts, and together as wide as the picture.
    let widths: Vec<usize> =
        found(r#"textLength="(\d+)""#, svg).iter().map(|width| width[0].parse().expect("a width")).collect();
    let whole: usize = found(r#"<svg [^>]*width="(\d+)""#, svg)[0][0].parse().expect("a width");
    assert_eq!(widths.iter().sum::<usize>() + 24, whole, "{svg}");
    let colors = [("#1a7f37", "green"), ("#cf222e", "red"), ("#6e7781", "grey")];
    let mut seen = colors.into_iter().filter(|(code, _)| svg.contains(code));
    let (_, color) = seen.next().expect("a colour");
    assert!(seen.next().is_none(), "{svg}");
    (title, color)
}

#[test]
fn a_site_has_the_badge_of_what_was_verified() {
    let (book, _) = built();
    let held = number(&book.check(".").0["summary"]["claims"]["held"]);
    let badge = book.read("site/galley/verified.svg");
    assert_eq!(said(&badge), (format!("outputs: {held} verified"), "green"));
    book.run(&["check", "--format", "badge=b.svg"]).expect(0);
    assert_eq!(book.read("b.svg"), badge);
    // The site that is left is the one that was true.
    book.write("src/one.md", ONE.replace("// => 2", "// => 4"));
    book.run(&["build"]).expect(1);
    assert_eq!(book.read("site/galley/verified.svg"), badge);
}

/// `SNAPSHOTS=overwrite cargo test --test testsuite the_readme_shows` writes it anew.
#[test]
fn the_readme_shows_the_badge_of_our_own_book() {
    let path = project().join(".github/images/verified.svg");
    let badge = run(Command::new(GALLEY).args(["check", "--format", "badge"]).current_dir(project()))
        .expect(0)
        .stdout;
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(&path, &badge).expect("the badge is written");
    }
    let shown = std::fs::read_to_string(&path).expect("the badge");
    assert_eq!(shown, badge, "SNAPSHOTS=overwrite writes the badge of the book as it is");
    assert!(said(&badge).0.ends_with(" verified"));
}

#[test]
fn a_broken_book_has_a_red_badge() {
    let badge = |chapter: &str, code: i32| {
        let book = Book::of(chapter);
        book.run(&["check", "--format", "badge=b.svg"]).expect(code);
        let (title, color) = said(&book.read("b.svg"));
        format!("{title}, {color}")
    };
    assert_eq!(badge("```js\n1 // => 1\n2 // => 2\n```\n", 0), "outputs: 2 verified, green");
    assert_eq!(badge("```js\n1 // => 1\n2 // => 3\n```\n", 1), "outputs: 1 false, red");
    assert_eq!(badge("```js\n1 // => 1\n```\n\n```js\nnull.x\n```\n", 1), "outputs: 1 error, red");
    assert_eq!(badge("```js\nconst a = 1;\n```\n", 0), "examples: 1 run, green");
    assert_eq!(badge("# T\n", 1), "examples: 1 error, red");
    let book = book();
    book.run(&["check", "exercises/sum", "--format", "badge=b.svg"]).expect(0);
    assert_eq!(said(&book.read("b.svg")).1, "green");
    book.write("exercises/sum/solution.js", "module.exports = (a, b) => a - b;\n");
    book.run(&["check", "exercises/sum", "--format", "badge=b.svg"]).expect(1);
    assert_eq!(said(&book.read("b.svg")).1, "red");
}

#[test]
fn shards_have_badges_of_their_own_and_a_merged_report_that_of_all() {
    let book = book();
    book.run(&["check", "--format", "badge=whole.svg"]).expect(0);
    for shard in ["1", "2"] {
        let (json, svg) = (format!("json={shard}.json"), format!("badge={shard}.svg"));
        book.run(&["check", "--shard", &format!("{shard}/2"), "--format", &json, "--format", &svg]).expect(0);
        let (title, _) = said(&book.read(&format!("{shard}.svg")));
        assert!(title.contains(&format!(" of shard {shard}/2: ")), "{title}");
    }
    let merged = book.run(&["report", "merge", "1.json", "2.json", "--format", "badge"]).expect(0);
    assert_eq!(merged.stdout, book.read("whole.svg"));
}
