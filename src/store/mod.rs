//! Ports to what is kept, and the adapters behind them.

pub mod settings;
