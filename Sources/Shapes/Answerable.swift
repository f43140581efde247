/// What an answer tells about the wish it answers.
public enum Outcome: Sendable {
    /// Here it is.
    case found
    /// It has been made, and can be found at the answer's `place`.
    case created
    /// It will be done.
    case accepted
    /// From here on another protocol is spoken.
    case upgraded
    /// It has been done, and there is nothing to say.
    case done
}

/// What an endpoint can give back: it describes and writes itself, and says what kind of answer it is.
public protocol Answerable: Described {
    /// What kind of answer this always is.
    static var outcome: Outcome { get }
    /// The media type it is written in.
    static var mediaType: StaticString { get }
    /// Whether what it shows has revisions, so that a caller can make a change depend on the one seen.
    static var isVersioned: Bool { get }
    /// Which revision it shows: another text whenever another thing would be shown.
    var revision: String? { get }
    /// Where what was made can be found.
    var place: String? { get }
    /// Replaces positions that only the server may read by texts that only the server can make.
    mutating func seal(_ seal: (String) -> String)
    /// About how long it will be as JSON: a guess, so that the buffer need not grow on the way.
    var bytesExpected: Int { get }
    /// Where the next part of the answer goes on, sealed; nil where the answer is whole.
    var nextCursor: String? { get }
}

extension Answerable {
    /// By default something was found.
    public static var outcome: Outcome { .found }
    /// By default JSON.
    public static var mediaType: StaticString { "application/json" }
    /// By default there are no revisions.
    public static var isVersioned: Bool { false }
    /// By default there are no revisions.
    public var revision: String? { nil }
    /// By default nothing was made.
    public var place: String? { nil }
    /// By default there is nothing to seal.
    public mutating func seal(_ seal: (String) -> String) {}
    /// By default a kilobyte.
    public var bytesExpected: Int { 1_024 }
    /// By default the answer is whole.
    public var nextCursor: String? { nil }
}
