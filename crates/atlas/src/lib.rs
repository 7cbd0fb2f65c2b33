//! The map drawn in Rust, boundaries, and every export format.
