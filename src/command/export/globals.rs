//! Tests in the manner of mocha, Jest and vitest: which of their globals a test uses, and the file that makes them of
//! node:test.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

/// What the tests of an exercise use that node:test does not give.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// `describe`, `it` and their like, or a package that brings them.
    tests: bool,
    expect: bool,
    spies: bool,
    /// chai's `assert`, or chai itself.
    chai: bool,
}

const TESTS: &[&str] = &[
    "describe",
    "context",
    "test",
    "it",
    "specify",
    "xdescribe",
    "xcontext",
    "xit",
    "xtest",
    "xspecify",
    "fdescribe",
    "fit",
    "before",
    "beforeAll",
    "after",
    "afterAll",
    "beforeEach",
    "afterEach",
];

/// The versions that Galley itself judges with.
pub const PACKAGES: &[(&str, &str)] =
    &[("@vitest/expect", "^5.1.1"), ("@vitest/spy", "^5.1.1"), ("chai", "^6.3.0")];

/// Told by the names in a test's source that it does not declare itself.
pub fn needs(source: &str) -> Needs {
    // Comments and texts come first, so that no name is found in them.
    static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"//[^\n]*|/\*[\s\S]*?\*/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\.?[\w$]+"#,
        )
        .expect("a valid expression")
    });
    static PACKAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:\bfrom|\brequire\s*\(|\bimport)\s*['"](@jest/globals|vitest|chai)['"]"#)
            .expect("a valid expression")
    });
    let names: BTreeSet<&str> = TOKEN.find_iter(source).map(|found| found.as_str()).collect();
    let uses = |name: &str| names.contains(name) && !declares(source, name);
    let packages: BTreeSet<&str> =
        PACKAGE.captures_iter(source).filter_map(|found| found.get(1)).map(|name| name.as_str()).collect();
    let whole = packages.contains("vitest") || packages.contains("@jest/globals");
    Needs {
        tests: whole || TESTS.iter().any(|name| uses(name)),
        expect: whole || uses("expect"),
        spies: whole || uses("jest") || uses("vi"),
        chai: packages.contains("chai") || uses("assert"),
    }
}

fn declares(source: &str, name: &str) -> bool {
    let pattern = format!(
        r"\b(?:const|let|var|function|class|import)\s+(?:\*\s*as\s+)?(?:[\w$]+\s*,\s*)?(?:{name}\b|\{{[^}}]*\b{name}\b[^}}]*\}})"
    );
    Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(source))
}

impl Needs {
    pub fn is_empty(&self) -> bool {
        *self == Needs::default()
    }

    /// With their versions.
    pub fn packages(&self) -> BTreeMap<&'static str, &'static str> {
        let is_needed = |name: &str| match name {
            "@vitest/expect" => self.expect,
            "@vitest/spy" => self.spies,
            _ => self.chai,
        };
        PACKAGES.iter().copied().filter(|(name, _)| is_needed(name)).collect()
    }

    /// A CommonJS file that makes what is needed.
    pub fn setup(&self) -> String {
        let parts = [
            (true, include_str!("node/tests.cjs")),
            (self.expect, include_str!("node/expect.cjs")),
            (self.spies, include_str!("node/spies.cjs")),
            (self.chai, include_str!("node/chai.cjs")),
            (true, include_str!("node/packages.cjs")),
        ];
        let wanted: Vec<&str> =
            parts.into_iter().filter(|(wanted, _)| *wanted).map(|(_, part)| part).collect();
        wanted.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, wanted: &[&str]) {
        let Needs { tests, expect, spies, chai } = needs(source);
        let found: Vec<&str> = [(tests, "tests"), (expect, "expect"), (spies, "spies"), (chai, "chai")]
            .into_iter()
            .filter_map(|(is, name)| is.then_some(name))
            .collect();
        assert_eq!(found, wanted, "{source}");
    }

    #[test]
    fn what_a_test_declares_is_no_global() {
        check(
            "const test = require('node:test');\nconst assert = require('node:assert');\ntest('a', () => assert(1));",
            &[],
        );
        check(
            "import test, { describe } from 'node:test';\nimport assert from 'node:assert';\ndescribe('a', () => test('b', () => assert(1)));",
            &[],
        );
        check(
            "const { it, describe: suite } = require('node:test');\nit('expects a test', () => {}); // describe, expect",
            &[],
        );
        check(
            "const { test } = require('node:test'); test('a', (t) => t.assert.ok(/x/.test(`expect`)));",
            &[],
        );
        check("describe('a', () => { it('b', () => {}); });", &["tests"]);
        check("test('a', () => { expect(1).toBe(1); });", &["tests", "expect"]);
        check(
            "const { test } = require('node:test'); test('a', () => expect(jest.fn()).toBe(1));",
            &["expect", "spies"],
        );
        check("it('a', () => assert.equal(1, 1));", &["tests", "chai"]);
        check(
            "const { expect } = require('chai'); it('a', () => expect(1).to.equal(1));",
            &["tests", "chai"],
        );
        check(
            "import { test, expect } from 'vitest';\ntest('a', () => expect(1).toBe(1));",
            &["tests", "expect", "spies"],
        );
    }

    #[test]
    fn packages_are_named_only_where_they_are_used() {
        assert!(needs("it('a', () => {});").packages().is_empty());
        let packages = needs("it('a', () => expect(1).toBe(1));").packages();
        assert_eq!(packages.into_keys().collect::<Vec<_>>(), ["@vitest/expect"]);
    }
}
