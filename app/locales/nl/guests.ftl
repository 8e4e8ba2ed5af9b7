# Berichten zonder account, en hun ontvangstbewijzen.

person-guest = Gast

guest-open = Plaatsen zonder account
guest-text = Je krijgt een ontvangstbewijs: een link waarmee je het bericht volgt, aanvult en zegt of het is opgelost. Niemand ziet wie je bent, en de termijnen zijn dezelfde. Om te stemmen heb je een account nodig.
guest-noscript = Je browser voert hier geen scripts uit; een medewerker bekijkt het bericht daarom voordat iedereen het kan lezen.
guest-email = E-mailadres voor nieuws erover
guest-email-hint = We schrijven één keer en vragen of je dat wilt. Niemand ziet het adres; wie de mail ervan leest, kan bij dit bericht namens jou handelen.
guest-send = Plaatsen als gast

receipt-title = Ontvangstbewijs van bericht { $number }
receipt-posted = Dit heb je als gast geplaatst,
receipt-public = Zoals iedereen het ziet
receipt-keep-this = Deze pagina is je ontvangstbewijs.
receipt-keep-how = Link bewaren
receipt-card = Je ontvangstbewijs
receipt-card-text = Wie deze link heeft, spreekt bij dit bericht namens jou. Houd hem voor jezelf: er is geen andere weg terug, en wij kunnen hem niet voor je opzoeken.
receipt-link = Link van het ontvangstbewijs
receipt-qr = De link als QR-code, om hem op een telefoon te openen

receipt-mail = Nieuws per mail
receipt-mail-on = Op { $email } hoor je wat er van dit bericht komt.
receipt-mail-stop = Mails stoppen
receipt-mail-wanted = Wil je op { $email } horen wat er van dit bericht komt?
receipt-mail-yes = Ja, schrijf me
receipt-mail-no = Nee, vergeet het adres
receipt-mail-unreached = We kunnen { $email } niet bereiken: de mailserver zegt dat deze mailbox niet bestaat. Er gaat niets meer heen.
receipt-mail-asked = We hebben naar { $email } geschreven. Open de link in die mail om te zeggen dat je nieuws wilt; tot dan sturen we niets meer. Je kunt ook een ander adres vragen.
receipt-mail-ask = Vragen per mail

receipt-claim = Bewaren onder je account
receipt-claim-text = Bericht en reacties krijgen je naam, je kunt ze bewerken en ze staan bij je eigen berichten. Dit ontvangstbewijs is daarna op.
receipt-claim-go = Toevoegen aan mijn account
receipt-claim-sign-in = Inloggen of account maken

receipt-erase = Terugnemen
receipt-erase-open = Wissen
receipt-erase-what = Wat wordt er gewist?
receipt-erase-hint = Het kan niet ongedaan worden gemaakt. Wat anderen schreven, blijft.
receipt-erase-texts = De teksten van bericht en reacties, en het ontvangstbewijs
receipt-erase-keep = Alleen het ontvangstbewijs en het adres
receipt-erase-go = Voorgoed wissen
receipt-erased-title = Het is gewist
receipt-erased-text = Het ontvangstbewijs opent niets meer, en we kennen geen adres van je.
receipt-dead-text = Het bericht van dit ontvangstbewijs is aan een account toegevoegd of teruggenomen, of de link is niet volledig.

draft-for-claim = Log in of maak een account, dan is het bericht van jou.

done-claimed = Het bericht is nu van jou.
done-commented = Je reactie staat er.

admin-guests-h = Gasten
admin-guests-text = Mensen zonder account kunnen plaatsen met een bewijs van rekenwerk, en volgen hun bericht met de link van een ontvangstbewijs. Hun berichten hebben dezelfde termijnen en staan als eigen groep op het scorebord. Wat naar elders linkt, of zonder scripts wordt gestuurd, wordt vastgehouden tot een medewerker ernaar heeft gekeken.
admin-guests = Mensen zonder account mogen plaatsen
