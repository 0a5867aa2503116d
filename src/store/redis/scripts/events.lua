-- Events in the list KEYS[1], time and event of each in turn: up to ARGV[1] from the time ARGV[2] on,
-- oldest first, or without a time the newest first.
local P = '{doorward}:'
local found
if ARGV[2] then
  found = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[1])
else
  found = redis.call('ZREVRANGE', KEYS[1], 0, tonumber(ARGV[1]) - 1, 'WITHSCORES')
end
local all = {}
for place = 1, #found, 2 do
  all[#all + 1] = found[place + 1]
  all[#all + 1] = redis.call('HGET', P .. 'event', found[place]) or ''
end
return all
