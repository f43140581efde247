import Glibc

/// A file on the disk.
public struct PlainFile: Sendable {
    /// Why it was not read.
    public enum Fault: Error, Hashable, Sendable {
        /// It is not there, or not for us: the system's words.
        case unreadable(String)
        /// It is longer than anybody should have written.
        case tooLarge
    }

    /// Where it is.
    public let path: String

    /// The file there; whether there is one shows when it is read.
    public init(_ path: String) { self.path = path }

    /// The whole of it, or nothing.
    public func bytes(atMost most: Int) throws(Fault) -> [UInt8] {
        guard let file = fopen(path, "re") else { throw .unreadable(Self.reason) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: most + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw .unreadable(Self.reason) }
        guard count <= most else { throw .tooLarge }
        return Array(bytes[..<count])
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
