//! The options of RFC 4895, 5061, 6525, 6951, 7496 and 8260.
//!
//! A kernel refuses the options of an extension that is switched off for the whole host,
//! so these tests first switch the extension on for their own sockets.

use sctp_socket::notification::Notification;
use sctp_socket::option::{
    AdaptationLayer, AddStreams, AsconfSupported, AuthActiveKey, AuthChunk, AuthDeactivateKey,
    AuthDeleteKey, AuthKey, AuthSupported, AutoAsconf, DefaultPrInfo, DefaultSendParam,
    EcnSupported, EnableStreamReset, FragmentInterleave, HmacId, HmacIdent, InterleavingSupported,
    LocalAuthChunks, Path, PeerAuthChunks, PrAssocStatus, PrPolicy, PrStreamStatus, PrSupported,
    ReconfigSupported, RemoteUdpEncapsPort, ResetAssoc, ResetDirection, ResetRequests,
    ResetStreams, ReusePort, Scheduler, StreamScheduler, StreamSchedulerValue,
};
use sctp_socket::{
    AssocId, AsyncSocket, Family, Form, Message, Ppid, PrInfo, SendFlags, SndInfo, SndRcvInfo,
    Socket, Style,
};

use crate::support::{self, Outcome, Pair, Test, bound, message, notification, pair_of, same};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        extensions_are_agreed_upon_when_both_speak_them,
        interleaving_is_spoken_where_the_host_allows_it,
        the_adaptation_layer_is_told,
        chunks_are_signed_with_a_key_of_ones_own,
        keys_come_and_go,
        hmacs_are_read_back,
        streams_are_reset_and_added,
        the_association_is_reset,
        a_request_that_is_not_enabled_is_refused,
        schedulers_are_read_back,
        defaults_hold_for_messages_without_attributes,
        the_old_form_sends_the_same_attributes,
        abandoned_messages_are_counted,
        the_udp_port_is_read_back,
        switches_of_the_socket_go_on_and_off,
    ]
}

const FUTURE: AssocId = AssocId::FUTURE;

/// Two sockets to which `prepare` was applied, and an association.
async fn prepared(
    prepare: impl Fn(&AsyncSocket) -> std::io::Result<()>,
) -> Result<Pair, Box<dyn std::error::Error>> {
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let server = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    prepare(&client)?;
    prepare(&server)?;
    pair_of(client, server).await
}

fn speaks_auth(socket: &AsyncSocket) -> std::io::Result<()> {
    socket.set(&AuthSupported {
        assoc_id: FUTURE,
        supported: true,
    })
}

fn grants_everything(socket: &AsyncSocket) -> std::io::Result<()> {
    socket.set(&ReconfigSupported {
        assoc_id: FUTURE,
        supported: true,
    })?;
    socket.set(&EnableStreamReset {
        assoc_id: FUTURE,
        requests: ResetRequests::all(),
    })
}

async fn extensions_are_agreed_upon_when_both_speak_them() -> Outcome {
    let pair = prepared(|socket| {
        speaks_auth(socket)?;
        grants_everything(socket)?;
        socket.set(&AsconfSupported {
            assoc_id: FUTURE,
            supported: true,
        })?;
        socket.set(&EcnSupported {
            assoc_id: FUTURE,
            supported: true,
        })?;
        socket.set(&PrSupported {
            assoc_id: FUTURE,
            supported: true,
        })
    })
    .await?;
    let (client, to_server) = (&pair.client, pair.to_server);
    same!(client.get::<AuthSupported>(to_server)?.supported, true);
    same!(client.get::<AsconfSupported>(to_server)?.supported, true);
    same!(client.get::<ReconfigSupported>(to_server)?.supported, true);
    same!(client.get::<EcnSupported>(to_server)?.supported, true);
    same!(client.get::<PrSupported>(to_server)?.supported, true);
    // RFC 5061 section 4.1.1: ASCONF and ASCONF-ACK must be authenticated.
    let PeerAuthChunks(signed) = client.get(to_server)?;
    same!(signed.contains(&0xc1) && signed.contains(&0x80), true);
    Ok(())
}

