import JSON
import Synchronization
import Testing

@testable import Terminal

private enum Fruit: String, CaseIterable, OptionValue { case apple, pear }

private struct PickFruit: Command {
    static let name = "fruit pick"
    static let summary = "Pick fruit."
    static let examples = ["orchard fruit pick apple --count 3"]
    @Positional("KIND", "Which fruit.") var kind: Fruit
    @Option("count", "How many.") var count: Int
    @Option("basket", "Into which basket.") var basket: String?
    @Option("ladder", "How high.") var height = 2
    @Flag("ripe", "Only ripe ones.") var isRipe

    func run(in place: String) async throws -> Answer {
        if count > 100 { throw TooMany() }
        let words = "\(count) \(kind) at \(height) in \(place)"
        return Answer(json: ["picked": .string(words)], lines: [words])
    }
}

private struct TooMany: Speakable { let words = ["The tree has no more.", "Come back in autumn."] }

private var orchard: Program<String> {
    Program<String>(name: "orchard", summary: "An orchard.", commands: [PickFruit.self])
}

@Suite("A command line")
struct TerminalTests {
    private func fill(_ arguments: String) throws -> PickFruit {
        let command = PickFruit()
        try ArgumentReader.fill(command.options, from: arguments.split(separator: " ").map(String.init))
        return command
    }

    @Test(
        "is read in either spelling and any order",
        arguments: ["pear --count 3 --ripe", "--count=3 --ripe pear", "--ripe --count 3 -- pear"])
    func reading(arguments: String) throws {
        let command = try fill(arguments)
        #expect(command.kind == .pear && command.count == 3 && command.isRipe)
        #expect(command.basket == nil && command.height == 2)
    }

    @Test("is told everything that is wrong with it at once")
    func complaints() throws {
        let fault = #expect(throws: UsageFault.self) {
            try fill("plum extra --cuont 3 --ladder high --ripe=no --basket a --basket b")
        }
        let complaints = try #require(fault).complaints
        #expect(
            complaints == [
                "'plum' cannot be KIND: apple, pear.",
                "'extra' is one argument too many.",
                "There is no option --cuont.",
                "'high' cannot be --ladder: NUMBER.",
                "'no' cannot be --ripe: it takes no value.",
                "--basket is given twice.",
                "'b' is one argument too many.",
                "--count NUMBER is missing: How many.",
            ])
    }

    @Test(
        "exits with 0 when done, 1 when refused, 2 when misused, and says why where a person looks",
        arguments: [
            (["fruit", "pick", "apple", "--count", "3"], 0, "1:3 apple at 2 in the orchard\n"),
            (
                ["fruit", "pick", "apple", "--count", "3", "--json"], 0,
                #"1:{"picked":"3 apple at 2 in the orchard"}"#
            ),
            (
                ["fruit", "pick", "apple", "--count", "101"], 1,
                "2:The tree has no more.\n2:Come back in autumn.\n"
            ),
            (
                ["fruit", "pick", "apple", "--count", "101", "--json"], 1,
                #"1:{"refused":["The tree has no more.","#
            ),
            (
                ["fruit", "pick", "apple"], 2,
                "2:--count NUMBER is missing: How many.\n2:See 'orchard fruit pick --help'."
            ),
            (
                ["fruit", "pick", "apple", "--json"], 2,
                #"1:{"misused":["--count NUMBER is missing: How many.","See 'orchard fruit pick --help'."]}"#
            ),
            (["fish", "--json"], 2, #"1:{"misused":["There is no command 'fish'. See 'orchard help'."]}"#),
            (["fruit", "pick", "--help"], 0, "1:Pick fruit."), (["help"], 0, "1:An orchard."),
            (["help", "fruit"], 0, "1:  orchard fruit pick"),
            (["help", "fish"], 2, "2:There is no command 'fish'."),
            (["fish"], 2, "2:There is no command 'fish'."), ([], 2, "1:An orchard."),
        ] as [([String], Int32, String)])
    func exits(arguments: [String], code: Int32, said: String) async {
        let record = Mutex("")
        let terminal = Terminal(recording: { text, descriptor in
            record.withLock { $0 += "\(descriptor):\(text)" }
        })
        #expect(await orchard.run(arguments, on: terminal) { "the orchard" } == code)
        #expect(record.withLock { $0 }.hasPrefix(said))
    }

    @Test("its help shows how it is written, and examples")
    func help() {
        let text = HelpText.of(PickFruit.self as any Command<String>.Type, program: "orchard")
        #expect(
            text == """
                Pick fruit.

                Usage: orchard fruit pick KIND --count NUMBER [--basket TEXT] [--ladder NUMBER] [--ripe] [--json]

                  KIND             Which fruit.
                  --count NUMBER   How many.
                  --basket TEXT    Into which basket.
                  --ladder NUMBER  How high.
                  --ripe           Only ripe ones.

                Examples:
                  orchard fruit pick apple --count 3
                """)
    }

    @Test("its completion scripts know every option", arguments: Shell.allCases)
    func completion(shell: Shell) {
        let script = orchard.completion(for: shell)
        for word in ["pick", "count", "basket", "ladder", "ripe"] { #expect(script.contains(word)) }
    }
}
