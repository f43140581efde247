/// What all instances remember together.
public final class RedisCache: Cache {
    private let pool: RedisPool
    private let onStranger: @Sendable (CacheKey) -> Void

    /// A cache in Redis. `onStranger` hears of every value that lay under a key and was not its own: somebody
    /// writes where only we should.
    public init(_ pool: RedisPool, onStranger: @escaping @Sendable (CacheKey) -> Void) {
        (self.pool, self.onStranger) = (pool, onStranger)
    }

    /// What is remembered. A value that is another clinic's is none, and is forgotten.
    public nonisolated(nonsending) func value(of key: CacheKey) async -> [UInt8]? {
        switch try? await pool.ask(RedisCall("GET", key.text)) {
        case .bytes(let bytes):
            if let value = CachedValue.unpack(bytes, of: key) { return value }
        case .refusal: break
        case .nothing, .number, .word, .list, nil: return nil
        }
        onStranger(key)
        await forget(key)
        return nil
    }

    /// Remembers a value for so long at most.
    public nonisolated(nonsending) func keep(
        _ value: [UInt8], as key: CacheKey, for lifetime: Duration
    ) async {
        guard value.count <= CachedValue.bytesMax else { return await forget(key) }
        let milliseconds = String(max(1, Int(lifetime / .milliseconds(1))))
        let words = ["SET", key.text].map { Array($0.utf8) } + [CachedValue.pack(value, as: key)]
        _ = try? await pool.ask(RedisCall(words + ["PX", milliseconds].map { Array($0.utf8) }))
    }

    /// Forgets what is remembered.
    public nonisolated(nonsending) func forget(_ key: CacheKey) async {
        _ = try? await pool.ask(RedisCall("DEL", key.text))
    }
}
