# Accounts: inloggen, aanmelden, de mail met de link, het eigen dossier, een openbaar profiel.

field-name = Naam
field-name-hint = Anderen zien die bij wat je instuurt, stemt en schrijft. Een voornaam is genoeg.
field-email = E-mailadres
field-email-hint = Niemand anders ziet het.
field-password = Wachtwoord
field-password-hint = Minstens { $min } tekens. Een paar losse woorden onthoud je makkelijker en zijn moeilijker te raden.
field-present-password = Huidig wachtwoord
field-new-password = Nieuw wachtwoord

sign-in-title = Inloggen
sign-in-new = Nieuw hier?
sign-in-to-sign-up = Account aanmaken
sign-in-forgot = Wachtwoord vergeten?
sign-in-stay = Blijf ingelogd op dit apparaat (voor het team, dat anders na twaalf uur zonder gebruik wordt uitgelogd)
sign-in-go = Inloggen
sign-in-empty = Vul je e-mailadres en je wachtwoord in.
sign-in-wrong = Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze allebei na, of vraag een nieuw wachtwoord aan.
sign-in-limited =
    { $seconds ->
        [one] Te vaak een verkeerd wachtwoord. Probeer het over een seconde weer,
       *[other] Te vaak een verkeerd wachtwoord. Probeer het over { $seconds } seconden weer,
    } of vraag een nieuw wachtwoord aan: met de link in de mail kom je er meteen in.
sign-in-why = Waar een account voor is
sign-in-why-read = Lezen kan zonder
sign-in-why-read-text = Berichten, antwoorden, termijnen en de planning zijn open voor iedereen.
sign-in-why-post = Zeg het
sign-in-why-post-text = Je bericht krijgt een nummer, een termijn en één persoon die ervoor instaat.
sign-in-why-vote = Steun of stem tegen
sign-in-why-vote-text = Eén persoon, één stem. Beide kanten tellen, en geen wordt van de andere afgetrokken.

sign-up-title = Account aanmaken
sign-up-known = Heb je er al een?
sign-up-to-sign-in = Log in
sign-up-go = Mijn account aanmaken
sign-up-agree = Wat hier geldt:
sign-up-rules = huisregels
sign-up-privacy = privacy
sign-up-next = Wat er dan gebeurt
sign-up-next-mail = Je krijgt een mail
sign-up-next-mail-text = Met de link laat je zien dat het adres van jou is. Tot dan kun je lezen, daarna ook insturen, stemmen en reageren.
sign-up-next-clock = Je krijgt antwoord
sign-up-next-clock-text = Elk bericht heeft een termijn in werkdagen die iedereen kan zien.
sign-up-next-name = Jij bepaalt wat we weten
sign-up-next-name-text = Een naam, een adres en een wachtwoord, meer vragen we niet. Je adres laten we nooit zien.

verify-mail-title = Kijk in je mail
verify-mail-text = We hebben je een mail met een link gestuurd. Open die en druk op de knop; de link werkt een dag.
verify-mail-to = Hij is onderweg naar
verify-change = Aanpassen of opnieuw sturen
verify-mail-missing = Na vijf minuten geen mail?
verify-mail-missing-text = Kijk bij de ongewenste mail, en of het adres goed getypt was.
verify-mail-known = Had je al een account?
verify-mail-known-text = Dan staat dat in de mail, en kun je inloggen met het wachtwoord dat je had.
verify-sign-in = Log in om de mail opnieuw te krijgen
verify-title = Bevestig je e-mailadres
verify-text = Druk op de knop om te laten zien dat dit adres van jou is. Je bent hier dan ingelogd, en kunt insturen, stemmen en reageren.
verify-go = Bevestig mijn adres
verify-done-already = Je adres is al bevestigd, er hoeft niets meer.
verify-dead-text = Een link om een adres te bevestigen werkt één keer, een dag lang. Heb je hem al gebruikt, dan is je adres bevestigd en kun je gewoon inloggen.
dead-link-title = Deze link werkt niet meer

