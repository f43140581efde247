import Glibc

/// Header fields in the form in which they leave: adding is appending bytes, and a block made once can be
/// added to every answer with one copy.
public struct ResponseFields: Sendable, Hashable {
    private(set) var bytes: [UInt8] = []

    /// No fields.
    public init() {}

    /// Room for a usual answer's fields in one allocation.
    public init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Adds a field. A control character in the value becomes a space: no value can begin another field.
    public mutating func add(_ name: FieldName, _ value: String) {
        bytes.append(name.text)
        bytes.append(": ")
        let start = bytes.count
        bytes.append(contentsOf: value.utf8)
        for place in start..<bytes.count where bytes[place].isControl { bytes[place] = 32 }
        bytes.append("\r\n")
    }

    /// Adds a field whose value the program itself wrote.
    public mutating func add(_ name: FieldName, _ value: StaticString) {
        bytes.append(name.text)
        bytes.append(": ")
        bytes.append(value)
        bytes.append("\r\n")
    }

    /// Adds a field whose value is words of the program's own and numbers.
    public mutating func add(
        _ name: FieldName, _ words: String, _ number: Int, _ more: StaticString, _ last: Int
    ) {
        bytes.append(name.text)
        bytes.append(": ")
        bytes.append(contentsOf: words.utf8)
        bytes.append(decimal: number)
        bytes.append(more)
        bytes.append(decimal: last)
        bytes.append("\r\n")
    }

    /// Adds every field of a block.
    public mutating func add(_ block: ResponseFields) { bytes.append(contentsOf: block.bytes) }

    /// The value of the first field of that name.
    public subscript(_ name: FieldName) -> String? {
        value(of: name).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    func value(of name: FieldName) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { all in
            var start = 0
            let length = name.text.utf8CodeUnitCount
            while start < all.count {
                guard let end = all.firstIndex(of: 13, from: start) else { return nil }
                let isNamed = end - start > length && all[start + length] == 58
                if isNamed, name.matches(.init(rebasing: all[start..<start + length])) {
                    return start + length + 2..<end
                }
                start = end + 2
            }
            return nil
        }
    }
}

extension UInt8 {
    /// Anything that is neither text nor a tab.
    fileprivate var isControl: Bool { self < 32 && self != 9 || self == 127 }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard let baseAddress, let found = memchr(baseAddress + start, Int32(byte), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(48 + number % 10))
    }

    mutating func append(hexadecimal number: Int) {
        if number >= 16 { append(hexadecimal: number / 16) }
        let digit = UInt8(number % 16)
        append(digit < 10 ? 48 + digit : 87 + digit)
    }
}
