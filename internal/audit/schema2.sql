-- Version 2: waves, parts of a clean list that were handed out for sending.
--
-- A wave is a run of its own, of kind 'wave', with a checkpoint and one leaf. The
-- table run is made anew for the sake of its CHECK alone, and with it the triggers
-- and views that name it; they are those of version 1, word for word.

DROP VIEW runs;
DROP VIEW inputs;
DROP VIEW contact_rows;
DROP VIEW decisions;
DROP VIEW evidence;
CREATE TABLE run_2 (
  seq           INTEGER PRIMARY KEY,
  run_id        TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('run', 'pardon', 'forget', 'wave')),
  status        TEXT NOT NULL CHECK (status IN ('running', 'sealed', 'published', 'withheld', 'failed', 'abandoned')),
  ends_as       TEXT,
  started_at    TEXT NOT NULL,
  finished_at   TEXT,
  as_of         TEXT NOT NULL,
  tool_version  TEXT NOT NULL,
  policy_sha256 TEXT NOT NULL,
  policy        INTEGER NOT NULL REFERENCES word,
  rows_read     INTEGER,
  rows_clean    INTEGER,
  rows_cold     INTEGER,
  rows_hold     INTEGER,
  rows_removed  INTEGER,
  rows_invalid  INTEGER,
  rows_merged   INTEGER,
  first_leaf    INTEGER,
  first_evidence INTEGER,
  evidence_leaves INTEGER,
  tree_size     INTEGER,
  root          TEXT,
  frontier      BLOB,
  last_input    INTEGER,
  last_block    INTEGER,
  posting_salt  BLOB,
  checkpoint    TEXT,
  accepted      TEXT,
  rewritten     TEXT,
  lists         TEXT,
  reports       TEXT,
  summary       TEXT,
  ending        TEXT
) STRICT;
INSERT INTO run_2 SELECT * FROM run;
DROP TABLE run;
ALTER TABLE run_2 RENAME TO run;

CREATE TRIGGER run_delete BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER run_update BEFORE UPDATE ON run
WHEN OLD.status NOT IN ('running', 'sealed')
  OR (OLD.status = 'sealed' AND (NEW.status IN ('running', 'sealed') OR
      (NEW.ends_as, NEW.rows_read, NEW.rows_clean, NEW.rows_cold, NEW.rows_hold, NEW.rows_removed, NEW.rows_invalid, NEW.rows_merged) IS NOT
      (OLD.ends_as, OLD.rows_read, OLD.rows_clean, OLD.rows_cold, OLD.rows_hold, OLD.rows_removed, OLD.rows_invalid, OLD.rows_merged) OR
      (NEW.first_leaf, NEW.first_evidence, NEW.evidence_leaves, NEW.tree_size, NEW.root, NEW.frontier, NEW.last_input, NEW.last_block, NEW.posting_salt, NEW.checkpoint) IS NOT
      (OLD.first_leaf, OLD.first_evidence, OLD.evidence_leaves, OLD.tree_size, OLD.root, OLD.frontier, OLD.last_input, OLD.last_block, OLD.posting_salt, OLD.checkpoint) OR
      (NEW.accepted, NEW.rewritten, NEW.lists, NEW.reports, NEW.summary) IS NOT (OLD.accepted, OLD.rewritten, OLD.lists, OLD.reports, OLD.summary)))
  OR (OLD.status = 'running' AND NEW.status IN ('published', 'withheld') AND NEW.kind = 'run')
  OR (NEW.seq, NEW.run_id, NEW.kind, NEW.started_at, NEW.as_of, NEW.tool_version, NEW.policy_sha256, NEW.policy) IS NOT
     (OLD.seq, OLD.run_id, OLD.kind, OLD.started_at, OLD.as_of, OLD.tool_version, OLD.policy_sha256, OLD.policy)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE VIEW runs (run_id, started_at, finished_at, as_of, status, tool_version, policy_sha256, policy,
  rows_read, rows_clean, rows_cold, rows_hold, rows_removed, rows_invalid, rows_merged, root) AS
SELECT run_id, started_at, finished_at, as_of, status, tool_version, policy_sha256, word.text,
  rows_read, rows_clean, rows_cold, rows_hold, rows_removed, rows_invalid, rows_merged, root
FROM run JOIN word ON word_id = policy
WHERE kind = 'run' AND status IN ('published', 'withheld', 'failed', 'abandoned');

CREATE VIEW inputs (run_id, input_id, path, sheet, role, system, encoding, sha256, rows) AS
SELECT run_id, input_id, path, sheet, role, system, encoding, sha256, rows
FROM input JOIN run ON seq = run;

