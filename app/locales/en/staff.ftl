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
triage-take-over = Take it over from { $who }
triage-take-text = { $who } owns this post, and is told. Your reason stands in the history, for everybody to read.
triage-take-reason = Why you take it over
triage-take-go = Take it over
triage-talk = Comments
triage-talk-all = All { $n }
triage-reply = Reply in the discussion
triage-reply-label = Your reply
triage-reply-hint = Everybody reads it, with your name. It is no answer: status and deadlines stay as they are.
triage-reply-go = Reply
triage-skip = Skip to the post
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
triage-publish-next = Publish, then the next
triage-keys = Keys
triage-keys-on = Single letters act on this page
triage-key-down = The next post of the queue
triage-key-up = The one before
triage-key-answer = Answer
triage-key-send = Send what you write; after an answer the next post comes
triage-key-own = Take it
triage-key-comment = Reply
triage-key-extend = Extend a deadline
triage-key-handover = Hand over
triage-key-promise = Make a promise
triage-key-merge = Merge
triage-key-help = These keys

triage-assign = Owner
triage-assign-hint = who answers for this post
triage-owner-choose = Choose a person
triage-assign-go = Make owner

done-answered = Your answer is public. The author, if we have an address, is told by mail.
done-replied = Your reply is there.
done-taken = This post is yours now.
done-assigned = The post has a new owner.

triage-overdue = Overdue
triage-today = Due today
triage-raised = Level 2+
triage-rebuttals = Rebuttals
triage-requests = Requests
triage-offered = Offered to me
triage-empty-part = Nothing is waiting in this part of the queue.
triage-handovers = Handovers
triage-handovers-count =
    { $n ->
        [0] none
        [one] one
       *[other] { $n }
    }
triage-again = Again
triage-again-count =
    { $n ->
        [one] reported once more
       *[other] reported { $n } times more
    }
triage-level = Level
triage-level-step = { $from } → { $to }

triage-mandate =
    { $n ->
        [one] You may promise up to one working day and { $amount }.
       *[other] You may promise up to { $n } working days and { $amount }.
    }
triage-mandate-days =
    { $n ->
        [one] You may promise up to one working day.
       *[other] You may promise up to { $n } working days.
    }
triage-mandate-amount = You may promise up to { $amount }.
triage-mandate-none = Your role has no limits.
triage-status-asks = { $status } (somebody above you decides)

triage-reason-public = Reason, in public
triage-extend = Extend a deadline
triage-extend-hint = with a public reason
triage-extend-none = No deadline is running that could be extended. One that was missed stays missed.
triage-extend-clock = Which deadline
triage-extend-option = { $clock }: { $due }
triage-extend-until = New date
triage-extend-reason-hint = The customer reads this beside the old date, which stays visible.
triage-extend-rule = Until 17:00 on that day, at most as far ahead from today as the deadline is long.
triage-extend-go = Extend
triage-stop = Wait for the customer
triage-stop-hint = the deadlines stand still
triage-stop-none = No deadline is running that could stand still.
triage-stop-reason = What you need from the customer
triage-stop-reason-hint = Public. Ask one thing that can be answered.
triage-stop-rule = For at most { $n } working days in all. They run again as soon as the author writes something.
triage-stop-go = Ask and wait
triage-resume = Let the deadlines run again
triage-resume-hint = we have what we need
triage-resume-go = Let them run again
triage-stopped = We wait for the customer, until { $until } at the latest. We asked:

triage-offer-to-me = { $who } offers you this post
triage-offer-until = Without an answer it falls back on { $until }. Until you accept, the one who offers stays accountable.
triage-accept = Accept: it is mine
triage-decline = Decline
triage-decline-note = Why not
triage-handover = Hand over
triage-handover-hint = stays with you until it is accepted
triage-handover-not-mine = Only the owner can offer a post to somebody. If the owner can't, use the panel below.
triage-handover-to = To whom
triage-handover-reason = Reason
triage-handover-reason-hint = Public, like the handover itself.
triage-handover-rule = The third handover of a post raises its level.
triage-handover-go = Offer it
triage-offer-open = { $from } offered this to { $to }. Without an answer it falls back on { $until }.
triage-assign-rule = To take a post from somebody counts as a handover.

