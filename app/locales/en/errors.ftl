# What can't be taken, and why.

problem-required = Fill this in.
problem-too-short = Write at least { $min } characters.
problem-too-long = Keep it to { $max } characters.
problem-unknown-choice = Choose one of the options.
problem-not-an-address = Write an e-mail address, such as name@example.com.
problem-not-a-date = Write a date, such as 2026-12-01.
problem-not-in-future = Choose a working day after today.
problem-too-far-ahead = Choose a day up to { $latest }: later is too far ahead.
problem-guessable-password = This password is easy to guess. Choose a longer one, or a few unrelated words.
problem-wrong-password = This is not your current password.
problem-complaint-not-opposable = A complaint can be supported, not opposed: it happened.
problem-stage-not-for-staff = The company does not set this status: posts come in as received, and only customers confirm.
problem-reexamine-or-final = Name a day on which you look again, or say that it is final; one of the two.
problem-too-many = At most { $max }.
problem-not-on-this-post = The comment that you reply to is not on this post.
problem-taken = This is taken already.
problem-has-account = There is an account with this address. Give it a role in the list of people.
problem-not-a-colour = This is not a colour. Write it as #0b5f70.
problem-too-pale = This colour is too pale to be read on white. { $enough } is the nearest that can be read.
problem-not-offered = Choose a language that is on offer.
problem-last-rule = One rule has to stay in force.
problem-not-staff = Choose a member of the staff.
problem-not-a-slug = Use only a to z, 0 to 9 and hyphens.
problem-not-a-cursor = This page of the list does not exist.
problem-dead-link = This link was used or is too old. Ask for a new one.
problem-not-proven = This proof of work is not right, is too old or was used. Ask for another challenge, or leave it out.
problem-key-reused = This key was used for another request.
problem-ends-before-start = This day is before the first one.
problem-not-later = Choose a day after the present date.
problem-not-a-complaint = Only a complaint can happen again.
problem-not-an-amount = Write an amount in euros, such as 12.50.
problem-out-of-range = Write a whole number from { $min } to { $max }.
problem-not-a-time-zone = Write a time zone of the IANA list, such as Europe/Amsterdam.
problem-board-closed = This board takes no new posts.
problem-no-links-yet = While you are new you can't add a link to another site to a text that others read already. Say it without the link, or in a comment of its own, which we look at first.
problem-no-files-yet = While you are new you can't add a file to a text that others read already. Add it to a comment of its own, which we look at first.
problem-said-before = You said the same in number { $post }. Add to it there, or say what is different.
problem-trapped = This looks as if a program had filled it in. If it was you, send it once more.
problem-other-readers = Choose a board that the same people can read.
problem-not-in-text = These words are not in the text. Copy them from it to the letter.
problem-not-sent = This is what you wrote. It has not been sent yet.
problem-not-a-file = This is no PNG, JPEG or WebP picture and no PDF. Save it as one of these, and choose it again.
problem-too-large = This is larger than { $max } MB. Make it smaller, and choose it again.
problem-not-readable = This file is damaged, or not whole. Save it anew, and choose it again.
problem-too-many-pixels = This picture has more than { $max } million pixels. Make it smaller, and choose it again.
problem-not-a-push-key = This is not a key of a browser.
problem-not-an-origin = “{ $text }” is not the address of a site. It has https:// and a name, and no path: https://www.example.org.
problem-not-a-hook-address = This is not an address that messages may be sent to. It starts with https:// and is reachable from the public internet.
problem-malformed = This can't be read.

denied-unverified = Verify your e-mail address first: click the link in the mail that we sent you.
denied-role = Your role does not allow this.
denied-scope = This token does not allow it.
denied-not-author = Only the author can do this.
denied-not-owner = Only the owner of the post can do this.
denied-not-receiver = Only the colleague to whom it was offered can do this.
denied-mandate = This is beyond the mandate of your role.
denied-origin = This request came from another site, so we did not carry it out.
denied-own-act = This is about something that you did or wrote yourself, so somebody else has to do it.
denied-no-guests = Who posts here needs an account.
denied-guest = This takes an account. With a receipt you can do what its page offers.

conflict-changed = This was changed since you opened it. You see below what is different: save once more to have it your way.
conflict-removed = The comment was removed.
conflict-in-progress = The same request is being handled right now. Try again in a moment.
conflict-exists = It is there already.
conflict-lowest-level = The post is on the lowest level already.
conflict-no-clock = No such deadline is open on this post.
conflict-stopped-long-enough = The deadlines of this post stand still already, or have stood still for the ten working days that they may.
conflict-not-stopped = The deadlines of this post are running.
conflict-over = This was answered or decided already, or its time is over.
conflict-broken = The date of this promise is past. It is broken, and stays so.
conflict-nothing-owed = No remedy is owed for this promise.
conflict-not-solved = This complaint was never solved. Support it instead: then it counts as yours too.
conflict-in-use = This is in use, so it can be renamed but not removed.
conflict-last-of-stage = Every stage needs a status. Rename this one, or make another first.
conflict-not-verified = This address is not confirmed yet. Invite them instead: the link in the mail shows that the address is theirs.
conflict-still-staff = You are of the staff, and somebody has to take over what you answer for. Ask an admin to take your role away first.
conflict-last-admin = This is the only admin. Make somebody else an admin first.
conflict-locked = This post is locked: nothing more can be said or changed under it. Voting stays open.
conflict-held-back = This is held back until somebody of the staff has looked at it. You can go on with it then.
conflict-hidden = This is hidden at the moment.
conflict-not-answered = A complaint can't be locked before the company has answered it.
conflict-excluded = This vote was excluded under a house rule and does not count. Whoever cast it can object.
conflict-of-staff = Staff can't be banned. An admin changes their role first.
conflict-heads-case = This is the head of a case, and its members would be found in no list. Take the case apart first.
conflict-nothing-done = There is nothing here to take back, or to object to.

error-401-text = Sign in first.
error-403-title = Not allowed
error-404-title = Nothing here
error-404-text = This page does not exist, or is not for you to see. It may have had another address.
error-405-title = That does not work here
error-405-text = This address answers another kind of request. Go back and try the button or link again.
error-408-title = Too slow
error-408-text = What you sent did not come in time. Nothing was kept; go back, your text is still there, and try again.
error-409-title = Not right now
error-413-title = Too large
error-413-text = What you sent is larger than we take. Nothing was kept; go back, your text is still there.
error-422-title = We could not take this
error-429-title = A little slower
error-429-text =
    { $seconds ->
        [one] That was quick. Try again in a second; nothing is lost.
       *[other] That was often in a short time. Try again in { $seconds } seconds; go back, your text is still there.
    }
error-429-later = That is as much as we take from somebody who has only just come. There is room again on { $when }; go back, your text is still there.
form-too-soon =
    { $seconds ->
        [one] Not sent: that was quick. Your text is still here; try again in a second.
       *[other] Not sent: that was often in a short time. Your text is still here; try again in { $seconds } seconds.
    }
form-too-soon-later = Not sent: who is new here has room for a few posts and comments only. Your text is still here; you can send it from { $when }.
error-500-title = Our fault
error-500-text = Something broke on our side. What you had saved is safe. Go back and try again; if it stays, tell us the reference below.
error-503-title = Not just now
error-503-text = We cannot take anything at the moment. Nothing of this request was kept; go back, your text is still there, and try again in a few seconds.
error-unverified-title = One step left
error-unverified-text = Posting, voting and commenting need a verified e-mail address: click the link in the mail that we sent you.
error-send-again = Send the mail again
error-home = All posts
error-new = New posts
error-reference = Reference
