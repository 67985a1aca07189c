//! A reactor: it asks the operating system which sockets can be read, and wakes those who wait for them.

use mio::net::UdpSocket;
use mio::{Events, Interest, Poll as Poller, Token};
use std::cell::RefCell;
use std::future::poll_fn;
use std::io::{ErrorKind, Result};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Reactor {
    poller: Poller,
    /// By token: who waits for that socket.
    waiting: Vec<Option<Waker>>,
}

impl Reactor {
    fn register(&mut self, socket: &mut UdpSocket) -> Result<Token> {
        let token = Token(self.waiting.len());
        self.poller.registry().register(socket, token, Interest::READABLE)?;
        self.waiting.push(None);
        Ok(token)
    }

    /// Sleeps until there are events, and returns who is to be woken.
    fn turn(&mut self) -> Result<Vec<Waker>> {
        let mut events = Events::with_capacity(16);
        self.poller.poll(&mut events, None)?;
        Ok(events.iter().filter_map(|event| self.waiting[event.token().0].take()).collect())
    }
}

/// Receives a packet. Tries first, and waits only if there is none: an event may have come before anybody waited.
async fn receive(reactor: &RefCell<Reactor>, socket: &UdpSocket, token: Token) -> Result<String> {
    let mut bytes = [0; 64];
    poll_fn(|context| match socket.recv(&mut bytes) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => {
            let waker = context.waker().clone();
            let old = reactor.borrow_mut().waiting[token.0].replace(waker);
            drop(old); // Wakers are foreign code, and the reactor is not borrowed here.
            Poll::Pending
        }
        result => Poll::Ready(result.map(|length| String::from_utf8_lossy(&bytes[..length]).into_owned())),
    })
    .await
}

fn main() -> Result<()> {
    let reactor = RefCell::new(Reactor { poller: Poller::new()?, waiting: Vec::new() });
    let mut socket = UdpSocket::bind("127.0.0.1:0".parse().unwrap())?;
    let token = reactor.borrow_mut().register(&mut socket)?;
    let address = socket.local_addr()?;

    let sender = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(20));
        std::net::UdpSocket::bind("127.0.0.1:0")?.send_to(b"Hello", address)
    });

    let mut future = pin!(receive(&reactor, &socket, token));
    let text = loop {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(text) => break text?,
            Poll::Pending => {
                println!("nothing to read: the reactor waits");
                let woken = reactor.borrow_mut().turn()?;
                println!("woken: {}", woken.len());
                woken.into_iter().for_each(Waker::wake);
            }
        }
    };
    println!("received: {text}");
    sender.join().expect("it does not panic")?;
    Ok(())
}
