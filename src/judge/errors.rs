//! Engines word one failure in different ways. This table says which wordings mean the same, so that a tutorial may
//! quote V8 while the example runs elsewhere. A message that the author's own `throw` made is in no row and is compared
//! to the letter.
//!
//! Source of the wordings: each engine's own output for the code in the row's comment.

use std::sync::OnceLock;

use regex::{Captures, Regex};

/// Each row: wordings of one failure, V8's of today first, then V8's of old, QuickJS's, SpiderMonkey's, JavaScriptCore's
/// where they differ. `{x}` and `{y}` stand for names and values, which must agree where both wordings tell them, blanks
/// aside; `{_}` for anything, `{*}` for anything or nothing.
const ROWS: &[&[&str]] = &[
    // T read of undefined: var u1; u1.name
    &[
        "Cannot read properties of undefined (reading '{x}')",
        "Cannot read property '{x}' of undefined",
        "cannot read property '{x}' of undefined",
        "{_} is undefined",
        "undefined is not an object (evaluating '{_}')",
    ],
    // T read of null: null.name
    &[
        "Cannot read properties of null (reading '{x}')",
        "Cannot read property '{x}' of null",
        "cannot read property '{x}' of null",
        "null has no properties",
        "null is not an object (evaluating '{_}')",
    ],
    // T set on undefined: var u1; u1.name = 1
    &[
        "Cannot set properties of undefined (setting '{x}')",
        "Cannot set property '{x}' of undefined",
        "cannot set property '{x}' of undefined",
        "{_} is undefined",
        "undefined is not an object (evaluating '{_} = {_}')",
    ],
    // Ref undeclared: foo1
    &["{x} is not defined", "Can't find variable: {x}"],
    // Ref TDZ: { x1; let x1 = 1 }
    &[
        "Cannot access '{x}' before initialization",
        "{x} is not initialized",
        "can't access lexical declaration '{x}' before initialization",
        "Cannot access uninitialized variable.",
    ],
    // T const assign: const c1 = 1; c1 = 2
    &[
        "Assignment to constant variable.",
        "'{x}' is read-only",
        "invalid assignment to const '{x}'",
        "Attempted to assign to readonly property.",
    ],
    // T frozen write (strict): var o2 = Object.freeze({a:1}); o2.a = 2
    &[
        "Cannot assign to read only property '{x}' of object '{_}'",
        "'{x}' is read-only",
        r#""{x}" is read-only"#,
        "Attempted to assign to readonly property.",
    ],
    // T getter only (strict): var o3 = { get a(){return 1} }; o3.a = 2
    &[
        "Cannot set property {x} of {_} which has only a getter",
        "no setter for property",
        r#"setting getter-only property "{x}""#,
        "Attempted to assign to readonly property.",
    ],
    // T add to non-extensible (strict): var o4 = Object.freeze({}); o4.a = 2
    &[
        "Cannot add property {x}, object is not extensible",
        "object is not extensible",
        r#"can't define property "{x}": Object is not extensible"#,
        "Attempting to define property on object that is not extensible.",
    ],
    // T delete frozen (strict): var o5 = Object.freeze({a:1}); delete o5.a
    &[
        "Cannot delete property '{x}' of {_}",
        "could not delete property",
        r#"property "{x}" is non-configurable and can't be deleted"#,
        "Unable to delete property.",
    ],
    // T call non-function var: var n1 = 1; n1()
    &["{x} is not a function", "not a function", "{x} is not a function. (In '{x}()', '{x}' is {_})"],
    // T new non-constructor: var n2 = 1; new n2()
    &["{x} is not a constructor", "not a function", "{_} is not a constructor (evaluating 'new {_}')"],
    // T class without new: class A1 {} A1()
    &[
        "Class constructor {x} cannot be invoked without 'new'",
        "class constructors must be invoked with 'new'",
        "Cannot call a class constructor without |new|",
    ],
    // Ref this before super: class B1 {} class C1 extends B1 { constructor(){ this.x = 1 } } new C1()
    &[
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        "this is not initialized",
        "must call super constructor before using 'this' in derived class constructor",
        "'super()' must be called in derived constructor before accessing |this| or returning non-object.",
    ],
    // Ref super twice: class B2 {} class C2 extends B2 { constructor(){ super(); super() } } new C2()
    &[
        "Super constructor may only be called once",
        "'this' can be initialized only once",
        "super() called twice in derived class constructor",
        "'super()' can't be called more than once in a constructor.",
    ],
    // T extends non-constructor: class D1 extends 5 {}
    &[
        "Class extends value {_} is not a constructor or null",
        "parent class must be constructor",
        "class heritage {_} is not an object or null",
        "The superclass is not a constructor.",
    ],
    // T private brand: class E1 { #p = 1; static g(o){ return o.#p } } E1.g({})
    &[
        "Cannot read private member {x} from an object whose class did not declare it",
        "private class field '{x}' does not exist",
        "can't access private field or method: object is not the right class",
        "Cannot access invalid private field (evaluating '{_}')",
    ],
    // T not iterable: number spread: [...5]
    &[
        "{x} is not iterable",
        "{_} is not iterable (cannot read property Symbol(Symbol.iterator))",
        "value is not iterable",
        "Spread syntax requires ...iterable[Symbol.iterator] to be a function",
    ],
    // T not iterable: undefined: var u2; [...u2]
    &[
        "{x} is not iterable",
        "{_} is not iterable (cannot read property Symbol(Symbol.iterator))",
        "cannot read property 'Symbol.iterator' of undefined",
        "{_} is undefined",
        "Spread syntax requires ...iterable not be null or undefined",
    ],
    // T object destructure undefined: var u3; var {k2} = u3
    &[
        "Cannot destructure property '{x}' of '{_}' as it is {_}.",
        "Cannot convert undefined or null to object",
        "{_} is undefined",
        "Right side of assignment cannot be destructured",
    ],
    // T BigInt mix: 1n + 1
    &[
        "Cannot mix BigInt and other types, use explicit conversions",
        "cannot convert BigInt to number",
        "can't convert BigInt to number",
        "Invalid mix of BigInt and other type in addition.",
    ],
    // Ra BigInt from fraction: BigInt(1.5)
    &[
        "The number {x} cannot be converted to a BigInt because it is not an integer",
        "cannot convert to BigInt: not an integer",
        "{x} can't be converted to BigInt because it isn't an integer",
        "Not an integer",
    ],
    // Ra BigInt division by zero: 1n / 0n
    &["Division by zero", "BigInt division by zero", "0 is an invalid divisor value."],
    // S BigInt from text: BigInt("x")
    &[
        "Cannot convert {_} to a BigInt",
        "invalid BigInt literal",
        "invalid BigInt syntax",
        "Failed to parse String to BigInt",
    ],
    // T symbol to string: "" + Symbol("s")
    &[
        "Cannot convert a Symbol value to a string",
        "cannot convert symbol to string",
        "can't convert symbol to string",
        "Cannot convert a symbol to a string",
    ],
    // T symbol to number: +Symbol("s")
    &[
        "Cannot convert a Symbol value to a number",
        "cannot convert symbol to number",
        "can't convert symbol to number",
        "Cannot convert a symbol to a number",
    ],
    // T object to primitive: "" + Object.create(null)
    &[
        "Cannot convert object to primitive value",
        "toPrimitive",
        "can't convert {_} to primitive type",
        "No default value",
    ],
    // T in on primitive: "a" in "abc"
    &[
        "Cannot use 'in' operator to search for '{x}' in {_}",
        "invalid 'in' operand",
        r#"cannot use 'in' operator to search for "{x}" in "{_}""#,
        "{_} is not an Object. (evaluating '{_}')",
    ],
    // T instanceof non-callable: ({}) instanceof 5
    &[
        "Right-hand side of 'instanceof' is not {_}",
        "invalid 'instanceof' right operand",
        "invalid 'instanceof' operand {_}",
        "Right hand side of instanceof is not {_}",
    ],
    // Ra invalid array length: new Array(-1)
    &[
        "Invalid array length",
        "invalid array length",
        "Array length must be a positive integer of safe magnitude.",
    ],
    // Ra toFixed: (1).toFixed(101)
    &[
        "toFixed() digits argument must be between 0 and 100",
        "invalid number of digits",
        "precision {_} out of range",
        "toFixed() argument must be between 0 and 100",
    ],
    // Ra toString radix: (1).toString(99)
    &[
        "toString() radix argument must be between 2 and 36",
        "radix must be an integer at least 2 and no greater than 36",
    ],
    // Ra repeat -1: "a".repeat(-1)
    &[
        "Invalid count value: {_}",
        "Invalid count value",
        "invalid repeat count",
        "repeat count must be non-negative",
        "String.prototype.repeat argument must be greater than or equal to 0 and not be Infinity",
    ],
    // T reduce empty: [].reduce(function(a,b){return a})
    &[
        "Reduce of empty array with no initial value",
        "empty array",
        "reduce of empty array with no initial value",
    ],
    // Ra call stack: (function r(){ r() })()
    &["Maximum call stack size exceeded", "too much recursion", "Maximum call stack size exceeded."],
    // T circular JSON: var o10 = {}; o10.self = o10; JSON.stringify(o10)
    &[
        "Converting circular structure to JSON{_}",
        "circular reference",
        "cyclic object value",
        "JSON.stringify cannot serialize cyclic structures.",
    ],
    // T JSON BigInt: JSON.stringify(1n)
    &[
        "Do not know how to serialize a BigInt",
        "BigInt are forbidden in JSON.stringify",
        "BigInt value can't be serialized in JSON",
        "JSON.stringify cannot serialize BigInt.",
    ],
    // S JSON.parse bad char: JSON.parse("{bad}")
    &[
        "Expected property name or '}' in JSON at position {_} (line {_} column {_})",
        "Unexpected token {_} in JSON at position {_}",
        "JSON.parse: expected property name or '}' at line {_} column {_} of the JSON data",
        "JSON Parse error: Expected '}'",
    ],
    // S JSON.parse empty: JSON.parse("")
    &[
        "Unexpected end of JSON input",
        "JSON.parse: unexpected end of data at line {_} column {_} of the JSON data",
        "JSON Parse error: Unexpected EOF",
    ],
    // S JSON.parse undefined: JSON.parse(undefined)
    &[
        r#""{_}" is not valid JSON"#,
        "Unexpected token {_} in JSON at position {_}",
        "unexpected token: '{_}'",
        "JSON.parse: unexpected character at line {_} column {_} of the JSON data",
        r#"JSON Parse error: Unexpected identifier "{_}""#,
    ],
    // Ra invalid date: new Date(NaN).toISOString()
    &["Invalid time value", "Date value is NaN", "invalid date", "Invalid Date"],
    // URI URI malformed: decodeURIComponent("%")
    &["URI malformed", "expecting hex digit", "malformed URI sequence", "URI error"],
    // S invalid regexp: new RegExp("[")
    &[
        "Invalid regular expression: /{_}/: Unterminated character class",
        "unexpected end",
        "unterminated character class",
        "Invalid regular expression: missing terminating ] for character class",
    ],
    // S invalid regexp flags: new RegExp("a","zz")
    &[
        "Invalid flags supplied to RegExp constructor '{_}'",
        "invalid regular expression flags",
        "invalid regular expression flag {_}",
        "Invalid flags supplied to RegExp constructor.",
    ],
    // T Promise without new: Promise(function(){})
    &[
        "Promise constructor cannot be invoked without 'new'",
        "{_} is not a promise",
        "must be called with new",
        "calling a builtin Promise constructor without new is forbidden",
        "Cannot call a constructor without |new|",
    ],
    // T Promise resolver: new Promise()
    &[
        "Promise resolver {x} is not a function",
        "not a function",
        "{x} is not a function",
        "Promise constructor takes a function argument",
    ],
    // T Map without new: Map()
    &[
        "Constructor {x} requires 'new'",
        "must be called with new",
        "calling a builtin {x} constructor without new is forbidden",
        "calling {x} constructor without new is invalid",
    ],
    // T WeakMap key: new WeakMap().set(1,1)
    &[
        "Invalid value used as weak map key",
        "invalid value used as WeakMap key",
        "WeakMap key must be an object, got {_}",
        "WeakMap keys must be objects or non-registered symbols",
    ],
    // T Proxy revoked: var rv = Proxy.revocable({}, {}); rv.revoke(); rv.proxy.a
    &[
        "Cannot perform '{_}' on a proxy that has been revoked",
        "revoked proxy",
        "illegal operation attempted on a revoked proxy",
        "Proxy has already been revoked. No more operations are allowed to be performed on it",
    ],
    // T defineProperty non-configurable: var o11 = {}; Object.defineProperty(o11,"a",{value:1}); Object.defineProperty(o11,"a",{val
    &[
        "Cannot redefine property: {x}",
        "property is not configurable",
        r#"can't redefine non-configurable property "{x}""#,
        "Attempting to change value of a readonly property.",
    ],
    // T defineProperty on primitive: Object.defineProperty(1,"a",{})
    &[
        "Object.defineProperty called on non-object",
        "not an object",
        "{_} is not a non-null object",
        "Properties can only be defined on Objects.",
    ],
    // T setPrototypeOf cycle: var o12 = {}; var o13 = Object.create(o12); Object.setPrototypeOf(o12,o13)
    &[
        "Cyclic __proto__ value",
        "circular prototype chain",
        "can't set prototype: it would cause a prototype chain cycle",
        "cyclic __proto__ value",
    ],
    // T Object.create bad proto: Object.create(1)
    &[
        "Object prototype may only be an Object or null: {_}",
        "object prototype may only be an Object or null",
        "{_} is not an object or null",
        "Object prototype may only be an Object or null.",
    ],
    // T Reflect.ownKeys primitive: Reflect.ownKeys(1)
    &[
        "Reflect.ownKeys called on non-object",
        "not an object",
        "`target` argument of Reflect.ownKeys must be an object, got the {_}",
        "Reflect.ownKeys requires the first argument be an object",
    ],
    // T callback not a function: [1].map(5)
    &[
        "{x} is not a function",
        "number {x} is not a function",
        "not a function",
        "Array.prototype.{_} callback must be a function",
    ],
    // T generator running: function* g1(){ it1.next() } var it1 = g1(); it1.next()
    &[
        "Generator is already running",
        "cannot invoke a running generator",
        "already executing generator",
        "Generator is executing",
    ],
    // T method on incompatible receiver: Map.prototype.get.call({}, 1)
    &[
        "Method {_} called on incompatible receiver {_}",
        "{_} object expected",
        "{_} method called on incompatible {_}",
        "{_} operation called on non-{_} object",
    ],
    // T arguments.callee (strict): (function(){ return arguments.callee })()
    &[
        "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them",
        "invalid property access",
        "'arguments', 'callee', and 'caller' cannot be accessed in this context.",
    ],
    // S let redeclared: let d1; let d1
    &[
        "Identifier '{x}' has already been declared",
        "invalid redefinition of lexical identifier",
        "redeclaration of {_} {x}",
        "Cannot declare a {_} variable twice: '{x}'.",
    ],
    // S const without init: const d3
    &[
        "Missing initializer in const declaration",
        "missing initializer for variable",
        "missing = in const declaration",
        "Unexpected end of script",
    ],
    // S unexpected token: var a = ;
    &["Unexpected token '{x}'", "unexpected token in expression: '{x}'", "expected expression, got '{x}'"],
    // S unexpected end: function f( {
    &[
        "Unexpected end of input",
        "invalid property name",
        "expected property name, got end of script",
        "Unexpected end of script",
    ],
    // S missing paren: f(1
    &["missing ) after argument list", "Unexpected end of input", "Unexpected end of script"],
    // S unexpected identifier: var a b
    &[
        "Unexpected identifier '{x}'",
        "Unexpected identifier",
        "expecting ';'",
        "unexpected token: identifier",
        "Unexpected identifier '{x}'. Expected ';' after variable declaration.",
    ],
    // S bad string: "abc
    &[
        "Invalid or unexpected token",
        "unexpected end of string",
        r#""" literal not terminated before end of script"#,
        "Unexpected EOF",
    ],
    // S bad number: 1.2n
    &[
        "Invalid or unexpected token",
        "invalid number literal",
        "identifier starts immediately after numeric literal",
        "No identifiers allowed directly after numeric literal",
    ],
    // S await outside async: function f8(){ await x }
    &[
        "await is only valid in async functions and the top level bodies of modules",
        "await is only valid in async function",
        "expecting ';'",
        "await is only valid in async functions, async generators and modules",
        "Unexpected identifier 'x'",
    ],
    // S return top level: return 1
    &[
        "Illegal return statement",
        "return not in a function",
        "return not in function",
        "Return statements are only valid inside functions.",
    ],
    // S break outside loop: break
    &[
        "Illegal break statement",
        "break must be inside loop or switch",
        "unlabeled break must be inside loop or switch",
        "'break' is only valid inside a switch or loop statement.",
    ],
    // S import in script: import a from "b"
    &[
        "Cannot use import statement outside a module",
        "Unexpected identifier '{_}'",
        "import declarations may only appear at top level of a module",
        "Unexpected identifier '{_}'. import call expects one or two arguments.",
    ],
    // S export in script: export const a = 1
    &[
        "Unexpected token 'export'",
        "unsupported keyword: export",
        "export declarations may only appear at top level of a module",
        "Unexpected keyword 'export'",
    ],
    // S import.meta in script: import.meta
    &[
        "Cannot use 'import.meta' outside a module",
        "import.meta only valid in module code",
        "import.meta may only appear in a module",
        "import.meta is only valid inside modules.",
    ],
    // S delete name (strict): var dd; delete dd
    &[
        "Delete of an unqualified identifier in strict mode.",
        "cannot delete a direct reference in strict mode",
        "applying the 'delete' operator to an unqualified name is deprecated",
        "Cannot delete unqualified property '{_}' in strict mode.",
    ],
    // S octal (strict): 010
    &[
        "Octal literals are not allowed in strict mode.",
        "Octal literals are not allowed in strict mode",
        r#""0"-prefixed octal literals are deprecated; use the "0o" prefix instead"#,
        "Decimal integer literals with a leading zero are forbidden in strict mode",
    ],
    // S with (strict): with({}){}
    &[
        "Strict mode code may not include a with statement",
        "invalid keyword: with",
        "strict mode code may not contain 'with' statements",
        "'with' statements are not valid in strict mode.",
    ],
    // S duplicate param (strict): function f7(a,a){}
    &[
        "Duplicate parameter name not allowed in this context",
        "duplicate formal argument {x}",
        "Cannot declare a parameter named '{x}' in strict mode as it has already been declared.",
    ],
    // S let let: let let = 1
    &[
        "let is disallowed as a lexically bound name",
        "'let' is not a valid lexical identifier",
        "a lexical declaration can't define a 'let' binding",
        "Unexpected keyword 'let'. Cannot use 'let' as an identifier name for a LexicalDeclaration.",
    ],
    // S invalid assignment: 1 = 2
    &[
        "Invalid left-hand side in assignment",
        "invalid assignment left-hand side",
        "Left side of assignment is not a reference.",
    ],
    // S private undeclared: class F1 { m(){ this.#z } }
    &[
        "Private field '{x}' must be declared in an enclosing class",
        "undefined private field '{x}'",
        "reference to undeclared private field or method {x}",
        r#"Cannot reference undeclared private names: "{x}""#,
    ],
    // S super outside: function f6(){ super.x }
    &[
        "'super' keyword unexpected here",
        "'super' is only valid in a method",
        "use of super property accesses only valid within methods or eval code within methods",
        "super is not valid in this context.",
    ],
    // S super call: class F2 { constructor(){ super() } }
    &[
        "'super' keyword unexpected here",
        "super() is only valid in a derived class constructor",
        "super() is only valid in derived class constructors",
        "super is not valid in this context.",
    ],
    // S new.target outside: new.target
    &[
        "new.target expression is not allowed here",
        "new.target only allowed within functions",
        "new.target is only valid inside functions or static blocks.",
    ],
    // S rest not last: function f5(...a, b){}
    &[
        "Rest parameter must be last formal parameter",
        "Unexpected token ','",
        "parameter after rest parameter",
        "Unexpected token ','. Rest parameter should be the last parameter in a function declaration.",
    ],
    // S ?? mixed with ||: a || b ?? c
    &[
        "Unexpected token '??'",
        "cannot mix ?? with && or ||",
        "cannot use `??` unparenthesized within `||` and `&&` expressions",
        "Unexpected token '??'. Coalescing and logical operators used together in the same expression; parentheses must be used to disambiguate.",
    ],
    // S -x ** 2: -1 ** 2
    &[
        "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence",
        "unparenthesized unary expression can't appear on the left-hand side of '**'",
        "Unexpected token '**'. Ambiguous unary expression in the left hand side of the exponentiation expression; parentheses must be used to disambiguate the expression.",
    ],
    // S unterminated template: (a backquote, never closed)
    &[
        "Unexpected end of input",
        "unexpected end of string",
        "`` literal not terminated before end of script",
        "Unexpected EOF",
    ],
    // S unterminated regex: /abc
    &[
        "Invalid regular expression: missing /",
        "unexpected end of regexp",
        "unterminated regular expression literal",
        "Unterminated regular expression literal '{_}'",
    ],
    // S unterminated comment: /* abc
    &[
        "Invalid or unexpected token",
        "unexpected end of comment",
        "unterminated comment",
        "Multiline comment was not closed properly",
    ],
    // S duplicate default: switch(1){default: default:}
    &[
        "More than one default clause in switch statement",
        "duplicate default",
        "more than one switch default",
        "Unexpected keyword 'default'. Expected '}' to end a body of a 'switch'.",
    ],
    // S label: continue foo
    &[
        "Undefined label '{x}'",
        "break/continue label not found",
        "continue must be inside loop",
        "Cannot use the undeclared label '{x}'.",
    ],
    // T data and accessor: Object.defineProperty({}, 'a', { get() {}, value: 1 })
    &["Invalid property descriptor. Cannot both specify accessors and a value or writable attribute{*}"],
    // node:assert, of today and of old: assert.deepStrictEqual([1], [2])
    &["Expected values to be strictly deep-equal:{*}", "Expected inputs to be strictly deep-equal:"],
    // assert.strictEqual(1, 2)
    &["Expected values to be strictly equal:{*}", "Expected inputs to be strictly equal:"],
    // assert.deepStrictEqual({ [Symbol()]: 1 }, { [Symbol()]: 1 })
    &[
        "Values have same structure but are not reference-equal:{*}",
        "Inputs identical but not reference equal:",
    ],
    // assert.deepEqual({ a: 1 }, { a: 2 })
    &["Expected values to be loosely deep-equal: {x} should loosely deep-equal {y}", "{x} deepEqual {y}"],
    // assert.notDeepEqual({ a: 1 }, { a: 1 })
    &[r#"Expected "actual" not to be loosely deep-equal to: {x}"#, "{x} notDeepEqual {y}"],
    // assert.ok(false)
    &["The expression evaluated to a falsy value:{*}", "false == true"],
];

/// It is one of the engines' wordings.
pub fn is_known(message: &str) -> bool {
    table().iter().flatten().any(|wording| wording.is_match(message))
}

/// The two messages are wordings of one failure.
pub fn same_failure(a: &str, b: &str) -> bool {
    a == b
        || table().iter().any(|row| {
            row.iter().enumerate().any(|(i, wording)| {
                let Some(in_a) = wording.captures(a) else { return false };
                // Two texts in one engine's words are the same text or none.
                let others = row.iter().enumerate().filter(|&(j, _)| j != i);
                others.filter_map(|(_, wording)| wording.captures(b)).any(|in_b| {
                    let text = |captures: &Captures<'_>, name: &str| {
                        let text = captures.name(name)?.as_str();
                        Some(text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
                    };
                    let agree = |name: &str, other: &str| match (text(&in_a, name), text(&in_b, other)) {
                        (Some(a), Some(b)) => a == b,
                        _ => true,
                    };
                    let one_has_y = in_a.name("y").is_some() != in_b.name("y").is_some();
                    // Where one wording tells a thing twice, it is the same both times.
                    agree("x", "x") && agree("y", "y") && (!one_has_y || agree("y", "x") && agree("x", "y"))
                })
            })
        })
}

fn table() -> &'static [Vec<Regex>] {
    static TABLE: OnceLock<Vec<Vec<Regex>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        ROWS.iter().map(|row| row.iter().filter_map(|text| wording(text)).collect()).collect()
    })
}

