public import Crypto

/// What all instances remember together. Values are sealed for their clinic and their key: what somebody
/// else wrote there, or moved there, is nothing.
public final class RedisCache: Cache {
    private let pool: RedisPool
    private let seal: SealingKey
    private let onStranger: @Sendable (CacheKey) -> Void

    /// A cache in Redis. `onStranger` hears of every value that lay under a key and was not its own: somebody
    /// writes where only we should.
    public init(
        _ pool: RedisPool, under secret: Secret, onStranger: @escaping @Sendable (CacheKey) -> Void
    ) {
        (self.pool, seal, self.onStranger) = (pool, secret.sealingKey(for: "shared cache"), onStranger)
    }

    /// What is remembered. A value that was not sealed for this key is none, and is forgotten.
    public nonisolated(nonsending) func value(of key: CacheKey) async -> [UInt8]? {
        switch try? await pool.ask(RedisCall("GET", key.text)) {
        case .bytes(let bytes):
            if let value = seal.open(bytes, context: Array(key.text.utf8)) { return value }
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
        guard value.count <= CacheKey.valueMax else { return await forget(key) }
        let milliseconds = String(max(1, Int(lifetime / .milliseconds(1))))
        let name = Array(key.text.utf8), box = seal.seal(value, context: name)
        let call = [Array("SET".utf8), name, box, Array("PX".utf8), Array(milliseconds.utf8)]
        _ = try? await pool.ask(RedisCall(call))
    }

    /// Forgets what is remembered.
    public nonisolated(nonsending) func forget(_ key: CacheKey) async {
        _ = try? await pool.ask(RedisCall("DEL", key.text))
    }
}
