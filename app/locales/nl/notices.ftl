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
notice-why-follower = Omdat je het volgt
