# Wat om elke pagina heen staat, en woorden die veel pagina's delen.

skip = Naar de inhoud
nav-main = Hoofdmenu
nav-bottom = Onderaan
nav-posts = Berichten
nav-roadmap = Planning
nav-triage = Triage
nav-new = Insturen
nav-accountability = Verantwoording
nav-score = Score
nav-promises = Beloftes
nav-me = Mijn dossier
nav-staff = Team
nav-sign-in = Inloggen

language-choice = Taal
theme-choice = Kleuren
theme-switch = Wissel licht en donker
theme-light = Licht
theme-dark = Donker
theme-system = Systeem

foot-title = Answerable bij { $site }
foot-about = Elk bericht krijgt een eigenaar, een termijn en een openbaar antwoord. Jij zegt het; wij antwoorden, op tijd, waar iedereen het kan zien.
foot-check = Controleer ons
foot-part = Doe mee
foot-more = Over
foot-sort = Hoe we sorteren
foot-api = Open data en API
foot-new = Iets insturen
foot-rules = Huisregels
foot-clocks = Termijnen per soort
foot-accessibility = Toegankelijkheid
foot-privacy = Privacy

form-errors =
    { $n ->
        [one] Eén ding moet eerst anders
       *[other] { $n } dingen moeten eerst anders
    }
form-optional = (mag leeg)

kind-idea = Idee
kind-wish = Wens
kind-complaint = Klacht
kind-criticism = Kritiek

stage-received = Ontvangen
stage-review = In onderzoek
stage-planned = Gepland
stage-started = Mee bezig
stage-delivered = Geleverd
stage-confirmed = Bevestigd
stage-declined = Afgewezen
stage-archived = Gearchiveerd

role-member = Klant
role-agent = Medewerker
role-lead = Teamleider
role-director = Directeur
role-admin = Beheerder
