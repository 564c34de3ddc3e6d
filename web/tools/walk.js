// Every node of a syntax tree, parents before children, in the order of the source.

/** @import { Node } from "acorn" */

/**
 * @param {Node} root
 * @param {(node: Node, parent: Node | null, key: string) => void} enter `key`: the parent's property that holds the node
 * @param {(node: Node) => void} [leave]
 */
export function walk(root, enter, leave) {
  visit(root, null, "");

  /** @param {Node} node @param {Node | null} parent @param {string} key */
  function visit(node, parent, key) {
    enter(node, parent, key);
    for (const name in node) {
      const child = /** @type {any} */ (node)[name];
      // Most are numbers and texts.
      if (typeof child !== "object") continue;
      if (Array.isArray(child)) {
        for (const item of child) if (isNode(item)) visit(item, node, name);
      } else if (isNode(child)) visit(child, node, name);
    }
    leave?.(node);
  }
}

/** @param {any} value @returns {value is Node} */
const isNode = (value) => value !== null && typeof value === "object" && typeof value.type === "string";
