//! The secret address of somebody's own feeds, and what is due by whom.

use chrono::TimeDelta;
use forum::{
    Error, Forum,
    actor::{Actor, Role},
    agenda::{self, Whose},
    feed,
    id::PostId,
    moderation::{self, Act, Target},
    person,
    personal::{self, Texts},
    post::Kind,
    session,
};
use tests::{days, on_both};

async fn make(f: &Forum, who: &Actor) -> String {
    f.write(who, feed::make).await.unwrap();
    feed::own(f, who).await.unwrap().unwrap().secret
}

async fn works(f: &Forum, secret: &str) -> bool {
    match feed::open(f, secret).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

/// Posts with a deadline in a calendar.
async fn due(f: &Forum, reader: &Actor, whose: Whose) -> Vec<PostId> {
    let mut posts: Vec<_> =
        agenda::deadlines(f.read(), reader, whose, None, f.now()).await.unwrap().into_iter().map(|d| d.post).collect();
    posts.sort_unstable();
    posts.dedup();
    posts
}

on_both! {
    async fn an_address_works_until_it_is_stopped(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        assert_eq!(feed::own(&f, &sanne).await.unwrap(), None);
        let first = make(&f, &sanne).await;
        let others = make(&f, &joost).await;
        assert_eq!(feed::open(&f, &first).await.unwrap().id, sanne.id().unwrap());
        // nothing of one opens another
        let (person, rest) = first.split_once('-').unwrap();
        let (version, signature) = rest.split_once('-').unwrap();
        let other = others.split_once('-').unwrap().0;
        for forged in [format!("{other}-{rest}"), format!("{person}-2-{signature}"), format!("{person}-{version}-"), first[..first.len() - 2].to_owned(), format!("{first}-")] {
            assert!(!works(&f, &forged).await, "{forged}");
        }
        let second = make(&f, &sanne).await;
        assert!(!works(&f, &first).await && works(&f, &second).await);
        f.write(&sanne, feed::stop).await.unwrap();
        assert!(!works(&f, &second).await);
        let third = make(&f, &sanne).await;
        assert!(works(&f, &third).await && !works(&f, &second).await && !works(&f, &first).await);
        f.time.advance(feed::LIFETIME - TimeDelta::minutes(1));
        assert!(works(&f, &third).await);
        f.time.advance(TimeDelta::minutes(2));
        assert!(!works(&f, &third).await, "no key lives for ever");
        assert_eq!(feed::own(&f, &sanne).await.unwrap(), None);
        assert!(matches!(f.write(&Actor::Visitor, feed::make).await, Err(Error::Unauthenticated)));
    }

    async fn it_ends_with_all_other_keys(f: TestForum) {
        let (sanne, agent, admin) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        let secret = make(&f, &sanne).await;
        f.write(&sanne, session::end_all).await.unwrap();
        assert!(!works(&f, &secret).await, "signing out everywhere");
        let secret = make(&f, &agent).await;
        f.write(&admin, async |tx| person::set_role(tx, agent.id().unwrap(), Role::Member).await).await.unwrap();
        assert!(!works(&f, &secret).await, "a role that is taken away");
        let secret = make(&f, &sanne).await;
        let ban = moderation::Draft { act: Act::Ban.as_str().to_owned(), rule: Some(1), reason: "It sells pills, and says nothing of us.".to_owned(), until: Some(f.in_days(10)), ..moderation::Draft::default() };
        f.write(&admin, async |tx| moderation::act(tx, Target::Person(sanne.id().unwrap()), &ban).await).await.unwrap();
        assert!(!works(&f, &secret).await, "a ban");
        let joost = f.member("Joost").await;
        let secret = make(&f, &joost).await;
        f.write(&joost, async |tx| personal::erase(tx, Texts::Kept).await).await.unwrap();
        assert!(!works(&f, &secret).await, "erasing");
    }

    async fn a_calendar_has_what_concerns_its_reader(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let [femke, daan, ruth] = [f.staff("Femke", Role::Agent).await, f.staff("Daan", Role::Agent).await, f.staff("Ruth", Role::Lead).await];
        f.team("moving", &[&femke, &daan]).await;
        f.private_board("club", &[&sanne]).await;
        let owned = async |author: &Actor, board: &str, owner: &Actor| {
            let post = f.post_on(author, board, Kind::Complaint, "Dead").await;
            f.move_to(owner, post, "started").await;
            post
        };
        let hers = owned(&sanne, "general", &femke).await;
        let his = owned(&joost, "general", &daan).await;
        let secret = owned(&sanne, "club", &ruth).await;
        let of = |who: &Actor| Whose::Of(who.id().unwrap());
        let team = |who: &Actor| Whose::TeamOf(who.id().unwrap());
        assert_eq!(due(&f, &Actor::Visitor, Whose::All).await, [hers, his]);
        assert_eq!(due(&f, &sanne, of(&sanne)).await, [hers, secret]);
        assert_eq!(due(&f, &femke, of(&femke)).await, [hers]);
        assert_eq!(due(&f, &femke, team(&femke)).await, [hers, his]);
        assert_eq!(due(&f, &ruth, team(&ruth)).await, [secret], "who is in no team works alone");
        f.expel("club", &sanne).await;
        assert_eq!(due(&f, &sanne, of(&sanne)).await, [hers]);
        f.merge(&femke, hers, his).await.unwrap();
        assert_eq!(due(&f, &sanne, of(&sanne)).await, [his], "of a member of a case it is due at its head");
        f.stop(&daan, his).await.unwrap();
        assert!(due(&f, &sanne, of(&sanne)).await.is_empty(), "what stands still is due on no day");

        let until = days::nth_after(days::day_of(f.now()), 3);
        f.promise(&ruth, his, until, None).await.unwrap();
        let promised = async |reader: &Actor, whose: Whose| agenda::promises(f.read(), reader, whose, None, f.now()).await.unwrap().len();
        assert_eq!(promised(&sanne, of(&sanne)).await, 1);
        assert_eq!(promised(&femke, of(&femke)).await, 0);
        assert_eq!(promised(&joost, of(&joost)).await, 1);
    }
}
