/** Customers' ways to an order, or to none: path p meets the channels `channel[start[p]]` … `channel[start[p + 1] − 1]`, in order. */
export interface ChannelPaths {
  channels: number;
  /** Offsets, one more than there are paths. */
  start: Int32Array;
  channel: Int32Array;
  /** Orders at the end of each path, 0 where there is none. */
  orders: Float64Array;
  /** Their value. */
  value: Float64Array;
}

/** What each channel is credited with; both add up to those of all paths that meet a channel. */
export interface Credit {
  orders: Float64Array;
  value: Float64Array;
}
