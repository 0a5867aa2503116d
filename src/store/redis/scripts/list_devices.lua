-- Lists the devices of accounts that were written before there was such a list: id, version and devices of
-- each in turn. One that has been written since has its devices listed already.
local P = '{doorward}:'
for at = 1, #ARGV, 3 do
  local id, version, devices = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local held = redis.call('HMGET', P .. 'account:' .. id, 'version', 'devices')
  if held[1] == version and not held[2] then
    redis.call('HSET', P .. 'account:' .. id, 'devices', devices)
    for ends, device in string.gmatch(devices, '(%S+):(%S+)') do
      redis.call('ZADD', P .. 'devices', ends, id .. ':' .. device)
    end
  end
end
return 'done'
