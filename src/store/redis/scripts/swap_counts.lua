-- Puts new counts in the place of those that were read, if all are still as they were read. For each
-- key the old record (empty: none), the new one, and for how many milliseconds (empty: for ever).
for place, key in ipairs(KEYS) do
  if (redis.call('GET', key) or '') ~= ARGV[3 * place - 2] then
    return 0
  end
end
for place, key in ipairs(KEYS) do
  local record, left = ARGV[3 * place - 1], ARGV[3 * place]
  if left == '' then
    redis.call('SET', key, record)
  else
    redis.call('SET', key, record, 'PX', left)
  end
end
return 1
