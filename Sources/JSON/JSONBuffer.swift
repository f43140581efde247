/// The memory in which a document grows: a writer's own, or an array's that is being made.
///
/// An array asks at every byte whether anybody else holds it, and the asking was a third of what a list of
/// fifty appointments cost.
struct JSONBuffer: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var isLent: Bool
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 32)
        (start, isLent) = (.allocate(capacity: self.capacity), false)
    }

    /// Somebody else's memory, as long as it is enough.
    private init(lent memory: UnsafeMutableBufferPointer<UInt8>) {
        (start, capacity) = (memory.baseAddress ?? .allocate(capacity: 32), max(memory.count, 32))
        isLent = memory.baseAddress != nil
    }

    deinit { if !isLent { start.deallocate() } }

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// What `body` has a writer write, in an array of its own: where `capacity` is enough, nothing is copied.
    static func filled<E: Error>(
        capacity: Int, _ body: (inout JSONWriter) throws(E) -> Void
    ) throws(E) -> [UInt8] {
        var outgrown: [UInt8]?
        let bytes = try [UInt8](unsafeUninitializedCapacity: max(capacity, 32)) { memory, count throws(E) in
            var writer = JSONWriter(into: JSONBuffer(lent: memory))
            try body(&writer)
            if writer.buffer.isLent { count = writer.buffer.count } else { outgrown = writer.bytes }
        }
        return outgrown ?? bytes
    }

    /// Where the next bytes go, when there is room for so many.
    @inline(__always)
    mutating func room(for length: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < length { grow(by: length) }
        return start + count
    }

    /// So many bytes were put there.
    @inline(__always)
    mutating func advance(by length: Int) { count += length }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        room(for: 1).pointee = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        room(for: text.count).update(from: source, count: text.count)
        count += text.count
    }

    private mutating func grow(by length: Int) {
        let wider = max(2 * capacity, count + length)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        moved.update(from: start, count: count)
        if !isLent { start.deallocate() }
        (start, capacity, isLent) = (moved, wider, false)
    }
}
