//! The proxy: the only folder that names Pingora.

pub mod census;
pub mod certificates;
pub mod connection;
pub mod head;
pub mod line;
pub mod settings;
pub mod socket;
