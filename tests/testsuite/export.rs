//! `export --node`: the real Node gives each answer the verdict that Galley gives, and nothing of a learner's is lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Book, GALLEY, project, run, tree};

/// Tells of each test of each folder its name and status; a file that fails as a whole has no name.
const REPORTER: &str = r"
import { dirname } from 'node:path';

const statusOf = (type, { skip, todo }) =>
  skip !== undefined ? 'skipped' : todo !== undefined ? 'todo' : type === 'test:pass' ? 'passed' : 'failed';

export default async function* (source) {
  const paths = {};
  for await (const { type, data } of source) {
    if (!/^test:(?:start|pass|fail)$/.test(type)) continue;
    const isFile = /(?:^|[/\\])test\.js$/.test(data.name);
    const folder = dirname(isFile ? data.name : data.file);
    const path = (paths[folder] ??= []);
    path.length = data.nesting;
    path[data.nesting] = data.name;
    if (type === 'test:start' || data.details?.type === 'suite') continue;
    yield `${JSON.stringify([folder, isFile ? null : path.join(' > '), statusOf(type, data)])}\n`;
  }
}
";

/// The tests of a folder, and whether its file fails as a whole.
#[derive(Debug, Default)]
struct Witness {
    tests: Vec<(String, String)>,
    fails: bool,
}

impl Witness {
    fn passes(&self) -> bool {
        !self.fails && !self.tests.is_empty() && self.tests.iter().all(|(_, status)| status != "failed")
    }
}

/// What the real Node says of all folders below one.
fn witness(root: &Path) -> BTreeMap<String, Witness> {
    std::fs::write(root.join("reporter.mjs"), REPORTER).expect("a file");
    let ran = run(Command::new("node")
        .args(["--test", "--test-timeout=60000", "--test-reporter=./reporter.mjs"])
        .current_dir(root));
    let root = root.canonicalize().expect("it is there");
    let mut folders: BTreeMap<String, Witness> = BTreeMap::new();
    for line in ran.stdout.lines() {
        let (folder, name, status): (String, Option<String>, String) =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{}", ran.stderr));
        let folder = Path::new(&folder);
        let folder = folder.strip_prefix(&root).unwrap_or(folder).to_string_lossy().replace('\\', "/");
        let witness = folders.entry(folder).or_default();
        match name {
            Some(name) => witness.tests.push((name, status)),
            None => witness.fails |= status == "failed",
        }
    }
    assert!(!folders.is_empty(), "{}\n{}", ran.stdout, ran.stderr);
    folders
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path.strip_prefix(from).expect("below"));
        std::fs::create_dir_all(target.parent().expect("a parent")).expect("folders");
        std::fs::write(target, bytes).expect("a file");
    }
}

fn tests(record: &Value) -> Vec<(String, String)> {
    let text = |test: &Value, key: &str| test[key].as_str().expect("text").to_owned();
    let tests = record["tests"].as_array().expect("a list");
    tests.iter().map(|test| (text(test, "name"), text(test, "status"))).collect()
}

