//! Pictures of a run's objects: what a page shows of them, and what is said when there can be none.

use crate::support::{Book, Ran, project, tree};

/// Checks a chapter of one example with these words on its fence.
fn check(words: &str, code: &str, behind: &str) -> Ran {
    Book::of(&format!("# T\n\n```js {words}\n{code}\n```\n\n{behind}\n")).run(&["check"])
}

#[track_caller]
fn fails(words: &str, code: &str, behind: &str, parts: &[&str]) {
    check(words, code, behind).expect(1).says(parts);
}

const ALIAS: &str = "const a = {};\nconst b = a;\nconst c = {};\nb.x = 1;";

#[test]
fn an_example_gets_a_picture_for_each_step() {
    let book =
        Book::of(&format!("```js steps\n{ALIAS}\n```\n\n<!-- same: a, b -->\n<!-- different: a, c -->\n"));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert_eq!(page.matches("class=\"galley-step\"").count(), 4, "{page}");
    assert!(page.contains("b → the same object as a"), "{page}");
    assert!(page.contains("<code>a</code> and <code>b</code> are the same object"), "{page}");
    assert!(page.contains("<code>a</code> and <code>c</code> are different objects"), "{page}");
    // Search knows nothing of it.
    for (path, bytes) in book.tree("site") {
        let is_index = path.to_string_lossy().contains("searchindex");
        assert!(!is_index || !String::from_utf8_lossy(&bytes).contains("the same object as"), "{path:?}");
    }
}

#[test]
fn a_diagram_is_one_picture_of_the_end() {
    let book = Book::of(&format!("```js diagram\n{ALIAS}\n```\n"));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert_eq!(page.matches("class=\"galley-step\"").count(), 1);
    assert!(!page.contains("type=\"radio\""), "there is nothing to choose");
}

#[test]
fn steps_are_chosen_by_number_and_by_name() {
    let count = |words: &str| {
        let book = Book::of(&format!("```js {words}\n{ALIAS}\n```\n"));
        book.run(&["build"]).expect(0);
        book.read("site/one.html").matches("class=\"galley-step\"").count()
    };
    assert_eq!(count("steps=2-3"), 2);
    assert_eq!(count("steps=4"), 1);
    assert_eq!(count("steps watch=a,b"), 3);
    assert_eq!(count("steps hide=c"), 4);
}

#[test]
fn a_false_caption_is_an_error_at_its_line() {
    fails("steps", ALIAS, "<!-- same: a, c -->", &["one.md:10:6", "calls `a` and `c` one object"]);
    fails("diagram", ALIAS, "<!--\nsame: a, b\ndifferent: a, b\n-->", &["one.md:12:1", "different objects"]);
    check("steps", ALIAS, "<!-- different at step 1: a, c -->").expect(1).says(&["`c` is ⊘"]);
    check("steps", ALIAS, "<!-- same at step 2: a, b -->").expect(0);
    fails("steps", ALIAS, "<!-- same at step 9: a, b -->", &["step 9", "4 are shown"]);
    fails(
        "steps",
        ALIAS,
        "<!-- same: a, nobody -->",
        &["`nobody` is not in the picture", "`a`, `b` and `c`"],
    );
    fails("steps", ALIAS, "<!-- same: a.x, b.x -->", &["`a.x` is 1"]);
    fails("steps", ALIAS, "<!-- same: a -->", &["is no caption", "name two or more"]);
}

#[test]
fn a_caption_without_a_picture_is_told() {
    fails("", ALIAS, "<!-- same: a, b -->", &["one.md:10:6", "has no picture", "diagram"]);
}

