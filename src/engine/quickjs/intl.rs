//! `IntlHost` of web/protocol.d.ts: what `engine/intl` knows, for JavaScript to call.

use std::rc::Rc;

use rquickjs::function::Func;
use rquickjs::{Ctx, Object, Value};

use crate::engine::intl::{self, Collation, Collators};
use crate::engine::quickjs::values::from_js;

/// Made when a program first asks for `Intl`.
pub fn host<'js>(ctx: Ctx<'js>) -> rquickjs::Result<Object<'js>> {
    let host = Object::new(ctx)?;
    host.set("data", Func::from(|name: String| intl::data(&name)))?;
    host.set("canonical", Func::from(|tag: String| intl::canonical(&tag)))?;
    host.set("maximized", Func::from(|tag: String| intl::maximized(&tag)))?;
    host.set("minimized", Func::from(|tag: String| intl::minimized(&tag)))?;
    host.set(
        "changeCase",
        Func::from(|text: String, locale: String, is_upper: bool| {
            intl::change_case(&text, &locale, is_upper)
        }),
    )?;
    host.set(
        "segments",
        Func::from(|text: String, granularity: String, locale: String| -> Option<Vec<i32>> {
            intl::segments(&text.encode_utf16().collect::<Vec<_>>(), &granularity, &locale)
        }),
    )?;
    host.set("zoneOffset", Func::from(|zone: String, at: f64| intl::offset(&zone, at).map(Vec::from)))?;
    host.set(
        "zoneTransitions",
        Func::from(|zone: String, at: f64| intl::transition(&zone, at).map(Vec::from)),
    )?;
    let collators = Rc::new(Collators::default());
    let opened = Rc::clone(&collators);
    host.set(
        "openCollator",
        Func::from(move |collation: Value<'js>| opened.open(&from_js::<Collation>(collation)?)),
    )?;
    host.set(
        "compare",
        Func::from(move |collator: usize, one: String, other: String| {
            collators.compare(collator, &one, &other)
        }),
    )?;
    Ok(host)
}
