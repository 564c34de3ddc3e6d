//! SHOW: the verified chapter as mdBook gets it.

pub mod chapter;
pub mod code;
pub mod example;
pub mod exercise;
pub mod highlight;
pub mod html;
pub mod template;
