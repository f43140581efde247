import Vocabulary

/// What shown messages say. A key that a language lacks fails the tests; at run time the next language of the
/// chain is taken, and English is whole.
enum ShownWords {
    /// By template, what each may name.
    static let templates: [String: Set<String>] = [
        "appointment.booked": ["time"], "appointment.moved": ["time"], "appointment.cancelled": ["time"],
        "webhook.disabled": [], "emergency.opened": [], "emergency.reviewed": [],
        "message-budget.nearly-used": ["channel", "sent", "limit"],
        "message-budget.used": ["channel", "limit"], "security.noticed": [], "support.opened": [],
        "support.entered": [], "support.ended": [], "role.outdated": [],
        "record.opened": ["role", "time"], "record.opened-of-ward": ["role", "time"],
    ]

    /// A title and a text, placeholders in braces.
    typealias Words = (title: String, text: String)

    /// By language, then by template.
    static let sentences: [String: [String: Words]] = [
        "en": english, "hi": hindi, "mr": marathi, "ro": romanian, "ar": arabic,
    ]

    static func words(
        _ template: String, _ facts: [String: String], in languages: [Language], zones: (String) -> Zone?
    ) -> Words {
        let tags = languages.flatMap { [$0.tag, String($0.tag.prefix { $0 != "-" })] } + ["en"]
        guard let tag = tags.first(where: { sentences[$0]?[template] != nil }),
            let words = sentences[tag]?[template], let language = Language(tag: tag)
        else { return (template, "") }
        var values = facts
        if let start = facts["start"].flatMap({ Instant(text: $0) }), let zone = facts["zone"].flatMap(zones)
        {
            values["time"] = MomentWords.text(of: start, in: zone, language)
        }
        if let role = facts["role"] { values["role"] = RoleWords.text(of: role, in: language) }
        return (Sentences.filled(words.title, with: values), Sentences.filled(words.text, with: values))
    }

    private static let english: [String: Words] = [
        "role.outdated": (
            "The chain has changed a role of yours",
            "See who would gain and lose what, and take the new version up if you will."
        ),
        "support.opened": (
            "Somebody of the platform may come in",
            "See who, what for and until when; you can end it at any time."
        ),
        "support.entered": (
            "Somebody of the platform has come in", "They see what you have allowed, until it ends."
        ),
        "support.ended": (
            "Nobody of the platform may come in any more", "The trail tells what they have done."
        ),
        "record.opened": (
            "Your record was opened in an emergency", "By {role}: {time}. See who has looked at it."
        ),
        "record.opened-of-ward": (
            "A record that you answer for was opened in an emergency",
            "By {role}: {time}. See who has looked at it."
        ),
        "emergency.opened": (
            "A record was opened in an emergency",
            "Look at why within three working days, and say what you think of it."
        ),
        "emergency.reviewed": ("An emergency of yours was looked at", "See what was said of it."),
        "appointment.booked": ("A new appointment", "{time}"),
        "appointment.moved": ("An appointment has a new time", "Now: {time}"),
        "appointment.cancelled": ("An appointment is cancelled", "It was to be: {time}"),
        "webhook.disabled": (
            "A webhook is told nothing any more",
            "It does not answer. See its deliveries, then enable it again."
        ),
        "message-budget.nearly-used": (
            "Few messages are left today", "{channel}: {sent} of {limit} are sent."
        ),
        "message-budget.used": (
            "No more messages are sent today", "{channel}: all {limit} of the day are sent (UTC)."
        ),
        "security.noticed": ("Somebody may be trying to get in", "See the security events of today."),
    ]

