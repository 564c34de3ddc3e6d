//! SHOW: the verified chapter as mdBook gets it.

pub mod highlight;
pub mod html;
