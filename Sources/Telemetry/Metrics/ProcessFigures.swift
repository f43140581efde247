import Glibc

/// What the kernel knows about this process, under the names that every Prometheus client gives them.
struct ProcessFigures {
    let cpuSeconds: Double
    let startSeconds: Double
    let virtualBytes: Double
    let residentBytes: Double
    let openFiles: Int
    let openFilesMax: Double

    /// nil where /proc is not mounted.
    static func read() -> ProcessFigures? {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK))), page = Double(sysconf(Int32(_SC_PAGESIZE)))
        guard let stat = text(of: "/proc/self/stat"), let boot = bootSeconds(), ticks > 0,
            let name = stat.lastIndex(of: ")")
        else { return nil }
        // After the program's name, which may hold anything, come state (3), … utime (14), stime (15), start
        // (22).
        let fields = stat[name...].split(separator: " ").map { Double($0) ?? 0 }
        guard fields.count > 22 else { return nil }
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return ProcessFigures(
            cpuSeconds: (fields[12] + fields[13]) / ticks, startSeconds: boot + fields[20] / ticks,
            virtualBytes: fields[21], residentBytes: fields[22] * page,
            openFiles: entries(of: "/proc/self/fd"),
            openFilesMax: Double(limit.rlim_cur))
    }

    func render(to text: inout PrometheusText) {
        let figures: [(name: StaticString, help: StaticString, type: StaticString, value: Double)] = [
            (
                "process_cpu_seconds_total", "User and system CPU time spent in seconds.", "counter",
                cpuSeconds
            ),
            (
                "process_start_time_seconds", "Start of the process in seconds since 1970.", "gauge",
                startSeconds
            ),
            ("process_virtual_memory_bytes", "Virtual memory size in bytes.", "gauge", virtualBytes),
            ("process_resident_memory_bytes", "Resident memory size in bytes.", "gauge", residentBytes),
            ("process_open_fds", "Number of open file descriptors.", "gauge", Double(openFiles)),
            ("process_max_fds", "Maximum number of open file descriptors.", "gauge", openFilesMax),
        ]
        for figure in figures {
            text.begin(figure.name, figure.help, figure.type)
            text.sample(figure.name, labels: "", value: PrometheusText.number(figure.value))
        }
    }

    private static func bootSeconds() -> Double? {
        let line = text(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) }
    }

    /// The beginning of a small file of /proc; the line sought in /proc/stat stands after one line a core.
    private static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            guard got > 0 else { break }
            count += got
        }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func entries(of path: String) -> Int {
        guard let folder = opendir(path) else { return 0 }
        defer { closedir(folder) }
        var count = -3  // ".", ".." and the descriptor that reads them
        while readdir(folder) != nil { count += 1 }
        return max(count, 0)
    }
}
