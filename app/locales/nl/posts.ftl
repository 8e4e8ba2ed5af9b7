# Berichten: de lijst, een bericht, stemmen, reacties, antwoorden, termijnen, het formulier voor een nieuw bericht, de planning.

hero = Jij zegt het. Wij antwoorden in het openbaar, en op tijd.
hero-about = Hier luistert { $site } naar haar klanten: zeg wat beter moet, en lees wat ermee gebeurt.
hero-say = Wat moet er beter?
hero-say-placeholder = In één regel: wat het is en wat er gebeurt
hero-say-go = Zeg het
hero-say-due = Een idee van nu is beantwoord vóór { $due }.
hero-in-time = op tijd beantwoord
hero-in-time-title = Eerste antwoorden van de afgelopen 90 dagen die op tijd kwamen
hero-no-figures = nog geen cijfers
hero-waiting = wachten op antwoord
hero-delivered = geleverd dankzij jullie

list-heading = Ideeën, wensen, klachten en kritiek
list-title-new = Nieuwe berichten
list-title-top = Berichten met de meeste steun
list-title-waiting = Berichten die op antwoord wachten
list-title-delivered = Geleverde berichten
list-title-filtered = Berichten: { $what }
list-description = Wat klanten van { $site } voorstellen, missen en anders willen, en wat { $site } ermee doet: elk met een eigenaar, een termijn en een openbaar antwoord.
list-description-filtered = { $what }: { $total } van klanten van { $site }, elk met een eigenaar, een termijn en een openbaar antwoord.
list-total =
    { $n ->
        [0] Geen berichten
        [one] Eén bericht
       *[other] { $count } berichten
    }
list-total-part = Meer dan { $count } berichten
list-how-we-sort = Hoe we sorteren (formule v{ $version })
list-clear = Zoekwoorden en filters wissen
list-board-closed = Dit onderwerp is gesloten: het neemt geen nieuwe berichten aan. Wat er staat wordt beantwoord als altijd.
list-quoted = ‘{ $q }’
list-unknown = iets wat hier niet is

kinds-idea = Ideeën
kinds-wish = Wensen
kinds-complaint = Klachten
kinds-criticism = Kritiek

sort-label = Volgorde
sort-fit = Beste treffer
sort-trending = In trek
sort-new = Nieuw
sort-top = Meeste steun
sort-waiting = Wacht op antwoord
sort-delivered = Geleverd

search-label = Zoek in berichten en reacties
search-placeholder = Zoek in { $count } berichten
search-go = Zoek
filter-open = Filter
filter-open-set = Filter ({ $n })
filter-close = Sluit filters
filter-go = Toon
filter-board = Onderwerp
filter-board-any = Alle onderwerpen
filter-kind = Soort
filter-kind-any = Alle soorten
filter-status = Status
filter-status-any = Alles behalve gearchiveerd
filter-tag = Label
filter-tag-any = Elk label

found-fewer = Geen bericht heeft al deze woorden. Deze hebben er een paar van.
found-some =
    { $n ->
        [one] Eén bericht heeft al deze woorden; de andere hebben er een paar van.
       *[other] { $n } berichten hebben al deze woorden; de andere hebben er een paar van.
    }
found-spellings = Ook gezocht:

empty-title = Nog geen berichten
empty-text = Het eerste krijgt een eigenaar, een termijn en een openbaar antwoord, net als elk ander.
empty-search-title = Niets gevonden
empty-search-text = Misschien zeg jij het als eerste. Probeer minder woorden, of dien het in.
empty-waiting-title = Niemand wacht
empty-waiting-text = Elk bericht heeft zijn eerste antwoord.
empty-delivered-title = Nog niets geleverd
empty-delivered-text = Wat klanten bereikt dankzij een bericht, staat straks hier.

side-started = Nu mee bezig
side-delivered = Net geleverd
side-all = Alle
side-confirmed = Klanten hebben het bevestigd.
side-unconfirmed = Nog niet door klanten bevestigd.
side-unseen = Nieuw en ongezien
side-unseen-text = Hierop heeft nog niemand gestemd.

pager-label = Pagina's
pager-newer = Nieuwer
pager-older = Ouder

row-number = Nr. { $number }
row-in-comment = In een reactie:
row-last-word = Het laatste antwoord:
row-level = Niveau { $n }
row-private = Besloten onderwerp
row-comments =
    { $n ->
        [one] reactie op nummer { $number }
       *[other] reacties op nummer { $number }
    }

owner-label = Eigenaar:{" "}
owner-none = Nog geen eigenaar
owner-unnamed = Team { $site }
owner-title = Eigenaar
owner-duty = Staat in voor dit bericht tot het bevestigd of afgewezen is.
owner-none-yet =
    { $n ->
        [one] Nog niemand. Elk bericht krijgt binnen één werkdag een eigenaar.
       *[other] Nog niemand. Elk bericht krijgt binnen { $n } werkdagen een eigenaar.
    }
