-- What clinics say in their own words, and since when a patient's own words allow an answer in free text.

-- Every save is a version of its own and never changes. What it says is the clinic's; the platform's sentences are in the program.
CREATE TABLE message_template_version (
    tenant_id int         NOT NULL,
    template  text        NOT NULL,
    language  text        NOT NULL,
    channel   text        NOT NULL,
    version   int         NOT NULL,
    parts     jsonb       NOT NULL,
    saved_at  timestamptz NOT NULL,
    saved_by  uuid,
    CONSTRAINT message_template_version_key PRIMARY KEY (tenant_id, template, language, channel, version),
    CONSTRAINT message_template_version_counts CHECK (version BETWEEN 1 AND 10000),
    CONSTRAINT message_template_version_has_parts CHECK (jsonb_typeof(parts) = 'object'),
    CONSTRAINT message_template_version_words_are_short CHECK (length(template) <= 80 AND length(language) <= 12
        AND length(channel) <= 20 AND octet_length(parts::text) <= 200000)
);
ALTER TABLE message_template_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_template_version FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON message_template_version
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Which version is said; no row means the platform's sentences.
CREATE TABLE live_message_template (
    tenant_id int  NOT NULL,
    template  text NOT NULL,
    language  text NOT NULL,
    channel   text NOT NULL,
    version   int  NOT NULL,
    CONSTRAINT live_message_template_key PRIMARY KEY (tenant_id, template, language, channel),
    CONSTRAINT live_message_template_was_saved FOREIGN KEY (tenant_id, template, language, channel, version)
        REFERENCES message_template_version (tenant_id, template, language, channel, version)
);
ALTER TABLE live_message_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE live_message_template FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON live_message_template
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- When somebody last wrote to the clinic by WhatsApp: for a day after that it may answer in its own words. The number stands
-- there as a keyed digest, for whoever writes need not be a patient.
CREATE TABLE whatsapp_contact (
    tenant_id       int         NOT NULL,
    address_digest  bytea       NOT NULL,
    last_inbound_at timestamptz NOT NULL,
    CONSTRAINT whatsapp_contact_key PRIMARY KEY (tenant_id, address_digest),
    CONSTRAINT whatsapp_contact_digest_is_whole CHECK (octet_length(address_digest) = 32)
) WITH (fillfactor = 85);
ALTER TABLE whatsapp_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE whatsapp_contact FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON whatsapp_contact
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- In which of the clinic's versions a message was said; NULL for the platform's sentences.
ALTER TABLE message ADD COLUMN template_version int;

GRANT SELECT, INSERT ON message_template_version TO nadi_app;
GRANT SELECT, INSERT, UPDATE (version), DELETE ON live_message_template TO nadi_app;
GRANT SELECT, INSERT, UPDATE (last_inbound_at), DELETE ON whatsapp_contact TO nadi_app;
GRANT UPDATE (template_version) ON message TO nadi_app;
