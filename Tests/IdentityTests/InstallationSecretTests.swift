import Crypto
import Foundation
import Identity
import Testing

struct InstallationSecretTests {
    @Test("the secret is made once, kept for its owner alone, and the same ever after")
    func kept() throws {
        let path = NSTemporaryDirectory() + "/nadi-secret-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try InstallationSecret.kept(inFile: path).key(for: "test")
        #expect(try InstallationSecret.kept(inFile: path).key(for: "test") == first)
        let facts = try FileManager.default.attributesOfItem(atPath: path)
        #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: InstallationSecret.Fault.readableByOthers) {
            try InstallationSecret.kept(inFile: path)
        }
    }

    @Test("a secret that is short or cannot be kept is refused")
    func refused() {
        #expect(throws: InstallationSecret.Fault.tooShort) { try InstallationSecret.given("password") }
        #expect(throws: InstallationSecret.Fault.unreadable(2)) {
            try InstallationSecret.kept(inFile: "/nowhere/at/all/secret")
        }
    }
}
