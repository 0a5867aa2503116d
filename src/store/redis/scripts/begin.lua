-- Makes an empty database one of ours, and says which layout it has. The stream of changes begins with
-- an entry of its own, so that a place in it can always be told from a place in another one.
local P = '{doorward}:'
redis.call('HSETNX', P .. 'facts', 'layout', ARGV[1])
if redis.call('EXISTS', P .. 'changes') == 0 then
  redis.call('XADD', P .. 'changes', '*', 'begin', '')
end
return redis.call('HGET', P .. 'facts', 'layout')
