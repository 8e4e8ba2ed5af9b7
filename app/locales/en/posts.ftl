# Posts: the list, a post, votes, comments, answers, clocks, the form for a new post, the roadmap.

hero = You say it. We answer in public, on time.
hero-about = { $site } listens to its customers here: say what should be better, and read what is done about it.
hero-say = What should get better?
hero-say-placeholder = In one line: the thing, and what happens
hero-say-go = Say it
hero-say-due = An idea posted now is answered before { $due }.
hero-in-time = answered on time
hero-in-time-title = First answers of the last 90 days that came in time
hero-no-figures = no figures yet
hero-waiting = waiting for an answer
hero-delivered = delivered because of you

list-heading = Ideas, wishes, complaints and criticism
list-title-new = New posts
list-title-top = Posts with the most support
list-title-waiting = Posts that wait for an answer
list-title-delivered = Delivered posts
list-title-filtered = Posts: { $what }
list-description = What customers of { $site } propose, miss and object to, and what { $site } does with it: each with an owner, a deadline and a public answer.
list-description-filtered = { $what }: { $total } of customers of { $site }, each with an owner, a deadline and a public answer.
list-total =
    { $n ->
        [0] No posts
        [one] One post
       *[other] { $count } posts
    }
list-total-part = More than { $count } posts
list-how-we-sort = How we sort (formula v{ $version })
list-clear = Clear search and filters
list-board-closed = This board is closed: it takes no new posts. Those that are here are answered as before.
list-quoted = “{ $q }”
list-unknown = something that is not here

kinds-idea = Ideas
kinds-wish = Wishes
kinds-complaint = Complaints
kinds-criticism = Criticism

sort-label = Order
sort-fit = Best match
sort-trending = Trending
sort-new = New
sort-top = Top
sort-waiting = Waiting for an answer
sort-delivered = Delivered

search-label = Search posts and comments
search-placeholder = Search { $count } posts
search-go = Search
filter-open = Filter
filter-open-set = Filter ({ $n })
filter-close = Close filters
filter-go = Show
filter-board = Board
filter-board-any = All boards
filter-kind = Kind
filter-kind-any = All kinds
filter-status = Status
filter-status-any = All but archived
filter-tag = Tag
filter-tag-any = Any tag

found-fewer = No post has all of these words. These have some of them.
found-some =
    { $n ->
        [one] One post has all of these words; the others have some of them.
       *[other] { $n } posts have all of these words; the others have some of them.
    }
found-spellings = Also searched:

empty-title = No posts yet
empty-text = The first one gets an owner, a deadline and a public answer like every other.
empty-search-title = Nothing found
empty-search-text = You may be the first to say it. Try fewer words, or submit it.
empty-waiting-title = Nobody is waiting
empty-waiting-text = Every post has had its first answer.
empty-delivered-title = Nothing delivered yet
empty-delivered-text = What reaches customers because of a post shows here.

side-started = In progress now
side-delivered = Just delivered
side-all = All
side-confirmed = Customers confirmed it.
side-unconfirmed = Not confirmed by customers yet.
side-unseen = New and unseen
side-unseen-text = Nobody has voted on these yet.

pager-label = Pages
pager-newer = Newer
pager-older = Older

row-number = No. { $number }
row-in-comment = In a comment:
row-last-word = The last answer:
row-level = Level { $n }
row-private = Private board
row-comments =
    { $n ->
        [one] comment on number { $number }
       *[other] comments on number { $number }
    }

owner-label = Owner:{" "}
owner-none = No owner yet
owner-unnamed = Team { $site }
owner-title = Accountable owner
owner-duty = Answers for this post until it is confirmed or declined.
owner-none-yet =
    { $n ->
        [one] Nobody yet. Every post gets an owner within one working day.
       *[other] Nobody yet. Every post gets an owner within { $n } working days.
    }
owner-none-imported = Nobody yet: this post came from elsewhere. Whoever answers it first owns it.
owner-trace-received = Received
owner-trace-taken = Taken by { $who }
owner-trace-assigned = Assigned to { $who } by rule
owner-trace-given = Given to { $who }

clock-stopped =
    { $n ->
        [0] Waiting for the customer, until today
        [one] Waiting for the customer, until tomorrow
       *[other] Waiting for the customer, until { $day } at most
    }
clock-first-answer = First answer
clock-first-answer-due =
    { $n ->
        [0] First answer due today, { $time }
        [one] First answer due tomorrow, { $time }
       *[other] First answer by { $day }
    }
clock-first-answer-over =
    { $n ->
        [0] First answer overdue since { $since }
        [one] First answer overdue by 1 working day
       *[other] First answer overdue by { $n } working days
    }
clock-first-answer-met = First answer on time
clock-first-answer-late =
    { $n ->
        [0] First answer late, the same day
        [one] First answer 1 working day late
       *[other] First answer { $n } working days late
    }
