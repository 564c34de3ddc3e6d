//! Modules through the real binary: a chapter of several files prints what Node 24 prints for them, to the byte, and
//! what fails fails with its words. The expected texts were recorded from Node 24.

use serde_json::Value;

use crate::support::Book;

/// A chapter of these files; the first, which starts, has no `file=` and prints `output`.
fn chapter(attributes: &str, files: &[(&str, &str)], output: &str) -> String {
    let mut text = String::from("# T\n\n");
    for (path, source) in &files[1..] {
        let language = if path.ends_with(".json") { "json" } else { "js ignore" };
        text.push_str(&format!("```{language} file={path}\n{source}\n```\n\n"));
    }
    let source = files[0].1;
    text.push_str(&format!("```js {attributes}\n{source}\n```\n\n```output\n{output}\n```\n"));
    text
}

fn report(chapter: &str) -> Value {
    let book = Book::empty();
    book.write("a.md", chapter);
    book.check("a.md").0
}

#[track_caller]
fn prints(attributes: &str, files: &[(&str, &str)], output: &str) {
    let report = report(&chapter(attributes, files, output.trim_matches('\n')));
    let claims = report["claims"].as_array().expect("claims");
    let told: Vec<_> = claims.iter().map(|claim| (&claim["verdict"], &claim["rung"])).collect();
    assert_eq!(told, [(&Value::from("held"), &Value::from("exact"))], "{report:#}");
}

/// The example ends with this error, at this line of its own.
#[track_caller]
fn fails(attributes: &str, files: &[(&str, &str)], message: &str) {
    let report = report(&chapter(attributes, files, "nothing"));
    let text = report.to_string();
    let message = Value::from(message).to_string();
    assert!(text.contains(message.trim_matches('"')), "{message} is not in {report:#}");
}

const COUNTER: (&str, &str) =
    ("a.mjs", "export let n = 0; export function inc() { n++ } export default class {}");

#[test]
fn bindings_are_live_and_namespaces_print_as_in_node() {
    let main = "import { n, inc } from './a.mjs'; import * as ns from './a.mjs'\n\
                console.log(n); inc(); console.log(n, ns.n, ns)";
    let output =
        "0\n1 1 [Module: null prototype] {\n  default: [class default],\n  inc: [Function: inc],\n  n: 1\n}";
    prints("module", &[("main", main), COUNTER], output);
}

#[test]
fn cycles_of_modules_see_what_is_initialized() {
    let files = [
        ("main", "import { b, early } from './b.mjs'\nconsole.log(b, early)"),
        ("b.mjs", "import { c, read } from './c.mjs'; export const b = 2; export const early = read() + c"),
        (
            "c.mjs",
            "import { b } from './b.mjs'; export const c = '!'\n\
             export function read() { return typeof b }\n\
             try { console.log(b) } catch (e) { console.log(`${e}`) }",
        ),
    ];
    prints("module", &files, "ReferenceError: Cannot access 'b' before initialization\n2 number!");
}

#[test]
fn re_exports_leave_out_what_is_ambiguous() {
    let files = [
        ("main", "import * as all from './all.mjs'\nconsole.log(all)"),
        (
            "all.mjs",
            "export * from './a.mjs'; export * from './b.mjs'; export { y as x } from './a.mjs'; export * as ns from './b.mjs'",
        ),
        ("a.mjs", "export const y = 1, same = 2"),
        ("b.mjs", "export const same = 3; export default 'd'"),
    ];
    let output = "[Module: null prototype] {\n  ns: [Module: null prototype] { default: 'd', same: 3 },\n  x: 1,\n  y: 1\n}";
    prints("module", &files, output);
    let conflict = [("main", "import { same } from './all.mjs'"), files[1], files[2], files[3]];
    fails(
        "module",
        &conflict,
        "The requested module './all.mjs' contains conflicting star exports for name 'same'",
    );
}

#[test]
fn a_missing_name_is_told_in_the_line_that_imports_it() {
    let files = [("main", "console.log(1)\nimport { n,\n  nope } from './a.mjs'"), COUNTER];
    let report = report(&chapter("module", &files, "1"));
    let text = report.to_string();
    assert!(
        text.contains("The requested module './a.mjs' does not provide an export named 'nope'"),
        "{report:#}"
    );
    let lines: Vec<_> =
        report["diagnostics"].as_array().expect("findings").iter().map(|f| &f["line"]).collect();
    assert!(lines.contains(&&Value::from(10)), "{report:#}");
    let commonjs = [("main", "import { a, nope as b } from './c.cjs'"), ("c.cjs", "exports.a = 1")];
    fails("module", &commonjs, "Named export 'nope' not found. The requested module './c.cjs' is a CommonJS");
}

