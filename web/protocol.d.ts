/**
 * The words that the Rust program and the JavaScript exchange. `src/engine/program.rs` and
 * `src/engine/trace.rs` mirror this file; a change here is a change there.
 *
 * All positions are UTF-16 offsets from 0 into the file's source as it stands in `SourceText.source`;
 * all lines and columns count from 1.
 */

/** What is run: files in a virtual file system and the one that starts. */
export interface Program {
  files: SourceText[];
  /** Path of the file that starts, one of `files`. */
  entry: string;
  /** How the entry is to be read; null: decided by its syntax. */
  kind: Kind | null;
  /** Expressions evaluated in the entry's scope when the program has ended (CommonJS only; else each gets an error). */
  probes: string[];
  /**
   * The entry registers tests: there are the globals of mocha and Jest, and only the entry's code registers. (Tests of
   * `node:test` run without this too.)
   */
  tests: boolean;
  /** Path of the file whose statements are recorded; null: none is (exercises). */
  record: string | null;
  /** Whose globals there are. "repl": Node's built-in modules too. "browser": scripts are global scripts, and there is no CommonJS. */
  host: "node" | "repl" | "browser";
  /** The statements of that file that are recorded. */
  watch: Watched[];
  /** Only read: also which small changes there are of the entry. */
  mutants?: boolean;
  /** Only read: also how the entry would read if a misconception were true. */
  misconceptions?: boolean;
  /** Run for its steps: it tells what its variables hold after each. */
  stepped?: Stepping;
  /** Tell which files it loads. */
  modules?: boolean;
  /** The host gives them to CreateRuntime. */
  conditions?: Conditions;
}

/** Which of a program's steps are told, and what of them. */
export interface Stepping {
  /** Only the end. */
  endOnly: boolean;
  /** The first line of the entry that counts; what stands before belongs to other examples. */
  from: number;
  /** Only these variables are told of, and only the steps that change something there; empty: all. */
  watch: string[];
  hide: string[];
}

/** What would differ from run to run: the same for each run of a program. */
export interface Conditions {
  /** Milliseconds since 1970 at which its clock starts. */
  now: number;
  /** Of its random numbers: a whole number below 2 ** 32. */
  seed: number;
  /** null: UTC, as the engine has it by itself. */
  zone?: Zone | null;
}

/** A local time. */
export interface Zone {
  name: string;
  /** Its standard and its daylight time in the words that end a date's text; null: not known. */
  words: [string | null, string | null];
  /** From when (seconds since 1970; null: ever since), how far ahead of UTC (seconds), and which of `words`; in order, at least one. */
  changes: [from: number | null, ahead: number, words: 0 | 1][];
}

export interface Watched {
  /** Index into `Parsed.statements` of the recorded file. */
  id: number;
  /** The text says that it throws: the error is recorded and, outside of functions, the run goes on behind it. */
  throws: boolean;
}

export interface SourceText {
  /** Absolute and normalised, with "/": "/lib/shapes.js". The root of the virtual file system is "/". */
  path: string;
  source: string;
}

export type Kind = "script" | "commonjs" | "module";

/** What `tools` reads out of a source before anything runs. */
export interface Parsed {
  kind: Kind;
  /** Every statement that some comment follows, precedes or stands in, in order of `start`. */
  statements: Statement[];
  /** Every comment, in order. */
  comments: Comment[];
  /** Lines that do not parse, as a comment says; the rest was read without them. In order. */
  refused?: Refused[];
  /** The names that it declares for all of itself, in order; empty when it does not parse. */
  declared: Declared[];
  /** When the program asks for them. In order. */
  mutants?: Mutant[];
  /** When the program asks for them: those that change anything in the file, the most telling first. */
  misconceptions?: Misconception[];
  /** Set when the source does not parse; then `statements` is empty and `comments` holds what was read up to there. */
  error: SyntaxProblem | null;
}

/** lexical: `let`, `const`, `class`. */
export interface Declared {
  name: string;
  kind: "lexical" | "var" | "function" | "import";
  line: number;
}

