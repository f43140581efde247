import Access
import Crypto
public import Database
import HTTP
public import JSON
public import Shapes
public import Tenancy
public import Vocabulary

/// A stretch of a clinic's audit trail with all that proves it, as lines of JSON: what it is, receipts of
/// what was forgotten, each segment followed by its events, and an end.
///
/// An event's line is exactly what was hashed, so that nothing has to be written anew to be checked.
public struct AuditExport: Answerable {
    private static let segmentsAtOnce = 16

    private let clinic: TenantDatabase
    private let publicID: ID<Tenant>
    private let from: Instant
    private let to: Instant

    /// What came between two moments, in whole segments: a little more than was asked for.
    public init(of clinic: TenantDatabase, named publicID: ID<Tenant>, from: Instant, to: Instant) {
        (self.clinic, self.publicID, self.from, self.to) = (clinic, publicID, from, to)
    }

    /// Lines of JSON.
    public static var mediaType: StaticString { "application/x-ndjson" }
    /// Text.
    public static var schema: Schema {
        .string([
            "description": """
            One JSON value a line. The first says what follows; `kind: segment` is signed `words` and is followed by as many \
            lines as it says `events`, each of them one event; `kind: end` says that nothing is missing.
            """
        ])
    }
    /// Nothing: it is streamed.
    public func write(to writer: inout JSONWriter) { writer.string("") }

    /// The answer, written while it is read.
    var response: HTTPResponse {
        .stream(type: Self.mediaType) { writer in try await write { try await writer.write($0) } }
    }

    /// Hands it over piece by piece, each of whole lines. Answers how many events it held.
    @discardableResult
    public func write(
        to sink: nonisolated(nonsending) ([UInt8]) async throws -> Void
    ) async throws -> (segments: Int, events: Int) {
        try await sink(beginning)
        for receipt: AuditReceipt in try await clinic.rows(AuditReceipt.all(in: clinic.tenant), pace: .slow) {
            try await sink(Self.line(of: "receipt", receipt.words, receipt.signature, receipt.key))
        }
        var number: Int32 = 0, count = (segments: 0, events: 0)
        while true {
            let segments: [AuditSegment] = try await clinic.rows(
                AuditSegment.page(
                    from: from, to: to, after: number, limit: Self.segmentsAtOnce, in: clinic.tenant),
                pace: .slow)
            guard let last = segments.last else { break }
            for segment in segments {
                try await sink(try await lines(of: segment))
                count = (count.segments + 1, count.events + segment.events.count)
            }
            number = last.number
        }
        try await sink(Self.ending(count))
        return count
    }

    private var beginning: [UInt8] {
        Self.line { line in
            line.member("kind", "nadi-audit-export")
            line.member("version", 1)
            line.member("clinic", publicID.text)
            line.member("from", from.text)
            line.member("to", to.text)
        }
    }

    /// An event that is not there any more is a `null`: a gap should be seen, not closed.
    private func lines(of segment: AuditSegment) async throws -> [UInt8] {
        let events: [SealedEvent] = try await clinic.rows(
            SealedEvent.withIDs(segment.events, in: clinic.tenant), pace: .slow)
        let stored = Dictionary(events.map { ($0.id, $0.line) }) { first, _ in first }
        var lines = Self.line(of: "segment", segment.words, segment.signature, segment.key)
        for id in segment.events { lines += (stored[id] ?? Array("null".utf8)) + [UInt8(ascii: "\n")] }
        return lines
    }

    private static func line(
        of kind: String, _ words: [UInt8], _ signature: [UInt8], _ key: [UInt8]
    ) -> [UInt8] {
        line { line in
            line.member("kind", kind)
            line.member("words", String(decoding: words, as: UTF8.self))
            line.member("signature", Hex.encode(signature))
            line.member("key", Hex.encode(key))
        }
    }

    private static func ending(_ count: (segments: Int, events: Int)) -> [UInt8] {
        line { line in
            line.member("kind", "end")
            line.member("segments", count.segments)
            line.member("events", count.events)
        }
    }

    private static func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object(body)
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

extension TenantDatabase {
    /// Leaves a line about an export that an operator makes, before anything of it is written.
    public func record(exportBy operator: String, from: Instant, to: Instant, at now: Instant) async throws {
        let event = AuditEvent(
            act: "audit.export", of: "audit_event",
            detail: [
                "operator": .string(`operator`), "from": .string(from.text), "to": .string(to.text),
            ])
        try await write { AuditTrail.record(event, bySystemAt: now, in: $0) }
    }
}