/// Exports a book and asks Node about each of its answers, which Galley has judged. Returns how many those are.
fn compare(book: &Path) -> usize {
    let exported = tempfile::tempdir().expect("a folder");
    run(Command::new(GALLEY).arg("export").arg("--node").arg(exported.path()).arg(book)).expect(0);
    let checked =
        run(Command::new(GALLEY).args(["check", "exercises", "--format", "json"]).current_dir(book))
            .expect(0);
    let report: Value = serde_json::from_str(&checked.stdout).expect("a document");
    let exercises = report["exercises"].as_array().expect("a list");
    let room = tempfile::tempdir().expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(project().join("web/node_modules"), room.path().join("node_modules"))
        .expect("a link");
    for exercise in exercises {
        let name = exercise["name"].as_str().expect("a name");
        let own = exported.path().join(name);
        copy(&own, &room.path().join("starter").join(name));
        let solution = tree(&own.join("solution"));
        let (path, answer) = solution.iter().next().expect("a solution");
        let file = path.file_name().expect("a name");
        let with = |role: &str, text: &[u8]| {
            let folder = room.path().join(role).join(name);
            copy(&own, &folder);
            std::fs::write(folder.join(file), text).expect("a file");
        };
        with("solution", answer);
        for wrong in exercise["wrong"].as_array().expect("a list") {
            let path = Path::new(wrong["file"].as_str().expect("a file"));
            let text = std::fs::read(book.join(path)).expect("it is there");
            with(&format!("wrong-{}", path.file_stem().expect("a name").to_string_lossy()), &text);
        }
    }
    let seen = witness(room.path());
    let mut count = 0;
    for exercise in exercises {
        let name = exercise["name"].as_str().expect("a name");
        let mut of = |role: &str| {
            count += 1;
            let folder = format!("{role}/{name}");
            seen.get(&folder).unwrap_or_else(|| panic!("Node says nothing of {folder}: {seen:#?}"))
        };
        for role in ["solution", "starter"] {
            let (node, record) = (of(role), &exercise[role]);
            assert_eq!(node.tests, tests(record), "{name}, {role}: {record:#}");
            assert_eq!(node.passes(), record["outcome"] == "passed", "{name}, {role}: {node:?} {record:#}");
        }
        for wrong in exercise["wrong"].as_array().expect("a list") {
            let path = Path::new(wrong["file"].as_str().expect("a file"));
            let node = of(&format!("wrong-{}", path.file_stem().expect("a name").to_string_lossy()));
            assert!(!node.passes(), "{name}, {wrong:#}: {node:?}");
        }
    }
    assert_eq!(seen.len(), count, "{:?}", seen.keys());
    count
}

#[test]
fn node_says_of_our_own_exercises_what_galley_says() {
    assert!(compare(project()) >= 60);
}

/// A book of exercises with these files, of which each exercise has a text.
fn book(exercises: &[(&str, &[(&str, &str)])]) -> Book {
    let book = Book::with(&[("src/SUMMARY.md", "- [One](one.md)\n")]);
    let mut chapter = "# One\n".to_owned();
    for (name, files) in exercises {
        chapter += &format!("\n{{{{#exercise {name}}}}}\n");
        book.write(&format!("exercises/{name}/exercise.md"), "# Do it\n\nAs asked.\n");
        for (path, text) in *files {
            book.write(&format!("exercises/{name}/{path}"), text);
        }
    }
    book.write("src/one.md", chapter);
    book
}

const ADD: &str = "exports.add = (a, b) => a + b;\n";
const ADD_NOTHING: &str = "exports.add = (a, b) => a;\n";

/// `registerHooks` is younger than what the project needs of Node.
fn knows_hooks() -> bool {
    let ran = run(Command::new("node").args(["-p", "typeof require('node:module').registerHooks"]));
    ran.stdout.trim() == "function"
}

