// Chunk "perfHooks": node:perf_hooks and the global performance, on virtual time.

/** @import { Kit } from "../kit.js" */

import { invalidArgument, nodeError } from "../errors.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");
const ILLEGAL = {};

/** @param {Kit} kit */
export default function perfHooks(kit) {
  const { loop } = kit;
  const { EventTarget } = kit.builtin("internal/eventTarget");
  const timeOrigin = Date.now() - loop.now();

  class PerformanceEntry {
    #fields;
    /** @param {unknown} key @param {string} name @param {string} entryType @param {number} startTime @param {number} duration @param {unknown} detail */
    constructor(key, name, entryType, startTime, duration, detail = null) {
      if (key !== ILLEGAL) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
      this.#fields = { name, entryType, startTime, duration, detail };
    }
    get name() {
      return this.#fields.name;
    }
    get entryType() {
      return this.#fields.entryType;
    }
    get startTime() {
      return this.#fields.startTime;
    }
    get duration() {
      return this.#fields.duration;
    }
    get detail() {
      return this.#fields.detail;
    }
    toJSON() {
      return { ...this.#fields };
    }
    /** @param {number | null} depth @param {object} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      if (typeof depth === "number" && depth < 0) return this;
      return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
    }
  }

  class PerformanceMark extends PerformanceEntry {
    /** @param {string} name @param {{ startTime?: number, detail?: unknown }} [options] */
    constructor(name, options = {}) {
      super(ILLEGAL, `${name}`, "mark", options?.startTime ?? loop.now(), 0, structuredClone(options?.detail ?? null));
    }
  }
  class PerformanceMeasure extends PerformanceEntry {}

  /** @type {PerformanceEntry[]} */
  let entries = [];
  /** @type {Set<{ types: Set<string>, tell: (entry: PerformanceEntry) => void }>} */
  const observers = new Set();
  /** @param {PerformanceEntry} entry */
  function add(entry) {
    entries.push(entry);
    for (const { types, tell } of observers) if (types.has(entry.entryType)) tell(entry);
    return entry;
  }
  /** @param {PerformanceEntry[]} list @param {string} [name] @param {string} [type] */
  const named = (list, name, type) => list.filter((entry) => (name === undefined || entry.name === name) && (type === undefined || entry.entryType === type)).sort((a, b) => a.startTime - b.startTime);

  /** @param {any} mark @param {number} other */
  function timeOf(mark, other) {
    if (mark === undefined) return other;
    if (typeof mark === "number") return mark;
    const found = entries.findLast((entry) => entry.entryType === "mark" && entry.name === `${mark}`);
    if (!found) throw new DOMException(`The "${mark}" performance mark has not been set`, "SyntaxError");
    return found.startTime;
  }

  class Performance extends EventTarget {
    /** @param {unknown} [key] */
    constructor(key) {
      if (key !== ILLEGAL) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
      super();
    }
    get timeOrigin() {
      return timeOrigin;
    }
    now() {
      return loop.now();
    }
    /** @param {string} name @param {object} [options] */
    mark(name, options) {
      return add(new PerformanceMark(name, options));
    }
    /** @param {string} name @param {any} [startOrOptions] @param {any} [endMark] */
    measure(name, startOrOptions, endMark) {
      if (typeof name !== "string") throw invalidArgument("name", "of type string", name);
      const isOptions = typeof startOrOptions === "object" && startOrOptions !== null;
      const { start, end, duration, detail } = isOptions ? startOrOptions : { start: startOrOptions, end: endMark, duration: undefined, detail: undefined };
      const till = end === undefined && duration !== undefined && start !== undefined ? timeOf(start, 0) + duration : timeOf(end, loop.now());
      const from = start === undefined && duration !== undefined ? till - duration : timeOf(start, 0);
      return add(new PerformanceMeasure(ILLEGAL, name, "measure", from, till - from, structuredClone(detail ?? null)));
    }
    getEntries() {
      return named(entries);
    }
    /** @param {string} name @param {string} [type] */
    getEntriesByName(name, type) {
      return named(entries, `${name}`, type);
    }
    /** @param {string} type */
    getEntriesByType(type) {
      return named(entries, undefined, `${type}`);
    }
    /** @param {string} [name] */
    clearMarks(name) {
      entries = entries.filter((entry) => entry.entryType !== "mark" || (name !== undefined && entry.name !== name));
    }
    /** @param {string} [name] */
    clearMeasures(name) {
      entries = entries.filter((entry) => entry.entryType !== "measure" || (name !== undefined && entry.name !== name));
    }
    /** @param {Function} callback */
    timerify(callback) {
      return callback;
    }
    eventLoopUtilization() {
      return { idle: 0, active: 0, utilization: 0 };
    }
    toJSON() {
      return { timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
    }
    /** @param {number | null} depth @param {object} options @param {Function} inspect */
    [inspectCustom](depth, options, inspect) {
      if (typeof depth === "number" && depth < 0) return this;
      return `Performance ${inspect({ timeOrigin }, options)}`;
    }
  }

  class PerformanceObserverEntryList {
    #list;
    /** @param {PerformanceEntry[]} list */
    constructor(list) {
      this.#list = list;
    }
    getEntries() {
      return named(this.#list);
    }
    /** @param {string} name @param {string} [type] */
    getEntriesByName(name, type) {
      return named(this.#list, name, type);
    }
    /** @param {string} type */
    getEntriesByType(type) {
      return named(this.#list, undefined, type);
    }
  }

  class PerformanceObserver {
    static supportedEntryTypes = ["mark", "measure"];
    #callback;
    /** @type {PerformanceEntry[]} */
    #waiting = [];
    #observer = {
      types: /** @type {Set<string>} */ (new Set()),
      tell: (/** @type {PerformanceEntry} */ entry) => {
        this.#waiting.push(entry);
        if (this.#waiting.length === 1) loop.globals.setImmediate(() => this.#report());
      },
    };
    /** @param {(list: PerformanceObserverEntryList, observer: PerformanceObserver) => void} callback */
    constructor(callback) {
      if (typeof callback !== "function") throw invalidArgument("callback", "of type function", callback);
      this.#callback = callback;
    }
    #report() {
      const list = this.takeRecords();
      if (list.length > 0) this.#callback(new PerformanceObserverEntryList(list), this);
    }
    /** @param {{ entryTypes?: string[], type?: string, buffered?: boolean }} options */
    observe({ entryTypes, type, buffered = false }) {
      if (entryTypes) this.#observer.types.clear();
      for (const kind of entryTypes ?? [/** @type {string} */ (type)]) this.#observer.types.add(kind);
      observers.add(this.#observer);
      if (buffered) for (const entry of named(entries, undefined, type)) this.#observer.tell(entry);
    }
    disconnect() {
      observers.delete(this.#observer);
    }
    takeRecords() {
      return this.#waiting.splice(0);
    }
  }

  for (const Class of [PerformanceEntry, PerformanceMark, PerformanceMeasure, Performance]) {
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  }
  const performance = new Performance(ILLEGAL);
  return {
    Performance,
    PerformanceEntry,
    PerformanceMark,
    PerformanceMeasure,
    PerformanceObserver,
    PerformanceObserverEntryList,
    timerify: performance.timerify,
    eventLoopUtilization: performance.eventLoopUtilization,
    performance,
    constants: {},
  };
}
