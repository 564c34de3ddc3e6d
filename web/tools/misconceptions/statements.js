// What is believed of loops, branches and ways out.

/** @import { Belief } from "../misconceptions.js" */
/** @import { Source } from "./source.js" */

/** @type {Belief[]} */
export const statements = [
  {
    name: "finally-gives-way",
    why: "A `return` in `finally` has the last word: it takes the place of what `try` or `catch` was about to give or to throw.",
    change(source) {
      for (const { finalizer } of source.all("TryStatement")) {
        for (const node of finalizer ? source.within(finalizer) : []) {
          if (node.type === "ReturnStatement") source.replace(node.start, node.end, node.argument ? `(${source.of(node.argument)});` : ";");
        }
      }
    },
  },
  {
    name: "return-skips-finally",
    why: "`finally` runs whatever happens, also when `try` or `catch` has a `return`.",
    change(source) {
      for (const { block, handler, finalizer } of source.all("TryStatement")) {
        const returns = [block, handler].some((part) => part && source.within(part).some(({ type }) => type === "ReturnStatement"));
        if (finalizer && returns) source.replace(finalizer.start, finalizer.end, "{}");
      }
    },
  },
  {
    name: "return-goes-on-below",
    why: "A line break behind `return` ends the statement: it gives `undefined`, and what stands below is never reached.",
    change(source) {
      for (const node of source.all("ReturnStatement")) {
        const body = source.parent(node).body;
        const next = Array.isArray(body) ? body[body.indexOf(node) + 1] : null;
        if (node.argument === null && !source.of(node).endsWith(";") && next) source.replace(node.end, next.start, " ");
        // `{ name: value }` is a block with a label.
        if (node.argument === null && next?.type === "BlockStatement") source.wrap(next, "(", ")");
      }
    },
  },
  {
    name: "cases-end-by-themselves",
    why: "Without `break` what stands under the next `case` runs too.",
    change(source) {
      for (const node of source.all("SwitchCase")) {
        const last = node.consequent.at(-1);
        if (last && !/^(Break|Return|Throw|Continue)Statement$/.test(last.type)) source.insert(last.end, "; break;");
      }
    },
  },
  {
    name: "for-in-gives-values",
    why: "`for … in` goes through the keys, which are texts; the values come of `for … of`.",
    change(source) {
      for (const node of source.all("ForInStatement")) {
        const at = source.operatorAt(node.left, "in");
        source.replace(at, at + "in".length, "of");
        source.insert(node.right.start, "((v) => Array.isArray(v) || typeof v === 'string' ? v : Object.values(v))(");
        source.insert(node.right.end, ")");
      }
    },
  },
  {
    name: "one-round-more",
    why: "That would be so with `<=` or `>=`; `<` and `>` end the loop one round earlier.",
    change: (source) => compareOtherwise(source, { "<": "<=", ">": ">=" }),
  },
  {
    name: "one-round-less",
    why: "That would be so with `<` or `>`; `<=` and `>=` let the loop have the last round too.",
    change: (source) => compareOtherwise(source, { "<=": "<", ">=": ">" }),
  },
];

/** In the conditions of loops. @param {Source} source @param {Record<string, string>} operators */
function compareOtherwise(source, operators) {
  for (const { test } of source.all("ForStatement", "WhileStatement", "DoWhileStatement")) {
    for (const node of test ? source.within(test) : []) {
      if (node.type !== "BinaryExpression" || !Object.hasOwn(operators, node.operator)) continue;
      const at = source.operatorAt(node.left, node.operator);
      source.replace(at, at + node.operator.length, operators[node.operator]);
    }
  }
}
