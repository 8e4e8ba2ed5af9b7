# Brieven. Gewoon en kort; wie het leest weet misschien niet meer dat er iets geschreven is.

mail-greeting = Hallo { $name },
mail-greeting-anybody = Hallo,
mail-link-help = Werkt de knop niet? Open dan dit adres: { $link }

mail-verify-subject = Bevestig je e-mailadres voor { $site }
mail-verify-text = Je hebt je met dit adres aangemeld bij { $site }. Bevestig dat het van jou is, dan kun je plaatsen, stemmen en reageren.
mail-verify-button = Mijn adres bevestigen
mail-verify-note = De link werkt een dag, en één keer. Heb je je niet aangemeld? Doe dan niets: zonder de link gebeurt er niets.

mail-known-subject = Je hebt al een account bij { $site }
mail-known-text = Iemand, misschien jij, wilde zich met dit adres aanmelden bij { $site }. Er is al een account mee, dus er is geen nieuw account gemaakt.
mail-known-button = Inloggen
mail-known-note = Ben je je wachtwoord vergeten? Op die pagina kun je een nieuw instellen. Was jij het niet? Dan hoef je niets te doen.

mail-reset-subject = Stel een nieuw wachtwoord in voor { $site }
mail-reset-text = Je hebt een nieuw wachtwoord gevraagd voor je account bij { $site }.
mail-reset-button = Nieuw wachtwoord instellen
mail-reset-note = De link werkt een half uur, en één keer. Heb je er niet om gevraagd? Doe dan niets: je wachtwoord blijft zoals het is.

mail-invited-subject = Word medewerker bij { $site }
mail-invited-text = Je wordt gevraagd om klanten te helpen beantwoorden bij { $site }. Kies een naam en een wachtwoord, dan kun je beginnen.
mail-invited-button = Meedoen
mail-invited-note = De link werkt een week, en één keer. Weet je niet waar dit over gaat, laat deze mail dan liggen: zonder de link gebeurt er niets.
mail-receipt-subject = Nieuws over een bericht bij { $site }?
mail-receipt-text = Iemand plaatste bij { $site } een bericht zonder account en gaf dit adres op voor nieuws erover. Was jij dat? Open de link en zeg of je dat wilt.
mail-receipt-button = Ontvangstbewijs openen
mail-receipt-note = De link opent het ontvangstbewijs van het bericht: wie hem heeft, spreekt namens de schrijver. Was jij het niet, laat deze mail dan liggen: er komt niets meer.

mail-token-subject = Een nieuw API-token voor je account bij { $site }
mail-token-text = Met je account bij { $site } is een API-token gemaakt. Een programma kan daarmee in jouw naam handelen.
mail-token-name = Naam
mail-token-button = Mijn tokens bekijken
mail-token-note = Was jij het niet? Log dan overal uit en verander je wachtwoord: daarmee vervallen alle tokens.

mail-hook-subject = Een webhook van { $site } is uitgezet
mail-hook-text = Het forum van { $site } meldt aan een adres wat er gebeurt, en die meldingen komen niet meer aan. Er wordt niets meer heen gestuurd tot een beheerder de webhook weer aanzet.
mail-hook-host = Host
mail-hook-why = Waarom
mail-hook-gone = De andere kant zei dat het voorgoed weg is.
mail-hook-failing = Er kwam vijf dagen niets aan.
mail-hook-button = De webhook bekijken
mail-hook-note = Op de pagina van de webhook zie je wat er misging, en kun je een proefmelding sturen.

mail-password-subject = Je wachtwoord voor { $site } is veranderd
mail-password-text = Het wachtwoord van je account bij { $site } is veranderd. Alle andere apparaten zijn uitgelogd, en API-tokens zijn vervallen.
mail-password-button = Ik was het niet
mail-password-note = Was jij het? Dan hoef je niets te doen. Was jij het niet? Stel dan nu een nieuw wachtwoord in; de knop brengt je naar de pagina daarvoor.

mail-answered-subject = { $stage }: { $title }
mail-answered-text = { $site } heeft geantwoord op je bericht “{ $title }”.
mail-answered-stage = Status
mail-answered-what = Wat
mail-answered-who = Wie
mail-answered-next = Volgend bericht uiterlijk
mail-answered-button = Lezen en reageren

