/// Fills a command's declared arguments, gathering every complaint before any is told.
struct ArgumentReader {
    private let named: [String: any DeclaredOption]
    private let declared: [any DeclaredOption]
    private var positional: ArraySlice<any DeclaredOption>
    private var given: Set<String> = []
    private var complaints: [String] = []

    static func fill(_ options: [any DeclaredOption], from arguments: [String]) throws(UsageFault) {
        var reader = ArgumentReader(options)
        reader.read(arguments[...])
        reader.complain()
        guard reader.complaints.isEmpty else { throw UsageFault(complaints: reader.complaints) }
    }

    private init(_ options: [any DeclaredOption]) {
        declared = options
        positional = options.filter(\.isPositional)[...]
        named = Dictionary(uniqueKeysWithValues: options.filter { !$0.isPositional }.map { ($0.name, $0) })
    }

    private mutating func read(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            if argument == "--" {
                rest.forEach { place($0) }
                return
            }
            if argument.hasPrefix("--") { take(argument.dropFirst(2), &rest) } else { place(argument) }
        }
    }

    /// `--slug mitra` or `--slug=mitra`.
    private mutating func take(_ text: Substring, _ rest: inout ArraySlice<String>) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0]), inline = parts.count > 1 ? String(parts[1]) : nil
        guard let option = named[name] else {
            complaints.append("There is no option --\(name).\(suggestion(for: name))")
            // What follows is most likely its value: one fault is told, not two.
            if inline == nil, rest.first?.hasPrefix("--") == false { rest.removeFirst() }
            return
        }
        guard given.insert(name).inserted else {
            complaints.append("--\(name) is given twice.")
            return
        }
        guard let value = inline ?? (option.isFlag ? "" : rest.popFirst()) else {
            complaints.append("--\(name) needs a value: \(option.hint).")
            return
        }
        check(option, value)
    }

    private mutating func place(_ argument: String) {
        guard let option = positional.popFirst() else {
            complaints.append("'\(argument)' is one argument too many.")
            return
        }
        given.insert(option.name)
        check(option, argument)
    }

    private mutating func check(_ option: any DeclaredOption, _ value: String) {
        guard !option.read(value) else { return }
        let called = option.isPositional ? option.name : "--\(option.name)"
        let form = option.choices.isEmpty ? option.hint : option.choices.joined(separator: ", ")
        complaints.append("'\(value)' cannot be \(called): \(form.isEmpty ? "it takes no value" : form).")
    }

    private mutating func complain() {
        for option in declared where !option.isFilled && !given.contains(option.name) {
            complaints.append("\(option.spelling) is missing: \(option.summary)")
        }
    }

    private func suggestion(for name: String) -> String {
        let near = named.keys.filter { $0.hasPrefix(name.prefix(2)) }.sorted()
        return near.isEmpty ? "" : " Did you mean \(near.map { "--\($0)" }.joined(separator: ", "))?"
    }
}
