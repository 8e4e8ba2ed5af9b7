# De wijzigingen: wat er geleverd is, en door wie dat komt.

changelog-title = Wijzigingen
changelog-lede = Wat { $site } geleverd heeft, en de mensen door wie het er kwam.
changelog-description = { $category }: { $excerpt }
changelog-all = Alles
changelog-by-category = Per soort nieuws
changelog-category-new = Nieuw
changelog-category-improved = Verbeterd
changelog-category-fixed = Hersteld
changelog-none = Er is nog niets verteld
changelog-none-text = Zodra er iets geleverd is, staat het hier, met wie erom vroeg.
changelog-none-found = Niets gevonden
changelog-none-found-text = Van deze soort is er geen.
changelog-total = { $n ->
    [one] { $count } wijziging
   *[other] { $count } wijzigingen
}
changelog-number = Nummer { $number }
changelog-because-of = Dankzij deze berichten
changelog-proposed-by = Aangedragen door
changelog-and-more = { $n ->
    [one] en nog iemand
   *[other] en nog { $n }
}
changelog-supported = { $n ->
    [one] één persoon steunde het
   *[other] { $count } mensen steunden het
}
changelog-thanks-proposed = Bedankt: dit kwam van jou.
changelog-thanks-supported = Bedankt: jij steunde dit.
changelog-corrected = Verbeterd op { $date }
changelog-corrections = Correcties
changelog-correction = Correctie { $n }
changelog-added = Berichten erbij:
changelog-removed = Berichten eraf:
changelog-withdrawn = Ingetrokken
changelog-withdrawn-on = Dit klopt niet meer. Het is ingetrokken op { $date }:
changelog-withdrawn-show = Wat hier stond
changelog-draft = Concept
changelog-scheduled = Verschijnt op { $date }
changelog-drafts = Concepten van de wijzigingen
changelog-to-come = Verschijnt nog
changelog-being-written = Concepten
changelog-drafts-none = Die zijn er niet.
changelog-untold = Geleverd, en nog niet verteld
changelog-untold-text = Berichten die geleverd zijn en waar nog niets over verteld is.
changelog-untold-none = Alles wat geleverd is, is verteld.
changelog-write = Wijziging beschrijven
changelog-write-about = Wijziging beschrijven bij { $title }
changelog-write-lede = Zeg wat er voor klanten vanaf nu anders is. Wie het aandroeg, steunde of volgt, hoort het zodra het verschijnt.
changelog-edit = Wijziging bewerken
changelog-correct = Wijziging corrigeren
changelog-correct-lede = Dit staat al op de site. Wat je verandert wordt aangegeven, met je reden, en staat in het openbare register.
changelog-correct-go = Corrigeren
changelog-category = Soort nieuws
changelog-category-choose = Kies
changelog-field-title = In één regel
changelog-field-body = Wat er geleverd is
changelog-field-body-hint = Voor wie, vanaf wanneer, en wat ze ervoor moeten doen. Markdown werkt.
changelog-field-posts = Berichten die erom vroegen
changelog-field-posts-hint = De nummers, met komma's ertussen. Ze moeten geleverd zijn als de wijziging verschijnt.
changelog-offers-hint = Vink aan waar dit over gaat.
changelog-for-all = Iedereen mag dit lezen
changelog-for-all-hint = Anders leest alleen wie een van de berichten kan zien: noemt het alleen berichten van een besloten onderwerp, dan is het alleen voor wie dat leest.
changelog-published-at = Verschijnt op
changelog-published-at-hint = Laat leeg om meteen te plaatsen. Tijdzone: { $zone }
changelog-publish = Plaatsen
changelog-save = Bewaren zonder te plaatsen
changelog-reason = Waarom je dit corrigeert
changelog-withdraw = Wijziging intrekken
changelog-withdraw-text = De wijziging blijft staan en zegt dat het niet meer klopt, met je reden.
changelog-withdraw-reason = Waarom het niet meer klopt
changelog-recall = Weer een concept maken
changelog-discard = Concept weggooien

post-in-changelog = In de wijzigingen:

me-delivered = Geleverd dankzij jou
me-delivered-text = Berichten die je schreef of steunde, en die geleverd zijn.
me-delivered-all = Alles wat dankzij jou geleverd is
me-delivered-none = Nog niets
me-delivered-none-text = Zodra iets geleverd is dat je schreef of steunde, staat het hier.
me-delivered-proposed = Van jou
me-delivered-supported = Jij steunde het

field-name-category = Soort nieuws
field-name-for-all = Iedereen mag dit lezen
field-name-posts = Berichten
field-name-published-at = Verschijnt op

done-changelog-saved = Bewaard. Alleen het team ziet het nog.
done-changelog-published = Geplaatst. Wie het aangaat, hoort het.
done-changelog-was-corrected = Gecorrigeerd. Wat er veranderde is aangegeven.
done-changelog-recalled = Het is weer een concept.
done-changelog-discarded = Het concept is weg.
done-changelog-withdrawn = Ingetrokken. Dat staat er nu bij.

problem-not-delivered = Nummer { $post } is niet geleverd. Beantwoord het eerst: de wijzigingen zeggen niets dat het antwoord niet zegt.
problem-for-nobody = Niemand zou dit kunnen lezen. Noem een bericht dat anderen zien, of zeg dat iedereen het mag lezen.
problem-would-vanish = Sommigen die dit nu lezen, zouden het niet meer vinden. Trek het dan in.
