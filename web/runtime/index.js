// One program in one fresh realm: puts the parts together, installs Node's globals, and decides how a program ends.
// It names no host: what it needs of one it is given (Host). The host loops: microtasks, ticks(), turn(), until ended().

/** @import { CreateRuntime, Event, Host, Outcome, Prepared, ProbeResult, Program, Runtime, RuntimeLimits, Stepping, Tools } from "../protocol.d.ts" */
/** @import { TestSource } from "./kit.js" */
/** @import createEsModules from "./modules/esm.js" */
/** @import createGraph, { Graph } from "./modules/graph.js" */
/** @import nodeModule from "./modules/node-module.js" */
/** @import createRecording, { Recording } from "./recording.js" */
/** @import createTracer, { Tracer } from "./steps/tracer.js" */
/** @import rewordError from "./wording.js" */
/** @import tableText from "./table.js" */
/** @import thrown from "./thrown.js" */
/** @import inBrowser from "./browser-globals.js" */
/** @import localTime from "./zone.js" */
/** @import installLocale from "./locale-methods.js" */
/** @import replacements from "./replacements.js" */
/** @import { Targets } from "./modules/resolve.js" */

import { amendBuiltIns, endJob } from "./amends.js";
import { createClock } from "./clock.js";
import { createConsole } from "./console.js";
import { installStackFormat, isError } from "./errors.js";
import { installBuiltins, installGlobals, keepLanguage, undisturbed } from "./globals.js";
import { followIterators } from "./iterators.js";
import { installJson } from "./json.js";
import { createLoop } from "./loop.js";
import { builtinNames, createBuiltins } from "./modules/builtins.js";
import { createCommonJs } from "./modules/commonjs.js";
import { createResolver } from "./modules/resolve.js";
import { createPrinter } from "./print.js";
import { createProcess } from "./process.js";
import { wellFormed } from "./values.js";

/** @type {CreateRuntime} */
export const createRuntime = (host, options) => {
  /** @type {Map<string, any>} */
  const chunks = new Map();
  /** @param {string} name */
  const chunk = (name) => {
    if (!chunks.has(name)) chunks.set(name, undisturbed(() => host.chunk(name)));
    return chunks.get(name);
  };
  /** @param {any} realm */
  const startClock = (realm) => installClock(realm, options.zone ? /** @type {typeof localTime} */ (chunk("zone"))(options.zone, realm.Date) : null);
  const createRealm = host.createRealm;
  /** @type {Host["createRealm"]} */
  const clocked = createRealm && (() => {
    const made = createRealm();
    startClock(made[1]);
    return made;
  });
  const run = new Run({ ...host, chunk, createRealm: clocked }, options.limits);
  const installClock = createClock(options, run.loop.now);
  amendBuiltIns(() => /** @type {typeof replacements} */ (chunk("replacements")));
  if (typeof Intl === "undefined") /** @type {typeof installLocale} */ (chunk("localeMethods"))(chunk, host, options.zone?.name);
  startClock(globalThis);
  installJson(host);
  followIterators();
  return {
    open: (program) => run.open(program),
    load: (program, prepared) => run.load(program, prepared),
    start: () => run.start(),
    resolve: (specifier, from, attributes) => run.modules().resolve(specifier, from, attributes),
    moduleSource: (path) => run.modules().moduleSource(path),
    initMeta: (meta, path) => run.modules().initMeta(meta, path),
    moduleEnded: (namespace) => run.entryEnded(() => namespace),
    moduleFailed: (error) => run.moduleFailed(error),
    rejected: (reason, promise) => run.rejected(reason, promise),
    ticks: () => run.ticks(),
    turn() {
      endJob();
      return run.turn();
    },
    ended: () => run.ended(),
    finish: () => run.finish(),
  };
};

export default createRuntime;

/** Thrown to leave the author's code when the program has ended. It may be caught, but then nothing is heard any more. */
const STOP = { toString: () => "the program has ended" };

/** A package.json that makes modules of its package's files. */
const MODULE_TYPE = /"type"\s*:\s*"module"/;

