-- Takes the letter ARGV[1] out of the queue, or puts it off until ARGV[2].
local P = '{doorward}:'
local key = P .. 'letter:' .. ARGV[1]
local place = redis.call('HGET', key, 'place')
if not place then
  return 0
end
local member = place .. ARGV[1]
if ARGV[2] then
  redis.call('HSET', key, 'due', ARGV[2])
  redis.call('HINCRBY', key, 'tries', 1)
  redis.call('ZADD', P .. 'due', ARGV[2], member)
else
  redis.call('DEL', key)
  redis.call('ZREM', P .. 'letters', member)
  redis.call('ZREM', P .. 'due', member)
end
return 1
