/// The help that follows from the declarations.
enum HelpText {
    static func of<Place>(_ program: Program<Place>) -> String {
        let width = program.commands.map { $0.name.count }.max() ?? 0
        let lines = program.commands.map { "  \(padded($0.name, width))  \($0.summary)" }
        return """
            \(program.summary)

            Usage: \(program.name) COMMAND [OPTIONS] [--json]

            \(lines.joined(separator: "\n"))

            '\(program.name) COMMAND --help' tells more of each. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.
            """
    }

    static func of<Place>(_ command: any Command<Place>.Type, program: String) -> String {
        let options = command.init().options
        let usage = options.map { $0.isFilled ? "[\($0.spelling)]" : $0.spelling }
        let width = options.map(\.spelling.count).max() ?? 0
        let details = options.map { "  \(padded($0.spelling, width))  \($0.summary)" }
        var parts = [
            command.summary,
            "Usage: " + ([program, command.name] + usage + ["[--json]"]).joined(separator: " "),
        ]
        if !details.isEmpty { parts.append(details.joined(separator: "\n")) }
        if !command.examples.isEmpty {
            parts.append("Examples:\n" + command.examples.map { "  \($0)" }.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
