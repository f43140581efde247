public import Access
import Database
public import EndpointKit
public import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads what patients are told in one language on one channel.
public struct ReadMessageTemplate: Endpoint {
    /// `GET /v1/message-templates/{template}/{language}/{channel}`
    public static let route = Route.get("/v1/message-templates/{template}/{language}/{channel}")
    /// What it does.
    public static let summary = "Read what is said in one language on one channel, and whose words they are."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeMessageTemplates>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// Neither the platform nor the clinic may have words in that language.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "Which words.") var template: TemplateName
    @In(.path, "In which language.") var language: Language
    @In(.path, "On which channel.") var channel: MessageChannel

    /// Inputs still empty.
    public init() {}

    /// The clinic's own words, if it has any.
    public func respond(to permit: Permit<SeeMessageTemplates>) async throws -> LiveTemplate {
        let place = TemplatePlace(template, in: language, on: channel)
        let own: LiveTemplate? = try await permit.clinic.row(
            LiveTemplate.own(at: place, in: permit.tenant.id))
        guard let live = own ?? LiveTemplate(platformsAt: place) else { throw Problem.notFound }
        return live
    }
}
