import EndpointKit
import FoundationEssentials
import PluginKit
import Reception
import Tenancy
import Testing
import Vocabulary

@testable import Roles
@testable import nadi

/// What must hold of everything that the server can be asked, wherever it is declared. What only a running
/// server shows, that callers get what the document promises, is proven in `Tests/Outside`.
///
/// Each list of exceptions is held to be exactly what it is: it grows by nobody's oversight, and whoever
/// makes an entry needless strikes it out.
@Suite("All that the server can be asked") struct EndpointsTests {
    private static let all = endpoints(in: .development, toldBy: nil).descriptions
    private static let changing = all.filter { $0.route.method != .get }

    @Test("contradicts itself nowhere", arguments: Configuration.Mode.allCases)
    func sound(_ mode: Configuration.Mode) {
        #expect(endpoints(in: mode, toldBy: nil).flaws == [])
    }

    @Test("is every endpoint that a room declares, and in production all but the inbox")
    func complete() throws {
        let declared = try Self.declaredInSources()
        #expect(declared.count > 100)
        #expect(Self.names(Self.all) == declared)
        let served = endpoints(in: .production, toldBy: nil).descriptions
        #expect(declared.subtracting(Self.names(served)) == ["ReadInbox"])
    }

    @Test("is told in a sentence each, no two alike")
    func summaries() {
        for each in Self.all {
            let isSentence =
                each.summary.first?.isUppercase == true && each.summary.hasSuffix(".")
                && !each.summary.contains("\n") && each.summary.count <= 140
            #expect(isSentence, "\(each.operationID): \(each.summary)")
        }
        let doubled = Dictionary(grouping: Self.all, by: \.summary).filter { $0.value.count > 1 }
        #expect(doubled.keys.sorted() == [])
    }

    @Test("tells what a caller must know where it changes something")
    func details() {
        #expect(Self.names(Self.changing.filter(\.details.isEmpty)) == [])
        for each in Self.all where !each.details.isEmpty {
            #expect(each.details.hasSuffix("."), "\(each.operationID): \(each.details)")
        }
    }

    @Test("is limited, and for whoever is not signed in by what can be counted then")
    func limits() {
        #expect(Self.names(Self.all.filter { $0.limit == .none }) == Exceptions.unlimited)
        for each in Self.all where each.audience == .anyone {
            if case .perCaller = each.limit {
                Issue.record("\(each.operationID) counts callers whom it does not know")
            }
        }
    }

    @Test("declares no problem twice, and between them there is every problem of the catalogue")
    func problems() {
        for each in Self.all {
            #expect(Set(each.ownProblems).count == each.ownProblems.count, "\(each.operationID)")
        }
        let possible = Set(Self.all.flatMap(\.problems))
        #expect(Set(ProblemCode.allCases).subtracting(possible) == Exceptions.problemsOfNoEndpoint)
    }

    @Test("leaves a line in the trail where it changes something; what is only shown changes nothing")
    func audit() {
        #expect(Self.names(Self.changing.filter { $0.audit == .silent }) == Exceptions.silentChanges)
        let shown = Self.all.filter { $0.route.method == .get }
        #expect(Self.names(shown.filter(\.isWritten)) == Exceptions.changesByBrowser)
        for each in Self.all {
            guard let kind = each.auditedKind else { continue }
            let isWord = kind.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 || $0 == 45 }
            #expect(isWord && !kind.isEmpty, "\(each.operationID): \(kind)")
            if case .changes = each.audit, let permission = each.permission.flatMap(Permission.init(name:)) {
                #expect(
                    permission.isAdministrative, "\(each.operationID) tells what stood in a row of \(kind)")
            }
        }
    }

    @Test("needs permissions of the matrix, each of which some role has for what the handler can tell apart")
    func permissions() throws {
        for each in Self.all where each.audience == .permitted {
            let name = try #require(each.permission, "\(each.operationID)")
            let permission = try #require(Permission(name: name), "\(each.operationID): \(name)")
            let (reaches, honoured) = (Reach(words: each.reaches), Limits(words: each.honoured))
            let mayCall = Role.allCases.contains { role in
                RoleMatrix.table(of: role)[permission].contains {
                    !$0.reach.isDisjoint(with: reaches) && $0.limits.isSubset(of: honoured)
                }
            }
            #expect(mayCall, "\(each.operationID): nobody has \(name) in a way that opens it")
        }
        #expect(Self.all.allSatisfy { $0.audience == .permitted || $0.permission == nil })
    }

    @Test("uses every permission that a role has")
    func unusedPermissions() {
        let used = Set(Self.all.compactMap(\.permission))
        let given = Permission.all.filter { permission in
            Role.allCases.contains { !RoleMatrix.table(of: $0)[permission].isEmpty }
        }
        #expect(Set(given.map(\.name)).subtracting(used) == Exceptions.unusedPermissions)
    }

    private static func names(_ endpoints: [EndpointDescription]) -> Set<String> {
        Set(endpoints.map(\.operationID))
    }

    /// The names of all types in Sources that are endpoints.
    private static func declaredInSources() throws -> Set<String> {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Sources"
        var names: Set<String> = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: root) where file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)
            for found in text.matches(of: /^public struct (\w+): Endpoint\b/.anchorsMatchLineEndings()) {
                names.insert(String(found.1))
            }
        }
        return names
    }
}

extension EndpointDescription {
    /// What kind of thing the trail says it was about.
    fileprivate var auditedKind: String? {
        switch audit {
        case .silent: nil
        case .reads(let kind), .writes(let kind), .changes(let kind): kind
        }
    }

    /// Whether the trail says that something was changed.
    fileprivate var isWritten: Bool {
        switch audit {
        case .silent, .reads: false
        case .writes, .changes: true
        }
    }
}
