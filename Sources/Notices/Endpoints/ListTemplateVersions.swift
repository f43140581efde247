public import Access
import Database
public import EndpointKit
public import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists what a clinic has said, or wanted to say.
public struct ListTemplateVersions: Endpoint {
    /// `GET /v1/message-templates/{template}/{language}/{channel}/versions`
    public static let route = Route.get("/v1/message-templates/{template}/{language}/{channel}/versions")
    /// What it does.
    public static let summary = "List the versions that the clinic has saved, the latest first."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeMessageTemplates>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.path, "Which words.") var template: TemplateName
    @In(.path, "In which language.") var language: Language
    @In(.path, "On which channel.") var channel: MessageChannel
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One version further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeMessageTemplates>) async throws -> Page<TemplateVersion> {
        let place = TemplatePlace(template, in: language, on: channel)
        let before = cursor.flatMap { Int32($0.position) } ?? .max
        let found: [TemplateVersion] = try await permit.clinic.rows(
            TemplateVersion.page(at: place, before: before, limit: limit + 1, in: permit.tenant.id))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor("\(last.version)"))
    }
}
