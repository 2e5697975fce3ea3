import { AtpAgent, type ComAtprotoRepoApplyWrites } from '@atproto/api';
import { type Addresses, sharedNetwork, startNetwork } from './networkProcess.ts';

type Write = ComAtprotoRepoApplyWrites.InputSchema['writes'][number];

/** Somebody of the network, signed in at its PDS. */
export interface Account {
  did: string;
  handle: string;
  agent: AtpAgent;
}

/** What `applyWrites` tells of each write, in their order; nothing of a deletion. */
export interface Written {
  uri: string;
  cid: string;
}

/** What a server takes at once. */
const mostWrites = 10;
const admin = `Basic ${Buffer.from('admin:admin-pass').toString('base64')}`;
const password = 'a-password-of-the-test';

/** A real Bluesky network (PLC directory, PDS, AppView) on this machine, and what a test does to it. */
export class BlueskyNetwork {
  readonly addresses: Addresses;

  constructor(addresses: Addresses) {
    this.addresses = addresses;
  }

  /** The firehose of the PDS, `com.atproto.sync.subscribeRepos` to be added. */
  get firehose(): string {
    return this.addresses.pds.replace('http:', 'ws:');
  }

  /** Asks the AppView without credentials. */
  reader(): AtpAgent {
    return new AtpAgent({ service: this.addresses.appview });
  }

  /** Asks the PDS without credentials. */
  keeper(): AtpAgent {
    return new AtpAgent({ service: this.addresses.pds });
  }

  /** @param name of letters, digits and hyphens, 3 to 18; the handle is `name.test` */
  async createAccount(name: string): Promise<Account> {
    const agent = new AtpAgent({ service: this.addresses.pds });
    const handle = `${name}.test`;
    const { data } = await agent.createAccount({ handle, email: `${name}@mail.test`, password });
    return { did: data.did, handle, agent };
  }

  get password(): string {
    return password;
  }

  async applyWrites({ agent, did }: Account, writes: Write[]): Promise<(Written | undefined)[]> {
    const written: (Written | undefined)[] = [];
    for (let at = 0; at < writes.length; at += mostWrites) {
      const some = writes.slice(at, at + mostWrites);
      const { data } = await agent.com.atproto.repo.applyWrites({ repo: did, writes: some });
      for (const result of data.results ?? []) {
        written.push('uri' in result ? { uri: String(result.uri), cid: String(result.cid) } : undefined);
      }
    }
    return written;
  }

  /** Returns when the AppView has seen all that was written. */
  async processAll(): Promise<void> {
    await this.#control('settle');
  }

  /** Cuts all servers off and starts them again, at the same addresses with the same data. */
  async restart(): Promise<void> {
    await this.#control('restart');
  }

  async deactivate({ agent }: Account): Promise<void> {
    await agent.com.atproto.server.deactivateAccount({});
  }

  async activate({ agent }: Account): Promise<void> {
    await agent.com.atproto.server.activateAccount();
  }

  /** As moderators do. */
  async takedown({ did }: Account, applied = true): Promise<void> {
    const agent = new AtpAgent({ service: this.addresses.pds });
    const subject = { $type: 'com.atproto.admin.defs#repoRef' as const, did };
    const input = { subject, takedown: { applied, ref: 'test' } };
    const headers = { authorization: admin };
    await agent.com.atproto.admin.updateSubjectStatus(input, { headers, encoding: 'application/json' });
  }

  async deleteAccount({ did }: Account): Promise<void> {
    const agent = new AtpAgent({ service: this.addresses.pds });
    const headers = { authorization: admin };
    await agent.com.atproto.admin.deleteAccount({ did }, { headers, encoding: 'application/json' });
  }

  /** Ends it, where it is a test's own. */
  end(): void {
    process.kill(this.addresses.pid, 'SIGTERM');
  }

  async #control(what: string): Promise<void> {
    const answer = await fetch(`${this.addresses.control}/${what}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`the network can't ${what}: ${await answer.text()}`);
  }
}

/**
 * The network that the whole suite shares. Whoever restarts servers takes one of their own.
 * @throws {Unavailable} where this machine can't run one
 */
export async function blueskyNetwork(): Promise<BlueskyNetwork> {
  return new BlueskyNetwork(await sharedNetwork());
}

/**
 * A network of the test file's own; it ends with it, or by `end()`.
 * @param bypass switches rate limits on; requests whose header `x-ratelimit-bypass` says this are not limited
 * @throws {Unavailable} where this machine can't run one
 */
export async function ownBlueskyNetwork(options: { bypass?: string } = {}): Promise<BlueskyNetwork> {
  const limits = options.bypass === undefined ? [] : ['--rate-limits', options.bypass];
  return new BlueskyNetwork(await startNetwork(process.pid, limits));
}
