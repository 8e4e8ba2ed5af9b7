# De instellingen van de site.

admin-title = Beheer
admin-text = Wat je hier verandert, geldt vanaf het volgende moment. Termijnen die al lopen, houden hun datum.
admin-save = Opslaan
admin-add = Voeg toe
admin-remove = Haal weg
admin-remove-named = Haal { $name } weg

admin-changed = Iemand anders heeft dit gewijzigd sinds je het opende. Wat je typte staat er nog: sla nog eens op om het zo te laten worden.
admin-name = Naam
admin-name-hint = Staat overal waar een taal geen eigen naam heeft.
admin-slug = Korte naam
admin-slug-hint = Voor adressen: a tot z, 0 tot 9 en streepjes. Laat je dit open, dan wordt hij van de naam gemaakt.
admin-order = Volgorde
admin-up = { $name }: een plaats omhoog
admin-down = { $name }: een plaats omlaag

admin-boards-title = Onderwerpen
admin-boards-lede = Waar berichten bij horen: hoe onderwerpen heten, wie ze ziet en in welke volgorde ze staan.
admin-boards-none = Er is nog geen onderwerp. Zodra er een is, kunnen er berichten komen.
admin-boards-order = In deze volgorde kiezen mensen eruit.
admin-board-make = Een nieuw onderwerp
admin-board-go = Onderwerp maken
admin-board-description = Wat hier hoort
admin-board-description-hint = Eén zin; die staat boven de berichten van het onderwerp.
admin-board-private = Besloten: alleen medewerkers en de groepen die je aanvinkt zien het
admin-board-groups = Groepen die het zien
admin-board-groups-hint = Ze tellen zolang het onderwerp besloten is.
admin-board-closed = Gesloten: het neemt geen nieuwe berichten aan
admin-board-closed-hint = De berichten die er zijn blijven, en worden beantwoord als altijd.
admin-board-is-public = Openbaar
admin-board-is-private = Besloten
admin-board-is-closed = Gesloten
admin-groups = Groepen
admin-groups-text = Een besloten onderwerp is open voor groepen mensen. Wie erbij hoort stel je daar in, of bij elke persoon.
admin-group-go = Groep maken
admin-group-members = Wie erbij hoort
admin-group-none = Er hoort nog niemand bij.
admin-group-add = Voeg iemand toe
admin-group-add-hint = Het e-mailadres, of de naam aan het eind van het adres van de pagina van die persoon.

admin-statuses = Statussen
admin-statuses-text = Waar een bericht kan staan, in jullie woorden. Wat een status betekent is haar fase, en die ligt vast.
admin-status-make = Een nieuwe status
admin-status-go = Status maken
admin-status-stage-hint = Wat ze betekent; dat is later niet te wijzigen.
admin-colour-of-stage = Zoals haar fase
hue-accent = Accentkleur van de site
hue-blue = Blauw
hue-violet = Paars
hue-plum = Pruim
hue-brown = Bruin
hue-green = Groen
hue-grey = Grijs

admin-tags = Labels
admin-tags-text = Wie iets plaatst maakt labels. Hier bied je ze aan, geef je ze een andere naam, en voeg je ze samen als twee hetzelfde betekenen.
admin-tags-find = Label zoeken
admin-tags-none = Zo'n label is er niet.
admin-tag-posts =
    { $n ->
        [one] 1 bericht
       *[other] { $n } berichten
    }
admin-tag-offered = aangeboden
admin-tag-offer = Aanbieden
admin-tag-stop = Niet meer aanbieden
admin-tag-merge = Samenvoegen met
admin-tag-merge-hint = De berichten krijgen het andere label, en wie dit typt ook. Dit is niet terug te draaien.
admin-tag-merge-go = Samenvoegen
admin-tag-choose = Kies een label
admin-tags-merged = Samengevoegd
admin-tag-became = { $name } werd { $into }
admin-tag-make = Een nieuw label
admin-tag-make-text = Het wordt vanaf nu aangeboden, of een bericht het nu heeft of niet.
admin-tag-go = Label aanbieden

admin-people = Mensen
admin-people-text = Iedereen met een account: wie ze hier zijn en wat ze mogen. Collega's nodig je uit per mail.
admin-people-find = Naam of e-mailadres
admin-people-all = Alle rollen
admin-people-role = Rol
admin-people-seen = Laatst gezien
admin-people-not-seen = niet ingelogd
admin-people-unreached = Mail komt er niet aan sinds
admin-people-no-email = geen
admin-people-none = Zo heet hier niemand.
admin-people-total =
    { $n ->
        [one] 1 persoon
       *[other] { $count } mensen
    }
