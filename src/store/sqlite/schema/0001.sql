-- What a person was told has happened. Records are a schema number and JSON; the columns beside
-- them are what rows are found, compared and swept by. Times are milliseconds since 1970.

CREATE TABLE account (
    n       INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    email   TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    record  BLOB NOT NULL
) STRICT;

CREATE TABLE session (
    n         INTEGER PRIMARY KEY,
    cookie    BLOB NOT NULL UNIQUE,
    id        BLOB NOT NULL,
    account   BLOB NOT NULL,
    opened    INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    ends      INTEGER,
    version   INTEGER NOT NULL,
    record    BLOB NOT NULL
) STRICT;
CREATE INDEX session_by_account ON session (account, opened);
CREATE INDEX session_by_opened ON session (opened);
CREATE INDEX session_by_end ON session (ends) WHERE ends IS NOT NULL;

CREATE TABLE flow (
    n       INTEGER PRIMARY KEY,
    cookie  BLOB NOT NULL,
    kind    TEXT NOT NULL,
    account BLOB NOT NULL,
    expires INTEGER NOT NULL,
    version INTEGER NOT NULL,
    record  BLOB NOT NULL,
    UNIQUE (cookie, kind)
) STRICT;
CREATE INDEX flow_by_account ON flow (account);
CREATE INDEX flow_by_end ON flow (expires);

CREATE TABLE counter (
    key    TEXT NOT NULL PRIMARY KEY,
    ends   INTEGER,
    record BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX counter_by_end ON counter (ends) WHERE ends IS NOT NULL;

CREATE TABLE letter (
    n       INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    written INTEGER NOT NULL,
    due     INTEGER NOT NULL,
    tries   INTEGER NOT NULL,
    sealed  BLOB NOT NULL
) STRICT;
CREATE INDEX letter_by_written ON letter (written);

CREATE TABLE event (
    n       INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    name    TEXT NOT NULL,
    account BLOB,
    line    TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_time ON event (at);
CREATE INDEX event_by_account ON event (account, at) WHERE account IS NOT NULL;

-- What copies in memory are dropped by. The numbers never begin anew, so that a mark that was
-- given out means the same for ever, whatever has been forgotten since.
CREATE TABLE change (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    key  BLOB NOT NULL
) STRICT;

-- Single values by name: the number of the last commit, the newest time, the key check.
CREATE TABLE fact (
    name  TEXT NOT NULL PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO fact (name, value) VALUES ('written', 0);
