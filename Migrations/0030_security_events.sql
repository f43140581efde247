-- Patterns that somebody who means harm would leave, one row for each day, kind and origin: what is seen again is counted.
CREATE TABLE security_event (
    tenant_id  int         NOT NULL,
    id         uuid        NOT NULL,
    kind       text        NOT NULL,
    is_severe  boolean     NOT NULL,
    day        date        NOT NULL,
    address    text,
    person_id  uuid,
    count      bigint      NOT NULL,
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    alerted_at timestamptz,
    CONSTRAINT security_event_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT security_event_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT security_event_is_counted_once UNIQUE NULLS NOT DISTINCT (tenant_id, kind, day, address, person_id),
    CONSTRAINT security_event_kind_is_a_word CHECK (kind ~ '^[a-z]+(_[a-z]+)*$' AND length(kind) <= 40),
    CONSTRAINT security_event_counts CHECK (count > 0 AND first_at <= last_at),
    CONSTRAINT security_event_address_is_short CHECK (length(address) <= 45)
);
CREATE INDEX security_event_by_time ON security_event (tenant_id, last_at);
ALTER TABLE security_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE security_event FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON security_event
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, UPDATE (count, first_at, last_at, alerted_at), DELETE ON security_event TO nadi_app;
GRANT SELECT ON security_event TO nadi_auditor;
