me-notices = Notices
nav-notices = { $n ->
    [0] Notices, nothing new
   *[other] Notices, { $shown } new
 }
notices-which = Which notices
notices-all = All
notices-new = { $n ->
    [0] New
   *[other] New ({ $shown })
 }
notices-new-one = New:
notices-see-all = Mark all as read
notices-none = Nothing yet
notices-none-text = When the company answers you, or somebody replies to you, it stands here.
notices-none-new = Nothing new
notices-none-new-text = You have seen everything that we told you.
notices-hidden = a hidden post
notice-why-author = Because you wrote the post
notice-why-owner = Because you own the post
notice-why-level = Because you answer for its level
notice-why-replied-to = Because it replies to you
notice-why-person = Because it is about you
notice-why-receiver = Because it was offered to you
notice-why-giver = Because you offered it
notice-why-deciders = Because you may decide it
notice-why-requester = Because you asked for it
notice-why-accountable = Because you answer for the promise
notice-why-asked = Because we want your verdict
notice-why-moderated = Because it is about what you wrote
notice-why-case-author = Because you wrote about the same matter
notice-why-proposer = Because you proposed it
notice-why-follower = Because you follow it
