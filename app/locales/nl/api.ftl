# Wat de REST-API zegt over een verzoek dat zij niet uitvoerde, en de pagina die haar beschrijft.

api-400-title = Onleesbaar
api-400-text = De inhoud is geen geldige JSON, of in het adres staat iets wat geen tekst is.
api-401-title = Wie vraagt dit?
api-401-text = Stuur een geldig token mee, als “Authorization: Bearer …”. POST /api/v1/tokens maakt er een.
api-401-password = Dit adres en dit wachtwoord horen niet bij elkaar.
api-404-text = Het bestaat niet, of het is niet voor jou te zien.
api-405-text = Dit adres kent andere methoden: zie de kop Allow.
api-408-text = De inhoud kwam niet op tijd binnen. Er is niets bewaard.
api-413-text = De inhoud is groter dan wij aannemen. Er is niets bewaard.
api-415-title = Geen JSON
api-415-text = Stuur JSON, met “Content-Type: application/json”.
api-422-text =
    { $n ->
        [one] Eén veld kunnen we zo niet aannemen.
       *[other] { $n } velden kunnen we zo niet aannemen.
    }
api-429-text =
    { $seconds ->
        [one] Probeer het over een seconde opnieuw.
       *[other] Probeer het over { $seconds } seconden opnieuw.
    }
api-500-text = Er ging bij ons iets stuk. Wat bevestigd was, is veilig. In het logboek heet dit verzoek { $reference }.
api-503-text = Er kan op dit moment niets geschreven worden, en van dit verzoek is niets bewaard. Probeer het over { $seconds } seconden opnieuw.
api-account-made = Bijna klaar: volg de link in de mail die we naar dit adres hebben gestuurd.
api-docs-title = REST-API
api-docs-description = Elke aanroep van de REST-API: wie hem mag doen, wat hij aanneemt, wat hij antwoordt, met een voorbeeld.
