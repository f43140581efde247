public import Access
import Database
public import EndpointKit
public import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists what patients are told.
public struct ListMessageTemplates: Endpoint {
    /// `GET /v1/message-templates`
    public static let route = Route.get("/v1/message-templates")
    /// What it does.
    public static let summary = "List what patients are told: the platform's words, or the clinic's own."
    /// What a caller must know.
    public static let details = """
        A reader is spoken to in the first of these languages that has words: the reader's own, the one it is a kind of, the \
        clinic's in their order, English. In each, the clinic's own words come before the platform's.
        """
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeMessageTemplates>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "Only these words.") var template: TemplateName?
    @In(.query, "Only in this language.") var language: Language?
    @In(.query, "Only on this channel.") var channel: MessageChannel?

    /// Inputs still empty.
    public init() {}

    /// All of them: there are few.
    public func respond(to permit: Permit<SeeMessageTemplates>) async throws -> Page<LiveTemplate> {
        let own: [LiveTemplate] = try await permit.clinic.rows(LiveTemplate.own(in: permit.tenant.id))
        return Page(
            LiveTemplate.all(own: own).filter { live in
                let place = live.place
                return (template ?? place.name) == place.name
                    && (language ?? place.language) == place.language
                    && (channel ?? place.channel) == place.channel
            })
    }
}
