//! Which file of a site a URL names, and what is sent for it: a page with the script that follows the builds, anything
//! else as it is.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mime_guess::mime;
use percent_encoding::percent_decode_str;

use crate::render::publish;

/// What is sent for a request.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
    /// Where it is to be asked for instead.
    pub location: Option<String>,
    /// Its name has a hash of its content, so it never changes.
    pub lasts: bool,
}

impl Answer {
    pub fn text(status: u16, content_type: &str, body: &str) -> Answer {
        Answer {
            status,
            content_type: content_type.to_owned(),
            body: body.into(),
            location: None,
            lasts: false,
        }
    }
}

/// The answer to a GET of a path, percent-encoded. `script` is what pages get at their end.
pub fn answer(site: &Path, path: &str, script: &str) -> Answer {
    let Some(below) = below(path) else { return not_found(site, script) };
    let file = site.join(&below);
    if file.is_dir() {
        // Links of the page count from the folder.
        if !path.ends_with('/') {
            // From one slash on: two would name another host.
            let location = Some(format!("/{}/", path.trim_matches('/')));
            return Answer { location, ..Answer::text(301, mime::TEXT_PLAIN_UTF_8.as_ref(), "") };
        }
        return read(&file.join("index.html"), 200, script).unwrap_or_else(|_| not_found(site, script));
    }
    let found = read(&file, 200, script).or_else(|error| newer_search_index(&file).ok_or(error));
    found.unwrap_or_else(|_| not_found(site, script))
}

/// A page that was opened before the latest build asks for the search index of its time.
fn newer_search_index(file: &Path) -> Option<Answer> {
    file.file_name()?.to_str().filter(|name| publish::is_search_index(name))?;
    let newer = publish::search_index(file.parent()?).ok()??;
    let answer = read(&file.with_file_name(newer), 200, "").ok()?;
    Some(Answer { lasts: false, ..answer })
}

/// The path below the site, or none for one that leads elsewhere.
fn below(path: &str) -> Option<PathBuf> {
    let decoded: Cow<'_, str> = percent_decode_str(path).decode_utf8().ok()?;
    let mut below = PathBuf::new();
    for part in decoded.split('/').filter(|part| !part.is_empty()) {
        if matches!(part, "." | "..") || part.contains(['\\', ':', '\0']) || part.starts_with('.') {
            return None;
        }
        below.push(part);
    }
    Some(below)
}

fn read(file: &Path, status: u16, script: &str) -> io::Result<Answer> {
    let body = fs::read(file)?;
    let guess = mime_guess::from_path(file).first_or_octet_stream();
    if guess != mime::TEXT_HTML {
        let content_type = match guess.type_() == mime::TEXT || guess.subtype() == mime::JAVASCRIPT {
            true => format!("{guess}; charset=utf-8"),
            false => guess.to_string(),
        };
        return Ok(Answer { status, content_type, body, location: None, lasts: is_hashed(file) });
    }
    let page = String::from_utf8_lossy(&body);
    Ok(Answer::text(status, mime::TEXT_HTML_UTF_8.as_ref(), &with_script(&page, script)))
}

fn is_hashed(file: &Path) -> bool {
    file.file_name().is_some_and(|name| publish::is_hashed(&name.to_string_lossy()))
}

fn with_script(page: &str, script: &str) -> String {
    let (start, end) = page.split_at(page.rfind("</body>").unwrap_or(page.len()));
    format!("{start}{script}{end}")
}

fn not_found(site: &Path, script: &str) -> Answer {
    let page = if site.join("index.html").is_file() {
        "<!DOCTYPE html><title>Not found</title><h1>Not found</h1><p><a href=\"/\">The book</a></p>"
    } else {
        "<!DOCTYPE html><title>Not built yet</title><h1>The book is not built yet</h1><p>This page shows it as soon as it is.</p>"
    };
    read(&site.join("404.html"), 404, script)
        .unwrap_or_else(|_| Answer::text(404, mime::TEXT_HTML_UTF_8.as_ref(), &with_script(page, script)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("part")).expect("a folder can be made");
        for (path, text) in [
            ("site/index.html", "<body>start</body>"),
            ("site/part/index.html", "part"),
            ("site/a b.js", "1"),
            ("site/.galley-x", "half"),
            ("secret.txt", "secret"),
        ] {
            fs::write(folder.path().join(path), text).expect("a file can be written");
        }
        folder
    }

    fn get(url: &str) -> (u16, String, String) {
        let folder = site();
        let answer = answer(&folder.path().join("site"), url, "<script>");
        (answer.status, answer.content_type, String::from_utf8(answer.body).expect("it is text"))
    }

    #[test]
    fn pages_get_the_script_before_their_end_other_files_do_not() {
        let html = "text/html; charset=utf-8".to_owned();
        assert_eq!(get("/"), (200, html.clone(), "<body>start<script></body>".to_owned()));
        assert_eq!(get("/part/"), (200, html, "part<script>".to_owned()));
        assert_eq!(get("/a%20b.js"), (200, "text/javascript; charset=utf-8".to_owned(), "1".to_owned()));
    }

    #[test]
    fn what_has_its_hash_in_its_name_lasts() {
        for (name, lasts) in [
            ("book-609e4cb8.js", true),
            ("elasticlunr-ef4e11c1.min.js", true),
            ("sandbox.js", false),
            ("a-b.js", false),
        ] {
            assert_eq!(is_hashed(Path::new(name)), lasts, "{name}");
        }
    }

    #[test]
    fn an_open_page_gets_the_search_index_of_now() {
        let folder = site();
        let site = folder.path().join("site");
        fs::write(site.join("searchindex-609e4cb8.js"), "now").expect("a file can be written");
        let get = |path| answer(&site, path, "<script>");
        let (now, before) = (get("/searchindex-609e4cb8.js"), get("/searchindex-00000000.js"));
        assert_eq!((now.body.as_slice(), now.lasts), (b"now".as_slice(), true));
        assert_eq!((before.body.as_slice(), before.lasts), (b"now".as_slice(), false));
        assert_eq!(get("/book-00000000.js").status, 404);
    }

    #[test]
    fn a_folder_is_asked_for_with_its_slash() {
        let folder = site();
        let answer = answer(&folder.path().join("site"), "/part", "");
        assert_eq!((answer.status, answer.location), (301, Some("/part/".to_owned())));
        let answer = super::answer(&folder.path().join("site"), "//part", "");
        assert_eq!(answer.location, Some("/part/".to_owned()));
    }

    #[test]
    fn nothing_outside_of_the_site_is_read_nor_what_is_being_built() {
        for url in
            ["/../secret.txt", "/%2e%2e/secret.txt", "/part/..%2f..%2fsecret.txt", "/.galley-x", "/nothing"]
        {
            let (status, _, body) = get(url);
            assert_eq!(status, 404, "{url}");
            assert!(body.contains("Not found") && body.ends_with("<script>"), "{url}: {body}");
        }
    }

    #[test]
    fn before_the_first_build_a_page_waits_for_it() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let answer = answer(&folder.path().join("site"), "/", "<script>");
        assert!(String::from_utf8_lossy(&answer.body).contains("not built yet"));
    }
}