triage-promise = Promise
triage-promise-hint = with a date and a remedy
triage-promise-what = What
triage-promise-what-hint = Say what will be done, so that everybody can see whether it was.
triage-promise-due = Until
triage-promise-accountable = Accountable
triage-promise-owner = The owner of the post
triage-promise-remedy = Remedy
triage-promise-remedy-hint = What is owed if it is missed: one month free.
triage-promise-amount = Amount in euros
triage-promise-amount-hint = If the remedy is money, such as 12.50.
triage-promise-rule = Public at once. Every wording stays readable.
triage-promise-go = Promise it
triage-promise-number = Promise { $n }
triage-promise-note = What was done
triage-promise-keep = It is done: kept
triage-promise-change = Change the wording
triage-promise-change-go = Give it a new wording
triage-promise-withdraw = Take it back
triage-promise-withdraw-go = Take it back
triage-promise-paid-note = How it was paid
triage-promise-pay = The remedy is paid
triage-promise-not-mine = Whoever is accountable, the owner of the post and leads can speak about this promise.

triage-request-answer = Request: an answer
triage-request-promise = Request: a promise
triage-request-open = waits for a decision
triage-request-overdue = waits for a decision, too long
triage-request-approved = approved
triage-request-refused = refused
triage-request-by = Asked by
triage-request-beyond = Beyond the mandate
triage-request-decides = Decides
triage-request-lead = A lead
triage-request-director = A director
triage-request-due = Decide by
triage-request-note = Reason
triage-beyond-stage = the status
triage-beyond-days = the date
triage-beyond-amount = the amount
triage-approve = Approve: publish it
triage-refuse = Refuse
triage-refuse-note = Why not

triage-rebuttal = The author answers the refusal
triage-rebuttal-unread = not read yet
triage-rebuttal-read = read
triage-rebuttal-read-at = Read
triage-rebuttal-rule = To change your mind, publish a new answer below: that counts as read, too.
triage-rebuttal-go = Read, the refusal stands

triage-lower = Lower the level
triage-lower-hint = now on level { $level }
triage-lower-go = Lower to level { $to }
triage-provenance = Where it comes from
triage-provenance-hint = customers, planned already, or both
triage-provenance-choose = Choose one
triage-provenance-reason-hint = Needed when you say something else than before.
triage-provenance-go = Save
triage-contributors = Contributors
triage-contributors-hint = colleagues and partners who help
triage-contributor-person = A colleague
triage-contributor-partner = Nobody of the staff: a partner
triage-contributor-name = Or the name of a partner
triage-contributor-name-hint = A firm or somebody outside, as customers know them.
triage-contributor-task = What they do
triage-contributor-go = Add
triage-contributor-end = No longer
triage-contributor-end-named = { $name } no longer helps
triage-contributor-until = until

away-title = When I am away
away-hint = On these days no new post is given to you.
away-first = I am away from
away-last = Up to and including
away-go = Note it
away-remove = Remove
away-remove-named = Remove { $first } to { $last }

done-asked-lead = Sent to the lead for a decision. Nothing is public yet.
done-asked-director = Sent to the director for a decision. Nothing is public yet.
done-extended = The deadline is extended, and the author reads why.
done-stopped = The deadlines stand still. The author is asked.
done-resumed = The deadlines run again.
done-offered = Offered. The post stays yours until it is accepted.
done-accepted = This post is yours now.
done-declined = Declined. The post stays where it was.
done-promised = The promise is public.
done-promise-kept = The promise is kept.
done-promise-changed = The promise has a new wording.
done-promise-withdrawn = The promise is taken back.
done-promise-paid = The remedy is noted as paid.
done-approved = Approved. It is public now.
done-refused = Refused. Whoever asked is told why.
done-lowered = The level is lowered.
done-provenance = Where it comes from is noted.
done-contributor = The contributor is named.
done-contributor-ended = It is noted that they no longer help.
done-rebuttal-read = It is noted that the rebuttal was read. The refusal stands.
done-away = Noted. Posts go to somebody else on these days.
done-back = Removed. You get posts on these days.
