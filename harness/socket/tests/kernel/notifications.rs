//! Notifications of a real kernel, with their fields by name.

use sctp_socket::notification::{
    AssocChangeState, Notification, PeerAddrChangeState, SendFailedFlags, Value,
};
use sctp_socket::option::{Event, EventType, ReceiveBuffer};
use sctp_socket::{AssocId, Family, Message, Ppid, Received, Socket, Style};

use crate::support::{
    self, Outcome, Test, assoc_change, bound, eof, notification, pair, same, server, subscribed,
};

/// The cause of RFC 9260 section 3.3.10.12.
const USER_INITIATED_ABORT: u16 = 12;

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        comm_up_shows_every_field,
        an_address_that_comes_up_is_told,
        a_graceful_end_is_told_at_both_ends,
        an_abort_is_told_with_its_reason,
        what_could_not_be_sent_comes_back,
        one_event_can_be_switched_off_for_one_association,
        a_tiny_buffer_gets_a_notification_in_pieces,
    ]
}

async fn comm_up_shows_every_field() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let assoc_id = client.connectx(&[address]).await?;
    let fields = notification(&client, |event| {
        matches!(event, Notification::AssocChange(_)).then(|| (event.name(), event.fields()))
    });
    let (name, fields) = fields.await?;
    same!(name, "SCTP_ASSOC_CHANGE");
    same!(
        fields,
        [
            ("sac_state", Value::Name("SCTP_COMM_UP")),
            ("sac_error", Value::Number(0)),
            ("sac_outbound_streams", Value::Number(10)),
            ("sac_inbound_streams", Value::Number(10)),
            ("sac_assoc_id", Value::Number(assoc_id.get().into())),
            ("sac_info", Value::Bytes(Vec::new())),
        ],
    );
    drop(server);
    Ok(())
}

async fn an_address_that_comes_up_is_told() -> Outcome {
    let listener = Socket::new(Style::OneToMany, Family::V4)?;
    listener.bind("127.0.0.2:0".parse()?)?;
    let first = listener.local_addr()?;
    let second = std::net::SocketAddr::new([127, 0, 0, 3].into(), first.port());
    listener.bindx(sctp_socket::BindX::Add, &[second])?;
    listener.listen(1)?;
    let _server = subscribed(listener)?;

    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    client.connect(first).await?;
    // The server's other address is unconfirmed until a heartbeat is acknowledged.
    let change = notification(&client, |event| match event {
        Notification::PeerAddrChange(change) if change.address == Some(second) => {
            Some((change.clone(), event.fields()))
        }
        _ => None,
    });
    let (change, fields) = change.await?;
    let confirmed = [
        PeerAddrChangeState::AddrAvailable,
        PeerAddrChangeState::AddrConfirmed,
    ];
    same!(confirmed.contains(&change.state), true);
    same!(fields[0].0, "spc_aaddr");
    same!(fields[0].1.to_string(), "127.0.0.3");
    Ok(())
}

async fn a_graceful_end_is_told_at_both_ends() -> Outcome {
    let pair = pair().await?;
    pair.client.send(&eof(pair.to_server)).await?;
    let shutdown = notification(&pair.server, |event| match event {
        Notification::ShutdownEvent(shutdown) => Some(shutdown.assoc_id),
        _ => None,
    });
    same!(shutdown.await?, pair.to_client);
    let ended = assoc_change(&pair.server, AssocChangeState::ShutdownComp).await?;
    same!(ended.assoc_id, pair.to_client);
    let ended = assoc_change(&pair.client, AssocChangeState::ShutdownComp).await?;
    same!(ended.assoc_id, pair.to_server);
    Ok(())
}

async fn an_abort_is_told_with_its_reason() -> Outcome {
    let pair = pair().await?;
    pair.client
        .send(&Message::abort(b"fed up").assoc_id(pair.to_server))
        .await?;
    let lost = assoc_change(&pair.server, AssocChangeState::CommLost).await?;
    same!(lost.assoc_id, pair.to_client);
    same!(lost.error, USER_INITIATED_ABORT);
    // The cause: its code, its length, and the reason.
    same!(lost.info.ends_with(b"\0\x0c\0\x0afed up"), true);
    Ok(())
}

async fn what_could_not_be_sent_comes_back() -> Outcome {
    let listener = Socket::new(Style::OneToMany, Family::V4)?;
    listener.set(&ReceiveBuffer(2304))?;
    listener.bind("127.0.0.1:0".parse()?)?;
    listener.listen(1)?;
    let server = subscribed(listener)?;
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    client.connect(server.local_addr()?).await?;
    let up = assoc_change(&client, AssocChangeState::CommUp).await?;

    // More than the closed window takes, then an ABORT from the other end.
    let sent = Message::new(&[5; 1400])
        .assoc_id(up.assoc_id)
        .ppid(Ppid(8))
        .context(3)
        .sid(1);
    for _ in 0..20 {
        client.send(&sent).await?;
    }
    let at_server = assoc_change(&server, AssocChangeState::CommUp)
        .await?
        .assoc_id;
    server
        .send(&Message::abort(b"").assoc_id(at_server))
        .await?;

    let failed = notification(&client, |event| match event {
        Notification::SendFailedEvent(failed) => Some(failed.clone()),
        _ => None,
    });
    let failed = failed.await?;
    same!(
        (failed.info.sid, failed.info.ppid, failed.info.context),
        (1, Ppid(8), 3)
    );
    same!(failed.error, u32::from(USER_INITIATED_ABORT));
    same!(failed.data, [5; 1400]);
    same!(failed.assoc_id, up.assoc_id);
    same!(matches!(failed.flags, SendFailedFlags::Unknown(_)), false);
    Ok(())
}

async fn one_event_can_be_switched_off_for_one_association() -> Outcome {
    let pair = pair().await?;
    let event = EventType::ShutdownEvent;
    pair.server.set(&Event {
        assoc_id: pair.to_client,
        event,
        on: false,
    })?;
    same!(pair.server.get::<Event>((pair.to_client, event))?.on, false);
    same!(pair.server.get::<Event>((AssocId::FUTURE, event))?.on, true);
    pair.client.send(&eof(pair.to_server)).await?;
    let first = notification(&pair.server, |event| match event {
        Notification::ShutdownEvent(_) => Some(event.name()),
        Notification::AssocChange(change) => change.state.name(),
        _ => None,
    });
    same!(first.await?, "SCTP_SHUTDOWN_COMP");
    Ok(())
}

async fn a_tiny_buffer_gets_a_notification_in_pieces() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    client.connect(address).await?;
    let mut whole = Vec::new();
    let mut buffer = [0; 7];
    loop {
        let received = client.recv(&mut buffer).await?;
        let Received::NotificationPiece {
            length,
            end_of_record,
        } = received
        else {
            return Err(format!("expected a piece, got {received:?}").into());
        };
        whole.extend_from_slice(&buffer[..length]);
        if end_of_record {
            break;
        }
    }
    let Notification::AssocChange(change) = Notification::decode(&whole) else {
        return Err(format!("the pieces make {whole:?}").into());
    };
    same!(change.state, AssocChangeState::CommUp);
    drop(server);
    Ok(())
}
