//! What JavaScript does not tell of a value.

use rquickjs::promise::PromiseState;
use rquickjs::{Ctx, Value, qjs};

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