#[cfg(unix)]
#[test]
fn node_says_so_of_globals_too() {
    let mocha = "const { add } = require('./answer.js');\n\ndescribe('add', function () {\n  this.timeout(1000);\n  let base;\n  beforeEach(() => { base = 40; });\n  it('adds', () => { expect(add(base, 2)).toBe(42); });\n  it('is told by a callback', (done) => { setTimeout(() => done(), 1); });\n  context('with rows', () => {\n    it.each([[1, 1, 2], [2, 3, 5]])('%i and %i make %i', (a, b, c) => { expect(add(a, b)).toEqual(c); });\n    test.each([{ a: 1, sum: 3 }])('$a and 2 make $sum', ({ a, sum }) => { expect(add(a, 2)).toBe(sum); });\n  });\n  it.skip('is not run', () => { throw new Error('it is'); });\n  it('is to be written');\n  it('skips itself', function () { this.skip(); });\n  it.failing('fails', () => { expect(add(1, 2)).toBe(4); });\n  it.fails('fails by a callback', (done) => { done.fail('no'); });\n  it.for([[1, 1], [2, 2]])('%i is %i', (a, b) => { expect(a).toBe(b); });\n  it('counts calls', () => { const f = jest.fn(add); f(1, 2); expect(f).toHaveBeenCalledWith(1, 2); expect(f).toHaveReturnedWith(3); });\n});\n";
    let chai = "const { expect } = require('chai');\nconst { add } = require('./answer.js');\n\nsuiteSetup = undefined;\ndescribe('add', () => {\n  it('adds', () => { expect(add(1, 2)).to.equal(3); });\n  it('adds by assert', () => { assert.deepEqual([add(1, 2)], [3]); });\n});\n";
    let esm = "import { add } from './answer.js';\n\ntest('adds', async () => { await expect(Promise.resolve(add(1, 2))).resolves.toBe(3); });\n";
    let vitest = "import { describe, expect, it, vi } from 'vitest';\nimport { add } from './answer.js';\n\ndescribe('add', () => { it('adds', () => { expect(vi.fn(add)(1, 2)).toBe(3); }); });\n";
    let wrong = "// You add nothing.\nexports.add = (a) => a - 1;\n";
    let common = |test: &'static str| -> Vec<(&str, &str)> {
        vec![("solution.js", ADD), ("starter.js", ADD_NOTHING), ("test.js", test), ("wrong/less.js", wrong)]
    };
    let module = |test: &'static str| -> Vec<(&str, &str)> {
        vec![
            ("solution.js", "export const add = (a, b) => a + b;\n"),
            ("starter.js", "export const add = () => { throw new Error('TODO'); };\n"),
            ("test.js", test),
            ("exercise.toml", "module = \"esm\"\n"),
        ]
    };
    let (mocha, chai) =
        (common(mocha.to_owned().leak()), common(chai.replace("suiteSetup = undefined;\n", "").leak()));
    let (esm, vitest) = (module(esm), module(vitest));
    let mut exercises: Vec<(&str, &[(&str, &str)])> = vec![("mocha", &mocha), ("chai", &chai), ("esm", &esm)];
    if knows_hooks() {
        exercises.push(("vitest", &vitest));
    }
    let own = book(&exercises);
    compare(&own.path(""));
    own.run(&["export", "--node", "out"]).expect(0);
    let packages = |path: &str| -> Vec<String> {
        let package: Value = serde_json::from_str(&own.read(path)).expect("JSON");
        package["devDependencies"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(packages("out/mocha/package.json"), ["@vitest/expect", "@vitest/spy"]);
    assert_eq!(packages("out/chai/package.json"), ["chai"]);
    assert_eq!(packages("out/esm/package.json"), ["@vitest/expect"]);
    assert_eq!(packages("out/package.json"), ["@vitest/expect", "@vitest/spy", "chai"]);
    assert_eq!(own.read("out/mocha/tests.js"), own.read("exercises/mocha/test.js"));
}

/// With two exercises, of which one prints and is a module.
fn small() -> Book {
    book(&[
        (
            "add",
            &[
                ("solution.js", ADD),
                ("starter.js", ADD_NOTHING),
                ("test.js", TEST),
                ("files/data/list.json", "[1]\n"),
            ],
        ),
        (
            "say",
            &[
                ("solution.js", "import './files.mjs';\nconsole.log('\"a\\\\b\" ' + [1, 2].length);\n"),
                ("starter.js", "console.log('nothing');\n"),
                ("files/files.mjs", "console.log('first');\n"),
                (
                    "wrong/throws.js",
                    "// It ends too early.\nimport './files.mjs';\nconsole.log('\"a\\\\b\" 2');\nnull.x;\n",
                ),
                ("exercise.toml", "module = \"esm\"\ncheck = \"output\"\n"),
            ],
        ),
    ])
}

const TEST: &str = "const test = require('node:test');\nconst assert = require('node:assert');\nconst { add } = require('./answer.js');\n\ntest('adds', () => assert.strictEqual(add(1, 2), 3));\n";

#[test]
fn what_is_printed_is_compared() {
    assert_eq!(compare(&small().path("")), 5);
}

#[test]
fn a_folder_holds_what_a_learner_needs() {
    let book = small();
    book.write(
        "exercises/add/exercise.md",
        "# Add *it*\n\nWrite `add`.\n\n```js hidden\nconst secret = 1;\n```\n\n## Hint\n\nUse `+`.\n\n## Hint\n\nReturn it.\n\n## Explanation\n\nSums.\n",
    );
    book.run(&["export", "--node", "out"]).expect(0).says(&["out/README.md\n2 exercises."]);
    let below: Vec<String> = book
        .tree("out")
        .keys()
        .map(|path| path.strip_prefix(book.path("out")).expect("below").to_string_lossy().replace('\\', "/"))
        .collect();
    let wanted = [
        ".galley-export.json",
        "README.md",
        "add/README.md",
        "add/answer.js",
        "add/data/list.json",
        "add/package.json",
        "add/solution/answer.js",
        "add/test.js",
        "package.json",
        "say/README.md",
        "say/answer.js",
        "say/files.mjs",
        "say/package.json",
        "say/solution/answer.js",
        "say/test.js",
    ];
    assert_eq!(below, wanted);
    let same = |exported: &str, own: &str| {
        assert_eq!(book.read(&format!("out/{exported}")), book.read(&format!("exercises/{own}")));
    };
    same("add/answer.js", "add/starter.js");
    same("add/solution/answer.js", "add/solution.js");
    same("add/test.js", "add/test.js");
    same("add/data/list.json", "add/files/data/list.json");
    let kind = |path: &str| -> Value { serde_json::from_str(&book.read(path)).expect("JSON") };
    assert_eq!(kind("out/add/package.json")["type"], "commonjs");
    assert_eq!(kind("out/say/package.json")["type"], "module");
    let readme = book.read("out/add/README.md");
    let parts = [
        "# Add it\n\nWrite `add`.",
        "[answer.js](answer.js) and run `node --test`",
        "<summary>Hint 1</summary>\n\nUse `+`.\n\n</details>",
        "<summary>Hint 2</summary>\n\nReturn it.\n\n</details>",
        "<summary>Solution</summary>",
        "Sums.",
    ];
    let places: Vec<Option<usize>> = parts.iter().map(|part| readme.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{readme}");
    assert!(!readme.contains("secret"), "{readme}");
    // The same book gives the same bytes.
    book.run(&["export", "--node", "again"]).expect(0);
    let contents = |folder: &str| book.tree(folder).into_values().collect::<Vec<_>>();
    assert_eq!(contents("again"), contents("out"));
}

#[test]
fn nothing_of_a_learner_is_lost() {
    let book = small();
    book.run(&["export", "--node", "out"]).expect(0);
    book.write("out/add/answer.js", "// mine\n");
    book.write("out/add/notes.txt", "mine");
    book.write("out/say/README.md", "mine");
    std::fs::remove_file(book.path("out/say/answer.js")).expect("removed");
    let test = TEST.replace("'adds'", "'adds two numbers'");
    book.write("exercises/add/test.js", &test);
    book.write("exercises/add/starter.js", "exports.add = () => 0;\n");
    std::fs::remove_dir_all(book.path("exercises/add/files")).expect("removed");
    std::fs::rename(book.path("exercises/say"), book.path("exercises/tell")).expect("renamed");
    book.write("src/one.md", "# One\n\n{{#exercise add}}\n\n{{#exercise tell}}\n");
    let told = book.run(&["export", "--node", "out"]).expect(0).stdout;
    assert!(
        told.starts_with("out/add/answer.js stays as it is: it was changed\nout/say/README.md stays"),
        "{told}"
    );
    assert_eq!(book.read("out/add/answer.js"), "// mine\n");
    assert_eq!(book.read("out/add/notes.txt"), "mine");
    assert_eq!(book.read("out/say/README.md"), "mine");
    assert_eq!(book.read("out/add/test.js"), test);
    assert_eq!(book.read("out/tell/answer.js"), "console.log('nothing');\n");
    // What nobody has changed and no exercise has any more is gone, with its folders.
    assert!(!book.path("out/add/data").exists());
    assert_eq!(book.tree("out/say").len(), 1);
    // What was kept once is kept again, and nothing else is told.
    let before = book.tree("out");
    let told = book.run(&["export", "--node", "out"]).expect(0).stdout;
    assert!(told.starts_with("out/add/answer.js stays as it is") && !told.contains("say"), "{told}");
    assert_eq!(book.tree("out"), before);
}

#[test]
fn what_it_refuses_changes_nothing() {
    let book = small();
    book.write("other/mine.txt", "mine");
    book.write("broken/.galley-export.json", "{");
    let refused = |args: &[&str], code: i32, parts: &[&str]| {
        let before = book.tree("");
        book.run(args).expect(code).says(parts);
        assert_eq!(book.tree(""), before, "{args:?}");
    };
    refused(&["export", "--node", "other"], 2, &["other holds other files", "empty or does not exist yet"]);
    refused(&["export", "--node", "."], 2, &["holds other files"]);
    refused(&["export", "--node", "exercises/out"], 2, &["part of the book", "name a folder elsewhere"]);
    refused(&["export", "--node", "src"], 2, &["part of the book"]);
    refused(&["export", "--node", "broken"], 2, &["broken/.galley-export.json", "export into a new folder"]);
    refused(&["export", "--node", "book.toml"], 2, &["book.toml"]);
    refused(&["export", "--node", "out", "nowhere"], 2, &["`nowhere` does not exist"]);
    refused(&["export"], 2, &["--node"]);
    book.write("exercises/add/starter.js", ADD);
    refused(&["export", "--node", "out"], 1, &["already passes", "nothing is exported"]);
    book.write("exercises/add/starter.js", ADD_NOTHING);
    for text in ["console.log(Math.random());\n", "console.log(new Date().getFullYear());\n"] {
        let said = book.read("exercises/say/solution.js");
        book.write("exercises/say/solution.js", format!("{said}{text}"));
        refused(
            &["export", "--node", "out"],
            2,
            &["exercises/say/solution.js", "chance or the clock", "test.js"],
        );
        book.write("exercises/say/solution.js", said);
    }
    book.write("exercises/add/files/README.md", "two\n");
    refused(
        &["export", "--node", "out"],
        2,
        &["exercises/add/files/README.md can't be exported", "rename it"],
    );
    let none = Book::of("# One\n\n```js\n1 // 1\n```\n");
    none.run(&["export", "--node", "out"]).expect(2).says(&["has no exercises"]);
    assert!(!none.path("out").exists());
}

#[test]
fn no_path_of_the_list_leads_out_of_the_folder() {
    let book = small();
    book.write("mine.txt", "mine");
    book.run(&["export", "--node", "out"]).expect(0);
    let list = book.read("out/.galley-export.json");
    let hash = blake3::hash(b"mine").to_hex().to_string();
    let absolute = book.path("mine.txt").to_string_lossy().replace('\\', "/");
    for path in ["../mine.txt", "add/../../mine.txt", absolute.as_str(), ""] {
        let mut list: Value = serde_json::from_str(&list).expect("JSON");
        list["files"][path] = hash.clone().into();
        book.write("out/.galley-export.json", list.to_string());
        let before = book.tree("");
        let told = ["out/.galley-export.json lists", path, "export into a new folder"];
        book.run(&["export", "--node", "out"]).expect(2).says(&told);
        assert_eq!(book.tree(""), before, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder() {
    let book = small();
    book.run(&["export", "--node", "out"]).expect(0);
    book.write("away/mine.txt", "mine");
    std::fs::remove_dir_all(book.path("out/add")).expect("removed");
    std::os::unix::fs::symlink(book.path("away"), book.path("out/add")).expect("a link");
    let before = book.tree("away");
    book.run(&["export", "--node", "out"]).expect(2).says(&["out/add is no folder"]);
    assert_eq!(book.tree("away"), before);
}

#[test]
fn an_exercise_alone_is_exported() {
    let book = small();
    book.run(&["export", "--node", "out", "exercises/add"]).expect(0).says(&["1 exercise."]);
    assert!(book.path("out/add/test.js").is_file() && !book.path("out/say").exists());
}

#[test]
fn packages_have_the_versions_that_galley_judges_with() {
    let lock: Value =
        serde_json::from_slice(&std::fs::read(project().join("web/package-lock.json")).expect("a file"))
            .expect("JSON");
    let own = std::fs::read_to_string(project().join("src/command/export/globals.rs")).expect("a file");
    for name in ["@vitest/expect", "@vitest/spy", "chai"] {
        let version =
            lock["packages"][format!("node_modules/{name}")]["version"].as_str().expect("a version");
        assert!(own.contains(&format!("(\"{name}\", \"^{version}\")")), "{name} {version}");
    }
}
