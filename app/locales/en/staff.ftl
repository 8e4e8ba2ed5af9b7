# The work of the staff: queue, answers, owners.

triage-title = Triage
triage-item = Number { $number }
triage-item-title = { $number }: { $title }
triage-queue = Queue
triage-order = Fixed order
triage-order-text = The earliest open deadline stands first, then who waits longest. Votes and names have no influence on it.
triage-filter = Part of the queue
triage-all = All
triage-mine = Mine
triage-nobody = Without owner
triage-no-owner = no owner
triage-empty = No deadline is open here.
triage-choose = Choose a post from the queue
triage-pages = Pages of the queue
triage-first = First page
triage-more = Next page
triage-waiting = Waiting
triage-hours = { $n } h
triage-days = { $n } d

triage-actions = Actions
triage-take = Take it
triage-open = Open the post
triage-next = Next in the queue
triage-whole = Read the whole post
triage-author = Author
triage-since = Received
triage-owner = Owner
triage-voices = Voices
triage-votes = { $support } support, { $oppose } oppose
triage-votes-complaint =
    { $n ->
        [0] nobody else yet
        [one] one other says “me too”
       *[other] { $shown } others say “me too”
    }
triage-clocks = Deadlines
triage-no-clocks = None runs. They start when somebody owns or answers the post.
triage-history = What the company said so far

triage-answer = Answer
triage-answer-hint = what, who, by when
triage-status = New status
triage-status-choose = Choose a status
triage-what = What
triage-what-hint = Name a step that can be finished, and what the customer will notice. Markdown works.
triage-group-open = Who does it, and until when
triage-group-open-hint = Under review, planned and in progress need both. Delivered needs who.
triage-who = Who
triage-who-hint = Public: name and what you do, or a team.
triage-next-update = Next update on
triage-next-update-hint = A working day, { $latest } at the latest. A day off counts as the working day before.
triage-group-declined = Only when you decline
triage-group-declined-hint = A refusal needs a reason, at least { $min } characters of what, and either a day on which you look again or the word final.
triage-reason = Reason
triage-reason-hint = Shown with the answer.
triage-reason-none = No refusal
triage-reexamine = Look again on
triage-reexamine-hint = Leave it empty when the answer is final.
triage-final = This is final: we do not look at it again
triage-publish-hint = Public at once, under your name. It is never edited or deleted; a correction is a new answer.
triage-publish = Publish the answer

triage-assign = Owner
triage-assign-hint = who answers for this post
triage-owner-choose = Choose a person
triage-assign-go = Make owner

done-answered = Your answer is public. The author, if we have an address, is told by mail.
done-taken = This post is yours now.
done-assigned = The post has a new owner.
