//! SHOW: the verified chapter as mdBook gets it, and the site that mdBook makes of it.
//!
//! [`book`] turns all chapters ([`chapter`]) into markdown with figures ([`example`]), exercises ([`exercise`]) and the list
//! of what was verified ([`verification`]);
//! [`site`] is mdBook's renderer with the page's files ([`assets`]). What is shown is what [`verify`](crate::verify)
//! found; nothing is judged here.

pub mod assets;
pub mod book;
pub mod chapter;
pub mod code;
pub mod course;
pub mod example;
pub mod exercise;
pub mod highlight;
pub mod html;
pub mod pages;
pub mod predict;
#[allow(clippy::disallowed_methods, reason = "it writes the build-dir")]
pub mod publish;
#[allow(clippy::disallowed_methods, reason = "it writes the build-dir")]
pub mod site;
pub mod template;
pub mod verification;
