extension MessageCatalogue {
    static let marathi: [String: Sentences] = [
        "appointment.booked": Sentences(
            "तुमची भेट ठरली आहे",
            "{clinic}: {practitioner} यांच्याशी तुमची भेट {time} रोजी {location} येथे ठरली आहे.",
            long: """
                तुमची भेट ठरली आहे.
                {practitioner} यांच्याशी, {time}.
                ठिकाण: {location}.
                येणे शक्य नसेल तर कृपया लवकर कळवा, म्हणजे दुसऱ्या कोणाला वेळ देता येईल.
                {clinic}
                """),
        "appointment.moved": Sentences(
            "तुमच्या भेटीची वेळ बदलली आहे",
            "{clinic}: {practitioner} यांच्याशी तुमची भेट आता {time} रोजी {location} येथे आहे.",
            long: """
                तुमच्या भेटीची वेळ बदलली आहे.
                {practitioner} यांच्याशी, आता {time}.
                ठिकाण: {location}.
                {clinic}
                """),
        "appointment.cancelled": Sentences(
            "तुमची भेट रद्द झाली आहे",
            "{clinic}: {practitioner} यांच्याशी {time} ची तुमची भेट रद्द झाली आहे.",
            long: """
                {practitioner} यांच्याशी {time} ची तुमची भेट रद्द झाली आहे.
                तुम्हाला येण्याची गरज नाही. हे अपेक्षित नसेल तर कृपया आम्हाला फोन करा.
                {clinic}
                """),
        "appointment.reminder": Sentences(
            "तुमची भेट",
            "{clinic}: {practitioner} यांच्याशी तुमची भेट {time} रोजी {location} येथे आहे.",
            long: """
                {practitioner} यांच्याशी तुमची भेट {time} रोजी आहे.
                ठिकाण: {location}.
                येणे शक्य नसेल तर कृपया आत्ताच कळवा, म्हणजे दुसऱ्या कोणाला वेळ देता येईल.
                {clinic}
                """),
        "sign-in.reset": Sentences(
            "नवा पासवर्ड",
            """
            {code} ने तुम्ही {clinic} चा नवा पासवर्ड निवडू शकता. तो \
            {minutes} मिनिटे, एकदाच चालेल. तुम्ही मागितला नसेल तर सोडून द्या.
            """),
        "sign-in.address-changed": Sentences(
            "तुमचा पत्ता बदलला आहे",
            "{clinic}: यापुढे तुमच्याशी दुसऱ्या पत्त्यावर संपर्क होईल. हे तुम्ही केले नसेल तर लगेच फोन करा."),
        "staff.invited": Sentences(
            "आमच्यासोबत काम करण्याचे निमंत्रण",
            "{clinic} तुम्हाला काम करण्यासाठी बोलावत आहे: {link} ते एकदाच, {hours} तास चालेल."),
        "sign-in.code": Sentences(
            "तुमचा कोड",
            "{clinic} साठी तुमचा कोड {code} आहे. तो {minutes} मिनिटे चालेल. तो कोणालाही सांगू नका."),
    ]
}