class Run {
  /** @type {Outcome | null} */
  #outcome = null;
  #exiting = false;
  #turns = 0;
  /** Gives the entry's exports once it has ended. @type {(() => unknown) | null} */
  #exports = null;
  /** @type {Program | null} */
  #program = null;
  /** @type {Map<string, string>} */
  #files = new Map();
  /** Made when the first ES module is met. @type {ReturnType<typeof createEsModules> | null} */
  #modules = null;
  /** @type {Parameters<typeof createEsModules>[0] | null} */
  #moduleNeeds = null;
  /** @type {import("./modules/commonjs.js").CommonJs | null} */
  #commonjs = null;
  /** @type {import("./process.js").Process | null} */
  #process = null;
  /** A built-in's exports. @type {(name: string) => any} */
  #load = () => undefined;
  /** @type {import("./process.js").ProcessNeeds | null} */
  #processNeeds = null;
  /** @type {TestSource | null} */
  #tests = null;
  /** By path. @type {Map<string, Prepared>} */
  #prepared = new Map();
  /** What node:vm has compiled, by its name. @type {Map<string, Prepared>} */
  #scripts = new Map();
  /** @type {((text: string) => void) | null} */
  #listener = null;
  /** @type {Prepared | null} */
  #entry = null;
  #host;
  #limits;
  #printer;
  /** Only where statements are recorded. @type {Recording | null} */
  #recording = null;
  /** Only where a program is run for its steps. @type {Tracer | null} */
  #tracer = null;
  /** Only where the files that a program loads are told. @type {Graph | null} */
  #graph = null;
  loop;

  /** @param {Host} host @param {RuntimeLimits} limits */
  constructor(host, limits) {
    this.#host = host;
    this.#limits = limits;
    this.#printer = createPrinter(host);
    this.loop = createLoop({
      run: (callback) => {
        this.#tracer?.job();
        const recording = this.#recording;
        if (recording === null) this.#guard(callback);
        else recording.within(null, () => this.#guard(callback));
      },
      keepStatements: (callback) => {
        const recording = this.#recording;
        const mark = recording?.mark();
        if (!recording || !mark) return callback;
        return /** @type {typeof callback} */ (
          /** @this {unknown} @param {unknown[]} args */
          function keepStatements(...args) {
            return recording.within(mark, () => Reflect.apply(callback, this, args));
          }
        );
      },
    });
    installStackFormat(this.#isProgramFile, {
      compiled: (path) => this.#prepared.get(path) ?? this.#scripts.get(path),
      v8Words: host.v8Words ?? ((failure) => /** @type {Tools} */ (host.chunk("tools")).v8Words(failure)),
      words: () => /** @type {typeof rewordError} */ (host.chunk("wording")),
    });
  }

  /** @param {string} file */
  #isProgramFile = (file) => this.#files.has(file) || this.#scripts.has(file);

