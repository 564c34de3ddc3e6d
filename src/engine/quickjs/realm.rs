//! A realm for one program: a fresh runtime with the runtime layer loaded, ready before the program is known.
//!
//! It follows `Host` and `Runtime` of web/protocol.d.ts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr::NonNull;
use std::rc::Rc;

use rquickjs::function::{Func, MutFn};
use rquickjs::promise::PromiseState;
use rquickjs::{Context, Ctx, Error, Function, Module, Object, Persistent, Runtime, Value, qjs};
use serde_json::json;

use crate::engine::keys;
use crate::engine::prepared::Prepared;
use crate::engine::program::{Conditions, Kind, Program};
use crate::engine::quickjs::chunks::{Chunks, evaluate};
use crate::engine::quickjs::details::{own_keys, promise_details, proxy_details};
use crate::engine::quickjs::expects;
use crate::engine::quickjs::intl;
use crate::engine::quickjs::memory::Heap;
use crate::engine::quickjs::modules::{Modules, declare, evaluate_module};
use crate::engine::quickjs::reader::Reader;
use crate::engine::quickjs::rejections::{Rejection, Rejections};
use crate::engine::quickjs::scripts::{
    compile_function, create_realm, evaluate_in, evaluate_until, run_script,
};
use crate::engine::quickjs::values::{from_js, said, to_js, to_json};
use crate::engine::quickjs::watch::Watch;
use crate::engine::trace::{Outcome, Trace};

/// The runtime layer's object; emptied before the runtime goes.
pub type Layer = Rc<RefCell<Option<Persistent<Object<'static>>>>>;

/// What nearly every program asks for: evaluated before one is known.
const USUAL: &[&str] = &["inspect", "recording", "thrown", "wording"];

pub struct Realm {
    context: Context,
    watch: Rc<Watch>,
    chunks: Rc<Chunks>,
    reader: Rc<Reader>,
    layer: Layer,
    /// Chunks that are evaluated and not asked for yet.
    at_hand: Rc<RefCell<HashMap<&'static str, Persistent<Value<'static>>>>>,
    rejections: Rejections,
    /// The realms of node:vm, each a reference that is ours; given back before the runtime goes.
    further: Rc<RefCell<Vec<NonNull<qjs::JSContext>>>>,
}

impl Drop for Realm {
    fn drop(&mut self) {
        self.layer.take();
        self.at_hand.take();
        self.rejections.take();
        for context in self.further.take() {
            // SAFETY: `create_realm` made it and kept this reference; the runtime lives as long as `self.context`.
            unsafe { qjs::JS_FreeContext(context.as_ptr()) };
        }
    }
}

impl Realm {
    /// `turns`: how many macrotasks a program in it may run.
    pub fn new(
        chunks: Rc<Chunks>,
        reader: Rc<Reader>,
        conditions: &Conditions,
        turns: usize,
    ) -> Result<Realm, String> {
        let realm = Realm::empty(chunks, reader).map_err(|error| error.to_string())?;
        realm
            .context
            .with(|ctx| realm.load_layer(&ctx, conditions, turns).map_err(|error| said(&ctx, &error)))?;
        Ok(realm)
    }

    fn empty(chunks: Rc<Chunks>, reader: Rc<Reader>) -> rquickjs::Result<Realm> {
        let watch = Rc::new(Watch::idle());
        let runtime = Runtime::new_with_alloc(Heap::new(watch.heap.clone()))?;
        // A collection in the middle of a failed allocation can crash the engine: garbage is collected between jobs.
        runtime.set_gc_threshold(usize::MAX);
        let over = Rc::clone(&watch);
        runtime.set_interrupt_handler(Some(Box::new(move || over.step())));
        let rejections = Rejections::of(&runtime);
        let layer = Layer::default();
        runtime.set_loader(Modules(Rc::clone(&layer)), Modules(Rc::clone(&layer)));
        let context = Context::full(&runtime)?;
        let (at_hand, further) = (Rc::default(), Rc::default());
        Ok(Realm { context, watch, chunks, reader, layer, at_hand, rejections, further })
    }

    fn load_layer(&self, ctx: &Ctx<'_>, conditions: &Conditions, turns: usize) -> rquickjs::Result<()> {
        let code = self.chunks.get("runtime").ok_or(Error::Unknown)?;
        let create: Function = evaluate(ctx, &code)?;
        let Conditions { now, seed, zone } = conditions;
        let options = json!({ "limits": { "turns": turns }, "now": now, "seed": seed, "zone": zone });
        let layer: Object = create.call((self.host(ctx)?, ctx.json_parse(options.to_string())?))?;
        *self.layer.borrow_mut() = Some(Persistent::save(ctx, layer));
        Ok(())
    }

    /// Does what can be done before the program itself is known, and evaluates what nearly every program asks for.
    pub fn open(&self, program: &Program) -> Result<(), String> {
        self.context.with(|ctx| self.open_in(&ctx, program).map_err(|error| said(&ctx, &error)))
    }

