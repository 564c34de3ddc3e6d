// For scripts/record_tests.mjs: the tests of a file as Node reports them, parents before their subtests.
/** @param {AsyncIterable<any>} source */
export default async function* reporter(source) {
  /** @type {{ name: string, status: string, isSuite: boolean, inside: any[] }[][]} */
  const levels = [];
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const status = data.skip !== undefined && type === "test:pass" ? "skipped" : data.todo !== undefined ? "todo" : type === "test:pass" ? "passed" : "failed";
    const inside = levels[data.nesting + 1] ?? [];
    levels[data.nesting + 1] = [];
    (levels[data.nesting] ??= []).push({ name: data.name, status, isSuite: data.details.type === "suite" && data.details.error?.failureType !== "testCodeFailure", inside });
  }
  /** @param {any[]} items @param {string[]} before @returns {string[]} */
  const list = (items, before) =>
    items.flatMap(({ name, status, isSuite, inside }) => {
      const path = [...before, name];
      const own = isSuite && status !== "skipped" ? [] : [`${status.padEnd(8)}${path.join(" > ")}`];
      return [...own, ...list(inside, path)];
    });
  yield `${list(levels[0] ?? [], []).join("\n")}\n`;
}
