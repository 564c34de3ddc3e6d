//! Brings the JavaScript into the binary: `OUT_DIR/web-dist` holds what `web/build.mjs` bundles.
//!
//! The published crate carries the bundle (web/dist) and needs no Node.js. A checkout bundles it here, from a copy of
//! web/ in OUT_DIR, so that nothing is ever written into the source tree. `$GALLEY_WEB_DIST` names a ready bundle.

#![allow(clippy::disallowed_methods, reason = "a build script reads, writes and ends by its exit code")]

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Folders of web/ that are no sources of the bundle.
const NOT_COPIED: [&str; 3] = ["node_modules", "test", "dist"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=GALLEY_WEB_DIST");
    if let Err(error) = provide_bundle().and_then(|()| name_engine()) {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
        process::exit(1);
    }
}

fn provide_bundle() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let web = root.join("web");
    let dist = out.join("web-dist");
    if let Some(ready) = env::var_os("GALLEY_WEB_DIST").filter(|path| !path.is_empty()) {
        return take_ready(Path::new(&ready), &dist);
    }
    if !web.join("package.json").exists() {
        return take_ready(&web.join("dist"), &dist);
    }
    watch(&web)?;
    let copy = out.join("web");
    mirror(&web, &copy)?;
    install_packages(&copy)?;
    // This script runs for changes of the engine too.
    let (bundled, stamp) = (format!("{:x}", hash(&[&copy])?), out.join("bundled-from"));
    if fs::read_to_string(&stamp).is_ok_and(|from| from == bundled) && dist.exists() {
        return Ok(());
    }
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let mut node = Command::new("node");
    run(node.arg("build.mjs").arg(&dist).current_dir(&copy), "Node.js 20 or later")?;
    fs::write(stamp, bundled)?;
    Ok(())
}

/// Traces are kept between runs (`engine/cache.rs`) as long as what makes them is the same: `GALLEY_ENGINE_HASH` is over
/// the bundle, the engine's sources, the versions of all crates, and how they are compiled.
fn name_engine() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let (engine, lock) = (root.join("src/engine"), root.join("Cargo.lock"));
    println!("cargo::rerun-if-changed={}", engine.display());
    if lock.exists() {
        println!("cargo::rerun-if-changed={}", lock.display());
    }
    let sources = hash(&[&PathBuf::from(env::var("OUT_DIR")?).join("web-dist"), &engine, &lock])?;
    let (target, level) = (env::var("TARGET")?, env::var("OPT_LEVEL")?);
    println!("cargo::rustc-env=GALLEY_ENGINE_HASH={sources:016x}-{target}-{level}");
    Ok(())
}

/// Over names and bytes of all files; what is not there counts as nothing.
fn hash(paths: &[&Path]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut left: Vec<PathBuf> = paths.iter().rev().map(|path| path.to_path_buf()).collect();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
            let mut wanted: Vec<PathBuf> =
                entries.into_iter().filter(|path| !path.file_name().is_some_and(is_skipped)).collect();
            wanted.sort_unstable_by(|a, b| b.cmp(a));
            left.extend(wanted);
        } else if path.exists() {
            let bytes = fs::read(&path)?;
            hasher.write(path.file_name().unwrap_or_default().as_encoded_bytes());
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
    }
    Ok(hasher.finish())
}

/// Takes a bundle that was made before.
fn take_ready(ready: &Path, dist: &Path) -> Result<()> {
    println!("cargo::rerun-if-changed={}", ready.display());
    if !ready.join("quickjs/runtime.js").exists() {
        return Err(format!(
            "There is no JavaScript bundle in {}. Make one with `npm ci && npm run build` in web/.",
            ready.display()
        )
        .into());
    }
    mirror(ready, dist)
}

/// Cargo sees new, changed and deleted files in a folder that it watches, but node_modules is none of its business.
fn watch(web: &Path) -> Result<()> {
    for entry in fs::read_dir(web)? {
        let entry = entry?;
        if !is_skipped(&entry.file_name()) {
            println!("cargo::rerun-if-changed={}", entry.path().display());
        }
    }
    Ok(())
}

/// Makes `to` a copy of `from`: writes what differs, deletes what is gone.
fn mirror(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_skipped(&name) {
            continue;
        }
        let target = to.join(&name);
        if entry.file_type()?.is_dir() {
            mirror(&entry.path(), &target)?;
        } else {
            let contents = fs::read(entry.path())?;
            if fs::read(&target).ok().as_deref() != Some(&contents[..]) {
                fs::write(&target, contents)?;
            }
        }
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_skipped(&name) || from.join(&name).exists() || name == STAMP {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn is_skipped(name: &OsStr) -> bool {
    NOT_COPIED.iter().any(|skipped| name == *skipped)
}

/// The lock file that node_modules was installed from.
const STAMP: &str = "installed-lock.json";

fn install_packages(copy: &Path) -> Result<()> {
    let lock = fs::read(copy.join("package-lock.json"))?;
    let stamp = copy.join(STAMP);
    if fs::read(&stamp).ok().as_deref() == Some(&lock[..]) {
        return Ok(());
    }
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
    run(npm.current_dir(copy), "npm, which comes with Node.js 20 or later")?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Runs a command; what it says is shown when it fails. `tool` is what to install when it is not there.
fn run(command: &mut Command, tool: &str) -> Result<()> {
    let shown = format!("{command:?}");
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(format!(
                "{shown} could not be started: please install {tool} (https://nodejs.org).\n\
                 It bundles Galley's JavaScript; a crate from crates.io carries the bundle and does not need it."
            )
            .into());
        }
        Err(error) => return Err(format!("{shown}: {error}").into()),
    };
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("{shown} failed ({}):\n{out}{err}", output.status).into())
}
