// V8's words for errors whose own text, in QuickJS, does not tell what V8's does: the source at the failing place does.
// Reads text only and runs nothing. What the text does not tell is left out or guessed as the commonest case: objects
// are '#<Object>', what could not be taken apart was undefined.

/** @import { Node } from "./call-text.js" */
/** @import { StaticValue } from "./static-value.js" */

import { bare, callText } from "./call-text.js";
import { byLikelihood, nodesOf, placeOf, readTree } from "./failing-node.js";
import { createStaticValues } from "./static-value.js";
import { readSyntax } from "./syntax.js";

/**
 * @typedef {object} Failure
 * @property {string} message QuickJS's
 * @property {string} source the text that was compiled
 * @property {number} line of the innermost frame in it
 * @property {number} column QuickJS's, in bytes from 1; 0 or less: in front of the text
 * @property {string} functionText of that frame's function
 * @property {string | null} native the built-in function that made the error, when one did
 */

/** @typedef {{ failure: Failure, place: import("./failing-node.js").Place, valueOf: (node: Node) => StaticValue | null, match: RegExpExecArray }} Case */

/** @type {[RegExp, (given: Case) => string | null][]} */
const WORDS = [
  [/^not a (?:function|constructor)$/, notCallable],
  [/^value is not iterable$/, notIterable],
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, notIterable],
  [/^cannot (read|set) property '(.*)' of (undefined|null)$/s, symbolOfNothing],
  [/^Cannot convert undefined or null to object$/, notDestructurable],
  [/^'(.*)' is read-only$/s, readOnly],
  [/^no setter for property$/, (given) => inWrite(given, (name, object) => `Cannot set property ${name} of ${object} which has only a getter`)],
  [/^object is not extensible$/, (given) => inWrite(given, (name) => `Cannot add property ${name}, object is not extensible`)],
  [/^could not delete property$/, notDeletable],
  [/^not an object$/, notAnObject],
  [/^invalid 'in' operand$/, invalidIn],
  [/^invalid 'instanceof' right operand$/, invalidInstanceof],
  [/^parent class must be constructor$/, badParent],
  [/^private class field '(#.*)' does not exist$/, privateMissing],
  [/^invalid brand on object$/, brandMissing],
  [/^cannot convert BigInt to number$/, ({ failure }) => (failure.native === null ? "Cannot mix BigInt and other types, use explicit conversions" : "Cannot convert a BigInt value to a number")],
  [/^must be called with new$/, ({ failure: { native } }) => (native === "Promise" ? "Promise constructor cannot be invoked without 'new'" : `Constructor ${native} requires 'new'`)],
  [/^revoked proxy$/, revoked],
  [/^proxy: cannot set property$/, (given) => inWrite(given, (name) => `'set' on proxy: trap returned falsish for property '${name}'`)],
  [/^proxy: defineProperty exception$/, (given) => withArgument(given, "'defineProperty' on proxy: trap returned falsish for property '", "'", 1)],
  [/^invalid array index$/, badLength],
  [/^([GS])etter must be a function$/, badAccessor],
  [/^cannot convert to BigInt$/, (given) => withArgument(given, "Cannot convert ", " to a BigInt")],
  [/^invalid code point$/, (given) => withArgument(given, "Invalid code point ")],
  [/^invalid repeat count$/, (given) => withArgument(given, "Invalid count value: ")],
  [/^cannot convert to BigInt: not an integer$/, (given) => withArgument(given, "The number ", " cannot be converted to a BigInt because it is not an integer")],
  [/^invalid BigInt literal$/, (given) => withArgument(given, "Cannot convert ", " to a BigInt")],
  [/^property is not configurable$/, (given) => withArgument(given, "Cannot redefine property: ", "", 1)],
  [/^object prototype may only be an Object or null$/i, (given) => withArgument(given, "Object prototype may only be an Object or null: ")],
];

/** For what the engine read while the program ran. @type {typeof WORDS} */
const TEXTS = [[/^/, badText]];

