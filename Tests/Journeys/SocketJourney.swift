import EventLoop
import Glibc
import JSON
import Live
import Scheduling
import TestKit
import Testing

@Suite("Whoever watches over a WebSocket", .timeLimit(.minutes(2)))
struct SocketJourney {
    /// A client of its own few lines: what it sends is masked, what it reads is not.
    private final class Talker {
        let descriptor: Int32
        let loop: EventLoop
        var received: [UInt8] = []

        init(_ target: String, by caller: WireCaller, fields: [String] = []) async throws {
            guard let current = EventLoop.current else { preconditionFailure("a talker needs an event loop") }
            loop = current
            descriptor = try await caller.connected()
            let lines =
                [
                    "GET \(target) HTTP/1.1", "Host: \(caller.host)",
                    "Authorization: Bearer \(caller.token ?? "")",
                    "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                ] + fields
            write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
        }

        deinit { close(descriptor) }

        func write(_ bytes: [UInt8]) {
            _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }

        func say(_ text: String) { write(frame(0x81, Array(text.utf8))) }

        func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
            [first, 0x80 | UInt8(payload.count), 0, 0, 0, 0] + payload
        }

        func head() async throws -> String {
            while true {
                if let end = received.indices.dropLast(3).first(where: {
                    received[$0...].starts(with: [13, 10, 13, 10])
                }) {
                    defer { received.removeFirst(end + 4) }
                    return String(decoding: received[..<end], as: UTF8.self)
                }
                guard try await receive() else { return String(decoding: received, as: UTF8.self) }
            }
        }

        /// The next frame's opcode and content; nil at the end.
        func next() async throws -> (opcode: UInt8, payload: [UInt8])? {
            while true {
                if let (opcode, content) = wholeFrame {
                    defer { received.removeFirst(content.upperBound) }
                    return (opcode, Array(received[content]))
                }
                guard try await receive() else { return nil }
            }
        }

        private var wholeFrame: (opcode: UInt8, content: Range<Int>)? {
            guard received.count >= 4 || received.count >= 2 && received[1] < 2 else { return nil }
            let isLong = received[1] == 126, start = isLong ? 4 : 2
            let count = isLong ? Int(received[2]) << 8 | Int(received[3]) : Int(received[1])
            return received.count >= start + count ? (received[0] & 15, start..<(start + count)) : nil
        }

        /// The next message of one type.
        func message(_ type: String) async throws -> JSON? {
            while let (opcode, payload) = try await next() {
                guard opcode == 1 else { continue }
                let message = try JSON(parsing: payload)
                if message["type"]?.stringValue == type { return message }
            }
            return nil
        }

        private func receive() async throws -> Bool {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count > 0 { received += buffer[..<count] }
                if count >= 0 { return count > 0 }
                guard errno == EAGAIN else { return false }
                try await loop.readiness(of: descriptor, for: .readable)
            }
        }
    }

    private static func book(_ start: String, at clinic: JourneyHouse.Clinic) async throws -> String {
        let booked = try await clinic.book(start)
        #expect(booked.status == 201)
        return try #require(try booked.parsed["id"]?.stringValue)
    }

    @Test("says what to follow on the way, is told it, and comes back where it stopped")
    func talk() async throws {
        try await JourneyHouse.open { house in
            let clinic = house.first
            let talker = try await Talker("/v1/live", by: clinic.desk)
            let head = try await talker.head()
            #expect(head.hasPrefix("HTTP/1.1 101") && head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
            #expect(try await talker.message("begin")?["id"]?.stringValue != nil)
            talker.say(#"{"subscribe": ["appointments.own"]}"#)
            #expect(try await talker.message("problem")?["code"]?.stringValue == "not_allowed")
            talker.say("not JSON")
            #expect(try await talker.message("problem")?["code"]?.stringValue == "malformed_json")
            talker.say(#"{"subscribe": ["appointments"]}"#)
            #expect(
                try await talker.message("topics")?["topics"]?.arrayValue?.first?.stringValue
                    == "appointments")
            let first = try await Self.book("2027-01-04T07:00:00Z", at: clinic)
            let event = try #require(try await talker.message("event")?["event"])
            #expect(event["appointment"]?.stringValue == first)
            talker.write(talker.frame(0x89, [7]))
            #expect(try await talker.next()?.opcode == 10, "a ping is answered")
            talker.write(talker.frame(0x88, [3, 0xe8]))
            #expect(try await talker.next()?.opcode == 8)
            #expect(try await talker.next() == nil)

            let second = try await Self.book("2027-01-04T08:00:00Z", at: clinic)
            let last = try #require(event["id"]?.stringValue)
            let again = try await Talker("/v1/live?topics=appointments&after=\(last)", by: clinic.desk)
            _ = try await again.head()
            #expect(try await again.message("event")?["event"]?["appointment"]?.stringValue == second)
        }
    }

    @Test("is refused without a handshake, from another origin's page, and with a stranger's token")
    func refused() async throws {
        try await JourneyHouse.open { house in
            let plain = try await house.first.desk.send("GET", "/v1/live")
            #expect(plain.status == 426 && plain["upgrade"] == "websocket")
            let page = try await Talker(
                "/v1/live", by: house.first.desk, fields: ["Origin: https://evil.example"])
            #expect(try await page.head().hasPrefix("HTTP/1.1 403"))
            let nine = Array(repeating: "topics=appointments", count: 9).joined(separator: "&")
            for query in [nine, "topics=patients", "topics=appointments.prc_1", "after=7431-1029", "after="] {
                let asked = try await Talker("/v1/live?\(query)", by: house.first.desk).head()
                #expect(asked.hasPrefix("HTTP/1.1 422"), "\(query)")
            }
            var stranger = house.second.desk
            stranger.host = house.first.desk.host
            #expect(try await Talker("/v1/live", by: stranger).head().hasPrefix("HTTP/1.1 403"))
        }
    }

    @Test("is closed with the reason when it sends too much, speaks wrongly, or the server closes")
    func closed() async throws {
        try await JourneyHouse.open { house in
            let eager = try await Talker("/v1/live", by: house.first.desk)
            _ = try await eager.head()
            for _ in 0..<200 { eager.write(eager.frame(0x89, [])) }
            #expect(try await Self.closeCode(of: eager) == 1008)
            let wrong = try await Talker("/v1/live", by: house.first.desk)
            _ = try await wrong.head()
            wrong.write([0x81, 2, 104, 105])
            #expect(try await Self.closeCode(of: wrong) == 1002)
            let patient = try await Talker("/v1/live?topics=appointments", by: house.first.desk)
            _ = try await patient.head()
            #expect(try await patient.message("begin") != nil)
            house.live.drain()
            #expect(try await patient.message("end")?["reason"]?.stringValue == "draining")
            #expect(try await Self.closeCode(of: patient) == 1001)
        }
    }

    private static func closeCode(of talker: Talker) async throws -> Int? {
        while let (opcode, payload) = try await talker.next() {
            if opcode == 8, payload.count >= 2 { return Int(payload[0]) << 8 | Int(payload[1]) }
        }
        return nil
    }
}
