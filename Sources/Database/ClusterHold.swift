import Glibc

/// Who may run, and who uses, the cluster of a data directory. Locks of the kernel: they end with their
/// process.
final class ClusterHold: Sendable {
    private let runner: Int32
    private let borrowers: Int32

    private init(runner: Int32, borrowers: Int32) { (self.runner, self.borrowers) = (runner, borrowers) }

    /// For the one server of the directory.
    static func exclusive(_ files: ClusterFiles) throws -> ClusterHold {
        if let hold = ifFree(files) { return hold }
        let holder = (try? readLines(files.dataDirectory + "/lock").first).map { " (pid \($0))" } ?? ""
        throw ClusterFlaw("Another nadi\(holder) already runs on \(files.dataDirectory).")
    }

    /// For whoever comes first; nil when somebody runs the cluster already.
    static func ifFree(_ files: ClusterFiles) -> ClusterHold? {
        let runner = open(files.dataDirectory + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard runner >= 0, flock(runner, LOCK_EX | LOCK_NB) == 0 else {
            if runner >= 0 { close(runner) }
            return nil
        }
        let pid = "\(getpid())\n"
        ftruncate(runner, 0)
        _ = pwrite(runner, pid, pid.utf8.count, 0)
        return ClusterHold(runner: runner, borrowers: openBorrowers(files))
    }

    /// For a command that uses what another process runs: that process waits for it before it stops the
    /// cluster.
    static func shared(_ files: ClusterFiles) throws -> ClusterHold {
        let borrowers = openBorrowers(files)
        guard borrowers >= 0, flock(borrowers, LOCK_SH | LOCK_NB) == 0 else {
            throw ClusterFlaw(
                "The database in \(files.dataDirectory) is being stopped; try again in a moment.")
        }
        return ClusterHold(runner: -1, borrowers: borrowers)
    }

    /// Gives commands of other processes a few seconds to end.
    func waitForBorrowers() {
        for _ in 0..<100 where flock(borrowers, LOCK_EX | LOCK_NB) != 0 { usleep(50_000) }
    }

    func release() {
        for descriptor in [runner, borrowers] where descriptor >= 0 { close(descriptor) }
    }

    private static func openBorrowers(_ files: ClusterFiles) -> Int32 {
        open(files.dataDirectory + "/borrowers", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    }
}
