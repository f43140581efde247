import JSON
import TestKit
import Testing
import Vocabulary

@testable import Roles

@Suite("What somebody of the platform can do at a clinic", .timeLimit(.minutes(2)))
struct SupportReachJourney {
    private static let address = "ines@platform.example"

    /// The widest grant there is.
    private func letIn(_ house: JourneyHouse) async throws -> WireCaller {
        _ = try await house.hire(Self.address)
        let areas = SupportArea.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        let opened = try await house.first.admin.send(
            "POST", "/v1/support-grants",
            json: """
                {"agent": "\(Self.address)", "areas": [\(areas)], "may_write": true, "reason": "Nothing works any more."}
                """)
        #expect(opened.status == 201, "\(opened.text)")
        return try house.caller(try await house.signedIn(Self.address, by: "email"))
    }

    @Test("of every operation they may do what the grant says, and change what is for support alone")
    func everyOperation() async throws {
        try await JourneyHouse.open { house in
            let support = try await letIn(house), operations = try await house.operations()
            let table = RightTable.support(in: SupportArea.allCases, mayWrite: true)
            var changing: Set<String> = []
            for operation in operations where operation.body["x-audience"] == "permitted" {
                let isAllowed = operation.isAllowed(by: table)
                if isAllowed, operation.method != "get" { changing.insert(operation.name) }
                guard !isAllowed || !operation.isStream else { continue }
                let body = operation.method == "get" || operation.method == "delete" ? nil : "{}"
                let reply = try await support.send(
                    operation.method.uppercased(), operation.plausible, json: body)
                #expect((reply.status == 403) != isAllowed, "\(operation.name): \(reply.text)")
                #expect(reply.status < 500, "\(operation.name): \(reply.text)")
            }
            #expect(
                changing == [
                    "MakeTemplateLive", "PreviewMessageTemplate", "ResetMessageTemplate", "RetryParkedJob",
                    "SaveTemplateVersion",
                ])
        }
    }

    @Test("they ask for no role, keep no address and no proof here, and are shown nobody's messages")
    func nobodysOwn() async throws {
        try await JourneyHouse.open { house in
            let support = try await letIn(house), later = "2027-02-01T00:00:00Z"
            for (target, body) in [
                ("/v1/access/requests", #"{"role": "nurse", "until": "\#(later)", "reason": "Because."}"#),
                ("/v1/me/addresses", #"{"channel": "email", "to": "other@platform.example"}"#),
                ("/v1/notifications/read-all", "{}"),
            ] {
                let reply = try await support.send("POST", target, json: body)
                #expect(reply.status == 403, "\(target): \(reply.text)")
            }
            #expect(try await support.send("GET", "/v1/notifications").status == 403)
            #expect(try await support.json("/v1/me/addresses")["items"] == [])
            let sessions = try await support.json("/v1/auth/sessions")["items"]?.arrayValue
            #expect(sessions?.count == 1, "their own alone")
            #expect(try await support.send("POST", "/v1/auth/logout", json: "{}").status == 204)
            try await house.settle()
            #expect(try await support.send("GET", "/v1/me").status == 401)
        }
    }

    @Test("what they change is told as changed by support")
    func writing() async throws {
        try await JourneyHouse.open { house in
            let support = try await letIn(house)
            let saved = try await support.send(
                "POST", "/v1/message-templates/appointment.booked/en/sms/versions",
                json: #"{"parts": {"text": "{clinic}: see you on {time} at {location}."}}"#)
            #expect(saved.status == 201, "\(saved.text)")
            let line = try await house.rows(
                """
                SELECT caller_kind || ' ' || caller_role FROM audit_event
                WHERE act = 'configuration.update' AND detail ? 'changes' AND detail ? 'support'
                """)
            #expect(line == ["support platform.support"])
        }
    }
}

extension DocumentedOperation {
    fileprivate var name: String { body["operationId"]?.stringValue ?? "" }

    /// What the document and a table say together.
    fileprivate func isAllowed(by table: RightTable) -> Bool {
        let words = { (member: String) in body[member]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        let permission = body["x-required-permission"]?.stringValue.flatMap(Permission.init(name:))
        let reaches = Reach(words: words("x-reaches")), honoured = Limits(words: words("x-honoured-limits"))
        return permission.map { permission in
            table[permission].contains {
                !$0.reach.isDisjoint(with: reaches) && $0.limits.isSubset(of: honoured)
            }
        } ?? false
    }

    /// The path with ids of nothing.
    fileprivate var plausible: String {
        let parameters = body["parameters"]?.arrayValue?.filter { $0["in"] == "path" } ?? []
        return target(
            Dictionary(
                parameters.map { parameter in
                    let pattern = parameter["schema"]?["pattern"]?.stringValue ?? ""
                    let known = parameter["schema"]?["enum"]?.arrayValue?.first?.stringValue ?? "x"
                    let isID = pattern.hasPrefix("^") && pattern.dropFirst(4).first == "_"
                    let id = "\(pattern.dropFirst().prefix(3))_01jd4rznr0fk2vdr1b3wx4rqbe"
                    return (parameter["name"]?.stringValue ?? "", isID ? id : known)
                }, uniquingKeysWith: { first, _ in first }))
    }
}
