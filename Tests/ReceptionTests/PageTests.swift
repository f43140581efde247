import Crypto
import EndpointKit
import HTML
import JSON
import Testing
import TestKit

@testable import Reception

@Suite("Our own pages", .serialized) struct PageTests {
    @Test("the reference names every endpoint, input, answer and problem without a script")
    func reference() throws {
        let endpoints = ReceptionHouse.endpoints().descriptions
        let page = String(
            decoding: ReferencePage(title: "Nadi", version: "1", endpoints: endpoints).markup.bytes,
            as: UTF8.self)
        let text = String(page.prefix { _ in true }.split(separator: "<script>").first ?? "")
        for endpoint in endpoints {
            #expect(text.contains("<code>\(endpoint.route.path)</code>"))
            #expect(text.contains(endpoint.summary))
            for input in endpoint.inputs { #expect(text.contains("<code>\(input.name)</code>")) }
            for problem in endpoint.problems { #expect(text.contains("href=\"\(problem.page)\"")) }
        }
        #expect(text.contains("curl -sS -X POST"))
        // Nothing is fetched from anywhere, and no attribute runs as a script.
        for outside in ["http://", "https://", "src=", "@import", "url(", "onclick", "style=\""] {
            #expect(!text.contains(outside))
        }
    }

    @Test("the policy admits exactly the style and the script that are in the page")
    func policy() async throws {
        try await ReceptionHouse.open { house in
            let reply = try await house.stranger.send("GET", "/docs")
            let policy = try #require(reply["content-security-policy"])
            for tag in ["style", "script"] {
                let parts = reply.text.split(separator: "<\(tag)>")
                let content = try #require(parts.last?.split(separator: "</\(tag)>").first)
                let digest = Base64.text(of: SHA256.digest(of: Array(content.utf8)))
                #expect(policy.contains("\(tag)-src 'sha256-\(digest)'"), "\(tag)")
            }
            #expect(!policy.contains("unsafe"))
        }
    }

    @Test("every problem has its page, and a page that is not there is a problem")
    func problems() async throws {
        try await ReceptionHouse.open(limits: .none) { house in
            for code in ProblemCode.allCases {
                let reply = try await house.stranger.send("GET", code.page)
                #expect(reply.status == 200 && reply["content-type"] == "text/html; charset=utf-8")
                #expect(reply.text.contains(code.rawValue))
            }
            #expect(try await house.stranger.send("GET", "/docs/problems/none").status == 404)
        }
    }

    @Test("a page that the caller has already is not sent again")
    func unchanged() async throws {
        try await ReceptionHouse.open { house in
            let etag = try #require(try await house.stranger.send("GET", "/openapi.json")["etag"])
            let again = try await house.stranger.send(
                "GET", "/openapi.json", fields: [("If-None-Match", etag)])
            #expect(again.status == 304 && again.body.isEmpty)
        }
    }

    @Test("the document is the endpoints' own")
    func document() async throws {
        try await ReceptionHouse.open { house in
            let reply = try await house.stranger.send("GET", "/openapi.json")
            let document = try JSON(parsing: reply.body)
            #expect(document["openapi"] == "3.1.0")
            let paths = try #require(document["paths"]?.objectValue?.members.map(\.name))
            #expect(Set(paths) == Set(ReceptionHouse.endpoints().descriptions.map(\.route.path)))
        }
    }

    @Test("a clinic's page shows its name as text")
    func landing() async throws {
        try await ReceptionHouse.open { house in
            let page = try await house.stranger.send("GET", "/")
            #expect(page.text.contains("<h1>Asha &lt;&amp; Daughters&gt;</h1>"))
            #expect(try await house.caller(at: "localhost").send("GET", "/").text.contains("<h1>Nadi</h1>"))
            #expect(try await house.caller(at: "nobody.localhost").send("GET", "/").status == 404)
        }
    }
}
