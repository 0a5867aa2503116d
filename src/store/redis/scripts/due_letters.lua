-- Up to ARGV[2] letters that are due at ARGV[1], those written first in front: id, written, due,
-- tries and the sealed letter of each in turn. Of very many that are due at once, a thousand are
-- looked at.
local P = '{doorward}:'
local due = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', P .. 'due', '-inf', ARGV[1], 'LIMIT', 0, 1000)) do
  local id = string.sub(member, 17)
  local found = redis.call('HMGET', P .. 'letter:' .. id, 'written', 'due', 'tries', 'sealed')
  if found[1] then
    due[#due + 1] = {id, found[1], found[2], found[3], found[4], member}
  end
end
table.sort(due, function(one, other)
  if one[2] ~= other[2] then
    return tonumber(one[2]) < tonumber(other[2])
  end
  return one[6] < other[6]
end)
local all = {}
for place = 1, math.min(#due, tonumber(ARGV[2])) do
  for value = 1, 5 do
    all[#all + 1] = due[place][value]
  end
end
return all