admin-person-since = Sinds
admin-person-profile = Profiel
admin-person-role-hint = Met een lagere rol worden ze overal uitgelogd, eindigen hun tokens en gaan hun berichten naar anderen.
admin-person-title = Functie
admin-person-title-hint = Staat in het openbaar bij hun naam: producteigenaar, Verhuizen.
admin-person-groups = Hoort bij
admin-invite = Een collega uitnodigen
admin-invite-text = Die krijgt een mail met een link die één keer werkt, een week lang. Pas dan kiest die een naam en een wachtwoord.
admin-invite-go = Uitnodiging sturen
admin-invite-until = tot
admin-invite-take-back = Intrekken
admin-invite-take-back-named = De uitnodiging aan { $email } intrekken

admin-site = Naam en kleuren
admin-site-text = Hoe de site heet, wie jullie zijn, jullie kleur, en de talen waarin mensen hem lezen.
admin-about-h = Wie jullie zijn
admin-about-text = Eén zin boven de lijst op de eerste pagina: wie “wij” zijn, en wat dit is.
admin-about = Zin ({ $language })
admin-about-hint = Bijvoorbeeld: { $example }
admin-accent-h = Kleur
admin-accent-text = Links, knoppen en stemmen hebben haar. Wat erbij hoort, ook op donkere schermen, wordt zo berekend dat alles te lezen is.
admin-accent-own = Een eigen kleur
admin-accent-hint = Zes cijfers, zoals #0b5f70. Ze telt zolang het vakje hierboven aanstaat.
admin-languages = Aangeboden
admin-site-zone = De tijdzone en jullie werkdagen staan onder

admin-rules = Huisregels
admin-rules-text = Weinig regels, met nummers: elke ingreep noemt er een. Mensen lezen ze op /rules.
admin-rule-make = Een nieuwe regel
admin-rule-go = Regel toevoegen
admin-rule-withdraw = Intrekken
admin-rule-restore = Weer laten gelden
admin-rule-withdrawn = ingetrokken

admin-start = Het eerste uur
admin-start-text = Wat een site nodig heeft voor hij opengaat. Alles mag ook later: het blijft onder Beheer staan.
admin-start-when = Waar jullie zijn
admin-start-boards = Waar berichten bij horen
admin-start-boards-hint = Een onderwerp per regel, zoals Rekeningen of Verhuizen.
admin-start-colleagues-h = Collega's
admin-start-colleagues = Hun e-mailadressen, een per regel
admin-start-role = Wat ze worden
admin-start-go = Bewaren en verder
admin-start-skip = Nu overslaan
admin-left = Voor je opengaat
admin-left-go = Doe het op één pagina
admin-left-about = Zeg wie jullie zijn, in één zin
admin-left-boards = Maak een onderwerp
admin-left-colleagues = Nodig een collega uit
admin-left-desks = Zeg wie antwoordt
admin-left-done = gedaan
admin-left-open = te doen

admin-calendar = Kalender
admin-calendar-text = Termijnen tellen werkdagen en eindigen om 17:00 uur. Hier staat welke dagen dat zijn, en waar.
admin-time-zone = Tijdzone
admin-time-zone-hint = Een naam van de IANA-lijst, zoals Europe/Amsterdam. Termijnen die al lopen houden hun moment; het uur wordt getoond zoals het hier is.
admin-work-week = Dagen waarop je werkt
admin-holidays = Nederlandse feestdagen zijn vrij
admin-worked = Feestdagen waarop je toch werkt
admin-worked-hint = Kruis een feestdag aan om er een werkdag van te maken. Is die dag van de week vrij, dan blijft hij dat.
admin-off = Eigen vrije dagen
admin-off-text = Termijnen die al lopen houden hun moment, ook als dat op zo'n dag valt.
admin-off-none = Nog geen.
admin-off-day = Dag
admin-off-name = Wat het is
admin-off-add = Voeg deze dag toe

