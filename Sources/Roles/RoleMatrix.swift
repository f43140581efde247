public import Vocabulary

/// What each built-in role allows, until a clinic says otherwise.
///
/// One row a role, one column a subject. A cell holds rights: letters of the deeds (Create, Read, Update, X
/// void, Approve), a colon, letters of the reach (p platform, o organisation, t the clinic, l own locations,
/// a assigned patients, s self, w wards, e everyone) and of the limits (m metadata only, d de-identified, ~ a
/// part only, 1 of today only, * during a support session). Rights in a cell are joined by +. What is not
/// written is denied.
public struct RoleMatrix: Sendable {
    /// The clinic's running: who works where and when, what is counted and kept.
    static let running = RoleMatrix(
        columns: [.tenants, .staff, .configuration, .schedule, .appointments, .queue, .reports, .audit],
        rows: """
            role                   tenants  staff   config  schedule  appts   queue   reports  audit
            platform.superAdmin    CRUX:p   R:pm    R:pm    -         -       -       R:pm     R:pm
            platform.support       R:pm     R:pm    R:t*    R:t*      R:tm*   R:tm*   R:pm     R:pm*
            platform.security      R:pm     R:pm    R:pm    -         -       -       R:pm     R:pm
            org.owner              CRU:o    CRU:o   RU:o~   R:o       R:om    R:om    R:od     R:om
            org.analyst            -        -       -       -         R:od    R:od    R:od     -
            tenant.admin           RU:t     CRUX:t  CRUX:t  CRUX:t    R:t     R:t     R:t      R:t
            location.manager       -        CRU:l   RU:l    CRUX:l    CRUX:l  CRUX:l  R:l      R:l
            receptionist           -        -       -       R:l       CRUX:l  CRU:l   -        -
            callCentre.scheduler   -        -       -       R:t       CRU:t   R:t     -        -
            doctor                 -        -       -       RU:s      CRU:al  CRU:l   R:s      R:s
            vaidya                 -        -       -       RU:s      CRU:al  CRU:l   R:s      R:s
            panchakarma.therapist  -        -       -       R:s       RU:a1   RU:l    R:s      -
            physiotherapist        -        -       -       RU:s      CRU:al  CRU:l   R:s      R:s
            physio.assistant       -        -       -       R:s       RU:a    RU:l    -        -
            nurse                  -        -       -       R:l       RU:l    CRUX:l  -        -
            pharmacist             -        -       -       -         R:lm    RU:l    R:l      -
            lab.technician         -        -       -       -         R:lm    RU:l    R:l      -
            billing.accountant     -        -       -       -         R:t     -       R:t      -
            records.officer        -        -       -       -         R:t     -       R:t      R:t
            compliance.auditor     -        R:t     R:t     R:t       R:tm    -       R:t      R:t
            patient                -        -       -       R:e       CRUX:s  R:s     -        R:s
            guardian.caregiver     -        -       -       R:e       CRUX:w  R:w     -        R:w
            service.integration    -        -       -       -         -       -       -        -
            kiosk                  -        -       -       -         -       CR:l~   -        -
            display                -        -       -       -         -       R:l~    -        -
            """)

