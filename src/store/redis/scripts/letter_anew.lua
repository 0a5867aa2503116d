-- The letter ARGV[1], if it still waits, sealed anew: ARGV[2].
local key = '{doorward}:letter:' .. ARGV[1]
if redis.call('EXISTS', key) == 0 then
  return 0
end
redis.call('HSET', key, 'sealed', ARGV[2])
return 1
