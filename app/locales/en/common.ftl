# What surrounds every page, and words that many pages share.

skip = Skip to content
nav-main = Main
nav-bottom = Bottom
nav-posts = Posts
nav-roadmap = Roadmap
nav-triage = Triage
nav-new = Submit
nav-accountability = Accountability
nav-score = Score
nav-promises = Promises
nav-me = My file
nav-staff = Staff
nav-sign-in = Sign in

language-choice = Language
theme-choice = Colours
theme-switch = Switch light and dark
theme-light = Light
theme-dark = Dark
theme-system = System

foot-title = Answerable at { $site }
foot-about = Every post gets an owner, a clock and a public answer. You say it; we answer, on time, where everybody can see it.
foot-check = Check on us
foot-part = Take part
foot-more = About
foot-sort = How we sort
foot-api = Open data and API
foot-new = Submit something
foot-rules = House rules
foot-clocks = Clocks per kind
foot-accessibility = Accessibility
foot-privacy = Privacy

form-errors =
    { $n ->
        [one] One thing has to change first
       *[other] { $n } things have to change first
    }
form-optional = (optional)

kind-idea = Idea
kind-wish = Wish
kind-complaint = Complaint
kind-criticism = Criticism

stage-received = Received
stage-review = Under review
stage-planned = Planned
stage-started = In progress
stage-delivered = Delivered
stage-confirmed = Confirmed
stage-declined = Declined
stage-archived = Archived

role-member = Customer
role-agent = Agent
role-lead = Lead
role-director = Director
role-admin = Admin
