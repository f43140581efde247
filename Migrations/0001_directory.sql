-- Who may do what to the database, and the directory that says which clinic a host belongs to.
-- The tables here are read before a tenant is known, so they carry no policy; they hold no person's data.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The cluster's bootstrap makes these roles; a database brought by an operator may lack them.
-- None of them may bypass row security and none is a member of another: what a role cannot reach, a fault of ours cannot show.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['nadi_app', 'nadi_auditor', 'nadi_platform'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION', name);
        END IF;
    END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO nadi_app, nadi_auditor, nadi_platform;

CREATE TABLE organisation (
    id         uuid        NOT NULL,
    slug       text        NOT NULL,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT organisation_key PRIMARY KEY (id),
    CONSTRAINT organisation_slug_is_free UNIQUE (slug),
    CONSTRAINT organisation_slug_is_a_label CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT organisation_name_is_short CHECK (length(name) BETWEEN 1 AND 200)
);

-- id is the key of every tenant row and is never shown; public_id is what the outside may see.
CREATE TABLE tenant (
    id              int         NOT NULL GENERATED ALWAYS AS IDENTITY,
    public_id       uuid        NOT NULL,
    organisation_id uuid,
    slug            text        NOT NULL,
    name            text        NOT NULL,
    suspended_at    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_key PRIMARY KEY (id),
    CONSTRAINT tenant_public_id_is_free UNIQUE (public_id),
    CONSTRAINT tenant_slug_is_free UNIQUE (slug),
    CONSTRAINT tenant_slug_is_a_label CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT tenant_name_is_short CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT tenant_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);
CREATE INDEX tenant_of_organisation ON tenant (organisation_id) WHERE organisation_id IS NOT NULL;

-- Hosts of a clinic's own, as they arrive on the wire: ASCII, lower case, without port or final dot.
CREATE TABLE tenant_domain (
    host       text        NOT NULL,
    tenant_id  int         NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_domain_is_free PRIMARY KEY (host),
    CONSTRAINT tenant_domain_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE CASCADE,
    CONSTRAINT tenant_domain_is_a_host CHECK (
        length(host) <= 253
        AND host ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$')
);
CREATE INDEX tenant_domain_of_tenant ON tenant_domain (tenant_id);

-- A chain's template: the layer between the platform's defaults and a clinic's own words. Versions are only ever added.
CREATE TABLE organisation_configuration (
    organisation_id uuid        NOT NULL,
    version         int         NOT NULL,
    body            jsonb       NOT NULL,
    applied_at      timestamptz NOT NULL DEFAULT now(),
    applied_by      text        NOT NULL,
    CONSTRAINT organisation_configuration_key PRIMARY KEY (organisation_id, version),
    CONSTRAINT organisation_configuration_organisation_exists
        FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE,
    CONSTRAINT organisation_configuration_version_counts CHECK (version > 0),
    CONSTRAINT organisation_configuration_is_an_object CHECK (jsonb_typeof(body) = 'object')
);

-- Every time our own program reached across clinics: when and why. Nobody may change what is written here.
CREATE TABLE platform_access (
    id     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    at     timestamptz NOT NULL DEFAULT now(),
    login  text        NOT NULL DEFAULT session_user,
    reason text        NOT NULL,
    CONSTRAINT platform_access_key PRIMARY KEY (id),
    CONSTRAINT platform_access_says_why CHECK (length(reason) BETWEEN 3 AND 500)
);

GRANT SELECT ON organisation, tenant, tenant_domain, organisation_configuration TO nadi_app;
GRANT SELECT, INSERT, UPDATE (name) ON organisation TO nadi_platform;
GRANT SELECT, INSERT, UPDATE (name, suspended_at, organisation_id) ON tenant TO nadi_platform;
GRANT SELECT, INSERT, DELETE ON tenant_domain TO nadi_platform;
GRANT SELECT, INSERT ON organisation_configuration TO nadi_platform;
GRANT INSERT ON platform_access TO nadi_platform;
GRANT SELECT ON tenant, platform_access TO nadi_auditor;
