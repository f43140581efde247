/// Whether a client can undo gzip, by RFC 9110 12.5.3: the named coding's weight beats the star's, zero
/// forbids.
enum AcceptedCodings {
    static func allowGzip(_ field: some Collection<UInt8>) -> Bool {
        var star: Bool?
        for element in field.split(separator: 44) {
            let parts = element.split(separator: 59)
            guard let coding = parts.first?.trimmed else { continue }
            let isWanted = !parts.dropFirst().contains { isZero($0.trimmed) }
            if coding.equalsIgnoringCase("gzip") || coding.equalsIgnoringCase("x-gzip") { return isWanted }
            if coding.elementsEqual("*".utf8) { star = isWanted }
        }
        return star ?? false
    }

    /// `q=0`, `q=0.`, `q=0.000`; a weight that is no number also forbids.
    private static func isZero(_ parameter: some Collection<UInt8>) -> Bool {
        guard parameter.count >= 2, parameter.prefix(2).equalsIgnoringCase("q=") else { return false }
        let digits = parameter.dropFirst(2)
        let isNumber = digits.allSatisfy { $0.isDigit || $0 == 46 } && digits.first?.isDigit == true
        return !isNumber || digits.allSatisfy { $0 == 48 || $0 == 46 }
    }
}
