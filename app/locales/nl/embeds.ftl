# Delen van het forum op de pagina’s van anderen

embed-title-submit = Zeg het { $site }
embed-title-list = Wat klanten van { $site } zeggen
embed-title-roadmap = Wat { $site } heeft opgepakt
embed-title-counter = Wat { $site } ermee deed
embed-title-post = { $site }, nr. { $number }
embed-all = Alles bij { $site }
embed-new-tab = (opent in een nieuw tabblad)
embed-none = Hier staat nog niets.
embed-posts =
    { $n ->
        [one] bericht
       *[other] berichten
    }
embed-delivered = geleverd
embed-kind = Wat is het?
embed-go-on = Verder
embed-go-on-text = Het forum van { $site } opent in een nieuw tabblad, met wat je hebt getypt. Er wordt niets verstuurd voor je dat daar doet.
embed-part-submit = Iets zeggen
embed-part-submit-text = De eerste velden van een bericht. Het formulier van het forum opent ermee in een eigen tabblad, zodat niemand op een andere site ongewild iets kan versturen.
embed-part-list = Wat klanten zeggen
embed-part-list-text = De berichten die bovenaan de lijst staan, elk met hoe het ermee staat.
embed-part-roadmap = Planning
embed-part-roadmap-text = Wat gepland, begonnen en geleverd is.
embed-part-counter = Tellers
embed-part-counter-text = Hoeveel berichten er zijn, hoeveel er op antwoord wachten en hoeveel er op tijd zijn beantwoord.

admin-embeds = Andere sites
admin-embeds-text = Op wiens pagina’s het forum te zien is, en wat daar dan staat.
admin-embeds-hint = Eén per regel: https://www.example.org. Niemand anders kan het forum in een frame tonen. Een wijziging staat in het register.
admin-embeds-parts = Wat je op een pagina zet
admin-embeds-parts-text = Zet een van deze waar het te zien moet zijn. Het is een frame voor iedereen: het toont wat bezoekers zien, wie er ook is ingelogd.
admin-embeds-none = Hierboven is nog geen site genoemd: browsers tonen niets in een frame.
admin-embeds-look = Bekijken
admin-embeds-language = Taal
admin-embeds-language-readers = Die van de pagina of de lezer
admin-embeds-sort = Volgorde van de lijst
admin-embeds-limit = Berichten (hooguit { $max })
admin-embeds-show = Maken
