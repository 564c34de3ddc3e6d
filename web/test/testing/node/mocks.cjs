// Mock functions and timers: each line as Node prints it.
const test = require("node:test");
const { mock } = test;
const log = (...values) => console.log(...values);

test("functions", (t) => {
  const sum = t.mock.fn((a, b) => a + b);
  log(sum(1, 2), sum.mock.callCount(), sum.mock.calls[0].arguments, sum.mock.calls[0].result);
  sum.mock.mockImplementation(() => 7);
  sum.mock.mockImplementationOnce(() => 8);
  sum.mock.mockImplementationOnce(() => 9, 3);
  log(sum(), sum(), sum(), sum(), sum.name, sum.length);
  sum.mock.resetCalls();
  log(sum.mock.callCount());
  const fails = t.mock.fn(() => { throw new Error("x"); });
  try { fails(); } catch (error) { log(error.message, fails.mock.calls[0].error === error); }
  const twice = t.mock.fn(() => "original", () => "mocked", { times: 2 });
  log(twice(), twice(), twice());
  class Point { constructor(x) { this.x = x; } }
  const Mocked = t.mock.fn(Point);
  log(new Mocked(3).x, Mocked.mock.calls[0].target === Mocked, Mocked.mock.calls[0].result);
});
test("methods", () => {
  const counter = { n: 5, add(by) { return this.n + by; }, get twice() { return this.n * 2; }, set value(v) { this.n = v; } };
  const add = mock.method(counter, "add");
  log(counter.add(1), add.mock.calls[0].this === counter, counter.add.mock.callCount());
  mock.method(counter, "add", () => "replaced");
  log(counter.add(1));
  const twice = mock.getter(counter, "twice", () => 99);
  log(counter.twice, twice.mock.callCount());
  const value = mock.setter(counter, "value", () => {});
  counter.value = 8;
  log(counter.n, value.mock.calls[0].arguments);
  mock.restoreAll();
  log(counter.add(1), counter.twice);
  try { mock.method(counter, "missing"); } catch (error) { log(error.code); }
});
test("timers", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"], now: 1000 });
  const seen = [];
  setTimeout((word) => seen.push(word, Date.now()), 100, "timeout");
  const interval = setInterval(() => seen.push("interval"), 40);
  setImmediate(() => seen.push("immediate"));
  t.mock.timers.tick(39);
  log(seen.join(), new Date().toISOString());
  t.mock.timers.tick(61);
  log(seen.join());
  clearInterval(interval);
  const gone = setTimeout(() => seen.push("gone"), 5);
  clearTimeout(gone);
  setTimeout(() => seen.push("all"), 5000);
  t.mock.timers.runAll();
  log(seen.join(), Date.now());
  t.mock.timers.setTime(9000);
  log(Date.now());
  t.mock.timers.reset();
  log(Date.now() > 1e12);
});
test("mocks of a test end with it", () => log(typeof setTimeout, Date.now() > 1e12));