export interface Statement {
  /** Its index in `Parsed.statements`. */
  id: number;
  start: number;
  end: number;
  kind: StatementKind;
  /** In the body of the program itself, not inside a function or a block. */
  top: boolean;
}

/**
 * expression: an expression statement. print: an expression statement that is a call of a console method or alert.
 * declaration: `const`/`let`/`var` with an initialiser (value: that of the last declarator). other: the rest.
 */
export type StatementKind = "expression" | "print" | "declaration" | "other";

export interface Comment {
  start: number;
  end: number;
  /** Without the delimiters, otherwise untouched. */
  text: string;
  block: boolean;
  /** Innermost statement that ended before it with nothing but blanks, `;` and comments between; null: none. */
  after: number | null;
  /** That statement's last line is the comment's first line. */
  trailing: boolean;
  /** The statement that begins after it with nothing but blanks and comments between; null: none. */
  before: number | null;
  /** The innermost statement that it stands in; null: it stands between top-level statements. */
  inside: number | null;
}

/** A change of one place: `text` stands for `start` to `end`. `wholeStart` to `wholeEnd`: the expression or statement that it changes. */
export interface Mutant {
  kind: MutantKind;
  start: number;
  end: number;
  text: string;
  wholeStart: number;
  wholeEnd: number;
}

export type MutantKind =
  | "arithmetic" | "comparison" | "equality" | "logical" | "assignment" | "update" | "negation"
  | "spread" | "number" | "boolean" | "string" | "condition" | "return" | "statement";

/** What a learner may believe of the language, and what the file would have to say for it to be so. */
export interface Misconception {
  name: string;
  /** Its place among all that are known. */
  order: number;
  /** A sentence, as markdown: what is so instead. */
  why: string;
  /** In order; none overlaps another. */
  edits: Edit[];
}

/** `text` stands for `start` to `end`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A line's code, from its first to behind its last character, and what is wrong with it beside the rest. */
export interface Refused {
  start: number;
  end: number;
  error: SyntaxProblem;
}

export interface SyntaxProblem {
  message: string;
  line: number;
  column: number;
  offset: number;
}

/** What happened, in order. */
export interface Trace {
  events: Event[];
  outcome: Outcome;
  /** `module.exports`, or an ES module's namespace, when the program has ended; null when it never got that far. */
  exports: Snapshot | null;
  /** One for each of `Program.probes`, in order; empty when the program never got that far. */
  probes: ProbeResult[];
  tests: TestResult[];
  /** When the program asks for them. */
  stepped?: Stepped | null;
  /** When the program asks for it. */
  modules?: ModuleGraph | null;
}

/** Which files a run loaded, and who asked for them. */
export interface ModuleGraph {
  /** In the order in which they began to run; one that ran again stands there again. A query of an import belongs to the path. */
  order: string[];
  /** Those of them that came to their end. */
  ended: string[];
  /** One for each two files and each way, in the order in which they were asked for. */
  edges: ModuleEdge[];
  /** There were more than are told (200). */
  more: boolean;
}

export interface ModuleEdge {
  from: string;
  /** A file, or a built-in: "node:fs". */
  to: string;
  how: "require" | "import" | "import()";
  /** As it was asked for the first time. */
  specifier: string;
  /**
   * unfinished: at that time it had not come to its end, since it waits for who asks, directly or not. refused: nor may it be
   * had then (an ES module by `require`). never: the source names it, and the run never came there.
   */
  state: "loaded" | "unfinished" | "refused" | "never";
}

/** The steps of a run. */
export interface Stepped {
  steps: Step[];
  /** When all is over: the variables of the files. */
  end: Step;
  /** There were more steps than are told (300). */
  more: boolean;
  /** The variables that there were, whether they are told of or not. */
  names: string[];
}

