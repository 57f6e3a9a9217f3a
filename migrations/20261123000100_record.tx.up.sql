-- The record: who acts, what is cataloged, the cases, and what runs beside them.
-- One file for both databases; the words that differ come from words.go.

CREATE TABLE agency (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) > 0),
    kind TEXT NOT NULL CHECK (kind IN ('government', 'public_body', 'by_reference')) -- Article 47
);

CREATE TABLE district (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    name          TEXT NOT NULL,
    commission_id TEXT NOT NULL REFERENCES agency (id),
    substitute_id TEXT REFERENCES agency (id), -- holds the commission's seat when the commission itself asks
    demo          BOOLEAN NOT NULL
);

CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    agency_id     TEXT NOT NULL REFERENCES agency (id),
    password_hash TEXT NOT NULL,
    active        BOOLEAN NOT NULL,
    created_at    {{.Time}} NOT NULL
);

CREATE TABLE role_assignment (
    account_id TEXT NOT NULL REFERENCES account (id),
    role       TEXT NOT NULL,
    domain     TEXT NOT NULL, -- an agency, or * for the district
    PRIMARY KEY (account_id, role, domain)
);

CREATE TABLE role_version (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO role_version (id, version) VALUES (1, 1);

CREATE TABLE session (
    digest     TEXT PRIMARY KEY, -- SHA-256 of the token; the token itself is never stored
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at {{.Time}} NOT NULL,
    expires_at {{.Time}} NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE login_attempt (
    subject      TEXT PRIMARY KEY, -- digest of account name or address
    failures     INTEGER NOT NULL,
    last_at      {{.Time}} NOT NULL,
    locked_until {{.Time}} NOT NULL
);

CREATE TABLE catalog_entry (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    code         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    summary      TEXT NOT NULL,
    agency_id    TEXT NOT NULL REFERENCES agency (id),
    sharing      TEXT NOT NULL CHECK (sharing IN ('unconditional', 'authorized', 'not_shared', 'unclassified')),
    open         TEXT NOT NULL CHECK (open IN ('open', 'conditional', 'not_open')),
    level        TEXT NOT NULL,
    update_cycle TEXT NOT NULL,
    format       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    grounds      TEXT NOT NULL, -- JSON list of grounds
    -- Article 2; TL 3: state and work secrets are not registrable.
    secrecy      TEXT NOT NULL CHECK (secrecy = '非涉密'),
    updated_at   {{.Time}} NOT NULL,
    -- Article 26(1): authorized and not shared need a reason and a ground.
    CHECK (sharing NOT IN ('authorized', 'not_shared') OR (length(reason) > 0 AND length(grounds) > 2))
);
CREATE INDEX catalog_entry_order ON catalog_entry (updated_at, id);
CREATE INDEX catalog_entry_agency ON catalog_entry (agency_id, updated_at, id);

CREATE TABLE catalog_item (
    id        TEXT PRIMARY KEY,
    entry_id  TEXT NOT NULL REFERENCES catalog_entry (id),
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    data_type TEXT NOT NULL,
    level     TEXT NOT NULL,
    sharing   TEXT NOT NULL CHECK (sharing IN ('unconditional', 'authorized', 'not_shared', 'unclassified')),
    reason    TEXT NOT NULL,
    grounds   TEXT NOT NULL,
    UNIQUE (entry_id, position)
);

CREATE TABLE scenario (
    id          TEXT PRIMARY KEY,
    version     BIGINT NOT NULL,
    name        TEXT NOT NULL,
    domain      TEXT NOT NULL,
    application TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    entry_id    TEXT NOT NULL REFERENCES catalog_entry (id),
    items       TEXT NOT NULL, -- JSON list: the whitelist of Article 27
    agencies    TEXT NOT NULL, -- JSON list: who is eligible
    active      BOOLEAN NOT NULL,
    until       TEXT NOT NULL
);
CREATE INDEX scenario_entry ON scenario (entry_id);

CREATE TABLE calendar_year (
    year    INTEGER PRIMARY KEY,
    status  TEXT NOT NULL CHECK (status IN ('official', 'provisional', 'missing')),
    notice  TEXT NOT NULL,
    source  TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE calendar_day (
    day  TEXT PRIMARY KEY,
    off  BOOLEAN NOT NULL,
    name TEXT NOT NULL
);

CREATE TABLE rule_pack (
    version    TEXT PRIMARY KEY,
    adopted_on TEXT NOT NULL,
    note       TEXT NOT NULL,
    test       BOOLEAN NOT NULL
);

CREATE TABLE term (
    pack            TEXT NOT NULL REFERENCES rule_pack (version),
    code            TEXT NOT NULL,
    scope           TEXT NOT NULL CHECK (scope IN ('', 'government', 'other')),
    title           TEXT NOT NULL,
    value           INTEGER NOT NULL CHECK (value > 0),
    unit            TEXT NOT NULL CHECK (unit IN ('working_day', 'calendar_day')),
    basis           TEXT NOT NULL CHECK (basis IN ('法定', '参照', '本区设定')),
    source          TEXT NOT NULL CHECK (length(source) > 0),
    edition         TEXT NOT NULL,
    article         TEXT NOT NULL,
    in_force_from   TEXT NOT NULL,
    note            TEXT NOT NULL,
    PRIMARY KEY (pack, code, scope, in_force_from)
);

CREATE TABLE share_request (
    id               TEXT PRIMARY KEY,
    entry_id         TEXT NOT NULL REFERENCES catalog_entry (id),
    entry_version    BIGINT NOT NULL,
    scenario_id      TEXT REFERENCES scenario (id),
    scenario_version BIGINT NOT NULL,
    requester_id     TEXT NOT NULL REFERENCES agency (id),
    provider_id      TEXT NOT NULL REFERENCES agency (id),
    commission_id    TEXT NOT NULL REFERENCES agency (id),
    government       BOOLEAN NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('sign_off', 'form_check', 'supplement', 'joint_review',
                     'approved', 'granted', 'partially_granted', 'refused', 'disputed', 'withdrawn')),
    title            TEXT NOT NULL, -- agency and entry as they stood, for lists
    purpose          TEXT NOT NULL,
    basis            TEXT NOT NULL,
    mode             TEXT NOT NULL CHECK (mode = 'request_response'), -- Article 24(3), until copy mode has its procedure
    system           TEXT NOT NULL,
    until            TEXT NOT NULL,
    submitted_by     TEXT NOT NULL REFERENCES account (id),
    submitted_at     {{.Time}} NOT NULL,
    signed_by        TEXT REFERENCES account (id),
    signed_at        {{.Time}},
    returned         BOOLEAN NOT NULL,
    return_reason    TEXT NOT NULL,
    noticed          BOOLEAN NOT NULL,
    missing          TEXT NOT NULL, -- JSON list of what the one notice asked for
    noticed_at       {{.Time}},
    supplied         BOOLEAN NOT NULL,
    supplied_at      {{.Time}},
    supply_note      TEXT NOT NULL,
    extension        TEXT NOT NULL CHECK (extension IN ('', 'asked', 'consented', 'declined')),
    extension_reason TEXT NOT NULL,
    asked_by         TEXT REFERENCES account (id),
    asked_at         {{.Time}},
    decided_by       TEXT REFERENCES account (id),
    decided_at       {{.Time}},
    decision_reason  TEXT NOT NULL,
    withdraw_reason  TEXT NOT NULL,
    closed_at        {{.Time}},
    acts             TEXT NOT NULL, -- JSON list: who acted on which side
    drafters         TEXT NOT NULL, -- JSON list: none of them signs
    rules            TEXT NOT NULL REFERENCES rule_pack (version),
    version          BIGINT NOT NULL,
    updated_at       {{.Time}} NOT NULL,
    CHECK (requester_id <> provider_id),
    CHECK (signed_by IS NULL OR signed_by <> submitted_by) -- drafting and signing are two people
);
CREATE INDEX share_request_order ON share_request (submitted_at, id);
CREATE INDEX share_request_requester ON share_request (requester_id, submitted_at, id);
CREATE INDEX share_request_provider ON share_request (provider_id, submitted_at, id);
CREATE INDEX share_request_submitter ON share_request (submitted_by, submitted_at, id);
CREATE INDEX share_request_open ON share_request (updated_at)
    WHERE status IN ('sign_off', 'form_check', 'supplement', 'joint_review', 'approved', 'disputed');

CREATE TABLE share_request_part (
    request_id TEXT NOT NULL REFERENCES share_request (id),
    position   INTEGER NOT NULL,
    item_id    TEXT NOT NULL REFERENCES catalog_item (id),
    item_name  TEXT NOT NULL, -- as it stood when the request was made
    level      TEXT NOT NULL,
    path       TEXT NOT NULL CHECK (path IN ('unconditional', 'scenario', 'review', 'barred')),
    status     TEXT NOT NULL CHECK (status IN ('pending', 'agreed', 'granted', 'refused', 'barred', 'disputed', 'withdrawn')),
    reason     TEXT NOT NULL,
    grounds    TEXT NOT NULL,
    PRIMARY KEY (request_id, position),
    UNIQUE (request_id, item_id),
    CHECK ((path = 'barred') = (status = 'barred')),          -- stopped by law, never refused or granted
    CHECK (status <> 'refused' OR path = 'review')            -- only a review can refuse
);

CREATE TABLE opinion (
    id         TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES share_request (id),
    side       TEXT NOT NULL CHECK (side IN ('provider', 'commission')),
    outcome    TEXT NOT NULL CHECK (outcome IN ('agree', 'agree_with_conditions', 'refuse')),
    reason     TEXT NOT NULL,
    conditions TEXT NOT NULL,
    items      TEXT NOT NULL, -- JSON list narrowing a refusal
    drafted_by TEXT NOT NULL REFERENCES account (id), -- a person: no machine has an account
    drafted_at {{.Time}} NOT NULL,
    CHECK (outcome <> 'refuse' OR length(trim(reason)) > 0),
    CHECK (outcome <> 'agree_with_conditions' OR length(conditions) > 2)
);
CREATE INDEX opinion_request ON opinion (request_id, drafted_at);

CREATE TABLE legal_ground (
    opinion_id  TEXT NOT NULL REFERENCES opinion (id) DEFERRABLE INITIALLY DEFERRED, -- grounds are written first
    position    INTEGER NOT NULL,
    level       TEXT NOT NULL CHECK (level IN ('法律', '行政法规', '地方性法规', '部门规章', '地方政府规章', '国务院决定')),
    title       TEXT NOT NULL CHECK (length(trim(title)) > 0),
    doc_no      TEXT NOT NULL,
    article     TEXT NOT NULL CHECK (length(trim(article)) > 0),
    quote       TEXT NOT NULL CHECK (length(trim(quote)) > 0),
    in_force_on TEXT NOT NULL CHECK (length(in_force_on) = 10),
    PRIMARY KEY (opinion_id, position)
);

CREATE TABLE opinion_signature (
    opinion_id TEXT PRIMARY KEY REFERENCES opinion (id),
    outcome    TEXT NOT NULL CHECK (outcome IN ('sign', 'return')),
    reason     TEXT NOT NULL,
    signed_by  TEXT NOT NULL REFERENCES account (id),
    signed_at  {{.Time}} NOT NULL
);

CREATE TABLE case_clock (
    case_id     TEXT NOT NULL,
    position    INTEGER NOT NULL,
    code        TEXT NOT NULL,
    title       TEXT NOT NULL,
    started_at  {{.Time}} NOT NULL,
    value       INTEGER NOT NULL,
    extended    INTEGER NOT NULL,
    unit        TEXT NOT NULL,
    basis       TEXT NOT NULL CHECK (basis IN ('法定', '参照', '本区设定')),
    source      TEXT NOT NULL,
    edition     TEXT NOT NULL,
    article     TEXT NOT NULL,
    calendar    TEXT NOT NULL,
    suspended   TEXT NOT NULL,
    due_at      {{.Time}},
    remind_at   {{.Time}},
    last_day    TEXT NOT NULL,
    provisional BOOLEAN NOT NULL,
    reminded_at {{.Time}},
    overdue_at  {{.Time}},
    stopped_at  {{.Time}},
    stop_reason TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
);

CREATE TABLE task (
    id         TEXT PRIMARY KEY,
    case_id    TEXT NOT NULL,
    case_kind  TEXT NOT NULL,
    step       TEXT NOT NULL,
    title      TEXT NOT NULL,
    agency_id  TEXT NOT NULL REFERENCES agency (id),
    role       TEXT NOT NULL,
    party_id   TEXT NOT NULL REFERENCES agency (id), -- 当事机构
    due_at     {{.Time}},
    last_day   TEXT NOT NULL,
    provisional BOOLEAN NOT NULL,
    copy       BOOLEAN NOT NULL, -- 抄送: for information, never a duty
    created_at {{.Time}} NOT NULL,
    closed_at  {{.Time}},
    closed_by  TEXT REFERENCES account (id)
);
CREATE INDEX task_todo ON task (agency_id, role, created_at, id) WHERE closed_at IS NULL;
CREATE INDEX task_case ON task (case_id);
CREATE INDEX task_done ON task (closed_by, closed_at, id);

CREATE TABLE access_grant (
    id               TEXT PRIMARY KEY,
    request_id       TEXT NOT NULL REFERENCES share_request (id),
    entry_id         TEXT NOT NULL REFERENCES catalog_entry (id),
    agency_id        TEXT NOT NULL REFERENCES agency (id),
    provider_id      TEXT NOT NULL REFERENCES agency (id),
    path             TEXT NOT NULL CHECK (path IN ('unconditional', 'scenario', 'review')),
    scenario_id      TEXT REFERENCES scenario (id),
    scenario_version BIGINT NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('provisioning', 'active', 'suspended', 'expired', 'terminated')),
    mode             TEXT NOT NULL,
    system           TEXT NOT NULL,
    purpose          TEXT NOT NULL,
    items            TEXT NOT NULL,
    conditions       TEXT NOT NULL,
    granted_at       {{.Time}} NOT NULL,
    provision_due_at {{.Time}} NOT NULL,
    from_at          {{.Time}},
    until            TEXT NOT NULL,
    version          BIGINT NOT NULL,
    UNIQUE (request_id, path)
);
CREATE INDEX access_grant_order ON access_grant (granted_at, id);
CREATE INDEX access_grant_agency ON access_grant (agency_id, granted_at, id);
CREATE INDEX access_grant_entry ON access_grant (entry_id, granted_at, id);

CREATE TABLE event (
    stream       TEXT NOT NULL,
    seq          BIGINT NOT NULL CHECK (seq > 0),
    name         TEXT NOT NULL,
    at           {{.Time}} NOT NULL,
    actor_kind   TEXT NOT NULL CHECK (actor_kind IN ('human', 'system')),
    actor        TEXT NOT NULL,
    agency_id    TEXT NOT NULL,
    edition      TEXT NOT NULL,
    article      TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    detail       TEXT NOT NULL,
    body         TEXT NOT NULL,
    previous     TEXT NOT NULL,
    hash         TEXT NOT NULL UNIQUE,
    PRIMARY KEY (stream, seq)
);

CREATE TABLE event_pending (
    stream TEXT NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (stream, seq)
);

CREATE TABLE event_position (
    position BIGINT PRIMARY KEY, -- given by the one sequencer, in commit order
    stream   TEXT NOT NULL,
    seq      BIGINT NOT NULL,
    UNIQUE (stream, seq)
);

CREATE TABLE command (
    id         TEXT PRIMARY KEY, -- also the update's id in the engine
    account_id TEXT NOT NULL REFERENCES account (id),
    operation  TEXT NOT NULL,
    key_digest TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    body_hash  TEXT NOT NULL,
    body       TEXT NOT NULL, -- the words; events carry their digest
    result     TEXT NOT NULL, -- id of what the act made, such as the opinion
    created_at {{.Time}} NOT NULL,
    applied_at {{.Time}},
    settled_at {{.Time}},
    UNIQUE (account_id, operation, key_digest)
);
CREATE INDEX command_unsettled ON command (applied_at) WHERE settled_at IS NULL;
