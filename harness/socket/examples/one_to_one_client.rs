//! Connects, sends five messages, prints the answers, and shuts down.
//!
//! `cargo run -p sctp-socket --example one_to_one_client -- 127.0.0.1:5000`

use std::error::Error;
use std::net::Shutdown;

use sctp_socket::{Family, Message, Received, Socket, Style};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let server = std::env::args().nth(1).ok_or("which address and port?")?;
    let socket = Socket::new(Style::OneToOne, Family::V4)?.into_async()?;
    socket.connect(server.parse()?).await?;

    let mut buffer = vec![0; 65_536];
    for number in 1..=5 {
        let text = format!("DATA {number}");
        socket.send(&Message::new(text.as_bytes())).await?;
        if let Received::Message(arrival) = socket.recv(&mut buffer).await? {
            println!("{}", String::from_utf8_lossy(&buffer[..arrival.length]));
        }
    }
    socket.shutdown(Shutdown::Write)?;
    Ok(())
}
