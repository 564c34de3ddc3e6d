//! What `check` says of claims: each kind, each place, each rung of this version, true and false.

use crate::support::Book;

/// Checks a chapter and gives each claim as "line verdict rung".
fn verdicts(chapter: &str) -> (Vec<String>, i32) {
    let book = Book::empty();
    book.write("a.md", chapter);
    let (report, code) = book.check("a.md");
    let claims = report["claims"].as_array().expect("claims");
    let told = claims.iter().map(|claim| {
        let rung = claim["rung"].as_str().unwrap_or("-");
        format!("{} {} {rung}", claim["line"], claim["verdict"].as_str().expect("a verdict"))
    });
    (told.collect(), code)
}

#[track_caller]
fn check(code: &str, expected: &[&str], exit: i32) {
    let chapter = format!("# T\n\n```js\n{}\n```\n", code.trim_matches('\n'));
    let (told, code) = verdicts(&chapter);
    assert_eq!(told, expected, "{chapter}");
    assert_eq!(code, exit, "{chapter}");
}

/// Each of these makes the check red.
#[track_caller]
fn red(codes: &[&str]) {
    for code in codes {
        let chapter = format!("# T\n\n```js\n{code}\n```\n");
        let (told, exit) = verdicts(&chapter);
        assert_eq!(exit, 1, "{chapter}{told:?}");
    }
}

#[test]
fn values_of_expressions_and_declarations() {
    check("1 + 1 // => 2", &["4 held exact"], 0);
    check("1 + 1 // => 3", &["4 broken -"], 1);
    check("const a = [1, 2]; // => [1,2]", &["4 held value"], 0);
    check("const a = 1, b = 2; // => 2", &["4 held exact"], 0);
    check("'a' + 'b' // => 'ab'", &["4 held exact"], 0);
    check("'a' + 'b' // => ab", &["4 held value"], 0);
    check("'5' // => 5", &["4 held value"], 0);
    check("5 // => '5'", &["4 broken -"], 1);
    check("({ a: 1, b: [2] })\n// => { b: [ 2 ], a: 1 }", &["5 held value"], 0);
}

#[test]
fn outputs_of_statements_and_programs() {
    check("console.log('Rock') // => Rock", &["4 held exact"], 0);
    check("console.log('Rock') // => 'Rock'", &["4 held value"], 0);
    check("console.log('Rock') // => Blues", &["4 broken -"], 1);
    check("console.log(1, 'x', [2])\n// → 1 x [ 2 ]", &["5 held exact"], 0);
    check(
        "for (const n of [2, 4]) console.log(n * n)\n// → 4\n// → 16",
        &["5 held exact", "6 held exact"],
        0,
    );
    check("for (const n of [2, 4]) console.log(n * n)\n// → 4\n// → 17", &["5 held exact", "6 broken -"], 1);
    check("for (const n of [2, 4]) console.log(n * n)\n// → 4", &["5 broken -"], 1);
    check("console.log({ a: 1, b: 2 })\n// → { a: 1,\n//   b: 2 }", &["5 held value"], 0);
    check("// Prints: 1\nconsole.log(1)", &["4 held exact"], 0);
    check("setTimeout(() => console.log('late'), 1000) // => late", &["4 held exact"], 0);
}

#[test]
fn output_fences_state_the_whole_output() {
    let chapter =
        |output: &str| format!("```js\nconsole.log(1)\nconsole.log('b')\n```\n\n```output\n{output}\n```\n");
    assert_eq!(verdicts(&chapter("1\nb")), (vec!["7 held exact".into()], 0));
    assert_eq!(verdicts(&chapter("1")), (vec!["7 broken -".into()], 1));
    assert_eq!(verdicts(&chapter("1\nb\nc")), (vec!["7 broken -".into()], 1));
}

#[test]
fn bare_comments_state_values_and_other_comments_do_not() {
    check("1 + 1 // 2", &["4 held exact"], 0);
    check("1 + 1 // 3", &["4 broken -"], 1);
    check("1 + 1 // 2 (as ever)", &["4 held tail"], 0);
    check("1 + 1 // 3 (as ever)", &["4 broken -"], 1);
    check("1 + 1 // the sum", &[], 0);
    check("const text = '// => 3' // => '// => 3'", &["4 held exact"], 0);
}

