me-notices = Meldingen
nav-notices = { $n ->
    [0] Meldingen, niets nieuws
   *[other] Meldingen, { $shown } nieuw
 }
notices-which = Welke meldingen
notices-all = Alle
notices-new = { $n ->
    [0] Nieuw
   *[other] Nieuw ({ $shown })
 }
notices-new-one = Nieuw:
notices-see-all = Alles als gelezen markeren
notices-none = Nog niets
notices-none-text = Als het bedrijf je antwoordt, of iemand op je reageert, staat dat hier.
notices-none-new = Niets nieuws
notices-none-new-text = Je hebt alles gezien wat we je meldden.
notices-hidden = een verborgen bericht
notice-why-author = Omdat je het bericht schreef
notice-why-owner = Omdat het bericht van jou is
notice-why-level = Omdat je voor het niveau instaat
notice-why-replied-to = Omdat het een reactie op jou is
notice-why-person = Omdat het over jou gaat
notice-why-receiver = Omdat het je is aangeboden
notice-why-giver = Omdat je het aanbood
notice-why-deciders = Omdat je erover mag beslissen
notice-why-requester = Omdat je erom vroeg
notice-why-accountable = Omdat je voor de belofte instaat
notice-why-asked = Omdat we jouw oordeel vragen
notice-why-moderated = Omdat het gaat over wat je schreef
notice-why-case-author = Omdat je over dezelfde zaak schreef
notice-why-proposer = Omdat je het voorstelde
notice-why-supporter = Omdat je het steunt
notice-why-follower = Omdat je het volgt, steunt of erop reageerde
notice-why-tag = Omdat je een label ervan volgde
notice-why-tag-named = Omdat je het label “{ $name }” volgt
notice-why-actor = Omdat je volgde wie het deed
notice-why-actor-named = Omdat je { $name } volgt
notice-why-mentioned = Omdat je daar genoemd wordt
notices-mail = Per mail
notices-mail-text = Hier op de pagina zie je alles. Kies wat we je ook mailen, en wanneer. Wat je dan al gezien hebt, mailen we niet.
notices-answers = Per mail antwoorden
notices-answers-hint = Wat je antwoordt op een mail over een bericht, wordt een reactie voor iedereen die het bericht kan zien.
notices-time-zone = Je tijdzone
notices-time-zone-hint = Gebundelde mail gaat om acht uur ’s ochtends weg, waar jij bent. Leeg betekent { $zone }.
topic-answers = Antwoorden aan mij
topic-means-answers = Wat het bedrijf zegt, belooft en levert over wat jij schreef.
topic-questions = Vragen aan mij
topic-means-questions = Of het echt is opgelost: dat vragen we jou, en jouw woord telt.
topic-comments = Reacties
topic-means-comments = Wat anderen zeggen op wat jij schreef. Meteen betekent hoogstens eens per uur per bericht.
topic-mentions = Vermeldingen
topic-means-mentions = Waar iemand je roept met @ en de naam op je pagina.
topic-following = Wat ik volg
topic-means-following = Antwoorden en beloften bij wat je volgt, steunt of waar je op reageerde, nieuwe berichten met labels die je volgt, en wat medewerkers doen die je volgt.
topic-moderation = Mijn teksten
topic-means-moderation = Als iets wat jij schreef is verborgen, verplaatst, samengevoegd of bewerkt, en wat er van een bezwaar kwam.
topic-work = Werk
topic-means-work = Wat er op je wacht als medewerker: termijnen, overdrachten, beslissingen.
pace-at-once = Meteen
pace-daily = Eens per dag
pace-weekly = Eens per week
pace-never = Niet per mail
push-title = Op je apparaten
push-text = Een browser kan je laten zien wat er nieuw is terwijl deze pagina dicht is. Het gaat versleuteld naar die browser, en stopt als je daar uitlogt.
push-here = Nieuws op dit apparaat tonen
push-renew = Hier opnieuw aanzetten
push-unable = Deze browser kan het niet: er zijn scripts en een beveiligd adres voor nodig, en op sommige telefoons moet de site eerst op het beginscherm staan.
push-denied = Je browser staat het voor deze site niet toe. Dat kun je in zijn instellingen veranderen.
push-failed = Dat lukte niet. Probeer het zo nog eens.
push-topics = Wat daar te zien is
push-stop = Stop
push-stop-named = Stop op { $name }
unsubscribe-title = Mail over: { $topic }
unsubscribe-title-all = Mail over nieuws
unsubscribe-title-guest = Mail over je bericht
unsubscribe-text = Bij { $site } kun je die hier stoppen. Verder verandert er niets: je meldingen staan op de pagina, zoals altijd.
unsubscribe-go = Stop deze mail
unsubscribe-all = Stop alle mail over nieuws
unsubscribe-done = Je krijgt zulke mail niet meer
unsubscribe-done-text = Wat er gebeurt staat bij je meldingen, als je bij { $site } kijkt. Mail over je account komt nog wel.
unsubscribe-done-guest = We zijn je adres vergeten. Met de link van je ontvangstbewijs kun je weer om nieuws vragen.
unsubscribe-again = Stuur het weer
unsubscribe-choose = Kies per soort en tijd
unsubscribe-dead = Deze link kennen we hier niet
unsubscribe-dead-text = Misschien ontbreekt het einde, of het account is er niet meer. Wie inlogt, kiest wat er per mail komt.
live-answered = Het bedrijf heeft geantwoord
live-comments = { $n ->
    [one] 1 nieuwe reactie
   *[other] { $shown } nieuwe reacties
 }
live-show = Tonen
