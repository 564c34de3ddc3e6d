//! Programs that took the engine down are kept, so that they can be reported.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::engine::program::Program;

/// Writes the program into the folder; gives the reason with the file's name, or as it was where nothing can be written.
pub fn keep(folder: &Path, program: &Program, reason: &str) -> String {
    match write(folder, program, reason) {
        Ok(file) => format!("{reason}; please report it with {}", file.display()),
        Err(_) => reason.to_owned(),
    }
}

fn write(folder: &Path, program: &Program, reason: &str) -> io::Result<PathBuf> {
    let text = serde_json::to_string_pretty(&json!({ "reason": reason, "program": program }))?;
    let name = blake3::hash(&serde_json::to_vec(program)?).to_hex();
    let path = folder.join(format!("{}.json", &name[..16]));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist(&path)?;
    Ok(path)
}