mail-commented-subject = { $by } reageerde op: { $title }
mail-commented-text = { $by } reageerde op “{ $title }”:
mail-replied-subject = { $by } antwoordde je: { $title }
mail-replied-text = { $by } antwoordde op je reactie bij “{ $title }”:
mail-commented-button = Lezen en reageren

mail-why-account = Je krijgt deze mail vanwege je account bij { $site }.
mail-why-invited = Je krijgt deze mail omdat een beheerder van { $site } dit adres heeft ingevuld.
mail-why-receipt = Je krijgt deze mail omdat iemand dit adres opgaf bij een bericht op { $site }.
mail-why-guest = Je krijgt deze mail omdat je nieuws vroeg over een bericht dat je als gast plaatste bij { $site }. Met de link stop je deze mails ook.
mail-why-notice = Je krijgt deze mail omdat je dit bericht schreef, er verantwoordelijk voor bent of erop reageerde, bij { $site }.

mail-told-button = Naar het bericht
mail-fact-clock = Termijn
mail-fact-due = Moest klaar zijn op
mail-fact-level = Niveau nu
mail-fact-cause = Waarom
mail-fact-reason = Reden
mail-fact-until = Tot en met
mail-fact-needed = Wat we nodig hebben
mail-fact-old = Moest klaar zijn op
mail-fact-new = Nu op
mail-fact-remedy = Vergoeding
mail-fact-owed = Krijg je nog
mail-fact-report = In hun woorden
mail-level-1 = 1, servicedesk
mail-level-2 = 2, teamleider
mail-level-3 = 3, directeur
mail-cause-missed = Een termijn is gemist
mail-cause-handover = Het is drie keer overgedragen
mail-cause-again = Het is dezelfde klant weer gebeurd
mail-cause-fifth-again = Vijf klanten melden het opnieuw
mail-cause-not-solved = De schrijver zegt dat het niet is opgelost
mail-cause-too-few-yes = Te weinig mensen zeggen dat het is opgelost
mail-cause-lowered = Iemand heeft het verlaagd

mail-clock-missed-subject = Gemist: { $title }
mail-clock-missed-text = Een termijn van “{ $title }” is gemist. Iedereen kan het zien. Er loopt nu een kortere termijn.
mail-raised-subject = Een niveau hoger: { $title }
mail-raised-text = “{ $title }” is een niveau gestegen, en de termijnen zijn nu korter.
mail-yours-subject = Van jou: { $title }
mail-yours-text = Jij bent vanaf nu verantwoordelijk voor “{ $title }”.
mail-handover-offered-subject = { $by } biedt je aan: { $title }
mail-handover-offered-text = { $by } vraagt je om “{ $title }” over te nemen. Tot je dat aanneemt, blijft { $by } verantwoordelijk.
mail-handover-accepted-subject = Overgenomen door { $by }: { $title }
mail-handover-accepted-text = { $by } is nu verantwoordelijk voor “{ $title }”.
mail-handover-declined-subject = Niet overgenomen door { $by }: { $title }
mail-handover-declined-text = { $by } heeft “{ $title }” afgewezen. Jij blijft verantwoordelijk.
mail-handover-lapsed-subject = Terug bij jou: { $title }
mail-handover-lapsed-text = { $to } heeft niet gereageerd op je aanbod van “{ $title }”. Jij blijft verantwoordelijk.
mail-waiting-for-you-subject = We hebben iets van je nodig: { $title }
mail-waiting-for-you-text = We kunnen zonder jou niet verder met “{ $title }”. Onze termijnen staan stil tot je reageert, of tot de dag hieronder.
mail-extended-subject = Later dan we zeiden: { $title }
mail-extended-text = We hebben meer tijd nodig voor “{ $title }”. De oude datum blijft zichtbaar naast de nieuwe.
mail-promised-subject = We beloven: { $title }
mail-promised-text = Er staat een belofte bij je bericht “{ $title }”. Halen we die niet, dan kan iedereen dat zien.
mail-promise-changed-subject = Een belofte is gewijzigd: { $title }
mail-promise-changed-text = De belofte bij je bericht “{ $title }” is anders verwoord. De oude tekst blijft leesbaar.
mail-promise-kept-subject = Belofte nagekomen: { $title }
mail-promise-kept-text = We zijn de belofte bij je bericht “{ $title }” nagekomen.
mail-promise-broken-subject = Belofte gebroken: { $title }
mail-promise-broken-text = De belofte bij “{ $title }” is niet op tijd nagekomen. Ze blijft als gebroken op de lijst staan.
mail-promise-withdrawn-subject = Belofte ingetrokken: { $title }
mail-promise-withdrawn-text = We hebben de belofte bij je bericht “{ $title }” ingetrokken. Ook dat blijft op de lijst staan.
mail-promise-paid-subject = Betaald: { $title }
mail-promise-paid-text = Wat we je schuldig waren voor de gebroken belofte bij “{ $title }” is betaald.
mail-again-subject = Het is weer gebeurd: { $title }
mail-again-text = { $by } meldt dat het weer is gebeurd: “{ $title }”.
mail-rebutted-subject = De schrijver reageerde op de afwijzing: { $title }
mail-rebutted-text = De schrijver van “{ $title }” reageerde op de afwijzing. De reactie staat ernaast.
mail-request-made-subject = { $by } vraagt je besluit: { $title }
mail-request-made-text = { $by } wil bij “{ $title }” iets doen dat buiten het eigen mandaat valt. Beslis het in de triage.
mail-request-approved-subject = Toegestaan: { $title }
mail-request-approved-text = Wat je vroeg voor “{ $title }” is toegestaan en gedaan.
mail-request-refused-subject = Niet toegestaan: { $title }
mail-request-refused-text = Wat je vroeg voor “{ $title }” is afgewezen.

