const log = console.log;
const tried = (f) => { try { log(f()); } catch (e) { log(e.name, e.code, e.message, Object.keys(e), e.input, e.base); } };
const u = new URL("https://user:pa@sub.Example.com:8080/p/a/../t?query=string&a=1#hash");
log(u, [u], { a: { b: { c: u } } });
log(u.searchParams, new URLSearchParams(), [u.searchParams.entries()], u.searchParams.keys(), [...u.searchParams]);
const url = require("node:url");
[() => new URL("bad"), () => new URL("/x", "nope"), () => new URL(), () => { u.href = "x"; }, () => new URLSearchParams([1]),
  () => u.searchParams.append("a"), () => url.fileURLToPath("http://x"), () => url.fileURLToPath(5), () => u.searchParams.forEach(1),
  () => new URLSearchParams([["a"]]), () => url.pathToFileURL(5)].forEach(tried);
log(URL.canParse("x:"), URL.parse("nope"), url.URL === URL, url.URLSearchParams === URLSearchParams);
log(new URL("https://español.com/ñ?q=ü").href, new URL("https://測試").href, new URL("HTTP://EXAMPLE.com:80/%7Efoo/../b c").href);
log(new URL("../x?y#z", "http://a.b/c/d/e").href, new URL("mailto:a@b.c").pathname, new URL("http://0x7f.1/").host, new URL("http://[::1]:80/").host, new URL("file:///a/./b").href);
log(url.parse("http://user:pass@sub.host.com:8080/p/a/t/h?query=string#hash"), url.parse("/a?b=c&b=d", true).query);
log(url.format(u, { fragment: false, auth: false, search: false }), url.format({ protocol: "http", host: "a.com", pathname: "/x", query: { a: 1 } }));
log(url.resolve("/one/two/three", "four"), url.resolve("http://example.com/", "/one"), url.urlToHttpOptions(u));
log(url.pathToFileURL("/a b/c#d").href, url.fileURLToPath("file:///a%20b/c%23d"), url.domainToASCII("español.com"), url.domainToUnicode("xn--espaol-zwa.com"));
const p = new URLSearchParams({ a: "1", b: "2 3" });
p.append("a", "&"); log(`${p}`, p.getAll("a"), p.size, p.has("a", "1"), p.get("zz")); p.sort(); p.delete("a", "1"); log(`${p}`);
u.searchParams.set("q", "é"); u.port = "443"; u.pathname = "/new path"; u.hash = ""; u.host = "z.org"; log(u.href, u.search, u.origin);
log(Object.prototype.toString.call(u), URL.name, URL.length, JSON.stringify({ u }), Object.keys(URL.prototype).join());