    private static let hindi: [String: Words] = [
        "role.outdated": (
            "शृंखला ने आपकी एक भूमिका बदली है",
            "देखें कि किसे क्या मिलेगा और किससे क्या हटेगा; चाहें तो नया संस्करण अपनाएँ।"
        ),
        "support.opened": (
            "प्लेटफ़ॉर्म का कोई व्यक्ति अंदर आ सकता है", "देखें कि कौन, किसलिए और कब तक; आप इसे कभी भी समाप्त कर सकते हैं।"
        ),
        "support.entered": (
            "प्लेटफ़ॉर्म का एक व्यक्ति अंदर आया है", "अवधि समाप्त होने तक वह वही देखता है जिसकी आपने अनुमति दी है।"
        ),
        "support.ended": (
            "प्लेटफ़ॉर्म की पहुँच समाप्त हो गई है", "ऑडिट लॉग बताता है कि क्या किया गया।"
        ),
        "record.opened": (
            "आपात स्थिति में आपका रिकॉर्ड खोला गया", "{role} ने: {time}। देखें कि किसने देखा।"
        ),
        "record.opened-of-ward": (
            "आपात स्थिति में वह रिकॉर्ड खोला गया जिसके लिए आप उत्तरदायी हैं",
            "{role} ने: {time}। देखें कि किसने देखा।"
        ),
        "emergency.opened": (
            "आपात स्थिति में एक रिकॉर्ड खोला गया",
            "तीन कार्य दिवसों में कारण देखें और अपनी राय दर्ज करें।"
        ),
        "emergency.reviewed": ("आपके आपातकालीन उपयोग की समीक्षा हुई", "देखें कि क्या कहा गया है।"),
        "appointment.booked": ("नया अपॉइंटमेंट", "{time}"),
        "appointment.moved": ("अपॉइंटमेंट का समय बदल गया है", "अब: {time}"),
        "appointment.cancelled": ("अपॉइंटमेंट रद्द हो गया है", "समय था: {time}"),
        "webhook.disabled": (
            "एक वेबहुक को अब कुछ नहीं बताया जाता", "वह उत्तर नहीं देता। उसका लॉग देखें, फिर उसे चालू करें।"
        ),
        "message-budget.nearly-used": ("आज थोड़े ही संदेश बचे हैं", "{channel}: {limit} में से {sent} भेजे गए।"),
        "message-budget.used": ("आज और संदेश नहीं भेजे जाएँगे", "{channel}: दिन के सभी {limit} भेजे जा चुके हैं (UTC)।"),
        "security.noticed": ("शायद कोई अंदर आने की कोशिश कर रहा है", "आज की सुरक्षा घटनाएँ देखें।"),
    ]

    private static let marathi: [String: Words] = [
        "role.outdated": (
            "साखळीने तुमची एक भूमिका बदलली आहे",
            "कोणाला काय मिळेल आणि कोणाचे काय जाईल ते पाहा; हवे असल्यास नवी आवृत्ती स्वीकारा."
        ),
        "support.opened": (
            "प्लॅटफॉर्मची एक व्यक्ती आत येऊ शकते", "कोण, कशासाठी आणि कधीपर्यंत ते पाहा; तुम्ही ते कधीही संपवू शकता."
        ),
        "support.entered": (
            "प्लॅटफॉर्मची एक व्यक्ती आत आली आहे", "मुदत संपेपर्यंत तुम्ही परवानगी दिलेलेच त्यांना दिसते."
        ),
        "support.ended": (
            "प्लॅटफॉर्मचा प्रवेश संपला आहे", "काय केले गेले ते ऑडिट नोंदीत पाहा."
        ),
        "record.opened": (
            "आणीबाणीत तुमची नोंद उघडली गेली", "{role} यांनी: {time}. कोणी पाहिली ते पाहा."
        ),
        "record.opened-of-ward": (
            "तुम्ही ज्यांच्यासाठी उत्तर देता त्यांची नोंद आणीबाणीत उघडली गेली",
            "{role} यांनी: {time}. कोणी पाहिली ते पाहा."
        ),
        "emergency.opened": (
            "आणीबाणीत एक नोंद उघडली गेली",
            "तीन कामाच्या दिवसांत कारण पाहा आणि आपले मत नोंदवा."
        ),
        "emergency.reviewed": ("तुमच्या आणीबाणीच्या वापराचा आढावा घेतला गेला", "काय म्हटले आहे ते पाहा."),
        "appointment.booked": ("नवीन भेट", "{time}"),
        "appointment.moved": ("भेटीची वेळ बदलली आहे", "आता: {time}"),
        "appointment.cancelled": ("भेट रद्द झाली आहे", "वेळ होती: {time}"),
        "webhook.disabled": (
            "एका वेबहुकला आता काहीच कळवले जात नाही", "तो उत्तर देत नाही. त्याची नोंद पाहा आणि तो पुन्हा सुरू करा."
        ),
        "message-budget.nearly-used": ("आज थोडेच संदेश उरले आहेत", "{channel}: {limit} पैकी {sent} पाठवले."),
        "message-budget.used": ("आज आणखी संदेश जाणार नाहीत", "{channel}: दिवसाचे सर्व {limit} पाठवले (UTC)."),
        "security.noticed": ("कोणीतरी आत येण्याचा प्रयत्न करत असावे", "आजच्या सुरक्षा घटना पाहा."),
    ]

