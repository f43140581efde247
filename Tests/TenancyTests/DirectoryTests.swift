import Database
import EventLoop
import JSON
import TestKit
import Testing
import Vocabulary

@testable import Tenancy

@Suite("Host to clinic")
struct DirectoryTests {
    @Test("the base domain is the platform's; unknown, malformed and suspended hosts are nobody's")
    func nobody() async throws {
        try await TestDatabase.withPlace { place in
            try await RegistryTests.create("mobil", place.database)
            try await RegistryTests.create("shut", place.database)
            try await RegistryTests.registry(place.database).suspend(
                RegistryTests.slug("shut"), at: RegistryTests.now)
            let directory = try RegistryTests.directory(place.database)
            if case .platform = try await directory.find("LOCALHOST:8080") {
            } else {
                Issue.record("no platform")
            }
            for host in [
                "shut.localhost", "none.localhost", "www.mobil.localhost", "mobil.example", "[::1]", "",
            ] {
                #expect(try await directory.find(host).isNobody, "\(host)")
            }
        }
    }

    @Test(
        "a domain of its own leads to the clinic until it is taken away, and below the base it cannot be had")
    func domains() async throws {
        try await TestDatabase.withPlace { place in
            let registry = RegistryTests.registry(place.database), mobil = try RegistryTests.slug("mobil")
            let domain = try #require(HostName(field: "Fizio.example."))
            let directory = try RegistryTests.directory(place.database)
            try await RegistryTests.create("mobil", place.database)
            try await RegistryTests.create("other", place.database)
            try await registry.add(domain, to: mobil)
            #expect(try await directory.find("fizio.example:8080").clinic?.slug == mobil)
            await #expect(throws: Refusal("Another clinic has that domain.")) {
                try await registry.add(domain, to: RegistryTests.slug("other"))
            }
            try await registry.remove(domain, from: mobil)
            directory.heed(.reread)
            #expect(try await directory.find("fizio.example").isNobody)
        }
    }

    @Test("who changes a clinic is heard by an instance that knows it already")
    func notices() async throws {
        try await TestDatabase.withPlace { place in
            let registry = RegistryTests.registry(place.database), mobil = try RegistryTests.slug("mobil")
            let directory = try RegistryTests.directory(place.database)
            place.database.start()
            let listening = Task { await directory.listen() }
            defer { listening.cancel() }
            #expect(try await directory.find("mobil.localhost").isNobody)
            try await RegistryTests.create("mobil", place.database)
            try await eventually { try await directory.find("mobil.localhost").clinic != nil }
            try await registry.suspend(mobil, at: RegistryTests.now)
            try await eventually { try await directory.find("mobil.localhost").isNobody }
            try await registry.resume(mobil)
            try await eventually { try await directory.find("mobil.localhost").clinic != nil }
            var file = try ConfigurationTests.file("mobil-physiotherapy.json")
            file["currency"] = "EUR"
            try await registry.apply(file, to: mobil, by: "test", at: RegistryTests.now)
            try await eventually {
                try await directory.find("mobil.localhost").clinic?.configuration.currency.code == "EUR"
            }
        }
    }

    @Test("what is known is answered without the database; what is not is read once for all who ask")
    func memory() async throws {
        try await TestDatabase.withPlace { place in
            try await RegistryTests.create("mobil", place.database)
            let directory = try RegistryTests.directory(place.database)
            let first = try #require(try await directory.find("mobil.localhost").clinic)
            #expect(try await directory.find("Mobil.localhost:80").clinic === first)
            directory.heed(.payload("tenant \(first.id.number + 1)"))
            #expect(try await directory.find("mobil.localhost").clinic === first)
            directory.heed(.payload("tenant \(first.id.number)"))
            let loop = place.loops[0]
            let found = await withTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask(executorPreference: loop) {
                        try? await directory.find("mobil.localhost").clinic
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(found.count == 50)
            #expect(Set(found.compactMap { $0.map(ObjectIdentifier.init) }).count == 1)
            #expect(found.first.flatMap(\.self) !== first)
        }
    }

    @Test("memory is bounded, strangers forget no clinic, and a notice forgets the right ones")
    func bounds() throws {
        var memory = TenantMemory(clinicsMax: 3, strangersMax: 2)
        func host(_ text: String) throws -> HostName { try #require(HostName(field: text)) }
        func tenant(_ number: Int32) throws -> Tenant {
            Tenant(
                id: TenantID(number: number), publicID: .random(at: RegistryTests.now),
                slug: try RegistryTests.slug("t\(number)"), name: "T")
        }
        for number in 1...4 as ClosedRange<Int32> {
            memory.keep(.init(tenant: try tenant(number), readAt: .now), for: try host("t\(number)"))
        }
        for number in 1...9 { memory.keep(.init(tenant: nil, readAt: .now), for: try host("x\(number)")) }
        #expect(try memory.reading(for: host("t1")) == nil)
        #expect(try memory.reading(for: host("t2"))?.tenant != nil)
        #expect(try memory.reading(for: host("x7")) == nil)
        #expect(try memory.reading(for: host("x9")) != nil)
        memory.forget { $0.id.number == 3 }
        #expect(try memory.reading(for: host("t3")) == nil)
        #expect(try memory.reading(for: host("t4")) != nil)
        #expect(try memory.reading(for: host("x9")) == nil)
    }

    private func eventually(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<3000 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come to be within thirty seconds")
    }
}
