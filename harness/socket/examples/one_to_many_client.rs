//! Sends a message on stream 3 without connecting first, and prints the answer.
//!
//! `cargo run -p sctp-socket --example one_to_many_client -- 127.0.0.1:5000 hello`

use std::error::Error;

use sctp_socket::option::{InitMsg, RecvRcvInfo};
use sctp_socket::{Family, Message, Ppid, Received, Socket, Style};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let server = arguments.next().ok_or("which address and port?")?;
    let text = arguments.next().unwrap_or_else(|| "hello".to_owned());

    let socket = Socket::new(Style::OneToMany, Family::V4)?;
    socket.set(&RecvRcvInfo(true))?;
    let socket = socket.into_async()?;
    let init = InitMsg {
        num_ostreams: 6,
        max_instreams: 6,
        ..InitMsg::default()
    };
    let first = Message::new(text.as_bytes())
        .to(server.parse()?)
        .init(init)
        .sid(3)
        .ppid(Ppid(8));
    socket.send(&first).await?;

    let mut buffer = vec![0; 65_536];
    let Received::Message(arrival) = socket.recv(&mut buffer).await? else {
        return Err("expected a message".into());
    };
    println!("{}", String::from_utf8_lossy(&buffer[..arrival.length]));
    println!("{:?}", arrival.rcvinfo);
    Ok(())
}
