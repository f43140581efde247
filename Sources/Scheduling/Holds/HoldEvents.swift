import JSON
import Outbox
import Vocabulary

/// Something happened to a kept slot: with whom, where and when, by id. For whom is left out: nothing has
/// been promised to them.
protocol OfHold: Event where Subject == Hold {
    var hold: Hold { get }
}

extension OfHold {
    var subject: ID<Hold> { hold.id }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("practitioner", hold.practitioner)
        writer.member("location", hold.location)
        writer.member("visit_type", hold.visitType)
        writer.member("start", hold.slot.start)
        writer.member("end", hold.slot.end)
        writer.member("until", hold.until)
    }
}

/// A slot is kept for somebody.
struct HoldPlaced: Event, OfHold {
    static let kind = "hold.placed"

    let hold: Hold

    var version: Int32 { 1 }
}

/// A slot is not kept any longer, though it could have been. That a hold has ended by itself is nobody's deed
/// and told by `until`.
struct HoldReleased: Event, OfHold {
    static let kind = "hold.released"

    let hold: Hold

    var version: Int32 { 2 }
}
