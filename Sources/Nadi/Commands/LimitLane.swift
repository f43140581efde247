import JSON
import JobQueue
import Tenancy
import Terminal
import Vocabulary

/// Says how many jobs of a lane run at once.
struct LimitLane: Command {
    static let name = "jobs limit"
    static let summary =
        "Let so many jobs of a lane run at once, over all workers; without numbers, as many as usual."
    static let examples = [
        "nadi jobs limit --lane email --at-once 128 --per-clinic 40", "nadi jobs limit --lane email",
    ]

    @Option("lane", "Which lane.") var lane: Lane
    @Option("at-once", "In the whole lane, from 2 to 1000.") var atOnce: Int?
    @Option("per-clinic", "Of one clinic; fewer than in the whole lane.") var perClinic: Int?

    func run(in place: Place) async throws -> Answer {
        var limits: Lane.Limits?
        if let atOnce, let perClinic {
            guard (2...1000).contains(atOnce), (1..<atOnce).contains(perClinic) else {
                throw Refusal("--at-once is a number from 2 to 1000, and --per-clinic a smaller one.")
            }
            limits = Lane.Limits(atOnce: atOnce, perClinic: perClinic)
        } else if atOnce != nil || perClinic != nil {
            throw Refusal("Say both --at-once and --per-clinic, or neither.")
        }
        try await place.withDatabase { try await LaneLimits.set(limits, of: lane, in: $0) }
        let now = limits ?? lane.usualLimits
        return Answer(
            json: [
                "lane": .string(lane.rawValue), "at_once_max": .integer(Int64(now.atOnce)),
                "per_clinic_max": .integer(Int64(now.perClinic)),
            ],
            lines: ["\(lane.rawValue): \(now.atOnce) at once, \(now.perClinic) of one clinic."])
    }
}

/// Says how a clinic's share of the workers compares with the others'.
struct WeighClinic: Command {
    static let name = "jobs weight"
    static let summary = "Give a clinic a share of the workers that is so many times the usual one."
    static let examples = ["nadi jobs weight --clinic mitra --weight 3"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("weight", "From 1, the usual one, to 100.") var weight: Int

    func run(in place: Place) async throws -> Answer {
        guard (1...100).contains(weight) else { throw Refusal("--weight is a number from 1 to 100.") }
        try await place.withDatabase { database in
            let tenant = try await place.clinic(slug, in: database)
            try await JobQueue.setWeight(weight, of: tenant.id, in: database)
        }
        return Answer(
            json: ["clinic": .string(slug.text), "weight": .integer(Int64(weight))],
            lines: ["\(slug) weighs \(weight)."])
    }
}
