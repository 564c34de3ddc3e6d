//! Values of the engine as plain data.

use rquickjs::{Ctx, Error, Value};

/// Own data of plain objects and arrays as JSON. Unlike JSON.stringify it asks nothing that a program could have
/// changed (`toJSON`).
pub fn to_json(value: &Value<'_>) -> serde_json::Value {
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

pub fn from_js<T: serde::de::DeserializeOwned>(value: Value<'_>) -> Option<T> {
    serde_json::from_value(to_json(&value)).ok()
}

pub fn to_js<'js>(ctx: &Ctx<'js>, data: &impl serde::Serialize) -> rquickjs::Result<Value<'js>> {
    ctx.json_parse(serde_json::to_string(data).map_err(|_| Error::Unknown)?)
}

/// What an error that left the runtime layer says.
pub fn said(ctx: &Ctx<'_>, error: &Error) -> String {
    let Error::Exception = error else { return error.to_string() };
    let thrown = ctx.catch();
    thrown
        .as_exception()
        .map(|exception| exception.message().unwrap_or_default())
        .or_else(|| thrown.as_string().and_then(|string| string.to_string().ok()))
        .unwrap_or_else(|| "a value without words".into())
}