/** What the text that was given to `new RegExp`, `eval` or `new Function` has wrong, where the source shows it. @param {Case} given */
function badText(given) {
  const { native, message } = given.failure;
  const call = nativeCall(given);
  if (!call) return null;
  if (native !== "RegExp") {
    const text = argumentOf(given, call, native === "Function" ? call.arguments.length - 1 : 0)?.text;
    return text === undefined ? null : (readSyntax(native === "Function" ? `${text}\n` : text, "script").error?.message ?? null);
  }
  const [pattern, flags] = [argumentOf(given, call, 0)?.text, argumentOf(given, call, 1)?.text];
  if (message === "invalid regular expression flags") return flags === undefined ? null : `Invalid flags supplied to RegExp constructor '${flags}'`;
  const reason = pattern === undefined ? undefined : regexProblem(message, pattern);
  return reason === undefined ? null : `Invalid regular expression: /${pattern}/${flags === "undefined" ? "" : flags}: ${reason}`;
}

/** @param {string} message QuickJS's @param {string} pattern @returns {string | undefined} */
function regexProblem(message, pattern) {
  if (message === "syntax error") return /(?:^|[(|*+?}])\{\d+(?:,\d*)?\}/.test(pattern) ? "Nothing to repeat" : "Lone quantifier brackets";
  if (message === "unexpected end") return pattern.endsWith("\\") ? "\\ at end of pattern" : "Unterminated character class";
  return REGEX_PROBLEMS[message];
}

const REGEX_PROBLEMS = /** @type {Record<string, string>} */ ({
  "expecting ')'": "Unterminated group",
  "nothing to repeat": "Nothing to repeat",
  "duplicate group name": "Duplicate capture group name",
  "invalid repetition count": "numbers out of order in {} quantifier",
  "invalid class range": "Range out of order in character class",
  "extraneous characters at the end": "Unmatched ')'",
  "invalid group": "Invalid group",
  "invalid escape sequence in regular expression": "Invalid Unicode escape",
});

/** @type {{ source: string, tree: Node | null } | null} */
let last = null;

/**
 * @param {Failure} failure
 * @returns {string | null} null: nothing better than QuickJS's text
 */
export function v8Words(failure) {
  for (const [words, explain] of /^(RegExp|eval|Function)$/.test(failure.native ?? "") ? TEXTS : WORDS) {
    const match = words.exec(failure.message);
    if (match === null) continue;
    if (last?.source !== failure.source) last = { source: failure.source, tree: readTree(failure.source) };
    const { tree } = last;
    if (tree === null) return null;
    return explain({ failure, match, place: placeOf(tree, failure.source, failure), valueOf: createStaticValues(tree) });
  }
  return null;
}

/** @param {Case} given @param {(node: Node) => boolean} wanted @param {(node: Node) => Node} [operand] @returns {Node[]} */
const candidates = ({ place }, wanted, operand = (node) => node) => byLikelihood(nodesOf(place.scope, wanted), operand, place.offset);

/** @param {Node} node */
const isCall = ({ type }) => type === "CallExpression" || type === "NewExpression" || type === "TaggedTemplateExpression";
/** @param {Node} node */
const calleeOf = (node) => bare(node.callee ?? node.tag);
/** @param {Node} node */
const isRecorders = (node) => calleeOf(node).object?.name === "__galley";

/** The call that a built-in function made the error in. @param {Case} given @returns {Node | undefined} */
function nativeCall(given) {
  const calls = candidates(given, (node) => isCall(node) && !isRecorders(node), (node) => calleeOf(node));
  return calls.find((call) => calleeName(call) === given.failure.native) ?? calls[0];
}

/** @param {Node} call */
function calleeName(call) {
  const callee = calleeOf(call);
  return callee.name ?? callee.property?.name;
}

/** @param {Case} given */
function notCallable(given) {
  const { failure, valueOf } = given;
  if (failure.native !== null) return notCallback(given);
  const wantsNew = failure.message === "not a constructor";
  const calls = candidates(given, (node) => isCall(node) && !isRecorders(node) && (!wantsNew || node.type === "NewExpression"));
  // Of calls inside each other, one of a function that the text shows is not the one that failed.
  const call = calls.find((node) => wantsNew || valueOf(calleeOf(node))?.type !== "function") ?? calls[0];
  if (!call) return null;
  return `${callText(calleeOf(call))} is not a ${call.type === "NewExpression" ? "constructor" : "function"}`;
}

