//! The ways an association ends, as the other end sees them.

use std::io;
use std::time::Duration;

use sctp_socket::notification::AssocChangeState;
use sctp_socket::option::{Autoclose, Linger};
use sctp_socket::{Family, Message, Received, Socket, Style};

use crate::support::{self, Outcome, Test, assoc_change, bound, pair, same, server};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        an_abort_resets_a_one_to_one_peer,
        closing_with_linger_zero_aborts,
        closing_ends_gracefully,
        eof_waits_for_what_was_sent,
        an_idle_association_closes_itself,
    ]
}

async fn an_abort_resets_a_one_to_one_peer() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    let client = Socket::new(Style::OneToOne, Family::V4)?.into_async()?;
    client.connect(address).await?;
    let assoc_id = assoc_change(&server, AssocChangeState::CommUp)
        .await?
        .assoc_id;
    server.send(&Message::abort(b"").assoc_id(assoc_id)).await?;
    let error = client.recv(&mut [0; 16]).await.err().ok_or("it received")?;
    same!(error.kind(), io::ErrorKind::ConnectionReset);
    Ok(())
}

async fn closing_with_linger_zero_aborts() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    let client = Socket::new(Style::OneToOne, Family::V4)?.into_async()?;
    client.connect(address).await?;
    client.set(&Linger(Some(Duration::ZERO)))?;
    same!(client.get::<Linger>(())?, Linger(Some(Duration::ZERO)));
    drop(client);
    assoc_change(&server, AssocChangeState::CommLost).await?;
    Ok(())
}

async fn closing_ends_gracefully() -> Outcome {
    let pair = pair().await?;
    drop(pair.client);
    assoc_change(&pair.server, AssocChangeState::ShutdownComp).await?;
    Ok(())
}

async fn eof_waits_for_what_was_sent() -> Outcome {
    let pair = pair().await?;
    let last = Message::new(b"last").assoc_id(pair.to_server);
    pair.client.send(&last).await?;
    pair.client.send(&support::eof(pair.to_server)).await?;
    same!(support::message(&pair.server).await?.1, b"last");
    assoc_change(&pair.server, AssocChangeState::ShutdownComp).await?;
    Ok(())
}

async fn an_idle_association_closes_itself() -> Outcome {
    let (server, address) = server(Family::V4, "127.0.0.1:0")?;
    server.set(&Autoclose(Duration::from_millis(600)))?;
    // A fraction of a second is rounded up.
    same!(
        server.get::<Autoclose>(())?,
        Autoclose(Duration::from_secs(1))
    );
    let client = bound(Style::OneToOne, Family::V4, "127.0.0.1:0")?;
    client.connect(address).await?;
    assoc_change(&client, AssocChangeState::ShutdownComp).await?;
    same!(client.recv(&mut [0; 16]).await?, Received::Eof);
    Ok(())
}
