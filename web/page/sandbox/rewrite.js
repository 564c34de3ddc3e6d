/**
 * Chunk "rewrite", of the page alone. A browser loads ES modules by URL, and each file of a program gets one of its
 * own (modules.js): the specifiers in its text are replaced by those, and `import()` and `import.meta`, which the
 * browser would make of that URL, by the program's own. No line moves.
 */
import { readSyntax } from "../../tools/syntax.js";
import { walk } from "../../tools/walk.js";
import { GLOBAL } from "./rewrite-names.js";

/** @typedef {[start: number, end: number, text: string]} Edit */

export default { rewriteModule, rewriteCommonJs };

/**
 * @param {string} source
 * @param {string} path
 * @param {(specifier: string, attributes: Record<string, string>) => string} urlOf
 */
function rewriteModule(source, path, urlOf) {
  const { tree } = readSyntax(source, "module");
  /** @type {Edit[]} */
  const edits = [];
  if (tree) walk(tree, (/** @type {any} */ node) => {
    if (node.type === "ImportExpression") edits.push([node.start, node.start + "import".length, "__galleyImport"]);
    else if (node.type === "MetaProperty" && node.meta.name === "import") edits.push([node.start, node.end, "__galleyMeta"]);
    else if (node.source?.type === "Literal" && /^(?:Import|Export)\w*Declaration$/.test(node.type)) {
      const attributes = Object.fromEntries((node.attributes ?? []).map((/** @type {any} */ { key, value }) => [key.name ?? key.value, value.value]));
      edits.push([node.source.start, node.source.end, JSON.stringify(urlOf(node.source.value, attributes))]);
      if (node.attributes?.length > 0) edits.push([node.source.end, node.end, `${source.slice(node.source.end, node.end).replace(/[^\n]/g, "")};`]);
    }
  });
  return `const{meta:__galleyMeta,load:__galleyImport}=${GLOBAL}(${JSON.stringify(path)});${edited(source, edits)}`;
}

/** @param {string} source that of a CommonJS file @param {string} path */
function rewriteCommonJs(source, path) {
  if (!/\bimport\b/.test(source)) return source;
  const { tree } = readSyntax(source, "commonjs");
  /** @type {Edit[]} */
  const edits = [];
  if (tree) walk(tree, (node) => {
    if (node.type === "ImportExpression") edits.push([node.start, node.start + "import".length, `${GLOBAL}(${JSON.stringify(path)}).load`]);
  });
  return edited(source, edits);
}

/** @param {string} source @param {Edit[]} edits */
function edited(source, edits) {
  let text = "";
  let done = 0;
  for (const [start, end, replacement] of edits.sort((a, b) => a[0] - b[0])) {
    text += source.slice(done, start) + replacement;
    done = end;
  }
  return text + source.slice(done);
}