/** What there was at a moment. */
export interface Step {
  /**
   * done: a statement has ended. called: a function begins. test: a condition was evaluated. returned, threw: with a value.
   * uncaught: with the program's end. end: all is over.
   */
  kind: "done" | "called" | "test" | "returned" | "threw" | "uncaught" | "end";
  /** The file's path. */
  file: string;
  line: number;
  /** The last line of the place. */
  last: number;
  /** Its code, on one line, cut. */
  text: string;
  /** The condition's, the returned or the thrown value. */
  value?: Cell;
  /** What was printed since the step before, cut. */
  printed?: string;
  /** The files in the order in which they began, then the calls, outermost first. */
  frames: StepFrame[];
  /** All that can be reached from there, in the order in which it is met. */
  objects: StepObject[];
}

export interface StepFrame {
  /** The same through all steps. */
  id: number;
  kind: "module" | "function";
  /** The file's path, without the leading slash, or the function's name. */
  name: string;
  /** It is the one that runs. */
  active: boolean;
  variables: [string, Cell][];
}

/** c: what kind of value: "number", "string", "undefined" …; "tdz": it can't be read yet; "getter": never called. */
export type Cell = { t: string; c: string } | { o: number };

export interface StepObject {
  /** The same through all steps. */
  id: number;
  kind: string;
  /** Above the rows, or all there is to tell. */
  title: string;
  /** Key and value; in a map keys are values too, and in a set there are none. */
  rows: [string, Cell][];
  /** Rows that are left out. */
  cut?: number;
}

/** What the numbers in a traced file mean. */
export interface StepTable {
  scopes: { kind: "module" | "function" | "block"; name: string; names: string[] }[];
  places: { line: number; end: number; text: string }[];
}

export type Event =
  /** One call of a printing function. `values`: the arguments, only while a recorded statement is open. */
  | { type: "print"; stream: "stdout" | "stderr"; text: string; values: Value[] | null; statements: number[] }
  /** A recorded statement's value each time it was evaluated (the first 1,000 times); also what a `return` returned. */
  | { type: "value"; statement: number; snapshot: Snapshot }
  /** A recorded statement threw. `resumed`: the run went on behind it. */
  | { type: "threw"; statement: number; error: Thrown; resumed: boolean }
  /** A recorded statement began. */
  | { type: "reached"; statement: number };

export type Outcome =
  | { type: "completed" }
  | { type: "threw"; error: Thrown }
  | { type: "syntax-error"; error: Thrown }
  /** `process.exit(code)`. */
  | { type: "exited"; code: number }
  /** Top-level await that nothing will settle. */
  | { type: "unsettled" }
  /** It used what Galley does not have, e.g. "node:http" or "Intl". */
  | { type: "unsupported"; what: string }
  | { type: "timed-out" }
  | { type: "out-of-memory" }
  /** More output, timers or turns than the limits allow; `what` says which. */
  | { type: "limit"; what: string }
  /** Said by the parent only. */
  | { type: "crashed"; reason: string };

/** A value as text and as data. `text`: `util.inspect(value)` as Node 24 gives it. */
export interface Snapshot {
  text: string;
  value: Value;
}

export type ProbeResult = { type: "value"; snapshot: Snapshot } | { type: "threw"; error: Thrown };

export interface Thrown {
  /** `error.name`, or "" for a thrown value that is no Error. */
  name: string;
  /** `error.message`, or the inspected value. */
  message: string;
  code: string | null;
  /** Where it was thrown, in a file of the program; null when not known. Columns are of the instrumented text: do not show them. */
  file: string | null;
  line: number | null;
  stack: string;
}

