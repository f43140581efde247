import JSON

/// A program: its name, its commands, and how a call of it is answered.
public struct Program<Place> {
    let name: String
    let summary: String
    let commands: [any Command<Place>.Type]

    /// A program of these commands.
    public init(name: String, summary: String, commands: [any Command<Place>.Type]) {
        (self.name, self.summary, self.commands) = (name, summary, commands)
    }

    /// Reads the arguments, does what they say and returns the exit code: 0 done, 1 refused, 2 wrong usage.
    public func run(_ arguments: [String], on terminal: Terminal, in place: () async throws -> Place) async
        -> Int32
    {
        let isJSON = arguments.contains("--json")
        var words = arguments.filter { $0 != "--json" }[...]
        guard let command = takeCommand(&words) else {
            return help(about: Array(words), isJSON, terminal)
        }
        if words.contains("--help") || words.contains("-h") {
            terminal.say(HelpText.of(command, program: name))
            return 0
        }
        let filled = command.init()
        do {
            try ArgumentReader.fill(filled.options, from: Array(words))
            return tell(try await run(filled, in: try await place()), isJSON, terminal)
        } catch let fault as UsageFault {
            misuse(fault.complaints + ["See '\(name) \(command.name) --help'."], isJSON, terminal)
            return 2
        } catch {
            refuse(error, isJSON, terminal)
            return 1
        }
    }

    private func run(_ command: some Command<Place>, in place: Place) async throws -> Answer {
        try await command.run(in: place)
    }

    /// The command with the longest name that the words begin with.
    private func takeCommand(_ words: inout ArraySlice<String>) -> (any Command<Place>.Type)? {
        for length in [2, 1] where words.count >= length {
            let spoken = words.prefix(length).joined(separator: " ")
            if let command = commands.first(where: { $0.name == spoken }) {
                words = words.dropFirst(length)
                return command
            }
        }
        return nil
    }

    private func tell(_ answer: Answer, _ isJSON: Bool, _ terminal: Terminal) -> Int32 {
        if isJSON { terminal.say(answer.json.text) } else { answer.lines.forEach { terminal.say($0) } }
        return answer.isGood ? 0 : 1
    }

    private func refuse(_ error: any Error, _ isJSON: Bool, _ terminal: Terminal) {
        let words = (error as? any Speakable)?.words ?? ["\(error)"]
        if isJSON {
            terminal.say((["refused": .array(words.map { .string($0) })] as JSON).text)
        } else {
            words.forEach { terminal.note(terminal.paint($0, .bad)) }
        }
    }

    /// What is wrong with the arguments, on standard output for a program that asked for JSON.
    private func misuse(_ words: [String], _ isJSON: Bool, _ terminal: Terminal) {
        if isJSON {
            terminal.say((["misused": .array(words.map { .string($0) })] as JSON).text)
        } else {
            words.forEach { terminal.note($0) }
        }
    }

    /// Without a command: everything there is, or what begins as the words do. Asking for help is no fault.
    private func help(about words: [String], _ isJSON: Bool, _ terminal: Terminal) -> Int32 {
        let isAsked = words.isEmpty || words[0] == "help" || words[0] == "--help" || words[0] == "-h"
        if isAsked, words.count <= 1 {
            terminal.say(HelpText.of(self))
            return words.isEmpty ? 2 : 0
        }
        let topic = isAsked ? words[1] : words[0]
        let near = commands.filter { $0.name.hasPrefix(topic) }
        if near.isEmpty {
            misuse(["There is no command '\(topic)'. See '\(name) help'."], isJSON, terminal)
        } else {
            near.forEach { terminal.say("  \(name) \($0.name)  \($0.summary)") }
        }
        return isAsked && !near.isEmpty ? 0 : 2
    }
}

/// An error that can say itself to the person at the terminal.
public protocol Speakable: Error {
    /// A sentence for each thing that was wrong.
    var words: [String] { get }
}

extension JSON {
    /// The document on one line.
    var text: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
