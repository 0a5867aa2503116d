-- The time in milliseconds, who the primary is, and what has changed since the entry ARGV[1] of the stream:
-- its present end, then kind and name of each change in turn, or `everything` where that entry is no longer
-- there.
-- A replica may be behind and is asked nothing. Whoever becomes the primary in its place goes on under another
-- id than the one before.
local P = '{doorward}:'
local info = redis.call('INFO', 'replication')
if not string.find(info, 'role:master', 1, true) then
  return redis.error_reply('READONLY this is a replica')
end
local clock = redis.call('TIME')
local newest = redis.call('XREVRANGE', P .. 'changes', '+', '-', 'COUNT', 1)
local told = {
  string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)),
  string.match(info, 'master_replid:(%x+)') or '',
  newest[1] and newest[1][1] or '0-0'
}
if told[3] == ARGV[1] then
  return told
end
if #redis.call('XRANGE', P .. 'changes', ARGV[1], ARGV[1]) == 0 then
  told[4], told[5] = 'everything', ''
  return told
end
for _, entry in ipairs(redis.call('XRANGE', P .. 'changes', '(' .. ARGV[1], '+')) do
  told[#told + 1] = entry[2][1]
  told[#told + 1] = entry[2][2]
end
return told
