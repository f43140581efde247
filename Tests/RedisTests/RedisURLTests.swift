import Testing

@testable import Redis

@Suite("A Redis URL") struct RedisURLTests {
    @Test("says where, who and which database")
    func whole() throws {
        let url = try #require(RedisURL("redis://nadi:p%40ss%3Aword@cache.internal:6380/3"))
        #expect(url.host == "cache.internal" && url.port == 6380 && url.database == 3)
        #expect(url.name == "nadi" && url.password == "p@ss:word")
    }

    @Test("has defaults for what is left out")
    func defaults() throws {
        let url = try #require(RedisURL("redis://127.0.0.1"))
        #expect(url.port == 6379 && url.database == 0 && url.name == nil && url.password == nil)
        #expect(RedisURL("redis://:secret@[::1]:7000/")?.host == "::1")
        #expect(RedisURL("redis://:secret@[::1]:7000/")?.password == "secret")
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "redis://", "rediss://127.0.0.1", "http://127.0.0.1", "redis://host:99999", "redis://host/x",
            "redis://host/-1", "redis://a:%zz@host", "redis://[::1", "redis://host:",
        ])
    func refused(text: String) { #expect(RedisURL(text) == nil) }
}
