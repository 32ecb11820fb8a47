// The tabular part of the job in DuckDB: read, digits of the phone, leave out
// who is on a list, one row a phone, a verdict for every row, the clean list.
//
//   NODE_PATH=FOLDER/node_modules node peer_duckdb.js CONTACTS.csv OPTOUTS.csv COMPLAINTS.csv CLEAN.csv
//
// It does much less than cleanbase: its reading of phones knows Russian numbers
// alone, and there is no consent, no link, no reason, no evidence and no tree.
const { DuckDBInstance } = require('@duckdb/node-api');

const [contacts, optouts, complaints, clean] = process.argv.slice(2).map((p) => `'${p.replaceAll("'", "''")}'`);

const statements = [
  `CREATE MACRO digits(t) AS regexp_replace(regexp_replace(split_part(replace(replace(replace(t, ';', ','), '/', ','), chr(10), ','), ',', 1), '\\.0$', ''), '[^0-9]', '', 'g')`,
  `CREATE MACRO e164(t) AS CASE
     WHEN length(digits(t)) = 11 AND digits(t)[1] IN ('7', '8') THEN '+7' || digits(t)[2:]
     WHEN length(digits(t)) = 10 THEN '+7' || digits(t)
     WHEN length(digits(t)) BETWEEN 11 AND 15 THEN '+' || digits(t) END`,
  `CREATE TABLE listed AS
     SELECT DISTINCT e164(phone) AS e164, 'optout' AS list FROM read_csv(${optouts}, header = true, all_varchar = true)
     UNION ALL SELECT DISTINCT e164(phone), 'complaint' FROM read_csv(${complaints}, header = true, all_varchar = true)`,
  `CREATE TABLE decided AS
     SELECT c.*, CASE WHEN c.e164 IS NULL THEN 'invalid'
         WHEN c.e164 IN (SELECT e164 FROM listed) THEN 'removed'
         WHEN row_number() OVER (PARTITION BY c.e164 ORDER BY c.id) > 1 THEN 'merged' ELSE 'clean' END AS verdict
     FROM (SELECT *, e164(phone) AS e164 FROM read_csv(${contacts}, header = true, all_varchar = true)) AS c`,
  `COPY (SELECT * FROM decided WHERE verdict = 'clean') TO ${clean} (HEADER)`,
];

async function main() {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  for (const s of statements) await db.run(s);
  const counts = await db.runAndReadAll('SELECT verdict, count(*)::INT FROM decided GROUP BY verdict ORDER BY verdict');
  console.log(counts.getRows().map(([v, n]) => `${v} ${n}`).join(', '));
}

main().catch((err) => { console.error(err.message); process.exit(1); });
