# Accounts: sign in, sign up, the mail with the link, one's own file, a public profile.

field-name = Name
field-name-hint = Others see it beside what you post, vote and write. A first name will do.
field-email = E-mail address
field-email-hint = Nobody else sees it.
field-password = Password
field-password-hint = At least { $min } characters. A few unrelated words are easier to remember and harder to guess.
field-present-password = Current password
field-new-password = New password

sign-in-title = Sign in
sign-in-new = New here?
sign-in-to-sign-up = Create an account
sign-in-forgot = Forgot password?
sign-in-stay = Stay signed in on this device (for staff, who are otherwise signed out after twelve hours without use)
sign-in-go = Sign in
sign-in-empty = Fill in your e-mail address and your password.
sign-in-wrong = This e-mail address and password do not belong together. Check both, or ask for a new password.
sign-in-limited =
    { $seconds ->
        [one] Too many wrong passwords. Try again in a second,
       *[other] Too many wrong passwords. Try again in { $seconds } seconds,
    } or ask for a new password: the link in the mail lets you in at once.
sign-in-why = What an account is for
sign-in-why-read = Reading needs none
sign-in-why-read-text = Posts, answers, deadlines and the roadmap are open to everybody.
sign-in-why-post = Say it
sign-in-why-post-text = Your post gets a number, a deadline and one person who answers for it.
sign-in-why-vote = Support or oppose
sign-in-why-vote-text = One person, one vote. Both sides are counted, and neither is taken off the other.

sign-up-title = Create an account
sign-up-known = Have one already?
sign-up-to-sign-in = Sign in
sign-up-go = Create my account
sign-up-agree = What holds here:
sign-up-rules = house rules
sign-up-privacy = privacy
sign-up-next = What happens next
sign-up-next-mail = You get a mail
sign-up-next-mail-text = Its link shows that the address is yours. Until then you can read, and after it you can post, vote and comment.
sign-up-next-clock = You get an answer
sign-up-next-clock-text = Every post has a deadline in working days that everybody can see.
sign-up-next-name = You decide what we know
sign-up-next-name-text = A name, an address and a password are all that we ask for. Your address is never shown.

verify-mail-title = Look in your mail
verify-mail-text = We have sent you a mail with a link. Open it and press the button; the link works for a day.
verify-mail-to = It is on its way to
verify-change = Change it, or send it again
verify-mail-missing = No mail after five minutes?
verify-mail-missing-text = Look in the spam folder, and check that the address was typed right.
verify-mail-known = Had an account already?
verify-mail-known-text = Then the mail says so, and you can sign in with the password that you had.
verify-sign-in = Sign in to get the mail again
verify-title = Verify your e-mail address
verify-text = Press the button to show that this address is yours. You are then signed in here, and can post, vote and comment.
verify-go = Verify my address
verify-done-already = Your address is verified already, so there is nothing left to do.
verify-dead-text = A link to verify an address works once, for a day. If you used it before, your address is verified and you can simply sign in.
dead-link-title = This link no longer works

reset-title = Forgot your password?
reset-text = Give us your e-mail address. If it has an account, we send a link with which you choose a new password.
reset-go = Send me a link
reset-back = Back to signing in
reset-sent-text = If this address has an account here, a mail with a link is on its way. It works once, for half an hour.
reset-sent-missing = Nothing after five minutes? Look in the spam folder, and check the address. We say the same for every address, so that nobody can find out who has an account.
reset-again = Ask for another link
reset-new-title = Choose a new password
reset-new-text = You are then signed in here. All other devices are signed out, and API tokens end.
reset-new-go = Set the password
reset-dead-text = A link for a new password works once, for half an hour, and a newer one replaces it.

setup-title = Set up your forum
setup-text = This link works once, for a week; each start of the forum makes a new one. It makes you the first admin; all else can be changed later.
setup-site = The forum
setup-site-name = Name of your company
setup-site-name-hint = It stands in the header of every page.
setup-language = Language of visitors who ask for no other
setup-admin = You
setup-go = Open the forum

profile-staff = { $title } at { $site }
profile-team = Works at { $site }
profile-posts = Posts
profile-none = Nothing posted yet.

me-title = My file
me-since = here since { $date }
me-sign-out = Sign out
me-unverified = One step left: verify your e-mail address
me-unverified-text = Open the link in the mail to { $email }. Until then you can read, but not post, vote or comment.
me-unreached = We can't reach you at { $email }
me-unreached-since = since
me-unreached-text = We send nothing there until you confirm it, by the link in a mail that the button sends, or take another address in your settings. What you would have read by mail stands under Notices.
me-unreached-said = The mail server said:
me-unreached-confirm = Confirm the address
unreached-refused = The mail server has said that there is no such mailbox,
unreached-bounced = Letters to it have come back,
me-total =
    { $n ->
        [one] One post
       *[other] { $shown } posts
    }

me-posts = My posts
me-posts-none = You have not posted anything yet
me-posts-none-text = An idea, a wish, a complaint or criticism: each gets a number, an owner and a deadline.

me-clocks = My deadlines
me-clocks-owner = Yours to answer
me-clocks-owner-none = You own no post with an open deadline.
me-clocks-to-triage = Open in triage
me-clocks-owed = What we owe you
me-clocks-none = No deadline of yours is open. As soon as you post something, its deadline stands here.

me-votes = My votes
me-votes-text = Others see these too, with your name. You can change or withdraw a vote on the page of the post.
me-votes-none = You have not voted yet
me-votes-none-text = A vote tells us how many people have the same wish, or the same trouble.
me-votes-support = You support this.
me-votes-too = It happened to you too.
me-votes-oppose = You oppose this:

