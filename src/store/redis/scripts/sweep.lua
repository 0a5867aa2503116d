-- Deletes up to ARGV[4] of each kind of what is over, and says how many at most it were: flows and
-- superseded sessions that have ended, devices that have, sessions opened before ARGV[2], events from before ARGV[3].

local most, at_once = 0, tonumber(ARGV[4])

local function over(key, bound)
  local found = redis.call('ZRANGEBYSCORE', key, '-inf', bound, 'LIMIT', 0, at_once)
  most = math.max(most, #found)
  return found
end

for _, member in ipairs(over(P .. 'ends', ARGV[1])) do
  if not take_end(member) then
    local name = string.sub(member, #'session:' + 1)
    local held = session(name)
    if held and held.ends ~= '' and now >= tonumber(held.ends) then
      delete_session(name, held)
    end
  end
end

for _, cookie in ipairs(over(P .. 'opened', '(' .. ARGV[2])) do
  local held = session(cookie)
  if held then
    delete_session(cookie, held)
  else
    -- Redis was quicker.
    later('ZREM', P .. 'opened', cookie)
  end
end

for _, place in ipairs(over(P .. 'events', '(' .. ARGV[3])) do
  local event = redis.call('HGET', P .. 'event', place)
  later('ZREM', P .. 'events', place)
  later('HDEL', P .. 'event', place)
  local owner = event and string.match(event, '^[^ ]+')
  if owner and owner ~= '-' then
    later('ZREM', P .. 'events:' .. owner, place)
  end
end

for _, device in ipairs(over(P .. 'devices', ARGV[1])) do
  later('ZREM', P .. 'devices', device)
end

later('XTRIM', P .. 'changes', 'MAXLEN', '=', '4097')
write()
return most
