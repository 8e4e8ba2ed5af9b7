//! Searching the demo forum: questions that people ask, and how well what is found answers them.

use std::{collections::HashMap, fmt::Write as _};

use forum::{actor::Actor, id::PostId, post::Filter};
use serde::Deserialize;
use server::demo;
use tests::{TestForum, get, run_beside};

const JUDGED: &str = include_str!("../fixtures/search/judged.toml");
/// How well a search has to answer on the average, from 0 to 1.
const GOOD: f64 = 0.85;
/// Results that count.
const FIRST: u64 = 10;

#[derive(Deserialize)]
struct Judged {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    q: String,
    #[serde(default, rename = "3")]
    sought: Vec<String>,
    #[serde(default, rename = "2")]
    same: Vec<String>,
    #[serde(default, rename = "1")]
    touching: Vec<String>,
}

impl Question {
    /// What a post is worth that answers it so well.
    fn gains(&self, titles: &HashMap<PostId, String>) -> HashMap<PostId, f64> {
        let graded = [(7.0, &self.sought), (3.0, &self.same), (1.0, &self.touching)];
        let mut gains = HashMap::new();
        for (gain, start) in graded.into_iter().flat_map(|(gain, starts)| starts.iter().map(move |start| (gain, start))) {
            let named: Vec<_> = titles.iter().filter(|(_, title)| title.starts_with(start.as_str())).collect();
            assert_eq!(named.len(), 1, "{start:?} names {named:?}");
            gains.insert(*named[0].0, gain);
        }
        gains
    }
}

/// Normalised discounted cumulative gain: 1 when no order of results would be better.
fn ndcg(found: &[PostId], gains: &HashMap<PostId, f64>) -> f64 {
    let discounted = |gains: &[f64]| gains.iter().enumerate().map(|(n, gain)| gain / (n as f64 + 2.0).log2()).sum::<f64>();
    let there: Vec<f64> = found.iter().map(|post| gains.get(post).copied().unwrap_or(0.0)).collect();
    let mut best: Vec<f64> = gains.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    discounted(&there) / discounted(&best)
}

/// Of all posts: members of cases stand in no list, and are found all the same.
async fn titles(f: &TestForum) -> HashMap<PostId, String> {
    let rows = f.rows("SELECT id, title FROM posts").await;
    rows.iter().map(|row| (PostId(get(row, "id")), get(row, "title"))).collect()
}

async fn found(f: &TestForum, query: &str) -> Vec<PostId> {
    f.page(&Actor::Visitor, &Filter::words(query), None, FIRST).await.items.iter().map(|row| row.id).collect()
}

#[test]
fn questions_find_their_answers_and_the_same_on_both_databases() {
    run_beside(async |sqlite, postgres| {
        demo::fill(&sqlite).await.unwrap();
        demo::fill(&postgres).await.unwrap();
        let titles = titles(&sqlite).await;
        let Judged { question: questions } = toml::from_str(JUDGED).unwrap();
        assert!(questions.len() >= 40);
        let (mut sum, mut report) = (0.0, String::new());
        for question in &questions {
            let first = found(&sqlite, &question.q).await;
            assert_eq!(first, found(&postgres, &question.q).await, "{:?}", question.q);
            let worth = ndcg(&first, &question.gains(&titles));
            sum += worth;
            let best: Vec<&str> = first.iter().take(3).map(|post| titles[post].as_str()).collect();
            writeln!(report, "{worth:.2} {:?} found {best:#?}", question.q).unwrap();
        }
        let mean = sum / questions.len() as f64;
        assert!(mean >= GOOD, "nDCG@10 is {mean:.3}\n{report}");
        println!("nDCG@10 {mean:.3}");
    });
}
