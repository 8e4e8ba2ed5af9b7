# The changelog: what was delivered, and because of whom.

changelog-title = Changelog
changelog-lede = What { $site } delivered, and the people because of whom it came about.
changelog-description = { $category }: { $excerpt }
changelog-all = All
changelog-by-category = By sort of news
changelog-category-new = New
changelog-category-improved = Improved
changelog-category-fixed = Fixed
changelog-none = Nothing has been told yet
changelog-none-text = As soon as something is delivered, it stands here with those who asked for it.
changelog-none-found = Nothing found
changelog-none-found-text = There is no entry of this sort.
changelog-total = { $n ->
    [one] { $count } entry
   *[other] { $count } entries
}
changelog-number = Number { $number }
changelog-because-of = Because of these posts
changelog-proposed-by = Brought up by
changelog-and-more = { $n ->
    [one] and one other
   *[other] and { $n } others
}
changelog-supported = { $n ->
    [one] one person supported it
   *[other] { $count } people supported it
}
changelog-thanks-proposed = Thank you: this came from you.
changelog-thanks-supported = Thank you: you supported this.
changelog-corrected = Corrected on { $date }
changelog-corrections = Corrections
changelog-correction = Correction { $n }
changelog-added = Posts added:
changelog-removed = Posts taken away:
changelog-withdrawn = Withdrawn
changelog-withdrawn-on = This does not hold any more. It was withdrawn on { $date }:
changelog-withdrawn-show = What stood here
changelog-draft = Draft
changelog-scheduled = Will be published on { $date }
changelog-drafts = Drafts of the changelog
changelog-to-come = To be published
changelog-being-written = Drafts
changelog-drafts-none = There are none.
changelog-untold = Delivered, and not told yet
changelog-untold-text = Posts that were delivered and that no entry names.
changelog-untold-none = All that was delivered has been told.
changelog-write = Write an entry
changelog-write-about = Write an entry about { $title }
changelog-write-lede = Say what is different for customers from now on. Those who brought it up, supported it or follow it are told once it is published.
changelog-edit = Edit entry
changelog-correct = Correct entry
changelog-correct-lede = The entry is in public. What you change is marked, with your reason, and stands in the public record.
changelog-correct-go = Correct
changelog-category = Sort of news
changelog-category-choose = Choose
changelog-field-title = In one line
changelog-field-body = What was delivered
changelog-field-body-hint = For whom, from when on, and what they have to do for it. Markdown works.
changelog-field-posts = Posts that asked for it
changelog-field-posts-hint = Their numbers, with commas between them. They have to be delivered by the time the entry is published.
changelog-offers-hint = Tick what this entry tells of.
changelog-for-all = Everybody may read it
changelog-for-all-hint = Else only those read it who can see one of its posts: an entry that names only posts of a private board is for its readers alone.
changelog-published-at = Publish on
changelog-published-at-hint = Leave it empty to publish at once. Time zone: { $zone }
changelog-publish = Publish
changelog-save = Save without publishing
changelog-reason = Why you correct it
changelog-withdraw = Withdraw the entry
changelog-withdraw-text = The entry stays where it is and says that it does not hold any more, with your reason.
changelog-withdraw-reason = Why it does not hold any more
changelog-recall = Make it a draft again
changelog-discard = Throw the draft away

post-in-changelog = In the changelog:

me-delivered = Delivered because of you
me-delivered-text = Posts that you wrote or supported, and that are delivered.
me-delivered-all = All that was delivered because of you
me-delivered-none = Nothing yet
me-delivered-none-text = As soon as something that you wrote or supported is delivered, it stands here.
me-delivered-proposed = Yours
me-delivered-supported = You supported it

field-name-category = Sort of news
field-name-for-all = Everybody may read it
field-name-posts = Posts
field-name-published-at = Publish on

done-changelog-saved = Saved. Nobody but the staff sees it yet.
done-changelog-published = Published. Those whom it concerns are told.
done-changelog-was-corrected = Corrected. What changed is marked.
done-changelog-recalled = It is a draft again.
done-changelog-discarded = The draft is gone.
done-changelog-withdrawn = Withdrawn. The entry says so.

problem-not-delivered = Number { $post } is not delivered. Answer it first: the changelog says nothing that the answer does not.
problem-for-nobody = Nobody could read this entry. Name a post that others see, or say that everybody may read it.
problem-would-vanish = Some of those who read this entry now would not find it any more. Withdraw it instead.
