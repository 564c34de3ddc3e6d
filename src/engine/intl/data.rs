//! The data of locales: one archive that `web/build/intl-data.mjs` makes, of parts that are compressed one by one.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;

use crate::engine::bundle;

/// Where each part begins behind the index, and its length.
static INDEX: LazyLock<HashMap<String, (usize, usize)>> =
    LazyLock::new(|| split().and_then(|(index, _)| serde_json::from_slice(index).ok()).unwrap_or_default());

/// The JSON text of a part, such as `dates/de`; none when there is no such part.
pub fn data(name: &str) -> Option<String> {
    let (start, length) = *INDEX.get(name)?;
    let (_, parts) = split()?;
    let compressed = parts.get(start..start.checked_add(length)?)?;
    let mut text = String::new();
    DeflateDecoder::new(compressed).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The index and all that follows it: the archive begins with the index's length, four bytes, the lowest first.
fn split() -> Option<(&'static [u8], &'static [u8])> {
    let (length, rest) = bundle::INTL_DATA.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{INDEX, data};

    #[test]
    fn each_part_is_json() {
        assert!(INDEX.len() > 100, "{} parts", INDEX.len());
        for name in INDEX.keys() {
            let text = data(name).unwrap_or_else(|| panic!("{name} is broken"));
            let json: Result<serde_json::Value, _> = serde_json::from_str(&text);
            assert!(json.is_ok(), "{name}: {json:?}");
        }
        assert_eq!(data("dates/xx"), None);
    }
}
