import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AtpAgent } from '@atproto/api';

/** A Bluesky network of a measurement's own, and somebody who wrote a lot there. */
export interface BlueskyPages {
  /** The AppView. */
  service: string;
  directory: string;
  /** Who wrote all the posts; each holds the word `gelato`. */
  did: string;
  end(): void;
}

const program = fileURLToPath(new URL('../tools/testnet/bluesky/network.mjs', import.meta.url));

/** Starts the network that tests use, and has `posts` posts written there. */
export async function blueskyPages(posts: number): Promise<BlueskyPages> {
  const child: ChildProcess = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
  const { pds, plc, appview, control } = JSON.parse(line) as Record<string, string>;
  const agent = new AtpAgent({ service: pds! });
  await agent.createAccount({ handle: 'nina.test', email: 'nina@mail.test', password: 'of-the-measurement' });
  const did = agent.assertDid;
  const collection = 'app.bsky.feed.post';
  for (let first = 0; first < posts; first += 10) {
    const writes = Array.from({ length: Math.min(10, posts - first) }, (_, index) => {
      const createdAt = new Date(Date.UTC(2026, 0, 1) + (first + index) * 1000).toISOString();
      const text = `gelato ${first + index}: ${'a scoop of something cold and sweet. '.repeat(4)}`;
      const value = { $type: collection, text, langs: ['en'], createdAt };
      return { $type: 'com.atproto.repo.applyWrites#create' as const, collection, value };
    });
    await agent.com.atproto.repo.applyWrites({ repo: did, writes });
  }
  const answer = await fetch(`${control}/settle`, { method: 'POST' });
  if (!answer.ok) throw new Error('the AppView did not see what was written');
  return { service: appview!, directory: plc!, did, end: () => void child.kill('SIGTERM') };
}
