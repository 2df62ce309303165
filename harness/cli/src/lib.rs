//! The `sctp-lab` command, as a library, so that tests can link it into a binary that
//! cargo builds for them.

// Output that bypasses `output` could be lost without an error.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod against;
mod args;
mod command;
mod console;
mod engines;
mod exit;
mod given;
#[cfg(target_os = "linux")]
mod guest;
mod interrupt;
mod judged;
mod kernels;
mod known;
mod lab_file;
mod library;
mod outcome;
mod output;
mod programs;
mod single;
mod site;
mod stacks;
mod told;
#[cfg(target_os = "linux")]
mod trial;
mod verb;

pub use command::{main, understand};
