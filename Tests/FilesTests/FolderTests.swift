import Files
import FoundationEssentials
import Testing

@Suite("What lies on the disk") struct FolderTests {
    @Test("a folder tells its names in order, those that end so alone, and never itself")
    func names() throws {
        try Self.withFolder { folder in
            for name in ["b.sql", "a.sql", "a.json", ".hidden"] { try Self.write("x", to: folder.file(name)) }
            #expect(folder.names() == [".hidden", "a.json", "a.sql", "b.sql"])
            #expect(folder.names(endingIn: ".sql") == ["a.sql", "b.sql"])
            #expect(folder.names(endingIn: ".xml") == [])
        }
        #expect(Folder("/nowhere").names() == nil)
    }

    @Test("a file is read whole, up to the limit and not a byte beyond it")
    func limit() throws {
        try Self.withFolder { folder in
            let file = folder.file("words")
            try Self.write("12345", to: file)
            #expect(try file.bytes(atMost: 5) == Array("12345".utf8))
            #expect(throws: PlainFile.Fault.tooLarge) { try file.bytes(atMost: 4) }
            try Self.write("", to: file)
            #expect(try file.bytes(atMost: 0) == [])
        }
    }

    @Test("what cannot be read says why: nothing there, or a folder")
    func unreadable() throws {
        #expect(throws: PlainFile.Fault.unreadable("No such file or directory")) {
            try PlainFile("/nowhere/words").bytes(atMost: 1)
        }
        #expect(throws: PlainFile.Fault.unreadable("Is a directory")) {
            try PlainFile("/").bytes(atMost: 1)
        }
    }

    private static func withFolder(_ body: (Folder) throws -> Void) throws {
        let path = "/tmp/nadi-files-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(Folder(path))
    }

    private static func write(_ text: String, to file: PlainFile) throws {
        try text.write(toFile: file.path, atomically: false, encoding: .utf8)
    }
}
