import Glibc

/// A folder on the disk.
public struct Folder: Sendable {
    /// Where it is.
    public let path: String

    /// The folder there; whether there is one shows when it is read.
    public init(_ path: String) { self.path = path }

    /// The names in it that end so, in the order of their bytes; nil where it cannot be read.
    public func names(endingIn ending: String = "") -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(ending), name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The file of that name in it.
    public func file(_ name: String) -> PlainFile { PlainFile("\(path)/\(name)") }
}