#[test]
fn errors_by_name_and_message_and_the_run_goes_on() {
    let code = "const c = 1\nc = 2 // => TypeError: Assignment to constant variable.\nnull.x // TypeError\n1 + 1 // => 2";
    check(code, &["5 held exact", "6 held error", "7 held exact"], 0);
    check("throw new RangeError('too far') // throws RangeError: too far", &["4 held exact"], 0);
    check("throw new RangeError('too far') // throws RangeError: too near", &["4 broken -"], 1);
    check("throw new RangeError('too far') // throws TypeError", &["4 broken -"], 1);
    check("1 + 1 // throws TypeError", &["4 broken -"], 1);
}

#[test]
fn an_error_that_the_text_does_not_state_fails_the_example() {
    let book = Book::empty();
    book.write("a.md", "# T\n\n```js\n1 + 1 // => 2\nnull.x\n2 + 2 // => 4\n```\n");
    let ran = book.run(&["check", "a.md"]).expect(1);
    ran.says(&["error[G003]", "a.md:5:1", "TypeError", "throws"]);
}

#[test]
fn exports_at_the_end() {
    check("module.exports = { a: 1 }\nexports.b = 2\n// exports { a: 1 }", &["6 held exact"], 0);
    check("export const a = 1\n// exports { a: 1 }", &["5 held value"], 0);
    check("export const a = 1\n// exports { a: 2 }", &["5 broken -"], 1);
    check("exports = { a: 1 }\n// exports { a: 1 }", &["5 broken -"], 1);
    check("export const a = 1\n// exports [Module: null prototype] { a: 1 }", &["5 held exact"], 0);
}

#[test]
fn sentences_about_exports_are_judged() {
    let chapter = |genre: &str| {
        format!(
            "```js\nmodule.exports = {{ genre: 'Rock' }};\nexports.genre = 'Blues';\n```\n\n`{genre}` will be exported. That is it.\n"
        )
    };
    assert_eq!(verdicts(&chapter("Rock")), (vec!["6 held exact".into()], 0));
    assert_eq!(verdicts(&chapter("Blues")), (vec!["6 broken -".into()], 1));
    assert_eq!(verdicts("```js\n1\n```\n\nIf so, `Rock` will be exported.\n"), (vec![], 0));
}

#[test]
fn detected_sentences_are_judged_when_they_hold_or_when_the_author_says_so() {
    let chapter = |text: &str| format!("```js\nconsole.log(42)\n```\n\nThis prints `{text}`.\n");
    assert_eq!(verdicts(&chapter("42")), (vec!["5 held exact".into()], 0));
    assert_eq!(verdicts(&chapter("43")), (vec!["5 unchecked -".into()], 0));
    let book = Book::empty();
    book.write("a.md", chapter("43"));
    book.run(&["check", "a.md", "--config", "prose=\"deny\""]).expect(1).says(&["a.md:5:"]);
}

#[test]
fn explicit_claims_of_prose_are_judged_in_the_end_state() {
    let chapter = |claim: &str| {
        format!("```js\nlet n = 1;\nn += 1;\nconsole.log('hi')\nexports.n = n;\n```\n\nText `2`{claim}.\n")
    };
    for claim in ["<!-- => n === 2 -->", "<!-- => exports.n === 2 -->", "<!-- => stdout hi -->"] {
        let (told, code) = verdicts(&chapter(claim));
        assert_eq!((told.len(), code), (1, 0), "{claim}: {told:?}");
        assert!(told[0].starts_with("8 held"), "{claim}: {told:?}");
    }
    for claim in
        ["<!-- => n === 3 -->", "<!-- => stdout ho -->", "<!-- => throws TypeError -->", "<!-- => nope -->"]
    {
        let (told, code) = verdicts(&chapter(claim));
        assert_eq!(code, 1, "{claim}: {told:?}");
    }
    assert_eq!(verdicts("```js\n1\n```\n\n`typeof null`<!-- => --> is `\"object\"`.\n").0, ["5 held value"]);
    assert_eq!(verdicts("```js\n1\n```\n\n`typeof null`<!-- => --> is `\"null\"`.\n").1, 1);
    assert_eq!(verdicts("```js\n1 // 1\n```\n\n`x`<!-- => 1 === 1 -->\n\n# Next\n").1, 0);
    assert_eq!(verdicts("`x`<!-- => 1 === 1 -->\n\n```js\n1 // 1\n```\n").1, 1, "no example before it");
}

