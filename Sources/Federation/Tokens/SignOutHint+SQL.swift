import Database
import Identity
import Vocabulary

extension HintedSignIn: FromRow {
    init(_ row: inout Row) throws {
        session = try row.next()
        person = Person(try row.next(), try row.next())
    }

    /// The sign-in that gave the token, of that very program and person; no row where it is gone.
    static func behind(_ hint: SignOutHint, in tenant: TenantID) -> SQL {
        """
        SELECT i.id, i.person_kind, i.person_id FROM program_sign_in f
        JOIN sign_in i ON i.tenant_id = f.tenant_id AND i.id = f.sign_in_id
        WHERE f.tenant_id = \(tenant) AND f.id = \(hint.family) AND f.program_id = \(hint.program)
            AND i.person_kind = \(hint.person.kind) AND i.person_id = \(hint.person.id)
        """
    }
}