    private static let romanian: [String: Words] = [
        "role.outdated": (
            "Lanțul a schimbat un rol al dumneavoastră",
            "Vedeți cine ar câștiga și cine ar pierde ce, apoi preluați versiunea nouă dacă doriți."
        ),
        "support.opened": (
            "Cineva de la platformă poate intra",
            "Vedeți cine, pentru ce și până când; puteți încheia oricând."
        ),
        "support.entered": (
            "Cineva de la platformă a intrat", "Vede ce ați permis, până la sfârșit."
        ),
        "support.ended": (
            "Nimeni de la platformă nu mai poate intra", "Jurnalul spune ce a făcut."
        ),
        "record.opened": (
            "Dosarul dumneavoastră a fost deschis de urgență", "De {role}: {time}. Vedeți cine s-a uitat."
        ),
        "record.opened-of-ward": (
            "Un dosar de care răspundeți a fost deschis de urgență",
            "De {role}: {time}. Vedeți cine s-a uitat."
        ),
        "emergency.opened": (
            "Un dosar a fost deschis de urgență",
            "Vedeți motivul în trei zile lucrătoare și spuneți ce credeți."
        ),
        "emergency.reviewed": (
            "O urgență a dumneavoastră a fost verificată", "Vedeți ce s-a spus despre ea."
        ),
        "appointment.booked": ("O programare nouă", "{time}"),
        "appointment.moved": ("O programare are altă oră", "Acum: {time}"),
        "appointment.cancelled": ("O programare este anulată", "Era pentru: {time}"),
        "webhook.disabled": (
            "Un webhook nu mai primește nimic", "Nu răspunde. Vedeți livrările lui, apoi porniți-l din nou."
        ),
        "message-budget.nearly-used": (
            "Au rămas puține mesaje pentru azi", "{channel}: {sent} din {limit} sunt trimise."
        ),
        "message-budget.used": (
            "Azi nu se mai trimit mesaje", "{channel}: toate cele {limit} ale zilei sunt trimise (UTC)."
        ),
        "security.noticed": ("Cineva încearcă poate să intre", "Vedeți evenimentele de securitate de azi."),
    ]

    private static let arabic: [String: Words] = [
        "role.outdated": (
            "غيّرت السلسلة دورًا من أدواركم",
            "انظر من يكسب ماذا ومن يفقد ماذا، ثم اعتمد الإصدار الجديد إن شئت."
        ),
        "support.opened": (
            "يمكن لشخص من المنصة أن يدخل", "انظر من هو ولماذا وإلى متى؛ يمكنك إنهاء ذلك في أي وقت."
        ),
        "support.entered": (
            "دخل شخص من المنصة", "يرى ما سمحتَ به حتى ينتهي الإذن."
        ),
        "support.ended": (
            "لم يعد بإمكان أحد من المنصة أن يدخل", "يُظهر سجل التدقيق ما فعله."
        ),
        "record.opened": (
            "فُتح سجلك في حالة طارئة", "فتحه {role}: {time}. انظر من اطلع عليه."
        ),
        "record.opened-of-ward": (
            "فُتح في حالة طارئة سجل أنت مسؤول عنه",
            "فتحه {role}: {time}. انظر من اطلع عليه."
        ),
        "emergency.opened": (
            "فُتح سجل في حالة طارئة", "انظر في السبب خلال ثلاثة أيام عمل وسجّل رأيك."
        ),
        "emergency.reviewed": ("رُوجعت حالة طارئة لك", "انظر ما قيل عنها."),
        "appointment.booked": ("موعد جديد", "{time}"),
        "appointment.moved": ("تغيّر وقت موعد", "الآن: {time}"),
        "appointment.cancelled": ("أُلغي موعد", "كان في: {time}"),
        "webhook.disabled": (
            "خطاف ويب لم يعد يُخبَر بشيء", "إنه لا يجيب. راجع سجل تسليماته ثم فعّله من جديد."
        ),
        "message-budget.nearly-used": ("بقيت رسائل قليلة لهذا اليوم", "{channel}: أُرسلت {sent} من {limit}."),
        "message-budget.used": (
            "لن تُرسل رسائل أخرى اليوم", "{channel}: أُرسلت كل رسائل اليوم وعددها {limit} (UTC)."
        ),
        "security.noticed": ("ربما يحاول أحدٌ الدخول", "راجع أحداث الأمان لهذا اليوم."),
    ]
}
