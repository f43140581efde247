public import Access
import Database
public import EndpointKit
import Identity
import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Has the platform's words said again.
public struct ResetMessageTemplate: Endpoint {
    /// `DELETE /v1/message-templates/{template}/{language}/{channel}`
    public static let route = Route.delete("/v1/message-templates/{template}/{language}/{channel}")
    /// What it does.
    public static let summary = "Have the platform's words said again; the clinic's versions stay."
    /// What a caller must know.
    public static let details = """
        Where the clinic says nothing of its own there is nothing to reset: not found. A version is said again by making it live.
        """
    /// Whoever runs the clinic, or one of its locations.
    public static let access = Access<Permit<ChangeMessageTemplates>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("message-template")
    /// The clinic may have no words of its own there.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "Which words.") var template: TemplateName
    @In(.path, "In which language.") var language: Language
    @In(.path, "On which channel.") var channel: MessageChannel

    /// Inputs still empty.
    public init() {}

    /// One row.
    public func respond(to permit: Permit<ChangeMessageTemplates>) async throws -> NoContent {
        let place = TemplatePlace(template, in: language, on: channel)
        return try await permit.write { clinic in
            guard try await clinic.run(LiveTemplate.reset(place, in: clinic.tenant)) > 0 else {
                throw Problem.notFound
            }
            AuditTrail.record(place.line("reset"), by: permit, in: clinic)
            return NoContent()
        }
    }
}
