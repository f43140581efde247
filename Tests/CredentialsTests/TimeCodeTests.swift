import Crypto
import Testing
import Vocabulary

@testable import Credentials

struct TimeCodeTests {
    private let app = TimeCode(secret: Array("12345678901234567890".utf8))

    /// RFC 6238, appendix B: the last six of its eight digits.
    @Test(
        "codes are those that RFC 6238 prints",
        arguments: [
            (Int64(59), "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
            (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func vectors(second: Int64, code: String) {
        #expect(app.text(at: second / 30) == code)
        #expect(app.step(of: code, at: Instant(seconds: second), after: nil) == second / 30)
    }

    @Test("a clock may be half a minute off, and not a whole one")
    func drift() {
        let now = Instant(seconds: 1_111_111_111), step = now.seconds / 30
        for offset in Int64(-3)...3 {
            let found = app.step(of: app.text(at: step + offset), at: now, after: nil)
            #expect(found == (abs(offset) <= 1 ? step + offset : nil))
        }
    }

    @Test("a code is good once, and none before it afterwards")
    func onlyOnce() {
        let now = Instant(seconds: 1_111_111_111), step = now.seconds / 30
        #expect(app.step(of: app.text(at: step), at: now, after: step - 1) == step)
        #expect(app.step(of: app.text(at: step), at: now, after: step) == nil)
        #expect(app.step(of: app.text(at: step - 1), at: now, after: step) == nil)
        #expect(app.step(of: app.text(at: step + 1), at: now, after: step) == step + 1)
    }

    @Test("what is no code fits nothing", arguments: ["", "05047", "0504711", "05047x", " 050471", "٠٥٠٤٧١"])
    func strange(code: String) {
        #expect(app.step(of: code, at: Instant(seconds: 1_111_111_111), after: nil) == nil)
    }

    @Test("an app is told clinic, person and secret")
    func address() {
        #expect(
            app.address(clinic: "Sunrise & Co", person: "asha@example.org")
                == "otpauth://totp/Sunrise%20%26%20Co:asha%40example.org"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sunrise%20%26%20Co"
                + "&algorithm=SHA1&digits=6&period=30")
    }

    @Test("recovery codes differ, and are understood however they are typed")
    func recovery() throws {
        let codes = RecoveryCode.randomSet()
        #expect(Set(codes).count == 10)
        let code = try #require(codes.first)
        let letters = code.text.filter { $0 != "-" }
        for typed in [code.text, letters, code.text.uppercased(), " " + letters + " "] {
            #expect(RecoveryCode(typed: typed) == code)
        }
        for strange in ["", String(letters.dropLast()), letters + "b", String(letters.dropLast()) + "a"] {
            #expect(RecoveryCode(typed: strange) == nil)
        }
        #expect(code.digest(under: [1], of: [2]) != code.digest(under: [1], of: [3]))
    }
}
