# Wat het bedrijf doet met wat mensen schreven, wat de schrijver daarvan zegt, en wat leden melden.

redacted = verwijderd volgens regel { $rule }

# Wat moderatoren doen, als keuze
act-hide = Verbergen
act-show = Weer tonen
act-redact = Een deel verwijderen
act-lock = Sluiten
act-unlock = Heropenen
act-move = Naar een ander onderwerp
act-edit = Bewerken
act-ban = Blokkeren
act-unban = Blokkade opheffen
act-exclude-vote = Stem niet meetellen

# Wat ze deden
acted-hide = Verborgen
acted-show = Weer getoond
acted-redact = Een deel verwijderd
acted-lock = Gesloten
acted-unlock = Heropend
acted-move = Verplaatst
acted-edit = Bewerkt door het team
acted-ban = Geblokkeerd
acted-unban = Blokkade opgeheven
acted-exclude-vote = Stem niet meegeteld

# Waarmee ze het deden
thing-post = Een bericht
thing-comment = Een reactie
thing-person = Een persoon
thing-vote = Een stem

ruling-upheld = Toegewezen: de schrijver had gelijk
ruling-rejected = Afgewezen: het besluit blijft staan

# In plaats van wat is weggehaald
marker-post = Dit bericht is verborgen
marker-comment = Deze reactie is verborgen
marker-under = Volgens huisregel { $rule }: { $text }
marker-by = { $role }, { $date }
marker-more = Wat er is gedaan, en wat de schrijver zegt
marker-object = Bezwaar maken
marker-own = Alleen jij en het team kunnen het lezen. Je kunt bezwaar maken; iemand anders beslist.
marker-own-text = Wat je schreef
marker-staff-text = Lees wat verborgen is
row-hidden = Verborgen volgens huisregel { $rule }
hidden-title = Verborgen bericht
hidden-description = Dit bericht is verborgen volgens huisregel { $rule }.
locked-title = Dit bericht is gesloten: er kan niets meer onder gezegd worden. Stemmen kan nog.
locked-form = Dit bericht is gesloten volgens huisregel { $rule }; niemand kan meer reageren. Stemmen kan nog.
hidden-form = Dit bericht is verborgen; niemand kan reageren.
moderated-title = Wat moderatoren hier deden
moderated-moved = van { $from } naar { $to }
moderated-to-versions = De eerdere tekst
moderate = Modereren
report = Melden

banned-text = Je kunt lezen, maar hier niet schrijven tot en met { $date } (huisregel { $rule }): { $reason } Je kunt daar bezwaar tegen maken.
banned-object = Bekijk het en maak bezwaar

# Het formulier voor moderatoren
moderate-title = Modereren: { $thing }
moderate-lede = Elke handeling vraagt een huisregel en een openbare reden. Er blijft een teken staan, de schrijver hoort het en kan bezwaar maken, en iemand anders beslist.
moderate-act = Wat te doen
moderate-act-choose = Kies
moderate-review = Opnieuw bekijken op
moderate-passage = De woorden die weg moeten
moderate-passage-hint = Overgenomen uit de tekst hieronder, letterlijk. Ze verdwijnen overal waar ze staan, ook in eerdere teksten. Alleen voor ‘Een deel verwijderen’.
moderate-board = Het nieuwe onderwerp
moderate-board-hint = Een dat dezelfde mensen kunnen lezen. Termijnen volgen dat onderwerp. Alleen voor ‘Naar een ander onderwerp’.
moderate-board-none = Geen
moderate-until = De laatste dag van de blokkade
moderate-until-hint = Lezen en bezwaar maken kan, schrijven tot dan niet. Alleen voor ‘Blokkeren’.
moderate-text = De tekst zoals die geschreven is
moderate-edit = In plaats daarvan de tekst bewerken
moderate-go = Doen
moderate-flags = { $n ->
    [one] { $n } lid meldde dit
   *[other] { $n } leden meldden dit
}

