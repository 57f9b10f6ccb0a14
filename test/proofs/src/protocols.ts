/** Handshakes of protocols other than HTTP: each says what its protocol wants first, and then nothing. */
import type { Socket } from 'node:net';

/** Postgres: authentication passes, each query is left without an answer. */
export function postgres(socket: Socket): void {
  let started = false;
  socket.on('data', (data: Buffer) => {
    if (started) return;
    // SSLRequest: no TLS.
    if (data.length === 8 && data.readInt32BE(4) === 80877103) return void socket.write('N');
    started = true;
    const parameter = (name: string, value: string) => {
      const body = Buffer.from(`${name}\0${value}\0`);
      const head = Buffer.alloc(5);
      head.write('S');
      head.writeInt32BE(body.length + 4, 1);
      return Buffer.concat([head, body]);
    };
    socket.write(
      Buffer.concat([
        Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]),
        parameter('server_version', '16.0'),
        parameter('client_encoding', 'UTF8'),
        parameter('standard_conforming_strings', 'on'),
        Buffer.from([0x4b, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 1]),
        Buffer.from([0x5a, 0, 0, 0, 5, 0x49]),
      ]),
    );
  });
}

/** Redis: answers what clients send to set a connection up, and leaves GET, SET, INCR and the rest without an answer. */
export function redis(socket: Socket): void {
  let buffered = '';
  socket.on('data', (data) => {
    buffered += data.toString('latin1');
    for (;;) {
      const head = /^\*(\d+)\r\n/.exec(buffered);
      if (!head) return;
      let at = head[0].length;
      const words: string[] = [];
      for (let i = 0; i < Number(head[1]); i++) {
        const size = /^\$(\d+)\r\n/.exec(buffered.slice(at));
        if (!size) return;
        at += size[0].length;
        if (buffered.length < at + Number(size[1]) + 2) return;
        words.push(buffered.slice(at, at + Number(size[1])));
        at += Number(size[1]) + 2;
      }
      buffered = buffered.slice(at);
      const command = words[0]?.toUpperCase();
      if (command === 'HELLO') socket.write('%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n');
      else if (command === 'INFO') {
        const info = 'redis_version:7.2.0\r\nloading:0\r\nmaxmemory_policy:noeviction\r\n';
        socket.write(`$${info.length}\r\n${info}\r\n`);
      } else if (command === 'CLIENT' || command === 'AUTH' || command === 'SELECT') socket.write('+OK\r\n');
    }
  });
}

/** SMTP: everything passes, until the message itself is left without an answer. */
export function smtp(socket: Socket): void {
  let data = false;
  socket.write('220 test ESMTP\r\n');
  socket.on('data', (chunk: Buffer) => {
    if (data) return;
    for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'DATA') {
        data = true;
        socket.write('354 go on\r\n');
        return;
      }
      socket.write(word === 'EHLO' ? '250 test\r\n' : '250 ok\r\n');
    }
  });
}