CREATE VIEW contact_rows (run_id, input_id, row, contact_id, phone, outcome, reasons) AS
SELECT r.run_id, p.input_id, p.row, k.contact_id, CASE WHEN k.key BETWEEN 1 AND 999999999999999 THEN '+' || k.key END,
  CASE WHEN p.code & 1 THEN 'merged' ELSE v.verdict END, v.reasons
FROM run AS r
  JOIN placed AS p ON p.run = r.seq
  JOIN contact AS k ON k.contact_id = p.code >> 1
  LEFT JOIN past AS o ON k.since_run > r.seq AND o.contact_id = k.contact_id AND o.since_run <= r.seq AND o.until_run > r.seq
  JOIN reason_set AS v ON v.set_id = CASE WHEN k.since_run <= r.seq THEN k.set_id ELSE o.set_id END;

CREATE VIEW decisions (run_id, contact_id, phone, verdict, reasons, since_run) AS
SELECT r.run_id, d.contact_id, CASE WHEN d.key BETWEEN 1 AND 999999999999999 THEN '+' || d.key END, v.verdict, v.reasons,
  (SELECT run_id FROM run WHERE seq = d.since_run)
FROM run AS r JOIN decided AS d ON d.run = r.seq JOIN reason_set AS v ON v.set_id = d.set_id;

CREATE VIEW evidence (evidence_id, kind, identifier_kind, identifier, channel, happened_at, first_run, input_id, row, rule, quote) AS
SELECT f.evidence_id, (SELECT name FROM evidence_kinds WHERE kind = f.kind),
  (SELECT name FROM identifier_kinds WHERE kind = f.key >> 60), coalesce(f.ident, '+' || f.key),
  (SELECT name FROM channels WHERE channel = f.channel),
  CASE f.happened WHEN 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%SZ', f.happened >> 1, 'unixepoch') END,
  r.run_id, f.input_id, f.row, w.text, f.quote
FROM fact AS f JOIN run AS r ON r.seq = f.run JOIN word AS w ON w.word_id = f.rule
UNION ALL
-- The words of --accept-risk, with the findings that they are about.
SELECT NULL, 'accepted_risk', 'run', run_id, 'any', started_at, run_id, NULL, NULL, 'accept-risk', accepted
FROM run WHERE kind = 'run' AND accepted IS NOT NULL;

-- One wave. Nothing here or below says who somebody is: contact_id alone, so that
-- forgetting a person needs to change nothing.
CREATE TABLE wave (
  run        INTEGER PRIMARY KEY REFERENCES run, -- its own; as_of is when it was handed out, lists the file
  plan       TEXT NOT NULL,        -- waves of one plan share it
  number     INTEGER NOT NULL,     -- within the plan, from 1
  of_run     INTEGER NOT NULL REFERENCES run, -- whose clean list it is a part of
  channel    INTEGER NOT NULL,     -- contact.Channel
  expires_at TEXT NOT NULL,        -- not to be sent after this
  unsent     INTEGER REFERENCES wave, -- the wave that was said not to have been sent when this one was handed out
  leaf       INTEGER NOT NULL,     -- from 0
  UNIQUE (plan, number)
) STRICT;

-- Who was handed out in it.
CREATE TABLE handed (
  wave       INTEGER NOT NULL REFERENCES wave,
  contact_id INTEGER NOT NULL REFERENCES contact,
  PRIMARY KEY (wave, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER wave_update BEFORE UPDATE ON wave BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER wave_delete BEFORE DELETE ON wave BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER handed_update BEFORE UPDATE ON handed BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER handed_delete BEFORE DELETE ON handed BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE VIEW waves (wave_id, plan_id, number, run_id, channel, handed_at, expires_at, file, contacts, unsent) AS
SELECT r.run_id, w.plan, w.number, (SELECT run_id FROM run WHERE seq = w.of_run), (SELECT name FROM channels WHERE channel = w.channel),
  r.as_of, w.expires_at, r.lists ->> '$[0].name', (SELECT count(*) FROM handed WHERE wave = w.run), EXISTS (SELECT 1 FROM wave AS o WHERE o.unsent = w.run)
FROM wave AS w JOIN run AS r ON r.seq = w.run;

CREATE VIEW wave_contacts (wave_id, contact_id, phone) AS
SELECT r.run_id, h.contact_id, CASE WHEN k.key BETWEEN 1 AND 999999999999999 THEN '+' || k.key END
FROM handed AS h JOIN run AS r ON r.seq = h.wave JOIN contact AS k ON k.contact_id = h.contact_id;
