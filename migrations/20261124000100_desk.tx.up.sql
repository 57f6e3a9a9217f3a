-- The desk: to whom a task was given, proxies, advice, and what each seat is set to.

ALTER TABLE task ADD COLUMN kind TEXT NOT NULL DEFAULT 'seat' CHECK (kind IN ('seat', 'advice', 'copy'));
ALTER TABLE task ADD COLUMN mode TEXT NOT NULL DEFAULT 'any' CHECK (mode IN ('any', 'all', 'sequence')); -- 或签, 会签, 依次
ALTER TABLE task ADD COLUMN parent_id TEXT NOT NULL DEFAULT ''; -- the task that an advice is for
ALTER TABLE task ADD COLUMN urged_at {{.Time}};
ALTER TABLE task ADD COLUMN urges INTEGER NOT NULL DEFAULT 0;
UPDATE task SET kind = 'copy' WHERE copy;
ALTER TABLE task DROP COLUMN copy;
DROP INDEX task_todo;
DROP INDEX task_done;
DROP INDEX task_case;
CREATE INDEX task_case ON task (case_id, created_at, id);
CREATE INDEX task_parent ON task (parent_id) WHERE parent_id <> '';
CREATE INDEX task_open ON task (created_at, id) WHERE closed_at IS NULL;

-- Who a task was given to. Fixed when the task is made: changing a role or a
-- seat later changes no open task.
CREATE TABLE task_assignee (
    task_id    TEXT NOT NULL REFERENCES task (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    position   INTEGER NOT NULL,
    box        TEXT NOT NULL CHECK (box IN ('todo', 'cc')),
    holder     BOOLEAN NOT NULL, -- of the seat, or in the place of one
    added_by   TEXT NOT NULL, -- who asked that this one sign, too (加签)
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'transferred', 'removed', 'over')),
    acted_by   TEXT NOT NULL, -- the person at the desk, who may be a proxy
    acted_at   {{.Time}},
    is_open    BOOLEAN NOT NULL,
    sort_at    {{.Time}} NOT NULL, -- the end of the term; far away when none runs
    PRIMARY KEY (task_id, account_id)
);
CREATE INDEX task_assignee_box ON task_assignee (account_id, box, sort_at, task_id) WHERE is_open;
CREATE INDEX task_assignee_done ON task_assignee (acted_by, acted_at, task_id) WHERE acted_by <> '';

-- Tasks that are open while the record is brought to this version are given to
-- whoever holds their seat at this moment.
INSERT INTO task_assignee (task_id, account_id, position, box, holder, added_by, state, acted_by, acted_at, is_open, sort_at)
SELECT t.id, a.id, (SELECT count(*) FROM account b WHERE b.agency_id = a.agency_id AND b.id < a.id),
       CASE WHEN t.kind = 'copy' THEN 'cc' ELSE 'todo' END, TRUE, '', 'waiting', '', NULL, TRUE, coalesce(t.due_at, '9999-12-31 00:00:00+00:00')
FROM task t JOIN account a ON a.agency_id = t.agency_id AND a.active
WHERE t.closed_at IS NULL AND EXISTS (
    SELECT 1 FROM role_assignment r WHERE r.account_id = a.id AND r.role = t.role AND r.domain IN (t.agency_id, '*'));
INSERT INTO task_assignee (task_id, account_id, position, box, holder, added_by, state, acted_by, acted_at, is_open, sort_at)
SELECT t.id, t.closed_by, 0, 'todo', TRUE, '', 'signed', t.closed_by, t.closed_at, FALSE, t.closed_at
FROM task t WHERE t.closed_by IS NOT NULL;

-- Advice asked for beside a task (委派): it comes back and decides nothing.
CREATE TABLE consultation (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL,
    task_id     TEXT NOT NULL REFERENCES task (id),
    advice_id   TEXT NOT NULL REFERENCES task (id),
    asked_by    TEXT NOT NULL REFERENCES account (id),
    account_id  TEXT NOT NULL REFERENCES account (id),
    question    TEXT NOT NULL CHECK (length(trim(question)) > 0),
    asked_at    {{.Time}} NOT NULL,
    advice      TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at {{.Time}}
);
CREATE INDEX consultation_task ON consultation (task_id, asked_at);
CREATE INDEX consultation_case ON consultation (case_id, asked_at);

CREATE TABLE follower (
    case_id    TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    since      {{.Time}} NOT NULL,
    PRIMARY KEY (account_id, case_id)
);
CREATE INDEX follower_since ON follower (account_id, since, case_id);

-- What a seat is set to; without a row it is open to every holder of its role (或签).
CREATE TABLE seat_setting (
    agency_id   TEXT NOT NULL REFERENCES agency (id),
    step        TEXT NOT NULL,
    mode        TEXT NOT NULL CHECK (mode IN ('any', 'all', 'sequence')),
    accounts    TEXT NOT NULL, -- JSON list, in the order of signing; empty means every holder
    superior_id TEXT REFERENCES account (id), -- who hears of urging and of an empty seat
    updated_at  {{.Time}} NOT NULL,
    PRIMARY KEY (agency_id, step)
);

