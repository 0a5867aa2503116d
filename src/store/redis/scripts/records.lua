-- Records as a commit and a sweep see them. Redis takes no write of a script back, so nothing is
-- written until everything is decided: what is read is remembered, what is to be written is
-- remembered with it (so that a later change of the same commit sees it) and queued, and `write`
-- empties the queue. ARGV[1] is the time in milliseconds.

local P = '{doorward}:'

-- How much longer than its time a record lies there before Redis deletes it. Whoever reads compares
-- times; this is for nodes whose clocks differ.
local MARGIN = 60 * 1000
-- No session lives longer than the longest lifetime and a day.
local SESSION_KEPT = 31 * 86400 * 1000
local LONGEST = 3650 * 86400 * 1000

local now = tonumber(ARGV[1])
local queue = {}
local accounts, holders, flows, sessions = {}, {}, {}, {}

local function later(...)
  queue[#queue + 1] = {...}
end

local function write()
  for _, command in ipairs(queue) do
    redis.call(unpack(command))
  end
end

local function text(number)
  return string.format('%.0f', number)
end

-- Numbers that are never given twice, not even after a failover to a replica that has not seen the
-- newest: microseconds of the clock, or one more than the last. Always 16 digits.
local clock = redis.call('TIME')
local given = math.max(
  tonumber(clock[1]) * 1000000 + tonumber(clock[2]),
  tonumber(redis.call('HGET', P .. 'facts', 'given') or '0') + 1)
local function number()
  local this = text(given)
  given = given + 1
  return this
end
-- The first thing that is written: a Redis that is full refuses it, and everything behind it would
-- pass, because a script that has begun to write is let go on to its end.
local function keep_numbers()
  redis.call('HSET', P .. 'facts', 'given', text(given))
end

local function expire(key, ends)
  local left = math.max(tonumber(ends) - now, 0) + MARGIN
  later('PEXPIRE', key, text(math.min(left, LONGEST)))
end

local function tell(kind, name)
  later('XADD', P .. 'changes', 'MAXLEN', '~', '4097', '*', kind, name)
end

-- Reads a record once. `false`: there is none.
local function look(cache, id, key, ...)
  if cache[id] == nil then
    local found = redis.call('HMGET', key, ...)
    local record = false
    if found[1] then
      record = {}
      for place, name in ipairs({...}) do
        record[name] = found[place]
      end
    end
    cache[id] = record
  end
  return cache[id]
end

-- Accounts --------------------------------------------------------------------------------------

local function account(id)
  return look(accounts, id, P .. 'account:' .. id, 'version', 'email', 'devices')
end

-- The account that has an address. Its place in the list of addresses is `address NUL id`.
local function holder(email)
  if holders[email] == nil then
    local found = redis.call('ZRANGEBYLEX', P .. 'addresses', '[' .. email .. '\0', '(' .. email .. '\1', 'LIMIT', 0, 1)
    holders[email] = found[1] and string.sub(found[1], #email + 2) or false
  end
  return holders[email]
end

local function forget_address(id, email)
  later('ZREM', P .. 'addresses', email .. '\0' .. id)
  holders[email] = false
end

-- Devices of an account as a line says them, `ends:id` and a space between two. In the set that counts
-- them, a device is `account:id`, and its score is when it ends.
local function list_devices(id, before, devices)
  for device in string.gmatch(before, ':(%S+)') do
    later('ZREM', P .. 'devices', id .. ':' .. device)
  end
  for ends, device in string.gmatch(devices, '(%S+):(%S+)') do
    later('ZADD', P .. 'devices', ends, id .. ':' .. device)
  end
end

local function put_account(id, version, email, record, devices)
  local old = account(id)
  local before = old and old.devices or ''
  if old and old.email ~= email then
    forget_address(id, old.email)
  end
  later('HSET', P .. 'account:' .. id, 'version', version, 'email', email, 'record', record)
  later('ZADD', P .. 'addresses', '0', email .. '\0' .. id)
  -- Most accounts are written with the devices that they had.
  if devices ~= before then
    later('HSET', P .. 'account:' .. id, 'devices', devices)
    list_devices(id, before, devices)
  end
  accounts[id] = {version = version, email = email, devices = devices}
  holders[email] = id
  tell('account', id)
end

-- Flows. A name is `kind:digest` ------------------------------------------------------------------

local function flow(name)
  return look(flows, name, P .. 'flow:' .. name, 'version', 'expires', 'account')
end

local function live_flow(name)
  local held = flow(name)
  return held and now < tonumber(held.expires) and held
end

local function drop_flow(name)
  local held = flow(name)
  if held then
    later('DEL', P .. 'flow:' .. name)
    later('SREM', P .. 'flows:' .. held.account, name)
    later('ZREM', P .. 'ends', 'flow:' .. held.account .. ':' .. name)
    flows[name] = false
  end
end

-- Takes an entry off the list of ends, with the flow that it stands for; whether it stood for one.
local function take_end(member)
  later('ZREM', P .. 'ends', member)
  local owner, name = string.match(member, '^flow:([^:]+):(.+)$')
  if owner then
    -- An entry that Redis has outlived the record of leaves the list of its account as well.
    later('SREM', P .. 'flows:' .. owner, name)
    drop_flow(name)
  end
  return owner ~= nil
end

local function put_flow(name, version, owner, expires, record)
  local old = flow(name)
  if old and old.account ~= owner then
    drop_flow(name)
  end
  later('HSET', P .. 'flow:' .. name, 'version', version, 'expires', expires, 'account', owner, 'record', record)
  expire(P .. 'flow:' .. name, expires)
  later('SADD', P .. 'flows:' .. owner, name)
  -- The owner stands in it, too: by the time of the sweep Redis may have deleted the record.
  later('ZADD', P .. 'ends', expires, 'flow:' .. owner .. ':' .. name)
  flows[name] = {version = version, expires = expires, account = owner}
end

local function flows_of(owner)
  local names = {}
  for _, name in ipairs(redis.call('SMEMBERS', P .. 'flows:' .. owner)) do
    local held = flow(name)
    if held and held.account == owner then
      names[name] = true
    else
      later('SREM', P .. 'flows:' .. owner, name)
    end
  end
  for name, held in pairs(flows) do
    if held and held.account == owner then
      names[name] = true
    end
  end
  return names
end

local function drop_flows(owner, goes)
  for name in pairs(flows_of(owner)) do
    local colon = string.find(name, ':', 1, true)
    if goes(string.sub(name, 1, colon - 1), string.sub(name, colon + 1)) then
      drop_flow(name)
    end
  end
end

-- Sessions, by the digest of their cookie. `ends` is empty where it is not superseded ---------------

local function session(cookie)
  return look(sessions, cookie, P .. 'session:' .. cookie,
    'version', 'account', 'id', 'opened', 'used', 'ends', 'place')
end

local function put_session(cookie, held, record)
  local key, listed = P .. 'session:' .. cookie, P .. 'sessions:' .. held.account
  later('HSET', key, 'version', held.version, 'account', held.account, 'id', held.id, 'opened', held.opened,
    'used', held.used, 'ends', held.ends, 'place', held.place, 'record', record)
  later('ZADD', P .. 'opened', held.opened, cookie)
  later('ZADD', listed, held.opened, held.place .. cookie)
  later('PEXPIRE', listed, text(SESSION_KEPT))
  if held.ends == '' then
    later('PEXPIRE', key, text(SESSION_KEPT))
    later('ZREM', P .. 'ends', 'session:' .. cookie)
  else
    expire(key, held.ends)
    later('ZADD', P .. 'ends', held.ends, 'session:' .. cookie)
  end
  sessions[cookie] = held
  tell('session', cookie)
end

local function delete_session(cookie, held)
  later('DEL', P .. 'session:' .. cookie, P .. 'used:' .. cookie)
  later('ZREM', P .. 'sessions:' .. held.account, held.place .. cookie)
  later('ZREM', P .. 'opened', cookie)
  later('ZREM', P .. 'ends', 'session:' .. cookie)
  sessions[cookie] = false
  tell('session', cookie)
end

-- All that are there, oldest first, then in the order they came.
local function sessions_of(owner)
  local there = {}
  for _, member in ipairs(redis.call('ZRANGE', P .. 'sessions:' .. owner, 0, -1)) do
    if not session(string.sub(member, 17)) then
      later('ZREM', P .. 'sessions:' .. owner, member)
    end
  end
  for cookie, held in pairs(sessions) do
    if held and held.account == owner then
      there[#there + 1] = cookie
    end
  end
  table.sort(there, function(one, other)
    local a, b = sessions[one], sessions[other]
    if a.opened ~= b.opened then
      return tonumber(a.opened) < tonumber(b.opened)
    end
    return a.place < b.place
  end)
  return there
end

local function end_session(cookie)
  local ended = session(cookie)
  if not ended then
    return nil
  end
  delete_session(cookie, ended)
  for _, other in ipairs(sessions_of(ended.account)) do
    local held = sessions[other]
    if held.id == ended.id and held.ends ~= '' then
      delete_session(other, held)
    end
  end
  return ended.id
end
