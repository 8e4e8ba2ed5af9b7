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
triage-take = Op me nemen
triage-take-over = Overnemen van { $who }
triage-take-text = { $who } is eigenaar van dit bericht en krijgt bericht. Je reden staat in de geschiedenis, leesbaar voor iedereen.
triage-take-reason = Waarom je het overneemt
triage-take-go = Overnemen
triage-talk = Reacties
triage-talk-all = Alle { $n }
triage-reply = Reageren in het gesprek
triage-reply-label = Je reactie
triage-reply-hint = Iedereen leest het, met je naam. Het is geen antwoord: status en termijnen blijven zoals ze zijn.
triage-reply-go = Reageren
triage-skip = Naar het bericht
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
triage-publish-next = Publiceer, dan de volgende
triage-keys = Toetsen
triage-keys-on = Losse letters doen iets op deze pagina
triage-key-down = Het volgende bericht in de wachtrij
triage-key-up = Het vorige
triage-key-answer = Antwoorden
triage-key-send = Versturen wat je schrijft; na een antwoord komt het volgende bericht
triage-key-own = Oppakken
triage-key-comment = Reageren
triage-key-extend = Een termijn verlengen
triage-key-handover = Overdragen
triage-key-promise = Een belofte doen
triage-key-merge = Samenvoegen
triage-key-help = Deze toetsen

triage-assign = Eigenaar
triage-assign-hint = wie voor dit bericht instaat
triage-owner-choose = Kies een persoon
triage-assign-go = Eigenaar maken

done-answered = Je antwoord is openbaar. De schrijver hoort het per mail, als we een adres hebben.
done-replied = Je reactie staat er.
done-taken = Dit bericht is nu van jou.
done-assigned = Het bericht heeft een nieuwe eigenaar.

triage-overdue = Te laat
triage-today = Vandaag
triage-raised = Niveau 2+
triage-rebuttals = Weerwoord
triage-requests = Verzoeken
triage-offered = Aan mij aangeboden
triage-empty-part = In dit deel van de wachtrij wacht niets.
triage-handovers = Overdrachten
triage-handovers-count =
    { $n ->
        [0] geen
        [one] één
       *[other] { $n }
    }
triage-again = Opnieuw
triage-again-count =
    { $n ->
        [one] één keer opnieuw gemeld
       *[other] { $n } keer opnieuw gemeld
    }
triage-level = Niveau
triage-level-step = { $from } → { $to }

triage-mandate =
    { $n ->
        [one] Je mag beloven tot één werkdag vooruit en { $amount }.
       *[other] Je mag beloven tot { $n } werkdagen vooruit en { $amount }.
    }
triage-mandate-days =
    { $n ->
        [one] Je mag beloven tot één werkdag vooruit.
       *[other] Je mag beloven tot { $n } werkdagen vooruit.
    }
triage-mandate-amount = Je mag beloven tot { $amount }.
triage-mandate-none = Je rol heeft geen grenzen.
triage-status-asks = { $status } (iemand boven je beslist)

triage-reason-public = Reden, openbaar
triage-extend = Verleng een termijn
triage-extend-hint = met een openbare reden
triage-extend-none = Er loopt geen termijn die verlengd kan worden. Wat gemist is, blijft gemist.
triage-extend-clock = Welke termijn
triage-extend-option = { $clock }: { $due }
triage-extend-until = Nieuwe datum
triage-extend-reason-hint = De klant leest dit naast de oude datum, die zichtbaar blijft.
triage-extend-rule = Tot 17:00 uur op die dag, hoogstens zo ver vanaf vandaag als de termijn lang is.
triage-extend-go = Verleng
triage-stop = Wacht op de klant
triage-stop-hint = de termijnen staan stil
triage-stop-none = Er loopt geen termijn die stil kan staan.
triage-stop-reason = Wat je van de klant nodig hebt
triage-stop-reason-hint = Openbaar. Vraag één ding dat te beantwoorden is.
triage-stop-rule = Hoogstens { $n } werkdagen in totaal. Ze lopen weer zodra de schrijver iets schrijft.
triage-stop-go = Vraag het en wacht
triage-resume = Laat de termijnen weer lopen
triage-resume-hint = we hebben wat we nodig hebben
triage-resume-go = Laat ze weer lopen
triage-stopped = We wachten op de klant, uiterlijk tot { $until }. We vroegen:

triage-offer-to-me = { $who } biedt je dit bericht aan
triage-offer-until = Zonder antwoord valt het terug op { $until }. Tot je het aanneemt, blijft wie het aanbiedt verantwoordelijk.
triage-accept = Aannemen: het is van mij
triage-decline = Afslaan
triage-decline-note = Waarom niet
triage-handover = Draag over
triage-handover-hint = blijft van jou tot het is aangenomen
triage-handover-not-mine = Alleen de eigenaar kan een bericht aanbieden. Kan die niet, gebruik dan het vak hieronder.
triage-handover-to = Aan wie
triage-handover-reason = Reden
triage-handover-reason-hint = Openbaar, net als de overdracht zelf.
triage-handover-rule = De derde overdracht van een bericht verhoogt het niveau.
triage-handover-go = Bied het aan
triage-offer-open = { $from } bood dit aan { $to } aan. Zonder antwoord valt het terug op { $until }.
triage-assign-rule = Een bericht van iemand overnemen telt als overdracht.

