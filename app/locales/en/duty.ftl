# What the page of a post shows of clocks, levels, owners and the word of customers.

level-name-1 = Service desk
level-name-2 = Lead
level-name-3 = Director
level-clock-first-answer = the first answer
level-clock-next-update = the next update
level-clock-decision = the decision
level-clock-any = an answer
level-why-missed = The deadline for { $clock } was missed.
level-why-handover = It was handed over for the third time.
level-why-again = It happened again to the same customer within 90 days of the solution.
level-why-fifth-again = The fifth customer reported it again.
level-why-not-solved = The author says that it is not solved.
level-why-too-few-yes = Fewer than half of those who answered say that it is solved.
level-why-lowered = Lowered by { $who }:
level-up = To level { $n }: { $who }
level-still = Still on level { $n }: { $who }
level-down = Back to level { $n }: { $who }
level-effect-2 = From here on every deadline is half as long.
level-effect-3 = From here on every deadline is one working day.
ladder-title = Level
ladder-now = , now
ladder-since = Since
ladder-to = to
ladder-next = When the next deadline is missed
ladder-unneeded = No longer needed

clocks-none-run = No deadline runs on this post.
clock-on-level = (level { $n })
clock-met-again = Within the new deadline
clock-at-the-latest = at the latest
clock-extended = More time, given by { $who }:
extended-first-answer = More time for the first answer
extended-next-update = More time for the next update
extended-decision = More time for the decision
stop-title = Waiting for the customer
stop-waiting = Waiting for the customer:
stop-until = The deadlines stand still at most until
stop-ended = The deadlines ran again on
needed-title = We need something from you
needed-text = Reply below and the deadlines run again.
needed-reply = Reply

trace-offered = Offered by { $from } to { $to }. Until { $to } accepts, { $from } stays accountable.
trace-accepted = Handed over by { $from }, accepted by { $to }.
trace-declined = Offered by { $from } to { $to }, who declined.
trace-lapsed = Offered by { $from } to { $to }, not accepted in time. It stayed with { $from }.
trace-note = Answer:
owner-trace = Owners and handovers, latest first
also-title = Also working on it
also-until = until

answer-cause-confirmed = At least half of those who answered say that it is solved.
answer-cause-not-solved = The author says that it is not solved. It goes back to being worked on, one level up.
answer-cause-too-few-yes = Fewer than half of those who answered say that it is solved. It goes back to being worked on, one level up.
answer-cause-again = It happened again to the same customer within 90 days of the solution. It goes back to being worked on, one level up.
answer-cause-fifth-again = The fifth customer reports that it happened again. It goes back to being worked on, one level up.
decided-by-agent = Decided by the service desk
decided-by-lead = Decided by the lead
decided-by-director = Decided by the director
decided-by-admin = Decided by the admin

provenance-customers = From customers
provenance-planned = Planned already
provenance-both = Planned already, and asked for by customers
provenance-changed = Said anew where it comes from
fact-provenance = Whose idea

again-heading = Does this happen to you too?
again-heading-mine = This happened to you
again-people =
    { $n ->
        [0] Nobody else has said so yet.
        [one] One person says: me too.
       *[other] { $count } people say: me too.
    }
again-reported =
    { $n ->
        [one] One customer reported that it happened again.
       *[other] { $count } customers reported that it happened again.
    }
again-level = It is on level { $n }: { $who }
again-waiting = { $who } answers before { $due }.
again-waiting-late = { $who } owes you an answer since { $due }.
again-detail-text = Did you remember something that helps? Add it below, where everybody can read it.
again-detail = Add a detail
again-open = It happened to me again
again-sign-in = It happened to me again: sign in
again-hint = Your report is public, with your name. Was it your complaint too, and within { $days } days of the solution? Then it goes one level up.
again-label = What happened, and when?
again-send = Report it
again-title = It happened again
again-raised = With this report the complaint went one level up.
again-left-out =
    { $n ->
        [one] One earlier report is not shown here; the API has it.
       *[other] { $count } earlier reports are not shown here; the API has them.
    }

rebuttal-heading = You do not agree with this answer?
rebuttal-text = You can answer it once. What you write stands beside the refusal, and the staff have to read it.
rebuttal-until = You can do so until
rebuttal-label = Your answer
rebuttal-send = Publish my answer
rebuttal-title = What the author says to this
rebuttal-read = Read by the staff on
rebuttal-unread = The staff have not read this yet.

rail-promised = promised for { $day }
rail-asked-until = customers are asked until { $day }
rail-unconfirmed = nobody answered

done-again = Your report is public, and the owner has been told.
done-rebuttal = Your answer stands beside the refusal.
done-solved-yes = You said: yes, it is solved.
done-solved-no = You said: no, it is not solved.
