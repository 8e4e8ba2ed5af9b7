# The settings of the site.

admin-title = Admin
admin-text = What is changed here holds from the next moment on. Deadlines that run already keep their dates.
admin-save = Save
admin-add = Add
admin-remove = Remove
admin-remove-named = Remove { $name }

admin-changed = Somebody else changed this since you opened it. What you typed still stands here: save once more to have it your way.
admin-name = Name
admin-name-hint = Stands wherever a language has no name of its own.
admin-slug = Short name
admin-slug-hint = For addresses: a to z, 0 to 9 and hyphens. Left open, it is made of the name.
admin-order = Order
admin-up = { $name }: one place up
admin-down = { $name }: one place down

admin-boards-title = Boards
admin-boards-lede = The subjects that posts belong to: what they are called, who sees them and in which order they stand.
admin-boards-none = There is no board yet. Posts can come in as soon as there is one.
admin-boards-order = In this order people choose from them.
admin-board-make = A new board
admin-board-go = Make board
admin-board-description = What belongs here
admin-board-description-hint = One sentence; it stands above the posts of the board.
admin-board-private = Private: only the staff and the groups that you tick see it
admin-board-groups = Groups that see it
admin-board-groups-hint = They count while the board is private.
admin-board-closed = Closed: it takes no new posts
admin-board-closed-hint = The posts that are there stay, and are answered as before.
admin-board-is-public = Public
admin-board-is-private = Private
admin-board-is-closed = Closed
admin-groups = Groups
admin-groups-text = A private board is open to groups of people. Who belongs to one is set there, or with each person.
admin-group-go = Make group
admin-group-members = Who belongs to it
admin-group-none = Nobody belongs to it yet.
admin-group-add = Add somebody
admin-group-add-hint = Their e-mail address, or the name at the end of the address of their page.

admin-statuses = Statuses
admin-statuses-text = Where a post can stand, in your words. What a status means is its stage, and that is fixed.
admin-status-make = A new status
admin-status-go = Make status
admin-status-stage-hint = What it means; it can't be changed later.
admin-colour-of-stage = As its stage
hue-accent = Accent colour of the site
hue-blue = Blue
hue-violet = Violet
hue-plum = Plum
hue-brown = Brown
hue-green = Green
hue-grey = Grey

admin-tags = Tags
admin-tags-text = Those who post make tags. Here they are offered, renamed, and put together when two mean the same.
admin-tags-find = Find a tag
admin-tags-none = There is no such tag.
admin-tag-posts =
    { $n ->
        [one] 1 post
       *[other] { $n } posts
    }
admin-tag-offered = offered
admin-tag-offer = Offer it
admin-tag-stop = No longer offer it
admin-tag-merge = Make it one with
admin-tag-merge-hint = Its posts get the other tag, and so does whoever types this one. It can't be undone.
admin-tag-merge-go = Make them one
admin-tag-choose = Choose a tag
admin-tags-merged = Became one
admin-tag-became = { $name } became { $into }
admin-tag-make = A new tag
admin-tag-make-text = It is offered from now on, whether or not a post has it.
admin-tag-go = Offer tag

admin-people = People
admin-people-text = Everybody with an account: who they are here and what they may do. Colleagues are invited by mail.
admin-people-find = Name or e-mail address
admin-people-all = All roles
admin-people-role = Role
admin-people-seen = Last seen
admin-people-not-seen = not signed in
admin-people-unreached = Mail does not reach it since
admin-people-no-email = none
admin-people-none = Nobody is called that here.
admin-people-total =
    { $n ->
        [one] 1 person
       *[other] { $count } people
    }
admin-person-since = Since
admin-person-profile = Profile
admin-person-role-hint = A lower role signs them out everywhere, ends their tokens, and gives their posts to others.
admin-person-title = Title
admin-person-title-hint = Stands beside their name in public: Product owner, Moving.
admin-person-groups = Belongs to
admin-invite = Invite a colleague
admin-invite-text = They get a mail with a link that works once, for a week. Only then do they choose a name and a password.
admin-invite-go = Send invitation
admin-invite-until = until
admin-invite-take-back = Take back
admin-invite-take-back-named = Take back the invitation to { $email }

admin-site = Name and colours
admin-site-text = What the site is called, who you are, your colour, and the languages that people read it in.
admin-about-h = Who you are
admin-about-text = One sentence that stands above the list on the first page: who “we” are, and what this is.
admin-about = Sentence ({ $language })
admin-about-hint = For example: { $example }
admin-accent-h = Colour
admin-accent-text = Links, buttons and votes have it. What goes with it, also on dark screens, is worked out so that everything can be read.
admin-accent-own = A colour of our own
admin-accent-hint = Six digits, such as #0b5f70. It counts while the box above is ticked.
admin-languages = On offer
admin-site-zone = The time zone and your working days stand under

admin-rules = House rules
admin-rules-text = Few rules, with numbers: every act of moderation names one. People read them at /rules.
admin-rule-make = A new rule
admin-rule-go = Add rule
admin-rule-withdraw = Withdraw it
admin-rule-restore = Put it into force again
admin-rule-withdrawn = withdrawn

