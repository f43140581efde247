import Access
import Database
import EndpointKit
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// A thing that the sample endpoints make; its rows stand in the outbox, where they can be counted.
enum Sample: Identified {
    static let idPrefix: StaticString = "smp"
}

struct MakeSamples: Act {
    static let permission = Permission(.create, .appointments)
}

struct ApproveRefunds: Act {
    static let permission = Permission(.approve, .refunds)
}

/// Whoever is let in gets no content: what a test is about stands before the handler.
protocol Wordless: Endpoint where Answer == NoContent {}

extension Wordless {
    static var audit: Audit { .silent }
    func respond(to request: Request) async throws -> NoContent { NoContent() }
}

struct SampleMade: Output {
    let id: ID<Sample>
    let text: String
    var revision: String? { "1" }

    static let isVersioned = true
    static let shape = OutputShape<SampleMade> {
        Out("id", "The sample.") { $0.id }
        Out("text", "What it says.") { $0.text }
    }
}

/// Writes, once for each key.
struct MakeSample: Endpoint {
    static let route = Route.post("/v1/samples")
    static let summary = "Make a sample."
    static let access = Access<Permit<MakeSamples>>.permitted()
    static let limit = Limit.perCaller(500, per: .seconds(60))
    static let audit = Audit.writes("sample")

    @In(.body, "What it says.", .length(1...50)) var text: String
    @In(.body, "Fail after the effect.") var fails: Bool?

    func respond(to permit: Permit<MakeSamples>) async throws -> Created<SampleMade> {
        let made = SampleMade(id: .random(at: permit.now), text: text)
        let answer = Created(made, at: "/v1/samples/\(made.id)")
        return try await permit.write { clinic in
            try await clinic.run(
                """
                INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
                VALUES (\(permit.tenant.id), 'sample', \(made.id.unique), 1, '{}')
                """)
            if fails == true { throw Problem.conflict("It was told to fail.") }
            return answer
        }
    }
}

/// Nobody at a reception desk may.
struct ApproveSample: Endpoint {
    static let route = Route.post("/v1/samples/{sample}/approve")
    static let summary = "Approve a sample."
    static let access = Access<Permit<ApproveRefunds>>.permitted()
    static let limit = Limit.none
    static let audit = Audit.writes("sample")

    @In(.path, "The sample.") var sample: ID<Sample>

    func respond(to permit: Permit<ApproveRefunds>) async throws -> NoContent { NoContent() }
}

/// Whoever may is denied by the handler, which has written something by then.
struct DenySample: Endpoint {
    static let route = Route.post("/v1/samples/{number}/deny")
    static let summary = "Ask for what the handler denies."
    static let access = Access<Permit<MakeSamples>>.permitted()
    static let limit = Limit.none
    static let audit = Audit.writes("sample")

    @In(.path, "Its number.", .within(1...9)) var number: Int

    func respond(to permit: Permit<MakeSamples>) async throws -> NoContent {
        try await permit.write { clinic in
            try await clinic.run(
                """
                INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
                VALUES (\(permit.tenant.id), 'sample', \(UniqueID(high: 0, low: 1)), 1, '{}')
                """)
            throw Problem.notAllowed
        }
    }
}

/// Needs no permission; the handler denies it all the same.
struct DenyAnybody: Endpoint {
    static let route = Route.post("/v1/samples/{number}/deny-anybody")
    static let summary = "Ask for what is denied to everybody."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.none
    static let audit = Audit.silent

    @In(.path, "Its number.", .within(1...9)) var number: Int

    func respond(to request: CallerRequest) async throws -> NoContent { throw Problem.notAllowed }
}

/// Has a revision.
struct ReadSample: Endpoint {
    static let route = Route.get("/v1/samples/{number}")
    static let summary = "Read a sample."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.none
    static let audit = Audit.silent

    @In(.path, "Its number.", .within(1...9)) var number: Int

    func respond(to request: CallerRequest) async throws -> SampleMade {
        SampleMade(id: ID(UniqueID(high: 0, low: UInt64(number))), text: "sample \(number)")
    }
}

/// Must name the revision it was decided on.
struct ReplaceSample: Endpoint {
    static let route = Route.put("/v1/samples/{number}")
    static let summary = "Replace a sample."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.none
    static let audit = Audit.silent

    @In(.path, "Its number.", .within(1...9)) var number: Int
    @In(.body, "What it says.", .length(1...50)) var text: String