clock-next-update = Next update
clock-next-update-due =
    { $n ->
        [0] Next update due today, { $time }
        [one] Next update tomorrow, { $time }
       *[other] Next update by { $day }
    }
clock-next-update-over =
    { $n ->
        [0] Update overdue since { $since }
        [one] Update overdue by 1 working day
       *[other] Update overdue by { $n } working days
    }
clock-next-update-met = Last update on time
clock-next-update-late =
    { $n ->
        [0] Last update late, the same day
        [one] Last update 1 working day late
       *[other] Last update { $n } working days late
    }
clock-decision = Decision
clock-decision-due =
    { $n ->
        [0] Decision due today, { $time }
        [one] Decision due tomorrow, { $time }
       *[other] Decision by { $day }
    }
clock-decision-over =
    { $n ->
        [0] Decision overdue since { $since }
        [one] Decision overdue by 1 working day
       *[other] Decision overdue by { $n } working days
    }
clock-decision-met = Decided on time
clock-decision-late =
    { $n ->
        [0] Decided late, the same day
        [one] Decided 1 working day late
       *[other] Decided { $n } working days late
    }
clocks-title = Deadlines
clocks-how = How they run
clocks-earlier = Missed before: { $n }
clocks-none = No deadlines run: this post came from elsewhere. They start when the staff take it up.

vote-support = Support
vote-me-too = Me too
vote-oppose = Oppose
vote-support-word = support
vote-me-too-word = me too
vote-voted-word = voted
vote-against = { $n } against
vote-on-number = on number { $number }
vote-failed = Your vote did not reach us and is not counted. Try again in a moment.
vote-note = For and against are counted separately. Opposing asks for a reason.
vote-note-complaint = A complaint happened: it can be shared, not opposed.
vote-read-reasons = Read the reasons against
vote-why = Why do you oppose this?
vote-why-hint = Shown with your name. 10 to 500 characters.
vote-oppose-with = Oppose with this reason
vote-oppose-change = Change my reason
vote-withdraw = Take my vote back
votes-label = Votes

rail-step = Step { $n } of { $of }
rail-label = Progress: { $place }

answer-what = What
answer-who = Who
answer-by-when = By when
answer-next-update = Next update
answer-next-update-on = Next update { $day }
answer-reason = Reason
answer-future = And then
answer-look-again = We look again on
answer-again-on = Looked at again on { $day }
answer-final = This is final.
answer-from = , before: { $status }
answer-automatic = Automatic
answer-late =
    { $n ->
        [0] This answer came after the hour it was due on { $day }.
        [one] This answer came 1 working day late. It was due on { $day }.
       *[other] This answer came { $n } working days late. It was due on { $day }.
    }
answer-receipt = This post has number { $number }. First answer due before { $due }.
answer-receipt-imported = This post came from elsewhere and has number { $number }. It stands outside the deadlines until the staff take it up.
answer-receipt-plain = This post has number { $number }.

reason-exists = It is there already
reason-cost = Cost
reason-law = The law
reason-safety = Safety
reason-strategy = Not where we want to go
reason-infeasible = It can't be done
reason-duplicate = It was asked before

crumbs-label = Breadcrumb
post-description = { $kind }, { $status }: { $excerpt }
post-the-idea = The idea
post-the-wish = The wish
post-the-complaint = The complaint
post-the-criticism = The criticism
post-edit = Edit
post-edited = Edited on
post-versions =
    { $n ->
        [one] The one version
       *[other] All { $n } versions
    }
post-tags = Tags
post-answers = What { $site } is doing
post-staff-label = For the staff
post-staff-text = You can answer, assign and set the status of this post.
post-staff-answer = Answer this post
post-on-this-page = On this page

facts-title = Facts
fact-posted = Posted
fact-number = Number
fact-board = Board
fact-versions = Wording
fact-version = Version { $n }
fact-origin = Origin
fact-origin-here = Posted here
fact-origin-imported = Imported
fact-address = Short link

against-title =
    { $n ->
        [one] One person against
       *[other] { $count } people against
    }
against-all = Show all reasons
against-without =
    { $n ->
        [one] One vote against was brought in without a reason.
       *[other] { $count } votes against were brought in without a reason.
    }

comments-title =
    { $n ->
        [0] Comments
        [one] One comment
       *[other] { $count } comments
    }
comments-none = Nobody has commented yet.
comments-first = To the first comments
comments-later = Later comments
comment-label = Your comment
comment-placeholder = Add a fact, an example or a question
comment-mention-hint = Call somebody with @ and the name on their page: staff anywhere, others where they wrote.
comment-mention-who = Who can be called here
comment-post = Post comment
comment-staff = { $site } replies
comment-edited = edited
comment-reply = Reply
comment-reply-to = in reply to { $who }
comment-reply-label = Your reply to { $who }
comment-reply-post = Post reply
comment-of-nobody = a comment that was taken back
comment-edit = Edit
comment-edit-title = Edit your comment
comment-edit-title-staff = Edit a comment
comment-edit-lede-staff = You edit somebody else's comment. The rule and the reason that you name stand in public under it, its author is told and can object, and the old wording stays readable.
comment-remove = Take back
comment-remove-text = The text goes, with all its versions. A marker and the replies stay.
comment-remove-yes = Take my comment back
comment-removed = A comment was taken back here by its author,