reset-title = Wachtwoord vergeten?
reset-text = Geef ons je e-mailadres. Hoort er een account bij, dan sturen we een link waarmee je een nieuw wachtwoord kiest.
reset-go = Link sturen
reset-back = Terug naar inloggen
reset-sent-text = Hoort er bij dit adres een account, dan is er een mail met een link onderweg. Die werkt één keer, een half uur lang.
reset-sent-missing = Na vijf minuten niets? Kijk bij de ongewenste mail, en kijk het adres na. We zeggen bij elk adres hetzelfde, zodat niemand kan uitzoeken wie een account heeft.
reset-again = Vraag een nieuwe link aan
reset-new-title = Kies een nieuw wachtwoord
reset-new-text = Je bent hier dan ingelogd. Alle andere apparaten worden uitgelogd, en API-tokens vervallen.
reset-new-go = Stel het wachtwoord in
reset-dead-text = Een link voor een nieuw wachtwoord werkt één keer, een half uur lang, en een nieuwere vervangt hem.

setup-title = Richt je forum in
setup-text = Deze link werkt één keer, een week lang; elke start van het forum maakt een nieuwe. Je wordt de eerste beheerder; al het andere kan later nog anders.
setup-site = Het forum
setup-site-name = Naam van je bedrijf
setup-site-name-hint = Die staat bovenaan elke pagina.
setup-language = Taal voor bezoekers die niet om een andere vragen
setup-admin = Jij
setup-go = Open het forum

profile-staff = { $title } bij { $site }
profile-team = Werkt bij { $site }
profile-posts = Berichten
profile-none = Nog niets ingestuurd.

me-title = Mijn dossier
me-since = hier sinds { $date }
me-sign-out = Uitloggen
me-unverified = Nog één stap: bevestig je e-mailadres
me-unverified-text = Open de link in de mail aan { $email }. Tot dan kun je lezen, maar niet insturen, stemmen of reageren.
me-unreached = We kunnen je niet bereiken op { $email }
me-unreached-since = sinds
me-unreached-text = We sturen er niets meer heen tot je het bevestigt, met de link in een mail die de knop stuurt, of een ander adres neemt bij je instellingen. Wat je per mail zou hebben gelezen, staat bij Meldingen.
me-unreached-said = De mailserver zei:
me-unreached-confirm = Bevestig het adres
unreached-refused = De mailserver zegt dat deze mailbox niet bestaat,
unreached-bounced = Brieven eraan komen terug,
me-total =
    { $n ->
        [one] Eén bericht
       *[other] { $shown } berichten
    }

me-posts = Mijn berichten
me-posts-none = Je hebt nog niets ingestuurd
me-posts-none-text = Een idee, een wens, een klacht of kritiek: elk bericht krijgt een nummer, een eigenaar en een termijn.

me-clocks = Mijn termijnen
me-clocks-owner = Aan jou om te beantwoorden
me-clocks-owner-none = Je bent van geen bericht met een open termijn de eigenaar.
me-clocks-to-triage = Open in triage
me-clocks-owed = Wat wij jou schuldig zijn
me-clocks-none = Er loopt geen termijn voor je. Zodra je iets instuurt, staat de termijn hier.

me-votes = Mijn stemmen
me-votes-text = Anderen zien ze ook, met je naam. Op de pagina van het bericht kun je een stem veranderen of intrekken.
me-votes-none = Je hebt nog niet gestemd
me-votes-none-text = Een stem vertelt ons hoeveel mensen dezelfde wens hebben, of dezelfde last.
me-votes-support = Je steunt dit.
me-votes-too = Het is jou ook gebeurd.
me-votes-oppose = Je bent tegen:

