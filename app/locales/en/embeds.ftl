# Parts of the forum on the pages of others

embed-title-submit = Say it to { $site }
embed-title-list = What customers of { $site } say
embed-title-roadmap = What { $site } took on
embed-title-counter = What { $site } did with it
embed-title-post = { $site }, No. { $number }
embed-all = All of it at { $site }
embed-new-tab = (opens in a new tab)
embed-none = Nothing here yet.
embed-posts =
    { $n ->
        [one] post
       *[other] posts
    }
embed-delivered = delivered
embed-kind = What is it?
embed-go-on = Go on
embed-go-on-text = The forum of { $site } opens in a new tab, with what you typed. Nothing is sent before you send it there.
embed-part-submit = Say something
embed-part-submit-text = The first fields of a post. The form of the forum opens with them in a tab of its own, so that nobody can be made to send anything on another site.
embed-part-list = What customers say
embed-part-list-text = The posts that stand on top of the list, each with where it stands.
embed-part-roadmap = Roadmap
embed-part-roadmap-text = What was planned, started and delivered.
embed-part-counter = Counts
embed-part-counter-text = How many posts there are, how many wait for an answer, and how many were answered on time.

admin-embeds = Other sites
admin-embeds-text = On whose pages the forum is shown, and what is put there for that.
admin-embeds-hint = One line each: https://www.example.org. Nobody else can show the forum in a frame. A change stands in the record.
admin-embeds-parts = What to put on a page
admin-embeds-parts-text = Put one of these where it is to be seen. It is a frame for everybody: it shows what visitors see, whoever is signed in.
admin-embeds-none = No site is named above yet: browsers show nothing in a frame.
admin-embeds-look = Look at it
admin-embeds-language = Language
admin-embeds-language-readers = That of the page or its reader
admin-embeds-sort = Order of the list
admin-embeds-limit = Posts (at most { $max })
admin-embeds-show = Make them