async fn interleaving_is_spoken_where_the_host_allows_it() -> Outcome {
    const SYSCTL: &str = "/proc/sys/net/sctp/intl_enable";
    let allowed = cfg!(target_os = "freebsd") || std::fs::read_to_string(SYSCTL)?.trim() == "1";
    let pair = prepared(|socket| {
        socket.set(&FragmentInterleave(if cfg!(target_os = "linux") {
            1
        } else {
            2
        }))?;
        let asked = socket.set(&InterleavingSupported {
            assoc_id: FUTURE,
            supported: true,
        });
        match asked {
            Err(error) if !allowed && error.raw_os_error() == Some(libc::EPERM) => Ok(()),
            other => other,
        }
    })
    .await?;
    let spoken: InterleavingSupported = pair.client.get(pair.to_server)?;
    same!(spoken.supported, allowed);
    Ok(())
}

async fn the_adaptation_layer_is_told() -> Outcome {
    let server = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    server.set(&AdaptationLayer(0x5ee5))?;
    same!(server.get::<AdaptationLayer>(())?, AdaptationLayer(0x5ee5));
    server.listen(1)?;
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    client.connectx(&[server.local_addr()?]).await?;
    let told = notification(&client, |event| match event {
        Notification::AdaptationIndication(told) => Some(told.clone()),
        _ => None,
    })
    .await?;
    same!(told.adaptation_ind, 0x5ee5);
    Ok(())
}

async fn chunks_are_signed_with_a_key_of_ones_own() -> Outcome {
    const DATA: u8 = 0;
    let pair = prepared(|socket| {
        speaks_auth(socket)?;
        socket.set(&AuthChunk(DATA))?;
        socket.set(&AuthKey {
            assoc_id: FUTURE,
            key_number: 7,
            key: b"secret".to_vec(),
        })
    })
    .await?;
    let LocalAuthChunks(local) = pair.server.get(pair.to_client)?;
    same!(local.contains(&DATA), true);
    let PeerAuthChunks(peer) = pair.client.get(pair.to_server)?;
    same!(peer.contains(&DATA), true);

    let signed = Message::new(b"signed").assoc_id(pair.to_server).auth_key(7);
    pair.client.send(&signed).await?;
    same!(message(&pair.server).await?.1, b"signed");
    Ok(())
}

async fn keys_come_and_go() -> Outcome {
    let pair = prepared(speaks_auth).await?;
    let assoc_id = pair.to_server;
    let key = |key_number| AuthKey {
        assoc_id,
        key_number,
        key: vec![9; 20],
    };
    pair.client.set(&key(1))?;
    pair.client.set(&key(2))?;
    same!(pair.client.get::<AuthActiveKey>(assoc_id)?.key_number, 0);
    let active = AuthActiveKey {
        assoc_id,
        key_number: 1,
    };
    pair.client.set(&active)?;
    same!(pair.client.get::<AuthActiveKey>(assoc_id)?, active);

    // The active key can be neither deactivated nor deleted.
    let deactivate = |key_number| AuthDeactivateKey {
        assoc_id,
        key_number,
    };
    let delete = |key_number| AuthDeleteKey {
        assoc_id,
        key_number,
    };
    same!(pair.client.set(&deactivate(1)).is_err(), true);
    same!(pair.client.set(&delete(1)).is_err(), true);
    pair.client.set(&deactivate(2))?;
    pair.client.set(&delete(2))?;
    same!(pair.client.set(&delete(2)).is_err(), true);
    same!(format!("{:?}", key(3)).contains("key_number: 3"), true);
    same!(format!("{:?}", key(3)).contains("9, 9"), false);
    Ok(())
}

