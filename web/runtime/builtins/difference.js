// The line-by-line difference of two texts as Node's AssertionError prints it: "+" for actual, "-" for expected, and
// at most a few equal lines around.

/** So many equal lines are printed before others are left out; not for the sake of one or two. */
const MAX_EQUAL = 5;

/** @typedef {{ kind: "+" | "-" | " ", line: string }} Step */

/**
 * @param {string[]} actual
 * @param {string[]} expected
 */
export function difference(actual, expected) {
  const steps = align(actual, expected);
  const lines = [];
  let skipped = false;
  for (let i = 0; i < steps.length; ) {
    let end = i;
    while (end < steps.length && steps[end].kind === " ") end++;
    const equal = steps.slice(i, end).map(({ line }) => `  ${line}`);
    const isLast = end === steps.length;
    if (isLast) lines.push(...equal.slice(0, MAX_EQUAL));
    else if (equal.length < MAX_EQUAL + 3) lines.push(...equal);
    else {
      lines.push(...equal.slice(0, MAX_EQUAL), "...", equal[equal.length - 1]);
      skipped = true;
    }
    while (end < steps.length && steps[end].kind !== " ") lines.push(`${steps[end].kind} ${steps[end++].line}`);
    i = end;
  }
  return { text: lines.join("\n").trimEnd(), skipped };
}

/**
 * The shortest way from `expected` to `actual`: the longest common subsequence of lines, by dynamic programming.
 * @param {string[]} actual
 * @param {string[]} expected
 * @returns {Step[]}
 */
function align(actual, expected) {
  const width = expected.length + 1;
  const common = new Uint32Array((actual.length + 1) * width);
  for (let a = actual.length - 1; a >= 0; a--) {
    for (let e = expected.length - 1; e >= 0; e--) {
      common[a * width + e] = sameLine(actual[a], expected[e])
        ? common[(a + 1) * width + e + 1] + 1
        : Math.max(common[(a + 1) * width + e], common[a * width + e + 1]);
    }
  }
  /** @type {Step[]} */
  const steps = [];
  let a = 0;
  let e = 0;
  while (a < actual.length || e < expected.length) {
    if (a < actual.length && e < expected.length && sameLine(actual[a], expected[e])) {
      steps.push({ kind: " ", line: actual[a].endsWith(",") ? actual[a] : expected[e] === actual[a] ? actual[a] : expected[e] });
      a++;
      e++;
    } else if (e >= expected.length || (a < actual.length && common[(a + 1) * width + e] >= common[a * width + e + 1])) {
      steps.push({ kind: "+", line: actual[a++] });
    } else steps.push({ kind: "-", line: expected[e++] });
  }
  return steps;
}

/** A comma at the end tells only that more follows. @param {string} a @param {string} b */
const sameLine = (a, b) => a === b || a.replace(/,$/, "") === b.replace(/,$/, "");
