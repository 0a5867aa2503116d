//! Ports to what is kept, and the adapters behind them.
