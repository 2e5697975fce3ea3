// A process of its own that uses the embedded server: joins, says on a line what it got, and stays until stdin ends.
import { joinServer } from '../../tools/temporal/server.ts';

const [stateDir = ''] = process.argv.slice(2);
const server = await joinServer({ stateDir, log: line => process.stderr.write(`${line}\n`) });
process.stdout.write(`${JSON.stringify({ address: server.address, joined: server.joined })}\n`);
process.stdin.resume();
process.stdin.once('end', async () => {
  await server.leave();
  process.exit(0);
});
