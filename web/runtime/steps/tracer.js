// Chunk "tracer": takes the calls that a traced program makes (tools/steps/instrument.js) and keeps what there was after
// each of its steps. It only looks: no getter, no trap of a proxy and no method of the program's is called.
//
// A frame ends when its function returns; one that an exception ended goes when a call names a frame below it, for every
// call names its own.

/** @import { Cell, Host, Outcome, Prepared, Step, StepFrame, Stepped, Stepping } from "../../protocol.d.ts" */

import { isObject } from "../values.js";
import { createHeap } from "./heap.js";

/** A longer run is told of up to here, and goes on untold. */
const MAX_STEPS = 300;
const MAX_PRINTED = 80;
/** Of calls in calls the innermost are told. */
const MAX_CALLS = 40;

/**
 * @typedef {object} Frame
 * @property {number} id
 * @property {"module" | "function"} kind
 * @property {string} name
 * @property {Scope} root its own scope
 * @property {Scope} scope the innermost one that runs in it
 * @property {boolean} running it is on the stack
 * @property {boolean} finished it goes when anything else happens
 *
 * @typedef {object} Scope
 * @property {Frame} frame
 * @property {Scope | null} parent
 * @property {string} file
 * @property {{ line: number, end: number, text: string }[]} places
 * @property {string[]} names
 * @property {(() => unknown)[]} getters
 */

/** @typedef {ReturnType<typeof createTracer>} Tracer */

/** Where calls are that are not told any more. @type {Scope} */
const NOWHERE = { frame: /** @type {any} */ ({}), parent: null, file: "", places: [], names: [], getters: [] };

/**
 * @param {{ host: Host, entry: string, files: { path: string }[], prepared: Map<string, Prepared>, stepping: Stepping }} needs
 */
