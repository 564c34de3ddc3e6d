//! SAY: findings and counts, for people ([`human`]) and machines ([`json`]). It says what was found and judges nothing;
//! what is printed comes out as text, and only `main` writes it.

pub mod bless;
pub mod human;
pub mod json;
pub mod progress;
