# Feeds: wat programma’s volgen.

feeds-title = Feeds en agenda’s
feeds-lede = Volg { $site } in een feedlezer of in je agenda, zonder account. Een feed meldt wat er nieuw is zodra het er is.
feeds-all = De hele site
feeds-posts = Nieuwe berichten
feeds-posts-text = Wat klanten indienen, het nieuwste eerst.
feeds-answers = Antwoorden
feeds-answers-text = Wat het bedrijf zegt: wat, wie en wanneer.
feeds-promises = Beloftes
feeds-promises-text = Wat is beloofd, en of het is nagekomen.
feeds-changelog = Wijzigingen
feeds-changelog-text = Wat er geleverd is, en dankzij welke berichten.
feeds-calendar = Agenda van beloftes
feeds-calendar-text = Elke open belofte op de dag waarop die uiterlijk wordt nagekomen. Abonneer je erop in je agenda met het adres.
feeds-record = Openbaar register
feeds-record-text = Elke officiële handeling, met de rol en de reden.
feeds-boards = Per onderwerp
feeds-board = Onderwerp
feeds-of-one = Elk bericht heeft een eigen feed, met de antwoorden en reacties: geef het adres aan je feedlezer.
feeds-of-post = Feed van dit bericht
feeds-comment = { $name } over ‘{ $title }’
feeds-promise-open = Open, uiterlijk op { $day }
