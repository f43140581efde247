import CSystem
import Glibc
import Synchronization

/// What is started, and as whom.
struct Launch: Sendable {
    let path: String
    let arguments: [String]
    let account: ClusterAccount
    /// Where it says what it has to say.
    let log: String
    /// What reaches it when we die, however that happens.
    let deathSignal: Int32

    /// The new process's pid, or -1.
    func start() -> pid_t {
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        let words = copied([path] + arguments)
        let environment = copied(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"])
        let pid = nadi_spawn(path, words, environment, account.target, account.gid, output, deathSignal)
        for string in words + environment { free(string) }
        close(output)
        return pid
    }

    /// The strings as C wants them: each a copy of its own, and a null at the end.
    private func copied(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
        strings.map { strdup($0) } + [nil]
    }
}

/// A thread that starts one program and waits for it. The kernel sends the death signal when the thread that
/// started the program ends, so that thread must last as long as the program: it is this one, and does
/// nothing else.
final class ChildThread: Sendable {
    private struct State {
        var pid: Int32 = 0
        var exitCode: Int32?
    }

    private let launch: Launch
    private let state = Mutex(State())

    var pid: Int32 { state.withLock { $0.pid } }
    /// Nil while it runs.
    var exitCode: Int32? { state.withLock { $0.exitCode } }

    init(_ launch: Launch) throws {
        self.launch = launch
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        guard pthread_create(&thread, nil, { ChildThread.body($0) }, argument) == 0 else {
            throw ClusterFlaw("No thread could be started for \(launch.path).")
        }
        pthread_detach(thread)
        while pid == 0 { usleep(500) }
        if pid < 0 { throw ClusterFlaw("\(launch.path) could not be started.") }
    }

    private static func body(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let child = Unmanaged<ChildThread>.fromOpaque(argument).takeRetainedValue()
        let pid = child.launch.start()
        child.state.withLock { $0.pid = pid }
        guard pid > 0 else { return nil }
        let code = nadi_wait(pid)
        child.state.withLock { $0.exitCode = code }
        return nil
    }
}
