# Het werk van het team: wachtrij, antwoorden, eigenaars.

triage-title = Triage
triage-item = Nummer { $number }
triage-item-title = { $number }: { $title }
triage-queue = Wachtrij
triage-order = Vaste volgorde
triage-order-text = De vroegste open termijn staat vooraan, daarna wie het langst wacht. Stemmen en namen hebben er geen invloed op.
triage-filter = Deel van de wachtrij
triage-all = Alles
triage-mine = Van mij
triage-nobody = Zonder eigenaar
triage-no-owner = geen eigenaar
triage-empty = Hier loopt geen termijn.
triage-choose = Kies een bericht uit de wachtrij
triage-pages = Bladzijden van de wachtrij
triage-first = Eerste bladzijde
triage-more = Volgende bladzijde
triage-waiting = Wacht
triage-hours = { $n } u
triage-days = { $n } d

triage-actions = Acties
triage-take = Neem het
triage-open = Open het bericht
triage-next = Volgende in de wachtrij
triage-whole = Lees het hele bericht
triage-author = Schrijver
triage-since = Ontvangen
triage-owner = Eigenaar
triage-voices = Stemmen
triage-votes = { $support } steun, { $oppose } tegen
triage-votes-complaint =
    { $n ->
        [0] nog niemand anders
        [one] één ander zegt ‘ik ook’
       *[other] { $shown } anderen zeggen ‘ik ook’
    }
triage-clocks = Termijnen
triage-no-clocks = Er loopt er geen. Ze beginnen als iemand eigenaar wordt of antwoordt.
triage-history = Wat het bedrijf tot nu toe zei

triage-answer = Antwoord
triage-answer-hint = wat, wie, wanneer
triage-status = Nieuwe status
triage-status-choose = Kies een status
triage-what = Wat
triage-what-hint = Noem een stap die af kan, en wat de klant ervan merkt. Markdown werkt.
triage-group-open = Wie het doet, en tot wanneer
triage-group-open-hint = In onderzoek, gepland en mee bezig vragen om beide. Geleverd vraagt om wie.
triage-who = Wie
triage-who-hint = Openbaar: naam en wat je doet, of een team.
triage-next-update = Volgende update op
triage-next-update-hint = Een werkdag, uiterlijk { $latest }. Een vrije dag telt als de werkdag ervoor.
triage-group-declined = Alleen als je afwijst
triage-group-declined-hint = Een afwijzing vraagt om een reden, minstens { $min } tekens bij wat, en een dag waarop je opnieuw kijkt of het woord definitief.
triage-reason = Reden
triage-reason-hint = Staat bij het antwoord.
triage-reason-none = Geen afwijzing
triage-reexamine = Opnieuw kijken op
triage-reexamine-hint = Laat leeg als het antwoord definitief is.
triage-final = Dit is definitief: we kijken er niet meer naar
triage-publish-hint = Meteen openbaar, onder je naam. Het wordt nooit veranderd of gewist; een verbetering is een nieuw antwoord.
triage-publish = Publiceer het antwoord

triage-assign = Eigenaar
triage-assign-hint = wie voor dit bericht instaat
triage-owner-choose = Kies een persoon
triage-assign-go = Maak eigenaar

done-answered = Je antwoord is openbaar. De schrijver hoort het per mail, als we een adres hebben.
done-taken = Dit bericht is nu van jou.
done-assigned = Het bericht heeft een nieuwe eigenaar.
