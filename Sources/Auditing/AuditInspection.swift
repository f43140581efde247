public import Crypto
public import Database
import Tenancy
public import Vocabulary

/// Recomputes a clinic's whole chain from the rows as they are, and says everything that is not as it was
/// sealed.
public struct AuditInspection: Sendable {
    /// Segments that are looked at together.
    private static let batch = 32
    /// Beyond this something keeps the sealer from its work.
    private static let patience = Duration.seconds(900)

    private let clinic: TenantDatabase
    private let keys: [VerifyingKey]
    private let kept: [AuditHead]
    private let now: Instant

    /// Looks at a clinic's trail. `keys` are those by which segments may be signed; `kept` are heads that
    /// somebody kept outside of the database, which the chain must still contain.
    public init(
        of clinic: TenantDatabase, trusting keys: [VerifyingKey], kept: [AuditHead] = [], at now: Instant
    ) {
        (self.clinic, self.keys, self.kept, self.now) = (clinic, keys, kept, now)
    }

    /// Looks at everything, in the order in which it was sealed.
    public func run() async throws -> AuditVerdict {
        var verdict = AuditVerdict(), missing = Set(kept)
        var link = try await firstLink(&verdict)
        missing = missing.filter { $0.number > link.number || ($0.number == link.number && $0 != link.head) }
        while !verdict.isFull {
            let segments: [AuditSegment] = try await clinic.rows(
                AuditSegment.page(after: link.number, limit: Self.batch, in: clinic.tenant), pace: .slow)
            guard let last = segments.last else { break }
            for segment in segments {
                verdict.flaws += link.flaws(before: segment)
                try await look(at: segment, &verdict)
                link = ChainLink(segment, looked: link.looked)
                missing.remove(AuditHead(number: segment.number, digest: segment.digest))
            }
            try await lookForStrangers(before: last, from: link.looked, &verdict)
            link.looked = last.through - AuditSegment.lookback
            verdict.head = link.head
        }
        try await lookAtRest(behind: link, &verdict)
        verdict.flaws += missing.sorted { $0.number < $1.number }.map {
            AuditFlaw(.headUnknown, segment: $0.number, "The chain does not contain the head \($0.text).")
        }
        return verdict
    }

    /// Where the chain begins: at its first segment, or behind what was forgotten.
    private func firstLink(_ verdict: inout AuditVerdict) async throws -> ChainLink {
        let receipts: [AuditReceipt] = try await clinic.rows(AuditReceipt.all(in: clinic.tenant), pace: .slow)
        var link = ChainLink.beginning
        for receipt in receipts {
            verdict.flaws += receipt.flaws(after: link, trusting: keys)
            link = ChainLink(receipt)
        }
        return link
    }

    private func look(at segment: AuditSegment, _ verdict: inout AuditVerdict) async throws {
        let events: [SealedEvent] = try await clinic.rows(
            SealedEvent.withIDs(segment.events, in: clinic.tenant), pace: .slow)
        let proof = SegmentProof(
            segment: segment, stored: Dictionary(events.map { ($0.id, $0) }) { first, _ in first })
        verdict.flaws += proof.ownFlaws(trusting: keys) + proof.eventFlaws
        if Set(segment.events).count < segment.events.count {
            verdict.flaws.append(
                AuditFlaw(.eventSealedTwice, segment: segment.number, "It holds an event twice."))
        }
        verdict.segments += 1
        verdict.events += events.count
    }

    /// Events of the time that these segments close which are in none of them.
    private func lookForStrangers(
        before last: AuditSegment, from: Instant?, _ verdict: inout AuditVerdict
    ) async throws {
        let strangers: [ID<AuditLine>] = try await clinic.rows(
            SealedEvent.strangers(
                from: from, to: last.through - AuditSegment.lookback, upTo: last.number,
                limit: AuditVerdict.flawsMost, in: clinic.tenant), pace: .slow)
        verdict.flaws += strangers.map { id in
            let words = "The event \(id.unique.uuidText) was put in after its time was sealed."
            return AuditFlaw(.eventInserted, segment: last.number, event: id.unique.uuidText, words)
        }
    }

    /// What is too new to be sealed, and whether anything is sealed at all.
    private func lookAtRest(behind link: ChainLink, _ verdict: inout AuditVerdict) async throws {
        let rest: UnsealedRest? = try await clinic.row(
            UnsealedRest.of(clinic.tenant, from: link.looked), pace: .slow)
        verdict.unsealed = rest?.count ?? 0
        let oldest = [rest?.oldest, link.through.map { $0 + AuditSealer.quiet }].compactMap(\.self).min()
        guard let oldest, now - oldest > Self.patience else { return }
        let since = link.through.map { "since \($0.text)" } ?? "ever"
        let words = """
            Nothing was sealed \(since), though there was something to seal: either nobody carries out jobs, \
            or the chain's end was cut off.
            """
        let last = link.number == 0 ? nil : link.number
        verdict.flaws.append(AuditFlaw(.sealingStopped, segment: last, words))
    }
}
