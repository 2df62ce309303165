//! Tests that each finding is found in captures that have it, and not in similar ones.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod addresses;
mod course;
mod ends;
mod lone;
mod loss;
mod payloads;
mod story;
mod watch;