me-settings = Settings
settings-save = Save
settings-theme-hint = Kept in a cookie on this device.
settings-verified = verified
settings-not-verified = not verified yet
settings-unreached = mail does not reach it
settings-email-hint = Mail about your posts goes there, and you sign in with it.
settings-address = Take another address
settings-address-text = We write to the new address. With the link in that mail it takes the place of this one.
settings-new-email = New e-mail address
settings-address-go = Send the mail
address-title = Is this your new address?
address-text = From now on mail goes there, and you sign in with it.
address-go = Use this address
address-dead = The link was used, is too old, or belongs to another account. You can ask for another one in your settings.
done-address-asked = A mail is on its way to the new address. Open its link in this browser.
done-address-changed = Your address is changed.
settings-password = Password
settings-password-text = All other devices are signed out when you change it, and your API tokens end.
settings-password-go = Change password

me-sessions = Signed-in devices
sessions-text = Every browser in which you are signed in. A device that is not used for 60 days is signed out by itself, and after 180 days in any case; for staff that is after twelve hours without use, unless they chose to stay signed in. The name is what the browser calls itself; the last use is noted every six hours.
sessions-browser = Browser
sessions-this = this one
sessions-since = Signed in
sessions-seen = Last used
sessions-unknown = Unknown browser
sessions-all = Lost a device?
sessions-all-text = Signs you out in every browser, this one too. If somebody may know your password, change it as well. Your API tokens end, too.
sessions-all-go = Sign out everywhere

me-tokens = API tokens
tokens-text = A token lets a program act in your name, within the limits that you choose. Treat it like a password. It ends on its day, with a new password, and when you sign out everywhere.
tokens-docs = How to use the API
tokens-none = You have no tokens.
tokens-new = Your new token.
tokens-once = Copy it now: it is shown only this once, and we keep nothing from which it could be shown again.
tokens-make = Make a token
tokens-make-go = Make the token
tokens-name = Name
tokens-name-hint = What you will know it by, such as the program that uses it.
tokens-scope = May
tokens-made = Made
tokens-used = Last used
tokens-never = never
tokens-ends = Ends
tokens-lifetime = Ends after
tokens-days = { $n } days
tokens-delete = Delete
tokens-delete-named = Delete the token { $name }
scope-read = read
scope-write = read and write
scope-staff = act as staff
scope-admin = act as admin

done-signed-out = You are signed out.
done-signed-out-everywhere = You are signed out on all devices, and your API tokens have ended.
done-verified = Your e-mail address is verified. From now on you can post, vote and comment.
done-link-sent = A new mail is on its way. Only the link in the latest one works.
done-password-reset = Your new password is set, and you are signed in. All other devices were signed out and your API tokens ended.
done-password-changed = Your password is changed. All other devices were signed out and your API tokens ended.
done-set-up = Your forum is open. You are its admin.
done-saved = Saved.
done-session-ended = That browser is signed out.
done-token-deleted = The token is deleted. Programs that use it are refused from now on.

# what was written before signing in
draft-for-support = Sign in to support “{ $title }”.
draft-for-oppose = Sign in to say that you are against “{ $title }”.
draft-for-comment = Sign in to comment on “{ $title }”.
draft-for-post = Sign in to post “{ $title }”.
draft-for-act = Sign in to go on with “{ $title }”.
draft-for-else = Sign in to go on.
draft-kept = What you wrote is kept for a week.
draft-sign-in-after = You sign in or create an account in the next step. What you wrote is kept.
draft-homeless-title = This can't be sent any more
draft-homeless-text = The page that you wrote it on is gone, or not for you. Here is your text: copy what you want to keep.

invite-title = Join the staff at { $site }
invite-text = You will answer customers here, as { $role }. Choose what you are called and a password.
invite-go = Join
invite-dead-text = This invitation was used, taken back, or is older than a week. Ask whoever invited you for another.
done-joined = Welcome. Here are the posts that wait for an answer.

me-data = My data
export-title = Take it along
export-text = All that { $site } keeps of you here, as a ZIP file: your account, posts, comments, votes, reports, devices and what the forum told you, as JSON; and each of your texts by itself.
export-go = Download my data
export-readme = This is what the forum of { $site } keeps of you. account.json is your account; each other .json file is a part of what you did. posts and comments have your texts, in Markdown; attachments has your pictures and documents, up to 200 MB of them. Times are in UTC.
erase-title = Erase my account
erase-gone = Your name, your address, your password, your devices, tokens and notices are erased at once. Nobody can find you here by name, we neither.
erase-stays = Your votes keep counting, and conversations stay whole: “former member” stands in place of your name. Pictures and documents that you added are gone. What the company answered stays.
erase-for-good = This is final: nobody can bring it back. Download your data first if you want to keep it.
erase-texts = What you wrote
erase-texts-hint = Posts and comments, with their earlier wordings, the reasons of your votes and your reports.
erase-keep = Keep it, without my name
erase-take-back = Erase it too
erase-go = Erase my account
done-erased = Your account is erased.
person-erased = Former member

me-follows = What I follow
me-follows-text = You hear of it when the company answers, promises, or keeps or breaks a promise, and of new posts with a tag that you follow. Of what you wrote, support or commented on you hear as well, unless you stop that on the page of the post.
me-follows-none = You follow nothing yet
me-follows-none-text = On the page of a post, a promise, a board, a tag, or of somebody of the company there is a button for that.
me-follows-post = Post
me-follows-board = Board
me-follows-promise = Promise
me-follows-tag = Tag
me-follows-person = Person
me-follows-since = since { $date }
me-follows-hidden = A post that is hidden
me-follows-unasked = Followed without asking
me-follows-supported = What I support
me-follows-commented = What I commented on
follow-start = Follow
follow-stop = Stop following
follow-stop-named = Stop following: { $title }
follow-on = You follow this
