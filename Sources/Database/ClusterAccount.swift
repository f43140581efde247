import CSystem
import Glibc

/// Whom the cluster runs as: PostgreSQL refuses to be root.
struct ClusterAccount: Sendable {
    let uid: uid_t
    let gid: gid_t
    let name: String

    /// This process's own account, unchanged.
    static let none = ClusterAccount(uid: 0, gid: 0, name: "")

    static func forThisProcess() throws -> ClusterAccount {
        guard getuid() == 0 else { return ClusterAccount(uid: getuid(), gid: getgid(), name: "this account") }
        for name in ["postgres", "nobody"] {
            guard let entry = getpwnam(name) else { continue }
            return ClusterAccount(uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid, name: name)
        }
        throw ClusterFlaw(
            "The database may not run as root, and there is no account 'postgres' to run it as.")
    }

    /// The uid to become in a new process; 0 stays as it is.
    var target: uid_t { getuid() == 0 ? uid : 0 }

    func own(_ path: String) throws {
        guard getuid() == 0, uid != 0 else { return }
        if chown(path, uid, gid) != 0 {
            throw ClusterFlaw("\(path) cannot be given to \(name): \(lastError).")
        }
    }

    /// The first directory on the way to a path that does not let the account through; nil where all do.
    func obstacle(on path: String) throws -> String? {
        guard getuid() == 0 else { return nil }
        var way = ""
        for part in path.split(separator: "/") {
            way += "/\(part)"
            var status = stat()
            guard stat(way, &status) == 0 else { throw ClusterFlaw("\(way): \(lastError)") }
            let bit: mode_t = status.st_uid == uid ? 0o100 : status.st_gid == gid ? 0o010 : 0o001
            if status.st_mode & bit == 0 { return way }
        }
        return nil
    }
}
