-- Everything by which a commit, a sweep and a touch write, on keys that hold nothing. Redis looks at a user's rights
-- command by command while a script runs, and takes back nothing of what it has written before: whoever may not do all
-- of it has to be found before the first commit.
local T = '{doorward}:rights'
redis.call('DEL', T)
redis.call('SET', T, '1', 'PX', 1000)
redis.call('PEXPIRE', T, 1000)
redis.call('DEL', T)
redis.call('HSET', T, 'a', '1')
redis.call('HINCRBY', T, 'a', 1)
redis.call('HDEL', T, 'a')
redis.call('SADD', T, 'a')
redis.call('SREM', T, 'a')
redis.call('ZADD', T, 1, 'a')
redis.call('ZREM', T, 'a')
redis.call('XADD', T, 'MAXLEN', '~', 1, '*', 'a', '')
redis.call('XTRIM', T, 'MAXLEN', 0)
redis.call('DEL', T)
-- … and what is asked in between.
redis.call('EXISTS', T)
redis.call('GET', T)
redis.call('PTTL', T)
redis.call('HGET', T, 'a')
redis.call('HMGET', T, 'a')
redis.call('HGETALL', T)
redis.call('SMEMBERS', T)
redis.call('XRANGE', T, '-', '+')
redis.call('ZRANGE', T, 0, 0)
redis.call('ZRANGEBYLEX', T, '-', '+')
redis.call('ZRANGEBYSCORE', T, 0, 0)
redis.call('ZREVRANGE', T, 0, 0)
redis.call('TIME')
return 1
