import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a connection does: sends frames, ends, or is never made. */
export type Act = (stream: ScriptedStream) => void | Promise<void>;

export interface ScriptedStream {
  /** What was asked for, with its parameters. */
  url: URL;
  send(frame: string | Uint8Array): void;
  /** The head of a frame alone, which says how long it will be. */
  announce(bytes: number): void;
  /** Closes as a server does; `cut` breaks the line off. */
  close(): void;
  cut(): void;
  socket: Socket;
}

export interface StreamServer {
  /** `ws://…`, without a path. */
  address: string;
  asked: URL[];
  close(): Promise<void>;
}

/** A real WebSocket server that does what it is told with each connection; undefined refuses it. */
export async function streamServer(act: (url: URL, times: number) => Act | undefined): Promise<StreamServer> {
  const server = createServer();
  const sockets = new Set<Socket>();
  const asked: URL[] = [];
  server.on('upgrade', async (request, socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const url = new URL(request.url!, 'http://x');
    asked.push(url);
    const doing = act(url, asked.length - 1);
    if (doing === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade';
    socket.write(`${head}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    // Whatever the client sends is its goodbye.
    socket.once('data', () => socket.end(Buffer.from([0x88, 0])));
    await doing({
      url,
      socket,
      send: frame =>
        void socket.write(Buffer.concat([headOf(frame.length, typeof frame), Buffer.from(frame)])),
      announce: bytes => void socket.write(headOf(bytes, 'object')),
      close: () => void socket.end(Buffer.from([0x88, 0])),
      cut: () => void socket.destroy(),
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** RFC 6455, section 5.2: servers do not mask. Texts of tests are ASCII. */
function headOf(bytes: number, type: string): Buffer {
  const head = Buffer.alloc(10);
  head[0] = type === 'string' ? 0x81 : 0x82;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}
