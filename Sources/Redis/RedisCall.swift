import CHiredis
import Crypto

/// One thing asked of Redis, as its bytes.
public struct RedisCall: Sendable {
    let bytes: [UInt8]

    /// A call of these words: `RedisCall("SET", key, "1")`.
    public init(_ words: String...) { self.init(words.map { Array($0.utf8) }) }

    /// A call whose words may hold any bytes.
    public init(_ words: [[UInt8]]) {
        var target: UnsafeMutablePointer<CChar>?
        let all = words.flatMap(\.self)
        let count = all.withUnsafeBytes { all -> Int in
            var starts: [UnsafePointer<CChar>?] = []
            var lengths: [Int] = []
            var offset = 0
            for word in words {
                // An empty word may have no address; its length says that nobody looks there.
                starts.append(all.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self))
                lengths.append(word.count)
                offset += word.count
            }
            return Int(redisFormatCommandArgv(&target, Int32(words.count), &starts, lengths))
        }
        defer { redisFreeCommand(target) }
        bytes = Array(UnsafeRawBufferPointer(start: target, count: max(0, count)))
    }
}

/// A program that Redis runs as one step, named by its hash so that its text travels once.
public struct RedisScript: Sendable {
    let text: String
    let hash: String

    /// A script of this Lua text.
    public init(_ text: String) {
        self.text = text
        hash = Hex.encode(SHA1.digest(of: Array(text.utf8)))
    }

    func call(keys: [String], _ arguments: [String], byHash: Bool) -> RedisCall {
        let words =
            [byHash ? "EVALSHA" : "EVAL", byHash ? hash : text, String(keys.count)] + keys + arguments
        return RedisCall(words.map { Array($0.utf8) })
    }
}
