public import JSON
public import Vocabulary

/// A fact in the past tense, about one thing at one version of it.
///
/// The payload names things by id and says when; it never holds a name, a number or a word of a person.
public protocol Event: Sendable {
    /// What the event is about.
    associatedtype Subject: Identified

    /// The word by which receivers know the kind: `appointment.booked`. Never renamed.
    static var kind: String { get }

    /// What the event is about.
    var subject: ID<Subject> { get }

    /// Which version of the subject it made, so that a receiver can tell an old event from a new one.
    var version: Int32 { get }

    /// Writes the members of the payload into an object that stands open.
    func writePayload(to writer: inout JSONWriter)
}

extension Event {
    /// The payload as one JSON object.
    var payload: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writePayload(to: &$0) }
        return writer.bytes
    }
}