/** A built-in function was given something that it can't call. @param {Case} given */
function notCallback(given) {
  const call = nativeCall(given);
  if (!call) return null;
  if (given.failure.message === "not a constructor") return `${callText(calleeOf(call))} is not a constructor`;
  const argument = argumentOf(given, call, given.failure.native === "from" || given.failure.native === "groupBy" ? 1 : 0);
  if (argument === null) return null;
  if (given.failure.native === "Promise") return `Promise resolver ${argument.text} is not a function`;
  if (given.failure.native === "sort" || given.failure.native === "toSorted") return `The comparison function must be either a function or undefined: ${argument.text}`;
  return `${valueText(argument)} is not a function`;
}

/** @param {Case} given @param {Node} call @param {number} index @returns {StaticValue | null} */
function argumentOf({ valueOf }, call, index) {
  let args = call.arguments ?? [];
  // The recorder's form of a print: f(...__galley.args(1,[ARGUMENTS])).
  if (args[0]?.type === "SpreadElement" && args[0].argument.callee?.object?.name === "__galley") args = args[0].argument.arguments[1].elements;
  if (index >= args.length) return { type: "undefined", text: "undefined", node: call };
  return valueOf(args[index]);
}

/** As V8 describes a value that no expression names. @param {StaticValue} value */
function valueText({ type, text }) {
  if (type === "undefined") return "undefined";
  if (type === "object") return "object";
  if (type === "null") return "object null";
  if (type === "symbol") return text;
  return type === "string" ? `string "${text}"` : `${type} ${text}`;
}

const NO_SYMBOL = " is not iterable (cannot read property Symbol(Symbol.iterator))";

/** @param {Case} given */
function notIterable(given) {
  const { failure, match, valueOf } = given;
  /** Undefined or null, when QuickJS says so. */
  const empty = match[1];
  /** @param {Node | undefined} node */
  const unnamed = (node) => {
    if (empty) return `${empty === "null" ? "object null" : empty}${NO_SYMBOL}`;
    const value = node ? valueOf(node) : null;
    return `${value === null || value.type === "object" ? "object" : valueText(value)}${NO_SYMBOL}`;
  };
  if (failure.native !== null) {
    const call = nativeCall(given);
    return call ? unnamed(call.arguments[0]) : null;
  }
  const params = given.place.scope.params?.some((/** @type {Node} */ param) => param.type === "ArrayPattern") && given.place.offset <= given.place.scope.body.start;
  if (params) return unnamed(undefined);
  const node = candidates(given, isIterated, iterable).find((at) => !isArray(valueOf(iterable(at))) || at.type === "ForOfStatement" || nestedArray(at));
  if (!node) return null;
  const source = iterable(node);
  if (node.type === "MemberExpression" || (node.type === "ForOfStatement" && isComputing(source))) return unnamed(undefined);
  if (node.type === "ForOfStatement") return isPattern(node.left.declarations?.[0].id ?? node.left) && isArray(valueOf(source)) ? ".for is not iterable" : named(source);
  if (node.type === "ArrayExpression") return named(source);
  if (isCall(node)) {
    return empty ? `${callText(source)} is not iterable (cannot read property undefined)` : "Spread syntax requires ...iterable[Symbol.iterator] to be a function";
  }
  if (node.type !== "VariableDeclarator") return unnamed(source);
  if (isArray(valueOf(source))) {
    // The array itself is fine: one inside it is not.
    const index = node.id.elements.findIndex((/** @type {Node | null} */ item) => item?.type === "ArrayPattern");
    return unnamed(source.elements?.[index]);
  }
  if (source.type === "MemberExpression" || (empty && source.type === "CallExpression")) return unnamed(source);
  return named(source);
}

/** @param {Node} node */
const nestedArray = (node) => node.type === "VariableDeclarator" && node.id.elements?.some((/** @type {Node | null} */ item) => item?.type === "ArrayPattern");

/** An object that V8 has not at hand as a constant. @param {Node} node */
const isComputing = (node) => node.properties?.some((/** @type {Node} */ { computed, value }) => computed || value?.type === "Identifier");

/** @param {StaticValue | null} value */
const isArray = (value) => value?.text === "[object Array]";

