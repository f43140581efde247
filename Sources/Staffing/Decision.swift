import Access
import Database
import EndpointKit
import Identity
import JSON
import Reception
import Roles
import Tenancy
import Vocabulary

/// What somebody decides on somebody else's wish.
struct Decision: Sendable {
    let request: ID<RoleRequest>
    let stage: RoleRequest.Stage
    let answer: String?

    /// Decides; an approval gives the role on the way, under the same rules as giving it unasked.
    func carryOut(
        by permit: Permit<GiveRoles>, in clinic: borrowing Transaction
    ) async throws -> RoleRequest {
        let maker = Maker(permit)
        let asked: RoleRequest = try await clinic.found(
            RoleRequest.withID(request, within: maker.locations, in: clinic.tenant))
        guard asked.staff.unique != maker.caller.id else {
            throw Problem(.notAllowed, "Nobody decides on what they asked for themselves.")
        }
        guard asked.stage == .asked else { throw Problem.conflict("It has been decided already.") }
        if stage == .approved { try await approve(asked, by: permit, in: clinic) }
        guard
            try await RoleRequest.decide(
                request, stage, by: maker.caller.id, answer: answer, at: maker.now, in: clinic)
        else { throw Problem.conflict("It has been decided already.") }
        AuditTrail.record(
            AuditEvent(GiveRoles.permission, of: "role_request", request.unique), by: permit, in: clinic)
        let decided: RoleRequest? = try await clinic.row(
            RoleRequest.withID(request, within: maker.locations, in: clinic.tenant))
        return decided ?? asked
    }

    private func approve(
        _ asked: RoleRequest, by permit: Permit<GiveRoles>, in clinic: borrowing Transaction
    ) async throws {
        guard asked.until > permit.now else { throw Problem.conflict("It would be over already.") }
        let change = RoleChange.give(asked.wish, to: asked.staff)
        // Whoever asks for a location where they have no role yet is not seen there; the request is.
        _ = try await change.carryOut(by: Maker(permit, seeing: .everywhere), in: clinic)
    }
}
