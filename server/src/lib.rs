//! The process around the forum: configuration, layers, REST API, mail, jobs, importers and the command line.

pub mod api;
pub mod commands;
pub mod config;
pub mod demo;
pub mod hooks;
pub mod http;
pub mod import;
pub mod jobs;
pub mod keep;
pub mod live;
pub mod mail;
pub mod push;

use std::net::SocketAddr;

use axum::Router;
use forum::{Forum, actor::Actor, link, person};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{config::Config, http::metrics::Metrics, live::Hub};

/// What keeps the process from starting or running.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The forum can't be opened, or a command failed.
    #[error(transparent)]
    Forum(#[from] forum::Error),
    /// A folder, a file or a socket.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A setting that can't be used.
    #[error("{name}: {reason}")]
    Setting {
        /// Its name.
        name: &'static str,
        /// Why.
        reason: String,
    },
    /// All of the forum could not be kept, or brought back.
    #[error(transparent)]
    Archive(#[from] forum::db::archive::ArchiveError),
    /// An import.
    #[error(transparent)]
    Import(#[from] import::ImportError),
    /// The demo forum.
    #[error(transparent)]
    Demo(#[from] demo::DemoError),
    /// What was asked for can't be done.
    #[error("{0}")]
    Refused(String),
}

impl Failure {
    /// An error of the system with what was tried.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// Everything that a running process consists of. Nothing listens and no job works yet.
pub struct Booted {
    /// The forum.
    pub forum: Forum,
    /// All addresses that it answers.
    pub router: Router,
    /// What sends its mail.
    pub mailer: mail::Mailer,
    /// Where mail comes in, if it does.
    pub inbox: Option<mail::Inbox>,
    /// What is measured.
    pub metrics: Metrics,
    /// Who looks at what.
    pub hub: Hub,
}

/// Opens the forum and puts the router together. `address` is the public address of the site.
///
/// # Errors
/// When the database can't be opened or a setting can't be used.
pub async fn boot(config: &Config, address: &str) -> Result<Booted, Failure> {
    let proxies = config.proxies()?;
    let forum = config.open_forum(address).await?;
    let mailer = mail::Mailer::from_setting(&config.mail()?, address, forum.site())
        .map_err(|error| Failure::Setting { name: "ANSWERABLE_MAIL", reason: error.to_string() })?;
    let mailer = mailer.answered_at(config.answers()?);
    let inbox = config.inbox(mailer.host())?;
    let metrics = Metrics::new(&forum);
    let hub = Hub::new(&forum);
    let router = http::router(&forum, config.patience, proxies, &metrics, &hub);
    Ok(Booted { forum, router, mailer, inbox, metrics, hub })
}

/// A forum that is served: requests are answered, jobs work.
pub struct Serving {
    /// The forum.
    pub forum: Forum,
    /// The public address of the site.
    pub address: String,
    /// What is listened on.
    pub local: SocketAddr,
    /// Where what is measured is told, if it is.
    pub internal: Option<SocketAddr>,
    /// Where the first admin is made, while there is none. The link of an earlier start died with this one.
    pub set_up: Option<String>,
    jobs: jobs::Jobs,
    requests: JoinHandle<std::io::Result<()>>,
    stop: CancellationToken,
}

/// Starts to serve; `stop` ends it.
///
/// # Errors
/// When the address can't be listened on, or the forum can't be opened.
pub async fn start(config: &Config, stop: CancellationToken) -> Result<Serving, Failure> {
    let listener = TcpListener::bind(config.addr).await.map_err(Failure::io(format!("can't listen on {}", config.addr)))?;
    let local = listener.local_addr().map_err(Failure::io("the address of the socket"))?;
    let inside = match config.metrics()? {
        Some(addr) => Some(TcpListener::bind(addr).await.map_err(Failure::io(format!("can't listen on {addr}")))?),
        None => None,
    };
    let address = config.address_or(reachable(local));
    let Booted { forum, router, mailer, inbox, metrics, hub } = boot(config, &address).await?;
    let internal = inside.as_ref().and_then(|listener| listener.local_addr().ok());
    let set_up = invite_first_admin(&forum, &address).await?;
    let courier = push::courier(&forum).await?;
    let jobs = jobs::start(&forum, (mailer, inbox), courier, hub, &stop);
    let (places, proxies) = (http::Places::default(), config.proxies()?);
    let requests = tokio::spawn(http::serve(listener, router, stop.clone(), config.patience, places, proxies));
    if let Some(listener) = inside {
        tokio::spawn(tell_metrics(listener, metrics, stop.clone()));
    }
    Ok(Serving { forum, address, local, internal, set_up, jobs, requests, stop })
}

impl Serving {
    /// Waits until it is told to stop, then lets requests under way and jobs finish.
    ///
    /// # Errors
    /// When the socket failed, or the database can't be closed.
    pub async fn finish(self) -> Result<(), Failure> {
        let served = self.requests.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        self.stop.cancel();
        self.jobs.finish().await;
        self.forum.db().clone().close().await?;
        served.map_err(Failure::io("serving"))
    }
}

/// Serves until the process is told to stop, then lets requests under way finish.
///
/// # Errors
/// When the address can't be listened on, or the forum can't be opened.
pub async fn serve(config: &Config) -> Result<(), Failure> {
    let stop = CancellationToken::new();
    let serving = start(config, stop.clone()).await?;
    if let Some(set_up) = &serving.set_up {
        println!("Nobody administers this forum yet. Set it up here, once: {set_up}");
    }
    if let Some(internal) = serving.internal {
        tracing::info!(internal = %internal, "metrics");
    }
    tracing::info!(address = %serving.address, listening = %serving.local, "serving");
    println!("Answerable is at {}", serving.address);
    tokio::spawn(async move {
        asked_to_stop().await;
        stop.cancel();
    });
    serving.finish().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Without its internal address a forum serves on: its readers don't miss it.
async fn tell_metrics(listener: TcpListener, metrics: Metrics, stop: CancellationToken) {
    if let Err(error) = http::metrics::serve(listener, metrics, stop).await {
        tracing::error!(%error, "the internal address fails");
    }
}

/// While there is no admin, each start gives a link at which one can be made; the link of an earlier start dies.
async fn invite_first_admin(forum: &Forum, address: &str) -> Result<Option<String>, Failure> {
    if person::any_admin(forum.read()).await? {
        return Ok(None);
    }
    let secret = forum.write(&Actor::System, async |tx| link::create(tx, link::Purpose::SetUp, None).await).await?;
    Ok(Some(format!("{address}/setup/{}", secret.reveal())))
}

/// An unspecified address is reached by the loopback one.
fn reachable(addr: SocketAddr) -> SocketAddr {
    let mut addr = addr;
    if addr.ip().is_unspecified() {
        addr.set_ip(match addr {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    addr
}

async fn asked_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "can't hear Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "can't hear SIGTERM");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
