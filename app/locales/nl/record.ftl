# Het openbare register: of de keten heel is, en elke officiële handeling in een zin.

nav-record = Openbaar register
record-lede = Wat het bedrijf hier officieel doet, wordt opgeschreven: antwoorden, beloftes, gemiste termijnen, bewerkingen, wijzigingen van zijn regels. Een regel kan niet worden veranderd of weggehaald zonder dat iemand het ziet.
record-entries = Regels
record-intact =
    { $n ->
        [0] Er staat nog niets in het register
        [one] De keten is heel: één regel
       *[other] De keten is heel: { $count } regels, zonder gaten
    }
record-intact-text = Elke regel draagt de vingerafdruk van de vorige, dus een die ontbreekt of veranderd is, valt op.
record-broken = De keten is gebroken bij regel { $seq }
record-checking =
    { $n ->
        [one] Eén regel wordt gecontroleerd
       *[other] { $count } regels worden gecontroleerd
    }
record-checking-text = Bij zoveel regels duurt dat even. Laad de pagina over een minuut opnieuw om te zien wat eruit kwam, of laat je browser ze zelf controleren.
record-checked = Gecontroleerd
record-last = Laatste:
record-check = Controleer het register
record-browser-working = Je browser haalt de regels op en controleert ze…
record-browser-whole =
    { $n ->
        [one] Je browser heeft de ene regel zelf gecontroleerd: die is heel.
       *[other] Je browser heeft alle { $count } regels zelf gecontroleerd: de keten is heel.
    }
record-browser-broken = Je browser vond de keten gebroken bij regel
record-browser-failed = De regels konden niet worden opgehaald. Probeer het later opnieuw.
record-fault-missing = Daar ontbreekt een regel.
record-fault-link = Die regel volgt niet op de vorige.
record-fault-digest = Die regel zegt niet wat haar vingerafdruk dekt: iemand heeft haar veranderd.
record-fault-history = De geschiedenis zegt iets anders dan wat die regel dekt: iemand heeft haar veranderd.
record-fault-surplus = Er zijn meer regels dan het register had.
record-fault-checkpoint = Wat de site ondertekende toen het register zo lang was, was iets anders.
record-filter-act = Handeling
record-filter-act-any = Alle handelingen
record-filter-role = Rol
record-filter-role-any = Alle rollen
record-filter-rule-any = Alle huisregels
record-filter-period = Periode
record-filter-from = Van
record-filter-to = Tot en met
record-feed = Feed
record-download = Downloaden
record-total =
    { $n ->
        [0] Geen regels
        [one] Eén regel
       *[other] { $count } regels
    }
record-none = Er staat nog niets in het register
record-none-text = Het eerste antwoord of de eerste belofte van het bedrijf verschijnt hier.
record-none-found = Geen zo'n regel
record-none-found-text = Niets in het register past hierbij. Kies minder.
record-number = Nr. { $seq }
record-entry = Regel { $seq }
record-rule = Huisregel { $number }: { $text }
record-under-rule = { $sentence }. { $rule }
record-on-post = Bij bericht { $number }
record-post = Bericht { $number }
record-digest = Vingerafdruk (SHA-256)
record-prev = Vingerafdruk van de vorige regel
record-forum = Het forum
record-by-rule = Vanzelf, volgens een regel
record-not-for-all = Niet voor iedereen
record-somebody = Iemand ({ $role })
record-some-person = iemand
record-some-deadline = een termijn
record-some-act = modereerde
record-fact-at = Wanneer
record-fact-role = Rol
record-fact-post = Bij
record-fact-reason = Reden
record-withheld = Een handeling die niet voor iedereen is
record-withheld-text = Dit gebeurde op een besloten onderwerp of binnen het team. De regel bewijst wanneer, en dat wat de betrokkenen zien sindsdien niet is veranderd; wat het was, staat er niet.
record-withheld-open = Anderen zien alleen dat er iets gebeurde, en wanneer. Jij ziet wat het was, omdat je mag zien waar het over gaat.
record-sealed = Wat het zeker maakt
record-sealed-text = Deze tekst is wat de vingerafdruk dekt, letter voor letter. In plaats van namen en redenen staan er vingerafdrukken van met zout erbij, zodat iemand gewist kan worden terwijl de keten heel blijft. Bereken de SHA-256 van de tekst: dat is de vingerafdruk hieronder, en de volgende regel begint daarmee.
record-line = De tekst die de vingerafdruk dekt
record-proof = Bewijs voor programma's
record-proof-text = Met dit pad van de regel naar de ondertekende wortel van het hele register kan iedereen bewijzen dat zij er staat, zonder ons te vragen (C2SP tlog-proof).
record-proof-show = Toon het bewijs
record-proof-download = Downloaden
record-keep = Bewaar een controlepunt
record-key = Publieke sleutel
record-before = De vorige regel
record-after = De volgende regel

