# Hoe het forum werkt: huisregels, volgorde, termijnen, privacy, toegankelijkheid. Teksten zijn Markdown, elke alinea op één regel.

rules-title = Huisregels
rules-lede = Een paar regels, met nummers, voor iedereen die hier schrijft, ook voor { $site }.
rules-withdrawn = (ingetrokken)
rules-until = Tot { $date }:
rules-former = { $n ->
    [one] Een eerdere tekst
   *[other] { $n } eerdere teksten
}
rules-moderation-h = Wat moderatie doet, en wat niet
rules-moderation =
    - Niemand kan een bericht verwijderen. Er is geen knop voor, ook niet voor het team.
    - Je kunt je eigen berichten en reacties bewerken. Elke eerdere versie blijft leesbaar, met de datum.
    - Je kunt een eigen reactie terugnemen. De tekst en eerdere versies worden gewist; op die plek blijft een markering staan, en de antwoorden erop blijven ook.
    - Het team kan de tekst van jouw bericht alleen veranderen door een regel van deze pagina en een reden te noemen. Allebei staan ze in het openbaar, bij de oude en de nieuwe tekst.
    - Het team kan berichten alleen samenvoegen tot één zaak, en weer losmaken, door een regel en een reden te noemen. Niets verhuist: elk blijft leesbaar op zijn eigen adres en zegt waar de antwoorden staan, de schrijver krijgt bericht, en stemmen en reacties blijven zoals ze waren.
    - Het team kan een tekst verbergen, er een deel uit verwijderen, een bericht sluiten of naar een ander onderwerp verplaatsen, alleen volgens een regel van deze pagina en met een openbare reden. Er blijft een teken staan, je hoort het, en je ziet nog wat je schreef. Een klacht kan niet gesloten worden voordat erop geantwoord is. Wat verborgen is, zet geen termijn stil.
    - Teamleiders kunnen iemand tot een dag niet laten schrijven, niet langer dan een jaar. Lezen kan altijd.
    - Het team kan geen stem voor jou uitbrengen, en er alleen een volgens een regel niet laten meetellen: zij blijft zichtbaar bij de stemmen, met een teken.
    - Je kunt tegen elk daarvan { $days } dagen bezwaar maken. Iemand anders dan de moderator beslist binnen { $within } werkdagen, in het openbaar.
    - Het oneens zijn met het bedrijf is tegen geen enkele regel.
rules-new-h = Wie hier nieuw is
rules-new =
    - In de eerste { $hours } uur nadat je hebt laten zien dat je adres van jou is, is er plaats voor { $posts } berichten en { $comments } reacties. Tot { $days } dagen nadat je kwam volgen ze elkaar daarna langzamer op dan die van anderen. Wat te veel is zegt wanneer er weer plaats is, en je tekst blijft staan.
    - Tot er { $stood } dingen van je hebben gestaan, of die { $days } dagen voorbij zijn, wordt eerst vastgehouden wat je schrijft met een link naar een andere site, in de woorden van iemand anders die nieuw is of onder een wegwerp-e-mailadres. Dezelfde tekst een tweede keer wordt geweigerd. Jij en de medewerkers zien het, verder niemand; de termijnen lopen. Medewerkers kijken er binnen een werkdag naar, en geven het vrij of verbergen het onder een regel, waartegen je bezwaar kunt maken.
    - Dit geldt voor iedereen die nieuw is, wat je ook zegt. Voor niemand anders geldt het.
