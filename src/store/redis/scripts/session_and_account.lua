-- The session under ARGV[1], and the account it is of: of the one version, last use as written with it and since, and
-- record, of the other version and record.
local P = '{doorward}:'
local session = redis.call('HMGET', P .. 'session:' .. ARGV[1], 'version', 'used', 'record', 'account')
local since = redis.call('GET', P .. 'used:' .. ARGV[1])
local account = session[4] and redis.call('HMGET', P .. 'account:' .. session[4], 'version', 'record') or {false, false}
return {session[1], session[2], since, session[3], account[1], account[2]}