record-part-calendar = de kalender
record-part-clocks = de termijnen
record-part-mandates = de mandaten
record-part-ranking = de volgorde van berichten
record-part-rules = de huisregels
record-part-boards = een onderwerp
record-part-hooks = aan wie het forum meldt
record-part-embeds = op wiens pagina’s het forum te zien is

record-changed = Wat er veranderde
record-changed-what = Instelling
record-changed-from = Voorheen
record-changed-to = Sindsdien
record-set-time-zone = Tijdzone
record-set-work-week = Werkdagen
record-set-dutch-holidays = Nederlandse feestdagen zijn vrije dagen
record-set-day-off = Vrije dag op { $day }
record-set-days-worked = Feestdagen waarop gewerkt wordt
record-set-complaint = Klachten: { $clock }
record-set-idea = Ideeën, wensen en kritiek: { $clock }
record-set-board-complaint = Klachten bij onderwerp { $board }: { $clock }
record-set-board-idea = Ideeën, wensen en kritiek bij onderwerp { $board }: { $clock }
record-set-triage-days = Tijd waarbinnen een bericht een eigenaar krijgt
record-set-target = Eerste antwoorden die op tijd moeten komen
record-set-embeds = Sites op wier pagina’s het forum te zien mag zijn
record-set-guests = Mensen zonder account mogen plaatsen
record-set-ranking = Versie van de formule waarmee berichten worden gesorteerd
record-set-role = Rol
record-set-mandate-days = { $role }: hoe ver vooruit een belofte mag lopen
record-set-mandate-amount = { $role }: de hoogste vergoeding
record-set-mandate-stages = { $role }: fasen die niet gezet mogen worden
record-set-rule = Huisregel { $number } ({ $language })
record-set-rule-withdrawn = Huisregel { $number } is ingetrokken
record-set-board-name = Naam van het onderwerp
record-set-board-name-in = Naam van het onderwerp ({ $language })
record-set-board-description = Wat bij het onderwerp hoort
record-set-board-private = Alleen voor de eigen groepen en het team
record-set-board-closed = Gesloten voor nieuwe berichten
record-set-hook-host = Webhook { $number }: host
record-set-hook-path = Webhook { $number }: een ander adres bij dezelfde host
record-set-hook-shape = Webhook { $number }: voor
record-set-hook-kinds = Webhook { $number }: waar hij van hoort
record-set-hook-language = Webhook { $number }: taal
record-set-hook-active = Webhook { $number }: krijgt meldingen
record-set-hook-secret = Webhook { $number }: een ander geheim
record-set-nothing = niets
record-set-own-words = de woorden waarmee het forum komt
record-set-as-all = zoals bij alle onderwerpen
record-set-yes = ja
record-set-no = nee
record-set-percent = { $n }%
record-set-days = { $n ->
    [one] { $count } werkdag
   *[other] { $count } werkdagen
}

record-act-withheld = Niet voor iedereen
record-act-comment-edited = Reactie bewerkt door het team
record-act-post-edited = Bericht bewerkt door het team
record-act-answer-published = Antwoord
record-act-owner-set = Eigenaar aangewezen
record-act-owner-released = Eigenaar ontheven
record-act-clock-missed = Termijn gemist
record-act-clock-extended = Termijn verlengd
record-act-clocks-stopped = Termijnen stilgezet
record-act-clocks-resumed = Termijnen hervat
record-act-level-changed = Niveau veranderd
record-act-handover-offered = Overdracht aangeboden
record-act-handover-accepted = Overdracht aangenomen
record-act-handover-declined = Overdracht afgeslagen
record-act-handover-lapsed = Overdracht verlopen
record-act-request-made = Verzoek gedaan
record-act-request-passed-up = Verzoek doorgegeven
record-act-request-decided = Verzoek beslist
record-act-promise-made = Belofte gedaan
record-act-promise-changed = Belofte veranderd
record-act-promise-kept = Belofte nagekomen
record-act-promise-withdrawn = Belofte ingetrokken
record-act-promise-broken = Belofte gebroken
record-act-promise-paid = Vergoeding betaald
record-act-customers-asked = Klanten gevraagd
record-act-check-closed = Geteld wat klanten zeiden
record-act-provenance-set = Herkomst van een idee
record-act-settings-changed = Instellingen veranderd
record-act-ranking-changed = Volgorde van berichten veranderd
record-act-role-set = Rol veranderd
record-act-moderated = Moderatie
record-act-appealed = Bezwaar
record-act-appeal-decided = Bezwaar beslist
record-act-post-merged = Berichten samengevoegd
record-act-post-unmerged = Berichten losgemaakt
record-act-held-back = Tekst vastgehouden
record-act-released = Vastgehouden tekst vrijgegeven
record-act-votes-doubted = Stemmen bekeken
record-act-votes-cleared = Stemmen in orde bevonden
record-act-proposal-decided = Voorstel tot samenvoegen beslist
record-act-changelog-published = Wijziging geplaatst
record-act-changelog-corrected = Wijziging gecorrigeerd
record-act-changelog-withdrawn = Wijziging ingetrokken

