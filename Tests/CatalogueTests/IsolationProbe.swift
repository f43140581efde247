import Database
import Tenancy
import TestKit

/// Tries, table by table, what must not be possible. The owner tries: it holds every right, and is bound
/// all the same.
enum IsolationProbe {
    /// Tables with a tenant, from the catalogue.
    static func tables(in place: TestPlace) async throws -> [String] {
        let exempt = CatalogueAudit.platformTables.map { "'\($0)'" }.joined(separator: ", ")
        let rows = try await place.script(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                AND a.attname = 'tenant_id'
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                AND c.relname NOT IN (\(exempt))
            ORDER BY 1
            """)
        return rows.compactMap { $0.first ?? nil }
    }

    /// Everything that was possible and must not be; a table without a sample row is a leak, since nothing
    /// was proven.
    static func leaks(in place: TestPlace) async throws -> [String] {
        var leaks: [String] = []
        for table in try await tables(in: place) {
            if try await count("SELECT count(DISTINCT tenant_id) FROM \(table)", of: 1, place) != 1 {
                leaks.append("\(table): has no sample row of its own to see")
            }
            if await !fails("SELECT count(*) FROM \(table)", of: nil, place) {
                leaks.append("\(table): a forgotten tenant reads")
            }
            if try await count("SELECT count(*) FROM \(table) WHERE tenant_id <> 2", of: 2, place) != 0 {
                leaks.append("\(table): shows another clinic's rows")
            }
            let touch =
                "WITH touched AS (UPDATE \(table) SET tenant_id = tenant_id WHERE tenant_id = 1 RETURNING 1)"
            if try await count("\(touch) SELECT count(*) FROM touched", of: 2, place) != 0 {
                leaks.append("\(table): changes another clinic's rows")
            }
            if await !isRefused("INSERT INTO \(table) (tenant_id) VALUES (1)", place) {
                leaks.append("\(table): takes a row in another clinic's name")
            }
            if await !isRefused("UPDATE \(table) SET tenant_id = 1", place) {
                leaks.append("\(table): gives a row away to another clinic")
            }
        }
        return leaks
    }

    private static func count(_ query: String, of tenant: Int?, _ place: TestPlace) async throws -> Int? {
        let rows = try await place.script(confine(tenant) + query, at: place.urls.owner)
        return rows.first?.first.flatMap(\.self).flatMap(Int.init)
    }

    private static func fails(_ query: String, of tenant: Int?, _ place: TestPlace) async -> Bool {
        do {
            try await place.script(confine(tenant) + query, at: place.urls.owner)
            return false
        } catch { return true }
    }

    /// Row security itself must say no: that a constraint would have done so later proves nothing.
    private static func isRefused(_ statement: String, _ place: TestPlace) async -> Bool {
        do {
            try await place.script(confine(2) + statement, at: place.urls.owner)
            return false
        } catch { return (error as? DatabaseError)?.state == .insufficientPrivilege }
    }

    private static func confine(_ tenant: Int?) -> String {
        tenant.map { "SELECT set_config('app.tenant_id', '\($0)', false); " } ?? ""
    }

    /// Tables that belong to a chain, from the catalogue.
    static func chainTables(in place: TestPlace) async throws -> [String] {
        let exempt = CatalogueAudit.platformTables.map { "'\($0)'" }.joined(separator: ", ")
        let rows = try await place.script(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                AND a.attname = 'organisation_id'
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                AND c.relname NOT IN (\(exempt))
                AND NOT EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id')
            ORDER BY 1
            """)
        return rows.compactMap { $0.first ?? nil }
    }

    /// The same of chains: clinic 1 is of one, clinic 2 of another, clinic 3 of the first as well, clinic 4
    /// of none.
    static func chainLeaks(in place: TestPlace) async throws -> [String] {
        var leaks: [String] = []
        for table in try await chainTables(in: place) {
            for (clinic, rows) in [(1, 1), (2, 1), (3, 1), (4, 0)]
            where try await count("SELECT count(*) FROM \(table)", of: clinic, place) != rows {
                leaks.append("\(table): clinic \(clinic) does not see its own chain's row alone")
            }
            if await !fails("SELECT count(*) FROM \(table)", of: nil, place) {
                leaks.append("\(table): a forgotten tenant reads")
            }
            let touch = """
                WITH touched AS (UPDATE \(table) SET organisation_id = organisation_id
                    WHERE organisation_id = \(chain(1)) RETURNING 1)
                """
            if try await count("\(touch) SELECT count(*) FROM touched", of: 2, place) != 0 {
                leaks.append("\(table): changes another chain's rows")
            }
            if await !isRefused("INSERT INTO \(table) (organisation_id) VALUES (\(chain(1)))", place) {
                leaks.append("\(table): takes a row in another chain's name")
            }
            if await !isRefused("UPDATE \(table) SET organisation_id = \(chain(1))", place) {
                leaks.append("\(table): gives a row away to another chain")
            }
        }
        return leaks
    }

