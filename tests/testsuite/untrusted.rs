//! `check --untrusted`: a stranger's sources are read from their own folder alone.

#![cfg(unix)]

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use crate::support::{Book, GALLEY, Ran, run};

const SECRET: &str = "nobody may read this";

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

/// A book below a folder with a secret; one chapter holds, the other is the stranger's.
fn book(strange: &str) -> Book {
    let book = Book::empty();
    book.write("secret.md", format!("{SECRET}\n\n```js\n'{SECRET}' // => 1\n```\n"));
    book.write("book/book.toml", "[book]\ntitle = \"Test\"\n\n[build]\nbuild-dir = \"site\"\n");
    book.write("book/src/SUMMARY.md", "- [Good](good.md)\n- [Strange](strange.md)\n");
    book.write("book/src/good.md", "```js\n40 + 2 // => 42\n```\n");
    book.write("book/src/strange.md", strange);
    book
}

#[track_caller]
fn refused(book: &Book, says: &[&str]) -> Ran {
    let ran = run(Command::new("timeout")
        .args(["60", GALLEY, "check", "--untrusted"])
        .current_dir(book.path("book")));
    let ran = ran.says(says);
    assert!([1, 2].contains(&ran.code), "exit {}\n{}{}", ran.code, ran.stdout, ran.stderr);
    assert!(!ran.stdout.contains(SECRET), "the secret was read: {}", ran.stdout);
    ran
}

#[test]
fn links_are_not_followed() {
    let strange = book("text {{#include link.md}}\n{{#include up/secret.md}}\n{{#include chain.md}}\n");
    symlink("../../secret.md", strange.path("book/src/link.md")).expect("a link");
    symlink("../..", strange.path("book/src/up")).expect("a link");
    symlink("link.md", strange.path("book/src/chain.md")).expect("a link");
    refused(
        &strange,
        &[
            "src/strange.md:1:6",
            "`src/link.md` is a symbolic link",
            "`src/up` is a symbolic link",
            "`src/chain.md`",
        ],
    )
    .says(&["1 claim held"]);
    // The test sees the secret where links are followed.
    let ran = strange.run(&["check", "book"]);
    assert!(ran.stdout.contains(SECRET), "{}", ran.stdout);
}

#[test]
fn a_link_to_a_file_inside_is_a_link_too() {
    let strange = book("{{#include link.md}}\n");
    symlink("good.md", strange.path("book/src/link.md")).expect("a link");
    refused(&strange, &["`src/link.md` is a symbolic link"]);
}

#[test]
fn chapters_folders_and_settings_are_no_links() {
    let strange = book("");
    std::fs::remove_file(strange.path("book/src/strange.md")).expect("removed");
    symlink("../../secret.md", strange.path("book/src/strange.md")).expect("a link");
    refused(&strange, &["src/SUMMARY.md:2:", "is a symbolic link"]).says(&["1 claim held"]);

    let strange = book("text\n");
    std::fs::rename(strange.path("book/src"), strange.path("elsewhere")).expect("moved");
    symlink("../elsewhere", strange.path("book/src")).expect("a link");
    refused(&strange, &["src/SUMMARY.md", "`src` is a symbolic link"]);

    let strange = book("text\n");
    std::fs::rename(strange.path("book/book.toml"), strange.path("book.toml")).expect("moved");
    symlink("../book.toml", strange.path("book/book.toml")).expect("a link");
    refused(&strange, &["`book.toml` is not read", "is a symbolic link"]);
}

#[test]
fn exercises_are_no_links() {
    let strange = book("text\n");
    strange.write("outside/exercise.md", SECRET);
    std::fs::create_dir(strange.path("book/exercises")).expect("a folder");
    symlink("../../outside", strange.path("book/exercises/sum")).expect("a link");
    refused(&strange, &["exercises/sum", "it is a symbolic link"]);

    let strange = book("text\n");
    strange.write("book/exercises/sum/exercise.md", "# Sum\n\nWrite it.\n");
    symlink("../../../secret.md", strange.path("book/exercises/sum/starter.js")).expect("a link");
    symlink("/", strange.path("book/exercises/sum/files")).expect("a link");
    refused(&strange, &["exercises/sum/starter.js", "exercises/sum/files"]);

    let strange = book("text\n");
    strange.write("outside/sum/exercise.md", SECRET);
    symlink("../outside", strange.path("book/exercises")).expect("a link");
    refused(&strange, &["`exercises` is a symbolic link"]);
}

#[test]
fn pipes_sockets_and_devices_are_not_waited_for() {
    let strange = book("{{#include pipe}} {{#include socket}} {{#include link}}\n");
    pipe(&strange.path("book/src/pipe"));
    pipe(&strange.path("outside"));
    symlink("../../outside", strange.path("book/src/link")).expect("a link");
    let _socket = UnixListener::bind(strange.path("book/src/socket")).expect("a socket");
    refused(&strange, &["`pipe` can't be read", "`socket` can't be read", "`src/link` is a symbolic link"]);
    // Nor for one's own.
    let ran = run(Command::new("timeout").args(["60", GALLEY, "check"]).current_dir(strange.path("book")));
    ran.expect(1).says(&["`pipe` can't be read: it is not a file"]);
}

