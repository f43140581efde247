import Crypto
import EndpointKit
import JSON
import TestKit
import Testing
import Vocabulary

@testable import Identity

@Suite("The keys for programs that know nothing better")
struct ProgramKeysTests {
    @Test("of many processes that start at once one makes the key; a rotation leaves the old one published")
    func life() async throws {
        try await ClinicWithStaff.run { clinic in
            let keys = ProgramKeys(in: clinic.place.database, under: clinic.secret)
            await #expect(throws: SigningKeys.Fault.none) { try await keys.current() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask(executorPreference: clinic.place.loops[0]) { try await keys.prepare() }
                }
                try await group.waitForAll()
            }
            #expect(
                try await clinic.place.script("SELECT count(*)::text FROM program_signing_key") == [["1"]])
            let first = try await keys.current()
            try await keys.prepare()
            #expect(try await keys.current().id == first.id)
            let second = try await keys.rotate()
            #expect(try await keys.current().id == second && second != first.id)
            _ = try await clinic.keys.currentOrFirst()
            let published = try await PublishedKeys.read(from: clinic.place.database, at: clinic.now).all
            #expect(published.count == 3)
            #expect(Set([first.id.text, second.text]).isSubset(of: published.map(\.name)))
            let answer = try await ReadSigningKeys().respond(to: clinic.request()).jsonText
            #expect(answer.contains(#""kty":"RSA""#) && answer.contains(#""e":"AQAB""#))
            #expect(!answer.contains("null") && !answer.contains(#""d""#))
            let late = clinic.now + AccessToken.lifetimeMax + .seconds(60)
            let left = try await PublishedKeys.read(from: clinic.place.database, at: late).all
            #expect(left.count == 2)
        }
    }

    @Test("a key is sealed for its row and under the installation's secret")
    func sealed() async throws {
        try await ClinicWithStaff.run { clinic in
            let keys = ProgramKeys(in: clinic.place.database, under: clinic.secret)
            try await keys.prepare()
            let stranger = ProgramKeys(
                in: clinic.place.database,
                under: try InstallationSecret.given(String(repeating: "t", count: 32)))
            await #expect(throws: SigningKeys.Fault.sealedUnderAnotherSecret) { try await stranger.current() }
            let first = try await keys.current().id.text
            _ = try await keys.rotate()
            try await clinic.script(
                """
                UPDATE program_signing_key SET sealed_private_key =
                    (SELECT sealed_private_key FROM program_signing_key WHERE id = '\(first)')
                """)
            await #expect(throws: SigningKeys.Fault.sealedUnderAnotherSecret) { try await keys.current() }
        }
    }

    @Test("who would wait too long for a signature is told so before anything is promised that needs it")
    func overloaded() async throws {
        try await ClinicWithStaff.run { clinic in
            let keys = ProgramKeys(in: clinic.place.database, under: clinic.secret)
            try await keys.prepare()
            var held: [ProgramKey] = []
            await #expect(throws: Problem.unavailable(retryAfter: 5)) {
                while held.count < 1_000 { held.append(try await keys.current()) }
            }
            #expect(held.count == 257)
            let signature = await held[256].signature(of: [1])
            #expect(signature == held[256].signingKey.signature(of: [1]))
            held = []
            #expect(try await keys.current().signature(of: [1]) == signature)
        }
    }

    @Test("a key is named by its RFC 7638 thumbprint, as the RFC's own example has it")
    func thumbprint() throws {
        let text = """
            0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs\
            tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5haj\
            rn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw
            """
        let modulus = try #require(Base64URL.decode(text.utf8))
        #expect(KeyID(ofModulus: modulus).text == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }
}
