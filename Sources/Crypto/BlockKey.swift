import COpenSSL

/// An AES-256 key for single blocks of sixteen bytes: each has one other block as its name, which tells
/// nothing of it.
///
/// For numbers that have to be shown and should not be read, and that say by themselves whether they were
/// opened rightly; whatever is longer, or must not be altered, is sealed (`SealingKey`).
public struct BlockKey: Sendable {
    private let bytes: [UInt8]

    init(trusted bytes: [UInt8]) { self.bytes = bytes }

    /// The block's name.
    public func name(of block: (high: UInt64, low: UInt64)) -> (high: UInt64, low: UInt64) {
        turned(block, forth: 1)
    }

    /// The block of a name; of a foreign name, any block.
    public func block(named name: (high: UInt64, low: UInt64)) -> (high: UInt64, low: UInt64) {
        turned(name, forth: 0)
    }

    private func turned(_ block: (high: UInt64, low: UInt64), forth: Int32) -> (high: UInt64, low: UInt64) {
        var turned = [UInt8](repeating: 0, count: 16)
        let plain = Self.bytes(block.high) + Self.bytes(block.low)
        insist(nadi_aes256_block(bytes, plain, &turned, forth), "AES-256")
        return (Self.number(turned[..<8]), Self.number(turned[8...]))
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
