/** What the page's scripts find outside their own modules. */

/** Set by mdBook on each page: the way to the book's root, "" or "../…". A constant of an inline script, no property of window. */
declare const path_to_root: string | undefined;

/** Set by `galley/sandbox.js`: the text of the bundled `sandbox/worker.js`. */
declare var galleySandbox: string | undefined;

/** Set by `galley/PART.js`: the texts of the sandbox's parts, by name. */
declare var galleyParts: Record<string, string> | undefined;

/** Made by build.mjs: the chunks that are in no part. */
declare module "galley:chunks" {
  export const chunks: Record<string, () => unknown>;
}

/** Set by `galley/editor.js`: makes what takes the place of a plain textarea. */
declare var galleyEditor: ((text: string, language: string) => import("./editor.js").Area) | undefined;

/** Set by `galley/drawing.js`: the steps of a program, as HTML, or why there are none. */
declare var galleyDrawing:
  | ((
      run: typeof import("./sandbox/frame.js").run,
      worker: string,
      program: import("./data.js").ProgramData,
      plain: { printed: string; ended: import("./sandbox/frame.js").Ended; from: number; signal: AbortSignal; endWithin: number },
    ) => Promise<{ html: string; note: string } | { reason: string }>)
  | undefined;

/** Set by `galley/dialog.js`: makes the dialog of the learner's progress, and gives what opens it. */
declare var galleyDialog: ((kit: import("./panel.js").Kit) => () => void) | undefined;

/** Set by `galley/course.js`: the book's title, chapters, exercises and quizzes. */
declare var galleyCourse: unknown;
