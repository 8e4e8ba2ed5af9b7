# Wat niet kan, en waarom.

problem-required = Vul dit in.
problem-too-short = Schrijf minstens { $min } tekens.
problem-too-long = Houd het bij { $max } tekens.
problem-unknown-choice = Kies een van de mogelijkheden.
problem-not-an-address = Schrijf een e-mailadres, zoals naam@example.com.
problem-not-a-date = Schrijf een datum, zoals 2026-12-01.
problem-not-in-future = Kies een werkdag na vandaag.
problem-too-far-ahead = Kies een dag tot en met { $latest }: later is te ver vooruit.
problem-guessable-password = Dit wachtwoord is makkelijk te raden. Kies een langer, of een paar losse woorden.
problem-wrong-password = Dit is niet je huidige wachtwoord.
problem-complaint-not-opposable = Een klacht kun je steunen, niet tegenspreken: het is gebeurd.
problem-stage-not-for-staff = Deze status zet het bedrijf niet: berichten komen binnen als ontvangen, en alleen klanten bevestigen.
problem-reexamine-or-final = Noem een dag waarop je opnieuw kijkt, of zeg dat het definitief is; een van de twee.
problem-too-many = Hoogstens { $max }.
problem-not-on-this-post = De reactie waarop je antwoordt staat niet bij dit bericht.
problem-taken = Dit is al in gebruik.
problem-has-account = Met dit adres is er al een account. Geef het een rol in de lijst van mensen.
problem-not-a-colour = Dit is geen kleur. Schrijf haar als #0b5f70.
problem-too-pale = Deze kleur is te licht om op wit te lezen. { $enough } is de dichtstbijzijnde die wel te lezen is.
problem-not-offered = Kies een taal die wordt aangeboden.
problem-last-rule = Eén regel moet blijven gelden.
problem-not-staff = Kies iemand van het team.
problem-not-a-slug = Gebruik alleen a tot z, 0 tot 9 en streepjes.
problem-not-a-cursor = Deze bladzijde van de lijst bestaat niet.
problem-dead-link = Deze link is gebruikt of te oud. Vraag een nieuwe aan.
problem-not-proven = Dit rekenbewijs klopt niet, is te oud of is al gebruikt. Vraag een nieuwe opgave, of laat het weg.
problem-key-reused = Deze sleutel is voor een ander verzoek gebruikt.
problem-ends-before-start = Deze dag ligt vóór de eerste.
problem-not-later = Kies een dag na de huidige datum.
problem-not-a-complaint = Alleen een klacht kan opnieuw gebeuren.
problem-not-an-amount = Schrijf een bedrag in euro's, zoals 12,50.
problem-out-of-range = Schrijf een geheel getal van { $min } tot en met { $max }.
problem-not-a-time-zone = Schrijf een tijdzone van de IANA-lijst, zoals Europe/Amsterdam.
problem-board-closed = Dit onderwerp neemt geen nieuwe berichten aan.
problem-no-links-yet = Zolang je nieuw bent kun je geen link naar een andere site toevoegen aan een tekst die anderen al lezen. Zeg het zonder de link, of in een aparte reactie, waar we eerst naar kijken.
problem-no-files-yet = Zolang je nieuw bent kun je geen bestand toevoegen aan een tekst die anderen al lezen. Voeg het toe aan een aparte reactie, waar we eerst naar kijken.
problem-said-before = Je zei hetzelfde in nummer { $post }. Vul het daar aan, of zeg wat er anders is.
problem-trapped = Dit lijkt door een programma ingevuld. Was jij het, verstuur het dan nog een keer.
problem-other-readers = Kies een onderwerp dat dezelfde mensen kunnen lezen.
problem-not-in-text = Deze woorden staan niet in de tekst. Neem ze letterlijk over.
problem-not-sent = Dit had je geschreven. Het is nog niet verstuurd.
problem-not-a-file = Dit is geen PNG-, JPEG- of WebP-afbeelding en geen PDF. Sla het zo op en kies het opnieuw.
problem-too-large = Dit is groter dan { $max } MB. Maak het kleiner en kies het opnieuw.
problem-not-readable = Dit bestand is beschadigd of niet heel. Sla het opnieuw op en kies het nog een keer.
problem-too-many-pixels = Deze afbeelding heeft meer dan { $max } miljoen pixels. Maak hem kleiner en kies hem opnieuw.
problem-not-a-push-key = Dit is geen sleutel van een browser.
problem-not-an-origin = “{ $text }” is geen adres van een site. Het heeft https:// en een naam, en geen pad: https://www.example.org.
problem-not-a-hook-address = Dit is geen adres waar meldingen heen mogen. Het begint met https:// en is te bereiken vanaf het openbare internet.
problem-malformed = Dit is niet te lezen.

denied-unverified = Bevestig eerst je e-mailadres: klik op de link in de mail die we je stuurden.
denied-role = Je rol staat dit niet toe.
denied-scope = Dit token staat het niet toe.
denied-not-author = Alleen de schrijver kan dit.
denied-not-owner = Alleen de eigenaar van het bericht kan dit doen.
denied-not-receiver = Alleen de collega aan wie het is aangeboden kan dit doen.
denied-mandate = Dit gaat buiten het mandaat van je rol.
denied-origin = Dit verzoek kwam van een andere site, dus we hebben het niet uitgevoerd.
denied-own-act = Dit gaat over iets dat je zelf deed of schreef; iemand anders moet het doen.
denied-no-guests = Wie hier iets plaatst, heeft een account nodig.
denied-guest = Hiervoor is een account nodig. Met een ontvangstbewijs kun je wat de pagina ervan biedt.

