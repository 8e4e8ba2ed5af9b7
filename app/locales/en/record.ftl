# The public record: whether its chain is whole, and every official act in a sentence.

nav-record = Public record
record-lede = Whatever the company does here officially is written down: answers, promises, missed deadlines, edits, changes of its rules. An entry can't be changed or taken out without anybody seeing it.
record-entries = Entries
record-intact =
    { $n ->
        [0] Nothing stands in the record yet
        [one] The chain is intact: one entry
       *[other] The chain is intact: { $count } entries, no gaps
    }
record-intact-text = Each entry carries the fingerprint of the one before, so a missing or changed one would show.
record-broken = The chain is broken at entry { $seq }
record-checking =
    { $n ->
        [one] One entry is being checked
       *[other] { $count } entries are being checked
    }
record-checking-text = So many take a while. Load the page again in a minute to see what came of it, or let your browser check them itself.
record-checked = Checked
record-last = Last:
record-check = Check the record
record-browser-working = Your browser downloads the entries and checks them…
record-browser-whole =
    { $n ->
        [one] Your browser checked the one entry itself: it is intact.
       *[other] Your browser checked all { $count } entries itself: the chain is intact.
    }
record-browser-broken = Your browser found the chain broken at entry
record-browser-failed = The entries could not be downloaded. Try again later.
record-fault-missing = An entry is missing there.
record-fault-link = That entry does not follow the one before it.
record-fault-digest = That entry does not say what its fingerprint covers: somebody changed it.
record-fault-history = The history says something else than what that entry covers: somebody changed it.
record-fault-surplus = There are more entries than the record had.
record-fault-checkpoint = What the site signed when the record was that long was something else.
record-filter-act = Act
record-filter-act-any = All acts
record-filter-role = Role
record-filter-role-any = All roles
record-filter-rule-any = All house rules
record-filter-period = Period
record-filter-from = From
record-filter-to = To
record-feed = Feed
record-download = Download
record-total =
    { $n ->
        [0] No entries
        [one] One entry
       *[other] { $count } entries
    }
record-none = Nothing stands in the record yet
record-none-text = The first answer or promise of the company shows here.
record-none-found = No such entry
record-none-found-text = Nothing in the record fits. Choose less.
record-number = No. { $seq }
record-entry = Entry { $seq }
record-rule = Rule { $number }: { $text }
record-under-rule = { $sentence }. { $rule }
record-on-post = On post { $number }
record-post = Post { $number }
record-digest = Fingerprint (SHA-256)
record-prev = Fingerprint of the entry before
record-forum = The forum
record-by-rule = By itself, under a rule
record-not-for-all = Not for everybody
record-somebody = Somebody ({ $role })
record-some-person = a person
record-some-deadline = a deadline
record-some-act = moderated
record-fact-at = When
record-fact-role = Role
record-fact-post = On
record-fact-reason = Reason
record-withheld = An act that is not for everybody
record-withheld-text = This happened on a private board or among the staff. The entry proves when, and that what those concerned see has not been changed since; what it was is not said.
record-withheld-open = Others see only that something happened, and when. You see what it was, since you may see what it is about.
record-sealed = What makes it certain
record-sealed-text = This line is what the fingerprint covers, letter by letter. In place of names and reasons it has salted fingerprints of them, so that a person can be erased while the chain stays whole. Compute the SHA-256 of the line: it is the fingerprint below, and the next entry begins from it.
record-line = The line that the fingerprint covers
record-proof = Proof for programs
record-proof-text = By this path from the entry to the signed root of the whole record, anybody can prove that it stands there, without asking us (C2SP tlog-proof).
record-proof-show = Show the proof
record-proof-download = Download
record-keep = Keep a checkpoint
record-key = Public key
record-before = The entry before
record-after = The next entry

record-part-calendar = the calendar
record-part-clocks = the deadlines
record-part-mandates = the mandates
record-part-ranking = the order of posts
record-part-rules = the house rules
record-part-boards = a board
record-part-hooks = whom the forum tells
record-part-embeds = on whose pages the forum is shown

record-changed = What changed
record-changed-what = Setting
record-changed-from = Before
record-changed-to = Since
record-set-time-zone = Time zone
record-set-work-week = Working days
record-set-dutch-holidays = Dutch public holidays are days off
record-set-day-off = Day off on { $day }
record-set-days-worked = Public holidays that are worked
record-set-complaint = Complaints: { $clock }
record-set-idea = Ideas, wishes and criticism: { $clock }
record-set-board-complaint = Complaints on board { $board }: { $clock }
record-set-board-idea = Ideas, wishes and criticism on board { $board }: { $clock }
record-set-triage-days = Time in which a post gets an owner
record-set-target = First answers that should come in time
record-set-embeds = Sites on whose pages the forum may be shown
record-set-guests = People without an account may post
record-set-ranking = Version of the formula by which posts are sorted
record-set-role = Role
record-set-mandate-days = { $role }: how far ahead a promise may be due
record-set-mandate-amount = { $role }: the highest remedy
record-set-mandate-stages = { $role }: stages that it may not set
record-set-rule = House rule { $number } ({ $language })
record-set-rule-withdrawn = House rule { $number } is withdrawn
record-set-board-name = Name of the board
record-set-board-name-in = Name of the board ({ $language })
record-set-board-description = What belongs on the board
record-set-board-private = Only for its groups and the staff
record-set-board-closed = Closed to new posts
record-set-hook-host = Web-hook { $number }: host
record-set-hook-path = Web-hook { $number }: another address at the same host
record-set-hook-shape = Web-hook { $number }: for
record-set-hook-kinds = Web-hook { $number }: what it hears of
record-set-hook-language = Web-hook { $number }: language
record-set-hook-active = Web-hook { $number }: is told
record-set-hook-secret = Web-hook { $number }: another secret
record-set-nothing = nothing
record-set-own-words = the words that the forum comes with
record-set-as-all = as on all boards
record-set-yes = yes
record-set-no = no
record-set-percent = { $n }%
record-set-days = { $n ->
    [one] { $count } working day
   *[other] { $count } working days
}