owner-none-imported = Nog niemand: dit bericht kwam van elders. Wie het als eerste beantwoordt, is eigenaar.
owner-trace-received = Ontvangen
owner-trace-taken = Opgepakt door { $who }
owner-trace-assigned = Volgens de regel toegewezen aan { $who }
owner-trace-given = Overgedragen aan { $who }

clock-stopped =
    { $n ->
        [0] Wacht op de klant, tot vandaag
        [one] Wacht op de klant, tot morgen
       *[other] Wacht op de klant, hoogstens tot { $day }
    }
clock-first-answer = Eerste antwoord
clock-first-answer-due =
    { $n ->
        [0] Eerste antwoord vandaag vóór { $time }
        [one] Eerste antwoord morgen vóór { $time }
       *[other] Eerste antwoord uiterlijk { $day }
    }
clock-first-answer-over =
    { $n ->
        [0] Eerste antwoord te laat sinds { $since }
        [one] Eerste antwoord 1 werkdag te laat
       *[other] Eerste antwoord { $n } werkdagen te laat
    }
clock-first-answer-met = Eerste antwoord op tijd
clock-first-answer-late =
    { $n ->
        [0] Eerste antwoord kwam dezelfde dag te laat
        [one] Eerste antwoord kwam 1 werkdag te laat
       *[other] Eerste antwoord kwam { $n } werkdagen te laat
    }
clock-next-update = Volgende update
clock-next-update-due =
    { $n ->
        [0] Volgende update vandaag vóór { $time }
        [one] Volgende update morgen vóór { $time }
       *[other] Volgende update uiterlijk { $day }
    }
clock-next-update-over =
    { $n ->
        [0] Update te laat sinds { $since }
        [one] Update 1 werkdag te laat
       *[other] Update { $n } werkdagen te laat
    }
clock-next-update-met = Laatste update op tijd
clock-next-update-late =
    { $n ->
        [0] Laatste update kwam dezelfde dag te laat
        [one] Laatste update kwam 1 werkdag te laat
       *[other] Laatste update kwam { $n } werkdagen te laat
    }
clock-decision = Besluit
clock-decision-due =
    { $n ->
        [0] Besluit vandaag vóór { $time }
        [one] Besluit morgen vóór { $time }
       *[other] Besluit uiterlijk { $day }
    }
clock-decision-over =
    { $n ->
        [0] Besluit te laat sinds { $since }
        [one] Besluit 1 werkdag te laat
       *[other] Besluit { $n } werkdagen te laat
    }
clock-decision-met = Op tijd besloten
clock-decision-late =
    { $n ->
        [0] Dezelfde dag te laat besloten
        [one] 1 werkdag te laat besloten
       *[other] { $n } werkdagen te laat besloten
    }
clocks-title = Termijnen
clocks-how = Hoe ze lopen
clocks-earlier = Eerder gemist: { $n }
clocks-none = Er lopen geen termijnen: dit bericht kwam van elders. Ze beginnen zodra het team het oppakt.

vote-support = Steun
vote-me-too = Ik ook
vote-oppose = Tegen
vote-support-word = steun
vote-me-too-word = ik ook
vote-voted-word = gestemd
vote-against = { $n } tegen
vote-on-number = bij nummer { $number }
vote-failed = Je stem is niet aangekomen en telt niet. Probeer het zo nog eens.
vote-note = Voor en tegen worden apart geteld. Wie tegen is, zegt waarom.
vote-note-complaint = Een klacht is gebeurd: je kunt hem delen, niet tegenspreken.
vote-read-reasons = Lees de redenen tegen
vote-why = Waarom ben je tegen?
vote-why-hint = Staat er met je naam bij. 10 tot 500 tekens.
vote-oppose-with = Tegen, om deze reden
vote-oppose-change = Wijzig mijn reden
vote-withdraw = Mijn stem intrekken
votes-label = Stemmen

rail-step = Stap { $n } van { $of }
rail-label = Voortgang: { $place }

answer-what = Wat
answer-who = Wie
answer-by-when = Wanneer
answer-next-update = Volgende update
answer-next-update-on = Volgende update { $day }
answer-reason = Reden
answer-future = En daarna
answer-look-again = We kijken opnieuw op
answer-again-on = Opnieuw bekeken op { $day }
answer-final = Dit is definitief.
answer-from = , daarvoor: { $status }
answer-automatic = Automatisch
answer-late =
    { $n ->
        [0] Dit antwoord kwam na het uur waarop het moest, op { $day }.
        [one] Dit antwoord kwam 1 werkdag te laat. Het moest er zijn op { $day }.
       *[other] Dit antwoord kwam { $n } werkdagen te laat. Het moest er zijn op { $day }.
    }
