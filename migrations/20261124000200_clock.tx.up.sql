-- The clock and the rule packs: terms of hours, the other rules of a pack, and
-- the cases whose terms moved earlier and have to be told.

{{if .Postgres -}}
ALTER TABLE term DROP CONSTRAINT term_unit_check;
ALTER TABLE term ADD CONSTRAINT term_unit_check CHECK (unit IN ('working_day', 'calendar_day', 'hour'));
{{- else -}}
CREATE TABLE term_of_packs (
    pack            TEXT NOT NULL REFERENCES rule_pack (version),
    code            TEXT NOT NULL,
    scope           TEXT NOT NULL CHECK (scope IN ('', 'government', 'other')),
    title           TEXT NOT NULL,
    value           INTEGER NOT NULL CHECK (value > 0),
    unit            TEXT NOT NULL CHECK (unit IN ('working_day', 'calendar_day', 'hour')),
    basis           TEXT NOT NULL CHECK (basis IN ('法定', '参照', '本区设定')),
    source          TEXT NOT NULL CHECK (length(source) > 0),
    edition         TEXT NOT NULL,
    article         TEXT NOT NULL,
    in_force_from   TEXT NOT NULL,
    note            TEXT NOT NULL,
    PRIMARY KEY (pack, code, scope, in_force_from)
);
INSERT INTO term_of_packs SELECT pack, code, scope, title, value, unit, basis, source, edition, article, in_force_from, note FROM term;
DROP TABLE term;
ALTER TABLE term_of_packs RENAME TO term;
{{- end}}

CREATE TABLE rule_item (
    pack          TEXT NOT NULL REFERENCES rule_pack (version),
    kind          TEXT NOT NULL CHECK (kind IN ('suspension', 'level', 'checklist', 'ground', 'bulk', 'paper')),
    code          TEXT NOT NULL CHECK (length(code) > 0),
    title         TEXT NOT NULL CHECK (length(title) > 0),
    body          TEXT NOT NULL, -- JSON object; the kind says what it holds
    basis         TEXT NOT NULL CHECK (basis IN ('法定', '参照', '本区设定')),
    source        TEXT NOT NULL CHECK (length(source) > 0),
    edition       TEXT NOT NULL,
    article       TEXT NOT NULL,
    in_force_from TEXT NOT NULL CHECK (length(in_force_from) = 10),
    PRIMARY KEY (pack, kind, code, in_force_from),
    CHECK (basis <> '法定' OR (length(edition) > 0 AND length(article) > 0)) -- only what is 法定 is cited
);

CREATE TABLE case_nudge (
    case_id    TEXT PRIMARY KEY,
    version    BIGINT NOT NULL, -- of the case, whose next alarm is now earlier
    created_at {{.Time}} NOT NULL
);
CREATE INDEX case_nudge_order ON case_nudge (created_at, case_id);
CREATE INDEX case_clock_running ON case_clock (case_id, position) WHERE stopped_at IS NULL AND due_at IS NOT NULL;

INSERT INTO rule_item (pack, kind, code, title, body, basis, source, edition, article, in_force_from) VALUES
('2026-11', 'suspension', 'third_party', '征求第三方意见',
 '{"limit":15,"unit":"working_day","clocks":["share.joint_decision","share.provider_answer","share.provider_opinion"]}',
 '参照', '《政府信息公开条例》第三十二条：第三方应当自收到征求意见书之日起15个工作日内提出意见；第三十三条：征求意见所需时间不计算在答复期限内。共享没有相应规定，参照办理', '国务院令第711号', '32', '2025-08-01'),
('2026-11', 'level', 'L1', '不敏感', '{"share":"无条件","open":"无条件"}', '本区设定', '本区设定的缺省分级，待本市公共数据安全分级标准替代', '', '', '2025-08-01'),
('2026-11', 'level', 'L2', '低敏感', '{"share":"无条件或者授权","open":"有条件；脱敏后无条件"}', '本区设定', '本区设定的缺省分级，待本市公共数据安全分级标准替代', '', '', '2025-08-01'),
('2026-11', 'level', 'L3', '较敏感', '{"share":"授权","open":"有条件（脱敏）"}', '本区设定', '本区设定的缺省分级，待本市公共数据安全分级标准替代', '', '', '2025-08-01'),
('2026-11', 'level', 'L4', '敏感', '{"share":"授权（只限请求响应方式）或者有依据的非共享","open":"非开放"}', '本区设定', '本区设定的缺省分级，待本市公共数据安全分级标准替代', '', '', '2025-08-01'),
('2026-11', 'bulk', 'L3', '较敏感数据不批量审签', '{"refused":true,"reason":"含较敏感（L3）数据，须逐件审签"}', '本区设定', '本区设定：负责人须逐件看过较敏感和敏感数据的申请', '', '', '2025-08-01'),
('2026-11', 'bulk', 'L4', '敏感数据不批量审签', '{"refused":true,"reason":"含敏感（L4）数据，须逐件审签"}', '本区设定', '本区设定：负责人须逐件看过较敏感和敏感数据的申请', '', '', '2025-08-01'),
('2026-11', 'checklist', 'form_check', '形式审查要点',
 '{"points":["使用依据写明法律、法规、规章或者三定职责","使用场景和使用范围具体","申请的数据项为履职所必需","共享方式和使用时限明确","使用系统写明","负责人已审签"]}',
 '本区设定', '本区设定，依《政务数据共享条例》第二十条所列申请内容整理', '', '', '2025-08-01');

-- What was adopted is never edited: a change is a new pack.
{{- if .Postgres}}
CREATE TRIGGER rule_pack_append_only BEFORE UPDATE OR DELETE ON rule_pack FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_pack_no_truncate BEFORE TRUNCATE ON rule_pack FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER term_append_only BEFORE UPDATE OR DELETE ON term FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER term_no_truncate BEFORE TRUNCATE ON term FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_item_append_only BEFORE UPDATE OR DELETE ON rule_item FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_item_no_truncate BEFORE TRUNCATE ON rule_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
{{- else}}
CREATE TRIGGER rule_pack_no_update BEFORE UPDATE ON rule_pack BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER rule_pack_no_delete BEFORE DELETE ON rule_pack BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER rule_pack_no_replace BEFORE INSERT ON rule_pack
WHEN EXISTS (SELECT 1 FROM rule_pack x WHERE x.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
CREATE TRIGGER term_no_update BEFORE UPDATE ON term BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER term_no_delete BEFORE DELETE ON term BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER term_no_replace BEFORE INSERT ON term
WHEN EXISTS (SELECT 1 FROM term x WHERE x.pack = NEW.pack AND x.code = NEW.code AND x.scope = NEW.scope AND x.in_force_from = NEW.in_force_from)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
CREATE TRIGGER rule_item_no_update BEFORE UPDATE ON rule_item BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER rule_item_no_delete BEFORE DELETE ON rule_item BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER rule_item_no_replace BEFORE INSERT ON rule_item
WHEN EXISTS (SELECT 1 FROM rule_item x WHERE x.pack = NEW.pack AND x.kind = NEW.kind AND x.code = NEW.code AND x.in_force_from = NEW.in_force_from)
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{- end}}
