-- Ends up to ARGV[1] sessions and as many flows, and says how many at most it were. What Redis has deleted already
-- leaves the lists.
local at_once = tonumber(ARGV[1])
local most = 0

for _, cookie in ipairs(redis.call('ZRANGE', P .. 'opened', 0, at_once - 1)) do
  most = most + 1
  later('ZREM', P .. 'opened', cookie)
  local held = session(cookie)
  if held then
    delete_session(cookie, held)
  end
end

-- Superseded sessions stand among the ends as well, and are gone with the others.
local ends = redis.call('ZRANGE', P .. 'ends', 0, at_once - 1)
for _, member in ipairs(ends) do
  take_end(member)
end

write()
return math.max(most, #ends)