    func respond(to request: CallerRequest) async throws -> SampleMade {
        try request.http.requireMatch(of: "1")
        return SampleMade(id: ID(UniqueID(high: 0, low: UInt64(number))), text: text)
    }
}

/// A list of ten in pages.
struct ListSamples: Endpoint {
    static let route = Route.get("/v1/samples")
    static let summary = "List samples."
    static let access = Access<TenantRequest>.anyone
    static let limit = Limit.none
    static let audit = Audit.silent

    @In(.query, "How many.", .within(1...200)) var limit = 4
    @In(.query, "A filter.") var kind: String?
    @In(.query, "Where to go on.") var after: Cursor?

    func respond(to request: TenantRequest) async throws -> Page<SampleMade> {
        let first = after.flatMap { Int($0.position) } ?? 0
        let items = (first..<min(10, first + limit)).map {
            SampleMade(id: ID(UniqueID(high: 0, low: UInt64($0))), text: "sample \($0)")
        }
        return Page(items, next: first + limit < 10 ? Cursor("\(first + limit)") : nil)
    }
}

/// May be called twenty times a minute from one address.
struct ReadRarely: Wordless {
    static let route = Route.get("/v1/rare")
    static let summary = "Read something rare."
    static let access = Access<TenantRequest>.anyone
    static let limit = Limit.perAddress(20, per: .seconds(60))
}

/// Throws what it is asked to throw.
struct Fail: Endpoint {
    enum Way: String, CaseIterable, WireValue {
        case refusal, unavailable, timeout, unknownCommit, constraint, deadlock, missingRight, surprise
    }
    static let route = Route.get("/v1/failures/{way}")
    static let summary = "Fail in a chosen way."
    static let access = Access<PlatformRequest>.anyone
    static let limit = Limit.none
    static let audit = Audit.silent

    @In(.path, "How.") var way: Way

    func respond(to request: PlatformRequest) async throws -> NoContent {
        switch way {
        case .refusal: throw Refusal("New patients book an hour ahead.")
        case .unavailable: throw DatabaseError.unavailable(retryAfter: .seconds(7))
        case .timeout: throw DatabaseError.timeout
        case .unknownCommit: throw DatabaseError.commitUnknown
        case .constraint: throw refused("23505", constraint: "secret_constraint")
        case .deadlock: throw refused("40P01", constraint: nil)
        case .missingRight: throw refused("42501", constraint: nil)
        case .surprise: throw Surprise(words: "secret words")
        }
    }

    private func refused(_ state: String, constraint: String?) -> DatabaseError {
        .refused(SQLState(state), constraint: constraint, table: "secret_table", message: "secret message")
    }

    struct Surprise: Error {
        let words: String
    }
}

/// May be called a few times, together with its like.
struct ReadSecret: Wordless {
    static let route = Route.get("/v1/secrets")
    static let summary = "Read a secret."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.of(.sensitive)
    static let audit = Audit.reads("secret")
}

/// Counted together with `ReadSecret`.
struct ReadOtherSecret: Wordless {
    static let route = Route.get("/v1/other-secrets")
    static let summary = "Read another secret."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.of(.sensitive)
    static let audit = Audit.reads("secret")
}

/// One way in.
struct KnockOften: Wordless {
    static let route = Route.post("/v1/classes/login")
    static let summary = "Knock."
    static let access = Access<TenantRequest>.anyone
    static let limit = Limit.of(.login)
}

/// A new password, please.
struct ForgetOften: Wordless {
    static let route = Route.post("/v1/classes/password_reset")
    static let summary = "Forget a password."
    static let access = Access<TenantRequest>.anyone
    static let limit = Limit.of(.passwordReset)
}

/// A file.
struct SendOften: Wordless {
    static let route = Route.post("/v1/classes/upload")
    static let summary = "Send a file."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.of(.upload)
}

/// Somebody by their name.
struct SearchOften: Wordless {
    static let route = Route.post("/v1/classes/search")
    static let summary = "Look for somebody."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.of(.search)
}

/// A slot.
struct KeepOften: Wordless {
    static let route = Route.post("/v1/classes/hold")
    static let summary = "Keep a slot."
    static let access = Access<CallerRequest>.signedIn
    static let limit = Limit.of(.hold)
}

/// What needs a proof of the last five minutes.
struct ReadFreshly: Wordless {
    static let route = Route.post("/v1/fresh-secrets")
    static let summary = "Read what a stolen token must not suffice for."
    static let access = Access<Fresh<CallerRequest>>(.signedIn)
    static let limit = Limit.none
}
