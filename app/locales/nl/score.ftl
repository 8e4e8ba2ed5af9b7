# The scoreboard.

score-title = Verantwoording
score-description = Of { $site } doet wat het zegt: op tijd beantwoord, beloften nagekomen en gebroken, wat nu te laat is.
score-h = Doen we wat we zeggen?
score-lede = Elk cijfer hieronder is na te rekenen met de openbare gegevens. Gemeten per onderwerp en per soort, nooit per medewerker.
score-period = Periode
score-period-90d = 90 dagen
score-period-year = Dit jaar
score-period-all = Altijd
score-percent = { $value }%
score-of = { $count } van { $of }
score-target = Doel { $target }.
score-on-time = op tijd beantwoord
score-median = werkdagen tot het eerste antwoord, mediaan
score-p90 = 9 van de 10 binnen { $days } werkdagen
score-kept = beloften nagekomen
score-kept-note = { $kept } nagekomen, { $broken } gebroken
score-overdue = nu te laat
score-overdue-none = Er is niets te laat
score-overdue-oldest =
    { $n ->
        [0] De oudste sinds vandaag
        [one] Oudste: { $n } werkdag
       *[other] Oudste: { $n } werkdagen
    }
score-on-time-h = Op tijd beantwoord
score-by-week = Aandeel eerste antwoorden op tijd, per week van ontvangst
score-by-month = Aandeel eerste antwoorden op tijd, per maand van ontvangst
score-on-time-text = Van de antwoorden die gegeven zijn of gegeven hadden moeten zijn. Gestreept: ons doel, { $target }.
score-chart = Lijn: { $first } voor { $from }, laagste { $lowest } voor { $low }, { $last } voor { $to }. Doel { $target }.
score-nothing = In deze periode is geen eerste antwoord gegeven, en er had er ook geen gegeven moeten zijn.
score-table = Toon als tabel
score-week = Week van
score-month = Maand
score-on-time-col = Op tijd
score-count-col = Antwoorden
score-first-col = Eerste antwoord
score-decision-col = Besluit
score-group = Groep
score-group-all = Alle berichten
score-group-customers-new = Nieuwe klanten
score-group-customers-long = Vaste klanten
score-group-customers-guest = Gasten zonder account
score-group-votes-few = Minder dan 10 stemmen
score-group-votes-some = 10 tot en met 99 stemmen
score-group-votes-many = 100 stemmen en meer
score-group-language-en = In het Engels
score-group-language-nl = In het Nederlands
score-group-language-unknown = In een andere taal
score-groups = Elke groep als tabel
score-groups-text = Werkdagen vanaf ontvangst, mediaan / 9 van de 10.
score-spread = Werkdagen tot het eerste antwoord, mediaan tot 9 van de 10
score-spread-text =
    { $n ->
        [one] Dezelfde vraag, andere mensen: niemand hoort langer te wachten. Gestreept: de langste termijn, { $n } werkdag.
       *[other] Dezelfde vraag, andere mensen: niemand hoort langer te wachten. Gestreept: de langste termijn, { $n } werkdagen.
    }
score-spread-col = Mediaan / 9 van de 10
score-promises-h = Beloften
score-promises-all = Alle beloften
score-promises-kept = nagekomen
score-promises-broken = gebroken
score-promises-open = open
score-promises-withdrawn = ingetrokken
score-promises-chart = { $kept } nagekomen, { $broken } gebroken, { $open } open, { $withdrawn } ingetrokken
score-remedies = Nog verschuldigd: { $owed } ({ $owed_amount }). Betaald: { $paid } ({ $paid_amount }). Bedragen tellen waar een vergoeding een bedrag is.
score-promises-text = De nieuwste, ongeacht de periode. Een gemiste datum breekt een belofte vanzelf; niemand kan dat wegdrukken.
score-promise = Belofte
score-promise-who = Verantwoordelijk
score-promise-by = Vóór
score-promise-state = Stand
score-promise-remedy = Vergoeding
score-remedy-none = Niet genoemd
score-state-open =
    { $n ->
        [0] Open, moet vandaag
        [one] Open, nog { $n } dag
       *[other] Open, nog { $n } dagen
    }
score-state-kept = Nagekomen
score-state-broken = Gebroken
score-state-paid = Gebroken, vergoeding betaald
score-state-withdrawn = Ingetrokken
score-late-h = Nu te laat
score-late-post = Bericht
score-late-kind = Soort
score-late-board = Onderwerp
score-late-what = Wat te laat is
score-late-level = Niveau
score-late-by = Hoeveel
score-late-days =
    { $n ->
        [0] Sinds vandaag
        [one] { $n } werkdag
       *[other] { $n } werkdagen
    }
score-late-none = Er is niets te laat. De lijst staat hier toch, zodat je het ziet op de dag dat het anders is.
score-late-more =
    { $n ->
        [one] En nog { $n }.
       *[other] En nog { $n }.
    }