async fn hmacs_are_read_back() -> Outcome {
    let socket = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    speaks_auth(&socket)?;
    let hmacs = HmacIdent(vec![HmacId::Sha256, HmacId::Sha1]);
    socket.set(&hmacs)?;
    same!(socket.get::<HmacIdent>(())?, hmacs);
    // RFC 4895 section 6.1: SHA-1 must be among them.
    let without = HmacIdent(vec![HmacId::Sha256]);
    same!(socket.set(&without).is_err(), true);
    Ok(())
}

async fn streams_are_reset_and_added() -> Outcome {
    let pair = prepared(grants_everything).await?;
    let send = Message::new(b"x").assoc_id(pair.to_server).sid(3);
    pair.client.send(&send).await?;
    same!(message(&pair.server).await?.0.rcvinfo.ok_or("none")?.ssn, 0);
    support::dry(&pair.client).await?;

    pair.client.set(&ResetStreams {
        assoc_id: pair.to_server,
        direction: ResetDirection::OUTGOING,
        streams: vec![3],
    })?;
    let reset = notification(&pair.client, |event| match event {
        Notification::StreamReset(reset) => Some(reset.clone()),
        _ => None,
    })
    .await?;
    same!(reset.stream_list, [3]);
    pair.client.send(&send).await?;
    same!(message(&pair.server).await?.0.rcvinfo.ok_or("none")?.ssn, 0);

    pair.client.set(&AddStreams {
        assoc_id: pair.to_server,
        inbound: 0,
        outbound: 5,
    })?;
    let change = notification(&pair.client, |event| match event {
        Notification::StreamChange(change) => Some(change.clone()),
        _ => None,
    })
    .await?;
    // Linux reports the number of added streams.
    let outstrms = if cfg!(target_os = "linux") { 5 } else { 15 };
    same!(change.outstrms, outstrms);
    pair.client
        .send(&Message::new(b"x").assoc_id(pair.to_server).sid(14))
        .await?;
    same!(
        message(&pair.server).await?.0.rcvinfo.ok_or("none")?.sid,
        14
    );
    Ok(())
}

async fn the_association_is_reset() -> Outcome {
    let pair = prepared(grants_everything).await?;
    pair.client.set(&ResetAssoc(pair.to_server))?;
    let reset = notification(&pair.client, |event| match event {
        Notification::AssocReset(reset) => Some(reset.clone()),
        _ => None,
    })
    .await?;
    same!(reset.assoc_id, pair.to_server);
    pair.client
        .send(&Message::new(b"after").assoc_id(pair.to_server))
        .await?;
    let (arrival, bytes) = message(&pair.server).await?;
    same!(bytes, b"after");
    // Linux swaps the two.
    let next = if cfg!(target_os = "linux") {
        reset.remote_tsn
    } else {
        reset.local_tsn
    };
    same!(arrival.rcvinfo.ok_or("none")?.tsn, next);
    Ok(())
}

async fn a_request_that_is_not_enabled_is_refused() -> Outcome {
    let pair = support::pair().await?;
    let all = ResetStreams {
        assoc_id: pair.to_server,
        direction: ResetDirection::OUTGOING,
        streams: Vec::new(),
    };
    same!(pair.client.set(&all).is_err(), true);
    same!(
        pair.client
            .get::<EnableStreamReset>(pair.to_server)?
            .requests
            .is_empty(),
        true
    );
    Ok(())
}

async fn schedulers_are_read_back() -> Outcome {
    let pair = support::pair().await?;
    let assoc_id = pair.to_server;
    for scheduler in [Scheduler::Rr, Scheduler::Fcfs, Scheduler::Prio] {
        let option = StreamScheduler {
            assoc_id,
            scheduler,
        };
        pair.client.set(&option)?;
        same!(pair.client.get::<StreamScheduler>(assoc_id)?, option);
    }
    let value = StreamSchedulerValue {
        assoc_id,
        sid: 4,
        value: 100,
    };
    pair.client.set(&value)?;
    same!(
        pair.client.get::<StreamSchedulerValue>((assoc_id, 4))?,
        value
    );
    let elsewhere = if cfg!(target_os = "linux") {
        Scheduler::RrPkt
    } else {
        Scheduler::Wfq
    };
    let refused = pair.client.set(&StreamScheduler {
        assoc_id,
        scheduler: elsewhere,
    });
    same!(refused.is_err(), true);
    Ok(())
}

