# What the REST API says of a request that it did not carry out, and the page that describes it.

api-400-title = Unreadable
api-400-text = The body is not well-formed JSON, or the address holds what is not text.
api-401-title = Who is asking?
api-401-text = Send a token that is alive, as “Authorization: Bearer …”. POST /api/v1/tokens makes one.
api-401-password = This address and this password do not belong together.
api-404-text = It does not exist, or is not for you to see.
api-405-text = This address takes other methods: see the header Allow.
api-408-text = The body did not come in time. Nothing was kept.
api-413-text = The body is larger than we take. Nothing was kept.
api-415-title = Not JSON
api-415-text = Send JSON, with “Content-Type: application/json”.
api-422-text =
    { $n ->
        [one] One field can't be taken.
       *[other] { $n } fields can't be taken.
    }
api-429-text =
    { $seconds ->
        [one] Try again in a second.
       *[other] Try again in { $seconds } seconds.
    }
api-500-text = Something broke on our side. What was acknowledged is safe. The log knows this request as { $reference }.
api-503-text = Nothing can be written at the moment, and nothing of this request was kept. Try again in { $seconds } seconds.
api-account-made = Almost there: follow the link in the mail that we sent to this address.
api-docs-title = REST API
api-docs-description = Every call of the REST API: who may use it, what it takes, what it answers, with an example.
