extension MessageCatalogue {
    static let hindi: [String: Sentences] = [
        "appointment.booked": Sentences(
            "आपका अपॉइंटमेंट तय हो गया है",
            "{clinic}: {practitioner} के साथ आपका अपॉइंटमेंट {time} को {location} में तय है।",
            long: """
                आपका अपॉइंटमेंट तय हो गया है।
                {practitioner} के साथ, {time}।
                स्थान: {location}।
                यदि आप नहीं आ सकते, तो कृपया जल्दी बताएँ, ताकि किसी और को समय मिल सके।
                {clinic}
                """),
        "appointment.moved": Sentences(
            "आपके अपॉइंटमेंट का समय बदल गया है",
            "{clinic}: {practitioner} के साथ आपका अपॉइंटमेंट अब {time} को {location} में है।",
            long: """
                आपके अपॉइंटमेंट का समय बदल गया है।
                {practitioner} के साथ, अब {time}।
                स्थान: {location}।
                {clinic}
                """),
        "appointment.cancelled": Sentences(
            "आपका अपॉइंटमेंट रद्द हो गया है",
            "{clinic}: {practitioner} के साथ {time} का आपका अपॉइंटमेंट रद्द हो गया है।",
            long: """
                {practitioner} के साथ {time} का आपका अपॉइंटमेंट रद्द हो गया है।
                आपको आने की ज़रूरत नहीं है। यदि आपको इसकी जानकारी नहीं थी, तो कृपया हमें फ़ोन करें।
                {clinic}
                """),
        "appointment.reminder": Sentences(
            "आपका अपॉइंटमेंट",
            "{clinic}: {practitioner} के साथ आपका अपॉइंटमेंट {time} को {location} में है।",
            long: """
                {practitioner} के साथ आपका अपॉइंटमेंट {time} को है।
                स्थान: {location}।
                यदि आप नहीं आ सकते, तो कृपया अभी बताएँ, ताकि किसी और को समय मिल सके।
                {clinic}
                """),
        "sign-in.reset": Sentences(
            "नया पासवर्ड",
            """
            {code} से आप {clinic} का नया पासवर्ड चुन सकते हैं। यह \
            {minutes} मिनट तक, एक बार चलेगा। आपने नहीं माँगा हो तो इसे छोड़ दें।
            """),
        "sign-in.address-changed": Sentences(
            "आपका पता बदला गया है",
            "{clinic}: अब से आपसे दूसरे पते पर संपर्क होगा। यदि यह आपने नहीं किया, तो तुरंत फ़ोन करें।"),
        "staff.invited": Sentences(
            "हमारे साथ काम करने का निमंत्रण",
            "{clinic} आपको काम करने के लिए बुलाता है: {link} यह एक बार, {hours} घंटे तक चलेगा।"),
        "sign-in.code": Sentences(
            "आपका कोड",
            "{clinic} के लिए आपका कोड {code} है। यह {minutes} मिनट तक मान्य है। इसे किसी को न बताएँ।"),
    ]
}
