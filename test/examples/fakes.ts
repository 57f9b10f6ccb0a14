/** Just enough of Postgres and Redis, on loopback, for the real drivers to talk to. */
import net, { type AddressInfo, type Socket } from 'node:net';

/** A fake that listens on a free port of 127.0.0.1. */
export interface FakeServer {
  readonly port: number;
  close(): Promise<void>;
}

async function listen(onConnection: (socket: Socket) => void): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A statement as the driver has sent it. */
export interface Statement {
  readonly text: string;
  /** Text parameters; `null` for NULL. */
  readonly values: readonly (string | null)[];
}

/** Accepts every statement, keeps none of the data, and answers every query with no rows. */
export interface FakePostgres extends FakeServer {
  readonly statements: readonly Statement[];
}

const message = (type: string, payload = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(payload.length + 4, 1);
  return Buffer.concat([head, payload]);
};
const authenticationOk = message('R', Buffer.from([0, 0, 0, 0]));
const readyForQuery = message('Z', Buffer.from('I'));
const commandComplete = message('C', Buffer.from('OK\0'));

/** The zero-terminated string at an offset, and the offset behind it. */
const cString = (data: Buffer, offset: number): [text: string, end: number] => {
  const end = data.indexOf(0, offset);
  return [data.toString('utf8', offset, end), end + 1];
};

/** The parameters of a Bind message. */
function boundValues(data: Buffer): (string | null)[] {
  let offset = cString(data, cString(data, 0)[1])[1];
  offset += 2 + 2 * data.readInt16BE(offset);
  const count = data.readInt16BE(offset);
  offset += 2;
  return Array.from({ length: count }, () => {
    const length = data.readInt32BE(offset);
    offset += 4;
    if (length < 0) return null;
    offset += length;
    return data.toString('utf8', offset - length, offset);
  });
}

/** Starts a fake Postgres: protocol 3.0 without TLS or a password, simple and extended queries. */
export async function startPostgres(): Promise<FakePostgres> {
  const statements: Statement[] = [];
  const server = await listen((socket) => {
    let pending = Buffer.alloc(0);
    let started = false;
    let parsed = '';

    const answer = (type: string, data: Buffer): void => {
      switch (type) {
        case 'Q':
          statements.push({ text: cString(data, 0)[0], values: [] });
          socket.write(Buffer.concat([commandComplete, readyForQuery]));
          break;
        case 'P':
          parsed = cString(data, cString(data, 0)[1])[0];
          socket.write(message('1'));
          break;
        case 'B':
          statements.push({ text: parsed, values: boundValues(data) });
          socket.write(message('2'));
          break;
        case 'D':
          socket.write(message('n'));
          break;
        case 'E':
          socket.write(commandComplete);
          break;
        case 'S':
          socket.write(readyForQuery);
          break;
        case 'X':
          socket.end();
      }
    };

    socket.on('data', (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      for (;;) {
        // The first message of a connection has no type.
        const head = started ? 1 : 0;
        if (pending.length < head + 4) return;
        const end = head + pending.readInt32BE(head);
        if (pending.length < end) return;
        const type = pending.toString('latin1', 0, head);
        const payload = pending.subarray(head + 4, end);
        pending = pending.subarray(end);
        if (started) answer(type, payload);
        else socket.write(Buffer.concat([authenticationOk, readyForQuery]));
        started = true;
      }
    });
  });
  return { ...server, statements };
}

/** Keeps what is set, and never forgets it. */
export interface FakeRedis extends FakeServer {
  readonly values: ReadonlyMap<string, string>;
}

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** Takes one command (an array of bulk strings) off the front of the text; nothing while it is incomplete. */
function takeCommand(text: string): [command: string[], rest: string] | undefined {
  const lines = text.split('\r\n');
  const count = Number(lines[0]?.slice(1));
  // A complete command is followed by at least the empty text behind its last line end.
  if (!text.startsWith('*') || lines.length < 2 * count + 2) return undefined;
  const command = Array.from({ length: count }, (_, index) => lines[2 * index + 2] ?? '');
  return [command, lines.slice(2 * count + 1).join('\r\n')];
}

/** Starts a fake Redis: `GET`, `SET`, and what a driver says on connecting. */
export async function startRedis(): Promise<FakeRedis> {
  const values = new Map<string, string>();
  const answer = ([name = '', key = '', value = '']: string[]): string => {
    switch (name.toUpperCase()) {
      case 'HELLO':
        return `%2\r\n${bulk('server')}${bulk('redis')}${bulk('proto')}:3\r\n`;
      case 'INFO':
        return bulk('loading:0');
      case 'GET': {
        const found = values.get(key);
        return found === undefined ? '_\r\n' : bulk(found);
      }
      case 'SET':
        values.set(key, value);
        return '+OK\r\n';
      case 'CLIENT':
        return '+OK\r\n';
      default:
        return `-ERR unknown command '${name}'\r\n`;
    }
  };
  const server = await listen((socket) => {
    let pending = '';
    socket.setEncoding('utf8');
    socket.on('data', (data: string) => {
      pending += data;
      for (let taken = takeCommand(pending); taken; taken = takeCommand(pending)) {
        pending = taken[1];
        socket.write(answer(taken[0]));
      }
    });
  });
  return { ...server, values };
}
