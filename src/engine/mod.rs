//! RUN: programs go in, traces come out. Author code runs only in here, in worker processes of its own.
//!
//! Nothing in here knows markdown or claims: a [`program::Program`] is plain data and so is a [`trace::Trace`].

pub mod bundle;
pub mod cache;
pub mod frame;
mod intl;
mod keys;
pub mod modules;
pub mod pool;
mod prepared;
pub mod program;
mod quickjs;
mod reading;
pub mod stepped;
pub mod trace;
pub mod worker;