record-did-comment-edited = { $who } bewerkte de reactie van iemand anders
record-did-post-edited = { $who } bewerkte het bericht van iemand anders
record-did-answer-published = { $who } antwoordde
record-did-owner-set = { $who } wees de eigenaar aan: { $person }
record-did-owner-released = { $person } is niet langer eigenaar
record-did-clock-missed = Een termijn werd gemist: { $clock }
record-did-clock-extended = { $who } verlengde een termijn: { $clock }, nu { $day }
record-did-clocks-stopped = { $who } zette de termijnen stil, om op de klant te wachten
record-did-clocks-resumed = De termijnen lopen weer
record-did-level-changed = Het niveau van het bericht is nu { $level }
record-did-handover-offered = { $who } bood het bericht aan een collega aan
record-did-handover-accepted = { $who } nam het bericht over
record-did-handover-declined = { $who } sloeg het bericht af
record-did-handover-lapsed = Niemand nam het bericht op tijd over
record-did-request-made = { $who } vroeg om iets buiten het eigen mandaat
record-did-request-passed-up = Niemand besliste op tijd over een verzoek; het volgende niveau doet dat
record-did-request-decided = { $who } besliste over een verzoek
record-did-promise-made = { $who } deed een belofte
record-did-promise-changed = { $who } veranderde een belofte
record-did-promise-kept = { $who } kwam een belofte na
record-did-promise-withdrawn = { $who } trok een belofte in
record-did-promise-broken = Een belofte werd gebroken: de dag ging voorbij
record-did-promise-paid = { $who } betaalde de vergoeding van een gebroken belofte
record-did-customers-asked = Aan de klanten wordt gevraagd of het is opgelost
record-did-check-closed = Wat de klanten zeiden, is geteld
record-did-provenance-set = { $who } zei waar het idee vandaan komt
record-did-settings-changed = { $who } veranderde { $part }
record-did-ranking-changed = Formule { $version } sorteert nu de berichten
record-did-role-set = { $who } wees een rol toe: { $person } is nu { $role }
record-did-moderated = { $who } { $act }
record-did-appealed = Wie het aangaat, maakte bezwaar tegen een moderatie
record-did-appeal-decided = { $who } besliste over een bezwaar
record-did-post-merged = { $who } maakte van twee berichten één zaak
record-did-post-unmerged = { $who } maakte twee berichten los van elkaar
record-did-held-back = { $who } hield een tekst vast tot iemand ernaar gekeken heeft
record-did-released = { $who } keek naar een tekst die werd vastgehouden, en gaf die vrij
record-did-votes-doubted = { $who } vond stemmen die eruitzien alsof ze als één zijn uitgebracht
record-did-votes-cleared = { $who } keek naar stemmen die als één leken uitgebracht, en vond niets mis
record-did-proposal-decided = { $who } besliste of twee berichten één zaak zijn
record-did-changelog-published = { $who } plaatste een wijziging
record-did-changelog-corrected = { $who } corrigeerde een wijziging
record-did-changelog-withdrawn = { $who } trok een wijziging in

record-moderated-hide = verborg een tekst
record-moderated-show = toonde een verborgen tekst weer
record-moderated-redact = verwijderde een deel van een tekst
record-moderated-lock = sloot het bericht
record-moderated-unlock = heropende het bericht
record-moderated-move = verplaatste het bericht naar een ander onderwerp
record-moderated-edit = bewerkte een tekst van iemand anders
record-moderated-ban = liet iemand een tijd niet schrijven
record-moderated-unban = hief een blokkade op
record-moderated-exclude-vote = liet een stem niet meetellen
