-- The account that has the address ARGV[1]: its version and its record.
local P = '{doorward}:'
local found = redis.call('ZRANGEBYLEX', P .. 'addresses', '[' .. ARGV[1] .. '\0', '(' .. ARGV[1] .. '\1', 'LIMIT', 0, 1)
if not found[1] then
  return {}
end
return redis.call('HMGET', P .. 'account:' .. string.sub(found[1], #ARGV[1] + 2), 'version', 'record')