    private static func chain(_ number: Int) -> String {
        "'00000000-0000-7000-8000-00000000000\(number)'::uuid"
    }

    /// A row in every table of two chains.
    static func sowChains(_ place: TestPlace) async throws {
        try await place.script(
            """
            INSERT INTO organisation (id, slug, name) VALUES (\(chain(1)), 'x', 'X'), (\(chain(2)), 'y', 'Y');
            INSERT INTO tenant (public_id, slug, name, organisation_id) VALUES
                (gen_random_uuid(), 'one', 'One', \(chain(1))), (gen_random_uuid(), 'two', 'Two', \(chain(2))),
                (gen_random_uuid(), 'three', 'Three', \(chain(1))), (gen_random_uuid(), 'four', 'Four', NULL);
            SELECT set_config('app.tenant_id', '1', false);
            INSERT INTO role_template (organisation_id, id, slug, title, created_at)
                SELECT id, \(chain(9)), 'lead', 'Lead', now() FROM organisation;
            INSERT INTO role_template_version (organisation_id, role_template_id, version, body, locked, published_at)
                SELECT id, \(chain(9)), 1, '{}', '{}', now() FROM organisation;
            """)
    }

    /// One row in every table, for two clinics whose ids are the same wherever the keys allow it.
    static func sow(_ place: TestPlace) async throws { try await place.script(rows) }

