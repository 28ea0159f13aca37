-- The right to one call, or the milliseconds until it is worth asking again; one step, by the server's own clock.
-- KEYS: closed, window, slots, complex slots (one hash tag)
-- ARGV: id, cost, calls, period ms, slots, complex slots, life ms, is complex, ms to wait for a call under way
-- A limit of -1 is none.
local closed = redis.call('PTTL', KEYS[1])
if closed > 0 then return closed end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local id, calls, period, life = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[7])
local cost = math.min(tonumber(ARGV[2]), calls)

-- A call may reach the vendor at any moment until it is answered: it counts from now until one period after its end.
-- Counted from its beginning alone, calls that were delayed on the way would arrive together with the next ones.
if calls > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - period)
  local over = redis.call('ZCARD', KEYS[2]) + cost - calls
  if over > 0 then
    local leaving = tonumber(redis.call('ZRANGE', KEYS[2], over - 1, over - 1, 'WITHSCORES')[2])
    if leaving > now then return tonumber(ARGV[9]) end
    return math.max(1, leaving + period - now + 1)
  end
end

local function is_full(key, limit)
  if limit < 0 then return false end
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  return redis.call('ZCARD', key) >= limit
end

local slots, complex = tonumber(ARGV[5]), tonumber(ARGV[6])
local is_complex = ARGV[8] == '1'
if is_full(KEYS[3], slots) or (is_complex and is_full(KEYS[4], complex)) then
  return tonumber(ARGV[9])
end

if calls > 0 then
  for part = 1, cost do redis.call('ZADD', KEYS[2], now + life, id .. ':' .. part) end
  redis.call('PEXPIRE', KEYS[2], life + period + 1000)
end
if slots >= 0 then
  redis.call('ZADD', KEYS[3], now + life, id)
  redis.call('PEXPIRE', KEYS[3], life + 1000)
end
if is_complex and complex >= 0 then
  redis.call('ZADD', KEYS[4], now + life, id)
  redis.call('PEXPIRE', KEYS[4], life + 1000)
end
return 0