#[test]
fn dynamic_imports_fail_in_nodes_words() {
    let main = "for (const s of ['./no.mjs', './noext', 'pkg', './dir', './d.json', './bad.mjs', 'node:nope', '#x', 'http://a.b/c']) {\n\
                  try { await import(s) } catch (e) { console.log(e.name, e.code, e.message) }\n}";
    let files = [
        ("main", main),
        ("noext.js", "1"),
        ("dir/index.js", "1"),
        ("d.json", "{}"),
        ("bad.mjs", "export const x = ;"),
    ];
    let output = r##"
Error ERR_MODULE_NOT_FOUND Cannot find module '/no.mjs' imported from /main.js
Error ERR_MODULE_NOT_FOUND Cannot find module '/noext' imported from /main.js
Did you mean to import "./noext.js"?
Error ERR_MODULE_NOT_FOUND Cannot find package 'pkg' imported from /main.js
Error ERR_UNSUPPORTED_DIR_IMPORT Directory import '/dir' is not supported resolving ES modules imported from /main.js
Did you mean to import "./dir/index.js"?
TypeError ERR_IMPORT_ATTRIBUTE_MISSING Module "file:///d.json" needs an import attribute of "type: json"
SyntaxError undefined Unexpected token ';'
Error ERR_UNKNOWN_BUILTIN_MODULE No such built-in module: node:nope
TypeError ERR_PACKAGE_IMPORT_NOT_DEFINED Package import specifier "#x" is not defined imported from /main.js
Error ERR_UNSUPPORTED_ESM_URL_SCHEME Only URLs with a scheme in: file and data are supported by the default ESM loader. Received protocol 'http:'
"##;
    prints("module", &files, output);
}

#[test]
fn modules_import_commonjs_and_json() {
    let main = "import all, { a, b } from './c.cjs'; import * as ns from './re.cjs'; import data from './d.json' with { type: 'json' }\n\
                console.log(all, a, b, data); console.log(ns)\n\
                console.log(await import('./d.json', { with: { type: 'json' } }))";
    let files = [
        ("main", main),
        (
            "c.cjs",
            "exports.a = 1; Object.defineProperty(exports, 'b', { enumerable: true, value: 2 }); if (false) exports.never = 1",
        ),
        ("re.cjs", "module.exports = { ...require('./c.cjs'), own: 3 }"),
        ("d.json", "{ \"d\": [1] }"),
    ];
    let output = "\
{ a: 1, b: 2 } 1 2 { d: [ 1 ] }
[Module: null prototype] {
  a: 1,
  b: 2,
  default: { a: 1, b: 2, own: 3 },
  'module.exports': { a: 1, b: 2, own: 3 },
  never: undefined
}
[Module: null prototype] { default: { d: [ 1 ] } }";
    prints("module", &files, output);
}

#[test]
fn commonjs_requires_modules() {
    let main = "const m = require('./a.mjs'); console.log(m, m === require('./a.mjs'), require('./me.mjs'), require('./plain.mjs'))\n\
                for (const s of ['./tla.mjs', './thr.mjs', './cycle.mjs']) try { require(s) } catch (e) { console.log(e.code, e.message.split('\\n')[0]) }\n\
                import('./a.mjs').then((n) => console.log(n === m, n.default === m.default))";
    let files = [
        ("main", main),
        ("a.mjs", "export default function f() {} export const x = 1"),
        ("me.mjs", "const f = () => 1; export { f as 'module.exports' }"),
        ("plain.mjs", "export const y = 2"),
        ("tla.mjs", "export const t = await 1"),
        ("thr.mjs", "throw new Error('thrown')"),
        ("cycle.mjs", "import './c.cjs'"),
        ("c.cjs", "require('./cycle.mjs')"),
    ];
    let output = "\
[Module: null prototype] {
  __esModule: true,
  default: [Function: f],
  x: 1
} true [Function: f] [Module: null prototype] { y: 2 }
ERR_REQUIRE_ASYNC_MODULE require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.
undefined thrown
ERR_REQUIRE_CYCLE_MODULE Cannot require() ES Module /cycle.mjs in a cycle. (from /main.js)
false true";
    prints("", &files, output);
}

#[test]
fn a_module_under_way_is_not_evaluated_again() {
    let main = "import { createRequire } from 'node:module'; import { r } from './r.cjs'; export const x = 1\n\
                const require = createRequire(import.meta.url)\n\
                try { require('./b.mjs') } catch (e) { console.log(e.code) }\nconsole.log(r())\n\
                setTimeout(() => console.log(require('./b.mjs').y()))";
    let files = [
        ("main", main),
        ("r.cjs", "exports.r = () => { try { return require('./b.mjs') } catch (e) { return e.code } }"),
        ("b.mjs", "import { x } from './main.js'; export const y = () => x"),
    ];
    prints("module", &files, "ERR_REQUIRE_CYCLE_MODULE\nERR_REQUIRE_CYCLE_MODULE\n1");
}

