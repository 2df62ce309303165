//! Every field of ancillary data.

use std::net::{IpAddr, SocketAddr};

use sctp_socket::notification::AssocChangeState;
use sctp_socket::option::{Context, Events, InitMsg, RecvNxtInfo, RecvRcvInfo};
use sctp_socket::{BindX, Family, Message, Ppid, PrInfo, RecvFlags, Socket, Style};

use crate::support::{self, Outcome, Test, assoc_change, bound, message, pair, same, server};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        every_field_of_sndinfo_arrives_as_rcvinfo,
        tsn_and_ssn_count_up,
        init_and_sndinfo_without_a_connect,
        nxtinfo_tells_of_the_next_message_and_not_of_none,
        the_old_sndrcv_comes_when_it_is_asked_for,
        more_addresses_set_up_the_same_association,
        an_unreliable_message_is_sent_like_any_other,
    ]
}

async fn every_field_of_sndinfo_arrives_as_rcvinfo() -> Outcome {
    let pair = pair().await?;
    pair.server.set(&Context {
        assoc_id: pair.to_client,
        context: 77,
    })?;
    let sent = Message::new(b"attributes")
        .assoc_id(pair.to_server)
        .sid(3)
        .ppid(Ppid(0x0102_0304))
        .context(5)
        .unordered();
    pair.client.send(&sent).await?;
    let info = message(&pair.server)
        .await?
        .0
        .rcvinfo
        .ok_or("no SCTP_RCVINFO")?;
    same!(info.sid, 3);
    same!(info.ppid, Ppid(0x0102_0304));
    same!(info.flags.contains(RecvFlags::UNORDERED), true);
    same!(info.assoc_id, pair.to_client);
    // The context is the receiving socket's, not the sender's.
    same!(info.context, 77);
    Ok(())
}

async fn tsn_and_ssn_count_up() -> Outcome {
    let pair = pair().await?;
    let mut infos = Vec::new();
    for _ in 0..3 {
        pair.client
            .send(&Message::new(b"x").assoc_id(pair.to_server).sid(1))
            .await?;
        infos.push(
            message(&pair.server)
                .await?
                .0
                .rcvinfo
                .ok_or("no SCTP_RCVINFO")?,
        );
    }
    for (number, info) in (0u16..).zip(&infos) {
        same!(info.ssn, number);
        same!(info.tsn, infos[0].tsn.wrapping_add(number.into()));
    }
    Ok(())
}

async fn init_and_sndinfo_without_a_connect() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let init = InitMsg {
        num_ostreams: 6,
        max_instreams: 5,
        ..InitMsg::default()
    };
    let first = Message::new(b"first")
        .to(address)
        .init(init)
        .sid(3)
        .ppid(Ppid(8))
        .context(3);
    client.send(&first).await?;

    let at_client = assoc_change(&client, AssocChangeState::CommUp).await?;
    same!(
        (at_client.outbound_streams, at_client.inbound_streams),
        (6, 5)
    );
    let at_server = assoc_change(&server, AssocChangeState::CommUp).await?;
    same!(
        (at_server.outbound_streams, at_server.inbound_streams),
        (5, 6)
    );
    let info = message(&server).await?.0.rcvinfo.ok_or("no SCTP_RCVINFO")?;
    same!((info.sid, info.ppid), (3, Ppid(8)));
    Ok(())
}

async fn nxtinfo_tells_of_the_next_message_and_not_of_none() -> Outcome {
    let pair = pair().await?;
    pair.server.set(&RecvNxtInfo(true))?;
    pair.client
        .send(&Message::new(b"first").assoc_id(pair.to_server))
        .await?;
    let second = Message::new(b"the second")
        .assoc_id(pair.to_server)
        .sid(4)
        .ppid(Ppid(9));
    pair.client.send(&second.unordered()).await?;
    pair.client.send(&support::eof(pair.to_server)).await?;
    // The notification of the shutdown comes after both messages, so both have arrived.
    assoc_change(&pair.client, AssocChangeState::ShutdownComp).await?;

    let next = message(&pair.server)
        .await?
        .0
        .nxtinfo
        .ok_or("no SCTP_NXTINFO")?;
    same!((next.sid, next.ppid, next.length), (4, Ppid(9), 10));
    same!((next.unordered, next.notification), (true, false));
    let next = message(&pair.server)
        .await?
        .0
        .nxtinfo
        .ok_or("no SCTP_NXTINFO")?;
    same!(next.notification, true);
    Ok(())
}

async fn the_old_sndrcv_comes_when_it_is_asked_for() -> Outcome {
    let pair = pair().await?;
    pair.server.set(&RecvRcvInfo(false))?;
    pair.server.set(&Events {
        data_io: true,
        ..Events::default()
    })?;
    pair.client
        .send(
            &Message::new(b"old")
                .assoc_id(pair.to_server)
                .sid(2)
                .ppid(Ppid(7)),
        )
        .await?;
    let (arrival, _) = message(&pair.server).await?;
    same!(arrival.rcvinfo, None);
    let info = arrival.sndrcvinfo.ok_or("no SCTP_SNDRCV")?;
    same!((info.stream, info.ssn, info.ppid), (2, 0, Ppid(7)));
    same!(info.assoc_id, pair.to_client);
    Ok(())
}

async fn more_addresses_set_up_the_same_association() -> Outcome {
    let listener = Socket::new(Style::OneToMany, Family::V4)?;
    listener.bind("127.0.0.2:0".parse()?)?;
    let first = listener.local_addr()?;
    let second: IpAddr = "127.0.0.3".parse()?;
    listener.bindx(BindX::Add, &[SocketAddr::new(second, first.port())])?;
    listener.listen(1)?;

    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let mut hello = Message::new(b"hello").to(first);
    hello.more_addresses.push(second);
    client.send(&hello).await?;
    let up = assoc_change(&client, AssocChangeState::CommUp).await?;
    same!(client.getpaddrs(up.assoc_id)?.len(), 2);
    Ok(())
}

async fn an_unreliable_message_is_sent_like_any_other() -> Outcome {
    let pair = pair().await?;
    for prinfo in [
        PrInfo::Ttl(5000),
        PrInfo::Rtx(3),
        PrInfo::Prio(1),
        PrInfo::None,
    ] {
        let sent = Message::new(b"now or never")
            .assoc_id(pair.to_server)
            .prinfo(prinfo);
        pair.client.send(&sent).await?;
        same!(message(&pair.server).await?.1, b"now or never");
    }
    same!(support::dry(&pair.client).await?, pair.to_server);
    Ok(())
}
