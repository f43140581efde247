import CSodium

/// What is kept instead of a password: Argon2id (RFC 9106) with its salt and its costs in one text. Making
/// and checking one takes a good part of a tenth of a second and tens of megabytes, on purpose: never on a
/// loop.
public struct PasswordHash: Hashable, Sendable {
    /// What one guess costs.
    public struct Cost: Hashable, Sendable {
        /// How often the memory is gone through.
        public var passes: Int
        /// How much of it there is.
        public var memoryBytes: Int

        /// So many passes over so many bytes.
        public init(passes: Int, memoryBytes: Int) { (self.passes, self.memoryBytes) = (passes, memoryBytes) }
    }

    /// `$argon2id$v=19$m=…,t=…,p=1$…`: for storing.
    public let text: String

    /// A hash as it was stored.
    public init(text: String) { self.text = text }

    /// A new hash with a salt of its own; nil when there is no memory for it now.
    public init?(of password: [UInt8], cost: Cost) {
        var hash = [UInt8](repeating: 0, count: Int(nadi_argon2id_bytes))
        let done = Self.reading(password) { bytes, count in
            hash.withUnsafeMutableBytes { room in
                nadi_argon2id(
                    bytes, count, UInt64(cost.passes), cost.memoryBytes,
                    room.baseAddress?.assumingMemoryBound(to: CChar.self))
            }
        }
        guard done == 1 else { return nil }
        text = String(decoding: hash.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Whether this is the hash of `password`, in a time that depends on the costs alone.
    public func accepts(_ password: [UInt8]) -> Bool {
        Self.reading(password) { bytes, count in nadi_argon2id_verify(text, bytes, count) } == 1
    }

    /// Whether it was made at other costs than these, and should be made anew when the password is next seen.
    public func differs(from cost: Cost) -> Bool {
        nadi_argon2id_differs(text, UInt64(cost.passes), cost.memoryBytes) != 0
    }

    private static func reading(
        _ password: [UInt8], _ body: (UnsafePointer<CChar>?, Int) -> Int32
    ) -> Int32 {
        password.withUnsafeBytes { body($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count) }
    }
}
