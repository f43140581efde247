public import Database
import Glibc
public import HTTP
public import Identity
public import Shapes
public import Terminal
public import Vocabulary

// How the rooms' errors are told to the person at the terminal.

extension Refusal: Speakable {
    /// The reason.
    public var words: [String] { [reason] }
}

extension ShapeFault: Speakable {
    /// Every complaint, each with the place it is about.
    public var words: [String] {
        complaints.map { "\($0.pointer.isEmpty ? "The file" : $0.pointer) \($0.detail)" }
    }
}

extension ClusterFlaw: Speakable {
    /// The flaw.
    public var words: [String] { [description] }
}

extension MigrationFault: Speakable {
    /// The fault.
    public var words: [String] { [description] }
}

extension InstallationSecret.Fault: Speakable {
    /// What is wrong with the file, or with what was given.
    public var words: [String] {
        switch self {
        case .unreadable(let number):
            ["The secret in the data directory cannot be used: \(String(cString: strerror(number)))."]
        case .readableByOthers:
            ["Others may read the secret in the data directory: chmod 600 it, and rotate the keys."]
        case .tooShort: ["The secret is too short: 32 characters at least."]
        }
    }
}

extension ListenFault: Speakable {
    /// What could not be listened at, and why.
    public var words: [String] { [description] }
}

extension DatabaseError: Speakable {
    /// What an operator can do something about; the rest as it is.
    public var words: [String] {
        switch self {
        case .unavailable: ["The database does not answer. Is it running, and is NADI_DATABASE_URL right?"]
        case .timeout: ["The database did not answer in time."]
        case .refused(.undefinedTable, _, _, _):
            ["The database has no such table yet: bring it up to date with 'nadi migrate'."]
        case .refused(let state, let constraint, _, let message):
            ["The database refused: \(message) (\(state)\(constraint.map { ", \($0)" } ?? ""))"]
        default: ["\(self)"]
        }
    }
}
