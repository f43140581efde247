/// Bytes that cannot be what the caller said they are.
public enum CryptoFault: Error, Sendable, Equatable {
    /// A key of the wrong length or one that the curve does not know.
    case malformedKey
}

/// Stops the process when OpenSSL could not do its work (no memory, no entropy, no algorithm):
/// going on with a half-written digest or with predictable random bytes would be worse than being away.
func insist(_ done: Int32, _ what: StaticString) {
    precondition(done == 1, "OpenSSL failed: \(what)")
}

/// A fresh array that `body` fills whole.
func filled(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, initialized in
        if let base = buffer.baseAddress { body(base) }
        initialized = count
    }
}