#[test]
fn a_pipe_among_markdown_files_and_exercises_is_told() {
    let book = Book::empty();
    book.write("a.md", "```js\n1 // => 1\n```\n");
    pipe(&book.path("b.md"));
    for options in [&["check", "."][..], &["check", "--untrusted", "."]] {
        let ran = run(Command::new("timeout").arg("60").arg(GALLEY).args(options).current_dir(book.path("")));
        ran.expect(1).says(&["b.md", "pipe", "1 claim held"]);
    }
}

/// Where nobody may look, nothing is looked for: what is refused is refused by its name.
#[test]
fn what_lies_outside_is_not_even_opened() {
    let strange = book("{{#include ../../closed/x.md}}\n");
    strange.write("closed/x.md", SECRET);
    let closed = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(strange.path("closed"), closed).expect("permissions");
    refused(&strange, &["it lies outside the folder that is checked"]);
    let open = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(strange.path("closed"), open).expect("permissions");
}

#[test]
fn a_lone_file_is_confined_to_its_folder_or_its_book() {
    let book = book("{{#include ../../secret.md}}\n{{#include good.md}}\n");
    let outside = book.run(&["check", "--untrusted", "book/src/strange.md"]).expect(1);
    outside.says(&["it lies outside the folder that is checked", "1 claim held"]);
    book.write("lone/a.md", "{{#include ../secret.md}}\n{{#include sub/b.md}}\n");
    book.write("lone/sub/b.md", "```js\n1 // => 1\n```\n");
    for path in ["lone/a.md", "lone"] {
        let ran = book.run(&["check", "--untrusted", path]).expect(1);
        assert!(!ran.stdout.contains(SECRET));
        ran.says(&["lone/a.md:1:1", "it lies outside the folder that is checked", "held"]);
    }
    let absolute = book.path("lone/a.md");
    book.run(&["check", "--untrusted", absolute.to_str().expect("UTF-8")])
        .expect(1)
        .says(&["it lies outside"]);
}

#[test]
fn the_path_itself_leads_through_no_link() {
    let book = Book::empty();
    book.write("real/a.md", format!("```js\n'{SECRET}' // => 1\n```\n"));
    symlink("real", book.path("docs")).expect("a link");
    for path in ["docs", "docs/a.md"] {
        let ran = book.run(&["check", "--untrusted", path]).expect(2).says(&["`docs` is a symbolic link"]);
        assert!(!ran.stdout.contains(SECRET));
    }
}

#[test]
fn no_command_of_the_book_is_run() {
    let strange = book("text\n");
    let command = "command = \"touch marker\"\n";
    strange.write(
        "book/book.toml",
        format!(
            "[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\n{command}[preprocessor.other]\n{command}\
             before = [\"galley\"]\n[output.other]\n{command}"
        ),
    );
    strange.run(&["check", "--untrusted", "book"]).expect(0);
    strange.run(&["check", "book"]).expect(0);
    let all = strange.tree(".");
    assert!(!all.keys().any(|path| path.ends_with("marker")), "{:?}", all.keys());
}

#[test]
fn who_runs_the_check_sets_the_limits() {
    let toml = "[build]\nbuild-dir = \"site\"\n[preprocessor.galley]\ntimeout = 20000\nmemory = \"512MiB\"\n";
    let strange = book("```js timeout=15000\n1 // => 1\n```\n");
    strange.write("book/book.toml", toml);
    let check = |more: &[&str]| strange.run(&[&["check", "--untrusted", "book"], more].concat());
    check(&[]).expect(2).says(&[
        "book.toml:4:11",
        "book.toml:5:10",
        "src/strange.md:1:7",
        "--config timeout=20000",
    ]);
    check(&["--config", "timeout=15000", "--config", "memory='512MiB'"]).expect(0);
    check(&["--config", "timeout=3000", "--config", "memory='64MiB'"])
        .expect(1)
        .says(&["src/strange.md:1:7", "3000 ms"]);
    check(&["--config", "timeout=900000"]).expect(2).says(&["--config", "600000 ms"]);
    // One's own book may ask for more, but not for everything.
    strange.run(&["check", "book"]).expect(0);
    strange.write("book/book.toml", toml.replace("20000", "900000"));
    strange.run(&["check", "book"]).expect(2).says(&["book.toml:4:11", "600000 ms"]);
}

#[test]
fn it_writes_nothing() {
    let book = book("```js\n1 // => 2\n```\n");
    book.run(&["check", "--untrusted", "--bless", "book"]).expect(2).says(&["--bless"]);
    book.run(&["check", "--untrusted", "--suggest-claims", "book"]).expect(2).says(&["--suggest-claims"]);
    assert!(book.read("book/src/strange.md").contains("=> 2"));
}
