import Crypto
import Identity
import Records
import Testing
import Vocabulary

@testable import SignIn

@Suite("Codes and refresh tokens: bound to what they are good for")
struct CodeKeysTests {
    private let keys: CodeKeys
    private let tenant = TenantID(number: 7)
    private let challenge = ID<Challenge>(UniqueID(high: 1, low: 2))

    init() throws { keys = CodeKeys(under: try Secret(rawBytes: Array(repeating: 7, count: 32))) }

    @Test("codes have six digits, and every first digit comes as often as another")
    func digits() {
        var first = [Character: Int]()
        for _ in 0..<10_000 {
            let code = CodeKeys.freshCode()
            #expect(code.utf8.count == 6 && code.utf8.allSatisfy { (0x30...0x39).contains($0) })
            first[code.first ?? "?", default: 0] += 1
        }
        // Twelve standard deviations to either side: never by chance, and always with one digit missing.
        #expect(first.count == 10 && first.values.allSatisfy { (640...1360).contains($0) })
    }

    @Test("a code's digest is another's for another challenge, channel, clinic or code")
    func digest() {
        let digest = keys.digest(of: "012345", for: challenge, .sms, .signIn, at: tenant)
        let others = [
            keys.digest(of: "012346", for: challenge, .sms, .signIn, at: tenant),
            keys.digest(of: "012345", for: ID(UniqueID(high: 1, low: 3)), .sms, .signIn, at: tenant),
            keys.digest(of: "012345", for: challenge, .whatsApp, .signIn, at: tenant),
            keys.digest(of: "012345", for: challenge, .sms, .signIn, at: TenantID(number: 8)),
        ]
        #expect(digest.count == 32 && !others.contains(digest) && Set(others).count == 4)
    }

    @Test("one person's number and mailbox are one holder; what several share stands for itself")
    func holder() {
        let asha = FoundPerson(
            person: Person(.staff, UniqueID(high: 3, low: 3)), name: "Asha", language: nil)
        let children = (4...5).map {
            FoundPerson(person: Person(.patient, UniqueID(high: 4, low: $0)), name: "Child", language: nil)
        }
        let (phone, mail) = (Identifier.phone("+919876543210"), Identifier.email("asha@example.org"))
        func holder(_ identifier: Identifier, _ people: [FoundPerson], _ number: Int32 = 7) -> [UInt8] {
            keys.holder(of: identifier, heldBy: people, at: TenantID(number: number))
        }
        #expect(holder(phone, [asha]) == holder(mail, [asha]))
        #expect(holder(phone, [asha] + children) == holder(mail, [asha]))
        #expect(holder(phone, children) != holder(mail, children))
        #expect(holder(phone, children) == holder(phone, []))
        #expect(holder(phone, [asha]) != holder(phone, [asha], 8))
    }

    @Test("a box opens for its own challenge at its own clinic alone")
    func box() {
        let content = Challenge.Content(
            identifier: .email("asha@example.org"), code: "012345", clinic: "Sunrise \"One\"",
            languages: ["hi", "en"].compactMap { Language(tag: $0) })
        let box = keys.seal(content, for: challenge, at: tenant)
        #expect(keys.open(box, of: challenge, at: tenant) == content)
        #expect(keys.open(box, of: ID(UniqueID(high: 1, low: 3)), at: tenant) == nil)
        #expect(keys.open(box, of: challenge, at: TenantID(number: 8)) == nil)
    }

    @Test("a refresh token is read as it was written, and no other text is one")
    func refreshToken() throws {
        let key = Array(repeating: UInt8(9), count: 32), other = Array(repeating: UInt8(8), count: 32)
        let token = RefreshToken(session: ID(UniqueID(high: .max, low: 5)), generation: 70_000)
        let text = token.text(at: tenant, under: key)
        #expect(RefreshToken(text: text, at: tenant, under: key) == token)
        #expect(RefreshToken(text: text, at: TenantID(number: 8), under: key) == nil)
        #expect(RefreshToken(text: text, at: tenant, under: other) == nil)
        let letters = Array(text)
        for place in letters.indices {
            var changed = letters
            changed[place] = changed[place] == "A" ? "B" : "A"
            #expect(RefreshToken(text: String(changed), at: tenant, under: key) == nil, "\(place)")
        }
        for changed in [
            "", "nrt_", String(text.dropLast()), text + "A", text + "==", " " + text, text.uppercased(),
        ] {
            #expect(RefreshToken(text: changed, at: tenant, under: key) == nil)
        }
    }

    @Test("a patient's id is written here as Records writes it")
    func prefixes() {
        let id = UniqueID(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001)
        #expect(Person(.patient, id).text == ID<Patient>(id).text)
        #expect(Person(text: ID<Patient>(id).text) == Person(.patient, id))
        #expect(Person(text: ID<StaffMember>(id).text) == Person(.staff, id))
        #expect(Person(text: ID<Challenge>(id).text) == nil)
    }
}
