//! Tests of the `vm` engine, which boot and resume real kernels. This binary is also the
//! guest's init and the program that runs in the guest.

#![allow(clippy::unwrap_used)]

mod cache_tests;
mod fingerprint;
mod guest;
mod host;
mod live_tests;
mod run_tests;
mod stop_tests;

use engine::guest::Role;

fn main() {
    match Role::of_this_process() {
        Some(Role::Stage0) => engine::guest::stage0(),
        Some(Role::Job) => engine::guest::job(guest::handle),
        // The tests of the `uml` engine are elsewhere.
        Some(Role::Uml) | None => host::main(),
    }
}