# De pagina van een handeling
act-title = { $act }: handeling { $number }
act-under = Regel { $rule }
act-rule = Huisregel
act-reason = Reden
act-role = Rol
act-by = Wie
act-at = Wanneer
act-review = Opnieuw bekeken op
act-until = Tot en met
act-moved = Onderwerp
act-undone = Teruggedraaid
act-undone-by = met handeling { $number }
act-undoes = Draait terug
act-number = Handeling { $number }
act-see = Bekijk het op zijn plaats
appeal-h = Bezwaar
appeal-none = Niemand heeft bezwaar gemaakt. Wie het betreft kan dat tot { $date } doen.
appeal-over = Niemand maakte op tijd bezwaar.
appeal-free = Er is niets om bezwaar tegen te maken.
appeal-lodged = Ingediend op { $date }. Te beslissen uiterlijk { $due }.
appeal-late = Ingediend op { $date }. Er had uiterlijk { $due } beslist moeten zijn.
appeal-words = Wat de schrijver zegt
appeal-body = Wat je wilt zeggen (mag leeg blijven)
appeal-lede = Dit is jou overkomen, of iets van jou. Maak je bezwaar, dan beslist iemand anders dan de moderator binnen { $days } werkdagen, in het openbaar.
appeal-go = Bezwaar maken
appeal-decide-h = Beslissen
appeal-decide-lede = Jij deed dit niet, dus je kunt beslissen. Wijs je het bezwaar toe, dan wordt het meteen teruggedraaid.
appeal-outcome = Beslissing
appeal-reason = Reden
appeal-reason-hint = Staat in het openbaar. 10 tot 500 tekens.
appeal-decide-go = Beslissen

# Meldingen van leden
flag-title = Melden: { $thing }
flag-lede = Zeg het team tegen welke huisregel het ingaat. Het kijkt ernaar en doet er iets aan, of zegt waarom niet. Je naam wordt niet getoond.
flag-note = Wat het team nog moet weten
flag-go = Melden

# De pagina van het team
triage-moderation = Moderatie
triage-moderation-lede = Eerst bezwaren, elk met een termijn; dan wat wordt vastgehouden; dan wat leden melden, naar hoe vaak wie meldt gelijk kreeg.
triage-appeals = Bezwaren
triage-appeals-none = Er wacht geen bezwaar.
triage-held = Vastgehouden
triage-held-none = Er wordt niets vastgehouden.
triage-held-due = te bekijken uiterlijk { $due }
triage-held-late = had bekeken moeten zijn op { $due }
triage-held-release = Vrijgeven
triage-held-hide = Verborgen houden
suspicion-links = Nieuw, met een link naar een andere site
suspicion-duplicate = Nieuw, met een tekst die iemand anders plaatste
suspicion-disposable = Nieuw, met een wegwerp-e-mailadres
suspicion-unproven = Van een gast, zonder bewijs van rekenwerk
suspicion-files = Nieuw, met een afbeelding of een document
held-title = Niemand anders kan dit al lezen
held-text = De medewerkers kijken er eerst naar, binnen een werkdag, zoals naar sommige teksten van mensen die nieuw zijn of geen account hebben. De termijnen lopen intussen.
held-since = Vastgehouden sinds
held-comment = Alleen de schrijver en de medewerkers kunnen dit al lezen: wie nieuw is en naar een andere site verwijst wordt eerst bekeken, binnen een werkdag.
held-look = Bekijken
triage-rings = Stemmen die eruitzien alsof ze als één zijn uitgebracht
triage-rings-none = Er zijn geen stemmen die er zo uitzien.

triage-newcomers = Nieuwe accounts
triage-newcomers-text =
    { $n ->
        [one] Accounts van de laatste dag waar iets aan opvalt.
       *[other] Accounts van de laatste { $n } dagen waar iets aan opvalt.
    } Een teken is geen oordeel: een kantoor deelt een netwerk, en een gezin een browser.
triage-newcomers-none = Aan geen nieuw account valt iets op.
newcomer-since = Hier sinds
newcomer-verified = adres bevestigd
newcomer-unverified = adres niet bevestigd
newcomer-texts =
    { $n ->
        [0] geen tekst
        [one] één tekst
       *[other] { $count } teksten
    }
