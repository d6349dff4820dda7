import { connect } from "node:net";
import * as encoding from "lib0/encoding";
import type { Attack, Raid } from "./attack.ts";
import { ending, knock, throwBytes } from "./attack.ts";
import { BROADCAST_STATELESS, STATELESS, SYNC } from "./intruder.ts";

/** A message to the text with a body of its own. */
function message(raid: Raid, type: number, write: (encoder: encoding.Encoder) => void, name = raid.body): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, name);
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const kicked = (encoder: encoding.Encoder): void =>
  encoding.writeVarString(encoder, JSON.stringify({ type: "kicked" }));

/** A WebSocket of bytes alone: what the server says to frames that no library sends. */
async function broken(raid: Raid, frame: readonly number[]): Promise<string> {
  const url = new URL(raid.stage.server.url);
  const wire = connect(Number(url.port), url.hostname);
  wire.on("error", () => undefined);
  let heard = Buffer.alloc(0);
  const over = new Promise((resolve) => wire.once("close", resolve));
  wire.write(
    `GET /collab HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nCookie: ${raid.me.browser.cookie}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await new Promise((resolve) => wire.once("data", resolve));
  wire.on("data", (data: Buffer) => {
    heard = Buffer.concat([heard, data]);
  });
  wire.write(Buffer.from(frame));
  await over;
  const at = heard.indexOf(0x88);
  return at < 0 ? "cut off" : String(heard.readUInt16BE(at + 2));
}

/** Frames and messages that nobody should send. */
export const FRAME_ATTACKS: readonly Attack[] = [
  { name: "empty message", as: "drafter", outcome: "4422 malformed", run: (raid) => throwBytes(raid, []) },
  {
    name: "number that never ends",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) =>
      throwBytes(
        raid,
        Array.from({ length: 30 }, () => 200),
      ),
  },
  {
    name: "name longer than the message",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => throwBytes(raid, [90, 47]),
  },
  {
    name: "message of an unknown type",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => throwBytes(raid, message(raid, 42, kicked)),
  },
  {
    name: "exchange of an unknown step",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) =>
      throwBytes(
        raid,
        message(raid, SYNC, (encoder) => encoding.writeVarUint(encoder, 99)),
      ),
  },
  {
    name: "update that claims two thousand million bytes",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) =>
      throwBytes(
        raid,
        message(raid, SYNC, (encoder) => {
          encoding.writeVarUint(encoder, 2);
          encoding.writeVarUint(encoder, 2 ** 31);
          encoding.writeUint8(encoder, 1);
        }),
      ),
  },
  {
    name: "state vector of a million clients that does not follow",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) =>
      throwBytes(
        raid,
        message(raid, SYNC, (encoder) => {
          encoding.writeVarUint(encoder, 0);
          const inner = encoding.createEncoder();
          encoding.writeVarUint(inner, 1_000_000);
          encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
        }),
      ),
  },
  {
    name: "presence that is no JSON",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) =>
      throwBytes(
        raid,
        message(raid, 1, (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.of(1, 1, 1, 1, 123))),
      ),
  },
  {
    name: "stateless message, as only the server sends it",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => throwBytes(raid, message(raid, STATELESS, kicked)),
  },
  {
    name: "stateless message to everybody",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => throwBytes(raid, message(raid, BROADCAST_STATELESS, kicked)),
  },
  {
    name: "permission that one gives oneself",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) =>
      throwBytes(
        raid,
        message(raid, 2, (encoder) => {
          encoding.writeVarUint(encoder, 2);
          encoding.writeVarString(encoder, "read-write");
        }),
      ),
  },
  {
    name: "document name of 5,000 letters",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => throwBytes(raid, message(raid, SYNC, kicked, "x".repeat(5000))),
  },
  {
    name: "one document opened many times under session names",
    as: "drafter",
    outcome: "4422 malformed",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.opened();
      for (let i = 0; i < 50; i++) {
        intruder.send(`${raid.body}\0session-${i}`, 2, (encoder) => {
          encoding.writeVarUint(encoder, 0);
          encoding.writeVarString(encoder, "");
        });
      }
      return ending(intruder);
    },
  },
  {
    name: "document of no report",
    as: "drafter",
    outcome: "door: not-found",
    run: (raid) => knock(raid, "elsewhere/body"),
  },
  {
    name: "document name that climbs",
    as: "drafter",
    outcome: "door: not-found",
    run: (raid) => knock(raid, "../../etc/passwd"),
  },
  {
    name: "document of a kind that there is not",
    as: "drafter",
    outcome: "door: not-found",
    run: (raid) => knock(raid, `${raid.report}/secrets`),
  },
  {
    name: "500 documents before any is opened",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.opened();
      for (let i = 0; i < 500; i++) intruder.send(`${raid.report}/x${i}`, 3, () => undefined);
      return ending(intruder);
    },
  },
  {
    name: "broken WebSocket frame",
    as: "drafter",
    outcome: "1002",
    run: (raid) => broken(raid, [0xf2, 0x84, 1, 2, 3, 4, 5, 6, 7, 8]),
  },
  {
    name: "WebSocket frame without its mask",
    as: "drafter",
    outcome: "1002",
    run: (raid) => broken(raid, [0x82, 2, 1, 2]),
  },
];
