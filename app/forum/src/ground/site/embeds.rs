//! On whose pages the forum may be shown in a frame: nobody's, until the site names them.

use url::{Host, Url};

use super::Site;
use crate::{Error, Result, error::Problem};

/// Sites that may be named, at most: all of them stand in a header of each answer that may be framed.
pub const ORIGINS_MAX: usize = 40;
/// Characters of one, at most.
const ORIGIN_MAX: usize = 300;

/// The sites on whose pages the forum may be shown, as typed.
#[derive(Debug, Clone, Default)]
pub struct EmbedDraft {
    /// One each: `https://www.example.org`.
    pub origins: Vec<String>,
}

impl EmbedDraft {
    /// Puts it into the settings.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `embed_origins`.
    pub fn apply(&self, site: &mut Site) -> Result<()> {
        let mut origins: Vec<String> = Vec::new();
        for text in self.origins.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            let origin = origin(text).map_err(|problem| Error::invalid("embed_origins", problem))?;
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        if origins.len() > ORIGINS_MAX {
            return Err(Error::invalid("embed_origins", Problem::TooMany { max: ORIGINS_MAX }));
        }
        site.embed_origins = origins;
        Ok(())
    }
}

/// An origin as browsers spell it: scheme, host and, where it is not the usual one, port. What is not encrypted may be this machine only,
/// for whoever tries it out.
fn origin(text: &str) -> std::result::Result<String, Problem> {
    let refused = || Problem::NotAnOrigin { text: text.chars().take(ORIGIN_MAX).collect() };
    if text.chars().count() > ORIGIN_MAX {
        return Err(refused());
    }
    let url = Url::parse(text).map_err(|_| refused())?;
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let is_nobodys = url.username().is_empty() && url.password().is_none() && !text.contains('@');
    // a header is made of it, in which nothing may end what it says
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    let is_here = match url.host() {
        Some(Host::Domain(name)) if is_plain(name) => name == "localhost" || name.ends_with(".localhost"),
        // the one address by number that the policy of a page can name
        Some(Host::Ipv4(ip)) if ip.octets() == [127, 0, 0, 1] => true,
        _ => return Err(refused()),
    };
    let host = url.host_str().ok_or_else(refused)?.trim_end_matches('.');
    let may = url.scheme() == "https" || url.scheme() == "http" && is_here;
    if !(is_bare && is_nobodys && may) || host.is_empty() {
        return Err(refused());
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{}://{host}{port}", url.scheme()))
}

impl Site {
    /// Whether the forum may be shown in a frame at all.
    pub fn is_embedded(&self) -> bool {
        !self.embed_origins.is_empty()
    }

    /// Whose pages may hold it in a frame, as the header of a page says it (CSP, `frame-ancestors`).
    pub fn frame_ancestors(&self) -> String {
        if self.is_embedded() { self.embed_origins.join(" ") } else { "'none'".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_a_port() {
        for (typed, kept) in [
            ("https://www.example.org", "https://www.example.org"),
            ("HTTPS://WWW.Example.org/", "https://www.example.org"),
            ("https://example.org:443", "https://example.org"),
            ("https://example.org:8443", "https://example.org:8443"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("https://example.org.", "https://example.org"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://shop.localhost", "http://shop.localhost"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ] {
            assert_eq!(origin(typed).as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn nothing_else_gets_into_a_header() {
        for typed in [
            "",
            "*",
            "'none'",
            "null",
            "example.org",
            "//example.org",
            "http://example.org",
            "http://localhost.example.org",
            "http://10.0.0.1",
            "https://192.0.2.1",
            "http://[::1]:3000",
            "https://example.org/path",
            "https://example.org?x",
            "https://example.org#x",
            "https://user@example.org",
            "https://@example.org",
            "https://user:password@example.org",
            "https://*",
            "https://*.example.org",
            "https://www.*.org",
            "https://exam;ple.org",
            "https://exam'ple.org",
            "https://exam,ple.org",
            "https://example.org; script-src *",
            "https://example.org https://evil.example",
            "https://example.org\r\nx: y",
            "https://example.org:99999",
            "javascript://example.org",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.org",
            "https://",
            "https://./",
        ] {
            assert!(origin(typed).is_err(), "{typed} is taken as {:?}", origin(typed));
        }
        assert!(origin(&format!("https://{}.example", "a".repeat(400))).is_err());
    }

    #[test]
    fn who_may_hold_it_is_who_is_named() {
        let mut site = Site::default();
        assert!(!site.is_embedded());
        assert_eq!(site.frame_ancestors(), "'none'");
        let origins =
            ["https://www.example.org", " https://shop.example.net:8443 ", "", "https://www.example.org/"].map(str::to_owned);
        EmbedDraft { origins: origins.to_vec() }.apply(&mut site).unwrap();
        assert_eq!(site.frame_ancestors(), "https://www.example.org https://shop.example.net:8443");
        let many = EmbedDraft { origins: (0..=ORIGINS_MAX).map(|n| format!("https://{n}.example")).collect() };
        assert!(many.apply(&mut site.clone()).is_err());
        EmbedDraft::default().apply(&mut site).unwrap();
        assert!(!site.is_embedded());
    }
}
