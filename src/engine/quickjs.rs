//! The JavaScript engine: a realm for reading sources, and a fresh one for each program. The only file that names
//! rquickjs.
//!
//! It follows `Host`, `Runtime` and `Tools` of web/protocol.d.ts and knows nothing of what a program is for. It runs in
//! worker processes only: the engine is C, and its built-ins can outlast every limit set here.

mod intl;
mod memory;
mod reader;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::CString;
use std::ptr::NonNull;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::function::{Func, MutFn};
use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::{Declared, WriteOptions};
use rquickjs::promise::PromiseState;
use rquickjs::{Context, Ctx, Error, Function, Module, Object, Persistent, Runtime, Value, qjs};
use serde_json::json;

use crate::engine::bundle::{self, Chunk};
use crate::engine::keys;
use crate::engine::program::{Conditions, Kind, Limits, Program};
use crate::engine::quickjs::memory::{Full, Heap};
pub use crate::engine::quickjs::reader::Prepared;
use crate::engine::quickjs::reader::Reader;
use crate::engine::trace::{Event, Outcome, Thrown, Trace};

/// The compiled runtime and the realm that reads sources. One a process.
pub struct Engine {
    chunks: Rc<Chunks>,
    reader: Rc<Reader>,
}

/// The bundle's chunks as bytecode, each compiled when it is first wanted.
struct Chunks {
    compiler: Context,
    compiled: RefCell<HashMap<String, Rc<[u8]>>>,
}

impl Chunks {
    fn get(&self, name: &str) -> Option<Rc<[u8]>> {
        if let Some(code) = self.compiled.borrow().get(name) {
            return Some(Rc::clone(code));
        }
        let chunk = bundle::CHUNKS.iter().chain([&bundle::TOOLS]).find(|chunk| chunk.name == name)?;
        let code: Rc<[u8]> = self.compiler.with(|ctx| compile(&ctx, chunk)).ok()?.into();
        self.compiled.borrow_mut().insert(name.to_owned(), Rc::clone(&code));
        Some(code)
    }
}

impl Engine {
    pub fn new() -> Result<Engine, String> {
        let runtime = Runtime::new().map_err(text)?;
        let reading = Context::full(&runtime).map_err(text)?;
        let chunks = Chunks { compiler: reading.clone(), compiled: RefCell::default() };
        let code = chunks.get(bundle::TOOLS.name).ok_or("the bundled JavaScript does not compile")?;
        let reader = Reader::new(reading, &code)
            .map_err(|error| format!("the bundled JavaScript does not load: {error}"))?;
        Ok(Engine { chunks: Rc::new(chunks), reader: Rc::new(reader) })
    }

    pub fn version(&self) -> String {
        // SAFETY: JS_GetVersion returns a pointer to a static, NUL-terminated string.
        let version = unsafe { std::ffi::CStr::from_ptr(qjs::JS_GetVersion()) };
        format!("quickjs-ng {}", version.to_string_lossy())
    }

    /// Parses each file that holds JavaScript and writes the recorder's calls into it.
    pub fn prepare(&self, program: &Program) -> Prepared {
        self.reader.prepare(program)
    }

    /// Runs a program to its end in a realm of its own.
    pub fn run(&self, program: &Program, prepared: &Prepared) -> Trace {
        if program.norun {
            let outcome = match prepared.parsed.as_ref().and_then(|parsed| parsed.error.as_ref()) {
                Some(problem) => Outcome::SyntaxError { error: syntax_error(program, problem) },
                None => Outcome::NotRun,
            };
            return Trace::ended(None, outcome);
        }
        if let Some(problem) = prepared.parsed.as_ref().and_then(|parsed| parsed.error.as_ref()) {
            return Trace::ended(None, Outcome::SyntaxError { error: syntax_error(program, problem) });
        }
        let watch = Rc::new(Watch::new(program.limits));
        let realm = match Realm::new(Rc::clone(&self.chunks), Rc::clone(&self.reader), Rc::clone(&watch)) {
            Ok(realm) => realm,
            Err(error) => {
                return Trace::ended(None, Outcome::Crashed { reason: format!("no realm: {error}") });
            }
        };
        let trace = realm.run(program, prepared);
        let events = watch.events.take();
        match watch.stopped.get().or(watch.full.is_met().then_some(Stop::Memory)) {
            // What the layer says of a program that was stopped from outside is beside the point.
            Some(stop) => Trace { events, outcome: stop.outcome(), ..Trace::default() },
            None => Trace { events, ..trace },
        }
    }
}

