import Database
import Foundation
import JSON
import Testing
import Vocabulary

@testable import Outbox
@testable import Webhooks

/// Every event that any room declares, found in the sources: a new one is told to webhooks, or stands below
/// with the reason why it is not.
@Suite("The kinds of event that webhooks are told")
struct EventKindTests {
    private static let withheld = [
        "notification.shown": "it concerns one person's reading, and nobody's systems",
        "security.noticed": "it is for whoever watches over the clinic, and a webhook may be the way in",
        "emergency.opened": "who treats whom in an emergency is for those alone who judge it",
        "emergency.reviewed": "what is thought of somebody's deed is between them and the clinic",
        "support.opened": "who of the platform is let in is for whoever runs and audits the clinic",
        "support.entered": "that they are in is for whoever runs and audits the clinic",
        "support.ended": "that they are out is for whoever runs and audits the clinic",
        "role.outdated": "what a role is to be is decided by whoever runs the clinic",
        "probe.arrived": "it proves the job queue, in development alone",
    ]

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

    private func declared() throws -> [String] {
        let files = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)
        let texts = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.map {
            (try? String(contentsOf: $0, encoding: .utf8)) ?? ""
        }
        let event = try Regex(
            #":[^{}\n]*\bEvent\b[^{}\n]*\{[^}]*?static let kind = "([^"]+)""#,
            as: (Substring, Substring).self)
        let types = try Regex(#"(?:struct|enum|class) \w+\s*:[^{}\n]*\bEvent\b[^{}\n]*\{"#)
        let kinds = texts.flatMap { $0.matches(of: event).map { String($0.output.1) } }
        // An event whose kind could not be read here would be forgotten without a word.
        #expect(kinds.count == texts.map { $0.matches(of: types).count }.reduce(0, +))
        return kinds
    }

    @Test("none is forgotten, and none is promised that nobody records")
    func whole() throws {
        let declared = Set(try declared()), told = Set(WebhookEventKind.allCases.map(\.rawValue))
        #expect(declared.count >= 7)
        #expect(declared.subtracting(told).subtracting(Self.withheld.keys).sorted() == [])
        #expect(told.subtracting(declared).sorted() == [])
        #expect(Set(Self.withheld.keys).subtracting(declared).sorted() == [])
    }

    @Test("a webhook without kinds is told all of them, holds too, as the document says; others only theirs")
    func noneMeansAll() {
        let all = WebhookEventKind.allCases.map(\.rawValue)
        func told(_ webhook: Webhook) -> [String] {
            (all + Self.withheld.keys.sorted()).filter { webhook.wants(RecordedEvent(of: $0)) }
        }
        #expect(told(Webhook(of: [])) == all)
        #expect(
            told(Webhook(of: [.holdPlaced, .appointmentBooked])) == ["appointment.booked", "hold.placed"])
        #expect(told(Webhook(of: [], .disabled)) == [])
        for words in [AddWebhook.details, ChangeWebhook.details] {
            #expect(words.contains("every kind, `hold.placed` and `hold.released` too"))
        }
    }

    @Test("each says what it is about, by the word that begins it", arguments: WebhookEventKind.allCases)
    func subjects(_ kind: WebhookEventKind) throws {
        var writer = JSONWriter()
        writer.object { kind.writeSubject(UniqueID(high: 1, low: 2), to: &$0) }
        let member = try #require(JSON(parsing: writer.bytes).objectValue?.members.first)
        let word = kind.rawValue.prefix { $0 != "." }.replacing("-", with: "_")
        #expect(member.name == word)
    }
}

extension Webhook {
    fileprivate init(of kinds: [WebhookEventKind], _ state: State = .enabled) {
        self.init(
            id: .random(at: WebhookClinic.now), url: "https://hooks.example.org/", kinds: kinds,
            description: "",
            state: state, disabledReason: state == .disabled ? .asked : nil, disabledAt: nil,
            failingSince: nil,
            version: 1, createdAt: WebhookClinic.now)
    }
}

extension RecordedEvent {
    fileprivate init(of kind: String) {
        self.init(
            tenant: TenantID(number: 1), position: .beginning, kind: kind, subject: UniqueID(high: 1, low: 2),
            version: 1, at: WebhookClinic.now, payload: JSONText([]))
    }
}
