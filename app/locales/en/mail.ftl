# Letters. Plain and short; the reader may not remember having written anything.

mail-greeting = Hello { $name },
mail-greeting-anybody = Hello,
mail-link-help = If the button does not work, open this address: { $link }

mail-verify-subject = Confirm your e-mail address for { $site }
mail-verify-text = You signed up at { $site } with this address. Confirm that it is yours: then you can post, vote and comment.
mail-verify-button = Confirm my address
mail-verify-note = The link works for a day, and once. If you did not sign up, leave this mail alone: nothing happens without the link.

mail-known-subject = You already have an account at { $site }
mail-known-text = Somebody, perhaps you, tried to sign up at { $site } with this address. There is an account with it already, so no new one was made.
mail-known-button = Sign in
mail-known-note = If you forgot your password, the page lets you set a new one. If it was not you, you need not do anything.

mail-reset-subject = Set a new password for { $site }
mail-reset-text = You asked for a new password for your account at { $site }.
mail-reset-button = Set a new password
mail-reset-note = The link works for half an hour, and once. If you did not ask for it, leave this mail alone: your password stays as it is.

mail-invited-subject = Join the staff at { $site }
mail-invited-text = You are asked to help answer customers at { $site }. Choose a name and a password, and you can begin.
mail-invited-button = Join
mail-invited-note = The link works for a week, and once. If you do not know what this is about, leave this mail alone: nothing happens without the link.
mail-receipt-subject = News of a post at { $site }?
mail-receipt-text = Somebody posted at { $site } without an account, and gave this address for news of it. Was it you? Open the link, and say whether you want them.
mail-receipt-button = Open the receipt
mail-receipt-note = The link opens the post's receipt: whoever has it speaks for its author. If it was not you, leave this mail alone: nothing more is sent.

mail-token-subject = A new API token for your account at { $site }
mail-token-text = With your account at { $site }, an API token was made. A program can act in your name with it.
mail-token-name = Name
mail-token-button = See my tokens
mail-token-note = If it was not you, sign out everywhere and change your password: both end all tokens.

mail-hook-subject = A web-hook of { $site } is switched off
mail-hook-text = The forum of { $site } tells an address what happens, and its messages do not arrive any more. Nothing more is sent there until an admin switches the web-hook on again.
mail-hook-host = Host
mail-hook-why = Why
mail-hook-gone = The other side said that it is gone for good.
mail-hook-failing = Nothing arrived for five days.
mail-hook-button = Look at the web-hook
mail-hook-note = The page of the web-hook shows what went wrong, and sends a test message.

mail-password-subject = Your password for { $site } was changed
mail-password-text = The password of your account at { $site } was changed. All other devices were signed out, and API tokens ended.
mail-password-button = It was not me
mail-password-note = If it was you, you need not do anything. If not, set a new password now; the button leads to the page for it.

mail-answered-subject = { $stage }: { $title }
mail-answered-text = { $site } has answered your post “{ $title }”.
mail-answered-stage = Status
mail-answered-what = What
mail-answered-who = Who
mail-answered-next = Next update by
mail-answered-button = Read and reply

mail-commented-subject = { $by } commented on: { $title }
mail-commented-text = { $by } commented on “{ $title }”:
mail-replied-subject = { $by } replied to you: { $title }
mail-replied-text = { $by } replied to your comment on “{ $title }”:
mail-commented-button = Read and reply

mail-why-account = You get this mail because of your account at { $site }.
mail-why-invited = You get this mail because an admin of { $site } typed this address.
mail-why-receipt = You get this mail because somebody typed this address with a post at { $site }.
mail-why-guest = You get this mail because you asked for news of a post that you wrote as a guest at { $site }. The link also stops these mails.
mail-why-notice = You get this mail because you wrote or look after this post, or commented on it, at { $site }.

