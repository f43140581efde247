import Database
import JSON
import JobQueue
import Terminal
import Vocabulary

/// Leaves jobs that only say that they were carried out.
struct ProbeJobs: Command {
    static let name = "jobs probe"
    static let summary =
        "Leave jobs that do nothing but say so in the outbox: to see that jobs are carried out."
    static let examples = ["nadi jobs probe --clinic mitra --count 100 --subjects 10"]

    @Option("clinic", "Whose.") var clinic: Slug
    @Option("count", "How many, up to 100000.") var count = 1
    @Option("subjects", "In how many lines; 0 for none.") var subjects = 0
    @Option("poison", "Of how many every one fails always; 0 for none.") var poison = 0
    @Option("millis", "How long each takes, in milliseconds.") var milliseconds = 0

    func run(in place: Place) async throws -> Answer {
        guard place.configuration.mode == .development else {
            throw Refusal("In production nobody carries out probes: NADI_ENV=production refuses this.")
        }
        guard (1...100_000).contains(count), subjects >= 0, poison >= 0, milliseconds >= 0 else {
            throw Refusal("--count is a number from 1 to 100000, the others are not negative.")
        }
        let lines = (0..<max(1, subjects)).map { _ in UniqueID.random(at: place.now) }
        try await place.withClinic(clinic) { database, _ in
            for first in stride(from: 0, to: count, by: 500) {
                try await database.write { transaction in
                    for number in first..<min(first + 500, count) {
                        let line = lines[number % lines.count]
                        JobQueue.enqueue(
                            probe(number, line), subject: subjects > 0 ? line.uuidText : nil, in: transaction)
                    }
                }
            }
        }
        return Answer(json: ["left": .integer(Int64(count))], lines: ["\(count) left."])
    }

    private func probe(_ number: Int, _ line: UniqueID) -> Probe {
        Probe(
            number: Int64(number), milliseconds: Int64(milliseconds),
            isPoison: poison > 0 && number % poison == poison - 1, subject: line)
    }
}
