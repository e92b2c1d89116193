-- wrk: posts the file BODY; with RENEW=n every nth request of a connection asks for its end, as an API server that keeps
-- few idle connections does.
local file = assert(io.open(os.getenv("BODY"), "rb"))
local body = file:read("*a")
file:close()
local renew = tonumber(os.getenv("RENEW") or "0")
local count = 0
local keep, close

-- Not before: only now wrk knows the Host that every request must name.
function init()
  local headers = { ["Content-Type"] = "application/json", ["User-Agent"] = "kube-apiserver-admission" }
  for name, value in pairs(wrk.headers) do
    headers[name] = value
  end
  keep = wrk.format("POST", os.getenv("TARGET"), headers, body)
  headers["Connection"] = "close"
  close = wrk.format("POST", os.getenv("TARGET"), headers, body)
end

function request()
  count = count + 1
  if renew > 0 and count % renew == 0 then
    return close
  end
  return keep
end
