-- What wrk sends to Apartado: every request with another member's token. The environment is that of the yardstick's own script;
-- {uniq} becomes a token of peers.sql: so many digits, of a member who has not asked before in this run.
local method = os.getenv("BENCH_METHOD")
local path = os.getenv("BENCH_PATH")
local body = os.getenv("BENCH_BODY")
local headers = os.getenv("BENCH_HEADERS") or ""
local format = os.getenv("BENCH_ITEM_FORMAT")
local items = tonumber(os.getenv("BENCH_ITEMS"))
local first = tonumber(os.getenv("BENCH_FIRST_TOKEN"))

local number = first
local head

function init()
  math.randomseed(tonumber(os.getenv("BENCH_SEED")))
  head = method .. " %s HTTP/1.1\r\nHost: " .. wrk.host .. "\r\n"
  for line in headers:gmatch("[^\n]+") do
    head = head .. line .. "\r\n"
  end
end

function request()
  number = number + 1
  local item = string.format(format, items == 1 and 1 or math.random(1, items))
  local filled = head:format((path:gsub("{item}", item))):gsub("{uniq}", string.format("%064d", number))
  if method == "GET" then
    return filled .. "\r\n"
  end
  local sent = body:gsub("{item}", item)
  return filled .. "Content-Length: " .. #sent .. "\r\n\r\n" .. sent
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'BENCH {"requests":%d,"duration_us":%d,"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d,'
    .. '"p50_us":%d,"p90_us":%d,"p99_us":%d,"max_us":%d}\n',
    summary.requests, summary.duration, e.connect, e.read, e.write, e.status, e.timeout,
    latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max))
end
