-- When each trusted device ends, beside the records that say so, so that devices are counted without
-- reading every account.
CREATE TABLE device (
    n       INTEGER PRIMARY KEY,
    account BLOB NOT NULL,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX device_by_account ON device (account, expires);
CREATE INDEX device_by_end ON device (expires);

-- Of the accounts that are there. A record that is damaged has none: whoever reads it will say so.
INSERT INTO device (account, expires)
SELECT account, json_extract(value, '$.expires')
FROM (
    SELECT id AS account, CAST(substr(record, instr(record, x'20') + 1) AS TEXT) AS body FROM account
), json_each(CASE WHEN json_valid(body) THEN body ELSE '{}' END, '$.devices')
WHERE type = 'object' AND json_type(value, '$.expires') = 'integer';
