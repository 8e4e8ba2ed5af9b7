# How the forum works: house rules, sorting, deadlines, privacy, accessibility. Texts are Markdown, each paragraph one line.

rules-title = House rules
rules-lede = Few rules, with numbers, for everybody who writes here, { $site } included.
rules-withdrawn = (withdrawn)
rules-until = Until { $date }:
rules-former = { $n ->
    [one] An earlier wording
   *[other] { $n } earlier wordings
}
rules-moderation-h = What moderation does, and what it does not
rules-moderation =
    - Nobody can delete a post. There is no button for it, not for staff either.
    - You can edit your own posts and comments. Every earlier wording stays readable, with its date.
    - You can take a comment of your own back. Its text and earlier wordings are erased; a marker stays in its place, and so do the replies to it.
    - Staff can change the wording of a post of yours only by naming a rule from this page and a reason. Both stand in public beside the old wording and the new one.
    - Staff can make posts one matter, and take them apart again, only by naming a rule and a reason. Nothing moves: each stays readable at its own address and says where the answers are, its author is told, and its votes and comments are kept as they were.
    - Staff can hide a text, remove a part of it, lock a post or move it to another board, each only under a rule from this page and with a public reason. A marker stays in its place, you are told, and you still see what you wrote. A complaint can’t be locked before it has an answer. What is hidden stops no deadline.
    - Leads can keep somebody from writing until a day, no longer than a year. Reading stays open to them.
    - Staff can’t cast a vote for you, and can exclude one only under a rule: it stays visible among the votes, marked.
    - You can object to each of these for { $days } days. Somebody other than the moderator decides within { $within } working days, in public.
    - Disagreeing with the company breaks no rule.
rules-new-h = Who is new here
rules-new =
    - In the first { $hours } hours after you have shown that your address is yours there is room for { $posts } posts and { $comments } comments. For { $days } days after you came they then follow each other at a slower pace than those of others. What is too much says when there is room again, and your text stays.
    - Until { $stood } things of yours have stood, or those { $days } days are over, what you write with a link to another site, in the words of somebody else who is new, or under a throw-away e-mail address is held back first. The same text a second time is refused. You and the staff see it, nobody else; its deadlines run. Staff look at it within a working day, and release it, or hide it under a rule, to which you can object.
    - This holds for everybody who is new, whatever they say. It holds for nobody else.
