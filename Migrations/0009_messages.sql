-- Words that reach people: what was asked for, by what it goes, what the recipient wants, and how much was sent.

-- A row is a message from the moment it became necessary. Whom it reaches and what it says is read from its subject when it
-- is sent and never kept; a code has no subject, so its row seals both. Its states:
--   waiting    a job will look at it
--   sending    a gateway is being asked, since sending_at
--   sent, delivered, failed, dropped    settled
--   uncertain  a gateway was asked and said nothing, and cannot be asked again
CREATE TABLE message (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    key             text        COLLATE "C" NOT NULL,
    category        text        NOT NULL,
    channel         text        NOT NULL,
    fallbacks       text[]      NOT NULL DEFAULT '{}',
    template        text        NOT NULL,
    language        text,
    subject_kind    text,
    subject_id      uuid,
    subject_version int,
    sealed_content  bytea,
    state           text        NOT NULL DEFAULT 'waiting',
    reason          text,
    tries           int         NOT NULL DEFAULT 0,
    gateway         text,
    gateway_id      text        COLLATE "C",
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    sending_at      timestamptz,
    settled_at      timestamptz,
    CONSTRAINT message_primary_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT message_is_asked_for_once UNIQUE (tenant_id, key),
    CONSTRAINT message_channel_is_known CHECK (channel IN ('sms', 'whatsapp', 'email')),
    CONSTRAINT message_category_is_known CHECK (category IN ('code', 'appointment', 'reminder', 'marketing')),
    CONSTRAINT message_state_is_known CHECK (
        state IN ('waiting', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'dropped')),
    CONSTRAINT message_has_a_content CHECK ((subject_kind IS NULL) = (subject_id IS NULL)
        AND (subject_id IS NULL) = (subject_version IS NULL) AND (subject_id IS NULL) = (sealed_content IS NOT NULL)),
    CONSTRAINT message_words_are_short CHECK (length(key) BETWEEN 1 AND 200 AND length(template) <= 80
        AND length(subject_kind) <= 40 AND length(reason) <= 80 AND length(gateway_id) <= 200),
    CONSTRAINT message_sealed_content_is_small CHECK (octet_length(sealed_content) <= 8192)
) WITH (fillfactor = 85);
-- By the name under which a gateway's receipt speaks of it.
CREATE INDEX message_by_gateway_id ON message (tenant_id, gateway_id) WHERE gateway_id IS NOT NULL;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- What somebody said about messages of a category on a channel. No row means that they said nothing.
CREATE TABLE message_consent (
    tenant_id    int         NOT NULL,
    recipient_id uuid        NOT NULL,
    channel      text        NOT NULL,
    category     text        NOT NULL,
    wanted       boolean     NOT NULL,
    said_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT message_consent_key PRIMARY KEY (tenant_id, recipient_id, channel, category),
    CONSTRAINT message_consent_channel_is_known CHECK (channel IN ('sms', 'whatsapp', 'email')),
    CONSTRAINT message_consent_category_is_known CHECK (category IN ('appointment', 'reminder', 'marketing'))
);
ALTER TABLE message_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message_consent
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A clinic's own gateway. The address holds the credentials and is sealed for this clinic and this channel.
CREATE TABLE message_gateway (
    tenant_id  int   NOT NULL,
    channel    text  NOT NULL,
    sealed_url bytea NOT NULL,
    CONSTRAINT message_gateway_key PRIMARY KEY (tenant_id, channel),
    CONSTRAINT message_gateway_channel_is_known CHECK (channel IN ('sms', 'whatsapp', 'email')),
    CONSTRAINT message_gateway_url_is_small CHECK (octet_length(sealed_url) <= 9000)
);
ALTER TABLE message_gateway ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_gateway FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message_gateway
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- How many messages a clinic has sent on a day, by UTC: counted in the transaction that begins to send one, so that the
-- limit is a hard one however many workers send.
CREATE TABLE message_count (
    tenant_id int  NOT NULL,
    channel   text NOT NULL,
    day       date NOT NULL,
    messages  int  NOT NULL,
    CONSTRAINT message_count_key PRIMARY KEY (tenant_id, channel, day)
) WITH (fillfactor = 50);
ALTER TABLE message_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_count FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message_count
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Development's messages, kept instead of sent. Production never writes here.
CREATE TABLE inbox_message (
    tenant_id int         NOT NULL,
    id        uuid        NOT NULL,
    channel   text        NOT NULL,
    address   text        NOT NULL,
    template  text        NOT NULL,
    title     text        NOT NULL,
    body      text        NOT NULL,
    kept_at   timestamptz NOT NULL,
    CONSTRAINT inbox_message_key PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_message_by_time ON inbox_message (tenant_id, kept_at, id);
ALTER TABLE inbox_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox_message FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON inbox_message
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Up to where in the outbox a clinic's events have been made into messages: transaction and sequence.
CREATE TABLE message_relay (
    tenant_id int  NOT NULL,
    place     text NOT NULL,
    CONSTRAINT message_relay_key PRIMARY KEY (tenant_id),
    CONSTRAINT message_relay_place_is_a_position CHECK (place ~ '^[0-9]{1,19}-[0-9]{1,19}$')
) WITH (fillfactor = 50);
ALTER TABLE message_relay ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_relay FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message_relay
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

GRANT SELECT, INSERT, UPDATE (language, state, reason, tries, gateway, gateway_id, sending_at, settled_at)
    ON message TO nadi_app;
GRANT SELECT, INSERT, UPDATE (wanted, said_at) ON message_consent TO nadi_app;
GRANT SELECT, INSERT, UPDATE (sealed_url), DELETE ON message_gateway TO nadi_app;
GRANT SELECT, INSERT, UPDATE (messages) ON message_count TO nadi_app;
GRANT SELECT, INSERT ON inbox_message TO nadi_app;
GRANT SELECT, INSERT, UPDATE (place) ON message_relay TO nadi_app;
