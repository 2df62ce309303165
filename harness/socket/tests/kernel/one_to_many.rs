//! One socket, many associations.

use std::collections::BTreeSet;
use std::io;

use sctp_socket::notification::AssocChangeState;
use sctp_socket::option::{AssocIdList, AssocNumber};
use sctp_socket::{AssocId, Family, Message, SendFlags, Style};

use crate::support::{
    self, LOOPBACKS, Outcome, Test, assoc_change, bound, eof, message, pair, same, server,
};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        the_first_message_sets_the_association_up,
        three_clients_are_told_apart,
        accept_is_refused,
        a_connect_to_a_closed_port_is_told_by_notification,
        a_message_to_all,
        peeloff_takes_the_association_along,
    ]
}

async fn the_first_message_sets_the_association_up() -> Outcome {
    for (loopback, family) in LOOPBACKS {
        let (server, address) = server(family, loopback)?;
        let client = bound(Style::OneToMany, family, loopback)?;
        client.send(&Message::new(b"hello").to(address)).await?;
        assoc_change(&client, AssocChangeState::CommUp).await?;
        let up = assoc_change(&server, AssocChangeState::CommUp).await?;
        let (arrival, bytes) = message(&server).await?;
        same!(bytes, b"hello");
        same!(arrival.from, Some(client.local_addr()?));
        same!(arrival.rcvinfo.map(|info| info.assoc_id), Some(up.assoc_id));
    }
    Ok(())
}

async fn three_clients_are_told_apart() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    let mut clients = Vec::new();
    for name in ["one", "two", "three"] {
        let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
        client
            .send(&Message::new(name.as_bytes()).to(address))
            .await?;
        clients.push((name, client));
    }
    let mut ids = BTreeSet::new();
    for _ in 0..3 {
        let (arrival, bytes) = message(&server).await?;
        let assoc_id = arrival.rcvinfo.ok_or("no SCTP_RCVINFO")?.assoc_id;
        ids.insert(assoc_id);
        server
            .send(&Message::new(&bytes).assoc_id(assoc_id))
            .await?;
    }
    same!(server.get::<AssocNumber>(())?, AssocNumber(3));
    let AssocIdList(listed) = server.get(())?;
    same!(listed.into_iter().collect::<BTreeSet<_>>(), ids);
    for (name, client) in &clients {
        same!(message(client).await?.1, name.as_bytes());
    }

    let gone = *ids.first().ok_or("no association")?;
    server.send(&eof(gone)).await?;
    same!(
        assoc_change(&server, AssocChangeState::ShutdownComp)
            .await?
            .assoc_id,
        gone
    );
    same!(server.get::<AssocNumber>(())?, AssocNumber(2));
    Ok(())
}

async fn accept_is_refused() -> Outcome {
    let (server, _) = server(Family::V4, "127.0.0.1:0")?;
    let error = server.accept().await.err().ok_or("it accepted")?;
    same!(error.raw_os_error(), Some(libc::EOPNOTSUPP));
    Ok(())
}

async fn a_connect_to_a_closed_port_is_told_by_notification() -> Outcome {
    let holder = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let client = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    let assoc_id = client.connectx(&[holder.local_addr()?]).await?;
    let failed = assoc_change(&client, AssocChangeState::CantStrAssoc).await?;
    same!(failed.assoc_id, assoc_id);
    Ok(())
}

async fn a_message_to_all() -> Outcome {
    let pair = pair().await?;
    let second = bound(Style::OneToMany, Family::V4, "127.0.0.1:0")?;
    second.connect(pair.server_address).await?;
    assoc_change(&pair.server, AssocChangeState::CommUp).await?;

    pair.server
        .send(&Message::new(b"all").flags(SendFlags::SENDALL))
        .await?;
    same!(message(&pair.client).await?.1, b"all");
    same!(message(&second).await?.1, b"all");
    Ok(())
}

async fn peeloff_takes_the_association_along() -> Outcome {
    let pair = pair().await?;
    pair.client
        .send(&Message::new(b"before").assoc_id(pair.to_server))
        .await?;
    // The association is peeled off with its message still unread.
    support::dry(&pair.client).await?;
    let peeled = pair.server.peeloff(pair.to_client)?;
    same!(peeled.style(), Style::OneToOne);
    same!(message(&peeled).await?.1, b"before");
    peeled.send(&Message::new(b"after")).await?;
    same!(message(&pair.client).await?.1, b"after");
    same!(pair.server.get::<AssocNumber>(())?, AssocNumber(0));

    let error = pair
        .server
        .peeloff(AssocId::new(99_999))
        .err()
        .ok_or("it peeled off")?;
    same!(error.kind(), io::ErrorKind::InvalidInput);
    Ok(())
}
