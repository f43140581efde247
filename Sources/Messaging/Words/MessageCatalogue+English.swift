extension MessageCatalogue {
    static let english: [String: Sentences] = [
        "appointment.booked": Sentences(
            "Your appointment is booked",
            "{clinic}: your appointment with {practitioner} is booked for {time}, {location}.",
            long: """
                Your appointment is booked.
                With {practitioner}, on {time}.
                Where: {location}.
                If you cannot come, please tell us early, so that somebody else can be seen.
                {clinic}
                """),
        "appointment.moved": Sentences(
            "Your appointment has a new time",
            "{clinic}: your appointment with {practitioner} is now on {time}, {location}.",
            long: """
                Your appointment has a new time.
                With {practitioner}, now on {time}.
                Where: {location}.
                {clinic}
                """),
        "appointment.cancelled": Sentences(
            "Your appointment is cancelled",
            "{clinic}: your appointment with {practitioner} on {time} is cancelled.",
            long: """
                Your appointment with {practitioner} on {time} is cancelled.
                You need not come. If you did not expect this, please call us.
                {clinic}
                """),
        "appointment.reminder": Sentences(
            "Your appointment",
            "{clinic}: you have an appointment with {practitioner} on {time}, {location}.",
            long: """
                You have an appointment with {practitioner} on {time}.
                Where: {location}.
                If you cannot come, please tell us now, so that somebody else can be seen.
                {clinic}
                """),
        "sign-in.reset": Sentences(
            "A new password",
            """
            {code} lets you choose a new password at {clinic}. It is good \
            once, for {minutes} minutes. If you did not ask for it, leave it.
            """),
        "sign-in.address-changed": Sentences(
            "Your address was changed",
            "{clinic}: you are reached at another address from now on. If it was not you, call us at once."),
        "record.opened": Sentences(
            "Your record was opened in an emergency",
            "{clinic}: {role} opened your record in an emergency, {time}. Sign in to see who has looked.",
            long: """
                In an emergency, {role} opened your record. That was on {time}.
                Somebody else at the clinic looks into whether it had to be.
                Sign in to see who has looked at your record. If you have questions, please ask us.
                {clinic}
                """),
        "record.opened-of-ward": Sentences(
            "A record that you answer for was opened in an emergency",
            """
            {clinic}: {role} opened a record that you answer for in an emergency, {time}. \
            Sign in to see who has looked.
            """,
            long: """
                In an emergency, {role} opened the record of somebody you answer for. That was on {time}.
                Somebody else at the clinic looks into whether it had to be.
                Sign in to see who has looked at the record. If you have questions, please ask us.
                {clinic}
                """),
        "staff.invited": Sentences(
            "You are invited to work with us",
            "{clinic} invites you to work there: {link} It is good once, for {hours} hours."),
        "sign-in.code": Sentences(
            "Your code",
            "{code} is your code for {clinic}. It is good for {minutes} minutes. Tell it to nobody."),
    ]
}
