# What the company does to what people wrote, what its author says to that, and what members point out.

redacted = removed under rule { $rule }

# What moderators do, as a choice
act-hide = Hide
act-show = Show again
act-redact = Remove a part
act-lock = Lock
act-unlock = Unlock
act-move = Move to another board
act-edit = Edit
act-ban = Ban
act-unban = Lift the ban
act-exclude-vote = Exclude the vote

# What they did
acted-hide = Hidden
acted-show = Shown again
acted-redact = A part removed
acted-lock = Locked
acted-unlock = Unlocked
acted-move = Moved
acted-edit = Edited by staff
acted-ban = Banned
acted-unban = Ban lifted
acted-exclude-vote = Vote excluded

# What they did it to
thing-post = A post
thing-comment = A comment
thing-person = A person
thing-vote = A vote

ruling-upheld = Upheld: the author was right
ruling-rejected = Rejected: the act stands

# In place of what was taken away
marker-post = This post is hidden
marker-comment = This comment is hidden
marker-under = Under house rule { $rule }: { $text }
marker-by = { $role }, { $date }
marker-more = What was done, and what its author says
marker-object = Object
marker-own = Only you and the staff can read it. You can object, and somebody else decides.
marker-own-text = What you wrote
marker-staff-text = Read what is hidden
row-hidden = Hidden under house rule { $rule }
hidden-title = Hidden post
hidden-description = This post is hidden under house rule { $rule }.
locked-title = This post is locked: nothing more can be said under it. Voting stays open.
locked-form = This post is locked under house rule { $rule }, so nobody can comment. Voting stays open.
hidden-form = This post is hidden, so nobody can comment.
moderated-title = What moderators did here
moderated-moved = from { $from } to { $to }
moderated-to-versions = The earlier wording
moderate = Moderate
report = Report

banned-text = You can read, but not write here until { $date } (house rule { $rule }): { $reason } You can object to that.
banned-object = See it and object

# The form for moderators
moderate-title = Moderate: { $thing }
moderate-lede = Each act needs a house rule and a public reason. It leaves a marker, its author is told and can object, and somebody else decides.
moderate-act = What to do
moderate-act-choose = Choose
moderate-review = Look at it again on
moderate-passage = The words to remove
moderate-passage-hint = Copied from the text below, to the letter. They go wherever they stand, in earlier wordings too. Only for “Remove a part”.
moderate-board = The new board
moderate-board-hint = One that the same people can read. Deadlines follow its terms. Only for “Move to another board”.
moderate-board-none = None
moderate-until = The last day of the ban
moderate-until-hint = They can read and object, but write nothing until then. Only for “Ban”.
moderate-text = The text as it was written
moderate-edit = Edit the wording instead
moderate-go = Do it
moderate-flags = { $n ->
    [one] { $n } member pointed this out
   *[other] { $n } members pointed this out
}

# The page of an act
act-title = { $act }: act { $number }
act-under = Rule { $rule }
act-rule = House rule
act-reason = Reason
act-role = Role
act-by = Who
act-at = When
act-review = Looked at again on
act-until = Until the end of
act-moved = Board
act-undone = Taken back
act-undone-by = by act { $number }
act-undoes = Takes back
act-number = Act { $number }
act-see = See it in its place
appeal-h = Objection
appeal-none = Nobody has objected. Whoever it was done to can do so until { $date }.
appeal-over = Nobody objected in time.
appeal-free = There is nothing to object to.
appeal-lodged = Lodged on { $date }. To be decided by { $due }.
appeal-late = Lodged on { $date }. It should have been decided by { $due }.
appeal-words = What the author says
appeal-body = What you want to say (you may leave it empty)
appeal-lede = It was done to you, or to something of yours. If you object, somebody other than the moderator decides within { $days } working days, in public.
appeal-go = Object
appeal-decide-h = Decide
appeal-decide-lede = You did not do it, so you can decide. If you uphold the objection, the act is taken back at once.
appeal-outcome = Decision
appeal-reason = Reason
appeal-reason-hint = Stands in public. 10 to 500 characters.
appeal-decide-go = Decide

# Reports by members
flag-title = Report: { $thing }
flag-lede = Tell the staff which house rule it breaks. They look at it and do something about it, or say why not. Your name is not shown.
flag-note = Anything else they should know
flag-go = Report it

