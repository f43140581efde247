public import Access
import Database
public import EndpointKit
import Identity
public import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Has a version said from now on.
public struct MakeTemplateLive: Endpoint {
    /// `POST /v1/message-templates/{template}/{language}/{channel}/versions/{version}/live`
    public static let route = Route.post(
        "/v1/message-templates/{template}/{language}/{channel}/versions/{version}/live")
    /// What it does.
    public static let summary = "Have a version said from now on, an earlier one too."
    /// What a caller must know.
    public static let details = """
        It is judged again first: a name that has become too long since, or a rule that is new, is told as when saving.
        """
    /// Whoever runs the clinic, or one of its locations.
    public static let access = Access<Permit<ChangeMessageTemplates>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("message-template")
    /// There may not be so many.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "Which words.") var template: TemplateName
    @In(.path, "In which language.") var language: Language
    @In(.path, "On which channel.") var channel: MessageChannel
    @In(.path, "Which version.", .within(1...TemplateVersion.most)) var version: Int32

    /// Inputs still empty.
    public init() {}

    /// Versions never change, so what is judged is what will be said.
    public func respond(to permit: Permit<ChangeMessageTemplates>) async throws -> LiveTemplate {
        let place = TemplatePlace(template, in: language, on: channel)
        let found: TemplateVersion = try await permit.clinic.found(
            TemplateVersion.numbered(version, at: place, in: permit.tenant.id))
        try await place.insist(on: found.parts, with: LongestNames.of(permit.tenant, in: permit.clinic))
        return try await permit.write { clinic in
            clinic.queue(TemplateVersion.makeLive(version, at: place, in: clinic.tenant))
            AuditTrail.record(place.line("made live", version), by: permit, in: clinic)
            return try await clinic.found(LiveTemplate.own(at: place, in: clinic.tenant))
        }
    }
}
