//! Socket options, each a type of its own (RFC 6458 section 8), read with
//! [`Socket::get`](crate::Socket::get) and written with
//! [`Socket::set`](crate::Socket::set).
//!
//! Options that differ by association name theirs: [`AssocId::FUTURE`] stands
//! for the endpoint, that is for associations to come, on sockets of both
//! styles; a one-to-one socket with an association takes any identifier for
//! its own.
//!
//! [`AssocId::FUTURE`]: crate::AssocId::FUTURE

mod access;
mod assoc_id_list;
mod assoc_info;
mod assoc_number;
mod autoclose;
mod buffers;
mod context;
mod default_sndinfo;
mod delayed_sack;
mod disable_fragments;
mod event;
mod events;
mod expose_potentially_failed;
mod fragment_interleave;
mod init_msg;
mod ipv6_only;
mod linger;
mod mapped_v4;
mod max_burst;
mod max_seg;
mod no_delay;
mod partial_delivery_point;
mod path;
mod peer_addr_info;
mod peer_addr_params;
mod peer_addr_thresholds;
mod primary_addr;
mod recv_nxtinfo;
mod recv_rcvinfo;
mod rto_info;
mod set_peer_primary_addr;
mod simple;
mod status;
mod time;

pub use access::{OptionName, ReadOption, SocketOption, WriteOption};
pub use assoc_id_list::AssocIdList;
pub use assoc_info::AssocInfo;
pub use assoc_number::AssocNumber;
pub use autoclose::Autoclose;
pub use buffers::{ReceiveBuffer, SendBuffer};
pub use context::Context;
pub use default_sndinfo::DefaultSndInfo;
pub use delayed_sack::DelayedSack;
pub use disable_fragments::DisableFragments;
pub use event::{Event, EventType};
pub use events::Events;
pub use expose_potentially_failed::ExposePotentiallyFailed;
pub use fragment_interleave::FragmentInterleave;
pub use init_msg::InitMsg;
pub use ipv6_only::Ipv6Only;
pub use linger::Linger;
pub use mapped_v4::MappedV4;
pub use max_burst::MaxBurst;
pub use max_seg::MaxSeg;
pub use no_delay::NoDelay;
pub use partial_delivery_point::PartialDeliveryPoint;
pub use path::Path;
pub use peer_addr_info::{PathState, PeerAddrInfo};
pub use peer_addr_params::{PathFlags, PeerAddrParams};
pub use peer_addr_thresholds::PeerAddrThresholds;
pub use primary_addr::PrimaryAddr;
pub use recv_nxtinfo::RecvNxtInfo;
pub use recv_rcvinfo::RecvRcvInfo;
pub use rto_info::RtoInfo;
pub use set_peer_primary_addr::SetPeerPrimaryAddr;
pub use status::{AssocState, Status};
