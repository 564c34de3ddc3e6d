//! Puts a freshly rendered site in the place of the old one, file by file.
//!
//! Not by renaming the folder: a server that was started inside it would go on serving the old one, and Windows refuses
//! while a file in it is open. A file whose content stays is not touched at all, so its time stays too. Files that
//! pages refer to come before the pages and what is no longer needed goes last: whoever reads the site meanwhile finds
//! whole files that fit together.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Beginning of the names of folders in which sites are rendered. They lie inside the site's folder: on the same disk,
/// and nowhere else in the author's tree.
pub const STAGING: &str = ".galley-";

/// What is left of a build that was killed is swept when it is older than this; a younger one may be at work.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Moves the files below `fresh` into `site` and removes all others from it.
pub fn publish(fresh: &Path, site: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    list(fresh, Path::new(""), &mut files)?;
    files.sort_by_key(|path| (path.extension() == Some(OsStr::new("html")), path.clone()));
    for path in &files {
        replace(&fresh.join(path), &site.join(path))?;
    }
    let mut keep: BTreeSet<PathBuf> = BTreeSet::new();
    for path in &files {
        keep.extend(path.ancestors().map(Path::to_path_buf));
    }
    sweep(site, Path::new(""), &keep)
}

/// Moves these pages below `fresh` into `site`, where all else stays as it is. They are given the search index that is there.
pub fn publish_pages(fresh: &Path, site: &Path, pages: &BTreeSet<PathBuf>) -> io::Result<()> {
    let (new, old) = (search_index(fresh)?, search_index(site)?);
    for page in pages {
        let file = fresh.join(page);
        if let (Some(new), Some(old)) = (&new, &old) {
            let text = fs::read_to_string(&file)?;
            fs::write(&file, text.replace(new, old))?;
        }
        replace(&file, &site.join(page))?;
    }
    Ok(())
}

/// The name of a site's search index where it has a hash of its content.
pub fn search_index(site: &Path) -> io::Result<Option<String>> {
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_search_index(&name) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Whether a file's name is one of [`search_index`].
pub fn is_search_index(name: &str) -> bool {
    is_hashed(name) && name.starts_with("searchindex-") && name.ends_with(".js")
}

/// Whether a file's name has a hash of its content, as mdBook names what pages refer to: `book-609e4cb8.js`.
pub fn is_hashed(name: &str) -> bool {
    let hash = name.rsplit_once('-').and_then(|(_, rest)| rest.split('.').next()).unwrap_or_default();
    hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn list(root: &Path, below: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            list(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn replace(from: &Path, to: &Path) -> io::Result<()> {
    if to.is_dir() {
        fs::remove_dir_all(to)?;
    } else if same(from, to) {
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        // Where a file of the old site is in the way of a folder, it goes.
        for folder in parent.ancestors().filter(|folder| folder.is_file()) {
            fs::remove_file(folder)?;
        }
        fs::create_dir_all(parent)?;
    }
    fs::rename(from, to)
}

fn same(one: &Path, other: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map(|metadata| metadata.len()).ok();
    length(one).is_some_and(|length_of_one| Some(length_of_one) == length(other))
        && matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}

fn sweep(site: &Path, below: &Path, keep: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(site.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        let is_folder = entry.file_type()?.is_dir();
        if keep.contains(&path) {
            if is_folder {
                sweep(site, &path, keep)?;
            }
        } else if is_folder {
            let is_staging = entry.file_name().to_string_lossy().starts_with(STAGING);
            let age = entry.metadata()?.modified().ok().and_then(|time| time.elapsed().ok());
            if !is_staging || age.is_some_and(|age| age > ABANDONED) {
                fs::remove_dir_all(entry.path())?;
            }
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, content: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    fn tree(root: &Path) -> Vec<String> {
        let mut files = Vec::new();
        list(root, Path::new(""), &mut files).expect("it can be read");
        files.sort();
        let told = files.iter().map(|path| {
            let content = fs::read_to_string(root.join(path)).expect("it can be read");
            format!("{}={content}", path.display().to_string().replace('\\', "/"))
        });
        told.collect()
    }

    #[test]
    fn the_new_site_is_all_that_is_left() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let site = folder.path().join("site");
        for (path, content) in [("index.html", "old"), ("gone/a.html", "old"), ("same.css", "same")] {
            write(&site, path, content);
        }
        write(&site, "was-a-folder/x", "old");
        write(&site, "was-a-file", "old");
        let fresh = site.join(format!("{STAGING}x"));
        for (path, content) in [("index.html", "new"), ("sub/b.html", "new"), ("same.css", "same")] {
            write(&fresh, path, content);
        }
        write(&fresh, "was-a-folder", "new");
        write(&fresh, "was-a-file/x", "new");
        let before = fs::metadata(site.join("same.css")).and_then(|metadata| metadata.modified()).ok();
        publish(&fresh, &site).expect("it can be published");
        fs::remove_dir_all(&fresh).expect("it can be removed");
        assert_eq!(
            tree(&site),
            ["index.html=new", "same.css=same", "sub/b.html=new", "was-a-file/x=new", "was-a-folder=new"]
        );
        assert!(!site.join("gone").exists());
        assert_eq!(before, fs::metadata(site.join("same.css")).and_then(|metadata| metadata.modified()).ok());
    }

    #[test]
    fn a_page_that_comes_alone_gets_the_search_index_that_is_there() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let site = folder.path().join("site");
        for (path, content) in [
            ("a.html", "old"),
            ("b.html", "old"),
            ("searchindex-0a0a0a0a.js", "all"),
            ("searchindex-x.js", ""),
        ] {
            write(&site, path, content);
        }
        let fresh = site.join(format!("{STAGING}x"));
        for (path, content) in
            [("a.html", "see searchindex-1b1b1b1b.js"), ("b.html", "new"), ("searchindex-1b1b1b1b.js", "a")]
        {
            write(&fresh, path, content);
        }
        publish_pages(&fresh, &site, &BTreeSet::from(["a.html".into()])).expect("it can be published");
        fs::remove_dir_all(&fresh).expect("it can be removed");
        assert_eq!(
            tree(&site),
            [
                "a.html=see searchindex-0a0a0a0a.js",
                "b.html=old",
                "searchindex-0a0a0a0a.js=all",
                "searchindex-x.js="
            ]
        );
    }
}