#[test]
fn claims_that_are_not_reached_are_never_green() {
    let (told, code) = verdicts("```js\nif (false) {\n  console.log(1) // => 1\n}\n```\n");
    assert_eq!((told, code), (vec!["3 unchecked -".into()], 1));
    let (told, code) = verdicts("```js\nprocess.exit(0)\n1 + 1 // => 2\n```\n");
    assert_eq!((told, code), (vec!["3 unchecked -".into()], 1));
    let (told, code) = verdicts("```js\nconst list = [\n  1, // => 1\n]\n```\n");
    assert_eq!((told, code), (vec!["3 unchecked -".into()], 1));
}

#[test]
fn pseudo_code_is_counted_and_not_run() {
    let book = Book::empty();
    book.write("a.md", "```js\nvar module = {…};\n```\n\n```js\n1 // 1\n```\n");
    let (report, code) = book.check("a.md");
    assert_eq!(code, 0);
    assert_eq!(report["examples"][0]["kind"], "pseudo");
    assert_eq!(report["summary"]["examples"]["pseudo"], 1);
    book.write("a.md", "```js\nvar module = ;\n```\n");
    book.run(&["check", "a.md"]).expect(1).says(&["error[G004]", "a.md:2:", "does not parse"]);
}

#[test]
fn several_files_and_state() {
    let lib = "```js file=song.js\nexports.genre = 'Rock';\n```\n\n```js\nrequire('./song').genre // => 'Rock'\n```\n";
    assert_eq!(verdicts(lib), (vec!["6 held exact".into()], 0));
    let split = "```js\nconst a = 1;\nconsole.log('first')\n```\n\n```js continue\nconsole.log(a) // => 1\n```\n\n```output\n1\n```\n";
    assert_eq!(verdicts(split), (vec!["7 held exact".into(), "11 held exact".into()], 0));
    let alone = "```js\nconst a = 1;\n```\n\n```js\nconsole.log(a) // => 1\n```\n";
    let book = Book::empty();
    book.write("a.md", alone);
    book.run(&["check", "a.md"]).expect(1).says(&["a is not defined", "line 2", "continue"]);
    book.run(&["check", "a.md", "--config", "state=\"chapter\""]).expect(0);
}

#[test]
fn modules_run_as_modules() {
    let code = "import path from 'node:path'\nexport const name = path.basename('/a/b.js') // => 'b.js'\nconst n = await Promise.resolve(4) // => 4";
    check(code, &["5 held exact", "6 held exact"], 0);
}

#[test]
fn places_are_the_authors_in_quotes_lists_includes_and_crlf() {
    let book = Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        (
            "src/one.md",
            "# T\r\n\r\n> ```js\r\n> 1 + 1 // => 3\r\n> ```\r\n\r\n- item\r\n\r\n  ```js\r\n  é = 1; null.x\r\n  ```\r\n\r\n{{#include part.md}}\r\n",
        ),
        ("src/part.md", "text\n\n```js\n2 + 2 // => 5\n```\n"),
    ]);
    let (report, code) = book.check(".");
    assert_eq!(code, 1);
    let places: Vec<String> = report["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .map(|found| {
            format!("{}:{}:{}", found["file"].as_str().unwrap_or_default(), found["line"], found["column"])
        })
        .collect();
    assert_eq!(places, ["src/one.md:4:15", "src/one.md:10:3", "src/part.md:4:13"]);
}

#[test]
fn the_report_shows_place_values_help_and_the_command_to_rerun() {
    let book = Book::of("# T\n\n```js\nconst sum = 1 + 1; // => 3\n```\n");
    book.run(&["check"]).expect(1).says(&[
        "error[G001]",
        "src/one.md:4:26",
        "const sum = 1 + 1; // => 3",
        "the run gives 2",
        "write `2`",
        "mdbook-galley check src/one.md",
        "0 claims held, 1 broken, 0 unchecked",
    ]);
}

