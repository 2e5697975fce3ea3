import type { ChannelPaths, Credit } from './channel-paths.ts';

/**
 * Shapley value of the game in which channels together earn the orders of the paths that meet no other channel,
 * v(S) = orders of paths within S. A sum of one game a path, in which all its channels or nobody earn, so that they share alike:
 * credit = Σ orders / |different channels of the path| (Shapley 1953; for channels: Zhao, Mahboobi & Bagheri 2018).
 * Order and repeats do not count, and paths without an order change nothing.
 *
 * Time O(steps of all paths).
 */
export function shapleyCredit({ channels, start, channel, orders, value }: ChannelPaths): Credit {
  const credit = { orders: new Float64Array(channels), value: new Float64Array(channels) };
  for (let path = 0; path < orders.length; path++) {
    if (orders[path] === 0) continue;
    const met = new Set(channel.subarray(start[path], start[path + 1]));
    for (const one of met) {
      credit.orders[one]! += orders[path]! / met.size;
      credit.value[one]! += value[path]! / met.size;
    }
  }
  return credit;
}
