import Vocabulary

/// The clinic's rules for when a visit may be booked, resolved for one location and one kind of visit.
public struct VisitRules: Hashable, Sendable {
    /// How long the visit lasts.
    public var minutes: Int
    /// Visits begin every so many minutes, counted from the beginning of the hours.
    public var stepMinutes: Int
    /// How long before it begins a visit must be booked, in minutes.
    public var leadMinutes: Int
    /// How many days ahead, on the location's calendar, a visit may be booked.
    public var horizonDays: Int
    /// Minutes for which the practitioner is kept free before the visit.
    public var bufferBeforeMinutes: Int
    /// Minutes for which the practitioner is kept free after it.
    public var bufferAfterMinutes: Int

    /// Rules with these numbers.
    public init(
        minutes: Int, stepMinutes: Int, leadMinutes: Int = 0, horizonDays: Int = 366,
        bufferBeforeMinutes: Int = 0,
        bufferAfterMinutes: Int = 0
    ) {
        self.minutes = minutes
        self.stepMinutes = stepMinutes
        self.leadMinutes = leadMinutes
        self.horizonDays = horizonDays
        self.bufferBeforeMinutes = bufferBeforeMinutes
        self.bufferAfterMinutes = bufferAfterMinutes
    }

    /// What the practitioner is taken for when a visit is booked: the slot and its buffers.
    public func reserved(for slot: Slot) -> Slot {
        slot.widened(before: bufferBeforeMinutes, after: bufferAfterMinutes)
    }

    /// The first moment and the end of the last day that may be booked by somebody who asks now.
    func window(at now: Instant, in zone: Zone) -> Slot {
        let today = zone.clinicTime(at: now).day
        return Slot(
            from: now + .seconds(leadMinutes * 60),
            to: zone.instant(of: ClinicTime(today + horizonDays + 1, minute: 0)))
    }
}
