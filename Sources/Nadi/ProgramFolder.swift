import Glibc
import Vocabulary

/// Where the folders lie that come with the program: here, beside its sources, or where it is installed.
enum ProgramFolder {
    static func path(_ name: String) throws -> String {
        let candidates = [name] + above(executable, name) + ["/usr/share/nadi/\(name)"]
        guard let found = candidates.first(where: { access($0, R_OK | X_OK) == 0 }) else {
            throw Refusal("There is no folder \(name) beside the program.")
        }
        return found
    }

    private static var executable: String {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        return count > 0 ? String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    }

    /// The folder in each directory above the program: a build lies a few levels below its sources.
    private static func above(_ path: String, _ name: String) -> [String] {
        let parts = path.split(separator: "/")
        return (1..<max(parts.count, 2)).reversed().map {
            "/" + parts.prefix($0).joined(separator: "/") + "/" + name
        }
    }
}
