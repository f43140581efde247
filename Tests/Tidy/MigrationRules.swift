import Foundation

/// What every table owes its tenants, read from the migrations' text. The catalogue audit asks the
/// database itself; this asks the author, before a database is there.
struct MigrationRules {
    /// Tables that name a tenant, or a chain, but are read to find out which tenant it is: no tenant can be
    /// set yet.
    static let directoryTables: Set = ["tenant", "tenant_domain", "organisation_configuration"]
    /// The columns of which one says whose a row is.
    static let holders: Set = ["tenant_id", "organisation_id"]

    struct Table: Equatable {
        let name: String
        let line: Int
        let columns: [String]
    }

    static func findings(path: String, sql: String) -> [Finding] {
        tables(in: sql).flatMap { table in
            columns(of: table, path: path) + rowSecurity(of: table, path: path, sql: sql)
        }
    }

    static func tables(in sql: String) -> [Table] {
        let lines = withoutComments(sql).components(separatedBy: "\n")
        return lines.indices.compactMap { index in
            let words = lines[index].split { $0.isWhitespace || $0 == "(" }.map(String.init)
            guard words.prefix(2).map({ $0.uppercased() }) == ["CREATE", "TABLE"] else { return nil }
            let name = words.dropFirst(2).first { !["IF", "NOT", "EXISTS"].contains($0.uppercased()) } ?? ""
            let body = lines[(index + 1)...].prefix { !$0.hasPrefix(")") }
            return Table(name: name, line: index + 1, columns: body.compactMap(column))
        }
    }

    private static func withoutComments(_ sql: String) -> String {
        sql.components(separatedBy: "\n").map { $0.components(separatedBy: "--")[0] }.joined(separator: "\n")
    }

    /// A column is a first word in lower case; constraints and continued lines begin otherwise or deeper.
    private static func column(_ line: String) -> String? {
        let indent = line.prefix { $0 == " " }.count
        let word = line.dropFirst(indent).prefix { $0.isLetter || $0 == "_" || $0.isNumber }
        let rest = line.dropFirst(indent + word.count)
        guard (1...4).contains(indent), let first = word.first, first.isLowercase, rest.first == " " else {
            return nil
        }
        return String(word)
    }

    private static func columns(of table: Table, path: String) -> [Finding] {
        (table.columns + [table.name]).flatMap { column in
            WordRules.misusedInColumn(column).map {
                Finding(rule: .word, path: path, line: table.line, words: "\(table.name).\(column): \($0)")
            }
        }
    }

    private static func rowSecurity(of table: Table, path: String, sql: String) -> [Finding] {
        guard !holders.isDisjoint(with: table.columns), !directoryTables.contains(table.name) else {
            return []
        }
        let isForced = sql.range(
            of: "ALTER TABLE (ONLY )?\(table.name)\\s[^;]*FORCE ROW LEVEL SECURITY",
            options: [.regularExpression, .caseInsensitive])
        let isEnabled = sql.range(
            of: "ALTER TABLE (ONLY )?\(table.name)\\s[^;]*ENABLE ROW LEVEL SECURITY",
            options: [.regularExpression, .caseInsensitive])
        let isInLoop = loops(in: sql).contains { $0.contains("'\(table.name)'") }
        guard !isInLoop, isForced == nil || isEnabled == nil else { return [] }
        return [
            Finding(
                rule: .rowSecurity, path: path, line: table.line,
                words:
                    "\(table.name) holds tenants' or chains' rows; enable and force row security in this file"
            )
        ]
    }

    /// The anonymous blocks that force row security on a list of quoted names.
    private static func loops(in sql: String) -> [String] {
        sql.components(separatedBy: "$$").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            .filter { $0.contains("FORCE ROW LEVEL SECURITY") && $0.contains("ENABLE ROW LEVEL SECURITY") }
    }
}
