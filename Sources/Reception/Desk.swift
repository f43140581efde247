public import Access
public import Crypto
public import Database
import EndpointKit
import HTTP
public import Identity
import JSON
public import Telemetry
public import Tenancy
public import Vocabulary

/// What the reception works with; the program puts it together.
public struct ReceptionParts: Sendable {
    /// Which clinic a host belongs to.
    public var tenants: TenantDirectory
    /// Who is calling.
    public var sessions: Sessions
    /// The rows.
    public var database: Database
    /// What cursors are sealed with.
    public var secret: Secret
    /// Where requests are counted, and what `/metrics` shows.
    public var metrics: Metrics
    /// Where each request leaves a line.
    public var log: Log
    /// What time it is.
    public var clock: WallClock
    /// Where the server is in its life.
    public var health: Health
    /// The product's version, for the documents.
    public var version: String
    /// What counts requests against their limits.
    public var limiter: any RateLimiter = SlidingWindows()
    /// How strictly the declared limits are kept.
    public var limits: LimitScale
    /// Where signs of attacks are gathered; handlers can have it as a tool.
    public var suspicions = SuspicionBook()
    /// What handlers of later rooms work with: at most one of each type, which `Equipped` hands out.
    public var tools: [any Sendable] = []

    /// Everything, with the limits as the endpoints declare them.
    public init(
        tenants: TenantDirectory, sessions: Sessions, database: Database, secret: Secret, metrics: Metrics,
        log: Log,
        clock: WallClock, health: Health, version: String, limits: LimitScale = .declared
    ) {
        (self.tenants, self.sessions, self.database, self.secret) = (tenants, sessions, database, secret)
        (self.metrics, self.log, self.clock, self.health) = (metrics, log, clock, health)
        (self.version, self.limits) = (version, limits)
    }
}

/// What every request is handled with: the rooms behind the reception, its limits, seals and figures.
public final class Desk: Sendable {
    let tenants: TenantDirectory
    let sessions: Sessions
    let database: Database
    let limits: RequestLimits
    let cursors: CursorSeal
    let clock: WallClock
    let health: Health
    let metrics: Metrics
    let figures: ReceptionFigures
    let numbers = RequestNumbers()
    let denials = DenialBook()
    let suspicions: SuspicionBook
    let tools: [ObjectIdentifier: any Sendable]
    private let log: Log
    private let opened = ContinuousClock.now

    init(_ parts: ReceptionParts, figures: ReceptionFigures) {
        (tenants, sessions, database) = (parts.tenants, parts.sessions, parts.database)
        limits = RequestLimits(parts.limiter, scale: parts.limits)
        suspicions = parts.suspicions
        tools = Dictionary(
            (parts.tools + [parts.suspicions]).map { (ObjectIdentifier(type(of: $0)), $0) },
            uniquingKeysWith: { first, _ in first })
        cursors = CursorSeal(parts.secret)
        (clock, health, metrics, log) = (parts.clock, parts.health, parts.metrics, parts.log)
        self.figures = figures
    }

    /// The limiter's clock: it must never go back, as the wall's may.
    func milliseconds(of arrival: borrowing Arrival) -> UInt64 {
        let (seconds, attoseconds) = (arrival.began - opened).components
        return UInt64(max(0, seconds)) * 1000 + UInt64(max(0, attoseconds) / 1_000_000_000_000_000)
    }

    /// The answer to whatever was thrown. What is our fault is logged here, once, with what is known of it.
    func page(for error: any Error, _ arrival: inout Arrival) async -> HTTPResponse {
        var error = error
        do { try await keep(Problem(of: error), arrival) } catch let fault { error = fault }
        var problem = Problem(of: error)
        do { try await limits.takeForFailure(of: &arrival, at: milliseconds(of: arrival)) } catch let refused
            as Problem
        {
            problem = refused
        } catch {}
        if problem.status >= 500 { report(error, arrival) }
        watch(problem, arrival)
        arrival.isPage = arrival.isForReader
        return HTTPResponse(problem, requestID: arrival.requestID, asPage: arrival.isForReader)
    }