admin-start = The first hour
admin-start-text = What a site needs before it opens. You can leave any of it for later: everything stays under Admin.
admin-start-when = Where you are
admin-start-boards = The subjects that posts belong to
admin-start-boards-hint = One a line, such as Bills or Moving house.
admin-start-colleagues-h = Colleagues
admin-start-colleagues = Their e-mail addresses, one a line
admin-start-role = What they will be
admin-start-go = Save and go on
admin-start-skip = Skip for now
admin-left = Before you open
admin-left-go = Do it on one page
admin-left-about = Say who you are, in one sentence
admin-left-boards = Make a board
admin-left-colleagues = Invite a colleague
admin-left-desks = Say who answers
admin-left-done = done
admin-left-open = to do

admin-calendar = Calendar
admin-calendar-text = Deadlines count working days and end at 17:00. Here it stands which days these are, and where.
admin-time-zone = Time zone
admin-time-zone-hint = A name of the IANA list, such as Europe/Amsterdam. Deadlines that run already keep their moment; the hour is shown as it is here.
admin-work-week = Days on which you work
admin-holidays = Dutch public holidays are days off
admin-worked = Holidays on which you work all the same
admin-worked-hint = Tick a holiday to make it a working day. It stays a day off when its day of the week is one.
admin-off = Your own days off
admin-off-text = Deadlines that run already keep their moment, also when it falls on such a day.
admin-off-none = None yet.
admin-off-day = Day
admin-off-name = What it is
admin-off-add = Add this day

admin-clocks = Deadlines
admin-clocks-text = How long a customer waits at most, by kind of post, and on which boards it is different.
admin-complaints = Complaints
admin-ideas = Ideas, wishes and criticism
admin-working-days = In working days, from 1 to 260.
admin-first-answer = First answer
admin-decision = Decision
admin-next-update = Next update, at most
admin-triage-days = Owner within
admin-triage-days-hint = Working days after which a post without an owner is given one.
admin-target = On time, in percent
admin-target-hint = What you aim at; drawn into the scoreboard as a mark.
admin-clocks-rule = The level shortens them: half at level 2, one day at level 3.
admin-boards = Boards with deadlines of their own
admin-boards-text = Leave all three of a kind empty, and the deadlines of the site hold.
admin-as-site = Empty: as the site, { $first }, { $decision } and { $next } working days.
admin-board-own = has its own
admin-board-site = as the site

admin-mandates = Mandates
admin-mandates-text = What agents and leads may do without asking. Directors and admins have no limits.
admin-mandates-rule = Anything beyond becomes a request, which somebody above decides within two working days.
admin-mandate-days = Promise ahead, in working days
admin-mandate-days-hint = Empty: without limit.
admin-mandate-euros = Remedy, in euros
admin-mandate-euros-hint = For each promise. Empty: without limit.
admin-mandate-stages = Statuses that need a decision from above

admin-teams = Teams
admin-teams-text = Who shares the work, who answers for which board, and who is away.
admin-teams-none = No team yet.
admin-team-make = A new team
admin-team-name = Name
admin-team-slug = Short name
admin-team-slug-hint = For addresses and the API: a to z, 0 to 9 and hyphens.
admin-team-go = Make the team
admin-team-add = Add somebody of the staff
admin-team-members =
    { $n ->
        [0] nobody yet
        [one] one person
       *[other] { $n } people
    }
admin-desks = Who answers for what
admin-desks-text = New posts go to level 1. A team takes turns: whoever got something longest ago is next, and who is away is left out.
admin-desk-others = All other boards
admin-desk-as-others = As all other boards
admin-desk-nobody = Nobody in particular: by role
admin-desk-team = Team { $name }
admin-desk-level = Level { $n }: { $name }
admin-absences = Absences
admin-absences-text = On these days no new post is given to somebody. Staff note their own at the foot of the queue.
admin-absences-none = Nobody is away.
admin-absence-who = Who
admin-absence-first = Away from

admin-pledges = Pledges
admin-pledges-text = Promises to everybody whose post they cover. They make the promise by themselves when such a post comes in.
admin-pledges-none = Nothing is pledged yet.
admin-pledge-make = A new pledge
admin-pledge-what = What you promise
admin-pledge-what-hint = As the customer reads it: your complaint is solved within a week.
admin-pledge-kind = Which posts
admin-pledge-board = On which board
admin-pledge-all-kinds = All kinds
admin-pledge-all-boards = All boards
admin-pledge-days = Within working days
admin-pledge-within =
    { $n ->
        [one] within one working day
       *[other] within { $n } working days
    }
admin-pledge-remedy = Remedy
admin-pledge-remedy-hint = What you owe when it is missed: one month free.
admin-pledge-else = If not:
admin-pledge-rule = It covers posts from the next one on, and is kept when a post is delivered in time.
admin-pledge-go = Pledge it
admin-pledge-end = End
admin-pledge-end-named = End: { $what }
admin-pledge-ended = ended

done-settings = Saved.
done-day-off = The day off is noted.
done-day-off-removed = The day off is removed.
done-invited = The invitation is on its way.
done-started = Saved. What you left open stands below.
done-pledged = Pledged, from the next post on.
done-pledge-ended = The pledge has ended. The promises that it made stay.
