//! Captures packets on hosts that are not the lab's own.
//!
//! A file names the [targets](Target): hosts that ssh reaches and that have `tcpdump`.
//! [`check`] says whether each target can be captured on, and the remedy where not. A
//! [`Capture`] starts on all targets or on none, leaves the lab's own ssh traffic out, and
//! hands over the packets of all targets, merged by time.
//!
//! The lab installs nothing at the far end, and leaves nothing there: the capturer ends
//! with the connection.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use hosts::{Capture, Event, Interrupt};
//!
//! let (targets, _) = hosts::parse_file("targets.yaml".as_ref())?;
//! let interrupt = Interrupt::default();
//! // A handler of Ctrl-C calls `interrupt.clone().call()`.
//! let capture = Capture::start(&targets, &interrupt, Duration::from_secs(60))?;
//! for interface in capture.interfaces() {
//!     println!("{:?} is {:?}", interface.name, interface.link_type);
//! }
//! // The loop ends when all capturers have ended: by `interrupt`, or each by itself.
//! for event in capture {
//!     match event {
//!         Event::Packet(packet) => println!("{} on {:?}", packet.time_ns, packet.interface),
//!         Event::Ended { name, counts } => println!("{name}: {counts:?}"),
//!         Event::Died { name, words, .. } => eprintln!("{name}: {words}"),
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod capture;
mod check;
mod form;
mod lack;
mod parse;
mod schema;
mod target;
mod value;

pub use capture::{Capture, Counts, Event, HOLD, SETTLE, StartError};
pub use check::{Checked, ClockDifference, Tcpdump, check};
pub use document::{Diagnostic, FileError, render};
pub use lack::Lack;
pub use parse::{parse, parse_file};
pub use process::Interrupt;
pub use schema::schema;
pub use target::Target;
