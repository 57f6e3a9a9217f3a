-- Rules that hold against everybody who can write SQL. Article 25: no refusal
-- without a ground; correction 2: drafting and signing are two people; the
-- record is never rewritten.
{{- if .Postgres}}

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only table %: rows are never changed', TG_TABLE_NAME; END $$;

CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'table %: rows are never removed', TG_TABLE_NAME; END $$;
{{range .AppendOnly}}
CREATE TRIGGER {{.Name}}_append_only BEFORE UPDATE OR DELETE ON {{.Name}} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {{.Name}}_no_truncate BEFORE TRUNCATE ON {{.Name}} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
{{end}}
{{range .Kept}}
CREATE TRIGGER {{.Name}}_kept BEFORE DELETE ON {{.Name}} FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER {{.Name}}_no_truncate BEFORE TRUNCATE ON {{.Name}} FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
{{end}}
CREATE FUNCTION part_keeps_its_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.request_id, NEW.position, NEW.item_id, NEW.path) IS DISTINCT FROM (OLD.request_id, OLD.position, OLD.item_id, OLD.path) THEN
        RAISE EXCEPTION 'an item keeps the route the facts gave it (Article 26)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_keeps_its_path BEFORE UPDATE ON share_request_part FOR EACH ROW EXECUTE FUNCTION part_keeps_its_path();

CREATE FUNCTION command_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.applied_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.account_id, NEW.operation, NEW.case_id, NEW.body_hash, NEW.body, NEW.result, NEW.applied_at)
        IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.operation, OLD.case_id, OLD.body_hash, OLD.body, OLD.result, OLD.applied_at) THEN
        RAISE EXCEPTION 'the words of an act on record are never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER command_stays BEFORE UPDATE OR DELETE ON command FOR EACH ROW EXECUTE FUNCTION command_stays();
CREATE TRIGGER command_no_truncate BEFORE TRUNCATE ON command FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();

CREATE FUNCTION ground_before_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM opinion o WHERE o.id = NEW.opinion_id) THEN
        RAISE EXCEPTION 'grounds are written before their opinion, never added to it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ground_before_opinion BEFORE INSERT ON legal_ground FOR EACH ROW EXECUTE FUNCTION ground_before_opinion();

CREATE FUNCTION opinion_needs_ground() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'refuse' AND NOT EXISTS (SELECT 1 FROM legal_ground g WHERE g.opinion_id = NEW.id) THEN
        RAISE EXCEPTION 'a refusal needs a legal ground (Article 25)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opinion_needs_ground BEFORE INSERT ON opinion FOR EACH ROW EXECUTE FUNCTION opinion_needs_ground();

CREATE FUNCTION signature_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM opinion o WHERE o.id = NEW.opinion_id AND o.drafted_by = NEW.signed_by) THEN
        RAISE EXCEPTION 'drafting and signing are two people';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signature_by_another BEFORE INSERT ON opinion_signature FOR EACH ROW EXECUTE FUNCTION signature_by_another();

CREATE FUNCTION signed_sides(request TEXT, refusing BOOLEAN) RETURNS BIGINT LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT o.side) FROM opinion o JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign'
    WHERE o.request_id = request AND (NOT refusing OR o.outcome = 'refuse') $$;

CREATE FUNCTION part_refused_by_both() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'refused' AND signed_sides(NEW.request_id, TRUE) < 2 THEN
        RAISE EXCEPTION 'an item is refused by two signed refusals only (Articles 25, 26)';
    END IF;
    IF NEW.path = 'review' AND NEW.status IN ('agreed', 'granted') AND signed_sides(NEW.request_id, FALSE) < 2 THEN
        RAISE EXCEPTION 'an item under review is granted by two signed opinions only (Article 26)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_refused_by_both BEFORE INSERT OR UPDATE ON share_request_part FOR EACH ROW EXECUTE FUNCTION part_refused_by_both();

CREATE FUNCTION request_refused_by_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'refused' AND NOT EXISTS (SELECT 1 FROM share_request_part p WHERE p.request_id = NEW.id AND p.status = 'refused') THEN
        RAISE EXCEPTION 'a request is refused by its refused items only (Article 25)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER request_refused_by_parts BEFORE INSERT OR UPDATE ON share_request FOR EACH ROW EXECUTE FUNCTION request_refused_by_parts();

