//! The commands of `answerable`. They work beside a running server.

use std::{
    io::{BufRead as _, IsTerminal as _, Write as _},
    path::PathBuf,
};

use app::i18n::Words;
use clap::{Parser, Subcommand, ValueEnum};
use forum::{
    Forum,
    actor::{Actor, Role},
    id::PersonId,
    person::{self, SignUp},
    personal::{self, Texts},
    record,
    site::Language,
};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{Layer as _, filter::filter_fn, fmt::MakeWriter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::{
    Failure,
    config::{Config, log_filter},
    demo, import, keep,
};

/// Customers propose. The company answers: in public, on time.
#[derive(Debug, Parser)]
#[command(
    name = "answerable",
    about = "A forum in which customers propose and the company answers: in public, on time",
    version = concat!(env!("CARGO_PKG_VERSION"), ", a customer co-design forum"),
    max_term_width = 100
)]
pub struct Cli {
    /// The settings.
    #[command(flatten)]
    pub config: Config,
    /// What to do; serve when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring the schema up to date and serve (the default)
    Serve,
    /// Fill an empty database with the demo forum
    Demo {
        /// `load`: 20,000 posts, 100,000 people and 1.4 million votes instead, for benchmarks
        #[arg(long, value_enum, default_value = "story")]
        size: Size,
        /// Where the secrets of its API tokens go, a line each; without it, `load-tokens.txt` in the data folder
        #[arg(long)]
        tokens: Option<PathBuf>,
        /// One part of so many, to try it
        #[arg(long, default_value = "1", hide = true)]
        part: usize,
    },
    /// Bring in posts and votes from elsewhere
    Import {
        /// From where.
        #[command(subcommand)]
        from: From,
    },
    /// Make people and give them roles
    Person {
        /// What to do.
        #[command(subcommand)]
        act: Person,
    },
    /// Write a back-up of all of the forum into a file, beside a running server
    Backup {
        /// The file; one that is there is not written over.
        file: PathBuf,
    },
    /// Bring a back-up into a database that holds nothing yet
    Restore {
        /// The file.
        file: PathBuf,
    },
    /// Write all of the forum into a folder, as lines of JSON that both databases take (`import forum`)
    Export {
        /// The folder; one with something in it is not written into.
        dir: PathBuf,
    },
    /// The public record
    Record {
        /// What to do.
        #[command(subcommand)]
        act: Record,
    },
    /// Look for settings that are unsafe where strangers reach the server; fails when there are any
    Check,
}

/// Which demo forum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// The one that tells a story.
    Story,
    /// The one for benchmarks.
    Load,
}