#[test]
fn too_many_steps_are_an_error_with_a_way_out() {
    let loop_ = "let n = 0;\nfor (let i = 0; i < 100; i++) n += i;";
    fails("steps", loop_, "", &["one.md:3:7", "101 steps", "60", "`steps=4-12`", "`watch=a,b`"]);
    check("steps=1-60", loop_, "").expect(0);
    fails("steps", "let n = 0;\nfor (;;) if (++n > 1000) break;", "", &["more than 300 steps"]);
    fails("steps=4-12", "let n = 0;", "", &["the run has 1 step, and no step 12"]);
    fails("steps", "'use strict'", "", &["no step to show"]);
    fails("diagram", "'nothing'", "", &["no variable is there at the end"]);
}

#[test]
fn a_run_that_sees_that_it_is_traced_gives_no_picture() {
    let prints = "function f() { return 1; }\nconsole.log(f.toString().length);";
    fails("steps", prints, "", &["one.md:3:7", "there is no picture", "where the plain run prints `26`"]);
    let throws = "function f() { return 1; }\nif (String(f).length > 40) throw new Error('seen');";
    fails("diagram", throws, "", &["ends otherwise than the plain run"]);
}

#[test]
fn names_that_no_variable_has_are_told_at_their_word() {
    fails("steps watch=a,z", ALIAS, "", &["one.md:3:13", "`watch` names `z`", "`a`, `b` and `c`"]);
    fails("steps hide=z", ALIAS, "", &["`hide` names `z`"]);
}

#[test]
fn words_that_ask_for_no_picture_are_told() {
    fails("watch=a", ALIAS, "", &["one.md:3:7", "`watch=a` speaks of pictures, but the example has none"]);
    fails("steps diagram", ALIAS, "", &["one.md:3:13", "contradicts"]);
    fails("steps=4-2", ALIAS, "", &["`steps=4-2` names no steps"]);
    fails("diagram=1", ALIAS, "", &["takes no value"]);
    fails("steps ignore", ALIAS, "", &["can't show `steps`"]);
}

#[test]
fn an_example_behind_others_shows_its_own_steps() {
    let book = Book::of(
        "```js\nconst a = {};\nlet n = 1;\n```\n\n```js continue steps\nconst b = a;\nn += 1;\n```\n\n<!-- same: a, b -->\n",
    );
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert_eq!(page.matches("class=\"galley-step\"").count(), 2, "{page}");
    assert!(page.contains("data-line=\"line 1\""), "lines are those of the example");
}

#[test]
fn stated_errors_do_not_end_the_run() {
    let code = "const a = {};\na = 1; // throws TypeError\na.x = 1;";
    let book = Book::of(&format!("```js steps\n{code}\n```\n"));
    book.run(&["build"]).expect(0);
    assert_eq!(book.read("site/one.html").matches("class=\"galley-step\"").count(), 3);
}

/// Whatever runs in our own book does the same when it is run for its steps.
#[test]
fn every_example_of_our_book_can_be_traced() {
    let book = Book::empty();
    for folder in ["book", "exercises"] {
        for (path, bytes) in tree(&project().join(folder)) {
            let path = path.strip_prefix(project()).expect("it lies there").to_string_lossy().into_owned();
            let traced = path.starts_with("book/") && path.ends_with(".md");
            book.write(
                &path,
                if traced { with_steps(&String::from_utf8_lossy(&bytes)).into_bytes() } else { bytes },
            );
        }
    }
    book.write("book.toml", std::fs::read(project().join("book.toml")).expect("our settings"));
    let (report, _) = book.check(".");
    let messages = report["diagnostics"].as_array().expect("a list").iter();
    let differing: Vec<String> = messages
        .filter(|found| {
            found["message"].as_str().is_some_and(|message| message.contains("that is to be drawn"))
        })
        .map(|found| format!("{}:{}: {}", found["file"], found["line"], found["message"]))
        .collect();
    assert!(report["summary"]["examples"]["ran"].as_u64() > Some(150), "{}", report["summary"]);
    assert_eq!(differing, Vec::<String>::new());
}

