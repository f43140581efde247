import HTTP
import Testing

@Suite("Routes")
struct RouteTrieTests {
    private func trie() throws -> RouteTrie<String> {
        var trie = RouteTrie<String>()
        try trie.add(.get, "/", "root")
        try trie.add(.get, "/v1/appointments", "list")
        try trie.add(.post, "/v1/appointments", "book")
        try trie.add(.get, "/v1/appointments/{appointment}", "one")
        try trie.add(.post, "/v1/appointments/explain", "explain")
        try trie.add(.post, "/v1/appointments/{appointment}/cancel", "cancel")
        try trie.add(.get, "/v1/{kind}/today/{day}", "today")
        try trie.add(.get, "/.well-known/jwks.json", "keys")
        return trie
    }

    private func outcome(_ method: HTTPMethod, _ path: String) throws -> String {
        switch try trie().match(method, path: path) {
        case .found(let value, let parameters):
            ([value] + parameters.values.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
        case .unknownPath: "404"
        case .wrongMethod(let allowed): "405 \(allowed.map(\.rawValue).joined(separator: ", "))"
        case .malformedPath: "400"
        }
    }

    @Test(
        "a method and a path lead to one place",
        arguments: [
            (HTTPMethod.get, "/", "root"), (.get, "/v1/appointments", "list"),
            (.head, "/v1/appointments", "list"),
            (.post, "/v1/appointments", "book"), (.get, "/v1/appointments/apt_1", "one appointment=apt_1"),
            (.post, "/v1/appointments/explain", "explain"),
            (.get, "/v1/appointments/explain", "405 POST"),
            (.post, "/v1/appointments/explain/cancel", "cancel appointment=explain"),
            (.get, "/v1/appointments/today/7", "today kind=appointments day=7"),
            (.get, "/.well-known/jwks.json", "keys"),
            (.delete, "/v1/appointments", "405 GET, HEAD, POST"),
            (.put, "/v1/appointments/explain", "405 POST"),
            (.get, "/v1/appointments/", "404"), (.get, "/v1", "404"), (.get, "//", "404"),
            (.options, "*", "404"),
            (.get, "/V1/appointments", "404"), (.get, "/v1/%61ppointments", "404"),
            (.get, "/v1/appointments/a%20b", "one appointment=a b"),
            (.get, "/v1/appointments/a%2Fb", "one appointment=a/b"),
            (.get, "/v1/appointments/a+b", "one appointment=a+b"),
            (.get, "/v1/appointments/%E0%A4%A8", "one appointment=न"), (.get, "/v1/appointments/%zz", "400"),
            (.get, "/v1/appointments/%4", "400"), (.get, "/v1/appointments/%ff", "400"),
            (.get, "/v1/appointments/%00", "400"),
        ])
    func leads(method: HTTPMethod, path: String, place: String) throws {
        #expect(try outcome(method, path) == place)
    }

    @Test("a second route for the same places stops the boot, whatever its parameters are called")
    func duplicates() throws {
        var trie = try trie()
        #expect(
            throws: RouteFault.duplicate(
                pattern: "/v1/appointments/{id}", of: "/v1/appointments/{appointment}")
        ) {
            try trie.add(.get, "/v1/appointments/{id}", "again")
        }
    }

    @Test(
        "a malformed pattern stops the boot",
        arguments: [
            "", "v1", "/v1/", "//", "/{}", "/a{b}", "/{a", "/{a}/{a}", "/{a b}", "/a?b", "/a%20b", "/é",
        ])
    func malformed(pattern: String) {
        var trie = RouteTrie<String>()
        #expect(throws: RouteFault.malformed(pattern: pattern)) { try trie.add(.get, pattern, "") }
    }
}
