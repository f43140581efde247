import Tenancy
import Vocabulary

/// A hold that somebody wants, with all that it would take: what their appointment would.
struct WantedHold {
    let hold: Hold
    let wanted: WantedAppointment
    let holder: UniqueID
    /// So many slots the holder keeps at a time.
    let most: Int

    init(_ wanted: WantedAppointment, by holder: UniqueID, keepingAtMost most: Int, lasting minutes: Int) {
        (self.wanted, self.holder, self.most) = (wanted, holder, most)
        hold = Hold(
            id: .random(at: wanted.createdAt), patient: wanted.patient, practitioner: wanted.practitioner,
            location: wanted.location, visitType: wanted.visit.name, slot: wanted.slot,
            zone: wanted.zone.identifier, heldAt: wanted.createdAt,
            until: wanted.createdAt + .seconds(minutes * 60))
    }

    /// What must be locked: what an appointment locks, and the caller, whose holds are counted.
    func lockKeys(in tenant: TenantID) -> [Int64] {
        (wanted.lockKeys(in: tenant) + [LockKey.resource(holder, of: tenant)]).sorted()
    }
}
