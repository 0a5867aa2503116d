-- The later of the newest time stored and ARGV[1], which is stored then: unless ARGV[2], what the clock of the node
-- shows that asks, is more than ARGV[3] milliseconds off ours. An empty ARGV[2] is not looked at.
local P = '{doorward}:'
local here = tonumber(ARGV[2])
if here then
  local clock = redis.call('TIME')
  local apart = tonumber(clock[1]) * 1000 + tonumber(clock[2]) / 1000 - here
  if math.abs(apart) > tonumber(ARGV[3]) then
    return redis.error_reply('CLOCK the clocks are apart')
  end
end
local newest = redis.call('HGET', P .. 'facts', 'newest')
if newest and tonumber(newest) >= tonumber(ARGV[1]) then
  return newest
end
redis.call('HSET', P .. 'facts', 'newest', ARGV[1])
return ARGV[1]