#[test]
fn packages_say_what_they_export() {
    let manifest = r#"{ "exports": { ".": { "import": "./i.mjs", "require": "./r.cjs" }, "./f/*": "./lib/*.mjs", "./in/*": null, "./bad": "../x.js" } }"#;
    let main = "import one, { kind } from 'pkg'; import { createRequire } from 'node:module'; import own from '#own'\n\
                console.log(one, kind, createRequire(import.meta.url)('pkg'), (await import('pkg/f/x')).default, own)\n\
                for (const s of ['pkg/no', 'pkg/in/x', 'pkg/bad']) try { await import(s) } catch (e) { console.log(e.code, e.message) }";
    let files = [
        ("main", main),
        ("package.json", r##"{ "name": "self", "imports": { "#own": "./own.mjs" } }"##),
        ("own.mjs", "export default 'own'"),
        ("node_modules/pkg/package.json", manifest),
        ("node_modules/pkg/i.mjs", "export default 'import'; export const kind = 'esm'"),
        ("node_modules/pkg/r.cjs", "module.exports = 'require'"),
        ("node_modules/pkg/lib/x.mjs", "export default 'pattern'"),
    ];
    let output = r#"
import esm require pattern own
ERR_PACKAGE_PATH_NOT_EXPORTED Package subpath './no' is not defined by "exports" in /node_modules/pkg/package.json imported from /main.js
ERR_PACKAGE_PATH_NOT_EXPORTED Package subpath './in/x' is not defined by "exports" in /node_modules/pkg/package.json imported from /main.js
ERR_INVALID_PACKAGE_TARGET Invalid "exports" target "../x.js" defined for './bad' in the package config /node_modules/pkg/package.json imported from /main.js; targets must start with "./"
"#;
    prints("module", &files, output);
}

#[test]
fn a_modules_meta_and_scope() {
    let files = [
        (
            "main",
            "import './lib/a.mjs'\nconsole.log(import.meta.main, import.meta.resolve('fs'), this, typeof require, typeof module)",
        ),
        ("lib/a.mjs", "console.log(import.meta, import.meta.resolve('../x.mjs'))"),
    ];
    let output = "\
[Object: null prototype] {
  dirname: '/lib',
  filename: '/lib/a.mjs',
  main: false,
  resolve: [Function: resolve],
  url: 'file:///lib/a.mjs'
} file:///x.mjs
true node:fs undefined undefined undefined";
    prints("module", &files, output);
    fails(
        "module",
        &[("main", "require('fs')")],
        "require is not defined in ES module scope, you can use import instead",
    );
}

#[test]
fn top_level_await_and_its_end() {
    let files = [
        (
            "main",
            "import './a.mjs'; import './b.mjs'\nawait new Promise((r) => setTimeout(r, 5)); console.log('end')",
        ),
        ("a.mjs", "console.log('a1'); await 0; console.log('a2')"),
        ("b.mjs", "console.log('b1'); await 0; console.log('b2')"),
    ];
    prints("", &files, "a1\nb1\na2\nb2\nend");
    fails(
        "",
        &[("main", "process.on('exit', (c) => console.log(c)); await new Promise(() => {})")],
        "the example waits for a promise that nothing will ever settle",
    );
}

#[test]
fn a_module_prints_as_in_node() {
    let files = [
        ("main", "require('./lib/a')"),
        (
            "lib/a.js",
            "exports.x = 1\nconsole.log(module, module.parent.id, require.resolve.paths('x'), require.extensions)",
        ),
    ];
    let output = "\
{
  id: '/lib/a.js',
  path: '/lib',
  exports: { x: 1 },
  filename: '/lib/a.js',
  loaded: false,
  children: [],
  paths: [ '/lib/node_modules', '/node_modules' ],
  Symbol(kIsMainSymbol): false,
  Symbol(kIsCachedByESMLoader): false,
  Symbol(kURL): undefined,
  Symbol(kFormat): undefined,
  Symbol(kIsExecuting): true
} . [ '/lib/node_modules', '/node_modules', '/usr/lib/node' ] [Object: null prototype] {
  '.js': [Function (anonymous)],
  '.json': [Function (anonymous)],
  '.node': [Function (anonymous)]
}";
    prints("", &files, output);
}

