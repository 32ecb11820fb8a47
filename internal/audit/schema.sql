-- The tables of the audit database, version 1. The views at the end are stable
-- (see the contract); the tables may change with a later migration.
--
-- Everything is append-only. Triggers at the end refuse UPDATE and DELETE (and,
-- with recursive_triggers, REPLACE); the few updates there are move forward
-- only and keep what was there. Whoever edits the file with another tool walks
-- round triggers, and is found by verify. Erasing a person ("forget") is the one
-- lawful exception: it drops and re-makes the triggers in its own transaction.
--
-- Integers stand for what repeats: runs by seq, reasons by set_id, texts by
-- word_id. Moments are contact.Moment: seconds since 1970 UTC, times two, plus
-- one when only the day is known; 0 is unknown. Keys are contact.Key: a phone is
-- its own digits, anything else is kind << 60 | 60 bits of a hash.

-- name: 'verifier' is the public key of the checkpoints.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A text that many rows share: a rule, a consent's detail, a policy.
CREATE TABLE word (
  word_id INTEGER PRIMARY KEY,
  text    TEXT NOT NULL
) STRICT;

-- One run; or one pardon or forget, which are runs of their own that decide
-- nothing.
CREATE TABLE run (
  seq           INTEGER PRIMARY KEY, -- from 1000 on: see contact
  run_id        TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('run', 'pardon', 'forget')),
  status        TEXT NOT NULL CHECK (status IN ('running', 'sealed', 'published', 'withheld', 'failed', 'abandoned')),
  ends_as       TEXT,              -- what a sealed run will be when all is visible: published or withheld
  started_at    TEXT NOT NULL,
  finished_at   TEXT,
  as_of         TEXT NOT NULL,
  tool_version  TEXT NOT NULL,
  policy_sha256 TEXT NOT NULL,
  policy        INTEGER NOT NULL REFERENCES word,
  rows_read     INTEGER,           -- rows of the inputs that are contacts; NULL until sealed, as all below
  rows_clean    INTEGER,
  rows_cold     INTEGER,
  rows_hold     INTEGER,
  rows_removed  INTEGER,
  rows_invalid  INTEGER,
  rows_merged   INTEGER,
  first_leaf    INTEGER,           -- this run's leaves are first_leaf .. tree_size-1:
  first_evidence INTEGER,          -- the evidence from this id on,
  evidence_leaves INTEGER,         -- so many, in order of evidence_id,
  tree_size     INTEGER,           -- then the decisions made or changed, in order of contact_id
  root          TEXT,              -- base64, the RFC 6962 tree head of tree_size leaves
  frontier      BLOB,              -- the roots of the perfect subtrees that make up the tree, largest first, 32 bytes each
  last_input    INTEGER,           -- the largest input_id that the checkpoint covers
  last_block    INTEGER,           -- the largest block_id of posting that it covers
  posting_salt  BLOB,              -- stands before these blocks where they are hashed
  checkpoint    TEXT,              -- the signed note
  accepted      TEXT,              -- the words of --accept-risk with the findings they are about, or why somebody was forgotten; covered by the checkpoint
  rewritten     TEXT,              -- of a forget, JSON [{"run_id","was","is"}]: the hash of the posting blocks of runs before, from which it took somebody; covered by the checkpoint
  lists         TEXT,              -- JSON [{name,rows,sha256}]: covered by the checkpoint
  reports       TEXT,              -- the same, of files that show the checkpoint and so are not covered
  summary       TEXT,              -- not covered
  ending        TEXT               -- a signed note about status, finished_at, reports and summary
) STRICT;

-- One table of one file that a run read.
CREATE TABLE input (
  input_id INTEGER PRIMARY KEY,
  run      INTEGER NOT NULL REFERENCES run,
  path     TEXT NOT NULL,
  sheet    TEXT NOT NULL,
  role     TEXT NOT NULL,
  system   TEXT NOT NULL,
  encoding TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  rows     INTEGER                 -- NULL until the table is read to its end
) STRICT;
CREATE INDEX input_run ON input (run);

-- A set of reasons and the verdict that follows. bits is contact.ReasonSet; the
-- low three bits of set_id are contact.Verdict. From 1024 on: see contact.
CREATE TABLE reason_set (
  set_id  INTEGER PRIMARY KEY,
  bits    INTEGER NOT NULL UNIQUE,
  verdict TEXT NOT NULL,
  reasons TEXT NOT NULL
) STRICT;

