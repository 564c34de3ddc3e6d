// The chunks that a host loads by name (Host.chunk), for a host that has them all in one script.
// The binary has each as a file of its own instead; build.mjs reads the names from this folder.

import tools from "../tools/index.js";
import assert from "./builtins/assert.js";
import buffer from "./builtins/buffer.js";
import crypto from "./builtins/crypto.js";
import encoding from "./builtins/encoding.js";
import events from "./builtins/events.js";
import eventTarget from "./builtins/event-target.js";
import fs from "./builtins/fs.js";
import glob from "./builtins/glob.js";
import inspect from "./builtins/inspect.js";
import jsonWords from "./builtins/json-words.js";
import legacyUrl from "./builtins/legacy-url.js";
import messageChannel from "./builtins/message-channel.js";
import os from "./builtins/os.js";
import parseArgs from "./builtins/parse-args.js";
import path from "./builtins/path.js";
import perfHooks from "./builtins/perf-hooks.js";
import processDetails from "./builtins/process-details.js";
import querystring from "./builtins/querystring.js";
import stream from "./builtins/stream.js";
import stringDecoder from "./builtins/string-decoder.js";
import structuredClone from "./builtins/structured-clone.js";
import test from "./builtins/test.js";
import timersPromises from "./builtins/timers-promises.js";
import url from "./builtins/url.js";
import util from "./builtins/util.js";
import vm from "./builtins/vm.js";
import webStreams from "./builtins/web-streams.js";

/** @type {Record<string, () => unknown>} */
export const chunks = {
  tools: () => tools,
  assert: () => assert,
  buffer: () => buffer,
  crypto: () => crypto,
  encoding: () => encoding,
  events: () => events,
  eventTarget: () => eventTarget,
  fs: () => fs,
  glob: () => glob,
  inspect: () => inspect,
  jsonWords: () => jsonWords,
  legacyUrl: () => legacyUrl,
  messageChannel: () => messageChannel,
  os: () => os,
  parseArgs: () => parseArgs,
  path: () => path,
  perfHooks: () => perfHooks,
  processDetails: () => processDetails,
  querystring: () => querystring,
  stream: () => stream,
  stringDecoder: () => stringDecoder,
  structuredClone: () => structuredClone,
  test: () => test,
  timersPromises: () => timersPromises,
  url: () => url,
  util: () => util,
  vm: () => vm,
  webStreams: () => webStreams,
};
