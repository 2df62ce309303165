//! Echoes messages, with a socket for each client, as with TCP. Unlike TCP, message
//! boundaries are kept: each message is echoed as one message.
//!
//! `cargo run -p sctp-socket --example one_to_one_server -- 127.0.0.1:5000`

use std::error::Error;
use std::io;

use sctp_socket::option::NoDelay;
use sctp_socket::{AsyncSocket, Family, Message, Received, Socket, Style};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("which address and port?")?;
    let socket = Socket::new(Style::OneToOne, Family::V4)?;
    socket.bind(address.parse()?)?;
    socket.set(&NoDelay(true))?;
    socket.listen(128)?;
    println!("listening on {}", socket.local_addr()?);
    let listener = socket.into_async()?;
    loop {
        let (socket, peer) = listener.accept().await?;
        tokio::spawn(async move {
            match echo(&socket).await {
                Ok(()) => println!("{peer} shut down"),
                Err(error) => println!("{peer}: {error}"),
            }
        });
    }
}

async fn echo(socket: &AsyncSocket) -> io::Result<()> {
    let mut buffer = vec![0; 65_536];
    loop {
        match socket.recv(&mut buffer).await? {
            Received::Message(arrival) => {
                let answer = Message::new(&buffer[..arrival.length]);
                socket.send(&answer).await?;
            }
            Received::Eof => return Ok(()),
            _ => {}
        }
    }
}
