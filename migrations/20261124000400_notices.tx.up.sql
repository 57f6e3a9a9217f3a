-- Notices and their deliveries: the outbox. A notice is written in the
-- transaction of the change it tells of, and one delivery for each further way
-- by which it is to reach somebody.

CREATE TABLE notice (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    case_id    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL CHECK (length(title) > 0),
    text       TEXT NOT NULL,
    link       TEXT NOT NULL, -- the page's own address of the case
    at         {{.Time}} NOT NULL,
    read_at    {{.Time}}
);
CREATE INDEX notice_order ON notice (account_id, at, id);
CREATE INDEX notice_unread ON notice (account_id, at, id) WHERE read_at IS NULL;

CREATE TABLE notice_setting (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    email      TEXT NOT NULL,
    channels   TEXT NOT NULL, -- JSON list
    updated_at {{.Time}} NOT NULL
);

CREATE TABLE webhook (
    id          TEXT PRIMARY KEY,
    url         TEXT NOT NULL CHECK (length(url) > 0),
    events      TEXT NOT NULL, -- JSON list of kinds of notices
    secret      TEXT NOT NULL CHECK (length(secret) > 0), -- signs what is sent; no answer shows it again
    created_by  TEXT NOT NULL REFERENCES account (id),
    created_at  {{.Time}} NOT NULL,
    disabled_by TEXT REFERENCES account (id),
    disabled_at {{.Time}},
    CHECK ((disabled_by IS NULL) = (disabled_at IS NULL))
);
CREATE INDEX webhook_active ON webhook (id) WHERE disabled_at IS NULL;

CREATE TABLE delivery (
    id           TEXT PRIMARY KEY, -- goes out with every try, so that receivers can drop repeats
    channel      TEXT NOT NULL CHECK (channel IN ('email', 'wecom', 'sms', 'webhook')),
    target       TEXT NOT NULL, -- an account or a webhook; addresses are looked up when it is sent
    case_id      TEXT NOT NULL,
    position     BIGINT NOT NULL CHECK (position > 0), -- order within the case
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    link         TEXT NOT NULL,
    at           {{.Time}} NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('waiting', 'delivered', 'dead')),
    attempts     INTEGER NOT NULL CHECK (attempts >= 0),
    next_at      {{.Time}} NOT NULL,
    last_error   TEXT NOT NULL, -- a sentence of ours, never what the other side said
    locked_by    TEXT NOT NULL, -- who is sending it now, until locked_until
    locked_until {{.Time}},
    ended_at     {{.Time}},
    UNIQUE (case_id, position),
    CHECK ((status = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX delivery_due ON delivery (next_at, id) WHERE status = 'waiting';
CREATE INDEX delivery_before ON delivery (case_id, channel, target, position) WHERE status = 'waiting';
CREATE INDEX delivery_order ON delivery (status, at, id);

-- What was told stays told, and only its reading changes; what is to be sent
-- keeps its words and its place; a webhook is disabled, never removed or turned elsewhere.
{{- if .Postgres}}

CREATE FUNCTION notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.account_id, NEW.case_id, NEW.kind, NEW.title, NEW.text, NEW.link, NEW.at)
        IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.case_id, OLD.kind, OLD.title, OLD.text, OLD.link, OLD.at)
        OR OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at THEN
        RAISE EXCEPTION 'the words of a notice are never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notice_stays BEFORE UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION notice_stays();

CREATE FUNCTION delivery_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.channel, NEW.target, NEW.case_id, NEW.position, NEW.kind, NEW.title, NEW.text, NEW.link, NEW.at)
        IS DISTINCT FROM (OLD.id, OLD.channel, OLD.target, OLD.case_id, OLD.position, OLD.kind, OLD.title, OLD.text, OLD.link, OLD.at)
        OR OLD.status = 'delivered' THEN
        RAISE EXCEPTION 'what is sent is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delivery_stays BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION delivery_stays();

CREATE FUNCTION webhook_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.url, NEW.events, NEW.secret, NEW.created_by, NEW.created_at)
        IS DISTINCT FROM (OLD.id, OLD.url, OLD.events, OLD.secret, OLD.created_by, OLD.created_at)
        OR OLD.disabled_at IS NOT NULL THEN
        RAISE EXCEPTION 'a webhook is disabled, never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER webhook_stays BEFORE UPDATE ON webhook FOR EACH ROW EXECUTE FUNCTION webhook_stays();
{{range .Notices}}
CREATE TRIGGER {{.Name}}_kept BEFORE DELETE ON {{.Name}} FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER {{.Name}}_no_truncate BEFORE TRUNCATE ON {{.Name}} FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
{{end}}
{{- else}}

CREATE TRIGGER notice_stays BEFORE UPDATE ON notice
WHEN NEW.id <> OLD.id OR NEW.account_id <> OLD.account_id OR NEW.case_id <> OLD.case_id OR NEW.kind <> OLD.kind OR NEW.title <> OLD.title
    OR NEW.text <> OLD.text OR NEW.link <> OLD.link OR NEW.at <> OLD.at OR (OLD.read_at IS NOT NULL AND NEW.read_at IS NOT OLD.read_at)
BEGIN SELECT RAISE(ABORT, 'the words of a notice are never changed'); END;

CREATE TRIGGER delivery_stays BEFORE UPDATE ON delivery
WHEN NEW.id <> OLD.id OR NEW.channel <> OLD.channel OR NEW.target <> OLD.target OR NEW.case_id <> OLD.case_id
    OR NEW.position <> OLD.position OR NEW.kind <> OLD.kind OR NEW.title <> OLD.title OR NEW.text <> OLD.text OR NEW.link <> OLD.link
    OR NEW.at <> OLD.at OR OLD.status = 'delivered'
BEGIN SELECT RAISE(ABORT, 'what is sent is never changed'); END;

CREATE TRIGGER webhook_stays BEFORE UPDATE ON webhook
WHEN NEW.id <> OLD.id OR NEW.url <> OLD.url OR NEW.events <> OLD.events OR NEW.secret <> OLD.secret OR NEW.created_by <> OLD.created_by
    OR NEW.created_at <> OLD.created_at OR OLD.disabled_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a webhook is disabled, never changed'); END;
{{range .Notices}}
CREATE TRIGGER {{.Name}}_kept BEFORE DELETE ON {{.Name}} BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END;
CREATE TRIGGER {{.Name}}_no_replace BEFORE INSERT ON {{.Name}}
WHEN EXISTS (SELECT 1 FROM {{.Name}} x WHERE {{.Same}})
BEGIN SELECT RAISE(ABORT, 'rows are never replaced'); END;
{{end}}
{{- end}}
