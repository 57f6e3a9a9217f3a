-- Attachments with their content, phrases, and what the briefing counts by.
-- What was attached is evidence: neither rows nor content are ever changed.

CREATE TABLE attachment_content (
    sha256   TEXT NOT NULL CHECK (length(sha256) = 64), -- of the whole file: the same bytes are stored once
    position INTEGER NOT NULL CHECK (position >= 0),
    content  {{if .Postgres}}BYTEA{{else}}BLOB{{end}} NOT NULL CHECK (length(content) > 0),
    PRIMARY KEY (sha256, position)
);

CREATE TABLE attachment (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL,
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    kind        TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'xlsx', 'ofd', 'png', 'jpg', 'txt', 'csv')),
    bytes       BIGINT NOT NULL CHECK (bytes > 0),
    sha256      TEXT NOT NULL,
    note        TEXT NOT NULL CHECK (length(note) <= 500),
    uploaded_by TEXT NOT NULL REFERENCES account (id),
    agency_id   TEXT NOT NULL REFERENCES agency (id),
    uploaded_at {{.Time}} NOT NULL,
    UNIQUE (case_id, sha256, name) -- the same file again is the same attachment
);
CREATE INDEX attachment_case ON attachment (case_id, uploaded_at, id);

CREATE TABLE phrase (
    id         TEXT PRIMARY KEY,
    scope      TEXT NOT NULL CHECK (scope IN ('own', 'agency')),
    owner      TEXT NOT NULL, -- the account, or the agency
    step       TEXT NOT NULL, -- empty: every step
    text       TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    created_by TEXT NOT NULL REFERENCES account (id),
    created_at {{.Time}} NOT NULL
);
CREATE INDEX phrase_owner ON phrase (scope, owner, created_at, id);

-- What the briefing counts in a period.
CREATE INDEX briefing_received ON share_request (signed_at);
CREATE INDEX briefing_closed ON share_request (closed_at);
CREATE INDEX briefing_overdue ON case_clock (overdue_at) WHERE overdue_at IS NOT NULL;
CREATE INDEX briefing_due ON case_clock (code, due_at) WHERE stopped_at IS NULL;
{{- if .Postgres}}

CREATE TRIGGER attachment_append_only BEFORE UPDATE OR DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_no_truncate BEFORE TRUNCATE ON attachment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_content_append_only BEFORE UPDATE OR DELETE ON attachment_content FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_content_no_truncate BEFORE TRUNCATE ON attachment_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION attachment_has_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(length(c.content)), 0) FROM attachment_content c WHERE c.sha256 = NEW.sha256) <> NEW.bytes THEN
        RAISE EXCEPTION 'an attachment needs its whole content';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attachment_has_content BEFORE INSERT ON attachment FOR EACH ROW EXECUTE FUNCTION attachment_has_content();

CREATE FUNCTION content_before_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = NEW.sha256)
        AND NOT EXISTS (SELECT 1 FROM attachment_content x WHERE x.sha256 = NEW.sha256 AND x.position = NEW.position) THEN
        -- a piece that is there already is for the key to refuse: another writer was faster
        RAISE EXCEPTION 'content is written before its attachment, never added to it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER content_before_attachment BEFORE INSERT ON attachment_content FOR EACH ROW EXECUTE FUNCTION content_before_attachment();
{{- else}}

CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER attachment_no_replace BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM attachment x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
CREATE TRIGGER attachment_content_no_update BEFORE UPDATE ON attachment_content BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER attachment_content_no_delete BEFORE DELETE ON attachment_content BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER attachment_content_no_replace BEFORE INSERT ON attachment_content
WHEN EXISTS (SELECT 1 FROM attachment_content x WHERE x.sha256 = NEW.sha256 AND x.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;

CREATE TRIGGER attachment_has_content BEFORE INSERT ON attachment
WHEN (SELECT coalesce(sum(length(c.content)), 0) FROM attachment_content c WHERE c.sha256 = NEW.sha256) <> NEW.bytes
BEGIN SELECT RAISE(ABORT, 'an attachment needs its whole content'); END;

CREATE TRIGGER content_before_attachment BEFORE INSERT ON attachment_content
WHEN EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'content is written before its attachment, never added to it'); END;
{{- end}}
