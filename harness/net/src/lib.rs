//! The network of a run: nodes, links, faults and capture.
//!
//! A [`Plan`] describes hosts and cables. [`Network::build`] makes every node a network
//! namespace, and every link two interfaces that are joined by a *fabric*. Each frame
//! passes through the fabric. The [rules](rules::Rule) act on it there, and it is recorded
//! there and at the receiving interface. [`Network::finish`] returns all frames as a
//! [`FrameRecord`]; [`Network::follow`] gives them while the network runs.
//!
//! No namespace is bound to a name or written to disk: a namespace lives as long as the
//! process holds it, and the kernel removes it however the process ends.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use net::{Direction, EndPlan, LinkPlan, Network, NodePlan, Plan};
//!
//! let network = Network::build(Plan {
//!     nodes: vec![NodePlan::host("client"), NodePlan::host("server")],
//!     links: vec![LinkPlan::new(
//!         "path-a",
//!         EndPlan::new("client", ["10.0.1.1/24".parse()?]),
//!         EndPlan::new("server", ["10.0.1.2/24".parse()?]),
//!     )],
//!     ..Plan::default()
//! })
//! .await?;
//!
//! let socket = network
//!     .node("client")?
//!     .enter(|| std::net::UdpSocket::bind("10.0.1.1:0"))??;
//! network.cut("path-a", Direction::Both)?;
//! socket.send_to(b"lost", "10.0.1.2:9")?;
//!
//! let capture = network.finish().await?;
//! assert!(capture.records[0].fault.is_some());
//! # Ok(())
//! # }
//! ```

mod activity;
mod alarm;
mod association;
mod change;
mod error;
mod exit;
mod fabric;
mod follower;
mod fragments;
mod frames;
mod hosted;
mod layout;
mod log;
mod network;
mod outside;
mod plan;
mod rulebook;
mod seen;
mod watch;

#[cfg(target_os = "freebsd")]
mod freebsd;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "freebsd")]
use freebsd as platform;
#[cfg(target_os = "linux")]
use linux as platform;

pub use activity::Seen;
pub use association::{AssociationInfo, Listed, ListedPath, PrimaryPath};
pub use error::NetError;
pub use follower::Follower;
pub use hosted::{Arrived, HostedNode};
pub use layout::Mac;
pub use network::Network;
pub use outside::{Attended, Came, NoWayOut, Outside};
pub use plan::{
    Direction, EndPlan, LinkPlan, NodePlan, Plan, PlanError, PolicyRoutePlan, RoutePlan, Shape,
    Sysctl,
};
pub use platform::{Diag, Node, Tables, privilege};
pub use rulebook::{Fault, RuleCount, RuleId};
pub use seen::{FrameRecord, IncompleteRecord, Interface, Loss, SeenFrame, Way};
