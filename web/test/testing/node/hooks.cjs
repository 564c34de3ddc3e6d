// The order of hooks at every level, with subtests.
const test = require("node:test");
const { describe, it, before, after, beforeEach, afterEach } = test;
const log = (...words) => console.log(words.join(" "));

setTimeout(() => log("timer"), 0);
process.nextTick(() => log("tick"));
Promise.resolve().then(() => log("microtask"));
before(() => log("file before"));
after(() => log("file after"));
beforeEach((t) => log("file beforeEach", t.name));
afterEach((t) => log("file afterEach", t.name));
test("first", async (t) => {
  log("first");
  t.before((own) => log("first before", own.name));
  t.after(() => log("first after"));
  t.beforeEach((sub) => log("first beforeEach", sub.name));
  t.afterEach((sub) => log("first afterEach", sub.name));
  t.test("not awaited", () => log("not awaited"));
  t.test("with its own", async (t) => {
    log("with its own");
    await t.test("inner", () => log("inner"));
    log("behind inner");
  });
  log("first ends");
});
describe("suite", () => {
  log("suite body");
  before(() => log("suite before"));
  after(() => log("suite after"));
  beforeEach(() => log("suite beforeEach 1"));
  beforeEach(() => log("suite beforeEach 2"));
  afterEach(() => log("suite afterEach 1"));
  afterEach(() => log("suite afterEach 2"));
  it("one", () => log("one"));
  describe("nested", () => {
    before(() => log("nested before"));
    beforeEach(() => log("nested beforeEach"));
    afterEach(() => log("nested afterEach"));
    it("two", () => log("two"));
    it.skip("never run", () => log("never run"));
    it.todo("without a body");
    it.todo("fails, and may", () => { throw new Error("to do"); });
    it("skips itself", (t) => { t.skip("why"); log("skips itself"); });
  });
  it("three", () => log("three"));
});
beforeEach(() => log("late beforeEach"));
test("callback", (t, done) => { setTimeout(() => { log("callback"); done(); }, 5); });
test("callback with an error", (t, done) => { done(new Error("given to done")); });
log("file ends");