/// Why the host ends a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Time,
    Output,
    Memory,
}

impl Stop {
    fn outcome(self) -> Outcome {
        match self {
            Stop::Time => Outcome::TimedOut,
            Stop::Output => Outcome::Limit { what: "output".into() },
            Stop::Memory => Outcome::OutOfMemory,
        }
    }
}

/// What the host sees of a running program.
struct Watch {
    limits: Limits,
    started: Instant,
    stopped: Cell<Option<Stop>>,
    /// When the script that node:vm runs now has to end.
    deadline: Cell<Option<Instant>>,
    printed: Cell<usize>,
    events: RefCell<Vec<Event>>,
    full: Full,
}

impl Watch {
    fn new(limits: Limits) -> Watch {
        Watch {
            limits,
            started: Instant::now(),
            stopped: Cell::new(None),
            deadline: Cell::new(None),
            printed: Cell::new(0),
            events: RefCell::new(Vec::new()),
            full: Full::default(),
        }
    }

    /// True when the program must end now.
    fn is_over(&self) -> bool {
        if self.stopped.get().is_none() {
            if self.full.is_met() {
                self.stopped.set(Some(Stop::Memory));
            } else if self.started.elapsed() > self.limits.time() {
                self.stopped.set(Some(Stop::Time));
            }
        }
        self.stopped.get().is_some()
    }

    /// True when the script that runs now has had its time.
    fn is_late(&self) -> bool {
        self.deadline.get().is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Takes an event; false when there is no room for it.
    fn emit(&self, event: Event, size: usize) -> bool {
        let printed = self.printed.get() + size;
        if printed > self.limits.output && self.stopped.get().is_none() {
            self.stopped.set(Some(Stop::Output));
        }
        if self.is_over() {
            return false;
        }
        self.printed.set(printed);
        self.events.borrow_mut().push(event);
        true
    }
}

/// A fresh runtime with the program's runtime layer loaded.
struct Realm {
    context: Context,
    watch: Rc<Watch>,
    chunks: Rc<Chunks>,
    reader: Rc<Reader>,
    /// The runtime layer's object; emptied before the runtime goes.
    layer: Rc<RefCell<Option<Persistent<Object<'static>>>>>,
    /// Rejections nobody has handled so far, in order.
    rejections: Rc<RefCell<Vec<Rejection>>>,
    /// The realms of node:vm, each a reference that is ours; given back before the runtime goes.
    further: Rc<RefCell<Vec<NonNull<qjs::JSContext>>>>,
}

struct Rejection {
    promise: Persistent<Value<'static>>,
    reason: Persistent<Value<'static>>,
}

impl Drop for Realm {
    fn drop(&mut self) {
        self.layer.take();
        self.rejections.take();
        for context in self.further.take() {
            // SAFETY: `create_realm` made it and kept this reference; the runtime lives as long as `self.context`.
            unsafe { qjs::JS_FreeContext(context.as_ptr()) };
        }
    }
}

impl Realm {
    fn new(chunks: Rc<Chunks>, reader: Rc<Reader>, watch: Rc<Watch>) -> rquickjs::Result<Realm> {
        let runtime = Runtime::new_with_alloc(Heap::new(watch.limits.memory, watch.full.clone()))?;
        runtime.set_max_stack_size(watch.limits.stack);
        // A collection in the middle of a failed allocation can crash the engine; the memory limit bounds garbage.
        runtime.set_gc_threshold(usize::MAX);
        let over = Rc::clone(&watch);
        runtime.set_interrupt_handler(Some(Box::new(move || over.is_over() || over.is_late())));
        let rejections: Rc<RefCell<Vec<Rejection>>> = Rc::default();
        let seen = Rc::clone(&rejections);
        runtime.set_host_promise_rejection_tracker(Some(Box::new(move |ctx, promise, reason, handled| {
            let promise = Persistent::save(&ctx, promise);
            if handled {
                seen.borrow_mut().retain(|rejection| rejection.promise != promise);
            } else {
                seen.borrow_mut().push(Rejection { promise, reason: Persistent::save(&ctx, reason) });
            }
        })));
        let layer = Rc::default();
        runtime.set_loader(Modules(Rc::clone(&layer)), Modules(Rc::clone(&layer)));
        let context = Context::full(&runtime)?;
        Ok(Realm { context, watch, chunks, reader, layer, rejections, further: Rc::default() })
    }

