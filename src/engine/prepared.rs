//! A program whose sources have been read, as it is run.

use serde::{Deserialize, Serialize};

use crate::engine::program::Kind;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Prepared {
    /// Of the entry.
    pub kind: Kind,
    /// JSON of `Prepared[]` of web/protocol.d.ts.
    pub files: String,
}
