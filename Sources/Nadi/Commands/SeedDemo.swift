import JSON
import Scheduling
import Terminal
import Vocabulary

/// Opens clinics to play with.
struct SeedDemo: Command {
    static let name = "demo seed"
    static let summary =
        "Open clinics to play with, filled with people who do not exist; the same for the same seed."
    static let examples = ["nadi demo seed --clinics 3 --seed 1"]

    @Option("clinics", "How many.") var count = 3
    @Option("seed", "The number from which people and appointments follow.") var seed = 1

    func run(in place: Place) async throws -> Answer {
        guard (1...10_000).contains(count) else { throw Refusal("--clinics is a number from 1 to 10000.") }
        let opened = try await place.withDatabase { database in
            try await DemoClinics(place: place, database: database, seed: UInt64(bitPattern: Int64(seed)))
                .open(count)
        }
        return Answer(
            json: ["clinics": .array(opened.map { $0.json(place.configuration) })],
            lines: opened.isEmpty
                ? ["They are all open already."]
                : opened.map { "\($0.name): \(place.configuration.url(of: $0.slug))" })
    }
}

extension DemoClinics.Opened {
    fileprivate func json(_ configuration: Configuration) -> JSON {
        [
            "slug": .string(slug.text), "name": .string(name), "url": .string(configuration.url(of: slug)),
            "admin": .string(cast.admin.text), "receptionist": .string(cast.receptionist.text),
            "practitioner": .string(cast.practitioner.text), "patient": .string(cast.patient.text),
            "location": .string(cast.location.text), "visit_type": .string(cast.visitType),
            "start": cast.start.map { .string($0.text) } ?? .null,
            "appointments": .integer(Int64(cast.appointmentCount)),
        ]
    }
}
