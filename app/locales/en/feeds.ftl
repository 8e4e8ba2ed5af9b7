# Feeds: what programs follow.

feeds-title = Feeds and calendars
feeds-lede = Follow { $site } in a feed reader or in your calendar, without an account. A feed says what is new as soon as it is.
feeds-all = All of the site
feeds-posts = New posts
feeds-posts-text = What customers submit, newest first.
feeds-answers = Answers
feeds-answers-text = What the company says: what, who and by when.
feeds-promises = Promises
feeds-promises-text = What was promised, and whether it was kept.
feeds-changelog = Changelog
feeds-changelog-text = What was delivered, and because of which posts.
feeds-calendar = Calendar of promises
feeds-calendar-text = Every open promise on the day until which it is to be kept. Subscribe to it in your calendar by its address.
feeds-record = Public record
feeds-record-text = Every official act, with its role and its reason.
feeds-boards = By board
feeds-board = Board
feeds-of-one = Every post has a feed of its own, with its answers and comments: give its address to your feed reader.
feeds-of-post = Feed of this post
feeds-comment = { $name } on “{ $title }”
feeds-promise-open = Open, due on { $day }
