// Every node of a syntax tree, parents before children, in the order of the source.

/** @import { Node } from "acorn" */

import { KEYS } from "eslint-visitor-keys";

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
    const names = KEYS[node.type];
    // By number, here and below: for the engine that reads thousands of examples it is half the work.
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      /** @type {Node | (Node | null)[] | null | undefined} */
      const child = /** @type {any} */ (node)[name];
      if (!child) continue;
      if (!Array.isArray(child)) visit(child, node, name);
      else for (let index = 0; index < child.length; index++) if (child[index]) visit(/** @type {Node} */ (child[index]), node, name);
    }
    leave?.(node);
  }
}
