import Testing
import Vocabulary

@testable import Credentials

struct PasswordRulesTests {
    private static let words = [
        "Asha Patil", "asha.patil@sunrise.example", "+919812345678", "Sunrise Family Practice",
    ]

    @Test(
        "what guessers try first is refused",
        arguments: [
            "password1234", "passwordpassword", "qwertyuiop12", "iloveyou123456", "Welcome@12345",
            "P@ssw0rd2026!", "111111111111", "abcdefghijkl", "aaaaaaaaaaaaaaaa", "trustno1trustno1",
            "asha-sunrise-2026", "Sunrise@Patil1", "patil.sunrise.asha", "ahsa9812345678", "FamilyPractice1",
        ])
    func easy(password: String) {
        #expect(PasswordRules.flaw(of: password, knowing: Self.words) != nil)
    }

    @Test(
        "what is hard to guess is taken, in whatever script",
        arguments: [
            "correct horse battery staple", "monsoon tabla kettle", "v7Kq-92nf-Lw0x", "मानसून तबला केतली पहाड़",
            "чайник гроза барабан",
        ])
    func hard(password: String) {
        #expect(PasswordRules.flaw(of: password, knowing: Self.words) == nil)
    }

    @Test("words of the person and the clinic make a password easier to guess, in parts too")
    func ownWords() {
        let password = "sunrise patil practice"
        #expect(
            PasswordRules.bits(of: password, knowing: Self.words)
                < PasswordRules.bits(of: password, knowing: []) - 10)
        #expect(PasswordRules.pieces(of: ["A. Patil@x.in"]) == ["a. patil@x.in", "apatilxin", "patil"])
    }

    @Test("too short, too long and cut in two are refused, whatever else they are")
    func sizes() {
        #expect(PasswordRules.flaw(of: "v7Kq-92nf-L", knowing: []) != nil)
        #expect(PasswordRules.flaw(of: "v7Kq-92nf-Lw0x\u{0}more", knowing: []) != nil)
        let long = String(repeating: "v7Kq-92nf ", count: 26)
        #expect(PasswordRules.flaw(of: long, knowing: []) != nil)
    }

    @Test(
        "waits grow to a quarter of an hour and no further",
        arguments: [(0, nil), (4, nil), (5, 60), (6, 300), (7, 900), (100, 900)] as [(Int, Int64?)])
    func waits(failures: Int, seconds: Int64?) {
        #expect(Lockout.wait(after: failures) == seconds.map { .seconds($0) })
    }

    @Test("a wait ends by itself")
    func ends() {
        let now = Instant(seconds: 1000)
        let lockout = Lockout(until: now + .seconds(60))
        #expect(lockout.secondsLeft(at: now) == 61)
        #expect(lockout.secondsLeft(at: now + .seconds(60)) == nil)
        #expect(Lockout(until: nil).secondsLeft(at: now) == nil)
    }
}
