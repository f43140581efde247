-- Where clinics have their events told, and how each delivery went.

-- The secret is sealed for its clinic and its webhook; the one before it signs too until before_until. No kinds means all.
CREATE TABLE webhook (
    tenant_id            int         NOT NULL,
    id                   uuid        NOT NULL,
    url                  text        NOT NULL,
    kinds                text[]      NOT NULL DEFAULT '{}',
    description          text        NOT NULL DEFAULT '',
    state                text        NOT NULL DEFAULT 'enabled',
    disabled_reason      text,
    disabled_at          timestamptz,
    failing_since        timestamptz,
    sealed_secret        bytea       NOT NULL,
    sealed_secret_before bytea,
    before_until         timestamptz,
    version              int         NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT webhook_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_state_is_known CHECK (state IN ('enabled', 'disabled')),
    CONSTRAINT webhook_is_disabled_for_a_reason CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL)
        AND (state = 'disabled') = (disabled_at IS NOT NULL)),
    CONSTRAINT webhook_reason_is_known CHECK (disabled_reason IN ('asked', 'gone', 'failing')),
    CONSTRAINT webhook_words_are_short CHECK (length(url) <= 2048 AND length(description) <= 200
        AND cardinality(kinds) <= 50),
    CONSTRAINT webhook_secret_has_an_end CHECK ((sealed_secret_before IS NULL) = (before_until IS NULL))
);
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON webhook
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- One event for one webhook. The id is made of both, so that it is the same however often the event is told. The payload is the
-- event's: ids and times. A ping has no place among the events.
CREATE TABLE webhook_delivery (
    tenant_id         int         NOT NULL,
    id                uuid        NOT NULL,
    webhook_id        uuid        NOT NULL,
    kind              text        NOT NULL,
    subject_id        uuid        NOT NULL,
    subject_version   int         NOT NULL,
    event_transaction bigint,
    event_sequence    bigint,
    event_at          timestamptz NOT NULL,
    payload           jsonb       NOT NULL,
    state             text        NOT NULL DEFAULT 'waiting',
    tries             int         NOT NULL DEFAULT 0,
    tried_at          timestamptz,
    answer_code       int,
    reason            text,
    answer            text,
    CONSTRAINT webhook_delivery_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_delivery_has_a_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, id),
    CONSTRAINT webhook_delivery_state_is_known CHECK (state IN ('waiting', 'delivered', 'failed', 'dropped')),
    CONSTRAINT webhook_delivery_position_is_whole CHECK ((event_transaction IS NULL) = (event_sequence IS NULL)),
    CONSTRAINT webhook_delivery_answer_is_short CHECK (octet_length(answer) <= 1024 AND length(reason) <= 80)
) WITH (fillfactor = 85);
-- The log of one webhook, the latest first.
CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (tenant_id, webhook_id, id);
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON webhook_delivery
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

GRANT SELECT, INSERT, UPDATE (url, kinds, description, state, disabled_reason, disabled_at, failing_since, sealed_secret,
    sealed_secret_before, before_until, version), DELETE ON webhook TO nadi_app;
GRANT SELECT, INSERT, UPDATE (state, tries, tried_at, answer_code, reason, answer), DELETE ON webhook_delivery TO nadi_app;
