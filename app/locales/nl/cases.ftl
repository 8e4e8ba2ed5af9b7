# Berichten die één zaak zijn: samenvoegen, losmaken, en het voorstellen.

problem-not-a-post = Hier is geen bericht met dit nummer.
problem-same-post = Dit is hetzelfde bericht.
problem-other-audience = Niet iedereen die het ene bericht ziet, ziet het andere. Alleen berichten die dezelfde mensen zien kunnen één zaak zijn.
conflict-merged = Dit bericht is één zaak met een ander. Het bedrijf handelt daar.
conflict-one-case = Deze berichten zijn al één zaak.
conflict-no-case = Dit bericht hoort bij geen dossier.
conflict-proposed = Iemand heeft dit al voorgesteld.
conflict-case-across = Berichten van dit onderwerp zijn één zaak met berichten van andere onderwerpen. Maak die eerst los: anders verliezen mensen de helft uit het oog.

case-note-title = Dit is één zaak met { $number }
case-note-text = Wat het bedrijf antwoordt staat daar. Stemmen en reacties die je hier geeft tellen daar ook mee.
case-note-rest = De termijnen van dit bericht rusten zolang. Die van { $number } gelden, dat overnam wat eerder af moest zijn.
case-note-go = Naar { $number }
case-why = Samengevoegd onder
case-rule = regel { $rule }
case-title = Eén zaak
case-people =
    { $n ->
        [one] { $count } persoon steunt deze zaak, in { $posts } berichten.
       *[other] { $count } mensen steunen deze zaak, in { $posts } berichten.
    }
case-people-hint = Wie er meer dan één steunt, telt één keer.
case-member-counts =
    { $comments ->
        [0] { $support } steun
        [one] { $support } steun, één reactie
       *[other] { $support } steun, { $comments } reacties
    }
case-member-open = Dit bericht openen
case-number = Nr. { $number }
case-comment-from = uit
case-row = Eén zaak met
case-merged-here = { $number } werd één zaak met dit bericht
case-merged-there = Werd één zaak met { $number }
case-unmerged-here = { $number } is weer een zaak op zich
case-unmerged-there = Weer een zaak op zich, niet meer één met { $number }
case-taken-over = overgenomen van { $number }

case-merge = Samenvoegen
case-unmerge = Losmaken
merge-title = { $number } samenvoegen
merge-lede = Een bericht dat wordt samengevoegd blijft leesbaar op zijn eigen adres en zegt waar de antwoorden staan. Niets verhuist, en het kan weer los.
merge-with = Nummer of adres van het andere bericht
merge-compare = Vergelijken
merge-alike = Berichten die ongeveer hetzelfde zeggen
merge-alike-none = Geen ander bericht zegt ongeveer hetzelfde.
merge-alike-score = { $score }% gelijk
merge-score-low = Hoort niet bij de berichten die het meest lijken.
merge-side = Naast elkaar
merge-becomes-member = Wordt een lid
merge-becomes-head = Blijft het hoofd
merge-swap = Omwisselen
merge-posted = Geplaatst
merge-support = Steun
merge-comments = Reacties
merge-deadlines = Het hoofd neemt elke termijn van het lid over die eerder afloopt dan de eigen, en die al verstreken is. De schrijver van het lid krijgt bericht.
merge-rule = Huisregel
merge-rule-choose = Kies een regel
merge-reason = Reden
merge-reason-hint = Openbaar: in de noot boven het lid, en in het register.
merge-go = Voeg { $from } samen met { $into }
unmerge-title = Losmaken
unmerge-text-member = { $number } wordt weer een zaak op zich, met alles wat er eerder mee werd samengevoegd. Stemmen, reacties, status en termijnen zijn zoals ze waren; wat intussen afliep heeft dan zijn gevolgen.
unmerge-text-head = Alle leden worden weer een zaak op zich. Hun stemmen, reacties, status en termijnen zijn zoals ze waren.
unmerge-go = Maak { $number } los
unmerge-members = Wil je maar één lid losmaken? Open het:
done-merged = De berichten zijn nu één zaak. De schrijver van het lid krijgt bericht.
done-unmerged = De berichten zijn weer een zaak op zich.

same-link = Hetzelfde als een ander bericht?
same-title = Is { $number } hetzelfde als een ander bericht?
same-lede = Zeg welk. Het team bekijkt beide en laat je weten wat ervan komt; tot die tijd verandert er niets.
same-other = Het andere bericht
same-other-hint = Het nummer of het adres.
same-words = Waarom denk je dat?
same-go = Voorstellen
same-cancel = Terug naar het bericht
done-proposed = Dank je. Het team bekijkt beide berichten, en je hoort wat ervan komt.

proposals-title = Voorgesteld als één zaak
proposals-lede = Leden denken dat deze berichten één zaak zijn. Wie het voorstelde hoort wat je beslist.
proposals-none = Er zijn nu geen voorstellen.
proposals-link =
    { $n ->
        [0] Geen voorstellen om samen te voegen
        [one] Eén voorstel om samen te voegen
       *[other] { $n } voorstellen om samen te voegen
    }
proposals-by = Voorgesteld door
proposals-merge = Samenvoegen
proposals-decline = Afwijzen
proposals-decline-label = Waarom ze niet één zaak zijn
proposals-decline-hint = Wie het voorstelde leest dit.
proposals-decline-go = Afwijzen
done-proposal-declined = Afgewezen. Wie het voorstelde krijgt bericht.

mail-merged-subject = Nu één zaak: { $title }
mail-merged-text = Je bericht “{ $title }” is nu één zaak met “{ $head }”. Het blijft staan waar het staat; wat het bedrijf antwoordt staat daar.
mail-merged-button = Naar de zaak
mail-unmerged-subject = Weer een zaak op zich: { $title }
mail-unmerged-text = Het bericht “{ $title }” is niet meer één zaak met “{ $head }”. Alles erop is zoals het was.
mail-fact-case = Eén zaak met
mail-case-answered-subject = { $stage }: { $title }
mail-case-answered-text = { $site } heeft geantwoord op “{ $title }”, dat één zaak is met een bericht van jou.
mail-proposal-merged-subject = Ze zijn nu één zaak: { $one }
mail-proposal-merged-text = Je stelde voor dat “{ $one }” en “{ $other }” één zaak zijn. Dat zijn ze nu.
mail-proposal-declined-subject = Niet één zaak: { $one }
mail-proposal-declined-text = Je stelde voor dat “{ $one }” en “{ $other }” één zaak zijn. Het team ziet dat anders.
field-name-other = Het andere bericht
field-name-words = Je toelichting
