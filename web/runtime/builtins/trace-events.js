// Chunk "traceEvents": node:trace_events. Which categories are enabled is told; no trace is written.

/** @import { Kit } from "../kit.js" */

import { nodeError } from "../errors.js";
import { requireArray, requireObject, requireString } from "./argument-checks.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** @param {Kit} _kit */
export default function traceEvents(_kit) {
  /** Categories of each that is enabled. @type {Set<string[]>} */
  const enabled = new Set();

  class Tracing {
    #categories;
    /** @param {string[]} categories */
    constructor(categories) {
      this.#categories = categories;
    }
    enable() {
      enabled.add(this.#categories);
    }
    disable() {
      enabled.delete(this.#categories);
    }
    get enabled() {
      return enabled.has(this.#categories);
    }
    get categories() {
      return this.#categories.join(",");
    }
    /** @param {number | null} depth @param {object} options @param {(value: unknown, options: object) => string} inspect */
    [inspectCustom](depth, options, inspect) {
      if (typeof depth === "number" && depth < 0) return this;
      return `Tracing ${inspect({ enabled: this.enabled, categories: this.categories }, options)}`;
    }
  }

  return {
    /** @param {{ categories: string[] }} options */
    createTracing(options) {
      requireObject("options", options);
      requireArray("options.categories", options.categories);
      options.categories.forEach((category, i) => requireString(`options.categories[${i}]`, category));
      if (options.categories.length === 0) throw nodeError(TypeError, "ERR_TRACE_EVENTS_CATEGORY_REQUIRED", "At least one category is required");
      return new Tracing([...options.categories]);
    },
    getEnabledCategories: () => (enabled.size === 0 ? undefined : [...new Set([...enabled].flat())].sort().join(",")),
  };
}
