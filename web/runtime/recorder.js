// Of chunk "recording": which recorded statements are open, and the events that they give: what instrumented source knows as `__galley`.
// The open statements are an immutable list, so that a timer or a promise reaction can take the list of the
// moment it was made and have it back when it runs: what it prints then belongs to the statement that made it.

/** @import { Event, Recorder, Snapshot, Thrown } from "../protocol.d.ts" */

/** A statement in a loop is recorded this often; a longer list proves nothing more and would fill the trace. */
const MAX_RECORDS = 1_000;

/** @typedef {{ readonly id: number, readonly parent: Open } | null} Open innermost first */

/**
 * @typedef {ReturnType<typeof createRecorder>} RecorderState
 * @param {object} needs
 * @param {(event: Event) => void} needs.emit
 * @param {(value: unknown) => Snapshot} needs.snapshot
 * @param {(error: unknown) => Thrown} needs.thrown
 * @param {(error: unknown) => boolean} needs.isStop the error ends the program and is none of the author's
 */
export function createRecorder({ emit, snapshot, thrown, isStop }) {
  /** @type {Open} */
  let open = null;
  /** @type {((expression: string, exports: unknown) => unknown) | null} */
  let evaluate = null;
  /** @type {Map<number, number>} */
  const counts = new Map();

  /** @param {number} id @param {number} weight */
  const mayRecord = (id, weight) => {
    const count = (counts.get(id) ?? 0) + weight;
    counts.set(id, count);
    return count <= MAX_RECORDS;
  };

  /** @param {number} id */
  const reach = (id) => {
    if (mayRecord(id, 1)) emit({ type: "reached", statement: id });
  };

  /** @param {number} id */
  const close = (id) => {
    for (let at = open; at !== null; at = at.parent) {
      if (at.id === id) {
        open = at.parent;
        return;
      }
    }
  };

  /** @type {Recorder} */
  const recorder = {
    begin(id) {
      reach(id);
      open = { id, parent: open };
    },
    end: close,
    reach,
    value(id, value) {
      if (mayRecord(id, 0)) emit({ type: "value", statement: id, snapshot: snapshot(value) });
      return value;
    },
    open(id, argument) {
      open = { id, parent: open };
      return argument;
    },
    threw(id, error, resumes) {
      if (isStop(error)) return false;
      emit({ type: "threw", statement: id, error: thrown(error), resumed: resumes });
      return resumes;
    },
    guard(id, initialise, resumes) {
      try {
        return initialise();
      } catch (error) {
        if (!recorder.threw(id, error, resumes)) throw error;
        return undefined;
      }
    },
    mark: () => open,
    back(mark, value) {
      open = /** @type {Open} */ (mark);
      return /** @type {any} */ (value);
    },
    scope(given) {
      evaluate = given;
    },
  };

  return {
    recorder,
    mark: () => open,
    /** Ids of the open statements, outermost first. */
    statements() {
      const ids = [];
      for (let at = open; at !== null; at = at.parent) ids.unshift(at.id);
      return ids;
    },
    evaluator: () => evaluate,
    /**
     * Runs `callback` with the statements open that were open at `mark`.
     * @template T
     * @param {Open} mark
     * @param {() => T} callback
     */
    within(mark, callback) {
      const before = open;
      open = mark;
      try {
        return callback();
      } finally {
        open = before;
      }
    },
  };
}

/**
 * Lets promise reactions keep the open statements of the moment they were attached. Only done when something is
 * recorded. `await` does not come here: instrumented source restores the list itself (Recorder.back).
 * @param {RecorderState} state
 */
export function followPromises(state) {
  const original = Promise.prototype.then;
  const { apply } = Reflect;
  /** @param {unknown} reaction */
  const keep = (reaction) => {
    if (typeof reaction !== "function") return reaction;
    const mark = state.mark();
    return (/** @type {unknown} */ value) => state.within(mark, () => reaction(value));
  };
  const { then } = {
    /** @this {Promise<unknown>} @param {unknown} onFulfilled @param {unknown} onRejected */
    then(onFulfilled, onRejected) {
      return apply(original, this, [keep(onFulfilled), keep(onRejected)]);
    },
  };
  Object.defineProperty(Promise.prototype, "then", { value: then, writable: true, configurable: true });
}
