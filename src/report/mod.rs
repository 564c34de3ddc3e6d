//! SAY: findings and counts, for people ([`human`]) and machines ([`json`]); [`audit`] has what an audit says. It says what was found and judges nothing;
//! what is printed comes out as text, and only `main` writes it.

pub mod audit;
pub mod bless;
pub mod diff;
pub mod human;
pub mod json;
pub mod progress;
