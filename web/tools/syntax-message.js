// acorn's words for a syntax error, put into V8's where the source at the place tells what V8 would say.

/** @type {[RegExp, string][]} */
const SAME_MEANING = [
  [/^Unterminated (string constant|comment)|^Unexpected character|^Identifier directly after number|^Invalid number|^Expected number|^Expecting Unicode/, "Invalid or unexpected token"],
  [/^Unterminated template/, "Unterminated template literal"],
  [/^Unterminated regular expression/, "Invalid regular expression: missing /"],
  [/^Assigning to rvalue|^Optional chaining cannot appear in left-hand side|^Binding rvalue/, "Invalid left-hand side in assignment"],
  [/^'return' outside of function/, "Illegal return statement"],
  [/^'import' and 'export' may appear only with 'sourceType: module'|^'import' and 'export' may only appear at the top level/, "Cannot use import statement outside a module"],
  [/^Cannot use 'import.meta' outside a module/, "Cannot use 'import.meta' outside a module"],
  [/^(Complex binding patterns|Missing initializer)/, "Missing initializer in destructuring declaration"],
  [/^Deleting local variable in strict mode/, "Delete of an unqualified identifier in strict mode."],
  [/^Octal literal in strict mode|^Invalid octal/, "Octal literals are not allowed in strict mode."],
  [/^'with' in strict mode/, "Strict mode code may not include a with statement"],
  [/^Argument name clash/, "Duplicate parameter name not allowed in this context"],
  [/^let is disallowed as a lexically bound name/, "let is disallowed as a lexically bound name"],
  [/^Private field '(#.*)' must be declared in an enclosing class/, "Private field '$1' must be declared in an enclosing class"],
  [/^'?super'? keyword (unexpected here|outside)|^'super' outside/, "'super' keyword unexpected here"],
  [/^'new\.target' can only be used/, "new.target expression is not allowed here"],
  [/^Unexpected keyword '(.*)'/, "Unexpected token '$1'"],
  [/^Duplicate export '(.*)'/, "Duplicate export of '$1'"],
  [/^Export '(.*)' is not defined/, "Export '$1' is not defined in module"],
  [/^Comma is not permitted after the rest element/, "Rest parameter must be last formal parameter"],
  [/^Multiple default clauses/, "More than one default clause in switch statement"],
  [/^Cannot use keyword 'await' outside an async function|^Await expression cannot be a default value/, "await is only valid in async functions and the top level bodies of modules"],
  [/^Logical expressions and coalesce expressions cannot be mixed/, "Unexpected token '??'"],
];

/**
 * @param {string} acornMessage
 * @param {string} source
 * @param {number} offset
 */
export function v8Message(acornMessage, source, offset) {
  const message = acornMessage.replace(/ \(\d+:\d+\)$/, "");
  const rest = source.slice(offset);
  if (message === "Unsyntactic break") return unsyntacticJump(rest);
  if (message === "Unexpected token") return unexpected(source, rest, offset);
  if (message.startsWith("'import' and 'export'") && rest.startsWith("export")) return "Unexpected token 'export'";
  for (const [words, v8] of SAME_MEANING) {
    const match = words.exec(message);
    if (match) return v8.replace("$1", match[1]);
  }
  return message;
}

/** @param {string} rest */
function unsyntacticJump(rest) {
  const [, word, label] = /^(break|continue)[ \t]*([\p{ID_Start}$_][\p{ID_Continue}$]*)?/u.exec(rest) ?? [];
  if (label) return `Undefined label '${label}'`;
  return word === "continue" ? "Illegal continue statement: no surrounding iteration statement" : "Illegal break statement";
}

/** @param {string} source @param {string} rest @param {number} offset */
function unexpected(source, rest, offset) {
  const before = source.slice(0, offset);
  if (/\bconst\s+[\p{ID_Start}$_][\p{ID_Continue}$]*\s*$/u.test(before) && /^([;,]|$)/.test(rest)) return "Missing initializer in const declaration";
  if (/^\s*$/.test(rest)) return "Unexpected end of input";
  if (rest.startsWith("(") && /(^|[;{}\n])\s*(async\s+)?function\s*\*?\s*$/.test(before)) return "Function statements require a function name";
  const word = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(rest)?.[0];
  if (word !== undefined) return KEYWORDS.has(word) ? `Unexpected token '${word}'` : `Unexpected identifier '${word}'`;
  if (/^["']/.test(rest)) return "Unexpected string";
  if (/^\d/.test(rest)) return "Unexpected number";
  if (/^`/.test(rest)) return "Unexpected template string";
  const token = /^(?:\.\.\.|=>|[=!]==?|>>>=?|<<=?|>>=?|\*\*=?|&&=?|\|\|=?|\?\?=?|\?\.|\+\+|--|[-+*/%&|^<>]=?|.)/su.exec(rest)?.[0];
  return `Unexpected token '${token}'`;
}

const KEYWORDS = new Set(
  ("break case catch class const continue debugger default delete do else enum export extends false finally for function if " +
    "import in instanceof new null return super switch this throw true try typeof var void while with").split(" "),
);
