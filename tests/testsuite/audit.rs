//! `audit` makes each claim false in memory and asks whether that is reported.

use serde_json::Value;

use crate::support::Book;

/// `audit --format json` of a path, and its exit code.
fn audit(book: &Book, args: &[&str]) -> (Value, i32) {
    let ran = book.run(&[&["audit", "--format", "json"], args].concat());
    let mut report: Value = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|error| panic!("{error}\n{}\n{}", ran.stdout, ran.stderr));
    // The only thing that differs from run to run.
    report["summary"]["duration_ms"] = Value::Null;
    (report, ran.code)
}

/// How many changes of the claim that states this were tried.
#[track_caller]
fn tried(report: &Value, stated: &str) -> u64 {
    let claims = report["claims"].as_array().expect("claims");
    let claim = claims.iter().find(|claim| claim["stated"] == stated);
    let claim = claim.unwrap_or_else(|| panic!("{stated:?} is not in {claims:#?}"));
    assert_eq!(claim["falsifications"], claim["caught"], "{claim:#}");
    claim["falsifications"].as_u64().expect("a number")
}

/// One of each kind of claim, in each kind of place.
const CHAPTER: &str = r#"# One

```js
const genres = ['Rock', 'Blues'];
genres;                   // => [ 'Rock', 'Blues' ]
genres.length;            // 2
0.1 + 0.2;                // => 0.30000000000000004
1 / 3;                    // => ~0.333
new Map([['a', 1n]]);     // => Map(1) { 'a' => 1n }
({ a: null, b: { c: /x/g } });
// => {
//      a: null,
//      b: { c: /x/g }
//    }
genres.at(9);             // undefined
genres.length > 1;        // true (there are two)
[1, 2, 3];                // => [1, …]
console.log('%s and %s', ...genres);
// Prints: Rock and Blues
for (const genre of genres) console.log(genre);
// → Rock
//   Blues
null.x;                   // TypeError: Cannot read properties of null (reading 'x')
genres = [];              // throws TypeError
undefined.y;              // throws
module.exports = { first: genres[0] };
// exports { first: 'Rock' }
```

`Rock` will be exported.<!-- => exports.first === "Rock" -->
In it `genres.length`<!-- => --> is `2`.

> ```js
> console.log('in a quote', 1);
> [
>   4 ];      /* => [
>   4 ] */
> console.log('twice');
> ```
> ```output
> in a quote 1
> twice
> ```

- A list:

  ```js
  ['Rock', 'Blues'].join(); // 'Rock,Blues'
  throw new RangeError('too much');
  ```

  It fails.<!-- => throws RangeError: too much -->
"#;

#[test]
fn every_change_of_every_kind_of_claim_is_caught() {
    for (name, chapter) in [("LF", CHAPTER.to_owned()), ("CRLF", CHAPTER.replace('\n', "\r\n"))] {
        let book = Book::of(&chapter);
        let before = book.tree(".");
        let (report, code) = audit(&book, &["."]);
        assert_eq!(code, 0, "{name}: {report:#}");
        assert_eq!(report["missed"].as_array().map(Vec::len), Some(0));
        assert_eq!(report["summary"]["claims"]["held"], 22, "{name}: {report:#}");
        let kinds = &report["summary"]["kinds"];
        for kind in ["value", "output", "throws", "exports", "prose"] {
            assert!(kinds[kind].as_u64() > Some(0), "{name}: no {kind} in {kinds}");
        }
        for (stated, least) in [
            ("[ 'Rock', 'Blues' ]", 6),
            ("2", 3),
            ("0.30000000000000004", 3),
            ("~0.333", 1),
            ("Map(1) { 'a' => 1n }", 5),
            ("{\n  a: null,\n  b: { c: /x/g }\n}", 6),
            ("undefined", 1),
            ("true (there are two)", 1),
            ("[1, …]", 2),
            ("Rock and Blues", 5),
            ("Rock\nBlues", 2),
            ("TypeError: Cannot read properties of null (reading 'x')", 8),
            ("TypeError", 2),
            ("", 1),
            ("{ first: 'Rock' }", 4),
            ("Rock", 1),
            ("exports.first === \"Rock\"", 2),
            ("in a quote 1\ntwice", 4),
            ("RangeError: too much", 4),
        ] {
            let tried = tried(&report, stated);
            assert!(tried >= least, "{name}: {stated:?} is changed in {tried} ways only");
        }
        let count = |key: &str| report["summary"]["falsifications"][key].as_u64().expect("a number");
        assert_eq!(count("caught"), count("total"));
        assert!(before == book.tree("."), "{name}: it wrote into the book");
        if name == "LF" {
            let caught = format!("{0}/{0} falsifications caught", count("total"));
            book.run(&["audit"]).expect(0).says(&[&caught]);
        }
    }
}

