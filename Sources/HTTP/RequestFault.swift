/// Why bytes are not a request that can be answered. After each of them the connection is closed.
public enum RequestFault: Error, Sendable, Hashable, CaseIterable {
    case malformed
    case timedOut
    case bodyTooLarge
    case targetTooLong
    case unknownExpectation
    case headTooLarge
    case unknownMethod
    case unknownCoding
    case unknownVersion

    /// The status that says so.
    public var status: HTTPStatus {
        switch self {
        case .malformed: 400
        case .timedOut: 408
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .unknownExpectation: 417
        case .headTooLarge: 431
        case .unknownMethod, .unknownCoding: 501
        case .unknownVersion: 505
        }
    }
}
