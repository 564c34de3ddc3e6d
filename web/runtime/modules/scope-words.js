// An ES module that uses CommonJS's names: Node says why they are not there when the error ends the program.

import { defineProperty } from "../define.js";

const AMBIGUOUS =
  "Cannot determine intended module format because both '%' and top-level await are present. If the code is intended to be " +
  "CommonJS, wrap await in an async function. If the code is intended to be an ES module, replace ";
const REPLACEMENT = /** @type {Record<string, string>} */ ({
  require: "require() with import.",
  exports: "exports with export.",
  module: "module.exports with export.",
  __filename: "__filename with import.meta.filename.",
  __dirname: "__dirname with import.meta.dirname.",
});

/**
 * @param {unknown} error
 * @param {{ path: string, detected: boolean, awaits: boolean }} module the entry; `detected`: its syntax alone made it a module
 */
export function explainModuleScope(error, { path, detected, awaits }) {
  if (!(error instanceof ReferenceError)) return;
  const name = /^(require|module|exports|__filename|__dirname) is not defined$/.exec(error.message)?.[1];
  if (name === undefined) return;
  if (detected && awaits) {
    Object.assign(error, { code: "ERR_AMBIGUOUS_MODULE_SYNTAX" });
    reword(error, AMBIGUOUS.replace("%", name) + REPLACEMENT[name]);
    return;
  }
  const instead = name === "require" ? ", you can use import instead" : "";
  const renamed =
    detected || !path.endsWith(".js")
      ? ""
      : "\nThis file is being treated as an ES module because it has a '.js' file extension and '/package.json' contains " +
        '"type": "module". To use it as a CommonJS script, rename it to use the \'.cjs\' file extension.';
  reword(error, `${error.message} in ES module scope${instead}${renamed}`);
}

/** @param {Error} error @param {string} message */
function reword(error, message) {
  const stack = String(error.stack).replace(error.message, () => message);
  defineProperty(error, "stack", { value: stack, writable: true, configurable: true });
  defineProperty(error, "message", { value: message, writable: true, configurable: true });
}