mail-asked-subject = Is het echt opgelost? { $title }
mail-asked-text = { $site } zegt dat “{ $title }” klaar is. Jij schreef of steunde het, dus jij mag zeggen of het is opgelost.
mail-asked-later-subject = Is het nog steeds opgelost? { $title }
mail-asked-later-text = Vier weken geleden zei { $site } dat “{ $title }” is opgelost. Is dat nog zo?
mail-asked-button = Antwoord ja of nee
mail-asked-note = Je hoeft niet in te loggen. De link opent een pagina met twee knoppen; er gebeurt niets voordat je er een indrukt.
mail-why-asked = Je krijgt deze mail omdat je dit bericht schreef of steunt op { $site }.

# Moderatie
mail-moderated-button = Bekijk het en maak bezwaar
mail-act-button = Bekijk wat er gedaan is
mail-fact-rule = Huisregel
mail-fact-last-day = Tot en met
mail-moderated-hide-subject = Verborgen: { $title }
mail-moderated-hide-text = Een tekst van jou bij ‘{ $title }’ is verborgen. Jij kunt hem nog lezen. Je kunt bezwaar maken; iemand anders beslist.
mail-moderated-show-subject = Teruggedraaid: { $title }
mail-moderated-show-text = Wat met een tekst of stem van jou bij ‘{ $title }’ was gedaan, is teruggedraaid.
mail-moderated-redact-subject = Een deel verwijderd: { $title }
mail-moderated-redact-text = Een deel van een tekst van jou bij ‘{ $title }’ is verwijderd. Je kunt bezwaar maken; iemand anders beslist.
mail-moderated-lock-subject = Gesloten: { $title }
mail-moderated-lock-text = Je bericht ‘{ $title }’ is gesloten: er kan niets meer onder gezegd worden. Je kunt bezwaar maken; iemand anders beslist.
mail-moderated-unlock-subject = Heropend: { $title }
mail-moderated-unlock-text = Je bericht ‘{ $title }’ is weer open.
mail-moderated-move-subject = Verplaatst: { $title }
mail-moderated-move-text = Je bericht ‘{ $title }’ staat nu bij een ander onderwerp. Je kunt bezwaar maken; iemand anders beslist.
mail-moderated-edit-subject = Bewerkt door het team: { $title }
mail-moderated-edit-text = Het team heeft een tekst van jou bij ‘{ $title }’ veranderd. Jouw tekst blijft leesbaar. Je kunt bezwaar maken; iemand anders beslist.
mail-moderated-exclude-vote-subject = Je stem telt niet mee: { $title }
mail-moderated-exclude-vote-text = Je stem bij ‘{ $title }’ telt niet meer mee. Zij blijft zichtbaar, met een teken. Je kunt bezwaar maken; iemand anders beslist.
mail-appealed-subject = Een bezwaar om te beslissen: { $title }
mail-appealed-text = Iemand maakt bezwaar tegen wat bij ‘{ $title }’ is gedaan. Beslis in het openbaar of dat terecht is.
mail-appeal-upheld-subject = Je had gelijk: { $title }
mail-appeal-upheld-text = Je bezwaar over ‘{ $title }’ is toegewezen. Wat was gedaan, is teruggedraaid.
mail-appeal-rejected-subject = Je bezwaar is afgewezen: { $title }
mail-appeal-rejected-text = Iemand anders heeft naar je bezwaar over ‘{ $title }’ gekeken. Wat is gedaan, blijft zo.
mail-released-post-subject = Iedereen kan het nu lezen: { $title }
mail-released-post-text = We hebben naar je bericht “{ $title }” gekeken, dat werd vastgehouden omdat je nieuw bent en het naar een andere site verwijst. Iedereen kan het nu lezen. De termijnen liepen gewoon door.
mail-released-comment-subject = Iedereen kan je reactie nu lezen: { $title }
mail-released-comment-text = We hebben naar je reactie op “{ $title }” gekeken, die werd vastgehouden omdat je nieuw bent en ze naar een andere site verwijst. Iedereen kan ze nu lezen.
mail-banned-subject = Je kunt bij { $site } een tijd niet schrijven
mail-banned-text = Tot en met de dag hieronder kun je bij { $site } lezen, maar niet schrijven. Je kunt bezwaar maken; iemand anders beslist.
mail-unbanned-subject = Je kunt bij { $site } weer schrijven
mail-unbanned-text = Je kunt bij { $site } weer schrijven, eerder dan was gezegd.
mail-ban-upheld-subject = Je had gelijk: je kunt bij { $site } weer schrijven
mail-ban-upheld-text = Je bezwaar bij { $site } is toegewezen. Je kunt weer schrijven.
mail-ban-rejected-subject = Je bezwaar bij { $site } is afgewezen
mail-ban-rejected-text = Iemand anders heeft naar je bezwaar bij { $site } gekeken. Je kunt lezen, en na de dag hieronder weer schrijven.