    private static let rows = """
        INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), 'one', 'One'),
            (gen_random_uuid(), 'two', 'Two');
        CREATE TEMPORARY VIEW pair AS SELECT id AS t, '00000000-0000-7000-8000-000000000001'::uuid AS a,
            '00000000-0000-7000-8000-000000000002'::uuid AS b,
                '00000000-0000-7000-8000-000000000003'::uuid AS c
            FROM tenant;
        INSERT INTO clinic_configuration SELECT t, 1, '{}', now(), 'test' FROM pair;
        INSERT INTO location (tenant_id, id, slug, name, zone) SELECT t, a, 'main', 'Main', 'UTC'
            FROM pair;
        INSERT INTO location_hours SELECT t, a, 1, 540, 600 FROM pair;
        INSERT INTO resource (tenant_id, id, kind) SELECT t, a, 'practitioner' FROM pair;
        INSERT INTO staff_member (tenant_id, id, name, email) SELECT t, a, 'S', 's@x.example' FROM pair;
        INSERT INTO staff_role (tenant_id, id, staff_member_id, role) SELECT t, a, a, 'doctor' FROM pair;
        INSERT INTO support_agent (id, name, email, added_at)
            SELECT DISTINCT a, 'I', 'i@platform.example', now() FROM pair;
        INSERT INTO support_grant (tenant_id, id, agent_id, given_by, areas, may_write, reason, began_at, ends_at)
            SELECT t, a, a, a, '{configuration}', false, 'Reminders leave late.', now(),
                now() + interval '1 hour' FROM pair;
        INSERT INTO own_role (tenant_id, id, slug, title) SELECT t, a, 'lead', 'Lead' FROM pair;
        INSERT INTO own_role_version (tenant_id, own_role_id, version, body, saved_by)
            SELECT t, a, 1, '{}', a FROM pair;
        INSERT INTO role_template_notice (tenant_id, own_role_id, template_version, told_at)
            SELECT t, a, 1, now() FROM pair;
        INSERT INTO role_request (tenant_id, id, staff_member_id, role, valid_until, reason)
            SELECT t, a, a, 'doctor', '2027-01-04', 'Asha is on leave.' FROM pair;
        INSERT INTO practitioner (tenant_id, id, staff_member_id) SELECT t, a, a FROM pair;
        INSERT INTO practitioner_hours (tenant_id, practitioner_id, location_id, weekday, from_minute,
            to_minute)
            SELECT t, a, a, 1, 540, 600 FROM pair;
        INSERT INTO patient (tenant_id, id, name, birth_date) SELECT t, a, 'P', '1990-01-01' FROM pair;
        INSERT INTO care_team (tenant_id, id, patient_id, staff_member_id, since, added_by)
            SELECT t, a, a, a, now(), b FROM pair;
        INSERT INTO resource (tenant_id, id, kind) SELECT t, b, 'patient' FROM pair;
        INSERT INTO patient (tenant_id, id, name, birth_date) SELECT t, b, 'G', '1960-01-01' FROM pair;
        INSERT INTO guardianship (tenant_id, id, ward_id, guardian_id, relation, categories, since, valid_until,
            made_by)
            SELECT t, a, a, b, 'parent', '{identity}', now(), now() + interval '1 day', a FROM pair;
        INSERT INTO emergency_access (tenant_id, id, staff_member_id, role, patient_id, reason, words, began_at,
            ends_at, review_due_at)
            SELECT t, a, a, 'doctor', a, 'safety', 'Fell in the hall, unconscious.', now(),
                now() + interval '1 hour', now() FROM pair;
        INSERT INTO emergency_notice (tenant_id, id, emergency_id, recipient_id, told_at)
            SELECT t, a, a, a, now() FROM pair;
        INSERT INTO appointment (tenant_id, id, patient_id, practitioner_id, location_id, plugin,
            plugin_version,
            visit_type, starts_at, ends_at, local_start, zone) SELECT t, a, a, a, a, 'p', 1, 'v',
            '2027-01-04T09:00Z', '2027-01-04T09:30Z', '2027-01-04T09:00', 'UTC' FROM pair;
        INSERT INTO reservation (tenant_id, resource_id, starts_at, ends_at, appointment_id)
            SELECT t, a, '2027-01-04T09:00Z', '2027-01-04T09:30Z', a FROM pair;
        INSERT INTO hold (tenant_id, id, held_by, patient_id, practitioner_id, location_id, visit_type, starts_at,
            ends_at, zone, resource_ids, held_at, held_until)
            SELECT t, a, a, a, a, a, 'v', '2027-01-04T10:00Z', '2027-01-04T10:30Z', 'UTC', ARRAY[a], now(),
                now() + interval '5 minutes' FROM pair;
        INSERT INTO audit_event (tenant_id, id, caller_kind, act) SELECT t, a, 'system', 'test' FROM pair;
        INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
            SELECT t, 'tested', a, 1, '{}' FROM pair;
        INSERT INTO idempotency_key (tenant_id, caller_id, key, endpoint, body_digest)
            SELECT t, a, 'k', 'e', sha256('') FROM pair;
        INSERT INTO job (tenant_id, id, lane, kind, payload, tries_max, state)
            SELECT t, a, 'email', 'tested', '{}', 1, 'ready' FROM pair;
        INSERT INTO job_count SELECT t, now(), 'email', 'tested', 'done', 1 FROM pair;
        INSERT INTO recurring_job SELECT t, 'tested', a, now() FROM pair;
        INSERT INTO message (tenant_id, id, key, category, channel, template, subject_kind, subject_id,
            subject_version, expires_at)
            SELECT t, a, 'k', 'appointment', 'sms', 't', 'appointment', a, 1, now() FROM pair;
        INSERT INTO message_consent SELECT t, a, 'sms', 'reminder', true, now() FROM pair;
        INSERT INTO message_gateway SELECT t, 'sms', ''::bytea FROM pair;
        INSERT INTO message_count SELECT t, 'sms', '2027-01-04', 1 FROM pair;
        INSERT INTO message_receipt SELECT t, 'twilio', 'SM1', 'sent', NULL, now() FROM pair;
        INSERT INTO shown_message (tenant_id, id, person_kind, person_id, template, subject_kind, subject_id,
            shown_at) SELECT t, a, 'staff', a, 'tested', 'appointment', a, now() FROM pair;
        INSERT INTO inbox_message SELECT t, a, 'sms', '+1', 't', 't', 'b', now() FROM pair;
        INSERT INTO message_relay SELECT t, '1-1' FROM pair;
        INSERT INTO message_template_version SELECT t, 't', 'en', 'sms', 1, '{}', now() FROM pair;
        INSERT INTO live_message_template SELECT t, 't', 'en', 'sms', 1 FROM pair;
        INSERT INTO whatsapp_contact SELECT t, sha256(''), now() FROM pair;
        INSERT INTO webhook (tenant_id, id, url, sealed_secret)
            SELECT t, a, 'https://hooks.example', ''::bytea FROM pair;
        INSERT INTO webhook_delivery (tenant_id, id, webhook_id, kind, subject_id, subject_version,
            event_at, payload)
            SELECT t, a, a, 'tested', a, 1, now(), '{}' FROM pair;
        INSERT INTO sign_in (tenant_id, id, person_kind, person_id, method, created_at, rotated_at, expires_at)
            SELECT t, a, 'staff', a, 'code', now(), now(), now() FROM pair;
        INSERT INTO one_time_code (tenant_id, holder, purpose, challenge_id, channel, code_digest,
            sealed_content, sent_at, expires_at, guesses_since)
            SELECT t, sha256('h'), 'sign-in', a, 'sms', sha256('c'), '', now(), now(), now() FROM pair;
        INSERT INTO code_count SELECT t, sha256('k'), now(), now(), 1 FROM pair;
        INSERT INTO password (tenant_id, staff_member_id, hash, set_at)
            SELECT t, a, '$argon2id$v=19$', now() FROM pair;
        INSERT INTO credential_link (tenant_id, id, purpose, staff_member_id, made_at, expires_at)
            SELECT t, a, 'password-reset', a, now(), now() FROM pair;
        INSERT INTO wrong_guess SELECT t, sha256('g'), 1, now(), NULL FROM pair;
        INSERT INTO time_code (tenant_id, staff_member_id, sealed_secret, made_at)
            SELECT t, a, sha256('s') || substr(sha256('t'), 1, 16), now() FROM pair;
        INSERT INTO recovery_code SELECT t, a, sha256('r') FROM pair;
        INSERT INTO passkey (tenant_id, id, person_kind, person_id, credential_id, public_key, model, name,
            sign_count, backup_eligible, backed_up, verifies, made_at)
            SELECT t, a, 'staff', a, 'c', 'k', substr(sha256('m'), 1, 16), 'n', 0, false, false, true, now()
            FROM pair;
        INSERT INTO api_key (tenant_id, id, name, permissions, digest, made_by, made_at, expires_at)
            SELECT t, a, 'Website', '{appointments.read}', sha256('k'), a, now(), now() FROM pair;
        INSERT INTO invitation (tenant_id, id, link_id, name, address_kind, address, invited_by, invited_at,
            expires_at)
            SELECT t, a, a, 'N', 'email', 'n@x.example', a, now(), now() FROM pair;
        INSERT INTO invitation_role (tenant_id, invitation_id, place, role) SELECT t, a, 0, 'doctor' FROM pair;
        INSERT INTO ceremony (tenant_id, id, purpose, expires_at)
            SELECT t, a, 'passkey-sign-in', now() FROM pair;
        INSERT INTO trusted_program (tenant_id, id, name, redirects, scopes, created_at)
            SELECT t, a, 'n', '{https://p.example/}', '{openid}', now() FROM pair;
        INSERT INTO program_consent SELECT t, a, 'staff', a, '{openid}', now() FROM pair;
        INSERT INTO program_sign_in (tenant_id, id, program_id, sign_in_id, scopes, created_at, rotated_at, expires_at)
            SELECT t, a, a, a, '{openid}', now(), now(), now() FROM pair;
        INSERT INTO program_code (tenant_id, digest, program_id, sign_in_id, redirect, scopes, challenge, expires_at)
            SELECT t, sha256('c'), a, a, 'https://p.example/', '{openid}', sha256('v'), now() FROM pair;
        INSERT INTO trusted_issuer (tenant_id, id, name, issuer, registered_as, domains, created_at)
            SELECT t, a, 'n', 'https://i.example', 'c', '{c.example}', now() FROM pair;
        INSERT INTO issuer_link SELECT t, a, 's', a, now() FROM pair;
        INSERT INTO security_event (tenant_id, id, kind, is_severe, day, count, first_at, last_at)
            SELECT t, a, 'enumeration', false, '2027-01-04', 1, now(), now() FROM pair;
        INSERT INTO audit_segment SELECT t, 1, now(), now(), '{}', '', sha256(''), sha256(''), sha256(''),
            sha256(''), sha512('') FROM pair;
        INSERT INTO audit_hold SELECT t, a, 'a case', now(), a FROM pair;
        INSERT INTO audit_receipt SELECT t, 1, 1, 0, now(), sha256(''), now(), 'test', sha256(''), sha512('')
            FROM pair;
        """
}
