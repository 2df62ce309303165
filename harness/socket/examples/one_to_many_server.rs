//! Echoes the messages of many clients on one socket. No association is accepted
//! explicitly, and every message comes with its association identifier.
//!
//! `cargo run -p sctp-socket --example one_to_many_server -- 127.0.0.1:5000`

use std::error::Error;

use sctp_socket::option::RecvRcvInfo;
use sctp_socket::{Family, Message, Received, Socket, Style};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("which address and port?")?;
    let socket = Socket::new(Style::OneToMany, Family::V4)?;
    socket.bind(address.parse()?)?;
    socket.set(&RecvRcvInfo(true))?;
    socket.listen(128)?;
    println!("listening on {}", socket.local_addr()?);
    let socket = socket.into_async()?;

    let mut buffer = vec![0; 65_536];
    loop {
        let Received::Message(arrival) = socket.recv(&mut buffer).await? else {
            continue;
        };
        let Some(info) = arrival.rcvinfo else {
            continue;
        };
        println!("association {}: {} bytes", info.assoc_id, arrival.length);
        let answer = Message::new(&buffer[..arrival.length])
            .assoc_id(info.assoc_id)
            .sid(info.sid)
            .ppid(info.ppid);
        socket.send(&answer).await?;
    }
}
