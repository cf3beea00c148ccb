//! What a link does with those who are no link: they speak the same language of packets, and then nothing that is right.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::program::{Link, host};
use crate::ticket::Ticket;
use data_encoding::HEXLOWER;
use iroh::endpoint::{Connection, ConnectionError, RecvStream, SendStream, presets};
use iroh::{Endpoint, EndpointAddr, EndpointId, TransportAddr};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

const MOMENT: Duration = Duration::from_millis(300);
/// Who can still write, has done so by then.
const PATIENCE: Duration = Duration::from_secs(1);
const ALPN: &[u8] = b"alongside-link";

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

async fn endpoint() -> Endpoint {
    let here: SocketAddr = "127.0.0.1:0".parse().expect("an address");
    let builder = Endpoint::builder(presets::Minimal)
        .clear_ip_transports()
        .bind_addr(here);
    let endpoint = builder.expect("an address").bind().await;
    endpoint.expect("an endpoint")
}

async fn connect(endpoint: &Endpoint, ticket: &Ticket) -> Connection {
    let id = EndpointId::from_bytes(&ticket.id).expect("a key");
    let ways = ticket.addresses.iter().copied().map(TransportAddr::Ip);
    let to = EndpointAddr::from_parts(id, ways);
    let connection = endpoint.connect(to, ALPN).await;
    connection.expect("a connection")
}

fn frame(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len()).expect("a short text");
    [&length.to_be_bytes(), text.as_bytes()].concat()
}

async fn listen(receive: &mut RecvStream) -> Value {
    let mut length = [0; 4];
    receive.read_exact(&mut length).await.expect("a length");
    let mut text = vec![0; usize::try_from(u32::from_be_bytes(length)).expect("small")];
    receive.read_exact(&mut text).await.expect("a text");
    serde_json::from_slice(&text).expect("JSON")
}

/// What the link closed the connection with.
async fn closed(connection: &Connection) -> (u64, String) {
    let reason = timeout(crate::program::SOON, connection.closed()).await;
    let ConnectionError::ApplicationClosed(close) = reason.expect("it is closed") else {
        panic!("closed without a reason");
    };
    let word = String::from_utf8_lossy(&close.reason).into_owned();
    (close.error_code.into_inner(), word)
}

/// Greets as a guest does.
async fn greet(connection: &Connection, ticket: &Ticket) -> (SendStream, RecvStream) {
    let (mut send, mut receive) = connection.open_bi().await.expect("a stream");
    let nonce = [7_u8; 16];
    let bound = blake3::derive_key("alongside-link 1 bound", &nonce);
    let hello = json!({
        "v": 1, "secret": HEXLOWER.encode(&ticket.secret), "run": 1, "number": 1,
        "bound": HEXLOWER.encode(&bound), "have": "", "at": [],
    });
    send.write_all(&frame(&hello.to_string()))
        .await
        .expect("written");
    listen(&mut receive).await;
    let opened = json!({ "nonce": HEXLOWER.encode(&nonce) });
    send.write_all(&frame(&opened.to_string()))
        .await
        .expect("written");
    (send, receive)
}

fn with_host(words: &[&str]) -> (Link, Ticket) {
    let (host, ticket) = host(words);
    (host, Ticket::parse(&ticket).expect("a ticket"))
}