#[test]
fn an_article_with_front_matter_and_indented_code() {
    let article = |genre: &str| {
        format!(
            "---\ntitle: \"Names\"\ntags:\n  - JS\n---\n\nThis runs first:\n\n    var module = {{…}}; // and more\n\n\
             Then:\n\n```js\nvar real = module;\nvar old = module.exports;\nreal.exports = {{ genre: \"Rock\" }};\n\
             old.genre = \"Blues\";\n```\n\n`{genre}` will be exported. It's so.\n"
        )
    };
    let (told, code) = verdicts(&article("Rock"));
    assert_eq!((told, code), (vec!["20 held exact".into()], 0));
    let book = Book::empty();
    book.write("a.md", article("Blues"));
    book.run(&["check", "a.md"]).expect(1).says(&["a.md:20:2", "{ genre: 'Rock' }"]);
}

#[test]
fn a_remark_about_errors_swallows_none() {
    red(&[
        "// throws an error if the name is missing\nconst y = missing.foo;\nconsole.log('ok'); // => ok",
        "missing(); // throws a fit",
        "// Error\nmissing();",
        "null.x;\n// => TypeError: Cannot read properties of null (reading 'x')\nmissing();",
        "null.x; // TypeError: Cannot read properties of null (reading 'x')\nnull.x;\n1; // => 1",
        "// throws an error when it is assigned again\nconst limit = 3;\nlimit = 4;\nconsole.log(limit); // => 4",
    ]);
}

#[test]
fn a_mistake_beside_an_ellipsis_is_no_pseudo_code() {
    red(&[
        "const a = [1];\nconst b = [...a];\nb.length // => 7\nconst c = ;",
        "let a = 1; // wait...\nlet let = 3;",
    ]);
    for pseudo in ["f(...);", "class A { … }", "const x = …;", "if (a) {\n  ...\n}", "[1, 2, ...]"] {
        let chapter = format!("```js\n{pseudo}\n```\n\n```js\n1 // => 1\n```\n");
        assert_eq!(verdicts(&chapter).1, 0, "{pseudo}");
    }
}

#[test]
fn a_mark_that_names_its_kind_takes_no_other() {
    let f = "function f() { console.log(3); return 4 }\n";
    for wrong in ["f(); // Prints: 4", "f(); // Returns: 3"] {
        red(&[&format!("{f}{wrong}")]);
    }
    red(&[
        "let x;\nx = 5; // Prints: 5",
        "const x = 5; // Output: 5",
        "console.log('TypeError: x'); // throws TypeError: x",
    ]);
    check(&format!("{f}f(); // Prints: 3\nf(); // Returns: 4"), &["5 held exact", "6 held exact"], 0);
}

#[test]
fn an_explanation_is_no_further_value() {
    red(&[
        "console.log(1); // => 1, then 2",
        "console.log(true); // => true false",
        "console.log('a'); // => 'a' and 'b'",
        "for (const i of [0]) console.log(i); // 0, then 1, then 2",
        "console.log('%d-%s', 1, 'x'); // => '%d-%s', 1, 'x'",
    ]);
}

#[test]
fn blanks_that_a_program_prints_are_its_own() {
    red(&[
        "console.log('a\\nb') // => a b",
        "console.log('a  b') // => a b",
        "console.log('a'.padStart(4)) // => a",
    ]);
    let fence = |text: &str| format!("```js\nconsole.log('1\\n\\n2')\n```\n\n```output\n{text}\n```\n");
    assert_eq!(verdicts(&fence("1\n\n2")).1, 0);
    assert_eq!(verdicts(&fence("1\n2")).1, 1);
    assert_eq!(verdicts(&fence("1 2")).1, 1);
}

#[test]
fn properties_beside_a_value_are_part_of_it() {
    red(&[
        "'abc'.match(/b/); // => [ 'b' ]",
        "const a = [1]; a.x = 2; a // => [1]",
        "function f() {} f.a = 1; console.log(f) // => [Function: f]",
        "class A { static x = 1 }\nA; // => [class A]",
    ]);
}

