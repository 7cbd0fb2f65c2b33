//! The program `marchland`.

fn main() {}
