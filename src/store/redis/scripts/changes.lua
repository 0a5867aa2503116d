-- What has changed since the entry ARGV[1] of the stream: its present end, then kind and name of each
-- change in turn, or `everything` where that entry is no longer there.
-- A replica may be behind and is asked nothing.
local P = '{doorward}:'
if not string.find(redis.call('INFO', 'replication'), 'role:master', 1, true) then
  return redis.error_reply('READONLY this is a replica')
end
local newest = redis.call('XREVRANGE', P .. 'changes', '+', '-', 'COUNT', 1)
local told = {newest[1] and newest[1][1] or '0-0'}
if told[1] == ARGV[1] then
  return told
end
if #redis.call('XRANGE', P .. 'changes', ARGV[1], ARGV[1]) == 0 then
  return {told[1], 'everything', ''}
end
for _, entry in ipairs(redis.call('XRANGE', P .. 'changes', '(' .. ARGV[1], '+')) do
  told[#told + 1] = entry[2][1]
  told[#told + 1] = entry[2][2]
end
return told
