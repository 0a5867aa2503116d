-- Up to ARGV[2] accounts by address, from behind ARGV[1]: version and record of each in turn.
local P = '{doorward}:'
local from = ARGV[1] == '' and '-' or '[' .. ARGV[1] .. '\1'
local all = {}
for _, member in ipairs(redis.call('ZRANGEBYLEX', P .. 'addresses', from, '+', 'LIMIT', 0, ARGV[2])) do
  local id = string.match(member, '[^%z]+$')
  local found = redis.call('HMGET', P .. 'account:' .. id, 'version', 'record')
  all[#all + 1] = found[1]
  all[#all + 1] = found[2]
end
return all
