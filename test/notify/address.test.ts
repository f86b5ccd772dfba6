import { expect, test } from 'vitest';
import { isPublicAddress } from '../../lib/notify/address.ts';

const inner = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
  ...['198.51.100.7', '203.0.113.9', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
];

test.each([
  ...inner,
  ...['::', '::1', '::2', 'fe80::1', 'fe80::1%lo', 'fec0::1', 'fc00::1', 'fd12:3456::1', 'ff02::1'],
  ...['2001:db8::1', '2002:7f00:1::', '2001::1', '2001:10::1', '3fff::1', '100::1', '4000::1'],
  ...['64:ff9b:1::1', '5f00::1', '2606:4700::1%eth0'],
  ...['', 'localhost', '1.2.3', '01.2.3.4', '0x7f000001', '2130706433', '[::1]', '1.1.1.1 '],
])('%j is no address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(inner)('%s is none in an address of IPv6 either', (address) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const forms = [
    ...[`::ffff:${address}`, `::FFFF:${hex}`, `0:0:0:0:0:ffff:${hex}`, `::ffff:0:${hex}`],
    ...[`64:ff9b::${address}`, `64:ff9b::${hex}`, `::${address}`],
  ];
  expect(forms.filter(isPublicAddress)).toEqual([]);
});

test.each([
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.0.1',
    '223.255.255.1',
  ],
  ...['2606:4700:4700::1111', '2a00:1450::1', '2001:4860:4860::8888', '2400:cb00::1'],
  ...['::ffff:1.1.1.1', '64:ff9b::1.1.1.1', '::ffff:101:101'],
])('%s is one', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