/** A value as data: bounded in depth (8), entries (200) and string length (10,000); "cut" stands where a bound was met. */
export type Value =
  | { t: "undefined" | "null" | "hole" | "cut" | "getter" }
  | { t: "boolean"; v: boolean }
  /** `v` as String() gives it, but "-0" for minus zero. */
  | { t: "number"; v: string }
  | { t: "bigint"; v: string }
  | { t: "string"; v: string }
  /** `v`: the description. */
  | { t: "symbol"; v: string }
  | { t: "function"; name: string; class: boolean; extends?: string }
  | { t: "array"; class: string; items: Value[]; extras?: boolean }
  /** A plain object: class "Object"; null prototype: class null. Keys: strings, symbols as "Symbol(x)". */
  | { t: "object"; class: string | null; entries: [string, Value][] }
  | { t: "map"; entries: [Value, Value][] }
  | { t: "set"; items: Value[] }
  /** Milliseconds; null when invalid. */
  | { t: "date"; v: number | null }
  | { t: "regexp"; v: string }
  | { t: "error"; name: string; message: string }
  | { t: "promise"; state: "pending" | "fulfilled" | "rejected" | "unknown"; value: Value | null }
  /** Boxed primitive, proxy, typed array's buffer, generator …: only its inspected text is known. */
  | { t: "other"; text: string }
  /** The n-th enclosing object again (0: the outermost). */
  | { t: "circular"; v: number };

export interface TestResult {
  /** Suites' names before it, joined by " > ". */
  name: string;
  status: "passed" | "failed" | "skipped" | "todo" | "not-run";
  message: string | null;
  expected: string | null;
  actual: string | null;
  /** What was printed while it ran. */
  output: string;
}

/** What a host gives the runtime (QuickJS: src/engine/quickjs.rs; browser: web/page). */
export interface Host {
  /** Loads a built-in chunk by name ("inspect", "assert", …) and gives its default export, a function that the runtime calls. */
  chunk(name: string): unknown;
  /** Compiles a CommonJS function `(exports, require, module, __filename, __dirname)` in sloppy mode; line 1 of `source` stays line 1. */
  compileFunction(source: string, path: string): Function;
  /** Runs a global script in sloppy mode, for the host "browser". */
  runScript?(source: string, path: string): void;
  /**
   * Evaluates a global script in sloppy mode: `[value]`, or null when it was stopped since `timeout` has passed
   * (milliseconds of real time; 0: none). `line`: the number of its first line. `realm`: of `createRealm`; 0: the program's own.
   * Absent: no node:vm.
   */
  evaluateScript?(source: string, path: string, line: number, realm: number, timeout: number): [unknown] | null;
  /** A further realm: its number and its global object. Absent: no contexts of node:vm. */
  createRealm?(): [number, any];
  /** Evaluates an ES module now: its evaluation's promise and its namespace. Absent: no `require` of ES modules. */
  evaluateModule?(source: string): [Promise<unknown>, any];
  /** [state, value]: 0 pending, 1 fulfilled, 2 rejected; null where a host can't know. */
  promiseDetails(promise: Promise<unknown>): [number, unknown] | null;
  /** [target, handler] of a proxy, undefined for anything else. */
  proxyDetails(value: unknown): [unknown, unknown] | undefined;
  /** An object's own keys, or the enumerable ones, at least those that are no indices. Absent: Reflect.ownKeys has to do. */
  ownKeys?(value: object, enumerable: boolean): (string | symbol)[];
  /** Tools.v8Words outside the program's realm. Absent: the runtime loads the chunk "tools" into it. */
  v8Words?: Tools["v8Words"];
  /** Derives a key faster than JavaScript can. Null: not this one. Absent: not at all. */
  deriveKey?(derivation: KeyDerivation): number[] | null | undefined;
  /** What Intl needs. Absent: the engine's own Intl, or none. */
  intl?(): IntlHost;
  /**
   * Called with a test's result when it is registered (`index`: its place among the results), when it begins (`runs`) and when
   * it has ended, so that a program that is stopped from outside keeps what was known. `id` names the test.
   */
  test?(id: number, result: TestResult, index: number | null, runs: boolean): void;
  /** Called for each event as it happens; false: the output limit is met, stop. */
  emit(event: Event): boolean;
}