#[test]
fn what_stands_alone_or_is_left_out_is_still_counted() {
    let lone = "```js\n1 // => 1\n```\n\nText.\n\n```output\n2\n```\n";
    assert_eq!(verdicts(lone), (vec!["2 held exact".into(), "8 unchecked -".into()], 1));
    let ignored = "```js ignore\n1 + 1 // => 3\n```\n\n```js\n1 // => 1\n```\n";
    assert_eq!(verdicts(ignored), (vec!["2 unchecked -".into(), "6 held exact".into()], 0));
    check("[1, 2].map((v) => v * 2) // [2, 5]\n  .length // => 2", &["4 unchecked -", "5 held exact"], 0);
    let two = "```js\nexports.a = 'Rock'\n```\n\n`Rock` is exported and then `Jazz` is exported.\n";
    assert_eq!(verdicts(two).1, 1);
}

#[test]
fn a_text_whose_examples_are_all_ignored_is_told_and_alone_it_is_false() {
    let ignored = "# T\n\n```js ignore\n1 + 1 // => 3\n```\n\n```js ignore\n2\n```\n";
    let told = |book: &Book, args: &[&str]| {
        let ran = book.run(&[&["check", ".", "--format", "json"], args].concat());
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
        let findings = report["diagnostics"].as_array().expect("findings").iter().map(|found| {
            let [severity, file] =
                [&found["severity"], &found["file"]].map(|it| it.as_str().expect("a text"));
            format!("{severity} {file}:{}", found["line"])
        });
        (findings.collect::<Vec<_>>(), ran.code)
    };
    let book = Book::of(ignored);
    assert_eq!(told(&book, &[]), (vec!["error src/one.md:3".to_owned()], 1));
    book.write("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n");
    book.write("src/two.md", ignored);
    assert_eq!(told(&book, &[]), (vec!["error src/one.md:3".to_owned()], 1));
    book.write("src/two.md", "# T\n\n```js\n1 + 1 // => 2\n```\n\n```js ignore\n2\n```\n");
    assert_eq!(told(&book, &[]), (vec!["note src/one.md:3".to_owned()], 0));
    let shards = ["1/3", "2/3", "3/3"].map(|shard| told(&book, &["--shard", shard]));
    assert_eq!(shards.map(|(findings, code)| (findings.len(), code)), [(1, 0), (0, 0), (0, 0)]);
}

#[test]
fn names_of_the_program_are_seen_by_hidden_claims() {
    let chapter = |claim: &str| format!("```js\nconst s = 1;\n```\n\nIt is one.<!-- => {claim} -->\n");
    assert_eq!(verdicts(&chapter("s === 1")).1, 0);
    assert_eq!(verdicts(&chapter("typeof s === 'string'")).1, 1);
    let heading = |value: u8| format!("```js\nconst s = 1;\n```\n\n## `s` <!-- => s === {value} -->\n");
    assert_eq!((verdicts(&heading(1)).1, verdicts(&heading(2)).1), (0, 1));
    let module = "```js\nexport const a = 1;\n```\n\nOne.<!-- => exports.a === 1 -->\n";
    assert_eq!(verdicts(module), (vec!["5 held exact".into()], 0));
    assert_eq!(verdicts("```js\nconst throwsCount = 1;\n```\n\nOne.<!-- => throwsCount === 1 -->\n").1, 0);
}

#[test]
fn what_the_engine_lacks_is_unchecked_and_not_false() {
    let chapter =
        "```js\nconst zlib = require('zlib');\nzlib.crc32('x') // => 1\n```\n\n```js\n1 // => 1\n```\n";
    assert_eq!(verdicts(chapter), (vec!["3 unchecked -".into(), "7 held exact".into()], 0));
    let caught = "```js\nlet state = 'open';\ntry { require('http').get('http://a') } catch { state = 'failed' }\nstate // => 'failed'\n```\n";
    assert_eq!(verdicts(caught), (vec!["4 unchecked -".into()], 0));
}

#[test]
fn declarations_and_errors_as_people_state_them() {
    check("let x; // undefined", &["4 held exact"], 0);
    check("const e = new TypeError('bad'); // TypeError: bad", &["4 held error"], 0);
    check("console.log(new TypeError('bad')) // => TypeError: bad", &["4 held error"], 0);
    check("throw new Error('bad') // throws 'bad'", &["4 held error"], 0);
    check("throw 'lost' // throws \"lost\"", &["4 held error"], 0);
    check("if (true) null.x; // TypeError\n1 // => 1", &["4 held error", "5 held exact"], 0);
    check(
        "try { null.x; // TypeError\n} catch { console.log('caught') // => caught\n}",
        &["4 held error", "5 held exact"],
        0,
    );
    let both = "```js throws=TypeError\nnull.x; // TypeError\n```\n";
    assert_eq!(verdicts(both).1, 0);
}

