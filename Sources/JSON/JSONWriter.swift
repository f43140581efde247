/// Writes one JSON document into a byte buffer, front to back.
///
/// The writer keeps the commas; the caller keeps the structure: a key before every value of an object, and an
/// end for every beginning.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    /// True where the next key or value must be parted from the one before it.
    private var needsComma = false

    /// A writer with room for `capacity` bytes before the buffer grows.
    public init(capacity: Int = 1024) {
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object; each of its values follows a key.
    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    /// Closes the object opened last.
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    /// Opens an array.
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    /// Closes the array opened last.
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes an object whose members `body` writes.
    public mutating func object<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        beginObject()
        try body(&self)
        endObject()
    }

    /// Writes an array whose elements `body` writes.
    public mutating func array<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        beginArray()
        try body(&self)
        endArray()
    }

    /// Writes a member's name that is known when the program is built.
    public mutating func key(_ name: StaticString) {
        separate()
        name.withUTF8Buffer { appendQuoted($0) }
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that is only known now.
    public mutating func key(text name: String) {
        separate()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that was quoted and escaped once, colon included (`JSONKey`).
    public mutating func key(_ key: JSONKey) {
        key.bytes.withUnsafeBufferPointer { text in
            append(needsComma ? text : UnsafeBufferPointer(rebasing: text[1...]))
        }
        needsComma = false
    }

    /// Writes a string, escaping what RFC 8259 wants escaped and nothing else.
    public mutating func string(_ text: String) {
        separate()
        appendQuoted(text)
    }

    /// Writes a string that is known when the program is built.
    public mutating func string(static text: StaticString) {
        separate()
        text.withUTF8Buffer { appendQuoted($0) }
    }

    /// Writes an integer of any width.
    @inlinable
    public mutating func int(_ value: some FixedWidthInteger) {
        integer(magnitude: UInt64(value.magnitude), isNegative: value < 0)
    }

    /// Writes an integer in two parts; `int` is how to call it.
    @usableFromInline
    mutating func integer(magnitude: UInt64, isNegative: Bool) {
        separate()
        appendDecimal(magnitude, isNegative: isNegative)
    }

    /// Writes the shortest decimal that reads back as the same number; infinities and NaN, which JSON
    /// cannot say, become `null`.
    public mutating func double(_ value: Double) {
        separate()
        var text = value.isFinite ? value.description : "null"
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() { raw("null") }

    /// Writes text that is a JSON value already.
    public mutating func raw(_ text: StaticString) {
        separate()
        text.withUTF8Buffer { append($0) }
    }

    /// Writes bytes that are a JSON value already: the database's, or an earlier writer's.
    public mutating func raw(bytes value: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
    }

    /// Writes a value that knows how to write itself.
    public mutating func value(_ value: some JSONWritable) { value.write(to: &self) }

    /// Writes a whole member.
    public mutating func member(_ name: StaticString, _ value: some JSONWritable) {
        key(name)
        value.write(to: &self)
    }

    /// Writes plain ASCII that needs no escape, as a string, without looking at it: `fill` puts at most
    /// `count` bytes into the buffer and says how many. For ids and instants, which need no String on their
    /// way.
    public mutating func plainString(atMost count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
        separate()
        bytes.append(addingCapacity: count + 2) { span in
            span.withUnsafeMutableBufferPointer { buffer, used in
                let text = UnsafeMutableRawBufferPointer(buffer)
                text[0] = UInt8(ascii: "\"")
                let written = fill(UnsafeMutableRawBufferPointer(rebasing: text[1...]))
                text[written + 1] = UInt8(ascii: "\"")
                used = written + 2
            }
        }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func appendQuoted(_ text: String) {
        // Nearly every text is contiguous; one that is not has to be copied to become so.
        if text.utf8.withContiguousStorageIfAvailable({ appendQuoted($0) }) == nil {
            var text = text
            text.withUTF8 { appendQuoted($0) }
        }
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        JSONEscape.append(text, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Copies a few bytes; `append(contentsOf:)` asks more questions than that.
    @inline(__always)
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(addingCapacity: text.count) { span in
            span.withUnsafeMutableBufferPointer { buffer, used in
                used = buffer.update(fromContentsOf: text)
            }
        }
    }

    private mutating func appendDecimal(_ magnitude: UInt64, isNegative: Bool) {
        if magnitude < 10, !isNegative { return bytes.append(UInt8(ascii: "0") + UInt8(magnitude)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, position) = (magnitude, 20)
            repeat {
                position -= 1
                digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if isNegative { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[position...]))
        }
    }
}