answer-receipt = Dit bericht heeft nummer { $number }. Het eerste antwoord moet er zijn vóór { $due }.
answer-receipt-imported = Dit bericht kwam van elders en heeft nummer { $number }. Er lopen geen termijnen tot het team het oppakt.
answer-receipt-plain = Dit bericht heeft nummer { $number }.

reason-exists = Het is er al
reason-cost = Kosten
reason-law = De wet
reason-safety = Veiligheid
reason-strategy = Niet waar we heen willen
reason-infeasible = Het kan niet
reason-duplicate = Het is al eerder gevraagd

crumbs-label = Kruimelpad
post-description = { $kind }, { $status }: { $excerpt }
post-the-idea = Het idee
post-the-wish = De wens
post-the-complaint = De klacht
post-the-criticism = De kritiek
post-edit = Bewerk
post-edited = Bewerkt op
post-versions =
    { $n ->
        [one] De ene versie
       *[other] Alle { $n } versies
    }
post-tags = Labels
post-answers = Wat { $site } doet
post-staff-label = Voor het team
post-staff-text = Je kunt dit bericht beantwoorden, toewijzen en de status bepalen.
post-staff-answer = Dit bericht beantwoorden
post-on-this-page = Op deze pagina

facts-title = Feiten
fact-posted = Geplaatst
fact-number = Nummer
fact-board = Onderwerp
fact-versions = Tekst
fact-version = Versie { $n }
fact-origin = Herkomst
fact-origin-here = Hier geplaatst
fact-origin-imported = Van elders overgenomen
fact-address = Korte link

against-title =
    { $n ->
        [one] Eén persoon is tegen
       *[other] { $count } mensen zijn tegen
    }
against-all = Toon alle redenen
against-without =
    { $n ->
        [one] Eén stem tegen is zonder reden overgenomen.
       *[other] { $count } stemmen tegen zijn zonder reden overgenomen.
    }

comments-title =
    { $n ->
        [0] Reacties
        [one] Eén reactie
       *[other] { $count } reacties
    }
comments-none = Nog niemand heeft gereageerd.
comments-first = Naar de eerste reacties
comments-later = Latere reacties
comment-label = Je reactie
comment-placeholder = Voeg een feit, een voorbeeld of een vraag toe
comment-mention-hint = Roep iemand met @ en de naam op hun pagina: medewerkers overal, anderen waar zij schreven.
comment-mention-who = Wie je hier kunt roepen
comment-post = Reactie plaatsen
comment-staff = { $site } reageert
comment-edited = bewerkt
comment-reply = Reageer
comment-reply-to = in antwoord op { $who }
comment-reply-label = Je antwoord aan { $who }
comment-reply-post = Reactie plaatsen
comment-of-nobody = een ingetrokken reactie
comment-edit = Bewerk
comment-edit-title = Bewerk je reactie
comment-edit-title-staff = Bewerk een reactie
comment-edit-lede-staff = Je bewerkt de reactie van iemand anders. De regel en de reden die je noemt, staan er in het openbaar onder. De schrijver krijgt bericht en kan bezwaar maken, en de oude tekst blijft leesbaar.
comment-remove = Intrekken
comment-remove-text = De tekst verdwijnt, met alle versies. Een markering en de antwoorden blijven staan.
comment-remove-yes = Mijn reactie intrekken
comment-removed = Hier stond een reactie. De schrijver trok haar in op

similar-count =
    { $n ->
        [one] Eén bericht dat erop lijkt
       *[other] { $n } berichten die erop lijken
    }
similar-title = Is het een van deze? Voeg dan je stem toe.
similar-see-how = Bekijk hoe
similar-vote = Voeg mijn stem toe
similar-voted = Je stem telt
similar-support =
    { $n ->
        [one] Eén steunt dit
       *[other] { $count } steunen dit
    }
similar-me-too =
    { $n ->
        [one] Eén persoon heeft dit
       *[other] { $count } mensen hebben dit
    }

preview = Voorbeeld
preview-label = Zo komt het eruit te zien
preview-empty = Er is nog niets te zien.
preview-failed = Het voorbeeld kwam niet. Je tekst staat er nog.

