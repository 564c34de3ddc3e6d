//! The HTTP server of `serve`: the site's files, the script of the pages, and the stream of events that it listens to.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use crate::command::serve::files::{self, Answer};
use crate::command::serve::live::Live;
use crate::engine::bundle::PAGE_LIVE;

/// A site has no files there: what begins with a dot is not sent.
const EVENTS: &str = "/.galley/events";
const SCRIPT: &str = "/.galley/live.js";

/// Where the server is started again, pages want to know soon.
const RETRY: Duration = Duration::from_millis(500);

/// A page that has gone away is noticed when something is written to it.
const PULSE: Duration = Duration::from_secs(10);

/// Listens, and answers on a thread of its own. Gives the URL of the book.
///
/// # Errors
/// When the address can't be had, since another program has it, or it is none of this machine's.
pub fn start(hostname: &str, port: u16, live: &Arc<Live>) -> Result<String> {
    let runtime = Builder::new_current_thread().enable_all().build().context("can't start a server")?;
    let listener = runtime.block_on(TcpListener::bind((hostname, port))).with_context(|| {
        format!(
            "can't listen at {hostname}:{port}; choose another port with `--port`, 0 for any that is free"
        )
    })?;
    let address = listener.local_addr().context("the server has no address")?;
    let mut app = Router::new()
        .route(EVENTS, get(events))
        .route(SCRIPT, get(script))
        .fallback(file)
        .with_state(Arc::clone(live));
    if address.ip().is_loopback() {
        app = app.layer(middleware::from_fn(local_only));
    }
    thread::spawn(move || runtime.block_on(async { axum::serve(listener, app).await }));
    let shown = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    Ok(format!("http://{shown}:{}/", address.port()))
}

/// Only this machine can ask, and only by a name of its own: a stranger's page may have given it another.
async fn local_only(request: Request, next: Next) -> Response {
    match is_local(request.headers()) {
        true => next.run(request).await,
        false => {
            let told = "This server answers to localhost only; see --hostname.\n";
            respond(Answer::text(403, "text/plain; charset=utf-8", told))
        }
    }
}

fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST) else { return true };
    let host = host.to_str().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

async fn file(method: Method, url: Uri, State(live): State<Arc<Live>>) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return respond(Answer::text(405, "text/plain; charset=utf-8", "Only GET is known.\n"));
    }
    let (site, build) = live.site();
    let script =
        format!("<script src=\"{SCRIPT}\" data-build=\"{build}\" data-events=\"{EVENTS}\"></script>");
    respond(files::answer(&site, url.path(), &script))
}

async fn script() -> Response {
    respond(Answer::text(200, "text/javascript; charset=utf-8", PAGE_LIVE))
}

fn respond(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let location = answer.location.map(|location| [(LOCATION, location)]);
    // A reload is to see the file as it is now, and to take from the cache what can't have changed.
    let caching = if answer.lasts { "max-age=31536000, immutable" } else { "no-store" };
    let headers = [(CONTENT_TYPE, answer.content_type), (CACHE_CONTROL, caching.to_owned())];
    (status, headers, location, answer.body).into_response()
}

/// An event now, and one at each change.
async fn events(State(live): State<Arc<Live>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = live.listen();
    let events = stream::unfold(listener, async |mut listener| {
        let news = listener.news().await?;
        Some((Ok(Event::default().retry(RETRY).data(news)), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_local_host(host: &'static str) -> bool {
        is_local(&HeaderMap::from_iter([(HOST, host.parse().expect("a value"))]))
    }

    #[test]
    fn names_of_this_machine_are_known_others_are_not() {
        for host in ["localhost:3000", "LOCALHOST", "127.0.0.1:80", "[::1]:3000", "127.8.8.8"] {
            assert!(is_local_host(host), "{host}");
        }
        for host in ["rebound.example:3000", "192.168.1.2", "localhost.example", ""] {
            assert!(!is_local_host(host), "{host}");
        }
    }
}