    /// The trace but for its events.
    fn run(&self, program: &Program, prepared: &Prepared) -> Trace {
        let ended =
            self.context.with(|ctx| self.run_in(&ctx, program, prepared).map_err(|error| said(&ctx, &error)));
        ended.unwrap_or_else(|reason| {
            Trace::ended(
                None,
                Outcome::Crashed { reason: format!("the runtime that it runs in broke: {reason}") },
            )
        })
    }

    fn run_in<'js>(&self, ctx: &Ctx<'js>, program: &Program, prepared: &Prepared) -> rquickjs::Result<Trace> {
        let code = self.chunks.get("runtime").ok_or(Error::Unknown)?;
        let create: Function = evaluate(ctx, &code)?;
        let Conditions { now, seed, zone } = &program.conditions;
        let turns = self.watch.limits.turns;
        let options = json!({ "limits": { "turns": turns }, "now": now, "seed": seed, "zone": zone });
        let layer: Object = create.call((self.host(ctx)?, ctx.json_parse(options.to_string())?))?;
        *self.layer.borrow_mut() = Some(Persistent::save(ctx, layer.clone()));
        let program_json = serde_json::to_string(program).map_err(|_| Error::Unknown)?;
        let load: Function = layer.get("load")?;
        let () = load.call((ctx.json_parse(program_json)?, ctx.json_parse(prepared.files.as_str())?))?;
        if prepared.kind == Kind::Module {
            self.run_module(ctx, &layer, &program.entry)?;
        } else {
            let start: Function = layer.get("start")?;
            let () = start.call(())?;
            self.turns(ctx, &layer)?;
        }
        let finish: Function = layer.get("finish")?;
        let rest: Value = finish.call(())?;
        serde_json::from_value(to_json(&rest))
            .map_err(|error| Error::new_from_js_message("trace", "Trace", error.to_string()))
    }