me-settings = Instellingen
settings-save = Opslaan
settings-theme-hint = Staat in een cookie op dit apparaat.
settings-verified = bevestigd
settings-not-verified = nog niet bevestigd
settings-unreached = mail komt er niet aan
settings-email-hint = Hierheen gaat mail over je berichten, en je logt ermee in.
settings-address = Een ander adres nemen
settings-address-text = We schrijven naar het nieuwe adres. Met de link in die mail komt het in de plaats van dit.
settings-new-email = Nieuw e-mailadres
settings-address-go = Mail sturen
address-title = Is dit je nieuwe adres?
address-text = Voortaan gaat je mail erheen, en log je ermee in.
address-go = Dit adres gebruiken
address-dead = De link is gebruikt, te oud, of van een ander account. Bij je instellingen kun je een nieuwe vragen.
done-address-asked = Er is een mail onderweg naar het nieuwe adres. Open de link erin in deze browser.
done-address-changed = Je adres is veranderd.
settings-password = Wachtwoord
settings-password-text = Als je het verandert, worden alle andere apparaten uitgelogd en vervallen je API-tokens.
settings-password-go = Verander wachtwoord

me-sessions = Ingelogde apparaten
sessions-text = Elke browser waarin je bent ingelogd. Een apparaat dat 60 dagen niet gebruikt is, wordt vanzelf uitgelogd, en na 180 dagen in elk geval; voor het team is dat na twaalf uur zonder gebruik, tenzij je koos om ingelogd te blijven. De naam is hoe de browser zichzelf noemt; het laatste gebruik noteren we elke zes uur.
sessions-browser = Browser
sessions-this = deze
sessions-since = Ingelogd
sessions-seen = Laatst gebruikt
sessions-unknown = Onbekende browser
sessions-all = Een apparaat kwijt?
sessions-all-text = Logt je uit in elke browser, ook deze. Kent iemand misschien je wachtwoord, verander het dan ook. Ook je API-tokens vervallen.
sessions-all-go = Overal uitloggen

me-tokens = API-tokens
tokens-text = Met een token handelt een programma in jouw naam, binnen de grenzen die je kiest. Behandel het als een wachtwoord. Het vervalt op zijn dag, met een nieuw wachtwoord, en als je overal uitlogt.
tokens-docs = Hoe je de API gebruikt
tokens-none = Je hebt geen tokens.
tokens-new = Je nieuwe token.
tokens-once = Kopieer het nu: het is alleen deze keer te zien, en we bewaren niets waarmee het opnieuw te tonen is.
tokens-make = Maak een token
tokens-make-go = Token maken
tokens-name = Naam
tokens-name-hint = Waaraan je het herkent, zoals het programma dat het gebruikt.
tokens-scope = Mag
tokens-made = Gemaakt
tokens-used = Laatst gebruikt
tokens-never = nooit
tokens-ends = Vervalt
tokens-lifetime = Vervalt na
tokens-days = { $n } dagen
tokens-delete = Verwijderen
tokens-delete-named = Het token { $name } verwijderen
scope-read = lezen
scope-write = lezen en schrijven
scope-staff = handelen als team
scope-admin = handelen als beheerder

done-signed-out = Je bent uitgelogd.
done-signed-out-everywhere = Je bent op alle apparaten uitgelogd, en je API-tokens zijn vervallen.
done-verified = Je e-mailadres is bevestigd. Vanaf nu kun je insturen, stemmen en reageren.
done-link-sent = Er is een nieuwe mail onderweg. Alleen de link in de laatste werkt.
done-password-reset = Je nieuwe wachtwoord is ingesteld, en je bent ingelogd. Alle andere apparaten zijn uitgelogd en je API-tokens zijn vervallen.
done-password-changed = Je wachtwoord is veranderd. Alle andere apparaten zijn uitgelogd en je API-tokens zijn vervallen.
done-set-up = Je forum is open. Jij bent de beheerder.
done-saved = Opgeslagen.
done-session-ended = Die browser is uitgelogd.
done-token-deleted = Het token is verwijderd. Programma’s die het gebruiken worden vanaf nu geweigerd.

