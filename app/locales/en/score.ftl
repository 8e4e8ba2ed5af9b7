# The scoreboard.

score-title = Accountability
score-description = Whether { $site } does what it says: answered on time, promises kept and broken, what is late now.
score-h = Do we do what we say?
score-lede = Every figure below can be computed again from the public data. Measured by board and by kind, never by named employee.
score-period = Period
score-period-90d = 90 days
score-period-year = This year
score-period-all = All time
score-percent = { $value }%
score-of = { $count } of { $of }
score-target = Target { $target }.
score-on-time = answered on time
score-median = working days to the first answer, median
score-p90 = 9 in 10 within { $days } working days
score-kept = promises kept
score-kept-note = { $kept } kept, { $broken } broken
score-overdue = overdue right now
score-overdue-none = Nothing is late
score-overdue-oldest =
    { $n ->
        [0] The oldest since today
        [one] Oldest: { $n } working day
       *[other] Oldest: { $n } working days
    }
score-on-time-h = Answered on time
score-by-week = Share of first answers in time, by week of receipt
score-by-month = Share of first answers in time, by month of receipt
score-on-time-text = Of the answers that were given or due. Dashed: our target, { $target }.
score-chart = Line: { $first } for { $from }, lowest { $lowest } for { $low }, { $last } for { $to }. Target { $target }.
score-nothing = No first answer was given or due in this period.
score-table = Show as a table
score-week = Week of
score-month = Month
score-on-time-col = On time
score-count-col = Answers
score-first-col = First answer
score-decision-col = Decision
score-group = Group
score-group-all = All posts
score-group-customers-new = New customers
score-group-customers-long = Long-standing customers
score-group-customers-guest = Guests without an account
score-group-votes-few = Under 10 votes
score-group-votes-some = 10 to 99 votes
score-group-votes-many = 100 votes and more
score-group-language-en = In English
score-group-language-nl = In Dutch
score-group-language-unknown = In another language
score-groups = Every group as a table
score-groups-text = Working days from receipt, median / 9 in 10.
score-spread = Working days to the first answer, median to 9 in 10
score-spread-text =
    { $n ->
        [one] The same question, different people: nobody should wait longer. Dashed: the longest deadline, { $n } working day.
       *[other] The same question, different people: nobody should wait longer. Dashed: the longest deadline, { $n } working days.
    }
score-spread-col = Median / 9 in 10
score-promises-h = Promises
score-promises-all = All promises
score-promises-kept = kept
score-promises-broken = broken
score-promises-open = open
score-promises-withdrawn = withdrawn
score-promises-chart = { $kept } kept, { $broken } broken, { $open } open, { $withdrawn } withdrawn
score-remedies = Remedies owed: { $owed } ({ $owed_amount }). Remedies paid: { $paid } ({ $paid_amount }). Amounts count where a remedy is one.
score-promises-text = The newest, whatever the period. A missed date breaks a promise by itself; nobody can press it away.
score-promise = Promise
score-promise-who = Accountable
score-promise-by = By
score-promise-state = State
score-promise-remedy = Remedy
score-remedy-none = None named
score-state-open =
    { $n ->
        [0] Open, due today
        [one] Open, { $n } day left
       *[other] Open, { $n } days left
    }
score-state-kept = Kept
score-state-broken = Broken
score-state-paid = Broken, remedy paid
score-state-withdrawn = Withdrawn
score-late-h = Overdue now
score-late-post = Post
score-late-kind = Kind
score-late-board = Board
score-late-what = What is late
score-late-level = Level
score-late-by = By
score-late-days =
    { $n ->
        [0] Since today
        [one] { $n } working day
       *[other] { $n } working days
    }
score-late-none = Nothing is late. The list stands here all the same, so that you see it the day something is.
score-late-more =
    { $n ->
        [one] And { $n } more.
       *[other] And { $n } more.
    }
