public import Crypto
import Glibc

/// Where the installation's secret comes from.
public enum InstallationSecret {
    /// Why there is none.
    public enum Fault: Error, Hashable, Sendable {
        /// The file cannot be made or read: the system's error number.
        case unreadable(Int32)
        /// Others than its owner may read the file.
        case readableByOthers
        /// What was given, or what stands in the file, is too short to be a secret.
        case tooShort
    }

    /// The secret that was given in words (`NADI_SECRET`).
    public static func given(_ text: String) throws -> Secret {
        guard let secret = try? Secret(rawBytes: Array(text.utf8)) else { throw Fault.tooShort }
        return secret
    }

    /// The secret in a file, made at the first start: for development, where nobody gives one. Only its owner
    /// may read it, and of two processes that start at once one makes it and both use it.
    public static func kept(inFile path: String) throws -> Secret {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            let text = Array(Hex.encode(RandomBytes.make(32)).utf8)
            let written = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            let failure = errno
            close(file)
            guard written == text.count else { throw Fault.unreadable(failure) }
        } else if errno != EEXIST {
            throw Fault.unreadable(errno)
        }
        return try read(path)
    }

    private static func read(_ path: String) throws -> Secret {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw Fault.unreadable(errno) }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0 else { throw Fault.unreadable(errno) }
        guard facts.st_mode & 0o077 == 0 else { throw Fault.readableByOthers }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw Fault.unreadable(errno) }
        return try given(String(decoding: bytes[..<count], as: UTF8.self))
    }
}
