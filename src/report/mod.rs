//! SAY: findings and counts, for people ([`human`]) and machines. It says what was found and judges nothing; what is
//! printed comes out as text, and only `main` writes it.
//!
//! Every format of `check` is made from one [`document`], which [`collect`] takes from a run and [`merge`] from the
//! reports of its shards; [`cases`] is how those formats see it that know tests. [`audit`] has what an audit says, [`learner`] what a
//! learner has done.

pub mod audit;
pub mod badge;
pub mod bless;
pub mod cases;
pub mod collect;
pub mod diff;
pub mod document;
pub mod github;
pub mod human;
pub mod junit;
pub mod learner;
pub mod merge;
pub mod progress;
mod rules;
pub mod sarif;
pub mod tap;
