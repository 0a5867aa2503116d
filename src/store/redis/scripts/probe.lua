-- A write that shows whether one is possible, and that tells the others who is here: the process ARGV[1], and the
-- check values of the keys it has, ARGV[2], the one it seals with in front. Whoever has not said so for a while
-- is gone.
local P = '{doorward}:'
local now = tonumber(redis.call('TIME')[1])
redis.call('HSET', P .. 'here', ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[2])
-- Those that are gone are forgotten when somebody looks who is here, and here once there are many.
if redis.call('HLEN', P .. 'here') > 100 then
  local held = redis.call('HGETALL', P .. 'here')
  for place = 1, #held, 2 do
    local since = tonumber(string.match(held[place + 1], '^%d+'))
    if not since or math.abs(now - since) > 60 then
      redis.call('HDEL', P .. 'here', held[place])
    end
  end
end
return 1
