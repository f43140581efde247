public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Saves what patients are to be told.
public struct SaveTemplateVersion: Endpoint {
    /// `POST /v1/message-templates/{template}/{language}/{channel}/versions`
    public static let route = Route.post("/v1/message-templates/{template}/{language}/{channel}/versions")
    /// What it does.
    public static let summary = "Save words of the clinic's own as a new version, and have them said."
    /// What a caller must know.
    public static let details = """
        Placeholders stand in braces and are those that the template lists: names and a time, never why somebody comes. A mail \
        needs its words as text; a page beside them is optional, is never made into text, holds plain elements only, and has \
        what is filled in escaped. A text message with DLT ids may only name what is at most 30 characters long, judged by the \
        longest names of the clinic; where a longer one comes up later, the message is refused, not cut. By WhatsApp the \
        approved template is what is sent, and `text` only within a day of the patient's own words.
        """
    /// Whoever runs the clinic, or one of its locations.
    public static let access = Access<Permit<ChangeMessageTemplates>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("message-template")
    /// Somebody else may save in the same moment.
    public static let problems: [ProblemCode] = [.conflict]

    @In(.path, "Which words.") var template: TemplateName
    @In(.path, "In which language.") var language: Language
    @In(.path, "On which channel.") var channel: MessageChannel
    @In(.body, "What is said.") var parts: TemplateParts
    @In(.body, "Whether it is said from now on; a version that is not can be made so later.") var live = true

    /// Inputs still empty.
    public init() {}

    /// Everything that is wrong is told at once, before anything is written.
    public func respond(
        to permit: Permit<ChangeMessageTemplates>
    ) async throws -> Created<TemplateVersion> {
        let place = TemplatePlace(template, in: language, on: channel)
        let names = try await LongestNames.of(permit.tenant, in: permit.clinic)
        try place.insist(on: parts, with: names)
        return try await permit.write { clinic in
            let saved: Int32? = try await clinic.row(
                TemplateVersion.save(
                    parts, at: place, by: permit.caller.id, at: permit.now, in: clinic.tenant))
            guard let saved else {
                throw Problem.conflict("Somebody else has just saved these words. Look at theirs first.")
            }
            if live { clinic.queue(TemplateVersion.makeLive(saved, at: place, in: clinic.tenant)) }
            AuditTrail.record(place.line(live ? "saved" : "drafted", saved), by: permit, in: clinic)
            let version: TemplateVersion = try await clinic.found(
                TemplateVersion.numbered(saved, at: place, in: clinic.tenant))
            return Created(version, at: place.path(of: saved))
        }
    }
}

extension TemplatePlace {
    /// Tells everything that keeps the parts of a body from being said here.
    func insist(on parts: TemplateParts, with names: LongestNames) throws {
        var complaints = Complaints()
        complaints.within("/parts") { complain(of: parts, with: names, &$0) }
        guard complaints.isEmpty else { throw Problem.invalidInput(complaints.list) }
    }

    /// What was done here, for the audit trail.
    func line(_ deed: String, _ version: Int32? = nil) -> AuditEvent {
        var detail: JSONObject = [
            "deed": .string(deed), "template": .string(name.text), "language": .string(language.tag),
            "channel": .string(channel.rawValue),
        ]
        detail["version"] = version.map { .integer(Int64($0)) }
        return AuditEvent(ChangeMessageTemplates.permission, of: "message-template", detail: detail)
    }
}
