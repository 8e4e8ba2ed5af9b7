# Brieven. Gewoon en kort; wie het leest weet misschien niet meer dat er iets geschreven is.

mail-greeting = Hallo { $name },
mail-link-help = Werkt de knop niet? Open dan dit adres: { $link }

mail-verify-subject = Bevestig je e-mailadres voor { $site }
mail-verify-text = Je hebt je met dit adres aangemeld bij { $site }. Bevestig dat het van jou is, dan kun je plaatsen, stemmen en reageren.
mail-verify-button = Mijn adres bevestigen
mail-verify-note = De link werkt zeven dagen, en één keer. Heb je je niet aangemeld? Doe dan niets: zonder de link gebeurt er niets.

mail-known-subject = Je hebt al een account bij { $site }
mail-known-text = Iemand, misschien jij, wilde zich met dit adres aanmelden bij { $site }. Er is al een account mee, dus er is geen nieuw account gemaakt.
mail-known-button = Inloggen
mail-known-note = Ben je je wachtwoord vergeten? Op die pagina kun je een nieuw instellen. Was jij het niet? Dan hoef je niets te doen.

mail-reset-subject = Stel een nieuw wachtwoord in voor { $site }
mail-reset-text = Je hebt een nieuw wachtwoord gevraagd voor je account bij { $site }.
mail-reset-button = Nieuw wachtwoord instellen
mail-reset-note = De link werkt twee uur, en één keer. Heb je er niet om gevraagd? Doe dan niets: je wachtwoord blijft zoals het is.

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
mail-why-notice = Je krijgt deze mail omdat je dit bericht schreef, er verantwoordelijk voor bent of erop reageerde, bij { $site }.
