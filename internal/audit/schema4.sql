-- Version 4: messages are remembered, so that a status that comes in a later run
-- finds whose it is.
--
-- A message is known by an identifier of a kind of its own, behind a key: see
-- ENCODING.md. A status whose message no run has seen yet is a fact about that
-- identifier. When a later run brings the message it becomes a fact about the
-- person, of that run, whose input and row are those of the status; so input_id may
-- be of an earlier run than run.
--
-- The lists of posting have one more:
--   list 7: message -> its day and channel: (days since 1970 + 1) << 4 | channel,
--     below 1,000,000; and the identifiers of whom it was to. 0 is an id that
--     messages to different people have. A message is stored by the first run that
--     knows to whom it was.

DROP VIEW identifier_kinds;
CREATE VIEW identifier_kinds (kind, name) AS
VALUES (0, 'phone'), (1, 'email'), (2, 'crm'), (3, 'messenger'), (4, 'record'), (5, 'message');
