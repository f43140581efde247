-- A clinic whose role is behind its chain's template is told so, once for each version.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE role_template_notice (
    tenant_id        int         NOT NULL,
    own_role_id      uuid        NOT NULL,
    template_version int         NOT NULL,
    told_at          timestamptz NOT NULL,
    CONSTRAINT role_template_notice_key PRIMARY KEY (tenant_id, own_role_id, template_version),
    CONSTRAINT role_template_notice_role_exists FOREIGN KEY (tenant_id, own_role_id) REFERENCES own_role (tenant_id, id),
    CONSTRAINT role_template_notice_version_counts CHECK (template_version > 0)
);
ALTER TABLE role_template_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE role_template_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON role_template_notice
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT ON role_template_notice TO nadi_app;
GRANT SELECT ON role_template_notice TO nadi_auditor;
