import JSON
import Terminal

/// Prints the script by which a shell completes nadi's words.
struct WriteCompletion: Command {
    static let name = "completion"
    static let summary = "Print the script by which a shell completes nadi's commands and options."
    static let examples = [
        "nadi completion bash > /etc/bash_completion.d/nadi", "nadi completion fish | source",
    ]

    @Positional("SHELL", "bash, zsh or fish.") var shell: Shell

    func run(in place: Place) async throws -> Answer {
        let script = Nadi.program.completion(for: shell)
        return Answer(json: ["shell": .string(shell.rawValue), "script": .string(script)], lines: [script])
    }
}
