import Shapes

/// What keeps a template's parts from being saved: everything at once, each with its pointer.
struct TemplateCheck {
    /// The parts of a template on a channel.
    private struct Form {
        let needs: [Part]
        let may: [Part]
    }

    private enum Part: String {
        case subject, text, html, dlt, whatsapp

        static func all(in parts: TemplateParts) -> [Part] {
            let found: [Part?] = [
                parts.subject == nil ? nil : .subject, parts.text == nil ? nil : .text,
                parts.html == nil ? nil : .html, parts.dlt == nil ? nil : .dlt,
                parts.whatsapp == nil ? nil : .whatsapp,
            ]
            return found.compactMap(\.self)
        }
    }

    /// On any other channel a template is a sentence, perhaps with a title.
    private static let sentence = Form(needs: [.text], may: [.subject])
    private static let forms: [MessageChannel: Form] = [
        .sms: Form(needs: [.text], may: [.dlt]), .whatsApp: Form(needs: [.whatsapp], may: [.text]),
        .email: Form(needs: [.subject, .text], may: [.html]),
    ]
    /// More than so many pieces nobody reads, and each is paid for.
    private static let segmentsMax = 6

    let kind: TemplateKind
    let channel: MessageChannel
    /// The longest that can stand in each placeholder, as far as the clinic's own names tell today.
    let longest: [String: String]

    func complain(of parts: TemplateParts, _ complaints: inout Complaints) {
        complainOfForm(parts, &complaints)
        if let subject = parts.subject { complain(ofText: subject, needing: [], at: "/subject", &complaints) }
        if let text = parts.text {
            complain(ofText: text, needing: kind.mandatory, at: "/text", &complaints)
            if channel == .sms { complain(ofSMS: text, isRegistered: parts.dlt != nil, &complaints) }
        }
        if let html = parts.html { complain(ofPage: html, &complaints) }
        if let approved = parts.whatsapp { complain(of: approved, &complaints) }
    }

    private func complainOfForm(_ parts: TemplateParts, _ complaints: inout Complaints) {
        let form = Self.forms[channel] ?? Self.sentence
        let sent = Part.all(in: parts)
        for part in form.needs where !sent.contains(part) {
            complaints.add("missing", "is missing", at: "/\(part.rawValue)")
        }
        for part in sent where !(form.needs + form.may).contains(part) {
            complaints.add(
                "not_for_channel", "is no part of a template of the channel \(channel.rawValue)",
                at: "/\(part.rawValue)")
        }
    }

    private func complain(
        ofText text: String, needing needed: [Placeholder], at pointer: String, _ complaints: inout Complaints
    ) {
        let cut = TemplateText(text)
        if !cut.isBalanced {
            complaints.add(
                "unbalanced_braces", "must close every brace before the next one opens", at: pointer)
        }
        complain(ofNames: cut.placeholders, needing: needed, at: pointer, &complaints)
    }

    private func complain(
        ofNames names: [String], needing needed: [Placeholder], at pointer: String,
        _ complaints: inout Complaints
    ) {
        let known = kind.placeholders.map(\.rawValue)
        for (place, name) in names.enumerated() where !known.contains(name) {
            complaints.add(
                "unknown_placeholder",
                "names at place \(place + 1) what is not known here; known are "
                    + known.joined(separator: ", "), at: pointer)
        }
        for missing in needed.map(\.rawValue) where !names.contains(missing) {
            complaints.add("missing_placeholder", "must name {\(missing)}", at: pointer)
        }
    }

    private func complain(ofPage html: String, _ complaints: inout Complaints) {
        complain(ofText: html, needing: kind.mandatory, at: "/html", &complaints)
        for flaw in MailPage.flaws(of: html) {
            complaints.add("markup_not_allowed", flaw.rawValue, at: "/html")
        }
    }

    private func complain(of approved: ApprovedTemplate, _ complaints: inout Complaints) {
        complain(
            ofNames: approved.parameters, needing: kind.mandatory, at: "/whatsapp/parameters", &complaints)
    }

    /// Judged by the longest names that the clinic has today; a longer one to come is refused when the
    /// message is sent.
    private func complain(ofSMS text: String, isRegistered: Bool, _ complaints: inout Complaints) {
        let (segments, most) = (
            SMSLength(of: Sentences.filled(text, with: longest)).segments, Self.segmentsMax
        )
        if segments > most {
            complaints.add(
                "too_many_segments",
                "must fit into \(most) pieces also with the longest names; it takes \(segments)", at: "/text")
        }
        guard isRegistered else { return }
        let named = Set(Sentences.placeholders(of: text)), max = DLTRegistration.variableMax
        for name in named.sorted() where !DLTRegistration.allows(longest[name] ?? "") {
            complaints.add(
                "variable_too_long",
                "names {\(name)}, which can be longer than the \(max) characters of a registered text",
                at: "/text")
        }
    }
}
