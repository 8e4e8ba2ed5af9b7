//! Addresses that anybody reads for ten minutes: whoever signs up with one can be had for nothing, as often as they like.

use std::{collections::HashSet, sync::LazyLock};

/// Who gives such addresses away, as those who keep the list of `mailchecker` know them.
static HOSTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| mailchecker::blacklist().into_iter().collect());

/// Whether an address is one of those, or of a subdomain of who gives them away.
pub(crate) fn is_disposable(address: &str) -> bool {
    let Some((_, host)) = address.rsplit_once('@') else { return false };
    let host = host.trim_end_matches('.').to_lowercase();
    let ends = std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1));
    ends.map(|from| &host[from..]).any(|end| HOSTS.contains(end))
}

#[cfg(test)]
mod tests {
    use super::is_disposable;

    #[test]
    fn who_gives_addresses_away_is_known_and_others_are_not_taken_for_them() {
        for address in
            ["a@mailinator.com", "a@YOPMAIL.com", "a@sub.mailinator.com", "a@guerrillamail.com.", "\"a@gmail.com\"@mailinator.com"]
        {
            assert!(is_disposable(address), "{address}");
        }
        for address in
            ["a@example.org", "a@gmail.com", "a@notmailinator.com.example", "mailinator.com", "a@", "a@xmailinator.company"]
        {
            assert!(!is_disposable(address), "{address}");
        }
    }
}