rules-held = { $n ->
    [0] Er wordt op dit moment niets vastgehouden.
    [one] Er wordt op dit moment één tekst vastgehouden; { $late } langer dan een werkdag.
   *[other] Er worden op dit moment { $n } teksten vastgehouden; { $late } langer dan een werkdag.
}
rules-company-h = Waar het bedrijf zich aan houdt
rules-company =
    - Elk bericht heeft [termijnen](/clocks) in werkdagen. Iedereen kan zien of die gehaald zijn.
    - Een status verandert alleen door een antwoord dat zegt wat, wie en wanneer.
    - Een nee vraagt om een reden, en om een dag waarop er opnieuw naar gekeken wordt of het woord definitief. De schrijver kan er [op antwoorden](/clocks#refusal).
    - Een gemiste termijn brengt het bericht [naar het volgende niveau](/clocks#levels). Een gemiste datum breekt [een belofte](/promises).
    - ‘Geleverd’ is het woord van het bedrijf. Of het is opgelost, [zeggen de klanten](/clocks#confirmation).
    - Antwoorden worden nooit bewerkt of gewist. Een verbetering is een nieuw antwoord.
    - De volgorde van het werk volgt de termijnen, [niet de stemmen](/how-we-sort#queue).

sorting-title = Hoe we sorteren
sorting-lede = Elke volgorde op deze site is openbaar. Hier staat hoe elk ervan ontstaat, met de getallen die de software gebruikt.
sorting-trending-h = Trending, formule { $version }
sorting-formula = rang = log2(1 + steun + { $weight } × reacties) + uren / { $hours }
sorting-trending =
    _Steun_ is het aantal mensen vóór het bericht, _reacties_ is het aantal reacties dat er staat, en _uren_ tellen vanaf { $epoch } tot het moment van insturen. De hoogste rang staat vooraan; bij gelijke rang het nieuwere bericht.

    - Een bericht dat { $hours } uur jonger is, staat gelijk met een dat tweemaal zoveel stemmen heeft.
    - Een reactie weegt { $weight } van een steunstem.
    - Stemmen tegen drukken een bericht niet omlaag: de twee aantallen worden nooit van elkaar afgetrokken.
    - Berichten die één zaak zijn staan als één in de lijst, bij het hoofd: wie er meer dan één steunt telt één keer, en alle reacties tellen mee. De andere staan niet in de lijsten; zoeken vindt ze.
    - Het bedrijf kan er niet aan draaien: niets wordt vastgezet, opgeduwd of tegengehouden.
    - De rang verandert alleen als iemand stemt of reageert of als berichten één zaak worden, niet doordat er tijd verstrijkt. Alle cijfers zijn open via de [API](/api/docs), dus iedereen kan de volgorde narekenen. Verandert de formule, dan ook haar nummer.
sorting-rings-h = Stemmen die als één zijn uitgebracht
sorting-rings =
    Eens per minuut kijkt de software naar wie er sinds de vorige keer gestemd heeft. Een groep van ten minste { $least } accounts wordt aan de medewerkers gemeld als ze op dezelfde twee of meer berichten stemmen, en op weinig anders, en

    - ofwel velen van hen met dezelfde paar browsers inlogden,
    - ofwel, bij drie of meer berichten, ze van een netwerk komen waar weinig anderen vandaan komen, en hun accounts binnen een dag gemaakt zijn of hun stemmen binnen een uur kwamen.

    Alleen hetzelfde stemmen is nooit genoeg: dat doen clubs ook. Eén netwerk evenmin: een kantoor, een school en een telefoonbedrijf zijn er een. Een huishouden dat een tablet deelt wordt niet gemeld, zolang het niet in hetzelfde uur stemt.

    Er gaat niets vanzelf van een telling af. Bij het bericht staat hoeveel stemmen bekeken worden, zonder namen. De medewerkers vinden niets mis, en zeggen waarom; of ze sluiten de stemmen uit, elk met een moderatie onder een regel, waartegen wie de stem uitbracht bezwaar kan maken. Op verzonnen forums met 200 eerlijke groepen en 50 ringen vindt het 96 van de 100 ringen, en 99 van de 100 gemelde groepen zijn ringen; kantoren zijn er niet bij. Ringen die voor elk account een andere browser en een ander netwerk gebruiken worden niet gevonden.
sorting-example-h = Een voorbeeld
sorting-col-post = Bericht
sorting-col-support = Steun
sorting-col-comments = Reacties
sorting-col-younger = Uren jonger
sorting-col-rank = Rang
sorting-example =
    A heeft veel meer stemmen, en zou bovenaan staan als alle drie tegelijk waren ingestuurd. Maar elke { $hours } uur jeugd telt evenveel als een verdubbeling, en zo kan een jonger bericht erlangs.
sorting-orders-h = De andere volgordes
sorting-orders =
    - **Nieuw**: het laatste bericht eerst.
    - **Top**: de meeste steun eerst, die van alle berichten van één zaak samen. Stemmen tegen tellen niet mee.
    - **Wacht op antwoord**: berichten zonder eerste antwoord, de vroegste termijn eerst.
    - **Geleverd**: wat volgens het bedrijf af is en wat klanten bevestigd hebben, het laatste eerst.

    Gearchiveerde berichten staan er niet bij, tenzij je erom vraagt. Niemand heeft een persoonlijke lijst: twee mensen die dezelfde onderwerpen mogen zien, krijgen dezelfde lijst.
sorting-queue-h = De volgorde van het werk
sorting-queue =
    Stemmen bepalen nooit wie het eerst antwoord krijgt. De wachtrij van het team heeft één vaste volgorde: de vroegste open termijn, daarna wie het langst wacht, daarna het laagste nummer. Aan een bericht dat één zaak is met een ander wordt daar gewerkt, op de vroegste termijn van de twee. Een niveau werkt alleen door zijn [kortere termijn](/clocks#levels). Steun, volgers, omzet en namen hebben er geen invloed op, en het team kan niets verschuiven.
sorting-search-h = Zoeken
sorting-search =
    Zoeken kijkt in titels, labels, teksten en reacties. Alle woorden moeten er staan, in welke volgorde ook; kleine als *de* en *van* zijn nooit nodig. Het begin van een woord is genoeg, net als het woord met een andere uitgang, het woord in een langer woord en andere spellingen: hoofdletters, accenten en streepjes maken niet uit. Past er niets, dan mogen woorden van vier letters of meer één letter schelen. Hebben weinig berichten alle woorden, dan zie je ook berichten met een deel ervan. Een nummer leidt naar zijn bericht.

    De beste treffer staat bovenaan: een woord telt het meest in de titel, dan in een label, dan in de tekst en het minst in een reactie; het woord zelf telt meer dan een dat erop lijkt, en bij gelijke stand staat het laatste bericht eerst. Stemmen spelen daarbij geen rol. Hoogstens de laatste 100 berichten van elke soort worden nauwkeurig bekeken. Je kunt een andere volgorde kiezen.
sorting-similar-h = Berichten die erop lijken
sorting-similar =
    Terwijl je schrijft, laten we hoogstens { $most } andere berichten zien die ongeveer hetzelfde zeggen. De woorden van je titel en tekst worden opgezocht in alle berichten die je mag zien. Een zeldzaam woord weegt meer dan een gewoon, en een woord in de titel driemaal zoveel als een in de tekst. Je ziet wat minstens { $share } % van het gewicht van jouw woorden deelt, het meest gelijkende eerst. Stemmen spelen daarbij geen rol.

deadlines-title = Termijnen
deadlines-lede = Elk bericht heeft termijnen in werkdagen. Hier staat hoe lang die zijn en hoe { $site } telt.
deadlines-col-kind = Soort
deadlines-col-first = Eerste antwoord
deadlines-col-decision = Besluit
deadlines-col-next = Volgend antwoord, hoogstens
deadlines-days =
    { $n ->
        [one] Eén werkdag
       *[other] { $n } werkdagen
    }
deadlines-table =
    _Eerste antwoord_ en _besluit_ lopen vanaf het moment dat een bericht binnenkomt. Een _besluit_ is er als het bericht niet meer ontvangen of in onderzoek is. Bij elk antwoord dat nog werk overlaat, noemt het bedrijf de dag van het _volgende_; de tabel zegt hoe ver die vooruit mag liggen.
deadlines-count-h = Hoe we tellen
deadlines-count =
    - Werkdagen zijn { $week }.
    - { $holidays }
    - De dag waarop een bericht binnenkomt telt niet mee: de eerste werkdag erna is dag één.
    - Een termijn eindigt om { $hour } op de laatste dag, in de tijdzone { $zone }.
    - Een termijn die loopt houdt haar moment: een vrije dag die er later bij komt, of een andere tijdzone, verschuift haar niet.
    - Is het volgende antwoord beloofd voor een vrije dag, dan moet het er de werkdag ervoor zijn.
deadlines-holidays-yes = De Nederlandse feestdagen zijn vrij, en ook de eigen vrije dagen van het bedrijf hieronder.
deadlines-holidays-no = Feestdagen zijn hier niet vrij, behalve de dagen hieronder.
deadlines-off-h = Vrije dagen die in { $year } nog komen
deadlines-off-none = Dit jaar komt er geen meer: elke dag van de werkweek is een werkdag.
deadlines-states-h = Wat de tekens betekenen
deadlines-states =
    - **Loopt**: de termijn ligt nog voor ons. Vanaf de laatste werkdag ervoor krijgt ze een tint.
    - **Gemist**: de tijd is om en wat er moest komen, is er niet. Dat blijft rood tot het er is.
    - **Gehaald**: het kwam op tijd.
    - **Te laat**: het kwam na de tijd. Dat blijft voorgoed te zien.
    - **Wacht op de klant**: de termijn staat stil tot de klant heeft gezegd wat er nodig is.

    Niemand zet deze tekens met de hand. Ze volgen uit de termijn en het moment van nu, telkens als een pagina getoond wordt.
deadlines-boards-h = Onderwerpen met eigen termijnen
deadlines-boards =
    Bij deze onderwerpen geldt dit in plaats ervan. Waar een soort niet genoemd is, geldt de tabel hierboven.
deadlines-col-board = Onderwerp
deadlines-levels-h = Als een termijn wordt gemist
deadlines-levels =
    Een gemiste termijn blijft gemist, voorgoed en voor iedereen te zien. Het bericht gaat één niveau omhoog, één keer: van de servicedesk naar de teamleider, van de teamleider naar de directeur. Op dat moment begint een nieuwe termijn, en de eigenaar en het volgende niveau krijgen bericht.

    - Op niveau 2 is elke termijn half zo lang, naar beneden afgerond, maar minstens één werkdag.
    - Op niveau 3 is elke termijn één werkdag. Daarboven is geen niveau.

    Een bericht gaat ook omhoog als het voor de { $handovers }e keer wordt overgedragen, als het dezelfde klant weer gebeurt binnen { $within } dagen na de oplossing, als de { $reports }e klant meldt dat het weer gebeurde, en als klanten zeggen dat het niet is opgelost. Omlaag gaat het alleen als een teamleider of directeur het verlaagt met een openbare reden.
deadlines-col-level = Niveau
deadlines-more-time-h = Meer tijd, en wachten op de klant
deadlines-more-time =
    - Een termijn die nog niet gemist is, kan alleen verlengd worden met een openbare reden. De oude datum blijft staan, doorgestreept.
    - Heeft het bedrijf iets van de klant nodig, dan staan de termijnen stil: met een openbare reden, en samen hoogstens { $days } werkdagen. Ze lopen weer zodra de klant iets zegt.
deadlines-owner-h = Wie ervoor instaat
deadlines-owner =
    - Elk bericht heeft precies één eigenaar, uiterlijk { $triage ->
        [one] één werkdag
       *[other] { $triage } werkdagen
    } nadat het binnenkwam.
    - Een eigenaar kan een bericht aan een collega aanbieden, en blijft eigenaar tot de collega aanneemt. Een aanbod dat niemand binnen { $lapses } werkdagen aanneemt, valt terug.
    - Wie wat aan wie aanbood en waarom, staat bij het bericht.
deadlines-again-h = Als het weer gebeurt
deadlines-again =
    Wie een klacht schreef of steunt, kan melden dat het weer gebeurde; iedereen kan dat zodra ze opgelost heet te zijn. Meldingen tellen per persoon. Van dezelfde klant binnen { $within } dagen na de oplossing, en van de { $reports }e klant, stuurt een melding de klacht terug naar uitvoering, een niveau hoger en met kortere termijnen. Stemmen tellen nooit als melding.
deadlines-confirm-h = Geleverd is ons woord, bevestigd is dat van jullie
deadlines-confirm =
    Als het bedrijf ‘geleverd’ zegt, krijgen de schrijver en iedereen die het bericht steunt de vraag of het echt is opgelost: hier en per mail, zonder in te loggen. Na { $days } dagen worden de antwoorden geteld.

    - De helft of meer zegt ja: het is bevestigd.
    - Minder zegt ja, of de schrijver zegt nee: het gaat terug naar uitvoering, een niveau hoger. Het nee van de schrijver telt meteen.
    - Niemand antwoordt: het blijft geleverd, en er staat bij dat het niet bevestigd is.

    De schrijver van een klacht krijgt de vraag { $again } dagen na de levering nog een keer.
deadlines-refusal-h = Als we nee zeggen
deadlines-refusal =
    Een afwijzing noemt de reden, en een dag waarop er opnieuw naar gekeken wordt of het woord definitief. Op die dag staat het bericht weer in de wachtrij. De schrijver kan één keer op een afwijzing antwoorden, binnen { $days } dagen; dat staat er dan bij.
deadlines-promises-h = Beloftes
deadlines-promises =
    Een belofte zegt wat, wie, tot welke dag, en wat we schuldig zijn als we het niet halen. Ze eindigt om { $hour } op die dag. Was het toen niet gedaan, dan is ze gebroken: niemand hoeft dat te zeggen, en niemand kan het terugdraaien. Wat we schuldig zijn, blijven we schuldig tot het betaald is. Alle beloftes staan [in één lijst](/promises), met elke tekst die ze hadden.
deadlines-mandates-h = Wie wat mag besluiten
mandate-col-role = Rol
mandate-col-days = Beloftes
mandate-col-amount = Vergoedingen
mandate-col-stages = Statussen
mandate-no-limit = zonder grens
mandate-days =
    { $n ->
        [one] tot één werkdag vooruit
       *[other] tot { $n } werkdagen vooruit
    }
mandate-amount = tot { $amount }
mandate-all-stages = alle
mandate-not-stages = alle behalve: { $names }
deadlines-mandates =
    Daarboven wordt wat iemand wil zeggen of beloven een verzoek aan het volgende niveau, dat er { $days } werkdagen voor heeft. Bij het antwoord of de belofte staat dan wie besloot. De statussen ‘ontvangen’ en ‘bevestigd’ kan niemand zelf geven.
deadlines-imported-h = Berichten van elders
deadlines-imported =
    Berichten die uit een ander systeem zijn overgenomen hebben geen termijnen tot iemand van het bedrijf ze oppakt. Vanaf dat moment hebben ze dezelfde termijnen als elk ander bericht.
holiday-new-year = Nieuwjaarsdag
holiday-easter = Eerste paasdag
holiday-easter-monday = Tweede paasdag
holiday-kings-day = Koningsdag
holiday-liberation-day = Bevrijdingsdag
holiday-ascension = Hemelvaartsdag
holiday-whit-sunday = Eerste pinksterdag
holiday-whit-monday = Tweede pinksterdag
holiday-christmas = Eerste kerstdag
holiday-boxing-day = Tweede kerstdag
holiday-other = Vrije dag

privacy-title = Privacy
privacy-lede = Wat dit forum over je bewaart, wie dat ziet, en hoe lang. { $site } beheert het en is er verantwoordelijk voor.
privacy-account-h = Je account
privacy-account =
    - Een naam naar keuze, tot { $max } tekens. Het hoeft niet je volledige naam te zijn.
    - Je e-mailadres, om je in te loggen en je te schrijven over je berichten. Anderen zien het nooit.
    - Je wachtwoord, van minstens { $min } tekens, alleen als hash (argon2id) waaruit het niet te lezen is.
    - Je taal, je rol, de dag waarop je je aanmeldde en de dag waarop je je adres bevestigde.
privacy-public-h = Wat iedereen kan zien
privacy-public =
    - Je naam, en op je pagina de dag sinds wanneer je hier bent en wat je instuurde.
    - Je berichten en reacties, met hun eerdere versies.
    - Afbeeldingen en documenten die je eraan toevoegt. Uit een afbeelding halen we alles wat niet te zien is, zoals waar die is gemaakt; een PDF blijft zoals die is.
    - Je stemmen, met je naam; stem je tegen, dan ook je reden.
    - Je meldingen dat iets weer gebeurde, en je antwoord op een afwijzing, met je naam.
    - Wat je zonder account plaatst, onder de naam ‘Gast’: niets vertelt wie je bent, behalve wat je schrijft.
    - Hoeveel klanten zeiden dat een geleverd bericht is opgelost; niet wie.

    Dit alles is ook te lezen via de [API](/api/docs). Wat bij een besloten onderwerp staat, zien alleen de mensen van de groepen ervan en het team.
privacy-private-h = Wat alleen de software ziet, en hoe lang
privacy-private =
    - Sessies: voor elke browser waarin je bent ingelogd hoe die zichzelf noemt, sinds wanneer, en wanneer hij het laatst gebruikt is (op zes uur na). Een sessie eindigt als je uitlogt, of na { $days } dagen zonder gebruik, en na 180 dagen in elk geval; voor het team na twaalf uur zonder gebruik, tenzij iemand koos om ingelogd te blijven. Je vindt ze allemaal in [je dossier](/me/sessions).
    - API-tokens, links in mails en de browsers waarin je inlogde: alleen als hash, tot ze vervallen: een token na hooguit { $token } dagen, een link in een mail na { $link } uur, een link voor een nieuw wachtwoord na { $reset } minuten, een uitnodiging na { $invitation } dagen.
    - Van welke netwerken je inlogde en stemde: een gezouten kenmerk van een grof netwerk (de eerste drie getallen van een IPv4-adres, de eerste drie groepen van een IPv6-adres), nooit het adres, { $traces } dagen lang. Het wordt, net als de browsers waarin meerdere mensen inlogden, vergeleken met die van anderen die op dezelfde berichten stemmen, om [stemmen die als één zijn uitgebracht](/how-we-sort#rings) te vinden; dat je in zo'n groep zat wordt daarbij bewaard.
    - Afbeeldingen en documenten die je met een formulier stuurde en die nog bij geen tekst horen: een dag lang.
    - Waaraan de tekst van iemand die nieuw is wordt herkend: een kenmerk van de woorden, { $prints } dagen lang.
    - Ontvangstbewijzen van gasten: de link alleen als hash, en het adres voor nieuws over het bericht als dat er is. Beide blijven tot het bericht onder een account komt of wordt teruggenomen; het adres gaat ook weg zodra je de mails stopt, op de pagina van het ontvangstbewijs.
    - Wat je zei toen je gevraagd werd of iets is opgelost, en wat je erbij schreef: het team kan het lezen.
    - Wat je volgt, en welke teksten je noemden. Niemand anders ziet dat. Van het geheime adres van je feeds alleen sinds wanneer je het hebt.
    - Mail aan jou: wat erin staat wissen we uit onze database zodra hij verstuurd is, en dát hij verstuurd is { $mail } dagen later.
    - Het netwerkadres waar een verzoek vandaan komt, om te begrenzen hoe vaak iets kan. Samen met hoe vaak, verder niets, en alleen zolang de begrenzing het nodig heeft.
    - Een geschiedenis van wat er wanneer gedaan is: ingestuurd, gestemd, gereageerd, geantwoord, aangemeld. Daaruit ontstaan mail en levende pagina’s.
    - Antwoorden op herhaalde verzoeken van programma’s, { $hours } uur lang.
    - Meldingen aan webhooks (zie hieronder): aan wie, waarover, en wat de andere kant antwoordde als het ze niet aannam, { $hook } dagen lang.
    - Het logboek van de software: tijd, adres van de pagina en uitkomst van elk verzoek, zonder je naam, je netwerkadres of wat je zocht. De software bewaart er niets van: dat doet de server, zolang als de beheerder ervan heeft ingesteld.
privacy-cookies-h = Cookies
privacy-cookies =
    - `session` (op een versleutelde verbinding `__Host-session`): houdt je ingelogd zolang de sessie leeft, hooguit { $days } dagen vanaf het laatste gebruik. Alleen als je inlogt.
    - `language` en `theme`: onthouden de taal en de kleuren die je koos, een jaar lang. Alleen als je kiest.
    - `device` (op een versleutelde verbinding `__Host-device`): onderscheidt deze browser van vreemden die naar je wachtwoord raden, zodat ze je niet buiten kunnen sluiten. Blijft staan als je uitlogt, { $known } dagen vanaf de laatste keer dat je inlogde. Alleen als je inlogt.
    - `draft` (op een versleutelde verbinding `__Host-draft`): vindt terug wat je schreef voor je ingelogd was, { $kept } dagen lang. Alleen als je iets verstuurt.

    Andere zijn er niet, dus er valt niets toe te staan.
privacy-others-h = Derden
privacy-others =
    De pagina’s laden niets van andere sites: geen statistieken, geen lettertypen, geen reclame, geen knoppen van sociale netwerken. Mail gaat via de mailserver die het bedrijf heeft ingesteld. Links in berichten leiden waar hun schrijvers willen; je browser vertelt die sites hoogstens dat je hiervandaan komt. Wat iedereen hier mag lezen, kan ook worden gestuurd naar programma’s en chats die het bedrijf heeft gekozen (webhooks): welke hosts dat zijn, staat in het [register](/record).
privacy-rights-h = Je rechten
privacy-rights =
    Je naam, taal en wachtwoord verander je in [je instellingen](/me/settings), en sessies en tokens beëindig je wanneer je wilt. Bij [je gegevens](/me/data) download je alles wat er van je bewaard wordt, en laat je je account wissen, met of zonder wat je schreef. Dat gebeurt meteen: naam, adres, sleutels en berichtgevingen zijn weg, stemmen blijven meetellen, en op de plaats van je naam staat ‘voormalig lid’. Wie als gast plaatste, doet hetzelfde op de pagina van het ontvangstbewijs. Kopieën die { $site } van de database maakt, houden wat erin stond tot ze worden weggegooid. Voor elk ander recht dat de wet je geeft, vraag je { $site }, via de contactgegevens op de eigen website.

access-title = Toegankelijkheid
access-lede = Iedereen moet hier iets kunnen zeggen, en het antwoord kunnen controleren. We richten ons op de Web Content Accessibility Guidelines 2.2, niveau AA.
access-built-h = Hoe het gebouwd is
access-built =
    - Elke pagina en elk formulier werkt zonder JavaScript. Scripts maken sommige dingen alleen vlugger.
    - Alles is met het toetsenbord te bereiken en te gebruiken, in de volgorde waarin je leest; waar je bent is altijd te zien.
    - Niets wordt alleen met kleur gezegd: statussen en termijnen hebben een teken en woorden.
    - Fouten staan boven het formulier en bij het veld, en wat je typte blijft staan.
    - Tekst is te vergroten tot 200 %, en pagina’s werken vanaf een breedte van 320 pixels zonder zijwaarts schuiven.
    - Er is een licht en een donker thema, en beweging stopt als je systeem daarom vraagt.
    - Teksten van mensen dragen de taal waarin ze geschreven zijn, zodat ze goed worden voorgelezen.
access-tested-h = Hoe het getest wordt
access-tested =
    Automatische tests openen de pagina’s in een echte browser, licht en donker, op de breedte van een telefoon en van een bureau, met en zonder JavaScript, en toetsen ze met axe-core. Ze draaien bij elke verandering van de software.
access-unknown-h = Wat we niet weten
access-unknown =
    - Automatische controles vinden maar een deel van alle drempels. Een onafhankelijke toets is er nog niet geweest.
    - Stelselmatige tests met schermlezers, vergroting of spraakbediening hebben we nog niet.
    - Wat mensen schrijven kan eigen drempels hebben, zoals een tabel zonder koppen of een link die ‘hier’ heet.
access-tell-h = Zit er iets in de weg?
access-tell =
    Stuur het dan [in als klacht](/new?kind=complaint): het heeft een termijn en iemand die ervoor instaat. Lukt dat niet, bereik { $site } dan via de contactgegevens op de eigen website.

house-rule-1 = Blijf bij het onderwerp: één zaak per bericht.
house-rule-2 = Val het probleem aan, nooit de persoon.
house-rule-3 = Geen reclame en geen spam.
house-rule-4 = Geen persoonlijke gegevens van anderen.
house-rule-5 = Niets wat tegen de wet is.
house-rule-6 = Zeg het één keer: steun wat er al staat.
