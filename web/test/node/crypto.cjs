const log = console.log;
const tried = (f) => { try { log(f()); } catch (e) { log(e.name, e.code, e.message); } };
const crypto = require("node:crypto");
for (const name of ["md5", "sha1", "sha256", "sha512", "SHA-256", "RSA-SHA256", "sha384", "ripemd160"]) log(name, crypto.createHash(name).update("hello").update(Buffer.from("x")).digest("hex"));
log(crypto.createHmac("sha256", "key").update("data").digest("base64"), crypto.createHash("md5").update("é").digest(), crypto.hash("sha1", "x"));
log(crypto.pbkdf2Sync("p", "s", 10, 16, "sha256").toString("hex"), crypto.timingSafeEqual(Buffer.from("a"), Buffer.from("a")));
log(crypto.randomBytes(4).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()), globalThis.crypto.getRandomValues(new Uint8Array(2)).length);
[() => crypto.createHash("nope"), () => crypto.createHash("md5").update(5), () => { const h = crypto.createHash("md5"); h.digest(); h.digest(); },
  () => crypto.timingSafeEqual(Buffer.from("a"), Buffer.from("ab")), () => crypto.randomInt(5, 1), () => crypto.randomBytes("x"), () => crypto.createHash(5)].forEach(tried);
globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode("x")).then((bytes) => log(Buffer.from(bytes).toString("hex")));