    /// The patient's care, and what it costs.
    static let caring = RoleMatrix(
        columns: [
            .demographics, .clinicalNotes, .specialtyNotes, .prescriptions, .stock, .laboratory, .billing,
            .refunds,
        ],
        rows: """
            role                   demogr    notes   specialty  presc    stock   lab     billing  refunds
            platform.superAdmin    -         -       -          -        -       -       R:pm     -
            platform.support       -         -       -          -        -       -       -        -
            platform.security      -         -       -          -        -       -       -        -
            org.owner              -         -       -          -        -       -       R:o      A:o
            org.analyst            -         -       -          -        -       -       R:od     -
            tenant.admin           R:t       -       -          -        R:t     -       R:t      A:t
            location.manager       RU:l      -       -          -        R:l     -       RU:l     A:l
            receptionist           CRU:l     -       -          -        -       -       CRU:l    C:l
            callCentre.scheduler   C:t+R:t~  -       -          -        -       -       -        -
            doctor                 RU:a      CRUA:a  R:a        CRUA:a   -       CRA:a   R:a      -
            vaidya                 RU:a      CRUA:a  CRUA:a~    CRUA:a~  -       CR:a    R:a      -
            panchakarma.therapist  R:a~1     C:a~    CRU:a~     -        CU:l~   -       -        -
            physiotherapist        RU:a      CRUA:a  CRUA:a~    -        -       C:a~    R:a      -
            physio.assistant       R:a       C:a~    CRU:a~     -        -       -       -        -
            nurse                  RU:l      CRU:l~  CRU:l~     -        R:l     CRU:l~  -        -
            pharmacist             R:l       R:l~    -          R:l      CRUX:l  -       CRU:l~   -
            lab.technician         R:l       -       -          -        -       RU:l    -        -
            billing.accountant     R:t~      -       R:t~       -        R:t     R:t~    CRUX:t   C:t
            records.officer        CRU:t     R:t~    R:t        -        -       R:t     -        -
            compliance.auditor     R:tm      -       -          -        -       -       R:t      -
            patient                RU:s      R:s~    CR:s~      R:s      -       R:s~    R:s      C:s
            guardian.caregiver     RU:w      R:w~    R:w        R:w      -       R:w     R:w      C:w
            service.integration    -         -       -          -        -       -       -        -
            kiosk                  -         -       -          -        -       -       -        -
            display                -         -       -          -        -       -       -        -
            """)

    /// What the rights to a part (~) show. Outputs say of which part each of their members is.
    static let parts = """
        callCentre.scheduler   demographics.read  identity phone
        panchakarma.therapist  demographics.read  identity
        billing.accountant     demographics.read  identity phone mail language
        """

    let columns: [Subject]
    let rows: String

    /// What a role allows: nothing that is not written.
    public static func table(of role: Role) -> RightTable { tables[role] ?? .nothing }

    private static let tables: [Role: RightTable] = {
        let nothing = [[Right]](repeating: [], count: Permission.count)
        let halves = [running, caring].map { $0.read().rights }
        let rows = Role.allCases.map { role in
            (role, halves.map { $0[role] ?? nothing }.reduce(nothing) { zip($0, $1).map(+) })
        }
        let whole = Dictionary(uniqueKeysWithValues: rows)
        return parted(whole).reduce(into: [:]) { $0[$1.key] = RightTable($1.value, of: [$1.key]) }
    }()

    /// Writes into the rights to a part which parts they are.
    private static func parted(_ tables: [Role: [[Right]]]) -> [Role: [[Right]]] {
        parts.split(separator: "\n").reduce(into: tables) { tables, line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 2, let role = Role(rawValue: words[0]),
                let place = Permission(name: words[1])?.index
            else { return }
            let rights = (tables[role]?[place] ?? []).map {
                Right($0.reach, $0.limits, parts: Array(words.dropFirst(2)))
            }
            tables[role]?[place] = rights
        }
    }

    /// Reads the table. Every line and every right that cannot be read grants nothing and is a flaw.
    func read() -> (rights: [Role: [[Right]]], flaws: [String]) {
        var rights: [Role: [[Right]]] = [:]
        var flaws: [String] = []
        for line in rows.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: " ").map(String.init)
            guard let role = cells.first.flatMap(Role.init(rawValue:)), rights[role] == nil,
                cells.count == columns.count + 1
            else {
                flaws.append("This is no row for a role: \(line)")
                continue
            }
            var row = [[Right]](repeating: [], count: Permission.count)
            for (subject, cell) in zip(columns, cells.dropFirst()) where cell != "-" {
                for text in cell.split(separator: "+", omittingEmptySubsequences: false)
                where !Self.add(String(text), subject, to: &row) {
                    flaws.append("\(role.rawValue), \(subject.word): “\(text)” is no right.")
                }
            }
            rights[role] = row
        }
        return (rights, flaws)
    }

    private static func add(_ text: String, _ subject: Subject, to row: inout [[Right]]) -> Bool {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, let right = Right(letters: halves[1]) else { return false }
        let deeds = halves[0].map { letter in Deed.allCases.first { $0.letter == letter } }
        guard !deeds.isEmpty, !deeds.contains(nil) else { return false }
        for case let deed? in deeds {
            guard let place = Permission(deed, subject).index else { return false }
            row[place].append(right)
        }
        return true
    }
}
