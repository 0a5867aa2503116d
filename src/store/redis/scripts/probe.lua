-- A write that shows whether one is possible, and that tells the others who is here: the process ARGV[1], and the
-- check values of the keys it has, ARGV[2], the one it seals with in front. Whoever has not said so for a while
-- is gone.
local P = '{doorward}:'
local now = tonumber(redis.call('TIME')[1])
redis.call('HSET', P .. 'here', ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[2])
return 1
