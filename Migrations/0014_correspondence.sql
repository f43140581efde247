-- What comes back about messages, what people want to get, and messages that are found where people look.

-- Who said what somebody wants: whoever asked for it at the desk, or the person themselves by the link in a mail.
ALTER TABLE message_consent ADD COLUMN said_by_kind text NOT NULL DEFAULT 'system'
    CONSTRAINT message_consent_is_somebodys_word CHECK (said_by_kind IN ('staff', 'patient', 'link', 'system'));
ALTER TABLE message_consent ADD COLUMN said_by uuid;
GRANT UPDATE (said_by_kind, said_by), DELETE ON message_consent TO nadi_app;

-- The clinic is told once a day that little is left, and once that nothing is.
ALTER TABLE message_count ADD COLUMN warned_at timestamptz;
ALTER TABLE message_count ADD COLUMN stopped_at timestamptz;
GRANT UPDATE (warned_at, stopped_at) ON message_count TO nadi_app;

-- What a gateway said became of a message, by the gateway's own name for it. It may come before the answer in which the
-- gateway tells that name, twice, or late; a row says each thing once.
CREATE TABLE message_receipt (
    tenant_id   int         NOT NULL,
    gateway     text        COLLATE "C" NOT NULL,
    gateway_id  text        COLLATE "C" NOT NULL,
    state       text        NOT NULL,
    reason      text,
    received_at timestamptz NOT NULL,
    CONSTRAINT message_receipt_key PRIMARY KEY (tenant_id, gateway, gateway_id, state),
    CONSTRAINT message_receipt_state_is_known CHECK (state IN ('sent', 'delivered', 'failed')),
    CONSTRAINT message_receipt_words_are_short CHECK (length(gateway) <= 40 AND length(gateway_id) BETWEEN 1 AND 200
        AND length(reason) <= 80)
);
CREATE INDEX message_receipt_by_time ON message_receipt (tenant_id, received_at);
ALTER TABLE message_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message_receipt
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, DELETE ON message_receipt TO nadi_app;

-- Messages that are shown to somebody who looks, instead of being sent: what they are about by id, and times. The words
-- are made when they are read. A person is a staff member or a patient.
CREATE TABLE shown_message (
    tenant_id    int         NOT NULL,
    id           uuid        NOT NULL,
    person_kind  text        NOT NULL,
    person_id    uuid        NOT NULL,
    template     text        NOT NULL,
    facts        jsonb       NOT NULL DEFAULT '{}',
    subject_kind text        NOT NULL,
    subject_id   uuid        NOT NULL,
    shown_at     timestamptz NOT NULL,
    read_at      timestamptz,
    CONSTRAINT shown_message_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT shown_message_person_is_known CHECK (person_kind IN ('staff', 'patient')),
    CONSTRAINT shown_message_words_are_short CHECK (length(template) <= 80 AND length(subject_kind) <= 40
        AND pg_column_size(facts) <= 2000)
) WITH (fillfactor = 90);
CREATE INDEX shown_message_by_person ON shown_message (tenant_id, person_id, id);
CREATE INDEX shown_message_unread ON shown_message (tenant_id, person_id, id) WHERE read_at IS NULL;
-- A newer word about a thing takes the place of older ones that nobody has read.
CREATE INDEX shown_message_by_subject ON shown_message (tenant_id, subject_id) WHERE read_at IS NULL;
ALTER TABLE shown_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE shown_message FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON shown_message
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, UPDATE (read_at), DELETE ON shown_message TO nadi_app;
