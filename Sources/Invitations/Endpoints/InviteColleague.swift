public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Messaging
public import Reception
import Shapes
import SignIn
import Staffing
import Tenancy
import Vocabulary

/// Invites somebody to work here.
public struct InviteColleague: Endpoint {
    /// `POST /v1/invitations`
    public static let route = Route.post("/v1/invitations")
    /// What it does.
    public static let summary = "Invite somebody to work here, as what, where and until when."
    /// What a caller must know.
    public static let details = """
        A link is sent to the address. It is good once, for as many hours as the clinic's file says (`invitation_hours`), and \
        only for what whoever invited may still give when it is accepted. Somebody who works here already is given the roles.
        """
    /// Whoever takes people on, and has just proven who they are.
    public static let access = Access<Fresh<Equipped<Permit<InviteStaff>, InvitationParts>>>(
        InviteStaff.self)
    /// Each sends a message.
    public static let limit = Limit.perCaller(60, per: .seconds(3600))
    /// Who invited whom as what is kept.
    public static let audit = Audit.changes("invitation")
    /// The address may have been invited, and the proof may be too old.
    public static let problems: [ProblemCode] = [.conflict, .stepUpRequired]

    @In(.body, "What patients will call them.", .length(1...200)) var name: String
    @In(.body, "Their mail address or telephone number, however it is written.", .length(3...320)) var to:
        String
    @In(.body, "As what, where and until when.", .count(1...Invitation.rolesMost)) var roles: [RoleToGive]

    /// Inputs still empty.
    public init() {}

    /// The invitation, its message and the line about it are one transaction.
    public func respond(
        to request: Fresh<Equipped<Permit<InviteStaff>, InvitationParts>>
    ) async throws -> Created<ShownInvitation> {
        let (permit, parts) = (request.request.request, request.request.tool)
        guard let inviter = permit.caller.staffMember else { throw Problem.notAllowed }
        let (address, channel) = try await reached(permit, parts)
        let known: Newcomer? = try await permit.clinic.row(Newcomer.having(address, in: permit.tenant.id))
        if let known { try PromisedRoles.mustNotBe(known.id, permit) }
        let draft = Invitation(
            inviting: name, at: address, by: inviter, under: permit.tenant.configuration, now: permit.now)
        do {
            return try await permit.write { clinic in
                var invitation = draft
                invitation.roles = try await PromisedRoles.promise(roles, by: permit, in: clinic)
                guard try await invitation.insert(in: clinic) else {
                    throw Problem.conflict("\(Invitation.most) invitations are open.")
                }
                parts.send(invitation, by: channel, at: permit.now, in: clinic)
                AuditTrail.record(Self.event(invitation), by: permit, in: clinic)
                return Created(
                    ShownInvitation(invitation: invitation, now: permit.now),
                    at: Invitation.path(of: invitation.id))
            }
        } catch let error as DatabaseError where error.constraint == "invitation_of_address" {
            throw Problem.conflict("This address is invited already: send it again, or revoke it.")
        }
    }

    /// Where the message goes, and by what.
    private func reached(
        _ permit: Permit<InviteStaff>, _ parts: InvitationParts
    ) async throws -> (Identifier, MessageChannel) {
        let configuration = permit.tenant.configuration
        guard let address = Identifier(typed: to, at: configuration.country) else {
            throw Self.complaint("wrong_form", "must be a mail address or a telephone number")
        }
        guard address.isServed(by: configuration) else {
            throw Self.complaint(
                "country_not_served", "must be a number of a country that this clinic serves")
        }
        return (address, try await parts.channel(to: address, of: permit.clinic))
    }

    private static func event(_ invitation: Invitation) -> AuditEvent {
        AuditEvent(InviteStaff.permission, of: "invitation", invitation.id.unique)
    }

    private static func complaint(_ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/to", code: code, detail: detail)])
    }
}
