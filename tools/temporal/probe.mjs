import { connect } from 'node:http2';

const service = 'temporal.api.workflowservice.v1.WorkflowService';

/** A gRPC message: not compressed, its length in four bytes, then field 1 of HealthCheckRequest, the service's name. */
const question = Buffer.concat([
  Buffer.from([0, 0, 0, 0, service.length + 2, 0x0a, service.length]),
  Buffer.from(service),
]);

/** HealthCheckResponse with field 1, the status, at 1: SERVING. */
const serving = Buffer.from([0, 0, 0, 0, 2, 0x08, 1]);

/**
 * Whether a Temporal server answers its health check (grpc.health.v1) with SERVING. An open port is not enough:
 * it is open before the services behind it have started. Needs no package, because the supervisor has none.
 * @param {string} address host:port
 * @param {number} [patience] ms
 * @returns {Promise<boolean>}
 */
export function isServing(address, patience = 1000) {
  return new Promise(resolve => {
    const session = connect(`http://${address}`);
    /** @type {Buffer[]} */
    const parts = [];
    const end = (/** @type {boolean} */ answer) => {
      resolve(answer);
      session.destroy();
    };
    session.once('error', () => end(false));
    session.setTimeout(patience, () => end(false));
    const request = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    request.on('error', () => end(false));
    request.on('data', part => parts.push(part));
    request.on('end', () => end(Buffer.concat(parts).equals(serving)));
    request.end(question);
  });
}
