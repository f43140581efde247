import Access
import Crypto
import Database
import EventLoop
import Records
import Shapes
import Tenancy
import Testing
import Vocabulary

@testable import Live
@testable import Outbox

@Suite("A topic") struct TopicTests {
    static let id = UniqueID(at: Instant(seconds: 1_798_970_400), random: 7)

    @Test("reads as it is written")
    func roundTrip() {
        for topic in [
            Topic.appointments, .own, .notifications, .practitioner(ID(Self.id)), .location(ID(Self.id)),
        ] {
            #expect(Topic(wire: topic.wire) == topic)
        }
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "appointment", "appointments.", "appointments.other", "Appointments", "appointments.own ",
            "appointments.pat_01jd4rznr0fk2vdr1b3wx4rqbe", "appointmentsown", "appointments.own.own",
            "appointments/own", "appointments.prc_", "notifications.own", "notification",
        ])
    func refused(text: String) { #expect(Topic(wire: text) == nil) }
}

@Suite("An event that is followed") struct LiveEventTests {
    static func names() throws -> EventNames {
        EventNames(under: try Secret(rawBytes: Array(repeating: 7, count: 32)))
    }

    static func event(_ number: Int64, kind: String = "appointment.booked", payload: String = "{}")
        -> RecordedEvent
    {
        RecordedEvent(
            tenant: TenantID(number: 7), position: OutboxPosition(transaction: 100, sequence: number),
            kind: kind,
            subject: TopicTests.id, version: 1, at: Instant(seconds: 1_798_970_400),
            payload: JSONText(Array(payload.utf8)))
    }

    @Test("is one block of the stream, whatever the facts hold")
    func frame() throws {
        let names = try Self.names()
        let live = try #require(LiveEvent(Self.event(3, payload: #"{"zone": "a\n\ndata: x"}"#), names))
        let text = String(decoding: live.frame, as: UTF8.self)
        #expect(text.hasPrefix("id: evt_") && !text.contains("100-3"))
        #expect(
            text.dropFirst(34).hasPrefix("\nevent: appointment.booked\ndata: {") && text.hasSuffix("}\n\n"))
        #expect(
            text.split(separator: "\n", omittingEmptySubsequences: false).count == 5,
            "a line feed would begin another block")
    }

    @Test("of something to read is heard by whom it concerns alone, and only where they asked for it")
    func notified() throws {
        let names = try Self.names()
        let person = UniqueID(high: 1, low: 2), other = UniqueID(high: 1, low: 3)
        let event = try #require(
            LiveEvent(
                Self.event(4, kind: "notification.shown", payload: #"{"person": "\#(person.uuidText)"}"#),
                names))
        func hears(_ topics: [Topic], as follower: UniqueID?) -> Bool {
            Following(topics, within: .everywhere, own: nil, as: follower).hears(event)
        }
        #expect(hears([.notifications], as: person))
        #expect(!hears([.notifications], as: other))
        #expect(!hears([.notifications], as: nil))
        #expect(!hears([.appointments], as: person))
        let booked = try #require(LiveEvent(Self.event(5, payload: #"{"location": null}"#), names))
        #expect(!Following([.notifications], within: .everywhere, own: nil, as: person).hears(booked))
        #expect(String(decoding: event.json, as: UTF8.self).contains(#""notification":"shm_"#))
    }

    @Test("is about an appointment, or something to read")
    func others() throws {
        let names = try Self.names()
        #expect(LiveEvent(Self.event(1, kind: "patient.registered"), names) == nil)
        #expect(LiveEvent(Self.event(1, payload: "[]"), names) == nil)
    }
}
