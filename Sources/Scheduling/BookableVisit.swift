import Vocabulary

/// A kind of visit as one clinic offers it at one location: the specialty's declaration under the clinic's
/// rules.
struct BookableVisit: Sendable {
    let plugin: String
    let pluginVersion: Int32
    let name: String
    let rules: VisitRules
    /// The practitioner must hold one of them.
    let roles: [String]
    let things: [NeededThing]
}

/// Rooms or devices that a visit takes: any free ones of the tag will do.
struct NeededThing: Sendable {
    let kind: String
    let tag: String
    let count: Int
    let minutesBefore: Int
    let minutesAfter: Int

    /// What each of them is taken for.
    func reserved(for slot: Slot) -> Slot { pool(taken: []).reserved(for: slot) }

    /// The things there are, by what each is taken for already.
    func pool(taken: [[Slot]]) -> ThingPool {
        ThingPool(count: count, minutesBefore: minutesBefore, minutesAfter: minutesAfter, taken: taken)
    }
}
