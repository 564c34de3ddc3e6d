//! Scripts and CommonJS functions, in the program's own realm and in those of node:vm.

use std::cell::RefCell;
use std::ffi::CString;
use std::ptr::NonNull;
use std::time::{Duration, Instant};

use rquickjs::{Ctx, Error, Value, qjs};

use crate::engine::quickjs::rejections::Rejections;
use crate::engine::quickjs::watch::Watch;

/// Compiles a CommonJS function in sloppy mode. The wrapper stands on the author's first line.
pub fn compile_function<'js>(ctx: Ctx<'js>, source: String, path: String) -> rquickjs::Result<Value<'js>> {
    let wrapped = format!("(function (exports, require, module, __filename, __dirname) {{{source}\n}})");
    evaluate_text(ctx, wrapped, path)
}

pub fn run_script<'js>(ctx: Ctx<'js>, source: String, path: String) -> rquickjs::Result<()> {
    evaluate_text(ctx, source, path).map(drop)
}

/// The value of a global script in sloppy mode.
fn evaluate_text<'js>(ctx: Ctx<'js>, source: String, path: String) -> rquickjs::Result<Value<'js>> {
    evaluate_in(&ctx, ctx.as_raw(), source, path, 1)
}

/// The same in any realm of the runtime; `line` is the number of the source's first line.
pub fn evaluate_in<'js>(
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
pub fn create_realm<'js>(
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
pub fn evaluate_until<'js>(
    ctx: &Ctx<'js>,
    watch: &Watch,
    rejections: &Rejections,
    timeout: f64,
    evaluate: impl FnOnce() -> rquickjs::Result<Value<'js>>,
) -> rquickjs::Result<Value<'js>> {
    let before = watch.deadline.get();
    if timeout > 0.0 {
        let deadline = Instant::now() + Duration::from_secs_f64(timeout / 1000.0);
        watch.deadline.set(Some(before.map_or(deadline, |before| before.min(deadline))));
    }
    let waiting = rejections.count();
    let evaluated = evaluate();
    let is_late = watch.is_late();
    watch.deadline.set(before);
    match evaluated {
        // A promise's executor that was stopped has rejected its promise.
        Ok(_) if is_late && !watch.is_over() => {
            rejections.forget_from(waiting);
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