fn wording(text: &str) -> Option<Regex> {
    let escaped = regex::escape(text);
    // Only the first {x} is compared: a regular expression knows a name once.
    let pattern =
        escaped.replacen(r"\{x\}", "(?P<x>.+?)", 1).replace(r"\{x\}", ".+?").replace(r"\{y\}", "(?P<y>.+?)");
    let pattern = pattern.replace(r"\{_\}", ".+?").replace(r"\{\*\}", ".*?");
    Regex::new(&format!("(?s)^{pattern}$")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wordings that an engine has for several failures.
    const SHARED: &[&str] = &[
        "'super' keyword unexpected here",
        "'{x}' is read-only",
        "Attempted to assign to readonly property.",
        "Invalid or unexpected token",
        "Promise resolver {x} is not a function",
        "Unexpected EOF",
        "Unexpected end of input",
        "Unexpected end of script",
        "Unexpected identifier 'x'",
        "Unexpected identifier '{_}'",
        "Unexpected identifier '{x}'",
        "Unexpected token ','",
        "Unexpected token '??'",
        "Unexpected token 'export'",
        "Unexpected token {_} in JSON at position {_}",
        "calling a builtin Promise constructor without new is forbidden",
        "cannot read property 'Symbol.iterator' of undefined",
        "class heritage {_} is not an object or null",
        "expecting ';'",
        "must be called with new",
        "not a function",
        "not an object",
        "number {x} is not a function",
        "super is not valid in this context.",
        "this is not initialized",
        "undefined is not an object (evaluating '{_} = {_}')",
        "unexpected end of string",
        "value is not iterable",
        "{_} is not iterable (cannot read property Symbol(Symbol.iterator))",
        "{_} is undefined",
        "{x} is not a function",
        "{x} is not iterable",
    ];

    #[test]
    fn every_wording_is_a_valid_pattern() {
        assert_eq!(
            table().iter().map(Vec::len).sum::<usize>(),
            ROWS.iter().map(|row| row.len()).sum::<usize>()
        );
    }

    fn filled(wording: &str) -> String {
        // The one wording with both of them and another without is one where they are the same.
        let y = if wording.contains("notDeepEqual") { "zebra" } else { "okapi" };
        wording.replace("{x}", "zebra").replace("{y}", y).replace("{_}", "quagga").replace("{*}", " ")
    }

    #[test]
    fn each_wording_means_what_the_others_of_its_row_mean() {
        assert!(ROWS.len() >= 60);
        for row in ROWS {
            for a in *row {
                for b in *row {
                    assert!(same_failure(&filled(a), &filled(b)), "{a} / {b}");
                }
            }
        }
    }

    #[test]
    fn no_wording_is_of_two_rows_unless_an_engine_says_the_same_of_both() {
        let mut shared = std::collections::BTreeSet::new();
        for (index, row) in ROWS.iter().enumerate() {
            for wording in *row {
                let text = filled(wording);
                let rows = table()
                    .iter()
                    .enumerate()
                    .filter(|(_, row)| row.iter().any(|other| other.is_match(&text)));
                if rows.map(|(other, _)| other).any(|other| other != index) {
                    shared.insert(*wording);
                }
            }
        }
        let listed: std::collections::BTreeSet<&str> = SHARED.iter().copied().collect();
        assert_eq!(shared, listed);
    }

    #[test]
    fn wordings_of_one_failure_agree_with_their_names() {
        let v8 = "Cannot read properties of undefined (reading 'genre')";
        assert!(same_failure(v8, "cannot read property 'genre' of undefined"));
        assert!(!same_failure(v8, "cannot read property 'title' of undefined"));
        assert!(!same_failure(v8, "cannot read property 'genre' of null"));
        assert!(same_failure("Assignment to constant variable.", "'c' is read-only"));
        assert!(!same_failure("song is missing", "song is lost"));
    }
}
