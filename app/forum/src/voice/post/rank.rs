//! The formula of "Trending". It is public, versioned, and uses nothing but public figures, so that anybody can recompute the
//! order.
//!
//! `trend = log2(1 + support + comments / 2) + hours / 168`, where `hours` are the hours from 1 January 2020, 00:00 UTC to the
//! moment of posting. A post that is a week younger stands level with one that has twice the voices. Those against do not
//! count against a post: the two counts are never netted. Nothing in it changes with the time of reading, so a list can be read
//! page by page without posts jumping about.
//!
//! Version 1 had 36 hours in place of 168. Whatever was posted yesterday stood above what many had supported for days, so that Trending
//! was nearly the same list as New.

use chrono::{DateTime, Utc};

/// Changes whenever the formula does.
pub const VERSION: u32 = 2;

/// So many hours of youth weigh as much as twice the voices.
pub const HALF_LIFE_HOURS: f64 = 168.0;

/// 1 January 2020, 00:00 UTC, in seconds since 1970.
pub const EPOCH: i64 = 1_577_836_800;

/// What a comment weighs beside a supporter.
pub const COMMENT_WEIGHT: f64 = 0.5;

/// The rank of a post; higher stands first, and of two equal ones the newer.
pub fn trend(support: i64, comments: i64, created_at: DateTime<Utc>) -> f64 {
    let voices = 1.0 + support as f64 + COMMENT_WEIGHT * comments as f64;
    let hours = (created_at.timestamp() - EPOCH) as f64 / 3600.0;
    voices.log2() + hours / HALF_LIFE_HOURS
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone as _};

    use super::*;

    #[test]
    fn twice_the_voices_weigh_as_much_as_a_half_life() {
        let at = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
        let older = trend(15, 0, at);
        let younger = trend(7, 0, at + TimeDelta::days(7));
        assert!((older - younger).abs() < 1e-9);
    }

    #[test]
    fn comments_weigh_half_and_opposition_nothing() {
        let at = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
        assert!((trend(3, 0, at) - trend(0, 6, at)).abs() < 1e-9);
    }
}
