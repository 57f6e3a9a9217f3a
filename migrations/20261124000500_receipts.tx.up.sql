-- What a decider was shown, and the case as it stood: both are written in the
-- transaction of the move they belong to, and stay for ever.

CREATE TABLE case_material (
    case_id TEXT NOT NULL,
    digest  TEXT NOT NULL CHECK (length(digest) = 64), -- SHA-256 of the canonical form: the content is the address
    body    TEXT NOT NULL,                             -- JSON list of key, title and value
    at      {{.Time}} NOT NULL,                        -- when the case was first moved on this material
    PRIMARY KEY (case_id, digest)
);

CREATE TABLE case_version (
    case_id TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    at      {{.Time}} NOT NULL,
    body    TEXT NOT NULL, -- JSON: state, words, parts and clocks after the move
    PRIMARY KEY (case_id, version)
);

-- An opinion is append-only; what it was drafted and signed on stands beside it.
CREATE TABLE opinion_material (
    opinion_id TEXT NOT NULL REFERENCES opinion (id),
    moment     TEXT NOT NULL CHECK (moment IN ('drafted', 'signed', 'returned')),
    case_id    TEXT NOT NULL,
    digest     TEXT NOT NULL,
    PRIMARY KEY (opinion_id, moment),
    FOREIGN KEY (case_id, digest) REFERENCES case_material (case_id, digest)
);
CREATE INDEX opinion_material_case ON opinion_material (case_id);
{{range $table := .Receipts}}
{{- if $.Postgres}}
CREATE TRIGGER {{$table.Name}}_append_only BEFORE UPDATE OR DELETE ON {{$table.Name}} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {{$table.Name}}_no_truncate BEFORE TRUNCATE ON {{$table.Name}} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
{{- else}}
CREATE TRIGGER {{$table.Name}}_no_update BEFORE UPDATE ON {{$table.Name}} BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER {{$table.Name}}_no_delete BEFORE DELETE ON {{$table.Name}} BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER {{$table.Name}}_no_replace BEFORE INSERT ON {{$table.Name}}
WHEN EXISTS (SELECT 1 FROM {{$table.Name}} x WHERE {{$table.Same}})
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{- end}}
{{- end}}