    fn run_module<'js>(&self, ctx: &Ctx<'js>, layer: &Object<'js>, entry: &str) -> rquickjs::Result<()> {
        let failed: Function = layer.get("moduleFailed")?;
        let module = match declare(ctx, layer, entry).and_then(Module::eval) {
            Err(Error::Exception) if !self.watch.is_over() => {
                let () = failed.call((ctx.catch(),))?;
                None
            }
            other => Some(other?),
        };
        // Modules are evaluated inside a job: microtasks come before the next ticks.
        while !self.watch.is_over() && ctx.execute_pending_job() {}
        self.turns(ctx, layer)?;
        let Some((module, promise)) = module else {
            return Ok(());
        };
        // Rejections come through the tracker; a promise still pending is the layer's to notice at the end.
        let over: bool = layer.get::<_, Function>("ended")?.call(())?;
        // A program that goes on behind its module's error has listened for it.
        if promise.state() == PromiseState::Resolved || (promise.state() == PromiseState::Rejected && !over) {
            let ended: Function = layer.get("moduleEnded")?;
            let () = ended.call((module.namespace()?,))?;
            // What the module's end set going (tests, exit handlers) still runs.
            self.turns(ctx, layer)?;
        }
        Ok(())
    }

    /// The event loop: next ticks and microtasks until both are empty, then one macrotask, and so on.
    fn turns<'js>(&self, ctx: &Ctx<'js>, layer: &Object<'js>) -> rquickjs::Result<()> {
        let ticks: Function = layer.get("ticks")?;
        let turn: Function = layer.get("turn")?;
        let ended: Function = layer.get("ended")?;
        let rejected: Function = layer.get("rejected")?;
        loop {
            loop {
                let ticked: bool = ticks.call(())?;
                let mut worked = false;
                while !self.watch.is_over() && ctx.execute_pending_job() {
                    worked = true;
                }
                if self.watch.is_over() {
                    return Err(Error::Unknown);
                }
                if !ticked && !worked {
                    break;
                }
            }
            for Rejection { promise, reason } in self.rejections.take() {
                let () = rejected.call((reason.restore(ctx)?, promise.restore(ctx)?))?;
            }
            let over: bool = ended.call(())?;
            if over || !turn.call::<_, bool>(())? {
                return Ok(());
            }
        }
    }

    /// `Host` of web/protocol.d.ts.
    fn host<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
        let host = Object::new(ctx.clone())?;
        let (chunks, rejections) = (Rc::clone(&self.chunks), Rc::clone(&self.rejections));
        host.set(
            "chunk",
            Func::from(move |ctx: Ctx<'js>, name: String| -> rquickjs::Result<Value<'js>> {
                let code = chunks.get(&name).ok_or(Error::Unknown)?;
                let before = rejections.borrow().len();
                // That it fails is told by what is thrown; no promise of the program's has been rejected.
                evaluate(&ctx, &code).inspect_err(|_| rejections.borrow_mut().truncate(before))
            }),
        )?;
        let reader = Rc::clone(&self.reader);
        host.set(
            "v8Words",
            Func::from(move |failure: Value<'js>| -> Option<String> { reader.v8_words(&to_json(&failure)) }),
        )?;
        host.set(
            "deriveKey",
            Func::from(|derivation: Value<'js>| -> Option<Vec<u8>> { keys::derive(&from_js(derivation)?) }),
        )?;
        host.set("intl", Func::from(intl::host))?;
        host.set("compileFunction", Func::from(compile_function))?;
        host.set("runScript", Func::from(run_script))?;
        let further = Rc::clone(&self.further);
        host.set("createRealm", Func::from(move |ctx: Ctx<'js>| create_realm(ctx, &further)))?;
        let (further, watch) = (Rc::clone(&self.further), Rc::clone(&self.watch));
        let rejections = Rc::clone(&self.rejections);
        host.set(
            "evaluateScript",
            Func::from(
                move |ctx: Ctx<'js>, source: String, path: String, line: i32, realm: usize, timeout: f64| {
                    let context = match realm {
                        0 => ctx.as_raw(),
                        number => *further.borrow().get(number - 1).ok_or(Error::Unknown)?,
                    };
                    evaluate_until(&ctx, &watch, &rejections, timeout, || {
                        evaluate_in(&ctx, context, source, path, line)
                    })
                },
            ),
        )?;
        host.set("evaluateModule", Func::from(evaluate_module))?;
        host.set("promiseDetails", Func::from(promise_details))?;
        host.set("proxyDetails", Func::from(proxy_details))?;
        let watch = Rc::clone(&self.watch);
        host.set(
            "emit",
            Func::from(MutFn::from(move |event: Value<'js>| -> bool {
                let json = to_json(&event);
                let size = json.get("text").and_then(serde_json::Value::as_str).map_or(64, str::len);
                // An event that is none would be a bug of the runtime layer: it must not pass unseen.
                serde_json::from_value(json).is_ok_and(|event| watch.emit(event, size))
            })),
        )?;
        Ok(host)
    }
}