#[test]
fn examples_that_share_state_files_and_includes() {
    let book = Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n"),
        ("src/one.md", "# One\n\n```js\n{{#include ../code/a.js}}\n```\n\n```js\na + 1; // => 6\n```\n"),
        (
            "src/two.md",
            "# Two\n\n```js\n{{#include ../code/a.js}}\na; // => 5\n```\n\n```js file=b.js\nmodule.exports = 7; // => 7\n```\n\n```js\nrequire('./b.js'); // => 7\n```\n",
        ),
        ("code/a.js", "const a = 5;\na * 2; // => 10\n"),
    ]);
    let (report, code) = audit(&book, &[".", "--config", "state=\"chapter\""]);
    assert_eq!(code, 0, "{report:#}");
    // Both chapters state what the included file states: it is one text.
    assert_eq!(report["summary"]["claims"]["held"], 6);
    let places: Vec<&str> = report["claims"]
        .as_array()
        .expect("claims")
        .iter()
        .filter_map(|claim| claim["file"].as_str())
        .collect();
    assert_eq!(places, ["code/a.js", "src/one.md", "src/two.md", "src/two.md", "src/two.md"]);
}

#[test]
fn claims_that_nothing_can_make_false() {
    let book = Book::of(
        "# One\n\n```js\nexports.a = 1; // => 1\n```\n\nSo it is.<!-- => 1 < 2 -->\nAnd so.<!-- => exports.a < 2 -->\n",
    );
    let (report, code) = audit(&book, &["."]);
    assert_eq!(code, 1);
    let found = report["unfalsifiable"].as_array().expect("a list");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((&found[0]["stated"], &found[0]["line"]), (&"1 < 2".into(), &7.into()));
    book.run(&["check"]).expect(0);
    book.run(&["audit"]).expect(1).says(&[
        "error[G050]",
        "src/one.md:7",
        "`1 < 2` can't be false",
        "1 claim that nothing",
    ]);
}

/// A function that reads in its own source what is stated, and gives just that.
fn obedient(answer: &str) -> String {
    format!(
        "# One\n\n```js\nfunction shown() {{\n  answer(); // => 5\n}}\nfunction answer() {{\n  const text = shown.toString();\n  return {answer};\n}}\nshown();\n```\n"
    )
}

