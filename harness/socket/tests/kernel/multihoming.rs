//! Several addresses at either end.

use std::net::SocketAddr;

use sctp_socket::notification::AssocChangeState;
use sctp_socket::option::{AssocState, Path, PathState, PeerAddrInfo, PrimaryAddr, Status};
use sctp_socket::{AssocId, BindX, Family, Message, SendFlags, Socket, Style};

use crate::support::{self, Outcome, Test, assoc_change, message, same, subscribed};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        both_ends_know_both_addresses,
        connectx_waits_on_a_one_to_one_socket,
        bindx_takes_an_address_away,
        the_primary_path_can_be_chosen,
        an_address_can_be_chosen_for_one_message,
        an_empty_list_is_refused,
    ]
}

async fn both_ends_know_both_addresses() -> Outcome {
    let (server, listed) = multihomed_server(&["127.0.0.2", "127.0.0.3"])?;
    let client = multihomed(&["127.0.0.4", "127.0.0.5"])?;
    let client_addresses = sorted(client.getladdrs(AssocId::FUTURE)?);

    let assoc_id = client.connectx(&listed).await?;
    same!(
        assoc_change(&client, AssocChangeState::CommUp)
            .await?
            .assoc_id,
        assoc_id
    );
    let at_server = assoc_change(&server, AssocChangeState::CommUp)
        .await?
        .assoc_id;

    same!(sorted(client.getpaddrs(assoc_id)?), listed);
    same!(sorted(client.getladdrs(assoc_id)?), client_addresses);
    same!(sorted(server.getpaddrs(at_server)?), client_addresses);
    same!(sorted(server.getladdrs(at_server)?), listed);
    Ok(())
}

async fn connectx_waits_on_a_one_to_one_socket() -> Outcome {
    let (server, listed) = multihomed_server(&["127.0.0.2", "127.0.0.3"])?;
    let client = Socket::new(Style::OneToOne, Family::V4)?.into_async()?;
    let assoc_id = client.connectx(&listed).await?;
    let status: Status = client.get(assoc_id)?;
    same!(status.state, AssocState::Established);
    same!(status.primary.address, Some(listed[0]));
    same!(sorted(client.getpaddrs(assoc_id)?), listed);
    assoc_change(&server, AssocChangeState::CommUp).await?;
    Ok(())
}

async fn bindx_takes_an_address_away() -> Outcome {
    let socket = multihomed(&["127.0.0.2", "127.0.0.3"])?;
    let both = sorted(socket.getladdrs(AssocId::FUTURE)?);
    same!(both.len(), 2);
    socket.bindx(BindX::Remove, &both[..1])?;
    same!(socket.getladdrs(AssocId::FUTURE)?, both[1..]);
    Ok(())
}

async fn the_primary_path_can_be_chosen() -> Outcome {
    let (server, listed) = multihomed_server(&["127.0.0.2", "127.0.0.3"])?;
    let client = multihomed(&["127.0.0.4"])?;
    let assoc_id = client.connectx(&listed).await?;
    assoc_change(&client, AssocChangeState::CommUp).await?;

    let status: Status = client.get(assoc_id)?;
    same!(status.primary.address, Some(listed[0]));
    client.set(&PrimaryAddr {
        assoc_id,
        address: listed[1],
    })?;
    same!(client.get::<PrimaryAddr>(assoc_id)?.address, listed[1]);
    same!(
        client.get::<Status>(assoc_id)?.primary.address,
        Some(listed[1])
    );

    for address in listed {
        let info: PeerAddrInfo = client.get(Path::to(assoc_id, address))?;
        same!(info.address, Some(address));
        same!(info.state, PathState::Active);
    }
    drop(server);
    Ok(())
}

async fn an_address_can_be_chosen_for_one_message() -> Outcome {
    let (server, listed) = multihomed_server(&["127.0.0.2", "127.0.0.3"])?;
    let client = multihomed(&["127.0.0.4", "127.0.0.5"])?;
    let assoc_id = client.connectx(&listed).await?;
    assoc_change(&client, AssocChangeState::CommUp).await?;
    for address in listed {
        let chosen = Message::new(b"this way")
            .to(address)
            .assoc_id(assoc_id)
            .flags(SendFlags::ADDR_OVER);
        client.send(&chosen).await?;
        same!(message(&server).await?.1, b"this way");
    }
    Ok(())
}

async fn an_empty_list_is_refused() -> Outcome {
    let socket = Socket::new(Style::OneToMany, Family::V4)?;
    for refused in [
        socket.bindx(BindX::Add, &[]),
        socket.connectx(&[]).map(drop),
    ] {
        let error = refused.err().ok_or("it was taken")?;
        same!(error.to_string(), "the list of addresses is empty");
    }
    Ok(())
}

/// A socket bound to these addresses, on a port that the kernel chose.
fn multihomed(addresses: &[&str]) -> Result<sctp_socket::AsyncSocket, Box<dyn std::error::Error>> {
    let socket = Socket::new(Style::OneToMany, Family::V4)?;
    socket.bind(SocketAddr::new(addresses[0].parse()?, 0))?;
    let port = socket.local_addr()?.port();
    for address in &addresses[1..] {
        socket.bindx(BindX::Add, &[SocketAddr::new(address.parse()?, port)])?;
    }
    Ok(subscribed(socket)?)
}

fn multihomed_server(
    addresses: &[&str],
) -> Result<(sctp_socket::AsyncSocket, Vec<SocketAddr>), Box<dyn std::error::Error>> {
    let server = multihomed(addresses)?;
    server.listen(5)?;
    let listed = sorted(server.getladdrs(AssocId::FUTURE)?);
    Ok((server, listed))
}

fn sorted(mut addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    addresses.sort();
    addresses
}