-- Every contact with its newest decision. contact_id runs from 1 without gaps,
-- in the order in which contacts first stood in inputs sorted by (sha256, sheet).
-- The key of a forgotten contact is 0; nothing but the number is left of it.
--
-- A new decision must not make its row longer: pages are packed full, and would
-- split. So what changes has its final width from the start: since_run and set_id
-- begin where SQLite takes two bytes, and leaf is the leaf's number plus 2^24.
-- No index on key: a hundred daily runs would split its pages again and again
-- (a third more file for 1 % of new keys); `posting` is the index.
CREATE TABLE contact (
  contact_id INTEGER PRIMARY KEY,
  key        INTEGER NOT NULL,     -- of the phone, or of a record with none
  set_id     INTEGER NOT NULL REFERENCES reason_set,
  since_run  INTEGER NOT NULL REFERENCES run,
  leaf       INTEGER NOT NULL      -- plus 2^24
) STRICT;

-- The decisions that were superseded: in force from since_run up to, not in,
-- until_run. Filled by a trigger of contact alone.
CREATE TABLE past (
  contact_id INTEGER NOT NULL REFERENCES contact,
  since_run  INTEGER NOT NULL REFERENCES run,
  until_run  INTEGER NOT NULL REFERENCES run,
  set_id     INTEGER NOT NULL REFERENCES reason_set,
  leaf       INTEGER NOT NULL,
  PRIMARY KEY (contact_id, since_run)
) STRICT, WITHOUT ROWID;

-- Which contact stands on which row is kept as runs of rows that repeat from
-- file to file, cut where the contacts themselves say so: a row more or less
-- changes one chunk, not all that follow. A row's code is contact_id*2, plus 1
-- when it is merged into another row of its contact; a row number that is not a
-- row is null.
-- base NULL: codes is the JSON array of the chunk's codes. Else it is a JSON
-- array of codes and of pairs [from, length]: a piece of the base's codes text,
-- as substr(codes, from, length) gives it. A base never has a base.
CREATE TABLE chunk (
  chunk_id INTEGER PRIMARY KEY,
  digest   INTEGER NOT NULL,       -- first 8 bytes of SHA-256 of the codes in full
  base     INTEGER REFERENCES chunk,
  codes    TEXT NOT NULL
) STRICT;
CREATE INDEX chunk_base ON chunk (base) WHERE base IS NOT NULL;

-- The rows of one input: JSON [[first row, chunk_id], …].
CREATE TABLE layout (
  layout_id INTEGER PRIMARY KEY,
  digest    TEXT NOT NULL UNIQUE,  -- hex SHA-256 of "first row:codes in full\n" of each chunk
  chunks    TEXT NOT NULL
) STRICT;

CREATE TABLE standing (
  input_id  INTEGER PRIMARY KEY REFERENCES input,
  layout_id INTEGER NOT NULL REFERENCES layout
) STRICT;

-- Facts about identifiers, each once, with where it was first read.
CREATE TABLE fact (
  evidence_id INTEGER PRIMARY KEY,
  digest   INTEGER NOT NULL,       -- first 8 bytes of SHA-256 of what makes it this fact: see ENCODING.md
  kind     INTEGER NOT NULL,       -- contact.EvidenceKind
  via      INTEGER NOT NULL,       -- contact.Via
  channel  INTEGER NOT NULL,       -- contact.Channel
  key      INTEGER NOT NULL,
  ident    TEXT,                   -- the identifier in full; NULL for a phone
  happened INTEGER NOT NULL,       -- moment
  run      INTEGER NOT NULL REFERENCES run,
  input_id INTEGER REFERENCES input,
  row      INTEGER,
  rule     INTEGER NOT NULL REFERENCES word,
  detail   INTEGER REFERENCES word,
  quote    TEXT
) STRICT;

-- Sorted lists of pairs (key, value), the indexes of this database. Each run adds
-- segments of its own that are never touched again, as in a log-structured merge
-- tree, so that the file grows with what is new. A segment is cut into blocks of
-- pairs in order: entries is, for each pair, uvarint(key - key before it, from 0
-- on) uvarint(value).
--   list 1: identifier -> contact_id*2, plus 1 when it is the contact's own key
--   list 2: contact_id -> identifier (all but its own key)
--   list 3: identifier -> key of a contact that a refusal was in force for
--   list 4: identifier -> evidence_id
--   list 5: contact_id -> chunk that spells it out
--   list 6: contact_id -> a claim of consent that its contacts file made, when a
--     clean verdict was given: moment << 8 | sourced << 7 | 1 << 6 | channel, or
--     0 for none any more. The newest segment that has the contact holds all.
CREATE TABLE posting (
  block_id  INTEGER PRIMARY KEY,
  list      INTEGER NOT NULL,
  segment   INTEGER NOT NULL,      -- block_id of the segment's first block
  first_key INTEGER NOT NULL,
  entries   BLOB NOT NULL
) STRICT;
CREATE INDEX posting_key ON posting (list, segment, first_key);

