-- Who has said within the last ARGV[1] seconds to be here, and with which keys, in turn. The others are forgotten.
local P = '{doorward}:'
local now = tonumber(redis.call('TIME')[1])
local all, held = {}, redis.call('HGETALL', P .. 'here')
for place = 1, #held, 2 do
  local since, keys = string.match(held[place + 1], '^(%d+) (.*)$')
  if since and math.abs(now - tonumber(since)) <= tonumber(ARGV[1]) then
    all[#all + 1] = held[place]
    all[#all + 1] = keys
  else
    redis.call('HDEL', P .. 'here', held[place])
  end
end
return all