/** The parts of Intl that are data, or better not JavaScript's to do. Texts are well-formed. */
export interface IntlHost {
  /** The JSON text of a part of the locales' data, such as "dates/de" (web/build/intl-data.mjs). Null: there is no such part. */
  data(name: string): string | null | undefined;
  /** The canonical form of a language tag. Null: it is malformed. */
  canonical(tag: string): string | null | undefined;
  /** With the likely script and region, and without. */
  maximized(tag: string): string | null | undefined;
  minimized(tag: string): string | null | undefined;
  changeCase(text: string, locale: string, isUpper: boolean): string | null | undefined;
  /** The ends of a text's segments in UTF-16 units; that of blanks and punctuation between words is negative. */
  segments(text: string, granularity: string, locale: string): number[] | null | undefined;
  /** [seconds east of Greenwich, 1 in daylight saving time]. Null: no such zone. */
  zoneOffset(zone: string, time: number): [number, number] | null | undefined;
  /** When the zone's offset changed last, and when it will change next; infinite: never. */
  zoneTransitions(zone: string, time: number): [number, number] | null | undefined;
  /** A collator's number. Null: there is no such collation. */
  openCollator(collation: Collation): number | null | undefined;
  compare(collator: number, one: string, other: string): number;
}

export interface Collation {
  /** With its extension: "de-u-co-phonebk-kn". */
  locale: string;
  sensitivity: "base" | "accent" | "case" | "variant";
  ignorePunctuation: boolean;
}

export type KeyDerivation = { password: number[]; salt: number[]; length: number } & (
  | { kind: "pbkdf2"; digest: string; rounds: number }
  | { kind: "scrypt"; log_n: number; r: number; p: number }
);

/** A file as `tools` hands it on: what runs, line for line where the author wrote it. */
export interface Prepared {
  path: string;
  kind: Kind;
  /** The source to compile: recorded statements call `__galley` (see Recorder). */
  source: string;
  /** CommonJS: the names that its text assigns to `exports`, for ES modules that import it. */
  names: string[];
  /** CommonJS: what it requires only to export all of it. */
  reexports?: string[];
  /** Of a traced file. */
  steps?: StepTable;
  /** Of a program that tells which files it loads. */
  mentions?: Mention[];
  /** A module's imports and exports; absent for other kinds and for what does not parse. */
  module?: ModuleSyntax;
  /** Why the source does not parse. */
  error?: SyntaxProblem | null;
}

/** A file that is named where it would be loaded while the program runs. */
export interface Mention {
  specifier: string;
  how: "require" | "import()";
}

/** What an ES module's text says. */
export interface ModuleSyntax {
  /** Each `import … from` and `export … from`, in order. */
  imports: ModuleImport[];
  /** Names exported from the module's own scope, and `export * as name`. */
  exports: string[];
  /** `export { imported as name } from "specifier"`. */
  reexports: { name: string; specifier: string; imported: string }[];
  /** Specifiers of `export * from`. */
  stars: string[];
  /** It has top-level await. */
  awaits: boolean;
}

export interface ModuleImport {
  specifier: string;
  attributes: Record<string, string>;
  /** The names that the other module must have. */
  names: { name: string; line: number; column: number }[];
  /** The text of the list of names; null: none. */
  braces: string | null;
}

/** Default export of the chunk "tools" (acorn). Pure: runs nothing of the author's. */
/** A file that has been read: a prepared one in which nothing is recorded yet, and all that can be written into it. */
export interface ReadFile extends Prepared {
  /** In the order in which they are to stand. */
  insertions: Insertion[];
}

export interface Insertion {
  at: number;
  text: string;
  /** The program has probes, is run for its steps, watches any statement, or watches this one in this way. */
  when: "probes" | "steps" | "watched" | Watched;
}

export interface Tools {
  parse(source: string, kind: Kind | null): Parsed;
  /** Reads all of a program: `parsed` is of the recorded file, or of the entry when none is recorded. What it watches does not matter. */
  read(program: Program): { parsed: Parsed | null; files: ReadFile[] };
  /** `read`, with what the program watches and probes written into its files. */
  prepare(program: Program): { parsed: Parsed | null; files: Prepared[] };
  /**
   * Inserts the recorder's calls; never moves a line. Nothing watched: only kind, hashbang and probes are dealt with.
   * `probes` true: the scope is handed to the recorder, so that expressions can be evaluated in it at the end.
   */
  instrument(file: SourceText, parsed: Parsed, options: { watch: Watched[]; probes: boolean }): Prepared;
  /** Names that a script declares with `function` and `var` in its global scope; none when it does not parse. */
  globalNames(source: string): string[];
  /** V8's message for an error of QuickJS whose own text is not enough; null: the source does not tell it either. */
  v8Words(failure: import("./tools/failure.js").Failure): string | null;
}