/** @param {Node} node */
const named = (node) => (node.type === "CallExpression" ? `${callText(node.callee)} is not a function or its return value is not iterable` : `${callText(node)} is not iterable`);

/** @param {Node} node */
const isPattern = ({ type }) => type === "ArrayPattern" || type === "ObjectPattern";

/** Goes through something from beginning to end. @param {Node} node */
function isIterated(node) {
  if (node.type === "ForOfStatement" || (node.type === "YieldExpression" && node.delegate)) return true;
  if (node.type === "MemberExpression") return node.computed && callText(node.property) === "Symbol.iterator";
  if (node.type === "VariableDeclarator") return node.id.type === "ArrayPattern" && node.init !== null;
  if (node.type === "AssignmentExpression") return node.left.type === "ArrayPattern";
  return spread(node) !== undefined && !(isCall(node) && isRecorders(node)) && spread(node).argument.callee?.object?.name !== "__galley";
}

/** @param {Node} node @returns {Node | undefined} */
const spread = (node) => (node.type === "ArrayExpression" ? node.elements : isCall(node) ? node.arguments : undefined)?.find((/** @type {Node | null} */ item) => item?.type === "SpreadElement");

/** @param {Node} node @returns {Node} */
function iterable(node) {
  if (node.type === "ForOfStatement" || node.type === "AssignmentExpression") return bare(node.right);
  if (node.type === "VariableDeclarator") return bare(node.init);
  if (node.type === "YieldExpression") return bare(node.argument);
  const spreading = spread(node);
  return spreading ? bare(spreading.argument) : node;
}

/** The engine has told what was read by its text alone; where that is a symbol's description, V8 tells the symbol. @param {Case} given */
function symbolOfNothing(given) {
  const [, verb, key, empty] = given.match;
  const isRead = (/** @type {Node} */ { type, computed, property }) => {
    const value = type === "MemberExpression" && computed ? given.valueOf(property) : null;
    return value?.type === "symbol" && value.text === `Symbol(${key})`;
  };
  if (candidates(given, isRead).length === 0) return null;
  return `Cannot ${verb} properties of ${empty} (${verb === "set" ? "setting" : "reading"} 'Symbol(${key})')`;
}

/** @param {Case} given */
function badLength(given) {
  const { native } = given.failure;
  if (/^(Shared)?ArrayBuffer$/.test(native ?? "")) return "Invalid array buffer length";
  return /Array$/.test(native ?? "") ? withArgument(given, "Invalid typed array length: ") : null;
}

/** @param {Case} given */
function badAccessor(given) {
  const call = nativeCall(given);
  const descriptor = call && argumentOf(given, call, 2)?.node;
  const key = `${given.match[1].toLowerCase()}et`;
  const property = descriptor?.properties?.find((/** @type {Node} */ at) => at.key?.name === key);
  const value = property && given.valueOf(property.value);
  return value ? `${given.match[0]}: ${value.text}` : null;
}

/** @param {Case} given */
function notDestructurable(given) {
  if (given.failure.native !== null) return null;
  const { place, valueOf } = given;
  /** @type {{ pattern: Node, source: Node | null, start: number }[]} */
  const found = [];
  nodesOf(place.scope, (node) => {
    if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern" && node.init) found.push({ pattern: node.id, source: bare(node.init), start: node.start });
    if (node.type === "AssignmentExpression" && node.left.type === "ObjectPattern") found.push({ pattern: node.left, source: bare(node.right), start: node.start });
    if (node.type === "ForOfStatement") {
      const target = node.left.declarations?.[0].id ?? node.left;
      if (target.type === "ObjectPattern") found.push({ pattern: target, source: FOR, start: node.right.end });
    }
    return false;
  });
  for (const param of place.scope.params ?? []) {
    const pattern = param.type === "AssignmentPattern" ? param.left : param;
    if (pattern.type === "ObjectPattern") found.push({ pattern, source: param.type === "AssignmentPattern" ? THREE : null, start: param.start });
  }
  const behind = found.filter(({ pattern, start }) => start >= place.offset || pattern.end > place.offset).sort((a, b) => a.start - b.start);
  const hit = behind.find(({ pattern, source }) => source === null || !holds(valueOf(source)) || nested(pattern)) ?? behind[0];
  if (!hit) return null;
  const { pattern, source } = hit;
  const value = source && valueOf(source);
  const inner = nested(pattern);
  if (inner && (value === null || holds(value))) return `Cannot read properties of undefined (reading '${firstName(inner)}')`;
  const isNull = value?.type === "null" || (source === THREE && "null");
  const text = source === FOR ? ".for" : source === THREE ? "(intermediate value)".repeat(3) : source ? callText(source) : "undefined";
  const name = firstName(pattern);
  return `Cannot destructure ${name === null ? "" : `property '${name}' of `}'${text}' as it is ${isNull ? "null" : "undefined"}.`;
}

