// The errors of web streams in Node 24's words. The package that the streams are made of throws these instead of its own
// (build/web-streams-patches.mjs); what has no row here keeps the package's words.

import { nodeError, received } from "../errors.js";

const INVALID_STATE = "ERR_INVALID_STATE";
const INVALID_TYPE = "ERR_INVALID_ARG_TYPE";

/** @type {[RegExp, code: string, message: string][]} */
const WORDS = [
  [/^This stream has already been locked for exclusive reading|^Cannot cancel a stream that already has a reader/, INVALID_STATE, "Invalid state: ReadableStream is locked"],
  [/^This stream has already been locked for exclusive writing|^Cannot \w+ a stream that already has a writer/, INVALID_STATE, "Invalid state: WritableStream is locked"],
  [/cannot be used on a locked (\w+)$/, INVALID_STATE, "Invalid state: The $1 is locked"],
  [/using a released reader$/, INVALID_STATE, "Invalid state: The reader is not attached to a stream"],
  [/using a released writer$/, INVALID_STATE, "Invalid state: Writer is not bound to a WritableStream"],
  [/^Reader was released and can no longer/, INVALID_STATE, "Invalid state: Reader released"],
  [/^Reader was released$/, INVALID_STATE, "Invalid state: Releasing reader"],
  [/^Writer was released/, INVALID_STATE, "Invalid state: Writer has been released"],
  [/^The stream is not in a state that permits (close|enqueue)$/, INVALID_STATE, "Invalid state: Controller is already closed"],
  [/^The stream has already been closed; do not|^stream is closed or draining$|is not in the readable state/, INVALID_STATE, "Invalid state: ReadableStream is already closed"],
  [/^Readable side is not in a state that permits enqueue$/, INVALID_STATE, "Invalid state: Unable to enqueue"],
  [/^TransformStream terminated$/, INVALID_STATE, "Invalid state: TransformStream has been terminated"],
  [/^The stream is closing or closed and cannot be written to$/, INVALID_STATE, "Invalid state: WritableStream is closed"],
  [/^Cannot close an already-closing stream$|is not in the writable state/, INVALID_STATE, "Invalid state: Failure to close WritableStream"],
  [/^the destination writable stream closed/, INVALID_STATE, "Invalid state: Destination WritableStream is closed"],
  [/^This BYOB request has been invalidated$/, INVALID_STATE, "Invalid state: This BYOB request has been invalidated"],
  [/^chunk must have non-zero byteLength$/, INVALID_STATE, "Invalid state: chunk ArrayBuffer is zero-length or detached"],
  [/^(?:chunk|view) must be an array buffer view$/, INVALID_TYPE, 'The "buffer" argument must be an instance of Buffer, TypedArray, or DataView.'],
  [/ can only be used on an? (\w+)$/, "ERR_INVALID_THIS", 'Value of "this" must be of type $1'],
  [/^Illegal constructor$/, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"],
  [/has member '(pull|cancel|start)' that is not a function\.$/, INVALID_TYPE, 'The "source.$1" property must be of type function.'],
  [/has member '(write|close|abort)' that is not a function\.$/, INVALID_TYPE, 'The "sink.$1" property must be of type function.'],
  [/has member '(transform|flush)' that is not a function\.$/, INVALID_TYPE, 'The "transformer.$1" property must be of type function.'],
  [/has member 'highWaterMark' that is not/, INVALID_TYPE, 'The "strategy.highWaterMark" property must be of type number.'],
  [/ '(\w*)' is not a valid enumeration value for ReadableStreamReaderMode$/, "ERR_INVALID_ARG_VALUE", "The property 'options.mode' is invalid. Received '$1'"],
  [/ '(\w*)' is not a valid enumeration value for ReadableStreamType$/, "ERR_INVALID_ARG_VALUE", "The property 'source.type' is invalid. Received '$1'"],
  [/has member 'signal' that is not an AbortSignal\.$/, INVALID_TYPE, 'The "options.signal" property must be an instance of AbortSignal.'],
  [/^First parameter is not a ((?:Readable|Writable)Stream)\.$/, INVALID_TYPE, 'The "stream" argument must be an instance of $1.'],
  [/^First parameter has member '(readable|writable)' that is not a (\w+)\.$/, INVALID_TYPE, 'The "transform.$1" property must be an instance of $2.'],
  [/first argument must be a WritableStream$/, INVALID_TYPE, 'The "transform.writable" property must be an instance of WritableStream.'],
  [/^Cannot construct a ReadableStreamBYOBReader/, "ERR_INVALID_ARG_VALUE", "The argument 'stream' must be a byte stream."],
  [/^Invalid highWaterMark$/, "ERR_INVALID_ARG_VALUE", "The property 'strategy.highWaterMark' is invalid."],
  [/^Invalid type is specified$/, "ERR_INVALID_ARG_VALUE", "The argument 'type' is invalid."],
  [/^Size must be a finite/, "ERR_INVALID_ARG_VALUE", "The argument 'size' is invalid."],
];

/**
 * @param {ErrorConstructor} Base
 * @param {string} message
 * @param {unknown[]} given what the package found wrong, if it tells
 */
function inNodesWords(Base, message, given) {
  const row = WORDS.find(([words]) => words.test(message));
  if (!row) return new Base(message);
  const [words, code, replacement] = row;
  const groups = words.exec(message) ?? [];
  const said = replacement.replace(/\$(\d)/g, (_, group) => groups[group]);
  if (given.length === 0) return nodeError(Base, code, said);
  return nodeError(Base, code, code === INVALID_TYPE ? said + received(given[0]) : `${said} Received ${String(given[0])}`);
}

/** Called with `new`, like the classes that they stand for. @param {string} message @param {unknown[]} given */
export function StreamTypeError(message, ...given) {
  return inNodesWords(TypeError, message, given);
}

/** @param {string} message @param {unknown[]} given */
export function StreamRangeError(message, ...given) {
  return inNodesWords(RangeError, message, given);
}