mail-told-button = Go to the post
mail-fact-clock = Deadline
mail-fact-due = Was due on
mail-fact-level = Level now
mail-fact-cause = Why
mail-fact-reason = Reason
mail-fact-until = Until
mail-fact-needed = What we need
mail-fact-old = Was due on
mail-fact-new = Is due on
mail-fact-remedy = Remedy
mail-fact-owed = Owed to you
mail-fact-report = In their words
mail-level-1 = 1, desk
mail-level-2 = 2, lead
mail-level-3 = 3, director
mail-cause-missed = A deadline was missed
mail-cause-handover = It was handed over three times
mail-cause-again = It happened again to the same customer
mail-cause-fifth-again = Five customers report it again
mail-cause-not-solved = The author says that it is not solved
mail-cause-too-few-yes = Too few say that it is solved
mail-cause-lowered = Somebody lowered it

mail-clock-missed-subject = Missed: { $title }
mail-clock-missed-text = A deadline on “{ $title }” was missed. Everybody can see it. A shorter one is running.
mail-raised-subject = One level up: { $title }
mail-raised-text = “{ $title }” went up, and its deadlines are shorter now.
mail-yours-subject = Yours: { $title }
mail-yours-text = You are accountable for “{ $title }” from now on.
mail-handover-offered-subject = { $by } offers you: { $title }
mail-handover-offered-text = { $by } asks you to take over “{ $title }”. Until you accept, { $by } stays accountable.
mail-handover-accepted-subject = { $by } took over: { $title }
mail-handover-accepted-text = { $by } is accountable for “{ $title }” now.
mail-handover-declined-subject = { $by } did not take: { $title }
mail-handover-declined-text = { $by } turned down “{ $title }”. You stay accountable.
mail-handover-lapsed-subject = Back with you: { $title }
mail-handover-lapsed-text = { $to } did not answer your offer of “{ $title }”. You stay accountable.
mail-waiting-for-you-subject = We need something from you: { $title }
mail-waiting-for-you-text = We can't go on with “{ $title }” without you. Our deadlines stand still until you reply, or until the day below.
mail-extended-subject = Later than we said: { $title }
mail-extended-text = We need more time for “{ $title }”. The old date stays visible beside the new one.
mail-promised-subject = We promise: { $title }
mail-promised-text = There is a promise on your post “{ $title }”. If we miss it, everybody can see that.
mail-promise-changed-subject = A promise has changed: { $title }
mail-promise-changed-text = The promise on your post “{ $title }” has a new wording. The old one stays readable.
mail-promise-kept-subject = Promise kept: { $title }
mail-promise-kept-text = We kept the promise on your post “{ $title }”.
mail-promise-broken-subject = Promise broken: { $title }
mail-promise-broken-text = The promise on “{ $title }” was not kept in time. It stays on the list as broken.
mail-promise-withdrawn-subject = Promise taken back: { $title }
mail-promise-withdrawn-text = We took back the promise on your post “{ $title }”. That, too, stays on the list.
mail-promise-paid-subject = Paid: { $title }
mail-promise-paid-text = What we owed you for the broken promise on “{ $title }” is paid.
mail-again-subject = It happened again: { $title }
mail-again-text = { $by } reports that it happened again: “{ $title }”.
mail-rebutted-subject = The author replied to the refusal: { $title }
mail-rebutted-text = The author of “{ $title }” replied to the refusal. The reply stands beside it.
mail-request-made-subject = { $by } asks for your decision: { $title }
mail-request-made-text = { $by } wants to do something on “{ $title }” that is beyond their mandate. Decide it in triage.
mail-request-approved-subject = Allowed: { $title }
mail-request-approved-text = What you asked for on “{ $title }” was allowed and is done.
mail-request-refused-subject = Not allowed: { $title }
mail-request-refused-text = What you asked for on “{ $title }” was turned down.

mail-asked-subject = Is it really solved? { $title }
mail-asked-text = { $site } says that “{ $title }” is done. You wrote or supported it, so it is for you to say whether it is solved.
mail-asked-later-subject = Is it still solved? { $title }
mail-asked-later-text = Four weeks ago { $site } said that “{ $title }” is solved. Is it still?
mail-asked-button = Answer yes or no
mail-asked-note = You need not sign in. The link opens a page with two buttons; nothing happens before you press one.
mail-why-asked = You get this mail because you wrote or support this post at { $site }.