new-title = Dien iets in
new-heading = Wat moeten we horen?
new-lede = Het verschijnt in het openbaar. Een eigenaar antwoordt voordat de termijn hieronder om is.
new-kind = Wat is het?
new-kind-idea = Een manier om het beter te doen, uitgewerkt of half.
new-kind-wish = Iets wat ik mis. Hoe je het doet, mag je zelf weten.
new-kind-complaint = Er is iets stuk of misgegaan, bij mij.
new-kind-criticism = Ik ben het oneens met een keuze van jullie.
new-kind-clock =
    { $n ->
        [one] Antwoord binnen 1 werkdag
       *[other] Antwoord binnen { $n } werkdagen
    }
new-line = In één regel
new-line-hint = Noem het ding en wat er gebeurt. ‘Tv hapert om acht uur’ werkt beter dan ‘Slechte service’.
new-body = Wat is er gebeurd, of wat moet er gebeuren?
new-body-hint = Wanneer, waar, hoe vaak. Laat namen en nummers van anderen weg. **vet**, *schuin*, - lijstjes en [links](https://example.com) werken.
new-board = Onderwerp
new-board-choose = Kies een onderwerp
new-tags = Labels
new-tags-hint = Hoogstens { $n }, met komma's ertussen.
new-publish = Plaatsen
new-anyway = Toch plaatsen
new-similar-title = Er zijn berichten die bijna hetzelfde zeggen.
new-similar-text = Een stem voor een daarvan helpt meer dan een tweede bericht. Is het jouwe iets anders? Plaats het dan toch; er is niets weg.
new-first-answer = Eerste antwoord vóór { $due }
new-afterwards = Daarna kun je het nog bewerken; eerdere versies blijven leesbaar.

next-title = Wat er nu gebeurt
next-today = Vandaag, { $day }
next-today-text = Het krijgt een nummer en staat in het openbaar.
next-before = Vóór { $due }
next-first-text = Eerste antwoord van een eigenaar. Komt het te laat, dan staat dat in het rood bij het bericht.
next-decision-text = Een besluit: gepland, geleverd, of afgewezen met een reden.
next-end = Aan het eind
next-end-text = Wij zeggen dat het geleverd is; jij en wie het steunt, zeggen of dat klopt.
next-note = Werkdagen; weekenden en feestdagen tellen niet mee.

edit-title = Bewerk nummer { $number }
edit-lede = De huidige tekst blijft leesbaar bij de versies.
edit-lede-staff = Je bewerkt het bericht van iemand anders. De regel en de reden die je noemt, staan in het openbaar bij de nieuwe versie, en de oude blijft leesbaar.
edit-body = De tekst
edit-hint = De huidige tekst blijft leesbaar.
edit-rule = Huisregel
edit-rule-choose = Kies de regel die erom vraagt
edit-reason = Reden
edit-reason-hint = Staat in het openbaar. 10 tot 500 tekens.
edit-difference = Van hoe het nu is naar wat jij schreef
edit-save = Opslaan
edit-cancel = Annuleren

versions-title = Versies van nummer { $number }
versions-title-comment = Versies van een reactie
versions-lede = Doorgestreept is wat weg is, onderstreept is wat erbij kwam.
versions-version = Versie { $n }
versions-total =
    { $n ->
        [one] Eén versie
       *[other] { $n } versies
    }
versions-file-gone = Een bestand is door de auteur weggehaald.
versions-rule = Huisregel { $number }:
versions-reason = Reden:

roadmap-title-of = Planning: { $board }
roadmap-lede = Wat we hebben opgepakt, wie ervoor instaat, en wanneer je meer hoort.
roadmap-description = Wat { $site } plant, maakt en leverde dankzij klanten: met eigenaar en de datum van de volgende update.
roadmap-jump = Kolommen
roadmap-about-planned = Besloten, met mensen en een datum voor het volgende bericht.
roadmap-about-started = Er wordt vandaag aan gewerkt.
roadmap-about-delivered = Geleverd, zegt het bedrijf. Klanten hebben het nog niet bevestigd.
roadmap-about-confirmed = Klanten zeggen dat het werkt.
roadmap-none = Hier staat nu niets.
roadmap-since = Sinds
roadmap-kinds = Ideeën en wensen
roadmap-promised = beloofd voor { $day }
roadmap-columns = Alle kolommen
roadmap-all = Alle { $count }

done-edited = De nieuwe tekst staat er; de oude vind je bij de versies.
done-voted = Je stem telt.

# meteen na het plaatsen
posted-title = Nummer { $number }
posted-owner = { $owner }, antwoordt vóór { $due }.
posted-site = { $site } antwoordt vóór { $due }.
posted-link = Link om te kopiëren
posted-calendar = In mijn agenda zetten
posted-event = Antwoord verwacht: { $title }

## Wat er gebeurde sinds iemand hier was

since-title = Sinds je hier was
since-answered = Beantwoord:
since-delivered = Geleverd:
since-yes = Ja
since-no = Nee
since-all = Alles, in mijn dossier
since-seen = Gezien
