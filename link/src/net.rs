//! The endpoint: where it listens, which relay it knows, how big a peer may become in memory.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use iroh::endpoint::{
    Builder, IdleTimeout, PortmapperConfig, QuicTransportConfig, VarInt, presets,
};
use iroh::{Endpoint, NetReportConfig, RelayMode, RelayUrl, SecretKey, TransportAddr};
use tokio::time::{Instant, sleep, timeout};

use crate::talk::Code;
use crate::ticket::MOST_ADDRESSES;

/// What both sides must speak; versions are told apart afterwards, with words.
pub const ALPN: &[u8] = b"alongside-link";
/// Bytes of one peer that may wait here unread.
const WINDOW: u32 = 64 * 1024;
/// A closed lid or a router's restart costs nothing; a peer that was killed does not stay for ever.
const IDLE: Duration = Duration::from_secs(600);
/// How long a relay that was asked for may take.
const RELAY: Duration = Duration::from_secs(10);

/// An earlier run may still be on its way out: others look for this one at its place, so that it is waited for.
const PLACE: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(100);

/// Which relay is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relay {
    /// None: both can reach each other.
    None,
    /// The public ones of those who make iroh.
    Public,
    /// One's own.
    Own(RelayUrl),
}

/// How to get onto the network.
#[derive(Debug, Clone)]
pub struct Way {
    /// Which relay is used.
    pub relay: Relay,
    /// Where to listen; everywhere if it is empty.
    pub bind: Vec<SocketAddr>,
    /// Where an earlier run listened; 0 for nowhere.
    pub ports: [u16; 2],
}

/// Opens the endpoint.
pub async fn open(key: &SecretKey, way: &Way) -> Result<Endpoint, Code> {
    let wanted = match way.bind.is_empty() {
        true => earlier(way.ports),
        false => vec![at_ports(&way.bind, way.ports), way.bind.clone()],
    };
    let begun = Instant::now();
    let had_place = way.ports != [0; 2];
    for (nth, bind) in wanted.into_iter().enumerate() {
        loop {
            if let Ok(endpoint) = builder(key, way, &bind)?.bind().await {
                return online(endpoint, &way.relay).await;
            }
            if nth > 0 || !had_place || begun.elapsed() > PLACE {
                break;
            }
            sleep(LOOK).await;
        }
    }
    Err(Code::Bind)
}

fn builder(key: &SecretKey, way: &Way, bind: &[SocketAddr]) -> Result<Builder, Code> {
    let mut builder = Endpoint::builder(presets::Minimal)
        .secret_key(key.clone())
        .alpns(vec![ALPN.to_vec()])
        .relay_mode(mode(&way.relay))
        .portmapper_config(PortmapperConfig::Disabled)
        .transport_config(limits()?);
    if way.relay == Relay::None {
        builder = builder.net_report_config(NetReportConfig::minimal());
    }
    if !bind.is_empty() {
        builder = builder.clear_ip_transports();
    }
    for address in bind {
        builder = builder.bind_addr(*address).map_err(|_| Code::Bind)?;
    }
    Ok(builder)
}

/// The places of an earlier run, with less and less of it; the last is everywhere and a free port.
fn earlier([old, new]: [u16; 2]) -> Vec<Vec<SocketAddr>> {
    let old = (old != 0).then(|| SocketAddr::new(IpAddr::from([0; 4]), old));
    let new = (new != 0).then(|| SocketAddr::new(IpAddr::from([0; 16]), new));
    let both: Vec<_> = old.into_iter().chain(new).collect();
    let mut all = vec![both, old.into_iter().collect(), Vec::new()];
    all.dedup();
    all
}

/// The same addresses, where any port would do with the one of an earlier run: others look for it there.
fn at_ports(bind: &[SocketAddr], ports: [u16; 2]) -> Vec<SocketAddr> {
    let known = |address: &SocketAddr| {
        let port = match address.port() {
            0 => ports[usize::from(address.is_ipv6())],
            own => own,
        };
        SocketAddr::new(address.ip(), port)
    };
    bind.iter().map(known).collect()
}

