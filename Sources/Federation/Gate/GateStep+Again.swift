import EndpointKit
import JSON
import Tenancy

extension GateStep {
    /// The page that a problem leads to: the same question with a word about what was wrong, or the next one.
    /// What nobody at the page can do anything about is thrown.
    func again(after problem: Problem, at gate: Gate, with ticket: GateTicket) async throws -> GateAnswer {
        let challenge = problem.members["challenge"]?.stringValue
        if problem.code == .secondFactorRequired, let challenge {
            let page = try await gate.page(for: ticket)
            let canProve = problem.members["methods"] != .array(["enrol"])
            return .page(canProve ? page.secondFactor(challenge) : page.enrolment())
        }
        if problem.code == .severalPeople, case .code(let challenge, let code, _, _) = self {
            return .page(try await gate.page(for: ticket).choice(Self.people(of: problem), challenge, code))
        }
        let tongue = GateWords.words(of: gate.request.tenant).words
        guard let words = Self.words(for: problem, in: tongue) else { throw problem }
        let page = try await gate.page(for: ticket, complaint: words)
        switch self {
        case .ask(let login), .password(let login, _):
            return try await gate.signInPage(for: ticket, complaint: words, login: login)
        case .code(let challenge, _, _, let login): return .page(page.code(challenge, for: login))
        case .second(let challenge, _, _): return .page(page.secondFactor(challenge))
        }
    }

    private static func people(of problem: Problem) -> [(id: String, name: String)] {
        (problem.members["people"]?.arrayValue ?? []).compactMap { person in
            guard let id = person["id"]?.stringValue, let name = person["name"]?.stringValue else {
                return nil
            }
            return (id, name)
        }
    }

    /// Nil for what the person cannot mend.
    private static func words(for problem: Problem, in words: GateWords) -> String? {
        switch problem.code {
        case .wrongCode: words.wrongCode
        case .notProven: words.wrong
        case .invalidInput: words.unlikely
        case .tooManyRequests: words.wait.with(["seconds": "\(problem.retryAfter ?? 60)"])
        default: nil
        }
    }
}
