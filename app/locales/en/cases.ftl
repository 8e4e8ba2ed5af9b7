# Posts that are one matter: merging, taking apart, and proposing it.

problem-not-a-post = There is no post of this number here.
problem-same-post = This is the very same post.
problem-other-audience = Not everybody who sees the one post sees the other. Only posts that the same people see can be one matter.
conflict-merged = This post is one matter with another. The company acts there.
conflict-one-case = These posts are one matter already.
conflict-no-case = This post belongs to no case.
conflict-proposed = Somebody proposed this before.
conflict-case-across = Posts of this board are one matter with posts of other boards. Take them apart first: people would lose sight of half of it.

case-note-title = This is one matter with { $number }
case-note-text = What the company answers stands there. Votes and comments that you give here count there too.
case-note-rest = The deadlines of this post rest meanwhile. Those of { $number } hold, which took over whichever was due earlier.
case-note-go = Go to { $number }
case-why = Merged under
case-rule = rule { $rule }
case-title = One matter
case-people =
    { $n ->
        [one] { $count } person supports this matter, in { $posts } posts.
       *[other] { $count } people support this matter, in { $posts } posts.
    }
case-people-hint = Whoever supports several of them counts once.
case-member-counts =
    { $comments ->
        [0] { $support } support
        [one] { $support } support, one comment
       *[other] { $support } support, { $comments } comments
    }
case-member-open = Open this post
case-number = No. { $number }
case-comment-from = from
case-row = One matter with
case-merged-here = { $number } became one matter with this post
case-merged-there = Became one matter with { $number }
case-unmerged-here = { $number } is a matter of its own again
case-unmerged-there = A matter of its own again, no longer one with { $number }
case-taken-over = taken over from { $number }

case-merge = Merge
case-unmerge = Take apart
merge-title = Merge { $number }
merge-lede = A post that is merged stays readable at its own address and says where the answers are. Nothing moves, and it can be taken apart again.
merge-with = Number or address of the other post
merge-compare = Compare
merge-alike = Posts that say much the same
merge-alike-none = No other post says much the same.
merge-alike-score = { $score }% alike
merge-score-low = Not among the posts that are most alike.
merge-side = Side by side
merge-becomes-member = Becomes a member
merge-becomes-head = Stays the head
merge-swap = Swap the two
merge-posted = Posted
merge-support = Support
merge-comments = Comments
merge-deadlines = The head takes over every deadline of the member that is due before its own, and those that are past due. The author of the member is told.
merge-rule = House rule
merge-rule-choose = Choose a rule
merge-reason = Reason
merge-reason-hint = Public: in the note on top of the member, and in the record.
merge-go = Merge { $from } into { $into }
unmerge-title = Take apart
unmerge-text-member = { $number } becomes a matter of its own again, with all that was merged into it before. Its votes, comments, status and deadlines are as they were; what fell due meanwhile has its consequences then.
unmerge-text-head = All members become matters of their own again. Their votes, comments, status and deadlines are as they were.
unmerge-go = Take { $number } apart
unmerge-members = To take out one member only, open it:
done-merged = The posts are one matter now. The author of the member is told.
done-unmerged = The posts are matters of their own again.

same-link = Same as another post?
same-title = Is { $number } the same as another post?
same-lede = Say which one. The staff look at both and tell you what became of it; nothing changes before they do.
same-other = The other post
same-other-hint = Its number or its address.
same-words = Why do you think so?
same-go = Propose it
same-cancel = Back to the post
done-proposed = Thank you. The staff look at both posts, and you are told what becomes of it.

proposals-title = Proposed as one matter
proposals-lede = Members think that these posts are one matter. Whoever proposed it is told what you decide.
proposals-none = Nobody proposes anything at the moment.
proposals-link =
    { $n ->
        [0] No proposals to merge
        [one] One proposal to merge
       *[other] { $n } proposals to merge
    }
proposals-by = Proposed by
proposals-merge = Merge
proposals-decline = Decline
proposals-decline-label = Why they are not one matter
proposals-decline-hint = The one who proposed it reads this.
proposals-decline-go = Decline
done-proposal-declined = Declined. The one who proposed it is told.

mail-merged-subject = One matter now: { $title }
mail-merged-text = Your post “{ $title }” is one matter with “{ $head }” now. It stays where it is; what the company answers stands there.
mail-merged-button = Go to the matter
mail-unmerged-subject = A matter of its own again: { $title }
mail-unmerged-text = The post “{ $title }” is no longer one matter with “{ $head }”. All that was on it is as it was.
mail-fact-case = One matter with
mail-case-answered-subject = { $stage }: { $title }
mail-case-answered-text = { $site } has answered “{ $title }”, which is one matter with a post of yours.
mail-proposal-merged-subject = They are one matter now: { $one }
mail-proposal-merged-text = You proposed that “{ $one }” and “{ $other }” are one matter. They are now.
mail-proposal-declined-subject = Not one matter: { $one }
mail-proposal-declined-text = You proposed that “{ $one }” and “{ $other }” are one matter. The staff see it differently.
field-name-other = The other post
field-name-words = Your words