const FOR = { type: "ForTarget" };
/** A parameter's default applies to undefined, so what is left is null. */
const THREE = { type: "DefaultedParameter" };

/** @param {StaticValue | null} value */
const holds = (value) => value !== null && value.type !== "undefined" && value.type !== "null";

/** @param {Node} pattern @returns {Node | undefined} */
const nested = (pattern) => pattern.properties.map((/** @type {Node} */ { value }) => value).find((/** @type {Node | undefined} */ value) => value?.type === "ObjectPattern");

/** @param {Node} pattern @returns {string | null} */
function firstName({ properties: [first] }) {
  if (!first || first.type !== "Property" || (first.computed && first.key.type !== "Literal")) return null;
  return first.key.name ?? String(first.key.value);
}

/** @param {Case} given */
function readOnly(given) {
  const [, name] = given.match;
  if (name.startsWith("#")) return privateReadOnly(given, name);
  const writes = candidates(given, isWrite);
  const direct = writes.find((node) => target(node).name === name);
  const property = writes.find((node) => target(node).type === "MemberExpression" && [keyOf(given, target(node)), null].includes(name) || target(node).computed);
  if (direct && !(property && writes.indexOf(property) < writes.indexOf(direct))) {
    // Only these names are read-only properties of the global object.
    return /^(undefined|NaN|Infinity)$/.test(name) ? `Cannot assign to read only property '${name}' of object '#<Object>'` : "Assignment to constant variable.";
  }
  if (given.failure.native !== null) {
    const method = nativeCall(given);
    return `Cannot assign to read only property '${name}' of object '${method ? objectText(given, calleeOf(method).object, "[object Array]") : "[object Array]"}'`;
  }
  if (!property) return "Assignment to constant variable.";
  const { object } = target(property);
  const value = given.valueOf(object);
  if (value?.type === "string") return `Cannot assign to read only property '${name}' of string '${value.text}'`;
  if (value?.type === "function") return `Cannot assign to read only property '${name}' of function '${objectText(given, object)}'`;
  const fallback = /^\d+$|^length$/.test(name) ? "[object Array]" : "#<Object>";
  return `Cannot assign to read only property '${name}' of object '${objectText(given, object, fallback)}'`;
}

/** @param {Case} given @param {string} name */
function privateReadOnly({ place }, name) {
  const members = place.enclosing.filter(({ type }) => /^Class/.test(type)).flatMap(({ body }) => body.body.filter(isPrivateMethod(name)));
  if (members.some(({ kind }) => kind === "method")) return `Private method '${name}' is not writable`;
  return `'${name}' was defined without a ${members.some(({ kind }) => kind === "get") ? "setter" : "getter"}`;
}

/** @param {Node} node */
const isWrite = (node) =>
  node.type === "AssignmentExpression" || node.type === "UpdateExpression" || (/^For(In|Of)/.test(node.type) && node.left.type !== "VariableDeclaration");
/** @param {Node} node */
const target = (node) => bare(node.type === "UpdateExpression" ? node.argument : node.left);

/** The property's name, where the text tells it. @param {Case} given @param {Node} member @returns {string | null} */
function keyOf({ valueOf }, { property, computed }) {
  if (!computed) return property.name;
  return valueOf(property)?.text ?? null;
}

