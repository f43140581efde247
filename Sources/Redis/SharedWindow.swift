/// The counts of a key that several instances share: two counters a key, the older one weighing less as its
/// window slides away. Looking and counting are one step, so no two callers take the same place.
public struct SharedWindow: Sendable, Equatable {
    /// Whether one more was counted.
    public let isGranted: Bool
    /// How many were counted in this window, this one included.
    public let current: UInt32
    /// How many were counted in the window before.
    public let previous: UInt32
    /// How long this window has been open.
    public let elapsedMilliseconds: UInt64
    /// Whether the server remembers the whole window. It does not when it was emptied or is new, or when what
    /// it held under the key was not ours: then its word alone is not enough.
    public let isWhole: Bool

    /// Counts one more at the key, unless as many as `count` are counted already.
    public static nonisolated(nonsending) func take(
        _ key: String, count: Int, windowMilliseconds: UInt64, from pool: RedisPool
    ) async throws -> SharedWindow {
        let reply = try await pool.run(
            script, keys: ["nadi:limit:\(key)", "nadi:founded"], String(count), String(windowMilliseconds))
        if case .refusal(let words) = reply { throw RedisFault.refused(words) }
        guard let numbers = reply.members?.compactMap(\.number), numbers.count == 5,
            let current = UInt32(exactly: numbers[1]), let previous = UInt32(exactly: numbers[2]),
            let elapsed = UInt64(exactly: numbers[3])
        else { throw RedisFault.garbled }
        return SharedWindow(
            isGranted: numbers[0] == 1, current: current, previous: previous,
            elapsedMilliseconds: min(elapsed, windowMilliseconds), isWhole: numbers[4] == 1)
    }

    /// The server's clock is everybody's. What is stored is read as strictly as if a stranger had written it:
    /// one count that is none of ours, and the server's memory begins anew for everybody.
    private static let script = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local max, window = tonumber(ARGV[1]), tonumber(ARGV[2])
        local function read(key)
          local value = redis.pcall('GET', key)
          return type(value) == 'string' and value or ''
        end
        local function text(number) return string.format('%.0f', number) end
        local founded = tonumber(string.match(read(KEYS[2]), '^%d+$') or '')
        if not founded or founded > now then
          founded = now
          redis.call('SET', KEYS[2], text(now))
        end
        local whole = now - founded >= window and 1 or 0
        local opened, previous, current = string.match(read(KEYS[1]), '^(%d+) (%d+) (%d+)$')
        opened, previous, current = tonumber(opened or ''), tonumber(previous or ''), tonumber(current or '')
        if not opened or opened > now or previous > 4294967295 or current > 4294967295 then
          if redis.call('EXISTS', KEYS[1]) == 1 then
            whole = 0
            redis.call('SET', KEYS[2], text(now))
          end
          opened, previous, current = now, 0, 0
        elseif now >= opened + 2 * window then
          opened, previous, current = now, 0, 0
        elseif now >= opened + window then
          opened, previous, current = opened + window, current, 0
        end
        local elapsed = now - opened
        local granted = 0
        if current + math.ceil(previous * (window - elapsed) / window) < max then
          granted, current = 1, current + 1
          local value = text(opened) .. ' ' .. text(previous) .. ' ' .. text(current)
          redis.call('SET', KEYS[1], value, 'PX', text(2 * window))
        end
        return {granted, current, previous, elapsed, whole}
        """)
}

/// How many instances share what they count.
public enum Instances {
    /// Says that this one lives, and returns how many have said so lately.
    public static nonisolated(nonsending) func announce(_ name: String, to pool: RedisPool) async throws
        -> Int
    {
        let reply = try await pool.run(script, keys: ["nadi:instances"], name, String(rememberedSeconds))
        guard let count = reply.number else { throw RedisFault.refused(reply.text ?? "no number") }
        return max(1, count)
    }

    /// Whoever has said nothing for so long has left.
    static let rememberedSeconds = 15

    private static let script = RedisScript(
        """
        local now = tonumber(redis.call('TIME')[1])
        local kind = redis.call('TYPE', KEYS[1])['ok']
        if kind ~= 'zset' then redis.call('DEL', KEYS[1]) end
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
        redis.call('ZREMRANGEBYSCORE', KEYS[1], now + 60, '+inf')
        return redis.call('ZCARD', KEYS[1])
        """)
}