    fn open_in(&self, ctx: &Ctx<'_>, program: &Program) -> rquickjs::Result<()> {
        for &name in USUAL {
            let value: Value = evaluate(ctx, &self.chunks.get(name).ok_or(Error::Unknown)?)?;
            self.at_hand.borrow_mut().insert(name, Persistent::save(ctx, value));
        }
        let open: Function = self.loaded(ctx)?.get("open")?;
        let bare = Program { files: Vec::new(), ..program.clone() };
        let () = open.call((to_js(ctx, &bare)?,))?;
        if expects(program) {
            // Asking for it loads it.
            let _: Value = ctx.globals().get("expect")?;
        }
        Ok(())
    }

    fn loaded<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
        self.layer.borrow().clone().ok_or(Error::Unknown)?.restore(ctx)
    }

    /// Runs the program to its end.
    pub fn run(&self, program: &Program, prepared: &Prepared) -> Trace {
        self.context.runtime().set_max_stack_size(program.limits.stack);
        self.watch.start(program.limits);
        let ended =
            self.context.with(|ctx| self.run_in(&ctx, program, prepared).map_err(|error| said(&ctx, &error)));
        let (stop, steps) = (self.watch.stop(), self.watch.steps());
        let tests = stop.map_or_else(Vec::new, |stop| self.watch.tests_until(stop));
        let events = self.watch.take_events();
        match (stop, ended) {
            // What the layer says of a program that was stopped from outside is beside the point.
            (Some(stop), _) => Trace { events, steps, outcome: stop.outcome(), tests, ..Trace::default() },
            (None, Ok(trace)) => Trace { events, steps, ..trace },
            (None, Err(reason)) => {
                let reason = format!("the runtime that it runs in broke: {reason}");
                Trace { events, steps, outcome: Outcome::Crashed { reason }, ..Trace::default() }
            }
        }
    }

    /// The trace but for its events.
    fn run_in<'js>(&self, ctx: &Ctx<'js>, program: &Program, prepared: &Prepared) -> rquickjs::Result<Trace> {
        let layer = self.loaded(ctx)?;
        let load: Function = layer.get("load")?;
        let () = load.call((to_js(ctx, program)?, ctx.json_parse(prepared.files.as_str())?))?;
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
        self.jobs(ctx);
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

    /// Runs the jobs that wait, as long as there are any; whether there were.
    fn jobs(&self, ctx: &Ctx<'_>) -> bool {
        let mut worked = false;
        while !self.watch.is_over() && ctx.execute_pending_job() {
            worked = true;
            self.collect(ctx);
        }
        worked
    }

    /// Collects garbage when it is time to. Between jobs nothing of the engine's is half made.
    fn collect(&self, ctx: &Ctx<'_>) {
        if self.watch.heap.wants_collection() {
            ctx.run_gc();
            self.watch.heap.plan_collection();
        }
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
                let worked = self.jobs(ctx);
                self.collect(ctx);
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
        let (chunks, rejections) = (Rc::clone(&self.chunks), self.rejections.clone());
        let at_hand = Rc::clone(&self.at_hand);
        host.set(
            "chunk",
            Func::from(move |ctx: Ctx<'js>, name: String| -> rquickjs::Result<Value<'js>> {
                if let Some(value) = at_hand.borrow_mut().remove(name.as_str()) {
                    return value.restore(&ctx);
                }
                let code = chunks.get(&name).ok_or(Error::Unknown)?;
                let before = rejections.count();
                // That it fails is told by what is thrown; no promise of the program's has been rejected.
                evaluate(&ctx, &code).inspect_err(|_| rejections.forget_from(before))
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
        let rejections = self.rejections.clone();
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
        host.set("ownKeys", Func::from(own_keys))?;
        let watch = Rc::clone(&self.watch);
        host.set(
            "test",
            Func::from(move |id: u32, result: Value<'js>, index: Option<usize>, runs: bool| {
                if let Some(result) = from_js(result) {
                    watch.test(id, result, index, runs);
                }
            }),
        )?;
        let watch = Rc::clone(&self.watch);
        host.set(
            "emit",
            Func::from(MutFn::from(move |event: Value<'js>| -> bool {
                let json = to_json(&event);
                let size = size(&json);
                // An event that is none would be a bug of the runtime layer: it must not pass unseen.
                serde_json::from_value(json).is_ok_and(|event| watch.emit(event, size))
            })),
        )?;
        Ok(host)
    }
}

/// How much of the room for output an event takes: what is printed as long as it is, what is only recorded next to nothing.
fn size(event: &serde_json::Value) -> usize {
    let length = |text: Option<&serde_json::Value>| text.and_then(serde_json::Value::as_str).map(str::len);
    let recorded = || length(event.pointer("/snapshot/text")).map_or(4, |length| 4 + length.min(60));
    length(event.get("text")).unwrap_or_else(recorded)
}
