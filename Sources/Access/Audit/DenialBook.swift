public import Database
import HTTP
public import Identity
import JSON
import Synchronization
public import Tenancy
public import Vocabulary

/// Decides which denials get a line of their own in the audit trail.
///
/// Whoever is denied costs the clinic a row, so a flood of denials must not become a flood of rows: of one
/// address at one clinic the first ones of a minute are written whole, the others are counted and told in one
/// line when the minute is over. The book is of a fixed size; when it is full, addresses that are not in it
/// share a place.
public final class DenialBook: Sendable {
    /// Lines that one address leaves at a clinic in a minute.
    public static let linesPerMinute = 10
    private static let minute = Duration.seconds(60)
    private static let placesMax = 4_096

    private struct Place: Hashable {
        let tenant: TenantID
        let address: IPAddress?
    }

    private struct Tally: Sendable {
        let since: Instant
        var lines = 0
        var counted = 0
    }

    private let tallies = Mutex<[Place: Tally]>([:])

    /// Nobody was denied anything yet.
    public init() {}

    /// Whether a denial gets a line of its own; otherwise it has been counted.
    func admits(_ address: IPAddress, at tenant: TenantID, now: Instant) -> Bool {
        tallies.withLock { tallies in
            var place = Place(tenant: tenant, address: address.household)
            if tallies[place] == nil, tallies.count >= Self.placesMax {
                place = Place(tenant: tenant, address: nil)
            }
            var tally = tallies[place] ?? Tally(since: now)
            defer { tallies[place] = tally }
            guard tally.lines < Self.linesPerMinute else {
                tally.counted += 1
                return false
            }
            tally.lines += 1
            return true
        }
    }

    /// Takes out what is older than a minute: what was only counted in it is yet to be told.
    func close(at now: Instant) -> [CountedDenials] {
        tallies.withLock { tallies in
            let over = tallies.filter { now - $0.value.since >= Self.minute }
            for place in over.keys { tallies[place] = nil }
            return over.filter { $0.value.counted > 0 }.map { place, tally in
                CountedDenials(
                    tenant: place.tenant, address: place.address, count: tally.counted, since: tally.since)
            }
        }
    }

    private func putBack(_ counted: CountedDenials) {
        tallies.withLock { tallies in
            let place = Place(tenant: counted.tenant, address: counted.address)
            tallies[place, default: Tally(since: counted.since)].counted += counted.count
        }
    }
}

/// Denials of about a minute that were too many for a line each.
struct CountedDenials: Sendable, Hashable {
    let tenant: TenantID
    let address: IPAddress?
    let count: Int
    let since: Instant

    var event: AuditEvent {
        AuditEvent(
            act: "denials", outcome: .denied, of: "request",
            detail: ["count": .integer(Int64(count)), "since": .string(since.text)])
    }
}

extension DenialBook {
    /// Adds a line about something that was not allowed, or counts it.
    public func record(
        _ event: AuditEvent, to request: TenantRequest, by caller: Caller? = nil
    ) async throws {
        guard admits(request.http.clientAddress, at: request.tenant.id, now: request.now) else { return }
        try await request.clinic.once(
            AuditTrail.statement(event, in: request, by: caller, as: caller?.roles.first?.role))
    }

    /// Adds the lines for what was only counted until a minute ago. What cannot be written now stays counted.
    public func settle(in database: Database, at now: Instant) async throws {
        var fault: (any Error)?
        for counted in close(at: now) {
            do {
                try await database.clinic(counted.tenant).once(AuditTrail.statement(counted, at: now))
            } catch {
                putBack(counted)
                fault = error
            }
        }
        if let fault { throw fault }
    }
}
