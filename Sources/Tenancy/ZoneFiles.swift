import Glibc
import Synchronization
public import Vocabulary

/// The system's time zones, read from their TZif files and kept: clinics of one zone share one `Zone`.
public final class ZoneFiles: Sendable {
    /// Why there is no such zone.
    public enum Absence: Error, Hashable, Sendable {
        /// The name is not one that a zone could have.
        case notAName
        /// No file has that name, or it cannot be read.
        case unknown
        /// The file is there and its content is not a zone.
        case broken(ZoneFlaw)
    }

    private static let sizeMax = 65_536
    private let folder: String
    private let known = Mutex<[String: Zone]>([:])

    /// The zones below the folder, by default where Debian's tzdata puts them.
    public init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

    /// The zone of this IANA name. A first reading takes the time of reading a small file.
    public func zone(named name: String) throws(Absence) -> Zone {
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard Self.isName(name) else { throw .notAName }
        guard let bytes = Self.bytes(ofFile: "\(folder)/\(name)") else { throw .unknown }
        let zone: Zone
        do throws(ZoneFlaw) { zone = try Zone(identifier: name, tzif: bytes) } catch { throw .broken(error) }
        // Bounded by the files that exist: a name without one never comes this far.
        known.withLock { $0[name] = zone }
        return zone
    }

    /// Up to three parts of letters, digits, `_`, `+` and `-`, each beginning with a letter: nothing that
    /// could leave the folder.
    static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= 64 && (1...3).contains(parts.count)
            && parts.allSatisfy { part in
                guard let first = part.first, isLetter(first) else { return false }
                return part.allSatisfy { byte in
                    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || [UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
                }
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The whole file, if it is a plain one of at most `sizeMax` bytes.
    private static func bytes(ofFile path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var about = stat()
        guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG, about.st_size <= sizeMax else {
            return nil
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(about.st_size)) { buffer, count in
            count = max(0, read(file, buffer.baseAddress, buffer.count))
        }
        return bytes.count == about.st_size ? bytes : nil
    }
}