newcomer-looked = Bekeken
notable-held = Een tekst van deze persoon wordt vastgehouden
notable-moderated = Een tekst of stem van deze persoon werd volgens een regel aangepakt
notable-flagged = Leden meldden een tekst van deze persoon
notable-ring = Stemt als één met anderen, voor zover dat te zien is
notable-browser = Een ander nieuw account werd in dezelfde browser gebruikt
notable-network = Vijf of meer andere nieuwe accounts kwamen van hetzelfde netwerk
notable-disposable = Het adres is er een dat iedereen een tijdje kan lezen
done-looked-at = Het staat hier weer als er iets nieuws opduikt.
ring-title = { $n ->
    [one] { $n } account
   *[other] { $n } accounts
}
ring-members = { $n ->
    [one] Het account
   *[other] De { $n } accounts
}
ring-votes = { $n ->
    [one] { $n } stem
   *[other] { $n } stemmen
}
ring-sign-alike = Ze stemmen op dezelfde berichten, en op weinig anders
ring-sign-devices = Veel van hen logden in met dezelfde browsers
ring-sign-networks = Ze komen van netwerken waar weinig anderen vandaan komen
ring-sign-made = De meeste accounts zijn binnen één dag gemaakt
ring-sign-at-once = De meeste stemmen op een bericht kwamen binnen één uur
ring-exclude = Hun stemmen uitsluiten
ring-exclude-text = Elke stem van deze accounts op de berichten hierboven telt niet meer. Elk is een eigen moderatie: wie de stem uitbracht krijgt bericht en kan bezwaar maken.
doubt-label = Over de stemmen
doubt-open = { $n ->
    [one] De medewerkers bekijken { $n } stem op dit bericht, sinds { $date }: die ziet eruit alsof ze samen met andere als één is uitgebracht. Ze telt tot iemand beslist heeft.
   *[other] De medewerkers bekijken { $n } stemmen op dit bericht, sinds { $date }: ze zien eruit alsof ze als één zijn uitgebracht. Ze tellen tot iemand beslist heeft.
}
doubt-dismissed = { $n ->
    [one] De medewerkers bekeken { $n } stem op dit bericht en vonden niets mis, { $date }:
   *[other] De medewerkers bekeken { $n } stemmen op dit bericht en vonden niets mis, { $date }:
}
doubt-excluded = { $n ->
    [one] De medewerkers haalden { $n } stem op dit bericht uit de telling, { $date }:
   *[other] De medewerkers haalden { $n } stemmen op dit bericht uit de telling, { $date }:
}
doubt-how = Hoe zulke stemmen gevonden worden
triage-flags = Meldingen
triage-flags-none = Er wacht geen melding.
triage-flag-weight = Gewicht { $weight }
triage-flag-rule = { $times ->
    [one] regel { $rule }
   *[other] regel { $rule }, { $times } keer
}
triage-flag-since = Sinds { $date }
triage-flag-dismiss = Niets mis
triage-flag-dismiss-reason = Waarom er niets mis is
triage-reviews = Opnieuw te bekijken
triage-reviews-none = Er is niets opnieuw te bekijken.
triage-acts = Laatste handelingen
triage-acts-none = Er is nog niets gedaan.
triage-due = vóór { $date }
triage-overdue-since = te laat sinds { $date }

me-moderation = Moderatie
me-moderation-text = Wat moderatoren deden met wat je schreef, en met jou. Je kunt { $days } dagen bezwaar maken.
me-moderation-none = Er is niets van jou gemodereerd

done-moderated = Gedaan. Er staat een teken, en de schrijver hoort het.
done-appealed = Je bezwaar is ingediend. Iemand anders dan de moderator beslist.
done-decided = Beslist. De schrijver hoort het.
done-flagged = Dank je. Het team kijkt ernaar.
done-released = Iedereen kan het nu lezen.
done-kept-hidden = Het is verborgen. De schrijver krijgt bericht en kan bezwaar maken.
done-ring-dismissed = Bij de berichten staat nu dat er niets mis is.
done-ring-excluded = De stemmen tellen niet meer. Wie ze uitbracht krijgt bericht.
done-dismissed = De meldingen zijn gesloten.

field-name-act = Handeling
field-name-outcome = Beslissing
field-name-passage = Woorden die weg moeten
field-name-review-on = Opnieuw bekijken op
