import Access
import Credentials
import Database
import EndpointKit
import Identity
import JSON
import Outbox
public import Shapes
import SignIn
import Staffing
import Tenancy
import Vocabulary

/// Using a link up: whoever holds it works here from then on.
struct Acceptance: Sendable {
    let token: String
    let password: String?

    /// Nil for a link that opens nothing any more.
    func carryOut(_ request: TenantRequest, _ parts: InvitationParts) async throws -> Joined? {
        let tenant = request.tenant.id
        guard let link = parts.keys.link(token, in: tenant),
            let shown: Invitation = try await request.clinic.row(
                Invitation.opened(by: link, at: request.now, in: tenant))
        else { return nil }
        let known: Newcomer? = try await request.clinic.row(Newcomer.having(shown.address, in: tenant))
        let id = known?.id ?? .random(at: request.now)
        let choice = try await firstPassword(of: id, known, shown, request, parts)
        do {
            return try await request.clinic.write { clinic in
                guard let invitation = try await held(link, at: request.now, in: clinic) else { return nil }
                try await takeOn(id, known, invitation, at: request.now, in: clinic)
                try await invitation.roles.give(
                    to: id, from: invitation.invitedBy, at: request.tenant, now: request.now, in: clinic)
                try await choice?.set(request, in: clinic)
                clinic.queue(invitation.accept(as: id, at: request.now, in: clinic.tenant))
                record(invitation, id, request, in: clinic)
                return Joined(staff: id, name: known?.name ?? invitation.name, hasPassword: choice != nil)
            }
        } catch let error as DatabaseError where Self.races.contains(error.constraint) {
            throw Problem.conflict("Something about this address has just changed. Try again.")
        }
    }

    private static let races: Set<String?> = [
        "staff_member_email_is_free", "staff_member_phone_is_free", "staff_role_is_given_once",
    ]

    /// Hashed before anything is held. Whoever has a password changes it elsewhere: a link in somebody's
    /// mailbox does not suffice for that.
    private func firstPassword(
        of id: ID<StaffMember>, _ known: Newcomer?, _ invitation: Invitation, _ request: TenantRequest,
        _ parts: InvitationParts
    ) async throws -> FirstPassword? {
        guard let password else { return nil }
        guard known?.isActive != true || known?.hasPassword != true else {
            throw Problem.invalidInput([
                Complaint(pointer: "/password", code: "has_one", detail: "must not be sent: there is one")
            ])
        }
        return try await FirstPassword(
            password, of: id, named: known?.name ?? invitation.name, at: invitation.address, request.tenant,
            parts.credentials)
    }

    /// The invitation with its roles, which nobody else uses up meanwhile.
    private func held(
        _ link: UniqueID, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Invitation? {
        let found: Invitation? = try await clinic.row(
            Invitation.opened(by: link, forUse: true, at: now, in: clinic.tenant))
        guard let found else { return nil }
        let lines: [InvitationLine] = try await clinic.rows(
            InvitationLine.all(of: [found.id], in: clinic.tenant))
        return [found].with(lines).first
    }

    private func takeOn(
        _ id: ID<StaffMember>, _ known: Newcomer?, _ invitation: Invitation, at now: Instant,
        in clinic: borrowing Transaction
    ) async throws {
        guard let known else {
            return clinic.queue(
                Newcomer.insert(id, invitation.name, at: invitation.address, now: now, in: clinic.tenant))
        }
        if !known.isActive { known.comeBack(at: now, in: clinic) }
        clinic.queue(
            invitation.address.noteProof(by: Person(known.id), at: now, in: clinic.tenant))
    }

    private func record(
        _ invitation: Invitation, _ id: ID<StaffMember>, _ request: TenantRequest,
        in clinic: borrowing Transaction
    ) {
        let event = AuditEvent(
            InviteStaff.permission, of: "staff_member", id.unique,
            detail: [
                "invitation": .string(invitation.id.text), "invited_by": .string(invitation.invitedBy.text),
            ])
        clinic.queue(
            AuditTrail.statement(event, in: request, by: nil, takingChanges: true))
        Outbox.record(StaffJoined(staff: id, invitation: invitation.id), in: clinic)
    }
}

/// Who has just begun to work here.
public struct Joined: Output {
    let staff: ID<StaffMember>
    let name: String
    let hasPassword: Bool

    /// The answer's members.
    public static let shape = OutputShape<Joined> {
        Out("staff", "Who they are here.") { $0.staff }
        Out("name", "What patients call them.", example: "Nisha Rao") { $0.name }
        Out("password_set", "Whether they can sign in by a password too, beside a code.") { $0.hasPassword }
    }
}
