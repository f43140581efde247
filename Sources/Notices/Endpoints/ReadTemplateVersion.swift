public import Access
import Database
public import EndpointKit
public import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads what a clinic once said, or wanted to say.
public struct ReadTemplateVersion: Endpoint {
    /// `GET /v1/message-templates/{template}/{language}/{channel}/versions/{version}`
    public static let route = Route.get(
        "/v1/message-templates/{template}/{language}/{channel}/versions/{version}")
    /// What it does.
    public static let summary = "Read a version that the clinic has saved; it never changes."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeMessageTemplates>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// There may not be so many.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "Which words.") var template: TemplateName
    @In(.path, "In which language.") var language: Language
    @In(.path, "On which channel.") var channel: MessageChannel
    @In(.path, "Which version.", .within(1...TemplateVersion.most)) var version: Int32

    /// Inputs still empty.
    public init() {}

    /// One row.
    public func respond(to permit: Permit<SeeMessageTemplates>) async throws -> TemplateVersion {
        let place = TemplatePlace(template, in: language, on: channel)
        return try await permit.clinic.found(
            TemplateVersion.numbered(version, at: place, in: permit.tenant.id))
    }
}
