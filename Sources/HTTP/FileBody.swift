import Glibc

/// A file, or what a descriptor holds, sent by the kernel without passing through the program.
public final class FileBody: Sendable {
    let descriptor: Int32
    /// How many bytes there are.
    public let size: Int

    /// Opens a regular file; nil when there is none that can be read.
    public init?(path: String) {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { return nil }
        var facts = stat()
        guard fstat(opened, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            return nil
        }
        descriptor = opened
        size = Int(facts.st_size)
    }

    deinit { close(descriptor) }
}