#[test]
fn require_fails_in_nodes_words() {
    let main = "for (const s of ['./no', 'no', 'pk', './syn', './empty.json', 'node:zzz', './c']) try { require(s) } catch (e) { console.log(e.name, e.code, '|', e.message, '|', e.requireStack) }\n\
                console.log(Object.keys(require.cache), module.children.map((m) => m.id))";
    let files = [
        ("main", main),
        ("node_modules/pk/package.json", r#"{ "main": "gone.js" }"#),
        ("syn.js", "const a = ;"),
        ("empty.json", ""),
        ("c.cjs", "1"),
    ];
    let output = "\
Error MODULE_NOT_FOUND | Cannot find module './no'
Require stack:
- /main.js | [ '/main.js' ]
Error MODULE_NOT_FOUND | Cannot find module 'no'
Require stack:
- /main.js | [ '/main.js' ]
Error MODULE_NOT_FOUND | Cannot find module '/node_modules/pk/gone.js'. Please verify that the package.json has a valid \"main\" entry | undefined
SyntaxError undefined | Unexpected token ';' | undefined
SyntaxError undefined | /empty.json: Unexpected end of JSON input | undefined
Error ERR_UNKNOWN_BUILTIN_MODULE | No such built-in module: node:zzz | undefined
Error MODULE_NOT_FOUND | Cannot find module './c'
Require stack:
- /main.js | [ '/main.js' ]
[ '/main.js' ] []";
    prints("", &files, output);
}

#[test]
fn the_syntax_and_the_package_decide_the_kind() {
    prints("", &[("main", "const require = 5; console.log(require, typeof module)")], "5 undefined");
    prints("", &[("main", "console.log(typeof module, this === module.exports)")], "object true");
    let files = [
        ("main", "console.log(typeof require); import './lib/c.js'"),
        ("package.json", r#"{ "type": "module" }"#),
        ("lib/package.json", r#"{ "type": "commonjs" }"#),
        ("lib/c.js", "console.log(typeof require)"),
    ];
    prints("", &files, "function\nundefined");
    fails(
        "",
        &[("main", "await 5; require('fs')")],
        "Cannot determine intended module format because both 'require' and top-level await are present.",
    );
}

#[test]
fn a_program_that_listens_for_its_errors_lives_on() {
    let main = "process.on('uncaughtException', (e, origin) => console.log(e.message, origin))\n\
                process.on('exit', (code) => console.log('exit', code))\n\
                setTimeout(() => { throw new Error('timer') }, 1); setTimeout(() => console.log('on'), 2)\n\
                Promise.reject(new Error('rejected')); Promise.reject(new Error('too'))\nthrow new Error('sync')";
    let output = "sync uncaughtException\nrejected unhandledRejection\ntoo unhandledRejection\ntimer uncaughtException\non\nexit 0";
    prints("", &[("main", main)], output);
}

#[test]
fn modules_run_their_microtasks_before_next_ticks() {
    let body = "setTimeout(() => console.log('timer'), 0); setImmediate(() => console.log('immediate'))\n\
                process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('promise')); console.log('sync')";
    prints("module", &[("main", body)], "sync\npromise\ntick\ntimer\nimmediate");
    prints("commonjs", &[("main", body)], "sync\ntick\npromise\ntimer\nimmediate");
}

#[test]
fn a_browsers_scripts_are_global() {
    let main = "var v = 1; function f() {}; let l = 2\n\
                console.log(this === window, self === globalThis, window.v, typeof window.f, window.l, prompt('?'), confirm('?'))\n\
                console.log(typeof module, typeof require, typeof process, typeof Buffer, typeof global, typeof setImmediate)\n\
                alert({}); alert(); alert('hi')";
    let output = "true true 1 function undefined null true\nundefined undefined undefined undefined undefined undefined\n[object Object]\n\nhi";
    prints("host=browser", &[("main", main)], output);
    fails("host=browser", &[("main", "require('fs')")], "require is not defined");
}

#[test]
fn what_needs_a_page_is_unchecked() {
    let chapter = "```js host=browser\nalert(5) // => 5\ndocument.title // => 'x'\n```\n";
    let report = report(chapter);
    assert_eq!(report["examples"][0]["outcome"], "skipped", "{report:#}");
    assert!(report.to_string().contains("needs a browser"), "{report:#}");
    assert_eq!(report["claims"][0]["verdict"], "held", "{report:#}");
    assert_eq!(report["claims"][1]["verdict"], "unchecked", "{report:#}");
}

#[test]
fn a_book_can_be_of_browser_programs() {
    let book = Book::of(
        "# T\n\n```js\ntypeof window // => 'object'\n```\n\n```js host=node\ntypeof window // => 'undefined'\n```\n",
    );
    let toml = book.read("book.toml") + "\n[preprocessor.galley]\nhost = \"browser\"\n";
    book.write("book.toml", toml);
    book.run(&["check"]).expect(0);
}
