import CSystem
import EventLoop
import Glibc
import Terminal

/// The one program. What it can do is listed in `Commands`; where commands work is `Place`.
@main
struct Nadi {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = readEnvironment()
        let terminal = Terminal(environment: environment)
        let code = try? EventLoopGroup.runBlocking {
            await program.run(arguments, on: terminal) {
                try Place(environment: environment, terminal: terminal)
            }
        }
        exit(code ?? 1)
    }

    /// A value, not a stored global: commands are types, and listing them costs nothing.
    static var program: Program<Place> {
        Program(
            name: "nadi", summary: "Nadi: clinics of a chain, each on its own subdomain, on one backend.",
            commands: commands)
    }

    private static func readEnvironment() -> [String: String] {
        var environment: [String: String] = [:]
        var entry = nadi_environment()
        while let text = entry?.pointee {
            let pair = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { environment[String(pair[0])] = String(pair[1]) }
            entry = entry?.successor()
        }
        return environment
    }
}
