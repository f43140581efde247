import Vocabulary

/// What a directory remembers of hosts: bounded, oldest forgotten first, and hosts of nobody apart from
/// those of clinics, so that asking for a million strange names forgets no clinic.
struct TenantMemory {
    /// One reading of the database.
    struct Reading {
        /// Nil for a host of nobody, and of a clinic that is suspended.
        let tenant: Tenant?
        let readAt: ContinuousClock.Instant
    }

    private var clinics: OldestFirst
    private var strangers: OldestFirst
    /// Moves with every notice: a reading that began before it may be old when it ends.
    private(set) var generation = 0

    init(clinicsMax: Int, strangersMax: Int) {
        (clinics, strangers) = (OldestFirst(max: clinicsMax), OldestFirst(max: strangersMax))
    }

    func reading(for host: HostName) -> Reading? { clinics[host] ?? strangers[host] }

    mutating func keep(_ reading: Reading, for host: HostName) {
        if reading.tenant == nil {
            clinics.forget { $0 == host && $1.tenant != nil }
            strangers.keep(reading, for: host)
        } else {
            clinics.keep(reading, for: host)
        }
    }

    mutating func forgetAll() {
        generation += 1
        clinics.forget { _, _ in true }
        strangers.forget { _, _ in true }
    }

    /// Forgets the clinics in question; and all strangers, one of whom may have become a clinic.
    mutating func forget(where isMeant: (Tenant) -> Bool) {
        generation += 1
        clinics.forget { _, reading in reading.tenant.map(isMeant) ?? true }
        strangers.forget { _, _ in true }
    }
}

/// A dictionary that drops what was put in first when it is full.
private struct OldestFirst {
    private let max: Int
    private var readings: [HostName: TenantMemory.Reading] = [:]
    private var order: [HostName] = []
    private var first = 0

    init(max: Int) { self.max = max }

    subscript(host: HostName) -> TenantMemory.Reading? { readings[host] }

    mutating func keep(_ reading: TenantMemory.Reading, for host: HostName) {
        if readings.updateValue(reading, forKey: host) == nil { order.append(host) }
        while readings.count > max {
            readings[order[first]] = nil
            first += 1
        }
        // The consumed half of the order is dropped at once: keeping costs little on average.
        if first > order.count / 2 {
            order.removeFirst(first)
            first = 0
        }
    }

    mutating func forget(where isMeant: (HostName, TenantMemory.Reading) -> Bool) {
        let before = readings.count
        readings = readings.filter { !isMeant($0.key, $0.value) }
        guard readings.count != before else { return }
        order = order[first...].filter { readings[$0] != nil }
        first = 0
    }
}
