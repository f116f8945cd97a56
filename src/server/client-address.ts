/**
 * Whose address it is, as far as limits go. Of IPv6 a household has a whole /64 and can change within it at will, so
 * that counts as one; an IPv4 address that is written as IPv6 is the IPv4 address. A port, which some proxies write behind
 * it, is another for each connection and says nothing.
 * @see RFC 4291, section 2.5.5.2, and RFC 6177.
 */
export function addressGroup(address: string): string {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '');
  // The URL parser knows every way to write one, and writes it in one way.
  const url = `http://[${plain}]/`;
  if (!URL.canParse(url)) return plain;
  const [head = [], tail] = new URL(url).hostname.slice(1, -1).split('::').map(groups);
  const zeros = Array.from({ length: tail ? 8 - head.length - tail.length : 0 }, () => '0');
  const all = [...head, ...zeros, ...(tail ?? [])];
  return all.slice(0, 6).join(':') === '0:0:0:0:0:ffff'
    ? all.slice(6).flatMap(bytes).join('.')
    : `${all.slice(0, 4).join(':')}::/64`;
}

const groups = (text: string) => (text === '' ? [] : text.split(':'));

function bytes(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
