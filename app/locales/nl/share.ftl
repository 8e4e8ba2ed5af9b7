# Wat er elders van het forum te zien is: het plaatje bij een link

share-what = { $kind } { $number }
share-support =
    { $n ->
        [one] steunt dit
       *[other] steunen dit
    }
share-me-too =
    { $n ->
        [one] heeft dit ook
       *[other] hebben dit ook
    }
share-against = tegen
share-comments =
    { $n ->
        [one] reactie
       *[other] reacties
    }
share-alt-post = { $what }: { $title }. Stand: { $status }. { $figures }.
share-alt-page = { $title }. { $text }