# Moderation
mail-moderated-button = See it and object
mail-act-button = See what was done
mail-fact-rule = House rule
mail-fact-last-day = Until the end of
mail-moderated-hide-subject = Hidden: { $title }
mail-moderated-hide-text = A text of yours on “{ $title }” was hidden. You can still read it. You can object, and somebody else decides.
mail-moderated-show-subject = Taken back: { $title }
mail-moderated-show-text = What was done to a text or a vote of yours on “{ $title }” was taken back.
mail-moderated-redact-subject = A part removed: { $title }
mail-moderated-redact-text = A part of a text of yours on “{ $title }” was removed. You can object, and somebody else decides.
mail-moderated-lock-subject = Locked: { $title }
mail-moderated-lock-text = Your post “{ $title }” was locked: nothing more can be said under it. You can object, and somebody else decides.
mail-moderated-unlock-subject = Unlocked: { $title }
mail-moderated-unlock-text = Your post “{ $title }” is open again.
mail-moderated-move-subject = Moved: { $title }
mail-moderated-move-text = Your post “{ $title }” stands on another board now. You can object, and somebody else decides.
mail-moderated-edit-subject = Edited by staff: { $title }
mail-moderated-edit-text = The staff changed the wording of a text of yours on “{ $title }”. Your wording stays readable. You can object, and somebody else decides.
mail-moderated-exclude-vote-subject = Your vote does not count: { $title }
mail-moderated-exclude-vote-text = Your vote on “{ $title }” was excluded. It stays visible, with a mark. You can object, and somebody else decides.
mail-appealed-subject = An objection to decide: { $title }
mail-appealed-text = Somebody objects to what was done on “{ $title }”. Decide whether they are right, in public.
mail-appeal-upheld-subject = You were right: { $title }
mail-appeal-upheld-text = Your objection about “{ $title }” was upheld. What was done is taken back.
mail-appeal-rejected-subject = Your objection was rejected: { $title }
mail-appeal-rejected-text = Your objection about “{ $title }” was looked at by somebody else. What was done stands.
mail-released-post-subject = Everybody can read it now: { $title }
mail-released-post-text = We looked at your post “{ $title }”, which was held back because you are new and it links to another site. Everybody can read it now. Its deadlines ran all the time.
mail-released-comment-subject = Everybody can read your comment now: { $title }
mail-released-comment-text = We looked at your comment on “{ $title }”, which was held back because you are new and it links to another site. Everybody can read it now.
mail-banned-subject = You can't write at { $site } for a time
mail-banned-text = Until the day below you can read at { $site }, but not write. You can object, and somebody else decides.
mail-unbanned-subject = You can write at { $site } again
mail-unbanned-text = You can write at { $site } again, earlier than it was set.
mail-ban-upheld-subject = You were right: you can write at { $site } again
mail-ban-upheld-text = Your objection at { $site } was upheld. You can write again.
mail-ban-rejected-subject = Your objection at { $site } was rejected
mail-ban-rejected-text = Your objection at { $site } was looked at by somebody else. You can read, and write again after the day below.

# To those who follow a post, its board or its promise.
mail-follows-answered-text = { $site } has answered “{ $title }”.
mail-follows-promised-text = There is a promise on “{ $title }”. If we miss it, everybody can see that.
mail-follows-promise-changed-text = The promise on “{ $title }” has a new wording. The old one stays readable.
mail-follows-promise-kept-text = We kept the promise on “{ $title }”.
mail-follows-promise-withdrawn-text = We took back the promise on “{ $title }”. That, too, stays on the list.
mail-follows-promise-paid-text = What we owed for the broken promise on “{ $title }” is paid.
mail-why-follows = You get this mail because you follow this post, support it or commented on it, or follow its board or a promise on it, at { $site }.
mail-follows-list = Choose what you follow
mail-why-follows-tag = You get this mail because you follow the tag “{ $name }” at { $site }.
mail-why-follows-person = You get this mail because you follow what { $name } does for { $site }.
mail-tagged-subject = New with “{ $tag }”: { $title }
mail-tagged-text = There is a new post with the tag “{ $tag }” at { $site }: “{ $title }”.
mail-mentioned-subject = You are mentioned: { $title }
mail-mentioned-text = You are mentioned at “{ $title }” at { $site }.
mail-why-mentioned = You get this mail because somebody at { $site } named you by your handle.

