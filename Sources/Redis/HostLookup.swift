import Glibc

/// The addresses of a host, found where waiting hurts nobody.
enum HostLookup {
    /// An address that the kernel can be given.
    struct Address: Sendable {
        let family: Int32
        let bytes: [UInt8]

        func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value? {
            bytes.withUnsafeBytes { all in
                all.baseAddress.map {
                    body($0.assumingMemoryBound(to: sockaddr.self), socklen_t(all.count))
                }
            }
        }
    }

    /// Written numbers are read at once; a name may wait for a resolver and so leaves the loop.
    static func address(of url: RedisURL) async -> Address? {
        if let address = find(url, flags: AI_NUMERICHOST) { return address }
        return await Task(executorPreference: globalConcurrentExecutor) { find(url, flags: 0) }.value
    }

    private static func find(_ url: RedisURL, flags: Int32) -> Address? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(url.host, String(url.port), &hints, &found) == 0, let first = found?.pointee else {
            return nil
        }
        defer { freeaddrinfo(found) }
        let bytes = UnsafeRawBufferPointer(start: first.ai_addr, count: Int(first.ai_addrlen))
        return Address(family: first.ai_family, bytes: Array(bytes))
    }
}
