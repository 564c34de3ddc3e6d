//! Quizzes: the run gives the answer, misconceptions and the author give what is wrong; each mistake is told at its place.

use serde_json::Value;

use crate::support::{Book, Ran};

/// A chapter with one quiz and what stands behind it.
fn quiz(words: &str, code: &str, behind: &str) -> Book {
    Book::of(&format!("# One\n\n```js {words}\n{code}\n```\n{behind}\n"))
}

fn check(words: &str, code: &str, behind: &str) -> Ran {
    quiz(words, code, behind).run(&["check"])
}

/// The options of the book's last example, the right one first, then in the order of their texts.
fn options(book: &Book) -> Vec<String> {
    let (report, code) = book.check(".");
    assert_eq!(code, 0, "{report:#}");
    let quiz = &report["examples"].as_array().and_then(|all| all.last()).expect("an example")["quiz"];
    assert_eq!(quiz["status"], "passed");
    let mut options: Vec<&Value> = quiz["options"].as_array().expect("options").iter().collect();
    options.sort_by_key(|option| (option["right"] != true, option["text"].to_string()));
    options.iter().map(|option| option["text"].as_str().expect("a text").to_owned()).collect()
}

const LOOP: &str = "for (let i = 0; i < 3; i++) setTimeout(() => console.log(i));";

#[test]
fn the_run_gives_the_answer_and_misconceptions_what_is_wrong() {
    let book = quiz("predict", LOOP, "");
    assert_eq!(options(&book), ["0\n1\n2", "0\n1\n2\n3", "3\n3\n3"]);
    let (report, _) = book.check(".");
    let quiz = &report["examples"][0]["quiz"];
    let of = |text: &str| {
        let options = quiz["options"].as_array().expect("options");
        options.iter().find(|option| option["text"] == text).expect("it is there")["misconception"].clone()
    };
    assert_eq!(of("3\n3\n3"), "let-in-loop-is-var");
    assert_eq!(of("0\n1\n2"), Value::Null);
    assert_eq!(report["summary"]["quizzes"]["passed"], 1);
    book.run(&["check"]).expect(0).says(&["1 quiz passed, 0 failed"]);
}

#[test]
fn the_authors_options_come_first() {
    let behind = "<!-- because: each round has its own `i` -->\n<!-- option: 2\n2\n2 -->\n<!-- option: 1\n2\n3 -->\n<!-- option:\n-->\n";
    assert_eq!(options(&quiz("predict", LOOP, behind)), ["0\n1\n2", "", "1\n2\n3", "2\n2\n2"]);
}

#[test]
fn exports_errors_and_orders_can_be_asked_for() {
    let code = "exports.a = 1;\nmodule.exports = { b: 2 };\nexports.c = 3;";
    assert_eq!(
        options(&quiz("predict=exports", code, "")),
        ["{ b: 2 }", "{ a: 1, b: 2, c: 3 }", "{ b: 2, c: 3 }"]
    );
    let code = "console.log(x);\nconst x = 1;";
    let thrown = quiz("predict=throws", code, "<!-- option: TypeError: x is undefined -->");
    assert_eq!(
        options(&thrown),
        ["ReferenceError: Cannot access 'x' before initialization", "TypeError: x is undefined", "no error"]
    );
    let none = "<!-- option: Error: a -->\n<!-- option: Error: b -->";
    assert_eq!(options(&quiz("predict=throws", "1;", none))[0], "no error");
    let code = "setTimeout(() => console.log('a'));\nPromise.resolve().then(() => console.log('b'));\nconsole.log('c');";
    let ordered = options(&quiz("predict=order", code, ""));
    assert_eq!(ordered, ["c\nb\na", "a\nb\nc", "c\na\nb"]);
}

