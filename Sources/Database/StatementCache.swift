/// Which statements a connection has prepared, by which name, and which of them to give up.
///
/// Names are never used twice on a connection, so a statement whose fate is unclear can simply be forgotten.
struct StatementCache {
    private struct Entry {
        let name: Int
        var lastUse: Int
    }

    /// How many statements a connection keeps: each costs the server some ten kilobytes.
    private let capacity: Int
    private var entries: [StatementKey: Entry] = [:]
    private var uses = 0
    private var names = 0
    /// Names that the server still knows and nobody uses.
    private var garbage: [Int] = []

    init(capacity: Int = 256) { self.capacity = capacity }

    var count: Int { entries.count }

    /// The name of a statement that is prepared, or is being prepared ahead on the same connection.
    mutating func name(of key: StatementKey) -> Int? {
        uses += 1
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// A fresh name for a statement that is about to be prepared. Makes room if there is none.
    mutating func add(_ key: StatementKey) -> Int {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            discard(oldest.key)
        }
        (uses, names) = (uses + 1, names + 1)
        entries[key] = Entry(name: names, lastUse: uses)
        return names
    }

    /// The server did not prepare it after all.
    mutating func forget(_ key: StatementKey) { entries[key] = nil }

    /// The server has it, but it is of no use any more.
    mutating func discard(_ key: StatementKey) {
        if let entry = entries.removeValue(forKey: key) { garbage.append(entry.name) }
    }

    mutating func takeGarbage() -> [Int] {
        guard !garbage.isEmpty else { return [] }
        defer { garbage = [] }
        return garbage
    }

    /// A deallocation that the server skipped is tried again with the next exchange.
    mutating func putBack(_ name: Int) { garbage.append(name) }
}
