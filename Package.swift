// swift-tools-version: 6.2
// The house plan. Rooms stand in the order a request walks through them,
// and a room may use only rooms listed above it: the loop below stops the build otherwise.

import Foundation
import PackageDescription

let houseRules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, uses others: String...) -> Target {
    .target(
        name: name, dependencies: others.map { .init(stringLiteral: $0) }, exclude: ["README.md"],
        swiftSettings: houseRules)
}

let doors: [Target] = [
    .target(name: "CSystem", path: "Sources/System/CSystem", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "CCurl", path: "Sources/System/CCurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "CLLHTTP", path: "Sources/System/CLLHTTP"),
    .target(
        name: "CLibPQ", path: "Sources/System/CLibPQ", linkerSettings: [.linkedLibrary("pq")]),
    .target(name: "COpenSSL", path: "Sources/System/COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
    .target(
        name: "CHiredis", path: "Sources/System/CHiredis", linkerSettings: [.linkedLibrary("hiredis")]),
    .target(name: "CSodium", path: "Sources/System/CSodium", linkerSettings: [.linkedLibrary("sodium")]),
    .target(name: "CWslay", path: "Sources/System/CWslay", linkerSettings: [.linkedLibrary("wslay")]),
    .target(
        name: "CZxcvbn", path: "Sources/System/CZxcvbn",
        linkerSettings: [.linkedLibrary("zxcvbn"), .linkedLibrary("m")]),
    .target(name: "CZlib", path: "Sources/System/CZlib", linkerSettings: [.linkedLibrary("z")]),
]

let rooms: [Target] = [
    // Foundations: no room of this block knows a clinic.
    room("Vocabulary"),
    room("Files"),
    room("JSON"),
    room("Shapes", uses: "Vocabulary", "JSON"),
    room("Crypto", uses: "COpenSSL", "CSodium"),
    room("Telemetry", uses: "Vocabulary", "JSON", "CSystem"),
    room("HTML"),
    room("Terminal", uses: "JSON"),
    room("EventLoop", uses: "CSystem"),
    room("HTTP", uses: "EventLoop", "CSystem", "CLLHTTP", "CZlib"),
    room("Outgoing", uses: "Vocabulary", "Crypto", "EventLoop", "HTTP", "CCurl"),
    room("ErrorReports", uses: "Vocabulary", "JSON", "Telemetry", "EventLoop", "HTTP", "Outgoing"),
    room(
        "Database", uses: "Vocabulary", "Files", "JSON", "Shapes", "Crypto", "Telemetry", "EventLoop",
        "CSystem", "CLibPQ"),
    room("Redis", uses: "Vocabulary", "Crypto", "EventLoop", "CHiredis"),
    room("WebSocket", uses: "Crypto", "HTTP", "CWslay"),
    room("EndpointKit", uses: "Vocabulary", "JSON", "Shapes", "HTTP"),
    room("PluginKit", uses: "Vocabulary", "JSON", "Shapes"),

    // The walk of a request.
    room("Tenancy", uses: "Vocabulary", "JSON", "Shapes", "HTTP", "Database", "PluginKit"),
    room("Outbox", uses: "Vocabulary", "JSON", "Crypto", "EventLoop", "Database", "Tenancy"),
    room(
        "JobQueue", uses: "Vocabulary", "JSON", "Telemetry", "EventLoop", "Database", "Tenancy", "Outbox"),
    room(
        "Messaging", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "Telemetry", "HTML", "HTTP", "Outgoing",
        "Database", "Tenancy", "Outbox", "JobQueue"),
    room("Roles", uses: "Vocabulary", "JSON", "Shapes", "HTTP", "PluginKit", "Tenancy"),
    room(
        "Identity", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "EventLoop", "HTTP", "Database",
        "EndpointKit", "Tenancy", "Roles"),
    room(
        "Access", uses: "Vocabulary", "JSON", "Shapes", "HTTP", "Database", "EndpointKit", "PluginKit",
        "Tenancy", "Outbox", "JobQueue", "Roles", "Identity"),
    room(
        "Reception", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "Telemetry", "HTML", "EventLoop",
        "HTTP", "Database", "Redis", "EndpointKit", "Tenancy", "JobQueue", "Identity", "Access"),
    room(
        "Staffing", uses: "Vocabulary", "JSON", "Shapes", "HTTP", "Database", "EndpointKit", "Tenancy",
        "Outbox", "JobQueue", "Roles", "Identity", "Access", "Reception"),
    room(
        "Integrations", uses: "Vocabulary", "JSON", "Shapes", "HTTP", "Database", "EndpointKit", "Tenancy",
        "JobQueue", "Roles", "Identity", "Access", "Reception"),
    room(
        "Records", uses: "Vocabulary", "JSON", "Shapes", "Database", "EndpointKit", "Tenancy", "Outbox",
        "Identity", "Access", "Reception"),
    room(
        "Trust", uses: "Vocabulary", "JSON", "Shapes", "Database", "EndpointKit", "Tenancy", "Outbox",
        "JobQueue", "Roles", "Identity", "Access", "Reception", "Records"),
    room(
        "SignIn", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "HTTP", "Database", "EndpointKit",
        "Tenancy", "JobQueue", "Messaging", "Identity", "Access", "Reception", "Records", "Trust"),
    room(
        "Credentials", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "EventLoop", "HTTP", "Database",
        "EndpointKit", "Tenancy", "JobQueue", "Messaging", "Identity", "Access", "Reception", "Records",
        "SignIn", "CZxcvbn"),
    room(
        "Federation", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "HTML", "HTTP", "Outgoing", "Database",
        "Redis", "EndpointKit", "Tenancy", "JobQueue", "Identity", "Access", "Reception", "SignIn",
        "Credentials"),
    room(
        "Invitations", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "HTTP", "Database", "EndpointKit",
        "Tenancy", "Outbox", "JobQueue", "Messaging", "Roles", "Identity", "Access", "Reception", "Staffing",
        "SignIn", "Credentials"),
    room(
        "Scheduling", uses: "Vocabulary", "JSON", "Shapes", "Database", "EndpointKit", "PluginKit",
        "Tenancy", "Outbox", "JobQueue", "Identity", "Access", "Reception", "Records"),
    room(
        "Auditing", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "Telemetry", "EventLoop", "HTTP",
        "Database", "EndpointKit", "Tenancy", "JobQueue", "Identity", "Access", "Reception", "Records"),
    room(
        "Notices", uses: "Vocabulary", "JSON", "Shapes", "Database", "EndpointKit", "Tenancy", "Outbox",
        "JobQueue", "Messaging", "Roles", "Identity", "Access", "Reception", "Records", "Trust",
        "Scheduling"),
    room(
        "Correspondence", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "HTTP", "Database", "EndpointKit",
        "Tenancy", "Outbox", "JobQueue", "Messaging", "Identity", "Access", "Reception", "Records",
        "Scheduling"),
    room(
        "Live", uses: "Vocabulary", "JSON", "Shapes", "Telemetry", "EventLoop", "HTTP", "WebSocket",
        "Database",
        "EndpointKit", "Tenancy", "Outbox", "Messaging", "Identity", "Access", "Reception", "Records",
        "Scheduling"),
    room(
        "Webhooks", uses: "Vocabulary", "JSON", "Shapes", "Crypto", "HTTP", "Outgoing", "Database",
        "EndpointKit", "Tenancy", "Outbox", "JobQueue", "Messaging", "Identity", "Access", "Reception",
        "Records", "Scheduling"),
    room(
        "Operations", uses: "Vocabulary", "JSON", "Shapes", "Database", "EndpointKit", "Tenancy", "JobQueue",
        "Identity", "Access", "Reception"),
]

for (position, room) in rooms.enumerated() {
    let above = rooms[..<position].map(\.name)
    for case .byNameItem(let used, _) in room.dependencies where !doors.contains(where: { $0.name == used }) {
        precondition(above.contains(used), "\(room.name) uses \(used), which is not above it.")
    }
}

let root = URL(filePath: #filePath).deletingLastPathComponent()

/// The folders below `path`, each a target of its own: adding one is all it takes.
func folders(of path: String) -> [String] {
    let found = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path)
    return (found ?? []).filter { !$0.contains(".") }.sorted()
}

let domains = folders(of: "Plugins")
let plugins = domains.flatMap { domain -> [Target] in
    let path = "Plugins/\(domain)"
    return [
        .target(
            name: domain, dependencies: ["PluginKit"], path: path, exclude: ["Tests", "README.md"],
            swiftSettings: houseRules),
        .testTarget(
            name: "\(domain)Tests", dependencies: [.init(stringLiteral: domain), "PluginKit"],
            path: "\(path)/Tests", swiftSettings: houseRules),
    ]
}

let allRooms = rooms.map(\.name)
let everyRoom = (allRooms + doors.map(\.name)).map { Target.Dependency(stringLiteral: $0) }
let suites = folders(of: "Tests").filter { !["TestKit", "Benchmarks", "Fuzz", "Outside"].contains($0) }
let tests: [Target] =
    [.target(name: "TestKit", dependencies: everyRoom, path: "Tests/TestKit", swiftSettings: houseRules)]
    + suites.map { suite in
        .testTarget(
            name: suite,
            dependencies: everyRoom + domains.map { .init(stringLiteral: $0) } + ["TestKit"]
                + (suite == "NadiTests" ? ["nadi"] : []),
            path: "Tests/\(suite)",
            exclude: FileManager.default.fileExists(
                atPath: root.appending(path: "Tests/\(suite)/Fixtures").path)
                ? ["Fixtures"] : [],
            swiftSettings: houseRules)
    }

/// A fuzzer is built with everything else, so that no parser moves away from it unseen; `Tests/Fuzz/run`
/// makes a program of each.
let fuzzFiles = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Tests/Fuzz").path)
let fuzzers = fuzzFiles.filter { $0.hasSuffix(".swift") }.sorted().map { file -> Target in
    .target(
        name: file.replacingOccurrences(of: ".swift", with: "Fuzzer"), dependencies: everyRoom,
        path: "Tests/Fuzz", exclude: fuzzFiles.filter { $0 != file }, sources: [file],
        swiftSettings: houseRules)
}

let package = Package(
    name: "nadi",
    targets: doors + rooms + plugins + [
        .plugin(
            name: "PluginRoster", capability: .buildTool(), path: "Sources/PluginRoster",
            exclude: ["README.md"]),
        .executableTarget(
            name: "nadi",
            dependencies: everyRoom + domains.map { .init(stringLiteral: $0) }, path: "Sources/Nadi",
            exclude: ["README.md"], swiftSettings: houseRules, plugins: ["PluginRoster"]),
    ] + tests + fuzzers
)
