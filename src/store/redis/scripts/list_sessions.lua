-- The sessions of the account ARGV[1], oldest first: of each in turn cookie, version, last use as
-- written with it and since, record.
local P = '{doorward}:'
local all = {}
for _, member in ipairs(redis.call('ZRANGE', P .. 'sessions:' .. ARGV[1], 0, -1)) do
  local cookie = string.sub(member, 17)
  local found = redis.call('HMGET', P .. 'session:' .. cookie, 'version', 'used', 'record')
  if found[1] then
    local since = redis.call('GET', P .. 'used:' .. cookie) or ''
    for _, value in ipairs({cookie, found[1], found[2], since, found[3]}) do
      all[#all + 1] = value
    end
  end
end
return all