/// Each fence of JavaScript that can have them gets steps.
fn with_steps(text: &str) -> String {
    const OTHERS: [&str; 8] =
        [" steps", " diagram", " ignore", " norun", " hidden", " setup", " predict", " host=browser"];
    let line = |line: &str| match line.starts_with("```js") && !OTHERS.iter().any(|word| line.contains(word))
    {
        true => format!("{line} steps=1\n"),
        false => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn captions_speak_of_the_examples_own_file() {
    let with = |lib: &str, code: &str, caption: &str| {
        let text =
            format!("```js file=lib.js\n{lib}\n```\n\n```js diagram\n{code}\n```\n\n<!-- {caption} -->\n");
        Book::of(&text).run(&["check"])
    };
    let lib = "module.exports.a = exports;";
    with(lib, "require('./lib');\nexports = {};\nmodule.exports.y = 1;", "same: exports, module.exports")
        .expect(1);
    with(
        lib,
        "require('./lib');\nexports = {};\nmodule.exports.y = 1;",
        "different: exports, module.exports",
    )
    .expect(0);
    let lib = "exports.a = 1;";
    with(
        lib,
        "const lib = require('./lib');\nexports.x = 1;\nmodule.exports.y = 2;",
        "same: exports, module.exports",
    )
    .expect(0);
}

#[test]
fn captions_know_properties_alone() {
    let code = "const x = {};\nconst y = x;\nconst f = () => x;";
    fails("diagram", code, "<!-- same: f.x, y -->", &["`f.x` is not in the picture"]);
    let code = "const a = {};\nconst p = new Proxy({ target: a }, {});";
    fails("diagram", code, "<!-- different: p.target, a -->", &["`p.target` is not in the picture"]);
}

#[test]
fn what_begins_like_a_caption_is_one_or_is_told() {
    for caption in ["Same: a, b", "same a, b", "same at step two: a, b"] {
        fails("diagram", ALIAS, &format!("<!-- {caption} -->"), &["is no caption of a picture"]);
    }
    check("diagram", ALIAS, "<!-- the same as above -->").expect(0);
}

#[test]
fn looking_runs_nothing_of_the_program() {
    for trap in [
        "const e = new Error('x');\ne.name = { toString() { calls.made = {}; return 'n'; } };",
        "const e = new Error('x');\ne.message = { toString() { calls.made = {}; return 'm'; } };",
        "const r = /a/;\nObject.defineProperty(r, 'source', { get() { calls.made = {}; return 'a'; } });",
        "class T extends Uint8Array { get length() { calls.made = {}; return 0; } }\nconst t = new T(2);",
    ] {
        let code = format!("const calls = {{}};\n{trap}\nconst end = 1;");
        fails(
            "steps",
            &code,
            "<!-- different: calls, calls.made -->",
            &["`calls.made` is not in the picture"],
        );
    }
}

#[test]
fn names_of_the_traced_run_are_taken() {
    fails("steps", "const __s0 = {};", "", &["a meaning of its own for `__s0`", "use another name"]);
    fails("steps", "const q = typeof __galleySteps;", "", &["a meaning of its own for `__galleySteps`"]);
}

#[test]
fn calls_that_go_on_later_keep_their_places() {
    let code = "const helper = () => 1;\n\
        const inner = async () => {\n  const one = helper();\n  await null;\n  const two = one + 1;\n  return two;\n};\n\
        const outer = async () => {\n  const got = await inner();\n  const more = got + 1;\n  return more;\n};\n\
        outer();";
    let book = Book::of(&format!("```js steps\n{code}\n```\n"));
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    assert!(page.contains("inner()"), "{page}");
    for wrong in ["NaN", "Infinity"] {
        assert!(!page.contains(wrong), "{wrong}");
    }
    // No two calls of one picture stand in one place.
    for step in page.split("class=\"galley-step\"").skip(1) {
        let mut tops: Vec<&str> = step
            .split("g-box g-frame")
            .skip(1)
            .filter_map(|frame| frame.split("top:").nth(1)?.split(['e', ';', '"']).next())
            .collect();
        let count = tops.len();
        tops.sort_unstable();
        tops.dedup();
        assert_eq!(tops.len(), count, "{step}");
    }
}
