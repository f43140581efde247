public import JSON
public import Vocabulary

/// One line of the audit trail: what was done to whom. Who did it and when comes from the request.
public struct AuditEvent: Sendable {
    /// How it ended.
    public enum Outcome: String, Sendable {
        case done, denied, refused
    }

    /// What was done, as the permission is named: `appointments.create`.
    public let act: String
    /// How it ended.
    public let outcome: Outcome
    /// What kind of thing: `appointment`.
    public let subjectKind: String
    /// Which; nil for a list.
    public let subjectID: UniqueID?
    /// Which list, from when to when, and the like. Ids and times, no names.
    public let detail: JSONObject

    /// A line about one thing, or about a list.
    public init(
        _ permission: Permission, outcome: Outcome = .done, of subjectKind: String,
        _ subjectID: UniqueID? = nil,
        detail: JSONObject = [:]
    ) {
        (self.act, self.outcome, self.subjectKind) = (permission.name, outcome, subjectKind)
        (self.subjectID, self.detail) = (subjectID, detail)
    }
}
