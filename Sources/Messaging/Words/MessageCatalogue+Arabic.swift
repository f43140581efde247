extension MessageCatalogue {
    static let arabic: [String: Sentences] = [
        "appointment.booked": Sentences(
            "تم حجز موعدك",
            "{clinic}: تم حجز موعدك مع {practitioner} في {time}، {location}.",
            long: """
                تم حجز موعدك.
                مع {practitioner}، في {time}.
                المكان: {location}.
                إذا تعذر عليك الحضور فنرجو إبلاغنا مبكرًا ليستفيد شخص آخر من الموعد.
                {clinic}
                """),
        "appointment.moved": Sentences(
            "تغيّر وقت موعدك",
            "{clinic}: موعدك مع {practitioner} أصبح في {time}، {location}.",
            long: """
                تغيّر وقت موعدك.
                مع {practitioner}، الآن في {time}.
                المكان: {location}.
                {clinic}
                """),
        "appointment.cancelled": Sentences(
            "أُلغي موعدك",
            "{clinic}: أُلغي موعدك مع {practitioner} في {time}.",
            long: """
                أُلغي موعدك مع {practitioner} في {time}.
                لا حاجة إلى الحضور. إذا لم تكن تتوقع ذلك فنرجو الاتصال بنا.
                {clinic}
                """),
        "appointment.reminder": Sentences(
            "موعدك",
            "{clinic}: لديك موعد مع {practitioner} في {time}، {location}.",
            long: """
                لديك موعد مع {practitioner} في {time}.
                المكان: {location}.
                إذا تعذر عليك الحضور فنرجو إبلاغنا الآن ليستفيد شخص آخر من الموعد.
                {clinic}
                """),
        "sign-in.reset": Sentences(
            "كلمة مرور جديدة",
            """
            بواسطة {code} تختار كلمة مرور جديدة لدى {clinic}. \
            صالح مرة واحدة لمدة {minutes} دقيقة. إن لم تطلبه فتجاهله.
            """),
        "sign-in.address-changed": Sentences(
            "تغيّر عنوانك",
            "{clinic}: سنتواصل معك من الآن على عنوان آخر. إن لم تفعل ذلك بنفسك فاتصل بنا فورًا."),
        "record.opened": Sentences(
            "فُتح سجلك في حالة طارئة",
            "{clinic}: فتح {role} سجلك في حالة طارئة، {time}. سجّل الدخول لترى من اطلع عليه.",
            long: """
                في حالة طارئة فتح {role} سجلك، في {time}.
                ينظر شخص آخر في العيادة فيما إذا كان ذلك ضروريًا.
                سجّل الدخول لترى من اطلع على سجلك. وإن كان لديك سؤال فنرجو أن تسألنا.
                {clinic}
                """),
        "record.opened-of-ward": Sentences(
            "فُتح في حالة طارئة سجل أنت مسؤول عنه",
            "{clinic}: فتح {role} في حالة طارئة سجلًا أنت مسؤول عنه، {time}. سجّل الدخول لترى من اطلع عليه.",
            long: """
                في حالة طارئة فتح {role} سجل من أنت مسؤول عنه، في {time}.
                ينظر شخص آخر في العيادة فيما إذا كان ذلك ضروريًا.
                سجّل الدخول لترى من اطلع على السجل. وإن كان لديك سؤال فنرجو أن تسألنا.
                {clinic}
                """),
        "staff.invited": Sentences(
            "دعوة للعمل معنا",
            "{clinic} تدعوك للعمل لديها: {link} الرابط صالح مرة واحدة لمدة {hours} ساعة."),
        "sign-in.code": Sentences(
            "رمزك",
            "{code} هو رمزك لدى {clinic}. صالح لمدة {minutes} دقائق. لا تخبر به أحدًا."),
    ]
}
