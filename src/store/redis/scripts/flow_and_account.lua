-- The flow ARGV[1], and the account it is of: of the one version, end and record, of the other version and record.
local P = '{doorward}:'
local flow = redis.call('HMGET', P .. 'flow:' .. ARGV[1], 'version', 'expires', 'record', 'account')
local account = flow[4] and redis.call('HMGET', P .. 'account:' .. flow[4], 'version', 'record') or {false, false}
return {flow[1], flow[2], flow[3], account[1], account[2]}
