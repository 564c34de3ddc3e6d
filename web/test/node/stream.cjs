const log = console.log;
const { Transform, Readable, Writable, PassThrough } = require("node:stream");
(async () => {
  const r = Readable.from(["a", "b", "c"]); const out = []; for await (const c of r) out.push(c); log(out, r.destroyed, r.readableEnded);
  log(await Readable.from([1, 2, 3, 4]).filter((x) => x % 2).map((x) => x * 2).toArray());
  class W extends Writable { _write(c, e, cb) { log("write", c, e); cb(); } }
  const w = new W(); w.on("finish", () => log("finish")); w.write("x"); w.end("y");
  await new Promise((done) => w.on("close", done));
  const rs = new Readable({ read() {} }); rs.on("data", (d) => log("data", d)); rs.push("one"); rs.push(null);
  await new Promise((done) => rs.on("end", done));
  await new Promise((done) => Readable.from(["p1\n", "p2\n"]).on("end", done).pipe(process.stdout));
  const pt = new PassThrough(); pt.setEncoding("utf8"); pt.on("data", (d) => log("through", d)); pt.write("héé"); pt.end();
  await new Promise((done) => pt.on("end", done));
  log(await require("stream/consumers").text(Readable.from(["q", "w"])), new Readable() instanceof require("events"));
  const failing = new Transform({ transform(c, e, cb) { cb(new Error("bad " + c)); } });
  failing.on("error", (e) => log("error", e.message)); failing.write("chunk");
})();
