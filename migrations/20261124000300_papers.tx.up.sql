{{- define "postgres_stays"}}
CREATE TRIGGER {{.}}_append_only BEFORE UPDATE OR DELETE ON {{.}} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {{.}}_no_truncate BEFORE TRUNCATE ON {{.}} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
{{- end}}
{{- define "sqlite_stays"}}
CREATE TRIGGER {{.}}_no_update BEFORE UPDATE ON {{.}} BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER {{.}}_no_delete BEFORE DELETE ON {{.}} BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
-- INSERT OR REPLACE would remove a row without asking the delete trigger.
CREATE TRIGGER {{.}}_no_replace BEFORE INSERT ON {{.}}
{{- end}}
-- Papers (公文): templates and numbering rules as dated rows, papers with their
-- numbers, files as they were made, and their service (送达).

CREATE TABLE paper_template (
    kind          TEXT NOT NULL CHECK (length(kind) > 0),
    version       INTEGER NOT NULL CHECK (version > 0),
    in_force_from TEXT NOT NULL CHECK (length(in_force_from) = 10),
    source        TEXT NOT NULL CHECK (length(source) > 0),
    body          TEXT NOT NULL CHECK (length(body) > 0),
    PRIMARY KEY (kind, version)
);

CREATE TABLE paper_rule (
    kind          TEXT NOT NULL,
    agency_id     TEXT NOT NULL, -- the issuing agency; empty for every agency without a rule of its own
    in_force_from TEXT NOT NULL CHECK (length(in_force_from) = 10),
    office_word   TEXT NOT NULL CHECK (length(office_word) > 0), -- 机关代字
    kind_word     TEXT NOT NULL CHECK (length(kind_word) > 0),
    source        TEXT NOT NULL CHECK (length(source) > 0),
    PRIMARY KEY (kind, agency_id, in_force_from)
);

CREATE TABLE paper_counter (
    series TEXT PRIMARY KEY, -- such as 示数共补〔2026〕
    last   BIGINT NOT NULL CHECK (last > 0)
);

CREATE TABLE paper (
    id               TEXT PRIMARY KEY,
    case_id          TEXT NOT NULL,
    case_kind        TEXT NOT NULL,
    kind             TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    title            TEXT NOT NULL CHECK (length(title) > 0),
    number           TEXT NOT NULL UNIQUE,
    code             TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
    issuer_id        TEXT NOT NULL REFERENCES agency (id),
    recipient_id     TEXT NOT NULL REFERENCES agency (id),
    signers          TEXT NOT NULL, -- JSON list of the accounts whose act the paper rests on
    fields           TEXT NOT NULL, -- JSON, exactly as filled in
    digest           TEXT NOT NULL CHECK (length(digest) = 64),
    issued_at        {{.Time}} NOT NULL,
    FOREIGN KEY (kind, template_version) REFERENCES paper_template (kind, version)
);
CREATE INDEX paper_case ON paper (case_id, issued_at);
CREATE INDEX paper_order ON paper (issued_at, id);
-- What a case gives once, it puts on paper once.
CREATE UNIQUE INDEX paper_once ON paper (case_id, kind) WHERE kind <> 'overdue';

CREATE TABLE paper_file (
    paper_id TEXT NOT NULL REFERENCES paper (id),
    format   TEXT NOT NULL CHECK (format IN ('pdf', 'docx')),
    bytes    {{if .Postgres}}BYTEA{{else}}BLOB{{end}} NOT NULL,
    sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
    sealed   BOOLEAN NOT NULL,
    made_at  {{.Time}} NOT NULL,
    PRIMARY KEY (paper_id, format)
);

CREATE TABLE paper_delivery (
    paper_id   TEXT NOT NULL REFERENCES paper (id),
    kind       TEXT NOT NULL CHECK (kind IN ('delivered', 'received')),
    channel    TEXT NOT NULL CHECK (channel = 'in_app'),
    agency_id  TEXT NOT NULL REFERENCES agency (id),
    account_id TEXT REFERENCES account (id),
    at         {{.Time}} NOT NULL,
    PRIMARY KEY (paper_id, kind),
    CHECK ((kind = 'received') = (account_id IS NOT NULL)) -- a person receives, a machine delivers
);

-- Article 25: no paper refuses without signed refusals of both sides, each with
-- a ground; Article 26: none answers without two signed opinions. A receipt is
-- given by the agency the paper is addressed to. Numbers go up by one.
{{- if .Postgres}}

{{- template "postgres_stays" "paper_template"}}
{{- template "postgres_stays" "paper_rule"}}
{{- template "postgres_stays" "paper"}}
{{- template "postgres_stays" "paper_file"}}
{{- template "postgres_stays" "paper_delivery"}}