-- The leaves whose contents were erased with their salts: the hash keeps the tree
-- whole. A forgotten piece of evidence has no row in fact any more. own_leaf is the
-- leaf of the forget that says so.
CREATE TABLE erased (
  leaf     INTEGER PRIMARY KEY,    -- from 0
  hash     BLOB NOT NULL,
  run      INTEGER NOT NULL REFERENCES run,
  own_leaf INTEGER NOT NULL
) STRICT;

-- What is kept of the refusals of forgotten people, and of what lifts them:
-- tag is the first 16 bytes of HMAC-SHA-256 of the identifier (u64 contact.Key, big
-- endian) under the key of the key file whose SHA-256 begins with hmac_key.
CREATE TABLE hashed (
  own_leaf    INTEGER PRIMARY KEY,
  run         INTEGER NOT NULL REFERENCES run,
  hmac_key    INTEGER NOT NULL,
  tag         BLOB NOT NULL,
  kind        INTEGER NOT NULL,
  via         INTEGER NOT NULL,
  channel     INTEGER NOT NULL,
  happened    INTEGER NOT NULL,
  evidence_id INTEGER NOT NULL     -- that it had
) STRICT;

-- The seeds that salts grow from: see ENCODING.md.
CREATE TABLE salt (
  run   INTEGER NOT NULL REFERENCES run,
  level INTEGER NOT NULL,
  idx   INTEGER NOT NULL,
  seed  BLOB NOT NULL,
  PRIMARY KEY (run, level, idx)
) STRICT, WITHOUT ROWID;