# wat voor het inloggen geschreven is
draft-for-support = Log in om “{ $title }” te steunen.
draft-for-oppose = Log in om te zeggen dat je tegen “{ $title }” bent.
draft-for-comment = Log in om te reageren op “{ $title }”.
draft-for-post = Log in om “{ $title }” te plaatsen.
draft-for-act = Log in om verder te gaan met “{ $title }”.
draft-for-else = Log in om verder te gaan.
draft-kept = Wat je schreef, blijft een week bewaard.
draft-sign-in-after = Inloggen of een account aanmaken doe je in de volgende stap. Wat je schreef, blijft bewaard.
draft-homeless-title = Dit kan niet meer verstuurd worden
draft-homeless-text = De pagina waarop je het schreef, is weg of niet voor jou. Hier is je tekst: kopieer wat je wilt bewaren.

invite-title = Word medewerker bij { $site }
invite-text = Je beantwoordt hier klanten, als { $role }. Kies hoe je heet en een wachtwoord.
invite-go = Meedoen
invite-dead-text = Deze uitnodiging is gebruikt, ingetrokken of ouder dan een week. Vraag wie je uitnodigde om een nieuwe.
done-joined = Welkom. Hier staan de berichten die op een antwoord wachten.

me-data = Mijn gegevens
export-title = Neem het mee
export-text = Alles wat { $site } hier van je bewaart, als ZIP-bestand: je account, berichten, reacties, stemmen, meldingen, apparaten en wat het forum je vertelde, als JSON; en elk van je teksten apart.
export-go = Mijn gegevens downloaden
export-readme = Dit is wat het forum van { $site } van je bewaart. account.json is je account; elk ander .json-bestand is een deel van wat je deed. In posts en comments staan je teksten, in Markdown; in attachments je afbeeldingen en documenten, tot 200 MB. Tijden zijn in UTC.
erase-title = Mijn account wissen
erase-gone = Je naam, je adres, je wachtwoord, je apparaten, tokens en berichtgevingen worden meteen gewist. Niemand kan je hier nog op naam vinden, ook wij niet.
erase-stays = Je stemmen blijven meetellen en gesprekken blijven heel: op de plaats van je naam staat ‘voormalig lid’. Afbeeldingen en documenten die je toevoegde, zijn weg. Wat het bedrijf antwoordde, blijft.
erase-for-good = Dit is definitief: niemand kan het terughalen. Download eerst je gegevens als je ze wilt houden.
erase-texts = Wat je schreef
erase-texts-hint = Berichten en reacties, met hun eerdere versies, de redenen bij je stemmen en je meldingen.
erase-keep = Bewaren, zonder mijn naam
erase-take-back = Ook wissen
erase-go = Mijn account wissen
done-erased = Je account is gewist.
person-erased = Voormalig lid

me-follows = Wat ik volg
me-follows-text = Je hoort het als het bedrijf antwoordt, iets belooft, of een belofte nakomt of breekt, en van nieuwe berichten met een label dat je volgt. Over wat je schreef, steunt of waar je op reageerde hoor je het ook, tenzij je dat op de pagina van het bericht uitzet.
me-follows-none = Je volgt nog niets
me-follows-none-text = Op de pagina van een bericht, een belofte, een onderwerp, een label of een medewerker staat daarvoor een knop.
me-follows-post = Bericht
me-follows-board = Onderwerp
me-follows-promise = Belofte
me-follows-tag = Label
me-follows-person = Persoon
me-follows-since = sinds { $date }
me-follows-hidden = Een verborgen bericht
me-follows-unasked = Volgen zonder te vragen
me-follows-supported = Wat ik steun
me-follows-commented = Waar ik op reageerde
follow-start = Volgen
follow-stop = Niet meer volgen
follow-stop-named = Niet meer volgen: { $title }
follow-on = Je volgt dit
