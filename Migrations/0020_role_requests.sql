-- Who asked for which role, and what somebody else has decided on it.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE role_request (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    staff_member_id uuid        NOT NULL,
    role            text        NOT NULL,
    own_role_id     uuid,
    location_id     uuid,
    valid_until     timestamptz NOT NULL,
    reason          text        NOT NULL,
    stage           text        NOT NULL DEFAULT 'asked',
    asked_at        timestamptz NOT NULL DEFAULT now(),
    decided_by      uuid,
    decided_at      timestamptz,
    answer          text,
    CONSTRAINT role_request_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT role_request_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT role_request_own_role_exists FOREIGN KEY (tenant_id, own_role_id) REFERENCES own_role (tenant_id, id),
    CONSTRAINT role_request_location_exists FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT role_request_own_is_named CHECK ((role = 'own') = (own_role_id IS NOT NULL)),
    CONSTRAINT role_request_stage_is_known CHECK (stage ~ '^(asked|approved|declined)$'),
    CONSTRAINT role_request_is_decided_whole
        CHECK ((stage = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT role_request_is_decided_by_another CHECK (decided_by <> staff_member_id),
    CONSTRAINT role_request_words_are_short CHECK (length(reason) BETWEEN 3 AND 500 AND length(answer) BETWEEN 3 AND 500)
);
-- What waits: of one person, and to be decided.
CREATE INDEX role_request_waiting ON role_request (tenant_id, staff_member_id) WHERE stage = 'asked';
ALTER TABLE role_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE role_request FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON role_request
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT, UPDATE (stage, decided_by, decided_at, answer) ON role_request TO nadi_app;
GRANT SELECT ON role_request TO nadi_auditor;
