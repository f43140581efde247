import CSystem
import Glibc

extension EventLoop {
    /// Calls `action` on this loop for each of the process's signals listed. One loop of a process may ask.
    ///
    /// A handler that writes to a pipe rather than `signalfd`, which would need the signals blocked in every
    /// thread, including those that the Swift runtime has started by now.
    public func onSignals(_ numbers: [Int32], _ action: @escaping (Int32) -> Void) {
        let descriptor = nadi_signal_pipe()
        precondition(descriptor >= 0, "no pipe for signals: \(errno)")
        watch(descriptor, .readable, SignalChannel(descriptor, action))
        for number in numbers { nadi_catch_signal(number) }
    }
}

private final class SignalChannel: Channel {
    private let descriptor: Int32
    private let action: (Int32) -> Void

    init(_ descriptor: Int32, _ action: @escaping (Int32) -> Void) {
        self.descriptor = descriptor
        self.action = action
    }

    override func ready(_ events: Readiness) {
        var number: UInt8 = 0
        while read(descriptor, &number, 1) == 1 { action(Int32(number)) }
    }
}
