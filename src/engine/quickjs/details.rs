//! What JavaScript does not tell of a value.

use rquickjs::promise::PromiseState;
use std::ptr;

use rquickjs::{Ctx, Error, Value, qjs};

/// `[state, value]` of a promise without touching it; null for anything else.
pub fn promise_details<'js>(ctx: Ctx<'js>, value: Value<'js>) -> rquickjs::Result<Value<'js>> {
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
pub fn proxy_details<'js>(ctx: Ctx<'js>, value: Value<'js>) -> rquickjs::Result<Value<'js>> {
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

/// The engine's mark of a key that is a whole number below 2 ** 31.
const INDEX: qjs::JSAtom = 1 << 31;

/// An object's own keys but for its indices below 2 ** 31: a long array's are never made. Fires traps, as Reflect.ownKeys.
pub fn own_keys<'js>(ctx: Ctx<'js>, value: Value<'js>, enumerable: bool) -> rquickjs::Result<Value<'js>> {
    let mut flags = qjs::JS_GPN_STRING_MASK | qjs::JS_GPN_SYMBOL_MASK;
    if enumerable {
        flags |= qjs::JS_GPN_ENUM_ONLY;
    }
    let context = ctx.as_raw().as_ptr();
    let (mut table, mut length) = (ptr::null_mut(), 0);
    let flags = flags.try_into().map_err(|_| Error::Unknown)?;
    // SAFETY: context and value are alive; what it writes is an owned table of that length, unless it fails.
    if unsafe { qjs::JS_GetOwnPropertyNames(context, &raw mut table, &raw mut length, value.as_raw(), flags) }
        < 0
    {
        return Err(Error::Exception);
    }
    let keys = rquickjs::Array::new(ctx.clone());
    let filled = keys.and_then(|keys| {
        let mut count = 0;
        for at in 0..length as usize {
            // SAFETY: the table has `length` entries.
            let key = unsafe { (*table.add(at)).atom };
            if key & INDEX == 0 {
                // SAFETY: the table keeps the atom; JS_AtomToValue returns an owned value or an exception.
                let key = unsafe { Value::from_raw(ctx.clone(), qjs::JS_AtomToValue(context, key)) };
                keys.set(count, key)?;
                count += 1;
            }
        }
        Ok(keys.into_value())
    });
    // SAFETY: the table is ours and is not used any more.
    unsafe { qjs::JS_FreePropertyEnum(context, table, length) };
    filled
}