record-act-withheld = Not for everybody
record-act-comment-edited = Comment edited by the staff
record-act-post-edited = Post edited by the staff
record-act-answer-published = Answer
record-act-owner-set = Owner set
record-act-owner-released = Owner released
record-act-clock-missed = Deadline missed
record-act-clock-extended = Deadline extended
record-act-clocks-stopped = Deadlines stopped
record-act-clocks-resumed = Deadlines resumed
record-act-level-changed = Level changed
record-act-handover-offered = Handover offered
record-act-handover-accepted = Handover accepted
record-act-handover-declined = Handover turned down
record-act-handover-lapsed = Handover lapsed
record-act-request-made = Request made
record-act-request-passed-up = Request passed up
record-act-request-decided = Request decided
record-act-promise-made = Promise made
record-act-promise-changed = Promise changed
record-act-promise-kept = Promise kept
record-act-promise-withdrawn = Promise taken back
record-act-promise-broken = Promise broken
record-act-promise-paid = Remedy paid
record-act-customers-asked = Customers asked
record-act-check-closed = What customers said was counted
record-act-provenance-set = Origin of an idea
record-act-settings-changed = Settings changed
record-act-ranking-changed = Order of posts changed
record-act-role-set = Role changed
record-act-moderated = Moderation
record-act-appealed = Objection
record-act-appeal-decided = Objection decided
record-act-post-merged = Posts merged
record-act-post-unmerged = Posts taken apart
record-act-held-back = Text held back
record-act-released = Held text released
record-act-votes-doubted = Votes looked at
record-act-votes-cleared = Votes found in order
record-act-proposal-decided = Proposal to merge decided
record-act-changelog-published = Changelog published
record-act-changelog-corrected = Changelog corrected
record-act-changelog-withdrawn = Changelog withdrawn

record-did-comment-edited = { $who } edited the comment of somebody else
record-did-post-edited = { $who } edited the post of somebody else
record-did-answer-published = { $who } answered
record-did-owner-set = { $who } set the owner: { $person }
record-did-owner-released = { $person } is no longer the owner
record-did-clock-missed = A deadline was missed: { $clock }
record-did-clock-extended = { $who } extended a deadline: { $clock }, now { $day }
record-did-clocks-stopped = { $who } stopped the deadlines, to wait for the customer
record-did-clocks-resumed = The deadlines run again
record-did-level-changed = The level of the post is { $level } now
record-did-handover-offered = { $who } offered the post to a colleague
record-did-handover-accepted = { $who } took the post over
record-did-handover-declined = { $who } turned the post down
record-did-handover-lapsed = Nobody took the post over in time
record-did-request-made = { $who } asked for something beyond their mandate
record-did-request-passed-up = Nobody decided a request in time; the next level does
record-did-request-decided = { $who } decided a request
record-did-promise-made = { $who } made a promise
record-did-promise-changed = { $who } changed a promise
record-did-promise-kept = { $who } kept a promise
record-did-promise-withdrawn = { $who } took a promise back
record-did-promise-broken = A promise was broken: its day passed
record-did-promise-paid = { $who } paid the remedy of a broken promise
record-did-customers-asked = The customers are asked whether it is solved
record-did-check-closed = What the customers said was counted
record-did-provenance-set = { $who } said where the idea comes from
record-did-settings-changed = { $who } changed { $part }
record-did-ranking-changed = Formula { $version } sorts the posts now
record-did-role-set = { $who } set a role: { $person } is { $role } now
record-did-moderated = { $who } { $act }
record-did-appealed = Whoever it concerns objected to an act of moderation
record-did-appeal-decided = { $who } decided an objection
record-did-post-merged = { $who } made two posts one matter
record-did-post-unmerged = { $who } took two posts apart
record-did-held-back = { $who } held a text back until somebody has looked at it
record-did-released = { $who } looked at a text that was held back, and released it
record-did-votes-doubted = { $who } found votes that look as if they were cast as one
record-did-votes-cleared = { $who } looked at votes that seemed to be cast as one, and found nothing wrong
record-did-proposal-decided = { $who } decided whether two posts are one matter
record-did-changelog-published = { $who } published an entry of the changelog
record-did-changelog-corrected = { $who } corrected an entry of the changelog
record-did-changelog-withdrawn = { $who } withdrew an entry of the changelog

record-moderated-hide = hid a text
record-moderated-show = showed a hidden text again
record-moderated-redact = removed a part of a text
record-moderated-lock = locked the post
record-moderated-unlock = unlocked the post
record-moderated-move = moved the post to another board
record-moderated-edit = edited a text of somebody else
record-moderated-ban = kept somebody from writing for a time
record-moderated-unban = lifted a ban
record-moderated-exclude-vote = excluded a vote