-- The tree's hashes from level 8 up (each over 256 leaves or more); what is below
-- is computed from the leaves.
CREATE TABLE node (
  level INTEGER NOT NULL,
  idx   INTEGER NOT NULL,
  hash  BLOB NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER meta_update BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER meta_delete BEFORE DELETE ON meta BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER word_update BEFORE UPDATE ON word BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER word_delete BEFORE DELETE ON word BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER reason_set_update BEFORE UPDATE ON reason_set BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER reason_set_delete BEFORE DELETE ON reason_set BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER past_update BEFORE UPDATE ON past BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER past_delete BEFORE DELETE ON past BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER chunk_update BEFORE UPDATE ON chunk BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER chunk_delete BEFORE DELETE ON chunk BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER layout_update BEFORE UPDATE ON layout BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER layout_delete BEFORE DELETE ON layout BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER standing_update BEFORE UPDATE ON standing BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER standing_delete BEFORE DELETE ON standing BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER fact_update BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER fact_delete BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER posting_update BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER posting_delete BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER erased_update BEFORE UPDATE ON erased BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER erased_delete BEFORE DELETE ON erased BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER hashed_update BEFORE UPDATE ON hashed BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER hashed_delete BEFORE DELETE ON hashed BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER salt_update BEFORE UPDATE ON salt BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER salt_delete BEFORE DELETE ON salt BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER node_update BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER node_delete BEFORE DELETE ON node BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER run_delete BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- A run is sealed once and ends once; what it started with never changes.
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

CREATE TRIGGER input_delete BEFORE DELETE ON input BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- The number of rows is learnt at the end of reading.
CREATE TRIGGER input_update BEFORE UPDATE ON input
WHEN OLD.rows IS NOT NULL
  OR (NEW.input_id, NEW.run, NEW.path, NEW.sheet, NEW.role, NEW.system, NEW.encoding, NEW.sha256) IS NOT
     (OLD.input_id, OLD.run, OLD.path, OLD.sheet, OLD.role, OLD.system, OLD.encoding, OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER contact_delete BEFORE DELETE ON contact BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- A new decision never overwrites the old one: the old one moves to past.
CREATE TRIGGER contact_update BEFORE UPDATE ON contact BEGIN
  SELECT RAISE(ABORT, 'append-only')
  WHERE NEW.contact_id <> OLD.contact_id OR NEW.key <> OLD.key OR NEW.since_run <= OLD.since_run OR NEW.leaf <= OLD.leaf;
  INSERT INTO past VALUES (OLD.contact_id, OLD.since_run, NEW.since_run, OLD.set_id, OLD.leaf);
END;

-- The codes of each chunk in full. Inner, may change.
CREATE VIEW chunk_codes (chunk_id, codes) AS
SELECT c.chunk_id,
  CASE WHEN c.base IS NULL THEN c.codes ELSE '[' || (
    SELECT group_concat(piece, ',') FROM (
      SELECT CASE p.type WHEN 'array' THEN substr(b.codes, p.value ->> 0, p.value ->> 1) ELSE coalesce(p.value, 'null') END AS piece
      FROM json_each(c.codes) AS p ORDER BY p.key)) || ']' END
FROM chunk AS c LEFT JOIN chunk AS b ON b.chunk_id = c.base;

CREATE VIEW runs (run_id, started_at, finished_at, as_of, status, tool_version, policy_sha256, policy,
  rows_read, rows_clean, rows_cold, rows_hold, rows_removed, rows_invalid, rows_merged, root) AS
SELECT run_id, started_at, finished_at, as_of, status, tool_version, policy_sha256, word.text,
  rows_read, rows_clean, rows_cold, rows_hold, rows_removed, rows_invalid, rows_merged, root
FROM run JOIN word ON word_id = policy
WHERE kind = 'run' AND status IN ('published', 'withheld', 'failed', 'abandoned');

CREATE VIEW inputs (run_id, input_id, path, sheet, role, system, encoding, sha256, rows) AS
SELECT run_id, input_id, path, sheet, role, system, encoding, sha256, rows
FROM input JOIN run ON seq = run;

-- Every row of every run's contacts files with its contact. Inner, may change.
CREATE VIEW placed (run, input_id, row, code) AS
SELECT i.run, i.input_id, (part.value ->> 0) + cell.key, cell.value
FROM input AS i
  JOIN standing AS s ON s.input_id = i.input_id
  JOIN layout AS l ON l.layout_id = s.layout_id
  JOIN json_each(l.chunks) AS part
  JOIN chunk_codes AS c ON c.chunk_id = part.value ->> 1
  JOIN json_each(c.codes) AS cell
WHERE cell.value IS NOT NULL;

CREATE VIEW contact_rows (run_id, input_id, row, contact_id, phone, outcome, reasons) AS
SELECT r.run_id, p.input_id, p.row, k.contact_id, CASE WHEN k.key BETWEEN 1 AND 999999999999999 THEN '+' || k.key END,
  CASE WHEN p.code & 1 THEN 'merged' ELSE v.verdict END, v.reasons
FROM run AS r
  JOIN placed AS p ON p.run = r.seq
  JOIN contact AS k ON k.contact_id = p.code >> 1
  LEFT JOIN past AS o ON k.since_run > r.seq AND o.contact_id = k.contact_id AND o.since_run <= r.seq AND o.until_run > r.seq
  JOIN reason_set AS v ON v.set_id = CASE WHEN k.since_run <= r.seq THEN k.set_id ELSE o.set_id END;

-- The decisions in force in each run, by number. Inner, may change.
CREATE VIEW decided (run, contact_id, key, set_id, since_run) AS
SELECT p.run, k.contact_id, k.key,
  CASE WHEN k.since_run <= p.run THEN k.set_id ELSE o.set_id END,
  CASE WHEN k.since_run <= p.run THEN k.since_run ELSE o.since_run END
FROM placed AS p
  JOIN contact AS k ON k.contact_id = p.code >> 1
  LEFT JOIN past AS o ON k.since_run > p.run AND o.contact_id = k.contact_id AND o.since_run <= p.run AND o.until_run > p.run
WHERE p.code & 1 = 0;

CREATE VIEW decisions (run_id, contact_id, phone, verdict, reasons, since_run) AS
SELECT r.run_id, d.contact_id, CASE WHEN d.key BETWEEN 1 AND 999999999999999 THEN '+' || d.key END, v.verdict, v.reasons,
  (SELECT run_id FROM run WHERE seq = d.since_run)
FROM run AS r JOIN decided AS d ON d.run = r.seq JOIN reason_set AS v ON v.set_id = d.set_id;

CREATE VIEW evidence_kinds (kind, name) AS
VALUES (1, 'optout'), (2, 'optin'), (3, 'complaint'), (4, 'consent'), (5, 'unsure'), (6, 'protected'), (7, 'inbound'),
  (8, 'outbound'), (9, 'delivered'), (10, 'unreachable'), (11, 'suspected_spam'), (12, 'bot_started'), (13, 'bot_stopped'),
  (14, 'pardon'), (15, 'keep');
CREATE VIEW channels (channel, name) AS
VALUES (0, 'any'), (1, 'max'), (2, 'whatsapp'), (3, 'telegram'), (4, 'viber'), (5, 'sms'), (6, 'call'), (7, 'email');
CREATE VIEW identifier_kinds (kind, name) AS
VALUES (0, 'phone'), (1, 'email'), (2, 'crm'), (3, 'messenger'), (4, 'record');

CREATE VIEW evidence (evidence_id, kind, identifier_kind, identifier, channel, happened_at, first_run, input_id, row, rule, quote) AS
SELECT f.evidence_id, (SELECT name FROM evidence_kinds WHERE kind = f.kind),
  (SELECT name FROM identifier_kinds WHERE kind = f.key >> 60), coalesce(f.ident, '+' || f.key),
  (SELECT name FROM channels WHERE channel = f.channel),
  CASE f.happened WHEN 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%SZ', f.happened >> 1, 'unixepoch') END,
  r.run_id, f.input_id, f.row, w.text, f.quote
FROM fact AS f JOIN run AS r ON r.seq = f.run JOIN word AS w ON w.word_id = f.rule;