-- AB角 and 代理: somebody of the same agency acts for a principal from a day to a day.
CREATE TABLE proxy (
    id           TEXT PRIMARY KEY,
    agency_id    TEXT NOT NULL REFERENCES agency (id),
    principal_id TEXT NOT NULL REFERENCES account (id),
    proxy_id     TEXT NOT NULL REFERENCES account (id),
    from_at      {{.Time}} NOT NULL,
    until_at     {{.Time}} NOT NULL, -- the first instant after it
    reason       TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    created_at   {{.Time}} NOT NULL,
    created_by   TEXT NOT NULL REFERENCES account (id),
    ended_at     {{.Time}}, -- revoked, or noted as over by the timer
    ended_by     TEXT NOT NULL,
    end_reason   TEXT NOT NULL,
    CHECK (principal_id <> proxy_id),
    CHECK (from_at < until_at)
);
CREATE INDEX proxy_proxy ON proxy (proxy_id, until_at);
CREATE INDEX proxy_principal ON proxy (principal_id, until_at);
CREATE INDEX proxy_running ON proxy (until_at) WHERE ended_at IS NULL;

-- Both names are on record when somebody acts for another.
ALTER TABLE event ADD COLUMN principal TEXT NOT NULL DEFAULT '';

INSERT INTO term (pack, code, scope, title, value, unit, basis, source, edition, article, in_force_from, note) VALUES
    ('2026-11', 'desk.urge', '', '催办间隔', 1, 'calendar_day', '本区设定', '本区设定的缺省值；法律、法规和本办法均未规定', '', '', '2025-08-01', '同一环节两次催办之间至少相隔的天数；第二次起同时报告上级。');
{{if .Postgres}}
CREATE FUNCTION proxy_of_one_agency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM account a WHERE a.id IN (NEW.principal_id, NEW.proxy_id) AND a.agency_id <> NEW.agency_id) THEN
        RAISE EXCEPTION 'a proxy and his principal are of one agency';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proxy_of_one_agency BEFORE INSERT ON proxy FOR EACH ROW EXECUTE FUNCTION proxy_of_one_agency();

CREATE FUNCTION proxy_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR (NEW.id, NEW.agency_id, NEW.principal_id, NEW.proxy_id, NEW.from_at, NEW.until_at, NEW.reason, NEW.created_at, NEW.created_by)
        IS DISTINCT FROM (OLD.id, OLD.agency_id, OLD.principal_id, OLD.proxy_id, OLD.from_at, OLD.until_at, OLD.reason, OLD.created_at, OLD.created_by) THEN
        RAISE EXCEPTION 'a proxy may be ended and never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proxy_only_ends BEFORE UPDATE ON proxy FOR EACH ROW EXECUTE FUNCTION proxy_only_ends();
CREATE TRIGGER proxy_kept BEFORE DELETE ON proxy FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER consultation_kept BEFORE DELETE ON consultation FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER task_assignee_kept BEFORE DELETE ON task_assignee FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER proxy_no_truncate BEFORE TRUNCATE ON proxy FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER consultation_no_truncate BEFORE TRUNCATE ON consultation FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER task_assignee_no_truncate BEFORE TRUNCATE ON task_assignee FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
{{else}}
CREATE TRIGGER proxy_of_one_agency BEFORE INSERT ON proxy
WHEN EXISTS (SELECT 1 FROM account a WHERE a.id IN (NEW.principal_id, NEW.proxy_id) AND a.agency_id <> NEW.agency_id)
BEGIN SELECT RAISE(ABORT, 'a proxy and his principal are of one agency'); END;
CREATE TRIGGER proxy_only_ends BEFORE UPDATE ON proxy
WHEN OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.agency_id <> OLD.agency_id OR NEW.principal_id <> OLD.principal_id
    OR NEW.proxy_id <> OLD.proxy_id OR NEW.from_at <> OLD.from_at OR NEW.until_at <> OLD.until_at OR NEW.reason <> OLD.reason
    OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by
BEGIN SELECT RAISE(ABORT, 'a proxy may be ended and never changed'); END;
CREATE TRIGGER proxy_kept BEFORE DELETE ON proxy BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END;
CREATE TRIGGER consultation_kept BEFORE DELETE ON consultation BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END;
CREATE TRIGGER task_assignee_kept BEFORE DELETE ON task_assignee BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END;
CREATE TRIGGER proxy_no_replace BEFORE INSERT ON proxy WHEN EXISTS (SELECT 1 FROM proxy x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rows are never replaced'); END;
CREATE TRIGGER consultation_no_replace BEFORE INSERT ON consultation WHEN EXISTS (SELECT 1 FROM consultation x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rows are never replaced'); END;
CREATE TRIGGER task_assignee_no_replace BEFORE INSERT ON task_assignee
WHEN EXISTS (SELECT 1 FROM task_assignee x WHERE x.task_id = NEW.task_id AND x.account_id = NEW.account_id)
BEGIN SELECT RAISE(ABORT, 'rows are never replaced'); END;
{{end}}