/// Finds and loads ES modules through the runtime layer, which owns the virtual files.
struct Modules(Rc<RefCell<Option<Persistent<Object<'static>>>>>);

impl Modules {
    fn layer<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
        self.0.borrow().clone().ok_or(Error::Unknown)?.restore(ctx)
    }
}

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        let resolve: Function = self.layer(ctx)?.get("resolve")?;
        let Some(attributes) = attributes else { return resolve.call((name, base)) };
        let plain = Object::new(ctx.clone())?;
        for key in attributes.keys() {
            let key = key?;
            plain.set(key.as_str(), attributes.get(&key)?)?;
        }
        resolve.call((name, base, plain))
    }
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        declare(ctx, &self.layer(ctx)?, name)
    }
}

fn declare<'js>(ctx: &Ctx<'js>, layer: &Object<'js>, path: &str) -> rquickjs::Result<Module<'js, Declared>> {
    let source: Function = layer.get("moduleSource")?;
    let source: String = source.call((path,))?;
    let module = Module::declare(ctx.clone(), path, source)?;
    let meta: Function = layer.get("initMeta")?;
    let () = meta.call((module.meta()?, path))?;
    Ok(module)
}

/// Bytecode of a chunk, made in this process from embedded text.
fn compile(ctx: &Ctx<'_>, chunk: &Chunk) -> rquickjs::Result<Vec<u8>> {
    let module = Module::declare(ctx.clone(), format!("galley:{}", chunk.name), chunk.source)?;
    module.write(WriteOptions { strip_source: true, ..WriteOptions::default() })
}

/// The chunk's default export.
fn evaluate<'js, T: rquickjs::FromJs<'js>>(ctx: &Ctx<'js>, bytecode: &[u8]) -> rquickjs::Result<T> {
    // SAFETY: the bytes come from `compile` in this very process, so they are valid bytecode of this engine.
    let module = unsafe { Module::load(ctx.clone(), bytecode)? };
    let (module, settled) = module.eval()?;
    // A chunk can run out of stack, or meet what the program has made of the language.
    if let Some(Err(error)) = settled.result::<Value>() {
        return Err(error);
    }
    module.get("default")
}

/// Compiles a CommonJS function in sloppy mode. The wrapper stands on the author's first line.
fn compile_function<'js>(ctx: Ctx<'js>, source: String, path: String) -> rquickjs::Result<Value<'js>> {
    let wrapped = format!("(function (exports, require, module, __filename, __dirname) {{{source}\n}})");
    evaluate_text(ctx, wrapped, path)
}

fn run_script<'js>(ctx: Ctx<'js>, source: String, path: String) -> rquickjs::Result<()> {
    evaluate_text(ctx, source, path).map(drop)
}

/// The value of a global script in sloppy mode.
fn evaluate_text<'js>(ctx: Ctx<'js>, source: String, path: String) -> rquickjs::Result<Value<'js>> {
    evaluate_in(&ctx, ctx.as_raw(), source, path, 1)
}

/// The same in any realm of the runtime; `line` is the number of the source's first line.
fn evaluate_in<'js>(
    ctx: &Ctx<'js>,
    realm: NonNull<qjs::JSContext>,
    source: String,
    path: String,
    line: i32,
) -> rquickjs::Result<Value<'js>> {
    let length = source.len();
    // The engine wants a NUL behind the source; one inside it is the author's.
    let mut source = source.into_bytes();
    source.push(0);
    let path = CString::new(path)?;
    let mut options = qjs::JSEvalOptions {
        version: qjs::JS_EVAL_OPTIONS_VERSION as i32,
        eval_flags: qjs::JS_EVAL_TYPE_GLOBAL as i32,
        filename: path.as_ptr(),
        line_num: line,
    };
    // SAFETY: the realm is alive, the program's own for 'js and the others as long as `Realm`; both strings and the
    // options live until the call returns, and the length is that of the source without its NUL.
    let value = unsafe { qjs::JS_Eval2(realm.as_ptr(), source.as_ptr().cast(), length as _, &mut options) };
    // SAFETY: `value` was just returned by the engine and is owned by us.
    if unsafe { qjs::JS_IsException(value) } {
        return Err(Error::Exception);
    }
    // SAFETY: as above; ownership passes to the `Value`. Values belong to the runtime, not to a realm.
    Ok(unsafe { Value::from_raw(ctx.clone(), value) })
}