/** As V8 names an object in its messages. @param {Case} given @param {Node | undefined} node @param {string} [fallback] */
function objectText(given, node, fallback = "#<Object>") {
  if (!node) return fallback;
  const bared = bare(node);
  if (bared.type === "ThisExpression") {
    const around = given.place.enclosing.filter(({ type, id }) => /^Class/.test(type) && id).at(-1);
    return around ? `#<${around.id.name}>` : fallback;
  }
  const value = given.valueOf(bared);
  if (value?.type === "object") return value.text;
  if (value?.type === "function") return given.failure.source.slice(value.node.start, value.node.end);
  return fallback;
}

/** @param {Case} given @param {(name: string, object: string) => string} words */
function inWrite(given, words) {
  if (given.failure.native !== null) return inNativeWrite(given, words);
  const write = candidates(given, (node) => isWrite(node) && target(node).type === "MemberExpression")[0];
  if (!write) return null;
  const member = target(write);
  const key = keyOf(given, member);
  return key === null ? null : words(key, objectText(given, member.object));
}

/** What `push` or `unshift` adds to stands in the text only where the array does. @param {Case} given @param {(name: string, object: string) => string} words */
function inNativeWrite(given, words) {
  const call = nativeCall(given);
  const object = call && calleeOf(call).object;
  const value = object && given.valueOf(object);
  if (given.failure.native === "defineProperty") {
    const key = call && argumentOf(given, call, 1);
    return key ? `Cannot define property ${key.text}, object is not extensible` : null;
  }
  if (!/^(push|unshift)$/.test(given.failure.native ?? "") || value?.node.type !== "ArrayExpression") return null;
  return words(String(value.node.elements.length), value.text);
}

/** @param {Case} given */
function notDeletable(given) {
  if (given.failure.native !== null) {
    const call = nativeCall(given);
    const value = call && calleeOf(call).object && given.valueOf(calleeOf(call).object);
    const length = value?.node.elements?.length;
    if (!length) return null;
    return `Cannot delete property '${given.failure.native === "shift" ? 0 : length - 1}' of [object Array]`;
  }
  const node = candidates(given, ({ type, operator }) => type === "UnaryExpression" && operator === "delete")[0];
  const member = node && bare(node.argument);
  if (member?.type !== "MemberExpression") return null;
  const key = keyOf(given, member);
  const object = objectText(given, member.object);
  if (key !== null && object === "#<Proxy>") return `'deleteProperty' on proxy: trap returned falsish for property '${key}'`;
  return key === null ? null : `Cannot delete property '${key}' of ${object}`;
}

/** Something else than an object where one must be. @param {Case} given */
function notAnObject(given) {
  const { failure } = given;
  const call = failure.native === null ? undefined : nativeCall(given);
  if (call) return notAnObjectFor(given, call);
  const write = candidates(given, (node) => isWrite(node) && target(node).type === "MemberExpression")[0];
  const value = write && given.valueOf(target(write).object);
  if (!value) return candidates(given, isIterated, iterable).length > 0 ? "Result of the Symbol.iterator method is not an object" : null;
  const key = keyOf(given, target(write));
  const isIndex = value.type === "string" && key !== null && Number(key) < value.text.length;
  return isIndex ? `Cannot assign to read only property '${key}' of string '${value.text}'` : `Cannot create property '${key}' on ${value.type} '${value.text}'`;
}

/** @param {Case} given @param {Node} call */
function notAnObjectFor(given, call) {
  const owner = calleeOf(call).object?.name;
  const { native } = given.failure;
  const argument = argumentOf(given, call, 0);
  if (native === "fromEntries" || native === "Map" || native === "WeakMap") {
    const item = argument?.node.elements?.[0] && given.valueOf(argument.node.elements[0]);
    return item ? `Iterator value ${item.text} is not an entry object` : null;
  }
  if (native === "resolve" || native === "reject") return `Promise${native === "resolve" ? "Resolve" : "Reject"} called on non-object`;
  if (/^(all|allSettled|any|race|try|withResolvers)$/.test(native ?? "")) return `Promise.${native} called on non-object`;
  if (native === "Proxy") return "Cannot create proxy with a non-object as target or handler";
  if (owner === "Object" && /^defineProp/.test(native ?? "") && argument !== null && argument.type !== "object" && argument.type !== "function") return `Object.${native} called on non-object`;
  if (owner === "Object" && native === "defineProperty") return withArgument(given, "Property description must be an object: ", "", 2);
  if (owner === "Object" && (native === "create" || native === "setPrototypeOf")) return withArgument(given, "Object prototype may only be an Object or null: ", "", native === "create" ? 0 : 1);
  return owner === "Reflect" ? `Reflect.${native} called on non-object` : null;
}

