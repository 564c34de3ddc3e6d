//! One file a command of the binary. A command gives back what happened; `report` and `main` say it.

pub mod build;
pub mod install;
pub mod log;
pub mod new;
pub mod preprocess;
