// What needs the network, threads, a terminal or V8: there by name, and the end of a program that uses it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./host.js";

const USES = {
  "node:net.connect": "require('net').connect(80)",
  "node:net.Server": "new (require('net').Server)()",
  "node:http.createServer": "require('http').createServer(() => {})",
  "node:http.globalAgent": "require('http').globalAgent.maxSockets",
  "node:https.get": "require('https').get('https://a')",
  "node:http2.connect": "require('http2').connect('https://a')",
  "node:dns.lookup": "require('dns').lookup('localhost', () => console.log('found'))",
  "node:dns/promises.lookup": "require('dns/promises').lookup('localhost').catch(() => console.log('failed'))",
  "node:dns.resolve4": "require('dns').resolve4('a.b', () => {})",
  "node:dns.Resolver.resolveMx": "new (require('dns').Resolver)().resolveMx('a.b', () => {})",
  "node:dns.getServers": "require('dns').getServers()",
  "node:tls.getCiphers": "require('tls').getCiphers()",
  "node:tls.rootCertificates": "require('tls').rootCertificates.length",
  "node:dgram.createSocket": "require('dgram').createSocket('udp4')",
  "node:cluster.fork": "require('cluster').fork()",
  "node:worker_threads.Worker": "new (class extends require('worker_threads').Worker {})('/main.js')",
  "node:v8.serialize": "require('v8').serialize(1)",
  "node:async_hooks.AsyncLocalStorage": "new (require('async_hooks').AsyncLocalStorage)()",
  "node:readline.createInterface": "require('readline').createInterface({ input: process.stdin })",
  "node:readline/promises.createInterface": "require('readline/promises').createInterface({ input: process.stdin })",
  "node:zlib": "require('zlib')",
};

test("what is lacking ends the program where it is used, and names itself", async () => {
  for (const [what, use] of Object.entries(USES)) {
    const { outcome, stdout } = await run(`console.log('before'); ${use}; console.log('after')`, { record: null });
    assert.deepEqual(outcome, { type: "unsupported", what });
    assert.equal(stdout, "before\n", what);
  }
});

test("no program can catch it", async () => {
  for (const [what, use] of Object.entries(USES)) {
    const source = `process.on('uncaughtException', () => console.log('heard')); process.on('exit', () => console.log('exit'));
      try { ${use} } catch { console.log('caught') } finally { console.log('finally') }`;
    const { outcome, stdout } = await run(source, { record: null });
    assert.deepEqual(outcome, { type: "unsupported", what });
    assert.equal(stdout, "", what);
  }
});

test("a statement that is recorded ends it too, and to look at the whole module does not", async () => {
  const used = await run("let e; try { require('net').connect(80); // fails\n} catch (error) { e = error; }\ne.code; // ECONNREFUSED\n");
  assert.deepEqual(used.outcome, { type: "unsupported", what: "node:net.connect" });
  assert.ok(!used.events.some((event) => event.type === "threw"));
  for (const name of ["http", "https", "tls", "v8", "worker_threads", "async_hooks"]) {
    const { outcome } = await run(`const m = require('${name}'); // here\nm; // here\nconsole.log(m); // here\n`);
    assert.deepEqual(outcome, { type: "completed" }, name);
  }
});

test("printing an object that is lacking ends the program", async () => {
  for (const print of ["console.log(http.globalAgent)", "console.log({ a: [http.globalAgent] })", "require('util').inspect(http.globalAgent)"]) {
    const { outcome, stdout } = await run(`const http = require('http'); ${print}`, { record: null });
    assert.deepEqual(outcome, { type: "unsupported", what: "node:http.globalAgent" });
    assert.equal(stdout, "");
  }
});
