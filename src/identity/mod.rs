//! Who someone is and what they have proven. Pure: no clock, no store, no async.

pub mod settings;
