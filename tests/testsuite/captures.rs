//! Named captures: `<id>` stands for whatever is there, and each later `<id>` for the same.

use crate::support::Book;

#[track_caller]
fn check(code: &str, expected: &[&str], exit: i32) {
    check_chapter(&format!("# T\n\n```js\n{code}\n```\n"), expected, exit);
}

/// Each claim as "line verdict rung".
#[track_caller]
fn check_chapter(chapter: &str, expected: &[&str], exit: i32) {
    let book = Book::empty();
    book.write("a.md", chapter);
    let (report, code) = book.check("a.md");
    let claims = report["claims"].as_array().expect("claims");
    let told: Vec<String> = claims
        .iter()
        .map(|claim| {
            let rung = claim["rung"].as_str().unwrap_or("-");
            format!("{} {} {rung}", claim["line"], claim["verdict"].as_str().expect("a verdict"))
        })
        .collect();
    assert_eq!(told, expected, "{chapter}\n{report}");
    assert_eq!(code, exit, "{chapter}\n{report}");
}

const MAKE: &str = "const id = crypto.randomUUID();\nconst make = (name) => ({ id, name });\n";

#[test]
fn a_name_stands_for_one_value_wherever_it_is_stated() {
    check(
        &format!(
            "{MAKE}make('Rock') // => {{ id: <id>, name: \"Rock\" }}\nid // => <id>\n\
             console.log(`Order ${{id}} was made`) // => Order <id> was made\nconsole.log('id', id); // => id <id>\n\
             [id, 1] // => [<id>, 1]"
        ),
        &["6 held ellipsis", "7 held ellipsis", "8 held ellipsis", "9 held ellipsis", "10 held ellipsis"],
        0,
    );
}

#[test]
fn another_value_or_another_rest_is_broken() {
    check(
        &format!("{MAKE}id // => <id>\nconsole.log(`Order ${{id}}!`) // => Order <id>"),
        &["6 held ellipsis", "7 broken -"],
        1,
    );
    check("1 // => <n>\n2 // => <n>", &["4 held ellipsis", "5 broken -"], 1);
    check(
        "console.log('Order 1') // => Order <n>\nconsole.log('Order 2') // => Order <n>",
        &["4 held ellipsis", "5 broken -"],
        1,
    );
    check(&format!("{MAKE}make('Rock') // => {{ id: <id>, name: 'Blues' }}"), &["6 broken -"], 1);
    check("({ a: 1 }) // => { b: <n> }", &["4 broken -"], 1);
    check("({ a: 1, b: 2 }) // => { a: <n> }", &["4 broken -"], 1);
    check("[1, 2] // => [<n>, <n>]", &["4 broken -"], 1);
    check("console.log('') // => <n>", &["4 broken -"], 1);
    check("undefined // => <n>", &["4 broken -"], 1);
    check("({ a: undefined }) // => { a: <n> }", &["4 broken -"], 1);
    check(
        "throw new Error('no order 7') // throws Error: no order <n>\n8 // => <n>",
        &["4 held ellipsis", "5 broken -"],
        1,
    );
}

#[test]
fn a_string_is_not_the_number_that_it_spells() {
    check("'42'; // => <id>\n42 // => <id>", &["4 held ellipsis", "5 broken -"], 1);
    check("42 // => <id>\n'42'; // => <id>", &["4 held ellipsis", "5 broken -"], 1);
    check("'42'; // => <id>\n({ id: 42 }) // => { id: <id> }", &["4 held ellipsis", "5 broken -"], 1);
    check("'42'; // => <id>\n({ id: '42' }) // => { id: <id> }", &["4 held ellipsis", "5 held ellipsis"], 0);
    check(
        "console.log('Order 42') // => Order <id>\n'42'; // => <id>",
        &["4 held ellipsis", "5 held ellipsis"],
        0,
    );
}

#[test]
fn whole_values_and_parts_of_strings() {
    check(
        "const at = new Date(0);\nat; // => <at>\n({ at }) // => { at: <at> }",
        &["5 held ellipsis", "6 held ellipsis"],
        0,
    );
    check(
        "({ a: [1, { b: 2 }] }); // => { a: <list> }\n[1, { b: 2 }] // => <list>",
        &["4 held ellipsis", "5 held ellipsis"],
        0,
    );
    check(
        "({ a: [1, { b: 2 }] }); // => { a: <list> }\n[1, { b: 3 }] // => <list>",
        &["4 held ellipsis", "5 broken -"],
        1,
    );
    check(
        "({ to: 'Order 7' }); // => { to: 'Order <n>' }\n`${7}` // => <n>",
        &["4 held ellipsis", "5 held ellipsis"],
        0,
    );
    check(
        "new Map([['a', 7]]) // => Map(1) { 'a' => <n> }\n7 // => <n>",
        &["4 held ellipsis", "5 held ellipsis"],
        0,
    );
}

