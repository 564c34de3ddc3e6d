const log = console.log;
const { PerformanceObserver, performance: same } = require("node:perf_hooks");
log(same === performance, typeof performance.now(), performance.timeOrigin > 0, Object.prototype.toString.call(performance));
new PerformanceObserver((list, observer) => { log(list.getEntries().map((e) => e.name)); observer.disconnect(); }).observe({ entryTypes: ["measure"] });
log(performance.mark("a", { startTime: 1, detail: { x: 1 } })); performance.mark("b", { startTime: 5 });
log(performance.measure("a-b", "a", "b"), performance.getEntriesByName("a-b").length, performance.getEntriesByType("mark").map((e) => e.name));
try { performance.measure("q", "zz"); } catch (e) { log(e.name, e.message, e.code); }
performance.clearMarks("a"); log(performance.getEntriesByType("mark").length);
