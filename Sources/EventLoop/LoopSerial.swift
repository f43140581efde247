/// The loop as the executor of actors.
///
/// A second object beside `EventLoop`, so that `enqueue` is told the truth: with one object for both roles
/// the runtime switches executors twice at every suspension of an actor.
public final class LoopSerial: SerialExecutor {
    // Loop and serial live and die together; the loop owns this object.
    private unowned(unsafe) let loop: EventLoop

    init(of loop: EventLoop) { self.loop = loop }

    /// Takes a job of an actor that lives on the loop, from any thread.
    public func enqueue(_ job: consuming ExecutorJob) { loop.accept(UnownedJob(job)) }

    /// Stops the program when an actor's state is touched from a foreign thread.
    public func checkIsolated() { precondition(loop.isCurrent, "This code belongs to another event loop.") }

    /// Lets `assumeIsolated` hold for plain callbacks of the loop.
    public func isIsolatingCurrentContext() -> Bool? { loop.isCurrent }
}
