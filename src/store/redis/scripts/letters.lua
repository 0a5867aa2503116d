-- All letters, those written first in front, ARGV[2] at most from the place ARGV[1] on: id, written, due, tries and
-- the sealed letter of each in turn.
local P = '{doorward}:'
local all = {}
local first = tonumber(ARGV[1])
for _, member in ipairs(redis.call('ZRANGE', P .. 'letters', first, first + tonumber(ARGV[2]) - 1)) do
  local id = string.sub(member, 17)
  local found = redis.call('HMGET', P .. 'letter:' .. id, 'written', 'due', 'tries', 'sealed')
  if found[1] then
    for _, value in ipairs({id, found[1], found[2], found[3], found[4]}) do
      all[#all + 1] = value
    end
  end
end
return all