score-cover-h = Hoe ver berichten komen
score-cover-reviewed = Iemand is verantwoordelijk
score-cover-answered = Minstens één keer beantwoord
score-cover-decided = Besloten, ja of nee
score-cover-delivered = Opgeleverd
score-cover-confirmed = Bevestigd door klanten
score-received = Ontvangen
score-decision = Besluit
score-decision-text = De helft binnen { $median } werkdagen, 9 van de 10 binnen { $p90 }
score-repeats = Weer gebeurd
score-repeats-text = { $percent }: { $count } van { $of } opgeloste klachten zijn opnieuw gemeld
score-first-contact = Eerste contact
score-first-contact-text = { $percent }: { $count } van { $of } klachten zijn met het eerste antwoord beslist, zonder door te schuiven
score-check-h = Reken ons na
score-check-text = De gegevens bevatten geen namen. Ze hebben een regel voor elk bericht en elke belofte, met de tijden waaruit de cijfers volgen. De zoekvragen staan op de pagina die de cijfers uitlegt.
score-check-figures = Cijfers als CSV
score-check-json = Cijfers als JSON
score-check-posts = Berichten als CSV
score-check-promises = Beloften als CSV
score-check-how = Wat de cijfers betekenen

figures-title = Wat de cijfers betekenen
figures-description = Hoe elk cijfer van de verantwoording wordt berekend, met de zoekvragen.
figures-lede = Elk cijfer volgt uit de openbare gegevens volgens de regels hieronder. Kom je op een ander getal, vertel het ons: een van ons heeft het mis, en iedereen mag weten wie.
figures-period-h = Periode
figures-period = Een cijfer telt de berichten die binnenkwamen, en de beloften die zijn gedaan, sinds de eerste dag van de periode: 90 dagen geleden, 1 januari, of het begin. Dagen beginnen om middernacht in de tijdzone van de site.
figures-on-time-h = Op tijd beantwoord
figures-on-time = Van alle berichten die beantwoord zijn, en van de berichten die dat niet zijn en waarvan het eerste antwoord te laat is: het aandeel waarvan het eerste officiële antwoord niet later kwam dan het moest. Een datum die met een openbare reden is verschoven, telt zoals verschoven. Een bericht waarvan het eerste antwoord nog niet hoefde te komen, telt niet mee. Een bericht dat één zaak is met een ander heeft wat daar geantwoord is, vanaf het moment waarop het werd samengevoegd: dat maakt van een laat antwoord geen vroeg.
figures-working-days-h = Werkdagen
figures-working-days = De tijd van ontvangst tot het eerste antwoord, of tot het eerste besluit, waarvan alleen werkdagen tellen, elk met zijn 24 uur. Een bericht van vrijdagmiddag twaalf uur dat maandagmiddag om twaalf uur is beantwoord, kostte één werkdag. Werkweek, feestdagen en vrije dagen zijn die van de site.
figures-median-h = Mediaan en 9 van de 10
figures-median = De kleinste waarde waarvoor geldt dat minstens de helft, of negen tiende, van alle waarden er niet boven ligt. Berichten die nog niet beantwoord of besloten zijn, hebben geen waarde.
figures-groups-h = Groepen
figures-groups = Dezelfde cijfers voor groepen die gelijk behandeld horen te worden: per soort; per onderwerp; nieuwe klanten, die minder dan 30 dagen voor hun bericht lid werden, en vaste; berichten met minder dan 10 stemmen, met 10 tot en met 99, en met meer, voor en tegen samen geteld; per taal van het bericht.
figures-coverage-h = Hoe ver berichten komen
figures-coverage = Van de berichten die binnenkwamen: hoeveel er iemand hebben die verantwoordelijk is, een antwoord hebben, een besluit (ze zijn minstens één keer voorbij ontvangen en in onderzoek gekomen), als opgeleverd of bevestigd staan, en als bevestigd door klanten staan.
figures-overdue-h = Te laat
figures-overdue = Berichten met een termijn die voorbij is en nog openstaat, nu en ongeacht wanneer ze binnenkwamen. Dat een termijn voorbij is, volgt uit de tijd; er hoeft niets voor gedraaid te hebben. Berichten die één zaak zijn tellen één keer, met elke termijn die het hoofd overnam.
figures-promises-h = Beloften
figures-promises = Nagekomen: iemand zei dat het gedaan was, op tijd. Gebroken: de datum is voorbij, en niemand zei dat. Ingetrokken: in het openbaar teruggenomen vóór de datum. Open: de rest. Het aandeel nagekomen is nagekomen op nagekomen en gebroken samen.
figures-remedies-h = Vergoedingen
figures-remedies = Wat voor een gebroken belofte verschuldigd is, blijft dat tot het als betaald is aangemerkt. Bedragen zijn opgeteld waar een vergoeding een geldbedrag is.
figures-repeats-h = Weer gebeurd
figures-repeats = Van de klachten die minstens één keer zijn opgeleverd: het aandeel dat klanten opnieuw hebben gemeld.
figures-first-contact-h = Eerste contact
figures-first-contact = Van de klachten die beslist zijn: het aandeel dat met het eerste antwoord beslist is, vóór een overdracht en zonder iemand met een ruimer mandaat te vragen.
figures-outside-h = Wat er buiten valt
figures-outside = Berichten op besloten onderwerpen, omdat je die niet kunt nagaan; en berichten die van elders zijn ingebracht, omdat hier toen niemand ervoor verantwoordelijk was.
figures-queries-h = De zoekvragen
figures-queries = Zoals de database van deze site ze uitvoert; $1 enzovoort staan voor het begin van de periode, of voor nu. De rest is het tellen van de regels die ze vinden.
figures-query-posts = Feiten van berichten, elk een regel
figures-query-promises = Beloften naar stand
figures-query-overdue = Berichten die te laat zijn