#[test]
fn what_is_no_greeting_is_turned_away_with_a_reason() {
    let (mut host, ticket) = with_host(&[]);
    let newer = frame(r#"{"v":2,"whatever":[1,2]}"#);
    let cases: [(&[u8], (u64, &str)); 5] = [
        (b"GET / HTTP/1.1\r\n\r\n", (9, "broken")),
        (&frame("nonsense"), (9, "broken")),
        (&[0, 0, 0, 2, 0xc3, 0x28], (9, "broken")),
        (&frame(r#"{"v":1}"#), (8, "secret")),
        (&newer, (7, "version")),
    ];
    runtime().block_on(async {
        for (bytes, (code, word)) in cases {
            let endpoint = endpoint().await;
            let connection = connect(&endpoint, &ticket).await;
            let (mut send, _receive) = connection.open_bi().await.expect("a stream");
            send.write_all(bytes).await.expect("written");
            assert_eq!(closed(&connection).await, (code, word.to_string()));
        }
    });
    host.quiet(MOMENT);
}

#[test]
fn who_opens_another_number_than_they_were_bound_to_is_out() {
    let (mut host, ticket) = with_host(&["--guests", "1"]);
    runtime().block_on(async {
        let endpoint = endpoint().await;
        let connection = connect(&endpoint, &ticket).await;
        let (mut send, mut receive) = connection.open_bi().await.expect("a stream");
        let hello = json!({
            "v": 1, "secret": HEXLOWER.encode(&ticket.secret), "bound": "00".repeat(32),
        });
        send.write_all(&frame(&hello.to_string()))
            .await
            .expect("written");
        assert_eq!(listen(&mut receive).await["have"], "");
        let opened = json!({ "nonce": "07".repeat(16) });
        send.write_all(&frame(&opened.to_string()))
            .await
            .expect("written");
        assert_eq!(closed(&connection).await, (9, "broken".into()));
    });
    host.quiet(MOMENT);
    // The place was not lost by that.
    let mut guest = crate::program::guest(&ticket.encode(), &[]);
    crate::program::meet(&mut host, &mut guest);
}

#[test]
fn strangers_who_say_nothing_keep_nobody_out() {
    let (mut host, ticket) = with_host(&[]);
    let runtime = runtime();
    let held = runtime.block_on(async {
        let endpoint = endpoint().await;
        let mut held = Vec::new();
        for _ in 0..16 {
            held.push(connect(&endpoint, &ticket).await);
        }
        (endpoint, held)
    });
    thread_runs(runtime);
    let began = Instant::now();
    let mut guest = crate::program::guest(&ticket.encode(), &[]);
    crate::program::meet(&mut host, &mut guest);
    assert!(
        began.elapsed() < Duration::from_secs(25),
        "{:?}",
        began.elapsed()
    );
    drop(held);
}

fn thread_runs(runtime: Runtime) {
    std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
}

#[test]
fn a_guest_who_breaks_the_rules_is_out_and_the_host_goes_on() {
    let (mut host, ticket) = with_host(&[]);
    let mut number = 0;
    let endless = [255; 4];
    // Within the limit on the line, beyond it as a line of JSON.
    let grows = frame(&"\u{1}".repeat(60_000));
    let half: &[u8] = &[0, 0, 0, 9, b'a'];
    for (bytes, ends) in [(&endless[..], false), (&grows[..], false), (half, true)] {
        runtime().block_on(async {
            let endpoint = endpoint().await;
            let connection = connect(&endpoint, &ticket).await;
            let (mut send, _receive) = greet(&connection, &ticket).await;
            send.write_all(bytes).await.expect("written");
            if ends {
                send.finish().expect("finished");
            }
            assert_eq!(closed(&connection).await, (9, "broken".into()));
        });
        number += 1;
        assert_eq!(host.get("peer")["id"], number);
        let gone = json!({ "id": number, "why": "broken" });
        assert_eq!(host.get("gone"), gone);
    }
}

#[test]
fn a_guest_can_open_no_more_streams_and_send_no_datagrams() {
    let (_host, ticket) = with_host(&[]);
    runtime().block_on(async {
        let endpoint = endpoint().await;
        let connection = connect(&endpoint, &ticket).await;
        let _streams = greet(&connection, &ticket).await;
        let more = timeout(MOMENT, connection.open_bi()).await;
        assert!(more.is_err(), "a second stream");
        let more = timeout(MOMENT, connection.open_uni()).await;
        assert!(more.is_err(), "a stream of another kind");
        assert!(connection.max_datagram_size().is_none());
    });
}

#[test]
fn a_guest_who_floods_holds_no_memory() {
    let (mut host, ticket) = with_host(&[]);
    host.deaf.store(true, Ordering::Relaxed);
    runtime().block_on(async {
        let endpoint = endpoint().await;
        let connection = connect(&endpoint, &ticket).await;
        let (mut send, _receive) = greet(&connection, &ticket).await;
        let text = frame(&"a".repeat(60_000));
        let mut sent = 0;
        while sent < 100 && timeout(PATIENCE, send.write_all(&text)).await.is_ok() {
            sent += 1;
        }
        // Its stdout, what may wait for it, a window: then it is the other who waits.
        assert!((4..20).contains(&sent), "{sent}");
        assert!(host.memory() < 80, "{} MB", host.memory());
        host.deaf.store(false, Ordering::Relaxed);
        host.get("peer");
        for _ in 0..3 {
            assert_eq!(host.text().len(), 60_000);
        }
    });
}