#[test]
fn a_comment_below_a_statement_counts_when_it_is_a_value_or_an_error_and_nothing_else() {
    check("console.log({ a: 1 });\n// { a: 1 }", &["5 held exact"], 0);
    check("console.log({ a: 1 });\n// { a: 2 }", &["5 broken -"], 1);
    check("console.log({ a: 1, b: [2] });\n// {\n//   a: 1,\n//   b: [2]\n// }", &["5 held value"], 0);
    check("console.log({ a: 1, b: [2] });\n// {\n//   a: 1,\n//   b: [3]\n// }", &["5 broken -"], 1);
    check("null.x;\n// TypeError: Cannot read properties of null (reading 'x')", &["5 held exact"], 0);
    check("null.x;\n// RangeError: no", &["5 broken -"], 1);
    // Apart, or with words around it, it is a remark.
    check("console.log(1);\n\n// 2", &[], 0);
    check("console.log(1);\n// 2 comes next\nconsole.log(2);", &[], 0);
    check("if (true) {\n  console.log(1);\n}\n// 2", &[], 0);
}

#[test]
fn a_mark_makes_the_unmarked_comment_beside_it_a_remark() {
    check("console.log(5 & 3); // 0010\n// => 1", &["5 held exact"], 0);
    check("console.log(5 & 3); // 0010\n// => 2", &["5 broken -"], 1);
}

#[test]
fn lines_behind_an_output_mark_may_tell_of_the_statements_around() {
    let code = "console.log('start');\nsetTimeout(() => console.log('later'), 0);\nconsole.log('end');\n// Output:\n";
    check(&format!("{code}// start\n// end\n// later"), &["7 held exact"], 0);
    check(&format!("{code}// end\n// later"), &["7 held exact"], 0);
    for lines in ["// start\n// end\n// never", "// start\n// later", "// end\n// start\n// later"] {
        check(&format!("{code}{lines}"), &["7 broken -"], 1);
    }
}

#[test]
fn node_modules_are_globals_where_the_host_is_its_prompt() {
    let chapter = |info: &str| format!("# T\n\n```{info}\npath.join('a', 'b'); // => 'a/b'\n```\n");
    assert_eq!(verdicts(&chapter("js host=repl")).0, ["4 held exact"]);
    assert_eq!(verdicts(&chapter("js")).0, ["4 unchecked -"]);
    let lacking = "# T\n\n```js host=repl\nnet.isIP('::1'); // => 6\nnet.connect(80); // => null\n```\n\n```js host=repl\nzlib.crc32('x'); // => 1\n```\n";
    assert_eq!(verdicts(lacking).0, ["4 held exact", "5 unchecked -", "9 unchecked -"]);
    let own = "# T\n\n```js host=repl\nconst path = 5;\npath; // => 5\ncrypto.createHash('md5').update('').digest('hex'); // => 'd41d8cd98f00b204e9800998ecf8427e'\n```\n";
    assert_eq!(verdicts(own).0, ["5 held exact", "6 held exact"]);
}

#[test]
fn each_path_has_the_settings_of_its_own_book() {
    let book = Book::empty();
    for (name, state) in [("alone", "isolated"), ("shared", "chapter")] {
        let toml = format!("[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\nstate = \"{state}\"\n");
        book.write(&format!("{name}/book.toml"), toml);
        book.write(&format!("{name}/src/SUMMARY.md"), "- [One](one.md)\n");
        book.write(
            &format!("{name}/src/one.md"),
            "```js\nconst a = 1;\n```\n\n```js\ntypeof a // => 'number'\n```\n",
        );
    }
    let paths = ["alone/src/one.md", "shared/src/one.md"];
    for paths in [paths, [paths[1], paths[0]]] {
        let ran = book.run(&["check", paths[0], paths[1]]).expect(1);
        ran.says(&["alone/src/one.md:6:", "1 claim held, 1 broken"]);
    }
}
