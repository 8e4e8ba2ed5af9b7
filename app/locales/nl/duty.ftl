# Wat de pagina van een bericht laat zien van termijnen, niveaus, eigenaars en het woord van klanten.

level-name-1 = Servicedesk
level-name-2 = Teamleider
level-name-3 = Directeur
level-clock-first-answer = het eerste antwoord
level-clock-next-update = de volgende update
level-clock-decision = het besluit
level-clock-any = een antwoord
level-why-missed = De termijn voor { $clock } is gemist.
level-why-handover = Het is voor de derde keer overgedragen.
level-why-again = Het is dezelfde klant weer gebeurd, binnen 90 dagen na de oplossing.
level-why-fifth-again = De vijfde klant meldde dat het weer gebeurde.
level-why-not-solved = De schrijver zegt dat het niet is opgelost.
level-why-too-few-yes = Minder dan de helft van wie antwoordde, zegt dat het is opgelost.
level-why-lowered = Verlaagd door { $who }:
level-up = Naar niveau { $n }: { $who }
level-still = Nog steeds op niveau { $n }: { $who }
level-down = Terug naar niveau { $n }: { $who }
level-effect-2 = Vanaf nu is elke termijn half zo lang.
level-effect-3 = Vanaf nu is elke termijn één werkdag.
ladder-title = Niveau
ladder-now = , nu
ladder-since = Sinds
ladder-to = tot
ladder-next = Als de volgende termijn wordt gemist
ladder-unneeded = Niet meer nodig

clocks-none-run = Op dit bericht loopt geen termijn.
clock-on-level = (niveau { $n })
clock-met-again = Binnen de nieuwe termijn
clock-at-the-latest = op zijn laatst
clock-extended = Meer tijd, gegeven door { $who }:
extended-first-answer = Meer tijd voor het eerste antwoord
extended-next-update = Meer tijd voor de volgende update
extended-decision = Meer tijd voor het besluit
stop-title = Wacht op de klant
stop-waiting = Wacht op de klant:
stop-until = De termijnen staan stil tot uiterlijk
stop-ended = De termijnen liepen weer vanaf
needed-title = We hebben iets van je nodig
needed-text = Reageer hieronder, dan lopen de termijnen weer.
needed-reply = Reageer

trace-offered = Aangeboden door { $from } aan { $to }. Tot { $to } aanneemt, blijft { $from } eigenaar.
trace-accepted = Overgedragen door { $from }, aangenomen door { $to }.
trace-declined = Aangeboden door { $from } aan { $to }, die het niet aannam.
trace-lapsed = Aangeboden door { $from } aan { $to }, niet op tijd aangenomen. Het bleef bij { $from }.
trace-note = Antwoord:
owner-trace = Eigenaars en overdrachten, de laatste eerst
also-title = Werken er ook aan
also-until = tot

answer-cause-confirmed = Minstens de helft van wie antwoordde, zegt dat het is opgelost.
answer-cause-not-solved = De schrijver zegt dat het niet is opgelost. Het gaat terug naar uitvoering, een niveau hoger.
answer-cause-too-few-yes = Minder dan de helft van wie antwoordde, zegt dat het is opgelost. Het gaat terug naar uitvoering, een niveau hoger.
answer-cause-again = Het is dezelfde klant weer gebeurd, binnen 90 dagen na de oplossing. Het gaat terug naar uitvoering, een niveau hoger.
answer-cause-fifth-again = De vijfde klant meldt dat het weer is gebeurd. Het gaat terug naar uitvoering, een niveau hoger.
decided-by-agent = Besloten door de servicedesk
decided-by-lead = Besloten door de teamleider
decided-by-director = Besloten door de directeur
decided-by-admin = Besloten door de beheerder

provenance-customers = Van klanten
provenance-planned = Al gepland
provenance-both = Al gepland, en door klanten gevraagd
provenance-changed = Opnieuw gezegd waar het vandaan komt
fact-provenance = Wiens idee

again-heading = Heb jij hier ook last van?
again-heading-mine = Dit is jou gebeurd
again-people =
    { $n ->
        [0] Nog niemand anders zegt dat.
        [one] Eén persoon zegt: ik ook.
       *[other] { $count } mensen zeggen: ik ook.
    }
again-reported =
    { $n ->
        [one] Eén klant meldde dat het weer gebeurde.
       *[other] { $count } klanten meldden dat het weer gebeurde.
    }
again-level = Het staat op niveau { $n }: { $who }
again-waiting = { $who } antwoordt vóór { $due }.
again-waiting-late = { $who } is je sinds { $due } een antwoord schuldig.
again-detail-text = Bedenk je nog iets wat helpt? Zet het hieronder, waar iedereen het kan lezen.
again-detail = Vul iets aan
again-open = Het is mij weer gebeurd
again-sign-in = Het is mij weer gebeurd: log in
again-hint = Je melding is openbaar, met je naam. Was het ook jouw klacht, en binnen { $days } dagen na de oplossing? Dan gaat ze een niveau omhoog.
again-label = Wat is er gebeurd, en wanneer?
again-send = Meld het
again-title = Het is weer gebeurd
again-raised = Met deze melding ging de klacht een niveau omhoog.
again-left-out =
    { $n ->
        [one] Eén eerdere melding staat hier niet; je vindt haar in de API.
       *[other] { $count } eerdere meldingen staan hier niet; je vindt ze in de API.
    }

rebuttal-heading = Ben je het niet eens met dit antwoord?
rebuttal-text = Je kunt er één keer op antwoorden. Wat je schrijft, staat bij de afwijzing, en het team moet het lezen.
rebuttal-until = Dat kan tot
rebuttal-label = Je antwoord
rebuttal-send = Mijn antwoord plaatsen
rebuttal-title = Wat de schrijver hierop zegt
rebuttal-read = Gelezen door het team op
rebuttal-unread = Het team heeft dit nog niet gelezen.

rail-promised = beloofd voor { $day }
rail-asked-until = klanten antwoorden tot { $day }
rail-unconfirmed = niemand antwoordde

done-again = Je melding is openbaar, en de eigenaar weet ervan.
done-rebuttal = Je antwoord staat bij de afwijzing.
done-solved-yes = Je zei: ja, het is opgelost.
done-solved-no = Je zei: nee, het is niet opgelost.
