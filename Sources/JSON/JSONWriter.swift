/// Writes one JSON document, front to back.
///
/// The writer keeps the commas; the caller keeps the structure: a key before every value of an object, and an
/// end for every beginning.
public struct JSONWriter: ~Copyable {
    var buffer: JSONBuffer
    /// True where the next key or value must be parted from the one before it.
    var needsComma = false

    /// A writer with room for `capacity` bytes before the buffer grows.
    public init(capacity: Int = 1024) { self.init(into: JSONBuffer(capacity: capacity)) }

    init(into buffer: consuming JSONBuffer) { self.buffer = buffer }

    /// A copy of what has been written so far.
    public var bytes: [UInt8] { buffer.bytes }

    /// The document that `body` writes, of which one knows about how long it will be.
    public static func document<E: Error>(
        capacity: Int, _ body: (inout JSONWriter) throws(E) -> Void
    ) throws(E) -> [UInt8] {
        try JSONBuffer.filled(capacity: capacity, body)
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
        string(static: name)
        endKey()
    }

    /// Writes a member's name that is only known now.
    public mutating func key(text name: String) {
        string(name)
        endKey()
    }

    /// Writes a string, escaping what RFC 8259 wants escaped and nothing else.
    public mutating func string(_ text: String) {
        // Nearly every text is contiguous; one that is not has to be copied to become so.
        if text.utf8.withContiguousStorageIfAvailable({ appendQuoted($0) }) == nil {
            var text = text
            text.withUTF8 { appendQuoted($0) }
        }
    }

    /// Writes a string that is known when the program is built.
    public mutating func string(static text: StaticString) { text.withUTF8Buffer { appendQuoted($0) } }

    /// Writes UTF-8 as a string; where it is none, as a String would repair it.
    public mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard JSONEscape.isPlainASCII(text) else { return string(String(decoding: text, as: UTF8.self)) }
        appendPlain(text)
    }

    /// Writes an integer of any width.
    @inlinable
    public mutating func int(_ value: some FixedWidthInteger) {
        integer(magnitude: UInt64(value.magnitude), isNegative: value < 0)
    }

    /// Writes an integer in two parts; `int` is how to call it.
    @usableFromInline
    mutating func integer(magnitude: UInt64, isNegative: Bool) {
        let place = value(atMost: 20)
        if isNegative { place[0] = UInt8(ascii: "-") }
        let start = isNegative ? 1 : 0
        buffer.advance(by: start + JSONDigits.write(magnitude, to: place + start))
    }

    /// Writes the shortest decimal that reads back as the same number; infinities and NaN, which JSON
    /// cannot say, become `null`.
    public mutating func double(_ value: Double) {
        raw(bytes: (value.isFinite ? value.description : "null").utf8)
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() { raw("null") }

    /// Writes text that is a JSON value already.
    public mutating func raw(_ text: StaticString) {
        separate()
        text.withUTF8Buffer { buffer.append($0) }
    }

    /// Writes bytes that are a JSON value already: the database's, or an earlier writer's.
    public mutating func raw(bytes value: some Collection<UInt8>) {
        separate()
        if value.withContiguousStorageIfAvailable({ buffer.append($0) }) == nil {
            Array(value).withUnsafeBufferPointer { buffer.append($0) }
        }
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
    @inlinable
    public mutating func plainString(atMost count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
        endPlainString(fill(beginPlainString(atMost: count)))
    }

    /// The first half of `plainString`: the buffer to fill.
    @usableFromInline
    mutating func beginPlainString(atMost count: Int) -> UnsafeMutableRawBufferPointer {
        let place = value(atMost: count + 2)
        place[0] = UInt8(ascii: "\"")
        return UnsafeMutableRawBufferPointer(start: place + 1, count: count)
    }

    /// The second half of `plainString`, when so many bytes are in the buffer.
    @usableFromInline
    mutating func endPlainString(_ written: Int) {
        buffer.room(for: written + 2)[written + 1] = UInt8(ascii: "\"")
        buffer.advance(by: written + 2)
    }
}

extension JSONWriter {
    /// The place of a value of at most so many bytes, behind the comma that it needs.
    @inline(__always)
    private mutating func value(atMost length: Int) -> UnsafeMutablePointer<UInt8> {
        separate()
        return buffer.room(for: length)
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func endKey() {
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        buffer.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        buffer.append(bracket)
        needsComma = true
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        guard !JSONEscape.isNeeded(in: text) else {
            let place = value(atMost: JSONEscape.growthMax * text.count + 2)
            buffer.advance(by: JSONEscape.write(text, to: place))
            return
        }
        appendPlain(text)
    }

    @inline(__always)
    private mutating func appendPlain(_ text: UnsafeBufferPointer<UInt8>) {
        let buffer = beginPlainString(atMost: text.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(text))
        endPlainString(text.count)
    }
}
