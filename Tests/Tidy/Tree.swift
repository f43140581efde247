import Foundation

/// The project's folder as the tests find it.
struct Tree {
    let root: URL

    init(file: String = #filePath) {
        root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names in a folder, hidden ones left out.
    func names(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The files below a folder with an ending, as paths from the root.
    func files(below folder: String, ending: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        let paths = (found?.allObjects ?? []).compactMap { $0 as? String }
        return paths.filter {
            $0.hasSuffix(ending) && !$0.hasPrefix(".") && !$0.contains("/.") && !$0.contains(".venv/")
        }
        .sorted().map { "\(folder)/\($0)" }
    }

    func sources() -> [SourceFile] {
        ["Sources", "Plugins", "Tests"].flatMap { files(below: $0, ending: ".swift") }
            .compactMap { path in text(path).map { SourceFile(path: path, text: $0) } }
    }

    /// The plugin names imported by the roster that the build wrote last, or nil before a build.
    func builtRoster() -> Set<String>? {
        let outputs = ".build/plugins/outputs"
        guard let path = files(below: outputs, ending: "InstalledPlugins.swift").first,
            let roster = text(path)
        else { return nil }
        let imports = ImportRules.imports(of: SourceFile(path: path, text: roster)).map(\.module)
        return Set(imports).subtracting(["PluginKit"])
    }
}
