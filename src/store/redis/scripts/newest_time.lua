-- The later of the newest time stored and ARGV[1], which is stored then.
local P = '{doorward}:'
local newest = redis.call('HGET', P .. 'facts', 'newest')
if newest and tonumber(newest) >= tonumber(ARGV[1]) then
  return newest
end
redis.call('HSET', P .. 'facts', 'newest', ARGV[1])
return ARGV[1]
