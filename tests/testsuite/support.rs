//! A book in a temporary folder and the commands run on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The binary under test.
pub const GALLEY: &str = env!("CARGO_BIN_EXE_mdbook-galley");

/// The project's own root.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that is gone with the test.
pub struct Book {
    root: tempfile::TempDir,
}

/// What a command did.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Book {
    /// An empty folder.
    pub fn empty() -> Book {
        Book { root: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A book of one chapter.
    pub fn of(chapter: &str) -> Book {
        Book::with(&[("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n"), ("src/one.md", chapter)])
    }

    /// A book of these files and a book.toml that fits `src/`.
    pub fn with(files: &[(&str, &str)]) -> Book {
        let book = Book::empty();
        book.write("book.toml", "[book]\ntitle = \"Test\"\nsrc = \"src\"\n\n[build]\nbuild-dir = \"site\"\n");
        for (path, text) in files {
            book.write(path, text);
        }
        book
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the binary in the folder.
    pub fn run(&self, args: &[&str]) -> Ran {
        run(Command::new(GALLEY).args(args).current_dir(self.root.path()))
    }

    /// `check --format json` of a path, and its exit code.
    pub fn check(&self, path: &str) -> (Value, i32) {
        let ran = self.run(&["check", path, "--format", "json"]);
        let report = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}\n{}", ran.stdout, ran.stderr));
        (report, ran.code)
    }

    /// Every file below a folder with its bytes.
    pub fn tree(&self, path: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        tree(&self.path(path))
    }
}

pub fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.clone(), std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// Without a cache, unless the command names one: each run is to show what the programs do.
pub fn run(command: &mut Command) -> Ran {
    if !command.get_envs().any(|(name, _)| name == "GALLEY_CACHE_DIR") {
        command.env("GALLEY_CACHE_DIR", "");
    }
    let output = command.stdin(Stdio::null()).output().expect("the program runs");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Ran {
    #[track_caller]
    pub fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Standard output or standard error holds each of these.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Ran {
        for part in parts {
            let found = self.stdout.contains(part) || self.stderr.contains(part);
            assert!(found, "{part:?} is not in\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        }
        self
    }
}
