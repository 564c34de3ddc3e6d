//! The JavaScript that `build.rs` bundled out of `web/`, embedded in the binary. Who runs it is not said here.

/// A part of the runtime that QuickJS loads by name: an ES module with a default export.
pub struct Chunk {
    pub name: &'static str,
    pub source: &'static str,
}

macro_rules! chunks {
    ($($name:literal),* $(,)?) => {
        &[$(Chunk {
            name: $name,
            source: include_str!(concat!(env!("OUT_DIR"), "/web-dist/quickjs/", $name, ".js")),
        }),*]
    };
}

/// Reads sources: parses them and writes the recorder's calls into them. Runs nothing of the author's.
pub const TOOLS: Chunk =
    Chunk { name: "tools", source: include_str!(concat!(env!("OUT_DIR"), "/web-dist/quickjs/tools.js")) };

/// Draws the steps of a run.
pub const DRAWING: Chunk =
    Chunk { name: "drawing", source: include_str!(concat!(env!("OUT_DIR"), "/web-dist/quickjs/drawing.js")) };

/// Draws the files that a run loaded.
pub const MODULE_DRAWING: Chunk = Chunk {
    name: "moduleDrawing",
    source: include_str!(concat!(env!("OUT_DIR"), "/web-dist/quickjs/moduleDrawing.js")),
};

/// All that a program's realm may load; "runtime" first and always, the others when they are asked for.
pub const CHUNKS: &[Chunk] = chunks![
    "runtime",
    "inspect",
    "browserGlobals",
    "intl",
    "intlDateTimeFormat",
    "intlDisplayNames",
    "intlNumberFormat",
    "locale",
    "localeMethods",
    "moduleGraph",
    "modules",
    "nodeModule",
    "packageTargets",
    "recording",
    "replacements",
    "table",
    "thrown",
    "tracer",
    "wording",
    "zone",
    "assert",
    "buffer",
    "crypto",
    "cryptoNames",
    "dns",
    "encoding",
    "events",
    "eventTarget",
    "fs",
    "glob",
    "http",
    "http2",
    "jsonWords",
    "keyDerivation",
    "lackingModules",
    "legacyUrl",
    "messageChannel",
    "mime",
    "moreHashes",
    "net",
    "os",
    "parseArgs",
    "path",
    "perfHooks",
    "processDetails",
    "punycode",
    "querystring",
    "stream",
    "stringDecoder",
    "structuredClone",
    "expect",
    "test",
    "testGlobals",
    "testMocks",
    "testRunner",
    "timersPromises",
    "traceEvents",
    "url",
    "util",
    "vm",
    "webStreams",
    "workerThreads",
];

/// The data of locales, for `engine/intl`.
pub const INTL_DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/web-dist/intl.bin"));

/// Of the page: on every page, and what it loads at the first run.
pub const PAGE_SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/galley.js"));
pub const PAGE_EDITOR: &str = include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/editor.js"));
/// What pages get from `serve` only.
pub const PAGE_LIVE: &str = include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/live.js"));
pub const PAGE_DIALOG: &str = include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/dialog.js"));
pub const PAGE_DRAWING: &str = include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/drawing.js"));
pub const PAGE_SANDBOX: &str = include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/sandbox.js"));
/// What the sandbox loads for some programs only.
pub const PAGE_PARTS: [(&str, &str); 5] = [
    ("galley/common.js", include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/common.js"))),
    ("galley/tools.js", include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/tools.js"))),
    ("galley/steps.js", include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/steps.js"))),
    ("galley/expect.js", include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/expect.js"))),
    ("galley/builtins.js", include_str!(concat!(env!("OUT_DIR"), "/web-dist/page/builtins.js"))),
];
