/// One place in the tree that breaks a rule of the house.
struct Finding: Equatable, CustomStringConvertible {
    let rule: HouseRule
    let path: String
    let line: Int
    let words: String

    var description: String { "\(path):\(line): \(rule.rawValue): \(words)" }
}

/// The rules that a machine can judge. Their names are what `Debts.swift` refers to.
enum HouseRule: String, CaseIterable {
    case importOrder = "import-order"
    case soleImporter = "sole-importer"
    case outsideModule = "outside-module"
    case hotRoomFoundation = "no-foundation-in-hot-rooms"
    case pluginImports = "plugins-import-pluginkit-only"
    case sqlPlace = "sql-only-in-sql-files"
    case word = "one-word-one-meaning"
    case fileName = "file-names"
    case firstType = "file-named-for-first-type"
    case fileLength = "file-length"
    case functionLength = "function-length"
    case lineLength = "line-length"
    case nesting = "nesting"
    case forbidden = "forbidden-code"
    case uncheckedPlace = "unchecked-place"
    case unfinished = "unfinished-words"
    case packageAccess = "no-package-access-in-foundations"
    case documented = "public-is-documented"
    case doorSign = "door-sign"
    case roster = "plugin-roster"
    case rowSecurity = "row-security"
}