async fn defaults_hold_for_messages_without_attributes() -> Outcome {
    let pair = support::pair().await?;
    let prinfo = DefaultPrInfo {
        assoc_id: FUTURE,
        prinfo: PrInfo::Rtx(4),
    };
    pair.client.set(&prinfo)?;
    same!(pair.client.get::<DefaultPrInfo>(FUTURE)?, prinfo);

    let defaults = SndRcvInfo::sending(
        SndInfo {
            sid: 5,
            ppid: Ppid(0x0a0b_0c0d),
            assoc_id: pair.to_server,
            ..SndInfo::default()
        },
        None,
    );
    pair.client.set(&DefaultSendParam(defaults))?;
    let read: DefaultSendParam = pair.client.get(pair.to_server)?;
    same!((read.0.stream, read.0.ppid), (5, Ppid(0x0a0b_0c0d)));
    let bare = Message::new(b"bare")
        .to(pair.server_address)
        .form(Form::Defaults);
    pair.client.send(&bare).await?;
    let info = message(&pair.server).await?.0.rcvinfo.ok_or("none")?;
    same!((info.sid, info.ppid), (5, Ppid(0x0a0b_0c0d)));
    Ok(())
}

async fn the_old_form_sends_the_same_attributes() -> Outcome {
    let pair = support::pair().await?;
    for form in [Form::SndInfo, Form::SndRcv] {
        let sent = Message::new(b"either way")
            .assoc_id(pair.to_server)
            .sid(3)
            .ppid(Ppid(8))
            .flags(SendFlags::UNORDERED)
            .prinfo(PrInfo::Ttl(10_000))
            .form(form);
        pair.client.send(&sent).await?;
        let info = message(&pair.server).await?.0.rcvinfo.ok_or("none")?;
        same!((info.sid, info.ppid), (3, Ppid(8)));
        same!(info.flags.bits(), sctp_socket::sys::SCTP_UNORDERED);
    }
    Ok(())
}

async fn abandoned_messages_are_counted() -> Outcome {
    let pair = support::pair().await?;
    let all = (pair.to_server, PrPolicy::All);
    let none = PrAssocStatus {
        abandoned_unsent: 0,
        abandoned_sent: 0,
    };
    same!(pair.client.get::<PrAssocStatus>(all)?, none);
    let stream: PrStreamStatus = pair.client.get((pair.to_server, 0, PrPolicy::Ttl))?;
    same!((stream.abandoned_unsent, stream.abandoned_sent), (0, 0));
    Ok(())
}

async fn the_udp_port_is_read_back() -> Outcome {
    let pair = support::pair().await?;
    let option = RemoteUdpEncapsPort {
        path: Path::to(pair.to_server, pair.server_address),
        port: 9899,
    };
    pair.client.set(&option)?;
    same!(pair.client.get::<RemoteUdpEncapsPort>(option.path)?, option);
    Ok(())
}

async fn switches_of_the_socket_go_on_and_off() -> Outcome {
    let socket = Socket::new(Style::OneToOne, Family::V4)?;
    for on in [true, false] {
        socket.set(&ReusePort(on))?;
        same!(socket.get::<ReusePort>(())?, ReusePort(on));
    }
    let wildcard = bound(Style::OneToMany, Family::V4, "0.0.0.0:0")?;
    wildcard.set(&AutoAsconf(true))?;
    same!(wildcard.get::<AutoAsconf>(())?, AutoAsconf(true));
    Ok(())
}
