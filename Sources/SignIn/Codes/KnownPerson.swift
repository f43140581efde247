import Database
import Vocabulary

/// Somebody as the platform knows them, across clinics: by keyed hashes of what they have proven to hold. No
/// clinic's row points here and no clinic's login reads it, so that nothing is carried from one to another.
enum KnownPerson {
    /// Notes that somebody has proven to hold an identifier: the first time makes them a person.
    static func recognise(
        _ identifier: Identifier, _ keys: CodeKeys, in database: Database, at now: Instant
    ) async throws {
        let digest = keys.platformDigest(of: identifier)
        try await database.acrossAllTenantsUnsafely(because: "recognise a person who signed in") { platform in
            let known = try await platform.run(noteAgain(digest, at: now))
            guard known == 0 else { return }
            let person = UniqueID.random(at: now)
            platform.queue(add(person, at: now))
            try await platform.run(note(digest, of: person, at: now))
        }
    }
}
