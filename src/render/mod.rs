//! SHOW: the verified chapter as mdBook gets it.

pub mod highlight;
pub mod html;
pub mod template;
pub mod code;
