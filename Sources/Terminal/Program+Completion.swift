/// A shell that can complete the program's words.
public enum Shell: String, CaseIterable, OptionValue {
    case bash, zsh, fish
}

extension Program {
    /// The script that the shell loads; it is written from the declarations and asks nothing at completion
    /// time.
    public func completion(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: "#compdef \(name)\nautoload -U +X bashcompinit && bashcompinit\n\(bash)"
        case .fish: fish
        }
    }

    /// Words are completed by what stands before them: the command's second word, its options, an option's
    /// choices.
    private var bash: String {
        let firsts = Set(commands.map { $0.name.split(separator: " ")[0] }).sorted().joined(separator: " ")
        let cases = entries.map { "    '\($0.path)'|'\($0.path) '*) words='\($0.words)' ;;" }.joined(
            separator: "\n")
        return """
            _\(name)() {
              local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=''
              local path="${COMP_WORDS[1]} ${COMP_WORDS[2]}"
              [ "$COMP_CWORD" -le 2 ] && path="${COMP_WORDS[1]}"
              case "$path" in
            \(cases)
              esac
              [ "$COMP_CWORD" -le 1 ] && words='\(firsts) help'
              COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _\(name) \(name)

            """
    }

    private var fish: String {
        let lines = commands.flatMap { command -> [String] in
            let parts = command.name.split(separator: " ").map(String.init)
            let seen = "__fish_seen_subcommand_from \(parts.last ?? "")"
            let word =
                parts.count == 1 ? "-n __fish_use_subcommand" : "-n '__fish_seen_subcommand_from \(parts[0])'"
            let options = command.init().options.filter { !$0.isPositional }.map { option in
                let choices =
                    option.choices.isEmpty ? "" : " -x -a '\(option.choices.joined(separator: " "))'"
                let summary = escaped(option.summary)
                return "complete -c \(name) -n '\(seen)' -l \(option.name) -d '\(summary)'\(choices)"
            }
            return ["complete -c \(name) \(word) -a \(parts.last ?? "") -d '\(escaped(command.summary))'"]
                + options
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func escaped(_ text: String) -> String { text.split(separator: "'").joined(separator: "\\'") }

    /// What may follow each beginning of a command line. The longer beginning first: the shell takes the
    /// first that fits.
    private var entries: [(path: String, words: String)] {
        var seconds: [String: [String]] = [:]
        var entries: [(path: String, words: String)] = []
        for command in commands {
            let options = command.init().options.flatMap(words)
            entries.append((command.name, (options + ["--json", "--help"]).joined(separator: " ")))
            let parts = command.name.split(separator: " ").map(String.init)
            if parts.count == 2 { seconds[parts[0], default: []].append(parts[1]) }
        }
        entries += seconds.map { (path: $0.key, words: $0.value.joined(separator: " ")) }
        return entries.sorted { ($1.path.count, $0.path) < ($0.path.count, $1.path) }
    }

    private func words(of option: any DeclaredOption) -> [String] {
        (option.isPositional ? [] : ["--\(option.name)"]) + option.choices
    }
}