rules-held = { $n ->
    [0] Nothing is held back at the moment.
    [one] One text is held back at the moment; { $late } for longer than a working day.
   *[other] { $n } texts are held back at the moment; { $late } for longer than a working day.
}
rules-company-h = What the company holds itself to
rules-company =
    - Every post has [deadlines](/clocks) in working days. Whether one was met can be seen by everybody.
    - A status changes only through an answer that says what, who and by when.
    - A no needs a reason, and either a day on which it is looked at again or the word final. The author can [answer it](/clocks#refusal).
    - A missed deadline raises the post [to the next level](/clocks#levels). A missed date breaks [a promise](/promises).
    - “Delivered” is the company’s word. Whether it is solved is [for customers to say](/clocks#confirmation).
    - Answers are never edited or deleted. A correction is a new answer.
    - The order of work follows the deadlines, [not the votes](/how-we-sort#queue).

sorting-title = How we sort
sorting-lede = Every order on this site is public. Here is how each comes about, with the figures that the software uses.
sorting-trending-h = Trending, formula { $version }
sorting-formula = rank = log2(1 + support + { $weight } × comments) + hours / { $hours }
sorting-trending =
    _Support_ is the number of people for the post, _comments_ is the number of comments that stand, and _hours_ are counted from { $epoch } to the moment of posting. The highest rank stands first; of two equal ones, the newer post.

    - A post that is { $hours } hours younger stands level with one that has twice the voices.
    - A comment weighs { $weight } of a supporter.
    - Votes against do not push a post down: the two counts are never netted.
    - Posts that are one matter rank as one, by the head: whoever supports several of them counts once, and all their comments count. The others leave the lists; search finds them.
    - The company has no lever in it: nothing is pinned, boosted or held back.
    - The rank changes only when somebody votes or comments or when posts become one matter, not as time goes by. All its figures are open through the [API](/api/docs), so anybody can recompute the order. When the formula changes, so does its number.
sorting-rings-h = Votes that are cast as one
sorting-rings =
    Once a minute the software looks at those who voted since the last look. A group of at least { $least } accounts is pointed out to the staff when they vote on the same two posts or more, and on little else, and

    - either many of them signed in with the same few browsers,
    - or, with three posts or more, they come from a network from which few others come, and their accounts were made within a day or their votes came within an hour.

    Voting alike alone never suffices: clubs do that. Nor does one network: an office, a school and a telephone company are one. A household that shares a tablet is not pointed out, as long as it does not vote within the same hour.

    Nothing is taken from a count by itself. A note on the post says how many votes are looked at, without names. The staff finds nothing wrong, and says why; or it excludes the votes, each by an act of moderation under a rule, to which whoever cast it can object. On made-up forums with 200 honest groups and 50 rings it finds 96 of 100 rings, and 99 of 100 groups that it points out are rings; offices are not among them. Rings that use other browsers and networks for each account are not found.
sorting-example-h = An example
sorting-col-post = Post
sorting-col-support = Support
sorting-col-comments = Comments
sorting-col-younger = Hours younger
sorting-col-rank = Rank
sorting-example =
    A has many more voices, and would stay on top if all three had been posted at once. But every { $hours } hours of youth count as much as a doubling, and so a younger post can overtake it.
sorting-orders-h = The other orders
sorting-orders =
    - **New**: the latest post first.
    - **Top**: the most support first, that of all posts of one matter together. Votes against do not count.
    - **Waiting for an answer**: posts without a first answer, the earliest deadline first.
    - **Delivered**: what the company says is done and what customers have confirmed, the latest first.

    Archived posts are left out unless you ask for them. Nobody’s list is personal: two people who may see the same boards get the same list.
sorting-queue-h = The order of work
sorting-queue =
    Votes never decide who is answered first. The staff’s queue has one fixed order: the earliest open deadline, then who has waited longest, then the lower number. A post that is one matter with another is worked on there, by the earlier deadline of both. A level acts only through its [shorter deadline](/clocks#levels). Support, followers, revenue and names have no influence on it, and staff can’t rearrange it.
sorting-search-h = Search
sorting-search =
    Search looks in titles, tags, texts and comments. All words have to be there, in any order; small ones like *the* and *of* are never needed. The beginning of a word is enough, and so are the word with another ending, the word inside a longer one, and other spellings: capitals, accents and hyphens don’t matter. If nothing fits, words of four letters or more may be one letter off. Where few posts have all of the words, those that have some of them are shown as well. A number leads to its post.

    The best match comes first: a word counts most in the title, then in a tag, then in the text, least in a comment; the very word counts more than one like it, and of equals the latest post is first. Votes play no part in it. At most the latest 100 posts of each sort are looked at closely. You can choose another order.
sorting-similar-h = Similar posts
sorting-similar =
    While you write a post, we show at most { $most } others that say much the same. The words of your title and text are looked up in all posts that you may see. A rare word weighs more than a common one, and a word in the title three times as much as one in the text. Shown is what shares at least { $share } % of the weight of your words, the most alike first. Votes play no part in it.

deadlines-title = Deadlines
deadlines-lede = Every post has deadlines in working days. Here is how long they are and how { $site } counts.
deadlines-col-kind = Kind
deadlines-col-first = First answer
deadlines-col-decision = Decision
deadlines-col-next = Next answer, at most
deadlines-days =
    { $n ->
        [one] One working day
       *[other] { $n } working days
    }
deadlines-table =
    _First answer_ and _decision_ run from the moment at which a post comes in. A _decision_ is there when the post is no longer received or under review. With each answer that leaves work to do, the company names the day of the _next_ one; the table says how far ahead that may lie.
deadlines-count-h = How we count
deadlines-count =
    - Working days are { $week }.
    - { $holidays }
    - The day on which a post comes in does not count: the first working day after it is day one.
    - A deadline ends at { $hour } on its last day, in the time zone { $zone }.
    - Once a deadline runs, it keeps its moment: a day off that is added later, or another time zone, does not move it.
    - Is the next answer promised for a day off, then it is due on the working day before.
deadlines-holidays-yes = The public holidays of the Netherlands are days off, and so are the company’s own days off listed below.
deadlines-holidays-no = Public holidays are no days off here, except those listed below.
deadlines-off-h = Days off left in { $year }
deadlines-off-none = None is left this year: every day of the working week is a working day.
deadlines-states-h = What the signs mean
deadlines-states =
    - **Running**: the deadline is ahead. From the last working day before it on, it is tinted.
    - **Missed**: the time has passed and what was due has not come. It stays red until it does.
    - **Met**: it came in time.
    - **Late**: it came after its time. That stays visible for good.
    - **Waiting for the customer**: it stands still until the customer has said what is needed.

    Nobody sets these by hand. They follow from the due time and the present time, each time that a page is shown.
deadlines-boards-h = Boards with deadlines of their own
deadlines-boards =
    On these boards the following holds instead. Where a kind is not named, the table above holds.
deadlines-col-board = Board
deadlines-levels-h = When a deadline is missed
deadlines-levels =
    A missed deadline stays missed, for good and for all to see. The post goes one level up, once: from the service desk to the lead, from the lead to the director. A new deadline starts at that moment, and the owner and the next level are told.

    - On level 2 every deadline is half as long, rounded down, but at least one working day.
    - On level 3 every deadline is one working day. There is no level above it.

    A post also goes up when it is handed over for the { $handovers }rd time, when it happens again to the same customer within { $within } days of the solution, when the { $reports }th customer reports it again, and when customers say that it is not solved. It comes down only when a lead or director lowers it with a public reason.
deadlines-col-level = Level
deadlines-more-time-h = More time, and waiting for the customer
deadlines-more-time =
    - A deadline that is not missed yet can be extended only with a public reason. The old date stays there, struck through.
    - When the company needs something from the customer, the deadlines stand still: with a public reason, and for at most { $days } working days in all. They run again as soon as the customer says something.
deadlines-owner-h = Who answers for it
deadlines-owner =
    - Every post has exactly one owner, at the latest { $triage ->
        [one] one working day
       *[other] { $triage } working days
    } after it came in.
    - An owner can offer a post to a colleague, and stays accountable until the colleague accepts. An offer that nobody accepts within { $lapses } working days falls back.
    - Who offered what to whom and why can be read on the post.
deadlines-again-h = When it happens again
deadlines-again =
    Whoever wrote or supports a complaint can report that it happened again; so can everybody once it was said to be solved. Reports count by person. By the same customer within { $within } days of the solution, and by the { $reports }th customer, a report sends the complaint back to work, one level up and with shorter deadlines. Votes never count as reports.
deadlines-confirm-h = Delivered is our word, confirmed is yours
deadlines-confirm =
    When the company says “delivered”, the author and everybody who supports the post are asked whether it is really solved: here and by mail, without signing in. After { $days } days the answers are counted.

    - Half or more say yes: it is confirmed.
    - Fewer say yes, or the author says no: it goes back to being worked on, one level up. The author’s no counts at once.
    - Nobody answers: it stays delivered, and says that it is not confirmed.

    The author of a complaint is asked once more { $again } days after the delivery.
deadlines-refusal-h = When we say no
deadlines-refusal =
    A refusal names its reason, and a day on which it is looked at again or the word final. On that day the post is back in the queue. The author can answer a refusal once, within { $days } days; what they write stands beside it.
deadlines-promises-h = Promises
deadlines-promises =
    A promise says what, who, until which day, and what is owed if it is missed. It ends at { $hour } of its day. Was it not done by then, it is broken: nobody has to say so, and nobody can undo it. What is owed stays owed until it is paid. All promises stand [in one list](/promises), with every wording that they had.
deadlines-mandates-h = Who may decide what
mandate-col-role = Role
mandate-col-days = Promises
mandate-col-amount = Remedies
mandate-col-stages = Statuses
mandate-no-limit = without limit
mandate-days =
    { $n ->
        [one] up to one working day ahead
       *[other] up to { $n } working days ahead
    }
mandate-amount = up to { $amount }
mandate-all-stages = all
mandate-not-stages = all but: { $names }
deadlines-mandates =
    Beyond that, what somebody wants to say or promise becomes a request to the next level, with { $days } working days to decide on it. The answer or promise then says who decided. The statuses “received” and “confirmed” are nobody’s to set.
deadlines-imported-h = Posts from elsewhere
deadlines-imported =
    Posts that were brought in from another system have no deadlines until somebody of the company takes them up. From that moment on they have the same deadlines as every other post.
holiday-new-year = New Year’s Day
holiday-easter = Easter Sunday
holiday-easter-monday = Easter Monday
holiday-kings-day = King’s Day
holiday-liberation-day = Liberation Day
holiday-ascension = Ascension Day
holiday-whit-sunday = Whit Sunday
holiday-whit-monday = Whit Monday
holiday-christmas = Christmas Day
holiday-boxing-day = Second day of Christmas
holiday-other = Day off

privacy-title = Privacy
privacy-lede = What this forum keeps about you, who sees it, and for how long. { $site } runs it and is responsible for it.
privacy-account-h = Your account
privacy-account =
    - A name of your choice, up to { $max } characters. It does not have to be your full name.
    - Your e-mail address, to sign you in and to write to you about your posts. It is never shown to others.
    - Your password, of at least { $min } characters, only as a hash (argon2id) from which it can’t be read.
    - Your language, your role, the day on which you signed up and the day on which you verified your address.
privacy-public-h = What everybody can see
privacy-public =
    - Your name, and on your page the day since when you are here and what you posted.
    - Your posts and comments, with their earlier wordings.
    - Pictures and documents that you add to them. From a picture everything is removed that can’t be seen, such as where it was taken; a PDF stays as it is.
    - Your votes, with your name; when you vote against something, your reason too.
    - Your reports that something happened again, and your answer to a refusal, with your name.
    - What you post without an account, under the name “Guest”: nothing in it tells who you are but what you write.
    - How many customers said that a delivered post is solved; not who.

    All of this can also be read through the [API](/api/docs). What stands on a private board is seen only by the people of its groups and by staff.
privacy-private-h = What only the software sees, and for how long
privacy-private =
    - Sessions: for each browser in which you are signed in, what it calls itself, since when, and when it was last used (to six hours). It ends when you sign out, or after { $days } days without use, and after 180 days in any case; for staff after twelve hours without use, unless they chose to stay signed in. You find them all in [your file](/me/sessions).
    - API tokens, links in mails and the browsers in which you signed in: as a hash only, until they end: a token after { $token } days at most, a link in a mail after { $link } hours, one to set a new password after { $reset } minutes, an invitation after { $invitation } days.
    - From which networks you signed in and voted: a salted digest of a coarse network (the first three numbers of an IPv4 address, the first three groups of an IPv6 address), never the address, for { $traces } days. It is compared, as are the browsers in which several people signed in, with those of others who vote on the same posts, to find [votes that are cast as one](/how-we-sort#rings); that you were in such a group is kept with it.
    - Pictures and documents that you sent with a form and that belong to no text yet: for a day.
    - By what the text of somebody new is known again: a digest of its words, for { $prints } days.
    - Receipts of guests: the link as a hash only, and the address for news of the post if there is one. Both are kept until the post is claimed or taken back; the address also goes as soon as you stop the mails, on the page of the receipt.
    - What you said when you were asked whether something is solved, and the note with it: staff can read it.
    - What you follow, and which texts named you by your handle. Nobody else sees it. Of the secret address of your feeds only since when you have it.
    - Mail to you: what it says is erased from our database as soon as it is sent, and that it was sent { $mail } days later.
    - The network address that a request comes from, to limit how often something can be done. Together with how often, nothing else, and only as long as the limit needs it.
    - A history of what was done and when: posted, voted, commented, answered, signed up. It is what mail and live pages are made from.
    - Answers to repeated requests of programs, for { $hours } hours.
    - Messages to web-hooks (see below): to whom, of what, and what the other side answered when it did not take them, for { $hook } days.
    - The log of the software: time, address of the page and outcome of each request, without your name, your network address or what you searched for. The software keeps none of it: the server does, for as long as whoever runs it has set.
privacy-cookies-h = Cookies
privacy-cookies =
    - `session` (on an encrypted connection `__Host-session`): keeps you signed in for as long as the session lives, at most { $days } days from the last use. Only when you sign in.
    - `language` and `theme`: remember the language and the colours that you chose, for a year. Only when you choose.
    - `device` (on an encrypted connection `__Host-device`): tells this browser from strangers who guess your password, so that they can't keep you out. It stays when you sign out, for { $known } days from when you last signed in. Only when you sign in.
    - `draft` (on an encrypted connection `__Host-draft`): finds what you wrote before you were signed in, for { $kept } days. Only when you send something.

    There are no others, so there is nothing to consent to.
privacy-others-h = Third parties
privacy-others =
    The pages load nothing from other sites: no statistics, no fonts, no advertising, no buttons of social networks. Mail goes through the mail server that the company has set up. Links in posts lead where their authors want; your browser tells those sites at most that you come from here. What everybody may read here can also be sent to programs and chats that the company has chosen (web-hooks): which hosts these are stands in the [record](/record).
privacy-rights-h = Your rights
privacy-rights =
    You can change your name, language and password in [your settings](/me/settings), and end sessions and tokens at any time. In [your data](/me/data) you download everything that is kept of you, and have your account erased, with or without what you wrote. It is done at once: name, address, keys and notices are gone, votes keep counting, and “former member” stands in place of your name. Whoever posted as a guest does the same on the page of the receipt. Copies that { $site } makes of the database hold what they held until they are thrown away. For every other right that the law gives you, ask { $site } by the contact details on its own website.

access-title = Accessibility
access-lede = Everybody has to be able to say something here, and to check the answer. We aim at the Web Content Accessibility Guidelines 2.2, level AA.
access-built-h = How it is built
access-built =
    - Every page and every form works without JavaScript. Scripts only make some things quicker.
    - Everything can be reached and used with the keyboard, in the order in which it is read; where the focus is can always be seen.
    - Nothing is said by colour alone: statuses and deadlines have a sign and words.
    - Errors stand above the form and beside the field, and what you typed stays.
    - Text can be enlarged to 200 %, and pages work from 320 pixels of width without scrolling sideways.
    - There is a light and a dark theme, and motion stops when your system asks for it.
    - Texts of people carry the language that they are written in, so that they are read out right.
access-tested-h = How it is tested
access-tested =
    Automated tests open the pages in a real browser, in light and dark, on the width of a phone and of a desk, with and without JavaScript, and check them with axe-core. They run with every change of the software.
access-unknown-h = What we do not know
access-unknown =
    - Automated checks find only a part of all barriers. No independent audit has been made yet.
    - We have no systematic tests with screen readers, magnifiers or voice control yet.
    - What people write can have barriers of its own, such as a table without headings or a link that says “here”.
access-tell-h = Something is in your way?
access-tell =
    Please [post it as a complaint](/new?kind=complaint): it then has a deadline and somebody who answers for it. If you can’t, reach { $site } by the contact details on its own website.

house-rule-1 = Stay on the subject: one matter per post.
house-rule-2 = Attack the problem, never the person.
house-rule-3 = No advertising and no spam.
house-rule-4 = No personal details of others.
house-rule-5 = Nothing that is against the law.
house-rule-6 = Say it once: support what is there already.