#[test]
fn an_error_that_ends_the_program_is_part_of_what_it_prints() {
    let behind = "<!-- option: 1\n2 -->\n<!-- option: 2 -->";
    let book = quiz("predict throws", "console.log(1);\nnull.x;", behind);
    assert_eq!(options(&book)[0], "1\nTypeError: Cannot read properties of null (reading 'x')");
}

#[test]
fn the_files_of_a_program_are_believed_to_be_otherwise_too() {
    let book = Book::of(
        "```js file=song.js\nexports = { title: 'Rock' };\n```\n\n```js predict\nconsole.log(require('./song'));\n```\n<!-- option: undefined -->\n",
    );
    assert_eq!(options(&book), ["{}", "undefined", "{ title: 'Rock' }"]);
}

#[test]
fn only_the_quizs_own_code_is_asked_about() {
    let book = Book::of(
        "```js setup\nconst list = [10, 9];\nconsole.log('before');\n```\n\n```js predict\nlist.sort();\nconsole.log(list);\n```\n<!-- option: before -->\n",
    );
    assert_eq!(options(&book), ["[ 10, 9 ]", "[ 9, 10 ]", "before"]);
}

#[test]
fn too_few_wrong_options_are_told_with_what_to_write() {
    let behind = "<!-- option: 2 -->";
    check("predict", "console.log(1);", behind).expect(1).says(&[
        "error[G022]: this quiz has 1 wrong option, and needs 2",
        "one.md:3:1",
        "the right answer is: 1",
        "`<!-- option: … -->`",
    ]);
    check("predict", "console.log(1);", "")
        .expect(1)
        .says(&["this quiz has no wrong option", "0 quizzes passed, 1 failed"]);
}

#[test]
fn an_option_that_is_right_or_there_twice_is_told_at_its_place() {
    let behind = "<!-- option: 2 -->\n<!-- option: 1  -->\n<!-- option: 3 -->\n<!-- option:\n2\n-->";
    check("predict", "console.log(1);", behind).expect(1).says(&[
        "error[G022]: this option is the right answer",
        "one.md:7:1",
        "error[G022]: this option is there twice",
        "one.md:9:1",
        "the other one is in line 6",
    ]);
}

#[test]
fn what_tells_the_answer_is_an_error() {
    let behind = "<!-- option: 2 -->\n<!-- option: 3 -->";
    let ran = check("predict", "console.log(1); // 1", behind);
    ran.expect(1).says(&["error[G022]: this tells the reader what the quiz asks for", "one.md:4:17"]);
    let fence = format!("\n```output\n1\n```\n{behind}");
    check("predict", "console.log(1);", &fence).expect(1).says(&["this tells the reader", "one.md:8:1"]);
    check("predict", "console.log(1); // one", behind).expect(0);
    check("predict", "console.log(1);", &format!("{behind}\n<!-- => stdout 1 -->")).expect(0);
}

#[test]
fn a_quiz_needs_a_program_that_runs_and_something_to_ask() {
    let two = "<!-- option: a -->\n<!-- option: b -->";
    check("predict ignore", "1", two)
        .expect(1)
        .says(&["asks about an example that runs and is shown", "one.md:3:7"]);
    check("predict=what", "1", two).expect(1).says(&["`predict=what` asks for nothing that is known"]);
    check("predict=order", "console.log(1)", two).expect(1).says(&["asks for an order"]);
    check("predict=exports script", "1", two).expect(1).says(&["asks about a module"]);
    check("predict", "f(…)", two).expect(1).says(&["the answer of this quiz is not known"]);
    let failed = check("predict", "null.x", two).expect(1);
    assert!(!failed.stderr.contains("G022") && !failed.stdout.contains("G022"), "it is told once");
    let other = "<!-- option: 2\n1 -->\n<!-- option: 1\n3 -->";
    check("predict=order", "console.log(1);\nconsole.log(2);", other)
        .expect(1)
        .says(&["this option has other lines than those that are printed", "one.md:9:1"]);
    check("predict", LOOP, "text\n\n<!-- option: 1 -->")
        .expect(1)
        .says(&["belongs to no quiz", "one.md:8:1"]);
}

