// What is registered: suites, tests and hooks as a tree, and the result of each test.

/** @import { TestResult } from "../../protocol.d.ts" */

import { add } from "./lists.js";

/**
 * @typedef {(...args: any[]) => unknown} Body
 * @typedef {"before" | "after" | "beforeEach" | "afterEach"} HookName
 * @typedef {{ body: Body, style: Style, timeout: number | null }} Hook
 * @typedef {(body: Body, context: any, done: ((error?: unknown) => void) | null) => unknown} Call
 * @typedef {{ takesDone: (body: Body) => boolean, call: Call }} Style how a body is called: as node:test does, or as mocha and Jest do
 * @typedef {object} Settings
 * @property {unknown} [skip]
 * @property {unknown} [todo]
 * @property {unknown} [only]
 * @property {unknown} [fails]
 * @property {unknown} [timeout]
 * @property {unknown} [plan]
 */

export class Item {
  /** @type {Record<HookName, Hook[]>} */
  hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  /** @type {Item[]} */
  children = [];
  /** A suite's body that has not settled. @type {Promise<unknown> | null} */
  building = null;
  /** What its body or its `before` threw: its tests can't run. @type {{ error: unknown } | null} */
  broken = null;
  /** A `before` that runs already. @type {Promise<unknown> | null} */
  preparing = null;
  started = false;
  ended = false;
  failed = false;
  /** @type {TestResult | null} */
  result = null;
  id = 0;
  /** Called when it has ended. @type {(() => void)[]} */
  waiters = [];
  /** Subtests run one after the other. @type {Promise<unknown> | null} */
  last = null;
  /** @type {Item | null} */
  parent;

  /** @param {boolean} isSuite @param {string} name @param {Item | null} parent @param {Settings} settings @param {Body | null} body @param {Style} style */
  constructor(isSuite, name, parent, settings, body, style) {
    this.isSuite = isSuite;
    this.name = name;
    this.parent = parent;
    this.settings = settings;
    this.body = body;
    this.style = style;
    if (parent !== null) add(parent.children, this);
  }

  /** Names from the outermost, without the file's. @returns {string} */
  fullName() {
    const outer = this.parent?.fullName() ?? "";
    return outer === "" ? this.name : `${outer} > ${this.name}`;
  }

  /** @returns {boolean} */
  get isTodo() {
    return isOn(this.settings.todo) || (this.parent !== null && this.parent.isTodo);
  }

  /** @returns {boolean} */
  get isSkipped() {
    return isOn(this.settings.skip) || (this.parent !== null && this.parent.isSuite && this.parent.isSkipped);
  }

  get hasOnly() {
    return isOn(this.settings.only);
  }

  /** Inside of one that is to run alone. @returns {boolean} */
  get isChosen() {
    return this.hasOnly || (this.parent !== null && this.parent.isChosen);
  }

  /** Something in it is to run alone. @returns {boolean} */
  get holdsOnly() {
    for (let at = 0; at < this.children.length; at++) if (this.children[at].hasOnly || this.children[at].holdsOnly) return true;
    return false;
  }
}

/** @param {unknown} setting */
export const isOn = (setting) => setting !== undefined && setting !== false && setting !== null;
