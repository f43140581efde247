extension MessageCatalogue {
    static let romanian: [String: Sentences] = [
        "appointment.booked": Sentences(
            "Programarea dumneavoastră este confirmată",
            "{clinic}: programarea la {practitioner} este confirmată pentru {time}, {location}.",
            long: """
                Programarea dumneavoastră este confirmată.
                La {practitioner}, pe {time}.
                Unde: {location}.
                Dacă nu puteți veni, vă rugăm să ne anunțați din timp, ca să poată fi primit altcineva.
                {clinic}
                """),
        "appointment.moved": Sentences(
            "Programarea dumneavoastră are o oră nouă",
            "{clinic}: programarea la {practitioner} este acum pe {time}, {location}.",
            long: """
                Programarea dumneavoastră are o oră nouă.
                La {practitioner}, acum pe {time}.
                Unde: {location}.
                {clinic}
                """),
        "appointment.cancelled": Sentences(
            "Programarea dumneavoastră este anulată",
            "{clinic}: programarea la {practitioner} de pe {time} este anulată.",
            long: """
                Programarea dumneavoastră la {practitioner} de pe {time} este anulată.
                Nu trebuie să veniți. Dacă nu vă așteptați la aceasta, vă rugăm să ne sunați.
                {clinic}
                """),
        "appointment.reminder": Sentences(
            "Programarea dumneavoastră",
            "{clinic}: aveți o programare la {practitioner} pe {time}, {location}.",
            long: """
                Aveți o programare la {practitioner} pe {time}.
                Unde: {location}.
                Dacă nu puteți veni, vă rugăm să ne anunțați acum, ca să poată fi primit altcineva.
                {clinic}
                """),
        "sign-in.reset": Sentences(
            "O parolă nouă",
            """
            Cu {code} alegeți o parolă nouă la {clinic}. Este valabil o \
            singură dată, {minutes} minute. Dacă nu l-ați cerut, nu faceți nimic.
            """),
        "sign-in.address-changed": Sentences(
            "Adresa dumneavoastră s-a schimbat",
            "{clinic}: de acum sunteți contactat la altă adresă. Dacă nu ați cerut aceasta, sunați-ne."
        ),
        "record.opened": Sentences(
            "Dosarul dumneavoastră a fost deschis de urgență",
            "{clinic}: {role} v-a deschis dosarul de urgență, {time}. Vedeți în cont cine s-a uitat.",
            long: """
                De urgență, {role} v-a deschis dosarul, pe {time}.
                Altcineva din clinică verifică dacă a fost nevoie.
                Autentificați-vă ca să vedeți cine s-a uitat în dosar. Dacă aveți întrebări, vă rugăm să ne întrebați.
                {clinic}
                """),
        "record.opened-of-ward": Sentences(
            "Un dosar de care răspundeți a fost deschis de urgență",
            """
            {clinic}: {role} a deschis de urgență un dosar de care răspundeți, {time}. \
            Autentificați-vă ca să vedeți cine s-a uitat.
            """,
            long: """
                De urgență, {role} a deschis dosarul cuiva pentru care răspundeți, pe {time}.
                Altcineva din clinică verifică dacă a fost nevoie.
                Autentificați-vă ca să vedeți cine s-a uitat în dosar. Dacă aveți întrebări, vă rugăm să ne întrebați.
                {clinic}
                """),
        "staff.invited": Sentences(
            "O invitație de a lucra cu noi",
            "{clinic} vă invită să lucrați acolo: {link} Este valabil o singură dată, {hours} de ore."),
        "sign-in.code": Sentences(
            "Codul dumneavoastră",
            "{code} este codul pentru {clinic}, valabil {minutes} minute. Nu îl spuneți nimănui."
        ),
    ]
}
