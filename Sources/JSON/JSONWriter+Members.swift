/// Whole members behind keys that were prepared, for whoever writes many objects of the same members.
extension JSONWriter {
    /// Writes a member's name that was quoted and escaped once, colon included.
    public mutating func key(_ key: JSONKey) { key.bytes.withUnsafeBufferPointer { self.key(prepared: $0) } }

    /// Writes the bytes of a `JSONKey`, for whoever holds those of many.
    public mutating func key(prepared key: UnsafeBufferPointer<UInt8>) {
        _ = begin(key, andRoomFor: 0)
        needsComma = false
    }

    /// Writes a member as `plainString` writes a value. The key brings the quote with which the value begins,
    /// and whatever else all its values begin with.
    @inlinable
    public mutating func member(
        prepared key: UnsafeBufferPointer<UInt8>, plainAtMost count: Int,
        _ fill: (UnsafeMutableRawBufferPointer) -> Int
    ) {
        endPlainMember(fill(beginPlainMember(key, atMost: count)))
    }

    /// The first half of a plain member: the buffer to fill.
    @usableFromInline
    mutating func beginPlainMember(
        _ key: UnsafeBufferPointer<UInt8>, atMost count: Int
    ) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: begin(key, andRoomFor: count + 1), count: count)
    }

    /// The second half of a plain member, when so many bytes are in the buffer.
    @usableFromInline
    mutating func endPlainMember(_ written: Int) {
        buffer.room(for: written + 1)[written] = UInt8(ascii: "\"")
        buffer.advance(by: written + 1)
        needsComma = true
    }

    /// Writes a member as `string(utf8:)` writes a value, behind a key that brings its first quote.
    public mutating func member(
        prepared key: UnsafeBufferPointer<UInt8>, utf8 text: UnsafeBufferPointer<UInt8>
    ) {
        guard JSONEscape.isPlainASCII(text) else {
            _ = begin(key, andRoomFor: 0)
            buffer.advance(by: -1)  // what has escapes is written with both its quotes
            needsComma = false
            return string(String(decoding: text, as: UTF8.self))
        }
        let place = beginPlainMember(key, atMost: text.count)
        place.copyMemory(from: UnsafeRawBufferPointer(text))
        endPlainMember(text.count)
    }

    /// Writes a member that has no value.
    public mutating func nullMember(prepared key: UnsafeBufferPointer<UInt8>) {
        let place = UnsafeMutableRawPointer(begin(key, andRoomFor: 4))
        place.storeBytes(of: UInt32(littleEndian: 0x6C6C_756E), as: UInt32.self)  // "null"
        buffer.advance(by: 4)
        needsComma = true
    }

    /// Copies a key, with the comma that it needs, and says where its value goes, which may have so many
    /// bytes. Word by word: a call of `memcpy` for so few bytes would cost as much as the value behind them.
    @inline(__always)
    private mutating func begin(
        _ key: UnsafeBufferPointer<UInt8>, andRoomFor more: Int
    ) -> UnsafeMutablePointer<UInt8> {
        let (source, start) = (UnsafeRawBufferPointer(key), needsComma ? 0 : 1)
        let length = key.count - JSONKey.padding - start
        let place = buffer.room(for: length + max(more, JSONKey.padding))
        var offset = 0
        while offset < length {
            let word = source.loadUnaligned(fromByteOffset: start &+ offset, as: UInt64.self)
            UnsafeMutableRawPointer(place).storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        buffer.advance(by: length)
        return place + length
    }
}
