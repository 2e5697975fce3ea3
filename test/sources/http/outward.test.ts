import { expect, test } from 'vitest';
import { isOutward } from '../../../sources/http/outward.ts';

const far = 'https://93.184.216.34';
const home = 'http://127.0.0.1:3000';

test.each([
  ['https://93.184.216.34/x', far, true],
  ['https://[2606:2800:220:1::1]/', far, true],
  ['http://127.0.0.1:22/', far, false],
  ['http://127.1/', far, false],
  ['http://2130706433/', far, false],
  ['http://0x7f000001/', far, false],
  ['http://localhost/', far, false],
  ['http://0.0.0.0/', far, false],
  ['http://10.1.2.3/', far, false],
  ['http://172.31.0.1/', far, false],
  ['http://192.168.1.1/', far, false],
  ['http://169.254.169.254/latest/meta-data', far, false],
  ['http://100.64.0.1/', far, false],
  ['http://[::1]/', far, false],
  ['http://[::]/', far, false],
  ['http://[::ffff:127.0.0.1]/', far, false],
  ['http://[::ffff:10.0.0.1]/', far, false],
  ['http://[fe80::1]/', far, false],
  ['http://[fd00::1]/', far, false],
  ['http://nothing.invalid/', far, false],
  ['file:///etc/passwd', far, false],
  ['https://me:secret@93.184.216.34/', far, false],
  ['no address', far, false],
  // A whole network on this machine.
  ['http://localhost:4000/', home, true],
  ['ws://127.0.0.1:4000/', home, true],
  ['http://10.1.2.3/', home, false],
  ['http://93.184.216.34/', home, true],
])('%s, found in an answer of %s: %s', async (address, service, isAllowed) => {
  expect(await isOutward(address, service)).toBe(isAllowed);
});