score-cover-h = Coverage
score-cover-reviewed = Somebody is accountable
score-cover-answered = Answered at least once
score-cover-decided = Decided, yes or no
score-cover-delivered = Delivered
score-cover-confirmed = Confirmed by customers
score-received = Received
score-decision = Decision
score-decision-text = Half within { $median } working days, 9 in 10 within { $p90 }
score-repeats = Happened again
score-repeats-text = { $percent }: { $count } of { $of } solved complaints were reported again
score-first-contact = First contact
score-first-contact-text = { $percent }: { $count } of { $of } complaints were decided by the first answer, without being passed on
score-check-h = Check our sums
score-check-text = The data has no names. It holds a row for every post and every promise, with the times that the figures follow from. The queries stand on the page that explains the figures.
score-check-figures = Figures as CSV
score-check-json = Figures as JSON
score-check-posts = Posts as CSV
score-check-promises = Promises as CSV
score-check-how = What the figures mean

figures-title = What the figures mean
figures-description = How every figure of the scoreboard is computed, with the queries.
figures-lede = Every figure follows from the public data by the rules below. If you get another number, tell us: one of us is wrong, and everybody should know which.
figures-period-h = Period
figures-period = A figure counts the posts that came in, and the promises that were made, since the first day of the period: 90 days ago, the first of January, or the beginning. Days begin at midnight in the time zone of the site.
figures-on-time-h = Answered on time
figures-on-time = Of all posts that were answered, and of those that were not and whose first answer is past due, the share whose first official answer came no later than it was due. A date that was extended with a public reason counts as extended. A post whose first answer is not due yet does not count. A post that is one matter with another has what was answered there, from the moment on at which it was merged: that it is merged does not make a late answer early.
figures-working-days-h = Working days
figures-working-days = The time from receipt to the first answer, or to the first decision, of which only working days count, each with its 24 hours. A post that came in on Friday at noon and was answered on Monday at noon took one working day. Work week, holidays and days off are those of the site.
figures-median-h = Median and 9 in 10
figures-median = The smallest value with at least half, or nine tenths, of all values at or below it. Posts that were not answered or decided yet have no value.
figures-groups-h = Groups
figures-groups = The same figures for groups that should be served alike: by kind; by board; new customers, who had joined less than 30 days before they posted, and long-standing ones; posts with fewer than 10 votes, with 10 to 99, and with more, for and against counted together; by the language of the post.
figures-coverage-h = Coverage
figures-coverage = Of the posts that came in: how many have somebody who is accountable, an answer, a decision (they left received and review at least once), stand as delivered or confirmed, and stand as confirmed by customers.
figures-overdue-h = Overdue
figures-overdue = Posts with a deadline that is past and still open, now and whenever they came in. That it is past follows from the time; no job has to have run. Posts that are one matter count once, with every deadline that the head took over.
figures-promises-h = Promises
figures-promises = Kept: somebody said that it was done, in time. Broken: the date is past, and nobody did. Withdrawn: taken back in public before the date. Open: the rest. The share kept is kept out of kept and broken.
figures-remedies-h = Remedies
figures-remedies = What is owed for a broken promise stays owed until it is marked as paid. Amounts are added up where a remedy is an amount of money.
figures-repeats-h = Happened again
figures-repeats = Of the complaints that were delivered at least once, the share that customers reported again.
figures-first-contact-h = First contact
figures-first-contact = Of the complaints that were decided, the share that the first answer decided, before any handover and without asking anybody with a wider mandate.
figures-outside-h = What stands outside
figures-outside = Posts on private boards, because you could not check them; and posts that were brought in from elsewhere, because nobody here was answerable for them at the time.
figures-queries-h = The queries
figures-queries = As the database of this site runs them; $1 and so on stand for the first moment of the period, or for now. Everything else is counting the rows that they find.
figures-query-posts = Facts of posts, a line each
figures-query-promises = Promises by state
figures-query-overdue = Posts that are overdue
