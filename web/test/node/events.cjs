const log = console.log;
const tried = (f) => { try { log(f()); } catch (e) { log(e?.name ?? e, e?.code, e?.message, e?.context); } };
const { EventEmitter, once, on, errorMonitor } = require("node:events");
class My extends EventEmitter {}
const m = new My(); m.on("a", function f() {}); log(m, new EventEmitter());
[() => m.emit("error", { a: 1 }), () => m.emit("error", "s"), () => m.emit("error"), () => m.on("x", 5), () => m.setMaxListeners(-1)].forEach(tried);
m.on(errorMonitor, (e) => log("monitor", e.message)); tried(() => m.emit("error", new Error("boo")));
log(m.eventNames(), m.listenerCount("a"), process instanceof EventEmitter, EventEmitter.name, m.rawListeners("a"), EventEmitter.defaultMaxListeners);
once(m, "go").then((v) => log("once", v)); m.emit("go", 1, 2);
m.prependListener("p", () => log("first")); m.once("p", () => log("once")); m.emit("p"); m.emit("p");
(async () => { setTimeout(() => m.emit("i", 1), 1); for await (const v of on(m, "i")) { log("on", v); break; } })();
const shown = (e) => `${require("util").inspect(e)}`.replace(/timeStamp: [\d.]+/, "timeStamp: 1");
log(shown(new Event("foo", { cancelable: true })), new CustomEvent("c", { detail: { a: 1 } }).detail, new EventTarget(), { a: { b: { c: new Event("x") } } });
const target = new EventTarget();
target.addEventListener("x", function (e) { log(this === target, e.type, e.target === target, e.eventPhase, e.currentTarget === target); e.preventDefault(); }, { once: true });
target.addEventListener("x", { handleEvent(e) { log("object", e.defaultPrevented); e.stopImmediatePropagation(); } });
target.addEventListener("x", () => log("never"));
log(target.dispatchEvent(new Event("x", { cancelable: true })), target.dispatchEvent(new Event("x")));
const c = new AbortController(); log(c, c.signal, [c]);
c.signal.addEventListener("abort", (e) => log(e.type, c.signal.aborted)); c.abort(); c.abort();
log(c, c.signal.reason.name, c.signal.reason.message, c.signal.reason.code, c.signal.reason instanceof DOMException);
log(AbortSignal.abort("why").reason, AbortSignal.any([c.signal, AbortSignal.abort(2)]).reason.name);
const t = AbortSignal.timeout(1); t.onabort = (e) => log(e.type, e.target === t, t.reason.name, t.reason.message, t.reason.code);
setTimeout(() => {}, 20);
[() => new AbortSignal(), () => new Event(), () => target.dispatchEvent({}), () => c.signal.throwIfAborted(), () => target.addEventListener("x"),
  () => target.addEventListener("x", 1), () => AbortSignal.abort(3).throwIfAborted()].forEach(tried);
const { port1, port2 } = new MessageChannel();
port1.onmessage = (e) => { log("message", e.data, e.constructor.name); port1.close(); };
port2.postMessage({ a: new Map([[1, 2]]) });
