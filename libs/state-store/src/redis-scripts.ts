/** A lease is the string `<token> <holder>` with a time to live; state is a hash of `value` and `token`. */
export const scripts = {
  /** The token of the new lease, 0 while another's lasts. */
  acquire: `
    local held = redis.call('GET', KEYS[1])
    if held and string.match(held, '^%d+ (.*)$') ~= ARGV[1] then return 0 end
    local token = redis.call('INCR', KEYS[2])
    redis.call('SET', KEYS[1], token .. ' ' .. ARGV[1], 'PX', ARGV[2])
    return token`,
  renew: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    return redis.call('PEXPIRE', KEYS[1], ARGV[2])`,
  release: `
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
    return 1`,
  write: `
    local token = redis.call('HGET', KEYS[1], 'token')
    if token and tonumber(token) > tonumber(ARGV[2]) then return 0 end
    redis.call('HSET', KEYS[1], 'value', ARGV[1], 'token', ARGV[2])
    return 1`,
};
