//! An exercise as a folder for the real Node: its answer, its tests, its files, and what they need.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use crate::book::example::Kind;
use crate::book::exercise::{Check, Exercise};
use crate::book::load::Sources;
use crate::book::markdown::Node;
use crate::command::export::globals::{self, Needs};
use crate::command::new::Files;
use crate::verify::{Verified, VerifiedExercise};

/// The names of the exercises in the order in which the book has them.
pub fn order(sources: &Sources) -> Vec<String> {
    let nodes = sources.chapters.iter().flat_map(|chapter| &chapter.document.nodes);
    nodes
        .filter_map(|node| match node {
            Node::Exercise(directive) => Some(directive.name.clone()),
            _ => None,
        })
        .collect()
}

/// All that is exported, by its path.
pub fn files(verified: &Verified, order: &[String]) -> Result<Files> {
    let exercises = verified.sources.exercises.iter().zip(&verified.exercises);
    let mut exercises: Vec<(&Exercise, &VerifiedExercise)> = exercises.collect();
    let place = |name: &str| order.iter().position(|one| one == name).unwrap_or(order.len());
    exercises.sort_by_key(|(exercise, _)| place(&exercise.name));
    let mut all = Files::new();
    let mut packages = BTreeMap::new();
    let mut list = String::new();
    for (exercise, tried) in exercises {
        let needs = match (&exercise.test, exercise.settings.check) {
            (Some(test), Check::Tests) => globals::needs(&test.text),
            _ => Needs::default(),
        };
        packages.extend(needs.packages());
        let _ = writeln!(list, "- [{}]({}/README.md)", exercise.title, exercise.name);
        let own = folder(exercise, tried, &needs)?;
        all.extend(own.into_iter().map(|(path, content)| (format!("{}/{path}", exercise.name), content)));
    }
    let install = if packages.is_empty() { "" } else { INSTALL };
    let readme = format!("# Exercises\n\n{list}\n{ROOT}{install}");
    all.push(("README.md".into(), readme.into_bytes()));
    all.push(("package.json".into(), package(Map::new(), None, &packages).into_bytes()));
    all.sort();
    Ok(all)
}

const ROOT: &str = "\
Each folder holds one of them: read its README.md, write your answer into its file, and run `node --test` there. You need
[Node.js](https://nodejs.org) 24 or later.
";

const INSTALL: &str = "
Some tests need packages: run `npm install` once, here.
";

/// Path below the exercise's folder, and content.
fn folder(exercise: &Exercise, tried: &VerifiedExercise, needs: &Needs) -> Result<Files> {
    let is_module = exercise.settings.module == Kind::Module;
    let answer = &exercise.settings.answer;
    let mut files = Files::new();
    let mut manifest = Map::new();
    for (path, file) in &exercise.files {
        match path.as_str() {
            "package.json" => manifest = serde_json::from_str(&file.text).unwrap_or_default(),
            _ => files.push((path.clone(), file.text.clone().into_bytes())),
        }
    }
    files.push((answer.clone(), exercise.starter.text.clone().into_bytes()));
    files.push((format!("solution/{answer}"), exercise.solution.text.clone().into_bytes()));
    files.push(("README.md".into(), readme(exercise, needs).into_bytes()));
    let kind = if is_module { "module" } else { "commonjs" };
    let kind = Some(kind).filter(|_| !exercise.has_package());
    files.push(("package.json".into(), package(manifest, kind, &needs.packages()).into_bytes()));
    match (&exercise.test, exercise.settings.check) {
        (Some(test), Check::Tests) if needs.is_empty() => {
            files.push(("test.js".into(), test.text.clone().into_bytes()));
        }
        (Some(test), Check::Tests) => {
            // What the tests import is looked up when the globals are there.
            let lines = match is_module {
                true => "import './globals.cjs';\n\nawait import('./tests.js');\n",
                false => "require('./globals.cjs');\nrequire('./tests.js');\n",
            };
            files.push(("test.js".into(), lines.as_bytes().to_vec()));
            files.push(("tests.js".into(), test.text.clone().into_bytes()));
            files.push(("globals.cjs".into(), needs.setup().into_bytes()));
        }
        _ => {
            let test = output_test(answer, &tried.yardstick.output, is_module);
            files.push(("test.js".into(), test.into_bytes()));
        }
    }
    files.sort();
    if let Some(pair) = files.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let path = &pair[0].0;
        match exercise.files.iter().any(|(own, _)| own == path) {
            true => bail!(
                "exercises/{}/files/{path} can't be exported: the export writes a `{path}` of its own; rename it",
                exercise.name
            ),
            false => bail!(
                "exercises/{}/exercise.toml: the export writes a `{path}` of its own; give `answer` another name",
                exercise.name
            ),
        }
    }
    Ok(files)
}