admin-clocks = Termijnen
admin-clocks-text = Hoe lang een klant hoogstens wacht, per soort bericht, en bij welke onderwerpen dat anders is.
admin-complaints = Klachten
admin-ideas = Ideeën, wensen en kritiek
admin-working-days = In werkdagen, van 1 tot en met 260.
admin-first-answer = Eerste antwoord
admin-decision = Besluit
admin-next-update = Volgende update, hoogstens
admin-triage-days = Eigenaar binnen
admin-triage-days-hint = Werkdagen waarna een bericht zonder eigenaar er een krijgt.
admin-target = Op tijd, in procenten
admin-target-hint = Waar je op mikt; staat als streep in het scorebord.
admin-clocks-rule = Het niveau verkort ze: de helft op niveau 2, één dag op niveau 3.
admin-boards = Onderwerpen met eigen termijnen
admin-boards-text = Laat alle drie van een soort leeg, dan gelden de termijnen van de site.
admin-as-site = Leeg: als de site, { $first }, { $decision } en { $next } werkdagen.
admin-board-own = heeft eigen termijnen
admin-board-site = als de site

admin-mandates = Mandaten
admin-mandates-text = Wat medewerkers en leidinggevenden mogen zonder te vragen. Directeuren en beheerders hebben geen grenzen.
admin-mandates-rule = Wat daarbuiten valt, wordt een verzoek, waarover iemand erboven binnen twee werkdagen beslist.
admin-mandate-days = Vooruit beloven, in werkdagen
admin-mandate-days-hint = Leeg: zonder grens.
admin-mandate-euros = Tegemoetkoming, in euro’s
admin-mandate-euros-hint = Per belofte. Leeg: zonder grens.
admin-mandate-stages = Statussen waarover iemand erboven beslist

admin-teams = Teams
admin-teams-text = Wie het werk deelt, wie instaat voor welk onderwerp, en wie er weg is.
admin-teams-none = Nog geen team.
admin-team-make = Een nieuw team
admin-team-name = Naam
admin-team-slug = Korte naam
admin-team-slug-hint = Voor adressen en de API: a tot z, 0 tot 9 en streepjes.
admin-team-go = Team maken
admin-team-add = Voeg iemand van het team toe
admin-team-members =
    { $n ->
        [0] nog niemand
        [one] één persoon
       *[other] { $n } personen
    }
admin-desks = Wie waarvoor instaat
admin-desks-text = Nieuwe berichten gaan naar niveau 1. In een team gaat het om de beurt: wie het langst geleden iets kreeg, is aan de beurt, en wie weg is, wordt overgeslagen.
admin-desk-others = Alle andere onderwerpen
admin-desk-as-others = Als alle andere onderwerpen
admin-desk-nobody = Niemand in het bijzonder: naar rol
admin-desk-team = Team { $name }
admin-desk-level = Niveau { $n }: { $name }
admin-absences = Afwezigheid
admin-absences-text = Op deze dagen krijgt iemand geen nieuwe berichten. Medewerkers noteren hun eigen dagen onder de wachtrij.
admin-absences-none = Niemand is weg.
admin-absence-who = Wie
admin-absence-first = Weg vanaf

admin-pledges = Toezeggingen
admin-pledges-text = Beloften aan iedereen met een bericht dat eronder valt. Ze maken de belofte vanzelf zodra zo’n bericht binnenkomt.
admin-pledges-none = Er is nog niets toegezegd.
admin-pledge-make = Een nieuwe toezegging
admin-pledge-what = Wat je belooft
admin-pledge-what-hint = Zoals de klant het leest: je klacht is binnen een week opgelost.
admin-pledge-kind = Welke berichten
admin-pledge-board = Bij welk onderwerp
admin-pledge-all-kinds = Alle soorten
admin-pledge-all-boards = Alle onderwerpen
admin-pledge-days = Binnen werkdagen
admin-pledge-within =
    { $n ->
        [one] binnen één werkdag
       *[other] binnen { $n } werkdagen
    }
admin-pledge-remedy = Tegemoetkoming
admin-pledge-remedy-hint = Wat je schuldig bent als het niet lukt: één maand gratis.
admin-pledge-else = Zo niet:
admin-pledge-rule = Geldt vanaf het volgende bericht, en is nagekomen als een bericht op tijd geleverd is.
admin-pledge-go = Zeg het toe
admin-pledge-end = Beëindig
admin-pledge-end-named = Beëindig: { $what }
admin-pledge-ended = beëindigd

done-settings = Opgeslagen.
done-day-off = De vrije dag is genoteerd.
done-day-off-removed = De vrije dag is weggehaald.
done-invited = De uitnodiging is onderweg.
done-started = Bewaard. Wat je openliet staat hieronder.
done-pledged = Toegezegd, vanaf het volgende bericht.
done-pledge-ended = De toezegging is beëindigd. De beloften die eruit kwamen, blijven staan.
