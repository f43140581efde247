import Synchronization

/// A PostgreSQL of our own, in the data directory: made when it is missing, run for as long as it is needed,
/// reached only through a socket in a directory that nobody else may enter.
public final class PrivateCluster: Sendable {
    /// What a cluster is asked to be.
    public struct Configuration: Sendable {
        /// Where everything is kept.
        public var dataDirectory: String
        /// Whether an answer of ours survives the machine losing power. Only tests say no.
        public var isDurable: Bool

        /// A durable cluster in this directory.
        public init(dataDirectory: String, isDurable: Bool = true) {
            (self.dataDirectory, self.isDurable) = (dataDirectory, isDurable)
        }
    }

    /// The logins.
    public let urls: DatabaseURLs
    private let files: ClusterFiles
    private let hold: ClusterHold
    private let process: Mutex<ClusterProcess?>

    private init(_ files: ClusterFiles, _ hold: ClusterHold, _ process: ClusterProcess?) {
        (self.files, self.hold) = (files, hold)
        self.process = Mutex(process)
        urls = DatabaseURLs(socketDirectory: files.socketDirectory, database: "nadi")
    }

    /// The server's own process, whoever runs it: who measures it wants to know. Nil while there is none.
    public var processID: Int32? { files.runningServer }

    /// The logins of another database of the cluster.
    public func urls(ofDatabase name: String) -> DatabaseURLs {
        DatabaseURLs(socketDirectory: files.socketDirectory, database: name)
    }

    /// Runs the cluster for a server, which must be the only one on its directory.
    public static func serve(_ settings: Configuration) throws -> PrivateCluster {
        let files = try ClusterFiles(settings)
        return try start(files, try ClusterHold.exclusive(files))
    }

    /// Reaches the cluster for one command: the one that a server runs, or one started just for this.
    public static func borrow(_ settings: Configuration) throws -> PrivateCluster {
        let files = try ClusterFiles(settings)
        if let hold = ClusterHold.ifFree(files) { return try start(files, hold) }
        let hold = try ClusterHold.shared(files)
        guard ClusterProcess.answers(files, within: 30) else {
            throw ClusterFlaw("Another nadi holds \(files.dataDirectory), but its database does not answer.")
        }
        return PrivateCluster(files, hold, nil)
    }

    /// The logins of the directory's cluster, whether it runs or not.
    public static func urls(_ settings: Configuration) throws -> DatabaseURLs {
        DatabaseURLs(socketDirectory: try ClusterFiles(settings).socketDirectory, database: "nadi")
    }

    /// Whether the cluster is ours to stop, or another process's.
    public var isBorrowed: Bool { process.withLock { $0 == nil } }

    /// Starts the server again if it crashed, and says whether it had. One that somebody stopped in good
    /// order stays stopped. Blocks until the server has recovered.
    @discardableResult
    public func reviveIfCrashed() throws -> Bool {
        guard process.withLock({ $0?.hasCrashed ?? false }) else { return false }
        // Its own processes may outlive it for a moment, and nothing can start beside them.
        let revived = try ClusterProcess(files, in: files.cluster)
        process.withLock { $0 = revived }
        return true
    }

    /// Stops what was started here, cleanly and whole: open connections end, everything written is on disk.
    public func stop() {
        if let process = process.withLock({ $0 }) {
            hold.waitForBorrowers()
            process.stop()
        }
        hold.release()
    }

    private static func start(_ files: ClusterFiles, _ hold: ClusterHold) throws -> PrivateCluster {
        do {
            try files.waitForFormerServer()
            try makeCluster(files)
            return PrivateCluster(files, hold, try ClusterProcess(files, in: files.cluster))
        } catch {
            hold.release()
            throw error
        }
    }

    /// Makes a cluster where there is none. It gets its name when it is whole: an interrupted start leaves
    /// nothing that a later one could take for it.
    private static func makeCluster(_ files: ClusterFiles) throws {
        guard !files.isMade else { return }
        let fresh = try files.prepareFresh()
        let process = try ClusterProcess(files, in: fresh)
        defer { process.stop() }
        try bootstrap(files)
        process.stop()
        try files.keep(fresh)
    }
}

/// Why there is no private cluster: one sentence for the person at the terminal.
public struct ClusterFlaw: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
