//! May this request pass? Pure: no clock, no store, no async.
