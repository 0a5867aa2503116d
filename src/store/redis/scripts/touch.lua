-- Notes last uses: cookie and milliseconds in turn. They stand beside the session's record, so that
-- whoever holds a copy of that is told nothing.
local P = '{doorward}:'
for place = 1, #ARGV, 2 do
  local session, used, at = P .. 'session:' .. ARGV[place], P .. 'used:' .. ARGV[place], ARGV[place + 1]
  local held = redis.call('HGET', session, 'used')
  if held then
    local newest = math.max(tonumber(held), tonumber(redis.call('GET', used) or '0'))
    if tonumber(at) > newest then
      redis.call('SET', used, at, 'PX', math.max(redis.call('PTTL', session), 1000))
    end
  end
end
return 1