# Aan wie een bericht, het onderwerp of de belofte volgt.
mail-follows-answered-text = { $site } heeft geantwoord op “{ $title }”.
mail-follows-promised-text = Er staat een belofte bij “{ $title }”. Halen we die niet, dan kan iedereen dat zien.
mail-follows-promise-changed-text = De belofte bij “{ $title }” is anders verwoord. De oude tekst blijft leesbaar.
mail-follows-promise-kept-text = We zijn de belofte bij “{ $title }” nagekomen.
mail-follows-promise-withdrawn-text = We hebben de belofte bij “{ $title }” ingetrokken. Ook dat blijft op de lijst staan.
mail-follows-promise-paid-text = Wat we schuldig waren voor de gebroken belofte bij “{ $title }” is betaald.
mail-why-follows = Je krijgt deze mail omdat je dit bericht volgt, steunt of erop reageerde, of het onderwerp of een belofte erbij volgt, op { $site }.
mail-follows-list = Kies wat je volgt
mail-why-follows-tag = Je krijgt deze mail omdat je het label “{ $name }” volgt op { $site }.
mail-why-follows-person = Je krijgt deze mail omdat je volgt wat { $name } doet voor { $site }.
mail-tagged-subject = Nieuw met “{ $tag }”: { $title }
mail-tagged-text = Er is een nieuw bericht met het label “{ $tag }” op { $site }: “{ $title }”.
mail-mentioned-subject = Je wordt genoemd: { $title }
mail-mentioned-text = Je wordt genoemd bij “{ $title }” op { $site }.
mail-why-mentioned = Je krijgt deze mail omdat iemand je noemde op { $site }.

mail-digest-subject = { $n ->
    [one] Eén nieuwtje bij { $site }
   *[other] { $n } nieuwtjes bij { $site }
 }
mail-digest-post-subject = { $n ->
    [one] Nieuw: { $title }
   *[other] { $n } keer nieuws: { $title }
 }