#[test]
fn a_misconception_that_never_ends_or_does_not_parse_gives_no_option() {
    let code = "let n = 3;\nwhile (n > 0) n = n === 0 ? 0 : n - 1;\nconsole.log(n);";
    let behind = "<!-- option: 1 -->\n<!-- option: 2 -->";
    assert_eq!(options(&quiz("predict", code, behind)), ["0", "1", "2"]);
}

#[test]
fn the_page_asks_and_hides_the_answer() {
    let behind = "<!-- because: each round has its **own** `i` -->\n<!-- option: <b> & `x` -->\n<!-- why: no -->\n\ntext\n";
    let book = quiz("predict", LOOP, behind);
    book.run(&["build"]).expect(0);
    let page = book.read("site/one.html");
    for part in [
        "<fieldset class=\"galley-predict\" data-question=\"output\" data-quiz=\"",
        "What does this print?</legend>",
        "&lt;b&gt; &amp; `x`",
        "<strong>own</strong> <code>i</code>",
        "That would be so with <code>var</code>",
        "answer verified",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert_eq!(page.matches("type=\"radio\"").count(), 4);
    assert_eq!(page.matches("data-right=\"true\"").count(), 1);
    assert!(!page.contains("option: "), "{page}");
    let again = quiz("predict", LOOP, behind);
    again.run(&["build"]).expect(0);
    assert_eq!(again.read("site/one.html"), page);
}

#[test]
fn no_suggestion_tells_the_answer() {
    let two = "<!-- option: 3 -->\n<!-- option: 4 -->";
    let ran = quiz("predict", "console.log(1 + 1);", two).run(&["check", "--suggest-claims"]);
    assert!(!ran.stdout.contains("// =>"), "{}", ran.stdout);
}

#[test]
fn the_answer_in_other_words_is_no_wrong_option() {
    let told = ["this option is the right answer"];
    for option in ["{a: 1}", "{ \"a\": 1 }"] {
        check("predict", "console.log({ a: 1 });", &format!("<!-- option: {option} -->"))
            .expect(1)
            .says(&told);
    }
    check("predict=throws", "null.x;", "<!-- option: TypeError -->").expect(1).says(&told);
}

#[test]
fn what_require_gives_is_asked_of_commonjs_alone() {
    let told = ["asks what `require` gives, and this is an ES module"];
    check("predict=exports", "export default 1;\nexport const a = 2;", "").expect(1).says(&told);
}

#[test]
fn what_other_examples_print_is_no_answer() {
    let text = "```js\nsetTimeout(() => console.log('first'));\n```\n\n\
        ```js continue predict\nsetTimeout(() => console.log('own'));\n```\n\
        <!-- option: a -->\n<!-- option: b -->\n";
    let ran = Book::of(text).run(&["check"]);
    let is_clean = !ran.stdout.contains("first\nown");
    assert!(is_clean, "{}", ran.stdout);
}

#[test]
fn half_a_misconception_gives_no_option() {
    let text = "```js\nconst name = 'ab';\n```\n\n\
        ```js continue predict\nname.toUpperCase();\nconsole.log(name);\n```\n\
        <!-- option: AB -->\n<!-- option: Ab -->\n";
    assert_eq!(options(&Book::of(text)), ["ab", "AB", "Ab"]);
}

#[test]
fn a_program_that_prints_its_own_text_does_not_show_a_change() {
    let code = "function add(list) { list.push(1); return list; }\nconsole.log(add.toString().length > 5, add.toString());";
    let book = quiz("predict", code, "<!-- option: a -->\n<!-- option: b -->");
    assert!(options(&book).iter().all(|option| !option.contains("Array.isArray")), "{:?}", options(&book));
}

#[test]
fn one_question_is_asked() {
    check("predict predict=order", "console.log(1);", "").expect(1).says(&["asks a second question"]);
}
