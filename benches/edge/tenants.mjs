// What 1,000 tenants of 50 types each take: `node --expose-gc tenants.mjs PEER ENTRY`, one peer a process; prints bytes per tenant.

const [peer, entry] = process.argv.slice(2);
const TENANTS = 1_000;
const letters = (at) => String.fromCharCode(97 + (at % 26), 97 + (((at / 26) | 0) % 26), 97 + ((at / 676) | 0));

/** Every tenant has a list of its own, as the API sends it. */
const textOf = (tenant) =>
  JSON.stringify({
    data: Array.from({ length: 50 }, (_, at) => ({
      id: `ot_${tenant}_${at}`,
      key: `custom_${letters(tenant)}_${letters(at)}`,
      name: `Custom ${tenant} ${at}`,
      description: `Customer did ${at} at ${tenant}`,
      classification: ["positive", "negative", "neutral"][at % 3],
      category: "response",
      isSystem: false,
      ordinal: at,
      status: "active",
      version: 1,
      deletedAt: null,
      createdAt: "2026-03-10T12:00:00.000Z",
      updatedAt: "2026-03-10T12:00:00.000Z",
    })),
  });

const { OutcomeRegistry } = await import(entry);
const PEERS = {
  registries: (text) => OutcomeRegistry.from(text),
  /** All that the API said. */
  maps: (text) => new Map(JSON.parse(text).data.map((row) => [row.key, row])),
  /** Of that what a registry keeps of a row of its own knowledge. */
  "slim maps": (text) => new Map(JSON.parse(text).data.map(({ key, name, classification, category }) => [key, { key, name, classification, category }])),
};

const settled = async () => {
  for (let times = 0; times < 4; times += 1) {
    globalThis.gc();
    await new Promise((done) => setTimeout(done, 20));
  }
};
/** RSS says what the machine gives, the heap and the buffers what is in use. */
const used = () => {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, used: heapUsed + external };
};

const make = PEERS[peer];
make(textOf(0));
await settled();
const before = used();
const kept = Array.from({ length: TENANTS }, (_, at) => make(textOf(at)));
await settled();
const after = used();
console.log(
  JSON.stringify({ used: Math.round((after.used - before.used) / TENANTS), rss: Math.round((after.rss - before.rss) / TENANTS), kept: kept.length }),
);
