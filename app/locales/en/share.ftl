# What is shown of the forum elsewhere: the picture beside a link

share-what = { $kind } { $number }
share-support =
    { $n ->
        [one] supporter
       *[other] supporters
    }
share-me-too =
    { $n ->
        [one] person affected
       *[other] people affected
    }
share-against = against
share-comments =
    { $n ->
        [one] comment
       *[other] comments
    }
share-alt-post = { $what }: { $title }. Where it stands: { $status }. { $figures }.
share-alt-page = { $title }. { $text }