# The staff page
triage-moderation = Moderation
triage-moderation-lede = Objections first, each with its deadline; then what is held back; then what members report, by how often those who report proved right.
triage-appeals = Objections
triage-appeals-none = No objection waits.
triage-held = Held back
triage-held-none = Nothing is held back.
triage-held-due = to be looked at by { $due }
triage-held-late = should have been looked at by { $due }
triage-held-release = Release
triage-held-hide = Keep hidden
suspicion-links = New, with a link to another site
suspicion-duplicate = New, with a text that somebody else posted
suspicion-disposable = New, with a throw-away e-mail address
suspicion-unproven = From a guest, without a proof of work
suspicion-files = New, with a picture or a document
held-title = Nobody else can read this yet
held-text = The staff looks at it first, within a working day, as at some texts of people who are new or have no account. Its deadlines run meanwhile.
held-since = Held back since
held-comment = Only the author and the staff can read this yet: who is new and links to another site is looked at first, within a working day.
held-look = Look at it
triage-rings = Votes that look as if they were cast as one
triage-rings-none = No votes look like that.

triage-newcomers = New accounts
triage-newcomers-text =
    { $n ->
        [one] Accounts of the last day about which something stands out.
       *[other] Accounts of the last { $n } days about which something stands out.
    } A sign is no verdict: an office shares a network, and a family a browser.
triage-newcomers-none = Nothing stands out about any new account.
newcomer-since = Here since
newcomer-verified = address confirmed
newcomer-unverified = address not confirmed
newcomer-texts =
    { $n ->
        [0] no text
        [one] one text
       *[other] { $count } texts
    }
newcomer-looked = Looked at
notable-held = A text of theirs is held back
notable-moderated = Something was done to a text or a vote of theirs under a rule
notable-flagged = Members pointed out a text of theirs
notable-ring = They vote as one with others, as far as can be told
notable-browser = Another new account was used in the same browser
notable-network = Five or more other new accounts came from the same network
notable-disposable = Their address is one that anybody reads for a while
done-looked-at = It stands here again when something new comes up.
ring-title = { $n ->
    [one] { $n } account
   *[other] { $n } accounts
}
ring-members = { $n ->
    [one] The account
   *[other] The { $n } accounts
}
ring-votes = { $n ->
    [one] { $n } vote
   *[other] { $n } votes
}
ring-sign-alike = They vote on the same posts, and on little else
ring-sign-devices = Many of them signed in with the same browsers
ring-sign-networks = They come from networks from which few others come
ring-sign-made = Most of the accounts were made within one day
ring-sign-at-once = Most of the votes on a post came within one hour
ring-exclude = Exclude their votes
ring-exclude-text = Each vote of these accounts on the posts above stops counting. Each is an act of moderation of its own: whoever cast it is told and can object.
doubt-label = About the votes
doubt-open = { $n ->
    [one] The staff is looking at { $n } vote on this post, since { $date }: it looks as if it was cast as one with others. It counts until somebody has decided.
   *[other] The staff is looking at { $n } votes on this post, since { $date }: they look as if they were cast as one. They count until somebody has decided.
}
doubt-dismissed = { $n ->
    [one] The staff looked at { $n } vote on this post and found nothing wrong, { $date }:
   *[other] The staff looked at { $n } votes on this post and found nothing wrong, { $date }:
}
doubt-excluded = { $n ->
    [one] The staff took { $n } vote on this post out of the count, { $date }:
   *[other] The staff took { $n } votes on this post out of the count, { $date }:
}
doubt-how = How such votes are found
triage-flags = Reports
triage-flags-none = No report waits.
triage-flag-weight = Weight { $weight }
triage-flag-rule = { $times ->
    [one] rule { $rule }
   *[other] rule { $rule }, { $times } times
}
triage-flag-since = Since { $date }
triage-flag-dismiss = Nothing wrong
triage-flag-dismiss-reason = Why nothing is wrong
triage-reviews = To be looked at again
triage-reviews-none = Nothing is to be looked at again.
triage-acts = Latest acts
triage-acts-none = Nothing was done yet.
triage-due = due { $date }
triage-overdue-since = overdue since { $date }

me-moderation = Moderation
me-moderation-text = What moderators did to what you wrote, and to you. You can object for { $days } days.
me-moderation-none = Nothing of yours was moderated

done-moderated = Done. A marker stands there, and its author is told.
done-appealed = Your objection is lodged. Somebody other than the moderator decides.
done-decided = Decided. The author is told.
done-flagged = Thank you. The staff will look at it.
done-released = Everybody can read it now.
done-kept-hidden = It is hidden. Its author is told and can object.
done-ring-dismissed = The note on the posts says that nothing is wrong.
done-ring-excluded = The votes do not count any more. Whoever cast them is told.
done-dismissed = The reports are closed.

field-name-act = Act
field-name-outcome = Decision
field-name-passage = Words to remove
field-name-review-on = Look at it again on
