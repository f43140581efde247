public import Access
import Database
public import EndpointKit
import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Shows what readers would be told.
public struct PreviewMessageTemplate: Endpoint {
    /// `POST /v1/message-template-previews`
    public static let route = Route.post("/v1/message-template-previews")
    /// What it does.
    public static let summary = "Show what every channel says, with sample values; a draft too, unsaved."
    /// What a caller must know.
    public static let details = """
        Without a draft it is what is said now. A draft (`parts`, for a `channel`) is judged as when it is saved. Nothing is \
        sent and nothing is kept; no patient's name stands in it.
        """
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeMessageTemplates>>.permitted()
    /// Somebody who types.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// Nothing is done that could be done twice.
    public static let idempotency = Idempotency.none

    @In(.body, "Which words.") var template: TemplateName
    @In(.body, "In which language.") var language: Language
    @In(.body, "For which channel the draft is.") var channel: MessageChannel?
    @In(.body, "The draft.") var parts: TemplateParts?

    /// Inputs still empty.
    public init() {}

    /// Every channel that has words in this language.
    public func respond(to permit: Permit<SeeMessageTemplates>) async throws -> TemplatePreview {
        let names = try await LongestNames.of(permit.tenant, in: permit.clinic)
        let draft = try draft(with: names)
        let own: [LiveTemplate] = try await permit.clinic.rows(LiveTemplate.own(in: permit.tenant.id))
        let zone = permit.tenant.locations.first?.zone ?? .utc
        let sample = MessageContent.sample(for: permit, with: names, in: zone)
        let channels = MessageChannel.allCases.compactMap { channel -> RenderedTemplate? in
            let place = TemplatePlace(template, in: language, on: channel)
            let live = own.first { $0.place == place } ?? LiveTemplate(platformsAt: place)
            let drafted = draft?.place == place ? draft?.parts : nil
            return (drafted ?? live?.parts).flatMap {
                RenderedTemplate(
                    $0, version: drafted == nil ? live?.version : nil, at: place, sample: sample, in: zone,
                    longest: names)
            }
        }
        return TemplatePreview(channels: channels)
    }

    private func draft(with names: LongestNames) throws -> (place: TemplatePlace, parts: TemplateParts)? {
        guard let parts else { return nil }
        guard let channel else {
            throw Problem.invalidInput([
                Complaint(
                    pointer: "/channel", code: "missing", detail: "must say for which channel the draft is")
            ])
        }
        let place = TemplatePlace(template, in: language, on: channel)
        try place.insist(on: parts, with: names)
        return (place, parts)
    }
}

extension MessageContent {
    /// Somebody's visit tomorrow: with the clinic's own names, and nobody's.
    fileprivate static func sample(
        for permit: Permit<SeeMessageTemplates>, with names: LongestNames, in zone: Zone
    ) -> MessageContent {
        var content = MessageContent(languages: [], zone: zone.identifier)
        content.facts = [
            "clinic": .text(permit.tenant.name), "practitioner": .text(names.practitioner),
            "location": .text(permit.tenant.locations.first?.name ?? permit.tenant.name),
            "time": .time(permit.now + .seconds(86_400)), "code": .text("471108"), "minutes": .text("5"),
        ]
        return content
    }
}
