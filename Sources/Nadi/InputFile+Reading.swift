import Files
import JSON
import Vocabulary

extension InputFile {
    /// The largest configuration that anyone should write.
    private static let bytesMax = 1 << 20

    /// The JSON object in the file; a refusal in words for anything else.
    func object() throws -> JSONObject {
        do {
            guard let object = try JSON(parsing: try bytes()).objectValue else {
                throw Refusal("\(path) is no JSON object.")
            }
            return object
        } catch let fault as JSONFault {
            throw Refusal("\(path) is not JSON: \(fault)")
        }
    }

    /// The first line, without what ends it.
    func firstLine() throws -> String {
        String(decoding: try bytes().prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }

    private func bytes() throws -> [UInt8] {
        do throws(PlainFile.Fault) { return try PlainFile(path).bytes(atMost: Self.bytesMax) } catch {
            switch error {
            case .unreadable(let reason): throw Refusal("\(path) cannot be read: \(reason).")
            case .tooLarge: throw Refusal("\(path) is larger than a megabyte.")
            }
        }
    }
}