    /// Whoever is known and not allowed something leaves a line in the trail, wherever on the walk it was
    /// said: by a role, or by a handler whose own writes are then undone.
    private func keep(_ problem: Problem, _ arrival: Arrival) async throws {
        guard problem.code == .notAllowed, let (request, permission) = arrival.asked else { return }
        let event =
            permission.map { AuditEvent($0, outcome: .denied, of: $0.subjectName) }
            ?? AuditEvent(
                act: "request", outcome: .denied, of: "request",
                detail: ["route": .string(arrival.figures.route)])
        try await denials.record(event, to: request.request, by: request.caller)
    }

    /// Denials that were too many for a line each get one together, and what looks like an attack a row.
    func settleBooks() async {
        do { try await denials.settle(in: database, at: clock.now()) } catch {
            log.warning("denials that were counted could not be written yet", ["fault": .fault("\(error)")])
        }
        do { try await suspicions.settle(in: database, at: clock.now()) } catch {
            log.warning("security events could not be written yet", ["fault": .fault("\(error)")])
        }
    }

    /// Notes what a refusal may be a sign of: what its handler says, or what the walk itself knows.
    private func watch(_ problem: Problem, _ arrival: borrowing Arrival) {
        guard let tenant = arrival.tenant?.id else { return }
        let sign: Suspicion
        if let said = problem.suspicion {
            sign = said
        } else if problem.code == .wrongClinic {
            sign = Suspicion(.foreignToken)
        } else if problem.code == .notFound, !arrival.parameters.values.isEmpty {
            sign = Suspicion(.unknownID, identifier: arrival.http.path, person: arrival.caller)
        } else {
            return
        }
        suspicions.note(sign, from: arrival.http.clientAddress, at: tenant, now: arrival.now)
    }

    private func report(_ error: any Error, _ arrival: borrowing Arrival) {
        let log = log.bound(to: arrival.requestID, tenant: arrival.tenant?.slug, trace: arrival.trace)
        let fields: LogFields = ["route": .token(arrival.figures.route), "fault": .fault("\(error)")]
        switch error {
        case is CancellationError: log.debug("the caller went away", fields)
        case is DatabaseError: log.warning("the database did not answer a request", fields)
        default: log.error("a request failed", fields)
        }
    }

    /// Counts the answer and leaves its line: the route's template, never the path, the query, or a person.
    func note(_ response: HTTPResponse, to arrival: Arrival) {
        let microseconds = Self.microseconds(since: arrival.began)
        arrival.figures.count(status: response.status.code, microseconds: UInt64(microseconds))
        log.bound(to: arrival.requestID, tenant: arrival.tenant?.slug, trace: arrival.trace).access([
            "method": .token(arrival.http.method.rawValue), "route": .token(arrival.figures.route),
            "status": .int(response.status.code), "microseconds": .int(microseconds),
            "bytes": .int(response.bodyBytes),
        ])
    }

    /// The answer to what never became a request, or was refused before its body came.
    func refusal(_ problem: Problem) -> HTTPResponse {
        let now = clock.now()
        let requestID = numbers.next(at: now)
        var response = HTTPResponse(problem, requestID: requestID)
        response.fields.add(AnswerFields.ofData)
        response.fields.add(.requestID, requestID.uuidText)
        figures.unmatched.count(status: problem.status, microseconds: 0)
        log.bound(to: requestID, tenant: nil, trace: nil).access([
            "route": .token(figures.unmatched.route), "status": .int(problem.status),
            "code": .token(problem.code.rawValue),
        ])
        return response
    }

    private static func microseconds(since began: ContinuousClock.Instant) -> Int {
        let (seconds, attoseconds) = (ContinuousClock.now - began).components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}

extension HTTPResponse {
    /// How long the body is, where that is known beforehand.
    fileprivate var bodyBytes: Int { if case .bytes(let bytes) = body { bytes.count } else { 0 } }
}
