-- Puts the key check value ARGV[2] in the place of ARGV[1], and with it ARGV[3], what former keys have handed down.
local P = '{doorward}:'
if redis.call('HGET', P .. 'facts', 'key check') ~= ARGV[1] then
  return 0
end
redis.call('HSET', P .. 'facts', 'key check', ARGV[2], 'heirlooms', ARGV[3])
return 1
