import JSON
import Outbox
import Vocabulary

/// A slot is kept for somebody.
struct HoldPlaced: Event {
    static let kind = "hold.placed"

    let hold: Hold

    var subject: ID<Hold> { hold.id }
    var version: Int32 { 1 }

    func writePayload(to writer: inout JSONWriter) { hold.writeFacts(to: &writer) }
}

/// A slot is not kept any longer, though it could have been. That a hold has ended by itself is nobody's deed
/// and told by `until`.
struct HoldReleased: Event {
    static let kind = "hold.released"

    let hold: Hold

    var subject: ID<Hold> { hold.id }
    var version: Int32 { 2 }

    func writePayload(to writer: inout JSONWriter) { hold.writeFacts(to: &writer) }
}

extension Hold {
    /// With whom, where and when, by id. For whom is left out: nothing has been promised to them.
    fileprivate func writeFacts(to writer: inout JSONWriter) {
        writer.member("practitioner", practitioner)
        writer.member("location", location)
        writer.member("visit_type", visitType)
        writer.member("start", slot.start)
        writer.member("end", slot.end)
        writer.member("until", until)
    }
}