#[test]
fn several_claims_on_one_statement() {
    let each = "for (const n of [7, 7]) console.log('n', n)";
    check(&format!("{each}\n// → n <x>\n// → n <x>"), &["5 held ellipsis", "6 held ellipsis"], 0);
    check(&format!("{each}\n// → n <x>\n// → n 7<x>"), &["5 held ellipsis", "6 broken -"], 1);
    check("console.log('a 7\\nb 7')\n// → a <x>\n// → b <x>", &["5 held ellipsis", "6 held ellipsis"], 0);
    check("console.log('a 7\\nb 8')\n// → a <x>\n// → b <x>", &["5 held ellipsis", "6 broken -"], 1);
    check("for (const n of [7, 8]) console.log(n) // => <x>", &["4 broken -"], 1);
    check("for (let n = 0; n < 900; n++) console.log('same') // => <x>", &["4 held ellipsis"], 0);
    check("for (let n = 0; n < 900; n++) console.log(n) // => <x>", &["4 broken -"], 1);
}

#[test]
fn errors_exports_and_output_fences() {
    let code = "const n = 7;\nn // => <n>\nexports.n = n;\n// exports { n: <n> }\nconsole.log(`No ${n}`);\nthrow new Error(`no ${n}`) // throws Error: no <n>";
    check_chapter(
        &format!("```js\n{code}\n```\n\n```output\nNo <n>\n```\n"),
        &["3 held ellipsis", "5 held ellipsis", "7 held ellipsis", "11 held ellipsis"],
        0,
    );
    check("exports.n = 7;\n// exports { n: <n> }\n7 // => <n>", &["5 held ellipsis", "6 held ellipsis"], 0);
}

#[test]
fn names_reach_as_far_as_the_state() {
    let two = |word: &str, value: &str| {
        format!("```js\nconst k = 7;\nk // => <k>\n```\n\n```js {word}\n{value} // => <k>\n```\n")
    };
    check_chapter(&two("continue", "k"), &["3 held ellipsis", "7 held ellipsis"], 0);
    check_chapter(&two("continue", "8"), &["3 held ellipsis", "7 broken -"], 1);
    // Another state: another name, used once.
    check_chapter(&two("", "8"), &["3 held ellipsis", "7 held ellipsis"], 0);
}

#[test]
fn a_name_that_is_used_once_is_told() {
    let book = Book::empty();
    book.write("a.md", "```js\n7 // => <n>\n```\n");
    book.run(&["check", "a.md"]).expect(0).says(&[
        "warning",
        "a.md:2:",
        "`<n>` is used once",
        "states nothing beyond",
    ]);
    for fine in ["7 // => <n>\n7 // => <n>", "7 // => <n:number>", "[7, 7] // => [<n>, <n>]"] {
        book.write("a.md", format!("```js\n{fine}\n```\n"));
        let ran = book.run(&["check", "a.md"]).expect(0);
        assert!(!ran.stdout.contains("is used once"), "{}", ran.stdout);
    }
}

#[test]
fn a_shape_is_stated_too() {
    check("7 // => <n:number>", &["4 held ellipsis"], 0);
    check("'7' // => <n:number>", &["4 broken -"], 1);
    check("'x' // => <s:string>", &["4 held ellipsis"], 0);
    check("7 // => <s:string>", &["4 broken -"], 1);
    check("console.log(`took ${7} ms`) // => took <time:number> ms", &["4 held ellipsis"], 0);
    check("console.log(`took ${'long'} ms`) // => took <time:number> ms", &["4 broken -"], 1);
    check("crypto.randomUUID() // => <id:uuid>", &["4 held ellipsis"], 0);
    check("'no' // => <id:uuid>", &["4 broken -"], 1);
    check("({ at: new Date(0) }) // => { at: <at:date> }", &["4 held ellipsis"], 0);
    check("new Date(0).toISOString() // => <at:date>", &["4 held ellipsis"], 0);
    check("'soon' // => <at:date>", &["4 broken -"], 1);
}

#[test]
fn what_consoles_and_pages_write_in_angle_brackets_is_no_name() {
    check("console.log('<b>') // => <b>", &["4 held exact"], 0);
    check("console.log('x') // => <b>", &["4 broken -"], 1);
    check("console.log('<user>Ada</user>') // => <user>Eve</user>", &["4 broken -"], 1);
    check("console.log('<user>') // => <user>", &["4 held exact"], 0);
    check("Promise.resolve(1) // => Promise { <pending> }", &["4 broken -"], 1);
    check("1 // <n>", &[], 0);
}

#[test]
fn a_false_claim_tells_what_the_name_stands_for_and_suggests_no_text() {
    let book = Book::empty();
    book.write("a.md", "```js\n1 // => <n>\n2 // => <n>\n```\n");
    let ran = book.run(&["check", "a.md"]).expect(1).says(&["a.md:3:", "`<n>` stands for `1`", "gives `2`"]);
    assert!(!ran.stdout.contains("write `2`"), "{}", ran.stdout);
    book.write("a.md", "```js\n({ a: 1, b: 2 }) // => { a: <n> }\n```\n");
    let ran = book.run(&["check", "a.md"]).expect(1).says(&["a.md:2:", "gives `{ a: 1, b: 2 }`"]);
    assert!(!ran.stdout.contains("write `{"), "{}", ran.stdout);
}

#[test]
fn the_strictest_books_take_no_names() {
    let book = Book::empty();
    book.write("a.md", "```js\n1 // => <n>\n1 // => <n>\n```\n");
    book.run(&["check", "a.md", "--config", "rungs='value'"]).expect(1).says(&["the rung ellipsis"]);
}
