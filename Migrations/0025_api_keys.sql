-- Keys by which programs call: what each may do, where, from where and until when.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

-- Of a key's secret a keyed hash is kept, bound to the clinic; of the secret before it one as well, until before_until.
CREATE TABLE api_key (
    tenant_id     int         NOT NULL,
    id            uuid        NOT NULL,
    name          text        NOT NULL,
    permissions   text[]      NOT NULL,
    location_ids  uuid[]      NOT NULL DEFAULT '{}',
    networks      text[]      NOT NULL DEFAULT '{}',
    digest        bytea       NOT NULL,
    digest_before bytea,
    before_until  timestamptz,
    made_by       uuid        NOT NULL,
    made_at       timestamptz NOT NULL,
    rotated_at    timestamptz,
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz,
    used_from     text,
    revoked_at    timestamptz,
    revoked_by    uuid,
    CONSTRAINT api_key_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_key_digest_is_one UNIQUE (tenant_id, digest),
    CONSTRAINT api_key_maker_works_here FOREIGN KEY (tenant_id, made_by) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT api_key_name_is_short CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT api_key_lists_are_short
        CHECK (cardinality(permissions) BETWEEN 1 AND 80 AND cardinality(location_ids) <= 50 AND cardinality(networks) <= 20),
    CONSTRAINT api_key_digests_are_sha256 CHECK (octet_length(digest) = 32 AND octet_length(digest_before) = 32),
    CONSTRAINT api_key_secret_before_has_an_end CHECK ((digest_before IS NULL) = (before_until IS NULL)),
    CONSTRAINT api_key_lives_a_year_at_most CHECK (expires_at <= coalesce(rotated_at, made_at) + interval '366 days'),
    CONSTRAINT api_key_is_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CONSTRAINT api_key_address_is_short CHECK (length(used_from) <= 60)
) WITH (fillfactor = 80);
CREATE INDEX api_key_by_digest_before ON api_key (tenant_id, digest_before) WHERE digest_before IS NOT NULL;
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON api_key
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Whoever calls by a key is another caller as soon as the key is another; that it was used changes nothing.
CREATE TRIGGER tell_identity_changed AFTER UPDATE OF digest, digest_before, before_until, expires_at, revoked_at ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('id');
CREATE TRIGGER tell_identity_gone AFTER DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('id');

GRANT SELECT, INSERT, UPDATE (digest, digest_before, before_until, rotated_at, expires_at, used_at, used_from, revoked_at,
    revoked_by), DELETE ON api_key TO nadi_app;

-- What a program did is told as what a program did.
ALTER TABLE audit_event
    DROP CONSTRAINT audit_event_caller_kind_is_known,
    ADD CONSTRAINT audit_event_caller_kind_is_known CHECK (caller_kind ~ '^(staff|patient|integration|system|nobody)$');