  /** @param {Program} program @param {Prepared[]} prepared */
  load(program, prepared) {
    if (this.#program === null) this.open(program);
    this.#program = program;
    for (const { path, source } of program.files) this.#files.set(path, source);
    for (const file of prepared) this.#prepared.set(file.path, file);
    this.#entry = this.#prepared.get(program.entry) ?? null;
    if (program.stepped) this.#trace(program, program.stepped);
    if (program.modules) this.#tellModules(program);
  }

  /** @param {Program} program */
  #tellModules({ entry }) {
    const needs = { entry, files: this.#files, prepared: this.#prepared, locate: this.#locate };
    this.#graph = /** @type {typeof createGraph} */ (this.#host.chunk("moduleGraph"))(needs);
  }

  /** Where a file would find what it names; null: nowhere. @param {string} specifier @param {string} from @param {string} how */
  #locate = (specifier, from, how) => {
    try {
      return how === "require" ? required(this.#moduleNeeds).resolver.commonjs(specifier, from) : this.modules().locate(specifier, from);
    } catch {
      return null;
    }
  };

  /** @param {Program} program @param {Stepping} stepping */
  #trace({ entry, files }, stepping) {
    const needs = { host: this.#host, entry, files, prepared: this.#prepared, stepping };
    this.#tracer = /** @type {typeof createTracer} */ (this.#host.chunk("tracer"))(needs);
    Object.defineProperty(globalThis, "__galleySteps", { value: this.#tracer.calls });
  }

  /** @param {Program} program */
  open(program) {
    this.#program = program;
    const process = this.#installGlobals(program);
    const kit = {
      host: this.#host,
      printer: this.#printer,
      loop: this.loop,
      process,
      console: globalThis.console,
      module: () => required(this.#commonjs).builtin(/** @type {typeof nodeModule} */ (this.#host.chunk("nodeModule"))),
      files: this.#files,
      packages: new Map(),
      scripts: this.#scripts,
      builtinNames,
      changeDirectory: (/** @type {string} */ directory) => void (required(this.#processNeeds).directory = directory),
      builtin: (/** @type {string} */ name) => builtins.load(name),
      addTests: (/** @type {TestSource} */ tests) => void (this.#tests = tests),
      capture: (/** @type {((text: string) => void) | null} */ listener) => void (this.#listener = listener),
      unsupported: (/** @type {string} */ what) => this.#stop({ type: "unsupported", what }),
      isStop: (/** @type {unknown} */ error) => error === STOP,
    };
    const builtins = createBuiltins(this.#host, kit);
    this.#load = builtins.load;
    const resolver = createResolver(this.#files, () => /** @type {Targets} */ (this.#host.chunk("packageTargets")));
    const parts = { host: this.#host, files: this.#files, prepared: this.#prepared, resolver, builtins, loads: () => this.#graph };
    const requireModule = (/** @type {string} */ path, /** @type {string[]} */ stack, /** @type {string} */ from) => this.modules().requireModule(path, stack, from);
    const commonjs = createCommonJs({ ...parts, requireModule });
    this.#commonjs = commonjs;
    this.#moduleNeeds = { ...parts, commonjs, entry: program.entry };
    if (program.record !== null || program.probes.length > 0) this.#record(program);
    keepLanguage();
    if (program.tests) builtins.load("internal/testGlobals");
  }

  /** @param {Program} program */
  #record({ record }) {
    const recording = /** @type {typeof createRecording} */ (this.#host.chunk("recording"))({
      host: this.#host,
      inspect: this.#printer.inspect,
      emit: (event) => this.#emit(event),
      thrown: (error) => this.#thrown(error),
      isStop: (error) => error === STOP,
    });
    this.#recording = recording;
    Object.defineProperty(globalThis, "__galley", { value: recording.recorder });
    if (record !== null) recording.followPromises();
  }

  /** @returns {typeof inBrowser} */
  #inBrowser = () => /** @type {any} */ (this.#host.chunk("browserGlobals"));

  /** @param {Program} program */
  #installGlobals({ entry, host }) {
    const write = this.#print;
    const load = (/** @type {string} */ name) => this.#load(name);
    this.#processNeeds = { loop: this.loop, write, exit: (code) => this.#exit(code), entry, directory: "/", load };
    const process = createProcess(this.#processNeeds);
    this.#process = process;
    const warn = (/** @type {string} */ message) => process.emitWarning(message);
    const table = () => /** @type {typeof tableText} */ (this.#host.chunk("table"));
    const console = createConsole({ write, printer: this.#printer, now: this.loop.now, warn, table });
    const inBrowser = host === "browser";
    define(inBrowser ? { console } : { console, process }, false);
    installGlobals({ ...this.loop.globals, ...(inBrowser ? {} : { global: globalThis }) }, load, inBrowser);
    if (host === "repl") installBuiltins(builtinNames, load);
    if (inBrowser) define(this.#inBrowser().browserGlobals(write), true);
    return process;
  }

  /** @param {"stdout" | "stderr"} stream @param {string} text @param {unknown[]} values */
  #print = (stream, text, values) => {
    const statements = this.#recording?.statements() ?? [];
    const recorded = this.#recording !== null && statements.length > 0 ? values.map(this.#recording.value) : null;
    const clean = wellFormed(text);
    this.#listener?.(clean);
    this.#tracer?.printed(clean);
    this.#emit({ type: "print", stream, text: clean, values: recorded, statements });
  };

  /** @param {Event} event */
  #emit(event) {
    if (this.ended()) return;
    if (!this.#host.emit(event)) this.#stop({ type: "limit", what: "output" });
  }

  /** @param {Outcome} outcome @returns {never} */
  #stop(outcome) {
    this.#outcome ??= outcome;
    throw STOP;
  }

  ended() {
    return this.#outcome !== null;
  }

  start() {
    const { entry, host } = required(this.#program);
    this.#guard(() => {
      if (host === "browser") {
        required(this.#host.runScript ?? null)(required(this.#entry).source, entry);
        this.entryEnded(() => undefined);
        return;
      }
      const module = required(this.#commonjs).runMain(entry);
      this.entryEnded(() => module.exports);
    });
    this.#entryFailed();
    this.ticks();
  }

  /** The entry threw, or ended: if the program lives on, it listened. */
  #entryFailed() {
    if (!this.ended() && this.#exports === null) this.entryEnded(() => undefined);
  }

  /** The host's module threw. @param {unknown} error */
  moduleFailed(error) {
    this.uncaught(error);
    this.#entryFailed();
  }

  /** @param {() => unknown} exports */
  entryEnded(exports) {
    this.#exports = exports;
    this.loop.started();
  }

  modules() {
    return (this.#modules ??= /** @type {typeof createEsModules} */ (this.#host.chunk("modules"))(required(this.#moduleNeeds)));
  }

  /** Runs author code; what it throws ends the program, unless the program listens. @param {() => void} callback */
  #guard(callback) {
    if (this.ended()) return;
    try {
      callback();
    } catch (error) {
      this.uncaught(error);
    }
  }

  /** @param {unknown} error @param {"uncaughtException" | "unhandledRejection"} origin */
  uncaught(error, origin = "uncaughtException") {
    if (this.ended() || error === STOP || this.#tests?.uncaught(error)) return;
    if (this.#entry?.module) this.modules().explainModuleScope(error, { path: this.#entry.path, detected: this.#isDetected(), awaits: this.#entry.module.awaits });
    try {
      if (this.#process?.emit("uncaughtException", error, origin)) return;
    } catch (second) {
      if (this.ended()) return;
      error = second;
    }
    const lacking = this.#program?.host === "browser" && this.#inBrowser().needsPage(error) ? "a browser" : this.#words().lackingFeature(error);
    const outcome = /** @type {Outcome} */ (
      lacking === null ? { type: "threw", error: this.#thrown(error) } : { type: "unsupported", what: lacking }
    );
    if (this.#process) this.#process.exitCode = 1;
    this.#runExitHandlers(1);
    this.#outcome ??= outcome;
  }

  /** Nothing but its syntax makes the entry what it is. */
  #isDetected() {
    const { path } = required(this.#entry);
    return path.endsWith(".js") && !MODULE_TYPE.test(this.#files.get("/package.json") ?? "");
  }

  /** @param {unknown} reason @param {Promise<unknown>} [promise] */
  rejected(reason, promise) {
    if (this.ended() || this.#tests?.uncaught(reason)) return;
    let handled = false;
    this.#guard(() => {
      handled = this.#process?.emit("unhandledRejection", reason, promise) ?? false;
    });
    if (handled || this.ended()) return;
    this.uncaught(isError(reason) ? reason : this.#words().rejectionError(reason), "unhandledRejection");
  }

  /** @returns {typeof thrown} */
  #words = () => /** @type {any} */ (this.#host.chunk("thrown"));

  /** @param {unknown} error */
  #thrown(error) {
    return this.#words().describeThrown(error, this.#isProgramFile, this.#printer.inspect);
  }

  /** @param {number} code @returns {never} */
  #exit(code) {
    if (!this.ended()) this.#runExitHandlers(code);
    return this.#stop({ type: "exited", code });
  }

  /** @param {number} code */
  #runExitHandlers(code) {
    if (this.#exiting) return;
    this.#exiting = true;
    this.#guard(() => void this.#process?.emit("exit", this.#process.exitCode ?? code));
  }

  ticks() {
    return !this.ended() && this.loop.ticks();
  }

  turn() {
    if (this.ended()) return false;
    this.loop.started();
    if (++this.#turns > this.#limits.turns) {
      this.#outcome = { type: "limit", what: "turns" };
      return false;
    }
    const ran = this.loop.turn() || this.#nextTest() || this.#beforeExit();
    this.ticks();
    return ran && !this.ended();
  }

  #nextTest() {
    return this.#tests?.turn() ?? false;
  }

  /** The loop is empty: `beforeExit` may give it work again. */
  #beforeExit() {
    const process = this.#process;
    if (this.#exports === null || !process || process.listenerCount("beforeExit") === 0) return false;
    this.#guard(() => void process.emit("beforeExit", process.exitCode ?? 0));
    return this.loop.hasWork();
  }

  /** Nothing is left that could settle what the entry waits for. */
  #unsettled() {
    if (this.#process) this.#process.exitCode ??= 13;
    this.#runExitHandlers(13);
    this.#outcome ??= { type: "unsettled" };
  }

  finish() {
    if (!this.ended() && this.#exports === null) this.#unsettled();
    if (!this.ended()) this.#runExitHandlers(0);
    const reached = this.#exports !== null;
    const outcome = this.#outcome ?? /** @type {Outcome} */ ({ type: "completed" });
    this.#outcome ??= outcome;
    return {
      outcome,
      exports: (reached && this.#recording?.exports(this.#exports)) || null,
      probes: (reached && this.#recording?.probes(this.#program?.probes ?? [], this.#exports)) || [],
      tests: this.#tests?.results() ?? [],
      stepped: this.#tracer?.finish(outcome) ?? null,
      modules: this.#graph?.finish() ?? null,
    };
  }
}

/**
 * What `load` has made: the host calls it first.
 * @template T
 * @param {T | null} part
 * @returns {T}
 */
function required(part) {
  if (part === null) throw new Error("the program is not loaded");
  return part;
}

/** Defines globals as Node does: writable and configurable. @param {Record<string, unknown>} values @param {boolean} enumerable */
function define(values, enumerable) {
  for (const name of Object.keys(values)) {
    Object.defineProperty(globalThis, name, { value: values[name], writable: true, configurable: true, enumerable });
  }
}
