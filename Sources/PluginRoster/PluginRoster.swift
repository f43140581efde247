import Foundation
import PackagePlugin

/// Writes the roster of installed domain plugins, one line for each folder in `Plugins/`,
/// so that a specialty is installed by its folder alone.
@main
struct PluginRoster: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let home = context.package.directoryURL.appending(path: "Plugins").path
        let domains = target.dependencies.compactMap { dependency -> String? in
            guard case .target(let module) = dependency, module.directoryURL.path.hasPrefix(home) else {
                return nil
            }
            return module.name
        }
        let roster = context.pluginWorkDirectoryURL.appending(path: "InstalledPlugins.swift")
        try source(for: domains).write(to: roster, atomically: true, encoding: .utf8)
        return [
            .buildCommand(
                displayName: "Roster of \(domains.count) domain plugins",
                executable: URL(filePath: "/bin/true"), arguments: [], outputFiles: [roster])
        ]
    }

    private func source(for domains: [String]) -> String {
        """
        // Written at build time from the folders in Plugins/.
        import PluginKit
        \(domains.map { "import \($0)" }.joined(separator: "\n"))

        let installedPlugins: [any DomainPlugin] = [
        \(domains.map { "    \($0)Plugin()," }.joined(separator: "\n"))
        ]

        """
    }
}
