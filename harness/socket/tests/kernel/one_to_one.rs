//! Sockets that feel like TCP's.

use std::io;

use sctp_socket::option::RecvRcvInfo;
use sctp_socket::{Family, Message, Ppid, Received, Shutdown, Socket, Style};

use crate::support::{self, LOOPBACKS, Outcome, Test, message, same};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        connect_accept_and_both_directions,
        a_closed_port_refuses,
        a_refusal_is_told_beside_its_notification,
        a_message_larger_than_the_buffer_comes_in_pieces,
        shutdown_gives_the_peer_an_end,
        an_empty_buffer_is_refused,
        sending_waits_for_room,
        a_socket_without_a_runtime_would_block,
    ]
}

async fn connect_accept_and_both_directions() -> Outcome {
    for (loopback, family) in LOOPBACKS {
        let listener = Socket::new(Style::OneToOne, family)?;
        listener.bind(loopback.parse()?)?;
        listener.listen(1)?;
        let address = listener.local_addr()?;
        let listener = listener.into_async()?;

        let client = Socket::new(Style::OneToOne, family)?.into_async()?;
        let (connected, accepted) = tokio::join!(client.connect(address), listener.accept());
        connected?;
        let (server, peer) = accepted?;
        same!(client.peer_addr()?, address);
        same!(peer.ip(), address.ip());
        same!(server.style(), Style::OneToOne);
        server.set(&RecvRcvInfo(true))?;

        client
            .send(&Message::new(b"DATA ").and(b"1").sid(2).ppid(Ppid(46)))
            .await?;
        let (arrival, bytes) = message(&server).await?;
        same!(bytes, b"DATA 1");
        same!(arrival.end_of_record, true);
        same!(arrival.control_truncated, false);
        same!(arrival.from.map(|from| from.ip()), Some(address.ip()));
        let info = arrival.rcvinfo.ok_or("no SCTP_RCVINFO")?;
        same!((info.sid, info.ssn, info.ppid), (2, 0, Ppid(46)));

        server.send(&Message::new(b"OK")).await?;
        let (arrival, bytes) = message(&client).await?;
        same!(bytes, b"OK");
        same!(arrival.rcvinfo, None);
    }
    Ok(())
}

async fn a_closed_port_refuses() -> Outcome {
    for (loopback, family) in LOOPBACKS {
        // A socket that is bound and does not listen keeps others from taking the port.
        let holder = Socket::new(Style::OneToOne, family)?;
        holder.bind(loopback.parse()?)?;
        let client = Socket::new(Style::OneToOne, family)?.into_async()?;
        let error = client
            .connect(holder.local_addr()?)
            .await
            .err()
            .ok_or("it connected")?;
        same!(error.kind(), io::ErrorKind::ConnectionRefused);
    }
    Ok(())
}

async fn a_refusal_is_told_beside_its_notification() -> Outcome {
    let holder = Socket::new(Style::OneToOne, Family::V4)?;
    holder.bind("127.0.0.1:0".parse()?)?;
    let client = support::bound(Style::OneToOne, Family::V4, "127.0.0.1:0")?;
    let error = client
        .connectx(&[holder.local_addr()?])
        .await
        .err()
        .ok_or("it connected")?;
    same!(error.kind(), io::ErrorKind::ConnectionRefused);
    let state = sctp_socket::notification::AssocChangeState::CantStrAssoc;
    support::assoc_change(&client, state).await?;
    Ok(())
}

async fn a_message_larger_than_the_buffer_comes_in_pieces() -> Outcome {
    let (client, server) = connected().await?;
    let sent: Vec<u8> = (0..=255).cycle().take(2500).collect();
    client.send(&Message::new(&sent)).await?;
    client.send(&Message::new(b"next")).await?;

    let mut buffer = [0; 1000];
    let mut got = Vec::new();
    for (length, end) in [(1000, false), (1000, false), (500, true)] {
        let Received::Message(arrival) = server.recv(&mut buffer).await? else {
            return Err("expected a piece".into());
        };
        same!((arrival.length, arrival.end_of_record), (length, end));
        got.extend_from_slice(&buffer[..length]);
    }
    same!(got, sent);
    same!(message(&server).await?.1, b"next");
    Ok(())
}

async fn shutdown_gives_the_peer_an_end() -> Outcome {
    let (client, server) = connected().await?;
    client.send(&Message::new(b"last")).await?;
    client.shutdown(Shutdown::Write)?;
    same!(message(&server).await?.1, b"last");
    let mut buffer = [0; 16];
    same!(server.recv(&mut buffer).await?, Received::Eof);
    let refused = client
        .send(&Message::new(b"too late"))
        .await
        .err()
        .ok_or("it was sent")?;
    same!(refused.kind(), io::ErrorKind::BrokenPipe);
    Ok(())
}

async fn an_empty_buffer_is_refused() -> Outcome {
    let (client, server) = connected().await?;
    client.send(&Message::new(b"here")).await?;
    let error = server.recv(&mut []).await.err().ok_or("it received")?;
    same!(error.kind(), io::ErrorKind::InvalidInput);
    same!(message(&server).await?.1, b"here");
    Ok(())
}

async fn sending_waits_for_room() -> Outcome {
    let (client, server) = connected().await?;
    let chunk = vec![7; 10_000];
    let mut sent = 0;
    // Fills the kernels' buffers, so that the next send must wait for the reader.
    let full = loop {
        match Socket::send(&client, &Message::new(&chunk)) {
            Ok(length) => sent += length,
            Err(error) => break error,
        }
    };
    same!(full.kind(), io::ErrorKind::WouldBlock);

    let writer = async {
        for _ in 0..20 {
            client.send(&Message::new(&chunk)).await?;
        }
        client.shutdown(Shutdown::Write)
    };
    let reader = async {
        let mut got = 0;
        let mut buffer = vec![0; 65_536];
        while let Received::Message(arrival) = server.recv(&mut buffer).await? {
            got += arrival.length;
        }
        std::io::Result::Ok(got)
    };
    let (written, got) = tokio::join!(writer, reader);
    written?;
    same!(got?, sent + 20 * chunk.len());
    Ok(())
}

async fn a_socket_without_a_runtime_would_block() -> Outcome {
    let (_client, server) = connected().await?;
    let server = server.into_inner();
    let error = server.recv(&mut [0; 16]).err().ok_or("it received")?;
    same!(error.kind(), io::ErrorKind::WouldBlock);
    Ok(())
}

async fn connected() -> io::Result<(sctp_socket::AsyncSocket, sctp_socket::AsyncSocket)> {
    let listener = Socket::new(Style::OneToOne, Family::V4)?;
    listener.bind(([127, 0, 0, 1], 0).into())?;
    listener.listen(1)?;
    let address = listener.local_addr()?;
    let listener = listener.into_async()?;
    let client = Socket::new(Style::OneToOne, Family::V4)?.into_async()?;
    let (connected, accepted) = tokio::join!(client.connect(address), listener.accept());
    connected?;
    Ok((client, accepted?.0))
}