/// `manifest`: the author's own.
fn package(mut manifest: Map<String, Value>, kind: Option<&str>, packages: &BTreeMap<&str, &str>) -> String {
    manifest.entry("private").or_insert(json!(true));
    if let Some(kind) = kind {
        manifest.entry("type").or_insert(json!(kind));
    }
    manifest.insert("scripts".into(), json!({ "test": "node --test" }));
    if !packages.is_empty() {
        manifest.insert("devDependencies".into(), json!(packages));
    }
    serde_json::to_string_pretty(&Value::Object(manifest)).unwrap_or_default() + "\n"
}

/// The answer runs on its own, and what it prints is compared.
fn output_test(answer: &str, wanted: &str, is_module: bool) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let lines: String = wanted.split_inclusive('\n').map(|line| format!("  {},\n", quoted(line))).collect();
    let load = |names: &str, module: &str| match is_module {
        true => format!("import {names} from '{module}';\n"),
        false => format!("const {names} = require('{module}');\n"),
    };
    let head: String = [
        load("test", "node:test"),
        load("assert", "node:assert"),
        load("{ spawnSync }", "node:child_process"),
    ]
    .concat();
    let here = if is_module { "import.meta.dirname" } else { "__dirname" };
    format!(
        "{head}
const wanted = [
{lines}].join('');

test('prints what is asked for', () => {{
  const ran = spawnSync(process.execPath, [{}], {{ cwd: {here}, encoding: 'utf8' }});
  assert.strictEqual(ran.stdout, wanted);
  assert.strictEqual(ran.status, 0, ran.stderr);
}});
",
        quoted(answer)
    )
}

fn readme(exercise: &Exercise, needs: &Needs) -> String {
    let answer = &exercise.settings.answer;
    let text = |range: &std::ops::Range<usize>| shown(exercise, range.clone());
    let mut readme = format!("# {}\n\n{}\n\n", exercise.title, text(&exercise.prompt));
    if !needs.packages().is_empty() {
        readme += "Run `npm install` once: the tests need packages.\n\n";
    }
    let _ = write!(
        readme,
        "Write your answer into [{answer}]({answer}) and run `node --test` in this folder.\n\n"
    );
    let several = exercise.hints.len() > 1;
    for (at, hint) in exercise.hints.iter().enumerate() {
        let number = if several { format!(" {}", at + 1) } else { String::new() };
        readme += &folded(&format!("Hint{number}"), &text(hint));
    }
    let explanation = exercise.explanation.as_ref().map(text).unwrap_or_default();
    let link = format!("[solution/{answer}](solution/{answer}) passes every test.");
    readme += &folded("Solution", format!("{link}\n\n{explanation}").trim());
    readme.truncate(readme.trim_end().len());
    readme + "\n"
}

/// What is between the empty lines is markdown again.
fn folded(title: &str, text: &str) -> String {
    format!("<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>\n\n")
}

/// A part of the exercise's text, without the examples that no reader sees.
fn shown(exercise: &Exercise, part: std::ops::Range<usize>) -> String {
    let mut text = String::new();
    let mut done = part.start;
    let hidden = exercise.examples.iter().filter(|example| example.attributes.hidden);
    for range in hidden.map(|example| example.range.clone()) {
        if part.contains(&range.start) {
            text += exercise.text.text.get(done..range.start).unwrap_or_default();
            done = range.end;
        }
    }
    text += exercise.text.text.get(done..part.end).unwrap_or_default();
    text.trim().to_owned()
}
