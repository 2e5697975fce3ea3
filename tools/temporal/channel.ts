/**
 * Channel arguments for every client and worker connection. gRPC by itself waits up to two minutes between attempts
 * to reconnect; with these a client is back about a second after its server is.
 */
export const channelArguments = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 1000,
} as const;