fn mode(relay: &Relay) -> RelayMode {
    match relay {
        Relay::None => RelayMode::Disabled,
        Relay::Public => RelayMode::Default,
        Relay::Own(url) => RelayMode::custom([url.clone()]),
    }
}

fn limits() -> Result<QuicTransportConfig, Code> {
    let idle = IdleTimeout::try_from(IDLE).map_err(|_| Code::Bind)?;
    Ok(QuicTransportConfig::builder()
        .max_idle_timeout(Some(idle))
        .max_concurrent_bidi_streams(VarInt::from_u32(1))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .stream_receive_window(VarInt::from_u32(WINDOW))
        .receive_window(VarInt::from_u32(WINDOW))
        .send_window(u64::from(WINDOW) * 2)
        .datagram_receive_buffer_size(None)
        .build())
}

/// Waits for the relay where there is one: without a limit `online` may wait for ever.
async fn online(endpoint: Endpoint, relay: &Relay) -> Result<Endpoint, Code> {
    if *relay != Relay::None && timeout(RELAY, endpoint.online()).await.is_err() {
        let _ = timeout(Duration::from_secs(1), endpoint.close()).await;
        return Err(Code::Relay);
    }
    Ok(endpoint)
}

/// Where the endpoint can be reached, once that is known.
pub async fn found(endpoint: &Endpoint) -> (Vec<SocketAddr>, Option<RelayUrl>) {
    for _ in 0..30 {
        let (direct, relay) = places(endpoint);
        if !direct.is_empty() || relay.is_some() {
            return (direct, relay);
        }
        sleep(Duration::from_millis(100)).await;
    }
    places(endpoint)
}

/// Where the endpoint can be reached now.
pub fn places(endpoint: &Endpoint) -> (Vec<SocketAddr>, Option<RelayUrl>) {
    let address = endpoint.addr();
    let direct = address
        .ip_addrs()
        .filter(|address| !is_link_local(address))
        .take(MOST_ADDRESSES)
        .copied()
        .collect();
    (direct, address.relay_urls().next().cloned())
}

/// Such an address means nothing without the name of an interface.
fn is_link_local(address: &SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    }
}

/// Where the endpoint listens, by the old and the new kind of address.
pub fn ports(endpoint: &Endpoint) -> [u16; 2] {
    let mut ports = [0; 2];
    for socket in endpoint.bound_sockets() {
        ports[usize::from(socket.is_ipv6())] = socket.port();
    }
    ports
}

/// Whether a relay is the one, or among those, that somebody chose.
pub fn chosen(relay: &Relay, named: &RelayUrl) -> bool {
    match relay {
        Relay::None => false,
        Relay::Public => RelayMode::Default.relay_map().contains(named),
        Relay::Own(url) => url == named,
    }
}

/// All ways to a peer.
pub fn ways(direct: &[SocketAddr], relay: Option<&RelayUrl>) -> Vec<TransportAddr> {
    let direct = direct.iter().copied().map(TransportAddr::Ip);
    direct
        .chain(relay.cloned().map(TransportAddr::Relay))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_run_is_looked_for_first() {
        assert_eq!(earlier([0, 0]), [Vec::new()]);
        let both: Vec<SocketAddr> = vec![
            "0.0.0.0:40".parse().expect("an address"),
            "[::]:41".parse().expect("an address"),
        ];
        assert_eq!(
            earlier([40, 41]),
            [both.clone(), both[..1].to_vec(), vec![]]
        );
        assert_eq!(earlier([40, 0]), [both[..1].to_vec(), vec![]]);
        let bind = ["10.0.0.1:0", "10.0.0.1:7", "[::1]:0"];
        let bind = bind.map(|text| text.parse().expect("an address"));
        let at = at_ports(&bind, [40, 41])
            .iter()
            .map(SocketAddr::to_string)
            .collect::<Vec<_>>();
        assert_eq!(at, ["10.0.0.1:40", "10.0.0.1:7", "[::1]:41"]);
    }
}