/// `[number, global]` of a further realm.
fn create_realm<'js>(
    ctx: Ctx<'js>,
    further: &RefCell<Vec<NonNull<qjs::JSContext>>>,
) -> rquickjs::Result<Value<'js>> {
    // SAFETY: the runtime is that of a living context; the call gives a reference that is ours, or NULL.
    let raw = unsafe { qjs::JS_NewContext(qjs::JS_GetRuntime(ctx.as_raw().as_ptr())) };
    let realm = NonNull::new(raw).ok_or(Error::Allocation)?;
    further.borrow_mut().push(realm);
    // SAFETY: the realm is alive; the call returns an owned value, whose ownership passes to the `Value`.
    let global = unsafe { Value::from_raw(ctx.clone(), qjs::JS_GetGlobalObject(realm.as_ptr())) };
    let both = rquickjs::Array::new(ctx)?;
    both.set(0, further.borrow().len())?;
    both.set(1, global)?;
    Ok(both.into_value())
}

/// `[value]` of what `evaluate` gives, or null when it was stopped since its time (milliseconds, 0: no limit) has passed.
fn evaluate_until<'js>(
    ctx: &Ctx<'js>,
    watch: &Watch,
    rejections: &RefCell<Vec<Rejection>>,
    timeout: f64,
    evaluate: impl FnOnce() -> rquickjs::Result<Value<'js>>,
) -> rquickjs::Result<Value<'js>> {
    let before = watch.deadline.get();
    if timeout > 0.0 {
        let deadline = Instant::now() + Duration::from_secs_f64(timeout / 1000.0);
        watch.deadline.set(Some(before.map_or(deadline, |before| before.min(deadline))));
    }
    let waiting = rejections.borrow().len();
    let evaluated = evaluate();
    let is_late = watch.is_late();
    watch.deadline.set(before);
    match evaluated {
        // A promise's executor that was stopped has rejected its promise.
        Ok(_) if is_late && !watch.is_over() => {
            rejections.borrow_mut().truncate(waiting);
            Ok(Value::new_null(ctx.clone()))
        }
        Err(Error::Exception) if is_late && !watch.is_over() => {
            // SAFETY: the context is alive; the call takes the mark off the pending error, if it has one.
            unsafe { qjs::JS_ResetUncatchableError(ctx.as_raw().as_ptr()) };
            drop(ctx.catch());
            Ok(Value::new_null(ctx.clone()))
        }
        Err(error) => Err(error),
        Ok(value) => {
            let array = rquickjs::Array::new(ctx.clone())?;
            array.set(0, value)?;
            Ok(array.into_value())
        }
    }
}

/// Evaluates a module of the runtime layer now: its promise and its namespace.
fn evaluate_module<'js>(ctx: Ctx<'js>, source: String) -> rquickjs::Result<Value<'js>> {
    let (module, promise) = Module::declare(ctx.clone(), "galley:require", source)?.eval()?;
    let both = rquickjs::Array::new(ctx)?;
    both.set(0, promise)?;
    both.set(1, module.namespace()?)?;
    Ok(both.into_value())
}

/// `[state, value]` of a promise without touching it; null for anything else.
fn promise_details<'js>(ctx: Ctx<'js>, value: Value<'js>) -> rquickjs::Result<Value<'js>> {
    let Some(promise) = value.as_promise().cloned() else {
        return Ok(Value::new_null(ctx));
    };
    let state = match promise.state() {
        PromiseState::Pending => 0,
        PromiseState::Resolved => 1,
        PromiseState::Rejected => 2,
    };
    // SAFETY: the context and the promise are alive; JS_PromiseResult returns an owned value.
    let result = unsafe {
        let raw = qjs::JS_PromiseResult(ctx.as_raw().as_ptr(), value.as_raw());
        Value::from_raw(ctx.clone(), raw)
    };
    let details = rquickjs::Array::new(ctx)?;
    details.set(0, state)?;
    details.set(1, result)?;
    Ok(details.into_value())
}

