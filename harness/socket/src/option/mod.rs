//! Socket options, each a type of its own (RFC 6458 section 8), read with
//! [`Socket::get`](crate::Socket::get) and written with
//! [`Socket::set`](crate::Socket::set).
//!
//! An option of an association has an association identifier. [`AssocId::FUTURE`] stands
//! for the endpoint, that is, for future associations, on sockets of both styles. A
//! one-to-one socket that has an association ignores the identifier.
//!
//! [`AssocId::FUTURE`]: crate::AssocId::FUTURE

mod access;
mod adaptation_layer;
mod add_streams;
mod asconf_supported;
mod assoc_id_list;
mod assoc_info;
mod assoc_number;
mod assoc_stats;
mod auth_active_key;
mod auth_chunk;
mod auth_chunks;
mod auth_deactivate_key;
mod auth_delete_key;
mod auth_key;
mod auth_supported;
mod auto_asconf;
mod autoclose;
mod buffers;
mod context;
mod default_prinfo;
mod default_send_param;
mod default_sndinfo;
mod delayed_sack;
mod disable_fragments;
mod ecn_supported;
mod enable_stream_reset;
mod event;
mod events;
mod explicit_eor;
mod expose_potentially_failed;
mod fragment_interleave;
mod hmac_ident;
mod init_msg;
mod interleaving_supported;
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
mod plpmtud_probe_interval;
mod pr_status;
mod pr_supported;
mod primary_addr;
mod reconfig_supported;
mod recv_nxtinfo;
mod recv_rcvinfo;
mod remote_udp_encaps_port;
mod reset_assoc;
mod reset_streams;
mod reuse_port;
mod rto_info;
mod set_peer_primary_addr;
mod simple;
mod status;
mod stream_scheduler;
mod stream_scheduler_value;
mod time;
mod use_ext_rcvinfo;

pub use access::{OptionName, ReadOption, SocketOption, WriteOption};
pub use adaptation_layer::AdaptationLayer;
pub use add_streams::AddStreams;
pub use asconf_supported::AsconfSupported;
pub use assoc_id_list::AssocIdList;
pub use assoc_info::AssocInfo;
pub use assoc_number::AssocNumber;
#[cfg(target_os = "linux")]
pub use assoc_stats::AssocStats;
pub use auth_active_key::AuthActiveKey;
pub use auth_chunk::AuthChunk;
pub use auth_chunks::{LocalAuthChunks, PeerAuthChunks};
pub use auth_deactivate_key::AuthDeactivateKey;
pub use auth_delete_key::AuthDeleteKey;
pub use auth_key::AuthKey;
pub use auth_supported::AuthSupported;
pub use auto_asconf::AutoAsconf;
pub use autoclose::Autoclose;
pub use buffers::{ReceiveBuffer, SendBuffer};
pub use context::Context;
pub use default_prinfo::DefaultPrInfo;
pub use default_send_param::DefaultSendParam;
pub use default_sndinfo::DefaultSndInfo;
pub use delayed_sack::DelayedSack;
pub use disable_fragments::DisableFragments;
pub use ecn_supported::EcnSupported;
pub use enable_stream_reset::{EnableStreamReset, ResetRequests};
pub use event::{Event, EventType};
pub use events::Events;
pub use explicit_eor::ExplicitEor;
pub use expose_potentially_failed::ExposePotentiallyFailed;
pub use fragment_interleave::FragmentInterleave;
pub use hmac_ident::{HmacId, HmacIdent};
pub use init_msg::InitMsg;
pub use interleaving_supported::InterleavingSupported;
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
#[cfg(target_os = "linux")]
pub use plpmtud_probe_interval::PlpmtudProbeInterval;
pub use pr_status::{PrAssocStatus, PrPolicy, PrStreamStatus};
pub use pr_supported::PrSupported;
pub use primary_addr::PrimaryAddr;
pub use reconfig_supported::ReconfigSupported;
pub use recv_nxtinfo::RecvNxtInfo;
pub use recv_rcvinfo::RecvRcvInfo;
pub use remote_udp_encaps_port::RemoteUdpEncapsPort;
pub use reset_assoc::ResetAssoc;
pub use reset_streams::{ResetDirection, ResetStreams};
pub use reuse_port::ReusePort;
pub use rto_info::RtoInfo;
pub use set_peer_primary_addr::SetPeerPrimaryAddr;
pub use status::{AssocState, Status};
pub use stream_scheduler::{Scheduler, StreamScheduler};
pub use stream_scheduler_value::StreamSchedulerValue;
pub use use_ext_rcvinfo::UseExtRcvInfo;
