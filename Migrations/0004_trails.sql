-- What was done, what must be told, and what was already answered. Written in the transaction that made it true.

-- Append-only: the app may add, the auditor may read, nobody may change. One index, since every request adds a row;
-- ids are made from the time, so a span of time is a span of the key.
CREATE TABLE audit_event (
    tenant_id    int         NOT NULL,
    id           uuid        NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    caller_kind  text        NOT NULL,
    caller_id    uuid,
    caller_role  text,
    act          text        NOT NULL,
    outcome      text        NOT NULL DEFAULT 'done',
    subject_kind text,
    subject_id   uuid,
    purpose      text,
    address      text,
    request_id   text,
    detail       jsonb       NOT NULL DEFAULT '{}',
    CONSTRAINT audit_event_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT audit_event_caller_kind_is_known CHECK (caller_kind IN ('staff', 'patient', 'system', 'nobody')),
    CONSTRAINT audit_event_outcome_is_known CHECK (outcome IN ('done', 'denied', 'refused'))
);
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON audit_event
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Events that left with the transaction. The payload names things by id and holds nothing personal.
CREATE TABLE outbox (
    tenant_id       int         NOT NULL,
    sequence        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind            text        NOT NULL,
    subject_id      uuid        NOT NULL,
    subject_version int         NOT NULL,
    payload         jsonb       NOT NULL,
    at              timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT outbox_key PRIMARY KEY (tenant_id, sequence)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON outbox
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
-- The relay serves every clinic in turn and so reads across them, in its own name only.
CREATE POLICY platform_outbox ON outbox TO nadi_platform USING (true) WITH CHECK (false);

-- A key belongs to its caller: two callers may choose the same one. Until the answer is known answer_status is null.
CREATE TABLE idempotency_key (
    tenant_id     int         NOT NULL,
    caller_id     uuid        NOT NULL,
    key           text        NOT NULL,
    endpoint      text        NOT NULL,
    body_digest   bytea       NOT NULL,
    answer_status smallint,
    answer_fields jsonb,
    answer_body   bytea,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL DEFAULT now() + interval '24 hours',
    CONSTRAINT idempotency_key_key PRIMARY KEY (tenant_id, caller_id, key),
    CONSTRAINT idempotency_key_is_short CHECK (length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_key_digest_is_sha256 CHECK (octet_length(body_digest) = 32),
    CONSTRAINT idempotency_key_answer_is_small CHECK (octet_length(answer_body) <= 1048576),
    CONSTRAINT idempotency_key_answer_is_whole CHECK ((answer_status IS NULL) = (answer_body IS NULL))
) WITH (autovacuum_vacuum_scale_factor = 0.02);
-- Rows arrive in the order they expire, so a block range index finds the old ones and costs an insert next to nothing.
CREATE INDEX idempotency_key_by_expiry ON idempotency_key USING brin (expires_at);
ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON idempotency_key
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
CREATE POLICY platform_idempotency_key ON idempotency_key TO nadi_platform USING (true) WITH CHECK (false);

GRANT INSERT ON audit_event TO nadi_app, nadi_platform;
GRANT SELECT ON audit_event TO nadi_auditor;
GRANT INSERT ON outbox TO nadi_app;
GRANT SELECT, DELETE ON outbox TO nadi_platform;
GRANT SELECT, INSERT, UPDATE (answer_status, answer_fields, answer_body), DELETE ON idempotency_key TO nadi_app;
GRANT SELECT (expires_at), DELETE ON idempotency_key TO nadi_platform;