mail-digest-subject = { $n ->
    [one] One thing is new at { $site }
   *[other] { $n } things are new at { $site }
 }
mail-digest-post-subject = { $n ->
    [one] New: { $title }
   *[other] { $n } times new: { $title }
 }
mail-digest-text = This happened since the last letter, and you have not seen it yet:
mail-digest-burst-text = There was more since the last letter, and you have not seen it yet:
mail-digest-button = See your notices
mail-why-digest = You get this mail because you want news of { $site } collected.
mail-why-burst = You get this mail because you wrote or look after this post, or commented on it, at { $site }. About comments on one post we write once an hour at most.
mail-choose = Choose what reaches you by mail
mail-stop = Stop mail like this

mail-thanked-author-subject = Delivered because of you: { $title }
mail-thanked-author-text = You posted “{ $title }”, and it is delivered. It came about because of you: thank you.
mail-thanked-supporter-subject = Delivered because of you: { $title }
mail-thanked-supporter-text = You supported “{ $title }”, and it is delivered. You are one of those because of whom it came about: thank you.
mail-thanked-follower-subject = Delivered: { $title }
mail-thanked-follower-text = “{ $title }” is delivered, and stands in the changelog of { $site }.
mail-thanked-entry = In the changelog
mail-thanked-button = Read what was delivered

# answers by mail

mail-answer = You can answer this mail: what you write above it becomes a comment on the post, for everybody who can see the post. Attached pictures and PDF documents come along.
mail-fact-post = Post
mail-not-taken-subject = Your answer did not become a comment
mail-not-taken-sender = An answer to a mail of { $site } to you came from another address than this one, so it did not become a comment. If it was you, answer from this address, or on the page.
mail-not-taken-nothing = In your answer to a mail of { $site } we found no words of your own, so it did not become a comment. Write above what you answer to.
mail-not-taken-too-long = A comment at { $site } has { $most } characters at most, and your answer has more, so it did not become one.
mail-not-taken-closed = Nobody can comment on this post at { $site } now, so your answer did not become a comment.
mail-not-taken-banned = You can't write at { $site } for now, so your answer did not become a comment.
mail-not-taken-too-often = You have said much at { $site } in a short time, so your answer did not become a comment. Try again in a while.
mail-not-taken-gone = You can't comment on that post at { $site } any more, so your answer did not become a comment.
mail-not-taken-as-it-is = Your answer can't become a comment at { $site } as it is. Try it on the page, which says what is in the way.
mail-not-taken-note = What you wrote stands above, so that nothing of it is lost.
mail-not-taken-button = Open the forum
mail-why-not-taken = You get this mail because a mail of { $site } to this address was answered.

# another address

mail-new-address-subject = Is this your new address at { $site }?
mail-new-address-text = Somebody wants to use this address for an account at { $site }. Was that you? Open the link in the browser in which you are signed in.
mail-new-address-button = Use this address
mail-new-address-note = The link works for a day, and once. If you know nothing of this, leave this mail alone: without the link nothing happens.
mail-why-new-address = You get this mail because somebody typed this address in the settings of an account at { $site }.
mail-address-changed-subject = Your account at { $site } has another address
mail-address-changed-text = Mail about your account at { $site } goes to another address from now on, and you sign in with that one.
mail-address-changed-button = Open the forum
mail-address-changed-note = If it was not you who changed it, write to those who run the forum at once.
