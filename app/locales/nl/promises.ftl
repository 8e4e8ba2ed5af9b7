# Beloftes, en de pagina waarop klanten zeggen of het is opgelost.

promise-number = Belofte { $n }
promise-made = gedaan op
promise-version = Versie { $n }
promise-by-pledge = Vanzelf gedaan, door een vaste belofte
promise-accountable = Verantwoordelijk
promise-if-missed = Halen we het niet
promise-remedy = Vergoeding
promise-no-remedy = Daarvoor is niets beloofd
promise-owed = Verschuldigd:
promise-paid = betaald op
promise-why-withdrawn = Waarom ze is ingetrokken
promise-kept-note = Wat erbij is gezegd
promise-days-left =
    { $n ->
        [0] laatste dag
        [one] dag over
       *[other] dagen over
    }
promise-open =
    { $n ->
        [0] Open, moet vandaag
        [one] Open, moet morgen
       *[other] Open, nog { $n } dagen
    }
promise-kept-on = Nagekomen op { $day }
promise-broken-on = Gebroken op { $day }
promise-withdrawn-on = Ingetrokken op { $day }
promise-on-post = Gedaan bij
promise-description = ‘{ $what }’, uiterlijk { $due }: of het is nagekomen, en wat we anders schuldig zijn.
promise-history = Wat er gebeurde
promise-wordings = Versies
promise-did-make = Beloofd
promise-did-pledge = Vanzelf gedaan toen het bericht binnenkwam, door een vaste belofte
promise-did-change = Gewijzigd: versie { $n }
promise-did-keep = Nagekomen
promise-did-withdraw = Ingetrokken
promise-did-break = Gebroken: de dag ging voorbij en niemand zei dat het gedaan was. We zijn de vergoeding schuldig.
promise-did-break-no-remedy = Gebroken: de dag ging voorbij en niemand zei dat het gedaan was.
promise-did-pay = De vergoeding is betaald

promises-lede = Wat { $site } aan wie heeft beloofd, voor wanneer, en wat het schuldig is als het dat niet doet. Een gemiste datum breekt een belofte vanzelf; niemand kan dat wegdrukken.
promises-kept = nagekomen
promises-broken = gebroken
promises-open = open
promises-withdrawn = ingetrokken
promises-owed = vergoedingen verschuldigd
promises-paid = vergoedingen betaald
promises-all = Belofte voor belofte
promises-by-state = Naar stand
promises-chip-all = Alle
promises-chip-open = Open
promises-chip-kept = Nagekomen
promises-chip-broken = Gebroken
promises-chip-withdrawn = Ingetrokken
promises-chip-owed = Vergoeding verschuldigd
promises-total =
    { $n ->
        [0] Geen beloftes
        [one] Eén belofte
       *[other] { $count } beloftes
    }
promises-caption = De nieuwste eerst.
promises-col-promise = Belofte
promises-col-state = Stand
promises-none = Er is nog niets beloofd
promises-none-text = De eerste belofte die het bedrijf bij een bericht doet, staat hier, met de datum en wat het anders schuldig is.
promises-none-found = Zo'n belofte is er niet
promises-none-found-text = Er is er geen die zo staat. Alle beloftes vind je met één klik hierboven.
pledges-title = Wat we iedereen beloven
pledges-text = Een vaste belofte wordt vanzelf gedaan bij elk bericht waarvoor ze geldt, zodra het binnenkomt.
pledge-covers = Geldt voor
pledge-any-kind = Alle soorten
pledge-since = Sinds
pledge-days =
    { $n ->
        [one] Eén werkdag nadat het bericht binnenkwam
       *[other] { $n } werkdagen nadat het bericht binnenkwam
    }

check-confirmed =
    { $n ->
        [one] Bevestigd door de ene klant die antwoordde
       *[other] Bevestigd door { $percent } % van { $count }
    }
check-open = { $yes } van { $count } zeiden tot nu toe ja. Het sluit op { $day }.
check-open-none =
    { $n ->
        [one] Eén klant wordt gevraagd of het echt is opgelost, tot { $day }. Nog geen antwoord.
       *[other] { $count } klanten worden gevraagd of het echt is opgelost, tot { $day }. Nog geen antwoord.
    }
check-unconfirmed =
    { $n ->
        [one] Geleverd, niet bevestigd: de ene die gevraagd is, antwoordde niet
       *[other] Geleverd, niet bevestigd: van de { $count } die gevraagd zijn, antwoordde niemand
    }
check-reopened = Teruggestuurd: { $yes } van { $count } zeiden dat het was opgelost

ask-more = { $n ->
    [one] en nog één vraag
   *[other] en nog { $n } vragen
 }
ask-title = Is het echt opgelost?
ask-text = { $site } zegt dat dit geleverd is. Jij schreef of steunt het, dus jouw woord telt.
ask-text-again = Vier weken geleden zei { $site } dat dit geleverd was. Is het voor jou nog steeds opgelost?
ask-what = Wat { $site } zegt gedaan te hebben
ask-note = Wil je er iets bij zeggen
ask-note-hint = Alleen het team leest het, met je naam.
ask-yes = Ja, het is opgelost
ask-no = Nee, het is niet opgelost
ask-effect = Zegt de schrijver nee, of zegt minder dan de helft ja, dan gaat het terug naar uitvoering, een niveau hoger.
ask-said-yes = Je zei: ja, het is opgelost
ask-said-no = Je zei: nee, het is niet opgelost
ask-thanks = Dank je. Iedereen kan zien hoeveel mensen wat zeiden; wie het zei, ziet alleen het team.
ask-said-closed = Dank je. Het antwoorden is nu gesloten.
ask-change = Verander mijn antwoord
ask-change-until = Je kunt het veranderen tot { $day }.
ask-closed-title = Deze vraag is gesloten
ask-closed-text = Wat klanten zeiden is geteld, of het bedrijf heeft sindsdien opnieuw geantwoord. Op de pagina van het bericht zie je hoe het ervoor staat.
ask-to-post = Naar het bericht
ask-dead-text = Deze link heeft nooit bestaan, of in een nieuwere mail staat een andere. Heb je een account, dan staat elke open vraag in je dossier.
ask-dead-me = Naar mijn dossier
me-asks = Het bedrijf zegt dat deze geleverd zijn. Jij schreef of steunt ze: zeg of het klopt.
remarks-title =
    { $n ->
        [one] Wat één klant bij het antwoord schreef
       *[other] Wat { $n } klanten bij hun antwoord schreven
    }
remark-yes = ja, opgelost
remark-no = nee, niet opgelost
