# Promises, and the page on which customers say whether it is solved.

promise-number = Promise { $n }
promise-made = made
promise-version = Version { $n }
promise-by-pledge = Made by itself, by a standing promise
promise-accountable = Accountable
promise-if-missed = If we miss it
promise-remedy = Remedy
promise-no-remedy = Nothing is promised for that case
promise-owed = Owed:
promise-paid = paid on
promise-why-withdrawn = Why it was taken back
promise-kept-note = What was said
promise-days-left =
    { $n ->
        [0] last day
        [one] day left
       *[other] days left
    }
promise-open =
    { $n ->
        [0] Open, due today
        [one] Open, due tomorrow
       *[other] Open, { $n } days left
    }
promise-kept-on = Kept on { $day }
promise-broken-on = Broken on { $day }
promise-withdrawn-on = Taken back on { $day }
promise-on-post = Made on
promise-description = “{ $what }”, by { $due }: whether it was kept, and what is owed if not.
promise-history = What happened
promise-wordings = Wordings
promise-did-make = Promised
promise-did-pledge = Made by itself when the post came in, by a standing promise
promise-did-change = Changed: version { $n }
promise-did-keep = Kept
promise-did-withdraw = Taken back
promise-did-break = Broken: the day passed and nobody said that it was done. The remedy is owed.
promise-did-break-no-remedy = Broken: the day passed and nobody said that it was done.
promise-did-pay = The remedy was paid

promises-lede = What { $site } promised to whom, by when, and what it owes if it does not do so. A missed date breaks a promise by itself; nobody can press it away.
promises-kept = kept
promises-broken = broken
promises-open = open
promises-withdrawn = taken back
promises-owed = remedies owed
promises-paid = remedies paid
promises-all = Promise by promise
promises-by-state = By state
promises-chip-all = All
promises-chip-open = Open
promises-chip-kept = Kept
promises-chip-broken = Broken
promises-chip-withdrawn = Taken back
promises-chip-owed = Remedy owed
promises-total =
    { $n ->
        [0] No promises
        [one] One promise
       *[other] { $count } promises
    }
promises-caption = Newest first.
promises-col-promise = Promise
promises-col-state = State
promises-none = Nothing was promised yet
promises-none-text = The first promise that the company makes on a post shows here, with its date and what is owed if it is missed.
promises-none-found = No such promise
promises-none-found-text = There is none that stands so. All of them are one click away, above.
pledges-title = What we promise everybody
pledges-text = A standing promise makes the promise by itself for every post that it covers, as soon as the post comes in.
pledge-covers = Covers
pledge-any-kind = All kinds
pledge-since = Since
pledge-days =
    { $n ->
        [one] One working day after the post came in
       *[other] { $n } working days after the post came in
    }

check-confirmed =
    { $n ->
        [one] Confirmed by the one customer who answered
       *[other] Confirmed by { $percent } % of { $count }
    }
check-open = { $yes } of { $count } said yes so far. It closes on { $day }.
check-open-none =
    { $n ->
        [one] One customer is asked whether it is really solved, until { $day }. No answer yet.
       *[other] { $count } customers are asked whether it is really solved, until { $day }. No answer yet.
    }
check-unconfirmed =
    { $n ->
        [one] Delivered, not confirmed: the one who was asked did not answer
       *[other] Delivered, not confirmed: nobody of the { $count } who were asked answered
    }
check-reopened = Sent back: { $yes } of { $count } said that it was solved

ask-more = { $n ->
    [one] and one more question
   *[other] and { $n } more questions
 }
ask-title = Is it really solved?
ask-text = { $site } says that this is delivered. You wrote it or support it, so your word counts.
ask-text-again = Four weeks ago { $site } said that this was delivered. Is it still solved for you?
ask-what = What { $site } says it did
ask-note = Anything to add
ask-note-hint = Only the staff read it, with your name.
ask-yes = Yes, it is solved
ask-no = No, it is not
ask-effect = If the author says no, or fewer than half say yes, it goes back to being worked on, one level up.
ask-said-yes = You said: yes, it is solved
ask-said-no = You said: no, it is not solved
ask-thanks = Thank you. Everybody can see how many said what; who said it is seen by the staff only.
ask-said-closed = Thank you. The answers are closed now.
ask-change = Change my answer
ask-change-until = You can change it until { $day }.
ask-closed-title = This question is closed
ask-closed-text = What customers said was counted, or the company has answered anew since. The page of the post shows where it stands.
ask-to-post = To the post
ask-dead-text = This link never was, or a newer mail has another one. If you have an account, every open question stands in your file.
ask-dead-me = To my file
me-asks = The company says that these are delivered. You wrote or support them: say whether it is so.
remarks-title =
    { $n ->
        [one] What one customer wrote with their answer
       *[other] What { $n } customers wrote with their answers
    }
remark-yes = yes, solved
remark-no = no, not solved