triage-promise = Beloof
triage-promise-hint = met een datum en een tegemoetkoming
triage-promise-what = Wat
triage-promise-what-hint = Zeg wat er gedaan wordt, zodat iedereen kan zien of het gebeurd is.
triage-promise-due = Uiterlijk
triage-promise-accountable = Verantwoordelijk
triage-promise-owner = De eigenaar van het bericht
triage-promise-remedy = Tegemoetkoming
triage-promise-remedy-hint = Wat we schuldig zijn als het niet lukt: één maand gratis.
triage-promise-amount = Bedrag in euro’s
triage-promise-amount-hint = Als de tegemoetkoming geld is, zoals 12,50.
triage-promise-rule = Meteen openbaar. Elke formulering blijft leesbaar.
triage-promise-go = Beloof het
triage-promise-number = Belofte { $n }
triage-promise-note = Wat er gedaan is
triage-promise-keep = Het is gedaan: nagekomen
triage-promise-change = Verander de formulering
triage-promise-change-go = Anders formuleren
triage-promise-withdraw = De belofte terugnemen
triage-promise-withdraw-go = Terugnemen
triage-promise-paid-note = Hoe het is betaald
triage-promise-pay = De tegemoetkoming is betaald
triage-promise-not-mine = Wie verantwoordelijk is, de eigenaar van het bericht en leidinggevenden gaan over deze belofte.

triage-request-answer = Verzoek: een antwoord
triage-request-promise = Verzoek: een belofte
triage-request-open = wacht op een besluit
triage-request-overdue = wacht te lang op een besluit
triage-request-approved = goedgekeurd
triage-request-refused = geweigerd
triage-request-by = Gevraagd door
triage-request-beyond = Buiten het mandaat
triage-request-decides = Beslist
triage-request-lead = Een leidinggevende
triage-request-director = Een directeur
triage-request-due = Beslis uiterlijk
triage-request-note = Reden
triage-beyond-stage = de status
triage-beyond-days = de datum
triage-beyond-amount = het bedrag
triage-approve = Keur goed: publiceer het
triage-refuse = Weiger
triage-refuse-note = Waarom niet

triage-rebuttal = De schrijver antwoordt op de afwijzing
triage-rebuttal-unread = nog niet gelezen
triage-rebuttal-read = gelezen
triage-rebuttal-read-at = Gelezen
triage-rebuttal-rule = Denk je er nu anders over, publiceer dan hieronder een nieuw antwoord: dat telt ook als gelezen.
triage-rebuttal-go = Gelezen, de afwijzing blijft staan

triage-lower = Verlaag het niveau
triage-lower-hint = nu op niveau { $level }
triage-lower-go = Verlaag naar niveau { $to }
triage-provenance = Waar het vandaan komt
triage-provenance-hint = van klanten, al gepland, of beide
triage-provenance-choose = Kies er een
triage-provenance-reason-hint = Nodig als je iets anders zegt dan eerder.
triage-provenance-go = Opslaan
triage-contributors = Wie er meehelpt
triage-contributors-hint = collega’s en partners
triage-contributor-person = Een collega
triage-contributor-partner = Niemand van het team: een partner
triage-contributor-name = Of de naam van een partner
triage-contributor-name-hint = Een bedrijf of iemand van buiten, zoals klanten die kennen.
triage-contributor-task = Wat die doet
triage-contributor-go = Voeg toe
triage-contributor-end = Niet meer
triage-contributor-end-named = { $name } helpt niet meer
triage-contributor-until = tot

away-title = Als ik weg ben
away-hint = Op deze dagen krijg je geen nieuwe berichten.
away-first = Ik ben weg vanaf
away-last = Tot en met
away-go = Noteer het
away-remove = Haal weg
away-remove-named = Haal { $first } tot { $last } weg

done-asked-lead = Voor een besluit naar de leidinggevende gestuurd. Er is nog niets openbaar.
done-asked-director = Voor een besluit naar de directeur gestuurd. Er is nog niets openbaar.
done-extended = De termijn is verlengd, en de schrijver leest waarom.
done-stopped = De termijnen staan stil. De schrijver krijgt de vraag.
done-resumed = De termijnen lopen weer.
done-offered = Aangeboden. Het bericht blijft van jou tot het is aangenomen.
done-accepted = Dit bericht is nu van jou.
done-declined = Afgeslagen. Het bericht blijft waar het was.
done-promised = De belofte is openbaar.
done-promise-kept = De belofte is nagekomen.
done-promise-changed = De belofte heeft een nieuwe formulering.
done-promise-withdrawn = De belofte is teruggenomen.
done-promise-paid = De tegemoetkoming staat als betaald genoteerd.
done-approved = Goedgekeurd. Het is nu openbaar.
done-refused = Geweigerd. Wie het vroeg, leest waarom.
done-lowered = Het niveau is verlaagd.
done-provenance = Waar het vandaan komt, is genoteerd.
done-contributor = Wie meehelpt, is genoemd.
done-contributor-ended = Genoteerd dat die niet meer helpt.
done-rebuttal-read = Genoteerd dat het weerwoord is gelezen. De afwijzing blijft staan.
done-away = Genoteerd. Berichten gaan op deze dagen naar iemand anders.
done-back = Weggehaald. Je krijgt op deze dagen weer berichten.
