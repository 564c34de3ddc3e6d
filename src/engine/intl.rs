//! What `Intl` asks of the host: the data of locales, and what would be slow or large in JavaScript (collation, the
//! boundaries of words, the offsets of time zones, the canonical forms of locales).
//!
//! It follows `IntlHost` of web/protocol.d.ts. Formatting itself is web/runtime/intl.

mod casing;
mod collation;
mod data;
mod locales;
mod segments;
mod zones;

pub use casing::change_case;
pub use collation::{Collation, Collators};
pub use data::data;
pub use locales::{canonical, maximized, minimized};
pub use segments::segments;
pub use zones::{offset, transition};
