import Testing

@testable import Auditing

@Suite("Access log: what a patient is told that somebody did")
struct AccessEntryTests {
    /// Everything that is recorded about a patient by their id, or about an appointment of theirs.
    private static let deeds: [(act: String, kind: String)] = [
        ("demographics.read", "patient"), ("demographics.read", "guardianship"),
        ("demographics.read", "care_team"), ("demographics.read", "message_consent"),
        ("demographics.create", "patient"), ("demographics.update", "patient"),
        ("demographics.update", "guardianship"), ("demographics.update", "care_team"),
        ("demographics.update", "message_consent"), ("emergency.open", "patient"),
        ("emergency.end", "patient"), ("emergency.review", "patient"), ("addresses.confirm", "address"),
        ("audit.read", "patient"), ("appointments.read", "appointment"),
        ("appointments.create", "appointment"), ("appointments.update", "appointment"),
        ("appointments.void", "appointment"),
    ]

    @Test("each deed has words of its own, and none falls back on its names")
    func words() {
        let told = Self.deeds.map { AccessEntry.words(of: $0.act, on: $0.kind, isList: false) }
        #expect(Set(told).count == Self.deeds.count, "\(told)")
        for (deed, words) in zip(Self.deeds, told) {
            #expect(words != AccessEntry.words(ofDeed: deed.act, on: deed.kind), "\(deed)")
        }
        let list = AccessEntry.words(of: "appointments.read", on: "appointment", isList: true)
        #expect(list == "looked at a list of your appointments")
    }

    @Test("what nobody has put into words is told by its names")
    func otherwise() {
        let told = AccessEntry.words(of: "clinical_notes.read", on: "clinical_note", isList: false)
        #expect(told == "looked at your clinical note")
    }
}
