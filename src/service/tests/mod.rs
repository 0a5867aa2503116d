//! The stories, told to a store in memory and a clock that is turned by hand.

mod account_changes;
mod admin;
mod codes;
mod confirming;
mod devices;
mod email_change;
mod grace;
mod inviting;
mod kept;
mod next_asked;
mod registering;
mod reset;
mod sessions;
mod settling;
mod support;
mod terms;
mod texting;
mod throttling;
mod wizard;
