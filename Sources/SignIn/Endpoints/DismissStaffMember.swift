public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Shapes
import Vocabulary

/// Signs a staff member out everywhere.
public struct DismissStaffMember: Endpoint {
    /// `POST /v1/staff/{staff_member}/sessions/revoke-all`
    public static let route = Route.post("/v1/staff/{staff_member}/sessions/revoke-all")
    /// What it does.
    public static let summary = "Sign a staff member out on all their devices."
    /// What a caller must know.
    public static let details = """
        Their tokens count nowhere any more within five seconds, and their streams end; they can sign in again, if they can still \
        prove who they are. Programs of the clinic's go on calling by the keys that they answer for, since the clinic may depend on \
        them, and the answer says how many those are. Where the person's account may be somebody else's, end the keys as well \
        (`api_keys`): all of them stop within five seconds, and whoever needs one makes a new one. Keys that others have adopted stay; \
        rotate those whose secret the person may know.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Fresh<Permit<DismissStaff>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it to whom is kept.
    public static let audit = Audit.writes("staff_member")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none
    /// They may not be of this clinic.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The staff member.") var staffMember: ID<StaffMember>
    @In(.body, "Whether the API keys that they answer for end as well.") var apiKeys = false

    /// Inputs still empty.
    public init() {}

    /// Those who have gone may still have devices; those who were never here have none.
    public func respond(to fresh: Fresh<Permit<DismissStaff>>) async throws -> EndedAccess {
        let permit = fresh.request
        let ender = apiKeys ? try Self.keyEnder(permit) : nil
        return try await permit.clinic.write { clinic in
            let keys: [ID<APIKey>] =
                if let ender {
                    try await clinic.rows(
                        APIKey.revokeAll(of: staffMember, by: ender, at: permit.now, in: clinic.tenant))
                } else { [] }
            let ended = try await Dismissal(of: Person(staffMember)).carryOut(
                permit, of: "staff_member", in: clinic,
                detail: keys.isEmpty ? [:] : ["api_keys_ended": .array(keys.map { .string($0.text) })])
            let kept: Int? = try await clinic.row(
                APIKey.count(of: staffMember, at: permit.now, in: clinic.tenant))
            return EndedAccess(sessions: ended.count, keysEnded: keys.count, keysKept: kept ?? 0)
        }
    }

    /// Keys are the whole clinic's: no right to a location's people extends to them.
    private static func keyEnder(_ permit: Permit<DismissStaff>) throws -> ID<StaffMember> {
        guard case .everywhere = permit.locations, let person = permit.caller.staffMember else {
            throw Problem(.notAllowed, "Keys belong to the whole clinic, and are ended by whoever runs it.")
        }
        return person
    }
}