CREATE FUNCTION grant_after_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.path = 'review' AND signed_sides(NEW.request_id, FALSE) < 2 THEN
        RAISE EXCEPTION 'a grant after review needs two signed opinions (Article 26)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_after_review BEFORE INSERT ON access_grant FOR EACH ROW EXECUTE FUNCTION grant_after_review();
{{- else}}
{{range .AppendOnly}}
CREATE TRIGGER {{.Name}}_no_update BEFORE UPDATE ON {{.Name}} BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
CREATE TRIGGER {{.Name}}_no_delete BEFORE DELETE ON {{.Name}} BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never changed'); END;
-- INSERT OR REPLACE would remove a row without asking the delete trigger.
CREATE TRIGGER {{.Name}}_no_replace BEFORE INSERT ON {{.Name}}
WHEN EXISTS (SELECT 1 FROM {{.Name}} x WHERE {{.Same}})
BEGIN SELECT RAISE(ABORT, 'append-only table: rows are never replaced'); END;
{{end}}
{{range .Kept}}
CREATE TRIGGER {{.Name}}_kept BEFORE DELETE ON {{.Name}} BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END;
CREATE TRIGGER {{.Name}}_no_replace BEFORE INSERT ON {{.Name}}
WHEN EXISTS (SELECT 1 FROM {{.Name}} x WHERE {{.Same}})
BEGIN SELECT RAISE(ABORT, 'rows are never replaced'); END;
{{end}}
CREATE TRIGGER part_keeps_its_path BEFORE UPDATE ON share_request_part
WHEN NEW.request_id <> OLD.request_id OR NEW.position <> OLD.position OR NEW.item_id <> OLD.item_id OR NEW.path <> OLD.path
BEGIN SELECT RAISE(ABORT, 'an item keeps the route the facts gave it (Article 26)'); END;

CREATE TRIGGER command_stays BEFORE UPDATE ON command
WHEN OLD.applied_at IS NOT NULL AND (NEW.id <> OLD.id OR NEW.account_id <> OLD.account_id OR NEW.operation <> OLD.operation
    OR NEW.case_id <> OLD.case_id OR NEW.body_hash <> OLD.body_hash OR NEW.body <> OLD.body OR NEW.result <> OLD.result
    OR NEW.applied_at IS NOT OLD.applied_at)
BEGIN SELECT RAISE(ABORT, 'the words of an act on record are never changed'); END;
CREATE TRIGGER command_kept BEFORE DELETE ON command WHEN OLD.applied_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the words of an act on record are never changed'); END;
CREATE TRIGGER command_no_replace BEFORE INSERT ON command
WHEN EXISTS (SELECT 1 FROM command x WHERE x.id = NEW.id AND x.applied_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the words of an act on record are never changed'); END;

CREATE TRIGGER ground_before_opinion BEFORE INSERT ON legal_ground
WHEN EXISTS (SELECT 1 FROM opinion o WHERE o.id = NEW.opinion_id)
BEGIN SELECT RAISE(ABORT, 'grounds are written before their opinion, never added to it'); END;

CREATE TRIGGER opinion_needs_ground BEFORE INSERT ON opinion
WHEN NEW.outcome = 'refuse' AND NOT EXISTS (SELECT 1 FROM legal_ground g WHERE g.opinion_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a refusal needs a legal ground (Article 25)'); END;

CREATE TRIGGER signature_by_another BEFORE INSERT ON opinion_signature
WHEN EXISTS (SELECT 1 FROM opinion o WHERE o.id = NEW.opinion_id AND o.drafted_by = NEW.signed_by)
BEGIN SELECT RAISE(ABORT, 'drafting and signing are two people'); END;
{{range $when := .InsertOrUpdate}}
CREATE TRIGGER part_refused_by_both_{{$when}} BEFORE {{$when}} ON share_request_part
WHEN NEW.status = 'refused' AND (SELECT count(DISTINCT o.side) FROM opinion o
    JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign'
    WHERE o.request_id = NEW.request_id AND o.outcome = 'refuse') < 2
BEGIN SELECT RAISE(ABORT, 'an item is refused by two signed refusals only (Articles 25, 26)'); END;

CREATE TRIGGER part_granted_by_both_{{$when}} BEFORE {{$when}} ON share_request_part
WHEN NEW.path = 'review' AND NEW.status IN ('agreed', 'granted') AND (SELECT count(DISTINCT o.side) FROM opinion o
    JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign'
    WHERE o.request_id = NEW.request_id) < 2
BEGIN SELECT RAISE(ABORT, 'an item under review is granted by two signed opinions only (Article 26)'); END;

CREATE TRIGGER request_refused_by_parts_{{$when}} BEFORE {{$when}} ON share_request
WHEN NEW.status = 'refused' AND NOT EXISTS (SELECT 1 FROM share_request_part p WHERE p.request_id = NEW.id AND p.status = 'refused')
BEGIN SELECT RAISE(ABORT, 'a request is refused by its refused items only (Article 25)'); END;
{{end}}
CREATE TRIGGER grant_after_review BEFORE INSERT ON access_grant
WHEN NEW.path = 'review' AND (SELECT count(DISTINCT o.side) FROM opinion o
    JOIN opinion_signature s ON s.opinion_id = o.id AND s.outcome = 'sign' WHERE o.request_id = NEW.request_id) < 2
BEGIN SELECT RAISE(ABORT, 'a grant after review needs two signed opinions (Article 26)'); END;
{{- end}}
