-- What wrk sends: spends or questions for status, of users and with tokens picked at random, evenly spread over the
-- seconds when a rate is given. It stops sending before wrk stops, so that every request gets its answer.
-- Arguments: consume or status, what the id of a user begins with, number of users, file of tokens, prefix of keys,
-- seconds, requests per second or 0.

local ffi = require("ffi")
ffi.cdef [[
    typedef struct { long seconds; long nanos; } load_time;
    int clock_gettime(int clock, load_time *time);
]]
local CLOCK_MONOTONIC = 1
local LONG_MS = 3600000

local time = ffi.new("load_time")
local tokens = {}
local kind, user, users, prefix, seconds, interval
local count, nextAt, endAt = 0, 0, 0

local function now()
    ffi.C.clock_gettime(CLOCK_MONOTONIC, time)
    return tonumber(time.seconds) + tonumber(time.nanos) / 1e9
end

local function lines(file)
    local read = {}
    for line in io.lines(file) do
        read[#read + 1] = line
    end
    return read
end

function init(arguments)
    kind = arguments[1]
    user = arguments[2]
    users = tonumber(arguments[3])
    tokens = lines(arguments[4])
    prefix = arguments[5]
    seconds = tonumber(arguments[6])
    local rate = tonumber(arguments[7])
    interval = rate > 0 and 1 / rate or 0
    math.randomseed(os.time())
end

-- Milliseconds until the next request of whichever client is free.
function delay()
    local at = now()
    if endAt == 0 then
        nextAt = at
        endAt = at + seconds
    end
    if at >= endAt or nextAt >= endAt then
        return LONG_MS
    end
    local wait = nextAt - at
    nextAt = nextAt + interval
    return wait > 0 and math.floor(wait * 1000) or 0
end

function request()
    count = count + 1
    if kind == "status" then
        return "GET /api/user/credits/status HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            .. tokens[math.random(#tokens)] .. "\r\n\r\n"
    end
    local body = '{"userId":"' .. user .. math.random(users) .. '","amount":1,"action":"drawing"}'
    return "POST /api/credits/consume HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        .. "Authorization: Bearer " .. tokens[math.random(#tokens)]
        .. string.format("\r\nIdempotency-Key: %s%012d\r\nContent-Length: %d\r\n\r\n", prefix, count, #body) .. body
end

function done(summary, latency, requests)
    local errors = summary.errors
    print(string.format(
        '{"requests":%d,"p50":%.3f,"p99":%.3f,"max":%.3f,"failed":%d}',
        summary.requests, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        latency.max / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