/** Default export of the chunk "runtime": one fresh realm, one program. Captures what it needs of the realm's built-ins first. */
export type CreateRuntime = (host: Host, options: { limits: RuntimeLimits } & Conditions) => Runtime;

export interface RuntimeLimits {
  /** Macrotasks before the run ends with outcome "limit". */
  turns: number;
}

export interface Runtime {
  /**
   * Gets ready for a program of which only `entry`, `host`, whether it is recorded and whether it has probes is known.
   * A host that keeps such a runtime for many programs calls it; else `load` does.
   */
  open(program: Program): void;
  /** Puts the files into the virtual file system. Files not listed in `prepared` are prepared never: they are data (JSON, text). */
  load(program: Program, prepared: Prepared[]): void;
  /** Runs the entry's synchronous part (kind script or commonjs). Never throws. */
  start(): void;
  /** The module's absolute path, or "node:…" for a built-in; throws Node's error (ERR_MODULE_NOT_FOUND). */
  resolve(specifier: string, from: string, attributes?: Record<string, string>): string;
  /** Source text of an ES module for the host's loader: the prepared file, or a synthetic one (built-in, JSON, CommonJS) that reads `import.meta.galley`. */
  moduleSource(path: string): string;
  /** What the host puts on the module's `import.meta` as the non-enumerable property "galley"; `import.meta.url/filename/dirname` are set by it too. */
  initMeta(meta: object, path: string): void;
  /** The host evaluates an entry of kind module itself and says how it went. */
  moduleEnded(namespace: object): void;
  moduleFailed(error: unknown): void;
  /** An unhandled rejection that stayed unhandled when the microtask queue was empty; ends the program as Node does. */
  rejected(reason: unknown, promise?: Promise<unknown>): void;
  /** Runs the process.nextTick queue; true if anything ran. The host drains the microtasks before and after. */
  ticks(): boolean;
  /** One macrotask: an immediate, else the next timer (the clock jumps), else a test of `Program.tests`; false: nothing left, or ended. */
  turn(): boolean;
  /** The program has ended by itself (error, exit, limit): the host stops looping. */
  ended(): boolean;
  /** The rest of the trace (events went to `host.emit`): outcome, exports, probes, tests. `host.emit` may still be called by 'exit' handlers. */
  finish(): Omit<Trace, "events">;
}

/** The object that instrumented source knows as `__galley`. */
export interface Recorder {
  /** The statement begins (event "reached"); prints until `end` are its. */
  begin(id: number): void;
  end(id: number): void;
  /** Records a value and gives it back. */
  value<T>(id: number, value: T): T;
  /** A print begins (event "reached"), before its arguments are evaluated. */
  reach(id: number): void;
  /** A print's last argument has been evaluated: what is printed until `end` is the statement's. Gives it back. */
  open<T>(id: number, argument: T): T;
  /** A statement that is said to throw threw. Gives true when the run shall go on behind it. */
  threw(id: number, error: unknown, resumes: boolean): boolean;
  /** Runs a declaration's initialiser; records what it throws, and throws it on unless the run goes on. */
  guard<T>(id: number, initialise: () => T, resumes: boolean): T | undefined;
  /** The statements that are open now, for `back`. */
  mark(): unknown;
  /** Control comes back (behind an `await`, in a `catch`): makes the statements of `mark` the open ones. Gives `value` back. */
  back<T>(mark: unknown, value?: T): T;
  /** Hands over a direct eval of the entry's scope, in which `exports` means what the program exports in the end. */
  scope(evaluate: (expression: string, exports: unknown) => unknown): void;
}
