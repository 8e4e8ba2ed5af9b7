me-notices = Notices
nav-notices = { $n ->
    [0] Notices, nothing new
   *[other] Notices, { $shown } new
 }
notices-which = Which notices
notices-all = All
notices-new = { $n ->
    [0] New
   *[other] New ({ $shown })
 }
notices-new-one = New:
notices-see-all = Mark all as read
notices-none = Nothing yet
notices-none-text = When the company answers you, or somebody replies to you, it stands here.
notices-none-new = Nothing new
notices-none-new-text = You have seen everything that we told you.
notices-hidden = a hidden post
notice-why-author = Because you wrote the post
notice-why-owner = Because you own the post
notice-why-level = Because you answer for its level
notice-why-replied-to = Because it replies to you
notice-why-person = Because it is about you
notice-why-receiver = Because it was offered to you
notice-why-giver = Because you offered it
notice-why-deciders = Because you may decide it
notice-why-requester = Because you asked for it
notice-why-accountable = Because you answer for the promise
notice-why-asked = Because we want your verdict
notice-why-moderated = Because it is about what you wrote
notice-why-case-author = Because you wrote about the same matter
notice-why-proposer = Because you proposed it
notice-why-supporter = Because you support it
notice-why-follower = Because you follow it, support it or commented on it
notice-why-tag = Because you followed one of its tags
notice-why-tag-named = Because you follow the tag “{ $name }”
notice-why-actor = Because you followed who did it
notice-why-actor-named = Because you follow { $name }
notice-why-mentioned = Because you are named there
notices-mail = By mail
notices-mail-text = Here on the page you see all of it. Choose what we also send you, and when. What you have seen by then is not sent.
notices-answers = Answer by mail
notices-answers-hint = What you write in answer to a mail about a post becomes a comment, for everybody who can see the post.
notices-time-zone = Your time zone
notices-time-zone-hint = Collected mail goes out at eight in the morning, where you are. Empty means { $zone }.
topic-answers = Answers to me
topic-means-answers = What the company says, promises and delivers about what you wrote.
topic-questions = Questions to me
topic-means-questions = Whether it is really solved: you are asked, and your word counts.
topic-comments = Comments
topic-means-comments = What others say to what you wrote. At once means once an hour at most for a post.
topic-mentions = Mentions
topic-means-mentions = Where somebody calls you by @ and the name on your page.
topic-following = What I follow
topic-means-following = Answers and promises on what you follow, support or commented on, new posts with tags that you follow, and what people of the company do whom you follow.
topic-moderation = My texts
topic-means-moderation = When something that you wrote was hidden, moved, merged or edited, and what came of an objection.
topic-work = Work
topic-means-work = What waits for you as a member of the staff: deadlines, handovers, decisions.
pace-at-once = At once
pace-daily = Once a day
pace-weekly = Once a week
pace-never = Not by mail
push-title = On your devices
push-text = A browser can show you what is new while this page is closed. It goes encrypted to that browser, and ends when you sign out there.
push-here = Show news on this device
push-renew = Turn it on here again
push-unable = This browser can’t do it: it needs scripts and a secure address, and on some phones the site has to be on the home screen first.
push-denied = Your browser does not allow it for this site. You can change that in its settings.
push-failed = That did not work. Try it again in a moment.
push-topics = What is shown there
push-stop = Stop
push-stop-named = Stop on { $name }
unsubscribe-title = Mail about: { $topic }
unsubscribe-title-all = Mail about news
unsubscribe-title-guest = Mail about your post
unsubscribe-text = At { $site } you can stop it here. Nothing else changes: your notices stand on the page as before.
unsubscribe-go = Stop it
unsubscribe-all = Stop all mail about news
unsubscribe-done = You get no such mail any more
unsubscribe-done-text = What happens stands in your notices, when you look at { $site }. Mail about your account still comes.
unsubscribe-done-guest = We forgot your address. With the link of your receipt you can ask for news again.
unsubscribe-again = Send it again
unsubscribe-choose = Choose by sort and time
unsubscribe-dead = This link is not known here
unsubscribe-dead-text = Its end may be missing, or the account is gone. Whoever signs in chooses what comes by mail.
live-answered = The company has answered
live-comments = { $n ->
    [one] 1 new comment
   *[other] { $shown } new comments
 }
live-show = Show
