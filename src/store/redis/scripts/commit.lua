-- Writes all changes of a commit, or none and why. A change is its name and its values, one after
-- the other from ARGV[2] on.

local version = number()
local displaced, letters = {}, {}
local at = 1

local function take()
  at = at + 1
  return ARGV[at]
end

local function free_for(email, id)
  local there = holder(email)
  return not there or there == id
end

local function is_at(held, read_at)
  return held and held.version == read_at
end

local function end_all_but(owner, spared)
  drop_flows(owner, function(_, cookie) return cookie ~= spared end)
  for _, cookie in ipairs(sessions_of(owner)) do
    if cookie ~= spared then
      delete_session(cookie, sessions[cookie])
    end
  end
end

local change = {}

change['create-account'] = function()
  local id, email, record, devices = take(), take(), take(), take()
  if holder(email) then
    return 'taken'
  end
  if account(id) then
    return 'conflict'
  end
  put_account(id, version, email, record, devices)
end

change['replace-account'] = function()
  local id, email, record, devices, read_at = take(), take(), take(), take(), take()
  if not is_at(account(id), read_at) then
    return 'conflict'
  end
  if not free_for(email, id) then
    return 'taken'
  end
  put_account(id, version, email, record, devices)
end

change['delete-account'] = function()
  local id, read_at = take(), take()
  local held = account(id)
  if not is_at(held, read_at) then
    return 'conflict'
  end
  later('DEL', P .. 'account:' .. id)
  forget_address(id, held.email)
  list_devices(id, held.devices or '', '')
  accounts[id] = false
  tell('account', id)
  end_all_but(id, nil)
end

change['create-flow'] = function()
  local name, owner, expires, record = take(), take(), take(), take()
  if live_flow(name) then
    return 'conflict'
  end
  put_flow(name, version, owner, expires, record)
end

change['replace-flow'] = function()
  local name, owner, expires, record, read_at = take(), take(), take(), take(), take()
  if not is_at(live_flow(name), read_at) then
    return 'conflict'
  end
  put_flow(name, version, owner, expires, record)
end

change['delete-flow'] = function()
  local name, read_at = take(), take()
  if not is_at(live_flow(name), read_at) then
    return 'conflict'
  end
  drop_flow(name)
end

change['drop-flow'] = function()
  drop_flow(take())
end

change['drop-flows-of'] = function()
  local owner, kind = take(), take()
  drop_flows(owner, function(this) return this == kind end)
end

change['open-session'] = function()
  local cookie, record, at_most = take(), take(), tonumber(take())
  local opened = {version = version, account = take(), id = take(), opened = take(), used = take(), ends = take()}
  if session(cookie) then
    return 'conflict'
  end
  opened.place = number()
  put_session(cookie, opened, record)
  local others = {}
  for _, other in ipairs(sessions_of(opened.account)) do
    if other ~= cookie and sessions[other].ends == '' then
      others[#others + 1] = other
    end
  end
  for place = 1, #others + 1 - math.max(at_most, 1) do
    local id = end_session(others[place])
    if id then
      displaced[#displaced + 1] = id
    end
  end
end

change['replace-session'] = function()
  local cookie, record, read_at = take(), take(), take()
  local new = {version = version, account = take(), id = take(), opened = take(), used = take(), ends = take()}
  local held = session(cookie)
  if not is_at(held, read_at) then
    return 'conflict'
  end
  if held.account ~= new.account then
    later('ZREM', P .. 'sessions:' .. held.account, held.place .. cookie)
  end
  if tonumber(new.used) < tonumber(held.used) then
    new.used = held.used
  end
  new.place = held.place
  put_session(cookie, new, record)
end

change['end-session'] = function()
  end_session(take())
end

change['end-all-of'] = function()
  local owner, spared = take(), take()
  end_all_but(owner, spared)
end

change['enqueue'] = function()
  local id, written, due, tries, sealed = take(), take(), take(), take(), take()
  local key = P .. 'letter:' .. id
  if letters[id] or redis.call('EXISTS', key) == 1 then
    return 'conflict'
  end
  letters[id] = true
  local place = number()
  later('HSET', key, 'place', place, 'written', written, 'due', due, 'tries', tries, 'sealed', sealed)
  later('ZADD', P .. 'letters', written, place .. id)
  later('ZADD', P .. 'due', due, place .. id)
end

change['record'] = function()
  local when, owner, name, line = take(), take(), take(), take()
  local place = number()
  later('HSET', P .. 'event', place, owner .. ' ' .. name .. ' ' .. line)
  later('ZADD', P .. 'events', when, place)
  if owner ~= '-' then
    later('ZADD', P .. 'events:' .. owner, when, place)
  end
end

while at < #ARGV do
  local refusal = change[take()]()
  if refusal then
    return {refusal}
  end
end
if #queue > 0 then
  keep_numbers()
  write()
end
return {'done', unpack(displaced)}