mail-digest-text = Dit gebeurde sinds de vorige mail, en je hebt het nog niet gezien:
mail-digest-burst-text = Er was meer sinds de vorige mail, en je hebt het nog niet gezien:
mail-digest-button = Naar je meldingen
mail-why-digest = Je krijgt deze mail omdat je nieuws van { $site } gebundeld wilt.
mail-why-burst = Je krijgt deze mail omdat je dit bericht schreef, er verantwoordelijk voor bent of erop reageerde, bij { $site }. Over reacties op één bericht schrijven we hoogstens eens per uur.
mail-choose = Kies wat je per mail bereikt
mail-stop = Stop zulke mail

mail-thanked-author-subject = Geleverd dankzij jou: { $title }
mail-thanked-author-text = Jij plaatste “{ $title }”, en het is geleverd. Het kwam er door jou: bedankt.
mail-thanked-supporter-subject = Geleverd dankzij jou: { $title }
mail-thanked-supporter-text = Jij steunde “{ $title }”, en het is geleverd. Het kwam er ook door jou: bedankt.
mail-thanked-follower-subject = Geleverd: { $title }
mail-thanked-follower-text = “{ $title }” is geleverd, en staat in de wijzigingen van { $site }.
mail-thanked-entry = In de wijzigingen
mail-thanked-button = Lees wat er geleverd is

# antwoorden per mail

mail-answer = Je kunt deze mail beantwoorden: wat je erboven schrijft, wordt een reactie bij het bericht, voor iedereen die het bericht kan zien. Bijgevoegde afbeeldingen en pdf-documenten gaan mee.
mail-fact-post = Bericht
mail-not-taken-subject = Je antwoord is geen reactie geworden
mail-not-taken-sender = Er kwam een antwoord op een mail van { $site } aan jou, maar van een ander adres dan dit, dus het is geen reactie geworden. Was jij het? Antwoord dan vanaf dit adres, of op de pagina.
mail-not-taken-nothing = In je antwoord op een mail van { $site } vonden we geen woorden van jezelf, dus het is geen reactie geworden. Schrijf boven waar je op antwoordt.
mail-not-taken-too-long = Een reactie bij { $site } heeft hoogstens { $most } tekens, en je antwoord heeft er meer, dus het is er geen geworden.
mail-not-taken-closed = Niemand kan nu op dit bericht bij { $site } reageren, dus je antwoord is geen reactie geworden.
mail-not-taken-banned = Je kunt voorlopig niet schrijven bij { $site }, dus je antwoord is geen reactie geworden.
mail-not-taken-too-often = Je hebt bij { $site } in korte tijd veel gezegd, dus je antwoord is geen reactie geworden. Probeer het later opnieuw.
mail-not-taken-gone = Je kunt bij { $site } niet meer op dat bericht reageren, dus je antwoord is geen reactie geworden.
mail-not-taken-as-it-is = Je antwoord kan bij { $site } niet zo een reactie worden. Probeer het op de pagina, die zegt wat er in de weg staat.
mail-not-taken-note = Wat je schreef staat hierboven, zodat er niets van verloren gaat.
mail-not-taken-button = Naar het forum
mail-why-not-taken = Je krijgt deze mail omdat een mail van { $site } aan dit adres werd beantwoord.

# een ander adres

mail-new-address-subject = Is dit je nieuwe adres bij { $site }?
mail-new-address-text = Iemand wil dit adres gebruiken voor een account bij { $site }. Was jij dat? Open de link in de browser waarin je bent ingelogd.
mail-new-address-button = Dit adres gebruiken
mail-new-address-note = De link werkt een dag, en één keer. Weet je hier niets van, laat deze mail dan liggen: zonder de link gebeurt er niets.
mail-why-new-address = Je krijgt deze mail omdat iemand dit adres invulde bij de instellingen van een account bij { $site }.
mail-address-changed-subject = Je account bij { $site } heeft een ander adres
mail-address-changed-text = Mail over je account bij { $site } gaat voortaan naar een ander adres, en daarmee log je in.
mail-address-changed-button = Naar het forum
mail-address-changed-note = Was jij het niet die het veranderde? Schrijf dan meteen aan wie het forum beheert.
