// What is believed of code that runs later.

/** @import { Belief } from "../misconceptions.js" */
/** @import { Source } from "./source.js" */

import { isCall, isCallOf, isFunction, isMember } from "./source.js";

/** @type {Belief[]} */
export const asynchronous = [
  {
    name: "callbacks-run-at-once",
    why: "That would be so if the callback were called on the spot; it is put aside, and runs when the code that is running now has ended.",
    change(source) {
      for (const node of source.all("CallExpression")) {
        if (isCall(node, "setTimeout")) source.replace(node.callee.start, node.callee.end, "((f, _, ...rest) => void f(...rest))");
        else if (isCall(node, "setImmediate", "queueMicrotask") || isMember(node.callee, "process", "nextTick")) source.replace(node.callee.start, node.callee.end, "((f, ...rest) => void f(...rest))");
        else if (isCallOf(node, "then") && isCallOf(node.callee.object, "resolve") && node.callee.object.callee.object.name === "Promise" && node.arguments.length === 1) {
          source.wrap(node, "Promise.resolve((", `)(${node.callee.object.arguments.map((/** @type {any} */ argument) => source.of(argument)).join(", ")}))`);
          source.replace(node.start, node.arguments[0].start, "");
          source.replace(node.arguments[0].end, node.end, "");
        }
      }
    },
  },
  {
    name: "promises-wait-for-timers",
    why: "That would be so if promises stood in one line with timers; what waits for a promise comes as soon as the running code has ended, before any timer.",
    change(source) {
      for (const node of source.all("CallExpression", "AwaitExpression")) {
        if (node.type === "AwaitExpression") source.wrap(node.argument, "new Promise((resolve) => setTimeout(resolve, 0, (", ")))");
        else if (isCall(node, "queueMicrotask")) source.replace(node.callee.start, node.callee.end, "setTimeout");
        else if (isMember(node.callee, "process", "nextTick")) source.replace(node.callee.start, node.callee.end, "((f, ...rest) => setTimeout(f, 0, ...rest))");
        else if (isCallOf(node, "then", "catch", "finally")) {
          for (const callback of node.arguments) {
            source.wrap(callback, "((f) => typeof f !== 'function' ? f : (...rest) => new Promise((resolve, reject) => setTimeout(() => { try { resolve(f(...rest)); } catch (error) { reject(error); } })))(", ")");
          }
        }
      }
    },
  },
  {
    name: "timers-run-in-the-order-of-calls",
    why: "That would be so if timers stood in line as they were set; the one with the shorter time comes first.",
    change(source) {
      for (const node of source.all("CallExpression")) {
        if (isCall(node, "setTimeout") && node.arguments[1]) source.replace(node.arguments[1].start, node.arguments[1].end, "0");
      }
    },
  },
  {
    name: "next-tick-stands-in-line",
    why: "That would be so if `process.nextTick` stood in one line with promises; its own line is served before theirs.",
    change(source) {
      for (const node of source.all("CallExpression")) {
        if (isMember(node.callee, "process", "nextTick")) source.replace(node.callee.start, node.callee.end, "((f, ...rest) => queueMicrotask(() => f(...rest)))");
      }
    },
  },
  {
    name: "await-holds-everything-up",
    why: "That would be so if `await` held up the whole program; it puts aside its own function only, and the code that called it goes on.",
    change(source) {
      for (const node of source.all("AwaitExpression")) {
        if (!source.functionAround(node)) continue;
        const { argument } = node;
        const value = isCallOf(argument, "resolve") && argument.callee.object.name === "Promise" ? argument.arguments[0] : null;
        if (value) source.replace(node.start, node.end, `(${source.of(value)})`);
        else source.replace(node.start, argument.start, "");
      }
    },
  },
  {
    name: "async-function-begins-later",
    why: "That would be so if an async function were put aside at the call; it runs at once, up to its first `await`.",
    change(source) {
      for (const node of source.all("FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression")) {
        if (node.async && !node.generator && node.body.type === "BlockStatement") source.insert(source.bodyStart(node.body), " await null;");
      }
    },
  },
  {
    name: "async-function-gives-its-value",
    why: "An async function gives a promise, always; its value has to be waited for.",
    change(source) {
      const waits = source.all("AwaitExpression").length > 0 || source.all("CallExpression").some((node) => isCallOf(node, "then", "catch", "finally"));
      if (waits) return;
      for (const node of source.all("FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression")) {
        if (node.async && source.text.startsWith("async", node.start)) source.replace(node.start, node.start + "async".length, "");
      }
    },
  },
  {
    name: "executor-waits",
    why: "The function that is handed to `new Promise` is called at once; only what is handed to `then` has to wait.",
    change(source) {
      for (const node of source.all("NewExpression")) {
        const [executor] = node.arguments;
        if (node.callee.name === "Promise" && isFunction(executor)) source.wrap(executor, "((f) => (resolve, reject) => void Promise.resolve().then(() => f(resolve, reject)))(", ")");
      }
    },
  },
  {
    name: "for-each-awaits",
    why: "That would be so if `forEach` waited; it calls the function for each item, one after the other, and lets go of the promises.",
    change(source) {
      for (const node of source.all("ExpressionStatement")) {
        const call = node.expression;
        if (!isCallOf(call, "forEach") || !call.arguments[0]?.async) continue;
        const loop = `for (const [index, item] of [...(${source.of(call.callee.object)})].entries()) await (${source.of(call.arguments[0])})(item, index);`;
        const around = source.functionAround(node);
        if (around ? around.async : source.kind === "module") source.replace(node.start, node.end, loop);
        else restWaits(source, node, loop);
      }
    },
  },
];

/** The statements behind the node wait too, in a function of their own. @param {Source} source @param {any} node @param {string} loop */
function restWaits(source, node, loop) {
  const parent = source.parent(node);
  const rest = parent.body?.slice?.(parent.body.indexOf(node) + 1);
  if (!rest) return;
  source.replace(node.start, node.end, `(async () => { ${loop}`);
  source.insert(rest.at(-1)?.end ?? node.end, " })();");
}