CREATE FUNCTION paper_counter_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.series <> OLD.series OR NEW.last <> OLD.last + 1 THEN
        RAISE EXCEPTION 'numbers of papers go up by one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_counter_goes_up BEFORE UPDATE OR DELETE ON paper_counter FOR EACH ROW EXECUTE FUNCTION paper_counter_goes_up();
CREATE TRIGGER paper_counter_no_truncate BEFORE TRUNCATE ON paper_counter FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();

CREATE FUNCTION paper_rests_on_opinions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'refusal' AND (SELECT count(DISTINCT o.side) FROM opinion o
        JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign'
        JOIN legal_ground g ON g.opinion_id = o.id
        WHERE o.request_id = NEW.case_id AND o.outcome = 'refuse') < 2 THEN
        RAISE EXCEPTION 'a paper refuses by two signed refusals with grounds only (Article 25)';
    END IF;
    IF NEW.kind = 'answer' AND signed_sides(NEW.case_id, FALSE) < 2 THEN
        RAISE EXCEPTION 'a paper answers by two signed opinions only (Article 26)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_rests_on_opinions BEFORE INSERT ON paper FOR EACH ROW EXECUTE FUNCTION paper_rests_on_opinions();

CREATE FUNCTION paper_received_by_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM paper p WHERE p.id = NEW.paper_id AND p.recipient_id = NEW.agency_id)
        OR (NEW.account_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = NEW.account_id AND a.agency_id = NEW.agency_id)) THEN
        RAISE EXCEPTION 'a paper is delivered to and received by its recipient';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_received_by_recipient BEFORE INSERT ON paper_delivery FOR EACH ROW EXECUTE FUNCTION paper_received_by_recipient();
{{- else}}

{{- template "sqlite_stays" "paper_template"}}
WHEN EXISTS (SELECT 1 FROM paper_template x WHERE x.kind = NEW.kind AND x.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{- template "sqlite_stays" "paper_rule"}}
WHEN EXISTS (SELECT 1 FROM paper_rule x WHERE x.kind = NEW.kind AND x.agency_id = NEW.agency_id AND x.in_force_from = NEW.in_force_from)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{- template "sqlite_stays" "paper"}}
WHEN EXISTS (SELECT 1 FROM paper x WHERE x.id = NEW.id OR x.number = NEW.number OR x.code = NEW.code
    OR (x.case_id = NEW.case_id AND x.kind = NEW.kind AND x.kind <> 'overdue'))
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{- template "sqlite_stays" "paper_file"}}
WHEN EXISTS (SELECT 1 FROM paper_file x WHERE x.paper_id = NEW.paper_id AND x.format = NEW.format)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{- template "sqlite_stays" "paper_delivery"}}
WHEN EXISTS (SELECT 1 FROM paper_delivery x WHERE x.paper_id = NEW.paper_id AND x.kind = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;

CREATE TRIGGER paper_counter_goes_up BEFORE UPDATE ON paper_counter
WHEN NEW.series <> OLD.series OR NEW.last <> OLD.last + 1
BEGIN SELECT RAISE(ABORT, 'numbers of papers go up by one'); END;
CREATE TRIGGER paper_counter_kept BEFORE DELETE ON paper_counter
BEGIN SELECT RAISE(ABORT, 'numbers of papers go up by one'); END;

CREATE TRIGGER paper_rests_on_refusals BEFORE INSERT ON paper
WHEN NEW.kind = 'refusal' AND (SELECT count(DISTINCT o.side) FROM opinion o
    JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign'
    JOIN legal_ground g ON g.opinion_id = o.id
    WHERE o.request_id = NEW.case_id AND o.outcome = 'refuse') < 2
BEGIN SELECT RAISE(ABORT, 'a paper refuses by two signed refusals with grounds only (Article 25)'); END;

CREATE TRIGGER paper_rests_on_opinions BEFORE INSERT ON paper
WHEN NEW.kind = 'answer' AND (SELECT count(DISTINCT o.side) FROM opinion o
    JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign' WHERE o.request_id = NEW.case_id) < 2
BEGIN SELECT RAISE(ABORT, 'a paper answers by two signed opinions only (Article 26)'); END;

CREATE TRIGGER paper_received_by_recipient BEFORE INSERT ON paper_delivery
WHEN NOT EXISTS (SELECT 1 FROM paper p WHERE p.id = NEW.paper_id AND p.recipient_id = NEW.agency_id)
    OR (NEW.account_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = NEW.account_id AND a.agency_id = NEW.agency_id))
BEGIN SELECT RAISE(ABORT, 'a paper is delivered to and received by its recipient'); END;
{{- end}}