#[test]
fn a_claim_that_holds_whatever_it_states_is_found() {
    let book = Book::of(&obedient("JSON.parse(/=> (.*)/.exec(text)[1])"));
    let (report, code) = audit(&book, &["."]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(report["summary"]["unfalsifiable"], 1, "{report:#}");
    assert_eq!(report["summary"]["falsifications"]["caught"], 0);
    book.run(&["audit"]).expect(1).says(&["src/one.md:5", "whatever is stated here, it holds"]);
}

#[test]
fn a_change_that_nobody_notices_is_told_with_what_became_of_it() {
    // Findings of other examples, and those that are there anyway, do not count.
    let chapter = obedient("Number(/=> (\\d+)/.exec(text)?.[1])").replace("// => 5", "/* => 5 */ 7; // => 8");
    let book = Book::of(&format!("{chapter}\n```js\n1; // => 1\n```\n"));
    let (report, code) = audit(&book, &["."]);
    assert_eq!(code, 1, "{report:#}");
    let missed = report["missed"].as_array().expect("a list");
    let digit = missed.iter().find(|missed| missed["what"] == "a digit").expect("a digit was changed");
    assert_eq!((&digit["line"], &digit["stated"], &digit["changed"]), (&5.into(), &"5".into(), &"1".into()));
    assert_eq!(digit["how"], "it still holds, on the rung \"exact\"");
    assert!(!missed.iter().any(|missed| missed["what"] == "a sign"), "{missed:#?}");
    assert!(tried(&report, "1") >= 3);
    let says = ["error[G050]", "src/one.md:5", "nobody notices when `5` becomes `1` (a digit)"];
    book.run(&["audit"]).expect(1).says(&says);
}

#[test]
fn remarks_that_agree_are_counted_apart() {
    let book = Book::of("# One\n\n```js\nconst size = 4; // 4 bytes each\nsize; // => 4\n```\n");
    let (report, code) = audit(&book, &["."]);
    assert_eq!(code, 0, "{report:#}");
    let claims = &report["summary"]["claims"];
    assert_eq!((&claims["held"], &claims["weak"], &claims["total"]), (&1.into(), &1.into(), &2.into()));
    assert_eq!(report["weak"][0]["stated"], "4 bytes each");
    assert_eq!(report["claims"].as_array().map(Vec::len), Some(1));
    book.run(&["audit"]).expect(0).says(&["1 weak", "1 weak claim, which may be"]);
    book.run(&["audit", "--list", "weak"]).expect(0).says(&["src/one.md:4:17: 4 bytes each"]);
}

#[test]
fn what_is_false_already_is_told_and_the_rest_audited() {
    let book = Book::of("# One\n\n```js\n1 + 1; // => 2\n1 + 2; // => 4\n```\n\n```js\nnope();\n```\n");
    let (report, code) = audit(&book, &["."]);
    assert_eq!(code, 1);
    let claims = &report["summary"]["claims"];
    assert_eq!((&claims["held"], &claims["broken"]), (&1.into(), &1.into()));
    assert!(tried(&report, "2") >= 3);
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(2));
    let says = ["error[G001]", "src/one.md:5", "error[G003]", "1 broken", "1 broken claim not audited"];
    book.run(&["audit"]).expect(1).says(&says);
}

#[test]
fn exercises_texts_are_audited() {
    let book = Book::with(&[
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        ("src/one.md", "# One\n\n{{#exercise double}}\n"),
        (
            "exercises/double/exercise.md",
            "# Double\n\nDouble it.\n\n```js\nrequire('./answer.js').double(3) // => 6\n```\n",
        ),
        ("exercises/double/solution.js", "exports.double = (n) => n * 2;\n"),
        ("exercises/double/starter.js", "exports.double = (n) => n;\n"),
        (
            "exercises/double/test.js",
            "const test = require('node:test');\nconst assert = require('node:assert');\ntest('it', () => assert.strictEqual(require('./answer.js').double(2), 4));\n",
        ),
    ]);
    for path in [".", "exercises/double"] {
        let (report, code) = audit(&book, &[path]);
        assert_eq!(code, 0, "{report:#}");
        assert!(tried(&report, "6") >= 3);
    }
}

#[test]
fn several_paths_are_told_as_one_and_always_the_same() {
    let book = Book::empty();
    book.write("a.md", "```js\n[1, 2]; // => [ 1, 2 ]\n```\n");
    book.write("b.md", "```js\nconsole.log('b'); // => b\n```\n");
    let (one, code) = audit(&book, &["a.md", "b.md", "--jobs", "1"]);
    assert_eq!(code, 0);
    assert_eq!(one["summary"]["claims"]["held"], 2);
    let (other, _) = audit(&book, &["a.md", "b.md", "--jobs", "3"]);
    assert_eq!(one, other);
    book.run(&["audit", "a.md", "--format", "json", "--output", "report.json"]).expect(0);
    let report: Value = serde_json::from_str(&book.read("report.json")).expect("JSON");
    assert_eq!(report["summary"]["claims"]["held"], 1);
    book.run(&["audit", "nowhere.md"]).expect(2).says(&["nowhere.md", "does not exist"]);
    book.run(&["audit", "--format", "xml"]).expect(2);
}