similar-count =
    { $n ->
        [one] One similar post
       *[other] { $n } similar posts
    }
similar-title = Is it one of these? Add your vote instead.
similar-see-how = See how
similar-vote = Add my vote
similar-voted = Your vote counts
similar-support =
    { $n ->
        [one] One supporter
       *[other] { $count } support
    }
similar-me-too =
    { $n ->
        [one] One person has this
       *[other] { $count } people have this
    }

preview = Preview
preview-label = Preview
preview-empty = There is nothing to show yet.
preview-failed = The preview did not come. Your text is still here.

new-title = Submit something
new-heading = What should we hear?
new-lede = It appears in public. An accountable owner answers before the deadline below.
new-kind = What is it?
new-kind-idea = A way to do it better, worked out or half worked out.
new-kind-wish = Something I miss. How you do it is up to you.
new-kind-complaint = Something is broken or went wrong, for me.
new-kind-criticism = I disagree with a choice that you made.
new-kind-clock =
    { $n ->
        [one] Answer in 1 working day
       *[other] Answer in { $n } working days
    }
new-line = In one line
new-line-hint = Name the thing and what happens. “TV freezes at eight” works better than “Bad service”.
new-body = What happened, or what should happen?
new-body-hint = When, where, how often. Leave out names and numbers of others. **bold**, *italic*, - lists and [links](https://example.com) work.
new-board = Board
new-board-choose = Choose a board
new-tags = Tags
new-tags-hint = At most { $n }, with commas between them.
new-publish = Publish
new-anyway = Post anyway
new-similar-title = There are posts that say much the same.
new-similar-text = A vote for one of them helps more than a second post. Is yours another matter? Then post it anyway; nothing is lost.
new-first-answer = First answer before { $due }
new-afterwards = Once published you can edit it; earlier versions stay readable.

next-title = What happens next
next-today = Today, { $day }
next-today-text = It gets a number and stands in public.
next-before = Before { $due }
next-first-text = First answer by an accountable owner. When it is late, that shows in red on the post.
next-decision-text = A decision: planned, delivered, or declined with a reason.
next-end = At the end
next-end-text = We say that it is delivered; you and those who support it say whether it is.
next-note = Working days; weekends and holidays left out.

edit-title = Edit number { $number }
edit-lede = The present wording stays readable among the versions.
edit-lede-staff = You edit somebody else's post. The rule and the reason that you name stand in public beside the new version, and the old one stays readable.
edit-body = The text
edit-hint = The present wording stays readable.
edit-rule = House rule
edit-rule-choose = Choose the rule that asks for it
edit-reason = Reason
edit-reason-hint = Shown in public. 10 to 500 characters.
edit-difference = From how it stands now to what you wrote
edit-save = Save
edit-cancel = Cancel

versions-title = Versions of number { $number }
versions-title-comment = Versions of a comment
versions-lede = Struck through is what went, underlined is what came.
versions-version = Version { $n }
versions-total =
    { $n ->
        [one] One version
       *[other] { $n } versions
    }
versions-file-gone = A file was taken away by its author.
versions-rule = House rule { $number }:
versions-reason = Reason:

roadmap-title-of = Roadmap: { $board }
roadmap-lede = What we took on, who answers for it, and when you hear more.
roadmap-description = What { $site } plans, works on and delivered because of its customers: with owner and date of the next update.
roadmap-jump = Columns
roadmap-about-planned = Decided, with people and a date for the next word.
roadmap-about-started = People are working on it today.
roadmap-about-delivered = Delivered, says the company. Customers have not confirmed it yet.
roadmap-about-confirmed = Customers say that it works.
roadmap-none = Nothing here at the moment.
roadmap-since = Since
roadmap-kinds = Ideas and wishes
roadmap-promised = promised for { $day }
roadmap-columns = All columns
roadmap-all = All { $count }

done-edited = The new wording stands; the old one is among the versions.
done-voted = Your vote counts.

# right after posting
posted-title = Number { $number }
posted-owner = { $owner }, answers before { $due }.
posted-site = { $site } answers before { $due }.
posted-link = Link to copy
posted-calendar = Add to my calendar
posted-event = Answer due: { $title }

## What happened since somebody was here

since-title = Since you were here
since-answered = Answered:
since-delivered = Delivered:
since-yes = Yes
since-no = No
since-all = All of it, in my file
since-seen = Seen
