const log=console.log;const fs=require("fs"),path=require("path");
const D="/tmp/galley-test"; fs.rmSync(D,{recursive:true,force:true}); fs.mkdirSync(D+"/q/w",{recursive:true});
fs.writeFileSync(D+"/a.txt","héllo\n"); fs.appendFileSync(D+"/a.txt","x"); log(fs.readFileSync(D+"/a.txt","utf8"), fs.readFileSync(D+"/a.txt"), fs.existsSync(D), fs.existsSync(D+"/no"), fs.readdirSync(D), fs.readdirSync(D,{withFileTypes:true}).map(d=>[d.name,d.isDirectory()]), fs.statSync(D+"/a.txt").size, fs.statSync(D).isDirectory(), fs.readdirSync(D,{withFileTypes:true})[0]);
fs.writeFileSync(D+"/q/w/z.js","module.exports=5"); log(fs.readdirSync(D,{recursive:true}), require(D+"/q/w/z.js"));
fs.writeFileSync(D+"/d.json",'{"x":1}'); log(require(D+"/d.json"));
const tests={a:()=>fs.readFileSync("/no/x.txt"),b:()=>fs.readdirSync("/nope"),c:()=>fs.statSync("/nope"),d:()=>fs.mkdirSync("/tmp"),e:()=>fs.readFileSync("/tmp"),f:()=>fs.unlinkSync("/nope"),g:()=>fs.writeFileSync("/no/such/x","a"),h:()=>fs.rmdirSync(D),i:()=>fs.readdirSync(D+"/a.txt"),j:()=>fs.renameSync("/nope","/nope2"),k:()=>fs.copyFileSync("/nope","/nope2"),l:()=>fs.accessSync("/nope"),m:()=>fs.readFileSync(5.5),n:()=>fs.readFileSync(null),o:()=>fs.rmSync("/nope"),p:()=>fs.rmSync(D),q:()=>fs.openSync("/nope"),r:()=>fs.readFileSync("/nope","nope"),s:()=>fs.writeFileSync(D+"/zz",{}),t:()=>fs.readFile("/x"),u:()=>fs.appendFileSync("/tmp","a"),v:()=>fs.mkdirSync("/a/b/c"),w:()=>fs.unlinkSync(D), x:()=>fs.rmdirSync(D+"/a.txt"), y:()=>fs.statSync("/nope",{throwIfNoEntry:false}), z:()=>fs.realpathSync("/nope"), aa:()=>fs.lstatSync("/nope"), bb:()=>fs.mkdirSync(D+"/a.txt/x"), cc:()=>fs.readFileSync(D+"/a.txt/x"), dd:()=>fs.writeFileSync(D+"/a.txt","q",{flag:"wx"})};
for (const k in tests) try{log(k,tests[k]())}catch(e){log(k,e.name,e.code,e.message,JSON.stringify(e), e.stack.split("\n")[0])}
fs.readFile("/nope", (e, d) => { log("callback", e, d); fs.readFile(D + "/a.txt", "utf8", (e, d) => { log("callback", e, d); setTimeout(() => log("timeout"), 0); setImmediate(() => { log("immediate"); next(); }); }); });
async function next() {
  await fs.promises.readFile("/nope").catch((e) => log("rejected", e.message, e instanceof Error));
  const p = require("fs/promises");
  await p.writeFile(D + "/p.txt", "a\nb\n"); log(await p.readFile(D + "/p.txt", "utf8"), (await p.stat(D + "/p.txt")).isFile(), await p.readdir(D));
  const h = await p.open(D + "/p.txt"); for await (const l of h.readLines()) log("line", l);
  await p.rm(D + "/p.txt"); try { await p.access(D + "/p.txt"); } catch (e) { log(e.code); }
  fs.renameSync(D + "/a.txt", D + "/b.txt"); fs.copyFileSync(D + "/b.txt", D + "/c.txt"); log(fs.readdirSync(D));
  const fd = fs.openSync(D + "/fd.txt", "w"); fs.writeSync(fd, "abc"); fs.writeSync(fd, "def"); fs.closeSync(fd); log(fs.readFileSync(D + "/fd.txt", "utf8"));
  const { pipeline } = require("stream/promises"); const { Transform } = require("stream");
  await pipeline(fs.createReadStream(D + "/fd.txt", { encoding: "utf8" }), new Transform({ transform(c, e, cb) { cb(null, c.toString().toUpperCase()); } }), fs.createWriteStream(D + "/up.txt"));
  log(fs.readFileSync(D + "/up.txt", "utf8"));
  await new Promise((done) => fs.createReadStream("/nope").on("error", (e) => done(log("stream", e.message, e.code))));
  process.chdir(D); log(process.cwd(), fs.existsSync("fd.txt"), path.resolve("x")); process.chdir("/");
  fs.rmSync(D, { recursive: true }); log(fs.existsSync(D));
  try { process.chdir("/nope"); } catch (e) { log(e.message, e.code); }
}
