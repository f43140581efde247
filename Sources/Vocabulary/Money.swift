/// An amount of one currency in its smallest unit: 150 rupees are 15,000 paise. Never a fraction.
public struct Money: Hashable, Sendable {
    /// How many of the currency's smallest units.
    public let minorUnits: Int64
    /// Which currency.
    public let currency: Currency

    /// So many of the currency's smallest units.
    public init(minorUnits: Int64, currency: Currency) {
        (self.minorUnits, self.currency) = (minorUnits, currency)
    }
}

/// A currency by its ISO 4217 code.
public struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three capitals.
    public let code: String

    /// Nil when it is not three capitals.
    public init?(code: some StringProtocol) {
        guard code.utf8.count == 3, code.isAll("A"..."Z") else { return nil }
        self.code = String(code)
    }

    /// How many decimals people write after the point; two where ISO 4217 says nothing else.
    public var decimals: Int {
        switch code {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
            "XAF",
            "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }

    /// The code.
    public var description: String { code }
}
