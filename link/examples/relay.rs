//! A relay for trying things out, without encryption of its own: `cargo run --features relay --example relay ADDRESS:PORT`.

use std::io::{self, Write};
use std::net::SocketAddr;

use iroh_relay::server::{RelayConfig, Server, ServerConfig};

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1);
    let address: Option<SocketAddr> = address.and_then(|address| address.parse().ok());
    let Some(address) = address else {
        return Err(io::Error::other("an address and a port to listen on"));
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut config = ServerConfig::default();
        config.relay = Some(RelayConfig::new(address));
        let server = Server::spawn(config).await.map_err(io::Error::other)?;
        writeln!(io::stdout(), "{:?}", server.http_addr())?;
        std::future::pending::<()>().await;
        Ok(())
    })
}