/// From where to bring in.
#[derive(Debug, Subcommand)]
pub enum From {
    /// All of a forum, as `export` wrote it, into a database that holds nothing yet
    Forum {
        /// The folder.
        dir: PathBuf,
    },
    /// An open Polis conversation: a folder with comments.csv, votes.csv and summary.csv
    Polis {
        /// The folder.
        dir: PathBuf,
        /// Show what would happen, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// What to do with the record.
#[derive(Debug, Subcommand)]
pub enum Record {
    /// Compute the whole chain again, and compare it with the history: prints how many entries are whole and the digest of the last of
    /// them; fails at the first break
    Verify {
        /// Compare it with a checkpoint that was kept (from /record/log/checkpoint) as well
        #[arg(long)]
        checkpoint: Option<PathBuf>,
    },
}

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum Person {
    /// Make an account
    Create {
        /// E-mail address
        #[arg(long)]
        email: String,
        /// Name, as others see it
        #[arg(long)]
        name: String,
        /// member, agent, lead, director or admin
        #[arg(long, default_value = "member")]
        role: String,
        /// Public title, such as "Product owner, Moving"
        #[arg(long)]
        title: Option<String>,
        /// Take the address for verified; without it a role does nothing until it is
        #[arg(long)]
        verified: bool,
        /// Read the password from one line of standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Give somebody a role
    Role {
        /// E-mail address.
        email: String,
        /// member, agent, lead, director or admin.
        role: String,
        /// Take the address for verified; without it the role does nothing until it is
        #[arg(long)]
        verified: bool,
    },
    /// Erase somebody for good, as they can do themselves: whoever has a role gives it back first
    Erase {
        /// E-mail address.
        email: String,
        /// Erase what they wrote as well
        #[arg(long)]
        texts: bool,
    },
    /// List everybody with an address
    List,
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// What kept it from being done.
    pub async fn run(self) -> Result<(), Failure> {
        log_to_stderr(&self.config.log)?;
        let config = &self.config;
        match self.command.unwrap_or(Command::Serve) {
            Command::Serve => crate::serve(config).await,
            Command::Demo { size: Size::Load, tokens, part } => {
                let forum = config.open_forum(&config.address()).await?;
                let size = demo::load::Size::part(part);
                let file = tokens.map_or_else(|| config.in_data("load-tokens.txt"), Ok)?;
                // before anything is made: their secrets are told once
                let draft = keep::Draft::of(&file)?;
                let mut lines = demo::load::fill(&forum, size).await?.join("\n");
                lines.push('\n');
                draft.open()?.write_all(lines.as_bytes()).map_err(Failure::io(format!("can't write {}", file.display())))?;
                draft.keep()?;
                println!("{size}\nthe tokens are in {}", file.display());
                Ok(())
            }
            Command::Demo { size: Size::Story, .. } => {
                let forum = config.open_forum(&config.address()).await?;
                println!("{}", demo::fill(&forum).await?);
                Ok(())
            }
            Command::Import { from: From::Polis { dir, dry_run } } => {
                let forum = config.open_forum(&config.address()).await?;
                println!("{}", import::polis::run(&forum, &dir, dry_run).await?);
                Ok(())
            }
            Command::Import { from: From::Forum { dir } } => {
                println!("{}", keep::import(config, &dir).await?);
                Ok(())
            }
            Command::Backup { file } => {
                println!("{}", keep::backup(config, &file).await?);
                Ok(())
            }
            Command::Restore { file } => {
                println!("{}", keep::restore(config, &file).await?);
                Ok(())
            }
            Command::Export { dir } => {
                println!("{}", keep::export(config, &dir).await?);
                Ok(())
            }
            Command::Record { act: Record::Verify { checkpoint } } => {
                verify_record(&config.open_forum(&config.address()).await?, checkpoint).await
            }
            Command::Person { act } => act.run(&config.open_forum(&config.address()).await?).await,
            Command::Check => {
                let mut found = config.unsafe_settings();
                found.extend(config.unsafe_accounts().await);
                for setting in &found {
                    println!("{setting}");
                }
                if found.is_empty() { Ok(()) } else { Err(Failure::Refused("unsafe for production".to_owned())) }
            }
        }
    }
}

/// Prints what is found of the record.
async fn verify_record(forum: &Forum, checkpoint: Option<PathBuf>) -> Result<(), Failure> {
    let kept = match checkpoint {
        Some(file) => {
            let note = std::fs::read_to_string(&file).map_err(Failure::io("the checkpoint"))?;
            let kept = record::read_checkpoint(forum, &note).await?;
            Some(kept.ok_or_else(|| Failure::Refused(format!("{} is no checkpoint that this forum signed", file.display())))?)
        }
        None => None,
    };
    let report = record::verify(&forum.view(&Actor::System).await?, kept.as_ref()).await?;
    println!("entries {}", report.entries);
    println!("head {}", report.head);
    match report.broken {
        None => Ok(()),
        Some(broken) => Err(Failure::Refused(keep::broken_record(&broken))),
    }
}

impl Person {
    async fn run(self, forum: &Forum) -> Result<(), Failure> {
        match self {
            Self::Create { email, name, role, title, verified, password_stdin: _ } => {
                let role = parse_role(&role)?;
                let mut password = String::new();
                std::io::stdin().lock().read_line(&mut password).map_err(Failure::io("the password"))?;
                let password = password.trim_end_matches(['\r', '\n']).to_owned();
                let address = email.trim().to_lowercase();
                let new = SignUp { email, password, name, language: None };
                let id = make_person(forum, new, role, title.as_deref(), verified).await.map_err(in_words)?;
                println!("{id}");
                if role.is_staff() && !verified {
                    // beside what scripts read
                    eprintln!("{}", unverified(&address, role));
                }
                Ok(())
            }
            Self::Role { email, role, verified } => {
                let role = parse_role(&role)?;
                let account = person::by_email(forum.read(), &email).await?;
                let account = account.ok_or_else(|| Failure::Refused(format!("nobody has the address {email}")))?;
                forum
                    .write(&Actor::System, async |tx| {
                        if verified {
                            person::take_for_verified(tx, account.id).await?;
                        }
                        person::set_role(tx, account.id, role).await
                    })
                    .await?;
                println!("{email} is {} now", role.as_str());
                if role.is_staff() && !verified && !account.verified {
                    println!("{}", unverified(&email, role));
                }
                Ok(())
            }
            Self::Erase { email, texts } => {
                let account = person::by_email(forum.read(), &email).await?;
                let account = account.ok_or_else(|| Failure::Refused(format!("nobody has the address {email}")))?;
                let texts = if texts { Texts::TakenBack } else { Texts::Kept };
                let now = forum.now();
                forum.write(&account.actor(None), async |tx| personal::erase(tx, texts).await).await.map_err(in_words)?;
                personal::scrub(forum, now).await?;
                println!("{} is erased", account.id);
                Ok(())
            }
            Self::List => {
                for account in person::list(forum.read()).await? {
                    let verified = if account.verified { "verified" } else { "unverified" };
                    let email = account.email.unwrap_or_default();
                    let unreached = if account.unreached.is_some() { "\tmail does not reach them" } else { "" };
                    println!("{}\t{email}\t{}\t{verified}\t{}{unreached}", account.id, account.role.as_str(), account.name);
                }
                Ok(())
            }
        }
    }
}

/// Makes an account, as whoever runs the forum may.
///
/// # Errors
/// When a field can't be taken, or the address has an account.
pub async fn make_person(forum: &Forum, new: SignUp, role: Role, title: Option<&str>, verified: bool) -> forum::Result<PersonId> {
    let new = new.prepare(forum).await?;
    forum
        .write(&Actor::System, async |tx| {
            let id = person::create(tx, new, role, verified).await?;
            if let Some(title) = title {
                person::set_title(tx, id, title).await?;
            }
            Ok(id)
        })
        .await
}

/// What whoever gives a role to an address that is not verified has to know.
fn unverified(email: &str, role: Role) -> String {
    format!("{email} is not verified: the role {} does nothing until it is", role.as_str())
}

fn parse_role(role: &str) -> Result<Role, Failure> {
    Role::parse(role).map_err(|_| Failure::Refused(format!("{role} is not a role: member, agent, lead, director or admin")))
}

/// What is wrong with which flag, in English words, as the command line speaks.
fn in_words(error: forum::Error) -> Failure {
    match error {
        forum::Error::Invalid(fields) => {
            let words = Words::of(Language::En);
            let texts: Vec<String> = fields.iter().map(|f| format!("{}: {}", f.field, words.problem(&f.problem))).collect();
            Failure::Refused(texts.join("\n"))
        }
        other => Failure::Forum(other),
    }
}

/// Logs go to standard error, so that what a command prints can be used.
fn log_to_stderr(filter: &str) -> Result<(), Failure> {
    let log = log_into(filter, std::io::stderr, std::io::stderr().is_terminal())?;
    log.try_init().map_err(|error| Failure::Refused(format!("no log: {error}")))
}

/// Our own crates.
const OURS: [&str; 4] = ["answerable", "app", "forum", "server"];

/// Whether something may stand in the log. What crates from elsewhere say at the finest level has in it what people send: addresses with
/// the secrets of links, for one.
fn is_discreet(said: &Metadata<'_>) -> bool {
    let by = said.target().split("::").next().unwrap_or_default();
    *said.level() <= Level::DEBUG || OURS.contains(&by)
}

/// What writes the log, line by line, of all that passes the filter.
///
/// # Errors
/// When the filter can't be understood.
pub fn log_into<W>(filter: &str, writer: W, colours: bool) -> Result<impl Subscriber + Send + Sync + use<W>, Failure>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = log_filter(filter)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(colours).with_target(false);
    Ok(tracing_subscriber::registry().with(filter).with(lines.with_filter(filter_fn(is_discreet))))
}
