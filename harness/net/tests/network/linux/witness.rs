//! Seeing a namespace end.
//!
//! A namespace without a name can be looked for nowhere. But a pair of interfaces goes when
//! the namespace of either end goes: so a witness holds the other end.

use std::collections::BTreeSet;
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd};
use std::thread;

use net::Network;
use netlink_packet_core::{
    NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REQUEST, NetlinkHeader, NetlinkMessage,
    NetlinkPayload,
};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::link::{
    InfoData, InfoKind, InfoVeth, LinkAttribute, LinkInfo, LinkMessage,
};
use netlink_sys::{Socket, protocols::NETLINK_ROUTE};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sched::{CloneFlags, unshare};

const LINKS: u32 = 1;

/// A namespace that stands apart from all others.
pub(super) struct Witness {
    requests: Socket,
    news: Socket,
}

impl Witness {
    pub(super) fn new() -> Self {
        let stand_apart = || {
            unshare(CloneFlags::CLONE_NEWNET).unwrap();
            let requests = Socket::new(NETLINK_ROUTE).unwrap();
            let mut news = Socket::new(NETLINK_ROUTE).unwrap();
            news.bind_auto().unwrap();
            news.add_membership(LINKS).unwrap();
            Self { requests, news }
        };
        thread::scope(|scope| scope.spawn(stand_apart).join()).unwrap()
    }

    /// Makes a pair of interfaces: one of this name here, the other in `namespace`.
    pub(super) fn tie(&self, name: &str, namespace: &File) {
        let mut there = LinkMessage::default();
        there.attributes = vec![
            LinkAttribute::IfName("tie".into()),
            LinkAttribute::NetNsFd(namespace.as_raw_fd()),
        ];
        let mut here = LinkMessage::default();
        here.attributes = vec![
            LinkAttribute::IfName(name.into()),
            LinkAttribute::LinkInfo(vec![
                LinkInfo::Kind(InfoKind::Veth),
                LinkInfo::Data(InfoData::Veth(InfoVeth::Peer(there))),
            ]),
        ];
        let mut header = NetlinkHeader::default();
        header.flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK;
        let mut message = NetlinkMessage::new(
            header,
            NetlinkPayload::from(RouteNetlinkMessage::NewLink(here)),
        );
        message.finalize();
        let mut bytes = vec![0; message.buffer_len()];
        message.serialize(&mut bytes);

        self.requests.send(&bytes, 0).unwrap();
        let mut answer = Vec::with_capacity(4096);
        self.requests.recv(&mut answer, 0).unwrap();
        let answer = NetlinkMessage::<RouteNetlinkMessage>::deserialize(&answer).unwrap();
        assert!(
            matches!(&answer.payload, NetlinkPayload::Error(error) if error.code.is_none()),
            "{answer:?}"
        );
    }

    /// Waits until the interfaces of these names, which were tied to something,
    /// are gone.
    pub(super) fn sees_the_end_of(&self, names: &[&str]) {
        let mut left: BTreeSet<_> = names.iter().copied().collect();
        while !left.is_empty() {
            let mut wait = [PollFd::new(self.news.as_fd(), PollFlags::POLLIN)];
            let heard = poll(&mut wait, PollTimeout::try_from(20_000).unwrap()).unwrap();
            assert_eq!(heard, 1, "namespaces were left behind: {left:?}");
            let mut news = Vec::with_capacity(16_384);
            self.news.recv(&mut news, 0).unwrap();
            let news = NetlinkMessage::<RouteNetlinkMessage>::deserialize(&news).unwrap();
            if let NetlinkPayload::InnerMessage(RouteNetlinkMessage::DelLink(link)) = news.payload {
                left.retain(|name| {
                    !link
                        .attributes
                        .contains(&LinkAttribute::IfName((*name).into()))
                });
            }
        }
    }
}

/// A node's namespace, which stays while this is open.
pub(super) fn namespace(network: &Network, node: &str) -> File {
    let open = || File::open("/proc/thread-self/ns/net").unwrap();
    network.node(node).unwrap().enter(open).unwrap()
}