export default function createTracer({ host, entry, files, prepared, stepping }) {
  const heap = createHeap(host);
  /** @type {Frame[]} */
  const modules = [];
  /** @type {Frame[]} */
  const stack = [];
  /** @type {Step[]} */
  const steps = [];
  /** @type {Set<string>} */
  const names = new Set();
  let frames = 0;
  /** No more is told. */
  let over = false;
  let printed = "";
  /** What was told last, where only changes are. */
  let known = "";
  /** @type {{ scope: Scope, place: number } | null} */
  let last = null;

  /** @param {number} file @param {number} number @param {(() => unknown)[]} getters */
  const scopeOf = (file, number, getters) => {
    const { path } = files[file];
    const { scopes, places } = /** @type {NonNullable<Prepared["steps"]>} */ (prepared.get(path)?.steps);
    const { kind, name, names: own } = scopes[number];
    return { kind, name, scope: { frame: /** @type {any} */ (null), parent: /** @type {Scope | null} */ (null), file: path, places, names: own, getters } };
  };

  /** Makes a scope's frame the one that runs; null: the one that runs. @param {Scope | null} scope @returns {Scope} */
  function focus(scope) {
    if (over) return scope ?? NOWHERE;
    let top = stack.at(-1);
    while (top !== undefined && top.finished && top !== scope?.frame) top = leave();
    const at = scope ?? /** @type {Frame} */ (top).scope;
    const { frame } = at;
    frame.finished = false;
    frame.scope = at;
    // Those above it were ended by an exception.
    if (frame.running) while (top !== frame) top = leave();
    else enter(frame);
    return at;
  }

  /** @param {Frame} frame */
  function enter(frame) {
    frame.running = true;
    stack.push(frame);
  }

  /** The last frame goes. Gives the one below it. */
  function leave() {
    /** @type {Frame} */ (stack.pop()).running = false;
    return stack.at(-1);
  }

  /** @param {Scope} scope */
  function variables(scope) {
    /** @type {Map<string, Cell>} */
    const found = new Map();
    const chain = [];
    for (let at = /** @type {Scope | null} */ (scope); at !== null; at = at.parent) chain.unshift(at);
    for (const { names: own, getters } of chain) {
      own.forEach((name, index) => {
        names.add(name);
        if (stepping.hide.includes(name) || (stepping.watch.length > 0 && !stepping.watch.includes(name))) return;
        found.set(name, read(getters[index]));
      });
    }
    return [...found];
  }

  /** @param {() => unknown} getter @returns {Cell} */
  function read(getter) {
    try {
      return heap.cell(getter());
    } catch {
      // Before its declaration; `this` before `super()`.
      return { t: "⊘", c: "tdz" };
    }
  }

  /** @param {Frame | null} active @param {boolean} withCalls */
  function look(active, withCalls) {
    heap.begin();
    const calls = withCalls ? stack.filter(({ kind }) => kind === "function").slice(-MAX_CALLS) : [];
    /** @type {StepFrame[]} */
    const told = [];
    for (const frame of [...modules, ...calls]) {
      const { id, kind, name } = frame;
      const own = variables(withCalls ? frame.scope : frame.root);
      // A file without variables has nothing to show, nor what nobody watches.
      if (own.length > 0 || (kind === "function" && stepping.watch.length === 0)) told.push({ id, kind, name, active: frame === active, variables: own });
    }
    return told;
  }

  /** @param {Step["kind"]} kind @param {Scope} scope @param {number} place @param {{ value?: unknown, cell?: Cell }} [more] */
  function record(kind, scope, place, more = {}) {
    if (stepping.endOnly || over) return;
    const { line, end, text } = scope.places[place];
    if (scope.file === entry && line < stepping.from) return;
    const said = takePrinted();
    const told = look(scope.frame, true);
    // What only some variables are told of is not filled up with objects that none of them holds.
    const isTold = "value" in more && (stepping.watch.length === 0 || !isObject(more.value));
    const value = more.cell ?? (isTold ? heap.cell(more.value) : undefined);
    const objects = heap.objects();
    if (stepping.watch.length > 0) {
      const now = JSON.stringify([told.map(({ id, variables }) => [id, variables]), objects]);
      if (now === known) return;
      known = now;
    }
    if (steps.length >= MAX_STEPS) {
      over = true;
      return;
    }
    steps.push({ kind, file: scope.file, line, last: end, text, ...(value && { value }), ...(said && { printed: said }), frames: told, objects });
  }

  function takePrinted() {
    const text = printed;
    printed = "";
    return text;
  }

  const calls = {
    /** @param {number} file @param {number} number @param {(() => unknown)[]} getters @returns {Scope} */
    enter(file, number, getters) {
      if (over) return NOWHERE;
      const { kind, name, scope } = scopeOf(file, number, getters);
      const frame = { id: frames++, kind: /** @type {Frame["kind"]} */ (kind), name, running: false, finished: false, scope, root: scope };
      scope.frame = frame;
      if (kind === "module") modules.push(frame);
      return focus(scope);
    },
    /** @param {number} file @param {number} number @param {Scope | null} parent @param {(() => unknown)[]} getters @returns {Scope} */
    scope(file, number, parent, getters) {
      if (over) return NOWHERE;
      const { scope } = scopeOf(file, number, getters);
      scope.parent = focus(parent);
      scope.frame = scope.parent.frame;
      return focus(scope);
    },
    /** @param {Scope | null} scope @param {number} place */
    at(scope, place) {
      last = { scope: focus(scope), place };
    },
    /** @param {Scope} scope @param {number} place */
    called(scope, place) {
      // One that is handed nothing and has no variables shows nothing before its first statement.
      if (scope.names.length > 0) record("called", focus(scope), place);
    },
    /** @param {Scope | null} scope @param {number} place */
    done(scope, place) {
      record("done", focus(scope), place);
    },
    /** @template T @param {Scope | null} scope @param {number} place @param {T} value @returns {T} */
    test(scope, place, value) {
      record("test", focus(scope), place, { value: Boolean(value) });
      return value;
    },
    /** @template T @param {Scope | null} scope @param {number} place @param {T} value @returns {T} */
    gives(scope, place, value) {
      const at = focus(scope);
      record("returned", at, place, { value });
      at.frame.finished = true;
      return value;
    },
    /** @template T @param {Scope | null} scope @param {number} place @param {T} value @returns {T} */
    throws(scope, place, value) {
      const at = focus(scope);
      record("threw", at, place, { value });
      // Its own `catch` would bring it back.
      at.frame.finished = true;
      return value;
    },
    /** @param {Scope} scope */
    leaves({ frame }) {
      frame.finished = true;
    },
    /** @param {Scope | null} scope */
    mark: (scope) => focus(scope),
    /** @template T @param {Scope | null} scope @param {T} value @returns {T} */
    away(scope, value) {
      focus(scope).frame.finished = true;
      return value;
    },
    /** A generator goes on where it is asked to. @template T @param {Scope} scope @param {T} value @returns {T} */
    back(scope, value) {
      focus(scope);
      return value;
    },
    /** Behind an `await` nothing runs but the function itself. @template T @param {Scope} scope @param {T} value @returns {T} */
    resumes(scope, value) {
      job();
      focus(scope);
      return value;
    },
    /** @template {Function} F @param {F} of @param {string} captured @param {(() => unknown)[]} getters @returns {F} */
    closes(of, captured, getters) {
      heap.closes(of, captured.split(","), getters, read);
      return of;
    },
    /** @template {object} T @param {T} object @param {[string, string, (() => unknown)[]][]} methods @returns {T} */
    holds(object, methods) {
      for (const [key, captured, getters] of methods) {
        const of = Reflect.getOwnPropertyDescriptor(object, key)?.value;
        if (typeof of === "function") calls.closes(of, captured, getters);
      }
      return object;
    },
  };

  /** Nothing runs any more but what comes now. */
  function job() {
    while (stack.length > 0) leave();
  }

  return {
    calls,
    job,
    /** @param {string} text */
    printed(text) {
      if (printed.length <= MAX_PRINTED) printed = (printed + text).slice(0, MAX_PRINTED + 1);
    },
    /** @param {Outcome} outcome @returns {Stepped} */
    finish(outcome) {
      if (outcome.type === "threw" && last !== null) {
        const { name, message } = outcome.error;
        record("uncaught", last.scope, last.place, { cell: { t: name ? `${name}: ${message}` : message, c: "error" } });
      }
      const said = takePrinted();
      const told = look(null, false);
      const end = { kind: /** @type {const} */ ("end"), file: entry, line: 0, last: 0, text: "", ...(said && { printed: said }), frames: told, objects: heap.objects() };
      return { steps, end, more: over, names: [...names] };
    },
  };
}
