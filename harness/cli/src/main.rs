//! The `sctp-lab` command.

fn main() {}
