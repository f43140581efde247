import CSystem
import Glibc

/// Where a private cluster's files lie, and who they belong to.
struct ClusterFiles: Sendable {
    let dataDirectory: String
    /// Where the cluster itself lies: the data directory, unless the account may not go there.
    let home: String
    let socketDirectory: String
    let account: ClusterAccount
    let isDurable: Bool

    /// Makes the directories that are missing.
    init(_ settings: PrivateCluster.Configuration) throws {
        try makeDirectory(settings.dataDirectory, mode: 0o755)
        guard let resolved = realpath(settings.dataDirectory, nil) else {
            throw ClusterFlaw("\(settings.dataDirectory): \(lastError)")
        }
        defer { free(resolved) }
        dataDirectory = String(cString: resolved)
        isDurable = settings.isDurable
        account = try ClusterAccount.forThisProcess()
        home =
            try account.obstacle(on: dataDirectory) == nil
            ? dataDirectory : Self.elsewhere(for: dataDirectory)
        socketDirectory = try Self.makeSocketDirectory(home, account)
    }

    var cluster: String { home + "/postgres" }
    var log: String { home + "/postgres.log" }

    /// The pid of a server that runs on this cluster, whoever started it.
    var runningServer: Int32? {
        guard let line = try? readLines(cluster + "/postmaster.pid").first, let pid = Int32(line), pid > 1,
            kill(pid, 0) == 0 || errno == EPERM, isOurs(pid)
        else { return nil }
        return pid
    }

    /// A server whose nadi was killed is told to stop by the kernel; until it has, the directory is its own.
    func waitForFormerServer() throws {
        guard let pid = runningServer else { return }
        kill(pid, SIGINT)
        for _ in 0..<600 where runningServer == pid { usleep(50_000) }
        if runningServer == pid {
            throw ClusterFlaw("A database server (pid \(pid)) holds \(cluster) and does not stop.")
        }
    }

    var isMade: Bool { access(cluster + "/PG_VERSION", F_OK) == 0 }

    /// A new cluster's files, under a name that they lose when it is ready; what an interrupted start left is
    /// removed.
    func prepareFresh() throws -> String {
        let fresh = cluster + ".new"
        try ClusterProcess.run("/bin/rm", ["-rf", fresh], as: .none, log: log)
        try makeDirectory(fresh, mode: 0o700)
        try account.own(fresh)
        let arguments = [
            "-D", fresh, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ]
        try ClusterProcess.run(
            try ClusterProcess.program("initdb"), arguments + (isDurable ? [] : ["--no-sync"]), as: account,
            log: log)
        return fresh
    }

    func keep(_ fresh: String) throws {
        guard rename(fresh, cluster) == 0 else { throw ClusterFlaw("\(cluster): \(lastError)") }
    }

    /// A directory that the account can reach, for a data directory that it cannot, such as one below root's
    /// home. A link in the data directory tells which: without it, the data directory is a new one.
    private static func elsewhere(for data: String) throws -> String {
        let link = data + "/cluster"
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink(link, &path, path.count)
        if count > 0 { return String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) }
        try makeDirectory("/var/lib/nadi", mode: 0o755)
        var template = Array("/var/lib/nadi/XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ClusterFlaw("/var/lib/nadi: \(lastError)") }
        let home = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard chmod(home, 0o755) == 0, symlink(home, link) == 0 else {
            throw ClusterFlaw("\(link): \(lastError)")
        }
        return home
    }

    /// Pids are used again; only a server started in this very directory counts.
    private func isOurs(_ pid: Int32) -> Bool {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/\(pid)/cwd", &path, path.count - 1)
        guard count > 0 else { return true }
        return String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) == cluster
    }

    /// A socket's path may have 107 bytes, and long directories are common: then it lies under /tmp, in a
    /// directory whose owner is checked, since anyone may make one there.
    private static func makeSocketDirectory(_ data: String, _ account: ClusterAccount) throws -> String {
        let near = data + "/run"
        let directory = near.utf8.count <= 88 ? near : "/tmp/nadi-\(getuid())-\(hash(data))"
        try makeDirectory(directory, mode: 0o700)
        try account.own(directory)
        var status = stat()
        guard lstat(directory, &status) == 0, status.st_uid == account.uid || status.st_uid == getuid(),
            status.st_mode & S_IFMT == S_IFDIR, chmod(directory, 0o700) == 0
        else { throw ClusterFlaw("\(directory) belongs to somebody else.") }
        return directory
    }

    private static func hash(_ text: String) -> String {
        String(
            text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 },
            radix: 36)
    }
}

/// What the C library has to say about the last failed call.
var lastError: String { String(cString: strerror(errno)) }

func makeDirectory(_ path: String, mode: mode_t) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for count in 1...parts.count {
        let parent = parts[..<count].joined(separator: "/")
        guard !parent.isEmpty else { continue }
        if mkdir(parent, count == parts.count ? mode : 0o755) != 0, errno != EEXIST {
            throw ClusterFlaw("\(parent) cannot be made: \(lastError).")
        }
    }
}

func readLines(_ path: String) throws -> [Substring] {
    guard let file = fopen(path, "re") else { throw ClusterFlaw("\(path): \(lastError)") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self).split(
        separator: "\n")
}
