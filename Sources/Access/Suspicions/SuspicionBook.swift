import Database
public import EndpointKit
public import HTTP
import Synchronization
public import Tenancy
public import Vocabulary

/// Remembers signs until they are a pattern, and patterns until they are written.
///
/// Whoever means harm decides how many signs there are, so the book is of a fixed size and what it writes is
/// bounded as well: of a clinic so many rows at a time and so many a day. What is beyond is counted in one
/// place. Nothing is written while a request waits.
public final class SuspicionBook: Sendable {
    /// Places in the book, for all clinics together.
    static let placesMax = 8_192
    /// Rows that a clinic gets at a time.
    static let rowsMax = 32

    struct Place: Hashable {
        let tenant: TenantID
        let kind: SecurityEvent.Kind
        /// By what its signs belong together; nil for all that found no place of their own.
        let pivot: Int?
    }

    private let tallies = Mutex<[Place: SuspicionTally]>([:])

    /// Nothing was seen yet.
    public init() {}

    /// Notes what a request's refusal is a sign of.
    public func note(_ suspicion: Suspicion, of request: TenantRequest) {
        note(suspicion, from: request.http.clientAddress, at: request.tenant.id, now: request.now)
    }

    /// Notes what was seen: from where, and at which clinic.
    public func note(_ suspicion: Suspicion, from address: IPAddress, at tenant: TenantID, now: Instant) {
        let home = address.household, person = suspicion.person
        switch suspicion.sign {
        case .failedSignIn:
            note(.manyIdentifiers, by: home.hashValue, distinct: suspicion.identifier, home, nil, tenant, now)
            guard suspicion.identifier != 0.hashValue else { return }
            note(.manyAddresses, by: suspicion.identifier, distinct: home.hashValue, nil, person, tenant, now)
        case .reusedRefreshToken: note(.refreshReuse, by: home.hashValue, home, person, tenant, now)
        case .foreignToken: note(.foreignToken, by: home.hashValue, home, nil, tenant, now)
        case .unknownID:
            note(
                .enumeration, by: person?.hashValue ?? home.hashValue, distinct: suspicion.identifier, home,
                person, tenant, now)
        case .failedStepUp: note(.stepUpFailures, by: person.hashValue, home, person, tenant, now)
        case .foreignNetwork: note(.keyNetwork, by: home.hashValue, home, person, tenant, now)
        }
    }

    /// Notes that somebody broke the glass.
    public func noteBrokenGlass(by person: UniqueID, in request: TenantRequest) {
        let home = request.http.clientAddress.household
        note(.breakGlass, by: person.hashValue, home, person, request.tenant.id, request.now)
    }

    /// Each sign counts for itself unless it says what of it must differ.
    private func note(
        _ kind: SecurityEvent.Kind, by pivot: Int, distinct: Int? = nil, _ address: IPAddress?,
        _ person: UniqueID?, _ tenant: TenantID, _ now: Instant
    ) {
        tallies.withLock { tallies in
            var place = Place(tenant: tenant, kind: kind, pivot: pivot)
            if tallies[place] == nil, tallies.count >= Self.placesMax {
                place = Place(tenant: tenant, kind: kind, pivot: nil)
            }
            let isShared = place.pivot == nil
            let fresh = SuspicionTally(
                at: now, address: isShared ? nil : address, person: isShared ? nil : person)
            var tally = tallies[place] ?? fresh
            if tally.isForgotten(at: now) { tally = fresh }
            tally.count(distinct, upTo: kind.threshold, at: now)
            tallies[place] = tally
        }
    }

    /// Takes out the patterns that were seen since the last time, of each clinic the strongest first, and
    /// forgets what came to nothing.
    func takePatterns(at now: Instant) -> [TenantID: [SecurityEvent]] {
        tallies.withLock { tallies in
            var found: [TenantID: [SecurityEvent]] = [:]
            for (place, tally) in tallies {
                if let event = tally.pattern(of: place.kind) {
                    found[place.tenant, default: []].append(event)
                    tallies[place]?.isWritten()
                } else if tally.isForgotten(at: now) {
                    tallies[place] = nil
                }
            }
            return found.mapValues { Self.bounded($0) }
        }
    }

    /// What could not be written is still to be.
    func putBack(_ events: [SecurityEvent], of tenant: TenantID) {
        tallies.withLock { tallies in
            for event in events {
                let place = Place(tenant: tenant, kind: event.kind, pivot: nil)
                tallies[place, default: SuspicionTally(event)].putBack(event)
            }
        }
    }

    /// As many as a clinic gets at a time; the rest of each kind in one.
    private static func bounded(_ events: [SecurityEvent]) -> [SecurityEvent] {
        guard events.count > rowsMax else { return events }
        let sorted = events.sorted {
            ($0.kind.isSevere ? 1 : 0, $0.count) > ($1.kind.isSevere ? 1 : 0, $1.count)
        }
        let rest = Dictionary(grouping: sorted.dropFirst(rowsMax), by: \.kind).values.compactMap { events in
            events.dropFirst().reduce(events.first) { $0?.together(with: $1) }
        }
        return sorted.prefix(rowsMax) + rest
    }
}

extension SecurityEvent {
    /// Both as one of which nobody in particular is known.
    fileprivate func together(with other: SecurityEvent) -> SecurityEvent {
        SecurityEvent(
            kind: kind, address: nil, person: nil, count: count + other.count,
            firstAt: min(firstAt, other.firstAt), lastAt: max(lastAt, other.lastAt))
    }
}