conflict-changed = Dit is gewijzigd sinds je het opende. Hieronder zie je het verschil: sla nog eens op om het zo te laten worden als jij schreef.
conflict-removed = De reactie is weggehaald.
conflict-in-progress = Hetzelfde verzoek wordt nu al behandeld. Probeer het zo weer.
conflict-lowest-level = Het bericht staat al op het laagste niveau.
conflict-no-clock = Op dit bericht loopt geen termijn met die naam.
conflict-stopped-long-enough = De termijnen van dit bericht staan al stil, of hebben de tien werkdagen stilgestaan die mogen.
conflict-not-stopped = De termijnen van dit bericht lopen.
conflict-over = Dit is al beantwoord of beslist, of de tijd ervoor is voorbij.
conflict-broken = De datum van deze belofte is voorbij. Ze is gebroken, en blijft dat.
conflict-nothing-owed = Voor deze belofte is geen vergoeding verschuldigd.
conflict-not-solved = Deze klacht is nog nooit opgelost. Steun haar: dan telt ze ook als de jouwe.
conflict-in-use = Dit is in gebruik. Je kunt het wel een andere naam geven, maar niet verwijderen.
conflict-last-of-stage = Elke fase heeft een status nodig. Hernoem deze, of maak eerst een andere.
conflict-not-verified = Dit adres is nog niet bevestigd. Nodig deze persoon uit: de link in de mail laat zien dat het adres van hen is.
conflict-still-staff = Je hoort bij het team, en iemand moet overnemen waar jij over gaat. Vraag een beheerder om eerst je rol weg te nemen.
conflict-last-admin = Dit is de enige beheerder. Maak eerst iemand anders beheerder.
conflict-locked = Dit bericht is gesloten: er kan niets meer onder gezegd of aan veranderd worden. Stemmen kan nog.
conflict-held-back = Dit wordt vastgehouden tot een medewerker ernaar gekeken heeft. Daarna kun je ermee verder.
conflict-hidden = Dit is op dit moment verborgen.
conflict-not-answered = Een klacht kan niet gesloten worden voordat het bedrijf erop heeft geantwoord.
conflict-excluded = Deze stem telt volgens een huisregel niet mee. Wie haar uitbracht kan bezwaar maken.
conflict-of-staff = Medewerkers kunnen niet geblokkeerd worden. Een beheerder verandert eerst hun rol.
conflict-heads-case = Dit is het hoofd van een zaak, en de andere berichten ervan zouden in geen lijst meer staan. Maak de zaak eerst los.
conflict-nothing-done = Hier is niets om terug te draaien, of om bezwaar tegen te maken.
conflict-exists = Het is er al.

error-401-text = Log eerst in.
error-403-title = Mag niet
error-404-title = Hier is niets
error-404-text = Deze pagina bestaat niet, of is niet voor jou. Misschien had ze een ander adres.
error-405-title = Dat werkt hier niet
error-405-text = Dit adres antwoordt op een ander soort verzoek. Ga terug en probeer de knop of link opnieuw.
error-408-title = Te langzaam
error-408-text = Wat je stuurde kwam niet op tijd binnen. Er is niets bewaard; ga terug, je tekst staat er nog, en probeer het opnieuw.
error-409-title = Nu even niet
error-413-title = Te groot
error-413-text = Wat je stuurde is groter dan we aannemen. Er is niets bewaard; ga terug, je tekst staat er nog.
error-422-title = Dit konden we niet aannemen
error-429-title = Iets rustiger
error-429-text =
    { $seconds ->
        [one] Dat was snel. Probeer het over een seconde weer; er is niets weg.
       *[other] Dat was vaak in korte tijd. Probeer het over { $seconds } seconden weer; ga terug, je tekst staat er nog.
    }
error-429-later = Meer nemen we niet aan van wie hier net is. Er is weer plaats op { $when }; ga terug, je tekst staat er nog.
form-too-soon =
    { $seconds ->
        [one] Niet verstuurd: dat was snel. Je tekst staat er nog; probeer het over een seconde weer.
       *[other] Niet verstuurd: dat was vaak in korte tijd. Je tekst staat er nog; probeer het over { $seconds } seconden weer.
    }
form-too-soon-later = Niet verstuurd: wie hier nieuw is heeft plaats voor een paar berichten en reacties. Je tekst staat er nog; je kunt die versturen vanaf { $when }.
error-500-title = Onze fout
error-500-text = Er ging bij ons iets stuk. Wat je bewaard had is veilig. Ga terug en probeer het opnieuw; blijft het, noem ons dan de code hieronder.
error-503-title = Nu even niet
error-503-text = We kunnen op dit moment niets aannemen. Van dit verzoek is niets bewaard; ga terug, je tekst staat er nog, en probeer het over een paar seconden opnieuw.
error-unverified-title = Nog één stap
error-unverified-text = Insturen, stemmen en reageren kan met een bevestigd e-mailadres: klik op de link in de mail die we je stuurden.
error-send-again = Mail opnieuw sturen
error-home = Alle berichten
error-new = Nieuwe berichten
error-reference = Code
