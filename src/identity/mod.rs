//! Who someone is and what they have proven. Pure: no clock, no store, no async.
//!
//! States are enums that own their data. A session opens only with a [`sign_in::Proof`], and only
//! the end of a sign-in makes one. Time arrives as `now`, randomness as a parameter.

pub mod account;
pub mod assurance;
pub mod confirm;
pub mod device;
pub mod email_change;
pub mod enrolment;
pub mod event;
pub mod factor;
pub mod invitation;
pub mod kept;
pub mod password;
pub mod phone;
pub mod registration;
pub mod reset;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod terms;
pub mod throttle;

#[cfg(test)]
mod machine_tests;
