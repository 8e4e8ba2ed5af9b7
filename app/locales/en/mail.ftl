# Letters. Plain and short; the reader may not remember having written anything.

mail-greeting = Hello { $name },
mail-link-help = If the button does not work, open this address: { $link }

mail-verify-subject = Confirm your e-mail address for { $site }
mail-verify-text = You signed up at { $site } with this address. Confirm that it is yours: then you can post, vote and comment.
mail-verify-button = Confirm my address
mail-verify-note = The link works for seven days, and once. If you did not sign up, leave this mail alone: nothing happens without the link.

mail-known-subject = You already have an account at { $site }
mail-known-text = Somebody, perhaps you, tried to sign up at { $site } with this address. There is an account with it already, so no new one was made.
mail-known-button = Sign in
mail-known-note = If you forgot your password, the page lets you set a new one. If it was not you, you need not do anything.

mail-reset-subject = Set a new password for { $site }
mail-reset-text = You asked for a new password for your account at { $site }.
mail-reset-button = Set a new password
mail-reset-note = The link works for two hours, and once. If you did not ask for it, leave this mail alone: your password stays as it is.

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
mail-why-notice = You get this mail because you wrote or look after this post, or commented on it, at { $site }.
