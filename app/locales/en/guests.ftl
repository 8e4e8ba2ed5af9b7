# Posts without an account, and their receipts.

person-guest = Guest

guest-open = Post without an account
guest-text = You get a receipt: a link by which you follow the post, add to it and say whether it is solved. Nobody sees who you are, and the deadlines are the same. Voting takes an account.
guest-noscript = Your browser runs no scripts here, so a member of the staff looks at the post before everybody can read it.
guest-email = E-mail address for news of it
guest-email-hint = We write once and ask whether you want that. Nobody sees the address; whoever reads its mail can act for you on this post.
guest-send = Post as a guest

receipt-title = Receipt of post { $number }
receipt-posted = You posted this as a guest,
receipt-public = As everybody sees it
receipt-keep-this = This page is your receipt.
receipt-keep-how = Keep its link
receipt-card = Your receipt
receipt-card-text = Whoever has this link speaks for you on this post. Keep it for yourself: there is no other way back, and we can't look it up for you.
receipt-link = Link of the receipt
receipt-qr = The link as a QR code, to open it on a phone

receipt-mail = News by mail
receipt-mail-on = You hear at { $email } what comes of this post.
receipt-mail-stop = Stop the mails
receipt-mail-wanted = Do you want to hear at { $email } what comes of this post?
receipt-mail-yes = Yes, write to me
receipt-mail-no = No, forget the address
receipt-mail-unreached = We can't reach { $email }: its mail server says that there is no such mailbox. Nothing more is sent there.
receipt-mail-asked = We wrote to { $email }. Open the link in that mail to say that you want news; until then nothing more is sent. You can ask another address instead.
receipt-mail-ask = Ask by mail

receipt-claim = Keep it under your account
receipt-claim-text = Post and comments get your name, you can edit them, and they stand among your own. This receipt is used up then.
receipt-claim-go = Add it to my account
receipt-claim-sign-in = Sign in or create an account

receipt-erase = Take it back
receipt-erase-open = Erase
receipt-erase-what = What is erased?
receipt-erase-hint = It can't be undone. What others wrote stays.
receipt-erase-texts = The texts of post and comments, and the receipt
receipt-erase-keep = The receipt and the address only
receipt-erase-go = Erase for good
receipt-erased-title = It is erased
receipt-erased-text = The receipt opens nothing any more, and we know of no address of yours.
receipt-dead-text = The post of this receipt was added to an account or taken back, or the link is not complete.

draft-for-claim = Sign in or create an account, and the post is yours.

done-claimed = The post is yours now.
done-commented = Your comment stands.

admin-guests-h = Guests
admin-guests-text = People without an account can post with a proof of work, and follow their post by the link of a receipt. Their posts have the same deadlines, and stand as a group of their own on the scoreboard. What they link to, or send without scripts, is held until somebody of the staff has looked at it.
admin-guests = People without an account may post