/** @param {Case} given */
function invalidIn(given) {
  const node = candidates(given, ({ type, operator }) => type === "BinaryExpression" && operator === "in")[0];
  const [key, value] = node ? [given.valueOf(node.left), given.valueOf(node.right)] : [];
  return key && value ? `Cannot use 'in' operator to search for '${key.text}' in ${value.text}` : null;
}

/** @param {Case} given */
function invalidInstanceof(given) {
  const node = candidates(given, ({ type, operator }) => type === "BinaryExpression" && operator === "instanceof")[0];
  const value = node && given.valueOf(node.right);
  return `Right-hand side of 'instanceof' is not ${value?.type === "object" ? "callable" : "an object"}`;
}

/** @param {Case} given */
function badParent(given) {
  const node = candidates(given, ({ type, superClass }) => /^Class(D|E)/.test(type) && superClass, ({ superClass }) => superClass)[0];
  const parent = node && given.valueOf(node.superClass);
  if (!node) return null;
  const isArrow = parent?.type === "function";
  const text = isArrow ? given.failure.source.slice(parent.node.start, parent.node.end) : (parent?.text ?? "undefined");
  return `Class extends value ${text} is not a constructor or null`;
}

/** @param {Case} given */
function privateMissing(given) {
  const [, name] = given.match;
  const write = candidates(given, (node) => isWrite(node) && `#${target(node).property?.name}` === name)[0];
  const isMethod = given.place.enclosing.some(({ type, body }) => /^Class/.test(type) && body.body.some(isPrivateMethod(name)));
  const owner = given.place.enclosing.filter(({ type, id }) => /^Class/.test(type) && id).at(-1);
  if (isMethod) return owner ? `Receiver must be an instance of class ${owner.id.name}` : "Receiver must be an instance of class anonymous";
  return write
    ? `Cannot write private member ${name} to an object whose class did not declare it`
    : `Cannot read private member ${name} from an object whose class did not declare it`;
}

/** @param {Case} given */
function brandMissing({ place }) {
  const owner = place.enclosing.filter(({ type }) => /^Class/.test(type)).at(-1);
  return owner ? `Receiver must be an instance of class ${owner.id?.name ?? "anonymous"}` : null;
}

/** @param {Case} given */
function revoked(given) {
  const { native } = given.failure;
  const trap = (/** @type {string} */ name) => `Cannot perform '${name}' on a proxy that has been revoked`;
  if (native !== null) return trap(TRAPS[native] ?? native);
  const found = candidates(given, ({ type, operator }) => /^(MemberExpression|AssignmentExpression|CallExpression)$/.test(type) || operator === "in" || operator === "delete");
  const node = found.filter((at) => given.place.offset >= at.start && given.place.offset < at.end).at(0);
  const outer = node?.type === "MemberExpression" ? found.find((at) => (at.left ?? at.argument) === node || at.callee === node) : node;
  if (outer?.type === "AssignmentExpression" && outer.left.type === "MemberExpression") return trap("set");
  if (outer?.operator === "in") return trap("has");
  if (outer?.operator === "delete") return trap("deleteProperty");
  return trap(node?.type === "CallExpression" && node.callee.type === "Identifier" ? "apply" : "get");
}

/** The trap that a built-in function asks first, where it has another name. */
const TRAPS = /** @type {Record<string, string>} */ ({ keys: "ownKeys", values: "ownKeys", entries: "ownKeys", getOwnPropertyNames: "ownKeys", stringify: "get" });

/** @param {string} name */
const isPrivateMethod = (name) => (/** @type {Node} */ { type, key }) => type === "MethodDefinition" && key.type === "PrivateIdentifier" && `#${key.name}` === name;

/** @param {Case} given @param {string} before @param {string} [after] @param {number} [index] */
function withArgument(given, before, after = "", index = 0) {
  const call = nativeCall(given);
  const value = call && argumentOf(given, call, index);
  return value ? before + value.text + after : null;
}