/// `[target, handler]` of a proxy without firing a trap, `[null, null]` of a revoked one; undefined for anything else.
fn proxy_details<'js>(ctx: Ctx<'js>, value: Value<'js>) -> rquickjs::Result<Value<'js>> {
    // SAFETY: only looks at the value's class.
    if !unsafe { qjs::JS_IsProxy(value.as_raw()) } {
        return Ok(Value::new_undefined(ctx));
    }
    let part = |get: unsafe extern "C" fn(*mut qjs::JSContext, qjs::JSValue) -> qjs::JSValue| {
        // SAFETY: the context and the proxy are alive; the call returns an owned value or an exception.
        let raw = unsafe { get(ctx.as_raw().as_ptr(), value.as_raw()) };
        // SAFETY: as above.
        if unsafe { qjs::JS_IsException(raw) } {
            ctx.catch();
            return Value::new_null(ctx.clone());
        }
        // SAFETY: as above; ownership passes to the `Value`.
        unsafe { Value::from_raw(ctx.clone(), raw) }
    };
    let details = rquickjs::Array::new(ctx.clone())?;
    details.set(0, part(qjs::JS_GetProxyTarget))?;
    details.set(1, part(qjs::JS_GetProxyHandler))?;
    Ok(details.into_value())
}

/// Own data of plain objects and arrays as JSON. Unlike JSON.stringify it asks nothing that a program could have
/// changed (`toJSON`).
fn to_json(value: &Value<'_>) -> serde_json::Value {
    use serde_json::Value as Json;
    if let Some(flag) = value.as_bool() {
        return Json::from(flag);
    }
    if let Some(number) = value.as_int() {
        return Json::from(number);
    }
    if let Some(number) = value.as_float() {
        // An integral float is an integer to serde's readers.
        let whole = number.fract() == 0.0 && number.abs() < 9e15;
        return if whole { Json::from(number as i64) } else { Json::from(number) };
    }
    if let Some(string) = value.as_string() {
        return Json::from(string.to_string().unwrap_or_else(|_| "\u{fffd}".into()));
    }
    if let Some(array) = value.as_array() {
        return (0..array.len())
            .map(|index| array.get(index).map_or(Json::Null, |item| to_json(&item)))
            .collect();
    }
    if let Some(object) = value.as_object() {
        let entries = object.props::<String, Value>();
        return entries
            .flatten()
            .map(|(key, value)| (key, to_json(&value)))
            .collect::<serde_json::Map<_, _>>()
            .into();
    }
    Json::Null
}

fn from_js<T: serde::de::DeserializeOwned>(value: Value<'_>) -> Option<T> {
    serde_json::from_value(to_json(&value)).ok()
}

/// What an error that left the runtime layer says.
fn said(ctx: &Ctx<'_>, error: &Error) -> String {
    let Error::Exception = error else { return error.to_string() };
    let thrown = ctx.catch();
    thrown
        .as_exception()
        .map(|exception| exception.message().unwrap_or_default())
        .or_else(|| thrown.as_string().and_then(|string| string.to_string().ok()))
        .unwrap_or_else(|| "a value without words".into())
}

fn syntax_error(program: &Program, problem: &crate::engine::trace::SyntaxProblem) -> Thrown {
    Thrown {
        name: "SyntaxError".into(),
        message: problem.message.clone(),
        code: None,
        file: Some(program.record.clone().unwrap_or_else(|| program.entry.clone())),
        line: Some(problem.line),
        stack: String::new(),
    }
}

fn text(error: Error) -> String {
    error.to_string()
}
