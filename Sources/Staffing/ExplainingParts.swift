public import Access
public import Database
public import EndpointKit
import Roles
public import Tenancy
public import Vocabulary

/// What an explanation is made of that other rooms know: the operations, and where things are.
public struct ExplainingParts: Sendable {
    /// Where something is.
    public enum Place: Sendable {
        case at(ID<Location>)
        /// It belongs to the clinic, to no location.
        case anywhere
        /// There is no such thing at this clinic.
        case nowhere
    }

    /// Finds something by its id.
    public typealias Finder = @Sendable (_ id: String, TenantDatabase) async throws -> Place

    /// Tells whether a reach extends to something that is there.
    public typealias Reaching = @Sendable (_ id: String, PatientReach, TenantDatabase) async throws -> Bool

    let operations: [String: AskedOperation]
    let finders: [String: Finder]
    let reachings: [String: Reaching]

    /// The operations as they are served, and for each prefix of ids who finds what it names; of what is
    /// about patients, who tells whether it is reached.
    public init(
        _ endpoints: [EndpointDescription], finders: [String: Finder], reachings: [String: Reaching] = [:]
    ) {
        operations = Dictionary(
            endpoints.map { ($0.operationID, AskedOperation($0)) }, uniquingKeysWith: { first, _ in first })
        (self.finders, self.reachings) = (finders, reachings)
    }
}

/// An operation as access sees it.
struct AskedOperation: Sendable {
    let audience: Audience
    let act: AskedAct?

    init(audience: Audience, act: AskedAct?) { (self.audience, self.act) = (audience, act) }

    init(_ endpoint: EndpointDescription) {
        let permission = endpoint.permission.flatMap(Permission.init(name:))
        self.init(
            audience: endpoint.audience,
            act: permission.map {
                AskedAct(
                    $0, reaches: Reach(words: endpoint.reaches), honours: Limits(words: endpoint.honoured))
            })
    }
}

extension AskedAct {
    /// The permission alone, as if whoever asked could tell everything apart and leave everything out.
    static func any(_ permission: Permission) -> AskedAct {
        AskedAct(permission, reaches: .all, honours: .all)
    }
}
